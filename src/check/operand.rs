//! What a value of a rule comes to, and how two of them compare.

use std::borrow::Cow;

use crate::policy::{against_nothing, currency, orderings, same};
use crate::value::{Comparison, Measure, Number, Orderings, Percent, Quantity};
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
    pub(super) const fn unclear(why: &'static str) -> Self {
        Self::Fact(Fact::Unclear(Cow::Borrowed(why), Where::Nowhere))
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
            Self::Fact(Fact::Hole(..) | Fact::Unreadable(_) | Fact::Unclear(..)) => Truth::Unclear,
            Self::Fact(Fact::Known(Value::Record(record), _)) if record.kind().section => {
                let written = record.anchor().section != "header";
                if !written && record.partial().is_some() { Truth::Unclear } else { written.into() }
            }
            Self::Fact(Fact::Known(..) | Fact::Range(..)) | Self::Count(_) | Self::Nothing | Self::Choices(_) => Truth::True,
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
    fn chosen<'x>(&'x self, other: &Self) -> Cow<'x, Self> {
        let Self::Choices(choices) = self else { return Cow::Borrowed(self) };
        let wanted = match other {
            Self::Fact(Fact::Known(value, _) | Fact::Range(value, ..)) => currency(value),
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
pub(super) fn compare(how: Comparison, a: &Operand<'_>, b: &Operand<'_>) -> Truth {
    if a.is_absent() || b.is_absent() {
        return Truth::Missing;
    }
    if a.is_open() || b.is_open() {
        return Truth::Unclear;
    }
    let (first, second) = (a.chosen(b), b.chosen(a));
    if let (Operand::Fact(Fact::Known(one, _)), Operand::Fact(Fact::Known(other, _))) = (&*first, &*second)
        && let Some(alike) = same(one, other)
    {
        return alike.into();
    }
    match possible(&first, &second).and_then(|order| order.decide(how)) {
        Some(answer) => answer.into(),
        None => silent_count(a, b),
    }
}

/// A count that only silence leaves open is missing something; every other doubt is doubt.
const fn silent_count(a: &Operand<'_>, b: &Operand<'_>) -> Truth {
    match (a, b) {
        (Operand::Count(tally), Operand::Fact(Fact::Known(..))) | (Operand::Fact(Fact::Known(..)), Operand::Count(tally))
            if !tally.unclear =>
        {
            Truth::Missing
        }
        (Operand::Count(one), Operand::Count(other)) if !one.unclear && !other.unclear => Truth::Missing,
        _ => Truth::Unclear,
    }
}

/// The orders in which two operands may stand.
fn possible(a: &Operand<'_>, b: &Operand<'_>) -> Option<Orderings> {
    let counted = [counts(a), counts(b)];
    let [a_low, a_high] = ends(a, counted[0].as_ref())?;
    let [b_low, b_high] = ends(b, counted[1].as_ref())?;
    let exact = !matches!(a, Operand::Fact(Fact::Range(..)) | Operand::Count(_)) && !matches!(b, Operand::Fact(Fact::Range(..)) | Operand::Count(_));
    let lowest = between(a_low, b_high)?;
    if exact {
        return Some(lowest);
    }
    let highest = between(a_high, b_low)?;
    let equal = (lowest.less || lowest.equal) && (highest.greater || highest.equal);
    Some(Orderings { less: lowest.less, equal, greater: highest.greater })
}

fn counts<'a>(operand: &Operand<'a>) -> Option<[Value<'a>; 2]> {
    let Operand::Count(tally) = operand else { return None };
    let high = tally.high.map_or(Value::Endless("unlimited"), |high| Value::Number(Number::from(high)));
    Some([Value::Number(Number::from(tally.low)), high])
}

fn ends<'x, 'a>(operand: &'x Operand<'a>, counted: Option<&'x [Value<'a>; 2]>) -> Option<[End<'x, 'a>; 2]> {
    Some(match operand {
        Operand::Nothing => [End::Nothing; 2],
        Operand::Fact(Fact::Known(value, _)) => [End::Value(value); 2],
        Operand::Fact(Fact::Range(low, high, _)) => [End::Value(low), End::Value(high)],
        _ => {
            let [low, high] = counted?;
            [End::Value(low), End::Value(high)]
        }
    })
}

