//! A text that cannot be read, in pieces, and what is known of its words.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::reach::{self, Expected, pieces};
use super::repair::ARTICLES;
use super::shapes::{conjugated, keywords};
use crate::syntax::grammar::Rule;

/// How much text may be read to find what would mend a file, in bytes, over all its items.
///
/// Every change is tried by reading it, which costs more than reading the file. Whoever writes by
/// hand mends a page of slips at a time; a file of thousands is no agreement, and must not take
/// seconds.
const PATIENCE: usize = 3_000_000;

/// What is left of `PATIENCE`.
pub(super) struct Patience(Cell<usize>);

impl Default for Patience {
    fn default() -> Self {
        Self(Cell::new(PATIENCE))
    }
}

impl Patience {
    pub(super) fn is_spent(&self) -> bool {
        self.0.get() == 0
    }

    fn spend(&self, bytes: usize) {
        self.0.set(self.0.get().saturating_sub(bytes));
    }
}

/// What is known of the file beside the text that cannot be read.
pub(super) struct Around<'a> {
    /// The ids and names the file declares.
    pub(super) declared: &'a [String],
    pub(super) patience: &'a Patience,
}

/// A text that is not read, cut into pieces, and the piece where reading stops.
pub(super) struct Broken<'a> {
    pub(super) rule: Rule,
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// The words of the language that can stand in such a text.
    pub(super) known: &'a [String],
    pub(super) around: &'a Around<'a>,
    pub(super) pieces: Vec<Range<usize>>,
    pub(super) stop: usize,
    /// What can stand at a place, once it was asked for.
    expected: RefCell<HashMap<usize, Rc<Expected>>>,
}

impl<'a> Broken<'a> {
    /// The same text, stopping elsewhere.
    pub(super) fn stopping(&self, at: usize) -> Self {
        Self::new(self.rule, self.text, at, self.known, self.around)
    }

    pub(super) fn new(
        rule: Rule,
        text: &'a str,
        at: usize,
        known: &'a [String],
        around: &'a Around<'a>,
    ) -> Self {
        let pieces = pieces(text);
        let stop = pieces.iter().position(|piece| at < piece.end).unwrap_or(pieces.len());
        let expected = RefCell::default();
        Self { rule, text, at, known, around, pieces, stop, expected }
    }

    pub(super) fn word(&self, index: usize) -> &'a str {
        self.pieces.get(index).map_or("", |piece| &self.text[piece.clone()])
    }

    pub(super) fn is_declared(&self, word: &str) -> bool {
        self.around.declared.iter().any(|declared| declared == word)
    }

    /// A word that is neither of the language nor declared nor the code of a place.
    pub(super) fn is_free(&self, index: usize) -> bool {
        let word = self.word(index);
        let code = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
        let place = word.len() > 1 && word.bytes().all(code);
        let said = ARTICLES.contains(&word) || is_known(word) || self.is_declared(word);
        word.starts_with(char::is_alphabetic) && !(word.contains('/') || place || said)
    }

    pub(super) fn with(&self, at: Range<usize>, new: &str) -> String {
        format!("{}{new}{}", &self.text[..at.start], &self.text[at.end..])
    }

    /// Words of the language as a message lists them: verbs of a head as its shape has them.
    pub(super) fn listed<'w>(&self, words: impl Iterator<Item = &'w str>) -> String {
        let head = self.rule != Rule::whole_slot;
        listed(words.map(|word| {
            let word = if head { conjugated(word) } else { word.to_owned() };
            format!("`{word}`")
        }))
    }

    /// Whether a changed text reads.
    pub(super) fn reads(&self, text: &str) -> bool {
        if has_foreign_mark(text) {
            return false;
        }
        self.around.patience.spend(text.len());
        reach::reads(self.rule, text)
    }

    /// How far a changed text reads.
    pub(super) fn reach(&self, text: &str) -> usize {
        self.around.patience.spend(text.len());
        reach::reach(self.rule, text)
    }

    /// What can stand behind the first `end` bytes.
    pub(super) fn expected(&self, end: usize) -> Rc<Expected> {
        let mut known = self.expected.borrow_mut();
        let work_out = || Rc::new(reach::expected(self.rule, &self.text[..end]));
        Rc::clone(known.entry(end).or_insert_with(work_out))
    }
}

/// Whether the language has a word anywhere.
pub(super) fn is_known(word: &str) -> bool {
    let has = |word: &str| keywords("agreement_file").iter().any(|known| known == word);
    has(word) || word.strip_suffix('s').is_some_and(has)
}

/// Whether a mark that no form has stands outside quotes: far cheaper to see than to read.
fn has_foreign_mark(text: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    text.bytes().any(|byte| {
        match byte {
            b'"' if !escaped => quoted = !quoted,
            b'|' | b'\'' | b'!' | b'?' | b'&' | b'*' | b'$' | b'@' | b'[' | b']' | b'{' | b'}'
            | 0 if !quoted => {
                return true;
            }
            _ => {}
        }
        escaped = quoted && byte == b'\\' && !escaped;
        false
    })
}

/// `a, b or c`.
pub(super) fn listed(names: impl Iterator<Item = String>) -> String {
    let mut names: Vec<String> = names.collect();
    match names.pop() {
        Some(last) if !names.is_empty() => format!("{} or {last}", names.join(", ")),
        last => last.unwrap_or_default(),
    }
}
