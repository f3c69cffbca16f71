//! The explaining pass: why a test came out as it did. It walks the tree the fast pass walks and asks
//! the fast pass for every answer on the way, so the two cannot disagree. It runs only for what
//! fails or cannot be told.

use crate::policy::{Each, Expr, Members, Test};
use crate::source::Span;
use crate::value::{Comparison, mention};
use crate::vocabulary::{Fact, Value};

use super::blame::{Blame, Cause, Site};
use super::eval::{Asking, Bound, Scope};
use super::operand::Operand;
use super::places::{Places, member_site};
use super::reason;
use super::truth::Truth;

/// How many members of a list an answer shows.
const MOST_MEMBERS: usize = 8;

impl<'a> Asking<'a> {
    /// Why a test came to what it came to.
    pub(super) fn explain(&self, test: &'a Test, scope: Scope<'_, 'a>) -> Blame<'a> {
        match test {
            Test::And(tests) => {
                let answers =
                    tests.iter().map(|test| (self.truth(test, scope), test)).collect::<Vec<_>>();
                let all = answers.iter().fold(Truth::True, |all, (truth, _)| all.and(*truth));
                self.joined_blame(&answers, all, all == Truth::True, scope)
            }
            Test::Or(tests) => {
                let answers =
                    tests.iter().map(|test| (self.truth(test, scope), test)).collect::<Vec<_>>();
                let all = answers.iter().fold(Truth::False, |all, (truth, _)| all.or(*truth));
                self.joined_blame(&answers, all, all == Truth::False, scope)
            }
            Test::Not(inner) => self.explain(inner, scope),
            Test::Every(each, body) => self.every_blame(each, body, scope),
            Test::Some(each) | Test::No(each) => {
                self.some_blame(each, matches!(test, Test::No(_)), scope)
            }
            Test::Compare(how, sides) => self.compare_blame(*how, &sides[0], &sides[1], scope),
            Test::Mentions(sides) => self.mention_blame(&sides[0], &sides[1], scope),
            Test::Stated(value) | Test::Open(value) | Test::Redacted(value) => {
                self.stated_blame(value, scope)
            }
            Test::OneOf(value, members) => self.one_of_blame(value, members, scope),
            Test::Within(values) => {
                let [value, low, high] = &**values;
                let at_least = self.compare_blame(Comparison::AtLeast, value, low, scope);
                let above = self.compare(
                    Comparison::AtLeast,
                    &self.value(value, scope),
                    &self.value(low, scope),
                );
                let below = self.compare(
                    Comparison::AtMost,
                    &self.value(value, scope),
                    &self.value(high, scope),
                );
                if above.and(below) == above && above != Truth::True {
                    at_least
                } else {
                    self.compare_blame(Comparison::AtMost, value, high, scope)
                }
            }
            Test::Flag(value) => self.flag_blame(value, scope),
        }
    }

    fn flag_blame(&self, value: &'a Expr, scope: Scope<'_, 'a>) -> Blame<'a> {
        match value {
            Expr::Test(test) => self.explain(test, scope),
            Expr::Let(index) => self
                .rule
                .lets
                .get(*index)
                .map_or_else(Blame::default, |value| self.flag_blame(value, scope)),
            other => self.stated_blame(other, scope),
        }
    }

    /// The operands that gave a joined test its answer: the first with a place leads.
    fn joined_blame(
        &self,
        answers: &[(Truth, &'a Test)],
        all: Truth,
        whole: bool,
        scope: Scope<'_, 'a>,
    ) -> Blame<'a> {
        let mut hits = answers
            .iter()
            .filter(|(truth, _)| *truth == all)
            .map(|(_, test)| self.explain(test, scope))
            .collect::<Vec<_>>();
        if let Some(first) = hits.iter().position(|hit| hit.primary.is_some()) {
            let lead = hits.remove(first);
            hits.insert(0, lead);
        }
        let mut hits = hits.into_iter();
        let mut blame = hits.next().unwrap_or_default();
        for hit in hits {
            if whole {
                blame.absorb(hit);
            } else {
                blame.extend(hit.primary);
                blame.because(hit.causes, hit.reason);
            }
        }
        blame
    }

    /// The value asked about, or the place where it is missing.
    fn stated_blame(&self, value: &'a Expr, scope: Scope<'_, 'a>) -> Blame<'a> {
        let places = self.places(value, scope);
        let mut blame = Blame::at(places.absent.or(places.open).or(places.primary));
        blame.extend(places.also);
        blame.because(places.causes, places.reason);
        blame
    }

    fn compare_blame(
        &self,
        how: Comparison,
        a: &'a Expr,
        b: &'a Expr,
        scope: Scope<'_, 'a>,
    ) -> Blame<'a> {
        let (left, right) = (self.value(a, scope), self.value(b, scope));
        let answer = self.compare(how, &left, &right);
        let (first, second) = (self.places(a, scope), self.places(b, scope));
        if answer == Truth::False
            && let Some(blame) = self.too_many(how, a, &left, &right, scope)
        {
            return blame;
        }
        let mut blame = pair(first, second, answer);
        if answer == Truth::Unclear && blame.reason.is_none() {
            blame.reason = Some(reason::of_comparison(self, how, &left, &right));
            if blame.causes.is_empty() {
                blame.causes.extend(
                    blame.primary.iter().map(|site| Cause { span: site.span, told: false }),
                );
            }
        }
        blame
    }

    /// More members than are allowed: the first past the limit, and those before it.
    fn too_many(
        &self,
        how: Comparison,
        counted: &'a Expr,
        count: &Operand<'a>,
        limit: &Operand<'a>,
        scope: Scope<'_, 'a>,
    ) -> Option<Blame<'a>> {
        let counted = match counted {
            Expr::Let(index) => self.rule.lets.get(*index)?,
            other => other,
        };
        let (Expr::Count { different, of }, Operand::Count(tally)) = (counted, count) else {
            return None;
        };
        let allowed = (0..tally.low).rev().find(|n| {
            let n = Operand::computed(Value::Number((*n).into()));
            self.compare(how, &n, limit) == Truth::True
        });
        let over = match (how, allowed) {
            (Comparison::Less | Comparison::AtMost, allowed) => allowed.unwrap_or(0),
            (Comparison::Equal, Some(allowed)) => allowed,
            _ => return None,
        };
        let mut sites = self.counted_sites(different.as_deref(), of, scope);
        let over = usize::try_from(over).ok().filter(|over| *over < sites.len())?;
        let mut blame = Blame::at(Some(sites.remove(over)));
        sites.truncate(over);
        blame.extend(sites.into_iter().map(|site| site.noted("counts too")));
        Some(blame)
    }

    fn mention_blame(&self, text: &'a Expr, words: &'a Expr, scope: Scope<'_, 'a>) -> Blame<'a> {
        let (said, sought) = (self.value(text, scope), self.value(words, scope));
        let known = |operand: &Operand<'a>| !operand.is_absent() && !operand.is_open();
        if !known(&said) || !known(&sought) {
            let answer = if said.is_absent() || sought.is_absent() {
                Truth::Missing
            } else {
                Truth::Unclear
            };
            return pair(self.places(text, scope), self.places(words, scope), answer);
        }
        let mut places = self.places(text, scope);
        if let (
            Operand::Fact(Fact::Known(Value::Text(said), _)),
            Operand::Fact(Fact::Known(Value::Text(sought), _)),
        ) = (&said, &sought)
            && let (Some((start, end)), Some(site)) =
                (mention(said, sought), places.primary.as_mut())
        {
            site.span = part_of_text(site.span, said, start, end);
        }
        Blame::at(places.primary)
    }

    fn one_of_blame(
        &self,
        value: &'a Expr,
        members: &'a Members,
        scope: Scope<'_, 'a>,
    ) -> Blame<'a> {
        let operand = self.value(value, scope);
        let places = self.places(value, scope);
        if operand.is_absent() || operand.is_open() {
            return pair(
                places,
                Places::default(),
                if operand.is_absent() { Truth::Missing } else { Truth::Unclear },
            );
        }
        let mut blame = Blame::at(places.primary);
        blame.extend(places.also);
        let Members::List(list) = members else { return blame };
        let listed = self.list(list, scope);
        let mut found = false;
        let mut doubts = Vec::new();
        for member in listed.members {
            let site = member_site(&member, listed.place.as_ref());
            match self.compare(Comparison::Equal, &operand, &Operand::Fact(member)) {
                Truth::True => {
                    found = true;
                    blame.absorb(Blame::at(site));
                }
                Truth::Unclear | Truth::Missing => doubts.extend(site),
                Truth::False => {}
            }
        }
        if found {
            return blame;
        }
        if let Some(doubt) = listed.doubt {
            blame
                .because(vec![Cause { span: doubt, told: false }], Some(reason::HIDDEN.to_owned()));
            doubts.push(Site::new(doubt, listed.place.clone()));
        }
        if doubts.is_empty() {
            blame.absorb(Blame::at(
                listed.place.map(Site::anchor).filter(|_| blame.primary.is_none()),
            ));
        } else {
            blame.causes.extend(doubts.iter().map(|site| Cause { span: site.span, told: false }));
            let first = doubts.remove(0);
            blame.lead(Some(first));
            blame.extend(doubts);
        }
        blame
    }

