//! Bands on the line of a figure: which one a figure reaches, how a stretch is cut, where units fall.

use super::Trouble;
use super::pieces::{pieces, unit_marks};
use crate::source::Spanned;
use crate::syntax::ast::{Cell, Scalar};
use crate::value::{Given, Number, grouped};

/// One end of a band: a value, and whether the band has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// The value.
    pub value: Number,
    /// Whether it belongs to the band.
    pub inside: bool,
}

/// A band, and what it stands for: a rate, a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band<T> {
    /// Where it begins; nothing bounds it where that is not said.
    pub low: Option<End>,
    /// Where it ends.
    pub high: Option<End>,
    /// What it stands for.
    pub what: T,
}

impl<T> Band<T> {
    /// A band of every value.
    pub const fn every(what: T) -> Self {
        Self { low: None, high: None, what }
    }

    /// From one value, which it has, up to another, which it has not: `>= 10 and < 20`.
    pub fn from_to(low: Number, high: Number, what: T) -> Self {
        let (low, high) = (End { value: low, inside: true }, End { value: high, inside: false });
        Self { low: Some(low), high: Some(high), what }
    }

    /// Up to a value which it has not: `< 10`.
    pub const fn below(high: Number, what: T) -> Self {
        Self { low: None, high: Some(End { value: high, inside: false }), what }
    }

    /// From a value on, which it has: `>= 10`.
    pub const fn from(low: Number, what: T) -> Self {
        Self { low: Some(End { value: low, inside: true }), high: None, what }
    }

    /// What a cell of a table bounds: `>= EUR 10 and < EUR 20`, `10..20` with both ends, `any`, or
    /// one value. Money, shares (`12%` is 12) and numbers; that all cells of a column are of one kind
    /// is the model's matter.
    pub fn of_cell(cell: &Spanned<Cell>, what: T) -> Result<Self, Trouble> {
        let mut band = Self::every(what);
        match &cell.node {
            Cell::Empty => {}
            Cell::Words(words) if matches!(&**words, "any" | "else" | "-") => {}
            Cell::Words(words) => return Err(Trouble::NoNumber { what: format!("`{words}`") }),
            Cell::List(words) => {
                return Err(Trouble::NoNumber { what: format!("`{}`", words.join(", ")) });
            }
            Cell::Term(Given::Range(ends)) => {
                band.low = Some(End { value: number(&ends[0])?, inside: true });
                band.high = Some(End { value: number(&ends[1])?, inside: true });
            }
            Cell::Term(given) => {
                let end = End { value: value(given)?, inside: true };
                (band.low, band.high) = (Some(end), Some(end));
            }
            Cell::Bounds(bounds) => {
                for (operator, given) in bounds {
                    let end = End { value: value(given)?, inside: operator.ends_with('=') };
                    let side =
                        if operator.starts_with('<') { &mut band.high } else { &mut band.low };
                    *side = Some(end);
                }
            }
        }
        Ok(band)
    }

    fn has(&self, value: Number) -> bool {
        let above = |end: End| value > end.value || (end.inside && value == end.value);
        let below = |end: End| value < end.value || (end.inside && value == end.value);
        self.low.is_none_or(above) && self.high.is_none_or(below)
    }

    /// Whether it has all that lies between two values that follow one another among all ends.
    fn spans(&self, low: Number, high: Number) -> bool {
        self.low.is_none_or(|end| end.value <= low) && self.high.is_none_or(|end| end.value >= high)
    }
}

/// A piece of a stretch of a running total that lies in one band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice<'s, T> {
    /// How much of the stretch: below nothing where the total goes down.
    pub amount: Number,
    /// What its band stands for.
    pub what: &'s T,
}

/// Units in a row that fall in one band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run<'s, T> {
    /// The ordinal of the first of them, from 1.
    pub first: u64,
    /// How many.
    pub count: u64,
    /// What their band stands for.
    pub what: &'s T,
}

/// Bands side by side. Where several have a value, the first one does, unless the scale was asked to
/// be [`Scale::unique`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale<T> {
    bands: Vec<Band<T>>,
    /// Every end there is, lowest first.
    ends: Vec<Number>,
    /// What tells units apart.
    marks: Vec<i128>,
    unique: bool,
}

