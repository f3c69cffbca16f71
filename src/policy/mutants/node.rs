//! The changes of a test or a value.

use crate::source::{Source, Span};
use crate::syntax::policy_ast::{Binder, Node, NodeKind};
use crate::value::Comparison;

use super::super::written::words;
use super::{figure, without};

/// A changed test or value.
pub(super) struct Changed {
    /// Where the change is.
    pub(super) span: Span,
    pub(super) said: String,
    pub(super) to: Node,
}

/// The opposite of a test that no other change makes the opposite of.
pub(super) fn negated(test: &Node) -> Option<Node> {
    let apart = matches!(
        test.kind,
        NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Every(..) | NodeKind::Many(..)
    );
    apart.then(|| Node { span: test.span, kind: NodeKind::Not(Box::new(test.clone())) })
}

/// The changes of a test.
pub(super) fn test_changes(test: &Node, origin: &Source) -> Vec<Changed> {
    let mut walk = Walk { origin, found: Vec::new() };
    walk.test(test);
    walk.found
}

/// The changes of a value, or of what it is made of.
pub(super) fn changes(value: &Node, origin: &Source) -> Vec<Changed> {
    if matches!(value.kind, NodeKind::Path(_)) {
        return Vec::new();
    }
    test_changes(value, origin)
}

struct Walk<'a> {
    origin: &'a Source,
    found: Vec<Changed>,
}

