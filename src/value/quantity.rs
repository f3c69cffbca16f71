//! Quantities: a number of something. Money is a quantity whose unit is a currency.

use std::fmt;

use super::Str;
use super::money::{Currency, Money};
use super::number::{Number, spelled};
use super::order::Orderings;

/// What a quantity counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// Money of a currency.
    Money(Currency),
    /// Anything with a name: `dedicated sends`.
    Of(Str),
    /// A bare number.
    Plain,
}

/// A number of something. Quantities of different things do not compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// How many.
    pub number: Number,
    /// Of what.
    pub unit: Measure,
}

impl Quantity {
    /// The money it is, if it is money.
    pub fn money(&self) -> Option<Money> {
        match self.unit {
            Measure::Money(currency) => Some(Money { amount: self.number, currency }),
            Measure::Of(_) | Measure::Plain => None,
        }
    }

    /// The name of its unit: a currency code, the quoted words, or nothing.
    pub fn unit_name(&self) -> &str {
        match &self.unit {
            Measure::Money(currency) => currency.code(),
            Measure::Of(name) => name,
            Measure::Plain => "",
        }
    }
}

impl From<Money> for Quantity {
    fn from(money: Money) -> Self {
        Self { number: money.amount, unit: Measure::Money(money.currency) }
    }
}

impl Quantity {
    /// The orders possible between two quantities: any, where they count different things, except
    /// that no money is no money in every currency.
    pub fn orderings(&self, other: &Self) -> Orderings {
        let both_money =
            matches!((&self.unit, &other.unit), (Measure::Money(_), Measure::Money(_)));
        let nothing = both_money && (self.number.is_zero() || other.number.is_zero());
        if self.unit == other.unit || nothing {
            self.number.cmp(&other.number).into()
        } else {
            Orderings::ANY
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.unit {
            Measure::Money(currency) => write!(f, "{currency} {}", spelled(self.number).text()),
            Measure::Of(name) => write!(f, "{} {name}", spelled(self.number).text()),
            Measure::Plain => f.write_str(spelled(self.number).text()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(code: &str, amount: i64) -> Quantity {
        Money { amount: amount.into(), currency: Currency::from_code(code).unwrap() }.into()
    }

    #[test]
    fn currencies_do_not_mix() {
        assert_eq!(money("EUR", 1).orderings(&money("USD", 2)), Orderings::ANY);
        assert_eq!(money("EUR", 0).orderings(&money("USD", 2)), std::cmp::Ordering::Less.into());
        assert_eq!(money("EUR", 3).orderings(&money("EUR", 2)), std::cmp::Ordering::Greater.into());
    }
}
