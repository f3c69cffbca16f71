//! A timeline, as a table with a chart for people, as JSON for programs, as a calendar to subscribe to.

#[cfg(feature = "human")]
mod chart;
mod ics;
#[cfg(feature = "json")]
mod json;
#[cfg(feature = "human")]
mod table;

pub use ics::{Calendar, ics};
#[cfg(feature = "json")]
pub use json::timeline as timeline_json;
#[cfg(feature = "human")]
pub use table::{Show, table};
