//! Where a region is best cut: in go the atoms of one column and the rows that ask something there, out
//! comes the side that leaves the fewest rows on both, and what it costs.

use super::boxes::{atoms, has, touch};

/// Where a region is cut: the column, and the atoms on one side.
pub(super) struct Cut {
    pub(super) column: usize,
    pub(super) side: Vec<u64>,
}

/// What a cut costs that leaves so many rows on its sides.
const fn cost(one: usize, other: usize) -> usize {
    one * one + other * other
}

/// The best cut of values that lie on a line: all up to an atom, and all above it. `others` are rows
/// that take every atom.
pub(super) fn along(own: &[u64], sets: &[&[u64]], others: usize) -> Option<(usize, Vec<u64>)> {
    let last = highest(own.iter().copied())?;
    let (mut begins, mut ends) = (vec![0_usize; last + 1], vec![0_usize; last + 1]);
    for set in sets {
        let common = || own.iter().zip(*set).map(|(a, b)| a & b);
        if let Some((low, high)) = lowest(common()).zip(highest(common())) {
            begins[low] += 1;
            ends[high] += 1;
        }
    }
    let (mut below, mut done, mut best) = (others, 0, None::<(usize, usize)>);
    for at in 0..last {
        below += begins[at];
        done += ends[at];
        if has(own, at) {
            let cost = cost(below, others + sets.len() - done);
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, at));
            }
        }
    }
    let (cost, at) = best?;
    let mut side = vec![0; own.len()];
    for atom in atoms(own).take_while(|atom| *atom <= at) {
        side[atom / 64] |= 1 << (atom % 64);
    }
    Some((cost, side))
}

/// The best cut of words: those that the same rows take, and all others.
pub(super) fn apart(own: &[u64], sets: &[&[u64]], others: usize) -> Option<(usize, Vec<u64>)> {
    let mut groups: Vec<(Vec<bool>, Vec<u64>)> = Vec::new();
    for atom in atoms(own) {
        let takers: Vec<bool> = sets.iter().map(|set| has(set, atom)).collect();
        let index = groups.iter().position(|(known, _)| *known == takers).unwrap_or_else(|| {
            groups.push((takers, vec![0; own.len()]));
            groups.len() - 1
        });
        groups[index].1[atom / 64] |= 1 << (atom % 64);
    }
    if groups.len() < 2 {
        return None;
    }
    let priced = groups.into_iter().map(|(takers, side)| {
        let one = takers.iter().filter(|taken| **taken).count();
        let rest: Vec<u64> = own.iter().zip(&side).map(|(a, b)| a & !b).collect();
        let other = sets.iter().filter(|set| touch(set, &rest)).count();
        (cost(others + one, others + other), side)
    });
    priced.min_by_key(|(cost, _)| *cost)
}

fn lowest(words: impl Iterator<Item = u64>) -> Option<usize> {
    let mut all = words.enumerate();
    all.find_map(|(at, bits)| (bits != 0).then(|| at * 64 + bits.trailing_zeros() as usize))
}

fn highest(words: impl DoubleEndedIterator<Item = u64> + ExactSizeIterator) -> Option<usize> {
    let mut all = words.enumerate().rev();
    all.find_map(|(at, bits)| (bits != 0).then(|| at * 64 + 63 - bits.leading_zeros() as usize))
}
