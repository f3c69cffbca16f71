//! A rule asked of an agreement with every step shown: what is bound, whether it applies, what each
//! part of a test comes to and where it stands. It walks the rule as written beside the rule as
//! resolved, and asks the fast pass for every answer, so the two cannot disagree.

mod tree;

use crate::policy::{Accept, Applies, Rule, RuleSet, Silence, Test, words as said, written};
use crate::source::Span;
use crate::syntax::policy_ast::{Node, NodeKind, ParamNode, RuleNode, Statement, StatementKind};

use super::eval::{Asking, Bound, Scope};
use super::places::member_site;
use super::report::{Outcome, Report};
use super::truth::Truth;
use super::{Subject, applies, check, words};

/// One step, as a line of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// How deep it stands.
    pub depth: usize,
    /// What was asked, in the words of the rule, and what it came to.
    pub text: String,
    /// Where that is.
    pub at: Option<Stands>,
}

/// A place in one of the two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// In the file of the rule.
    InRule(Span),
    /// In the agreement.
    InAgreement(Span),
}

/// Asks one rule of an agreement, and tells each step.
pub fn trace(rule: &Rule, subject: Subject<'_>) -> Vec<Step> {
    let alone = RuleSet::of(std::sync::Arc::new(rule.clone()));
    let report = check(subject, &alone);
    let kind = subject.facts.agreement.kind().map(|kind| kind.node);
    let Some(node) = written(rule) else { return Vec::new() };
    let asking = Asking::new(rule, subject.facts, kind);
    let mut tracer = Tracer { asking, rule, node: &node, subject, steps: Vec::new() };
    tracer.whole(&report);
    tracer.steps
}

/// What carries a trace.
struct Tracer<'a, 'n> {
    asking: Asking<'a>,
    rule: &'a Rule,
    node: &'n RuleNode,
    subject: Subject<'a>,
    steps: Vec<Step>,
}

/// A condition, a requirement or what is acceptable instead, as written.
struct Asked<'n> {
    span: Span,
    test: &'n Node,
}

impl<'a, 'n> Tracer<'a, 'n> {
    fn push(&mut self, depth: usize, text: String, at: Option<Stands>) {
        self.steps.push(Step { depth, text, at });
    }

    fn whole(&mut self, report: &Report) {
        let outcome = report.outcomes.first().and_then(|each| each.outcome);
        let word = outcome.map_or("not run", Outcome::word);
        let text = format!("rule {}: {word}", self.rule.id());
        self.push(0, text, Some(Stands::InRule(self.rule.id_span)));
        if !self.for_kind() {
            return;
        }
        if self.rule.reads_as_of && self.subject.facts.as_of.is_none() {
            let text = "as-of: no day is given; add --as-of 2026-04-01".to_owned();
            return self.push(1, text, None);
        }
        self.go(0, None, 1);
        for finding in &report.findings {
            let told = &finding.diagnostic;
            let text = format!("{}: {}", finding.outcome.word(), told.message);
            self.push(1, text, Some(Stands::InAgreement(told.primary.span)));
        }
        if report.folded > 0 {
            let text =
                "undetermined: because of what could not be read there, which is told already";
            self.push(1, text.to_owned(), None);
        }
    }

    /// Whether the rule is for this kind of agreement.
    fn for_kind(&mut self) -> bool {
        let said = match self.rule.applies_to() {
            Applies::Always => return true,
            Applies::To(kinds) => format!("applies to {}", kinds.join(", ")),
            Applies::ExceptTo(kinds) => {
                format!("applies to every kind except {}", kinds.join(", "))
            }
        };
        let agreement = self.subject.facts.agreement;
        let kind = agreement.kind();
        let answer = match (applies(self.rule, self.subject), &kind) {
            (Some(true), Some(kind)) => format!("yes, this is {}", kind.node),
            (Some(_), Some(kind)) => format!("no, this is {}; not applicable", kind.node),
            _ => "cannot tell, the kind is not stated".to_owned(),
        };
        let at = kind.map_or_else(|| agreement.header(), |kind| kind.span);
        self.push(1, format!("{said}: {answer}"), Some(Stands::InAgreement(at)));
        applies(self.rule, self.subject) == Some(true)
    }

    /// The statements of a kind, in the order they stand, as the resolved rule has them.
    fn asked(&self, is: impl Fn(&'n StatementKind) -> Option<&'n Node>) -> Vec<Asked<'n>> {
        let node: &'n RuleNode = self.node;
        let asked = |each: &'n Statement| Some(Asked { span: each.span, test: is(&each.kind)? });
        node.statements.iter().filter_map(asked).collect()
    }

    /// Goes through the lists of the rule, from the `level`-th on.
    fn go(&mut self, level: usize, scope: Scope<'_, 'a>, depth: usize) {
        let rule = self.rule;
        let whens = self.asked(|kind| match kind {
            StatementKind::When { test, .. } => Some(test),
            _ => None,
        });
        for (when, asked) in rule.whens.iter().zip(&whens).filter(|(when, _)| when.depth == level) {
            let truth = self.asking.truth(&when.test, scope);
            let goes_on = match truth {
                Truth::Missing => when.if_missing,
                truth => truth != Truth::False,
            };
            let mut answer = self.answer(&when.test, scope);
            if !goes_on {
                answer += "; not applicable";
            } else if truth == Truth::Missing {
                answer += "; applies";
            }
            let text = format!("when {}: {answer}", self.words(asked.test.span));
            self.push(depth, text, Some(Stands::InRule(asked.span)));
            self.parts(asked.test, &when.test, scope, depth + 1);
            if !goes_on {
                return;
            }
        }
        let Some(binder) = rule.binders.get(level) else {
            return self.requires(scope, depth);
        };
        let listed = self.asking.list(&binder.list, scope);
        let place = listed.place.clone();
        let members: Vec<_> = listed.members.collect();
        let list = self.list_of(level);
        let text = format!("for every {} in {list}: {}", binder.name, several(members.len()));
        let at = place.as_ref().map(|place| Stands::InAgreement(place.span));
        self.push(depth, text, at);
        for member in &members {
            let bound = Bound { slot: level, fact: member, home: place.as_ref(), outer: scope };
            self.member(&binder.name, &bound, depth + 1);
            self.go(level + 1, Some(&bound), depth + 2);
        }
        self.hidden(listed.doubt, depth + 1);
    }

