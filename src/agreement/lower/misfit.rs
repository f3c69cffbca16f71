//! What is read and cannot be meant: a rate of no bands, a figure made of itself, a clock nobody set.

use thiserror::Error;

use crate::diagnostic::{Diagnostic, near_name};
use crate::source::{Span, Spanned};
use crate::value::Str;

type Name = Spanned<Str>;

/// Something that reads and does not fit what it is said of.
#[derive(Debug, Clone, Error)]
pub(super) enum Misfit {
    #[error("`{item}` cannot be {state}")]
    CannotBe { item: Name, state: String },
    #[error("`{item}` is no metric")]
    NoMetric { item: Name },
    #[error("no clock that recurs is called `{name}`")]
    UnknownCycle { name: Name, known: Vec<String> },
    #[error("`{id}` does not say what it is")]
    Unnamed { id: Name, asked: &'static str },
    #[error("`{name}` is a day, and `{word}` names a thing")]
    DayAsThing { name: Name, word: String },
    #[error("`{flag}` and `{other}` say the opposite of each other")]
    Opposite { flag: Name, other: Name },
    #[error("a grant under `exclusivity` is exclusive, and this says `{flag}`")]
    NotExclusive { flag: Name },
    #[error("what a side must not do cannot be done freely")]
    ForbiddenFreely { at: Span },
    #[error("`{name}` stands on both sides of this payment")]
    PaysItself { name: Name },
    #[error("a clause that says `{text}` says that there is none")]
    NoClause { text: Name },
    #[error("`{id}` is made of itself")]
    MadeOfItself { id: Name },
    #[error("the clocks stand in a circle: {told}")]
    ClockCircle { at: Span, told: String },
    #[error("owners joined by `or` {why}")]
    MixedOwners { at: Span, why: &'static str },
    #[error("a cell of a table of bands is {expected}, such as {example}")]
    BadBand { at: Span, expected: &'static str, example: &'static str },
    #[error("bands are named here, and no table below gives their rates")]
    NoBands { at: Span },
    #[error("the last column of a table of bands is called `rate`, not `{column}`")]
    NoRateColumn { column: Name },
    #[error("this row has {found} cells, the table {expected}")]
    RowLength { at: Span, found: usize, expected: usize },
}

impl From<Misfit> for Diagnostic {
    fn from(misfit: Misfit) -> Self {
        let message = misfit.to_string();
        let plain = |code: &'static str, at: Span| Self::error(code, message.clone(), at);
        match &misfit {
            Misfit::CannotBe { item, .. } => plain("model/cannot-be", item.span)
                .help("name an item that can: a commitment or a payment is missed, an exit ends"),
            Misfit::NoMetric { item } => plain("model/cannot-be", item.span)
                .help("name what stands under `metrics`, as in: serves metrics/pipeline"),
            Misfit::UnknownCycle { name, known } => {
                let near = near_name(&name.node, known.iter().map(String::as_str));
                let declare = format!(
                    "declare it under `dates`, as in {name}: every year from start; or quote what is counted: per \"order\""
                );
                plain("model/unknown-clock", name.span).help(declare).maybe_help(near)
            }
            Misfit::Unnamed { id, asked } => plain("model/unnamed", id.span).help(*asked),
            Misfit::DayAsThing { name, .. } => plain("model/day-as-thing", name.span)
                .help(format!("write `by {name}` for the last day, or `from {name}` for the first")),
            Misfit::Opposite { flag, other } => plain("model/opposite", flag.span)
                .also(other.span, "and this")
                .help("take one of them out"),
            Misfit::NotExclusive { flag } => plain("model/not-exclusive", flag.span).help(
                "what others may do as well is a licence under `ip`, or stands under `rights`: Northwind gives Kestrel \"resale\"",
            ),
            Misfit::ForbiddenFreely { at } => plain("model/forbidden-freely", *at)
                .help("name who may allow it: with consent of other party; or take the item out"),
            Misfit::PaysItself { name } => {
                plain("model/pays-itself", name.span).help("name the side that is paid")
            }
            Misfit::NoClause { text } => plain("model/no-clause", text.span).help(
                "take the line out: a subject that the paper leaves out has none, and rules then ask for it",
            ),
            Misfit::MadeOfItself { id } => plain("model/circle", id.span)
                .help("take it out of its own formula, or of one of the figures the formula is made of"),
            Misfit::ClockCircle { at, .. } => plain("model/clock-circle", *at)
                .help("give one of them a day, or let it count from the start or the signing"),
            Misfit::MixedOwners { at, .. } => plain("model/mixed-owners", *at)
                .help("join all owners by `and`, each with its share, or all by `or`, without shares"),
            Misfit::BadBand { at, .. } => plain("model/wrong-type", *at),
            Misfit::NoBands { at } => plain("model/no-bands", *at).help(
                "put the bands below the item:\n  | net-sales       | rate |\n  | < USD 1,000,000 | 5%   |\n  | >= USD 1,000,000 | 7%   |",
            ),
            Misfit::NoRateColumn { column } => plain("model/unknown-column", column.span)
                .help("call the last column `rate`; the ones before it are what the bands are cut from"),
            Misfit::RowLength { at, .. } => {
                plain("model/row-length", *at).help("give every row as many cells as the first")
            }
        }
    }
}
