//! The slices a deal is cut into, and the row of each: one, unless a running total passes a bound.

use super::counted::Total;
use super::deal::Fault;
use super::lookup::{Found, Left};
use super::split;
use super::table::Table;
use crate::reckon::Weights;

/// A slice of a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// The row that decides it.
    pub row: usize,
    /// How much of the deal it is, in coins.
    pub base: i128,
    /// How many units of the deal it is, where units are counted.
    pub units: i128,
}

/// Why there is no row: what kind of thing, in words.
pub(super) type NoRow = (Fault, String);

/// A deal as it is cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    /// Its base in coins.
    pub(super) coins: i128,
    /// Its units; they count down where the base is below nothing.
    pub(super) units: i128,
}

impl Cut {
    /// How much of a running total it adds.
    pub(super) fn step(self, total: &Total) -> i128 {
        match (total.counts, self.coins < 0) {
            (false, _) => self.coins,
            (true, false) => self.units,
            (true, true) => -self.units,
        }
    }
}

impl Table {
    /// The slices of a deal, where the rows `left` are in question and the total has come to `reached`.
    pub(super) fn slices(
        &self,
        left: &Left,
        reached: i128,
        cut: Cut,
        into: &mut Vec<Slice>,
    ) -> Result<(), NoRow> {
        into.clear();
        let one = |row| Slice { row, base: cut.coins, units: cut.units };
        let Some(total) = self.running() else {
            into.push(one(self.row_of(left)?));
            return Ok(());
        };
        if total.whole {
            into.push(one(self.row_at(total, left, reached + cut.step(total))?));
            return Ok(());
        }
        if total.counts {
            return self.unit_slices(total, left, reached, cut, into);
        }
        let points = &total.points;
        let between = |stretch| {
            let mut left = left.clone();
            let atom = self.lookup.between(total.column, stretch);
            self.lookup.keep(&mut left, total.column, atom);
            self.row_of(&left)
        };
        let mut add = |row, base| match into.last_mut() {
            Some(last) if last.row == row => last.base += base,
            _ => into.push(Slice { row, base, units: cut.units }),
        };
        let (mut at, end) = (reached, reached + cut.coins);
        if cut.coins >= 0 {
            let mut stretch = points.partition_point(|point| *point <= at);
            loop {
                let stop = points.get(stretch).map_or(end, |point| end.min(*point));
                add(between(stretch)?, stop - at);
                (at, stretch) = (stop, stretch + 1);
                if at >= end {
                    return Ok(());
                }
            }
        }
        let mut stretch = points.partition_point(|point| *point < at);
        while at > end {
            let low = stretch.checked_sub(1).and_then(|below| points.get(below));
            let stop = low.map_or(end, |point| end.max(*point));
            add(between(stretch)?, stop - at);
            (at, stretch) = (stop, stretch.saturating_sub(1));
        }
        Ok(())
    }

    /// The row of a deal whose total is a value.
    pub(super) fn row_at(&self, total: &Total, left: &Left, value: i128) -> Result<usize, NoRow> {
        let mut left = left.clone();
        // The place of each point among the atoms, without a detour over decimals.
        let atom = match total.points.binary_search(&value) {
            _ if total.points.is_empty() => self.lookup.unsaid(total.column),
            Ok(at) => 2 * at + 1,
            Err(at) => 2 * at,
        };
        self.lookup.keep(&mut left, total.column, atom);
        self.row_of(&left)
    }

    /// Each unit keeps the row of its own number; the base is divided over the units alike.
    fn unit_slices(
        &self,
        total: &Total,
        left: &Left,
        reached: i128,
        cut: Cut,
        into: &mut Vec<Slice>,
    ) -> Result<(), NoRow> {
        let down = cut.coins < 0;
        // Taking back begins with the unit that came last.
        let (first, last) = if down {
            (reached - cut.units + 1, reached)
        } else {
            (reached + 1, reached + cut.units)
        };
        let mut at = first;
        while at <= last {
            let row = self.row_at(total, left, at)?;
            let next = total.points.partition_point(|point| *point < at);
            let stop = match total.points.get(next) {
                Some(point) if *point == at => at,
                Some(point) => last.min(point - 1),
                None => last,
            };
            let units = stop - at + 1;
            match into.last_mut() {
                Some(slice) if slice.row == row => slice.units += units,
                _ => into.push(Slice { row, base: 0, units }),
            }
            at = stop + 1;
        }
        if down {
            into.reverse();
        }
        let mut bases = vec![0; into.len()];
        let weights = Weights::new(into.iter().map(|slice| slice.units).collect());
        let shared = weights.and_then(|weights| split::share(&weights, cut.coins, &mut bases));
        shared.map_err(|trouble| (Fault::Value, trouble.to_string()))?;
        for (slice, base) in into.iter_mut().zip(bases) {
            slice.base = base;
        }
        Ok(())
    }

    /// The row that decides, or why none does. Rows that share alike are no conflict.
    pub(super) fn row_of(&self, left: &Left) -> Result<usize, NoRow> {
        match self.lookup.decide(left) {
            Found::Row(row) => Ok(row),
            Found::Nobody => Err((Fault::NoRow, "no row takes it".to_owned())),
            Found::Several(rows) => {
                let weights = |row: usize| self.rows[row].weights.as_ref().ok();
                let alike = weights(rows[0]).is_some()
                    && rows.iter().all(|row| weights(*row) == weights(rows[0]));
                if alike {
                    return Ok(rows[0]);
                }
                let names: Vec<_> =
                    rows.iter().map(|row| format!("`{}`", self.row(*row))).collect();
                let names = names.join(" and ");
                Err((Fault::Conflict, format!("rows {names} take it and share it differently")))
            }
            Found::Untold(row) => {
                let id = self.row(row);
                Err((Fault::Open, format!("whether row `{id}` takes it cannot be told")))
            }
        }
    }
}
