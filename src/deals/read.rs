//! A list of deals, read one after the other: CSV with a head, or JSON lines. In goes anything that
//! can be read; out come [`Record`]s with a cell for each wanted column, and a [`Slip`] for each line
//! that is none. What is no list of deals at all is told before the first.

use std::io::{self, BufRead};

use super::deal::{Fault, NotDeals, Record, Slip, Wanted};
use super::json_lines::JsonLines;
use super::sheet::Sheet;

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// A head, and a line a deal.
    Csv,
    /// A JSON object a line.
    JsonLines,
}

/// The longest a deal may be, in bytes: past it a quote was not closed.
pub(super) const LONGEST: u64 = 1 << 20;

/// A list of deals.
#[derive(Debug)]
pub struct Deals<R> {
    list: List<R>,
    wanted: Wanted,
    columns: Vec<Option<u32>>,
    /// Columns of the list that no table asks for.
    pub unasked: Vec<String>,
    /// Lines with nothing in them.
    pub empty: u64,
    read: u64,
}

#[derive(Debug)]
enum List<R> {
    Csv(Box<Sheet<R>>),
    JsonLines(JsonLines<R>),
}

impl<R: BufRead> Deals<R> {
    /// Opens a list.
    pub fn open(mut input: R, written: Written, wanted: &Wanted) -> Result<Self, NotDeals> {
        text_begins(&mut input)?;
        let (list, unasked) = match written {
            Written::Csv => {
                let (sheet, unasked) = Sheet::open(input, wanted)?;
                (List::Csv(Box::new(sheet)), unasked)
            }
            Written::JsonLines => (List::JsonLines(JsonLines::new(input, wanted)), Vec::new()),
        };
        let columns = match &list {
            List::Csv(sheet) => sheet.columns(),
            List::JsonLines(_) => vec![None; wanted.names.len()],
        };
        Ok(Self { list, wanted: wanted.clone(), columns, unasked, empty: 0, read: 0 })
    }

    /// How many bytes were read.
    pub fn bytes(&self) -> u64 {
        match &self.list {
            List::Csv(sheet) => sheet.bytes(),
            List::JsonLines(lines) => lines.bytes,
        }
    }

    /// The next deal, or what is wrong with its line; `Ok(None)` at the end.
    pub fn next(&mut self, record: &mut Record) -> Result<Option<Result<(), Slip>>, NotDeals> {
        if record.columns != self.columns {
            record.columns.clone_from(&self.columns);
        }
        loop {
            let found = match &mut self.list {
                List::Csv(sheet) => sheet.next(record, &self.wanted)?,
                List::JsonLines(lines) => lines.next(record, &mut self.unasked)?,
            };
            match found {
                Line::End => return Ok(None),
                Line::Empty => self.empty += 1,
                Line::Deal => {
                    self.read += 1;
                    return Ok(Some(Ok(())));
                }
                Line::Bad(slip) => {
                    // A first line that is no deal: the whole is none.
                    if self.read == 0 && matches!(self.list, List::JsonLines(_)) {
                        let place = format!("{slip}: {}", slip.message);
                        let told = NotDeals::new(format!("this is no list of deals: {place}"));
                        return Err(NotDeals { help: slip.help.map(String::from), ..told });
                    }
                    self.read += 1;
                    return Ok(Some(Err(slip)));
                }
            }
        }
    }
}

/// What a line came to.
pub(super) enum Line {
    Deal,
    Empty,
    Bad(Slip),
    End,
}

impl Line {
    pub(super) fn bad(line: u64, message: impl Into<String>) -> Self {
        Self::Bad(Slip::new(Fault::Line, line, message))
    }
}

/// Passes a byte order mark, and tells what is certainly no text.
fn text_begins(input: &mut impl BufRead) -> Result<(), NotDeals> {
    let start = input.fill_buf().map_err(|error| broken(&error))?;
    if start.starts_with(&[0xef, 0xbb, 0xbf]) {
        input.consume(3);
        return Ok(());
    }
    if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) {
        return Err(NotDeals::new("the list of deals is UTF-16 text, not UTF-8")
            .help("save it as CSV with the encoding UTF-8"));
    }
    if start.starts_with(b"PK\x03\x04") {
        return Err(NotDeals::new("the list of deals is a workbook or another archive, not text")
            .help("save the sheet as CSV with the encoding UTF-8"));
    }
    if start.iter().take(128).any(|byte| *byte == 0) {
        return Err(NotDeals::new("the list of deals is not text: it holds NUL characters")
            .help("save it as CSV with the encoding UTF-8"));
    }
    Ok(())
}

/// A list whose reading broke off.
pub(super) fn broken(error: &io::Error) -> NotDeals {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default().to_lowercase();
    NotDeals::new(format!("the list of deals could not be read to its end: {text}"))
}
