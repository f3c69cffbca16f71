//! Texts in lines: how many columns they take, and where they are broken.
//!
//! Nearly all that is shown is printable ASCII with one blank between two words. Such a text is as
//! wide as it is long, and its lines are parts of it. All else is measured and put together word by
//! word; the lines are the same.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

/// Whether there is nothing but printable ASCII, of which each character is one column wide.
pub(super) fn is_printable(text: &[u8]) -> bool {
    // Every byte is looked at: what has no way out runs on many bytes at once.
    text.iter().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'))
}

/// How many columns a text takes.
pub(super) fn columns(text: &str) -> usize {
    if is_printable(text.as_bytes()) { text.len() } else { text.width() }
}

/// Breaks a text into lines of at most `width` columns; a longer word stands alone, unbroken.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    each_line(text, width, |line| lines.push(line.to_owned()));
    lines
}

/// The same lines, with a line break between two.
pub(super) fn wrapped(text: Cow<'_, str>, width: usize) -> Cow<'_, str> {
    if text.len() <= width && is_simple(&text) {
        return text;
    }
    Cow::Owned(wrap(&text, width).join("\n"))
}

/// The same lines, one after another.
pub(super) fn each_line(text: &str, width: usize, mut take: impl FnMut(&str)) {
    for paragraph in text.lines() {
        if is_simple(paragraph) {
            parts(paragraph, width, &mut take);
        } else {
            words(paragraph, width, &mut take);
        }
    }
}

/// Whether the lines of a paragraph are parts of it, and as wide as they are long.
fn is_simple(paragraph: &str) -> bool {
    let text = paragraph.trim_start_matches(' ').as_bytes();
    let Some((last, before)) = text.split_last() else { return paragraph.is_empty() };
    // Of printable characters, only two blanks have no bit but that of the blank.
    let apart = |(byte, next): (&u8, &u8)| (byte | next) != b' ';
    let pairs = before.iter().zip(&text[1..]);
    is_printable(text) && *last != b' ' && pairs.fold(true, |all, pair| all & apart(pair))
}

fn parts(paragraph: &str, width: usize, take: &mut impl FnMut(&str)) {
    let mut rest = paragraph;
    // A paragraph keeps its indent, and a line holds at least one word.
    let mut word = rest.len() - rest.trim_start_matches(' ').len();
    while rest.len() > width {
        let blank = |byte: &u8| *byte == b' ';
        let (bytes, from) = (rest.as_bytes(), word + 1);
        let fits = bytes.get(from..=width).and_then(|part| part.iter().rposition(blank));
        let next = || bytes.get(from..)?.iter().position(blank);
        let Some(end) = fits.or_else(next).map(|at| from + at) else { break };
        take(&rest[..end]);
        (rest, word) = (&rest[end + 1..], 0);
    }
    take(rest);
}

fn words(paragraph: &str, width: usize, take: &mut impl FnMut(&str)) {
    let mut line: String = paragraph.chars().take_while(|each| *each == ' ').collect();
    let (mut empty, mut taken) = (true, line.len());
    for word in paragraph.split_whitespace() {
        let room = columns(word);
        if !empty && taken + 1 + room > width {
            take(&line);
            line.clear();
            (empty, taken) = (true, 0);
        }
        if !empty {
            line.push(' ');
            taken += 1;
        }
        line.push_str(word);
        (empty, taken) = (false, taken + room);
    }
    take(&line);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    #[test]
    fn lines_are_full_and_words_whole() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("a seventeen letters", 4), ["a", "seventeen", "letters"]);
        assert_eq!(wrap("  a b\n\n   \nc", 3), ["  a", "b", "", "   ", "c"]);
        assert_eq!(wrap("漢字 漢字", 8), ["漢字", "漢字"]);
        assert_eq!(wrap("a  b \t c", 80), ["a b c"]);
        assert_eq!(wrap("", 80), [""; 0]);
        assert_eq!(wrapped("a b c".into(), 3), "a b\nc");
    }

    /// Texts whose lines are parts of them, and texts that are put together.
    #[test]
    fn both_ways_give_the_same_lines() {
        let pieces = [" ", "a", "bc", "word", "longer-word", " ", "  ", "é", "漢", "\t", "\u{a0}"];
        let mut dice = Dice(11);
        let mut simple = 0;
        for _ in 0..100_000 {
            let kinds = if dice.roll(3) == 0 { pieces.len() } else { 6 };
            let text: String = (0..dice.roll(30)).map(|_| pieces[dice.roll(kinds)]).collect();
            let width = dice.roll(40);
            let (mut quick, mut slow) = (Vec::new(), Vec::new());
            each_line(&text, width, |line| quick.push(line.to_owned()));
            if !text.is_empty() {
                words(&text, width, &mut |line: &str| slow.push(line.to_owned()));
            }
            assert_eq!(quick, slow, "{text:?} in {width}");
            assert_eq!(wrapped((&*text).into(), width), slow.join("\n"), "{text:?} in {width}");
            assert_eq!(columns(&text), text.width(), "{text:?}");
            simple += usize::from(is_simple(&text));
        }
        assert!((10_000..90_000).contains(&simple), "both were tried: {simple}");
    }
}
