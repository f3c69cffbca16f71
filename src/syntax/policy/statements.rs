//! Rules and their statements, from pairs to tree.

use super::super::cursor::Cursor;
use super::super::grammar::Rule;
use super::super::values;
use super::Walk;
use super::ast::{
    ApproverNode, IfMissing, ParamNode, PolicyFile, RuleNode, Statement, StatementKind, Waivable,
};
use super::explain;
use crate::diagnostic::{Diagnostic, Severity, near_name};
use crate::source::{Span, Spanned};

impl Walk<'_> {
    /// A whole file; an example belongs to the rule above it.
    pub(super) fn file(&mut self, cursor: Cursor<'_>) -> PolicyFile {
        let mut file = PolicyFile::default();
        let mut lost = false;
        for block in cursor {
            match block.kind {
                Rule::rule_block => file.rules.push(self.rule(block)),
                Rule::example_block => {
                    let example = self.example(block);
                    if let Some(rule) = file.rules.last_mut() {
                        rule.span = rule.span.to(example.body);
                        rule.examples.push(example);
                    } else if !std::mem::replace(&mut lost, true) {
                        let told = Diagnostic::error(
                            "policy/example-alone",
                            "this example belongs to no rule",
                            example.span,
                        );
                        self.told.push(told.help("put it below the rule it is an example of"));
                    }
                }
                Rule::bad_block => {
                    lost |= block.text().starts_with("rule");
                    self.told.push(explain::block(&block));
                    if let Some(rule) = file.rules.last_mut() {
                        rule.partial = true;
                    }
                }
                _ => {}
            }
        }
        file
    }

    fn rule(&mut self, mut cursor: Cursor<'_>) -> RuleNode {
        let span = cursor.span;
        let mut head = cursor.expect();
        let id = head.expect().spanned();
        if id.node.split('/').count() != 2 {
            let told = Diagnostic::error(
                "policy/rule-id",
                format!("`{}` is no rule id", id.node),
                id.span,
            );
            self.told
                .push(told.help("write a topic and what it asks for, as in `exit/notice-stated`"));
        }
        let severity = self.severity(&head.expect());
        let mut statements = Vec::new();
        let mut partial = false;
        let mut lost = Vec::new();
        for line in cursor {
            if line.kind == Rule::bad_line {
                partial = true;
                let words = line.text().split(|c: char| !(c.is_alphanumeric() || c == '-'));
                lost.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
                self.told.push(explain::line(&line));
            } else {
                let span = explain::trimmed(line.text(), line.span);
                statements.push(Statement { span, kind: self.statement(line) });
            }
        }
        RuleNode { id, severity, statements, examples: Vec::new(), span, partial, lost }
    }

    fn severity(&mut self, word: &Cursor<'_>) -> Severity {
        Severity::from_word(word.text()).unwrap_or_else(|| {
            let told = Diagnostic::error(
                "policy/severity",
                format!("`{}` is no severity", word.text()),
                word.span,
            );
            let near = near_name(word.text(), ["error", "warning", "advice"]);
            self.told.push(told.help(
                near.unwrap_or_else(|| "a rule is an error, a warning or advice".to_owned()),
            ));
            Severity::Error
        })
    }

    fn statement(&mut self, mut line: Cursor<'_>) -> StatementKind {
        match line.kind {
            Rule::doc_line => StatementKind::Doc(line.expect().text().trim_end().to_owned()),
            Rule::source_line => StatementKind::Source(
                line.map(|text| values::text(&text).node.to_string()).collect(),
            ),
            Rule::profile_line => StatementKind::Profile(line.map(|word| word.spanned()).collect()),
            Rule::formerly_line => StatementKind::Formerly(line.expect().spanned()),
            Rule::applies_line => {
                let every_kind_but = line.take_kind(Rule::every_kind).is_some();
                StatementKind::Applies {
                    every_kind_but,
                    kinds: line.map(|word| word.spanned()).collect(),
                }
            }
            Rule::waivable_line => StatementKind::Waivable(match line.expect().kind {
                Rule::waived_inline => Waivable::Inline,
                Rule::waived_never => Waivable::Never,
                _ => Waivable::WithApproval,
            }),
            Rule::param_line => StatementKind::Param(self.param(line)),
            Rule::for_line => StatementKind::ForEvery {
                name: self.name(&line.expect()),
                list: self.path(&line.expect()),
            },
            Rule::let_line => {
                StatementKind::Let { name: self.name(&line.expect()), value: self.test(&mut line) }
            }
            Rule::when_line => {
                let test = self.test(&mut line);
                StatementKind::When { test, missing: if_missing(line) }
            }
            Rule::require_line => {
                let test = self.test(&mut line);
                StatementKind::Require { test, missing: if_missing(line) }
            }
            Rule::accept_line => {
                let test = self.test(&mut line);
                let by = line.expect();
                let approver = match by.kind {
                    Rule::text => ApproverNode::Named(values::text(&by)),
                    _ => ApproverNode::Path(self.path(&by)),
                };
                StatementKind::Accept { test, approver }
            }
            Rule::say_line => StatementKind::Say(values::text(&line.expect())),
            Rule::missing_line => StatementKind::Missing(values::text(&line.expect())),
            Rule::help_line => StatementKind::Help(values::text(&line.expect())),
            Rule::equivalent_line => {
                let mut changes: Vec<_> = line.map(|text| values::text(&text)).collect();
                // The last of them is why.
                changes.pop();
                StatementKind::Equivalent { changes }
            }
            other => unreachable!("{other:?} is no statement"),
        }
    }

    fn param(&mut self, mut line: Cursor<'_>) -> ParamNode {
        let name = self.name(&line.expect());
        let mut ty = line.expect();
        let list = ty.take_kind(Rule::list_of).is_some();
        let ty = ty.expect().spanned();
        let values = self.values(line.expect());
        let bounds = line.take_kind(Rule::param_bounds).map(|mut bounds| {
            let (low, high) = (bounds.expect(), bounds.expect());
            (self.literal(low), self.literal(high))
        });
        let mut per_kind = Vec::new();
        for mut each in line {
            let mut kinds = Vec::new();
            while let Some(kind) = each.take_kind(Rule::word) {
                kinds.push(kind.spanned());
            }
            per_kind.push((kinds, self.values(each.expect())));
        }
        ParamNode { name, list, ty, values, bounds, per_kind }
    }
}

fn if_missing(mut line: Cursor<'_>) -> Option<Spanned<IfMissing>> {
    let mut clause = line.take_kind(Rule::if_missing)?;
    let means = clause.expect();
    let meaning = match means.text() {
        "fail" => IfMissing::Fail,
        "pass" => IfMissing::Pass,
        "applies" => IfMissing::Applies,
        _ => IfMissing::NotApplicable,
    };
    Some(Spanned::new(meaning, Span::new(clause.span.start, means.span.end)))
}
