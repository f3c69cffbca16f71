//! What comes due at the end of a period: deals that were shared at another rate than the one their
//! period came to, and the least that a party gets.

use std::collections::BTreeMap;

use super::apply::leaning;
use super::counted::Of;
use super::cycle::Stretch;
use super::limits::{self, Count};
use super::lookup::Left;
use super::numbers::coins_grouped;
use super::run::{Run, Tell};
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

impl Run {
    /// Settles the periods of a table that end before a day, and opens those the day is in.
    pub(super) fn settle(&mut self, index: usize, day: Date, tell: Tell<'_>) {
        if !self.tables[index].remembers() {
            return;
        }
        self.close(index, day, &mut *tell);
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
                    self.true_up(index, stretch, &mut *tell);
                }
                Some(limit) => self.least(index, limit, &mut *tell),
            }
        }
        let name = self.tables[index].name();
        let idle = format!("{name}: more than {MOST_IDLE} periods without a deal are not settled");
        self.unsettled.push(idle);
    }

    /// Corrects the deals of a period whose total came to another rate than theirs.
    fn true_up(&mut self, index: usize, period: Option<Stretch>, tell: Tell<'_>) {
        let groups = std::mem::take(&mut self.states[index].groups);
        let reached = std::mem::take(&mut self.states[index].reached);
        let (due, untold) = self.corrections(index, &groups, reached);
        let name = self.tables[index].name();
        let when = period.map_or(String::new(), |period| format!(" in {period}"));
        let untold =
            untold.into_iter().map(|why| format!("{name}: nothing is corrected{when} where {why}"));
        self.unsettled.extend(untold);
        for (row, due) in due {
            let why = format!("the total came to row `{}`", self.tables[index].row(row));
            let mut line = self.correction(index, period, why, due);
            line.slices.push(Slice { row, base: 0, units: 0 });
            self.held(index, &mut line);
            self.tell_correction(&line, tell);
        }
    }

    /// What the deals of each row are due in the end, less what they have, where that is something;
    /// and why some cannot be corrected.
    fn corrections(
        &self,
        index: usize,
        groups: &BTreeMap<Left, Group>,
        reached: i128,
    ) -> (BTreeMap<usize, Vec<i128>>, Vec<String>) {
        let table = &self.tables[index];
        let (mut rows, mut due) = (BTreeMap::<usize, Group>::new(), BTreeMap::new());
        let mut untold = Vec::new();
        let Some(total) = table.running() else { return (due, untold) };
        for (left, group) in groups {
            match table.row_at(total, left, reached) {
                Ok(row) => rows.entry(row).or_default().add(group.base, &group.parts),
                Err((_, why)) => untold.push(why),
            }
        }
        for (row, group) in rows {
            let mut parts: Vec<i128> = group.parts.iter().map(|part| -part).collect();
            let weights = table.rows[row].weights.as_ref().map_err(Clone::clone);
            let shared = weights.and_then(|weights| {
                weights.add_parts(group.base, &mut parts).map_err(|why| why.to_string())
            });
            match shared {
                Ok(()) if parts.iter().all(|part| *part == 0) => {}
                Ok(()) => drop(due.insert(row, parts)),
                Err(why) => untold.push(why),
            }
        }
        (due, untold)
    }

    /// Settles what is over at the end of the list, and says what is not.
    pub fn end(&mut self, tell: Tell<'_>) {
        let through = self.options.through.or(self.days.map(|(_, last)| last));
        for index in 0..self.tables.len() {
            if let Some(next) = through.and_then(|day| day.plus_days(1)) {
                self.close(index, next, &mut *tell);
            }
            let table = &self.tables[index];
            let ever = table.running().is_some_and(|total| total.whole && total.anew.is_none());
            if ever {
                self.true_up(index, None, &mut *tell);
            }
            let unfinished = self.unfinished(index, through);
            self.unfinished.extend(unfinished);
        }
    }

    /// What would be settled if the periods that are not over ended now.
    fn unfinished(&self, index: usize, through: Option<Date>) -> Vec<String> {
        let (table, state) = (&self.tables[index], &self.states[index]);
        let mut told = Vec::new();
        let Some(through) = through else { return told };
        let mut add = |period: Stretch, what: String| {
            let name = table.name();
            let last = period.last;
            told.push(format!(
                "{name}: {period} is not over on {through}, so {what} is in no figure; \
                 --through {last} says that the list is whole"
            ));
        };
        if let Some(period) = state.stretch {
            let (due, untold) = self.corrections(index, &state.groups, state.reached);
            let mut sums = vec![0; table.parties.len()];
            for parts in due.values() {
                sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
            }
            if !due.is_empty() || !untold.is_empty() {
                add(period, format!("its correction ({})", amounts(table, &sums)));
            }
        }
        for (limit, count) in table.limits.iter().zip(&state.counts) {
            // A period that has not begun is behind the list.
            let begun = count.stretch.filter(|period| period.first <= through);
            let Some(period) = begun else { continue };
            if limits::lacking(limit, count, table.parties.len()).is_some() {
                let has = count.given.get(limit.party).copied().unwrap_or_default();
                let coins = |sum| coins_grouped(sum, table.decimals);
                let (least, has) = (coins(limit.amount), coins(has));
                let (name, currency) = (&table.parties[limit.party].0, table.currency);
                add(period, format!("the least of {name} ({currency} {least}; it has {has})"));
            }
        }
        told
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
        let Some(weights) = leaning(table, line) else { return };
        let before = line.parts.clone();
        let (parts, told) = (&mut line.parts, &mut line.limited);
        if let Err(why) = limits::hold(&table.limits, &state.counts, &weights, parts, told) {
            line.parts = before;
            line.limited.clear();
            self.unsettled.push(format!("{}: a correction is not held in: {why}", table.name()));
        }
        limits::count(&table.limits, &mut state.counts, &line.parts, &line.limited);
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
                self.unsettled
                    .push(format!("the least of {name} in {period} is not settled: {why}"));
            }
        }
        self.states[index].counts[which] = fresh;
    }

    /// What a reader should know of the run: how it was read, and what it leaves open.
    pub fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> =
            self.tables.iter().flat_map(|table| table.notes.iter().cloned()).collect();
        notes.extend(self.tables.iter().filter_map(|table| {
            let why = table.broken.as_ref()?;
            Some(format!("{} cannot be run: {why}", table.name()))
        }));
        notes.extend(self.unsettled.iter().chain(&self.unfinished).cloned());
        if self.ids_full() {
            notes.push("beyond 4,000,000 ids nobody looked whether one comes twice".to_owned());
        }
        let deals = |count, one, more| match count {
            1 => ("1 deal".to_owned(), one),
            many => (format!("{many} deals"), more),
        };
        if self.totals.one_unit > 0 {
            let (count, verb) = deals(self.totals.one_unit, "states", "state");
            notes.push(format!("{count} {verb} no `units`, and units are counted: one each"));
        }
        if self.totals.renewed > 0 {
            let (count, verb) = deals(self.totals.renewed, "is", "are");
            notes.push(format!(
                "{count} after the first term {verb} shared, as the agreement goes on unless somebody \
                 stops it; --ended DATE says that it ended"
            ));
        }
        notes
    }

    fn tell_correction(&mut self, line: &Shared, tell: Tell<'_>) {
        let period = line.date.and_then(|day| self.period_of(day));
        self.totals.add(&self.tables[line.table], line, period);
        tell(self, Told::Shared(line));
    }
}

/// `Northwind -1,200.00, Kestrel 1,200.00`
fn amounts(table: &Table, parts: &[i128]) -> String {
    let each = table.parties.iter().zip(parts);
    let each =
        each.map(|((name, _), part)| format!("{name} {}", coins_grouped(*part, table.decimals)));
    each.collect::<Vec<_>>().join(", ")
}
