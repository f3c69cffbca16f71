//! A sum shared out to the last coin: each gets the whole coins of its share, and what is left goes
//! coin by coin to those whose share was cut most (largest remainder), the first column first where
//! two were cut alike.

/// Shares of a whole, as whole numbers that add up to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    /// One for each party, in the order of the columns.
    pub each: Vec<i128>,
    /// Their sum.
    pub whole: i128,
}

impl Weights {
    /// Weights as they are; none where one is below nothing, or all are nothing.
    pub(super) fn new(each: Vec<i128>) -> Option<Self> {
        let sum = each.iter().try_fold(0_i128, |sum, one| sum.checked_add(*one))?;
        (sum > 0 && each.iter().all(|one| *one >= 0)).then_some(Self { each, whole: sum })
    }

    /// Adds the parts of a sum to `into`; a sum below nothing is shared like one above it. None where
    /// the sum is too large to be shared exactly.
    pub(super) fn share(&self, sum: i128, into: &mut [i128]) -> Option<()> {
        let (size, sign) = (sum.checked_abs()?, sum.signum());
        let heaviest = self.each.iter().max().copied().unwrap_or_default();
        size.checked_mul(heaviest)?;
        let mut given = 0;
        for (weight, into) in self.each.iter().zip(&mut *into) {
            let part = size * weight / self.whole;
            given += part;
            *into += sign * part;
        }
        if given == size {
            return Some(());
        }
        let cut = |index: usize| size * self.each[index] % self.whole;
        let mut order: Vec<usize> = (0..self.each.len()).collect();
        order.sort_by_key(|index| std::cmp::Reverse(cut(*index)));
        // Fewer coins are left than there are parties with a share that was cut.
        for (index, _) in order.into_iter().zip(given..size) {
            into[index] += sign;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(sum: i128, weights: &[i128]) -> Vec<i128> {
        let mut into = vec![0; weights.len()];
        Weights::new(weights.to_vec()).unwrap().share(sum, &mut into).unwrap();
        into
    }

    #[test]
    fn nothing_is_lost_and_nothing_made() {
        assert_eq!(parts(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(parts(101, &[1, 1, 1]), [34, 34, 33]);
        assert_eq!(parts(-100, &[1, 1, 1]), [-34, -33, -33]);
        assert_eq!(parts(1, &[30, 70]), [0, 1]);
        assert_eq!(parts(1, &[50, 50]), [1, 0], "the first column first");
        assert_eq!(parts(5, &[0, 1]), [0, 5]);
        assert_eq!(parts(0, &[1, 2]), [0, 0]);
        assert_eq!(Weights::new(vec![0, 0]), None);
        assert_eq!(Weights::new(vec![2, -1]), None);
    }

    #[test]
    fn parts_add_up_and_none_is_a_coin_off() {
        let mut seed = 7_u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i128::from((seed >> 33) % below)
        };
        for _ in 0..20_000 {
            let weights: Vec<i128> = (0..=next(5)).map(|_| next(1000)).collect();
            let sum = next(1_000_000) - 500_000;
            let Some(shares) = Weights::new(weights.clone()) else { continue };
            let found = parts(sum, &weights);
            assert_eq!(found.iter().sum::<i128>(), sum, "{weights:?}");
            for (part, weight) in found.iter().zip(&weights) {
                let off = (part * shares.whole - sum * weight).abs();
                assert!(off < shares.whole, "{sum} by {weights:?}: {found:?}");
            }
        }
    }
}
