//! A timeline for programs: one document for all files, everything each time it comes.

use serde::Serialize;

use crate::check::Finding;
use crate::diagnostic::Diagnostic;
use crate::render::json::{self, to_string};
use crate::source::{Source, Span};
use crate::timeline::{Entry, Note, On, Timeline};

#[derive(Serialize)]
struct TimelineJson<'a> {
    path: &'a str,
    agreement: &'a str,
    title: Option<&'a str>,
    as_of: Option<String>,
    listed_until: String,
    entries: Vec<EntryJson<'a>>,
    waiting: Vec<EntryJson<'a>>,
    notes: Vec<NoteJson<'a>>,
    diagnostics: Vec<json::PlacedJson<'a>>,
    findings: Vec<json::FindingJson<'a>>,
    /// Rules on time that ask for the day of the check, where none is given.
    not_run: &'a [String],
}

#[derive(Serialize)]
struct EntryJson<'a> {
    uid: &'a str,
    kind: &'static str,
    item: String,
    who: &'a [String],
    title: &'a str,
    first: Option<String>,
    last: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waits_for: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<&'a str>,
    past: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    series: Option<SeriesJson<'a>>,
    conventions: &'a [String],
    places: Vec<PlaceJson>,
}

#[derive(Serialize)]
struct SeriesJson<'a> {
    nth: u32,
    listed: u32,
    every: &'a str,
}

#[derive(Serialize)]
struct NoteJson<'a> {
    item: &'a str,
    text: &'a str,
    place: Option<PlaceJson>,
}

#[derive(Serialize)]
struct PlaceJson {
    start: u32,
    end: u32,
    line: usize,
    column: usize,
}

/// One timeline; `skipped` bytes stand before the text in its file.
pub fn timeline(
    source: &Source,
    timeline: &Timeline,
    skipped: u32,
    diagnostics: &[Diagnostic],
    findings: &[Finding],
    not_run: &[String],
) -> String {
    let places = Places { source, skipped };
    let told = json::Places { source, skipped };
    to_string(&TimelineJson {
        path: source.name(),
        agreement: &timeline.agreement,
        title: timeline.title.as_deref(),
        as_of: timeline.as_of.map(|day| day.to_string()),
        listed_until: timeline.until.to_string(),
        entries: timeline.entries.iter().map(|entry| places.entry(entry, timeline)).collect(),
        waiting: timeline.waiting.iter().map(|entry| places.entry(entry, timeline)).collect(),
        notes: timeline.notes.iter().map(|note| places.note(note)).collect(),
        diagnostics: diagnostics.iter().map(|each| told.diagnostic(each)).collect(),
        findings: told.findings(findings),
        not_run,
    })
}

struct Places<'a> {
    source: &'a Source,
    skipped: u32,
}

impl Places<'_> {
    fn entry<'t>(&self, entry: &'t Entry, timeline: &Timeline) -> EntryJson<'t> {
        let days = entry.on.days();
        let (waits_for, when) = match &entry.on {
            On::Waits { event, when } => (Some(&**event), Some(&**when)),
            On::Day(_) | On::Stretch(..) => (None, None),
        };
        EntryJson {
            uid: &entry.uid,
            kind: entry.kind.word(),
            item: entry.path(),
            who: &entry.who,
            title: &entry.title,
            first: days.map(|(first, _)| first.to_string()),
            last: days.map(|(_, last)| last.to_string()),
            waits_for,
            when,
            past: timeline.as_of.zip(days).map(|(as_of, (_, last))| last < as_of),
            series: entry.series.as_ref().map(|series| SeriesJson {
                nth: series.nth,
                listed: series.listed,
                every: &series.every,
            }),
            conventions: &entry.conventions,
            places: entry.places.iter().map(|span| self.place(*span)).collect(),
        }
    }

    fn note<'t>(&self, note: &'t Note) -> NoteJson<'t> {
        let place = note.place.map(|span| self.place(span));
        NoteJson { item: &note.path, text: &note.text, place }
    }

    fn place(&self, span: Span) -> PlaceJson {
        let at = self.source.position(span.start);
        let (start, end) = (span.start + self.skipped, span.end + self.skipped);
        PlaceJson { start, end, line: at.line, column: at.column }
    }
}
