//! The few lines of a text that a finding points at, made safe and narrow enough to print.
//!
//! In goes a [`Source`] and labels, out comes a small text of its own with the labels moved to it,
//! so that what draws it never scans the whole file and never sees a span past the end.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::diagnostic::Label;
use crate::source::{Position, Source, Span};

use super::visible::{push_visible, visible};

/// The least room kept for the words beside a label.
const LABEL_ROOM: usize = 24;
/// A line is looked at no further than this before and after its labels.
const REACH: usize = 400;

/// Lines of a text, the one with the primary label first.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// The lines, each ended by a newline.
    pub(super) text: String,
    /// The lines and what is marked in each.
    pub(super) lines: Vec<ExcerptLine>,
}

/// One line of an excerpt.
#[derive(Debug)]
pub(super) struct ExcerptLine {
    /// Its number in the file, from 1.
    pub(super) number: usize,
    /// Where it starts in the excerpt.
    pub(super) start: usize,
    /// Where it ends in the excerpt, its newline included.
    pub(super) end: usize,
    /// What is marked in it.
    pub(super) marks: Vec<Mark>,
}

/// A label, moved to the excerpt.
#[derive(Debug)]
pub(super) struct Mark {
    /// Where it starts in the excerpt.
    pub(super) start: usize,
    /// Where it ends in the excerpt.
    pub(super) end: usize,
    /// What to say there.
    pub(super) text: String,
    /// Whether it is the place that decided.
    pub(super) primary: bool,
    /// Where it starts in the file.
    pub(super) at: Position,
}

/// A label within one line: byte offsets from the start of the file, still untouched.
struct Found<'a> {
    line: usize,
    span: Span,
    text: &'a str,
    primary: bool,
}

impl Excerpt {
    /// Cuts out the lines under the labels, to be shown `width` columns wide.
    pub(super) fn new(source: &Source, primary: &Label, secondary: &[Label], width: usize) -> Self {
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
        let mut excerpt = Self { text: String::new(), lines: Vec::new() };
        for group in found.chunk_by(|left, right| left.line == right.line) {
            excerpt.push(source, group, width);
        }
        excerpt
    }

    fn push(&mut self, source: &Source, group: &[Found<'_>], width: usize) {
        let number = group[0].line + 1;
        let gutter = number.to_string().len() + 4;
        let room = width.saturating_sub(gutter).max(LABEL_ROOM + 16);
        let shown = Shown::new(source, group, room);
        let start = self.text.len();
        let marks = group.iter().map(|each| {
            let (from, to) = (shown.place(each.span.start), shown.place(each.span.end));
            let middle = shown.text[..from].width() + shown.text[from..to].width() / 2;
            Mark {
                start: start + from,
                end: start + to,
                text: wrap(&visible(each.text), room.saturating_sub(middle + 4).max(16)).join("\n"),
                primary: each.primary,
                at: source.position(each.span.start),
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
    let line_end = line_end(source, line).max(start);
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

/// One line as it is printed, and where each byte of the file went.
struct Shown {
    text: String,
    /// File offset and offset in `text` of each character, in order, with the end last.
    places: Vec<(usize, usize)>,
}

impl Shown {
    fn new(source: &Source, group: &[Found<'_>], room: usize) -> Self {
        let line = group[0].line;
        let from = source.line_starts().get(line).map_or(0, |start| *start as usize);
        let to = line_end(source, line);
        let first = group.iter().map(|each| each.span.start as usize).min().unwrap_or(from);
        let last = group.iter().map(|each| each.span.end as usize).max().unwrap_or(to);
        let text = source.text();
        let low = boundary(text, first.saturating_sub(REACH).max(from));
        let high = boundary(text, last.min(first + 4 * REACH).saturating_add(REACH).min(to));
        let whole = Self::write(text, low, high.max(low), low > from, high < to);
        let (start, end) = (whole.place(narrow(first)), whole.place(narrow(last)));
        let (before, marked) = (whole.text[..start].width(), whole.text[start..end].width());
        let words = group.iter().any(|each| !each.text.is_empty());
        let needed = marked.max(if words { LABEL_ROOM } else { 0 }).min(room * 2 / 3) + 2;
        if whole.text.width() <= room && (before + needed <= room || !words) {
            return whole;
        }
        let fits = before + needed <= room;
        let low = if fits { low } else { back(text, low, first, room - needed) };
        let high = forth(text, low, high.max(low), room.saturating_sub(2));
        Self::write(text, low, high, low > from, high < to)
    }

    fn write(text: &str, low: usize, high: usize, cut_left: bool, cut_right: bool) -> Self {
        let mut shown = String::with_capacity(high - low + 8);
        let mut places = Vec::with_capacity(high - low + 1);
        if cut_left {
            shown.push('…');
        }
        for (at, each) in text[low..high].char_indices() {
            places.push((low + at, shown.len()));
            push_visible(&mut shown, each);
        }
        places.push((high, shown.len()));
        if cut_right {
            shown.push('…');
        }
        Self { text: shown, places }
    }

    /// Where a byte of the file is in the shown line; what was cut off is at the nearer end.
    fn place(&self, offset: u32) -> usize {
        let index = self.places.partition_point(|(at, _)| *at < offset as usize);
        self.places.get(index).or(self.places.last()).map_or(0, |(_, shown)| *shown)
    }
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
    let mut shown = String::new();
    push_visible(&mut shown, each);
    shown.chars().map(|each| each.width().unwrap_or(0)).sum()
}

/// Breaks a text into lines of at most `width` columns; a longer word stands alone, unbroken.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line: String = paragraph.chars().take_while(|each| *each == ' ').collect();
        let mut empty = true;
        for word in paragraph.split_whitespace() {
            if !empty && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        lines.push(line);
    }
    lines
}
