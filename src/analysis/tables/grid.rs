//! A table of shares, compiled once: what its columns can be, and what its rows ask.

use super::asks::{Answer, Ask, Unit};
use crate::agreement::{Agreement, AttributionTable};
use crate::analysis::dates::{Dated, Dates, Dating};
use crate::source::Span;
use crate::syntax::ast::Cell;
use crate::value::{Date, Str};

/// A table of shares as questions to a deal. Its rows are those of the [`AttributionTable`], in
/// their order, and its columns are the questions only, without the shares.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// What a deal is asked, in the order of the table.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<GridRow>,
    /// Whether the first row that fits decides; else no two may fit, and the row for the rest takes
    /// what no other does.
    pub first: bool,
    /// The first and the last day a deal can fall on, where they are known: from the start to the
    /// end of the term and of the table's tail, where nothing renews the term.
    pub days: (Option<Date>, Option<Date>),
    /// A row that could not be read at all and is not among `rows`: it may take any deal.
    pub partial: Option<Span>,
}

/// A column: a question to a deal.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: Str,
    /// What it can be.
    pub values: Values,
    /// Whether it asks on which day the deal falls: one of its cells says `from`, `until` or
    /// `before` a day, or it is called `date`. Another column of days may ask for any other day.
    pub deal_date: bool,
}

/// What a column can be.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// One of these words, and no other.
    Closed(Vec<Str>),
    /// One of these words, or one that nobody listed.
    Open(Vec<Str>),
    /// A value in a unit.
    Of(Unit),
    /// Words beside values, or two units: no deal can answer it.
    Mixed,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct GridRow {
    /// What it asks, column by column.
    pub asks: Vec<Ask>,
    /// Whether it is the row for the rest.
    pub rest: bool,
}

/// Which row decides a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// This one.
    Row(usize),
    /// None fits.
    Nobody,
    /// Several fit where one alone may.
    Several(Vec<usize>),
    /// Whether this row fits cannot be told.
    Untold(usize),
}

impl Grid {
    /// Compiles a table of the agreement whose dates these are.
    pub fn of(dates: Dates<'_>, table: &AttributionTable) -> Self {
        let agreement = dates.agreement();
        let rows: Vec<GridRow> = table
            .rows
            .iter()
            .map(|row| GridRow {
                asks: row.cells.iter().map(|(_, cell)| Ask::of(&cell.node)).collect(),
                rest: row.catch_all,
            })
            .collect();
        let names = table.rows.first().map_or(&[][..], |row| &row.cells);
        let column = |(index, (name, _)): (usize, &(Str, _))| Column {
            name: name.clone(),
            values: Values::of(agreement, rows.iter().map(|row| &row.asks[index])),
            deal_date: name == "date"
                || table.rows.iter().any(|row| says_days(&row.cells[index].1.node)),
        };
        Self {
            columns: names.iter().enumerate().map(column).collect(),
            first: is_first(table),
            days: days(dates, table),
            partial: table.tag.partial,
            rows,
        }
    }

    /// Whether a row takes a deal that answers so, column by column; `None` where that cannot be
    /// told.
    pub fn takes(&self, row: usize, answers: &[Answer<'_>]) -> Option<bool> {
        let mut sure = true;
        for (ask, answer) in self.rows[row].asks.iter().zip(answers) {
            match ask.takes(answer) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => sure = false,
            }
        }
        sure.then_some(true)
    }

