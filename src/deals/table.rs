//! A table of shares made ready for a run: its questions, rows, life, running total and limits. What
//! cannot be run is kept as the reason why, so that all else is run.

use super::counted::{Limit, Of, Total};
use super::deal::Wanted;
use super::life::Life;
use super::lookup::Lookup;
use super::trace::asks;
use crate::agreement::{Agreement, AttributionRow, AttributionTable};
use crate::analysis::{self, Dates, Derived, Grid};
use crate::diagnostic::{Diagnostic, Severity};
use crate::reckon::Weights;
use crate::source::Span;
use crate::value::{Currency, Date, Given, Percent};

/// Why something cannot be run.
pub(super) type Why = String;

/// A table of shares, ready for deals.
#[derive(Debug)]
pub struct Table {
    /// The id of its agreement.
    pub agreement: String,
    /// The id of its item.
    pub item: String,
    /// What is shared, as a reader would say it.
    pub base: String,
    /// The currency of its base.
    pub currency: Currency,
    /// How many decimals the smallest coin has.
    pub decimals: u32,
    /// The parties with a column, each with its place among those of the run.
    pub parties: Vec<(String, usize)>,
    /// The places of the parties, by their names.
    by_name: Vec<usize>,
    /// What it asks of a deal.
    pub(super) questions: Vec<Question>,
    /// Its rows.
    pub(super) rows: Vec<Row>,
    pub(super) grid: Grid,
    pub(super) lookup: Lookup,
    pub(super) life: Life,
    pub(super) total: Option<Result<Total, Why>>,
    pub(super) limits: Vec<Limit>,
    pub(super) prevails_over: Vec<String>,
    /// Why no deal at all can be run.
    pub(super) broken: Option<Why>,
    /// What a reader should know of the run.
    pub(super) notes: Vec<String>,
}

/// A column.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) name: String,
    /// Its place among the wanted columns; none for that of the running total.
    pub(super) place: Option<usize>,
    /// Whether any row asks it.
    pub(super) asked: bool,
}

/// A row.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) id: String,
    /// What it asks, in words.
    pub(super) asks: String,
    /// As written: `70%`.
    pub(super) shares: Vec<String>,
    pub(super) weights: Result<Weights, Why>,
}

/// One table and what it stands in.
#[derive(Clone, Copy)]
pub(super) struct Stand<'a> {
    pub(super) agreement: &'a Agreement,
    pub(super) derived: &'a Derived<'a>,
    pub(super) told: &'a [Diagnostic],
    pub(super) table: &'a AttributionTable,
}

impl Table {
    pub(super) fn new(
        stand: Stand<'_>,
        ended: Option<Date>,
        wanted: &mut Wanted,
        names: &mut Vec<String>,
    ) -> Self {
        let Stand { agreement, derived, table, .. } = stand;
        let id = agreement.header.id.as_ref().map_or("agreement", |id| &id.node);
        let item = &table.tag.id.node;
        let grid = Grid::of(Dates::new(agreement, derived.conventions()), table);
        let currency = table.currency.node;
        let parties = parties(table, names);
        let mut broken = unreadable(stand, &grid);
        let decimals = currency.decimals().unwrap_or_else(|| {
            broken.get_or_insert_with(|| format!("{currency} has no smallest coin to share in"));
            0
        });
        let mut notes = Vec::new();
        let lookup = Lookup::new(&grid);
        let banded = table.banded.as_ref();
        let total = banded.map(|bands| Total::new(stand, bands, &grid, &lookup, &mut notes));
        let totals = banded.and_then(|bands| {
            grid.columns.iter().position(|column| column.name == bands.column.node)
        });
        let questions = (0..grid.columns.len())
            .map(|index| Question::new(&grid, index, totals == Some(index), item, wanted))
            .collect();
        let limits: Vec<Result<Limit, Why>> = table
            .limits
            .iter()
            .map(|limit| Limit::new(stand, limit, decimals, &mut notes))
            .collect();
        broken = broken.or_else(|| clash(total.as_ref(), &limits));
        let rows = table.rows.iter().enumerate();
        let rows = rows.map(|(at, row)| Row::new(row, parties.len(), asks(&grid, at))).collect();
        let life = Life::of(agreement, derived, table, ended);
        let this = Self {
            agreement: id.to_owned(),
            item: item.to_string(),
            base: table.base.node.value().cloned().unwrap_or_default().to_string(),
            currency,
            decimals,
            rows,
            by_name: by_name(&parties),
            parties,
            questions,
            grid,
            lookup,
            life,
            total,
            limits: limits.into_iter().filter_map(Result::ok).collect(),
            prevails_over: table.prevails_over.iter().map(|id| id.node.to_string()).collect(),
            broken,
            notes,
        };
        this.with_notes(table)
    }

    fn with_notes(mut self, table: &AttributionTable) -> Self {
        let name = self.name();
        let mut add = |note: String| self.notes.push(note);
        if let Some(why) = self.life.untold() {
            add(format!("{name}: {why}, so no deal was told to be outside the term for it"));
        }
        if !table.bonus.is_empty() {
            add(format!("{name}: the bonus it states is not worked out, and stands in no figure"));
        }
        let except: Vec<&str> = table.terms.more.except.iter().map(|text| &*text.node).collect();
        if !except.is_empty() {
            let except = except.join(", ");
            add(format!(
                "{name}: it leaves out \"{except}\"; the list is taken to hold none of them"
            ));
        }
        if self.total.is_some() || self.limits.iter().any(|limit| limit.of != Of::Deal) {
            add(format!("{name}: what it counts up begins with the first deal of the list"));
        }
        self
    }

    /// `northwind-kestrel attribution/on`
    pub fn name(&self) -> String {
        format!("{} attribution/{}", self.agreement, self.item)
    }

