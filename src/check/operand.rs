//! What a value of a rule comes to, and how two of them compare.

use std::borrow::Cow;

use crate::policy::{against_nothing, currency, orderings, same};
use crate::value::{Comparison, Conventions, Number, Orderings};
use crate::vocabulary::{Fact, Value, Where};

use super::truth::Truth;

/// A value as far as it is known.
#[derive(Debug, Clone)]
pub(super) enum Operand<'a> {
    /// A fact of the agreement, a constant, or what was computed of them.
    Fact(Fact<'a>),
    /// How many there are.
    Count(Tally),
    /// The sum of nothing: zero of every unit.
    Nothing,
    /// An amount of money in several currencies, of which the other side chooses.
    Choices(&'a [Value<'static>]),
}

/// How many there are: from the fewest to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) low: u32,
    /// No upper end where members may be hidden.
    pub(super) high: Option<u32>,
    /// Whether doubt, and not only silence, leaves it open.
    pub(super) unclear: bool,
}

/// What one end of a stretch of values is.
#[derive(Clone, Copy)]
enum End<'x, 'a> {
    Nothing,
    Value(&'x Value<'a>),
}

impl<'a> Operand<'a> {
    /// A value that stands nowhere in the agreement.
    pub(super) const fn computed(value: Value<'a>) -> Self {
        Self::Fact(Fact::Known(value, Where::Nowhere))
    }

    /// Why it cannot be told.
    pub(super) fn unclear(why: impl Into<Cow<'static, str>>) -> Self {
        Self::Fact(Fact::Unclear(why.into(), Where::Nowhere))
    }

    pub(super) const fn is_absent(&self) -> bool {
        matches!(self, Self::Fact(Fact::Absent))
    }

    /// Whether nobody can tell what it is.
    pub(super) const fn is_open(&self) -> bool {
        matches!(self, Self::Fact(Fact::Hole(..) | Fact::Unreadable(_) | Fact::Unclear(..)))
    }

    /// Whether it is yes.
    pub(super) const fn flag(&self) -> Truth {
        match self {
            Self::Fact(Fact::Known(Value::Flag(true), _)) => Truth::True,
            Self::Fact(Fact::Known(Value::Flag(false), _)) => Truth::False,
            Self::Fact(Fact::Absent) => Truth::Missing,
            _ => Truth::Unclear,
        }
    }

    /// Whether it is stated: a hole that says who decides, or where it is said, is.
    pub(super) fn stated(&self) -> Truth {
        match self {
            Self::Fact(Fact::Absent) => Truth::False,
            Self::Fact(Fact::Hole(hole, _)) if !hole.is_open() => Truth::True,
            Self::Fact(Fact::Hole(..) | Fact::Unreadable(_)) => Truth::Unclear,
            Self::Fact(Fact::Known(Value::Record(record), _)) if record.kind().section => {
                let written = record.anchor().section != "header";
                if !written && record.partial().is_some() { Truth::Unclear } else { written.into() }
            }
            // What follows from a statement is stated, even where nobody can tell what it comes to.
            Self::Fact(Fact::Known(..) | Fact::Range(..) | Fact::Unclear(..))
            | Self::Count(_)
            | Self::Nothing
            | Self::Choices(_) => Truth::True,
        }
    }

    /// Whether it is a hole that passes a test.
    pub(super) fn hole(&self, is: impl Fn(&crate::value::Hole) -> bool) -> Truth {
        match self {
            Self::Fact(Fact::Hole(hole, _)) => is(hole).into(),
            Self::Fact(Fact::Unreadable(_)) => Truth::Unclear,
            _ => Truth::False,
        }
    }

    /// The same, with the amount chosen that has the currency of the other side.
    pub(super) fn chosen<'x>(&'x self, other: &Self) -> Cow<'x, Self> {
        let Self::Choices(choices) = self else { return Cow::Borrowed(self) };
        let wanted = match other {
            Self::Fact(Fact::Known(value, _)) => currency(value),
            Self::Fact(Fact::Range(ends, _)) => currency(&ends[0]),
            _ => None,
        };
        let fitting = choices.iter().find(|choice| currency(choice) == wanted).or(choices.first());
        Cow::Owned(fitting.map_or(Self::Nothing, |choice| Self::computed(lent(choice))))
    }
}

