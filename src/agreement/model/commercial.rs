//! What is promised, paid, measured and shared.

use std::borrow::Cow;

use super::{Few, Leaf, Parties, ShareLimit, SharedBands, Sparse, Stated, Tag, Text};
use crate::source::{At, Spanned};
use crate::syntax::ast::{Bound, Cell, Moment};
use crate::value::{Currency, Hole, Money, Percent, Period, Quantity, Str};

/// How an amount runs over time: its figure for each period, and what becomes of the rest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Flow {
    /// One figure, or one for each period in turn; a formula is none.
    pub steps: Few<Leaf<Quantity>>,
    /// Whether the last figure goes on.
    pub thereafter: bool,
    /// The amount as a reader would say it, where that is not its one figure: see [`Flow::said`].
    pub text: Option<Text>,
    /// What more is said of how it runs.
    pub course: Sparse<Course>,
}

impl Flow {
    /// The amount as a reader would say it; nothing where there is none.
    pub fn said(&self) -> Option<Cow<'_, str>> {
        match (&self.text, &self.steps[..]) {
            (Some(text), _) => Some(Cow::Borrowed(&text.node)),
            (None, [one]) => one.node.value().map(|figure| Cow::Owned(figure.to_string())),
            (None, _) => None,
        }
    }
}

/// How an amount is due, split, carried over, counted and credited, and what follows the end.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Course {
    /// When it is due, as a reader would say it.
    pub due: Option<Text>,
    /// The day it is due, or how that day recurs.
    pub due_on: Option<Moment>,
    /// `first 140,000`: another figure for a shorter first period.
    pub stub: Option<Leaf<Quantity>>,
    /// How a part of a period counts.
    pub part_periods: Option<Text>,
    /// What is carried over: `none`, `surplus`, `shortfall`, `credit`, `unspent`.
    pub carry: Option<Carry>,
    /// How a level is sampled.
    pub sampled: Option<Text>,
    /// `of which`: a part with a limit or a receiver of its own.
    pub of_which: Vec<Part>,
    /// How it rises, as a reader would say it.
    pub rising: Option<Text>,
    /// A rate for each band of a figure.
    pub bands: Option<Bands>,
    /// What it can be set off against.
    pub creditable: Vec<Text>,
    /// The item it is the next version of.
    pub continues: Option<Text>,
    /// What it is estimated on.
    pub estimated: Option<Text>,
    /// When the estimate is settled.
    pub true_up: Option<Text>,
    /// What is paid before it is known.
    pub on_account: Option<Text>,
    /// What may be given instead.
    pub or: Option<Text>,
    /// What it counts as.
    pub counted: Option<Text>,
    /// How it is split over shorter periods.
    pub split: Option<Text>,
    /// How long it goes on after which end.
    pub tails: Vec<Tail>,
    /// `invoiced`, `collected`, `accrued`
    pub basis: Option<Text>,
    /// What is taken off.
    pub less: Vec<Text>,
    /// What does not count.
    pub not_counting: Vec<Text>,
}

/// What is carried over to a later period.
#[derive(Debug, Clone, PartialEq)]
pub struct Carry {
    /// `none`, `surplus`, `shortfall`, `credit`, `unspent`
    pub what: Spanned<&'static str>,
    /// As a reader would say it.
    pub text: Text,
}

/// A part of an amount.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// As a reader would say it.
    pub text: Text,
    /// How much, where it is a quantity.
    pub amount: Option<Leaf<Quantity>>,
    /// In which period.
    pub per: Option<Leaf<Period>>,
    /// To whom.
    pub to: Vec<Text>,
}

/// Money that goes on being earned after the end.
#[derive(Debug, Clone, PartialEq)]
pub struct Tail {
    /// For how long, where it is a length of time.
    pub lasts: Option<Leaf<Period>>,
    /// As a reader would say it.
    pub text: Text,
    /// After which ends; any end where none is named.
    pub after: Vec<Text>,
}

/// A rate for each band of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    /// `marginal`, `whole`, `per unit`; not every paper says.
    pub semantics: Option<Text>,
    /// The figure the bands are cut from.
    pub axis: Text,
    /// Over which time it is counted.
    pub window: Option<Text>,
    /// The item whose bands these are too.
    pub same_as: Option<Text>,
    /// What the columns of the table are called; the last is the rate.
    pub columns: Vec<Text>,
    /// The bands.
    pub rows: Vec<BandRow>,
}

