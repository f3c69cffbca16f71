//! The slices a deal is cut into, and the row of each: one, unless a running total passes a bound.

use super::counted::Total;
use super::deal::Fault;
use super::lookup::{Found, Left};
use super::table::Table;
use crate::reckon::{Weights, pieces};

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
        if cut.coins == 0 {
            // A deal of nothing lies where the total would go on.
            let row = between(points.partition_point(|point| *point <= reached))?;
            into.push(one(row));
        }
        for piece in pieces(points, reached, reached + cut.coins) {
            let row = between(piece.stretch)?;
            match into.last_mut() {
                Some(last) if last.row == row => last.base += piece.amount,
                _ => into.push(Slice { row, base: piece.amount, units: cut.units }),
            }
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
        // Taking back begins with the unit that came last.
        for piece in pieces(&total.marks, reached, reached + cut.step(total)) {
            let unit = piece.from.max(piece.to);
            let row = self.row_at(total, left, unit)?;
            let units = piece.amount.abs();
            match into.last_mut() {
                Some(slice) if slice.row == row => slice.units += units,
                _ => into.push(Slice { row, base: 0, units }),
            }
        }
        let mut bases = vec![0; into.len()];
        let weights = Weights::new(into.iter().map(|slice| slice.units).collect());
        let shared = weights.and_then(|weights| weights.add_parts(cut.coins, &mut bases));
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
