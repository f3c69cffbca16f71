//! Which files to look at: those named, and those with the right ending in the folders named.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;

use super::disk;
use super::problem::Problem;
use crate::source::Source;

/// Where a text comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    ending_in(&["alliance", "md", "markdown"], paths, stdin)
}

/// As [`agreements`], but of folders all files with one of these endings.
pub(super) fn ending_in(
    endings: &[&str],
    paths: &[PathBuf],
    stdin: &Path,
) -> (Vec<Input>, Vec<Problem>) {
    let mut seen = HashSet::new();
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
            let (found, told) = walk(path, endings, true);
            problems.extend(told);
            for path in found {
                // Most Markdown of a repository has nothing to do with agreements.
                match is_markdown(&path).then(|| disk::holds_terms(&path)).transpose() {
                    Ok(Some(false)) => {}
                    Ok(_) => add(Input::File(path)),
                    Err(problem) => problems.push(problem),
                }
            }
        } else {
            add(Input::File(path.clone()));
        }
    }
    (inputs, problems)
}

/// Whether a file is prose with terms in it, by its name.
pub(super) fn is_markdown(path: &Path) -> bool {
    let known =
        |end: &std::ffi::OsStr| ["md", "markdown"].iter().any(|it| end.eq_ignore_ascii_case(it));
    path.extension().is_some_and(known)
}

/// A text as its file's name says it is to be read: terms, or prose with terms in fences.
pub(super) fn source(path: &Path, name: &str, text: String) -> Result<Source, Problem> {
    if !is_markdown(path) {
        return Ok(Source::new(name, text));
    }
    Source::markdown(name, text).ok_or_else(|| {
        let message = format!("`{name}` is Markdown and holds no terms");
        Problem::new("file/no-terms", message)
            .help("put the terms between a line ```alliance and a line ```")
    })
}

/// The files under a folder with one of those endings, sorted, and what could not be searched. Links to
/// files are followed, to folders not.
pub(super) fn walk(
    folder: &Path,
    endings: &[&str],
    honour_ignores: bool,
) -> (Vec<PathBuf>, Vec<Problem>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    let mut builder = WalkBuilder::new(folder);
    builder.standard_filters(honour_ignores).hidden(true).require_git(false).git_global(false);
    for entry in builder.sort_by_file_name(OsStr::cmp).build() {
        match entry {
            Ok(entry) => {
                let path = entry.path();
                let ends = path.extension().is_some_and(|each| {
                    endings.iter().any(|ending| each.eq_ignore_ascii_case(ending))
                });
                let kind = entry.file_type();
                let file = kind.is_some_and(|kind| kind.is_file());
                let link = kind.is_some_and(|kind| kind.is_symlink());
                if ends && (file || link && !path.is_dir()) {
                    found.push(plain(path));
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
        "agreements end in .alliance, or are Markdown with a ```alliance fence, policies end in .policy; \
         files that .gitignore excludes are left out",
    )
}

fn listed(paths: &[PathBuf]) -> String {
    let names: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
    names.join(", ")
}

/// What is told where no agreement was found.
pub(super) fn none(paths: &[PathBuf]) -> Problem {
    Problem::new("check/no-files", format!("no agreement was found in {}", listed(paths)))
        .help("agreements end in .alliance, or are Markdown with a ```alliance fence; files that .gitignore excludes are left out")
}
