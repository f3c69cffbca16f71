//! Mutants: a rule with one thing in it changed. An example that still answers as before has not
//! noticed; what none notices, no example proves.

mod figure;
mod node;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::source::{Source, Span, Spanned};
use crate::syntax::policy_ast::{
    IfMissing, Literal, Node, ParamNode, RuleNode, Statement, StatementKind,
};
use crate::value::Str;

use super::resolve;
use super::rule::Rule;
use super::written::{words, written};

/// A rule with one thing changed.
pub(crate) struct Mutant {
    /// Where the change is.
    pub(crate) span: Span,
    /// What was changed, as in `` `>=` became `>` ``.
    pub(crate) change: String,
    /// What the rule became; it has no examples.
    pub(crate) rule: Arc<Rule>,
    /// Whether it would not load: something may be missing, and it does not say what then.
    pub(crate) refused: bool,
    /// The number of the statement.
    pub(crate) statement: usize,
}

/// A change that the rule says no example can notice.
pub(crate) struct Pardon {
    /// The change.
    pub(crate) change: Spanned<Str>,
    /// The number of the statement it speaks of.
    pub(crate) statement: usize,
}

impl Pardon {
    /// Whether it is this change that it speaks of.
    pub(crate) fn covers(&self, mutant: &Mutant) -> bool {
        self.statement == mutant.statement && self.change.node == plain(&mutant.change)
    }
}

/// A change as an `equivalent` names it: no marks around the words, and none that quotes would hide.
pub(crate) fn plain(change: &str) -> String {
    change.replace('`', "")
}

/// All that one change makes of a rule, and the changes it pardons.
pub(crate) fn mutants(rule: &Rule) -> (Vec<Mutant>, Vec<Pardon>) {
    let Some(node) = written(rule) else { return (Vec::new(), Vec::new()) };
    let mut mutants = Vec::new();
    let mut pardons = Vec::new();
    let mut judging = 0;
    for (at, statement) in node.statements.iter().enumerate() {
        if let StatementKind::Equivalent { changes } = &statement.kind {
            pardons.extend(
                changes.iter().map(|change| Pardon { change: change.clone(), statement: judging }),
            );
            continue;
        }
        if statement.kind.is_judging() {
            judging = at;
        }
        let mut changes = Changes { origin: &rule.origin, list: Vec::new() };
        changes.of_statement(&node, at);
        let made = changes.numbered().into_iter().filter_map(|Change { span, said, to }| {
            let (made, refused) = made(&node, at, to, rule)?;
            Some(Mutant { span, change: said, rule: made, refused, statement: at })
        });
        mutants.extend(made);
    }
    (mutants, pardons)
}

/// The rule made anew, as a change makes it, with nothing changed.
#[cfg(test)]
pub(crate) fn unchanged(rule: &Rule) -> Option<Arc<Rule>> {
    let node = written(rule)?;
    let first = node.statements.first()?.kind.clone();
    made(&node, 0, Some(first), rule).map(|(made, _)| made)
}

/// The rule with a statement replaced, or left out with what belongs to it.
fn made(
    node: &RuleNode,
    at: usize,
    to: Option<StatementKind>,
    rule: &Rule,
) -> Option<(Arc<Rule>, bool)> {
    let mut node = node.clone();
    let dropped = to.is_none();
    let was = if let Some(to) = to {
        std::mem::replace(&mut node.statements[at].kind, to)
    } else {
        let was = node.statements.remove(at).kind;
        if matches!(was, StatementKind::Require { .. }) {
            while node.statements.get(at).is_some_and(|next| belongs(&next.kind)) {
                node.statements.remove(at);
            }
        }
        was
    };
    let (made, refused) = resolve::changed(node, &rule.origin);
    let gone = |is: bool| usize::from(dropped && is);
    let (require, when) =
        (matches!(was, StatementKind::Require { .. }), matches!(was, StatementKind::When { .. }));
    // A change that leaves no rule that can be asked is none, such as a default out of its bounds.
    let whole = made.requires.len() + gone(require) == rule.requires.len()
        && made.whens.len() + gone(when) == rule.whens.len()
        && made.lets.len() == rule.lets.len()
        && made.params.len() == rule.params.len();
    whole.then(|| (Arc::new(made), refused))
}

/// Whether a statement belongs to the `require` above it.
const fn belongs(kind: &StatementKind) -> bool {
    matches!(
        kind,
        StatementKind::Say(_)
            | StatementKind::Missing(_)
            | StatementKind::Help(_)
            | StatementKind::Accept { .. }
            | StatementKind::Equivalent { .. }
    )
}

/// One change of a statement.
struct Change {
    span: Span,
    said: String,
    /// What the statement becomes; nothing where it is dropped.
    to: Option<StatementKind>,
}

/// The changes of a statement, while they are gathered.
struct Changes<'a> {
    origin: &'a Source,
    list: Vec<Change>,
}

