//! The parts of a test or a value, each with what it comes to: written and resolved side by side.

use crate::policy::{Each, Expr, Members, Root, Test, spelled};
use crate::syntax::policy_ast::{Binder, Node, NodeKind};
use crate::vocabulary::Fact;

use super::super::eval::{Bound, Scope};
use super::super::operand::Operand;
use super::super::truth::Truth;
use super::super::words;
use super::{Stands, Tracer, several};

impl<'a> Tracer<'a, '_> {
    /// What a test comes to, in words.
    pub(super) fn answer(&self, test: &'a Test, scope: Scope<'_, 'a>) -> String {
        match self.asking.truth(test, scope) {
            Truth::True => "yes".to_owned(),
            Truth::False => "no".to_owned(),
            Truth::Missing => "not stated".to_owned(),
            Truth::Unclear => match self.asking.explain(test, scope).reason {
                Some(reason) if reason.starts_with("whether") => format!("cannot tell {reason}"),
                Some(reason) => format!("cannot tell, {reason}"),
                None => "cannot tell".to_owned(),
            },
        }
    }

    pub(super) fn test(
        &mut self,
        before: &str,
        node: &Node,
        test: &'a Test,
        scope: Scope<'_, 'a>,
        depth: usize,
    ) {
        if let (NodeKind::Path(_), Test::Flag(value)) = (&node.kind, test) {
            return self.value(node, value, scope, depth);
        }
        let said = format!("{before}{}: {}", self.words(node.span), self.answer(test, scope));
        self.push(depth, said, None);
        self.parts(node, test, scope, depth + 1);
    }

    /// What a test is made of.
    pub(super) fn parts(
        &mut self,
        node: &Node,
        test: &'a Test,
        scope: Scope<'_, 'a>,
        depth: usize,
    ) {
        match (&node.kind, test) {
            (NodeKind::And(nodes), Test::And(tests)) | (NodeKind::Or(nodes), Test::Or(tests)) => {
                for (node, test) in nodes.iter().zip(tests) {
                    self.test("", node, test, scope, depth);
                }
            }
            (NodeKind::Not(inner), Test::Not(test)) => match &inner.kind {
                // Its parts say more than the same test without the `not`.
                NodeKind::And(_) | NodeKind::Or(_) => self.test("", inner, test, scope, depth),
                _ => self.parts(inner, test, scope, depth),
            },
            (NodeKind::Every(binder, body), Test::Every(each, test)) => {
                self.members(binder, each, Some((&**body, &**test)), scope, depth);
            }
            (NodeKind::Some(binder), Test::Some(each)) | (NodeKind::No(binder), Test::No(each)) => {
                self.members(binder, each, None, scope, depth);
            }
            (NodeKind::Many(_, number, binder), Test::Compare(_, sides)) => {
                if let [Expr::Count { of, .. }, most] = &**sides {
                    self.members(binder, of, None, scope, depth);
                    self.value(number, most, scope, depth);
                }
            }
            (NodeKind::Compare(_, left, right), Test::Compare(_, sides))
            | (NodeKind::Mentions(left, right), Test::Mentions(sides)) => {
                self.value(left, &sides[0], scope, depth);
                self.value(right, &sides[1], scope, depth);
            }
            (NodeKind::Stated(of), Test::Stated(value))
            | (NodeKind::Open(of), Test::Open(value))
            | (NodeKind::Redacted(of), Test::Redacted(value)) => {
                self.value(of, value, scope, depth);
            }
            (NodeKind::OneOf(of, among), Test::OneOf(value, members)) => {
                self.value(of, value, scope, depth);
                let members: Vec<&'a Expr> = match members {
                    Members::Written(members) => members.iter().collect(),
                    Members::List(list) => vec![&**list],
                };
                for (node, member) in among.iter().zip(members) {
                    self.value(node, member, scope, depth);
                }
            }
            (NodeKind::Within(of, low, high), Test::Within(values)) => {
                for (node, value) in [of, low, high].into_iter().zip(&**values) {
                    self.value(node, value, scope, depth);
                }
            }
            (_, Test::Flag(value)) => match &**value {
                Expr::Test(test) => self.parts(node, test, scope, depth),
                value => self.value(node, value, scope, depth),
            },
            _ => {}
        }
    }

    /// A value; what is written out is its own answer.
    fn value(&mut self, node: &Node, value: &'a Expr, scope: Scope<'_, 'a>, depth: usize) {
        match value {
            Expr::Constant(_) => return,
            // A member as it is was named above.
            Expr::Path(path) if path.fields.is_empty() && matches!(path.root, Root::Bound(_)) => {
                return;
            }
            Expr::Test(test) => return self.test("", node, test, scope, depth),
            _ => {}
        }
        let operand = self.asking.value(value, scope);
        let is = match &operand {
            Operand::Fact(Fact::Absent) => ": not stated".to_owned(),
            Operand::Fact(Fact::Unreadable(_)) => ": cannot tell, it could not be read".to_owned(),
            Operand::Fact(Fact::Unclear(why, _)) => format!(": cannot tell, {why}"),
            operand => format!(" = {}", self.said(value, operand)),
        };
        let text = format!("{}{is}", self.words(node.span));
        let at = self.stands(value, scope);
        self.push(depth, text, at);
        self.made_of(node, value, scope, depth + 1);
    }

    fn said(&self, value: &'a Expr, operand: &Operand<'a>) -> String {
        let Expr::Param(index) = value else {
            return words::operand(operand, self.subject.source);
        };
        let values = self.asking.param(*index).iter().map(spelled).collect::<Vec<_>>().join(", ");
        let set = self.rule.params.get(*index).is_some_and(|param| param.set.is_some());
        if set { format!("{values}, as configured") } else { values }
    }

    /// Where a value stands.
    fn stands(&self, value: &'a Expr, scope: Scope<'_, 'a>) -> Option<Stands> {
        if let Expr::Param(index) = value {
            return self.param(*index).map(|param| Stands::InRule(param.name.span));
        }
        let places = self.asking.places(value, scope);
        let site = places.absent.or(places.open).or(places.primary);
        site.map(|site| Stands::InAgreement(site.span))
    }

    /// What a value is computed from.
    fn made_of(&mut self, node: &Node, value: &'a Expr, scope: Scope<'_, 'a>, depth: usize) {
        match (&node.kind, value) {
            (_, Expr::Let(index)) => {
                let rule = self.rule;
                let (Some(node), Some(value)) = (self.let_value(*index), rule.lets.get(*index))
                else {
                    return;
                };
                match (&node.kind, value) {
                    (NodeKind::Path(_), _) => self.value(node, value, scope, depth),
                    (_, Expr::Test(test)) => self.parts(node, test, scope, depth),
                    _ => self.made_of(node, value, scope, depth),
                }
            }
            (NodeKind::Plus(left, right), Expr::Plus(sides))
            | (NodeKind::Minus(left, right), Expr::Minus(sides))
            | (NodeKind::ShareOf(left, right), Expr::ShareOf(sides)) => {
                self.value(left, &sides[0], scope, depth);
                self.value(right, &sides[1], scope, depth);
            }
            (NodeKind::Otherwise(left, right), Expr::Otherwise(sides)) => {
                self.value(left, &sides[0], scope, depth);
                if self.asking.value(&sides[0], scope).is_absent() {
                    self.value(right, &sides[1], scope, depth);
                }
            }
            (NodeKind::Count { different, of: binder }, Expr::Count { different: value, of }) => {
                let value = different.as_deref().zip(value.as_deref());
                self.each(binder, of, scope, depth, |tracer, scope, depth| {
                    if let Some((node, value)) = value {
                        tracer.value(node, value, scope, depth);
                    }
                });
            }
            (NodeKind::Sum { value: node, of: binder }, Expr::Sum { value, of }) => {
                self.each(binder, of, scope, depth, |tracer, scope, depth| {
                    tracer.value(node, value, scope, depth);
                });
            }
            _ => {}
        }
    }

    /// The members of a list, and what is asked of each that counts.
    fn members(
        &mut self,
        binder: &Binder,
        each: &'a Each,
        body: Option<(&Node, &'a Test)>,
        scope: Scope<'_, 'a>,
        depth: usize,
    ) {
        self.each(binder, each, scope, depth, |tracer, scope, depth| {
            if let Some((node, test)) = body {
                tracer.test("", node, test, scope, depth);
            }
        });
    }

    /// The members of a list that is bound to a name, what is asked of which of them, and the rest.
    pub(super) fn each(
        &mut self,
        binder: &Binder,
        each: &'a Each,
        scope: Scope<'_, 'a>,
        depth: usize,
        inner: impl Fn(&mut Self, Scope<'_, 'a>, usize),
    ) {
        let listed = self.asking.list(&each.list, scope);
        let place = listed.place.clone();
        let members: Vec<_> = listed.members.collect();
        let text = format!("{}: {}", self.words(binder.list.span), several(members.len()));
        let listed_at = place.as_ref().map(|place| Stands::InAgreement(place.span));
        let at = listed_at.or_else(|| self.stands(&each.list, scope));
        self.push(depth, text, at);
        for member in &members {
            let bound = Bound { slot: each.slot, fact: member, home: place.as_ref(), outer: scope };
            self.member(&binder.name.node, &bound, depth + 1);
            let scope = Some(&bound);
            if let (Some(node), Some(filter)) = (&binder.filter, &each.filter) {
                self.test("where ", node, filter, scope, depth + 2);
            }
            if self.asking.passes(each, scope) != Truth::False {
                inner(self, scope, depth + 2);
            }
        }
        self.hidden(listed.doubt, depth + 1);
    }
}
