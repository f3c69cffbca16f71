//! One rule asked of one agreement: every binding, every requirement, and what each comes to.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use smallvec::SmallVec;

use crate::policy::{Each, Require, Rule, Silence, Test};
use crate::source::{Source, Span};

use super::blame::{Blame, Cause, Site};
use super::eval::{Asking, Bound, Scope};
use super::report::{Finding, Outcome};
use super::truth::Truth;
use super::words;

/// What a rule came to, before anything is folded.
#[derive(Debug, Default)]
pub(super) struct Ruling {
    pub(super) outcomes: SmallVec<[Outcome; 16]>,
    pub(super) judged: usize,
    pub(super) found: Vec<Found>,
    /// Which of them stand at a place.
    pub(super) places: BTreeMap<Span, SmallVec<[usize; 1]>>,
}

/// A finding and what leaves it open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) finding: Finding,
    pub(super) causes: Vec<Cause>,
}

/// A rule at work.
pub(super) struct Judge<'a> {
    pub(super) asking: Asking<'a>,
    pub(super) rule: &'a Rule,
    pub(super) source: &'a Source,
    /// What made the rule apply, where that is the same for all it finds.
    pub(super) applies: OnceCell<Vec<Site<'a>>>,
    pub(super) ruling: Ruling,
}

/// How good and how bad a requirement may turn out, and who approves what lies between.
struct Verdict {
    best: Outcome,
    worst: Outcome,
    approver: Option<String>,
    /// Why an approval cannot be told.
    doubt: Option<usize>,
}

/// One case of a requirement: its answer, the names that hold there, and why.
struct Case<'e, 'a> {
    truth: Truth,
    scope: Scope<'e, 'a>,
    /// Whether the messages of the requirement can be said of it.
    named: bool,
    doubted: bool,
}

impl<'a> Judge<'a> {
    /// Goes through the lists of the rule, from the `depth`-th on.
    pub(super) fn go(&mut self, depth: usize, scope: Scope<'_, 'a>, mut doubted: bool) {
        let rule = self.rule;
        for when in rule.whens.iter().filter(|when| when.depth == depth) {
            let truth = match self.asking.truth(&when.test, scope) {
                Truth::Missing => when.if_missing.into(),
                truth => truth,
            };
            match truth {
                Truth::False => return self.ruling.outcomes.push(Outcome::NotApplicable),
                Truth::Unclear => doubted = true,
                Truth::True | Truth::Missing => {}
            }
        }
        let Some(binder) = rule.binders.get(depth) else {
            for require in &rule.requires {
                self.require(require, scope, doubted);
            }
            return;
        };
        let listed = self.asking.list(&binder.list, scope);
        let place = listed.place.clone();
        for member in listed.members {
            if self.asking.is_tired() {
                break;
            }
            let bound = Bound { slot: depth, fact: &member, home: place.as_ref(), outer: scope };
            self.go(depth + 1, Some(&bound), doubted);
        }
        if let Some(doubt) = listed.doubt {
            let mut blame = Blame::default();
            blame.hidden(Some(doubt), place);
            self.unclear(blame, scope, None);
        }
    }

    fn require(&mut self, require: &'a Require, scope: Scope<'_, 'a>, doubted: bool) {
        match &require.test {
            Test::Every(each, body) => self.members(require, each, Some(body), scope, doubted),
            Test::No(each) => self.members(require, each, None, scope, doubted),
            test => {
                let truth = self.asking.truth(test, scope);
                let case = Case { truth, scope, named: true, doubted };
                self.case(require, &case, |asking| asking.explain(test, scope));
            }
        }
    }

    /// Every member of the outermost list is a case of its own: it has to pass `body`, or, where
    /// there is none, to fail the filter.
    fn members(
        &mut self,
        require: &'a Require,
        each: &'a Each,
        body: Option<&'a Test>,
        scope: Scope<'_, 'a>,
        doubted: bool,
    ) {
        let listed = self.asking.list(&each.list, scope);
        let place = listed.place.clone();
        let judged = self.ruling.outcomes.len();
        for member in listed.members {
            if self.asking.is_tired() {
                break;
            }
            let bound =
                Bound { slot: each.slot, fact: &member, home: place.as_ref(), outer: scope };
            let passes = self.asking.passes(each, Some(&bound));
            let truth = match body {
                _ if passes == Truth::False => Truth::True,
                Some(body) => passes.not().or(self.asking.truth(body, Some(&bound))),
                None => passes.not(),
            };
            let case = Case { truth, scope: Some(&bound), named: true, doubted };
            self.case(require, &case, |asking| asking.case_blame(each, body, &bound, truth));
        }
        if let Some(doubt) = listed.doubt {
            let case = Case { truth: Truth::Unclear, scope, named: false, doubted };
            self.case(require, &case, |_| {
                let mut blame = Blame::default();
                blame.hidden(Some(doubt), place);
                blame
            });
        } else if self.ruling.outcomes.len() == judged {
            // That there is none is an answer to `no`; to `every` it leaves nothing to judge.
            self.ruling.judged += usize::from(body.is_none());
            self.passed();
        }
    }

