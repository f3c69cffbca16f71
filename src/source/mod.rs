//! A text and places in it: what every later stage points at.

#[cfg(feature = "markdown")]
mod markdown;

use std::fmt;
use std::sync::OnceLock;

/// A named text, as read from a file, a pipe or a policy example.
#[derive(Debug)]
pub struct Source {
    name: String,
    text: String,
    /// The text with all that is no term blanked out, where it holds something else too.
    terms: Option<String>,
    /// What the fences of a Markdown text hold.
    fences: Vec<Span>,
    /// Where it holds terms that cannot be read as such.
    unread: Vec<Span>,
    lines: OnceLock<Vec<u32>>,
}

impl Source {
    /// Takes a name for messages (usually a path) and the text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            terms: None,
            fences: Vec::new(),
            unread: Vec::new(),
            lines: OnceLock::new(),
        }
    }

    /// The name messages show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, as messages show it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What a parser reads: the whole text, or as many bytes of which only the terms are left.
    pub fn terms(&self) -> &str {
        self.terms.as_deref().unwrap_or(&self.text)
    }

    /// What each fence of a Markdown text holds, whole lines without those of the fence itself; no
    /// fence where the text is no Markdown.
    pub fn fences(&self) -> &[Span] {
        &self.fences
    }

    /// Fences of a Markdown text that hold terms where no line can begin with a heading: inside a
    /// list or a quotation, or indented. Their terms are not among [`Source::terms`].
    pub fn unread(&self) -> &[Span] {
        &self.unread
    }

    /// The text under a span; empty where the span is not of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Line and column of a byte offset, both from 1, the column in characters.
    /// An offset past the end is the end.
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let lines = self.line_starts();
        let line = lines.partition_point(|start| *start as usize <= offset).saturating_sub(1);
        let start = lines.get(line).copied().unwrap_or(0) as usize;
        let column = self.text[start..offset].chars().count();
        Position { line: line + 1, column: column + 1 }
    }

    /// The byte offsets at which lines begin, the first being 0.
    pub fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let newlines = memchr::memchr_iter(b'\n', self.text.as_bytes());
            let after = newlines.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX));
            std::iter::once(0).chain(after).collect()
        })
    }
}

/// A line and a column, both from 1; the column counts characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in Unicode scalar values.
    pub column: usize,
}

/// Half-open byte range in a [`Source`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte `start` up to, not including, byte `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span, moved right by `offset` bytes.
    #[must_use]
    pub const fn shifted(self, offset: u32) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether both have a byte in common. One that covers no byte counts as the byte behind it.
    pub fn meets(self, other: Self) -> bool {
        let end = |span: Self| span.end.max(span.start + 1);
        self.start < end(other) && other.start < end(self)
    }

    /// Whether it covers no byte.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

/// Where something stands, as a part of what is said. All places are equal: a reformatted agreement
/// says the same.
#[derive(Debug, Clone, Copy, Default)]
pub struct At(pub Span);

impl PartialEq for At {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for At {}

impl From<At> for Span {
    fn from(at: At) -> Self {
        at.0
    }
}

/// A value and where it stands. Equality ignores the place: a reformatted agreement is the same one.
#[derive(Clone, Copy)]
pub struct Spanned<T> {
    /// The value.
    pub node: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Puts a value at a place.
    pub const fn new(node: T, span: Span) -> Self {
        Self { node, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { node: change(self.node), span: self.span }
    }

    /// Borrows the value, keeps the place.
    pub const fn as_ref(&self) -> Spanned<&T> {
        Spanned { node: &self.node, span: self.span }
    }
}

impl<T: fmt::Debug> fmt::Debug for Spanned<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node.fmt(f)
    }
}

impl<T: fmt::Display> fmt::Display for Spanned<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node.fmt(f)
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<T: Eq> Eq for Spanned<T> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_survive_the_end() {
        let source = Source::new("x", "é b\nc");
        assert_eq!(source.position(3), Position { line: 1, column: 3 });
        assert_eq!(source.position(5), Position { line: 2, column: 1 });
        assert_eq!(source.position(99), Position { line: 2, column: 2 });
        assert_eq!(source.position(1), Position { line: 1, column: 1 }, "inside a character");
    }

    #[test]
    fn places_side_by_side_do_not_meet() {
        let span = Span::new(3, 6);
        let met: Vec<_> = (0..8).filter(|at| span.meets(Span::new(*at, at + 1))).collect();
        assert_eq!(met, [3, 4, 5]);
        let empty: Vec<_> = (0..8).filter(|at| Span::new(*at, *at).meets(span)).collect();
        assert_eq!(empty, [3, 4, 5]);
        assert!(span.meets(Span::new(0, 9)) && Span::new(0, 9).meets(span));
        assert!(Span::new(4, 4).meets(Span::new(4, 4)) && !Span::new(4, 4).meets(Span::new(5, 5)));
    }

    #[test]
    fn equality_ignores_place() {
        assert_eq!(Spanned::new(1, Span::new(0, 1)), Spanned::new(1, Span::new(7, 8)));
    }
}
