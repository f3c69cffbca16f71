//! What is promised, paid, measured and shared.

use super::{Leaf, Parties, Person, Tag, Text};
use crate::source::{At, Spanned};
use crate::syntax::ast::{Bound, Moment};
use crate::value::{Currency, Money, Percent, Period, Quantity};

/// What a party promises.
#[derive(Debug, Clone, PartialEq)]
pub struct Commitment {
    /// Its item.
    pub tag: Tag,
    /// Who promises.
    pub by: Parties,
    /// The promise as written.
    pub text: Text,
    /// How much; `None` for a promise in words.
    pub amount: Option<Leaf<Quantity>>,
    /// From which side the amount is bounded.
    pub bound: Spanned<Bound>,
    /// In which period it recurs.
    pub per: Option<Leaf<Period>>,
    /// What kind of contribution it is.
    pub brings: Option<Spanned<&'static str>>,
    /// What it is worth.
    pub worth: Option<Leaf<Money>>,
    /// From when.
    pub first: Option<Moment>,
    /// Until when, or by when.
    pub last: Option<Moment>,
    /// Whether it goes on after the end.
    pub survives: Option<At>,
    /// Who answers for it.
    pub owner: Option<Leaf<Person>>,
    /// Where it is evidenced.
    pub tracked: Option<Leaf<String>>,
    /// The metric it serves.
    pub serves: Option<Text>,
    /// What a miss leads to.
    pub if_missed: Vec<Step>,
    /// Whether what a miss leads to is left open.
    pub if_missed_open: Option<At>,
}

/// A step of a consequence or of a ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The item it belongs to.
    pub tag: Tag,
    /// `talk`, `remedy`, `pay`, `exit`, `lapse`, `change`, `other`
    pub does: Spanned<&'static str>,
    /// As written.
    pub text: Text,
    /// In which time.
    pub within: Option<Leaf<Period>>,
    /// The how-manieth it is, from 1.
    pub order: u32,
}

/// A payment.
#[derive(Debug, Clone, PartialEq)]
pub struct Payment {
    /// Its item.
    pub tag: Tag,
    /// Who pays.
    pub by: Parties,
    /// To whom.
    pub to: Parties,
    /// How much.
    pub amount: Option<Leaf<Quantity>>,
    /// What is paid, where it is said in words only.
    pub text: Option<Text>,
    /// The share, where it is one.
    pub rate: Option<Leaf<Percent>>,
    /// What the share is taken of.
    pub base: Option<Text>,
    /// In which period it recurs.
    pub per: Option<Leaf<Period>>,
    /// When it is due, as written.
    pub due: Option<Text>,
    /// How long it goes on after the end.
    pub tail: Option<Leaf<Period>>,
}

/// A target.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Its item.
    pub tag: Tag,
    /// `incremental`, `total`, `leading`, `qualitative`
    pub measure: Spanned<&'static str>,
    /// `commercial`, `competitive`, `health`
    pub family: Option<Spanned<&'static str>>,
    /// What is counted.
    pub definition: Option<Leaf<String>>,
    /// What it cannot tell.
    pub limits: Option<Text>,
    /// `direct`, `influenced`, `every-touch` …
    pub basis: Option<Text>,
    /// When it was agreed.
    pub agreed: Option<Moment>,
    /// Where it starts from.
    pub baseline: Option<Point>,
    /// Where it is to get to.
    pub target: Option<Point>,
    /// Where it is read.
    pub sources: Vec<Text>,
}

/// A value at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The metric it belongs to.
    pub tag: Tag,
    /// Where it stands.
    pub span: At,
    /// The value.
    pub value: Leaf<Quantity>,
    /// When.
    pub on: Option<Moment>,
}

/// A figure that others are taken of.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Its item.
    pub tag: Tag,
    /// A currency or what it counts.
    pub unit: Text,
    /// What it is.
    pub definition: Option<Leaf<String>>,
    /// `invoiced`, `collected`, `accrued`
    pub basis: Option<Text>,
    /// What is taken off.
    pub less: Vec<Text>,
}

/// How revenue is shared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attribution {
    /// One table for each base.
    pub tables: Vec<AttributionTable>,
}

/// The shares of one base.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributionTable {
    /// Its item.
    pub tag: Tag,
    /// What is shared.
    pub base: Leaf<String>,
    /// Whether the base is a figure of this agreement rather than words.
    pub base_is_item: bool,
    /// In which currency.
    pub currency: Spanned<Currency>,
    /// `first` or `unique`.
    pub hit: Option<Text>,
    /// How long it goes on after the end.
    pub tail: Option<Leaf<Period>>,
    /// The rows.
    pub rows: Vec<AttributionRow>,
    /// `bonus 1% above EUR 0`: steps of extra shares.
    pub bonus: Vec<(Leaf<Percent>, Leaf<Money>)>,
}

/// A row of a table of shares.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributionRow {
    /// The table's item.
    pub tag: Tag,
    /// Its id.
    pub id: Text,
    /// The whole row.
    pub span: At,
    /// Whether it takes what no other row does.
    pub catch_all: bool,
    /// What it asks of a deal: column and cell, as written.
    pub cells: Vec<(String, Text)>,
    /// Who gets what.
    pub shares: Vec<Share>,
}

/// What a party gets of a deal.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The table's item.
    pub tag: Tag,
    /// The party.
    pub party: usize,
    /// Its name, as the column has it.
    pub name: String,
    /// Its cell.
    pub span: At,
    /// Its share; `None` where the cell is empty.
    pub share: Option<Leaf<Percent>>,
}
