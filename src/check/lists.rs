//! Quantifiers, counts and sums: one question asked of the members of a list.

use crate::policy::{Each, Expr, Test};
use crate::value::{Comparison, Conventions};
use crate::vocabulary::Fact;

use super::eval::{Asking, Bound, Scope};
use super::operand::{Operand, Tally, compare};
use super::reckon::add;
use super::truth::Truth;

impl<'a> Asking<'a> {
    /// Whether a member passes the filter.
    pub(super) fn passes(&self, each: &'a Each, scope: Scope<'_, 'a>) -> Truth {
        each.filter.as_ref().map_or(Truth::True, |filter| self.truth(filter, scope))
    }

    /// Whether some member passes; a member nobody can see may.
    pub(super) fn some(&self, each: &'a Each, scope: Scope<'_, 'a>) -> Truth {
        let listed = self.list(&each.list, scope);
        let mut any = if listed.doubt.is_some() { Truth::Unclear } else { Truth::False };
        for member in listed.members {
            let bound = Bound { slot: each.slot, fact: &member, home: None, outer: scope };
            any = any.or(self.passes(each, Some(&bound)));
            if any == Truth::True {
                break;
            }
        }
        any
    }

    /// Whether every member that passes the filter passes the test.
    pub(super) fn every(&self, each: &'a Each, body: &'a Test, scope: Scope<'_, 'a>) -> Truth {
        let listed = self.list(&each.list, scope);
        let mut all = if listed.doubt.is_some() { Truth::Unclear } else { Truth::True };
        for member in listed.members {
            let bound = Bound { slot: each.slot, fact: &member, home: None, outer: scope };
            all = all.and(self.holds(each, body, Some(&bound)));
            if all == Truth::False {
                break;
            }
        }
        all
    }

    /// Whether a member fails the filter or passes the test.
    pub(super) fn holds(&self, each: &'a Each, body: &'a Test, scope: Scope<'_, 'a>) -> Truth {
        match self.passes(each, scope) {
            Truth::False => Truth::True,
            passes => passes.not().or(self.truth(body, scope)),
        }
    }

    /// How many members pass, or how many different values they have.
    pub(super) fn count(
        &self,
        different: Option<&'a Expr>,
        each: &'a Each,
        scope: Scope<'_, 'a>,
    ) -> Tally {
        let listed = self.list(&each.list, scope);
        let hidden = listed.doubt.is_some();
        let mut tally = Count { unclear: hidden, ..Count::default() };
        for member in listed.members {
            let bound = Bound { slot: each.slot, fact: &member, home: None, outer: scope };
            let passes = self.passes(each, Some(&bound));
            match different {
                _ if passes == Truth::False => {}
                Some(value) => {
                    tally.value(passes, self.value(value, Some(&bound)), self.conventions());
                }
                None if passes == Truth::True => tally.sure += 1,
                None => tally.maybe(passes),
            }
        }
        let sure = u32::try_from(tally.seen.len()).unwrap_or(u32::MAX).saturating_add(tally.sure);
        let high = sure.saturating_add(tally.maybe);
        let low = if sure == 0 && tally.one { 1 } else { sure };
        Tally { low, high: (!hidden).then_some(high), unclear: tally.unclear }
    }

    /// What the values of the members that pass add up to.
    pub(super) fn sum(&self, value: &'a Expr, each: &'a Each, scope: Scope<'_, 'a>) -> Operand<'a> {
        let listed = self.list(&each.list, scope);
        let mut open = listed
            .doubt
            .is_some()
            .then(|| Operand::unclear("more may be added that could not be read"));
        let mut missing = false;
        let mut sum = Operand::Nothing;
        for member in listed.members {
            let bound = Bound { slot: each.slot, fact: &member, home: None, outer: scope };
            match self.passes(each, Some(&bound)) {
                Truth::False => continue,
                Truth::Unclear => {
                    open.get_or_insert_with(|| {
                        Operand::unclear("it cannot be told what is to be added")
                    });
                    continue;
                }
                Truth::Missing => {
                    missing = true;
                    continue;
                }
                Truth::True => {}
            }
            let value = self.value(value, Some(&bound));
            if value.is_absent() {
                missing = true;
            } else if value.is_open() {
                open.get_or_insert(value);
            } else {
                let together = add(sum.clone(), value, true, self.conventions());
                if together.is_open() {
                    open.get_or_insert(together);
                } else {
                    sum = together;
                }
            }
        }
        match open {
            Some(open) => open,
            None if missing => Operand::Fact(Fact::Absent),
            None => sum,
        }
    }
}

/// A count while it is made.
#[derive(Default)]
struct Count<'a> {
    sure: u32,
    maybe: u32,
    unclear: bool,
    /// The different values that surely count.
    seen: Vec<Operand<'a>>,
    /// Whether one surely counts, though its value is not known.
    one: bool,
}

impl<'a> Count<'a> {
    fn maybe(&mut self, passes: Truth) {
        self.maybe += 1;
        self.unclear |= passes == Truth::Unclear;
    }

    fn value(&mut self, passes: Truth, value: Operand<'a>, by: &Conventions) {
        let sure = passes == Truth::True;
        if value.is_absent() {
            self.one |= sure;
            self.maybe += 1;
            return;
        }
        if value.is_open() || matches!(value, Operand::Fact(Fact::Range(..))) {
            self.one |= sure;
            self.maybe(Truth::Unclear);
            return;
        }
        if !sure {
            self.maybe(passes);
            return;
        }
        let same = |seen| compare(Comparison::Equal, seen, &value, by);
        let alike = self.seen.iter().fold(Truth::False, |any, seen| any.or(same(seen)));
        match alike {
            Truth::True => {}
            Truth::False => self.seen.push(value),
            Truth::Unclear | Truth::Missing => self.maybe(Truth::Unclear),
        }
    }
}
