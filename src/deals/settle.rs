//! What comes due at the end of a period: deals that were shared at another rate than the one their
//! period came to, and the least that a party gets.

use std::collections::BTreeMap;

use super::apply::leaning;
use super::counted::{Limit, Of};
use super::cycle::{Cycle, Stretch};
use super::limits::{self, Count};
use super::lookup::Left;
use super::run::Run;
use super::shared::{Shared, Told, TrueUp};
use super::slices::Slice;
use super::table::Table;
use crate::value::Date;

/// What a table remembers from deal to deal.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    /// The latest day of a deal.
    pub(super) last: Option<Date>,
    /// The period of the running total.
    pub(super) stretch: Option<Stretch>,
    /// What it came to.
    pub(super) reached: i128,
    /// Deals of the period that only the total tells apart.
    pub(super) groups: BTreeMap<Left, Group>,
    /// What each limit counts.
    pub(super) counts: Vec<Count>,
}

/// Deals that one row takes in the end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Group {
    base: i128,
    parts: Vec<i128>,
}

impl Group {
    pub(super) fn add(&mut self, base: i128, parts: &[i128]) {
        self.base += base;
        self.parts.resize(parts.len(), 0);
        for (sum, part) in self.parts.iter_mut().zip(parts) {
            *sum += part;
        }
    }
}

impl State {
    pub(super) fn new(table: &Table) -> Self {
        let count = || Count { given: vec![0; table.parties.len()], ..Count::default() };
        Self { counts: table.limits.iter().map(|_| count()).collect(), ..Self::default() }
    }
}

/// The most periods without a deal that are looked at one after the other.
const MOST_IDLE: usize = 2_000;

type Tell<'t> = &'t mut dyn FnMut(&Run, Told<'_>);

impl Run {
    /// Settles the periods of a table that end before a day, and opens those the day is in.
    pub(super) fn settle(&mut self, index: usize, day: Date, tell: Tell<'_>) {
        if !self.tables[index].remembers() {
            return;
        }
        self.close(index, day, tell);
        let (table, state) = (&self.tables[index], &mut self.states[index]);
        if let Some(anew) = table.running().and_then(|total| total.anew) {
            state.stretch = anew.of(day);
        }
        for (limit, count) in table.limits.iter().zip(&mut state.counts) {
            if let Of::Cycle(cycle) = limit.of {
                count.stretch = cycle.of(day);
            }
        }
    }

    /// Settles what ends before a day, in the order of the days it ends on; a running total first.
    fn close(&mut self, index: usize, day: Date, tell: Tell<'_>) {
        for _ in 0..MOST_IDLE {
            let state = &self.states[index];
            let total = state.stretch.map(|stretch| (stretch.last, None));
            let counts = state.counts.iter().enumerate();
            let counts = counts.filter_map(|(at, count)| Some((count.stretch?.last, Some(at))));
            let Some((last, which)) = total.into_iter().chain(counts).min() else { return };
            if last >= day {
                return;
            }
            match which {
                None => {
                    let stretch = self.states[index].stretch.take();
                    self.true_up(index, stretch, tell);
                }
                Some(limit) => self.least(index, limit, tell),
            }
        }
    }

    /// Corrects the deals of a period whose total came to another rate than theirs.
    fn true_up(&mut self, index: usize, period: Option<Stretch>, tell: Tell<'_>) {
        let groups = std::mem::take(&mut self.states[index].groups);
        let reached = std::mem::take(&mut self.states[index].reached);
        for (row, due) in self.corrections(index, &groups, reached) {
            let why = format!("the total came to row `{}`", self.tables[index].row(row));
            let mut line = self.correction(index, period, why, due);
            line.slices.push(Slice { row, base: 0, units: 0 });
            self.held(index, &mut line);
            self.tell_correction(&line, tell);
        }
    }

    /// What the deals of each row are due in the end, less what they have, where that is something.
    fn corrections(
        &self,
        index: usize,
        groups: &BTreeMap<Left, Group>,
        reached: i128,
    ) -> BTreeMap<usize, Vec<i128>> {
        let table = &self.tables[index];
        let mut rows: BTreeMap<usize, Group> = BTreeMap::new();
        let Some(total) = table.running() else { return BTreeMap::new() };
        for (left, group) in groups {
            // A row was found for each of its deals; one that is none for the whole is told as open.
            if let Ok(row) = table.row_at(total, left, reached) {
                rows.entry(row).or_default().add(group.base, &group.parts);
            }
        }
        let due = rows.into_iter().filter_map(|(row, group)| {
            let weights = table.rows[row].weights.as_ref().ok()?;
            let mut parts: Vec<i128> = group.parts.iter().map(|part| -part).collect();
            weights.share(group.base, &mut parts)?;
            parts.iter().any(|part| *part != 0).then_some((row, parts))
        });
        due.collect()
    }

    fn correction(
        &self,
        table: usize,
        period: Option<Stretch>,
        why: String,
        parts: Vec<i128>,
    ) -> Shared {
        let date = period.map(|stretch| stretch.last).or(self.states[table].last);
        Shared { date, table, parts, true_up: Some(TrueUp { period, why }), ..Shared::default() }
    }

    /// Holds a correction within the limits and counts it.
    fn held(&mut self, index: usize, line: &mut Shared) {
        let (table, state) = (&self.tables[index], &mut self.states[index]);
        let limits: Vec<Limit> = table.limits.iter().filter(|it| it.of != Of::Deal).cloned().collect();
        if limits.len() != table.limits.len() || limits.is_empty() {
            return;
        }
        let Some(weights) = leaning(table, line) else { return };
        let before = line.parts.clone();
        let (parts, told) = (&mut line.parts, &mut line.limited);
        if limits::hold(&limits, &state.counts, &weights, parts, told).is_err() {
            line.parts = before;
            line.limited.clear();
        }
        limits::count(&limits, &mut state.counts, &line.parts, &line.limited);
    }

    /// Settles the least of a period, and goes on to the next.
    fn least(&mut self, index: usize, which: usize, tell: Tell<'_>) {
        let (table, state) = (&self.tables[index], &self.states[index]);
        let (limit, count) = (&table.limits[which], state.counts[which].clone());
        let lacks = limits::lacking(limit, &count, table.parties.len());
        let next = match (limit.of, count.stretch) {
            (Of::Cycle(cycle), Some(stretch)) => cycle.after(stretch),
            _ => None,
        };
        let fresh = Count { stretch: next, unlimited: 0, given: vec![0; table.parties.len()] };
        let name = table.parties[limit.party].0.clone();
        match lacks {
            None => {}
            Some(Ok(parts)) => {
                let why = format!("the least of {name}");
                let line = self.correction(index, count.stretch, why, parts);
                self.tell_correction(&line, tell);
            }
            Some(Err(why)) => {
                let period = count.stretch.map(|it| it.to_string()).unwrap_or_default();
                self.open_ends.push(format!("the least of {name} in {period} is not settled: {why}"));
            }
        }
        self.states[index].counts[which] = fresh;
    }

    fn tell_correction(&mut self, line: &Shared, tell: Tell<'_>) {
        let period = line.date.zip(self.options.by).and_then(|(day, by)| by.of(day));
        self.totals.add(&self.tables[line.table], line, period);
        tell(self, Told::Shared(line));
    }
}
