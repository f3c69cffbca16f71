//! What is written outside quotes: remarks cut off, blanks made one, text cut into words.

use unicode_width::UnicodeWidthStr;

/// Columns a text takes on a screen.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// A walk over characters that knows which of them stand in quotes.
struct Outside<'t> {
    text: std::str::CharIndices<'t>,
    quoted: bool,
    escaped: bool,
}

impl<'t> Outside<'t> {
    fn of(text: &'t str) -> Self {
        Self { text: text.char_indices(), quoted: false, escaped: false }
    }
}

impl Iterator for Outside<'_> {
    /// Where, what, and whether it stands outside quotes; the marks themselves stand inside.
    type Item = (usize, char, bool);

    fn next(&mut self) -> Option<Self::Item> {
        let (at, c) = self.text.next()?;
        let outside = !self.quoted && c != '"';
        if self.escaped {
            self.escaped = false;
        } else if c == '"' {
            self.quoted = !self.quoted;
        } else {
            self.escaped = self.quoted && c == '\\';
        }
        Some((at, c, outside))
    }
}

/// A line without the blanks around it, in two: what is written, and the remark with the blanks
/// before it.
pub(super) fn without_remark(line: &str) -> (&str, &str) {
    let hash = Outside::of(line).find(|(_, c, outside)| *outside && *c == '#');
    let (written, remark) = line.split_at(hash.map_or(line.len(), |(at, ..)| at));
    let kept = written.trim_end();
    (kept, if remark.is_empty() { "" } else { line[kept.len()..].trim_end() })
}

/// A remark as it stands behind what is written: two blanks before it, or as many more as there were.
pub(super) fn behind(remark: &str) -> String {
    let hash = remark.trim_start();
    let blanks = remark.len() - hash.len();
    if hash.is_empty() { String::new() } else { format!("{}{hash}", " ".repeat(blanks.max(2))) }
}

/// One blank where there were some, none before `;` and `,` and one after, none inside brackets.
/// Quoted words and numbers stay. Also where the `marks`, byte offsets of the text, have gone.
pub(super) fn squeezed(text: &str, marks: &[usize]) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len());
    let (mut blank, mut moved) = (false, Vec::new());
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    for (at, c, outside) in Outside::of(text) {
        if outside && c.is_ascii_whitespace() {
            blank = true;
            continue;
        }
        let closes = outside && matches!(c, ';' | ',' | ')');
        if blank && !closes && !out.is_empty() && !out.ends_with('(') {
            out.push(' ');
        }
        let double = outside && c == ';' && out.ends_with(';');
        if marks.contains(&at) {
            moved.push(out.len());
        }
        let grouped = c == ',' && !blank && digit(out.chars().next_back());
        blank =
            outside && (c == ';' || c == ',' && !(grouped && digit(text[at + 1..].chars().next())));
        if !double {
            out.push(c);
        }
    }
    (out, moved)
}

/// How well a line may break before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Not at all: a number and its unit, a currency and its sum.
    Glued,
    /// If nothing better is near.
    Word,
    /// Behind a comma, or before what goes on with a head.
    Part,
}

/// A word with its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'t> {
    pub(super) gap: Gap,
    pub(super) text: &'t str,
}

/// The words of a squeezed text, slot by slot; the `;` stays with the word before it. At the `marks`
/// lines may break well.
pub(super) fn slots<'t>(text: &'t str, marks: &[usize]) -> Vec<Vec<Word<'t>>> {
    let mut slots: Vec<Vec<Word<'t>>> = vec![Vec::new()];
    let (mut start, mut depth, mut deep) = (0, 0_usize, 0_usize);
    let ends = Outside::of(text).chain([(text.len(), ' ', true)]);
    for (at, c, outside) in ends {
        match c {
            '(' if outside => depth += 1,
            ')' if outside => depth = depth.saturating_sub(1),
            ' ' if outside && at > start => {
                let word = &text[start..at];
                let slot = slots.last_mut().map_or(&[][..], |slot| slot);
                let gap = match slot.last() {
                    None => Gap::Part,
                    Some(before) if glued(before.text, word) => Gap::Glued,
                    Some(_) if marks.contains(&start) => Gap::Part,
                    Some(before) if before.text.ends_with(',') && deep == 0 => Gap::Part,
                    Some(_) => Gap::Word,
                };
                if let Some(slot) = slots.last_mut() {
                    slot.push(Word { gap, text: word });
                }
                if word.ends_with(';') {
                    slots.push(Vec::new());
                }
                (start, deep) = (at + 1, depth);
            }
            _ => {}
        }
    }
    slots.retain(|slot| !slot.is_empty());
    slots
}

/// Whether the language takes two words for one, so that no line may break between them.
fn glued(before: &str, word: &str) -> bool {
    let word = word.trim_end_matches([',', ';', ')']);
    let before = before.trim_start_matches('(');
    let unit = word.strip_suffix('s').unwrap_or(word);
    let number = before.starts_with(|c: char| c.is_ascii_digit()) || before.ends_with("redacted");
    let currency = before.rsplit("..").next().unwrap_or("");
    let currency = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
    let sum = word.starts_with(|c: char| c.is_ascii_digit()) || word.starts_with("redacted");
    word.starts_with('(')
        || currency && sum
        || number
            && (word == "business" || matches!(unit, "day" | "week" | "month" | "quarter" | "year"))
        || before == "business" && unit == "day"
}
