//! What an agreement says of how its times are counted, and which of that decided a date.

use std::fmt;
use std::sync::Arc;

use super::workdays::Workdays;

/// Where a month that is too short for a day moves it to, as an agreement states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MonthEnds {
    /// To the last day of the month.
    Down,
    /// To the first day of the next one.
    Up,
    /// Nobody says: to one of the two.
    #[default]
    Unsaid,
}

/// How times are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conventions {
    /// How it rounds where a month is too short.
    pub month_ends: MonthEnds,
    /// The business days, or why nobody can count them.
    pub business: Result<Arc<Workdays>, Undated>,
}

impl Default for Conventions {
    /// Nothing is said.
    fn default() -> Self {
        Self { month_ends: MonthEnds::Unsaid, business: Err(Undated::NoCalendar) }
    }
}

/// A convention that decided a date: with another one it would be another day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Convention {
    /// A month was too short.
    MonthEnd(MonthEnds),
    /// Business days were counted, the first day left out.
    BusinessDays(Arc<Workdays>),
    /// The last day of a length of time lies inside it: a year from 1 April ends on 31 March.
    LastDayInside,
}

impl fmt::Display for Convention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MonthEnd(MonthEnds::Down) => f.write_str("month end rounded down"),
            Self::MonthEnd(MonthEnds::Up) => f.write_str("month end rounded up"),
            Self::MonthEnd(MonthEnds::Unsaid) => f.write_str("month end not said, one of two days"),
            Self::BusinessDays(workdays) => write!(f, "counted by {workdays} business days"),
            Self::LastDayInside => f.write_str("the last day is the day before the next begins"),
        }
    }
}

/// Why there is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undated {
    /// It is before year 1 or after year 9999.
    OutOfYears,
    /// No calendar of business days is named.
    NoCalendar,
    /// Nobody has the days of a calendar that is named.
    UnknownCalendar(Arc<str>),
    /// The count leaves the days that the calendars cover.
    NotCovered(Arc<Workdays>),
    /// No day is covered by each of the calendars.
    Apart(Arc<str>),
}

impl fmt::Display for Undated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfYears => f.write_str("it falls outside the calendar"),
            Self::NoCalendar => f.write_str("business days need a calendar of business days"),
            Self::UnknownCalendar(name) => {
                write!(f, "no calendar for {name} is known; add one in pactum.toml")
            }
            Self::NotCovered(workdays) => match workdays.covers() {
                Some((first, last)) => {
                    write!(f, "business days of {workdays} are known from {first} to {last} only")
                }
                None => write!(f, "business days of {workdays} are not known then"),
            },
            Self::Apart(titles) => {
                write!(f, "the calendars of {titles} have no day that all of them cover")
            }
        }
    }
}
