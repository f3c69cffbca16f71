//! Sharing a sum in whole cents: largest remainder, equal instalments; and floors and caps.

use super::{Exact, Trouble};
use crate::value::Percent;

/// In which proportion something is shared, made once and used for many sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    parts: Vec<i128>,
    whole: i128,
}

impl Weights {
    /// Any proportion: `[2, 1]` is two thirds and one third. All of it at nothing shares nothing.
    pub fn new(parts: Vec<i128>) -> Result<Self, Trouble> {
        if parts.iter().any(|part| *part < 0) {
            return Err(Trouble::NegativeShare);
        }
        let sum = parts.iter().try_fold(0_i128, |sum, part| sum.checked_add(*part));
        Ok(Self { parts, whole: sum.ok_or(Trouble::TooLarge)? })
    }

    /// The proportion, as whole numbers.
    pub fn parts(&self) -> &[i128] {
        &self.parts
    }

    /// Shares that must be the whole, exactly: `1/3` three times is.
    pub fn of_shares(shares: &[Percent]) -> Result<Self, Trouble> {
        let exact: Vec<Exact> = shares.iter().map(|share| Exact::from(*share)).collect();
        let sum = exact.iter().try_fold(Exact::ZERO, |sum, share| sum.plus(*share))?;
        if sum != Exact::ONE {
            let sum = sum.times(Exact::whole(100))?;
            return Err(Trouble::NotTheWhole { sum: format!("{sum}%") });
        }
        Self::of_exact(&exact)
    }

    /// Exact numbers as a proportion, whatever they come to.
    pub fn of_exact(parts: &[Exact]) -> Result<Self, Trouble> {
        let mut scale = 1_i128;
        for part in parts {
            // What is left below the line after scaling is what the scale still lacks.
            let (_, below) = part.times(Exact::whole(scale))?.parts();
            scale = scale.checked_mul(below).ok_or(Trouble::TooLarge)?;
        }
        let whole = |part: &Exact| Ok(part.times(Exact::whole(scale))?.parts().0);
        Self::new(parts.iter().map(whole).collect::<Result<_, Trouble>>()?)
    }

    /// A sum of minor units (cents) in this proportion. The parts are the sum, and each is less than
    /// one minor unit away from its exact share. A sum below nothing is shared as its opposite is.
    pub fn allocate(&self, sum: i128) -> Result<Vec<i128>, Trouble> {
        let mut parts = vec![0; self.parts.len()];
        self.add_parts(sum, &mut parts)?;
        Ok(parts)
    }

    /// The same, each part added to what is there; where there is trouble nothing is.
    pub fn add_parts(&self, sum: i128, into: &mut [i128]) -> Result<(), Trouble> {
        if self.whole == 0 {
            return if sum == 0 { Ok(()) } else { Err(Trouble::NobodyShares) };
        }
        let size = sum.checked_abs().ok_or(Trouble::TooLarge)?;
        let most = self.parts.iter().copied().max().unwrap_or_default();
        size.checked_mul(most).ok_or(Trouble::TooLarge)?;
        let sign = sum.signum();
        let mut left = size;
        for (into, weight) in into.iter_mut().zip(&self.parts) {
            let share = self.over(size * weight).0;
            *into += sign * share;
            left -= share;
        }
        if left == 0 {
            return Ok(());
        }
        let rests = self.parts.iter().enumerate();
        let mut rests: Vec<(i128, usize)> =
            rests.map(|(at, weight)| (self.over(size * weight).1, at)).collect();
        // The sort keeps the order of equal remainders.
        rests.sort_by(|(a, _), (b, _)| b.cmp(a));
        for (_, at) in rests.into_iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
            if let Some(part) = into.get_mut(at) {
                *part += sign;
            }
        }
        Ok(())
    }

    /// A number divided by the whole, and the remainder; neither is below nothing.
    fn over(&self, number: i128) -> (i128, i128) {
        // Two words are divided much faster than four.
        match (u64::try_from(number), u64::try_from(self.whole)) {
            (Ok(small), Ok(whole)) => (i128::from(small / whole), i128::from(small % whole)),
            _ => (number / self.whole, number % self.whole),
        }
    }
}

/// A sum of minor units (cents) in so many equal parts; the cents left over go to the first ones.
/// No instalments, and something to pay, is [`Trouble::NobodyShares`].
pub fn instalments(sum: i128, count: u32) -> Result<Vec<i128>, Trouble> {
    Weights::new(vec![1; count as usize])?.allocate(sum)
}

/// A figure, no less than the floor and no more than the cap. A floor above the cap is an error.
pub fn clamp<T: Ord + Clone + std::fmt::Display>(
    figure: T,
    floor: Option<T>,
    cap: Option<T>,
) -> Result<T, Trouble> {
    if let (Some(floor), Some(cap)) = (&floor, &cap)
        && floor > cap
    {
        let (floor, cap) = (floor.to_string(), cap.to_string());
        return Err(Trouble::FloorAboveCap { floor, cap });
    }
    let raised = floor.map_or(figure.clone(), |floor| figure.max(floor));
    Ok(cap.map_or(raised.clone(), |cap| raised.min(cap)))
}
