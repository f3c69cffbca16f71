//! Shares of a whole, exact: `1/3` three times is the whole.

use std::fmt;

use num_rational::Ratio;
use rust_decimal::Decimal;

use super::number::Number;

/// The most decimals that a number of the language is written with.
const WRITTEN: u32 = 9;

/// A share as an exact fraction of the whole: `12.5%` is 1/8.
///
/// Packed, since what holds one would else begin at every sixteenth byte, and have gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(Rust, packed(8))]
pub struct Percent(Ratio<i128>);

impl Percent {
    /// `number` percent; `None` past twelve significant decimals.
    pub fn from_percent(number: Number) -> Option<Self> {
        let number = number.normalize();
        let scale = 10_i128.checked_pow(number.scale().checked_add(2)?)?;
        (number.scale() <= 12).then(|| Self(Ratio::new(number.mantissa(), scale)))
    }

    /// `numerator/denominator`; `None` where the denominator is zero.
    pub fn from_fraction(numerator: u32, denominator: u32) -> Option<Self> {
        (denominator != 0).then(|| Self(Ratio::new(i128::from(numerator), i128::from(denominator))))
    }

    /// Both shares together; `None` where the exact sum does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let (a, b) = (self.0, other.0);
        let left = a.numer().checked_mul(*b.denom())?;
        let right = b.numer().checked_mul(*a.denom())?;
        let denominator = a.denom().checked_mul(*b.denom())?;
        Some(Self(Ratio::new(left.checked_add(right)?, denominator)))
    }

    /// One share less another; `None` where the exact difference does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Self(-other.0))
    }

    /// What stands above the line and below it: 1 and 8 of `12.5%`.
    pub const fn fraction(self) -> (i128, i128) {
        let share = self.0;
        (*share.numer(), *share.denom())
    }

    /// This share of a number; `None` where it does not fit an exact decimal to 28 places.
    pub fn of(self, number: Number) -> Option<Number> {
        let (numerator, denominator) = self.fraction();
        let numerator = Decimal::try_from_i128_with_scale(numerator, 0).ok()?;
        let denominator = Decimal::try_from_i128_with_scale(denominator, 0).ok()?;
        number.checked_mul(numerator)?.checked_div(denominator)
    }
}

impl fmt::Display for Percent {
    /// As a percentage where that is a decimal that can be read, else as a fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (above, below) = self.fraction();
        let mut rest = below;
        for prime in [2, 5] {
            while rest % prime == 0 {
                rest /= prime;
            }
        }
        let decimal = Percent(self.0 * Ratio::from(100)).of(Number::ONE);
        match decimal.map(|number| number.normalize()) {
            Some(number) if rest == 1 && number.scale() <= WRITTEN => write!(f, "{number}%"),
            _ => write!(f, "{above}/{below}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_thirds_are_the_whole() {
        let third = Percent::from_fraction(1, 3).unwrap();
        let whole = third.checked_add(third).unwrap().checked_add(third).unwrap();
        assert_eq!(whole, Percent::from_percent(Number::ONE_HUNDRED).unwrap());
        assert_eq!(third.to_string(), "1/3");
        assert_eq!(whole.to_string(), "100%");
        assert_eq!(Percent::from_percent(Number::new(125, 1)).unwrap().to_string(), "12.5%");
        assert_eq!(Percent::from_fraction(1, 0), None);
    }
}
