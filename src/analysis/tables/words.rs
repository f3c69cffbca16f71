//! Sets of a column in words: what the column can be, what a region holds, what a cell asks.

use super::asks::{Ask, Side, Unit};
use super::axes::{Atom, Axis};
use super::boxes::atoms;
use super::grid::{Column, Values};
use crate::value::Number;

impl Axis {
    /// A set as a reader would say it: `Kestrel or both`, `below EUR 50,000`.
    pub(super) fn words(&self, of: &[u64]) -> String {
        if self.is_all(of) {
            return "any".to_owned();
        }
        let Some(unit) = self.unit else {
            let words = atoms(of).filter_map(|at| match &self.atoms[at] {
                Atom::Word(word) => Some(word.clone()),
                Atom::Other => Some("one that no row names".into()),
                _ => None,
            });
            return joined(&words.collect::<Vec<_>>());
        };
        let (mut runs, inside) = (Vec::new(), atoms(of).collect::<Vec<_>>());
        for run in inside.chunk_by(|one, next| one + 1 == *next) {
            runs.extend(run.first().zip(run.last()).map(|(a, b)| self.run(unit, *a, *b)));
        }
        joined(&runs)
    }

    /// The values from one atom to another.
    fn run(&self, unit: Unit, first: usize, last: usize) -> String {
        let step = |value: Number, by: Number| (value + by, true);
        let low = match &self.atoms[first] {
            _ if first == 0 => None,
            Atom::Between { low, .. } => {
                low.map(|low| if self.whole { step(low, Number::ONE) } else { (low, false) })
            }
            Atom::Point(value) => Some((*value, true)),
            _ => None,
        };
        let high = match &self.atoms[last] {
            _ if last + 1 == self.atoms.len() => None,
            Atom::Between { high, .. } => {
                high.map(|high| if self.whole { step(high, -Number::ONE) } else { (high, false) })
            }
            Atom::Point(value) => Some((*value, true)),
            _ => None,
        };
        if let (Atom::Point(value), true) = (&self.atoms[first], first == last) {
            let exactly = if unit == Unit::Day { "on" } else { "exactly" };
            return format!("{exactly} {}", unit.spell(*value));
        }
        let low = low.map(|(value, inside)| {
            format!("{} {}", if inside { "from" } else { "above" }, unit.spell(value))
        });
        let high = high.map(|(value, inside)| {
            let word = match (unit, inside) {
                (Unit::Day, _) => "until",
                (_, true) => "up to",
                (_, false) => "below",
            };
            format!("{word} {}", unit.spell(value))
        });
        let between = if unit == Unit::Day { " " } else { " and " };
        match (low, high) {
            (Some(low), Some(high)) => low + between + &high,
            (Some(end), None) | (None, Some(end)) => end,
            (None, None) => "any".to_owned(),
        }
    }

    /// What the column can be.
    pub(super) fn can_be(&self, column: &Column) -> String {
        let ends = (self.atoms.first(), self.atoms.last());
        match &column.values {
            Values::Closed(words) => joined(words),
            Values::Open(words) if words.is_empty() => "anything, no row asks".to_owned(),
            Values::Open(words) => format!("{} or another word", words.join(", ")),
            Values::Mixed => "words beside values, or values in two units".to_owned(),
            Values::Of(Unit::Day) => match ends {
                (Some(Atom::Point(first)), Some(Atom::Point(last))) if column.deal_date => {
                    let spell = |value: &Number| Unit::Day.spell(*value);
                    format!("a day from {} until {}", spell(first), spell(last))
                }
                (Some(Atom::Point(first)), _) if column.deal_date => {
                    format!("a day from {} on", Unit::Day.spell(*first))
                }
                _ => "a day".to_owned(),
            },
            Values::Of(unit) => {
                let name = match unit {
                    Unit::Money(currency) => format!("an amount in {currency}"),
                    Unit::Percent => "a share".to_owned(),
                    _ if self.whole => "a whole number".to_owned(),
                    _ => "a number".to_owned(),
                };
                match ends {
                    (Some(Atom::Point(zero)), Some(Atom::Point(last))) => {
                        format!("{name} from {} to {}", unit.spell(*zero), unit.spell(*last))
                    }
                    (Some(Atom::Point(zero)), _) => {
                        format!("{name}, {} or more", unit.spell(*zero))
                    }
                    (Some(Atom::Between { low: Some(_), .. }), _) => {
                        format!("{name} above {}", unit.spell(Number::ZERO))
                    }
                    _ => format!("{name}, above or below nothing"),
                }
            }
        }
    }
}

/// What a cell asks, as a reader would say it.
pub(super) fn asked(ask: &Ask) -> String {
    match ask {
        Ask::Any => "any".to_owned(),
        Ask::Words(words) => joined(words),
        Ask::Bounds(bounds, unit) => {
            let day = *unit == Unit::Day;
            let bound = |side: Side| match side {
                Side::Below if day => "before",
                Side::Below => "below",
                Side::UpTo if day => "until",
                Side::UpTo => "up to",
                Side::At if day => "on",
                Side::At => "exactly",
                Side::From => "from",
                Side::Above if day => "after",
                Side::Above => "above",
            };
            let said: Vec<String> = bounds
                .iter()
                .map(|each| format!("{} {}", bound(each.side), unit.spell(each.value)))
                .collect();
            said.join(" and ")
        }
        Ask::Unread => "something that cannot be read".to_owned(),
    }
}

/// `a, b or c`
pub(super) fn joined(words: &[impl AsRef<str>]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [word] => word.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} or {}", first.join(", "), last.as_ref())
        }
    }
}
