//! What boxes leave over of a box, exactly.
//!
//! In goes a region and the boxes of rows, out come the regions that no row touches: together they
//! are all that is left. A region is cut in two where the fewest rows are cut with it, each half
//! keeps the rows that reach into it, and is done when one row covers it or none is left. A row that
//! asks only one more thing is taken off whole. What is found grows as far as it can before the
//! search goes on and counts as a row from then on, so that few regions come out, and wide ones.
//!
//! Each row that is alive knows the columns in which it does not take the whole region. A cut changes
//! one column, so that only the rows that ask there are looked at again.

use super::boxes::{Boxed, Shape, is_inside, touch};
use super::cuts::{self, Cut};

/// How much work one search may take: looks at a row, or at one column of it. About a second on a slow
/// machine.
pub(super) const WORK: usize = 30_000_000;
/// The most regions that are looked for.
pub(super) const MOST_REGIONS: usize = 64;

/// What is left of a region.
pub(super) struct Left {
    /// Regions that no row touches; they may overlap.
    pub(super) regions: Vec<Boxed>,
    /// Whether they are all there is: the work sufficed, and they were not too many.
    pub(super) all: bool,
}

/// Whether rows take every deal of a region.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Covered {
    /// These rows do, together; they are not always the fewest.
    By(Vec<usize>),
    /// Something is left.
    Not,
    /// The work did not suffice.
    Untold,
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

/// A row that reaches into a region.
#[derive(Clone, Copy)]
pub(super) struct Live {
    /// Its place among the rows and, behind them, the findings.
    row: usize,
    /// The columns in which it does not take the whole region, one bit each: there are at most 64.
    pub(super) asked: u64,
}

/// A region, the rows that reach into it, and how many findings it knows.
struct Open {
    region: Boxed,
    rows: Vec<Live>,
    known: usize,
}

/// The rows, and what was found.
struct Known<'r> {
    rows: &'r [&'r Boxed],
    found: Vec<Boxed>,
    /// Which rows took something off.
    used: Vec<bool>,
}

impl Known<'_> {
    fn get(&self, at: usize) -> &Boxed {
        self.rows.get(at).copied().unwrap_or_else(|| &self.found[at - self.rows.len()])
    }

    fn uses(&mut self, at: usize) {
        if let Some(used) = self.used.get_mut(at) {
            *used = true;
        }
    }
}

