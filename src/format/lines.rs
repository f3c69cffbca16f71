//! The lines of an agreement, each with what the tree says it is.

use std::collections::HashMap;

use crate::syntax::ast::{AgreementFile, Item, Row};

/// A line without its line break.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// Where it begins in the text.
    pub(super) start: usize,
    pub(super) text: &'t str,
    pub(super) kind: Kind<'t>,
}

/// What stands on a line.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind<'t> {
    Blank,
    /// A remark alone.
    Remark,
    /// The line that opens the file.
    Header,
    /// A line of slots below it.
    Point,
    Heading,
    /// The first line of an item.
    Opening(Placed<'t>),
    /// A line that goes on with the one above.
    More,
    Row(Placed<'t>, &'t Row),
}

/// An item and where it stands among all of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'t> {
    pub(super) item: &'t Item,
    pub(super) section: &'t str,
    pub(super) number: usize,
}

impl Line<'_> {
    /// Where what is written on it begins in the text.
    pub(super) fn first(&self) -> usize {
        self.start + self.text.len() - self.text.trim_start().len()
    }

    /// Whether nothing of the language stands on it.
    pub(super) const fn is_quiet(&self) -> bool {
        matches!(self.kind, Kind::Blank | Kind::Remark)
    }
}

/// The lines of a text that was read into this tree.
pub(super) fn lines<'t>(text: &'t str, file: &'t AgreementFile) -> Vec<Line<'t>> {
    let mut known = HashMap::new();
    let first_on_line = |at: u32| {
        let before = text.get(..at as usize).unwrap_or("");
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        start + text[start..].len() - text[start..].trim_start().len()
    };
    if let Some(header) = &file.header {
        known.insert(header.span.start as usize, Kind::Header);
    }
    let mut number = 0;
    for section in &file.sections {
        known.insert(section.heading.span.start as usize, Kind::Heading);
        for item in &section.items {
            let placed = Placed { item, section: &section.heading.node, number };
            number += 1;
            known.insert(item.id.span.start as usize, Kind::Opening(placed));
            for row in &item.rows {
                known.insert(first_on_line(row.span.start), Kind::Row(placed, row));
            }
        }
    }
    let (mut start, mut below_header) = (0, true);
    let line = |whole: &'t str| {
        let text = whole.trim_end();
        let mut line = Line { start, text, kind: Kind::Blank };
        start += whole.len();
        if text.is_empty() {
            return line;
        }
        let first = line.first();
        below_header &= !matches!(known.get(&first), Some(Kind::Heading));
        line.kind = match known.get(&first) {
            Some(kind) => *kind,
            None if text[first - line.start..].starts_with('#') => Kind::Remark,
            None if below_header => Kind::Point,
            None => Kind::More,
        };
        line
    };
    text.split_inclusive('\n').map(line).collect()
}
