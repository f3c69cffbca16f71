//! The tests of the whole program, in one binary. `tests/reader.rs` alone stands apart.
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
mod machine;
mod ground_truth;
mod readme;
mod reckoning;
mod render;
mod rules;
mod sources;
mod table_gen;
mod tables;
mod trials;
mod values;

use std::path::{Path, PathBuf};

use pactum::source::Source;

/// The agreements of a folder, of Markdown those with a double ending.
fn agreements(folder: &str) -> Vec<PathBuf> {
    let is_agreement = |path: &PathBuf| {
        let path = path.to_str().unwrap();
        path.ends_with(".alliance") || path.ends_with(".alliance.md")
    };
    let all = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<_> = all.filter(is_agreement).collect();
    found.sort();
    found
}

/// The agreement of a file, under its path or a name.
fn agreement(path: &Path) -> Source {
    agreement_named(path.to_str().unwrap(), path)
}

fn agreement_named(name: &str, path: &Path) -> Source {
    let text = std::fs::read_to_string(path).unwrap();
    if path.extension().is_some_and(|ending| ending == "md") {
        Source::markdown(name, text).unwrap()
    } else {
        Source::new(name, text)
    }
}

/// A real agreement.
fn real(name: &str) -> Source {
    let paths = agreements("examples/real");
    let of = |path: &&PathBuf| {
        path.file_name().unwrap().to_str().unwrap().split('.').next() == Some(name)
    };
    agreement(paths.iter().find(of).unwrap())
}

/// What an agreement says, without the prose around it.
fn terms(source: &Source) -> String {
    let fences = source.fences().iter().map(|fence| source.slice(*fence));
    let fences = fences.collect::<Vec<_>>().join("\n");
    if fences.is_empty() { source.text().to_owned() } else { fences }
}

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