    fn passed(&mut self) {
        self.ruling.outcomes.push(Outcome::Pass);
    }

    /// What one case comes to; an explanation is asked for only where something is found.
    fn case(
        &mut self,
        require: &'a Require,
        case: &Case<'_, 'a>,
        explain: impl FnOnce(&Asking<'a>) -> Blame<'a>,
    ) {
        self.ruling.judged += 1;
        let (truth, message) = match (case.truth, require.if_missing) {
            (Truth::Missing, Silence::NotApplicable) => {
                return self.ruling.outcomes.push(Outcome::NotApplicable);
            }
            (Truth::Missing, Silence::Passes) => return self.passed(),
            (Truth::Missing, Silence::Fails) => {
                (Truth::False, require.missing.as_ref().unwrap_or(&require.say))
            }
            (truth, _) => (truth, &require.say),
        };
        if truth == Truth::True {
            return self.passed();
        }
        let verdict = self.verdict(require, truth, case);
        if verdict.worst == Outcome::Pass {
            return self.passed();
        }
        let mut blame = explain(&self.asking);
        let decided = verdict.best == verdict.worst && !case.doubted;
        if decided {
            let outcome = verdict.worst;
            self.found(require, message, outcome, verdict.approver, blame, case.scope);
            return;
        }
        if case.doubted {
            let mut first = Blame::default();
            for test in self.doubtful_whens(case.scope) {
                first.absorb(self.asking.explain(test, case.scope));
            }
            let reason = first.reason.take();
            first.reason = reason.map(|reason| format!("whether the rule applies: {reason}"));
            first.extend(blame.primary);
            blame = first;
        } else if truth == Truth::False
            && let Some(accept) = verdict.doubt.and_then(|at| require.accepts.get(at))
        {
            let mut why = self.asking.explain(&accept.test, case.scope);
            let reason = why
                .reason
                .take()
                .map(|reason| format!("whether somebody may approve it: {reason}"));
            blame.causes = std::mem::take(&mut why.causes);
            blame.reason = reason;
            blame.extend(why.primary);
            blame.extend(why.also);
        }
        self.unclear(blame, case.scope, case.named.then_some(require));
    }

    /// The best and the worst it may be, from the answer and the positions somebody may approve.
    fn verdict(&self, require: &'a Require, truth: Truth, case: &Case<'_, 'a>) -> Verdict {
        let best = if truth == Truth::False { Outcome::Fail } else { Outcome::Pass };
        let mut verdict = Verdict { best, worst: Outcome::Fail, approver: None, doubt: None };
        if !case.named {
            return verdict;
        }
        for (at, accept) in require.accepts.iter().enumerate() {
            match self.asking.truth(&accept.test, case.scope) {
                Truth::True => {
                    verdict.worst = Outcome::Approval;
                    if truth == Truth::False {
                        verdict.best = Outcome::Approval;
                        let who = self.asking.value(&accept.approver, case.scope);
                        verdict.approver = Some(words::operand(&who, self.source));
                    }
                    break;
                }
                Truth::Unclear if truth == Truth::False => {
                    verdict.best = Outcome::Approval;
                    verdict.doubt = verdict.doubt.or(Some(at));
                }
                Truth::Unclear | Truth::False | Truth::Missing => {}
            }
        }
        verdict
    }

    /// The conditions nobody can tell.
    fn doubtful_whens(&self, scope: Scope<'_, 'a>) -> Vec<&'a Test> {
        self.rule
            .whens
            .iter()
            .map(|when| &when.test)
            .filter(|test| self.asking.truth(test, scope) == Truth::Unclear)
            .collect()
    }
}
