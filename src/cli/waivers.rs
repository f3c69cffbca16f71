//! Waivers from outside the agreements: which file is in force for which agreement, and what became
//! of each entry over a whole run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::check::{Exception, Standing, Waivers};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;
use crate::value::Date;

use super::config::waivers::{Entry, FILE, parse};
use super::disk;
use super::paths::{Folders, full, shown};
use super::problem::Problem;

/// What is asked of waivers.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Waivers")]
pub(super) struct Asked {
    /// Use the waivers of this file instead of the nearest pactum-waivers.toml
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
    /// Let the waivers that stand in an agreement silence nothing, as for the other side's draft
    #[arg(long)]
    no_inline_waivers: bool,
}

/// A file of waivers.
#[derive(Debug)]
pub(super) struct File {
    /// Its text, for messages.
    pub(super) source: Arc<Source>,
    /// How many bytes stand before the text.
    pub(super) skipped: u32,
    /// Its folder, in full.
    folder: PathBuf,
    entries: Vec<Entry>,
}

/// The waiver files of a run, each read once.
#[derive(Debug)]
pub(super) struct Files {
    args: Asked,
    isolated: bool,
    /// The day of the check.
    pub(super) day: Date,
    /// The files that were found.
    pub(super) found: Vec<File>,
    /// What is wrong with them.
    pub(super) problems: Vec<Problem>,
    /// Indices into `found`, by path.
    by_path: BTreeMap<PathBuf, Option<usize>>,
    /// Files by full folder.
    by_folder: BTreeMap<PathBuf, Option<usize>>,
    folders: Folders,
}

/// Which waivers are in force for an agreement: a file, and its entries that are for it.
pub(super) type InForce = Option<Box<(usize, Vec<usize>)>>;

impl Files {
    /// Starts with none. `as_of` is the day that was asked for.
    pub(super) fn new(args: &Asked, isolated: bool, as_of: Option<Date>) -> Self {
        Self {
            args: args.clone(),
            isolated,
            day: as_of.unwrap_or_else(today),
            found: Vec::new(),
            problems: Vec::new(),
            by_path: BTreeMap::new(),
            by_folder: BTreeMap::new(),
            folders: Folders::default(),
        }
    }

    /// The files that were looked for.
    pub(super) fn read(&self) -> Vec<PathBuf> {
        self.by_path.keys().cloned().collect()
    }

    /// Whether the waivers in agreements count.
    pub(super) const fn inline(&self) -> bool {
        !self.args.no_inline_waivers
    }

    /// What is in force for an agreement.
    pub(super) fn of(&mut self, agreement: &Path) -> InForce {
        if self.args.waivers.is_none() && self.isolated {
            return None;
        }
        let folder = self.folders.of(agreement).to_owned();
        let file = match self.args.waivers.clone() {
            Some(named) => self.load(&named),
            None => self.nearest(&folder),
        }?;
        let path = folder.join(agreement.file_name().unwrap_or_default());
        let entries = self.found[file].entries.iter().enumerate();
        let those = entries.filter(|(_, each)| each.is_for(&path)).map(|(at, _)| at);
        Some(Box::new((file, those.collect())))
    }

    /// The waivers that an agreement is checked with.
    pub(super) fn waivers(&self, in_force: &InForce) -> Waivers<'_> {
        let outside = in_force.iter().flat_map(|in_force| {
            let (file, entries) = &**in_force;
            entries.iter().map(|at| &self.found[*file].entries[*at].exception)
        });
        Waivers { day: self.day, inline: self.inline(), outside: outside.collect() }
    }

    /// What is to be said of each file: `stood` tells what became of an entry in the agreements it
    /// was held against, and `searched` which folders were searched as a whole.
    pub(super) fn told(&self, stood: &Stood, searched: &[PathBuf]) -> Vec<Vec<Diagnostic>> {
        let told = |(file, each): (usize, &File)| {
            let whole = searched.iter().any(|folder| each.folder.starts_with(folder));
            let entries = each.entries.iter().enumerate();
            entries.filter_map(|(at, entry)| told_of(entry, stood.of(file, at), whole)).collect()
        };
        self.found.iter().enumerate().map(told).collect()
    }

    fn nearest(&mut self, folder: &Path) -> Option<usize> {
        if let Some(known) = self.by_folder.get(folder) {
            return *known;
        }
        let own = folder.join(FILE);
        let found = if own.is_file() {
            self.load(&own)
        } else {
            folder.parent().and_then(|above| self.nearest(above))
        };
        self.by_folder.insert(folder.to_owned(), found);
        found
    }

    fn load(&mut self, path: &Path) -> Option<usize> {
        if let Some(known) = self.by_path.get(path) {
            return *known;
        }
        let read = match disk::read(path, disk::MAX_SIZE) {
            Ok(text) => {
                let source = Arc::new(Source::new(shown(path), text.text));
                let folder = full(path.parent().unwrap_or(Path::new("")));
                let (entries, told) = parse(&source, &folder);
                self.problems.extend(Problem::all(&source, told));
                self.found.push(File { source, skipped: text.skipped, folder, entries });
                Some(self.found.len() - 1)
            }
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        };
        self.by_path.insert(path.to_owned(), read);
        read
    }
}

/// What became of the entries, the best over all agreements, by file and entry.
#[derive(Debug, Default)]
pub(super) struct Stood(BTreeMap<(usize, usize), Standing>);

impl Stood {
    /// Notes what became of the entries that were held against one agreement.
    pub(super) fn note(&mut self, in_force: &InForce, outside: Vec<Standing>) {
        let Some((file, entries)) = in_force.as_deref() else { return };
        for (at, standing) in entries.iter().zip(outside) {
            let best = self.0.entry((*file, *at)).or_insert_with(|| standing.clone());
            *best = standing.min(best.clone());
        }
    }

    fn of(&self, file: usize, entry: usize) -> Option<&Standing> {
        self.0.get(&(file, entry))
    }
}

/// What is to be said of an entry. One that is for other agreements than those that were checked
/// may be needed there: nothing is said of it, unless all that it can be for was searched.
fn told_of(entry: &Entry, stood: Option<&Standing>, whole: bool) -> Option<Diagnostic> {
    match (stood, &entry.path) {
        (Some(Standing::Idle | Standing::UnknownItem { .. } | Standing::Again), None) if !whole => {
            None
        }
        (Some(standing), _) => standing.told(&entry.exception, false),
        (None, Some(path)) if path.is_file() => None,
        (None, Some(_)) => Some(no_agreement(entry, "no agreement stands at")),
        (None, None) => whole.then(|| no_agreement(entry, "no agreement matches")),
    }
}

fn no_agreement(entry: &Entry, what: &str) -> Diagnostic {
    let Exception { rule, .. } = &entry.exception;
    let message = format!("{what} `{}`: the waiver of `{}` waives nothing", entry.agreement, rule);
    let told = Diagnostic::error("waiver/no-agreement", message, entry.agreement.span);
    let told = told.help(
        "paths and patterns are relative to the folder of this file; all agreements below a \
         folder are named as in `deals/**`",
    );
    Diagnostic { severity: Severity::Warning, ..told }
}

/// The day in UTC. Nothing but the end of waivers is measured by it.
fn today() -> Date {
    #[expect(clippy::disallowed_methods, reason = "a waiver ends without anybody doing anything")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let days = i64::try_from(now.as_secs() / 86_400).unwrap_or_default();
    Date::from_number(days).unwrap_or_else(|| unreachable!("the clock is within the calendar"))
}
