//! The one test binary.
#![expect(clippy::disallowed_methods, reason = "tests write the files that they check")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod architecture;
mod broken;
mod calendars;
mod cli;
mod coverage;
mod edits;
mod examples;
mod format;
mod found;
mod grammar;
mod ground_truth;
mod readme;
mod reckoning;
mod render;
mod rules;
mod table_gen;
mod tables;
mod trials;

/// Compares a generated file with what it should be; `UPDATE=1` writes it.
fn generated(path: &str, text: &str) {
    let mut written = std::fs::read_to_string(path).unwrap_or_default();
    // What is as it should be is not written: the build looks at the time of some of these files.
    if written != text && std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, text).unwrap();
        text.clone_into(&mut written);
    }
    assert!(written == text, "{path} is out of date: UPDATE=1 cargo test writes it anew");
}
