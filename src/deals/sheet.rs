//! A list of deals as CSV: a head that names the columns, and a line a deal.
//!
//! The lines are ours, so that each deal knows its own; what a line means is the reader's of the csv
//! project.

use std::collections::HashMap;
use std::io::{BufRead, Read as _};
use std::str;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::deal::{NotDeals, Record, Wanted, fold};
use super::read::{LONGEST, Line, broken};
use crate::diagnostic::near_name;

/// A list as CSV.
#[derive(Debug)]
pub(super) struct Sheet<R> {
    rows: Rows<R>,
    /// How many columns the head has.
    wide: usize,
    /// The column each wanted one stands in.
    places: Vec<Option<usize>>,
}

impl<R: BufRead> Sheet<R> {
    /// Reads the head; beside the list, the columns nobody asks for.
    pub(super) fn open(input: R, wanted: &Wanted) -> Result<(Self, Vec<String>), NotDeals> {
        let mut rows = Rows::new(input);
        let mut found = rows.next(wanted)?;
        while matches!(found, Row::Empty) {
            found = rows.next(wanted)?;
        }
        if matches!(found, Row::End) {
            return Err(NotDeals::new("the list of deals is empty").help(head_line(wanted)));
        }
        let names: Option<Vec<&str>> = rows.cells().map(|cell| str::from_utf8(cell).ok()).collect();
        let Some(names) = names else {
            return Err(NotDeals::new("the head of the list of deals is not UTF-8 text")
                .help("save it as CSV with the encoding UTF-8"));
        };
        let (places, unasked) = matched(&names, wanted)?;
        let wide = names.len();
        Ok((Self { rows, wide, places }, unasked))
    }

    /// The column a wanted one stands in, from 1.
    pub(super) fn columns(&self) -> Vec<Option<u32>> {
        let number = |place: &Option<usize>| u32::try_from((*place)? + 1).ok();
        self.places.iter().map(number).collect()
    }

    pub(super) const fn bytes(&self) -> u64 {
        self.rows.bytes
    }

    pub(super) fn next(&mut self, record: &mut Record, wanted: &Wanted) -> Result<Line, NotDeals> {
        let line = match self.rows.next(wanted)? {
            Row::End => return Ok(Line::End),
            Row::Empty => return Ok(Line::Empty),
            Row::At(line) => line,
        };
        if self.rows.cells().all(<[u8]>::is_empty) {
            return Ok(Line::Empty);
        }
        let found = self.rows.count;
        if found != self.wide {
            let wide = self.wide;
            return Ok(Line::bad(line, format!("it has {found} cells, and the head {wide}")));
        }
        record.clear(line);
        for place in &self.places {
            let cell = place.map(|place| self.rows.cell(place)).unwrap_or_default();
            let Ok(cell) = str::from_utf8(cell) else {
                return Ok(Line::bad(line, "it is not UTF-8 text"));
            };
            record.push(cell);
        }
        Ok(Line::Deal)
    }
}

/// Rows of cells.
struct Rows<R> {
    input: R,
    reader: Reader,
    /// The line that is being read, and how much of it was.
    line: Vec<u8>,
    at: usize,
    number: u64,
    bytes: u64,
    /// The cells of the row one after the other, where each ends, and how many there are.
    text: Vec<u8>,
    ends: Vec<usize>,
    count: usize,
}

enum Row {
    /// It begins in this line.
    At(u64),
    Empty,
    End,
}

impl<R> std::fmt::Debug for Rows<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows").field("line", &self.number).finish_non_exhaustive()
    }
}

impl<R: BufRead> Rows<R> {
    fn new(input: R) -> Self {
        Self {
            input,
            reader: Reader::new(),
            line: Vec::new(),
            at: 0,
            number: 0,
            bytes: 0,
            text: vec![0; 1 << 10],
            ends: vec![0; 32],
            count: 0,
        }
    }

    fn cell(&self, place: usize) -> &[u8] {
        let start = if place == 0 { 0 } else { self.ends[place - 1] };
        &self.text[start..self.ends[place]]
    }