/// One band and its rate.
#[derive(Debug, Clone, PartialEq)]
pub struct BandRow {
    /// Where it stands.
    pub span: At,
    /// A cell for each column.
    pub cells: Vec<Spanned<Cell>>,
}

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
    /// Whether it is a level that is kept at all times, not a flow that adds up.
    pub level: bool,
    /// What it reaches.
    pub reaching: Option<Leaf<Quantity>>,
    /// What kind of contribution it is.
    pub brings: Option<Spanned<&'static str>>,
    /// What it is worth.
    pub worth: Option<Leaf<Money>>,
    /// The metric it serves.
    pub serves: Option<Leaf<Str>>,
    /// How it runs over time.
    pub flow: Flow,
    /// All else it states.
    pub terms: Stated,
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
    /// From which side the amount is bounded.
    pub bound: Bound,
    /// What is paid, where it is said in words only.
    pub text: Option<Text>,
    /// The share, where it is one.
    pub rate: Option<Leaf<Percent>>,
    /// Whether it is a share: by its rate, by the bands of its rate, or of a base.
    pub shared: Option<At>,
    /// What the share is taken of.
    pub base: Option<Text>,
    /// How it runs over time.
    pub flow: Flow,
    /// All else it states.
    pub terms: Stated,
}

impl Payment {
    /// Whether all of what came in is passed on, so that nothing is shared.
    pub fn passes_on(&self) -> bool {
        let all = Percent::from_fraction(1, 1);
        self.rate.as_ref().is_some_and(|rate| rate.node.value() == all.as_ref())
    }
}

/// How payments are made: interest, taxes, set-off, conversion.
#[derive(Debug, Clone, PartialEq)]
pub struct PaymentRule {
    /// Its item.
    pub tag: Tag,
    /// `interest`, `withholding`, `set-off`, `conversion`
    pub kind: &'static str,
    /// What it says.
    pub text: Text,
    /// All else it states.
    pub terms: Stated,
}

/// A target.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Its item.
    pub tag: Tag,
    /// `incremental`, `total`, `leading`, `qualitative`
    pub measure: Leaf<&'static str>,
    /// What is left open instead of the metric as a whole.
    pub open: Option<Spanned<Hole>>,
    /// `commercial`, `competitive`, `health`
    pub family: Option<Spanned<&'static str>>,
    /// What is counted.
    pub definition: Option<Leaf<Str>>,
    /// What it cannot tell.
    pub limits: Option<Leaf<Str>>,
    /// `direct`, `influenced`, `every-touch` …
    pub basis: Option<Text>,
    /// When it was agreed.
    pub agreed: Option<Moment>,
    /// Where it starts from.
    pub baseline: Option<Point>,
    /// Where it is to get to.
    pub target: Option<Point>,
    /// Where it is read.
    pub sources: Few<Text>,
    /// All else it states.
    pub terms: Stated,
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
    /// A currency or what it counts; a formula has none of its own.
    pub unit: Text,
    /// What it is: words, or a formula as a reader would say it.
    pub definition: Option<Leaf<Str>>,
    /// The figures a formula is made of.
    pub made_of: Vec<Text>,
    /// Where it is read.
    pub sources: Few<Text>,
    /// What happens where two sources differ.
    pub reconciled: Option<Text>,
    /// How it runs over time.
    pub flow: Flow,
    /// All else it states.
    pub terms: Stated,
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
    pub base: Leaf<Str>,
    /// Whether the base is a figure of this agreement rather than words.
    pub base_is_item: bool,
    /// In which currency.
    pub currency: Spanned<Currency>,
    /// `first` or `unique`.
    pub hit: Option<Text>,
    /// For how long somebody is credited, as a reader would say it.
    pub credited: Option<Text>,
    /// How far back credit is looked for.
    pub lookback: Option<Leaf<Period>>,
    /// In which period it is settled.
    pub settled: Option<Leaf<Period>>,
    /// The rows.
    pub rows: Vec<AttributionRow>,
    /// The column that holds a running total.
    pub banded: Option<SharedBands>,
    /// What a side gets at least or at most.
    pub limits: Vec<ShareLimit>,
    /// The ids of the agreements it goes before, where several take a deal.
    pub prevails_over: Vec<Text>,
    /// `bonus 1% above EUR 0`: steps of extra shares.
    pub bonus: Vec<(Leaf<Percent>, Leaf<Money>)>,
    /// How it runs over time.
    pub flow: Flow,
    /// All else it states.
    pub terms: Stated,
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
    /// What it asks of a deal: column and cell.
    pub cells: Vec<(Str, Spanned<Cell>)>,
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
    pub name: Str,
    /// Its cell.
    pub span: At,
    /// Its share; `None` where the cell is empty.
    pub share: Option<Leaf<Percent>>,
}