impl<T: PartialEq> Scale<T> {
    /// Bands of which the first one that has a value takes it.
    pub fn first(bands: Vec<Band<T>>) -> Self {
        Self::of(bands, false)
    }

    /// Bands of which one alone may have a value; two that stand for the same do not quarrel.
    pub fn unique(bands: Vec<Band<T>>) -> Self {
        Self::of(bands, true)
    }

    fn of(bands: Vec<Band<T>>, unique: bool) -> Self {
        let ends = bands.iter().flat_map(|band| band.low.iter().chain(&band.high));
        let mut ends: Vec<Number> = ends.map(|end| end.value).collect();
        ends.sort_unstable();
        ends.dedup();
        let marks = unit_marks(ends.iter().copied());
        Self { bands, ends, marks, unique }
    }

    /// The band that has a figure.
    pub fn at(&self, figure: Number) -> Result<&T, Trouble> {
        self.one(|band| band.has(figure), || grouped(figure))
    }

    /// A stretch of a running total, cut by the bands: marginal. The total goes from `before` by
    /// `change`, up or down; the slices are in the order in which it passes them, and come to the
    /// change. An end has no width, so it does not matter here who has it.
    pub fn cut(&self, before: Number, change: Number) -> Result<Vec<Slice<'_, T>>, Trouble> {
        let after = before.checked_add(change).ok_or(Trouble::TooLarge)?;
        let mut slices: Vec<Slice<'_, T>> = Vec::new();
        for piece in pieces(&self.ends, before, after) {
            let (low, high) = (piece.from.min(piece.to), piece.from.max(piece.to));
            let named = || format!("{} to {}", grouped(low), grouped(high));
            let what = self.one(|band| band.spans(low, high), named)?;
            match slices.last_mut() {
                Some(last) if last.what == what => {
                    last.amount = last.amount.checked_add(piece.amount).ok_or(Trouble::TooLarge)?;
                }
                _ => slices.push(Slice { amount: piece.amount, what }),
            }
        }
        Ok(slices)
    }

    /// Where units fall, each by its own ordinal: the first one after `before` others is number
    /// `before` + 1. A million units in one band are one run.
    pub fn units(&self, before: u64, count: u64) -> Result<Vec<Run<'_, T>>, Trouble> {
        let last = before.checked_add(count).ok_or(Trouble::TooLarge)?;
        let mut runs: Vec<Run<'_, T>> = Vec::new();
        for piece in pieces(&self.marks, i128::from(before), i128::from(last)) {
            let number = |whole: i128| u64::try_from(whole).map_err(|_| Trouble::TooLarge);
            let (first, count) = (number(piece.from)? + 1, number(piece.amount)?);
            let what = self.at(first.into())?;
            match runs.last_mut() {
                Some(run) if run.what == what => run.count += count,
                _ => runs.push(Run { first, count, what }),
            }
        }
        Ok(runs)
    }

    fn one(
        &self,
        has: impl Fn(&Band<T>) -> bool,
        figure: impl Fn() -> String,
    ) -> Result<&T, Trouble> {
        let mut found = self.bands.iter().filter(|band| has(band)).map(|band| &band.what);
        let first = found.next().ok_or_else(|| Trouble::NoBand { figure: figure() })?;
        if self.unique && found.any(|other| other != first) {
            return Err(Trouble::TwoBands { figure: figure() });
        }
        Ok(first)
    }
}

fn value(given: &Given<Scalar>) -> Result<Number, Trouble> {
    match given {
        Given::Value(scalar) => number(scalar),
        _ => Err(Trouble::Open { what: "a bound".to_owned() }),
    }
}

/// A bound as a number.
fn number(scalar: &Scalar) -> Result<Number, Trouble> {
    match scalar {
        Scalar::Number(number) => Ok(*number),
        Scalar::Money(money) => Ok(money.amount),
        Scalar::Percent(share) => share.of(Number::ONE_HUNDRED).ok_or(Trouble::TooLarge),
        Scalar::Period(period) => Err(Trouble::NoNumber { what: format!("`{period}`") }),
        Scalar::Date(date) => Err(Trouble::NoNumber { what: format!("`{date}`") }),
        Scalar::Boundless => Err(Trouble::NoNumber { what: "`unlimited`".to_owned() }),
    }
}
