//! An excerpt in which every character is one column wide, drawn: the lines, and the signs and words
//! under them.
//!
//! miette draws excerpts in all generality: it asks the width of each character and the style of each
//! stroke as it goes, some 130,000 instructions for one. Nearly all excerpts need none of that. They
//! are drawn here, by the rules of miette, to the byte: a debug build draws both and compares, and so
//! does a test on many thousands of excerpts. What is not plain is still miette's.

use std::fmt::Display;

use super::excerpt::{Excerpt, ExcerptLine, Mark};
use super::wrap::is_printable;

/// The strokes and the colours to draw with.
#[derive(Debug, Clone)]
pub(super) struct Pens {
    pub(super) strokes: Strokes,
    /// Of the place in the head of an excerpt.
    pub(super) place: Ink,
    /// Of the numbers of lines.
    pub(super) number: Ink,
    /// Of marks, one after another and over again.
    pub(super) marks: Vec<Ink>,
}

/// What to draw with.
#[derive(Debug, Clone)]
pub(super) struct Strokes {
    /// Before the place in the head of an excerpt.
    pub(super) head: String,
    /// Between the number of a line and the line.
    pub(super) line: String,
    /// The same in the rows under a line, which have no number.
    pub(super) beside: String,
    /// Under a mark, [`MANY`] times.
    pub(super) under: String,
    /// Where the words of a mark are joined to it.
    pub(super) joint: char,
    /// Under a mark that covers nothing.
    pub(super) here: char,
    /// Down to the words of a mark.
    pub(super) down: String,
    /// Before the words of a mark in one line.
    pub(super) words: String,
    /// Before the first line of several.
    pub(super) first: String,
    /// Before each line after it.
    pub(super) next: String,
    /// The end of an excerpt.
    pub(super) foot: String,
}

/// So many signs are written at once.
pub(super) const MANY: usize = 64;

/// What is written before and behind a text to colour it; nothing where colour is off.
#[derive(Debug, Clone)]
pub(super) struct Ink {
    on: String,
    off: String,
}

impl Ink {
    pub(super) fn new(on: impl Display, off: impl Display) -> Self {
        Self { on: on.to_string(), off: off.to_string() }
    }

    /// Writes a text in this colour.
    pub(super) fn write(&self, out: &mut String, text: &str) {
        out.push_str(&self.on);
        out.push_str(text);
        out.push_str(&self.off);
    }
}

/// A mark, its colour, and the column under which its words are joined to it.
struct Joint<'a> {
    mark: &'a Mark<'a>,
    ink: &'a Ink,
    column: usize,
}