fn between(a: End<'_, '_>, b: End<'_, '_>) -> Option<Orderings> {
    match (a, b) {
        (End::Nothing, End::Nothing) => Some(std::cmp::Ordering::Equal.into()),
        (End::Nothing, End::Value(value)) => against_nothing(value),
        (End::Value(value), End::Nothing) => {
            against_nothing(value).map(|order| Orderings { less: order.greater, equal: order.equal, greater: order.less })
        }
        (End::Value(a), End::Value(b)) => orderings(a, b),
    }
}

/// The first and the second together, or the first less the second.
pub(super) fn add<'a>(a: Operand<'a>, b: Operand<'a>, plus: bool) -> Operand<'a> {
    for side in [&a, &b] {
        if side.is_absent() {
            return Operand::Fact(Fact::Absent);
        }
    }
    let (a, b) = (counted(a), counted(b));
    match (a, b) {
        (a, _) if a.is_open() => a,
        (_, b) if b.is_open() => b,
        (a, Operand::Nothing) => a,
        (Operand::Nothing, b) if plus => b,
        (Operand::Choices(choices), b) => {
            let a = Operand::Choices(choices).chosen(&b).into_owned();
            add_values(a, b, plus)
        }
        (a, Operand::Choices(choices)) => {
            let b = Operand::Choices(choices).chosen(&a).into_owned();
            add_values(a, b, plus)
        }
        (a, b) => add_values(a, b, plus),
    }
}

