//! What a cell of a table asks of a deal, and whether a deal answers it.
//!
//! The proof of a table and its run on deals both ask here, so that the table that is proved is the
//! table that is run.

use crate::syntax::ast::{Cell, Scalar};
use crate::value::{Currency, Date, Given, Money, Number, Percent, Str, grouped};

/// What a cell asks of a deal.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// Nothing: `any`, `else`, `-` or an empty cell.
    Any,
    /// One of these words.
    Words(Vec<Str>),
    /// A value that keeps all of these bounds, in one unit.
    Bounds(Vec<Bound>, Unit),
    /// What could not be read, or is still open.
    Unread,
}

/// One bound of a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// On which side of it the value lies.
    pub side: Side,
    /// The bound.
    pub value: Number,
}

/// On which side of a bound a value lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// `<`
    Below,
    /// `<=`
    UpTo,
    /// The value itself.
    At,
    /// `>=`
    From,
    /// `>`
    Above,
}

/// What a value is counted in. Values of two units do not compare.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unit {
    /// Money of one currency; the number is its amount.
    Money(Currency),
    /// A share; the number is percent.
    Percent,
    /// A number.
    Plain,
    /// A day; the number counts days, as [`Date::number`] does.
    Day,
}

/// What a deal says in a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Answer<'a> {
    /// A word: a party, a segment, a place, yes or no.
    Word(&'a str),
    /// A value, and what it is counted in.
    Value(Number, Unit),
}

impl Ask {
    /// What a cell asks.
    pub fn of(cell: &Cell) -> Self {
        match cell {
            Cell::Empty => Self::Any,
            Cell::Words(words) => match &**words {
                "any" | "else" | "-" => Self::Any,
                word => Self::Words(vec![word.into()]),
            },
            Cell::List(words) => Self::Words(words.clone()),
            Cell::Term(given) => Self::bounds(&[("=".into(), given.clone())]),
            Cell::Bounds(bounds) => Self::bounds(bounds),
        }
    }

    fn bounds(bounds: &[(Str, Given<Scalar>)]) -> Self {
        let (mut found, mut unit) = (Vec::new(), None);
        for (operator, given) in bounds {
            let side = Side::of(operator);
            let ends = match given {
                Given::Value(value) => vec![(side, value)],
                Given::Range(ends) if side == Side::At => {
                    vec![(Side::From, &ends[0]), (Side::UpTo, &ends[1])]
                }
                _ => return Self::Unread,
            };
            for (side, scalar) in ends {
                let Some((value, own)) = Unit::measure(scalar) else { return Self::Unread };
                if unit.is_some_and(|unit| unit != own) {
                    return Self::Unread;
                }
                unit = Some(own);
                found.push(Bound { side, value });
            }
        }
        unit.map_or(Self::Unread, |unit| Self::Bounds(found, unit))
    }

    /// Whether a deal that answers so is taken; `None` where that cannot be told: the cell could not
    /// be read, or the answer is not of its kind, such as another currency or a word for an amount.
    pub fn takes(&self, answer: &Answer<'_>) -> Option<bool> {
        match (self, answer) {
            (Self::Any, _) => Some(true),
            (Self::Words(words), Answer::Word(word)) => {
                Some(words.iter().any(|known| known == word))
            }
            (Self::Bounds(bounds, unit), Answer::Value(value, own)) if unit == own => {
                Some(bounds.iter().all(|bound| bound.has(*value)))
            }
            _ => None,
        }
    }
}

impl Ask {
    /// The bounds it asks for.
    pub(super) fn bounds_of(&self) -> &[Bound] {
        match self {
            Self::Bounds(bounds, _) => bounds,
            _ => &[],
        }
    }
}

impl Bound {
    /// Whether a value keeps it.
    pub fn has(self, value: Number) -> bool {
        match self.side {
            Side::Below => value < self.value,
            Side::UpTo => value <= self.value,
            Side::At => value == self.value,
            Side::From => value >= self.value,
            Side::Above => value > self.value,
        }
    }
}

impl Side {
    fn of(operator: &str) -> Self {
        match operator {
            "<" | "before" => Self::Below,
            "<=" | "until" => Self::UpTo,
            ">" => Self::Above,
            ">=" | "from" => Self::From,
            _ => Self::At,
        }
    }
}

impl Unit {
    /// A value as a number, and what it is counted in; none for what does not lie on a line.
    pub fn measure(value: &Scalar) -> Option<(Number, Self)> {
        Some(match value {
            Scalar::Money(money) => (money.amount, Self::Money(money.currency)),
            Scalar::Percent(share) => (share.of(Number::ONE_HUNDRED)?, Self::Percent),
            Scalar::Number(number) => (*number, Self::Plain),
            Scalar::Date(date) => (date.number().into(), Self::Day),
            Scalar::Period(_) | Scalar::Boundless => return None,
        })
    }

    /// A value as a reader would say it.
    pub fn spell(self, value: Number) -> String {
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