/// Whether each character of an excerpt is one column wide without asking, and each offset thus the
/// column of its character. The words of marks are not measured.
pub(super) fn is_plain(excerpt: &Excerpt<'_>) -> bool {
    let narrow = |each: char| {
        matches!(each, ' '..='~' | '\n' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{ff}')
            || matches!(each, '\u{2010}'..='\u{2027}')
    };
    excerpt.lines.iter().all(|line| {
        let text = &excerpt.text[line.start..line.end];
        is_printable(&text.as_bytes()[..text.len() - 1]) || text.chars().all(narrow)
    })
}

impl Pens {
    /// Draws a plain excerpt.
    pub(super) fn draw(&self, out: &mut String, excerpt: &Excerpt<'_>) {
        let mut inks = self.marks.iter().cycle();
        for line in &excerpt.lines {
            let number = line.number.to_string();
            self.head(out, &excerpt.name, line, &number);
            let text = &excerpt.text[line.start..line.end];
            out.push(' ');
            self.number.write(out, &number);
            out.push_str(&self.strokes.line);
            out.push_str(text);
            self.margin(out, number.len());
            let joints = self.underline(out, line, text, &mut inks);
            for joint in joints.iter().rev().filter(|joint| !joint.mark.text.is_empty()) {
                self.words(out, joint, &joints, number.len());
            }
            blanks(out, number.len() + 2);
            out.push_str(&self.strokes.foot);
        }
    }

    fn head(&self, out: &mut String, name: &str, line: &ExcerptLine<'_>, number: &str) {
        blanks(out, number.len() + 2);
        out.push_str(&self.strokes.head);
        out.push_str(&self.place.on);
        for part in [name, ":", number, ":", &line.column().to_string()] {
            out.push_str(part);
        }
        out.push_str(&self.place.off);
        out.push_str("]\n");
    }

    /// What stands before the rows under a line.
    fn margin(&self, out: &mut String, digits: usize) {
        blanks(out, digits + 2);
        out.push_str(&self.strokes.beside);
    }

    /// The row that underlines the marks. Where they lie over one another, a later one is shown behind
    /// an earlier one.
    fn underline<'a>(
        &self,
        out: &mut String,
        line: &'a ExcerptLine<'a>,
        text: &str,
        inks: &mut impl Iterator<Item = &'a Ink>,
    ) -> Vec<Joint<'a>> {
        let ascii = text.is_ascii();
        let column = |offset: usize| {
            let offset = offset - line.start;
            if ascii { offset } else { text[..offset].chars().count() }
        };
        let mut joints = Vec::with_capacity(line.marks.len());
        let mut drawn = 0;
        for (mark, ink) in line.marks.iter().zip(inks) {
            let start = column(mark.start).max(drawn);
            let end = if mark.start == mark.end { 0 } else { column(mark.end) }.max(start + 1);
            let middle = usize::midpoint(start, end);
            out.push_str(&ink.on);
            blanks(out, start - drawn);
            repeat(out, &self.strokes.under, middle - start);
            match (mark.start == mark.end, mark.text.is_empty()) {
                (true, _) => out.push(self.strokes.here),
                (false, false) => out.push(self.strokes.joint),
                (false, true) => repeat(out, &self.strokes.under, 1),
            }
            repeat(out, &self.strokes.under, end - middle - 1);
            out.push_str(&ink.off);
            joints.push(Joint { mark, ink, column: middle });
            drawn = end;
        }
        out.push('\n');
        joints
    }

    /// The words of a mark, joined to it past the joints of the marks before it.
    fn words(&self, out: &mut String, of: &Joint<'_>, joints: &[Joint<'_>], digits: usize) {
        let several = of.mark.text.contains('\n');
        for (row, text) in of.mark.text.split('\n').enumerate() {
            self.margin(out, digits);
            let mut column = 0;
            for other in joints {
                blanks(out, other.column - column);
                // Two marks that say the same of the same place are joined to the first.
                if other.mark.is_like(of.mark) {
                    break;
                }
                other.ink.write(out, &self.strokes.down);
                column = other.column + 1;
            }
            out.push_str(&of.ink.on);
            out.push_str(match (several, row) {
                (false, _) => &self.strokes.words,
                (true, 0) => &self.strokes.first,
                (true, _) => &self.strokes.next,
            });
            of.ink.write(out, text);
            out.push_str(&of.ink.off);
            out.push('\n');
        }
    }
}

fn blanks(out: &mut String, count: usize) {
    const BLANKS: &str = "                                                                ";
    const { assert!(BLANKS.len() == MANY) };
    repeat(out, BLANKS, count);
}

