//! Which files to look at: those named, and those with the right ending in the folders named.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;

use super::problem::Problem;

/// Where a text comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input, under the name messages show.
    Stdin(PathBuf),
}

impl Input {
    /// The path, or the name standard input goes by.
    pub(super) fn path(&self) -> &Path {
        match self {
            Self::File(path) | Self::Stdin(path) => path,
        }
    }
}

/// The agreements under the paths, in the order of the paths and sorted within each folder, each
/// once. Folders honour `.gitignore`; a file that is named is taken whatever its name.
pub(super) fn agreements(paths: &[PathBuf], stdin: &Path) -> (Vec<Input>, Vec<Problem>) {
    ending_in(&["alliance"], paths, stdin)
}

/// As [`agreements`], but of folders all files with one of these endings.
pub(super) fn ending_in(
    endings: &[&str],
    paths: &[PathBuf],
    stdin: &Path,
) -> (Vec<Input>, Vec<Problem>) {
    let mut seen = BTreeSet::new();
    let (mut inputs, mut problems) = (Vec::new(), Vec::new());
    let mut add = |input: Input| {
        let once = match &input {
            Input::File(path) => Input::File(plain(path)),
            Input::Stdin(_) => input.clone(),
        };
        if seen.insert(once) {
            inputs.push(input);
        }
    };
    for path in paths {
        if path.as_os_str() == "-" {
            add(Input::Stdin(stdin.to_owned()));
        } else if path.is_dir() {
            let (found, told) = walk_all(path, endings, true);
            found.into_iter().map(Input::File).for_each(&mut add);
            problems.extend(told);
        } else {
            add(Input::File(path.clone()));
        }
    }
    (inputs, problems)
}

/// The files under a folder with that ending, sorted, and what could not be searched. Links to
/// files are followed, to folders not.
pub(super) fn walk(
    folder: &Path,
    ending: &str,
    honour_ignores: bool,
) -> (Vec<PathBuf>, Vec<Problem>) {
    walk_all(folder, &[ending], honour_ignores)
}

fn walk_all(folder: &Path, endings: &[&str], honour_ignores: bool) -> (Vec<PathBuf>, Vec<Problem>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    let mut builder = WalkBuilder::new(folder);
    builder.standard_filters(honour_ignores).hidden(true).require_git(false).git_global(false);
    for entry in builder.sort_by_file_path(Path::cmp).build() {
        match entry {
            Ok(entry) => {
                let path = plain(entry.path());
                let one_of =
                    |each: &OsStr| endings.iter().any(|end| each.eq_ignore_ascii_case(end));
                let ends = path.extension().is_some_and(one_of);
                let kind = entry.file_type();
                let file = kind.is_some_and(|kind| kind.is_file() || kind.is_symlink());
                if ends && file && !path.is_dir() {
                    found.push(path);
                }
            }
            Err(error) => {
                let message = format!("`{}` could not be searched: {error}", folder.display());
                problems.push(Problem::new("file/unreadable", message));
            }
        }
    }
    (found, problems)
}

/// Without `.` parts, so that one file has one name.
fn plain(path: &Path) -> PathBuf {
    let parts: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    if parts.as_os_str().is_empty() { path.to_owned() } else { parts }
}

/// What is told where there is nothing to tidy.
pub(super) fn none_to_tidy(paths: &[PathBuf]) -> Problem {
    Problem::new("fmt/no-files", format!("nothing to tidy was found in {}", listed(paths))).help(
        "agreements end in .alliance, policies in .policy; files that .gitignore excludes are left out",
    )
}

fn listed(paths: &[PathBuf]) -> String {
    let names: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
    names.join(", ")
}

/// What is told where no agreement was found.
pub(super) fn none(paths: &[PathBuf]) -> Problem {
    Problem::new("check/no-files", format!("no agreement was found in {}", listed(paths)))
        .help("agreements end in .alliance; files that .gitignore excludes are left out")
}