/// A count as the number or the stretch of numbers it is.
fn counted(operand: Operand<'_>) -> Operand<'_> {
    match (counts(&operand), &operand) {
        (Some([low, _]), Operand::Count(tally)) if tally.high == Some(tally.low) => Operand::computed(low),
        (Some([low, high]), Operand::Count(tally)) if tally.unclear => Operand::Fact(Fact::Range(low, high, Where::Nowhere)),
        (Some(_), _) => Operand::Fact(Fact::Absent),
        (None, _) => operand,
    }
}

fn add_values<'a>(a: Operand<'a>, b: Operand<'a>, plus: bool) -> Operand<'a> {
    let sum = |a: &Value<'a>, b: &Value<'a>| if plus { plus_value(a, b) } else { minus_value(a, b) };
    let both = match (&a, &b) {
        (Operand::Fact(Fact::Known(a, _)), Operand::Fact(Fact::Known(b, _))) => sum(a, b).map(Operand::computed),
        (Operand::Fact(Fact::Range(low, high, _)), Operand::Fact(Fact::Known(b, _))) => range(sum(low, b), sum(high, b)),
        (Operand::Fact(Fact::Known(a, _)), Operand::Fact(Fact::Range(low, high, _))) if plus => range(sum(a, low), sum(a, high)),
        (Operand::Fact(Fact::Known(a, _)), Operand::Fact(Fact::Range(low, high, _))) => range(sum(a, high), sum(a, low)),
        (Operand::Fact(Fact::Range(a, b, _)), Operand::Fact(Fact::Range(c, d, _))) if plus => range(sum(a, c), sum(b, d)),
        (Operand::Fact(Fact::Range(a, b, _)), Operand::Fact(Fact::Range(c, d, _))) => range(sum(a, d), sum(b, c)),
        _ => None,
    };
    both.unwrap_or_else(|| {
        let why = match (&a, &b) {
            (Operand::Fact(Fact::Known(Value::Date(_), _)), _) => "business days count only by a calendar",
            (Operand::Fact(Fact::Known(Value::Money(_), _)), _) => "the amounts are in two currencies",
            (Operand::Fact(Fact::Known(Value::Quantity(_), _)), _) => "the amounts count different things",
            _ => "this cannot be reckoned",
        };
        Operand::unclear(why)
    })
}

fn range<'a>(low: Option<Value<'a>>, high: Option<Value<'a>>) -> Option<Operand<'a>> {
    Some(Operand::Fact(Fact::Range(low?, high?, Where::Nowhere)))
}

fn plus_value<'a>(a: &Value<'a>, b: &Value<'a>) -> Option<Value<'a>> {
    Some(match (a, b) {
        (Value::Endless(word), _) | (_, Value::Endless(word)) => Value::Endless(word),
        (Value::Number(a), Value::Number(b)) => Value::Number(a.checked_add(*b)?),
        (Value::Percent(a), Value::Percent(b)) => Value::Percent(a.checked_add(*b)?),
        (Value::Duration(a), Value::Duration(b)) => Value::Duration(a.checked_add(*b)?),
        (Value::Date(when), Value::Duration(period)) => Value::Date(when.plus(*period)?),
        _ => amounts(a, b, |a, b| a.checked_add(b))?,
    })
}

fn minus_value<'a>(a: &Value<'a>, b: &Value<'a>) -> Option<Value<'a>> {
    Some(match (a, b) {
        (_, Value::Endless(_)) => return None,
        (Value::Endless(word), _) => Value::Endless(word),
        (Value::Number(a), Value::Number(b)) => Value::Number(a.checked_sub(*b)?),
        (Value::Percent(a), Value::Percent(b)) => Value::Percent(a.checked_sub(*b)?),
        (Value::Duration(a), Value::Duration(b)) => Value::Duration(less(*a, *b)?),
        (Value::Date(when), Value::Duration(period)) => Value::Date(when.minus(*period)?),
        _ => amounts(a, b, |a, b| a.checked_sub(b))?,
    })
}

/// One length less another, unit by unit; `None` where a unit would fall below nothing.
fn less(a: crate::value::Period, b: crate::value::Period) -> Option<crate::value::Period> {
    use crate::value::{Period, Unit};
    let days = Period::new(a.days().checked_sub(b.days())?, Unit::Days)?;
    let business = Period::new(a.business_days().checked_sub(b.business_days())?, Unit::BusinessDays)?;
    Period::new(a.months().checked_sub(b.months())?, Unit::Months)?.checked_add(days)?.checked_add(business)
}

/// Amounts of one unit; nothing of a currency fits every other.
fn amounts<'a>(a: &Value<'a>, b: &Value<'a>, join: impl Fn(Number, Number) -> Option<Number>) -> Option<Value<'a>> {
    let (one, other) = (quantity(a)?, quantity(b)?);
    let money = |q: &Quantity| matches!(q.unit, Measure::Money(_));
    let unit = if one.unit == other.unit || (money(&one) && money(&other) && other.number.is_zero()) {
        one.unit.clone()
    } else if money(&one) && money(&other) && one.number.is_zero() {
        other.unit.clone()
    } else {
        return None;
    };
    let sum = Quantity { number: join(one.number, other.number)?, unit };
    let as_money = matches!((a, b), (Value::Money(_), Value::Money(_)));
    Some(sum.money().filter(|_| as_money).map_or_else(|| Value::Quantity(Cow::Owned(sum)), Value::Money))
}

fn quantity<'x>(value: &'x Value<'_>) -> Option<Cow<'x, Quantity>> {
    match value {
        Value::Money(money) => Some(Cow::Owned((*money).into())),
        Value::Quantity(quantity) => Some(Cow::Borrowed(quantity)),
        _ => None,
    }
}

/// A share of an amount.
pub(super) fn share_of<'a>(share: Operand<'a>, whole: Operand<'a>) -> Operand<'a> {
    if share.is_absent() || whole.is_absent() {
        return Operand::Fact(Fact::Absent);
    }
    let whole = counted(whole);
    match (share, whole) {
        (share, _) if share.is_open() => share,
        (_, whole) if whole.is_open() => whole,
        (_, Operand::Nothing) | (Operand::Nothing, _) => Operand::Nothing,
        (Operand::Fact(Fact::Known(Value::Percent(share), _)), Operand::Fact(whole)) => match &whole {
            Fact::Known(value, _) => part(share, value).map(Operand::computed),
            Fact::Range(low, high, _) => range(part(share, low), part(share, high)),
            _ => None,
        }
        .unwrap_or(Operand::unclear("this cannot be reckoned exactly")),
        (Operand::Fact(Fact::Range(Value::Percent(least), Value::Percent(most), _)), Operand::Fact(whole)) => match &whole {
            Fact::Known(value, _) => range(part(least, value), part(most, value)),
            Fact::Range(low, high, _) => range(part(least, low), part(most, high)),
            _ => None,
        }
        .unwrap_or(Operand::unclear("this cannot be reckoned exactly")),
        _ => Operand::unclear("this cannot be reckoned"),
    }
}

fn part<'a>(share: Percent, value: &Value<'a>) -> Option<Value<'a>> {
    Some(match value {
        Value::Endless(word) => Value::Endless(word),
        Value::Number(number) => Value::Number(share.of(*number)?),
        Value::Money(money) => Value::Money(crate::value::Money { amount: share.of(money.amount)?, currency: money.currency }),
        Value::Quantity(quantity) => {
            Value::Quantity(Cow::Owned(Quantity { number: share.of(quantity.number)?, unit: quantity.unit.clone() }))
        }
        _ => return None,
    })
}