/// Writes a sign so many times; `many` is the sign [`MANY`] times.
fn repeat(out: &mut String, many: &str, mut count: usize) {
    let size = many.len() / MANY;
    while count > 0 {
        let some = count.min(MANY);
        out.push_str(&many[..some * size]);
        count -= some;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Label;
    use crate::dice::Dice;
    use crate::render::human::{Human, Look};
    use crate::source::{Source, Span};

    /// Widths from 20 to 200 come up, those of a usual terminal more often.
    const WIDTHS: [usize; 8] = [20, 24, 33, 50, 80, 80, 120, 200];
    const WORDS: [&str; 9] =
        ["", "", "here", "not stated", "a\nb", "one\n\nthree", "é 漢", "\n", " x "];

    impl Dice {
        fn human(&mut self) -> Human {
            let width = if self.roll(2) == 0 { self.of(&WIDTHS) } else { 20 + self.roll(181) };
            let look = self.roll(4);
            Human::new(Look { width, color: look & 1 == 1, unicode: look & 2 == 2 })
        }

        /// Lines of any length, of single signs and of words; now and then with what is not ASCII.
        fn text(&mut self, most: usize) -> String {
            const PIECES: [&str; 12] =
                [" ", "a", "word ", "~", "30 days; ", "(", "\"", "- ", "é", "—", "“", "…"];
            let kinds = if self.roll(3) == 0 { PIECES.len() } else { 8 };
            (0..self.roll(most)).map(|_| PIECES[self.roll(kinds)]).collect()
        }

        /// A place in a text, most often a short one, now and then empty or past its end.
        fn span(&mut self, text: &str) -> Span {
            let start = self.roll(text.len() + 3);
            let longest = self.of(&[1, 4, 12, 12, 300]);
            let end = start + self.roll(longest);
            Span::new(u32::try_from(start).unwrap(), u32::try_from(end).unwrap())
        }
    }

    /// Draws a plain excerpt both ways.
    fn alike(human: &Human, excerpt: Excerpt<'_>) -> String {
        let told = format!("{excerpt:#?}");
        let [plain, theirs] = human.both(excerpt);
        assert_eq!(plain, theirs, "{told}");
        plain
    }

    /// Texts with labels anywhere, as they come from a source.
    #[test]
    fn labels_anywhere_are_drawn_the_same() {
        let mut dice = Dice(5);
        let (mut plain, mut several, mut cut) = (0, 0, 0);
        for _ in 0..8_000 {
            let mut text = "\n".repeat(dice.of(&[0, 0, 7, 98, 99]));
            for _ in 0..=dice.roll(3) {
                let most = dice.of(&[3, 12, 12, 60]);
                text += &dice.text(most);
                text += dice.of(&["\n", "\n", "\r\n", "\n\n", "\t\n", " 漢\n"]);
            }
            let source = Source::new("folder/a.alliance", text);
            let mut label = || {
                let span = dice.span(source.text());
                Label { span, text: dice.of(&WORDS).to_owned() + dice.of(&["", " so many words"]) }
            };
            let primary = label();
            let secondary: Vec<_> = (0..3).map(|_| label()).collect();
            let secondary = &secondary[..dice.roll(4)];
            let width = dice.of(&WIDTHS);
            let excerpt = Excerpt::new(&source, &primary, secondary, width);
            if !is_plain(&excerpt) {
                continue;
            }
            plain += 1;
            several += usize::from(excerpt.lines.len() > 1);
            cut += usize::from(excerpt.text.contains('…'));
            alike(&dice.human(), excerpt);
        }
        assert!(plain > 6_000 && several > 1_000 && cut > 300, "{plain} {several} {cut}");
    }

    /// Marks as no source gives them: several over one another, some the same, of many words.
    #[test]
    fn any_marks_are_drawn_the_same() {
        let mut dice = Dice(6);
        let (mut over, mut joined) = (0, 0);
        for _ in 0..8_000 {
            let mut excerpt = Excerpt { name: "a".into(), text: String::new(), lines: Vec::new() };
            for _ in 0..=dice.of(&[0, 0, 1, 4]) {
                let start = excerpt.text.len();
                let most = dice.of(&[2, 8, 30]);
                let line = dice.text(most);
                let places: Vec<_> =
                    line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
                let mut mark = || {
                    let from = dice.roll(places.len());
                    let longest = dice.of(&[1, 2, 5, 40]);
                    let to = (from + dice.roll(longest)).min(places.len() - 1);
                    let (start, end) = (start + places[from], start + places[to]);
                    let (text, column) = (dice.of(&WORDS).into(), dice.roll(300) + 1);
                    Mark { start, end, text, primary: dice.roll(3) == 0, column }
                };
                let mut marks: Vec<_> = (0..=mark().column % 4).map(|_| mark()).collect();
                marks.sort_by_key(|mark| mark.start);
                over += usize::from(marks.windows(2).any(|pair| pair[0].end > pair[1].start));
                excerpt.text += &line;
                excerpt.text.push('\n');
                let number = dice.of(&[1, 9, 10, 99, 123_456]) + excerpt.lines.len();
                excerpt.lines.push(ExcerptLine { number, start, end: excerpt.text.len(), marks });
            }
            joined += usize::from(alike(&dice.human(), excerpt).lines().count() > 6);
        }
        assert!(over > 2_000 && joined > 2_000, "{over} {joined}");
    }

    /// Every character that counts as plain is one column wide for miette too.
    #[test]
    fn every_plain_character_is_one_column_wide() {
        let human = Human::new(Look::default());
        let mut plain = 0;
        for each in '\u{20}'..'\u{ffff}' {
            let source = Source::new("a", format!("<{each}>{each}"));
            let end = u32::try_from(source.text().len()).unwrap();
            let label = |start, end| Label { span: Span::new(start, end), text: "x".to_owned() };
            let (primary, other) = (label(1, end), [label(0, end - 1)]);
            let excerpt = Excerpt::new(&source, &primary, &other, 80);
            if is_plain(&excerpt) && !excerpt.text.contains('\\') {
                alike(&human, excerpt);
                plain += 1;
            }
        }
        assert_eq!(plain, 94 + 94 + 24);
    }
}