    fn some_blame(&self, each: &'a Each, negated: bool, scope: Scope<'_, 'a>) -> Blame<'a> {
        let any = self.some(each, scope);
        let listed = self.list(&each.list, scope);
        let place = listed.place.clone();
        let mut blame = Blame::default();
        if any == Truth::False {
            blame.primary = place.clone().map(Site::anchor);
        }
        let mut shown = 0;
        for member in listed.members {
            let bound =
                Bound { slot: each.slot, fact: &member, home: place.as_ref(), outer: scope };
            if self.passes(each, Some(&bound)) != any || shown >= MOST_MEMBERS {
                continue;
            }
            shown += 1;
            let site = member_site(&member, place.as_ref());
            let why = each
                .filter
                .as_ref()
                .map(|filter| self.explain(filter, Some(&bound)))
                .unwrap_or_default();
            match any {
                Truth::False => {
                    blame.extend(why.primary);
                    blame.extend(site);
                }
                Truth::True if negated => {
                    blame.absorb(Blame::at(site));
                    blame.absorb(why);
                }
                Truth::True => {
                    blame.absorb(Blame::at(site.clone().or(why.primary.clone())));
                    blame.absorb(why);
                }
                Truth::Unclear | Truth::Missing => {
                    let unplaced = why.primary.is_none();
                    blame.absorb(why);
                    blame.absorb(Blame::at(site.filter(|_| unplaced)));
                }
            }
        }
        blame.hidden(listed.doubt.filter(|_| any == Truth::Unclear), place);
        blame
    }

    fn every_blame(&self, each: &'a Each, body: &'a Test, scope: Scope<'_, 'a>) -> Blame<'a> {
        let all = self.every(each, body, scope);
        let listed = self.list(&each.list, scope);
        let place = listed.place.clone();
        let mut blame = Blame::default();
        let mut shown = 0;
        for member in listed.members {
            let bound =
                Bound { slot: each.slot, fact: &member, home: place.as_ref(), outer: scope };
            if self.holds(each, body, Some(&bound)) != all || shown >= MOST_MEMBERS {
                continue;
            }
            shown += 1;
            let site = member_site(&member, place.as_ref());
            blame.absorb(self.member_blame(each, body, Some(&bound)));
            blame.absorb(Blame::at(site));
        }
        if blame.primary.is_none() {
            blame.primary = place.clone().map(Site::anchor);
        }
        blame.hidden(listed.doubt.filter(|_| all == Truth::Unclear), place);
        blame
    }

