//! One line of a text as an excerpt shows it: safe to print, and where it is too long, the parts of it
//! around its labels.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::source::{Source, Span};

use super::excerpt::{Found, line_end};
use super::visible::push_visible;
use super::wrap::{columns, is_printable};

/// The least room kept for the words beside a label.
pub(super) const LABEL_ROOM: usize = 24;
/// The columns of context tried on either side of a label where a line does not fit, widest first.
const CONTEXTS: [usize; 7] = [48, 36, 24, 16, 10, 5, 2];

/// One line as it is printed, and where the characters of the file went.
pub(super) struct Shown {
    pub(super) text: String,
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
    pub(super) fn new(source: &Source, group: &[Found<'_>], room: usize) -> Self {
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
        if is_printable(part.as_bytes()) && !part.is_empty() {
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
    pub(super) fn start(&self, span: Span) -> usize {
        let start = span.start as usize;
        let index = self.runs.partition_point(|run| run.file.end <= start);
        match self.runs.get(index) {
            Some(run) => run.shown.start + start.saturating_sub(run.file.start),
            None => self.runs.last().map_or(0, |run| run.shown.end),
        }
    }

    /// Where a span ends in the shown line.
    pub(super) fn end(&self, span: Span) -> usize {
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
    // One more than is kept: what takes no column may stand before.
    if is_printable(&text.as_bytes()[low.max(first.saturating_sub(keep + 1))..first]) {
        return low.max(first.saturating_sub(keep));
    }
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
    if is_printable(&text.as_bytes()[low..high.min(low + room + 1)]) {
        return high.min(low + room);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What takes no column belongs to what stands before it.
    #[test]
    fn context_is_counted_in_columns() {
        let text = "ab\u{301}cd";
        let far = |room| forth(text, 0, text.len(), room);
        assert_eq!([0, 1, 2, 3, 4, 5].map(far), [0, 1, 4, 5, 6, 6]);
        let near = |keep| back(text, 0, text.len(), keep);
        assert_eq!([0, 1, 2, 3, 4, 5].map(near), [6, 5, 2, 1, 0, 0]);
        let near = |keep| back("a\u{301}bc", 0, 5, keep);
        assert_eq!([1, 2, 3].map(near), [4, 1, 0]);
    }

    #[test]
    fn places_are_found_again_in_what_is_shown() {
        let text = "ab\tcé\u{1b}漢d, and more of it";
        let shown = Shown::write(text, &(0..text.len()), &[0..11, 13..16]);
        assert_eq!(shown.text, "ab    cé\\u{1b}漢d…and…");
        let place = |start, end| {
            let span = Span::new(start, end);
            &shown.text[shown.start(span)..shown.end(span)]
        };
        assert_eq!([place(0, 2), place(1, 3), place(2, 3)], ["ab", "b    ", "    "]);
        assert_eq!([place(3, 6), place(4, 7), place(6, 7)], ["cé", "é\\u{1b}", "\\u{1b}"]);
        assert_eq!([place(7, 10), place(7, 11), place(10, 14)], ["漢", "漢d", "d…a"]);
        assert_eq!([place(11, 13), place(12, 15), place(20, 22)], ["", "an", ""]);
    }
}
