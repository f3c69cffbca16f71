//! The one test binary.
#![expect(clippy::disallowed_methods, reason = "tests write the files that they check")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cli;
mod render;
