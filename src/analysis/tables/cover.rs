//! What boxes leave over of a box, exactly.
//!
//! In goes a region and the boxes of rows, out come the regions that no row touches: together they
//! are all that is left. A region is cut in two where the fewest rows are cut with it, each half
//! keeps the rows that reach into it, and is done when one row covers it or none is left. A row that
//! asks only one more thing is taken off whole. What is found grows as far as it can before the
//! search goes on and counts as a row from then on, so that few regions come out, and wide ones.

use super::boxes::{Boxed, Shape, atoms, has, is_inside, touch};

/// How much work one table may take: looks at one column of one row. About a second on a slow
/// machine.
pub(super) const WORK: usize = 60_000_000;
/// The most regions that are looked for.
pub(super) const MOST_REGIONS: usize = 64;

/// What is left of a region.
pub(super) struct Left {
    /// Regions that no row touches; they may overlap.
    pub(super) regions: Vec<Boxed>,
    /// Whether they are all there is: the work sufficed, and they were not too many.
    pub(super) all: bool,
}

/// A search on a table.
pub(super) struct Search<'s> {
    /// The shape of its boxes.
    pub(super) shape: &'s Shape,
    /// Which columns lie on a line.
    pub(super) ordered: &'s [bool],
    /// The work that may still be done.
    pub(super) work: usize,
}

/// A region, the rows that reach into it, and how many findings it knows.
struct Open {
    region: Boxed,
    rows: Vec<usize>,
    known: usize,
}

/// Where a region is cut: the column, and the atoms on one side.
struct Cut {
    column: usize,
    side: Vec<u64>,
}

impl Search<'_> {
    /// What the rows leave of a region, in at most so many regions.
    pub(super) fn left(&mut self, whole: &Boxed, rows: &[&Boxed], most: usize) -> Left {
        let mut left = Left { regions: Vec::new(), all: true };
        if self.shape.lacks(whole) {
            return left;
        }
        let reach = |row: &usize| self.shape.meets(whole, rows[*row]);
        let alive: Vec<usize> = (0..rows.len()).filter(reach).collect();
        let mut stack = vec![Open { region: whole.clone(), rows: alive, known: 0 }];
        while let Some(mut open) = stack.pop() {
            // What was found since then has been taken out as well.
            for (index, found) in left.regions.iter().enumerate().skip(open.known) {
                if self.shape.meets(&open.region, found) {
                    open.rows.push(rows.len() + index);
                }
            }
            open.known = left.regions.len();
            let row =
                |at: usize| rows.get(at).copied().unwrap_or_else(|| &left.regions[at - rows.len()]);
            match self.step(open, &row) {
                Step::Done => {}
                Step::Halves(halves) => stack.extend(halves),
                Step::Free(region) => {
                    if left.regions.len() == most {
                        left.all = false;
                        return left;
                    }
                    let region = self.grown(region, whole, rows);
                    left.regions.push(region);
                }
            }
            if self.work == 0 {
                left.all &= stack.is_empty();
                return left;
            }
        }
        left
    }

    /// Whether the rows take every deal of a region; nothing where the work did not suffice.
    pub(super) fn covers(&mut self, whole: &Boxed, rows: &[&Boxed]) -> Option<bool> {
        let all = self.left(whole, rows, 0).all;
        (all || self.work > 0).then_some(all)
    }

    /// Works on a region until it is done or has to be cut.
    fn step<'r>(&mut self, mut open: Open, row: &dyn Fn(usize) -> &'r Boxed) -> Step {
        loop {
            if open.rows.is_empty() {
                return Step::Free(open.region);
            }
            self.work = self.work.saturating_sub(open.rows.len() * self.shape.width());
            let mut single = None;
            for at in &open.rows {
                let boxed = row(*at);
                let partial = |column: &usize| {
                    !is_inside(self.shape.of(*column, &open.region), self.shape.of(*column, boxed))
                };
                let mut asked = (0..self.shape.width()).filter(partial);
                match (asked.next(), asked.next()) {
                    (None, _) => return Step::Done,
                    (Some(column), None) => single = single.or(Some((column, *at))),
                    _ => {}
                }
            }
            let Some((column, by)) = single else { break };
            let taken = self.shape.of(column, row(by)).to_vec();
            self.without(&mut open.region, column, &taken);
            let inside = |at: &usize| {
                touch(self.shape.of(column, &open.region), self.shape.of(column, row(*at)))
            };
            open.rows.retain(inside);
            if self.work == 0 {
                return Step::Halves(vec![open]);
            }
        }
        let Some(cut) = self.cut(&open, row) else { return Step::Free(open.region) };
        let mut halves =
            vec![self.half(&open, &cut, true, row), self.half(&open, &cut, false, row)];
        // The half with fewer rows first: a finding there spares work in the other.
        halves.sort_by_key(|half| std::cmp::Reverse(half.rows.len()));
        Step::Halves(halves)
    }

    fn without(&self, region: &mut Boxed, column: usize, taken: &[u64]) {
        for (own, taken) in self.shape.of_mut(column, region).iter_mut().zip(taken) {
            *own &= !taken;
        }
    }

    fn half<'r>(
        &self,
        open: &Open,
        cut: &Cut,
        inside: bool,
        row: &dyn Fn(usize) -> &'r Boxed,
    ) -> Open {
        let mut region = open.region.clone();
        for (own, side) in self.shape.of_mut(cut.column, &mut region).iter_mut().zip(&cut.side) {
            *own &= if inside { *side } else { !*side };
        }
        let own = self.shape.of(cut.column, &region);
        let reaches = |at: &&usize| touch(own, self.shape.of(cut.column, row(**at)));
        let rows = open.rows.iter().filter(reaches).copied().collect();
        Open { region, rows, known: open.known }
    }

    /// The cut that leaves the fewest rows on both sides, evenly.
    fn cut<'r>(&mut self, open: &Open, row: &dyn Fn(usize) -> &'r Boxed) -> Option<Cut> {
        self.work = self.work.saturating_sub(open.rows.len() * self.shape.width());
        let mut best: Option<(usize, Cut)> = None;
        for column in 0..self.shape.width() {
            let own = self.shape.of(column, &open.region);
            let sets: Vec<&[u64]> =
                open.rows.iter().map(|at| self.shape.of(column, row(*at))).collect();
            if sets.iter().all(|set| is_inside(own, set)) {
                continue;
            }
            let inside: Vec<usize> = atoms(own).collect();
            let found = if self.ordered[column] {
                along(own, &inside, &sets)
            } else {
                apart(own, &inside, &sets)
            };
            if let Some((cost, side)) = found
                && best.as_ref().is_none_or(|(least, _)| cost < *least)
            {
                best = Some((cost, Cut { column, side }));
            }
        }
        best.map(|(_, cut)| cut)
    }

    /// The region, as wide as the rows let it be within the whole: columns that need not matter
    /// first, the last ones first, so that what is told of it is short.
    fn grown(&mut self, mut region: Boxed, whole: &Boxed, rows: &[&Boxed]) -> Boxed {
        for only_all in [true, false] {
            for column in (0..self.shape.width()).rev() {
                self.work = self.work.saturating_sub(rows.len() * self.shape.width());
                let mut free = self.shape.of(column, whole).to_vec();
                for row in rows {
                    let beside = |other: usize| {
                        other == column
                            || touch(self.shape.of(other, &region), self.shape.of(other, row))
                    };
                    if (0..self.shape.width()).all(beside) {
                        for (own, taken) in free.iter_mut().zip(self.shape.of(column, row)) {
                            *own &= !taken;
                        }
                    }
                }
                if !only_all || free == self.shape.of(column, whole) {
                    self.shape.of_mut(column, &mut region).copy_from_slice(&free);
                }
            }
        }
        region
    }
}

