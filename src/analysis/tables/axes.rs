//! A column of a table as atoms: the words or values that tell its deals apart. Every cell takes
//! whole atoms.

use super::asks::{Ask, Bound, Side, Unit};
use super::boxes::{Set, atoms, has, set};
use super::grid::{Column, Values};
use crate::value::{Date, Number, Str};

/// A column, cut into atoms.
pub(super) struct Axis {
    /// Its name.
    pub(super) name: String,
    /// The atoms; values lie in their order.
    pub(super) atoms: Vec<Atom>,
    /// What its values are counted in.
    pub(super) unit: Option<Unit>,
    /// Whether values are whole numbers or days, so that nothing lies between two neighbours.
    pub(super) whole: bool,
}

/// Answers that every row treats alike.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Atom {
    /// One word.
    Word(Str),
    /// Every word that nobody listed.
    Other,
    /// Whatever there is: no row tells its answers apart.
    Whole,
    /// A bound.
    Point(Number),
    /// What lies between two bounds, without them, and a round value of it.
    Between { low: Option<Number>, high: Option<Number>, shown: Number },
}

/// The first and last day a deal can fall on, where they are known.
pub(super) type Days = (Option<Date>, Option<Date>);

impl Axis {
    /// A column, and what each of its cells takes; nothing for one that could not be read.
    pub(super) fn of(column: &Column, asks: &[&Ask], days: Days) -> (Self, Vec<Option<Set>>) {
        let word = |word: &Str| Atom::Word(word.clone());
        // A term that ends before it starts bounds nothing.
        let backwards = days.0.zip(days.1).is_some_and(|(first, last)| first > last);
        let days = if column.deal_date && !backwards { days } else { (None, None) };
        let (mut unit, mut whole) = (None, false);
        let atoms = match &column.values {
            Values::Closed(words) => words.iter().map(word).collect(),
            Values::Open(words) if words.is_empty() => vec![Atom::Whole],
            Values::Open(words) => words.iter().map(word).chain([Atom::Other]).collect(),
            Values::Of(own) => {
                let line = Line::of(*own, asks, days);
                (unit, whole) = (Some(*own), line.whole);
                line.atoms()
            }
            Values::Mixed => vec![Atom::Whole],
        };
        let axis = Self { name: column.name.to_string(), atoms, unit, whole };
        let mixed = column.values == Values::Mixed;
        let sets = asks.iter().map(|ask| axis.taken(ask, mixed)).collect();
        (axis, sets)
    }

    fn taken(&self, ask: &Ask, mixed: bool) -> Option<Set> {
        let size = self.atoms.len();
        match ask {
            Ask::Any => Some(self.all()),
            Ask::Unread => None,
            _ if mixed => None,
            Ask::Words(words) => {
                let listed = |atom: &Atom| matches!(atom, Atom::Word(word) if words.contains(word));
                Some(set(size, |at| listed(&self.atoms[at])))
            }
            Ask::Bounds(bounds, _) => {
                let (mut from, mut to) = (0, size);
                for bound in bounds {
                    let first = || self.before(|value| value < bound.value);
                    let behind = || self.before(|value| value <= bound.value);
                    match bound.side {
                        Side::Below => to = to.min(first()),
                        Side::UpTo => to = to.min(behind()),
                        Side::At => (from, to) = (from.max(first()), to.min(behind())),
                        Side::From => from = from.max(first()),
                        Side::Above => from = from.max(behind()),
                    }
                }
                Some(set(size, |at| (from..to).contains(&at)))
            }
        }
    }

    /// How many atoms lie before the first whose value is not so; they lie in their order.
    fn before(&self, so: impl Fn(Number) -> bool) -> usize {
        self.atoms.partition_point(|atom| atom.value().is_some_and(&so))
    }

    /// Every deal.
    pub(super) fn all(&self) -> Set {
        set(self.atoms.len(), |_| true)
    }

    /// A value of a set; none where it holds only words that nobody listed.
    pub(super) fn pick(&self, of: &[u64]) -> Option<String> {
        atoms(of).find_map(|at| match &self.atoms[at] {
            Atom::Word(word) => Some(word.to_string()),
            Atom::Other => None,
            Atom::Whole => Some("any".to_owned()),
            atom => Some(self.unit?.spell(atom.value()?)),
        })
    }

    /// Whether a set holds every atom.
    pub(super) fn is_all(&self, of: &[u64]) -> bool {
        (0..self.atoms.len()).all(|at| has(of, at))
    }
}

impl Atom {
    fn value(&self) -> Option<Number> {
        match self {
            Self::Point(value) | Self::Between { shown: value, .. } => Some(*value),
            _ => None,
        }
    }
}

