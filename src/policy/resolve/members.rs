//! Quantifiers, counts and sums: what is asked of the members of a list.

use crate::diagnostic::Diagnostic;
use crate::syntax::policy_ast::{Binder, Node, NodeKind, Path as Written};
use crate::value::Comparison;
use crate::vocabulary::Type;

use super::super::tree::{Each, Expr, Test};
use super::scope::{Stands, guards};
use super::{Either, Info, Resolver, Shape};

impl Resolver<'_> {
    /// `some` and `no`.
    pub(super) fn members(
        &mut self,
        binder: &Binder,
        test: fn(Box<Each>) -> Test,
    ) -> Option<(Either, Info)> {
        let (each, info) = self.each(binder, |_| Some(Info::plain(Shape::FLAG)))?;
        Some((Either::Test(test(Box::new(each))), info))
    }

    /// `exactly`, `at least` and `at most` so many: a comparison with the count.
    pub(super) fn many(
        &mut self,
        how: Comparison,
        number: &Node,
        binder: &Binder,
    ) -> Option<(Either, Info)> {
        let span = number.span;
        let (number, with) = self.value(number, Some(Type::Number))?;
        let fits = with.shape == Shape::one(Type::Number);
        self.expect(fits, span, || format!("{} is no number to count to", with.shape.said()))?;
        let (each, info) = self.each(binder, |_| Some(Info::plain(Shape::FLAG)))?;
        let count = Expr::Count { different: None, of: Box::new(each) };
        let test = Test::Compare(how, Box::new([count, number]));
        Some((Either::Test(test), info.with(with, Shape::FLAG)))
    }

    pub(super) fn every(&mut self, binder: &Binder, body: &Node) -> Option<(Either, Info)> {
        let known = binder.filter.as_ref().map(|test| guards(test).held).unwrap_or_default();
        let mut judged = None;
        let (each, info) = self.each(binder, |resolver| {
            resolver.stated.extend(known);
            let (test, info) = resolver.test(body)?;
            judged = Some(test);
            Some(info)
        })?;
        self.expect(speaks_of(body, &binder.name.node), body.span, || {
            format!("this never speaks of `{}`", binder.name)
        })?;
        Some((Either::Test(Test::Every(Box::new(each), Box::new(judged?))), info))
    }

    /// Binds the members of a list, and resolves what is asked of each while the name holds.
    pub(super) fn each(
        &mut self,
        binder: &Binder,
        inner: impl FnOnce(&mut Self) -> Option<Info>,
    ) -> Option<(Each, Info)> {
        let (list, of) = self.list(&binder.list)?;
        let (names, stated) = (self.names.len(), self.stated.len());
        let slot = self.new_slot(binder.name.span)?;
        let member = Info {
            shape: Shape { list: false, ..of.shape },
            missing: false,
            reads: of.reads,
            slots: 1 << slot,
        };
        self.give(&binder.name, Stands::Bound(slot), member);
        let filter = binder.filter.as_ref().map(|test| self.filter(test, &binder.name.node));
        let asked = inner(self);
        self.names.truncate(names);
        self.stated.truncate(stated);
        let mut info = of.with(asked?, Shape::FLAG);
        let filter = match filter {
            None => None,
            Some(filter) => {
                let (test, with) = filter?;
                info = info.with(with, Shape::FLAG);
                Some(test)
            }
        };
        info.slots &= !(1 << slot);
        Some((Each { slot, list, filter }, info))
    }

    /// A `where`: each of its operands must speak of the name it is about.
    fn filter(&mut self, test: &Node, name: &str) -> Option<(Test, Info)> {
        let operands = match &test.kind {
            // In brackets it is one operand: its span then opens before that of its first part.
            NodeKind::And(nodes)
                if nodes.first().is_some_and(|first| first.span.start == test.span.start) =>
            {
                nodes.as_slice()
            }
            _ => std::slice::from_ref(test),
        };
        let silent = operands.iter().find(|operand| !speaks_of(operand, name));
        let resolved = self.test(test);
        if let Some(operand) = silent.filter(|_| !self.lenient) {
            let told = Diagnostic::error(
                "policy/where",
                format!("this never speaks of `{name}`"),
                operand.span,
            );
            self.told.push(
                told.help(
                    "move it out of the `where`, or put brackets around what belongs together",
                ),
            );
            return None;
        }
        resolved
    }

    pub(super) fn count(
        &mut self,
        different: Option<&Node>,
        of: &Binder,
    ) -> Option<(Either, Info)> {
        let mut value = None;
        let (each, info) = self.each(of, |resolver| {
            let Some(node) = different else { return Some(Info::plain(Shape::FLAG)) };
            let (expr, info) = resolver.value(node, None)?;
            resolver.expect(!info.shape.list, node.span, || {
                format!("{} is not told apart from another", info.shape.said())
            })?;
            value = Some(Box::new(expr));
            Some(info)
        })?;
        if let Some(node) = different {
            self.expect(speaks_of(node, &of.name.node), node.span, || {
                format!("this never speaks of `{}`", of.name)
            })?;
        }
        let count = Expr::Count { different: value, of: Box::new(each) };
        Some((Either::Value(count), Info { shape: Shape::one(Type::Number), ..info }))
    }

    pub(super) fn sum(&mut self, value: &Node, of: &Binder) -> Option<(Either, Info)> {
        let mut summed = None;
        let mut ty = Type::Number;
        let (each, info) = self.each(of, |resolver| {
            let (expr, info) = resolver.value(value, None)?;
            let adds = matches!(
                info.shape.ty,
                Type::Number | Type::Percent | Type::Money | Type::Duration | Type::Quantity
            );
            resolver.expect(adds && !info.shape.list, value.span, || {
                format!("{} does not add up", info.shape.said())
            })?;
            ty = info.shape.ty;
            summed = Some(Box::new(expr));
            Some(info)
        })?;
        self.expect(speaks_of(value, &of.name.node), value.span, || {
            format!("this never speaks of `{}`", of.name)
        })?;
        let sum = Expr::Sum { value: summed?, of: Box::new(each) };
        Some((Either::Value(sum), Info { shape: Shape::one(ty), ..info }))
    }
}

