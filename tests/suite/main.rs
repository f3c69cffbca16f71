//! The one test binary.
#![expect(clippy::disallowed_methods, reason = "tests write the files that they check")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod architecture;
mod broken;
mod cli;
mod edits;
mod examples;
mod grammar;
mod ground_truth;
mod readme;
mod render;
mod rules;
