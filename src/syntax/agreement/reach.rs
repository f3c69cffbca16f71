//! How far the grammar reads a text, and which words could stand there.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use pest::Parser;

use crate::syntax::grammar::{Grammar, Rule};
use crate::syntax::machine;

/// The text as one line: comments and line ends become blanks, so that every place stays.
pub(super) fn flat(text: &str) -> String {
    let (mut quoted, mut comment, mut escaped) = (false, false, false);
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => (quoted, comment) = (false, false),
            '"' if !comment && !escaped => quoted = !quoted,
            '#' if !quoted => comment = true,
            _ => {}
        }
        escaped = quoted && character == '\\' && !escaped;
        if comment || matches!(character, '\n' | '\r') {
            line.extend(std::iter::repeat_n(' ', character.len_utf8()));
        } else {
            line.push(character);
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// Whether the grammar reads all of `text` as `rule`, which asks for a stop at its end.
pub(super) fn reads(rule: Rule, text: &str) -> bool {
    !text.is_empty() && machine::read(rule, text).is_some()
}

/// The furthest place pest came to, words within a form included, and what it tried there, as pest
/// spells it; nothing if it read all.
fn attempts(rule: Rule, text: &str) -> Option<(usize, Vec<String>)> {
    // The switch is one for the whole process; nothing else here turns it.
    static DETAIL: Mutex<()> = Mutex::new(());
    let turned = DETAIL.lock().unwrap_or_else(PoisonError::into_inner);
    pest::set_error_detail(true);
    let text = tabbed(text);
    let read = Grammar::parse(rule, &text);
    pest::set_error_detail(false);
    drop(turned);
    let attempts = read.err()?.parse_attempts()?;
    let tried = attempts.expected_tokens().iter().map(ToString::to_string).collect();
    Some((attempts.max_position, tried))
}

/// The same text with tabs for blanks outside quotes: behind a blank the grammar looks ahead, which
/// pest counts as read, and behind a tab it does not.
fn tabbed(text: &str) -> String {
    let mut tabbed = text.to_owned();
    let mut from = 0;
    for piece in pieces(text).into_iter().chain(std::iter::once(text.len()..text.len())) {
        tabbed.replace_range(from..piece.start, &"\t".repeat(piece.start - from));
        from = piece.end;
    }
    tabbed
}

/// How far into `text` the grammar reads it as `rule`: the beginning of the piece that stops it.
pub(super) fn reach(rule: Rule, text: &str) -> usize {
    let Some((furthest, _)) = attempts(rule, text) else { return text.len() };
    let at = furthest.min(text.len());
    let holding = pieces(text).into_iter().find(|piece| at < piece.end);
    holding.map_or(
        text.len(),
        |piece| if piece.start < at { piece.start } else { piece.start.max(at) },
    )
}

/// What could stand behind `before`.
#[derive(Debug, Default)]
pub(super) struct Expected {
    /// Words of the language, and the comma.
    pub(super) words: Vec<String>,
    /// Whether a name, a number or quoted words could stand there.
    pub(super) values: bool,
}

/// What could stand behind `before`, which the grammar reads.
pub(super) fn expected(rule: Rule, before: &str) -> Expected {
    let mut expected = Expected::default();
    // No form has such a character: pest stops there and says what it tried.
    let mut before = before.trim_end().to_owned();
    before.push_str(if before.is_empty() || before.ends_with('(') { "" } else { "\t" });
    let Some((furthest, tried)) = attempts(rule, &format!("{before}\u{1}")) else {
        return expected;
    };
    for token in tried.into_iter().filter(|_| furthest == before.len()) {
        if is_word(&token) || token == "," {
            expected.words.push(token);
        } else if token == "\"" || token.contains("..") && token != ".." {
            expected.values = true;
        }
    }
    expected
}

/// A word in small letters, as the language has them.
pub(super) fn is_word(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The pieces of a flat text: words, figures, quoted texts, and marks one by one.
pub(super) fn pieces(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let within = |at: usize| {
        let glue = |b: &u8| b"-_/.%".contains(b) || b.is_ascii_alphanumeric() || *b >= 0x80;
        bytes.get(at).is_some_and(|b| {
            let thousands = *b == b',' && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            glue(b) || thousands
        })
    };
    let (mut pieces, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let start = at;
        at += 1;
        if bytes[start].is_ascii_whitespace() {
            continue;
        }
        if bytes[start] == b'"' {
            while at < bytes.len() && bytes[at] != b'"' {
                at += if bytes[at] == b'\\' { 2 } else { 1 };
            }
            at = (at + 1).min(bytes.len());
        } else if within(start) && bytes[start] != b',' {
            while within(at) {
                at += 1;
            }
        }
        pieces.push(start..at);
    }
    pieces
}
