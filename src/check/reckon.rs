//! Sums, differences and shares of operands, exact or not at all.

use std::borrow::Cow;

use crate::value::{Conventions, Measure, Number, Period, Quantity, Unit};
use crate::vocabulary::{Fact, Value, Where};

use super::operand::{Operand, counts};

/// The first and the second together, or the first less the second.
pub(super) fn add<'a>(a: Operand<'a>, b: Operand<'a>, plus: bool, by: &Conventions) -> Operand<'a> {
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
            add_values(&a, &b, plus, by)
        }
        (a, Operand::Choices(choices)) => {
            let b = Operand::Choices(choices).chosen(&a).into_owned();
            add_values(&a, &b, plus, by)
        }
        (a, b) => add_values(&a, &b, plus, by),
    }
}

/// A count as the number or the stretch of numbers it is.
fn counted(operand: Operand<'_>) -> Operand<'_> {
    match (counts(&operand), &operand) {
        (Some([low, _]), Operand::Count(tally)) if tally.high == Some(tally.low) => {
            Operand::computed(low)
        }
        (Some([low, high]), Operand::Count(tally)) if tally.unclear => {
            Operand::Fact(Fact::Range(Box::new([low, high]), Where::Nowhere))
        }
        (Some(_), _) => Operand::Fact(Fact::Absent),
        (None, _) => operand,
    }
}

fn add_values<'a>(a: &Operand<'a>, b: &Operand<'a>, plus: bool, by: &Conventions) -> Operand<'a> {
    let mut undated = None;
    let mut sum = |a: &Value<'a>, b: &Value<'a>| match (a, b) {
        (Value::Date(when), Value::Duration(period)) => {
            let moved = if plus { when.plus(*period, by) } else { when.minus(*period, by) };
            moved.map_err(|why| undated = Some(why)).ok().map(Value::Date)
        }
        _ if plus => plus_value(a, b),
        _ => minus_value(a, b),
    };
    let both = match (stretch(a), stretch(b)) {
        (Some(a), Some(b)) if a.exact && b.exact => sum(a.low, b.low).map(Operand::computed),
        (Some(a), Some(b)) if plus => range(sum(a.low, b.low), sum(a.high, b.high)),
        (Some(a), Some(b)) => range(sum(a.low, b.high), sum(a.high, b.low)),
        _ => None,
    };
    both.unwrap_or_else(|| {
        if let Some(why) = undated {
            return Operand::unclear(why.to_string());
        }
        let why = match (a, b) {
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

/// The least and the most a value may be.
struct Stretch<'x, 'a> {
    low: &'x Value<'a>,
    high: &'x Value<'a>,
    exact: bool,
}

fn stretch<'x, 'a>(operand: &'x Operand<'a>) -> Option<Stretch<'x, 'a>> {
    match operand {
        Operand::Fact(Fact::Known(value, _)) => {
            Some(Stretch { low: value, high: value, exact: true })
        }
        Operand::Fact(Fact::Range(ends, _)) => {
            let [low, high] = &**ends;
            Some(Stretch { low, high, exact: false })
        }
        _ => None,
    }
}

fn range<'a>(low: Option<Value<'a>>, high: Option<Value<'a>>) -> Option<Operand<'a>> {
    Some(Operand::Fact(Fact::Range(Box::new([low?, high?]), Where::Nowhere)))
}

fn plus_value<'a>(a: &Value<'a>, b: &Value<'a>) -> Option<Value<'a>> {
    Some(match (a, b) {
        (Value::Endless(word), _) | (_, Value::Endless(word)) => Value::Endless(word),
        (Value::Number(a), Value::Number(b)) => Value::Number(a.checked_add(*b)?),
        (Value::Percent(a), Value::Percent(b)) => Value::Percent(a.checked_add(*b)?),
        (Value::Duration(a), Value::Duration(b)) => Value::Duration(a.checked_add(*b)?),
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
    if share.is_open() {
        return share;
    }
    if whole.is_open() || matches!(whole, Operand::Nothing) {
        return whole;
    }
    if matches!(share, Operand::Nothing) {
        return share;
    }
    let taken = match (stretch(&share), stretch(&whole)) {
        (Some(share), Some(whole)) if share.exact && whole.exact => {
            part(share.low, whole.low).map(Operand::computed)
        }
        (Some(share), Some(whole)) => {
            range(part(share.low, whole.low), part(share.high, whole.high))
        }
        _ => None,
    };
    taken.unwrap_or(Operand::unclear("this cannot be reckoned exactly"))
}

fn part<'a>(share: &Value<'a>, value: &Value<'a>) -> Option<Value<'a>> {
    let Value::Percent(share) = share else { return None };
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Why two values do not add up.
    fn told(a: Value<'static>, b: Value<'static>) -> String {
        let (a, b) = (Operand::computed(a), Operand::computed(b));
        match add(a, b, true, &Conventions::default()) {
            Operand::Fact(Fact::Unclear(why, _)) => why.into_owned(),
            _ => panic!("they add up"),
        }
    }

    #[test]
    fn what_does_not_add_up_says_why() {
        let money = |code: &str| {
            let currency = crate::value::Currency::from_code(code).unwrap();
            Value::Money(crate::value::Money { amount: Number::ONE, currency })
        };
        let of = |unit: &str| {
            let unit = Measure::Of(unit.into());
            Value::Quantity(Cow::Owned(Quantity { number: Number::ONE, unit }))
        };
        assert_eq!(told(money("EUR"), money("USD")), "the amounts are in two currencies");
        assert_eq!(told(of("sends"), of("shops")), "the amounts count different things");
        assert_eq!(told(Value::Flag(true), of("shops")), "this cannot be reckoned");
    }
}
