//! What an agreement gives where a value may stand.

use super::hole::Hole;

/// A value, a range of values, or what is left open in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given<T> {
    /// One value.
    Value(T),
    /// Some value from the first to the second, both included.
    Range(Box<[T; 2]>),
    /// Left open, hidden, or said elsewhere.
    Hole(Hole),
    /// It looks like a value and is none; an error at its place says why.
    Unreadable,
}

impl<T> Given<T> {
    /// Some value from the one to the other.
    pub fn range(low: T, high: T) -> Self {
        Self::Range(Box::new([low, high]))
    }

    /// The one value, or both ends of a range; none where there is no value.
    pub fn values(&self) -> &[T] {
        match self {
            Self::Value(value) => std::slice::from_ref(value),
            Self::Range(ends) => &**ends,
            Self::Hole(_) | Self::Unreadable => &[],
        }
    }

    /// The one value, where there is one.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Range(..) | Self::Hole(_) | Self::Unreadable => None,
        }
    }

    /// The same with every value changed; what cannot be changed becomes unreadable.
    pub fn and_then<U>(self, change: impl Fn(T) -> Option<U>) -> Given<U> {
        match self {
            Self::Value(value) => change(value).map_or(Given::Unreadable, Given::Value),
            Self::Range(ends) => {
                let [low, high] = ends.map(change);
                low.zip(high).map_or(Given::Unreadable, |(low, high)| Given::range(low, high))
            }
            Self::Hole(hole) => Given::Hole(hole),
            Self::Unreadable => Given::Unreadable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::HoleKind;

    #[test]
    fn a_range_has_both_its_ends() {
        let hole = Hole::new(HoleKind::Blank, None);
        assert_eq!(Given::Value(3).values(), [3]);
        assert_eq!(Given::range(3, 5).values(), [3, 5]);
        assert_eq!(Given::<i32>::Hole(hole).values(), [0; 0]);
        assert_eq!(Given::<i32>::Unreadable.values(), [0; 0]);
    }

    /// Half a range is no value.
    #[test]
    fn a_range_is_changed_as_a_whole() {
        let small = |number: i32| (number < 5).then_some(number * 2);
        assert_eq!(Given::range(3, 4).and_then(small), Given::range(6, 8));
        assert_eq!(Given::range(3, 5).and_then(small), Given::Unreadable);
        assert_eq!(Given::range(5, 3).and_then(small), Given::Unreadable);
    }
}
