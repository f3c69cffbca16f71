//! Text of an agreement or a policy in, the same text tidied out.
//!
//! Only blanks, line breaks and the order of slots change: words, numbers, quotes and remarks stay as
//! they were written, and what was agreed stays equal. Whether it did is checked every time.

mod agreement;
mod between;
mod example;
mod fill;
mod item;
mod layout;
mod lines;
#[cfg(feature = "markdown")]
mod markdown;
mod policy;
mod same;
mod table;
mod words;

#[cfg(test)]
mod tests;

use std::fmt;

pub use agreement::format_agreement;
pub use policy::format_policy;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Columns that lines keep to, where quoted words let them.
pub const COLUMNS: usize = 100;

/// The line breaks of a text: those of Windows, if most of its lines end so.
fn endings(text: &str) -> &'static str {
    let (all, windows) = (text.matches('\n').count(), text.matches("\r\n").count());
    if windows * 2 > all { "\r\n" } else { "\n" }
}

/// Lines as one text, with one line break at its end.
fn joined(lines: &[String], ending: &str) -> String {
    lines.iter().flat_map(|line| [line, ending]).collect()
}

/// Says that what was laid out is not what was read: a fault of ours, so nothing may be written.
fn changed(what: impl fmt::Display) -> Vec<Diagnostic> {
    let message = format!("internal error: tidying would have changed {what}");
    let help = "this is a fault of pactum, not of the text: please report it. \
                The text was left as it is";
    vec![Diagnostic::error("format/changed", message, Span::new(0, 0)).help(help)]
}
