//! The one test binary.
#![expect(clippy::disallowed_methods, reason = "tests write the files that they check")]

mod cli;
mod render;
