//! Sums shared out to the last coin, by [`Weights`].

use crate::reckon::{Trouble, Weights};

/// Adds the parts of a sum to what each has.
pub(super) fn share(weights: &Weights, sum: i128, into: &mut [i128]) -> Result<(), Trouble> {
    for (into, part) in into.iter_mut().zip(weights.allocate(sum)?) {
        *into += part;
    }
    Ok(())
}
