//! What is gathered from every section: open places, words, times, sums and names.

use super::{Leaf, Text};
use crate::source::Spanned;
use crate::value::{Currency, Hole, Money, Period, Str};

/// A place left open.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenPlace {
    /// The item; the header where there is none.
    pub section: &'static str,
    /// Its id.
    pub item: Str,
    /// What is left open.
    pub field: &'static str,
    /// How.
    pub hole: Spanned<Hole>,
}

/// Quoted words.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The section.
    pub section: &'static str,
    /// The item.
    pub item: Str,
    /// The words.
    pub text: Text,
}

/// A length of time, wherever it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Time {
    /// The section.
    pub section: &'static str,
    /// The id of the item.
    pub item: Text,
    /// What it is for: `notice`, `cure`, `term`, ..., `other`
    pub role: &'static str,
    /// How long.
    pub length: Leaf<Period>,
}

/// A sum of money, or a currency that figures are counted in.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    /// The section.
    pub section: &'static str,
    /// The id of the item.
    pub item: Text,
    /// The currency.
    pub currency: Spanned<Currency>,
    /// How much, where it is a sum.
    pub value: Option<Spanned<Money>>,
}

/// A name, word or reference outside quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The section.
    pub section: &'static str,
    /// The id of the item.
    pub item: Str,
    /// As written.
    pub name: Str,
}
