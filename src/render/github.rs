//! Workflow commands: what a GitHub Actions job prints to have findings shown beside the lines of a
//! pull request. GitHub shows the first ten errors, warnings and notices of a step each; all of them
//! stand in the log, and the last notice tells the counts.

use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;

use super::concise::{line, note, plain};
use super::form::{Ending, Form, below};
use super::page::{Entry, Origin, Page};
use super::summary::{IDLE, remarks};

/// How many annotations of a level GitHub shows for one step.
const SHOWN: usize = 10;

/// Annotations.
#[derive(Debug, Clone, Copy)]
pub struct Github<'a> {
    /// The folder that paths are shown from.
    pub root: &'a str,
}

impl Form for Github<'_> {
    fn page(&self, page: &Page<'_>, _: Origin<'_>) -> String {
        let mut out = String::new();
        for entry in page.entries() {
            if entry.is_accepted() {
                // No annotation, so that none of the few that are shown is spent on it.
                let _ = writeln!(out, "accepted: {}", line(page.source, entry));
            } else {
                out.push_str(&self.annotation(page.source, entry));
            }
        }
        out
    }

    fn unread(&self, path: &str, problem: &Diagnostic) -> String {
        command(problem, &format!("file={},", property(below(self.root, path))), "")
    }

    fn closing(&self, end: &Ending<'_>) -> String {
        let mut out = String::new();
        for (source, problem) in end.problems {
            let place = source.map_or_else(String::new, |source| self.place(source, problem));
            out.push_str(&command(problem, &place, ""));
        }
        for (became, words) in IDLE {
            for rule in end.run.that(became) {
                let _ = writeln!(out, "{words}: {}", plain(rule));
            }
        }
        let mut said = remarks(end);
        said.push(end.run.to_string());
        let counts = &end.run.counts;
        if counts.errors.max(counts.warnings + counts.undetermined) > SHOWN {
            said.push(format!(
                "GitHub shows the first {SHOWN} of a kind for a step; the log has them all"
            ));
        }
        let level = if end.exit == 2 { "error" } else { "notice" };
        let title = property(&format!("pactum: {}", end.verdict()));
        let _ = writeln!(out, "::{level} title={title}::{}", data(&said.join("\n")));
        out
    }
}

impl Github<'_> {
    fn annotation(&self, source: &Source, entry: Entry<'_>) -> String {
        let diagnostic = entry.diagnostic();
        command(diagnostic, &self.place(source, diagnostic), &note(entry))
    }

    fn place(&self, source: &Source, diagnostic: &Diagnostic) -> String {
        let span = diagnostic.primary.span;
        let (from, to) = (source.position(span.start), source.position(span.end.max(span.start)));
        let file = property(below(self.root, source.name()));
        let mut place = format!("file={file},line={},endLine={},", from.line, to.line);
        // Columns of several lines are refused.
        if from.line == to.line {
            let _ =
                write!(place, "col={},endColumn={},", from.column, to.column.max(from.column + 1));
        }
        place
    }
}

fn command(diagnostic: &Diagnostic, place: &str, note: &str) -> String {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let title = property(&format!("{}{note}", diagnostic.code));
    let mut said = diagnostic.message.clone();
    for (word, text) in [("why", &diagnostic.why), ("help", &diagnostic.help)] {
        if let Some(text) = text {
            let _ = write!(said, "\n{word}: {text}");
        }
    }
    format!("::{level} {place}title={title}::{}\n", data(&said))
}

/// What stands behind the second `::`, where line breaks are written out.
fn data(text: &str) -> String {
    let shown = super::visible::visible(text);
    shown.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, where `:` and `,` are written out as well. A path keeps every character.
fn property(text: &str) -> String {
    let escaped = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let escaped = super::visible::visible(&escaped).into_owned();
    escaped.replace(':', "%3A").replace(',', "%2C")
}
