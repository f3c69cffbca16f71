//! A deal as a list has it: text in cells, each with its place; and what is told of a bad one.

use std::fmt;

use crate::value::{Currency, Date};

/// The columns a run looks for, by their names; [`fold`]ed names tell whether two are one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The names, each once.
    pub names: Vec<String>,
    /// Whether a list without the column is no list for these tables; why, where it is.
    pub needed: Vec<Option<String>>,
}

impl Wanted {
    /// The place of a column, which is added where it is new.
    pub(super) fn place(&mut self, name: &str) -> usize {
        let known = self.names.iter().position(|known| fold(known) == fold(name));
        known.unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.needed.push(None);
            self.names.len() - 1
        })
    }

    /// Says that a list must have a column.
    pub(super) fn need(&mut self, place: usize, why: &str) {
        self.needed[place].get_or_insert_with(|| why.to_owned());
    }
}

/// A name without what does not matter in it: `Deal Size` is `deal-size` is `deal_size`.
pub(super) fn fold(name: &str) -> String {
    let plain = |letter: char| if matches!(letter, '-' | '_') { ' ' } else { letter };
    let words: String = name.chars().map(plain).flat_map(char::to_lowercase).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One deal: a cell for each wanted column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// The line it begins in, from 1.
    pub line: u64,
    text: String,
    /// Where each cell ends in the text.
    ends: Vec<usize>,
    /// The column of the list each cell stands in, from 1; a list of JSON lines has none.
    pub(super) columns: Vec<Option<u32>>,
}

impl Record {
    pub(super) fn clear(&mut self, line: u64) {
        self.line = line;
        self.text.clear();
        self.ends.clear();
    }

    pub(super) fn push(&mut self, cell: &str) {
        self.text.push_str(cell.trim());
        self.ends.push(self.text.len());
    }

    /// The text of a wanted column; empty where the list has none.
    pub fn cell(&self, place: usize) -> &str {
        let end = self.ends.get(place).copied().unwrap_or_default();
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before).copied());
        self.text.get(start.unwrap_or_default()..end).unwrap_or_default()
    }

    /// The column of the list that a wanted column stands in.
    pub(super) fn column(&self, place: usize) -> Option<u32> {
        self.columns.get(place).copied().flatten()
    }
}

/// Why a deal could not be shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// Its line is no deal.
    Line,
    /// A number, a sum, a share or a day that is none.
    Value,
    /// A word that its column does not know.
    Word,
    /// A currency that is not the table's.
    Currency,
    /// Its id stands in the list already.
    Twice,
    /// It is before the start, or after the end and the tail.
    Outside,
    /// It is earlier than one that was counted.
    Order,
    /// No row takes it.
    NoRow,
    /// Two rows, or two tables, take it.
    Conflict,
    /// The agreement does not say, or could not be read.
    Open,
}

impl Fault {
    /// The word programs read.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Line => "bad-line",
            Self::Value => "bad-value",
            Self::Word => "unknown-word",
            Self::Currency => "other-currency",
            Self::Twice => "listed-twice",
            Self::Outside => "outside-the-term",
            Self::Order => "out-of-order",
            Self::NoRow => "no-row",
            Self::Conflict => "conflict",
            Self::Open => "undecided",
        }
    }
}

/// What is wrong with a deal, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// What kind of thing.
    pub fault: Fault,
    /// The line, from 1.
    pub line: u64,
    /// The column of the list: its number, where columns are numbered, and its name.
    pub column: Option<(Option<u32>, Box<str>)>,
    /// The deal's id, where it has one.
    pub deal: Option<Box<str>>,
    /// Its day, where that could be read.
    pub date: Option<Date>,
    /// What was to be shared in coins, where that could be read.
    pub base: Option<(Currency, i64)>,
    /// One line, lower case.
    pub message: Box<str>,
    /// What to do.
    pub help: Option<Box<str>>,
}

impl Slip {
    /// A slip of a whole line.
    pub(super) fn new(fault: Fault, line: u64, message: impl Into<String>) -> Self {
        let (column, deal, date, base) = (None, None, None, None);
        let message = message.into().into();
        Self { fault, line, column, deal, date, base, message, help: None }
    }

    /// Names the column.
    pub(super) fn at(mut self, record: &Record, place: usize, name: &str) -> Self {
        self.column = Some((record.column(place), name.into()));
        self
    }

    /// Says what to do.
    pub(super) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into().into());
        self
    }

    /// Says what to do, where there is something to say.
    pub(super) fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = text.map(Into::into).or(self.help);
        self
    }
}

/// `line 7, column 3 (`amount`)`
impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        match &self.column {
            Some((Some(number), name)) => write!(f, ", column {number} (`{name}`)"),
            Some((None, name)) => write!(f, ", `{name}`"),
            None => Ok(()),
        }
    }
}

/// Why a list is none, or could not be read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotDeals {
    /// One line, lower case.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl NotDeals {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    pub(super) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}
