//! The file of a baseline: its text comes in, out goes what was found before; and back.
//!
//! A JSON document with one finding a line, sorted, so that a difference in git can be read.

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::check::{FINGERPRINT_VERSION, Outcome};
use crate::diagnostic::Diagnostic;
use crate::render::json::to_string;
use crate::source::Span;

/// The version of this shape.
const VERSION: u32 = 1;
/// What every baseline begins with: a file that does not is never written over.
pub(super) const OPENING: &str = "{\"baseline_version\":";

/// A finding that was recorded. In the file its keys stand in this order, and files are sorted by it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli) struct Entry {
    /// The agreement, as seen from the folder of the baseline, with `/` between its parts.
    pub(super) path: String,
    /// The rule's id.
    pub(super) rule: String,
    /// The item it is about.
    pub(super) item: String,
    /// What it came to.
    outcome: String,
    /// What it is known by in its agreement.
    pub(super) fingerprint: String,
    /// For people; never compared.
    message: String,
}

impl Entry {
    /// Records a finding.
    pub(super) fn new(path: &str, found: &crate::check::Finding, fingerprint: &str) -> Self {
        Self {
            path: path.to_owned(),
            rule: found.diagnostic.code.to_string(),
            item: found.item.clone(),
            outcome: found.outcome.word().to_owned(),
            fingerprint: fingerprint.to_owned(),
            message: found.diagnostic.message.clone(),
        }
    }

    /// What it came to; `None` for a word that nothing comes to.
    pub(super) fn outcome(&self) -> Option<Outcome> {
        let all = [Outcome::Approval, Outcome::Undetermined, Outcome::Fail];
        all.into_iter().find(|outcome| outcome.word() == self.outcome)
    }
}

#[derive(Deserialize)]
struct Versions {
    baseline_version: u32,
    fingerprint_version: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<'a> {
    #[serde(rename = "baseline_version")]
    _baseline_version: u32,
    #[serde(rename = "fingerprint_version")]
    _fingerprint_version: u32,
    #[serde(borrow)]
    findings: Vec<&'a RawValue>,
}

/// Reads a baseline: each entry with its place, or all that is wrong.
pub(super) fn parse(text: &str) -> Result<Vec<(Entry, Span)>, Vec<Diagnostic>> {
    let slip = |from: usize, error: &serde_json::Error| {
        let words = error.to_string();
        let words = words.split(" at line ").next().unwrap_or_default().replace('\n', " ");
        let message = format!("this baseline cannot be read: {words}");
        let at = from + offset(&text[from..], error);
        vec![Diagnostic::error("baseline/unreadable", message, span(at, at)).help(
            "lines of git's that mark a conflict have to go; or else record it anew with \
             --write-baseline",
        )]
    };
    let versions: Versions = serde_json::from_str(text).map_err(|error| slip(0, &error))?;
    let other = [
        ("baseline", versions.baseline_version, VERSION),
        ("fingerprint", versions.fingerprint_version, FINGERPRINT_VERSION),
    ];
    if let Some((what, found, known)) = other.into_iter().find(|(_, found, known)| found != known) {
        let at = text.find(&format!("\"{what}_version\"")).unwrap_or_default();
        let message = format!("the {what} version here is {found}, this pactum knows {known}");
        return Err(vec![
            Diagnostic::error("baseline/version", message, span(at, at))
                .help("nothing here can be compared: record it anew with --write-baseline"),
        ]);
    }
    let document: Document<'_> = serde_json::from_str(text).map_err(|error| slip(0, &error))?;
    let (mut entries, mut told) = (Vec::new(), Vec::new());
    for raw in document.findings {
        let raw = raw.get();
        // It is a slice of the text: where it begins is how far it lies from the beginning.
        let at = raw.as_ptr().addr() - text.as_ptr().addr();
        match serde_json::from_str::<Entry>(raw) {
            Ok(entry) if entry.outcome().is_some() => {
                entries.push((entry, span(at, at + raw.len())));
            }
            Ok(entry) => {
                let message = format!("no finding comes to `{}`", entry.outcome);
                told.push(Diagnostic::error(
                    "baseline/unreadable",
                    message,
                    span(at, at + raw.len()),
                ));
            }
            Err(error) => told.extend(slip(at, &error)),
        }
    }
    if told.is_empty() { Ok(entries) } else { Err(told) }
}

/// The text of a baseline.
pub(super) fn text(mut entries: Vec<Entry>) -> String {
    entries.sort();
    entries.dedup();
    let mut out =
        format!("{OPENING}{VERSION},\"fingerprint_version\":{FINGERPRINT_VERSION},\"findings\":[");
    for (number, entry) in entries.iter().enumerate() {
        let comma = if number == 0 { "" } else { "," };
        let _ = write!(out, "{comma}\n{}", to_string(entry));
    }
    out + "\n]}\n"
}

/// Where the library stopped, in bytes.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let before: usize = lines.map(str::len).sum();
    let mut at = (before + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn span(start: usize, end: usize) -> Span {
    let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(narrow(start), narrow(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, message: &str) -> Entry {
        Entry {
            path: path.to_owned(),
            rule: "a/b".to_owned(),
            item: "exit".to_owned(),
            outcome: "fail".to_owned(),
            fingerprint: "0".repeat(32),
            message: message.to_owned(),
        }
    }

    #[test]
    fn what_is_written_is_read_sorted_and_with_its_place() {
        let written = text(vec![entry("b", "\u{1b}[2J \"x\"\n"), entry("a", "y"), entry("a", "y")]);
        assert_eq!(written.lines().count(), 4, "a line each:\n{written}");
        assert!(!written.contains('\u{1b}'));
        let read = parse(&written).unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].0, entry("a", "y"));
        assert_eq!(read[1].0, entry("b", "\u{1b}[2J \"x\"\n"));
        let (start, end) = (read[1].1.start as usize, read[1].1.end as usize);
        assert_eq!(&written[start..end], written.lines().nth(2).unwrap());
        assert_eq!(parse(&text(Vec::new())).unwrap(), []);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let good = text(vec![entry("a", "y")]);
        let told = |text: &str| {
            let told = parse(text).unwrap_err().remove(0);
            (told.code.to_string(), told.message, told.primary.span.start as usize)
        };
        let marked = good.replace("\n{\"path", "\n<<<<<<< HEAD\n{\"path");
        let (code, message, at) = told(&marked);
        assert_eq!(code, "baseline/unreadable", "{message}");
        assert_eq!(at, marked.find("<<<").unwrap());
        let (_, message, _) = told(&good.replace("\"fail\"", "\"pass\""));
        assert_eq!(message, "no finding comes to `pass`");
        let (_, message, at) = told(&good.replace("\"item\"", "\"itme\""));
        assert!(message.contains("unknown field `itme`"), "{message}");
        assert!(at > good.find("\n{").unwrap(), "in the line of the entry");
        let (code, message, _) =
            told(&good.replace("\"fingerprint_version\":1", "\"fingerprint_version\":99"));
        assert_eq!(code, "baseline/version");
        assert_eq!(message, "the fingerprint version here is 99, this pactum knows 1");
        told("");
        told("[]");
    }
}
