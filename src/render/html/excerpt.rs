//! The lines of an agreement that a finding points at, with the words marked.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

use crate::render::markup::escaped;

/// So many lines are shown at most.
const LINES: usize = 6;
/// A line longer than this many bytes is cut around its first mark.
const LONG: usize = 360;
/// So much is kept before that mark.
const BEFORE: usize = 80;

/// A mark on a line, in bytes of the line.
struct Mark<'a> {
    from: usize,
    to: usize,
    primary: bool,
    /// Nothing is wrong with the words: something is missing there.
    gap: bool,
    text: &'a str,
}

/// The lines with their numbers; empty where the text has none. `gap` says that something is missing
/// at the deciding place.
pub(super) fn excerpt(source: &Source, diagnostic: &Diagnostic, gap: bool) -> String {
    let labels = std::iter::once((true, &diagnostic.primary));
    let labels = labels.chain(diagnostic.secondary.iter().map(|label| (false, label)));
    let mut lines: BTreeMap<usize, Vec<Mark<'_>>> = BTreeMap::new();
    for (primary, label) in labels {
        let number = source.position(label.span.start).line;
        if lines.len() == LINES && !lines.contains_key(&number) {
            continue;
        }
        let (start, text) = line(source, number);
        let at = |offset: u32| floor(text, (offset as usize).saturating_sub(start));
        let (from, to) = (at(label.span.start), at(label.span.end.max(label.span.start)));
        let gap = gap && primary;
        let text = if gap && label.text.is_empty() { "to be added" } else { &label.text };
        let mark = Mark { from, to: to.max(from), primary, gap, text };
        lines.entry(number).or_default().push(mark);
    }
    if source.text().trim().is_empty() {
        return String::new();
    }
    let mut out = "<div class=\"excerpt\">\n".to_owned();
    for (number, marks) in &mut lines {
        // Of two marks at one place the deciding one stays; marks do not overlap.
        marks.sort_by_key(|mark| (mark.from, !mark.primary));
        row(&mut out, *number, line(source, *number).1, marks);
    }
    out + "</div>\n"
}

fn row(out: &mut String, number: usize, text: &str, marks: &[Mark<'_>]) {
    let first = marks.iter().find(|mark| mark.primary).or(marks.first());
    let (start, end) = window(text, first.map_or(0, |mark| mark.from));
    let _ = write!(out, "<pre class=\"row\"><span class=\"number\">{number}</span><code>");
    out.push_str(if start > 0 { "…" } else { "" });
    let mut at = start;
    for mark in marks {
        let (from, to) = (mark.from.max(at), mark.to.min(end));
        if from >= to {
            continue;
        }
        let class = match (mark.gap, mark.primary) {
            (true, _) => " class=\"gap\"",
            (false, true) => "",
            (false, false) => " class=\"also\"",
        };
        let (before, marked) = (escaped(&text[at..from]), escaped(&text[from..to]));
        let _ = write!(out, "{before}<mark{class}>{marked}</mark>");
        at = to;
    }
    out.push_str(&escaped(text[at..end].trim_end()));
    out.push_str(if end < text.len() { "…" } else { "" });
    out.push_str("</code></pre>\n");
    for mark in marks.iter().filter(|mark| !mark.text.is_empty()) {
        let word = text.get(mark.from..mark.to).unwrap_or_default();
        let word: String = word.chars().take(40).collect();
        let (word, said) = (escaped(word.trim()), super::coded(mark.text));
        let lead = if word.is_empty() { String::new() } else { format!("<code>{word}</code>: ") };
        let _ = writeln!(out, "<p class=\"note\">{lead}{said}</p>");
    }
}

/// A line without its end, and where it starts.
fn line(source: &Source, number: usize) -> (usize, &str) {
    let starts = source.line_starts();
    let start = starts.get(number - 1).copied().unwrap_or_default();
    let end = starts
        .get(number)
        .copied()
        .unwrap_or(u32::try_from(source.text().len()).unwrap_or(u32::MAX));
    (start as usize, source.slice(Span::new(start, end)).trim_end_matches(['\n', '\r']))
}

/// What is shown of a line.
fn window(text: &str, mark: usize) -> (usize, usize) {
    if text.len() <= LONG {
        return (0, text.len());
    }
    let start = floor(text, mark.saturating_sub(BEFORE));
    (start, floor(text, start + LONG))
}

/// The nearest beginning of a character at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
