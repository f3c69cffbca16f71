//! Amounts, figures and formulas.

use super::{Moment, Term};
use crate::source::{Span, Spanned};
use crate::value::{Hole, Str};

/// How much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// `at least`
    pub bound: Option<Spanned<Bound>>,
    /// One figure, or one for each period in turn.
    pub steps: Vec<Figure>,
    /// Whether the last figure goes on.
    pub thereafter: bool,
    /// Where it stands.
    pub span: Span,
}

/// From which side an amount is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// `at least`
    AtLeast,
    /// `at most`
    AtMost,
    /// `more than`
    MoreThan,
    /// `less than`
    LessThan,
    /// `exactly`, or no word
    Exact,
}

/// A figure of an amount.
pub type Figure = Spanned<FigureKind>;

/// How a figure is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FigureKind {
    /// A value with its unit.
    Plain {
        /// The value.
        value: Term,
        /// `"dedicated sends"`
        unit: Option<Spanned<Str>>,
        /// `per "social channel"`
        each: Option<Spanned<Str>>,
    },
    /// `50% of net-sales`
    Share {
        /// How much of it.
        value: Box<Figure>,
        /// Of what.
        of: Box<Figure>,
    },
    /// `net-sales minus baseline`: one figure, and what is done with it in turn.
    Formula {
        /// The first figure.
        first: Box<Figure>,
        /// Each further one, with how it is joined.
        rest: Vec<(Operator, Figure)>,
    },
    /// `rate`: that of the band that applies.
    Rate,
    /// `greater of A and B`
    Greater(Vec<Figure>),
    /// `lesser of A and B`
    Lesser(Vec<Figure>),
    /// In words only.
    Words {
        /// The words.
        text: Spanned<Str>,
        /// Over which time.
        window: Option<Box<Window>>,
    },
    /// A figure of the agreement by its id, an item by how it stands (`owed payments/fee`), or how
    /// the item it stands in does (`delivered`).
    Item {
        /// `owed`, `paid`, `delivered` …
        standing: Option<Spanned<Str>>,
        /// The item; the one it stands in where there is none.
        item: Option<Spanned<Str>>,
        /// Over which time.
        window: Option<Box<Window>>,
    },
    /// `quarters completed`
    Count(Str),
    /// Left open.
    Hole(Hole),
}

/// Over which time a figure is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// As written: `over trailing 12 months`.
    pub text: Str,
    /// How long it is, where it says so.
    pub length: Option<Term>,
    /// Since when, where it says so.
    pub since: Option<Moment>,
}

/// How a formula joins two figures. `a above b` is what `a` exceeds `b` by, and nothing where it
/// does not; `a below b` is what it falls short by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `times`
    Times,
    /// `divided by`
    DividedBy,
    /// `plus`
    Plus,
    /// `minus`
    Minus,
    /// `above`
    Above,
    /// `below`
    Below,
}

impl Operator {
    /// The words for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Times => "times",
            Self::DividedBy => "divided by",
            Self::Plus => "plus",
            Self::Minus => "minus",
            Self::Above => "above",
            Self::Below => "below",
        }
    }

    /// Whether it multiplies rather than adds.
    pub const fn multiplies(self) -> bool {
        matches!(self, Self::Times | Self::DividedBy)
    }
}
