//! `check --watch`: a check comes in, and is run again whenever a file that has a part in it changes.
//!
//! Files are looked at again and again, which costs little beside a check, works on every disk, and
//! notices a folder that vanishes and comes back. Nothing on the screen is cleared.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use crate::cli::disk::{self, Stamp};
use crate::cli::paths::{full, relative};
use crate::cli::problem::Problem;
use crate::cli::terminal::{Console, Out};
use crate::cli::{Ended, Exit, config, files};
use crate::render::{Format, many, visible};

use super::args::Args;
use super::once;

/// How long to wait before files are looked at again.
const PAUSE: Duration = Duration::from_millis(200);
/// Files that are still being saved are left alone until they rest for so long.
const REST: Duration = Duration::from_millis(100);
/// But whoever never rests is looked at after so many waits.
const PATIENCE: usize = 20;
/// What a check depends on. Reports that a check writes have other endings.
const ENDINGS: [&str; 6] = ["alliance", "md", "markdown", "policy", "toml", "calendar"];

/// How each file stands; none for one that is not there.
type Seen = BTreeMap<PathBuf, Option<Stamp>>;

/// Checks until the program is ended, or nobody reads what it says.
pub(super) fn run(args: &Args, console: &Console) -> Ended {
    if let Some(problem) = refused(args) {
        return Err(problem.alone());
    }
    let mut also = Vec::new();
    loop {
        // What changes while it is checked has changed since.
        #[expect(clippy::disallowed_methods, reason = "compared with the times of files only")]
        let begun = SystemTime::now();
        let mut seen = scan(&args.paths, &also);
        let mut read = Vec::new();
        if let Err(problems) = once(args, console, &mut read) {
            console.tell(&problems);
        }
        also = read;
        // What it was not known to read until now is as it was read, unless written since.
        for (path, stamp) in scan(&[], &also) {
            seen.entry(path).or_insert(stamp.filter(|stamp| !stamp.is_since(begun)));
        }
        console.remark("watching for changes; Ctrl-C ends it");
        let changed = wait(&args.paths, &also, &mut seen);
        let mut out = Out::new();
        out.print(&format!("\n--- {}: checking again\n\n", visible(&changed)));
        out.flush();
        if out.is_closed() {
            return Ok(Exit::Clean);
        }
        out.finish()?;
    }
}

/// Why this cannot be watched.
fn refused(args: &Args) -> Option<Problem> {
    if args.paths.iter().any(|path| path.as_os_str() == "-") {
        let problem = Problem::new("watch/stdin", "standard input is read once, and not watched");
        return Some(problem.help("name the file, or leave --watch out"));
    }
    let format = args.outputs.format()?;
    (!["human", "concise"].contains(&format.word())).then(|| one_document(format))
}

fn one_document(format: Format) -> Problem {
    let message =
        format!("--watch shows one report after another, which is no {} any more", format.word());
    Problem::new("watch/format", message).help("use --format human or concise, or no --watch")
}

/// Waits for a change, and for the end of it; says what changed.
fn wait(paths: &[PathBuf], also: &[PathBuf], seen: &mut Seen) -> String {
    loop {
        let begun = Instant::now();
        let mut now = scan(paths, also);
        if now == *seen {
            // Of many files, looking takes long: it may take a tenth of the time.
            sleep(PAUSE.max(begun.elapsed() * 10));
            continue;
        }
        for _ in 0..PATIENCE {
            sleep(REST);
            let later = scan(paths, also);
            if later == now {
                break;
            }
            now = later;
        }
        // It may be as before by now, as where an editor writes a file anew.
        if now != *seen {
            return difference(seen, &now);
        }
    }
}

fn difference(before: &Seen, after: &Seen) -> String {
    let mut changes = Vec::new();
    for path in before.keys().chain(after.keys().filter(|path| !before.contains_key(*path))) {
        let there = |seen: &Seen| seen.get(path).copied().flatten();
        let verb = match (there(before), there(after)) {
            (old, new) if old == new => continue,
            (None, _) => "is new",
            (_, None) => "is gone",
            _ => "changed",
        };
        changes.push(format!("{} {verb}", path.display()));
    }
    match &changes[..] {
        [] => "a file changed".to_owned(),
        [one] => one.clone(),
        [one, more @ ..] => format!("{one}, and {} besides", many(more.len(), "file")),
    }
}

/// Looks at all that has a part in a check of these paths.
fn scan(paths: &[PathBuf], also: &[PathBuf]) -> Seen {
    let mut seen = Seen::new();
    let mut look = |path: &Path| {
        seen.insert(path.to_owned(), disk::stamp(path));
    };
    // Each file under one name: as messages show it.
    for path in paths.iter().chain(also).map(|path| relative(path)) {
        if path.is_dir() {
            // What cannot be searched is told by each check.
            files::walk(&path, &ENDINGS, true).0.iter().for_each(|file| look(file));
        } else {
            look(&path);
        }
    }
    // A configuration may also come to stand above.
    for path in paths {
        for folder in full(path).ancestors() {
            for name in [config::FILE, config::waivers::FILE] {
                look(&relative(&folder.join(name)));
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_named() {
        let seen = |names: &[&str]| -> Seen {
            let stamp = disk::stamp(Path::new("Cargo.toml"));
            names.iter().map(|name| (PathBuf::from(name), stamp)).collect()
        };
        assert_eq!(difference(&seen(&["a"]), &seen(&["a", "b"])), "b is new");
        assert_eq!(difference(&seen(&["a", "b"]), &seen(&["b"])), "a is gone");
        assert_eq!(
            difference(&seen(&["a", "b", "c"]), &Seen::new()),
            "a is gone, and 2 files besides"
        );
    }
}