/// A constant of a rule, borrowed.
pub(super) fn lent<'a>(value: &'a Value<'static>) -> Value<'a> {
    match value {
        Value::Text(text) => Value::Text(Cow::Borrowed(text)),
        Value::Quantity(quantity) => Value::Quantity(Cow::Borrowed(quantity)),
        Value::Country(place) => Value::Country(Cow::Borrowed(place)),
        other => other.clone(),
    }
}

/// Whether `a` stands to `b` as asked: decided where every possible value of both agrees.
pub(super) fn compare(
    how: Comparison,
    a: &Operand<'_>,
    b: &Operand<'_>,
    by: &Conventions,
) -> Truth {
    if let Some([one, other]) = both_known(a, b) {
        return known(how, one, other, by);
    }
    if a.is_absent() || b.is_absent() {
        return Truth::Missing;
    }
    if a.is_open() || b.is_open() {
        return Truth::Unclear;
    }
    let (first, second) = (a.chosen(b), b.chosen(a));
    if let Some([one, other]) = both_known(&first, &second) {
        return known(how, one, other, by);
    }
    match possible(&first, &second, by).and_then(|order| order.decide(how)) {
        Some(answer) => answer.into(),
        None => silent_count(a, b),
    }
}

/// Two values of which nothing is open: most are.
const fn both_known<'x, 'a>(a: &'x Operand<'a>, b: &'x Operand<'a>) -> Option<[&'x Value<'a>; 2]> {
    match (a, b) {
        (Operand::Fact(Fact::Known(one, _)), Operand::Fact(Fact::Known(other, _))) => {
            Some([one, other])
        }
        _ => None,
    }
}

fn known(how: Comparison, a: &Value<'_>, b: &Value<'_>, by: &Conventions) -> Truth {
    let ordered = || orderings(a, b, by)?.decide(how);
    same(a, b).or_else(ordered).into()
}

/// A count that only silence leaves open is missing something; every other doubt is doubt.
const fn silent_count(a: &Operand<'_>, b: &Operand<'_>) -> Truth {
    match (a, b) {
        (Operand::Count(tally), Operand::Fact(Fact::Known(..)))
        | (Operand::Fact(Fact::Known(..)), Operand::Count(tally))
            if !tally.unclear =>
        {
            Truth::Missing
        }
        (Operand::Count(one), Operand::Count(other)) if !one.unclear && !other.unclear => {
            Truth::Missing
        }
        _ => Truth::Unclear,
    }
}

/// The orders in which two operands may stand.
fn possible(a: &Operand<'_>, b: &Operand<'_>, by: &Conventions) -> Option<Orderings> {
    let counted = [counts(a), counts(b)];
    let [a_low, a_high] = ends(a, counted[0].as_ref())?;
    let [b_low, b_high] = ends(b, counted[1].as_ref())?;
    let exact = !matches!(a, Operand::Fact(Fact::Range(..)) | Operand::Count(_))
        && !matches!(b, Operand::Fact(Fact::Range(..)) | Operand::Count(_));
    let lowest = between(a_low, b_high, by)?;
    if exact {
        return Some(lowest);
    }
    let highest = between(a_high, b_low, by)?;
    let equal = (lowest.less || lowest.equal) && (highest.greater || highest.equal);
    Some(Orderings { less: lowest.less, equal, greater: highest.greater })
}

pub(super) fn counts<'a>(operand: &Operand<'a>) -> Option<[Value<'a>; 2]> {
    let Operand::Count(tally) = operand else { return None };
    let high =
        tally.high.map_or(Value::Endless("unlimited"), |high| Value::Number(Number::from(high)));
    Some([Value::Number(Number::from(tally.low)), high])
}

fn ends<'x, 'a>(
    operand: &'x Operand<'a>,
    counted: Option<&'x [Value<'a>; 2]>,
) -> Option<[End<'x, 'a>; 2]> {
    Some(match operand {
        Operand::Nothing => [End::Nothing; 2],
        Operand::Fact(Fact::Known(value, _)) => [End::Value(value); 2],
        Operand::Fact(Fact::Range(ends, _)) => [End::Value(&ends[0]), End::Value(&ends[1])],
        _ => {
            let [low, high] = counted?;
            [End::Value(low), End::Value(high)]
        }
    })
}

