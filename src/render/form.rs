//! What every format is made of: an opening, a piece for each agreement, a closing. Pieces are made
//! one by one, in any order and by several threads, so that a run of any size needs little memory.

use crate::diagnostic::Diagnostic;
use crate::policy::Rule;
use crate::source::Source;

use super::page::{Origin, Page};
use super::run::Run;

/// A format: what is found comes in, text goes out.
pub trait Form: Sync {
    /// Whether what opens it sums up the whole run, so that it can only be written at the end.
    fn sums_up_first(&self) -> bool {
        false
    }

    /// What stands before the agreements. The end of the run is told to forms that sum up first.
    fn opening(&self, end: Option<&Ending<'_>>) -> String {
        let _ = end;
        String::new()
    }

    /// One agreement, or one file of waivers of which there is something to say. An empty text is
    /// left out.
    fn page(&self, page: &Page<'_>, origin: Origin<'_>) -> String;

    /// A file that could not be checked.
    fn unread(&self, path: &str, problem: &Diagnostic) -> String;

    /// What stands between two pieces.
    fn between(&self) -> &'static str {
        ""
    }

    /// What stands after the agreements.
    fn closing(&self, end: &Ending<'_>) -> String;
}

/// What forms know from the beginning.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    /// The rules in force, each once.
    pub rules: &'a [&'a Rule],
    /// The folder that paths are shown from, in full, ending in a slash: forms for other programs
    /// name files as seen from there.
    pub root: &'a str,
    /// Whether waived and known findings, and rules that judged nothing are shown where they are optional.
    pub verbose: bool,
    /// Whether findings were held against a baseline.
    pub baseline: bool,
    /// Whether the reader is told elsewhere of files that could not be checked, and of problems.
    pub told_elsewhere: bool,
}

/// How a run ended.
#[derive(Debug, Clone, Copy)]
pub struct Ending<'a> {
    /// The counts, and what became of each rule.
    pub run: &'a Run,
    /// Files that could not be checked, each with the reason.
    pub unread: &'a [(String, Box<Diagnostic>)],
    /// What else kept the job from being done wholly: a folder that could not be searched, or a
    /// mistake in a policy or in the configuration, with the text it stands in.
    pub problems: &'a [(Option<&'a Source>, &'a Diagnostic)],
    /// How many pieces stand between opening and closing.
    pub pieces: usize,
    /// Whether the day that ended waivers was today's, and not one that was asked for.
    pub today: bool,
    /// The exit code: 0 clean, 1 findings, 2 the job could not be done.
    pub exit: u8,
}

impl Ending<'_> {
    /// The verdict of the run in a few words.
    pub fn verdict(&self) -> &'static str {
        let counts = &self.run.counts;
        match self.exit {
            2 if self.run.counts.files == 0 => "nothing was checked",
            2 => "not everything could be checked",
            1 => "outside policy",
            _ if counts.errors + counts.warnings + counts.advice + counts.undetermined > 0 => {
                "nothing that fails, but something to look at"
            }
            _ => "nothing found",
        }
    }
}

/// A path for other programs: as seen from the root where it lies below, with `/` between its parts.
pub fn below<'a>(root: &str, path: &'a str) -> &'a str {
    let below = path.strip_prefix(root).filter(|_| !root.is_empty()).unwrap_or(path);
    below.strip_prefix("./").unwrap_or(below)
}
