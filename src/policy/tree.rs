//! Tests and values whose names are resolved: what is left is indices, fields and constants.

use crate::value::Comparison;
use crate::vocabulary::{Field, Type, Value};

/// A question with a yes, a no, a cannot-tell or a not-stated for an answer.
#[derive(Debug, Clone)]
pub(crate) enum Test {
    And(Vec<Test>),
    Or(Vec<Test>),
    Not(Box<Test>),
    Every(Box<Each>, Box<Test>),
    Some(Box<Each>),
    No(Box<Each>),
    Compare(Comparison, Box<[Expr; 2]>),
    /// The first mentions the second.
    Mentions(Box<[Expr; 2]>),
    Stated(Box<Expr>),
    Open(Box<Expr>),
    Redacted(Box<Expr>),
    OneOf(Box<Expr>, Members),
    /// The first is no less than the second and no more than the third.
    Within(Box<[Expr; 3]>),
    /// A yes or no of the agreement.
    Flag(Box<Expr>),
}

/// What `is one of` chooses from.
#[derive(Debug, Clone)]
pub(crate) enum Members {
    Written(Vec<Expr>),
    List(Box<Expr>),
}

/// A value to be looked up or computed.
#[derive(Debug, Clone)]
pub(crate) enum Expr {
    Constant(Value<'static>),
    Param(usize),
    Let(usize),
    Path(Path),
    /// A fact of a value.
    Part(Box<Expr>, Part),
    Plus(Box<[Expr; 2]>),
    Minus(Box<[Expr; 2]>),
    /// The first, a share, of the second.
    ShareOf(Box<[Expr; 2]>),
    Otherwise(Box<[Expr; 2]>),
    Count {
        different: Option<Box<Expr>>,
        of: Box<Each>,
    },
    Sum {
        value: Box<Expr>,
        of: Box<Each>,
    },
    Test(Box<Test>),
}

/// Where to begin, and the facts to ask for one after the other.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    pub(crate) root: Root,
    pub(crate) fields: Box<[&'static Field]>,
}

/// Where a path begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Root {
    Agreement,
    /// The day the check is made for.
    AsOf,
    Bound(usize),
    Let(usize),
    Param(usize),
}

/// A fact of a value, not of the agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The figure of money or of a quantity.
    Figure,
    /// The unit of a quantity.
    Unit,
    /// The currency of money.
    Currency,
    /// How many figures a text holds.
    Figures,
}

impl Part {
    /// The part a value of that type has under that name, and its type.
    pub(crate) fn of(ty: Type, name: &str) -> Option<(Self, Type)> {
        Some(match (ty, name) {
            (Type::Money, "amount") | (Type::Quantity, "number") => (Self::Figure, Type::Number),
            (Type::Money, "currency") => (Self::Currency, Type::Currency),
            (Type::Quantity, "unit") => (Self::Unit, Type::Text),
            (Type::Text, "numbers") => (Self::Figures, Type::Number),
            _ => return None,
        })
    }

    /// The names of the parts of a type.
    pub(crate) const fn names(ty: Type) -> &'static [&'static str] {
        match ty {
            Type::Money => &["amount", "currency"],
            Type::Quantity => &["number", "unit"],
            Type::Text => &["numbers"],
            _ => &[],
        }
    }
}

/// The names of the parts of a value of that type, which stand behind a dot.
pub(crate) const fn part_names(ty: Type) -> &'static [&'static str] {
    Part::names(ty)
}

/// The members of a list that pass a test, each in turn under a name.
#[derive(Debug, Clone)]
pub(crate) struct Each {
    pub(crate) slot: usize,
    pub(crate) list: Expr,
    pub(crate) filter: Option<Test>,
}