/// Whether a test or value names something.
fn speaks_of(node: &Node, name: &str) -> bool {
    let all = |nodes: &[Node]| nodes.iter().any(|node| speaks_of(node, name));
    let begins = |path: &Written| path.parts.first().is_some_and(|part| part.node == name);
    let bound = |binder: &Binder| {
        begins(&binder.list) || binder.filter.as_ref().is_some_and(|test| speaks_of(test, name))
    };
    match &node.kind {
        NodeKind::Literal(_) => false,
        NodeKind::Path(path) => begins(path),
        NodeKind::Not(one)
        | NodeKind::Stated(one)
        | NodeKind::Open(one)
        | NodeKind::Redacted(one) => speaks_of(one, name),
        NodeKind::And(nodes) | NodeKind::Or(nodes) => all(nodes),
        NodeKind::Compare(_, a, b)
        | NodeKind::Mentions(a, b)
        | NodeKind::Plus(a, b)
        | NodeKind::Minus(a, b)
        | NodeKind::ShareOf(a, b)
        | NodeKind::Otherwise(a, b) => speaks_of(a, name) || speaks_of(b, name),
        NodeKind::OneOf(value, members) => speaks_of(value, name) || all(members),
        NodeKind::Within(a, b, c) => [a, b, c].iter().any(|each| speaks_of(each, name)),
        NodeKind::Every(binder, body) => bound(binder) || speaks_of(body, name),
        NodeKind::Some(binder) | NodeKind::No(binder) => bound(binder),
        NodeKind::Many(_, number, binder) => bound(binder) || speaks_of(number, name),
        NodeKind::Count { different, of } => {
            bound(of) || different.as_ref().is_some_and(|value| speaks_of(value, name))
        }
        NodeKind::Sum { value, of } => bound(of) || speaks_of(value, name),
    }
}
