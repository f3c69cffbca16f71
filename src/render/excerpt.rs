//! The few lines of a text that a finding points at, made safe and narrow enough to print.
//!
//! In goes a [`Source`] and labels, out comes a small text of its own with the labels moved to it,
//! so that what draws it never scans the whole file and never sees a span past the end.

use std::borrow::Cow;
use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::diagnostic::Label;
use crate::source::{Source, Span};

use super::visible::{in_one_line, push_visible, visible};
use super::wrap::{columns, is_printable, wrapped};

/// The least room kept for the words beside a label.
const LABEL_ROOM: usize = 24;
/// The columns of context tried on either side of a label where a line does not fit, widest first.
const CONTEXTS: [usize; 7] = [48, 36, 24, 16, 10, 5, 2];

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
struct Found<'a> {
    line: usize,
    span: Span,
    text: &'a str,
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
        let mut found = vec![first];
        for label in secondary {
            let other = locate(source, label, false);
            // Two marks on the same words would be drawn side by side: the words of one suffice.
            if !found.iter().any(|each| each.span == other.span) {
                found.push(other);
            }
        }
        found.sort_by_key(|each| (each.line != main, each.line, each.span));
        let name = in_one_line(source.name());
        let mut excerpt = Self { name, text: String::new(), lines: Vec::new() };
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
fn line_end(source: &Source, line: usize) -> usize {
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

/// One line as it is printed, and where the characters of the file went.
struct Shown {
    text: String,
    /// The parts that were kept, in order.
    runs: Vec<Run>,
}

/// Characters that stand side by side in the file and as they are in the shown line, or one that is
/// written out.
struct Run {
    /// Where it stands in the file.
    file: Range<usize>,
    /// Where it stands in the shown line.
    shown: Range<usize>,
}

impl Run {
    fn is_as_it_was(&self) -> bool {
        self.file.len() == self.shown.len()
    }
}

impl Shown {
    /// The whole line if it fits, else as much around each label as does.
    fn new(source: &Source, group: &[Found<'_>], room: usize) -> Self {
        let line = group[0].line;
        let from = source.line_starts().get(line).map_or(0, |start| *start as usize);
        let line = from..line_end(source, line).max(from);
        let text = source.text();
        // A line far too long is not even measured.
        let printed = &text[line.clone()];
        let short = line.len() <= if printed.is_ascii() { room } else { 8 * room };
        let whole = short.then(|| Self::write(text, &line, std::slice::from_ref(&line)));
        let around = |context| Self::write(text, &line, &kept(text, &line, group, context, room));
        let mut fitting = None;
        for shown in whole.into_iter().chain(CONTEXTS.into_iter().map(around)) {
            if columns(&shown.text) > room {
                continue;
            }
            if shown.has_room_for_labels(group, room) {
                return shown;
            }
            fitting.get_or_insert(shown);
        }
        fitting.unwrap_or_else(|| around(0))
    }

    fn has_room_for_labels(&self, group: &[Found<'_>], room: usize) -> bool {
        group.iter().filter(|each| !each.text.is_empty()).all(|each| {
            let words = columns(each.text).min(LABEL_ROOM);
            columns(&self.text[..self.start(each.span)]) + words <= room
        })
    }

    fn write(text: &str, line: &Range<usize>, kept: &[Range<usize>]) -> Self {
        let size = kept.iter().map(Range::len).sum::<usize>() + 3 * (kept.len() + 1);
        let mut shown =
            Self { text: String::with_capacity(size), runs: Vec::with_capacity(kept.len()) };
        let mut written = line.start;
        for range in kept {
            if range.start > written {
                shown.text.push('…');
            }
            shown.push(text, range);
            written = range.end;
        }
        if line.end > written {
            shown.text.push('…');
        }
        shown
    }

    fn push(&mut self, text: &str, range: &Range<usize>) {
        let part = &text[range.clone()];
        if is_printable(part) && !part.is_empty() {
            let start = self.text.len();
            self.text.push_str(part);
            self.runs.push(Run { file: range.clone(), shown: start..self.text.len() });
            return;
        }
        for (at, each) in part.char_indices() {
            let start = self.text.len();
            push_visible(&mut self.text, each);
            let file = range.start + at..range.start + at + each.len_utf8();
            let run = Run { file, shown: start..self.text.len() };
            match self.runs.last_mut() {
                Some(last)
                    if last.is_as_it_was()
                        && run.is_as_it_was()
                        && (last.file.end, last.shown.end) == (run.file.start, run.shown.start) =>
                {
                    (last.file.end, last.shown.end) = (run.file.end, run.shown.end);
                }
                _ => self.runs.push(run),
            }
        }
    }

    /// Where a span begins in the shown line.
    fn start(&self, span: Span) -> usize {
        let start = span.start as usize;
        let index = self.runs.partition_point(|run| run.file.end <= start);
        match self.runs.get(index) {
            Some(run) => run.shown.start + start.saturating_sub(run.file.start),
            None => self.runs.last().map_or(0, |run| run.shown.end),
        }
    }

    /// Where a span ends in the shown line.
    fn end(&self, span: Span) -> usize {
        let end = span.end as usize;
        let index = self.runs.partition_point(|run| run.file.start < end);
        let last = index.checked_sub(1).and_then(|last| self.runs.get(last));
        let end = last.map_or(0, |run| {
            if end < run.file.end {
                run.shown.start + (end - run.file.start)
            } else {
                run.shown.end
            }
        });
        end.max(self.start(span))
    }
}

/// The parts of a line to keep: each label, and some columns of context on either side.
fn kept(
    text: &str,
    line: &Range<usize>,
    group: &[Found<'_>],
    context: usize,
    room: usize,
) -> Vec<Range<usize>> {
    let most = (room / group.len()).saturating_sub(8).max(8);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    // Labels of a line come in the order of their starts, but for the primary.
    let mut spans: Vec<Span> = group.iter().map(|each| each.span).collect();
    spans.sort_unstable();
    for span in &spans {
        let (start, end) = (span.start as usize, span.end as usize);
        let cut = forth(text, start, end, most);
        let high = if cut < end { cut } else { forth(text, end, line.end, context) };
        let low = back(text, line.start, start, context);
        match ranges.last_mut() {
            // A sign for what is left out is no shorter than a few characters.
            Some(last) if low <= last.end + 3 => last.end = last.end.max(high),
            _ => ranges.push(low..high),
        }
    }
    ranges.into_iter().map(|range| whole_words(text, line, range, &spans)).collect()
}

/// A part of a line without the pieces of words at its ends: context is cut between words, and a
/// label that is not shown whole too. A word that fills the part stays as it is.
fn whole_words(
    text: &str,
    line: &Range<usize>,
    range: Range<usize>,
    spans: &[Span],
) -> Range<usize> {
    let places = || spans.iter().map(|span| span.start as usize..span.end as usize);
    let first = places().map(|span| span.start).find(|start| range.contains(start));
    let first = first.unwrap_or(range.end);
    let shown = places().filter(|span| range.contains(&span.start));
    let last = shown.map(|span| if span.end <= range.end { span.end } else { span.start }).max();
    let last = last.unwrap_or(range.start);
    let in_word = |at: usize| {
        let blank = |each: Option<char>| each.is_none_or(char::is_whitespace);
        !blank(text[line.start..at].chars().next_back())
            && !blank(text[at..line.end].chars().next())
    };
    let (mut start, mut end) = (range.start, range.end);
    if in_word(start) {
        let mut before = text[start..first.max(start)].char_indices();
        let blank = before.find(|(_, each)| each.is_whitespace());
        start = blank.map_or(start, |(at, each)| start + at + each.len_utf8());
    }
    if in_word(end) {
        let from = last.max(start);
        end = text[from..end.max(from)].rfind(char::is_whitespace).map_or(end, |at| from + at);
    }
    start..end
}

/// The offset in `low..first` from which `keep` columns lead up to `first`.
fn back(text: &str, low: usize, first: usize, keep: usize) -> usize {
    let mut columns = 0;
    for (at, each) in text[low..first].char_indices().rev() {
        columns += columns_of(each);
        if columns > keep {
            return low + at + each.len_utf8();
        }
    }
    low
}

/// The offset in `low..high` up to which `room` columns fit.
fn forth(text: &str, low: usize, high: usize, room: usize) -> usize {
    let mut columns = 0;
    for (at, each) in text[low..high].char_indices() {
        columns += columns_of(each);
        if columns > room {
            return low + at;
        }
    }
    high
}

fn columns_of(each: char) -> usize {
    if matches!(each, ' '..='~') {
        return 1;
    }
    let mut shown = String::new();
    push_visible(&mut shown, each);
    shown.chars().map(|each| each.width().unwrap_or(0)).sum()
}
