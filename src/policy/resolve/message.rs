//! The words of a finding: `{path}` is a value, `{{` a brace.

use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::syntax::policy_ast::Path as Written;
use crate::value::Str;

use super::super::rule::{Message, Piece};
use super::Resolver;

impl Resolver<'_> {
    /// A message whose every value has a name.
    pub(super) fn message(&mut self, text: &Spanned<Str>) -> Message {
        let mut pieces = Vec::new();
        let mut words = String::new();
        // Behind the opening quote; an escaped character takes a byte more than it says.
        let mut at = text.span.start + 1;
        let width = |text: &str| {
            let escaped = text.bytes().filter(|byte| matches!(byte, b'"' | b'\\')).count();
            u32::try_from(text.len() + escaped).unwrap_or(0)
        };
        let mut rest = &*text.node;
        while !rest.is_empty() {
            let brace = memchr::memchr2(b'{', b'}', rest.as_bytes()).unwrap_or(rest.len());
            let (plain, more) = rest.split_at(brace);
            words.push_str(plain);
            at += width(plain);
            rest = more;
            let start = at;
            if rest.starts_with("{{") || rest.starts_with("}}") {
                words.push_str(&rest[..1]);
                at += 2;
                rest = &rest[2..];
            } else if let Some(more) = rest.strip_prefix('{') {
                let closing = more.split_once('}');
                let (path, more) = closing.unwrap_or((more, ""));
                at += 1 + width(path) + u32::from(closing.is_some());
                pieces.push(Piece::Words(std::mem::take(&mut words)));
                pieces.extend(self.value_named(path, Span::new(start, at), closing.is_some()));
                rest = more;
            } else if let Some(more) = rest.strip_prefix('}') {
                at += 1;
                self.brace(Span::new(start, at));
                rest = more;
            }
        }
        pieces.push(Piece::Words(words));
        pieces.retain(|piece| !matches!(piece, Piece::Words(words) if words.is_empty()));
        Message(pieces)
    }

    fn value_named(&mut self, text: &str, span: Span, closed: bool) -> Option<Piece> {
        let word = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_lowercase())
                && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        if !closed || !text.split('.').all(word) {
            self.brace(span);
            return None;
        }
        let mut start = span.start + 1;
        let parts = text.split('.').map(|part| {
            let end = start + u32::try_from(part.len()).unwrap_or(0);
            let part = Spanned::new(part.into(), Span::new(start, end));
            start = end + 1;
            part
        });
        let path = Written { parts: parts.collect(), span };
        self.path(&path).map(|(value, _)| Piece::Value(value))
    }

    fn brace(&mut self, span: Span) {
        let told = Diagnostic::error(
            "policy/message",
            "a brace in a message holds a name or a path",
            span,
        );
        self.told.push(told.help("write it like {right.notice}; a brace itself is {{ or }}"));
    }
}
