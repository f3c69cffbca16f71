//! When everything falls: one agreement in, its days in order out, with what has no day named apart.
//!
//! Nothing here is told apart from what the agreement says: an entry carries the conventions that
//! decided its day and the places it follows from. What recurs is listed day by day up to a horizon;
//! what hangs on an event that has no day waits for it by name; what cannot be placed is a note.

mod after;
mod build;
mod grid;
mod kind;
mod promises;
mod recurring;
mod spine;
mod steps;
#[cfg(test)]
mod tests;

use crate::agreement::Agreement;
use crate::analysis::Derived;
use crate::source::{Source, Span};
use crate::value::Date;

pub use kind::Kind;

use build::Builder;
pub use build::ordinal;

/// What falls when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The agreement's id, or the name it was asked by.
    pub agreement: String,
    /// Its title.
    pub title: Option<String>,
    /// Its version, where it is a whole number.
    pub version: Option<u32>,
    /// When it was signed or else starts, where that is one known day.
    pub dated: Option<Date>,
    /// The day it is looked at from.
    pub as_of: Option<Date>,
    /// The last day up to which what recurs is listed.
    pub until: Date,
    /// What has a day, in the order of the days.
    pub entries: Vec<Entry>,
    /// What waits for an event.
    pub waiting: Vec<Entry>,
    /// What could not be placed, and why.
    pub notes: Vec<Note>,
}

/// Something that falls on a day, in a stretch of days, or after an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The same for the same thing, however the text is laid out, ordered or reckoned from.
    pub uid: String,
    /// What it is.
    pub kind: Kind,
    /// The section it follows from.
    pub section: &'static str,
    /// The item; none for the first lines.
    pub item: Option<String>,
    /// Whom it concerns: the parties named; all of them where none is.
    pub who: Vec<String>,
    /// What happens, in a line.
    pub title: String,
    /// When.
    pub on: On,
    /// Which of several it is, where it recurs.
    pub series: Option<Series>,
    /// The conventions that decided the day.
    pub conventions: Vec<String>,
    /// The places it follows from, the one to show first.
    pub places: Vec<Span>,
}

impl Entry {
    /// `section/item`, or the section alone.
    pub fn path(&self) -> String {
        match &self.item {
            Some(item) => format!("{}/{item}", self.section),
            None => self.section.to_owned(),
        }
    }
}

/// When something falls.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum On {
    /// On that day.
    Day(Date),
    /// On some day or all days of a stretch, both ends included.
    Stretch(Date, Date),
    /// So long after an event that has no day yet.
    Waits {
        /// The event.
        event: String,
        /// How long after or before it, in words.
        when: String,
    },
}

impl On {
    /// The first and last day, where there are days.
    pub const fn days(&self) -> Option<(Date, Date)> {
        match self {
            Self::Day(day) => Some((*day, *day)),
            Self::Stretch(first, last) => Some((*first, *last)),
            Self::Waits { .. } => None,
        }
    }
}

/// Which of several an entry is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The how-manieth, from 1, counted from the first however much is listed.
    pub nth: u32,
    /// How many are listed.
    pub listed: u32,
    /// How often it comes, in words.
    pub every: String,
}

/// Something that could not be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The item or section.
    pub path: String,
    /// What is to be said of it.
    pub text: String,
    /// Where it stands.
    pub place: Option<Span>,
}

/// How a timeline is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ask<'a> {
    /// What an agreement without an id is called.
    pub name: &'a str,
    /// The day to look from.
    pub as_of: Option<Date>,
    /// The last day to list; as far as two renewals or three years where none is given.
    pub until: Option<Date>,
}

/// What falls when.
pub fn timeline(
    source: &Source,
    agreement: &Agreement,
    derived: &Derived<'_>,
    ask: Ask<'_>,
) -> Timeline {
    let mut builder = Builder::new(source, agreement, derived, ask);
    builder.opening();
    let horizon = builder.terms();
    builder.list_until(horizon);
    builder.clocks();
    builder.rights();
    builder.commitments();
    builder.payments();
    builder.enablement();
    builder.metrics();
    builder.meetings();
    builder.steps();
    builder.decisions();
    builder.endings();
    builder.after_the_end();
    builder.finish()
}