impl Walk<'_> {
    fn push(&mut self, span: Span, said: String, whole: Span, kind: NodeKind) {
        self.found.push(Changed { span, said, to: Node { span: whole, kind } });
    }

    /// The changes of a part, each put back into the whole.
    fn within(&mut self, part: &Node, is_test: bool, whole: &Node, put: impl Fn(Node) -> NodeKind) {
        let mut inner = Walk { origin: self.origin, found: Vec::new() };
        if is_test {
            inner.test(part);
        } else {
            inner.value(part);
        }
        let back =
            |each: Changed| Changed { to: Node { span: whole.span, kind: put(each.to) }, ..each };
        self.found.extend(inner.found.into_iter().map(back));
    }

    /// A test.
    fn test(&mut self, node: &Node) {
        if let NodeKind::Not(inner) = &node.kind {
            self.negation(node, inner);
        } else {
            self.opposite(node);
            self.value(node);
        }
    }

    /// `is` becomes `is not`, a yes becomes a no.
    fn opposite(&mut self, node: &Node) {
        let not = NodeKind::Not(Box::new(node.clone()));
        let Some((span, word)) = self.asks(node) else { return };
        let to = word
            .strip_prefix("is")
            .map_or_else(|| format!("not {word}"), |rest| format!("is not{rest}"));
        self.push(span, format!("`{word}` became `{to}`"), node.span, not);
    }

    /// The words with which a test asks, where a `not` turns it round.
    fn asks(&self, node: &Node) -> Option<(Span, String)> {
        let after = |value: &Node| {
            let span = Span::new(value.span.end, node.span.end);
            let word = words(self.origin, span).replace("is not ", "is ");
            (self.trimmed(span), word)
        };
        Some(match &node.kind {
            NodeKind::Stated(value) | NodeKind::Open(value) | NodeKind::Redacted(value) => {
                after(value)
            }
            NodeKind::OneOf(value, _) | NodeKind::Within(value, ..) => {
                let (span, _) = after(value);
                (
                    span,
                    if matches!(node.kind, NodeKind::Within(..)) {
                        "is within"
                    } else {
                        "is one of"
                    }
                    .to_owned(),
                )
            }
            NodeKind::Compare(Comparison::Equal, left, right) => {
                (self.trimmed(Span::new(left.span.end, right.span.start)), "is".to_owned())
            }
            NodeKind::Mentions(left, right) => {
                (self.trimmed(Span::new(left.span.end, right.span.start)), "mentions".to_owned())
            }
            NodeKind::Path(_) => (node.span, words(self.origin, node.span)),
            _ => return None,
        })
    }

    /// `not` is dropped, and what stands behind it changed, unless that is the same.
    fn negation(&mut self, node: &Node, inner: &Node) {
        let (span, said) = match self.asks(inner) {
            Some((span, word)) if !self.origin.slice(node.span).starts_with("not") => {
                let was = word.replacen("is", "is not", 1);
                (span, format!("`{was}` became `{word}`"))
            }
            _ => (Span::new(node.span.start, node.span.start + 3), "`not` dropped".to_owned()),
        };
        self.push(span, said, node.span, inner.kind.clone());
        let twice = self.asks(inner).is_some();
        self.within(inner, !twice, node, |to| NodeKind::Not(Box::new(to)));
    }

    /// What a test or a value is made of.
    fn value(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::Literal(literal) => {
                let was = words(self.origin, node.span);
                for (to, said) in figure::steps(literal) {
                    let said = format!("`{was}` became `{said}`");
                    self.push(node.span, said, node.span, NodeKind::Literal(to));
                }
            }
            NodeKind::Path(_) => {}
            NodeKind::Not(_) => self.test(node),
            NodeKind::And(parts) => self.joined(node, parts, true),
            NodeKind::Or(parts) => self.joined(node, parts, false),
            NodeKind::Compare(how, left, right) => {
                self.compared(node, *how, left, right);
                self.two(node, left, right, |a, b| NodeKind::Compare(*how, a, b));
            }
            NodeKind::Mentions(left, right) => self.two(node, left, right, NodeKind::Mentions),
            NodeKind::Plus(left, right) => {
                self.sign(node, left, right, ("+", "-"), NodeKind::Minus);
                self.two(node, left, right, NodeKind::Plus);
            }
            NodeKind::Minus(left, right) => {
                self.sign(node, left, right, ("-", "+"), NodeKind::Plus);
                self.two(node, left, right, NodeKind::Minus);
            }
            NodeKind::ShareOf(left, right) => self.two(node, left, right, NodeKind::ShareOf),
            NodeKind::Otherwise(left, right) => self.two(node, left, right, NodeKind::Otherwise),
            NodeKind::Stated(of) => {
                self.within(of, false, node, |to| NodeKind::Stated(Box::new(to)));
            }
            NodeKind::Open(of) => self.within(of, false, node, |to| NodeKind::Open(Box::new(to))),
            NodeKind::Redacted(of) => {
                self.within(of, false, node, |to| NodeKind::Redacted(Box::new(to)));
            }
            NodeKind::OneOf(of, members) => self.one_of(node, of, members),
            NodeKind::Within(of, low, high) => self.bounds(node, of, low, high),
            NodeKind::Every(..) | NodeKind::Some(_) | NodeKind::No(_) | NodeKind::Many(..) => {
                self.quantified(node);
            }
            NodeKind::Count { different, of } => {
                self.binder(node, of, |of| NodeKind::Count { different: different.clone(), of });
            }
            NodeKind::Sum { value, of } => {
                self.within(value, false, node, |to| NodeKind::Sum {
                    value: Box::new(to),
                    of: of.clone(),
                });
                self.binder(node, of, |of| NodeKind::Sum { value: value.clone(), of });
            }
        }
    }

    /// Both sides.
    fn two(
        &mut self,
        node: &Node,
        left: &Node,
        right: &Node,
        put: impl Fn(Box<Node>, Box<Node>) -> NodeKind,
    ) {
        let boxed = |node: &Node| Box::new(node.clone());
        self.within(left, false, node, |to| put(Box::new(to), boxed(right)));
        self.within(right, false, node, |to| put(boxed(left), Box::new(to)));
    }

    fn sign(
        &mut self,
        node: &Node,
        left: &Node,
        right: &Node,
        (was, to): (&str, &str),
        put: impl Fn(Box<Node>, Box<Node>) -> NodeKind,
    ) {
        let span = self.trimmed(Span::new(left.span.end, right.span.start));
        let kind = put(Box::new(left.clone()), Box::new(right.clone()));
        self.push(span, format!("`{was}` became `{to}`"), node.span, kind);
    }

    /// `>=` becomes `>` and `<`.
    fn compared(&mut self, node: &Node, how: Comparison, left: &Node, right: &Node) {
        let others: &[Comparison] = match how {
            Comparison::Less => &[Comparison::AtMost, Comparison::AtLeast],
            Comparison::AtMost => &[Comparison::Less, Comparison::Greater],
            Comparison::AtLeast => &[Comparison::Greater, Comparison::Less],
            Comparison::Greater => &[Comparison::AtLeast, Comparison::AtMost],
            Comparison::Equal => &[],
        };
        let span = self.trimmed(Span::new(left.span.end, right.span.start));
        for to in others {
            let said = format!("`{}` became `{}`", sign(how), sign(*to));
            let kind = NodeKind::Compare(*to, Box::new(left.clone()), Box::new(right.clone()));
            self.push(span, said, node.span, kind);
        }
    }

    /// `and` and `or`: the other, and without each operand.
    fn joined(&mut self, node: &Node, parts: &[Node], and: bool) {
        let put = |parts| if and { NodeKind::And(parts) } else { NodeKind::Or(parts) };
        if let [first, second, ..] = parts {
            let span = self.trimmed(Span::new(first.span.end, second.span.start));
            let (was, to) = if and { ("and", "or") } else { ("or", "and") };
            let other =
                if and { NodeKind::Or(parts.to_vec()) } else { NodeKind::And(parts.to_vec()) };
            self.push(span, format!("`{was}` became `{to}`"), node.span, other);
        }
        for (at, part) in parts.iter().enumerate() {
            let mut rest = without(parts, at);
            let kind = if rest.len() == 1 { rest.remove(0).kind } else { put(rest) };
            let said = format!("`{}` dropped", words(self.origin, part.span));
            self.push(part.span, said, node.span, kind);
            self.within(part, true, node, |to| {
                let mut parts = parts.to_vec();
                parts[at] = to;
                put(parts)
            });
        }
    }

    fn one_of(&mut self, node: &Node, of: &Node, members: &[Node]) {
        let put = |of: &Node, members| NodeKind::OneOf(Box::new(of.clone()), members);
        self.within(of, false, node, |to| put(&to, members.to_vec()));
        for (at, member) in members.iter().enumerate() {
            if members.len() > 1 {
                let said = format!("`{}` dropped", words(self.origin, member.span));
                self.push(member.span, said, node.span, put(of, without(members, at)));
            }
            self.within(member, false, node, |to| {
                let mut members = members.to_vec();
                members[at] = to;
                put(of, members)
            });
        }
    }

    fn bounds(&mut self, node: &Node, of: &Node, low: &Node, high: &Node) {
        let put = |of: &Node, low: &Node, high: &Node| {
            let [of, low, high] = [of, low, high].map(|each| Box::new(each.clone()));
            NodeKind::Within(of, low, high)
        };
        self.within(of, false, node, |to| put(&to, low, high));
        self.within(low, false, node, |to| put(of, &to, high));
        self.within(high, false, node, |to| put(of, low, &to));
    }

    /// `every`, `some`, `no`, and how many: the others, and what they ask of each member.
    fn quantified(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::Every(binder, body) => {
                let (filter, test) = (binder.filter.as_deref(), Some(&**body));
                let both = Binder { filter: both(filter, test), ..binder.clone() };
                self.word(node, "every", "some", NodeKind::Some(both.clone()));
                self.word(node, "every", "no", NodeKind::No(both));
                self.binder(node, binder, |binder| NodeKind::Every(binder, body.clone()));
                self.within(body, true, node, |to| NodeKind::Every(binder.clone(), Box::new(to)));
            }
            NodeKind::Some(binder) => {
                self.every(node, "some", binder);
                self.word(node, "some", "no", NodeKind::No(binder.clone()));
                self.binder(node, binder, NodeKind::Some);
            }
            NodeKind::No(binder) => {
                self.every(node, "no", binder);
                self.word(node, "no", "some", NodeKind::Some(binder.clone()));
                self.binder(node, binder, NodeKind::No);
            }
            NodeKind::Many(how, number, binder) => {
                let span = self.trimmed(Span::new(node.span.start, number.span.start));
                for to in [Comparison::AtLeast, Comparison::Equal, Comparison::AtMost] {
                    if to != *how {
                        let said = format!("`{}` became `{}`", many(*how), many(to));
                        let kind = NodeKind::Many(to, number.clone(), binder.clone());
                        self.push(span, said, node.span, kind);
                    }
                }
                self.within(number, false, node, |to| {
                    NodeKind::Many(*how, Box::new(to), binder.clone())
                });
                self.binder(node, binder, |binder| NodeKind::Many(*how, number.clone(), binder));
            }
            _ => {}
        }
    }

    /// `some` and `no` become `every`, where there is something to ask of every member.
    fn every(&mut self, node: &Node, was: &str, binder: &Binder) {
        if let Some(filter) = &binder.filter {
            let all = Binder { filter: None, ..binder.clone() };
            self.word(node, was, "every", NodeKind::Every(all, filter.clone()));
        }
    }

    fn word(&mut self, node: &Node, was: &str, to: &str, kind: NodeKind) {
        let length = u32::try_from(was.len()).unwrap_or(0);
        let opens = self.trimmed(node.span).start;
        // In brackets the word stands behind the bracket.
        let inside = self.origin.slice(node.span).find(was).and_then(|at| u32::try_from(at).ok());
        let start = opens.max(node.span.start + inside.unwrap_or(0));
        let span = Span::new(start, start + length);
        self.push(span, format!("`{was}` became `{to}`"), node.span, kind);
    }

    /// Without the `where`, and with a changed one.
    fn binder(&mut self, node: &Node, binder: &Binder, put: impl Fn(Binder) -> NodeKind) {
        let Some(filter) = &binder.filter else { return };
        let said = format!("`where {}` dropped", words(self.origin, filter.span));
        let all = Binder { filter: None, ..binder.clone() };
        self.push(filter.span, said, node.span, put(all));
        self.within(filter, true, node, |to| {
            put(Binder { filter: Some(Box::new(to)), ..binder.clone() })
        });
    }

    /// The span without the blank space around its words.
    fn trimmed(&self, span: Span) -> Span {
        let text = self.origin.slice(span);
        let blank = |text: &str, kept: &str| u32::try_from(text.len() - kept.len()).unwrap_or(0);
        let (front, back) = (blank(text, text.trim_start()), blank(text, text.trim_end()));
        if front + back >= span.end - span.start {
            return span;
        }
        Span::new(span.start + front, span.end - back)
    }
}

/// A filter and a test together.
fn both(filter: Option<&Node>, test: Option<&Node>) -> Option<Box<Node>> {
    let parts: Vec<Node> = filter.into_iter().chain(test).cloned().collect();
    let span = parts.first()?.span;
    Some(Box::new(Node { span, kind: NodeKind::And(parts) }))
}

const fn sign(how: Comparison) -> &'static str {
    match how {
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Equal => "is",
        Comparison::AtLeast => ">=",
        Comparison::Greater => ">",
    }
}

const fn many(how: Comparison) -> &'static str {
    match how {
        Comparison::AtLeast => "at least",
        Comparison::AtMost => "at most",
        _ => "exactly",
    }
}
