//! Numbers that look random and are the same in every run, so that a failure can be repeated. For tests.

use std::fmt::Debug;

/// Dice that start from a seed.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `sides`; zero where there are none.
    pub(crate) fn roll<N>(&mut self, sides: N) -> N
    where
        N: TryFrom<u64, Error: Debug> + TryInto<u64, Error: Debug>,
    {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let sides = sides.try_into().unwrap().max(1);
        N::try_from((self.0 >> 33) % sides).unwrap()
    }

    /// One of several.
    pub(crate) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.roll(all.len())]
    }
}
