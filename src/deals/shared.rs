//! A line of the result: a deal as it was shared, or what corrects earlier ones at the end of a period.

use super::cycle::Stretch;
use super::limits::Limited;
use super::slices::Slice;
use crate::value::Date;

/// A deal as it was shared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// The line of the list; nothing for a line that corrects others.
    pub line: u64,
    /// The deal's id, where it has one.
    pub deal: String,
    /// Its day.
    pub date: Option<Date>,
    /// The place of the table among those of the run.
    pub table: usize,
    /// What is shared, in coins: the parts sum to it.
    pub base: i128,
    /// The slices it is cut into, each with its row.
    pub slices: Vec<Slice>,
    /// What each party of the table gets, in coins.
    pub parts: Vec<i128>,
    /// The limits that changed a part, in the order they did.
    pub limited: Vec<Limited>,
    /// What the running total came to before it, and after it.
    pub reached: Option<(i128, i128)>,
    /// Whether it is shared because of the tail.
    pub tail: bool,
    /// Whether it is after the first term of an agreement that is taken to have been renewed.
    pub renewed: bool,
    /// Whether it counts as one unit because it does not say how many.
    pub one_unit: bool,
    /// What it corrects, where it is no deal.
    pub true_up: Option<TrueUp>,
}

/// What a line corrects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrueUp {
    /// The period; none where all deals are one.
    pub period: Option<Stretch>,
    /// Why.
    pub why: String,
}

/// What a run tells, line after line.
#[derive(Debug, Clone, Copy)]
pub enum Told<'a> {
    /// A deal that was shared, or a correction.
    Shared(&'a Shared),
    /// A deal that was not.
    Slip(&'a super::deal::Slip),
}
