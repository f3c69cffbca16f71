//! One table proved: its columns cut into atoms, its rows as boxes, and what is wrong with them.

use super::axes::Axis;
use super::boxes::{Boxed, Set, Shape, is_empty};
use super::cover::{Covered, MOST_REGIONS, Search, WORK};
use super::grid::{Column, Grid, Values};
use super::words::{asked, joined};
use super::{Doubt, TableFlaw, TableProof};
use crate::agreement::{AttributionRow, AttributionTable};
use crate::source::Span;
use crate::value::{Number, Percent};

/// A table as boxes.
pub(super) struct Proof<'t> {
    table: &'t AttributionTable,
    grid: &'t Grid,
    axes: Vec<Axis>,
    shape: Shape,
    rows: Vec<Line<'t>>,
    told: TableProof,
}

/// A row as boxes.
struct Line<'t> {
    row: &'t AttributionRow,
    /// All it may take.
    most: Boxed,
    /// All it certainly takes; nothing where a cell could not be read.
    least: Option<Boxed>,
    /// A column in which no deal fits it.
    never: Option<usize>,
}

impl<'t> Proof<'t> {
    pub(super) fn of(grid: &'t Grid, table: &'t AttributionTable) -> Self {
        let asks = |at: usize| grid.rows.iter().map(move |row| &row.asks[at]).collect::<Vec<_>>();
        let columns = grid.columns.iter().enumerate();
        let (axes, sets): (Vec<Axis>, Vec<Vec<Option<Set>>>) =
            columns.map(|(at, column)| Axis::of(column, &asks(at), grid.days)).unzip();
        let mut proof = Self {
            table,
            grid,
            shape: Shape::new(axes.iter().map(|axis| axis.atoms.len())),
            rows: Vec::new(),
            told: TableProof::new(table),
            axes,
        };
        for (at, row) in table.rows.iter().enumerate() {
            let own = || sets.iter().map(|column| column[at].as_ref());
            let known =
                |(axis, set): (&Axis, Option<&Set>)| set.cloned().unwrap_or_else(|| axis.all());
            proof.rows.push(Line {
                row,
                most: proof.axes.iter().zip(own()).flat_map(known).collect(),
                least: own()
                    .map(Option::<&Set>::cloned)
                    .collect::<Option<Vec<_>>>()
                    .map(|all| all.concat()),
                never: own().position(|set| set.is_some_and(|set| is_empty(set))),
            });
        }
        proof
    }

    /// What is wrong with it, and what of it is open.
    pub(super) fn told(mut self) -> TableProof {
        let columns = self.axes.iter().zip(&self.grid.columns);
        self.told.columns =
            columns.map(|(axis, column)| (axis.name.clone(), axis.can_be(column))).collect();
        self.unread();
        self.never();
        if self.grid.first {
            self.shadowed();
        } else {
            self.overlaps();
        }
        // A row of another length, or one nobody could read, may take any deal.
        if self.grid.partial.is_none() {
            self.gaps();
            self.swallowed();
        }
        self.shares();
        self.told
    }

    /// Cells that say nothing certain.
    fn unread(&mut self) {
        if let Some(at) = self.grid.partial {
            self.doubt(at, "a row cannot be read, and may take any deal".to_owned());
        }
        for (index, column) in self.grid.columns.iter().enumerate() {
            if column.values == Values::Mixed {
                let at = self
                    .table
                    .rows
                    .first()
                    .map_or(self.table.tag.id.span, |row| row.cells[index].1.span);
                let mixed =
                    format!("`{}` has words beside values, or values in two units", column.name);
                self.doubt(at, mixed);
                continue;
            }
            let unread = self.grid.rows.iter().zip(&self.table.rows);
            let open = unread.filter(|(row, _)| matches!(row.asks[index], super::Ask::Unread));
            for (_, row) in open.collect::<Vec<_>>() {
                let (at, name) = (row.cells[index].1.span, &column.name);
                self.doubt(
                    at,
                    format!(
                        "what row `{}` asks of `{name}` is open or cannot be read",
                        row.id.node
                    ),
                );
            }
        }
    }

