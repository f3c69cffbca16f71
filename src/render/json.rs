//! Findings for programs: a stable shape, one agreement at a time, so that a run of any size needs
//! little memory.
//!
//! Byte offsets count from the first byte of the file, a byte order mark included; lines and columns
//! count from 1, columns in Unicode scalar values, without the byte order mark.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

use crate::check::{Finding, Waived};
use crate::diagnostic::{Diagnostic, Label};
use crate::source::Source;

use super::approvals::{Approvals, ids};
use super::page::{Counts, Page};
use super::run::{Run, Use};
use super::visible::acts;

/// The version of the shape. It changes when a reader of the old one would misread the new one.
pub const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct FileJson<'a> {
    path: &'a str,
    config: Option<&'a str>,
    problem: Option<PlacedJson<'a>>,
    diagnostics: Vec<PlacedJson<'a>>,
    findings: Vec<FindingJson<'a>>,
    folded: usize,
}

#[derive(Serialize)]
pub(super) struct PlacedJson<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    why: Option<&'a str>,
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    primary: Option<PlaceJson<'a>>,
    secondary: Vec<PlaceJson<'a>>,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    id: String,
    rule: &'a str,
    severity: &'static str,
    outcome: &'static str,
    item: &'a str,
    message: &'a str,
    why: Option<&'a str>,
    help: Option<&'a str>,
    authority: &'a [String],
    approver: Option<&'a str>,
    insert_at: Option<u32>,
    waived: Option<WaivedJson<'a>>,
    primary: PlaceJson<'a>,
    secondary: Vec<PlaceJson<'a>>,
}

#[derive(Serialize)]
struct PlaceJson<'a> {
    label: &'a str,
    start: u32,
    end: u32,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct WaivedJson<'a> {
    reason: &'a str,
    approver: &'a str,
    until: String,
    from: &'a str,
}

#[derive(Serialize)]
struct RunJson<'a> {
    files: usize,
    failed: usize,
    rules: RulesJson<'a>,
    counts: &'a Counts,
    approvals: &'a Approvals,
    waivers: WaiversJson,
    exit: u8,
}

#[derive(Serialize)]
struct RulesJson<'a> {
    profiles: Vec<&'static str>,
    left_out: Vec<&'a str>,
    loaded: Vec<&'a str>,
    applied: Vec<&'a str>,
    never_applied: Vec<&'a str>,
    other_kinds: Vec<&'a str>,
    not_run: Vec<&'a str>,
}

#[derive(Serialize)]
struct WaiversJson {
    as_of: Option<String>,
    inline_ignored: usize,
}

/// How the text of a source lies in its file.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The configuration that was in force, if any.
    pub config: Option<&'a str>,
    /// How many bytes stand before the text: a byte order mark has 3.
    pub skipped: u32,
}

/// What opens the document.
pub fn opening() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "{{\"schema_version\":{SCHEMA_VERSION},\"tool\":\"pactum\",\"version\":\"{version}\",\"files\":["
    )
}

/// One agreement and what was found in it.
pub fn file(page: &Page<'_>, origin: Origin<'_>) -> String {
    let place = Places { source: page.source, skipped: origin.skipped };
    to_string(&FileJson {
        path: page.source.name(),
        config: origin.config,
        problem: None,
        diagnostics: page.diagnostics.iter().map(|each| place.diagnostic(each)).collect(),
        findings: place.findings(&page.report.findings),
        folded: page.report.folded,
    })
}

/// A file that could not be checked.
pub fn unread(path: &str, problem: &Diagnostic) -> String {
    to_string(&FileJson {
        path,
        config: None,
        problem: Some(placeless(problem)),
        diagnostics: Vec::new(),
        findings: Vec::new(),
        folded: 0,
    })
}

/// What closes the document: what kept the job from being done, and the facts of the run.
pub fn closing(problems: &[String], run: &Run, exit: u8) -> String {
    let facts = to_string(&RunJson {
        files: run.counts.files,
        failed: run.failed,
        rules: RulesJson {
            profiles: run.profiles.iter().map(|profile| profile.word()).collect(),
            loaded: run.loaded().collect(),
            applied: run.that(Use::Applied).collect(),
            never_applied: run.that(Use::NeverApplied).collect(),
            other_kinds: run.that(Use::OtherKind).collect(),
            left_out: run.that(Use::LeftOut).collect(),
            not_run: run.that(Use::NotRun).collect(),
        },
        counts: &run.counts,
        approvals: &run.approvals,
        waivers: WaiversJson {
            as_of: run.waivers.as_of.map(|day| day.to_string()),
            inline_ignored: run.waivers.ignored,
        },
        exit,
    });
    format!("\n],\"problems\":[{}],\"run\":{facts}}}\n", problems.join(","))
}

