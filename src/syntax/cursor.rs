//! A walk over the children of a node, in the order the grammar promises.

use super::grammar::Rule;
use super::machine::{Node, Tree};
use crate::source::{Span, Spanned};
use crate::value::Str;

/// One node of a tree: its kind, its place, and the children still to be read.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'i> {
    pub(super) kind: Rule,
    pub(super) span: Span,
    tree: &'i Tree<'i>,
    /// The nodes of the children that are still to be read, with all within them: from `at` to `end`.
    at: u32,
    end: u32,
}

impl<'i> Cursor<'i> {
    /// Stands at the node of that number, if there is one.
    #[inline]
    pub(super) fn over(tree: &'i Tree<'i>, at: u32) -> Option<Self> {
        let node = tree.node(at)?;
        let span = Span::new(node.start, node.end);
        Some(Self { kind: node.kind, span, tree, at: at + 1, end: at + node.size })
    }

    /// What it read. Most nodes are asked for their children only.
    pub(super) fn text(&self) -> &'i str {
        self.tree.text(self.span)
    }

    /// How many children are still to be read.
    pub(super) fn left(&self) -> usize {
        let (mut left, mut rest) = (0, self.at);
        while let Some(node) = self.tree.node(rest).filter(|_| rest < self.end) {
            left += 1;
            rest += node.size;
        }
        left
    }

    /// The kind of the next child, which stays unread.
    pub(super) fn peek(&self) -> Option<Rule> {
        self.next_node().map(|node| node.kind)
    }

    /// The place of the next child, which stays unread.
    pub(super) fn peek_span(&self) -> Option<Span> {
        self.next_node().map(|node| Span::new(node.start, node.end))
    }

    fn next_node(&self) -> Option<&'i Node> {
        self.tree.node(self.at).filter(|_| self.at < self.end)
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

    #[inline]
    fn next(&mut self) -> Option<Self> {
        if self.at >= self.end {
            return None;
        }
        let child = Self::over(self.tree, self.at)?;
        self.at = child.end;
        Some(child)
    }
}