    /// Rows that no deal fits: what a cell asks is nothing, or no day of the agreement.
    fn never(&mut self) {
        for index in 0..self.rows.len() {
            let Some(column) = self.rows[index].never else { continue };
            let (row, cell) = (self.rows[index].row, &self.rows[index].row.cells[column]);
            let (name, asks) = (&cell.0, asked(&self.grid.rows[index].asks[column]));
            let deals = self.grid.columns[column].deal_date.then(|| match self.grid.days {
                (Some(first), Some(last)) => format!(", and deals fall from {first} until {last}"),
                (Some(first), None) => format!(", and deals fall from {first} on"),
                (None, Some(last)) => format!(", and deals fall until {last}"),
                (None, None) => ", and no day is that".to_owned(),
            });
            let region = format!(
                "{name} {asks}{}",
                deals.unwrap_or_else(|| ", and nothing is that".to_owned())
            );
            let places = vec![row.id.span, cell.1.span];
            self.flaw("never", Some(row), format!("{name} {asks}"), region, places);
        }
    }

    /// Deals that no row takes. What lies beyond the words of a column is no certain deal.
    fn gaps(&mut self) {
        let rows: Vec<&Boxed> = self.rows.iter().map(|line| &line.most).collect();
        let (regions, all) = self.left(&self.shape.whole(), &rows);
        let at = self.table.tag.id.span;
        for region in regions {
            match self.deal(&region) {
                Some(deal) => self.flaw("gap", None, deal, self.region(&region), vec![at]),
                None => self.beyond(&region, at),
            }
        }
        self.unless(all, at, "deals that no row takes");
    }

    /// Deals that the row for the rest takes, and no other row names.
    fn swallowed(&mut self) {
        let Some(rest) = self.rows.iter().find(|line| line.row.catch_all) else { return };
        let others: Vec<&Boxed> =
            self.rows.iter().filter(|line| !line.row.catch_all).map(|line| &line.most).collect();
        let Some(taken) = rest.least.clone().filter(|_| !others.is_empty()) else { return };
        let (row, at) = (rest.row, rest.row.id.span);
        let (regions, all) = self.left(&taken, &others);
        for region in regions {
            if let Some(deal) = self.deal(&region) {
                self.flaw("swallowed", Some(row), deal, self.region(&region), vec![at]);
            }
        }
        self.unless(all, at, "deals that only the row for the rest takes");
    }

    /// Rows that earlier ones leave nothing to. The row for the rest may have nothing to do.
    fn shadowed(&mut self) {
        let ordered = self.ordered();
        let (mut found, mut late) = (Vec::new(), None);
        let mut search = Search { shape: &self.shape, ordered: &ordered, work: WORK };
        for (index, line) in self.rows.iter().enumerate() {
            let own = line.least.as_ref().filter(|_| !line.row.catch_all && line.never.is_none());
            let Some(own) = own else { continue };
            let meets = |other: &&Line| {
                other.least.as_ref().is_some_and(|taken| self.shape.meets(own, taken))
            };
            let takers: Vec<&Line> = self.rows[..index].iter().filter(meets).collect();
            let certain: Vec<&Boxed> = takers.iter().filter_map(|it| it.least.as_ref()).collect();
            match search.covers(own, &certain) {
                Covered::Untold => late = late.or(Some(line.row.id.span)),
                Covered::By(some) => {
                    // Which ones are told does not decide anything, and has work of its own.
                    let mut thrift = Search { work: THRIFT, ..search };
                    let some = thrift.needed(own, &certain, some);
                    let takers = some.into_iter().map(|it| takers[it].row.id.span);
                    found.push((index, takers.collect::<Vec<_>>()));
                }
                Covered::Not => {}
            }
        }
        for (index, takers) in found {
            let row = self.rows[index].row;
            let own = self.rows[index].most.clone();
            let deal = self.deal(&own).unwrap_or_else(|| ANY.to_owned());
            let places = [vec![row.id.span], takers].concat();
            self.flaw("shadowed", Some(row), deal, self.region(&own), places);
        }
        if let Some(at) = late {
            self.unless(false, at, "rows that decide nothing");
        }
    }

