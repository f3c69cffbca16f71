//! A deal is shared: its slices by their rows, the parts held within the limits, all of it counted.

use super::choose::Taker;
use super::deal::{Fault, Slip};
use super::limits;
use super::run::{Read, Run};
use super::settle::Group;
use super::shared::Shared;
use super::table::Table;
use crate::reckon::Weights;

impl Run {
    /// Fills the line of a deal, whose slices it holds already. Nothing is counted where it fails.
    pub(super) fn apply(
        &mut self,
        taker: &Taker,
        read: Read<'_>,
        line: &mut Shared,
    ) -> Result<(), Slip> {
        let (table, state) = (&self.tables[taker.table], &mut self.states[taker.table]);
        let open = |why: String| Slip::new(Fault::Open, read.record.line, why);
        line.line = read.record.line;
        line.deal.clear();
        line.deal.push_str(read.record.cell(self.places.deal));
        (line.date, line.table, line.base) = (read.date, taker.table, taker.cut.coins);
        line.true_up = None;
        line.limited.clear();
        share(table, line).map_err(&open)?;
        let by_rows = table.running().filter(|total| total.whole).map(|_| line.parts.clone());
        if !table.limits.is_empty() {
            let weights =
                leaning(table, line).ok_or_else(|| open("nobody has a share".to_owned()))?;
            let (parts, told) = (&mut line.parts, &mut line.limited);
            limits::hold(&table.limits, &state.counts, &weights, parts, told).map_err(open)?;
            limits::count(&table.limits, &mut state.counts, &line.parts, &line.limited);
        }
        line.reached = table.running().map(|total| {
            let before = state.reached;
            state.reached += taker.cut.step(total);
            (before, state.reached)
        });
        if let Some(parts) = by_rows {
            let group = state.groups.entry(taker.left.clone()).or_insert_with(Group::default);
            group.add(line.base, &parts);
        }
        if let Some(day) = read.date {
            state.last = Some(state.last.map_or(day, |last| last.max(day)));
        }
        Ok(())
    }
}

/// Shares the slices by their rows.
pub(super) fn share(table: &Table, line: &mut Shared) -> Result<(), String> {
    line.parts.clear();
    line.parts.resize(table.parties.len(), 0);
    for slice in &line.slices {
        let weights = table.rows[slice.row].weights.as_ref().map_err(Clone::clone)?;
        weights.add_parts(slice.base, &mut line.parts).map_err(|trouble| trouble.to_string())?;
    }
    Ok(())
}

/// How the parties of a deal stand to one another: by the shares of its row, or by their parts where
/// it has several.
pub(super) fn leaning(table: &Table, line: &Shared) -> Option<Weights> {
    match line.slices[..] {
        [slice] => table.rows[slice.row].weights.as_ref().ok().cloned(),
        _ => Weights::new(line.parts.iter().map(|part| part.abs()).collect()).ok(),
    }
}
