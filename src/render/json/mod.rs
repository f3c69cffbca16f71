//! Findings for programs: a stable shape, one agreement at a time, so that a run of any size needs
//! little memory. `pactum schema report` prints the shape, which is derived from the types below.
//!
//! Byte offsets count from the first byte of the file, a byte order mark included; lines and columns
//! count from 1, columns in Unicode scalar values, without the byte order mark.

mod shape;

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

use crate::check::{Finding, Waived, fingerprints, fingerprints_of_read};
use crate::diagnostic::{Diagnostic, Label};
use crate::source::Source;

use super::approvals::ids;
use super::form::{Ending, Form};
use super::page::{Origin, Page};
use super::run::{Run, Use};
use super::visible::acts;

use shape::{FileJson, PlaceJson, ReportJson, RulesJson, RunJson, WaivedJson, WaiversJson};
pub(super) use shape::{FindingJson, PlacedJson};

/// The version of the shape. It changes when a reader of the old one would misread the new one.
pub const SCHEMA_VERSION: u32 = 1;

/// One JSON document.
#[derive(Debug, Clone, Copy)]
pub struct Json;

impl Form for Json {
    fn opening(&self, _: Option<&Ending<'_>>) -> String {
        opening() + "\n"
    }

    fn page(&self, page: &Page<'_>, origin: Origin<'_>) -> String {
        to_string(&file(page, origin))
    }

    fn unread(&self, path: &str, problem: &Diagnostic) -> String {
        to_string(&unread(path, problem))
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn closing(&self, end: &Ending<'_>) -> String {
        let problems = end.problems.iter().map(|(source, each)| problem(*source, each));
        let problems = to_string(&problems.collect::<Vec<_>>());
        format!("\n],\"problems\":{problems},\"run\":{}}}\n", to_string(&run(end.run, end.exit)))
    }
}

/// What opens a document of ours.
pub fn opening() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "{{\"schema_version\":{SCHEMA_VERSION},\"tool\":\"pactum\",\"version\":\"{version}\",\"files\":["
    )
}

/// The JSON Schema of the document.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(ReportJson<'_>).into()
}

/// One agreement and what was found in it.
pub(super) fn file<'a>(page: &Page<'a>, origin: Origin<'a>) -> FileJson<'a> {
    let place = Places { source: page.source, skipped: origin.skipped };
    let told = page.diagnostics.iter().zip(fingerprints_of_read(page.source, page.diagnostics));
    FileJson {
        path: page.source.name(),
        config: origin.config,
        problem: None,
        diagnostics: told
            .map(|(each, name)| PlacedJson { fingerprint: Some(name), ..place.diagnostic(each) })
            .collect(),
        findings: place.findings(&page.report.findings),
        folded: page.report.folded,
    }
}

/// A file that could not be checked.
pub(super) fn unread<'a>(path: &'a str, problem: &'a Diagnostic) -> FileJson<'a> {
    FileJson {
        path,
        config: None,
        problem: Some(placeless(problem)),
        diagnostics: Vec::new(),
        findings: Vec::new(),
        folded: 0,
    }
}

/// The facts of a run.
pub(super) fn run(run: &Run, exit: u8) -> RunJson<'_> {
    RunJson {
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
    }
}

/// A mistake in a policy or in the configuration.
pub(super) fn problem<'a>(
    source: Option<&'a Source>,
    diagnostic: &'a Diagnostic,
) -> PlacedJson<'a> {
    match source {
        None => placeless(diagnostic),
        Some(source) => PlacedJson {
            path: Some(source.name()),
            ..Places { source, skipped: 0 }.diagnostic(diagnostic)
        },
    }
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
        fingerprint: None,
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

    pub(in crate::render) fn findings(&self, findings: &'a [Finding]) -> Vec<FindingJson<'a>> {
        let names = ids(findings).into_iter().zip(fingerprints(self.source, findings));
        findings.iter().zip(names).map(|(each, names)| self.finding(each, names)).collect()
    }

    fn finding(
        &self,
        finding: &'a Finding,
        (id, fingerprint): (String, String),
    ) -> FindingJson<'a> {
        let diagnostic = &finding.diagnostic;
        FindingJson {
            id,
            fingerprint,
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
            known: finding.known,
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
