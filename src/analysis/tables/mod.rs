//! Tables of shares: deals that no row takes, deals that two rows share differently, rows that take
//! none, and what the row for the rest swallows.
//!
//! Exact: every column falls into finitely many atoms (the words it knows, the bounds and what lies
//! between them), a row is a box of atoms, and boxes are subtracted from one another. A cell that
//! could not be read takes everything where a gap is looked for and nothing where an overlap is, so
//! that what is found stands whatever the cell says; what may be hidden beside it is a doubt.

mod boxes;
mod columns;
#[cfg(test)]
mod tests;

use crate::agreement::{Agreement, AttributionRow, AttributionTable};
use crate::source::Span;
use crate::value::Percent;
use boxes::{Boxed, is_inside, left, meet};
use columns::Column;

/// What is wrong with a table of shares, shown by one deal.
#[derive(Debug, Clone, PartialEq)]
pub struct TableFlaw {
    /// The id of the table's item.
    pub table: String,
    /// `gap`, `overlap`, `shadowed`, `swallowed`
    pub kind: &'static str,
    /// The id of the row that is wrong; a gap has none.
    pub row: Option<String>,
    /// The deal: `closed Kestrel, deal size EUR 40,000`.
    pub deal: String,
    /// The item of a gap; else the row, then those it stands against.
    pub places: Vec<Span>,
}

/// The most rows and columns of a table that is worked out.
const MOST: (usize, usize) = (128, 32);

/// The flaws of every table of shares, and where one could not be worked out.
pub(super) fn flaws(agreement: &Agreement) -> (Vec<TableFlaw>, Option<Span>) {
    let (mut found, mut doubt) = (Vec::new(), None);
    for table in agreement.attribution.tables.iter().filter(|table| !table.rows.is_empty()) {
        let wide = table.rows.iter().any(|row| row.cells.len() > MOST.1);
        if wide || table.rows.len() > MOST.0 {
            doubt = doubt.or(Some(table.tag.id.span));
            continue;
        }
        let grid = Grid::of(agreement, table);
        let open = grid.flaws(&mut found);
        doubt = doubt.or(open);
    }
    (found, doubt)
}

/// A table as boxes.
struct Grid<'t> {
    table: &'t AttributionTable,
    columns: Vec<Column>,
    rows: Vec<Line<'t>>,
    /// Something of it that could not be read.
    unread: Option<Span>,
}

/// A row as boxes.
struct Line<'t> {
    row: &'t AttributionRow,
    /// All it may take.
    most: Boxed,
    /// All it certainly takes; nothing where a cell could not be read.
    least: Option<Boxed>,
}

impl<'t> Grid<'t> {
    fn of(agreement: &Agreement, table: &'t AttributionTable) -> Self {
        let wide = table.rows.first().map_or(0, |row| row.cells.len());
        let mut grid =
            Self { table, columns: Vec::new(), rows: Vec::new(), unread: table.tag.partial };
        let mut cells: Vec<Vec<Option<Vec<u64>>>> = vec![Vec::new(); table.rows.len()];
        for index in 0..wide {
            let column: Vec<_> = table.rows.iter().map(|row| &row.cells[index]).collect();
            let (known, sets) = Column::of(agreement, &column);
            for ((row, set), (_, cell)) in cells.iter_mut().zip(sets).zip(column) {
                if set.is_none() {
                    grid.unread = grid.unread.or(Some(cell.span));
                }
                row.push(set);
            }
            grid.columns.push(known);
        }
        for (row, sets) in table.rows.iter().zip(cells) {
            let all = grid.columns.iter().map(Column::all);
            let most = sets.iter().zip(all).map(|(set, all)| set.clone().unwrap_or(all)).collect();
            grid.rows.push(Line { row, most, least: sets.into_iter().collect() });
        }
        grid
    }

    /// Adds what is wrong; says where something of it is open.
    fn flaws(&self, found: &mut Vec<TableFlaw>) -> Option<Span> {
        let mut doubt = self.unread;
        let first = self.table.hit.as_ref().is_some_and(|hit| hit.node == "first");
        if first {
            doubt = doubt.or(self.shadowed(found));
        } else {
            self.overlaps(found);
        }
        // A row of another length, or one nobody could read, may take any deal.
        if self.table.tag.partial.is_none() {
            doubt = doubt.or(self.gaps(found));
            doubt = doubt.or(self.swallowed(found));
        }
        doubt
    }

    fn whole(&self) -> Boxed {
        self.columns.iter().map(Column::all).collect()
    }

