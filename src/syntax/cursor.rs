//! A walk over the children of a pair, in the order the grammar promises.

use pest::iterators::{Pair, Pairs};

use super::grammar::Rule;
use crate::source::{Span, Spanned};

/// One node of pest's tree: its kind, its text, its place, and the children still to be read.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'i> {
    pub(super) kind: Rule,
    pub(super) text: &'i str,
    pub(super) span: Span,
    inner: Pairs<'i, Rule>,
}

impl<'i> Cursor<'i> {
    /// Stands at the head of a pair whose text begins at byte `offset` of the source.
    pub(super) fn over(pair: Pair<'i, Rule>) -> Self {
        let place = pair.as_span();
        // A source is at most a few megabytes: the guard before the parser sees to it.
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            kind: pair.as_rule(),
            text: pair.as_str(),
            span: Span::new(byte(place.start()), byte(place.end())),
            inner: pair.into_inner(),
        }
    }

    /// The kind of the next child, which stays unread.
    pub(super) fn peek(&self) -> Option<Rule> {
        self.inner.clone().find(counts).map(|pair| pair.as_rule())
    }

    /// The place of the next child, which stays unread.
    pub(super) fn peek_span(&self) -> Option<Span> {
        self.inner.clone().find(counts).map(|pair| Self::over(pair).span)
    }

    /// The next child if it is a `kind`.
    pub(super) fn take_kind(&mut self, kind: Rule) -> Option<Self> {
        (self.peek() == Some(kind)).then(|| self.next()).flatten()
    }

    /// The next child, which the grammar promises.
    pub(super) fn expect(&mut self) -> Self {
        self.next().unwrap_or_else(|| unreachable!("{:?} promises a further child", self.kind))
    }

    /// Its text with its place.
    pub(super) fn spanned(&self) -> Spanned<String> {
        Spanned::new(self.text.to_owned(), self.span)
    }
}

impl Iterator for Cursor<'_> {
    type Item = Self;

    fn next(&mut self) -> Option<Self> {
        self.inner.by_ref().find(counts).map(Self::over)
    }
}

/// Whether a pair says something. Comments are pairs wherever they stand, and the end of the text is
/// one of its own in whatever happens to stand last.
fn counts(pair: &Pair<'_, Rule>) -> bool {
    !matches!(pair.as_rule(), Rule::comment | Rule::EOI)
}
