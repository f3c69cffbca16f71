//! Which files to look at: those named, and those with the right ending in the folders named.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;

use super::disk;
use super::problem::Problem;
use crate::source::Source;

/// How the names of agreements end.
const AGREEMENTS: [&str; 3] = ["alliance", "md", "markdown"];

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
    ending_in(&AGREEMENTS, paths, stdin)
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
        let once = || match &input {
            Input::File(path) => Input::File(plain(path)),
            Input::Stdin(_) => input.clone(),
        };
        // One path has no file twice.
        if paths.len() == 1 || seen.insert(once()) {
            inputs.push(input);
        }
    };
    for path in paths {
        if path.as_os_str() == "-" {
            add(Input::Stdin(stdin.to_owned()));
        } else if path.is_dir() {
            for found in found(path, endings, true) {
                // Most Markdown of a repository has nothing to do with agreements.
                let terms = found.and_then(|path| {
                    let terms = is_markdown(&path).then(|| disk::holds_terms(&path)).transpose();
                    terms.map(|terms| terms.unwrap_or(true).then_some(path))
                });
                match terms {
                    Ok(path) => path.into_iter().for_each(|path| add(Input::File(path))),
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
    let (mut paths, mut problems) = (Vec::new(), Vec::new());
    for found in found(folder, endings, honour_ignores) {
        match found {
            Ok(path) => paths.push(path),
            Err(problem) => problems.push(problem),
        }
    }
    (paths, problems)
}

/// The same one by one, in the order they are come to.
fn found(
    folder: &Path,
    endings: &[&str],
    honour_ignores: bool,
) -> impl Iterator<Item = Result<PathBuf, Problem>> {
    let mut builder = WalkBuilder::new(plain(folder));
    builder.standard_filters(honour_ignores).hidden(true).require_git(false).git_global(false);
    let wanted = |path: &Path| {
        let ends =
            |ending: &&str| path.extension().is_some_and(|it| it.eq_ignore_ascii_case(ending));
        endings.iter().any(ends)
    };
    builder.sort_by_file_path(by_name).build().filter_map(move |entry| match entry {
        Ok(entry) => {
            let path = entry.path();
            let kind = entry.file_type();
            let file = kind.is_some_and(|kind| kind.is_file());
            let link = kind.is_some_and(|kind| kind.is_symlink());
            (wanted(path) && (file || link && !path.is_dir())).then(|| {
                let below = entry.path().strip_prefix(".").ok().map(Path::to_owned);
                Ok(below.unwrap_or_else(|| entry.into_path()))
            })
        }
        Err(error) => Some(Err(unsearched(folder, &error))),
    })
}

fn unsearched(folder: &Path, error: &ignore::Error) -> Problem {
    let name = at_fault(error).unwrap_or(folder).display();
    let why = error.io_error().map_or_else(|| error.to_string(), |error| disk::reason(error));
    Problem::new("file/unreadable", format!("`{name}` could not be searched: {why}"))
}

/// Of two files in one folder: their paths differ in nothing but the name, and to cut names out of
/// paths takes longer than to compare them.
fn by_name(one: &Path, other: &Path) -> Ordering {
    one.as_os_str().cmp(other.as_os_str())
}

/// What could not be searched, where the error knows it.
fn at_fault(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            at_fault(err)
        }
        _ => None,
    }
}

/// Why a file below a folder is not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// Its name or that of a folder begins with a dot.
    Hidden,
    /// A `.gitignore` or `.ignore` says so.
    Ignored,
    /// It is Markdown that has no terms.
    NoTerms,
    /// It is a link to a folder: what is there is not searched.
    Link,
}

impl Left {
    /// For programs.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Ignored => "ignored",
            Self::NoTerms => "no-terms",
            Self::Link => "link",
        }
    }

    /// For people.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Hidden => "hidden, its name or its folder's begins with a dot",
            Self::Ignored => "excluded by .gitignore or .ignore",
            Self::NoTerms => "Markdown without an ```alliance fence",
            Self::Link => "a link to a folder, which is not followed",
        }
    }
}

/// What could be an agreement below a folder and is left out there, as far as can be known.
pub(super) fn left_out(folder: &Path) -> Vec<(PathBuf, Left)> {
    let searched: HashSet<PathBuf> = walk(folder, &AGREEMENTS, true).0.into_iter().collect();
    let mut builder = WalkBuilder::new(folder);
    builder.standard_filters(false).filter_entry(|entry| entry.file_name() != ".git");
    let mut left = Vec::new();
    for entry in builder.sort_by_file_path(by_name).build().flatten() {
        let path = entry.path();
        if entry.depth() > 0 && entry.path_is_symlink() && path.is_dir() {
            left.push((plain(path), Left::Link));
        }
        let ends =
            |ending: &str| path.extension().is_some_and(|it| it.eq_ignore_ascii_case(ending));
        if path.is_dir() || !AGREEMENTS.iter().any(|ending| ends(ending)) {
            continue;
        }
        let terms = !is_markdown(path) || disk::holds_terms(path).unwrap_or(true);
        let below = path.strip_prefix(folder).unwrap_or(path);
        let dot = |part: Component<'_>| part.as_os_str().as_encoded_bytes().starts_with(b".");
        match (searched.contains(&plain(path)), terms) {
            (true, false) => left.push((plain(path), Left::NoTerms)),
            (false, true) if below.components().any(dot) => left.push((plain(path), Left::Hidden)),
            (false, true) => left.push((plain(path), Left::Ignored)),
            // Of Markdown that has no terms and is not looked at either there is no end.
            (true, true) | (false, false) => {}
        }
    }
    left
}

/// What is told of a path where there is nothing.
pub(super) fn missing(path: &Path) -> Problem {
    Problem::new("file/missing", format!("`{}` does not exist", path.display()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_searched_is_said_in_our_words() {
        let (found, problems) = walk(Path::new("no/such/folder"), &["alliance"], true);
        assert!(found.is_empty());
        let told: Vec<_> = problems.iter().map(|problem| &*problem.diagnostic.message).collect();
        let expected = "`no/such/folder` could not be searched: no such file or directory";
        assert_eq!(told, [expected]);
    }
}
