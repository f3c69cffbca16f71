//! What is carried from one period into the next: more than was due, or less.

use super::Trouble;
use crate::agreement::Carry;
use crate::value::Number;

/// What is carried over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// What was done above what was due: it counts later.
    Surplus,
    /// What was done too little: it is due later on top.
    Shortfall,
}

/// For how long it is carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasting {
    /// Into the next period only: what was carried in is never carried on.
    NextOnly,
    /// From period to period until it is used up.
    UntilUsed,
}

/// One period: what is due in it, and what is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// What is due of its own.
    pub due: Number,
    /// What was done.
    pub done: Number,
}

impl Carried {
    /// What an item carries, and for how long: `carry surplus to next contract year only`. Nothing
    /// for `carry none`. A credit and what is unspent are surpluses. `to next contract year` without
    /// `only` does not say whether it goes on from there.
    pub fn of(carry: &Carry) -> Result<Option<(Self, Lasting)>, Trouble> {
        let what = match carry.what.node {
            "none" => return Ok(None),
            "shortfall" => Self::Shortfall,
            _ => Self::Surplus,
        };
        let text = &carry.text.node;
        if text.ends_with(" only") {
            Ok(Some((what, Lasting::NextOnly)))
        } else if text.ends_with("until used") {
            Ok(Some((what, Lasting::UntilUsed)))
        } else {
            Err(Trouble::Unsaid { what: "whether what is carried over is carried on" })
        }
    }
}

/// How a period comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// What came from the period before.
    pub carried_in: Number,
    /// What of a surplus carried in was needed here.
    pub used: Number,
    /// What is missing of all that is due, a shortfall carried in among it.
    pub missing: Number,
    /// What goes into the next period.
    pub carried_out: Number,
}

/// Settles periods one after the other.
///
/// A surplus carried in is used where the period's own does not reach; a shortfall carried in is
/// made good before what is due anew.
pub fn carry(
    periods: &[Stretch],
    what: Carried,
    lasting: Lasting,
) -> Result<Vec<Settled>, Trouble> {
    let mut carried = Number::ZERO;
    let mut settled = Vec::with_capacity(periods.len());
    for period in periods {
        let one = match what {
            Carried::Surplus => with_surplus(*period, carried, lasting),
            Carried::Shortfall => with_shortfall(*period, carried, lasting),
        };
        let one = one.ok_or(Trouble::TooLarge)?;
        carried = one.carried_out;
        settled.push(one);
    }
    Ok(settled)
}

fn with_surplus(period: Stretch, carried_in: Number, lasting: Lasting) -> Option<Settled> {
    let short = above(period.due, period.done)?;
    let used = short.min(carried_in);
    let own = above(period.done, period.due)?;
    let kept = match lasting {
        Lasting::NextOnly => Number::ZERO,
        Lasting::UntilUsed => carried_in.checked_sub(used)?,
    };
    let missing = short.checked_sub(used)?;
    Some(Settled { carried_in, used, missing, carried_out: own.checked_add(kept)? })
}

fn with_shortfall(period: Stretch, carried_in: Number, lasting: Lasting) -> Option<Settled> {
    let missing = above(period.due.checked_add(carried_in)?, period.done)?;
    let carried_out = match lasting {
        // What was carried in is made good first, so what is missing beyond it is the period's own.
        Lasting::NextOnly => missing.min(period.due),
        Lasting::UntilUsed => missing,
    };
    Some(Settled { carried_in, used: Number::ZERO, missing, carried_out })
}

/// What one exceeds the other by; nothing where it does not.
fn above(one: Number, other: Number) -> Option<Number> {
    Some(one.checked_sub(other)?.max(Number::ZERO))
}
