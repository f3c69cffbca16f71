//! A text that cannot be read, in pieces, and what is known of its words.

use std::ops::Range;

use super::reach::{pieces, reads};
use super::repair::ARTICLES;
use super::shapes::keywords;
use crate::syntax::grammar::Rule;

/// A text that is not read, cut into pieces, and the piece where reading stops.
pub(super) struct Broken<'a> {
    pub(super) rule: Rule,
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// The words of the language that can stand in such a text.
    pub(super) known: &'a [String],
    /// The ids and names the file declares.
    pub(super) declared: &'a [String],
    pub(super) pieces: Vec<Range<usize>>,
    pub(super) stop: usize,
}

impl<'a> Broken<'a> {
    /// The same text, stopping elsewhere.
    pub(super) fn stopping(&self, at: usize) -> Self {
        Self::new(self.rule, self.text, at, self.known, self.declared)
    }

    pub(super) fn new(
        rule: Rule,
        text: &'a str,
        at: usize,
        known: &'a [String],
        declared: &'a [String],
    ) -> Self {
        let pieces = pieces(text);
        let stop = pieces.iter().position(|piece| at < piece.end).unwrap_or(pieces.len());
        Self { rule, text, at, known, declared, pieces, stop }
    }

    pub(super) fn word(&self, index: usize) -> &'a str {
        self.pieces.get(index).map_or("", |piece| &self.text[piece.clone()])
    }

    pub(super) fn is_declared(&self, word: &str) -> bool {
        self.declared.iter().any(|declared| declared == word)
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

    pub(super) fn reads(&self, text: &str) -> bool {
        reads(self.rule, text)
    }
}

/// Whether the language has a word anywhere.
pub(super) fn is_known(word: &str) -> bool {
    let has = |word: &str| keywords("agreement_file").iter().any(|known| known == word);
    has(word) || word.strip_suffix('s').is_some_and(has)
}
