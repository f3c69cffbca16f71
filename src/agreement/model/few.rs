//! Lists that nearly always have one part.

use std::fmt;
use std::ops::Deref;

/// Nearly always one, which then needs no list of its own, nor more room than it takes itself.
#[derive(Clone, Default)]
pub enum Few<T> {
    /// None.
    #[default]
    None,
    /// One.
    One(T),
    /// Two or more.
    More(Vec<T>),
}

impl<T> Few<T> {
    /// Adds a part at the end.
    pub fn push(&mut self, part: T) {
        if let Self::More(list) = self {
            list.push(part);
            return;
        }
        *self = match std::mem::take(self) {
            Self::One(first) => Self::More(vec![first, part]),
            _ => Self::One(part),
        };
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::None => &[],
            Self::One(one) => std::slice::from_ref(one),
            Self::More(list) => list,
        }
    }
}

impl<T> Extend<T> for Few<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, parts: I) {
        parts.into_iter().for_each(|part| self.push(part));
    }
}

impl<T> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(parts: I) -> Self {
        let mut few = Self::None;
        few.extend(parts);
        few
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: PartialEq> PartialEq for Few<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: fmt::Debug> fmt::Debug for Few<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::model::Text;

    #[test]
    fn parts_stay_in_order() {
        for count in 0..5 {
            let few: Few<usize> = (0..count).collect();
            assert_eq!(*few, *(0..count).collect::<Vec<_>>());
            assert_eq!(few.is_empty(), count == 0);
        }
    }

    #[test]
    fn one_takes_no_more_room_than_itself() {
        assert_eq!(size_of::<Few<Text>>(), size_of::<Text>());
    }
}
