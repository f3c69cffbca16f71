//! Which orders are possible between two values that are not wholly known.

use std::cmp::Ordering;

/// The orders that two values may stand in. A comparison is decided when every possible order
/// answers it alike: `3 months` (89 to 92 days) is surely `>= 89 days`, and `>= 90 days` nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Orderings {
    /// The first may be less.
    pub less: bool,
    /// They may be equal.
    pub equal: bool,
    /// The first may be greater.
    pub greater: bool,
}

impl Orderings {
    /// Nobody can tell.
    pub const ANY: Self = Self { less: true, equal: true, greater: true };

    /// The orders possible between some value of `low..=high` and some value of the other stretch.
    pub fn of_stretches<T: PartialOrd + Copy>(a: (T, T), b: (T, T)) -> Self {
        let (less, greater) = (a.0 < b.1, a.1 > b.0);
        Self { less, equal: a.0 <= b.1 && a.1 >= b.0, greater }
    }

    /// Whether `first OP second`, if every possible order agrees.
    pub fn decide(self, comparison: Comparison) -> Option<bool> {
        let (yes, no) = match comparison {
            Comparison::Less => (self.less, self.equal || self.greater),
            Comparison::AtMost => (self.less || self.equal, self.greater),
            Comparison::Equal => (self.equal, self.less || self.greater),
            Comparison::AtLeast => (self.greater || self.equal, self.less),
            Comparison::Greater => (self.greater, self.equal || self.less),
        };
        (yes != no).then_some(yes)
    }
}

impl From<Ordering> for Orderings {
    fn from(order: Ordering) -> Self {
        Self { less: order.is_lt(), equal: order.is_eq(), greater: order.is_gt() }
    }
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `is`
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    Greater,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decided_only_where_every_order_agrees() {
        let overlapping = Orderings::of_stretches((89, 92), (90, 90));
        assert_eq!(overlapping.decide(Comparison::AtLeast), None);
        let from_above = Orderings::of_stretches((89, 92), (89, 89));
        assert_eq!(from_above.decide(Comparison::AtLeast), Some(true));
        assert_eq!(from_above.decide(Comparison::Greater), None);
        assert_eq!(from_above.decide(Comparison::Less), Some(false));
        assert_eq!(Orderings::ANY.decide(Comparison::Equal), None);
    }
}