/// A mistake in a policy or in the configuration.
pub fn problem(source: Option<&Source>, diagnostic: &Diagnostic) -> String {
    to_string(&match source {
        None => placeless(diagnostic),
        Some(source) => PlacedJson {
            path: Some(source.name()),
            ..Places { source, skipped: 0 }.diagnostic(diagnostic)
        },
    })
}

/// Any value in the same notation: characters that act on a terminal are escaped.
pub fn to_string(value: &impl Serialize) -> String {
    let mut out = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, Tame);
    match value.serialize(&mut serializer) {
        Ok(()) => String::from_utf8(out).unwrap_or_default(),
        Err(error) => unreachable!("strings, numbers and lists always serialise: {error}"),
    }
}

pub(super) fn placeless(diagnostic: &Diagnostic) -> PlacedJson<'_> {
    PlacedJson {
        code: &diagnostic.code,
        severity: diagnostic.severity.word(),
        message: &diagnostic.message,
        why: diagnostic.why.as_deref(),
        help: diagnostic.help.as_deref(),
        path: None,
        primary: None,
        secondary: Vec::new(),
    }
}

/// Turns spans of a source into places of its file.
pub(super) struct Places<'a> {
    pub(super) source: &'a Source,
    pub(super) skipped: u32,
}

impl<'a> Places<'a> {
    pub(super) fn diagnostic(&self, diagnostic: &'a Diagnostic) -> PlacedJson<'a> {
        PlacedJson {
            primary: Some(self.place(&diagnostic.primary)),
            secondary: diagnostic.secondary.iter().map(|label| self.place(label)).collect(),
            ..placeless(diagnostic)
        }
    }

    fn findings(&self, findings: &'a [Finding]) -> Vec<FindingJson<'a>> {
        findings.iter().zip(ids(findings)).map(|(each, id)| self.finding(each, id)).collect()
    }

    fn finding(&self, finding: &'a Finding, id: String) -> FindingJson<'a> {
        let diagnostic = &finding.diagnostic;
        FindingJson {
            id,
            rule: &diagnostic.code,
            severity: diagnostic.severity.word(),
            outcome: finding.outcome.word(),
            item: &finding.item,
            message: &diagnostic.message,
            why: diagnostic.why.as_deref(),
            help: diagnostic.help.as_deref(),
            authority: &finding.authority,
            approver: finding.approver.as_deref(),
            insert_at: finding.insert_at.map(|offset| offset + self.skipped),
            waived: finding.waived.as_ref().map(waived),
            primary: self.place(&diagnostic.primary),
            secondary: diagnostic.secondary.iter().map(|label| self.place(label)).collect(),
        }
    }

    fn place(&self, label: &'a Label) -> PlaceJson<'a> {
        let (start, end) = (label.span.start, label.span.end.max(label.span.start));
        let (from, to) = (self.source.position(start), self.source.position(end));
        PlaceJson {
            label: &label.text,
            start: start + self.skipped,
            end: end + self.skipped,
            line: from.line,
            column: from.column,
            end_line: to.line,
            end_column: to.column,
        }
    }
}

fn waived(waived: &Waived) -> WaivedJson<'_> {
    WaivedJson {
        reason: &waived.reason,
        approver: &waived.approver,
        until: waived.until.to_string(),
        from: &waived.from,
    }
}

/// Compact, with every character that would act on a terminal as `\u001b`.
struct Tame;

impl Formatter for Tame {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut plain = CompactFormatter;
        if fragment.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return plain.write_string_fragment(writer, fragment);
        }
        let mut rest = fragment;
        while let Some((at, found)) = rest.char_indices().find(|(_, each)| acts(*each)) {
            plain.write_string_fragment(writer, &rest[..at])?;
            let mut units = [0; 2];
            for unit in found.encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + found.len_utf8()..];
        }
        plain.write_string_fragment(writer, rest)
    }
}
