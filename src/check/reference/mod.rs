//! The rules asked a second time, slowly: an evaluation after the letter of the language's page, to
//! hold the real one against. Every answer is taken, none is skipped once it is clear; answers are
//! joined by the first that is present; counts are tried number by number; a case is the set of
//! outcomes it may have.
//!
//! What it shares with the real one: the accessors of facts, the order of two single values
//! (`policy::orderings`), sums and shares (`reckon`), and the type that values are carried in.

mod tests;
mod values;

use crate::policy::{Accept, Each, Expr, Members, Require, Rule, Silence, Test};
use crate::value::{Comparison, Hole, HoleKind, mention};
use crate::vocabulary::{Fact, Facts, Value};

use super::operand::Operand;
use super::report::Outcome::{self, Approval, Fail, NotApplicable, Pass, Undetermined};
use super::truth::Truth::{self, False, Missing, True, Unclear};

/// A rule asked of an agreement.
pub(super) struct Slow<'a> {
    pub(super) rule: &'a Rule,
    pub(super) facts: Facts<'a>,
    pub(super) kind: Option<&'a str>,
}

/// Names and what they stand for, outermost first.
type Names<'a> = Vec<(usize, Fact<'a>)>;

/// The members of a list, and whether there may be more.
struct Seen<'a> {
    known: Vec<Fact<'a>>,
    more: bool,
}

/// The first of these answers that is among those given; the last where there is none.
fn first(given: &[Truth], order: [Truth; 4]) -> Truth {
    order.into_iter().find(|answer| given.contains(answer)).unwrap_or(order[3])
}

fn all(given: &[Truth]) -> Truth {
    first(given, [False, Unclear, Missing, True])
}

fn any(given: &[Truth]) -> Truth {
    first(given, [True, Unclear, Missing, False])
}

fn turned(answer: Truth) -> Truth {
    match answer {
        True => False,
        False => True,
        other => other,
    }
}

fn with<'a>(names: &Names<'a>, slot: usize, fact: &Fact<'a>) -> Names<'a> {
    let mut names = names.clone();
    names.push((slot, fact.clone()));
    names
}