/// What became of a region.
enum Step {
    /// Rows cover it.
    Done,
    /// It was cut.
    Halves(Vec<Open>),
    /// No row touches it.
    Free(Boxed),
}

/// What a cut costs that leaves so many rows on its sides.
const fn cost(one: usize, other: usize) -> usize {
    one * one + other * other
}

/// The best cut of values that lie on a line: all up to an atom, and all above it.
fn along(own: &[u64], inside: &[usize], sets: &[&[u64]]) -> Option<(usize, Vec<u64>)> {
    let last = *inside.last()?;
    let (mut begins, mut ends) = (vec![0_usize; last + 1], vec![0_usize; last + 1]);
    for set in sets {
        let common = || own.iter().zip(*set).map(|(a, b)| a & b).enumerate();
        let low = common().find(|(_, bits)| *bits != 0);
        let high = common().rfind(|(_, bits)| *bits != 0);
        if let (Some((at, bits)), Some((to, top))) = (low, high) {
            begins[at * 64 + bits.trailing_zeros() as usize] += 1;
            ends[to * 64 + 63 - top.leading_zeros() as usize] += 1;
        }
    }
    let (mut below, mut done, mut best) = (0, 0, None::<(usize, usize)>);
    for at in 0..last {
        below += begins[at];
        done += ends[at];
        if has(own, at) {
            let cost = cost(below, sets.len() - done);
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, at));
            }
        }
    }
    let (cost, at) = best?;
    let mut side = vec![0; own.len()];
    for atom in inside.iter().filter(|atom| **atom <= at) {
        side[atom / 64] |= 1 << (atom % 64);
    }
    Some((cost, side))
}

/// The best cut of words: those that the same rows take, and all others.
fn apart(own: &[u64], inside: &[usize], sets: &[&[u64]]) -> Option<(usize, Vec<u64>)> {
    let mut groups: Vec<(Vec<bool>, Vec<u64>)> = Vec::new();
    for atom in inside {
        let takers: Vec<bool> = sets.iter().map(|set| has(set, *atom)).collect();
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
        (cost(one, other), side)
    });
    priced.min_by_key(|(cost, _)| *cost)
}