impl Search<'_> {
    /// What the rows leave of a region, in at most so many regions.
    pub(super) fn left(&mut self, whole: &Boxed, rows: &[&Boxed], most: usize) -> Left {
        let mut known = Known { rows, found: Vec::new(), used: vec![false; rows.len()] };
        let all = self.search(whole, &mut known, most);
        Left { regions: known.found, all }
    }

    /// Whether the rows take every deal of a region.
    pub(super) fn covers(&mut self, whole: &Boxed, rows: &[&Boxed]) -> Covered {
        let mut known = Known { rows, found: Vec::new(), used: vec![false; rows.len()] };
        match self.search(whole, &mut known, 0) {
            true => Covered::By((0..rows.len()).filter(|row| known.used[*row]).collect()),
            false if self.work > 0 => Covered::Not,
            false => Covered::Untold,
        }
    }

    /// Those of the rows without which something would be left of a region that all of them cover:
    /// none of them can be spared. Where the work does not suffice, some may be.
    pub(super) fn needed(&mut self, whole: &Boxed, rows: &[&Boxed], by: Vec<usize>) -> Vec<usize> {
        let mut kept = by;
        let mut next = kept.len();
        while next > 0 && kept.len() > 1 {
            next -= 1;
            let spared = kept[next];
            let others: Vec<usize> = kept.iter().copied().filter(|row| *row != spared).collect();
            let boxes: Vec<&Boxed> = others.iter().map(|row| rows[*row]).collect();
            if let Covered::By(used) = self.covers(whole, &boxes) {
                kept = used.into_iter().map(|at| others[at]).collect();
                // Those behind it were looked at: they are needed, or gone.
                next = kept.iter().filter(|row| **row < spared).count();
            }
        }
        kept
    }

    /// Whether all that is left was found, and the work sufficed.
    fn search(&mut self, whole: &Boxed, known: &mut Known<'_>, most: usize) -> bool {
        if self.shape.lacks(whole) {
            return true;
        }
        self.work = self.work.saturating_sub(known.rows.len());
        let reach = |(row, boxed): (usize, &&Boxed)| self.live(whole, row, boxed);
        let rows = known.rows.iter().enumerate().filter_map(reach).collect();
        let mut stack = vec![Open { region: whole.clone(), rows, known: 0 }];
        while let Some(mut open) = stack.pop() {
            // What was found since then has been taken out as well.
            for index in open.known..known.found.len() {
                let row = known.rows.len() + index;
                open.rows.extend(self.live(&open.region, row, &known.found[index]));
            }
            open.known = known.found.len();
            match self.step(open, known) {
                Step::Done => {}
                Step::Halves(halves) => stack.extend(halves),
                Step::Free(region) => {
                    if known.found.len() == most {
                        return false;
                    }
                    let region = self.grown(region, whole, known.rows);
                    known.found.push(region);
                }
            }
            if self.work == 0 {
                return stack.is_empty();
            }
        }
        true
    }

    /// A row, where it reaches into a region.
    fn live(&self, region: &Boxed, row: usize, boxed: &Boxed) -> Option<Live> {
        let mut asked = 0;
        for column in 0..self.shape.width() {
            let (own, taken) = (self.shape.of(column, region), self.shape.of(column, boxed));
            if !touch(own, taken) {
                return None;
            }
            asked |= u64::from(!is_inside(own, taken)) << column;
        }
        Some(Live { row, asked })
    }

    /// The rows that reach into a region of which a column was changed.
    fn kept(
        &mut self,
        rows: &[Live],
        region: &Boxed,
        column: usize,
        known: &Known<'_>,
    ) -> Vec<Live> {
        self.work = self.work.saturating_sub(rows.len());
        let own = self.shape.of(column, region);
        let kept = rows.iter().filter_map(|live| {
            if live.asked >> column & 1 == 0 {
                return Some(*live);
            }
            let taken = self.shape.of(column, known.get(live.row));
            let asked =
                if is_inside(own, taken) { live.asked & !(1 << column) } else { live.asked };
            touch(own, taken).then_some(Live { asked, ..*live })
        });
        kept.collect()
    }

    /// Works on a region until it is done or has to be cut.
    fn step(&mut self, mut open: Open, known: &mut Known<'_>) -> Step {
        loop {
            if open.rows.is_empty() {
                return Step::Free(open.region);
            }
            self.work = self.work.saturating_sub(open.rows.len());
            if let Some(all) = open.rows.iter().find(|live| live.asked == 0) {
                known.uses(all.row);
                return Step::Done;
            }
            let single = open.rows.iter().find(|live| live.asked.is_power_of_two());
            let Some(single) = single.copied() else { break };
            known.uses(single.row);
            let column = single.asked.trailing_zeros() as usize;
            let taken = self.shape.of(column, known.get(single.row));
            for (own, taken) in self.shape.of_mut(column, &mut open.region).iter_mut().zip(taken) {
                *own &= !taken;
            }
            open.rows = self.kept(&open.rows, &open.region, column, known);
            if self.work == 0 {
                return Step::Halves(vec![open]);
            }
        }
        let Some(cut) = self.cut(&open, known) else { return Step::Free(open.region) };
        let mut halves =
            vec![self.half(&open, &cut, true, known), self.half(&open, &cut, false, known)];
        // The half with fewer rows first: a finding there spares work in the other.
        halves.sort_by_key(|half| std::cmp::Reverse(half.rows.len()));
        Step::Halves(halves)
    }

    fn half(&mut self, open: &Open, cut: &Cut, inside: bool, known: &Known<'_>) -> Open {
        let mut region = open.region.clone();
        for (own, side) in self.shape.of_mut(cut.column, &mut region).iter_mut().zip(&cut.side) {
            *own &= if inside { *side } else { !*side };
        }
        let rows = self.kept(&open.rows, &region, cut.column, known);
        Open { region, rows, known: open.known }
    }

    /// The cut that leaves the fewest rows on both sides, evenly.
    fn cut(&mut self, open: &Open, known: &Known<'_>) -> Option<Cut> {
        let mut best: Option<(usize, Cut)> = None;
        for column in 0..self.shape.width() {
            let own = self.shape.of(column, &open.region);
            let asking = open.rows.iter().filter(|live| live.asked >> column & 1 == 1);
            let sets: Vec<&[u64]> =
                asking.map(|live| self.shape.of(column, known.get(live.row))).collect();
            self.work = self.work.saturating_sub(sets.len());
            if sets.is_empty() {
                continue;
            }
            let others = open.rows.len() - sets.len();
            let found = if self.ordered[column] {
                cuts::along(own, &sets, others)
            } else {
                cuts::apart(own, &sets, others)
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
        // The columns that keep a row out of the region: where it is one alone, it bounds that one.
        let width = self.shape.width();
        let outside = |region: &Boxed, row: &Boxed, column: usize| {
            u64::from(!touch(self.shape.of(column, region), self.shape.of(column, row))) << column
        };
        let mut out: Vec<u64> = rows
            .iter()
            .map(|row| (0..width).fold(0, |out, column| out | outside(&region, row, column)))
            .collect();
        self.work = self.work.saturating_sub(rows.len() * width);
        for only_all in [true, false] {
            for column in (0..width).rev() {
                let mut free = self.shape.of(column, whole).to_vec();
                for (row, _) in rows.iter().zip(&out).filter(|(_, out)| **out == 1 << column) {
                    for (own, taken) in free.iter_mut().zip(self.shape.of(column, row)) {
                        *own &= !taken;
                    }
                }
                if !only_all || free == self.shape.of(column, whole) {
                    self.shape.of_mut(column, &mut region).copy_from_slice(&free);
                    for (row, out) in rows.iter().zip(&mut out) {
                        *out = *out & !(1 << column) | outside(&region, row, column);
                    }
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
