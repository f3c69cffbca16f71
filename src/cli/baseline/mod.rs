//! Baselines: what was found before and recorded, so that only what is new makes a run fail. Which
//! baseline is in force for which agreement comes in; out go the findings that it knows, what is
//! recorded and found no more, and the text of a baseline that is recorded anew.
//!
//! Only findings of rules are recorded. What cannot be read, a waiver that is expired, or an agreement
//! whose kind nobody knows keeps rules from being asked, and so is told every time.

mod file;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::check::{Report, fingerprints};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::many;
use crate::source::{Source, Span};

use super::disk;
use super::paths::{Folders, full, shown};
use super::problem::Problem;

pub(super) use file::Entry;

/// A baseline has a line for each finding of a whole repository.
const MAX_SIZE: u64 = 256 << 20;
/// So many rules are named where something is recorded and found no more.
const NAMED: usize = 3;

/// What is asked of baselines.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Baseline")]
pub(super) struct BaselineArgs {
    /// Leave aside the findings that this file records: they are counted, and do not fail
    #[arg(long, value_name = "FILE", conflicts_with = "write_baseline")]
    baseline: Option<PathBuf>,
    /// Record what rules find today in this file, for --baseline; agreements that are not checked
    /// keep what is recorded of them
    #[arg(long, value_name = "FILE", conflicts_with = "trace")]
    write_baseline: Option<PathBuf>,
    /// Leave no findings aside, whatever baseline pactum.toml names
    #[arg(long, conflicts_with_all = ["baseline", "write_baseline"])]
    no_baseline: bool,
}

impl BaselineArgs {
    /// The file to record in.
    pub(super) fn recording(&self) -> Option<&Path> {
        self.write_baseline.as_deref()
    }

    /// The baseline for an agreement: the one that is asked for, or that of its configuration.
    pub(super) fn choose<'a>(&'a self, configured: Option<&'a Path>) -> Option<&'a Path> {
        let configured = configured.filter(|_| !self.no_baseline);
        self.write_baseline.as_deref().or(self.baseline.as_deref()).or(configured)
    }
}

/// A baseline that was read.
#[derive(Debug)]
pub(super) struct File {
    /// Its text, for messages.
    pub(super) source: Arc<Source>,
    /// How many bytes stand before the text.
    pub(super) skipped: u32,
    /// Its folder, in full.
    folder: PathBuf,
    /// What it records, by path.
    entries: BTreeMap<String, Vec<(Entry, Span)>>,
}

/// The baselines of a run, each read once.
#[derive(Debug)]
pub(super) struct Baselines {
    asked: BaselineArgs,
    /// Those that were read.
    pub(super) found: Vec<File>,
    /// What is wrong with them.
    pub(super) problems: Vec<Problem>,
    by_path: BTreeMap<PathBuf, Option<usize>>,
    folders: Folders,
}

/// Which baseline is held against an agreement, and the path it has there.
pub(super) type InForce = Option<Box<(usize, String)>>;

/// What holding an agreement against its baseline came to.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Of what is recorded of the agreement, what is found no more, by number.
    gone: Vec<usize>,
    /// What is to be recorded of it.
    record: Vec<Entry>,
}

/// What holding all agreements against their baselines came to.
#[derive(Debug, Default)]
pub(super) struct Tally {
    checked: BTreeSet<(usize, String)>,
    gone: BTreeMap<(usize, String), Vec<usize>>,
    record: Vec<Entry>,
}

impl Tally {
    /// Adds what one agreement came to.
    pub(super) fn note(&mut self, in_force: &InForce, held: Held) {
        let Some(key) = in_force.as_deref() else { return };
        self.checked.insert(key.clone());
        self.record.extend(held.record);
        if !held.gone.is_empty() {
            self.gone.insert(key.clone(), held.gone);
        }
    }
}

impl Baselines {
    /// Starts with none.
    pub(super) fn new(asked: &BaselineArgs) -> Self {
        Self {
            asked: asked.clone(),
            found: Vec::new(),
            problems: Vec::new(),
            by_path: BTreeMap::new(),
            folders: Folders::default(),
        }
    }

