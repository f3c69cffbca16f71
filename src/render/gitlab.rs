//! A code quality report, as GitLab reads it: a list of issues, each with a place, a severity and a
//! fingerprint. GitLab knows nothing of waivers: what is waived is an issue of its least severity
//! that says so. Rules that never applied have no place here.

use serde::Serialize;

use crate::check::{Outcome, digest, fingerprints, fingerprints_of_read};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;

use super::concise::plain;
use super::form::{Ending, Form, below};
use super::json::to_string;
use super::page::{Entry, Origin, Page};

/// A code quality report.
#[derive(Debug, Clone, Copy)]
pub struct Gitlab<'a> {
    /// The folder that paths are shown from.
    pub root: &'a str,
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl Form for Gitlab<'_> {
    fn opening(&self, _: Option<&Ending<'_>>) -> String {
        "[\n".to_owned()
    }

    fn page(&self, page: &Page<'_>, _: Origin<'_>) -> String {
        let read = page.diagnostics.iter().map(Entry::Read);
        let ruled = page.report.findings.iter().map(Entry::Ruled);
        let names = fingerprints_of_read(page.source, page.diagnostics).into_iter();
        let names = names.chain(fingerprints(page.source, &page.report.findings));
        let issues = read.chain(ruled).zip(names);
        let issues: Vec<String> =
            issues.map(|(entry, name)| to_string(&self.issue(page.source, entry, &name))).collect();
        issues.join(",\n")
    }

    fn unread(&self, path: &str, problem: &Diagnostic) -> String {
        to_string(&placeless(below(self.root, path), problem))
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn closing(&self, end: &Ending<'_>) -> String {
        let mut told = String::new();
        let mut comma = end.pieces > 0;
        for (source, problem) in end.problems {
            let path = source.map_or("pactum", |source| below(self.root, source.name()));
            let mut issue = placeless(path, problem);
            if let Some(source) = source {
                issue.location.lines = lines(source, problem);
            }
            told.push_str(if comma { ",\n" } else { "" });
            told.push_str(&to_string(&issue));
            comma = true;
        }
        told + "\n]\n"
    }
}

impl<'a> Gitlab<'a> {
    fn issue(&self, source: &'a Source, entry: Entry<'a>, name: &str) -> Issue<'a> {
        let diagnostic = entry.diagnostic();
        let path = below(self.root, source.name());
        let severity = match (diagnostic.severity, entry.is_accepted()) {
            (_, true) | (Severity::Advice, _) => "info",
            (Severity::Warning, _) => "minor",
            (Severity::Error, _) => "major",
        };
        Issue {
            description: description(entry),
            check_name: &diagnostic.code,
            // The same thing in two files is two issues.
            fingerprint: digest(&format!("{name}\n{path}")),
            severity,
            location: Location { path, lines: lines(source, diagnostic) },
        }
    }
}

/// What could not be done matters most: nobody knows what it hides.
fn placeless<'a>(path: &'a str, problem: &'a Diagnostic) -> Issue<'a> {
    Issue {
        description: plain(&problem.message),
        check_name: &problem.code,
        fingerprint: digest(&format!("{}\n{}\n{path}", problem.code, problem.message)),
        severity: if problem.severity == Severity::Error { "blocker" } else { "minor" },
        location: Location { path, lines: Lines { begin: 1, end: 1 } },
    }
}

fn lines(source: &Source, diagnostic: &Diagnostic) -> Lines {
    let span = diagnostic.primary.span;
    let end = source.position(span.end.max(span.start)).line;
    Lines { begin: source.position(span.start).line, end }
}

fn description(entry: Entry<'_>) -> String {
    let message = &entry.diagnostic().message;
    let Entry::Ruled(finding) = entry else { return plain(message) };
    let lead = match (finding.accepted(), finding.outcome, &finding.approver) {
        (Some(accepted), ..) => format!("{accepted}: "),
        (None, Outcome::Undetermined, _) => "undetermined: ".to_owned(),
        (None, Outcome::Approval, Some(approver)) => format!("needs approval of {approver}: "),
        (None, Outcome::Approval, None) => "needs approval: ".to_owned(),
        (None, Outcome::Fail | Outcome::Pass | Outcome::NotApplicable, _) => String::new(),
    };
    plain(&format!("{lead}{message}"))
}
