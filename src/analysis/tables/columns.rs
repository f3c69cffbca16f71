//! A column of a table of shares: the words or values that tell its deals apart.

use super::boxes::{Set, has, set};
use crate::agreement::Agreement;
use crate::source::Spanned;
use crate::syntax::ast::{Cell, Scalar};
use crate::value::{Currency, Date, Given, Money, Number, Percent, grouped};

/// A column, cut into atoms of which every cell takes whole ones.
pub(super) struct Column {
    /// Its name.
    pub(super) name: String,
    /// A value of each atom, as a reader would say it.
    atoms: Vec<String>,
    /// Whether the last atom stands for every word that the column does not know.
    open: bool,
}

type Named = (String, Spanned<Cell>);

impl Column {
    /// A column, and what each of its cells takes; nothing for one that could not be read.
    pub(super) fn of(agreement: &Agreement, cells: &[&Named]) -> (Self, Vec<Option<Set>>) {
        let name = cells.first().map_or_else(String::new, |(name, _)| name.clone());
        let read: Vec<Test> = cells.iter().map(|(_, cell)| Test::of(&cell.node)).collect();
        let unit = read.iter().find_map(|test| match test {
            Test::Bounds(_, unit) => Some(*unit),
            _ => None,
        });
        // Words beside values, or two currencies: they do not lie on one line.
        let fits = |test: &Test| match test {
            Test::Any => true,
            Test::Unread => false,
            Test::Word(_) => unit.is_none(),
            Test::Bounds(_, own) => unit == Some(*own),
        };
        let clear = read.iter().all(|test| fits(test) || matches!(test, Test::Unread));
        if let (Some(unit), true) = (unit, clear) {
            let points = unit.atoms(&read);
            let taken = |test: &Test| match test {
                Test::Any => Some(set(points.len(), |_| true)),
                Test::Bounds(bounds, _) => {
                    Some(set(points.len(), |at| bounds.iter().all(|bound| bound.has(points[at]))))
                }
                _ => None,
            };
            let sets = read.iter().map(taken).collect();
            let atoms = points.iter().map(|point| unit.spell(*point)).collect();
            return (Self { name, atoms, open: false }, sets);
        }
        let (words, open) = words(agreement, &read);
        let count = words.len() + usize::from(open);
        let taken = |test: &Test| match test {
            Test::Any => Some(set(count, |_| true)),
            Test::Word(word) if clear => {
                Some(set(count, |at| words.get(at).is_some_and(|known| known == word)))
            }
            _ => None,
        };
        let sets = read.iter().map(taken).collect();
        let atoms = words.iter().cloned().chain(open.then(String::new)).collect();
        (Self { name, atoms, open }, sets)
    }

    /// Every deal.
    pub(super) fn all(&self) -> Set {
        set(self.atoms.len(), |_| true)
    }

    /// A value of a set; none where it holds only words the column does not know.
    pub(super) fn pick(&self, of: &Set) -> Option<&str> {
        let known = self.atoms.len() - usize::from(self.open);
        // A column that knows no word takes every deal.
        let whole = known == 0 && has(of, 0);
        (0..known).find(|atom| has(of, *atom)).map(|at| &*self.atoms[at]).or(whole.then_some(""))
    }
}

/// The words of a column, and whether there may be others. Parties, customers and yes or no are all
/// there are.
fn words(agreement: &Agreement, read: &[Test]) -> (Vec<String>, bool) {
    let mut used: Vec<String> = Vec::new();
    for test in read {
        if let Test::Word(word) = test
            && !used.contains(word)
        {
            used.push(word.clone());
        }
    }
    let parties: Vec<String> =
        agreement.parties.iter().map(|party| party.tag.id.node.clone()).collect();
    let segments: Vec<String> =
        agreement.customers.iter().map(|segment| segment.tag.id.node.clone()).collect();
    let yes_no = ["yes", "no"].map(str::to_owned).to_vec();
    for closed in [parties, segments, yes_no] {
        if used.iter().any(|word| closed.contains(word)) {
            let more: Vec<_> = used.iter().filter(|word| !closed.contains(word)).cloned().collect();
            return (closed.into_iter().chain(more).collect(), false);
        }
    }
    (used, true)
}

/// What a cell asks of a deal.
enum Test {
    Any,
    Word(String),
    Bounds(Vec<Bound>, Unit),
    Unread,
}