    /// What is in force for an agreement, whose configuration may name a baseline.
    pub(super) fn of(&mut self, agreement: &Path, configured: Option<&Path>) -> InForce {
        let path = self.asked.choose(configured)?.to_owned();
        let number = if let Some(known) = self.by_path.get(&path) {
            *known
        } else {
            let loaded = self.load(&path);
            let number = loaded.map(|file| {
                self.found.push(file);
                self.found.len() - 1
            });
            self.by_path.insert(path, number);
            number
        };
        let number = number?;
        let whole = self.folders.of(agreement).join(agreement.file_name().unwrap_or_default());
        Some(Box::new((number, seen_from(&self.found[number].folder, &whole))))
    }

    /// The files that were looked for.
    pub(super) fn read(&self) -> Vec<PathBuf> {
        self.by_path.keys().cloned().collect()
    }

    /// Holds the findings of an agreement against its baseline, and marks those that are known: the
    /// same rule finds the same thing, and nothing worse than before.
    pub(super) fn hold(
        &self,
        in_force: &InForce,
        source: &Source,
        report: &mut Report,
        readable: bool,
    ) -> Held {
        let Some((number, path)) = in_force.as_deref() else { return Held::default() };
        let asked: BTreeMap<&str, bool> =
            report.outcomes.iter().map(|each| (&*each.rule, each.outcome.is_some())).collect();
        let recorded = self.found[*number].entries.get(path).map_or(&[][..], Vec::as_slice);
        let recording = self.asked.write_baseline.is_some();
        let (mut held, mut met) = (Held::default(), BTreeSet::new());
        let names = fingerprints(source, &report.findings);
        for (finding, name) in report.findings.iter_mut().zip(names) {
            if !asked.contains_key(&*finding.diagnostic.code) {
                continue;
            }
            if recording && finding.waived.is_none() {
                held.record.push(Entry::new(path, finding, &name));
                finding.known = true;
                continue;
            }
            let same = |(entry, _): &(Entry, Span)| {
                entry.fingerprint == name && entry.outcome() >= Some(finding.outcome)
            };
            if let Some(at) = recorded.iter().position(same) {
                met.insert(at);
                finding.known = finding.waived.is_none();
            }
        }
        for (at, (entry, _)) in recorded.iter().enumerate().filter(|(at, _)| !met.contains(at)) {
            match asked.get(&*entry.rule) {
                // It was not asked: nobody knows whether it would be found.
                Some(false) if recording => held.record.push(entry.clone()),
                // Nor where a part of the agreement could not be read.
                Some(true) if readable && !recording => held.gone.push(at),
                _ => {}
            }
        }
        held
    }

    /// What is to be said of each baseline: of what was recorded and is found no more.
    pub(super) fn told(&self, tally: &Tally) -> Vec<Vec<Diagnostic>> {
        if self.asked.write_baseline.is_some() {
            return Vec::new();
        }
        let told = |(number, file): (usize, &File)| {
            let told = file.entries.iter().filter_map(|(path, entries)| {
                let key = (number, path.clone());
                let all = || (0..entries.len()).collect();
                let (gone, why) = if let Some(gone) = tally.gone.get(&key) {
                    (gone.clone(), "not found any more")
                } else if tally.checked.contains(&key) || file.folder.join(path).is_file() {
                    return None;
                } else {
                    (all(), "of an agreement that is not there any more")
                };
                Some(stale(file, path, &gone, why))
            });
            told.collect()
        };
        self.found.iter().enumerate().map(told).collect()
    }

    /// Records, where that is asked. What is said of it comes out.
    pub(super) fn record(&self, tally: Tally, whole: bool) -> Option<Result<String, Problem>> {
        let path = self.asked.write_baseline.as_deref()?;
        let name = path.display();
        if !whole {
            let message = format!("`{name}` was left as it is: not everything could be checked");
            return Some(Err(Problem::new("baseline/not-written", message)));
        }
        let (agreements, new) = (tally.checked.len(), tally.record.len());
        let mut entries = tally.record;
        for (number, file) in self.found.iter().enumerate() {
            let others = file.entries.iter().filter(|(path, _)| {
                let checked = tally.checked.contains(&(number, (*path).clone()));
                !checked && file.folder.join(path).is_file()
            });
            entries
                .extend(others.flat_map(|(_, each)| each.iter().map(|(entry, _)| entry.clone())));
        }
        let kept = entries.len() - new;
        if let Err(problem) =
            disk::write_over(path, &file::text(entries), file::OPENING, "baseline")
        {
            return Some(Err(problem));
        }
        let (new, agreements) = (many(new, "finding"), many(agreements, "agreement"));
        let kept = match kept {
            0 => String::new(),
            kept => format!("; {kept} of agreements that were not checked kept"),
        };
        Some(Ok(format!("baseline: {new} of {agreements} recorded in `{name}`{kept}")))
    }