    /// Which row decides a deal that answers so. Where one alone may, the rows for the rest come into
    /// question when no other takes it, and of those one alone may as well.
    pub fn decide(&self, answers: &[Answer<'_>]) -> Decision {
        let named = |row: &usize| self.first || !self.rows[*row].rest;
        let of = |rows: &mut dyn Iterator<Item = usize>| {
            let mut fitting = Vec::new();
            for row in rows {
                match self.takes(row, answers) {
                    None => return Decision::Untold(row),
                    Some(false) => {}
                    Some(true) if self.first => return Decision::Row(row),
                    Some(true) => fitting.push(row),
                }
            }
            match fitting[..] {
                [] => Decision::Nobody,
                [row] => Decision::Row(row),
                _ => Decision::Several(fitting),
            }
        };
        match of(&mut (0..self.rows.len()).filter(named)) {
            Decision::Nobody => of(&mut (0..self.rows.len()).filter(|row| !named(row))),
            found => found,
        }
    }
}

/// Whether the first row that fits decides.
pub(super) fn is_first(table: &AttributionTable) -> bool {
    table.hit.as_ref().is_some_and(|hit| hit.node == "first")
}

/// `from 2027-01-01`
fn says_days(cell: &Cell) -> bool {
    let word = |operator: &str| operator.starts_with(char::is_alphabetic);
    matches!(cell, Cell::Bounds(bounds) if bounds.iter().any(|(operator, _)| word(operator)))
}

/// The first and the last day a deal can fall on.
fn days(dates: Dates<'_>, table: &AttributionTable) -> (Option<Date>, Option<Date>) {
    let agreement = dates.agreement();
    let range = |dated: &Dated| match &dated.date {
        Dating::Known(when) => when.range(),
        _ => None,
    };
    let start = range(&dates.of(agreement.header.starts.as_ref()));
    let renews = agreement.term.renewals.iter().any(|renewal| renewal.mode.node != "none");
    let unread = agreement.doubt("term").is_some() || agreement.header.partial.is_some();
    // A tail of a payment may be meant for the table.
    let elsewhere = agreement.payments.iter().any(|payment| !payment.flow.course.tails.is_empty())
        || agreement.doubt("payments").is_some();
    let mut end = Some(dates.term_end())
        .filter(|_| !renews && !unread && (!table.flow.course.tails.is_empty() || !elsewhere));
    let without_tail = end.clone();
    for tail in &table.flow.course.tails {
        let longer = tail
            .lasts
            .as_ref()
            .zip(without_tail.as_ref())
            .map(|(lasts, end)| dates.moved(end, &lasts.node, lasts.span, false));
        let later = |a: Dated, b: Dated| match (range(&a), range(&b)) {
            (Some((_, first)), Some((_, second))) => Some(if first < second { b } else { a }),
            _ => None,
        };
        end = end.zip(longer).and_then(|(a, b)| later(a, b));
    }
    let last = end.as_ref().and_then(range).map(|(_, last)| last);
    (start.map(|(first, _)| first), last)
}

impl Values {
    fn of<'a>(agreement: &Agreement, asks: impl Iterator<Item = &'a Ask>) -> Self {
        let (mut unit, mut words) = (None::<Unit>, Vec::<Str>::new());
        for ask in asks {
            match ask {
                Ask::Any | Ask::Unread => {}
                Ask::Words(more) => add(&mut words, more.iter().cloned()),
                Ask::Bounds(_, own) if unit.is_none_or(|unit| unit == *own) => unit = Some(*own),
                Ask::Bounds(..) => return Self::Mixed,
            }
        }
        match unit {
            Some(_) if !words.is_empty() => Self::Mixed,
            Some(unit) => Self::Of(unit),
            None => closed(agreement, words),
        }
    }
}

/// Adds the words that are not there yet.
fn add(words: &mut Vec<Str>, more: impl Iterator<Item = Str>) {
    for word in more {
        if !words.contains(&word) {
            words.push(word);
        }
    }
}

/// Sets of words that are all there are, where their section could be read in full: the parties,
/// with `both` and `neither` or with third parties where the column uses one of them; the segments of customers; the areas of
/// the scope, its places, its products; yes and no.
fn sets(agreement: &Agreement, used: &[Str]) -> Vec<(Vec<Str>, bool)> {
    let whole = |section: &str| agreement.doubt(section).is_none();
    let mut parties: Vec<Str> =
        agreement.parties.iter().map(|party| party.tag.id.node.clone()).collect();
    let either = ["both", "neither"].map(Str::from).to_vec();
    let thirds = agreement.third_parties.iter().map(|party| party.tag.id.node.clone()).collect();
    for further in [either, thirds] {
        if used.iter().any(|word| further.contains(word)) {
            parties.extend(further);
        }
    }
    let segments = agreement.customers.iter().map(|segment| segment.tag.id.node.clone());
    let areas = agreement.scope.iter().map(|area| area.tag.id.node.clone());
    let scopes = || agreement.scope.iter().map(|area| &area.terms.scope);
    let mut places: Vec<Str> = Vec::new();
    let mut products: Vec<Str> = Vec::new();
    for scope in scopes() {
        let codes = scope.territory.iter().map(|place| place.node.code().into());
        add(&mut places, codes);
        add(&mut products, scope.products.iter().map(|text| text.node.clone()));
    }
    let sure = whole("scope") && scopes().all(|scope| scope.doubt.is_none());
    let coded = sure && scopes().all(|scope| scope.places.is_empty());
    vec![
        (parties, whole("parties")),
        (segments.collect(), whole("customers")),
        (areas.collect(), whole("scope")),
        (places, coded),
        (products, sure),
        (["yes", "no"].map(Str::from).to_vec(), true),
    ]
}

/// The words of a column, and whether there may be others.
fn closed(agreement: &Agreement, used: Vec<Str>) -> Values {
    for (mut set, whole) in sets(agreement, &used) {
        if used.is_empty() || !used.iter().any(|word| set.contains(word)) {
            continue;
        }
        let strange: Vec<Str> = used.iter().filter(|word| !set.contains(word)).cloned().collect();
        let all = whole && strange.is_empty();
        set.extend(strange);
        return if all { Values::Closed(set) } else { Values::Open(set) };
    }
    Values::Open(used)
}