impl<'a> Slow<'a> {
    /// All outcomes of the rule, in no order that matters.
    pub(super) fn outcomes(&self) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        self.bind(0, &Vec::new(), false, &mut outcomes);
        outcomes
    }

    fn bind(&self, depth: usize, names: &Names<'a>, doubted: bool, outcomes: &mut Vec<Outcome>) {
        let asked = self.rule.whens.iter().filter(|when| when.depth == depth);
        // The first that is no ends it; doubt about one is doubt about the rule.
        let answers: Vec<Truth> =
            asked.map(|it| self.when(&it.test, it.if_missing, names)).collect();
        if answers.contains(&False) {
            return outcomes.push(NotApplicable);
        }
        let doubted = doubted || answers.contains(&Unclear);
        let Some(binder) = self.rule.binders.get(depth) else {
            for require in &self.rule.requires {
                self.require(require, names, doubted, outcomes);
            }
            return;
        };
        let members = self.members(&binder.list, names);
        for member in &members.known {
            self.bind(depth + 1, &with(names, depth, member), doubted, outcomes);
        }
        if members.more {
            outcomes.push(Undetermined);
        }
    }

    fn when(&self, test: &'a Test, if_missing: bool, names: &Names<'a>) -> Truth {
        match self.test(test, names) {
            Missing if if_missing => True,
            Missing => False,
            answer => answer,
        }
    }

    /// A requirement: one case, or one for each member of its outermost `every` or `no`.
    fn require(
        &self,
        require: &'a Require,
        names: &Names<'a>,
        doubted: bool,
        outcomes: &mut Vec<Outcome>,
    ) {
        let (each, body) = match &require.test {
            Test::Every(each, body) => (each, Some(&**body)),
            Test::No(each) => (each, None),
            test => {
                return outcomes.push(self.case(require, self.test(test, names), names, doubted));
            }
        };
        let members = self.members(&each.list, names);
        for member in &members.known {
            let inner = with(names, each.slot, member);
            let answer = self.member(each, body, &inner);
            outcomes.push(self.case(require, answer, &inner, doubted));
        }
        if members.more {
            outcomes.push(Undetermined);
        } else if members.known.is_empty() {
            outcomes.push(Pass);
        }
    }

    /// Not in question, or as it should be.
    fn member(&self, each: &'a Each, body: Option<&'a Test>, names: &Names<'a>) -> Truth {
        let passes = self.filter(each, names);
        let holds = body.map_or(False, |body| self.test(body, names));
        any(&[turned(passes), holds])
    }

    fn filter(&self, each: &'a Each, names: &Names<'a>) -> Truth {
        each.filter.as_ref().map_or(True, |filter| self.test(filter, names))
    }

    /// What one case comes to: the outcomes it may have, if that is one, else nobody can tell.
    fn case(
        &self,
        require: &'a Require,
        answer: Truth,
        names: &Names<'a>,
        doubted: bool,
    ) -> Outcome {
        let answer = match (answer, require.if_missing) {
            (Missing, Silence::NotApplicable) => return NotApplicable,
            (Missing, Silence::Passes) => True,
            (Missing, Silence::Fails) => False,
            (answer, _) => answer,
        };
        let mut may = Vec::new();
        if answer != False {
            may.push(Pass);
        }
        if answer != True {
            may.extend(self.without(&require.accepts, names));
        }
        match *may {
            [Pass] => Pass,
            [one] if !doubted => one,
            _ => Undetermined,
        }
    }

    /// What a requirement that does not hold may come to.
    fn without(&self, accepts: &'a [Accept], names: &Names<'a>) -> Vec<Outcome> {
        let mut may = Vec::new();
        for accept in accepts {
            match self.test(&accept.test, names) {
                True => {
                    may.push(Approval);
                    may.dedup();
                    return may;
                }
                Unclear => may.push(Approval),
                False | Missing => {}
            }
        }
        may.push(Fail);
        may.dedup();
        may
    }

    fn tests(&self, tests: &'a [Test], names: &Names<'a>) -> Vec<Truth> {
        tests.iter().map(|test| self.test(test, names)).collect()
    }

    pub(super) fn test(&self, test: &'a Test, names: &Names<'a>) -> Truth {
        match test {
            Test::And(tests) => all(&self.tests(tests, names)),
            Test::Or(tests) => any(&self.tests(tests, names)),
            Test::Not(inner) => turned(self.test(inner, names)),
            Test::Every(each, body) => {
                all(&self.answers(each, names, |inner| self.member(each, Some(body), inner)))
            }
            Test::Some(each) => any(&self.answers(each, names, |inner| self.filter(each, inner))),
            Test::No(each) => {
                turned(any(&self.answers(each, names, |inner| self.filter(each, inner))))
            }
            Test::Compare(how, sides) => self.relation(*how, &sides[0], &sides[1], names),
            Test::Within(values) => {
                let low = self.relation(Comparison::AtLeast, &values[0], &values[1], names);
                let high = self.relation(Comparison::AtMost, &values[0], &values[2], names);
                all(&[low, high])
            }
            Test::Mentions(sides) => {
                match [&sides[0], &sides[1]].map(|side| self.value(side, names)) {
                    [Operand::Fact(Fact::Absent), _] | [_, Operand::Fact(Fact::Absent)] => Missing,
                    [
                        Operand::Fact(Fact::Known(Value::Text(said), _)),
                        Operand::Fact(Fact::Known(Value::Text(words), _)),
                    ] => mention(&said, &words).is_some().into(),
                    _ => Unclear,
                }
            }
            Test::Stated(value) => stated(&self.value(value, names)),
            Test::Open(value) => hole(&self.value(value, names), Hole::is_open),
            Test::Redacted(value) => {
                hole(&self.value(value, names), |it| it.kind == HoleKind::Redacted)
            }
            Test::OneOf(value, among) => self.one_of(value, among, names),
            Test::Flag(value) => self.flag(value, names),
        }
    }

    /// The answers of all members; one more that nobody can tell where the list may go on.
    fn answers(
        &self,
        each: &'a Each,
        names: &Names<'a>,
        ask: impl Fn(&Names<'a>) -> Truth,
    ) -> Vec<Truth> {
        let members = self.members(&each.list, names);
        let known = members.known.iter().map(|member| ask(&with(names, each.slot, member)));
        known.chain(members.more.then_some(Unclear)).collect()
    }

    fn relation(&self, how: Comparison, a: &'a Expr, b: &'a Expr, names: &Names<'a>) -> Truth {
        self.compare(how, &self.value(a, names), &self.value(b, names))
    }

    fn one_of(&self, value: &'a Expr, among: &'a Members, names: &Names<'a>) -> Truth {
        let value = self.value(value, names);
        match &value {
            Operand::Fact(Fact::Absent) => return Missing,
            Operand::Fact(Fact::Hole(..) | Fact::Unreadable(_) | Fact::Unclear(..)) => {
                return Unclear;
            }
            _ => {}
        }
        let same = |other: &Operand<'a>| self.compare(Comparison::Equal, &value, other);
        match among {
            Members::Written(written) => {
                let answers: Vec<Truth> =
                    written.iter().map(|member| same(&self.value(member, names))).collect();
                any(&answers)
            }
            Members::List(list) => {
                let members = self.members(list, names);
                let known = members.known.into_iter().map(|member| same(&Operand::Fact(member)));
                let answers: Vec<Truth> = known.chain(members.more.then_some(Unclear)).collect();
                any(&answers)
            }
        }
    }

    fn flag(&self, value: &'a Expr, names: &Names<'a>) -> Truth {
        match value {
            Expr::Test(test) => self.test(test, names),
            Expr::Let(index) => self.flag(&self.rule.lets[*index], names),
            other => match self.value(other, names) {
                Operand::Fact(Fact::Known(Value::Flag(yes), _)) => yes.into(),
                Operand::Fact(Fact::Absent) => Missing,
                _ => Unclear,
            },
        }
    }
}

/// Section 2: a hole that says who decides or where it is said is stated, one left open may be.
fn stated(value: &Operand<'_>) -> Truth {
    match value {
        Operand::Fact(Fact::Absent) => False,
        Operand::Fact(Fact::Unreadable(_)) => Unclear,
        Operand::Fact(Fact::Hole(hole, _)) if hole.is_open() => Unclear,
        Operand::Fact(Fact::Known(Value::Record(record), _)) if record.kind().section => {
            match (record.anchor().section != "header", record.partial()) {
                (true, _) => True,
                (false, Some(_)) => Unclear,
                (false, None) => False,
            }
        }
        _ => True,
    }
}

fn hole(value: &Operand<'_>, is: impl Fn(&Hole) -> bool) -> Truth {
    match value {
        Operand::Fact(Fact::Hole(hole, _)) => is(hole).into(),
        Operand::Fact(Fact::Unreadable(_)) => Unclear,
        _ => False,
    }
}