/// One bound of a value.
#[derive(Clone, Copy)]
struct Bound {
    operator: &'static str,
    value: Number,
}

impl Bound {
    fn has(self, value: Number) -> bool {
        match self.operator {
            "<" => value < self.value,
            "<=" => value <= self.value,
            ">" => value > self.value,
            ">=" => value >= self.value,
            _ => value == self.value,
        }
    }
}

impl Test {
    fn of(cell: &Cell) -> Self {
        match cell {
            Cell::Empty => Self::Any,
            Cell::Words(words) => Self::word(words),
            Cell::Term(given) => Self::bounds(&[("=".to_owned(), given.clone())]),
            Cell::Bounds(bounds) => Self::bounds(bounds),
        }
    }

    fn word(words: &str) -> Self {
        match words {
            "any" | "else" | "-" => Self::Any,
            word => Self::Word(word.to_owned()),
        }
    }

    fn bounds(bounds: &[(String, Given<Scalar>)]) -> Self {
        let (mut found, mut unit) = (Vec::new(), None);
        for (operator, given) in bounds {
            let known = ["<=", ">=", "<", ">"].into_iter().find(|known| known == operator);
            let operator = known.unwrap_or("=");
            let ends = match given {
                Given::Value(value) => vec![(operator, value)],
                Given::Range(low, high) if operator == "=" => vec![(">=", low), ("<=", high)],
                _ => return Self::Unread,
            };
            for (operator, value) in ends {
                let Some((value, own)) = Unit::of(value) else { return Self::Unread };
                if unit.is_some_and(|unit| unit != own) {
                    return Self::Unread;
                }
                unit = Some(own);
                found.push(Bound { operator, value });
            }
        }
        unit.map_or(Self::Unread, |unit| Self::Bounds(found, unit))
    }
}

/// What a column's values are.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Unit {
    Money(Currency),
    Percent,
    Plain,
    Day,
}

impl Unit {
    fn of(value: &Scalar) -> Option<(Number, Self)> {
        Some(match value {
            Scalar::Money(money) => (money.amount, Self::Money(money.currency)),
            Scalar::Percent(share) => (share.of(100.into())?, Self::Percent),
            Scalar::Number(number) => (*number, Self::Plain),
            Scalar::Date(date) => (date.number().into(), Self::Day),
            Scalar::Period(_) | Scalar::Boundless => return None,
        })
    }

    /// A value for each bound and for each stretch between two, lowest first. Sums and numbers of a
    /// deal are more than nothing; a share is from nothing to the whole, unless a bound lies above.
    fn atoms(self, read: &[Test]) -> Vec<Number> {
        let bounds = read.iter().flat_map(|test| match test {
            Test::Bounds(bounds, _) => &**bounds,
            _ => &[],
        });
        let mut ends: Vec<Number> = bounds.map(|bound| bound.value).collect();
        let plain = self == Self::Plain && ends.iter().all(|end| end.fract().is_zero());
        let whole = plain || self == Self::Day;
        let (mut low, mut high) = (Some(Number::ZERO), None);
        match self {
            Self::Percent => {
                ends.push(Number::ZERO);
                high = Some(Number::ONE_HUNDRED);
                if ends.iter().all(|end| *end <= Number::ONE_HUNDRED) {
                    ends.push(Number::ONE_HUNDRED);
                } else {
                    high = None;
                }
            }
            Self::Day => low = None,
            Self::Money(_) | Self::Plain => {}
        }
        ends.sort_unstable();
        ends.dedup();
        ends.retain(|end| low.is_none_or(|low| *end > low || self == Self::Percent && *end == low));
        let mut atoms = Vec::new();
        let mut before = low;
        for end in ends {
            if before.is_none_or(|before| before < end) {
                atoms.extend(between(before, Some(end), whole));
            }
            atoms.push(end);
            before = Some(end);
        }
        if before != high {
            atoms.extend(between(before, None, whole));
        }
        atoms
    }

    fn spell(self, value: Number) -> String {
        match self {
            Self::Money(currency) => Money { amount: value, currency }.to_string(),
            Self::Percent => Percent::from_percent(value)
                .map_or_else(|| format!("{}%", grouped(value)), |share| share.to_string()),
            Self::Plain => grouped(value),
            Self::Day => i64::try_from(value)
                .ok()
                .and_then(Date::from_number)
                .map_or_else(|| grouped(value), |date| date.to_string()),
        }
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
