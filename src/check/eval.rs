//! The fast pass: what a test or a value comes to, without a thought for places.

use std::borrow::Cow;
use std::cell::Cell;

use crate::policy::{Expr, Members, Path, Root, Rule, Test};
use crate::source::Span;
use crate::value::{Comparison, Conventions, When, mention};
use crate::vocabulary::{Anchor, Fact, Facts, Field, List, Record, Type, Value, Where};

use super::operand::{self, Operand, lent};
use super::parts::part_of;
use super::reckon::{add, share_of};
use super::truth::Truth;

/// The most steps a rule takes on one agreement; past it nobody can tell.
const MOST_STEPS: u32 = 400_000;

/// A rule asked of an agreement.
pub(super) struct Asking<'a> {
    pub(super) rule: &'a Rule,
    pub(super) facts: Facts<'a>,
    pub(super) kind: Option<&'a str>,
    steps: Cell<u32>,
}

/// The names that are bound, innermost first.
pub(super) type Scope<'e, 'a> = Option<&'e Bound<'e, 'a>>;

/// A member of a list under a name.
pub(super) struct Bound<'e, 'a> {
    pub(super) slot: usize,
    pub(super) fact: &'e Fact<'a>,
    /// Where the list stands.
    pub(super) home: Option<&'e Anchor<'a>>,
    pub(super) outer: Scope<'e, 'a>,
}

/// Where a path leads.
pub(super) enum Way<'a> {
    /// To a fact of a record.
    To(Record<'a>, &'static Field),
    /// To what is no record, so that nothing follows; beside it the last record on the way: where
    /// it is missing, that is the smallest one there is. None is passed where the root is no record.
    Ended(Fact<'a>, Option<Record<'a>>),
    /// To what is computed from no fact at all.
    Nowhere,
}

/// The members of a list, from the agreement or from a parameter.
pub(super) struct Listed<'a> {
    pub(super) members: MembersOf<'a>,
    /// Where it stands, if in the agreement.
    pub(super) place: Option<Anchor<'a>>,
    /// What may hide further members.
    pub(super) doubt: Option<Span>,
}

/// The members themselves.
pub(super) enum MembersOf<'a> {
    Facts(std::vec::IntoIter<Fact<'a>>),
    Values(std::slice::Iter<'a, Value<'static>>),
}

impl<'a> Iterator for MembersOf<'a> {
    type Item = Fact<'a>;

    fn next(&mut self) -> Option<Fact<'a>> {
        match self {
            Self::Facts(facts) => facts.next(),
            Self::Values(values) => {
                values.next().map(|value| Fact::Known(lent(value), Where::Nowhere))
            }
        }
    }
}

impl<'a> Asking<'a> {
    pub(super) fn new(rule: &'a Rule, facts: Facts<'a>, kind: Option<&'a str>) -> Self {
        Self { rule, facts, kind, steps: Cell::new(0) }
    }

    /// Whether the steps are used up.
    pub(super) fn is_tired(&self) -> bool {
        self.steps.get() >= MOST_STEPS
    }

    fn step(&self) -> bool {
        self.steps.set(self.steps.get().saturating_add(1));
        !self.is_tired()
    }

