//! Lists the rules under `rules/` and the calendars under `calendars/`, so that a rule or a calendar
//! is one file and nothing else need be touched; compiles the grammar; and lists the codes of places.
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
    write("program.rs", &grammar::program());
    write("places.rs", &places());
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
    write("rules.rs", &list);
}

fn write(name: &str, text: &str) {
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join(name), text).unwrap();
}

/// The codes of ISO 3166, in order. The library keeps names and kinds of every subdivision beside them,
/// which the system would have to put in place at every start: 40,000 pointers.
fn places() -> String {
    let mut countries = rust_iso3166::ALL_ALPHA2.to_vec();
    let mut divisions: Vec<&str> =
        rust_iso3166::iso3166_2::SUBDIVISION_MAP.keys().copied().collect();
    countries.sort_unstable();
    divisions.sort_unstable();
    let mut list = String::new();
    for (what, name, codes) in
        [("country", "COUNTRIES", countries), ("subdivision", "DIVISIONS", divisions)]
    {
        let count = codes.len();
        let codes = codes.iter().map(|code| padded(code));
        let codes = codes.collect::<Vec<_>>();
        writeln!(list, "/// The code of every {what}, filled up with zeros.").unwrap();
        writeln!(list, "static {name}: [[u8; 6]; {count}] = {codes:?};").unwrap();
    }
    list
}

fn padded(code: &str) -> [u8; 6] {
    let mut padded = [0; 6];
    padded[..code.len()].copy_from_slice(code.as_bytes());
    padded
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
    write("calendars.rs", &list);
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
