//! The few lines of a text that a finding points at, made safe and narrow enough to print.
//!
//! In goes a [`Source`] and labels, out comes a small text of its own with the labels moved to it,
//! so that what draws it never scans the whole file and never sees a span past the end.

use std::borrow::Cow;

use crate::diagnostic::Label;
use crate::source::{Source, Span};

use super::shown::{LABEL_ROOM, Shown};
use super::visible::{in_one_line, visible};
use super::wrap::{columns, wrapped};

/// Lines of a text, the one with the primary label first.
#[derive(Debug)]
pub(super) struct Excerpt<'a> {
    /// The name of the text.
    pub(super) name: Cow<'a, str>,
    /// The lines, each ended by a newline.
    pub(super) text: String,
    /// The lines and what is marked in each.
    pub(super) lines: Vec<ExcerptLine<'a>>,
}

/// One line of an excerpt.
#[derive(Debug)]
pub(super) struct ExcerptLine<'a> {
    /// Its number in the file, from 1.
    pub(super) number: usize,
    /// Where it starts in the excerpt.
    pub(super) start: usize,
    /// Where it ends in the excerpt, its newline included.
    pub(super) end: usize,
    /// What is marked in it, in the order in which it starts.
    pub(super) marks: Vec<Mark<'a>>,
}

/// A label, moved to the excerpt.
#[derive(Debug)]
pub(super) struct Mark<'a> {
    /// Where it starts in the excerpt.
    pub(super) start: usize,
    /// Where it ends in the excerpt.
    pub(super) end: usize,
    /// What to say there.
    pub(super) text: Cow<'a, str>,
    /// Whether it is the place that decided.
    pub(super) primary: bool,
    /// The column in which it starts in the file, from 1.
    pub(super) column: usize,
}

impl Mark<'_> {
    /// Whether another marks the same place and says the same.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end) && self.text == other.text
    }
}

impl ExcerptLine<'_> {
    /// The column in the file, from 1, of what is marked from a place in the excerpt on.
    pub(super) fn column_of(&self, start: usize) -> usize {
        self.marks.iter().find(|mark| mark.start == start).map_or(1, |mark| mark.column)
    }

    /// The column in the file, from 1, to name: that of the place that decided, else of the first.
    pub(super) fn column(&self) -> usize {
        let primary = self.marks.iter().find(|mark| mark.primary);
        primary.or(self.marks.first()).map_or(1, |mark| self.column_of(mark.start))
    }
}

/// A label within one line: byte offsets from the start of the file, still untouched.
pub(super) struct Found<'a> {
    pub(super) line: usize,
    pub(super) span: Span,
    pub(super) text: &'a str,
    primary: bool,
}

impl<'a> Excerpt<'a> {
    /// Cuts out the lines under the labels, to be shown `width` columns wide.
    pub(super) fn new(
        source: &'a Source,
        primary: &'a Label,
        secondary: &'a [Label],
        width: usize,
    ) -> Self {
        let first = locate(source, primary, true);
        let main = first.line;
        let mut found = Vec::with_capacity(1 + secondary.len());
        found.push(first);
        for label in secondary {
            let other = locate(source, label, false);
            // Two marks on the same words would be drawn side by side: the words of one suffice.
            if !found.iter().any(|each| each.span == other.span) {
                found.push(other);
            }
        }
        found.sort_by_key(|each| (each.line != main, each.line, each.span));
        let name = in_one_line(source.name());
        let mut excerpt =
            Self { name, text: String::with_capacity(64), lines: Vec::with_capacity(found.len()) };
        for group in found.chunk_by(|left, right| left.line == right.line) {
            excerpt.push(source, group, width);
        }
        excerpt
    }

    fn push(&mut self, source: &Source, group: &[Found<'a>], width: usize) {
        let number = group[0].line + 1;
        let begin = source.line_starts().get(group[0].line).map_or(0, |start| *start as usize);
        let gutter = number.ilog10() as usize + 5;
        let room = width.saturating_sub(gutter).max(LABEL_ROOM + 16);
        let shown = Shown::new(source, group, room);
        let start = self.text.len();
        let marks = group.iter().map(|each| {
            let (from, to) = (shown.start(each.span), shown.end(each.span));
            let middle = columns(&shown.text[..from]) + columns(&shown.text[from..to]) / 2;
            Mark {
                start: start + from,
                end: start + to,
                text: wrapped(visible(each.text), room.saturating_sub(middle + 4).max(16)),
                primary: each.primary,
                column: source.text()[begin..each.span.start as usize].chars().count() + 1,
            }
        });
        let marks = marks.collect();
        self.text.push_str(&shown.text);
        self.text.push('\n');
        self.lines.push(ExcerptLine { number, start, end: self.text.len(), marks });
    }
}

/// Finds the line of a label and clips the label to it. What lies past the last visible character
/// is shown there.
fn locate<'a>(source: &Source, label: &'a Label, primary: bool) -> Found<'a> {
    let text = source.text();
    let end_of_text = text.trim_end().len();
    let start = boundary(text, (label.span.start as usize).min(end_of_text));
    let starts = source.line_starts();
    let line = starts.partition_point(|each| *each as usize <= start).saturating_sub(1);
    let line_end = line_end(source, line);
    let start = start.min(line_end);
    let end = boundary(text, (label.span.end as usize).clamp(start, line_end));
    let end = start + text[start..end].trim_end().len();
    Found { line, span: Span::new(narrow(start), narrow(end)), text: &label.text, primary }
}

/// Where the visible text of a line ends.
pub(super) fn line_end(source: &Source, line: usize) -> usize {
    let starts = source.line_starts();
    let start = starts.get(line).map_or(0, |start| *start as usize);
    let end = starts.get(line + 1).map_or(source.text().len(), |next| *next as usize);
    start + source.text()[start..end].trim_end().len()
}

fn boundary(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Texts are limited far below the four gigabytes at which this would clip.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
