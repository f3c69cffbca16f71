//! How marks on a line cut what a running total passes: the one cut there is, for bands, for the rows
//! of a table that counts up, and for units.

use std::cmp::Ordering;
use std::ops::Sub;

use crate::value::Number;

/// A piece of what was passed that no mark cuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<N> {
    /// Between which marks it lies: 0 is below the first, n above the n-th.
    pub stretch: usize,
    /// Where it begins, as the total goes.
    pub from: N,
    /// Where it ends.
    pub to: N,
    /// How much it is: below nothing where the total goes down.
    pub amount: N,
}

/// What a total passes from one value to another, cut by marks that lie in their order. The pieces are
/// in the order in which it passes them; where it does not move there are none.
pub fn pieces<N>(marks: &[N], before: N, after: N) -> impl Iterator<Item = Piece<N>>
where
    N: Copy + Ord + Sub<Output = N>,
{
    let mut at = before;
    std::iter::from_fn(move || {
        let (stretch, to) = match at.cmp(&after) {
            Ordering::Equal => return None,
            Ordering::Less => {
                let stretch = marks.partition_point(|mark| *mark <= at);
                (stretch, marks.get(stretch).map_or(after, |mark| after.min(*mark)))
            }
            Ordering::Greater => {
                let stretch = marks.partition_point(|mark| *mark < at);
                let below = stretch.checked_sub(1).and_then(|below| marks.get(below));
                (stretch, below.map_or(after, |mark| after.max(*mark)))
            }
        };
        let piece = Piece { stretch, from: at, to, amount: to - at };
        at = to;
        Some(piece)
    })
}

/// The marks between units, each of which has its own number from 1: what takes a unit may change at
/// an end itself and behind it. The units of a piece are those above its lower end, up to its higher.
pub fn unit_marks(ends: impl Iterator<Item = Number>) -> Vec<i128> {
    let marks = ends.flat_map(|end| {
        let whole = end.floor();
        let mark = i128::try_from(whole).ok();
        [mark.filter(|_| whole == end).map(|mark| mark - 1), mark]
    });
    let mut marks: Vec<i128> = marks.flatten().collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}