    fn cells(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.count).map(|place| self.cell(place))
    }

    /// Reads the next line; whether there was one.
    fn more(&mut self) -> Result<bool, NotDeals> {
        // A line that ended in a carriage return alone has another behind it.
        if self.at < self.line.len() && self.line[self.at..] != *b"\n" {
            self.number += 1;
            return Ok(true);
        }
        self.line.clear();
        self.at = 0;
        let read = (&mut self.input).take(LONGEST).read_until(b'\n', &mut self.line);
        if read.map_err(|error| broken(&error))? == 0 {
            return Ok(false);
        }
        self.number += 1;
        self.bytes += self.line.len() as u64;
        if self.line.last() != Some(&b'\n') {
            self.line.push(b'\n');
        }
        if self.line.contains(&0) {
            let line = self.number;
            return Err(NotDeals::new(format!("the list of deals holds a NUL in line {line}"))
                .help("save it as CSV with the encoding UTF-8"));
        }
        Ok(true)
    }

    fn next(&mut self, wanted: &Wanted) -> Result<Row, NotDeals> {
        if !self.more()? {
            return Ok(Row::End);
        }
        let start = self.number;
        if self.count == 0 {
            self.reader = ReaderBuilder::new().delimiter(separator(&self.line, wanted)).build();
        }
        if self.line[self.at..].trim_ascii().is_empty() {
            self.at = self.line.len();
            return Ok(Row::Empty);
        }
        let (mut written, mut ended) = (0, 0);
        loop {
            let (result, read, wrote, ends) = self.reader.read_record(
                &self.line[self.at..],
                &mut self.text[written..],
                &mut self.ends[ended..],
            );
            self.at += read;
            written += wrote;
            ended += ends;
            match result {
                ReadRecordResult::Record => {
                    self.count = ended;
                    return Ok(Row::At(start));
                }
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty | ReadRecordResult::End => {
                    if written as u64 > LONGEST || !self.more()? {
                        return Err(NotDeals::new(format!(
                            "the list of deals breaks off: a quote opened in line {start} is not closed"
                        ))
                        .help("close it or take it out; only the deals before it were read"));
                    }
                }
            }
        }
    }
}

/// What separates the cells: a comma, unless the head names wanted columns only with another.
fn separator(head: &[u8], wanted: &Wanted) -> u8 {
    let head = String::from_utf8_lossy(head);
    let known = |mark: &u8| {
        let names = head.split(char::from(*mark)).map(|name| fold(name.trim_matches(['"', '\n'])));
        names.filter(|name| wanted.names.iter().any(|known| fold(known) == *name)).count()
    };
    [b'\t', b';', b','].into_iter().max_by_key(known).unwrap_or(b',')
}

type Places = Vec<Option<usize>>;

/// The column each wanted one stands in, and the names nobody asks for.
fn matched(names: &[&str], wanted: &Wanted) -> Result<(Places, Vec<String>), NotDeals> {
    let mut known: HashMap<String, usize> = HashMap::new();
    for (index, name) in names.iter().enumerate() {
        let folded = fold(name);
        if !folded.is_empty() && known.insert(folded, index).is_some() {
            let name = name.trim();
            let message = format!("two columns of the list of deals are called `{name}`");
            return Err(NotDeals::new(message).help("give each its own name"));
        }
    }
    let places: Places = wanted.names.iter().map(|name| known.get(&fold(name)).copied()).collect();
    let unasked: Vec<String> = (0..names.len())
        .filter(|index| !places.contains(&Some(*index)))
        .map(|index| names[index].trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect();
    for ((name, why), place) in wanted.names.iter().zip(&wanted.needed).zip(&places) {
        let (Some(why), None) = (why, place) else { continue };
        let near = near_name(name, unasked.iter().map(String::as_str));
        let message = format!("the list of deals has no column `{name}`: {why}");
        return Err(NotDeals::new(message).help(near.unwrap_or_else(|| head_line(wanted))));
    }
    Ok((places, unasked))
}

/// What the head should read.
fn head_line(wanted: &Wanted) -> String {
    let needed = wanted.names.iter().zip(&wanted.needed).filter(|(_, why)| why.is_some());
    let names: Vec<&str> = needed.map(|(name, _)| name.as_str()).collect();
    format!("its first line names the columns: deal,{}", names.join(","))
}
