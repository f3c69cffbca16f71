//! A finding a line, as compilers say it: `path:line:column: error[rule]: message`. Editors and
//! `grep` know what to do with it.

use std::fmt::Write;

use crate::check::Outcome;
use crate::diagnostic::Diagnostic;
use crate::source::Source;

use super::form::{Ending, Form};
use super::page::{Entry, Origin, Page};
use super::summary::summary;
use super::visible::visible;

/// One line each.
#[derive(Debug, Clone, Copy)]
pub struct Concise {
    /// Whether waived and known findings and rules that judged nothing are shown.
    pub verbose: bool,
}

impl Form for Concise {
    fn page(&self, page: &Page<'_>, _: Origin<'_>) -> String {
        let mut out = String::new();
        for entry in page.entries() {
            if !entry.is_accepted() || self.verbose {
                let _ = writeln!(out, "{}", line(page.source, entry));
            }
        }
        out
    }

    fn unread(&self, path: &str, problem: &Diagnostic) -> String {
        format!("{}: {}\n", plain(path), said(problem, ""))
    }

    fn closing(&self, end: &Ending<'_>) -> String {
        let mut out = String::new();
        for (source, problem) in end.problems {
            let place = source.map_or_else(String::new, |source| place(source, problem) + ": ");
            let _ = writeln!(out, "{place}{}", said(problem, ""));
        }
        out + &summary(end, self.verbose)
    }
}

/// The line of a finding, without its end.
pub(super) fn line(source: &Source, entry: Entry<'_>) -> String {
    let diagnostic = entry.diagnostic();
    format!("{}: {}", place(source, diagnostic), said(diagnostic, &note(entry)))
}

/// What is said between code and message: how it stands with the finding.
pub(super) fn note(entry: Entry<'_>) -> String {
    let Entry::Ruled(finding) = entry else { return String::new() };
    if let Some(accepted) = finding.accepted() {
        return format!(", {accepted}");
    }
    match (finding.outcome, &finding.approver) {
        (Outcome::Undetermined, _) => ", undetermined".to_owned(),
        (Outcome::Approval, Some(approver)) => format!(", needs approval of {approver}"),
        (Outcome::Approval, None) => ", needs approval".to_owned(),
        (Outcome::Fail | Outcome::Pass | Outcome::NotApplicable, _) => String::new(),
    }
}

fn said(diagnostic: &Diagnostic, note: &str) -> String {
    let said =
        format!("{}[{}]{note}: {}", diagnostic.severity, diagnostic.code, diagnostic.message);
    plain(&said)
}

fn place(source: &Source, diagnostic: &Diagnostic) -> String {
    let at = source.position(diagnostic.primary.span.start);
    format!("{}:{}:{}", plain(source.name()), at.line, at.column)
}

/// On one line, and safe to print.
pub(super) fn plain(text: &str) -> String {
    visible(text).replace('\n', " ")
}
