//! Money: a decimal amount and its currency.

use std::fmt;

use super::number::{Number, spelled};

/// An ISO 4217 currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The currency a three-letter code names, if ISO 4217 has it.
    pub fn from_code(code: &str) -> Option<Self> {
        use iso_currency::Currency::{EUR, GBP, USD};
        // Nearly every amount is in one of these; the others are compared one by one.
        let common = [EUR, USD, GBP].into_iter().find(|common| common.code() == code);
        common.or_else(|| iso_currency::Currency::from_code(code)).map(Self)
    }

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals its smallest coin has: 2 for the euro, 0 for the yen; some have no coin.
    pub fn decimals(self) -> Option<u32> {
        self.0.exponent().map(u32::from)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount of money. It compares as the [`Quantity`](super::Quantity) it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// How much.
    pub amount: Number,
    /// Of what.
    pub currency: Currency,
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, spelled(self.amount).text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(code: &str, amount: i64) -> Money {
        Money { amount: amount.into(), currency: Currency::from_code(code).unwrap() }
    }

    #[test]
    fn money_is_spelled_as_written() {
        assert_eq!(money("EUR", 60_000).to_string(), "EUR 60,000");
        assert_eq!(Currency::from_code("ZZZ"), None);
    }
}
