//! What a table of shares states besides its rows: its running total, what a side gets at least or
//! at most, and which agreements it goes before.

use super::{Leaf, Tag, Text};
use crate::source::{At, Spanned};
use crate::value::{Money, Period};

/// `banded marginal by total per contract year`: the column of the table that holds a running total.
///
/// Bounds of money are bounds of the base shared so far; plain numbers are bounds of how many deals,
/// or units of deals, were shared so far. What the total of a deal's cell is compared with is the
/// [`SharedBands::semantics`]' matter.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedBands {
    /// Where it is said.
    pub span: At,
    /// `marginal`, `whole`, `per unit`; not every paper says.
    pub semantics: Option<Text>,
    /// The column, spelled as in the head of the table; as written where the table has none of that
    /// name, which is an error of the model.
    pub column: Text,
    /// When the total starts anew; it runs from the start to the end where that is not said.
    pub anew: Option<Cycle>,
}

/// A stretch of time that follows on itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Cycle {
    /// How long it is.
    pub length: Leaf<Period>,
    /// Its name as written: `contract year`, `quarter`, `12 months`, or a clock of `dates`. The word
    /// says from when it is counted; a bare `year` is what `year` of the first lines says.
    pub name: Text,
}

/// `at most EUR 40,000 to Kestrel per contract year`
#[derive(Debug, Clone, PartialEq)]
pub struct ShareLimit {
    /// The table's item.
    pub tag: Tag,
    /// Where it stands.
    pub span: At,
    /// Whether it is a least; a most where not.
    pub least: bool,
    /// How much. Its currency may be another than the table's: the rules tell, and nobody converts.
    pub amount: Leaf<Money>,
    /// Whose, by its place in [`Agreement::parties`](super::Agreement::parties).
    pub party: Spanned<usize>,
    /// Of what.
    pub per: LimitOf,
}

/// Of what a limit of shares is a limit.
#[derive(Debug, Clone, PartialEq)]
pub enum LimitOf {
    /// `per deal`
    Deal(At),
    /// `per contract year`
    Cycle(Cycle),
    /// Of all that is ever shared: a most without `per`.
    All,
}

impl LimitOf {
    /// `deal`, a period by its name, or `all`.
    pub fn name(&self) -> &str {
        match self {
            Self::Deal(_) => "deal",
            Self::Cycle(cycle) => &cycle.name.node,
            Self::All => "all",
        }
    }
}

impl ShareLimit {
    /// `at most EUR 40,000`
    pub fn amount_word(&self) -> String {
        let word = if self.least { "at least" } else { "at most" };
        match self.amount.node.value() {
            Some(money) => format!("{word} {money}"),
            None => word.to_owned(),
        }
    }
}
