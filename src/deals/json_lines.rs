//! A list of deals as JSON lines: an object a line, with a key for each column.

use std::collections::HashMap;
use std::fmt;
use std::io::{BufRead, Read as _};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::deal::{Fault, NotDeals, Record, Slip, Wanted, fold};
use super::read::{LONGEST, Line, broken};

/// A list as JSON lines.
#[derive(Debug)]
pub(super) struct JsonLines<R> {
    input: R,
    number: u64,
    pub(super) bytes: u64,
    line: Vec<u8>,
    wanted: usize,
    /// Where the keys that were met belong; nowhere, where nobody asks for them.
    known: HashMap<String, Option<usize>>,
    folded: HashMap<String, usize>,
}

impl<R: BufRead> JsonLines<R> {
    pub(super) fn new(input: R, wanted: &Wanted) -> Self {
        let folded = wanted.names.iter().enumerate().map(|(place, name)| (fold(name), place));
        Self {
            input,
            number: 0,
            bytes: 0,
            line: Vec::new(),
            wanted: wanted.names.len(),
            known: HashMap::new(),
            folded: folded.collect(),
        }
    }

    pub(super) fn next(
        &mut self,
        record: &mut Record,
        unasked: &mut Vec<String>,
    ) -> Result<Line, NotDeals> {
        self.line.clear();
        let read = (&mut self.input).take(LONGEST).read_until(b'\n', &mut self.line);
        let count = read.map_err(|error| broken(&error))?;
        if count == 0 {
            return Ok(Line::End);
        }
        self.number += 1;
        self.bytes += count as u64;
        if count as u64 == LONGEST && self.line.last() != Some(&b'\n') {
            let line = self.number;
            return Err(NotDeals::new(format!("line {line} of the deals is longer than 1 MiB"))
                .help("write a JSON object a line, one for each deal"));
        }
        if self.line.trim_ascii().is_empty() {
            return Ok(Line::Empty);
        }
        let number = self.number;
        let text = std::mem::take(&mut self.line);
        let line = match serde_json::from_slice::<Object<'_>>(text.trim_ascii()) {
            Ok(object) => self.deal(object, record, unasked),
            Err(error) => {
                let list = text.trim_ascii_start().starts_with(b"[");
                let found = if list { "a list" } else { "no JSON object" };
                let message = format!("{found} where one deal is expected ({})", plain(&error));
                let slip = Slip::new(Fault::Line, number, message);
                let example = "write a JSON object a line: {\"deal\": \"D-1\", \"amount\": 1250}";
                Line::Bad(slip.help(example))
            }
        };
        self.line = text;
        Ok(line)
    }

    /// Fills a record with what an object says.
    fn deal(&mut self, object: Object<'_>, record: &mut Record, unasked: &mut Vec<String>) -> Line {
        let number = self.number;
        let mut cells: Vec<Option<&RawValue>> = vec![None; self.wanted];
        for (key, value) in object.0 {
            let Some(place) = self.place(&key, unasked) else { continue };
            if cells[place].replace(value).is_some() {
                return Line::bad(number, format!("it says `{key}` twice"));
            }
        }
        record.clear(number);
        for cell in cells {
            match cell.map(RawValue::get) {
                None | Some("null") => record.push(""),
                Some("true") => record.push("yes"),
                Some("false") => record.push("no"),
                Some(text) if text.starts_with('"') => {
                    record.push(&serde_json::from_str::<String>(text).unwrap_or_default());
                }
                Some(text) if text.starts_with(['[', '{']) => {
                    return Line::bad(number, "a value in it is a list or an object");
                }
                Some(text) => record.push(text),
            }
        }
        Line::Deal
    }

    /// Where a key belongs.
    fn place(&mut self, key: &str, unasked: &mut Vec<String>) -> Option<usize> {
        if let Some(place) = self.known.get(key) {
            return *place;
        }
        let place = self.folded.get(&fold(key)).copied();
        // Keys that a list makes up anew in each line are named no further.
        if self.known.len() < 1024 {
            self.known.insert(key.to_owned(), place);
            unasked.extend(place.is_none().then(|| key.to_owned()));
        }
        place
    }
}

/// The words of an error without its place: a line is its own place.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.find(" at line").unwrap_or(text.len());
    format!("{}, column {}", &text[..end], error.column())
}

/// The keys of an object in their order, with their values as written: a number stays exact.
struct Object<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Keys)
    }
}

struct Keys;

impl<'de> Visitor<'de> for Keys {
    type Value = Object<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = Vec::new();
        while let Some(entry) = map.next_entry::<String, &RawValue>()? {
            found.push(entry);
        }
        Ok(Object(found))
    }
}
