//! The floors: a module imports from its own folder or from lower floors, never up, never sideways.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of `src/`, lowest floor first.
const FLOORS: &[&[&str]] = &[
    &["dice"],
    &["source", "value"],
    &["diagnostic"],
    &["syntax"],
    &["agreement"],
    &["reckon"],
    &["analysis"],
    &["timeline"],
    &["deals", "vocabulary"],
    &["policy"],
    &["check"],
    &["format", "render", "manual"],
    &["cli"],
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .collect();
    files.sort();
    files
}

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// The module of `src/` that a file belongs to.
fn module_of(file: &Path) -> Option<String> {
    let first = file.strip_prefix("src").ok()?.components().next()?;
    Some(first.as_os_str().to_str()?.trim_end_matches(".rs").to_owned())
}

fn source_files() -> Vec<(PathBuf, String, String)> {
    let files = rust_files(Path::new("src")).into_iter();
    files
        .filter_map(|file| {
            let (module, text) = (module_of(&file)?, fs::read_to_string(&file).unwrap());
            Some((file, module, text))
        })
        .collect()
}

#[test]
fn imports_point_down() {
    let mut seen = 0;
    for (file, module, text) in source_files() {
        let Some(floor) = floor_of(&module) else {
            assert!(matches!(&*module, "lib" | "main"), "{}: on which floor?", file.display());
            continue;
        };
        assert!(!text.contains("crate::{"), "{}: one `use crate::` line per floor", file.display());
        for import in text.split("crate::").skip(1) {
            let name: String = import.chars().take_while(char::is_ascii_lowercase).collect();
            let Some(below) = floor_of(&name) else { continue };
            assert!(
                below < floor || name == module,
                "{}: `crate::{name}` is not below `{module}`",
                file.display()
            );
            seen += 1;
        }
    }
    assert!(seen > 100, "the imports were looked at: {seen}");
}

#[test]
fn only_syntax_knows_pest() {
    for (file, module, text) in source_files() {
        let known = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let pest =
            known.filter(|line| line.contains("pest::") || line.contains("pest_derive")).count();
        assert!(pest == 0 || module == "syntax", "{} knows pest", file.display());
    }
}

#[test]
fn only_the_human_renderer_knows_miette() {
    for (file, _, text) in source_files() {
        let named = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let knows = named.filter(|line| line.contains("miette")).count();
        let allowed = file.ends_with("render/human.rs") || file.ends_with("src/lib.rs");
        assert!(knows == 0 || allowed, "{} knows miette", file.display());
    }
}

#[test]
fn rooms_stay_small() {
    for (file, _, text) in source_files() {
        let lines = text.lines().count();
        assert!(lines <= 400, "{}: {lines} lines; give it two rooms", file.display());
    }
}
