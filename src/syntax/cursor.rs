//! A walk over the children of a node, in the order the grammar promises.

use super::grammar::Rule;
use super::machine::Node;
use crate::source::{Span, Spanned};
use crate::value::Str;

/// One node of a tree: its kind, its place, and the children still to be read.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'i> {
    pub(super) kind: Rule,
    pub(super) span: Span,
    whole: &'i str,
    inner: &'i [Node],
}

impl<'i> Cursor<'i> {
    /// Stands at the first of `nodes`, which are it and all within it, of the text `whole`.
    pub(super) fn over(whole: &'i str, nodes: &'i [Node]) -> Option<Self> {
        let (node, inner) = nodes.split_first()?;
        Some(Self { kind: node.kind, span: Span::new(node.start, node.end), whole, inner })
    }

    /// What it read. Most nodes are asked for their children only.
    pub(super) fn text(&self) -> &'i str {
        self.whole.get(self.span.start as usize..self.span.end as usize).unwrap_or_default()
    }

    /// How many children are still to be read.
    pub(super) fn left(&self) -> usize {
        let (mut left, mut rest) = (0, self.inner);
        while let Some(node) = rest.first() {
            left += 1;
            rest = rest.get(node.size as usize..).unwrap_or_default();
        }
        left
    }

    /// The kind of the next child, which stays unread.
    pub(super) fn peek(&self) -> Option<Rule> {
        self.inner.first().map(|node| node.kind)
    }

    /// The place of the next child, which stays unread.
    pub(super) fn peek_span(&self) -> Option<Span> {
        self.inner.first().map(|node| Span::new(node.start, node.end))
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
    pub(super) fn spanned(&self) -> Spanned<Str> {
        Spanned::new(self.text().into(), self.span)
    }
}

impl Iterator for Cursor<'_> {
    type Item = Self;

    fn next(&mut self) -> Option<Self> {
        let size = self.inner.first()?.size as usize;
        let (child, rest) = self.inner.split_at_checked(size)?;
        self.inner = rest;
        Self::over(self.whole, child)
    }
}
