//! A rule as written becomes a rule that can be asked: names become facts, types agree, silence is
//! provided for. Whatever does not fit is told, and the rule is left out.

mod about;
mod expression;
pub(super) mod literal;
mod members;
mod message;
pub(super) mod params;
mod scope;
mod statements;
mod words;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};
use crate::syntax::policy_ast::{Path as Written, RuleNode};
use crate::vocabulary::Type;

use super::rule::{Param, Rule};
use super::tree::{Expr, Test};
use scope::Name;

/// The most names a rule may bind.
const MOST_NAMES: usize = 120;

/// A rule that is fit to be asked, if nothing is wrong with it, and which examples it lacks.
pub(super) fn rule(
    node: RuleNode,
    origin: &Arc<Source>,
    told: &mut Vec<Diagnostic>,
) -> (Option<Rule>, Vec<Diagnostic>) {
    let mut resolver = Resolver::new(origin.text(), false);
    let rule = resolver.rule(node, origin);
    let clean = resolver.told.is_empty();
    told.append(&mut resolver.told);
    (clean.then_some(rule), resolver.lacking)
}

/// A rule made by changing another: what the change makes needless or doubtful is let pass. Also
/// whether it would not load, because something may be missing and it does not say what then.
pub(super) fn changed(node: RuleNode, origin: &Arc<Source>) -> (Rule, bool) {
    let mut resolver = Resolver::new(origin.text(), true);
    let rule = resolver.rule(node, origin);
    (rule, resolver.unprovided)
}

/// What is known while a rule is resolved.
struct Resolver<'s> {
    text: &'s str,
    /// Whether what is needless or doubtful is let pass.
    lenient: bool,
    /// Whether something may be missing, and what then is not said.
    unprovided: bool,
    told: Vec<Diagnostic>,
    /// The examples that the rule has to have and has not.
    lacking: Vec<Diagnostic>,
    names: Vec<Name>,
    /// Paths that are known to be stated here.
    stated: Vec<String>,
    /// How many binders have a slot.
    slots: usize,
    params: Vec<Param>,
    lets: Vec<Expr>,
    /// How many names each of them stands for, those that these stand for included.
    let_names: Vec<usize>,
    /// How many names of `let` were met so far, counted like this.
    named: usize,
    /// Names whose meaning could not be made out, which is told: their uses are let pass.
    hushed: Vec<String>,
    reads_as_of: bool,
}

/// A test or a value.
enum Either {
    Test(Test),
    Value(Expr),
}

/// A type, of each member where it is a list.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Shape {
    ty: Type,
    list: bool,
}

impl Shape {
    const FLAG: Self = Self::one(Type::Flag);

    const fn one(ty: Type) -> Self {
        Self { ty, list: false }
    }

    const fn of(ty: Type) -> Self {
        match ty {
            Type::List(of) => Self { ty: *of, list: true },
            one => Self::one(one),
        }
    }

    /// Whether values of the two can be the same: money is a quantity, a name is text.
    fn meets(self, other: Self) -> bool {
        let kin = |a, b| matches!((a, b), (Type::Money, Type::Quantity) | (Type::Text, Type::Name));
        self.list == other.list
            && (self.ty == other.ty || kin(self.ty, other.ty) || kin(other.ty, self.ty))
    }
}

/// What is known of a value before any agreement is read.
#[derive(Debug, Clone, Copy)]
struct Info {
    shape: Shape,
    /// Whether it may be missing.
    missing: bool,
    /// Whether it reads any fact.
    reads: bool,
    /// The binders it speaks of.
    slots: u128,
}

impl Info {
    const fn plain(shape: Shape) -> Self {
        Self { shape, missing: false, reads: false, slots: 0 }
    }

    /// What is made of this and another.
    const fn with(self, other: Self, shape: Shape) -> Self {
        Self {
            shape,
            missing: self.missing || other.missing,
            reads: self.reads || other.reads,
            slots: self.slots | other.slots,
        }
    }
}

impl<'s> Resolver<'s> {
    const fn new(text: &'s str, lenient: bool) -> Self {
        Self {
            text,
            lenient,
            unprovided: false,
            told: Vec::new(),
            lacking: Vec::new(),
            names: Vec::new(),
            stated: Vec::new(),
            slots: 0,
            params: Vec::new(),
            lets: Vec::new(),
            let_names: Vec::new(),
            named: 0,
            hushed: Vec::new(),
            reads_as_of: false,
        }
    }

    /// The words under a span, on one line.
    fn text(&self, span: Span) -> String {
        let text = self.text.get(span.start as usize..span.end as usize).unwrap_or("");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn new_slot(&mut self, span: Span) -> Option<usize> {
        let slot = self.slots;
        self.expect(slot < MOST_NAMES, span, || {
            format!("a rule binds at most {MOST_NAMES} names")
        })?;
        self.slots += 1;
        Some(slot)
    }

    /// The list a name is bound to the members of.
    fn list(&mut self, path: &Written) -> Option<(Expr, Info)> {
        let (list, info) = self.path(path)?;
        self.refuse("policy/list", !info.shape.list, path.span, || {
            format!("`{}` is no list, but {}", self_text(path), info.shape.said())
        })?;
        Some((list, info))
    }
}

fn self_text(path: &Written) -> String {
    path.parts.iter().map(|part| part.node.as_str()).collect::<Vec<_>>().join(".")
}