    /// How the list of a `for every` is written.
    fn list_of(&self, level: usize) -> String {
        let lists = self.node.statements.iter().filter_map(|each| match &each.kind {
            StatementKind::ForEvery { list, .. } => Some(list.span),
            _ => None,
        });
        lists.skip(level).map(|span| self.words(span)).next().unwrap_or_default()
    }

    fn requires(&mut self, scope: Scope<'_, 'a>, depth: usize) {
        let rule = self.rule;
        let requires = self.asked(|kind| match kind {
            StatementKind::Require { test, .. } | StatementKind::Accept { test, .. } => Some(test),
            _ => None,
        });
        let mut requires = requires.as_slice();
        for require in &rule.requires {
            let Some((asked, rest)) = requires.split_first() else { return };
            requires = rest;
            let truth = self.asking.truth(&require.test, scope);
            let mut answer = self.answer(&require.test, scope);
            if truth == Truth::Missing {
                answer += match require.if_missing {
                    Silence::Fails => "; fails",
                    Silence::Passes => "; passes",
                    Silence::NotApplicable => "; not applicable",
                };
            }
            let text = format!("require {}: {answer}", self.words(asked.test.span));
            self.push(depth, text, Some(Stands::InRule(asked.span)));
            let (accepts, rest) = requires.split_at(require.accepts.len().min(requires.len()));
            requires = rest;
            let instead: Vec<_> = require.accepts.iter().zip(accepts).collect();
            self.cases(asked.test, &require.test, &instead, scope, depth);
        }
    }

    /// What a requirement is made of, and what may be approved instead, where it does not hold. It
    /// is asked of each member of a list where that is what is required.
    fn cases(
        &mut self,
        node: &Node,
        test: &'a Test,
        instead: &[(&'a Accept, &Asked<'n>)],
        scope: Scope<'_, 'a>,
        depth: usize,
    ) {
        match (&node.kind, test) {
            (NodeKind::Every(binder, body), Test::Every(each, test)) => {
                self.each(binder, each, scope, depth + 1, |tracer, scope, depth| {
                    tracer.test("", body, test, scope, depth);
                    tracer.accepts(test, instead, scope, depth);
                });
            }
            (NodeKind::No(binder), Test::No(each)) => {
                self.each(binder, each, scope, depth + 1, |tracer, scope, depth| {
                    tracer.accepted(instead, scope, depth);
                });
            }
            _ => {
                self.parts(node, test, scope, depth + 1);
                self.accepts(test, instead, scope, depth);
            }
        }
    }

    fn accepts(
        &mut self,
        test: &'a Test,
        instead: &[(&'a Accept, &Asked<'n>)],
        scope: Scope<'_, 'a>,
        depth: usize,
    ) {
        if self.asking.truth(test, scope) != Truth::True {
            self.accepted(instead, scope, depth);
        }
    }

    fn accepted(
        &mut self,
        instead: &[(&'a Accept, &Asked<'n>)],
        scope: Scope<'_, 'a>,
        depth: usize,
    ) {
        for (accept, asked) in instead {
            let who = self.asking.value(&accept.approver, scope);
            let text = format!(
                "accept {} with approval of {}: {}",
                self.words(asked.test.span),
                words::operand(&who, self.subject.source),
                self.answer(&accept.test, scope)
            );
            self.push(depth, text, Some(Stands::InRule(asked.span)));
            self.parts(asked.test, &accept.test, scope, depth + 1);
        }
    }

    /// A member under its name.
    fn member(&mut self, name: &str, bound: &Bound<'_, 'a>, depth: usize) {
        let fact = super::operand::Operand::Fact(bound.fact.clone());
        let text = format!("{name} = {}", words::operand(&fact, self.subject.source));
        let site = member_site(bound.fact, bound.home);
        self.push(depth, text, site.map(|site| Stands::InAgreement(site.span)));
    }

    /// What may hide members of a list.
    fn hidden(&mut self, doubt: Option<Span>, depth: usize) {
        if let Some(span) = doubt {
            self.push(depth, super::reason::HIDDEN.to_owned(), Some(Stands::InAgreement(span)));
        }
    }

    /// A parameter as written.
    fn param(&self, index: usize) -> Option<&'n ParamNode> {
        let node: &'n RuleNode = self.node;
        let mut params = node.statements.iter().filter_map(|each| match &each.kind {
            StatementKind::Param(param) => Some(param),
            _ => None,
        });
        params.nth(index)
    }

    /// What a `let` names, as written.
    fn let_value(&self, index: usize) -> Option<&'n Node> {
        let node: &'n RuleNode = self.node;
        let mut lets = node.statements.iter().filter_map(|each| match &each.kind {
            StatementKind::Let { value, .. } => Some(value),
            _ => None,
        });
        lets.nth(index)
    }

    fn words(&self, span: Span) -> String {
        said(self.rule.origin(), span)
    }
}

fn several(count: usize) -> String {
    match count {
        0 => "there is none".to_owned(),
        1 => "1 member".to_owned(),
        many => format!("{many} members"),
    }
}