    /// Deals that no row takes. What lies beyond the words of a column is no certain deal.
    fn gaps(&self, found: &mut Vec<TableFlaw>) -> Option<Span> {
        let id = &self.table.tag.id;
        let rows = self.rows.iter().map(|line| &line.most);
        let Some(rest) = left(vec![self.whole()], rows) else { return Some(id.span) };
        let mut doubt = None;
        for gap in &rest {
            match self.deal(gap) {
                Some(deal) => found.push(self.flaw("gap", None, deal, vec![id.span])),
                None => doubt = Some(id.span),
            }
        }
        doubt
    }

    /// Deals that the row for the rest takes, and no other row names.
    fn swallowed(&self, found: &mut Vec<TableFlaw>) -> Option<Span> {
        let rest = self.rows.iter().find(|line| line.row.catch_all)?;
        let others: Vec<_> = self.rows.iter().filter(|line| !line.row.catch_all).collect();
        let taken = rest.least.clone().filter(|_| !others.is_empty())?;
        let Some(boxes) = left(vec![taken], others.iter().map(|line| &line.most)) else {
            return Some(rest.row.id.span);
        };
        for deal in boxes.iter().filter_map(|one| self.deal(one)) {
            found.push(self.flaw("swallowed", Some(rest.row), deal, vec![rest.row.id.span]));
        }
        None
    }

    /// Rows that earlier ones leave nothing to. The row for the rest may have nothing to do.
    fn shadowed(&self, found: &mut Vec<TableFlaw>) -> Option<Span> {
        let mut doubt = None;
        for (index, line) in self.rows.iter().enumerate().filter(|(_, l)| !l.row.catch_all) {
            let Some(own) = &line.least else { continue };
            let earlier: Vec<_> = self.rows[..index].iter().collect();
            let certain = earlier.iter().filter_map(|line| line.least.as_ref());
            match left(vec![own.clone()], certain) {
                None => doubt = Some(line.row.id.span),
                Some(rest) if rest.is_empty() => {
                    let takers = earlier.iter().filter(|other| {
                        other.least.as_ref().is_some_and(|taken| meet(own, taken).is_some())
                    });
                    let mut places = vec![line.row.id.span];
                    places.extend(takers.map(|other| other.row.id.span));
                    let deal = self.deal(own).unwrap_or_else(|| "any deal".to_owned());
                    found.push(self.flaw("shadowed", Some(line.row), deal, places));
                }
                Some(_) => {}
            }
        }
        doubt
    }

    /// Deals that two rows take and share differently, where one row alone may take a deal.
    fn overlaps(&self, found: &mut Vec<TableFlaw>) {
        let rows: Vec<_> = self.rows.iter().filter(|line| !line.row.catch_all).collect();
        for (index, later) in rows.iter().enumerate() {
            for earlier in &rows[..index] {
                let both = earlier.least.as_ref().zip(later.least.as_ref());
                let common = both.and_then(|(a, b)| meet(a, b));
                let Some(deal) = common.and_then(|common| self.deal(&common)) else { continue };
                if shares(earlier.row).zip(shares(later.row)).is_some_and(|(a, b)| a != b) {
                    let places = vec![later.row.id.span, earlier.row.id.span];
                    found.push(self.flaw("overlap", Some(later.row), deal, places));
                }
            }
        }
    }

    /// One deal of a box, its columns in the order of the table; those that take everything are left
    /// out. None where it only lies beyond the words that a column knows.
    fn deal(&self, within: &Boxed) -> Option<String> {
        let mut parts = Vec::new();
        for (column, set) in self.columns.iter().zip(within) {
            let atom = column.pick(set)?;
            if !is_inside(&column.all(), set) {
                parts.push(format!("{} {atom}", column.name));
            }
        }
        Some(if parts.is_empty() { "any deal".to_owned() } else { parts.join(", ") })
    }

    fn flaw(
        &self,
        kind: &'static str,
        row: Option<&AttributionRow>,
        deal: String,
        places: Vec<Span>,
    ) -> TableFlaw {
        let row = row.map(|row| row.id.node.clone());
        TableFlaw { table: self.table.tag.id.node.clone(), kind, row, deal, places }
    }
}

/// What each party gets, where every share is known.
fn shares(row: &AttributionRow) -> Option<Vec<(usize, Percent)>> {
    let known =
        |share: &crate::agreement::Share| Some((share.party, *share.share.as_ref()?.node.value()?));
    row.shares.iter().map(known).collect()
}
