//! A run of deals as text: a line a deal as CSV or JSON, or a page for people.

mod csv;
#[cfg(feature = "human")]
mod human;
mod json;
#[cfg(feature = "human")]
mod sheet;

use std::fmt::Write as _;

use crate::deals::{Run, Shared, Slip};

use super::run::many;

pub use csv::{csv_head, csv_line};
#[cfg(feature = "human")]
pub use human::People;
pub use json::{json_line, json_summary};

/// What a list was, beside its deals.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// Its name.
    pub name: String,
    /// Columns that no table asks for.
    pub unasked: Vec<String>,
    /// Lines with nothing in them.
    pub empty: u64,
    /// What a reader should know besides: tables that are not proved, a list that broke off.
    pub notes: Vec<String>,
}

impl List {
    /// All that a reader should know of a run.
    pub fn notes(&self, run: &Run) -> Vec<String> {
        let mut notes = self.notes.clone();
        notes.extend(run.notes());
        if !self.unasked.is_empty() {
            let names: Vec<String> =
                self.unasked.iter().take(12).map(|name| format!("`{name}`")).collect();
            let more = self.unasked.len().saturating_sub(12);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            notes.push(format!("no table asks for {}{more}", names.join(", ")));
        }
        if self.empty > 0 {
            let lines = many(usize::try_from(self.empty).unwrap_or(usize::MAX), "empty line");
            notes.push(format!("{lines} left out"));
        }
        notes
    }
}

/// The rows of a line: `r1`, or `r1+r2` of a deal that was cut.
fn rows(run: &Run, line: &Shared) -> String {
    let table = &run.tables[line.table];
    let mut text = String::new();
    for (index, slice) in line.slices.iter().enumerate() {
        if index > 0 {
            text.push('+');
        }
        text.push_str(table.row(slice.row));
    }
    text
}

/// What is to be said beside a line.
fn note(run: &Run, line: &Shared) -> String {
    let mut notes = Vec::new();
    if let Some(true_up) = &line.true_up {
        let period = true_up.period.map(|it| format!(" of {it}")).unwrap_or_default();
        notes.push(format!("correction{period}: {}", true_up.why));
    }
    if line.tail {
        notes.push("in the tail".to_owned());
    }
    if line.renewed {
        notes.push("after the first term".to_owned());
    }
    for limited in &line.limited {
        let name = &run.tables[line.table].parties[limited.party].0;
        notes.push(format!("{} of {name}", if limited.least { "least" } else { "most" }));
    }
    notes.join("; ")
}

/// What is wrong with a deal, in one line: its column, what, and what to do.
fn slip_text(slip: &Slip) -> String {
    let mut text = String::new();
    if let Some((number, name)) = &slip.column {
        // Writing to a string cannot fail.
        let _ = match number {
            Some(number) => write!(text, "column {number} (`{name}`): "),
            None => write!(text, "`{name}`: "),
        };
    }
    text.push_str(&slip.message);
    if let Some(help) = &slip.help {
        text.push_str("; ");
        text.push_str(help);
    }
    text
}

/// `1 deal`, `1,000,000 deals`
fn deals(count: u64) -> String {
    let number = crate::value::grouped(count.into());
    format!("{number} deal{}", if count == 1 { "" } else { "s" })
}