    /// Deals that two rows take and share differently, where one row alone may take a deal.
    fn overlaps(&mut self) {
        let rows: Vec<usize> = (0..self.rows.len()).collect();
        let rest = |at: usize| self.rows[at].row.catch_all;
        let shares: Vec<_> = self.rows.iter().map(|line| shares(line.row)).collect();
        let (mut found, mut open) = (Vec::new(), None);
        'all: for (index, later) in rows.iter().enumerate() {
            // The row for the rest takes what no other does; two of those stand against one another.
            for earlier in rows[..index].iter().filter(|at| rest(**at) == rest(*later)) {
                let known = shares[*earlier].as_ref().zip(shares[*later].as_ref());
                if known.is_some_and(|(a, b)| a == b) {
                    continue;
                }
                let (a, b) = (&self.rows[*earlier].least, &self.rows[*later].least);
                let Some((a, b)) = a.as_ref().zip(b.as_ref()) else { continue };
                if !self.shape.meets(a, b) {
                    continue;
                }
                if known.is_none() {
                    open = open.or(Some((*earlier, *later)));
                } else if found.len() == MOST_OVERLAPS {
                    found.push((*earlier, *later, Vec::new()));
                    break 'all;
                } else {
                    found.extend(self.shape.meet(a, b).map(|common| (*earlier, *later, common)));
                }
            }
        }
        if let Some((earlier, later)) = open {
            let (a, b) = (&self.rows[earlier].row.id.node, &self.rows[later].row.id.node);
            let why = format!("rows `{a}` and `{b}` fit one deal, and a share of them is open");
            self.open(Doubt { at: self.rows[later].row.id.span, why, only_shares: true });
        }
        let all = found.len() <= MOST_OVERLAPS;
        found.truncate(MOST_OVERLAPS);
        for (earlier, later, common) in found {
            let (earlier, later) = (self.rows[earlier].row, self.rows[later].row);
            let Some(deal) = self.deal(&common) else { continue };
            let places = vec![later.id.span, earlier.id.span];
            self.flaw("overlap", Some(later), deal, self.region(&common), places);
        }
        self.unless(all, self.table.tag.id.span, "deals that two rows share differently");
    }

    /// Rows whose shares do not make the whole, exactly.
    fn shares(&mut self) {
        let whole = Percent::from_percent(Number::ONE_HUNDRED);
        for index in 0..self.rows.len() {
            let row = self.rows[index].row;
            let given = |share: &crate::agreement::Share| {
                share.share.as_ref().map(|it| it.node.value().copied())
            };
            let parts: Vec<_> = row.shares.iter().map(given).collect();
            let sum = parts.iter().try_fold(None, |sum: Option<Percent>, part| {
                let part = (*part)??;
                Some(Some(sum.map_or(Some(part), |sum| sum.checked_add(part))?))
            });
            let empty = parts.iter().any(Option::is_none);
            let total = match sum {
                Some(sum) if sum == whole => continue,
                Some(Some(sum)) => format!("together {sum}"),
                _ if empty => "and one is empty".to_owned(),
                _ => {
                    let open =
                        format!("a share of row `{}` is open or too long to add", row.id.node);
                    self.open(Doubt { at: row.id.span, why: open, only_shares: true });
                    continue;
                }
            };
            let named = row.shares.iter().zip(&parts).map(|(share, part)| match part {
                Some(Some(part)) => format!("{} {part}", share.name),
                Some(None) => format!("{} open", share.name),
                None => format!("{} nothing stated", share.name),
            });
            let region = format!("{}, {total}", named.collect::<Vec<_>>().join(", "));
            let deal = self.deal(&self.rows[index].most).unwrap_or_else(|| ANY.to_owned());
            self.flaw("shares", Some(row), deal, region, vec![row.id.span]);
        }
    }

    fn ordered(&self) -> Vec<bool> {
        self.axes.iter().map(|axis| axis.unit.is_some()).collect()
    }

    fn left(&self, whole: &Boxed, rows: &[&Boxed]) -> (Vec<Boxed>, bool) {
        let ordered = self.ordered();
        let mut search = Search { shape: &self.shape, ordered: &ordered, work: WORK };
        let left = search.left(whole, rows, MOST_REGIONS);
        (left.regions, left.all)
    }

    /// One deal of a box, its columns in the order of the table; those that take everything are left
    /// out. None where it only lies beyond the words that a column knows.
    fn deal(&self, within: &Boxed) -> Option<String> {
        let mut parts = Vec::new();
        for (index, axis) in self.axes.iter().enumerate() {
            let set = self.shape.of(index, within);
            let value = axis.pick(set)?;
            if !axis.is_all(set) {
                parts.push(format!("{} {value}", axis.name));
            }
        }
        Some(if parts.is_empty() { ANY.to_owned() } else { parts.join(", ") })
    }

    /// A box in words, every column of it.
    fn region(&self, within: &Boxed) -> String {
        let columns = self.axes.iter().enumerate();
        let parts: Vec<String> = columns
            .map(|(at, axis)| format!("{} {}", axis.name, axis.words(self.shape.of(at, within))))
            .collect();
        if parts.is_empty() { ANY.to_owned() } else { parts.join(", ") }
    }

    /// A gap that only words have which no row names.
    fn beyond(&mut self, region: &Boxed, at: Span) {
        let only = |index: &usize| self.axes[*index].pick(self.shape.of(*index, region)).is_none();
        let Some(index) = (0..self.axes.len()).find(only) else { return };
        let Column { name, values, .. } = &self.grid.columns[index];
        let Values::Open(words) = values else { return };
        let known = joined(words);
        let why =
            format!("no row takes a deal whose `{name}` is another than {known}, if there is one");
        if self.told.doubts.iter().all(|doubt| doubt.why != why) {
            self.doubt(at, why);
        }
    }

    fn unless(&mut self, all: bool, at: Span, what: &str) {
        if !all {
            let many =
                "the table is too large to be worked out in full, or has too many flaws to list";
            self.doubt(at, format!("not all {what} are known: {many}"));
        }
    }

    fn doubt(&mut self, at: Span, why: String) {
        self.open(Doubt { at, why, only_shares: false });
    }

    fn open(&mut self, doubt: Doubt) {
        self.told.doubts.push(doubt);
    }

    fn flaw(
        &mut self,
        kind: &'static str,
        row: Option<&AttributionRow>,
        deal: String,
        region: String,
        places: Vec<Span>,
    ) {
        let (table, row) = (self.table.tag.id.node.clone(), row.map(|row| row.id.node.to_string()));
        let whole = |place: &Span| {
            let rows = self.table.rows.iter();
            rows.clone().find(|row| row.id.span == *place).map_or(*place, |row| row.span.0)
        };
        // Of a row that can never apply the cell is shown that stands in its way.
        let never = kind == "never";
        let rows = if never { places.clone() } else { places.iter().map(whole).collect() };
        self.told.flaws.push(TableFlaw {
            table: table.to_string(),
            kind,
            row,
            deal,
            region,
            places,
            rows,
        });
    }
}

/// A deal that nothing is asked of.
const ANY: &str = "any deal";
/// The work that finds which of the rows that take another's deals can be spared.
const THRIFT: usize = 200_000;
/// The most pairs of rows that are listed.
const MOST_OVERLAPS: usize = 100;

/// What each party gets, where every share is known.
fn shares(row: &AttributionRow) -> Option<Vec<(usize, Percent)>> {
    let known =
        |share: &crate::agreement::Share| Some((share.party, *share.share.as_ref()?.node.value()?));
    row.shares.iter().map(known).collect()
}
