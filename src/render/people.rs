//! A report for people: each finding with its place drawn, and the counts in the last line.

use crate::diagnostic::Diagnostic;
use crate::source::Source;

use super::form::{Ending, Form};
use super::human::Human;
use super::page::{Origin, Page};
use super::summary::summary;

/// The report that `check` shows unless another format is asked for.
#[derive(Debug, Clone)]
pub struct People {
    /// How findings are drawn.
    pub human: Human,
    /// Whether waived and known findings and rules that judged nothing are shown.
    pub verbose: bool,
    /// Whether the reader is told elsewhere of files that could not be checked, and of problems.
    pub told_elsewhere: bool,
}

impl People {
    fn problem(&self, source: Option<&Source>, diagnostic: &Diagnostic) -> String {
        let drawn = match source {
            Some(source) => self.human.diagnostic(source, diagnostic),
            None => self.human.problem(diagnostic),
        };
        drawn + "\n"
    }
}

impl Form for People {
    fn page(&self, page: &Page<'_>, _: Origin<'_>) -> String {
        self.human.page(page, self.verbose)
    }

    fn unread(&self, _: &str, problem: &Diagnostic) -> String {
        if self.told_elsewhere { String::new() } else { self.problem(None, problem) }
    }

    fn closing(&self, end: &Ending<'_>) -> String {
        let problems = end.problems.iter().filter(|_| !self.told_elsewhere);
        let told: String = problems.map(|(source, each)| self.problem(*source, each)).collect();
        told + &summary(end, self.verbose)
    }
}