/// The values a column can have, and the bounds that cut them.
struct Line {
    /// The least value, and whether it is one itself; none where there is no least.
    low: Option<(Number, bool)>,
    high: Option<Number>,
    ends: Vec<Number>,
    whole: bool,
    day: bool,
}

impl Line {
    /// Sums and numbers of a deal are more than nothing, unless a bound asks for nothing or less; a
    /// share is from nothing to the whole, unless a bound lies beyond; a day is one of the agreement.
    fn of(unit: Unit, asks: &[&Ask], days: Days) -> Self {
        let bounds: Vec<Bound> = asks.iter().flat_map(|ask| ask.bounds_of()).copied().collect();
        let ends: Vec<Number> = bounds.iter().map(|bound| bound.value).collect();
        let whole = unit == Unit::Day
            || unit == Unit::Plain && ends.iter().all(|end| end.fract().is_zero());
        let below = |bound: &Bound| {
            bound.value < Number::ZERO || bound.value.is_zero() && bound.side == Side::Below
        };
        let zero =
            |bound: &Bound| bound.value.is_zero() && matches!(bound.side, Side::At | Side::UpTo);
        let number = |day: Date| Number::from(day.number());
        let (low, high) = match unit {
            Unit::Day => (days.0.map(|day| (number(day), true)), days.1.map(number)),
            _ if bounds.iter().any(below) => (None, None),
            Unit::Percent => {
                let within = ends.iter().all(|end| *end <= Number::ONE_HUNDRED);
                (Some((Number::ZERO, true)), within.then_some(Number::ONE_HUNDRED))
            }
            _ => (Some((Number::ZERO, bounds.iter().any(zero))), None),
        };
        Self { low, high, ends, whole, day: unit == Unit::Day }
    }

    /// An atom for each bound and for each stretch between two, lowest first.
    fn atoms(self) -> Vec<Atom> {
        let Self { low, high, mut ends, whole, day } = self;
        ends.extend(low.filter(|(_, inside)| *inside).map(|(low, _)| low));
        ends.extend(high);
        ends.sort_unstable();
        ends.dedup();
        ends.retain(|end| high.is_none_or(|high| *end <= high));
        ends.retain(|end| low.is_none_or(|(low, inside)| *end > low || inside && *end == low));
        let mut found = Vec::new();
        let mut before = low.map(|(low, _)| low);
        let stretch = |low: Option<Number>, high: Option<Number>, found: &mut Vec<Atom>| {
            // Of days none is rounder than another: the next one is shown.
            let next = low.filter(|_| day).map(|low| low + Number::ONE);
            let shown = match next {
                Some(next) => Some(next).filter(|next| high.is_none_or(|high| *next < high)),
                None => between(low, high, whole),
            };
            found.extend(shown.map(|shown| Atom::Between { low, high, shown }));
        };
        for end in ends {
            if before.is_none_or(|before| before < end) {
                stretch(before, Some(end), &mut found);
            }
            found.push(Atom::Point(end));
            before = Some(end);
        }
        if high.is_none() || before != high {
            stretch(before, None, &mut found);
        }
        found
    }
}

/// A round value between two others, which are not in it; none where no whole number lies there.
fn between(low: Option<Number>, high: Option<Number>, whole: bool) -> Option<Number> {
    let (low, high) = match (low, high) {
        (Some(low), Some(high)) => (low, high),
        (Some(low), None) => return low.checked_add(power(magnitude(low))),
        (None, Some(high)) => return high.checked_sub(Number::ONE),
        (None, None) => return Some(Number::ONE),
    };
    let least = if whole { 0 } else { -6 };
    let round = (least..=magnitude(high)).rev().find_map(|exponent| {
        let step = power(exponent);
        let steps = high.checked_div(step)?.ceil().checked_sub(Number::ONE)?;
        let below = steps.checked_mul(step)?;
        (below > low).then_some(below)
    });
    // Ends that lie closer than that.
    let middle = || low.checked_add(high.checked_sub(low)? / Number::TWO);
    round.or_else(|| middle().filter(|value| !whole && low < *value && *value < high))
}

/// How many digits a number has behind its first one: 4 of 50,000.
fn magnitude(of: Number) -> i32 {
    let digits = of.abs().trunc().to_string();
    i32::try_from(digits.len()).unwrap_or(1) - 1
}

/// Ten times itself that many times; at most 28, as many digits as a number has.
fn power(exponent: i32) -> Number {
    let times =
        (0..exponent.unsigned_abs().min(28)).fold(Number::ONE, |power, _| power * Number::TEN);
    if exponent < 0 { Number::ONE / times } else { times }
}
