//! Tests and values, from words to resolved trees; every type agrees or is told.

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::policy_ast::{Literal, Node, NodeKind, Path as Written};
use crate::value::Comparison;
use crate::vocabulary::{Type, Value};

use super::super::tree::{Expr, Members, Test};
use super::scope::{guards, with_article};
use super::words::Word;
use super::{Either, Info, Resolver, Shape};

impl Resolver<'_> {
    /// A test: anything that is yes or no.
    pub(super) fn test(&mut self, node: &Node) -> Option<(Test, Info)> {
        let (either, info) = self.node(node, None)?;
        match either {
            Either::Test(test) => Some((test, info)),
            Either::Value(value) if info.shape == Shape::FLAG => {
                Some((Test::Flag(Box::new(value)), info))
            }
            Either::Value(_) => {
                let told = Diagnostic::error(
                    "policy/not-a-test",
                    format!("this is {}, not yes or no", info.shape.said()),
                    node.span,
                );
                let list =
                    info.shape.list.then(|| "say `some x in ...`, `every` or `no`".to_owned());
                self.told.push(told.maybe_help(list.or_else(|| {
                    Some("compare it with something, or ask whether it `is stated`".to_owned())
                })));
                None
            }
        }
    }

    /// A value; `want` is the type of what it stands beside.
    pub(super) fn value(&mut self, node: &Node, want: Option<Type>) -> Option<(Expr, Info)> {
        let (either, info) = self.node(node, want)?;
        Some(match either {
            Either::Test(test) => (Expr::Test(Box::new(test)), info),
            Either::Value(value) => (value, info),
        })
    }

    fn node(&mut self, node: &Node, want: Option<Type>) -> Option<(Either, Info)> {
        match &node.kind {
            NodeKind::Literal(literal) => {
                let (value, ty) = self.constant(literal, node.span, want)?;
                Some((Either::Value(Expr::Constant(value)), Info::plain(Shape::one(ty))))
            }
            NodeKind::Path(path) => self.path_or_word(path, want),
            NodeKind::And(nodes) => self.joined(nodes, true),
            NodeKind::Or(nodes) => self.joined(nodes, false),
            NodeKind::Not(inner) => {
                let (test, info) = self.test(inner)?;
                Some((Either::Test(Test::Not(Box::new(test))), info))
            }
            NodeKind::Compare(how, left, right) => self.compared(*how, left, right),
            NodeKind::Mentions(text, words) => self.mentions(text, words),
            NodeKind::Stated(value) => self.asked(value, node, Test::Stated),
            NodeKind::Open(value) => self.asked(value, node, Test::Open),
            NodeKind::Redacted(value) => self.asked(value, node, Test::Redacted),
            NodeKind::OneOf(value, members) => self.one_of(value, members),
            NodeKind::Within(value, low, high) => self.within(value, low, high),
            NodeKind::Every(binder, body) => self.every(binder, body),
            NodeKind::Some(binder) => self.members(binder, Test::Some),
            NodeKind::No(binder) => self.members(binder, Test::No),
            NodeKind::Many(how, number, binder) => self.many(*how, number, binder),
            NodeKind::Plus(left, right) => self.added(node, left, right, true),
            NodeKind::Minus(left, right) => self.added(node, left, right, false),
            NodeKind::ShareOf(share, whole) => self.share_of(node, share, whole),
            NodeKind::Otherwise(value, instead) => self.otherwise(value, instead, want),
            NodeKind::Count { different, of } => self.count(different.as_deref(), of),
            NodeKind::Sum { value, of } => self.sum(value, of),
        }
    }

    /// A path, or a single word of the type it stands beside.
    fn path_or_word(&mut self, path: &Written, want: Option<Type>) -> Option<(Either, Info)> {
        if let ([word], Some(want)) = (path.parts.as_slice(), want) {
            match self.word(&word.node, word.span, want) {
                Word::Means(value) => {
                    return Some((
                        Either::Value(Expr::Constant(value)),
                        Info::plain(Shape::one(want)),
                    ));
                }
                Word::Wrong => return None,
                Word::Path => {}
            }
        }
        let (value, info) = self.path(path)?;
        Some((Either::Value(value), info))
    }

    fn joined(&mut self, nodes: &[Node], and: bool) -> Option<(Either, Info)> {
        let stated = self.stated.len();
        let mut info = Info::plain(Shape::FLAG);
        let mut tests = Vec::with_capacity(nodes.len());
        for node in nodes {
            if let Some((test, with)) = self.test(node) {
                info = info.with(with, Shape::FLAG);
                tests.push(test);
            }
            let known = guards(node);
            self.stated.extend(if and { known.held } else { known.failed });
        }
        self.stated.truncate(stated);
        let all = tests.len() == nodes.len();
        all.then_some((Either::Test(if and { Test::And(tests) } else { Test::Or(tests) }), info))
    }

    fn compared(&mut self, how: Comparison, left: &Node, right: &Node) -> Option<(Either, Info)> {
        let span = left.span.to(right.span);
        let left = self.value(left, None);
        let right = self.value(right, left.as_ref().map(|(_, info)| info.shape.ty));
        let ((left, a), (right, b)) = (left?, right?);
        if how == Comparison::Equal {
            self.expect(!a.shape.list && !b.shape.list, span, || {
                "a list is not compared as a whole: say `every`, `some` or `no`".to_owned()
            })?;
            self.expect(a.shape.meets(b.shape), span, || {
                format!("{} is never {}", a.shape.said(), b.shape.said())
            })?;
        } else {
            let ordered = |info: Info| info.shape.ty.is_ordered() && !info.shape.list;
            let odd = if ordered(a) { b } else { a };
            self.expect(ordered(odd), span, || format!("{} has no order", odd.shape.said()))?;
            self.expect(a.shape.meets(b.shape), span, || {
                format!("{} does not compare with {}", a.shape.said(), b.shape.said())
            })?;
        }
        Some((Either::Test(Test::Compare(how, Box::new([left, right]))), a.with(b, Shape::FLAG)))
    }

    fn mentions(&mut self, text: &Node, words: &Node) -> Option<(Either, Info)> {
        let span = text.span.to(words.span);
        let (text, words) = (self.value(text, None), self.value(words, None));
        let ((text, a), (words, b)) = (text?, words?);
        let textual =
            |info: Info| !info.shape.list && matches!(info.shape.ty, Type::Text | Type::Name);
        let odd = if textual(a) { b } else { a };
        self.expect(textual(odd), span, || {
            format!("`mentions` looks for words in text; this is {}", odd.shape.said())
        })?;
        Some((Either::Test(Test::Mentions(Box::new([text, words]))), a.with(b, Shape::FLAG)))
    }

    fn asked(
        &mut self,
        value: &Node,
        node: &Node,
        test: fn(Box<Expr>) -> Test,
    ) -> Option<(Either, Info)> {
        let (expr, info) = self.value(value, None)?;
        let said = self.text(value.span);
        self.expect(!info.shape.list, node.span, || {
            format!("`{said}` is a list, and a list is never missing: say `some x in {said}`")
        })?;
        let section = matches!(info.shape.ty, Type::Record(record) if record.section);
        let open = !matches!(node.kind, NodeKind::Stated(_));
        let always = !open && !info.missing && !section;
        self.refuse("policy/always-stated", always, node.span, || {
            format!("`{said}` is always stated")
        })?;
        Some((
            Either::Test(test(Box::new(expr))),
            Info { missing: false, shape: Shape::FLAG, ..info },
        ))
    }

    fn one_of(&mut self, value: &Node, members: &[Node]) -> Option<(Either, Info)> {
        let (value, info) = self.value(value, None)?;
        let span = members.first()?.span;
        let mut all = info;
        let mut written = Vec::new();
        for member in members {
            let (expr, with) = self.value(member, Some(info.shape.ty))?;
            let single = Shape { list: false, ..with.shape };
            self.expect(info.shape.meets(single), member.span, || {
                format!("{} is never {}", info.shape.said(), with.shape.said())
            })?;
            self.expect(!with.shape.list || members.len() == 1, member.span, || {
                "one list, or values: not both".to_owned()
            })?;
            all = all.with(with, Shape::FLAG);
            if with.shape.list {
                let test = Test::OneOf(Box::new(value), Members::List(Box::new(expr)));
                return Some((Either::Test(test), all));
            }
            written.push(expr);
        }
        self.expect(!info.shape.list, span, || {
            "a list is not one of anything: say `every`, `some` or `no`".to_owned()
        })?;
        Some((
            Either::Test(Test::OneOf(Box::new(value), Members::Written(written))),
            all.with(all, Shape::FLAG),
        ))
    }

    fn within(&mut self, value: &Node, low: &Node, high: &Node) -> Option<(Either, Info)> {
        let span = value.span.to(high.span);
        let (value, a) = self.value(value, None)?;
        let (low, b) = self.value(low, Some(a.shape.ty))?;
        let (high, c) = self.value(high, Some(a.shape.ty))?;
        self.expect(a.shape.ty.is_ordered() && !a.shape.list, span, || {
            format!("{} has no order", a.shape.said())
        })?;
        let fits = a.shape.meets(b.shape) && a.shape.meets(c.shape);
        self.expect(fits, span, || {
            format!(
                "{} does not lie between {} and {}",
                a.shape.said(),
                b.shape.said(),
                c.shape.said()
            )
        })?;
        Some((
            Either::Test(Test::Within(Box::new([value, low, high]))),
            a.with(b, Shape::FLAG).with(c, Shape::FLAG),
        ))
    }

    fn added(
        &mut self,
        node: &Node,
        left: &Node,
        right: &Node,
        plus: bool,
    ) -> Option<(Either, Info)> {
        let (left, a) = self.value(left, None)?;
        let (right, b) = self.value(right, None)?;
        let ty = match (a.shape.ty, b.shape.ty) {
            (Type::Date, Type::Duration) => Some(Type::Date),
            (Type::Money, Type::Quantity) | (Type::Quantity, Type::Money) => Some(Type::Quantity),
            (one, other) if one == other && one.is_ordered() && one != Type::Date => Some(one),
            _ => None,
        };
        let ty = ty.filter(|_| !a.shape.list && !b.shape.list);
        let word = if plus { "added to" } else { "taken from" };
        self.expect(ty.is_some(), node.span, || {
            format!("{} cannot be {word} {}", b.shape.said(), a.shape.said())
        })?;
        let both = Box::new([left, right]);
        let sum = if plus { Expr::Plus(both) } else { Expr::Minus(both) };
        Some((Either::Value(sum), a.with(b, Shape::one(ty?))))
    }

    fn share_of(&mut self, node: &Node, share: &Node, whole: &Node) -> Option<(Either, Info)> {
        let (share, a) = self.value(share, None)?;
        let (whole, b) = self.value(whole, None)?;
        let fits = a.shape == Shape::one(Type::Percent)
            && matches!(b.shape.ty, Type::Money | Type::Quantity | Type::Number)
            && !b.shape.list;
        self.expect(fits, node.span, || {
            format!(
                "`of` takes a percent of an amount, not {} of {}",
                a.shape.said(),
                b.shape.said()
            )
        })?;
        Some((Either::Value(Expr::ShareOf(Box::new([share, whole]))), a.with(b, b.shape)))
    }

    fn otherwise(
        &mut self,
        value: &Node,
        instead: &Node,
        want: Option<Type>,
    ) -> Option<(Either, Info)> {
        let span = value.span.to(instead.span);
        let said = self.text(value.span);
        let (value, a) = self.value(value, want)?;
        let (instead, b) = self.value(instead, Some(a.shape.ty))?;
        self.expect(a.missing, span, || {
            format!("`{said}` is never missing, so `otherwise` does nothing")
        })?;
        self.expect(a.shape.meets(b.shape), span, || {
            format!("{} does not stand in for {}", b.shape.said(), a.shape.said())
        })?;
        let info = Info { missing: b.missing, ..a.with(b, a.shape) };
        Some((Either::Value(Expr::Otherwise(Box::new([value, instead]))), info))
    }

    /// A literal, and its type; a code is read by what it stands beside.
    fn constant(
        &mut self,
        literal: &Literal,
        span: Span,
        want: Option<Type>,
    ) -> Option<(Value<'static>, Type)> {
        match super::literal::constant(literal, want) {
            Ok(read) => read,
            Err(message) => {
                self.told.push(Diagnostic::error("policy/value", message, span));
                None
            }
        }
    }

    /// Tells of a type that does not fit, where it does not.
    pub(super) fn expect(
        &mut self,
        holds: bool,
        span: Span,
        message: impl FnOnce() -> String,
    ) -> Option<()> {
        self.refuse("policy/type", !holds, span, message)
    }

    /// Tells what is wrong, where something is.
    pub(super) fn refuse(
        &mut self,
        code: &'static str,
        wrong: bool,
        span: Span,
        message: impl FnOnce() -> String,
    ) -> Option<()> {
        let wrong = wrong && !self.lenient;
        if wrong {
            self.told.push(Diagnostic::error(code, message(), span));
        }
        (!wrong).then_some(())
    }
}

impl Shape {
    /// `a duration`, `a list of text`.
    pub(super) fn said(self) -> String {
        if self.list { format!("a list of {}", self.ty) } else { with_article(self.ty) }
    }
}