    /// How the agreement counts its times.
    pub(super) const fn conventions(&self) -> &'a Conventions {
        self.facts.derived.conventions()
    }

    /// Whether `a` stands to `b` as asked, as the agreement counts its times.
    pub(super) fn compare(&self, how: Comparison, a: &Operand<'_>, b: &Operand<'_>) -> Truth {
        operand::compare(how, a, b, self.conventions())
    }

    /// What a test comes to.
    pub(super) fn truth(&self, test: &'a Test, scope: Scope<'_, 'a>) -> Truth {
        if !self.step() {
            return Truth::Unclear;
        }
        match test {
            Test::And(tests) => self.joined(tests, scope, Truth::False, Truth::and),
            Test::Or(tests) => self.joined(tests, scope, Truth::True, Truth::or),
            Test::Not(inner) => self.truth(inner, scope).not(),
            Test::Every(each, body) => self.every(each, body, scope),
            Test::Some(each) => self.some(each, scope),
            Test::No(each) => self.some(each, scope).not(),
            Test::Compare(how, sides) => {
                let [a, b] = &**sides;
                self.compare(*how, &self.value(a, scope), &self.value(b, scope))
            }
            Test::Mentions(sides) => {
                mentions(&self.value(&sides[0], scope), &self.value(&sides[1], scope))
            }
            Test::Stated(value) => self.value(value, scope).stated(),
            Test::Open(value) => self.value(value, scope).hole(crate::value::Hole::is_open),
            Test::Redacted(value) => {
                self.value(value, scope).hole(|hole| hole.kind == crate::value::HoleKind::Redacted)
            }
            Test::OneOf(value, members) => self.one_of(&self.value(value, scope), members, scope),
            Test::Within(values) => {
                let [value, low, high] = &**values;
                let value = self.value(value, scope);
                let above = self.compare(Comparison::AtLeast, &value, &self.value(low, scope));
                above.and(self.compare(Comparison::AtMost, &value, &self.value(high, scope)))
            }
            Test::Flag(value) => self.flag(value, scope),
        }
    }

    fn joined(
        &self,
        tests: &'a [Test],
        scope: Scope<'_, 'a>,
        decides: Truth,
        join: fn(Truth, Truth) -> Truth,
    ) -> Truth {
        let mut all = decides.not();
        for test in tests {
            all = join(all, self.truth(test, scope));
            if all == decides {
                break;
            }
        }
        all
    }

    /// A value that is a test is asked as one, so that silence stays silence.
    fn flag(&self, value: &'a Expr, scope: Scope<'_, 'a>) -> Truth {
        match value {
            Expr::Test(test) => self.truth(test, scope),
            Expr::Let(index) => {
                self.rule.lets.get(*index).map_or(Truth::Unclear, |value| self.flag(value, scope))
            }
            other => self.value(other, scope).flag(),
        }
    }

    fn one_of(&self, value: &Operand<'a>, members: &'a Members, scope: Scope<'_, 'a>) -> Truth {
        if value.is_absent() {
            return Truth::Missing;
        }
        if value.is_open() {
            return Truth::Unclear;
        }
        match members {
            Members::Written(members) => members.iter().fold(Truth::False, |found, member| {
                found.or(self.compare(Comparison::Equal, value, &self.value(member, scope)))
            }),
            Members::List(list) => {
                let listed = self.list(list, scope);
                let mut found = if listed.doubt.is_some() { Truth::Unclear } else { Truth::False };
                for member in listed.members {
                    found =
                        found.or(self.compare(Comparison::Equal, value, &Operand::Fact(member)));
                    if found == Truth::True || !self.step() {
                        break;
                    }
                }
                found
            }
        }
    }

    /// What a value comes to.
    pub(super) fn value(&self, value: &'a Expr, scope: Scope<'_, 'a>) -> Operand<'a> {
        if !self.step() {
            return Operand::unclear("the rule takes too many steps on this agreement");
        }
        let two =
            |sides: &'a [Expr; 2]| (self.value(&sides[0], scope), self.value(&sides[1], scope));
        match value {
            Expr::Constant(value) => Operand::computed(lent(value)),
            Expr::Param(index) => match self.param(*index) {
                [one] => Operand::computed(lent(one)),
                choices => Operand::Choices(choices),
            },
            Expr::Let(index) => self
                .rule
                .lets
                .get(*index)
                .map_or(Operand::Nothing, |value| self.value(value, scope)),
            Expr::Path(path) => match self.way(path, scope) {
                Way::To(record, field) => Operand::Fact(self.ask(record, field)),
                Way::Ended(fact, _) => Operand::Fact(fact),
                Way::Nowhere => Operand::Nothing,
            },
            Expr::Part(value, part) => part_of(self.value(value, scope), *part),
            Expr::Plus(sides) => {
                let (a, b) = two(sides);
                add(a, b, true, self.conventions())
            }
            Expr::Minus(sides) => {
                let (a, b) = two(sides);
                add(a, b, false, self.conventions())
            }
            Expr::ShareOf(sides) => {
                let (share, whole) = two(sides);
                share_of(share, whole)
            }
            Expr::Otherwise(sides) => match self.value(&sides[0], scope) {
                absent if absent.is_absent() => self.value(&sides[1], scope),
                known => known,
            },
            Expr::Count { different, of } => {
                Operand::Count(self.count(different.as_deref(), of, scope))
            }
            Expr::Sum { value, of } => self.sum(value, of, scope),
            Expr::Test(test) => match self.truth(test, scope) {
                Truth::True => Operand::computed(Value::Flag(true)),
                Truth::False => Operand::computed(Value::Flag(false)),
                Truth::Missing => Operand::Fact(Fact::Absent),
                Truth::Unclear => Operand::unclear("this cannot be told"),
            },
        }
    }

    /// The values of a parameter, for the kind of this agreement.
    pub(super) fn param(&self, index: usize) -> &'a [Value<'static>] {
        self.rule.params.get(index).map_or(&[], |param| param.values(self.kind))
    }

    /// Where a path leads: to a fact of a record, or no farther than to something that is none.
    pub(super) fn way(&self, path: &'a Path, scope: Scope<'_, 'a>) -> Way<'a> {
        let agreement = Record::Agreement(self.facts.agreement);
        let mut last = match path.root {
            Root::Agreement => agreement,
            Root::Bound(slot) => match found(slot, scope).map(|bound| bound.fact) {
                Some(Fact::Known(Value::Record(record), _)) if !path.fields.is_empty() => *record,
                Some(other) => return Way::Ended(beyond(other.clone(), path, agreement), None),
                None => return Way::Nowhere,
            },
            Root::AsOf => return Way::Ended(self.today(), None),
            Root::Let(index) => {
                match self.rule.lets.get(index).map(|value| self.value(value, scope)) {
                    Some(Operand::Fact(Fact::Known(Value::Record(record), _)))
                        if !path.fields.is_empty() =>
                    {
                        record
                    }
                    Some(Operand::Fact(other)) => {
                        return Way::Ended(beyond(other, path, agreement), None);
                    }
                    _ => return Way::Nowhere,
                }
            }
            Root::Param(_) => return Way::Nowhere,
        };
        let Some((field, way)) = path.fields.split_last() else { return Way::Nowhere };
        for step in way {
            match self.ask(last, step) {
                Fact::Known(Value::Record(record), _) => last = record,
                other => return Way::Ended(beyond(other, path, last), Some(last)),
            }
        }
        Way::To(last, field)
    }

    /// The day of the check.
    fn today(&self) -> Fact<'a> {
        let unknown = Fact::Unclear(Cow::Borrowed("no day is given for the check"), Where::Nowhere);
        self.facts
            .as_of
            .map_or(unknown, |date| Fact::Known(Value::Date(When::day(date)), Where::Nowhere))
    }

    /// A fact of a record. What a record does not state is unknown where a part of it could not be read.
    pub(super) fn ask(&self, record: Record<'a>, field: &'static Field) -> Fact<'a> {
        let mut fact = (field.get)(record, self.facts);
        match &mut fact {
            Fact::Absent if matches!(field.ty, Type::List(_)) => empty(record, record.partial()),
            Fact::Absent => record.partial().map_or(Fact::Absent, Fact::Unreadable),
            Fact::Known(Value::List(list), _) => {
                let whole = matches!(record, Record::Agreement(_));
                if list.members.is_empty() && list.doubt.is_none() && !whole {
                    list.doubt = record.partial();
                }
                fact
            }
            _ => fact,
        }
    }

    /// The members of a list.
    pub(super) fn list(&self, list: &'a Expr, scope: Scope<'_, 'a>) -> Listed<'a> {
        if let Expr::Param(index) = list {
            return Listed {
                members: MembersOf::Values(self.param(*index).iter()),
                place: None,
                doubt: None,
            };
        }
        let of = |members: Vec<Fact<'a>>, place, doubt| Listed {
            members: MembersOf::Facts(members.into_iter()),
            place,
            doubt,
        };
        match self.value(list, scope) {
            Operand::Fact(Fact::Known(Value::List(list), _)) => {
                let List { members, place, doubt } = *list;
                of(members, Some(place), doubt)
            }
            Operand::Fact(Fact::Hole(_, span) | Fact::Unreadable(span)) => {
                of(Vec::new(), None, Some(span))
            }
            _ => of(Vec::new(), None, None),
        }
    }
}