    /// The places of its parties in the order of their names.
    pub fn by_name(&self) -> impl ExactSizeIterator<Item = usize> {
        self.by_name.iter().copied()
    }

    /// The id of a row.
    pub fn row(&self, row: usize) -> &str {
        &self.rows[row].id
    }

    /// How many rows it has.
    pub fn rows_count(&self) -> usize {
        self.rows.len()
    }

    /// Whether deals need a day.
    pub(super) fn asks_day(&self) -> Option<String> {
        let item = &self.item;
        if self.life.asks() {
            return Some(format!("`{item}` shares deals {}", self.life.words()));
        }
        let anew = self.running().is_some_and(|total| total.anew.is_some());
        let cycles = self.limits.iter().any(|limit| matches!(limit.of, Of::Cycle(_)));
        (anew || cycles).then(|| format!("`{item}` counts anew in each period"))
    }

    /// The running total, where there is one that can be run.
    pub(super) fn running(&self) -> Option<&Total> {
        self.total.as_ref().and_then(|total| total.as_ref().ok())
    }

    /// Whether a deal changes what later ones get.
    pub(super) fn remembers(&self) -> bool {
        self.running().is_some() || self.limits.iter().any(|limit| limit.of != Of::Deal)
    }
}

/// The parties with a column, and their places among all of the run.
fn parties(table: &AttributionTable, names: &mut Vec<String>) -> Vec<(String, usize)> {
    let shares = table.rows.first().map_or(&[][..], |row| &row.shares);
    let mut place = |name: &str| {
        names.iter().position(|known| known == name).unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        })
    };
    shares.iter().map(|share| (share.name.to_string(), place(&share.name))).collect()
}

fn by_name(parties: &[(String, usize)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..parties.len()).collect();
    order.sort_by(|a, b| parties[*a].0.cmp(&parties[*b].0));
    order
}

/// What of a table, or beside it, could not be read, so that any deal may go elsewhere.
fn unreadable(stand: Stand<'_>, grid: &Grid) -> Option<Why> {
    let Stand { agreement, told, table, .. } = stand;
    let inside = |at: Span, of: Span| of.start <= at.start && at.end <= of.end;
    // An error in a row is told of the deals it may take. The head of its columns stands above the first.
    let head = table
        .rows
        .first()
        .map_or(table.tag.span, |row| Span { start: table.tag.span.start, end: row.span.0.start });
    let error = told.iter().find(|told| {
        let at = told.primary.span;
        let in_row = table.rows.iter().any(|row| inside(at, row.span.0));
        let here = inside(at, table.tag.span) || inside(at, head);
        told.severity == Severity::Error && here && !in_row
    });
    if let Some(told) = error {
        return Some(format!("it has an error: {}", told.message));
    }
    if grid.partial.is_some() {
        return Some("something in it could not be read".to_owned());
    }
    if agreement.doubt("attribution").is_some() {
        return Some("another item beside it could not be read, and may take the deal".to_owned());
    }
    table.rows.is_empty().then(|| "it has no rows".to_owned())
}

/// Why what a table counts cannot be run.
fn clash(total: Option<&Result<Total, Why>>, limits: &[Result<Limit, Why>]) -> Option<Why> {
    if let Some(Err(why)) = total {
        return Some(why.clone());
    }
    if let Some(why) = limits.iter().find_map(|limit| limit.as_ref().err()) {
        return Some(why.clone());
    }
    let whole = total.is_some_and(|total| total.as_ref().is_ok_and(|total| total.whole));
    let of_deals = limits.iter().flatten().any(|limit| limit.of == Of::Deal);
    let why = "bands of the whole and limits per deal cannot both be kept when a period is settled";
    (whole && of_deals).then(|| why.to_owned())
}

impl Question {
    fn new(grid: &Grid, index: usize, totals: bool, item: &str, wanted: &mut Wanted) -> Self {
        let name = grid.columns[index].name.clone();
        let asked = grid.rows.iter().any(|row| row.asks[index] != analysis::Ask::Any);
        let place = (!totals).then(|| wanted.place(&name));
        if let Some(place) = place.filter(|_| asked) {
            wanted.need(place, &format!("the table `{item}` asks for it"));
        }
        Self { name: name.to_string(), place, asked }
    }
}

impl Row {
    fn new(row: &AttributionRow, parties: usize, asks: String) -> Self {
        let id = row.id.node.clone();
        let shares = row.shares.iter().map(|share| match &share.share {
            None => Ok(None),
            Some(leaf) => match &leaf.node {
                Given::Value(percent) => Ok(Some(*percent)),
                Given::Hole(hole) => Err(format!("the share of {} is {hole}", share.name)),
                Given::Range(ends) => {
                    Err(format!("the share of {} is {} to {}", share.name, ends[0], ends[1]))
                }
                Given::Unreadable => Err(format!("the share of {} could not be read", share.name)),
            },
        });
        let shares: Result<Vec<Option<Percent>>, Why> = shares.collect();
        let spelled = |share: &Option<Percent>| share.map_or("-".to_owned(), |it| it.to_string());
        let written = shares.iter().flatten().map(spelled).collect();
        let weights = shares.and_then(|shares| {
            let nothing = Percent::from_fraction(0, 1);
            let shares: Vec<Percent> =
                shares.into_iter().filter_map(|share| share.or(nothing)).collect();
            if shares.len() != parties {
                return Err("it has another number of shares than the table".to_owned());
            }
            Weights::of_shares(&shares).map_err(|trouble| trouble.to_string())
        });
        let weights = weights.map_err(|why| format!("row `{id}`: {why}"));
        Self { id: id.to_string(), asks, shares: written, weights }
    }
}