impl Changes<'_> {
    fn push(&mut self, span: Span, said: String, to: Option<StatementKind>) {
        self.list.push(Change { span, said, to });
    }

    /// The same change twice in a statement: the first and the second.
    fn numbered(self) -> Vec<Change> {
        const NTH: [&str; 8] =
            ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];
        let names: Vec<String> = self.list.iter().map(|change| change.said.clone()).collect();
        let number = |(at, mut change): (usize, Change)| {
            if names.iter().filter(|name| **name == change.said).count() > 1 {
                let before = names[..at].iter().filter(|name| **name == change.said).count();
                change.said = format!("{} {}", NTH.get(before).unwrap_or(&"later"), change.said);
            }
            change
        };
        self.list.into_iter().enumerate().map(number).collect()
    }

    fn of_statement(&mut self, node: &RuleNode, at: usize) {
        let Statement { span, kind } = &node.statements[at];
        match kind {
            StatementKind::Applies { every_kind_but, kinds } => self.kinds(*every_kind_but, kinds),
            StatementKind::Param(param) => self.param(param),
            StatementKind::Let { name, value } => {
                for found in node::changes(value, self.origin) {
                    let to = StatementKind::Let { name: name.clone(), value: found.to };
                    self.push(found.span, found.said, Some(to));
                }
            }
            StatementKind::When { test, missing } => {
                self.test(test, |test| StatementKind::When { test, missing: *missing });
                if let Some(to) = node::negated(test) {
                    let to = StatementKind::When { test: to, missing: *missing };
                    self.push(*span, "`when` became `when not`".to_owned(), Some(to));
                }
                self.silence(missing.as_ref(), |missing| StatementKind::When {
                    test: test.clone(),
                    missing,
                });
                self.push(*span, "`when` dropped".to_owned(), None);
            }
            StatementKind::Require { test, missing } => {
                self.test(test, |test| StatementKind::Require { test, missing: *missing });
                self.silence(missing.as_ref(), |missing| StatementKind::Require {
                    test: test.clone(),
                    missing,
                });
                let is_require =
                    |each: &&Statement| matches!(each.kind, StatementKind::Require { .. });
                if node.statements.iter().filter(is_require).count() > 1 {
                    self.push(*span, "`require` dropped".to_owned(), None);
                }
            }
            StatementKind::Accept { test, approver } => {
                self.test(test, |test| StatementKind::Accept { test, approver: approver.clone() });
                self.push(*span, "`accept` dropped".to_owned(), None);
            }
            _ => {}
        }
    }

    fn test(&mut self, test: &Node, statement: impl Fn(Node) -> StatementKind) {
        for found in node::test_changes(test, self.origin) {
            self.push(found.span, found.said, Some(statement(found.to)));
        }
    }

    /// What silence means, and every other answer.
    fn silence(
        &mut self,
        missing: Option<&Spanned<IfMissing>>,
        statement: impl Fn(Option<Spanned<IfMissing>>) -> StatementKind,
    ) {
        let Some(missing) = missing else { return };
        let others: &[IfMissing] = match missing.node {
            IfMissing::Fail => &[IfMissing::Pass, IfMissing::NotApplicable],
            IfMissing::Pass => &[IfMissing::Fail, IfMissing::NotApplicable],
            IfMissing::Applies => &[IfMissing::NotApplicable],
            IfMissing::NotApplicable => match statement(None) {
                StatementKind::When { .. } => &[IfMissing::Applies],
                _ => &[IfMissing::Fail, IfMissing::Pass],
            },
        };
        let word = |means| match means {
            IfMissing::Fail => "fail",
            IfMissing::Pass => "pass",
            IfMissing::Applies => "applies",
            IfMissing::NotApplicable => "not applicable",
        };
        for other in others {
            let said =
                format!("`if missing {}` became `if missing {}`", word(missing.node), word(*other));
            let to = statement(Some(Spanned::new(*other, missing.span)));
            self.push(missing.span, said, Some(to));
        }
    }

    fn kinds(&mut self, every_kind_but: bool, kinds: &[Spanned<Str>]) {
        if kinds.len() + usize::from(every_kind_but) < 2 {
            return;
        }
        for (at, kind) in kinds.iter().enumerate() {
            let kinds = without(kinds, at);
            let to = StatementKind::Applies { every_kind_but, kinds };
            self.push(kind.span, format!("`{}` dropped", kind.node), Some(to));
        }
    }

    fn param(&mut self, param: &ParamNode) {
        self.values(param, &param.values, |param, values| param.values = values);
        for (index, (_, values)) in param.per_kind.iter().enumerate() {
            self.values(param, values, |param, values| param.per_kind[index].1 = values);
        }
    }

    fn values(
        &mut self,
        param: &ParamNode,
        values: &[Spanned<Literal>],
        set: impl Fn(&mut ParamNode, Vec<Spanned<Literal>>),
    ) {
        let with = |values| {
            let mut param = param.clone();
            set(&mut param, values);
            Some(StatementKind::Param(param))
        };
        for (at, value) in values.iter().enumerate() {
            let written = words(self.origin, value.span);
            if param.list && values.len() > 1 {
                self.push(value.span, format!("`{written}` dropped"), with(without(values, at)));
            }
            for (to, said) in figure::steps(&value.node) {
                let mut values = values.to_vec();
                values[at].node = to;
                self.push(value.span, format!("`{written}` became `{said}`"), with(values));
            }
        }
    }
}

/// All but one.
fn without<T: Clone>(all: &[T], at: usize) -> Vec<T> {
    let mut rest = all.to_vec();
    rest.remove(at);
    rest
}
