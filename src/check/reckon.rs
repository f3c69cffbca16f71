//! Sums, differences and shares of operands, exact or not at all.

use std::borrow::Cow;

use crate::value::{Measure, Number, Percent, Period, Quantity, Unit};
use crate::vocabulary::{Fact, Value, Where};

use super::operand::{Operand, counts};

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
            add_values(&a, &b, plus)
        }
        (a, Operand::Choices(choices)) => {
            let b = Operand::Choices(choices).chosen(&a).into_owned();
            add_values(&a, &b, plus)
        }
        (a, b) => add_values(&a, &b, plus),
    }
}

/// A count as the number or the stretch of numbers it is.
fn counted(operand: Operand<'_>) -> Operand<'_> {
    match (counts(&operand), &operand) {
        (Some([low, _]), Operand::Count(tally)) if tally.high == Some(tally.low) => {
            Operand::computed(low)
        }
        (Some([low, high]), Operand::Count(tally)) if tally.unclear => {
            Operand::Fact(Fact::Range(low, high, Where::Nowhere))
        }
        (Some(_), _) => Operand::Fact(Fact::Absent),
        (None, _) => operand,
    }
}

fn add_values<'a>(a: &Operand<'a>, b: &Operand<'a>, plus: bool) -> Operand<'a> {
    let sum =
        |a: &Value<'a>, b: &Value<'a>| if plus { plus_value(a, b) } else { minus_value(a, b) };
    let both = match (a, b) {
        (Operand::Fact(Fact::Known(a, _)), Operand::Fact(Fact::Known(b, _))) => {
            sum(a, b).map(Operand::computed)
        }
        (Operand::Fact(Fact::Range(low, high, _)), Operand::Fact(Fact::Known(b, _))) => {
            range(sum(low, b), sum(high, b))
        }
        (Operand::Fact(Fact::Known(a, _)), Operand::Fact(Fact::Range(low, high, _))) if plus => {
            range(sum(a, low), sum(a, high))
        }
        (Operand::Fact(Fact::Known(a, _)), Operand::Fact(Fact::Range(low, high, _))) => {
            range(sum(a, high), sum(a, low))
        }
        (Operand::Fact(Fact::Range(a, b, _)), Operand::Fact(Fact::Range(c, d, _))) if plus => {
            range(sum(a, c), sum(b, d))
        }
        (Operand::Fact(Fact::Range(a, b, _)), Operand::Fact(Fact::Range(c, d, _))) => {
            range(sum(a, d), sum(b, c))
        }
        _ => None,
    };
    both.unwrap_or_else(|| {
        let why = match (a, b) {
            (Operand::Fact(Fact::Known(Value::Date(_), _)), _) => {
                "business days count only by a calendar"
            }
            (Operand::Fact(Fact::Known(Value::Money(_), _)), _) => {
                "the amounts are in two currencies"
            }
            (Operand::Fact(Fact::Known(Value::Quantity(_), _)), _) => {
                "the amounts count different things"
            }
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
        _ => amounts(a, b, Number::checked_add)?,
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
        _ => amounts(a, b, Number::checked_sub)?,
    })
}

/// One length less another, unit by unit; `None` where a unit would fall below nothing.
fn less(a: Period, b: Period) -> Option<Period> {
    let days = Period::new(a.days().checked_sub(b.days())?, Unit::Days)?;
    let business =
        Period::new(a.business_days().checked_sub(b.business_days())?, Unit::BusinessDays)?;
    Period::new(a.months().checked_sub(b.months())?, Unit::Months)?
        .checked_add(days)?
        .checked_add(business)
}

/// Amounts of one unit; nothing of a currency fits every other.
fn amounts<'a>(
    a: &Value<'a>,
    b: &Value<'a>,
    join: impl Fn(Number, Number) -> Option<Number>,
) -> Option<Value<'a>> {
    let (one, other) = (quantity(a)?, quantity(b)?);
    let money = |q: &Quantity| matches!(q.unit, Measure::Money(_));
    let unit = if one.unit == other.unit || (money(&one) && money(&other) && other.number.is_zero())
    {
        one.unit.clone()
    } else if money(&one) && money(&other) && one.number.is_zero() {
        other.unit.clone()
    } else {
        return None;
    };
    let sum = Quantity { number: join(one.number, other.number)?, unit };
    let as_money = matches!((a, b), (Value::Money(_), Value::Money(_)));
    Some(
        sum.money()
            .filter(|_| as_money)
            .map_or_else(|| Value::Quantity(Cow::Owned(sum)), Value::Money),
    )
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
        (Operand::Fact(Fact::Known(Value::Percent(share), _)), Operand::Fact(whole)) => {
            match &whole {
                Fact::Known(value, _) => part(share, value).map(Operand::computed),
                Fact::Range(low, high, _) => range(part(share, low), part(share, high)),
                _ => None,
            }
            .unwrap_or(Operand::unclear("this cannot be reckoned exactly"))
        }
        (
            Operand::Fact(Fact::Range(Value::Percent(least), Value::Percent(most), _)),
            Operand::Fact(whole),
        ) => match &whole {
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
        Value::Money(money) => Value::Money(crate::value::Money {
            amount: share.of(money.amount)?,
            currency: money.currency,
        }),
        Value::Quantity(quantity) => Value::Quantity(Cow::Owned(Quantity {
            number: share.of(quantity.number)?,
            unit: quantity.unit.clone(),
        })),
        _ => return None,
    })
}
