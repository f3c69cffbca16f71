//! Whole files, read by pest and by the functions that the build makes of the grammar: the same nodes.
//!
//! A test binary of its own, so that CI can build it as users build the program. rustc 1.95 read
//! `al-00001` as `al` when it optimised an earlier form of these functions, and every test passed, as
//! none was optimised.
#![expect(clippy::disallowed_methods, reason = "the files are on the disk")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;

use pactum::syntax::agrees_with_pest;

fn files(folder: &Path, ending: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.to_str().unwrap().ends_with(ending) {
            found.push(fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn whole_files_read_the_same() {
    let mut whole = Vec::new();
    for (folder, ending) in [
        ("rules", ".policy"),
        ("examples", ".alliance"),
        ("examples", ".md"),
        ("tests/broken", ""),
        ("tests/found", ""),
        ("tests/ground-truth", ".alliance"),
    ] {
        let before = whole.len();
        files(Path::new(folder), ending, &mut whole);
        assert!(whole.len() > before, "nothing in {folder}");
    }
    assert!(whole.len() > 400, "{}", whole.len());
    // Both need room for the nested ones, which are refused before they are read.
    let compare = move || whole.iter().map(|text| agrees_with_pest(text).unwrap()).sum();
    let roomy = std::thread::Builder::new().stack_size(1 << 30).spawn(compare).unwrap();
    let nodes: usize = roomy.join().unwrap();
    assert!(nodes > 150_000, "{nodes}");
}
