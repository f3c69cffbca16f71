//! What a table counts up from deal to deal: its running total, and the least and the most that a
//! party gets of each period.

use super::cycle::Cycle;
use super::lookup::Lookup;
use super::table::{Stand, Why};
use crate::agreement::{Cycle as Every, LimitOf, ShareLimit, SharedBands};
use crate::analysis::{Dated, Dating, Grid, Unit, Values};
use crate::reckon::unit_marks;
use crate::value::{Date, Given};

/// A running total.
#[derive(Debug, Clone)]
pub(super) struct Total {
    /// The column that holds it.
    pub(super) column: usize,
    /// Whether the rate that is reached is that of all; else each part keeps its own.
    pub(super) whole: bool,
    /// Whether units are counted; else the base is added up.
    pub(super) counts: bool,
    /// When it starts anew.
    pub(super) anew: Option<Cycle>,
    /// Where the bounds lie, in coins; units are plain.
    pub(super) points: Vec<i128>,
    /// What tells units apart, where units are counted.
    pub(super) marks: Vec<i128>,
}

/// A least or a most that a party gets.
#[derive(Debug, Clone)]
pub(super) struct Limit {
    pub(super) least: bool,
    /// In coins.
    pub(super) amount: i128,
    /// Whose: its place in [`Table::parties`].
    pub(super) party: usize,
    pub(super) of: Of,
}

/// Of what it is a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Deal,
    Cycle(Cycle),
    All,
}

impl Total {
    pub(super) fn new(
        stand: Stand<'_>,
        bands: &SharedBands,
        grid: &Grid,
        lookup: &Lookup,
        notes: &mut Vec<String>,
    ) -> Result<Self, Why> {
        let currency = stand.table.currency.node;
        let name = &bands.column.node;
        let column = grid.columns.iter().position(|column| column.name == *name);
        let column = column.ok_or_else(|| format!("it has no column `{name}` to count up"))?;
        let counts = match grid.columns[column].values {
            Values::Of(Unit::Plain) => true,
            Values::Of(Unit::Money(own)) if own == currency => false,
            Values::Open(ref words) if words.is_empty() => false,
            _ => return Err(format!("`{name}` has no bounds in {currency} or in whole numbers")),
        };
        let whole = match bands.semantics.as_ref().map(|word| &*word.node) {
            Some("whole") => true,
            Some("marginal") => false,
            Some("per unit") if counts => false,
            Some("per unit") => {
                return Err(format!("its bands are per unit, and `{name}` has sums, no numbers"));
            }
            _ => return Err("whether its bands are marginal or whole is not said".to_owned()),
        };
        let decimals = if counts { 0 } else { currency.decimals().unwrap_or_default() };
        let points = lookup.points(column).iter().map(|point| {
            let scaled = point.checked_mul(10_i64.pow(decimals).into())?;
            scaled.fract().is_zero().then(|| i128::try_from(scaled).ok())?
        });
        let points: Option<Vec<i128>> = points.collect();
        let points = points.ok_or_else(|| format!("a bound of `{name}` is finer than a coin"))?;
        let anew = bands.anew.as_ref().map(|every| cycle(stand, every, notes)).transpose()?;
        let marks = unit_marks(lookup.points(column).iter().copied());
        Ok(Self { column, whole, counts, anew, points, marks })
    }
}

impl Limit {
    pub(super) fn new(
        stand: Stand<'_>,
        limit: &ShareLimit,
        decimals: u32,
        notes: &mut Vec<String>,
    ) -> Result<Self, Why> {
        let word = if limit.least { "least" } else { "most" };
        let currency = stand.table.currency.node;
        let money = match &limit.amount.node {
            Given::Value(money) => money,
            Given::Hole(hole) => return Err(format!("its at {word} is {hole}")),
            Given::Range(..) | Given::Unreadable => {
                return Err(format!("its at {word} is no one sum"));
            }
        };
        if money.currency != currency {
            return Err(format!("its at {word} is {money}, and it shares in {currency}"));
        }
        let scaled = money.amount.checked_mul(10_i64.pow(decimals).into());
        let amount = scaled.filter(|scaled| scaled.fract().is_zero());
        let amount = amount.and_then(|scaled| i128::try_from(scaled).ok());
        let amount = amount.ok_or_else(|| format!("{money} is no whole number of coins"))?;
        let shares = stand.table.rows.first().map_or(&[][..], |row| &row.shares);
        let party = shares.iter().position(|share| share.party == limit.party.node);
        let party = party.ok_or_else(|| {
            let name = stand.agreement.parties.get(limit.party.node).map(|it| &*it.tag.id.node);
            format!("{} gets at {word} {money}, and has no column", name.unwrap_or_default())
        })?;
        let of = match &limit.per {
            LimitOf::Deal(_) => Of::Deal,
            LimitOf::Cycle(every) => Of::Cycle(cycle(stand, every, notes)?),
            LimitOf::All => Of::All,
        };
        Ok(Self { least: limit.least, amount, party, of })
    }
}

/// The stretches that an agreement calls `contract year`, `quarter` or by a clock of its own.
fn cycle(stand: Stand<'_>, every: &Every, notes: &mut Vec<String>) -> Result<Cycle, Why> {
    let Stand { agreement, derived, .. } = stand;
    let name = every.name.node.replace('-', " ");
    let length = match &every.length.node {
        Given::Value(length) => *length,
        Given::Hole(hole) => return Err(format!("how long `{name}` is, is {hole}")),
        Given::Range(..) | Given::Unreadable => return Err(format!("`{name}` has no one length")),
    };
    let from = |dated: &Dated, what: &str| match &dated.date {
        Dating::Known(when) => when.known().ok_or_else(|| format!("{what} has no day yet: {when}")),
        _ => Err(format!("{what} has no day")),
    };
    let clock = agreement.clocks.iter().position(|clock| clock.tag.id.node == every.name.node);
    let year = agreement.header.year.as_ref().map(|year| &*year.node);
    let calendar = Date::new(2000, 1, 1).ok_or_else(String::new);
    let anchor = match (clock, &*name) {
        (Some(clock), _) => from(&derived.clocks()[clock], &format!("`dates/{name}`"))?,
        (None, name) if name.starts_with("calendar") => calendar?,
        (None, name) if name.starts_with("fiscal") => {
            return Err(format!(
                "when a {name} begins is not stated; give it a clock under `dates`"
            ));
        }
        (None, "year") if year == Some("fiscal") => {
            return Err(
                "when a fiscal year begins is not stated; give it a clock under `dates`".to_owned()
            );
        }
        (None, "year") if year == Some("contract") => from(derived.starts(), "the start")?,
        (None, "month" | "quarter" | "year") => {
            if name == "year" && year.is_none() {
                notes.push(format!(
                    "{} attribution/{}: `per year` is read as the calendar year; `year contract` in \
                     the first lines says otherwise",
                    agreement.header.id.as_ref().map_or("agreement", |id| &id.node),
                    stand.table.tag.id.node,
                ));
            }
            calendar?
        }
        // A contract year, or twelve months: from the start.
        (None, _) => from(derived.starts(), "the start")?,
    };
    let rounds = anchor.day() > 28 && length.months() > 0;
    let said = agreement.header.month_ends.as_ref().map(|word| &*word.node);
    if rounds && said != Some("down") {
        notes.push(format!("`{name}` begins on {anchor}; in shorter months, on their last day"));
    }
    Cycle::from(anchor, length).ok_or_else(|| format!("`{name}` cannot be counted in whole days"))
}
