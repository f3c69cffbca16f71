//! The bands of an agreement with what they pay, and what a figure earns by them.

use super::{Band, Exact, Scale, Trouble};
use crate::agreement::Bands;
use crate::syntax::ast::{Cell, Scalar};
use crate::value::{Given, Money, Number, Percent};

/// How bands are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// Each slice of the figure earns the rate of its own band.
    Marginal,
    /// All of it earns the rate that is reached.
    Whole,
    /// Each unit keeps the rate of its ordinal.
    PerUnit,
}

impl Counting {
    /// `marginal`, `whole`, `per unit`, as the language has them.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "marginal" => Some(Self::Marginal),
            "whole" => Some(Self::Whole),
            "per unit" => Some(Self::PerUnit),
            _ => None,
        }
    }
}

/// What a band pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    /// A share of what is paid on.
    Share(Percent),
    /// Money for each one of what the bands are cut from.
    Each(Money),
}

/// Bands with their rates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    /// How they are counted.
    pub counting: Counting,
    /// The bands.
    pub scale: Scale<Rate>,
}

impl Rates {
    /// The bands of an item. A table that says no reading, has several figures to cut from, or leaves
    /// something open, cannot be reckoned with; one that takes over another item's bands is asked for
    /// by that item.
    pub fn of(bands: &Bands) -> Result<Self, Trouble> {
        if let Some(other) = &bands.same_as {
            return Err(Trouble::Open { what: format!("what `{other}` says") });
        }
        let counting = bands.semantics.as_ref().and_then(|word| Counting::of(&word.node));
        let counting = counting.ok_or(Trouble::Unsaid { what: "how the bands are counted" })?;
        let (mut rows, mut rest) = (Vec::new(), None);
        for row in &bands.rows {
            let [axis, rate] = &*row.cells else {
                return Err(Trouble::NoNumber { what: "a band of several figures".to_owned() });
            };
            let rate = rate_of(&rate.node)?;
            if matches!(&axis.node, Cell::Words(words) if words == "else") {
                rest = Some(Band::every(rate));
            } else {
                rows.push(Band::of_cell(axis, rate)?);
            }
        }
        let scale = match rest {
            // The rest is what no other band has, so the others come first and may not quarrel.
            Some(rest) => {
                rows.push(rest);
                Scale::first(rows)
            }
            None => Scale::unique(rows),
        };
        Ok(Self { counting, scale })
    }

    /// What a figure earns that comes on top of a total.
    ///
    /// `before` is the running total before it: 0 at the start, and at the start of each period where
    /// the total starts anew. `base` is what is paid on: the figure itself where the bands are cut
    /// from it, or another sum that is spread over the figure evenly.
    ///
    /// Bands that are `whole` pay the rate that `before` and the figure reach together, on this base
    /// alone: what earlier figures earned is not corrected here. To pay one rate on a whole period,
    /// hand the period over as one figure.
    pub fn earned(&self, before: Number, figure: Number, base: Number) -> Result<Exact, Trouble> {
        if figure.is_zero() && base.is_zero() {
            return Ok(Exact::ZERO);
        }
        if figure.is_zero() && self.counting != Counting::Whole {
            // There is something to pay on, and nothing it belongs to.
            return Err(Trouble::DividedByZero);
        }
        let spread = |part: Number| Exact::from(part).times(Exact::from(base));
        let on = |part: Number| spread(part)?.over(Exact::from(figure));
        match self.counting {
            Counting::Whole => {
                let total = before.checked_add(figure).ok_or(Trouble::TooLarge)?;
                paid(*self.scale.at(total)?, figure, Exact::from(base))
            }
            Counting::Marginal => {
                let slices = self.scale.cut(before, figure)?;
                let each =
                    slices.iter().map(|part| paid(*part.what, part.amount, on(part.amount)?));
                sum(each)
            }
            Counting::PerUnit => {
                let runs = self.scale.units(units(before)?, units(figure)?)?;
                let each = runs.iter().map(|run| {
                    let count = Number::from(run.count);
                    paid(*run.what, count, on(count)?)
                });
                sum(each)
            }
        }
    }

    /// What figures earn that follow on one another, each paid on itself; `anew` says that the total
    /// starts anew with each.
    pub fn run(&self, figures: &[Number], anew: bool) -> Result<Vec<Exact>, Trouble> {
        let mut before = Number::ZERO;
        let earned = figures.iter().map(|figure| {
            let earned = self.earned(before, *figure, *figure)?;
            let total = before.checked_add(*figure).ok_or(Trouble::TooLarge)?;
            before = if anew { Number::ZERO } else { total };
            Ok(earned)
        });
        earned.collect()
    }
}

fn paid(rate: Rate, count: Number, base: Exact) -> Result<Exact, Trouble> {
    match rate {
        Rate::Share(share) => base.times(Exact::from(share)),
        Rate::Each(money) => Exact::from(count).times(Exact::from(money.amount)),
    }
}

fn sum(parts: impl Iterator<Item = Result<Exact, Trouble>>) -> Result<Exact, Trouble> {
    let mut sum = Exact::ZERO;
    for part in parts {
        sum = sum.plus(part?)?;
    }
    Ok(sum)
}

/// A whole number of units.
fn units(count: Number) -> Result<u64, Trouble> {
    let whole = count.is_integer().then(|| u64::try_from(count).ok()).flatten();
    whole.ok_or_else(|| Trouble::PartUnit { count: count.to_string() })
}

fn rate_of(cell: &Cell) -> Result<Rate, Trouble> {
    match cell {
        Cell::Term(Given::Value(Scalar::Percent(share))) => Ok(Rate::Share(*share)),
        Cell::Term(Given::Value(Scalar::Money(money))) => Ok(Rate::Each(*money)),
        Cell::Words(words) => Err(Trouble::NoNumber { what: format!("the rate `{words}`") }),
        _ => Err(Trouble::Open { what: "a rate".to_owned() }),
    }
}