    /// Why a member holds, or does not.
    pub(super) fn member_blame(
        &self,
        each: &'a Each,
        body: &'a Test,
        scope: Scope<'_, 'a>,
    ) -> Blame<'a> {
        let passes = self.passes(each, scope);
        let holds = self.truth(body, scope);
        let mut blame = Blame::default();
        if passes == Truth::True || passes.not().or(holds) == holds {
            blame = self.explain(body, scope);
        }
        if passes != Truth::True
            && passes.not().or(holds) == passes.not()
            && let Some(filter) = &each.filter
        {
            blame.absorb(self.explain(filter, scope));
        }
        blame
    }
}

/// The places of two operands in a relation.
fn pair<'a>(first: Places<'a>, second: Places<'a>, answer: Truth) -> Blame<'a> {
    let leads = match answer {
        Truth::Missing => first.absent.clone().or(second.absent.clone()),
        Truth::Unclear => first.open.clone().or(second.open.clone()),
        Truth::True | Truth::False => None,
    };
    let mut blame = Blame::at(first.primary.or(first.absent.filter(|_| answer == Truth::Missing)));
    let other = second
        .primary
        .map(|site| if site.note.is_empty() { site.noted("compared with this") } else { site });
    if blame.primary.is_none() {
        blame.primary = other.map(|site| site.noted(""));
    } else {
        blame.extend(other);
    }
    blame.lead(leads);
    blame.extend(first.also);
    blame.extend(second.also);
    blame.because(first.causes, first.reason);
    blame.because(second.causes, second.reason);
    blame
}

/// The part of quoted text that a match covers, where quoting changed nothing.
fn part_of_text(span: Span, text: &str, start: usize, end: usize) -> Span {
    let width = (span.end - span.start) as usize;
    let quotes = match width.checked_sub(text.len()) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return span,
    };
    let at = |byte: usize| span.start + u32::try_from(byte + quotes).unwrap_or(0);
    Span::new(at(start), at(end))
}