/// The member a slot is bound to.
pub(super) fn found<'e, 'a>(slot: usize, scope: Scope<'e, 'a>) -> Option<&'e Bound<'e, 'a>> {
    let mut here = scope;
    while let Some(bound) = here {
        if bound.slot == slot {
            return Some(bound);
        }
        here = bound.outer;
    }
    None
}

fn mentions(text: &Operand<'_>, words: &Operand<'_>) -> Truth {
    if text.is_absent() || words.is_absent() {
        return Truth::Missing;
    }
    match (text, words) {
        (
            Operand::Fact(Fact::Known(Value::Text(text), _)),
            Operand::Fact(Fact::Known(Value::Text(words), _)),
        ) => mention(text, words).is_some().into(),
        _ => Truth::Unclear,
    }
}

/// What the end of a path is, where its way ends at something that is no record: a list of it has
/// no members, for all one can see.
fn beyond<'a>(fact: Fact<'a>, path: &Path, last: Record<'a>) -> Fact<'a> {
    if !path.fields.last().is_some_and(|field| matches!(field.ty, Type::List(_))) {
        return fact;
    }
    match fact {
        Fact::Absent => empty(last, None),
        Fact::Hole(_, span) | Fact::Unreadable(span) => empty(last, Some(span)),
        Fact::Unclear(_, at) => {
            empty(last, Some(at.spans().first().copied().unwrap_or(last.anchor().span)))
        }
        other => other,
    }
}

/// A list of a record without members.
fn empty(of: Record<'_>, doubt: Option<Span>) -> Fact<'_> {
    Fact::Known(
        Value::List(Box::new(List { members: Vec::new(), place: of.anchor(), doubt })),
        Where::Nowhere,
    )
}
