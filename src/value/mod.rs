//! The values an agreement speaks in: money, percent, periods, dates, quantities and holes.
//!
//! No syntax and no I/O. Constructors cannot be wrong, `Display` prints exactly the language's own
//! spelling, and a comparison that only the calendar or a rate could decide answers `None`.

mod calendar;
mod calendars;
mod convention;
mod date;
mod given;
mod hole;
mod mention;
mod money;
mod number;
mod order;
mod percent;
mod period;
mod place;
mod quantity;
mod spelled;
mod workdays;

pub use calendar::{Calendar, CalendarSlip};
pub use calendars::Calendars;
pub use convention::{Convention, Conventions, MonthEnds, Undated};
pub use date::{Date, When};
pub use given::Given;
pub use hole::{Hole, HoleKind, LeftOpen};
pub use mention::mention;
pub use money::{Currency, Money};
pub(crate) use number::spelled;
pub use number::{Number, grouped, parse_number};
pub use order::{Comparison, Orderings};
pub use percent::Percent;
pub use period::{Period, Unit};
pub use place::Place;
pub use quantity::{Measure, Quantity};
pub use spelled::Spelled;
pub use workdays::Workdays;

/// A text as an agreement holds it: cloned at no cost, and a short one, as most are, takes no memory
/// beside its place.
pub type Str = smol_str::SmolStr;
