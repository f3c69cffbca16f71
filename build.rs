//! Lists the rules under `rules/` and the calendars under `calendars/`, so that a rule or a calendar
//! is one file and nothing else need be touched; and compiles the grammar.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a build script reads the disk and may fail loudly"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "grammar/compile/mod.rs"]
mod grammar;

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap()).join("rules");
    println!("cargo::rerun-if-changed={}", root.display());
    calendars();
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("program.rs"), grammar::program())
        .unwrap();
    let mut files = Vec::new();
    below(&root, "policy", &mut files);
    files.sort();
    let mut list = String::from(
        "/// Each rule file under `rules/`: its path there, the profile it names, and its text.\nstatic STANDARD: &[(&str, &str, &str)] = &[\n",
    );
    for file in files {
        let name = file
            .strip_prefix(&root)
            .unwrap()
            .components()
            .map(|part| part.as_os_str().to_string_lossy());
        let name = name.collect::<Vec<_>>().join("/");
        writeln!(
            list,
            "    ({:?}, {:?}, include_str!({:?})),",
            format!("rules/{name}"),
            profile(&fs::read_to_string(&file).unwrap()),
            file.display().to_string()
        )
        .unwrap();
    }
    list.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("rules.rs"), list).unwrap();
}

/// The word of the line `profile essential`: which rules are wanted is known before any is read.
fn profile(text: &str) -> String {
    println!("cargo::rerun-if-changed=rules");
    let line = text.lines().find_map(|line| line.strip_prefix("  profile "));
    line.unwrap_or("").trim().to_owned()
}

/// Every calendar with its file's name.
fn calendars() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap()).join("calendars");
    let mut files = Vec::new();
    below(&root, "calendar", &mut files);
    files.sort();
    let mut list = String::from(
        "/// Each file under `calendars/`: its name there and its text.\nstatic SHIPPED: &[(&str, &str)] = &[\n",
    );
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy();
        let path = file.display().to_string();
        writeln!(list, "    ({name:?}, include_str!({path:?})),").unwrap();
    }
    list.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("calendars.rs"), list).unwrap();
}

/// Every file with that ending below a folder.
fn below(folder: &Path, ending: &str, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            below(&path, ending, files);
        } else if path.extension().is_some_and(|end| end == ending) {
            files.push(path);
        }
    }
}
