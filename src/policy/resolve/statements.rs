//! The statements of a rule, in whatever order they stand: first names, then conditions, then
//! requirements with what belongs to them.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span, Spanned};
use crate::syntax::policy_ast::{
    ApproverNode, IfMissing, Node, NodeKind, RuleNode, Statement, StatementKind, Waivable,
};
use crate::value::Str;
use crate::vocabulary::Type;

use super::super::rule::{Accept, Applies, ForEvery, Message, Require, Rule, Silence, When};
use super::super::tree::{Expr, Test};
use super::scope::{Stands, guards};
use super::{Info, Resolver, Shape, params};

/// The most lists a rule may go through, one inside the other.
const MOST_BINDERS: usize = 3;
/// The most names of `let` that one may stand for, each counted as often as it comes.
const MOST_LET_NAMES: usize = 1_000;

/// A requirement while its statements are gathered.
struct Group<'n> {
    span: Span,
    test: &'n Node,
    missing: Option<&'n Spanned<IfMissing>>,
    rest: Vec<&'n Statement>,
}

impl Resolver<'_> {
    pub(super) fn rule(&mut self, node: RuleNode, origin: &Arc<Source>) -> Rule {
        let mut rule = Rule {
            id: node.id.node.as_str().into(),
            severity: node.severity,
            docs: Vec::new(),
            sources: Vec::new(),
            profile: None,
            formerly: Vec::new(),
            applies: Applies::Always,
            waivable: Waivable::WithApproval,
            params: Vec::new(),
            lets: Vec::new(),
            binders: Vec::new(),
            whens: Vec::new(),
            requires: Vec::new(),
            reads_as_of: false,
            examples: Vec::new(),
            origin: Arc::clone(origin),
            span: node.span,
            id_span: node.id.span,
        };
        self.hushed.extend(node.lost.iter().cloned());
        self.about(&node, &mut rule);
        self.params(&node.statements);
        self.binders(&node.statements, &mut rule);
        self.lets_and_whens(&node.statements, &mut rule);
        self.requires(&node, &mut rule);
        if !node.partial {
            self.forget(0, "name");
        }
        self.examples(&node);
        rule.params = std::mem::take(&mut self.params);
        rule.lets = std::mem::take(&mut self.lets);
        rule.reads_as_of = self.reads_as_of;
        rule.examples = node.examples;
        rule
    }

    fn params(&mut self, statements: &[Statement]) {
        for statement in statements {
            let StatementKind::Param(node) = &statement.kind else { continue };
            if let Some(param) = params::param(node, &mut self.told) {
                let info = Info::plain(Shape { ty: param.ty, list: param.list });
                self.give(&node.name, Stands::Param(self.params.len()), info);
                self.params.push(param);
            } else {
                // The name is known, whatever is wrong with its value: no second finding for each use.
                self.hush(&node.name);
            }
        }
    }

    fn binders(&mut self, statements: &[Statement], rule: &mut Rule) {
        for statement in statements {
            let StatementKind::ForEvery { name, list } = &statement.kind else { continue };
            let Some((expr, info)) = self.list(list) else {
                self.hush(name);
                continue;
            };
            let Some(slot) = self.new_slot(name.span) else { continue };
            self.expect(slot < MOST_BINDERS, statement.span, || {
                format!("a rule goes through at most {MOST_BINDERS} lists")
            });
            let member = Info {
                shape: Shape { list: false, ..info.shape },
                missing: false,
                reads: info.reads,
                slots: 1 << slot,
            };
            self.give(name, Stands::Bound(slot), member);
            rule.binders.push(ForEvery { name: name.node.to_string(), list: expr });
        }
    }

    /// A name for a value. What it stands for is worked out wherever it is named, so that names that
    /// double one another would never come to an end.
    fn let_name(&mut self, name: &Spanned<Str>, value: &Node) {
        self.named = 0;
        let Some((expr, info)) = self.value(value, None) else { return self.hush(name) };
        let named = self.named;
        let few = self.refuse("policy/nesting", named > MOST_LET_NAMES, name.span, || {
            format!(
                "`{}` stands for {named} names of `let` all in all; at most {MOST_LET_NAMES} are read",
                name.node
            )
        });
        if few.is_none() {
            return self.hush(name);
        }
        self.give(name, Stands::Let(self.lets.len()), info);
        self.lets.push(expr);
        self.let_names.push(named);
    }

    fn lets_and_whens(&mut self, statements: &[Statement], rule: &mut Rule) {
        for statement in statements {
            match &statement.kind {
                StatementKind::Let { name, value } => self.let_name(name, value),
                StatementKind::When { test, missing } => {
                    let silence =
                        self.condition(test, missing.as_ref(), "applies` or `not applicable");
                    self.stated.extend(guards(test).held);
                    if let Some((test, info, silence)) = silence {
                        let depth = (u128::BITS - info.slots.leading_zeros()) as usize;
                        let if_missing = match silence {
                            None | Some(IfMissing::NotApplicable) => false,
                            Some(IfMissing::Applies) => true,
                            Some(IfMissing::Fail | IfMissing::Pass) => {
                                let span =
                                    missing.as_ref().map_or(statement.span, |word| word.span);
                                self.expect(false, span, || "a `when` that misses something `applies`, or is `not applicable`".to_owned());
                                false
                            }
                        };
                        rule.whens.push(When { test, if_missing, depth });
                    }
                }
                _ => {}
            }
        }
    }

    /// A test that reads something, and says what silence means exactly where something may be missing.
    fn condition(
        &mut self,
        node: &Node,
        missing: Option<&Spanned<IfMissing>>,
        choices: &str,
    ) -> Option<(Test, Info, Option<IfMissing>)> {
        let (test, info) = self.test(node)?;
        self.constant_test(info, node.span)?;
        self.unprovided |= info.missing && missing.is_none();
        match (info.missing, missing) {
            (true, None) if !self.lenient => {
                let told = Diagnostic::error(
                    "policy/if-missing",
                    "this reads something that may be missing",
                    node.span,
                );
                self.told.push(
                    told.label("what if it is not stated?")
                        .help(format!("add `, if missing` and `{choices}`")),
                );
                None
            }
            (false, Some(word)) if !self.lenient => {
                let told = Diagnostic::error(
                    "policy/if-missing",
                    "nothing here can be missing",
                    word.span,
                );
                self.told.push(told.help("leave `if missing` out"));
                None
            }
            (_, word) => Some((test, info, word.map(|word| word.node))),
        }
    }

    fn requires(&mut self, node: &RuleNode, rule: &mut Rule) {
        let mut groups: Vec<Group<'_>> = Vec::new();
        for statement in &node.statements {
            match (&statement.kind, groups.last_mut()) {
                (StatementKind::Require { test, missing }, _) => {
                    groups.push(Group {
                        span: statement.span,
                        test,
                        missing: missing.as_ref(),
                        rest: Vec::new(),
                    });
                }
                (
                    StatementKind::Accept { .. }
                    | StatementKind::Say(_)
                    | StatementKind::Missing(_)
                    | StatementKind::Help(_),
                    last,
                ) => match last {
                    Some(group) => group.rest.push(statement),
                    None if node.partial => {}
                    None => {
                        let told = Diagnostic::error(
                            "policy/no-require",
                            "this belongs to a `require`, and there is none above it",
                            statement.span,
                        );
                        self.told.push(told);
                    }
                },
                _ => {}
            }
        }
        if groups.is_empty() && !node.partial {
            let told = Diagnostic::error(
                "policy/no-require",
                format!("`{}` requires nothing", node.id),
                node.id.span,
            );
            self.told.push(
                told.help("say what must hold: require right.notice >= 90 days, if missing fail"),
            );
        }
        for group in groups {
            let required = self.require(&group, node.partial);
            rule.requires.extend(required);
        }
    }

    fn require(&mut self, group: &Group<'_>, partial: bool) -> Option<Require> {
        let condition =
            self.condition(group.test, group.missing, "fail`, `pass` or `not applicable");
        let (names, stated) = (self.names.len(), self.stated.len());
        let each = match condition.as_ref().map(|(test, ..)| test) {
            Some(Test::Every(each, _) | Test::No(each)) => Some(each.slot),
            _ => None,
        };
        let hushed = self.hushed.len();
        if let NodeKind::Every(binder, _) | NodeKind::No(binder) = &group.test.kind {
            match each.and_then(|slot| Some((slot, self.path(&binder.list)?.1))) {
                Some((slot, of)) => {
                    let info = Info {
                        shape: Shape { list: false, ..of.shape },
                        missing: false,
                        reads: true,
                        slots: 1 << slot,
                    };
                    self.give(&binder.name, Stands::Bound(slot), info);
                }
                None => self.hush(&binder.name),
            }
        }
        let if_missing = match condition.as_ref().and_then(|(.., silence)| *silence) {
            Some(IfMissing::Pass) => Silence::Passes,
            Some(IfMissing::NotApplicable) => Silence::NotApplicable,
            Some(IfMissing::Fail) | None => Silence::Fails,
            Some(IfMissing::Applies) => {
                let span = group.missing.map_or(group.span, |word| word.span);
                self.expect(false, span, || {
                    "a `require` that misses something has to `fail`, `pass` or be `not applicable`"
                        .to_owned()
                });
                Silence::Fails
            }
        };
        let said = self.said(group, partial);
        self.names.truncate(names);
        self.stated.truncate(stated);
        self.hushed.truncate(hushed);
        let (test, ..) = condition?;
        Some(Require { test, if_missing, ..said? })
    }

    /// What is said where a requirement does not hold, and who may approve what.
    fn said(&mut self, group: &Group<'_>, partial: bool) -> Option<Require> {
        let (mut say, mut missing, mut help) = (None, None, None);
        let mut accepts = Vec::new();
        for statement in &group.rest {
            let (text, to) = match &statement.kind {
                StatementKind::Say(text) => (text, &mut say),
                StatementKind::Missing(text) => {
                    if group.missing.is_none_or(|word| word.node != IfMissing::Fail) {
                        let told = Diagnostic::error(
                            "policy/message",
                            "`missing` is said where `if missing fail` is",
                            statement.span,
                        );
                        self.told.push(told);
                    }
                    (text, &mut missing)
                }
                StatementKind::Help(text) => (text, &mut help),
                StatementKind::Accept { test, approver } => {
                    accepts.extend(self.accept(test, approver));
                    continue;
                }
                _ => continue,
            };
            let message = self.message(text);
            if to.replace(message).is_some() {
                let told = Diagnostic::error(
                    "policy/twice",
                    "a requirement has one message of a kind",
                    statement.span,
                );
                self.told.push(told);
            }
        }
        if say.is_none() && !partial {
            let told = Diagnostic::error(
                "policy/no-say",
                "this requirement says nothing where it does not hold",
                group.span,
            );
            self.told.push(told.help("add: say \"what is, and what is asked\""));
        }
        let say: Message = say?;
        let test = Test::And(Vec::new());
        Some(Require { test, if_missing: Silence::Fails, accepts, say, missing, help })
    }

    fn accept(&mut self, test: &Node, approver: &ApproverNode) -> Option<Accept> {
        let resolved = self.test(test);
        let approver = match approver {
            ApproverNode::Named(name) => {
                Expr::Constant(crate::vocabulary::Value::Text(name.node.to_string().into()))
            }
            ApproverNode::Path(path) => {
                let (expr, info) = self.path(path)?;
                let person =
                    matches!(info.shape.ty, Type::Record(record) if record.name == "Person");
                let named = person || matches!(info.shape.ty, Type::Text | Type::Name);
                self.expect(named && !info.shape.list, path.span, || {
                    format!("an approver is a name, not {}", info.shape.said())
                })?;
                expr
            }
        };
        let (resolved, info) = resolved?;
        self.constant_test(info, test.span)?;
        Some(Accept { test: resolved, approver })
    }

    /// A test has to read a fact.
    fn constant_test(&mut self, info: Info, span: Span) -> Option<()> {
        self.refuse("policy/constant", !info.reads, span, || {
            "this reads nothing of the agreement, so its answer is always the same".to_owned()
        })
    }

    /// A name whose meaning could not be made out: it is known, and every use of it is let pass.
    fn hush(&mut self, name: &Spanned<Str>) {
        self.hushed.push(name.node.to_string());
    }
}
