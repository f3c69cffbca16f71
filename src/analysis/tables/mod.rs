//! Tables of shares: deals that no row takes, deals that two rows share differently, rows that take
//! none, what the row for the rest swallows, and shares that do not make the whole.
//!
//! In goes an agreement, out comes the proof of each of its tables. Exact: a table is compiled to a
//! [`Grid`], every column falls into finitely many atoms (the words it knows, the bounds and what
//! lies between them), a row is a box of atoms, and what boxes leave of a box is searched to its end
//! or not called complete. A cell that could not be read takes everything where a gap is looked for
//! and nothing where an overlap is, so that what is found stands whatever the cell says; what may be
//! hidden beside it is a doubt.

mod asks;
mod axes;
mod boxes;
mod cover;
mod cuts;
mod grid;
mod proof;
#[cfg(test)]
mod tests;
mod words;

use super::dates::Dates;
use crate::agreement::AttributionTable;
use crate::source::Span;
use proof::Proof;

pub use asks::{Answer, Ask, Bound, Side, Unit};
pub use grid::{Column, Decision, Grid, GridRow, Values};

/// What is wrong with a table of shares, shown by one deal.
#[derive(Debug, Clone, PartialEq)]
pub struct TableFlaw {
    /// The id of the table's item.
    pub table: String,
    /// `gap`, `overlap`, `shadowed`, `swallowed`, `never`, `shares`
    pub kind: &'static str,
    /// The id of the row that is wrong; a gap has none.
    pub row: Option<String>,
    /// The deal: `closed Kestrel, deal size EUR 40,000`.
    pub deal: String,
    /// All such deals in words: `closed Kestrel, deal size below EUR 50,000, segment any`; of a row
    /// that can never apply what stands against it, of shares their sum.
    pub region: String,
    /// The item of a gap; else the row, then those it stands against.
    pub places: Vec<Span>,
    /// The same, each row as a whole.
    pub rows: Vec<Span>,
}

/// What keeps a table from being proved.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// Where it stands.
    pub at: Span,
    /// Why, as a reader would say it.
    pub why: String,
    /// Whether only a share is open: no other flaw can hide behind it.
    pub only_shares: bool,
}

/// What is known of a table of shares. It is complete and free of conflict where it has rows, and
/// neither a flaw nor a doubt.
#[derive(Debug, Clone, PartialEq)]
pub struct TableProof {
    /// The id of its item.
    pub table: String,
    /// Where the item stands.
    pub at: Span,
    /// How many rows it has.
    pub rows: usize,
    /// Whether the first row that fits decides.
    pub first: bool,
    /// Its columns and what each can be.
    pub columns: Vec<(String, String)>,
    /// What is wrong.
    pub flaws: Vec<TableFlaw>,
    /// What is open.
    pub doubts: Vec<Doubt>,
}

impl TableProof {
    fn new(table: &AttributionTable) -> Self {
        let id = &table.tag.id;
        Self {
            table: id.node.to_string(),
            at: id.span,
            rows: table.rows.len(),
            first: grid::is_first(table),
            columns: Vec::new(),
            flaws: Vec::new(),
            doubts: Vec::new(),
        }
    }
}

/// The most rows and columns of a table that is worked out.
const MOST: (usize, usize) = (2_048, 64);

/// The proof of every table of shares, in their order.
pub(super) fn prove(dates: Dates<'_>) -> Vec<TableProof> {
    let tables = dates.agreement().attribution.tables.iter();
    tables.map(|table| one(dates, table)).collect()
}

fn one(dates: Dates<'_>, table: &AttributionTable) -> TableProof {
    let mut told = TableProof::new(table);
    let mut doubt = |at: Span, why: &str| {
        told.doubts.push(Doubt { at, why: why.to_owned(), only_shares: false });
    };
    if table.rows.is_empty() {
        if let Some(at) = table.tag.partial {
            doubt(at, "no row of it can be read");
        }
        return told;
    }
    let wide = table.rows.iter().any(|row| row.cells.len() > MOST.1);
    if wide || table.rows.len() > MOST.0 {
        let most = format!("it is larger than {} rows or {} columns", MOST.0, MOST.1);
        doubt(table.tag.id.span, &most);
        return told;
    }
    Proof::of(&Grid::of(dates, table), table).told()
}