    fn load(&mut self, path: &Path) -> Option<File> {
        let recording = self.asked.write_baseline.is_some();
        let folder = full(path.parent().unwrap_or(Path::new("")));
        let name = shown(path);
        let empty = |text: disk::Text| File {
            source: Arc::new(Source::new(name.clone(), text.text)),
            skipped: text.skipped,
            folder: folder.clone(),
            entries: BTreeMap::new(),
        };
        let text = match disk::read(path, MAX_SIZE) {
            Ok(text) => text,
            Err(problem) if recording && problem.diagnostic.code == "file/missing" => {
                if !folder.is_dir() {
                    let message = format!("`{name}` cannot be written: there is no folder for it");
                    self.problems.push(
                        Problem::new("file/unwritable", message).help("make the folder first"),
                    );
                }
                return Some(empty(disk::Text { text: String::new(), skipped: 0 }));
            }
            Err(problem) => {
                let missing = problem.diagnostic.code == "file/missing";
                let help = if missing {
                    format!("record what is found today: pactum check --write-baseline {name}")
                } else {
                    "name another file, or record it anew with --write-baseline".to_owned()
                };
                let message = format!("the baseline {}", problem.diagnostic.message);
                let told = Problem::new("baseline/unreadable", message);
                self.problems.push(told.help(help));
                return None;
            }
        };
        if recording && !text.text.is_empty() && !text.text.starts_with(file::OPENING) {
            let message = format!("`{name}` is no baseline, and was left as it is");
            let problem = Problem::new("file/exists", message);
            self.problems.push(problem.help("name another file, or move this one away"));
            return None;
        }
        let mut read = empty(text);
        match file::parse(read.source.text()) {
            Ok(entries) => {
                for (entry, span) in entries {
                    read.entries.entry(entry.path.clone()).or_default().push((entry, span));
                }
            }
            // What nobody can read is recorded anew: what it knew comes up as new, and not unseen.
            Err(_) if recording => {}
            Err(told) => {
                self.problems.extend(Problem::all(&read.source, told));
                return None;
            }
        }
        Some(read)
    }
}

fn stale(file: &File, path: &str, gone: &[usize], why: &str) -> Diagnostic {
    let entries = &file.entries[path];
    let named = gone.iter().take(NAMED).filter_map(|at| entries.get(*at));
    let mut named: Vec<String> =
        named.map(|(entry, _)| format!("{} at {}", entry.rule, entry.item)).collect();
    if gone.len() > NAMED {
        named.push(format!("{} more", gone.len() - NAMED));
    }
    let at = gone.first().and_then(|at| entries.get(*at)).map_or_else(Span::default, |(_, at)| *at);
    let count = many(gone.len(), "recorded finding");
    let be = if gone.len() == 1 { "is" } else { "are" };
    let message = format!("{count} {be} {why}: `{path}`: {}", named.join(", "));
    let told = Diagnostic::error("baseline/stale", message, at).help(
        "record it anew with --write-baseline, so that what is settled does not come back unseen",
    );
    Diagnostic { severity: Severity::Warning, ..told }
}

/// A path in full as seen from a folder in full, with `/` between its parts on every system.
fn seen_from(folder: &Path, path: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (folder.components().collect(), path.components().collect());
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = from[shared..].iter().map(|_| "..".to_owned());
    let down = to[shared..].iter().map(|part| match part {
        Component::Normal(part) => part.to_string_lossy().into_owned(),
        other => other.as_os_str().to_string_lossy().into_owned(),
    });
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_seen_from_the_folder_of_the_baseline() {
        let seen = |folder: &str, path: &str| seen_from(Path::new(folder), Path::new(path));
        assert_eq!(seen("/a/b", "/a/b/c/d.alliance"), "c/d.alliance");
        assert_eq!(seen("/a/b", "/a/d.alliance"), "../d.alliance");
        assert_eq!(seen("/a/b", "/x/d.alliance"), "../../x/d.alliance");
    }
}
