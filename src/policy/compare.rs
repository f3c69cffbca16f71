//! The orders in which two values may stand, whatever their type.

use crate::value::{Conventions, Measure, Orderings, Percent, Quantity};
use crate::vocabulary::Value;

/// The orders possible between two values of one type, as an agreement counts its times; `None`
/// where the type has no order.
pub(crate) fn orderings(a: &Value<'_>, b: &Value<'_>, by: &Conventions) -> Option<Orderings> {
    Some(match (a, b) {
        (Value::Endless(_), Value::Endless(_)) => std::cmp::Ordering::Equal.into(),
        (Value::Endless(_), _) => std::cmp::Ordering::Greater.into(),
        (_, Value::Endless(_)) => std::cmp::Ordering::Less.into(),
        (Value::Number(a), Value::Number(b)) => a.cmp(b).into(),
        (Value::Percent(a), Value::Percent(b)) => a.cmp(b).into(),
        (Value::Duration(a), Value::Duration(b)) => a.orderings(*b, by),
        (Value::Date(a), Value::Date(b)) => a.orderings(b),
        (Value::Quantity(a), Value::Quantity(b)) => a.orderings(b),
        (Value::Money(a), Value::Money(b)) if a.currency == b.currency => {
            a.amount.cmp(&b.amount).into()
        }
        (Value::Money(a), Value::Money(b)) => Quantity::from(*a).orderings(&Quantity::from(*b)),
        (Value::Money(a), Value::Quantity(b)) => Quantity::from(*a).orderings(b),
        (Value::Quantity(a), Value::Money(b)) => a.orderings(&Quantity::from(*b)),
        _ => return None,
    })
}

/// The orders between nothing at all and a value: nothing is zero of every unit.
pub(crate) fn against_nothing(value: &Value<'_>) -> Option<Orderings> {
    let nothing = std::cmp::Ordering::Less;
    Some(match value {
        Value::Endless(_) => nothing.into(),
        Value::Number(number) => rust_decimal::Decimal::ZERO.cmp(number).into(),
        Value::Money(money) => rust_decimal::Decimal::ZERO.cmp(&money.amount).into(),
        Value::Quantity(quantity) => rust_decimal::Decimal::ZERO.cmp(&quantity.number).into(),
        Value::Percent(percent) => Percent::from_fraction(0, 1)?.cmp(percent).into(),
        Value::Duration(period) => {
            (if period.bounds().0 == 0 { std::cmp::Ordering::Equal } else { nothing }).into()
        }
        _ => return None,
    })
}

/// Whether two values without an order are the same; `None` where they have one.
pub(crate) fn same(a: &Value<'_>, b: &Value<'_>) -> Option<bool> {
    Some(match (a, b) {
        (Value::Flag(a), Value::Flag(b)) => a == b,
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::Word(a), Value::Word(b)) => a == b,
        (Value::Country(a), Value::Country(b)) => a == b,
        (Value::Currency(a), Value::Currency(b)) => a == b,
        (Value::Record(a), Value::Record(b)) => a.same(*b),
        _ => return None,
    })
}

/// The currency of a value of money.
pub(crate) fn currency(value: &Value<'_>) -> Option<crate::value::Currency> {
    match value {
        Value::Money(money) => Some(money.currency),
        Value::Quantity(quantity) => match quantity.unit {
            Measure::Money(currency) => Some(currency),
            Measure::Of(_) | Measure::Plain => None,
        },
        _ => None,
    }
}
