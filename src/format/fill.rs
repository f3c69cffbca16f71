//! The slots of an item in, lines of at most so many columns out.

use super::words::{Gap, Word, width};

/// Lines of one item; the first is indented by `indent`, the others by four more. A slot that has
/// room on a line of its own is not broken; one that has not is broken behind a comma or before what
/// goes on with its head, and between words only where a part of it is still too long.
pub(super) fn fill(slots: &[Vec<Word<'_>>], indent: usize, columns: usize) -> Vec<String> {
    let mut page = Page { lines: Vec::new(), line: " ".repeat(indent), begins: indent, columns };
    for (number, slot) in slots.iter().enumerate() {
        let last = number + 1 == slots.len();
        let mut parts: Vec<Vec<String>> = Vec::new();
        for word in slot {
            let mut text = word.text.trim_end_matches(';').to_owned();
            if std::ptr::eq(word, slot.last().unwrap_or(word)) && !last {
                text.push(';');
            }
            match (word.gap, parts.last_mut()) {
                (Gap::Word, Some(part)) => part.push(text),
                (Gap::Glued, Some(part)) => match part.last_mut() {
                    Some(before) => *before = format!("{before} {text}"),
                    None => part.push(text),
                },
                _ => parts.push(vec![text]),
            }
        }
        page.slot(&parts, indent + 4);
    }
    page.lines.push(page.line);
    page.lines
}

/// What is being written.
struct Page {
    lines: Vec<String>,
    line: String,
    /// How far the line is indented.
    begins: usize,
    columns: usize,
}

impl Page {
    fn slot(&mut self, parts: &[Vec<String>], indent: usize) {
        let whole = parts.iter().map(|part| part.join(" ")).collect::<Vec<_>>().join(" ");
        if self.has_room(&whole) {
            return self.write(&whole);
        }
        self.turn(indent);
        if self.has_room(&whole) {
            return self.write(&whole);
        }
        for part in parts {
            self.part(part, indent);
        }
    }

    fn part(&mut self, words: &[String], indent: usize) {
        let whole = words.join(" ");
        if self.has_room(&whole) {
            return self.write(&whole);
        }
        if indent + width(&whole) <= self.columns && !self.is_fresh() {
            self.turn(indent);
            return self.write(&whole);
        }
        for word in words {
            // A word that is too long anyway gains nothing from a line that only an id stands on.
            let helps = indent + width(word) <= self.columns || self.line.trim_end().len() > 40;
            if !self.has_room(word) && !self.is_fresh() && helps {
                self.turn(indent);
            }
            self.write(word);
        }
    }

    /// Whether nothing stands on the line.
    fn is_fresh(&self) -> bool {
        self.line.len() == self.begins
    }

    fn has_room(&self, text: &str) -> bool {
        let blank = usize::from(!self.is_fresh());
        width(&self.line) + blank + width(text) <= self.columns
    }

    fn write(&mut self, text: &str) {
        if !self.is_fresh() {
            self.line.push(' ');
        }
        self.line.push_str(text);
    }

    /// Ends the line, unless nothing stands on it.
    fn turn(&mut self, indent: usize) {
        if !self.is_fresh() {
            self.lines.push(std::mem::replace(&mut self.line, " ".repeat(indent)));
            self.begins = indent;
        }
    }
}