fn between(a: End<'_, '_>, b: End<'_, '_>, by: &Conventions) -> Option<Orderings> {
    match (a, b) {
        (End::Nothing, End::Nothing) => Some(std::cmp::Ordering::Equal.into()),
        (End::Nothing, End::Value(value)) => against_nothing(value),
        (End::Value(value), End::Nothing) => against_nothing(value).map(|order| Orderings {
            less: order.greater,
            equal: order.equal,
            greater: order.less,
        }),
        (End::Value(a), End::Value(b)) => orderings(a, b, by),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;
    use crate::value::{Hole, HoleKind};

    fn number<'a>(number: u32) -> Operand<'a> {
        Operand::computed(Value::Number(number.into()))
    }

    fn range<'a>(low: u32, high: u32) -> Operand<'a> {
        let ends = [low, high].map(|end| Value::Number(end.into()));
        Operand::Fact(Fact::Range(Box::new(ends), Where::Nowhere))
    }

    const fn count<'a>(low: u32, high: Option<u32>, unclear: bool) -> Operand<'a> {
        Operand::Count(Tally { low, high, unclear })
    }

    /// Whether the first is at least the second, and the other way round.
    fn at_least(a: &Operand<'_>, b: &Operand<'_>) -> [Truth; 2] {
        let by = Conventions::default();
        [(a, b), (b, a)].map(|(a, b)| compare(Comparison::AtLeast, a, b, &by))
    }

    #[test]
    fn every_possible_value_has_to_agree() {
        use Truth::{False, Missing, True, Unclear};
        assert_eq!(at_least(&number(3), &number(2)), [True, False]);
        assert_eq!(at_least(&range(2, 4), &number(2)), [True, Unclear]);
        assert_eq!(at_least(&range(2, 4), &number(5)), [False, True]);
        assert_eq!(at_least(&range(2, 4), &range(3, 5)), [Unclear, Unclear]);
        assert_eq!(at_least(&count(2, Some(2), false), &number(2)), [True, True]);
        // Who says nothing may make it more: that is for the author of a rule to say.
        assert_eq!(at_least(&count(2, Some(4), false), &number(3)), [Missing, Missing]);
        assert_eq!(at_least(&count(2, Some(4), true), &number(3)), [Unclear, Unclear]);
        assert_eq!(at_least(&count(2, None, true), &number(2)), [True, Unclear]);
        let counts = |one, other| at_least(&count(1, Some(3), one), &count(2, Some(2), other));
        assert_eq!(counts(false, false), [Missing, Missing]);
        assert_eq!(counts(true, false), [Unclear, Unclear]);
        assert_eq!(counts(false, true), [Unclear, Unclear]);
    }

    #[test]
    fn what_is_missing_or_open_is_no_answer() {
        let (absent, span) = (Operand::Fact(Fact::Absent), Span::new(3, 5));
        let unreadable = Operand::Fact(Fact::Unreadable(span));
        assert_eq!(at_least(&absent, &number(2)), [Truth::Missing; 2]);
        assert_eq!(at_least(&absent, &unreadable), [Truth::Missing; 2]);
        assert_eq!(at_least(&unreadable, &number(2)), [Truth::Unclear; 2]);
        assert_eq!(at_least(&Operand::unclear("why"), &range(1, 2)), [Truth::Unclear; 2]);
        let open = Hole::new(HoleKind::ToBeAgreed, None);
        let hole = Operand::Fact(Fact::Hole(&open, span));
        let redacted = |operand: &Operand<'_>| operand.hole(|it| it.kind == HoleKind::Redacted);
        assert_eq!((hole.hole(Hole::is_open), redacted(&hole)), (Truth::True, Truth::False));
        // What could not be read may be left open, for all one can see.
        assert_eq!(unreadable.hole(Hole::is_open), Truth::Unclear);
        assert_eq!([&absent, &number(1)].map(redacted), [Truth::False; 2]);
    }
}
