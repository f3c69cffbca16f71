//! Exact numbers: fractions of whole numbers, which add, multiply and divide without loss.

use std::fmt;

use num_rational::Ratio;

use super::Trouble;
use crate::value::{Number, Percent, grouped};

/// An exact number. Its arithmetic gives an error where the result does not fit, and never another
/// number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(Ratio<i128>);

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));
    /// One.
    pub const ONE: Self = Self(Ratio::new_raw(1, 1));

    /// A whole number.
    pub fn whole(number: i128) -> Self {
        Self(Ratio::from_integer(number))
    }

    /// A fraction.
    pub fn fraction(above: i128, below: i128) -> Result<Self, Trouble> {
        // The least number has no opposite, which bringing the sign upwards needs.
        if below == 0 {
            return Err(Trouble::DividedByZero);
        }
        if above == i128::MIN || below == i128::MIN {
            return Err(Trouble::TooLarge);
        }
        Ok(Self(Ratio::new(above, below)))
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Result<Self, Trouble> {
        let (a, b) = (self.0, other.0);
        let common = divisor(*a.denom(), *b.denom());
        let (left, right) = (b.denom() / common, a.denom() / common);
        let above = a.numer().checked_mul(left).zip(b.numer().checked_mul(right));
        let above = above.and_then(|(x, y)| x.checked_add(y)).ok_or(Trouble::TooLarge)?;
        let below = a.denom().checked_mul(left).ok_or(Trouble::TooLarge)?;
        Self::fraction(above, below)
    }

    /// One less the other.
    pub fn minus(self, other: Self) -> Result<Self, Trouble> {
        self.plus(other.opposite())
    }

    /// One times the other.
    pub fn times(self, other: Self) -> Result<Self, Trouble> {
        let (a, b) = (self.0, other.0);
        // What is divided out before stays out of the product.
        let (x, y) = (divisor(*a.numer(), *b.denom()), divisor(*b.numer(), *a.denom()));
        let above = (a.numer() / x).checked_mul(b.numer() / y).ok_or(Trouble::TooLarge)?;
        let below = (a.denom() / y).checked_mul(b.denom() / x).ok_or(Trouble::TooLarge)?;
        Self::fraction(above, below)
    }

    /// One divided by the other.
    pub fn over(self, other: Self) -> Result<Self, Trouble> {
        if other == Self::ZERO {
            return Err(Trouble::DividedByZero);
        }
        self.times(Self(other.0.recip()))
    }

    /// The same on the other side of nothing.
    #[must_use]
    pub fn opposite(self) -> Self {
        Self(-self.0)
    }

    /// What stands above the line and below it, without a common divisor; below is above nothing.
    pub fn parts(self) -> (i128, i128) {
        (*self.0.numer(), *self.0.denom())
    }

    /// Rounded to so many decimals, halves away from nothing: `0.125` is `0.13`, `-0.125` is `-0.13`.
    pub fn rounded(self, decimals: u32) -> Result<Number, Trouble> {
        let scale = 10_i128.checked_pow(decimals).ok_or(Trouble::TooLarge)?;
        let scaled = self.times(Self::whole(scale))?;
        let (above, below) = (scaled.0.numer().unsigned_abs(), scaled.0.denom().unsigned_abs());
        let up = u128::from(above % below >= below - above % below);
        let cut = i128::try_from(above / below + up).map_err(|_| Trouble::TooLarge)?;
        let cut = if *scaled.0.numer() < 0 { -cut } else { cut };
        Number::try_from_i128_with_scale(cut, decimals).map_err(|_| Trouble::TooLarge)
    }

    /// The decimal it is, where it is one that ends.
    pub fn decimal(self) -> Option<Number> {
        (0..=28).find_map(|decimals| {
            let rounded = self.rounded(decimals).ok()?;
            (Self::from(rounded) == self).then_some(rounded)
        })
    }
}

impl From<Number> for Exact {
    fn from(number: Number) -> Self {
        let number = number.normalize();
        // A decimal has at most 28 places, and ten to that power fits.
        Self(Ratio::new(number.mantissa(), 10_i128.pow(number.scale())))
    }
}

impl From<Percent> for Exact {
    fn from(share: Percent) -> Self {
        let (above, below) = share.fraction();
        Self(Ratio::new(above, below))
    }
}

impl fmt::Display for Exact {
    /// As a decimal where it ends, else as a fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimal() {
            Some(number) => f.write_str(&grouped(number.normalize())),
            None => write!(f, "{}/{}", self.0.numer(), self.0.denom()),
        }
    }
}

/// The greatest number that divides both.
fn divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    // Denominators are above nothing, so this is; the least number is kept out of every fraction.
    i128::try_from(a).unwrap_or(1).max(1)
}
