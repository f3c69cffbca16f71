//! Which table takes a deal, and by which rows; what is wrong where none does.

use super::deal::{Fault, Record, Slip, fold};
use super::life::Place;
use super::lookup::Left;
use super::numbers::{self, NoCoins};
use super::run::{Read, Run};
use super::shared::Shared;
use super::slices::Cut;
use super::table::{Question, Table};
use crate::analysis::{Unit, Values};
use crate::diagnostic::near_name;
use crate::value::Str;

/// A table that takes a deal: its place, the rows in question, and the deal as it is cut.
#[derive(Debug)]
pub(super) struct Taker {
    pub(super) table: usize,
    pub(super) left: Left,
    pub(super) cut: Cut,
}

/// An id of a table, or of its agreement.
type Id = fn(&Table) -> &str;

impl Run {
    /// The table that takes a deal. Where several do, the one that prevails over all others.
    pub(super) fn taker(&self, read: Read<'_>, line: &mut Shared) -> Result<Taker, Slip> {
        let candidates = self.candidates(read)?;
        if let [only] = candidates[..] {
            return self.fits(only, read, line);
        }
        let (mut takers, mut slips): (Vec<Taker>, Vec<(usize, Slip)>) = (Vec::new(), Vec::new());
        for table in candidates {
            match self.fits(table, read, line) {
                Ok(taker) => takers.push(taker),
                Err(slip) => slips.push((table, slip)),
            }
        }
        let name = |table: usize| format!("`{}`", self.tables[table].name());
        // A table that may take it stands in the way as one that does.
        let open: Vec<usize> = slips
            .iter()
            .filter(|(_, slip)| matches!(slip.fault, Fault::Open | Fault::Conflict))
            .map(|(table, _)| *table)
            .collect();
        let rivals: Vec<usize> = takers.iter().map(|taker| taker.table).chain(open).collect();
        if rivals.is_empty() || takers.is_empty() {
            return Err(self.nobody(read, slips));
        }
        let over = |one: usize, other: usize| {
            let over = &self.tables[one].prevails_over;
            one == other || over.contains(&self.tables[other].agreement)
        };
        let first = rivals.iter().find(|one| rivals.iter().all(|other| over(**one, *other)));
        let first = first.and_then(|first| takers.iter().position(|taker| taker.table == *first));
        if let Some(first) = first {
            let taker = takers.swap_remove(first);
            // The line was filled for the last one that was looked at.
            return self.fits(taker.table, read, line);
        }
        let names: Vec<String> = rivals
            .iter()
            .map(|table| {
                let taker = takers.iter().find(|taker| taker.table == *table);
                let row = taker.and_then(|taker| self.first_row(taker));
                row.map_or_else(|| name(*table), |row| format!("{} (row `{row}`)", name(*table)))
            })
            .collect();
        let message = format!("{} both take it, and none is said to prevail", names.join(" and "));
        let slip = Slip::new(Fault::Conflict, read.record.line, message);
        Err(slip.help(
            "write `prevails over` in one of them, or name one in the column `agreement` or `item`",
        ))
    }

    fn first_row(&self, taker: &Taker) -> Option<&str> {
        let (table, reached) = (&self.tables[taker.table], self.states[taker.table].reached);
        let mut slices = Vec::new();
        table.slices(&taker.left, reached, taker.cut, &mut slices).ok()?;
        slices.first().map(|slice| table.row(slice.row))
    }

    /// The tables that a deal names; all where it names none.
    fn candidates(&self, read: Read<'_>) -> Result<Vec<usize>, Slip> {
        let record = read.record;
        let mut left: Vec<usize> = (0..self.tables.len()).collect();
        let columns: [(usize, Id); 2] = [
            (self.places.agreement, |table| &table.agreement),
            (self.places.item, |table| &table.item),
        ];
        for (place, of) in columns {
            let text = record.cell(place);
            if text.is_empty() {
                continue;
            }
            let bare = fold(text.strip_prefix("attribution/").unwrap_or(text));
            let known: Vec<&str> = left.iter().map(|table| of(&self.tables[*table])).collect();
            left.retain(|table| fold(of(&self.tables[*table])) == bare);
            if left.is_empty() {
                let column = &self.wanted.names[place];
                let near = near_name(text, known.iter().copied());
                let all = Some(format!("there is {}", known.join(", ")));
                let slip = Slip::new(
                    Fault::Word,
                    record.line,
                    format!("no {column} with a table is called `{text}`"),
                );
                return Err(slip.at(record, place, column).maybe_help(near.or(all)));
            }
        }
        Ok(left)
    }

    /// What is told of a deal that no table takes.
    fn nobody(&self, read: Read<'_>, mut slips: Vec<(usize, Slip)>) -> Slip {
        let line = read.record.line;
        if slips.len() < 2 {
            let none = || Slip::new(Fault::NoRow, line, "there is no table to take it");
            return slips.pop().map_or_else(none, |(_, slip)| slip);
        }
        let reasons: Vec<String> = slips
            .iter()
            .map(|(table, slip)| format!("`{}`: {}", self.tables[*table].name(), slip.message))
            .collect();
        let message = format!("no table takes it: {}", reasons.join("; "));
        let open = slips.iter().any(|(_, slip)| slip.fault == Fault::Open);
        Slip::new(if open { Fault::Open } else { Fault::NoRow }, line, message)
    }

    /// Whether a table takes a deal; the line then holds its slices.
    fn fits(&self, index: usize, read: Read<'_>, line: &mut Shared) -> Result<Taker, Slip> {
        let (table, state, record) = (&self.tables[index], &self.states[index], read.record);
        let slip = |fault, message: String| Slip::new(fault, record.line, message);
        let currency = read.currency.unwrap_or(table.currency);
        if currency != table.currency {
            let mine = table.currency;
            let message = format!("it is in {currency}, and `{}` shares {mine}", table.item);
            return Err(slip(Fault::Currency, message)
                .at(record, self.places.amount, "amount")
                .help("list it in the currency of the table, converted as the agreement says"));
        }
        if let Some(why) = &table.broken {
            return Err(slip(Fault::Open, format!("`{}` cannot be run: {why}", table.item)));
        }
        let coins = read.digits.coins(table.decimals).map_err(|why| {
            let text = record.cell(self.places.amount);
            let message = match why {
                NoCoins::Finer => {
                    format!("`{text}` has more decimals than {currency}, {}", table.decimals)
                }
                NoCoins::TooMuch => format!("`{text}` is too much to be shared exactly"),
            };
            slip(Fault::Value, message).at(record, self.places.amount, "amount")
        })?;
        (line.tail, line.renewed) = (false, false);
        self.in_time(table, read, line)?;
        if let (Some(day), Some(last)) = (read.date, state.last)
            && table.remembers()
            && day < last
        {
            let message = format!("{day} comes after {last}, and `{}` counts up", table.item);
            return Err(slip(Fault::Order, message)
                .at(record, self.places.date, "date")
                .help("sort the list by date"));
        }
        let mut left = table.lookup.all();
        for (column, question) in table.questions.iter().enumerate() {
            if let Some(place) = question.place.filter(|_| question.asked) {
                let atom = answer(table, column, question, record, place)?;
                table.lookup.keep(&mut left, column, atom);
            }
        }
        let counts = table.running().is_some_and(|total| total.counts);
        line.one_unit = counts && record.cell(self.places.units).is_empty();
        let cut = Cut { coins, units: read.units };
        // What was reached counts no further where a new period begins.
        let reached = match (state.stretch, read.date) {
            (Some(stretch), Some(day)) if day > stretch.last => 0,
            _ => state.reached,
        };
        let done = table.slices(&left, reached, cut, &mut line.slices);
        done.map_err(|(fault, message)| {
            let told = told(table, record);
            let told = if told.is_empty() { message } else { format!("{message}: {told}") };
            slip(fault, told)
        })?;
        Ok(Taker { table: index, left, cut })
    }

    /// Whether a deal is in the life of a table.
    fn in_time(&self, table: &Table, read: Read<'_>, line: &mut Shared) -> Result<(), Slip> {
        let record = read.record;
        let bad = |fault, message: String| {
            Slip::new(fault, record.line, message).at(record, self.places.date, "date")
        };
        let Some(day) = read.date else {
            return match table.asks_day() {
                Some(why) => Err(bad(Fault::Value, format!("no day is stated, and {why}"))
                    .help("write it as 2026-04-01")),
                None => Ok(()),
            };
        };
        match table.life.place(day) {
            Place::Inside => {}
            Place::Renewed => line.renewed = true,
            Place::Tail => line.tail = true,
            Place::Outside(why) => return Err(bad(Fault::Outside, why)),
            Place::Untold(why) => return Err(bad(Fault::Open, why)),
        }
        Ok(())
    }
}

/// The atom of what a deal says in a column of a table, where it says something.
pub(super) fn atom(table: &Table, column: usize, record: &Record) -> Option<usize> {
    let question = &table.questions[column];
    let place = question.place.filter(|_| question.asked)?;
    answer(table, column, question, record, place).ok()
}

/// `sourced Kestrel, deal size 40000`: what a deal says to the questions of a table.
pub(super) fn told(table: &Table, record: &Record) -> String {
    let asked = table.questions.iter().filter(|question| question.asked);
    let said = asked.filter_map(|question| {
        let text = record.cell(question.place?);
        let text = if text.is_empty() { "not stated" } else { text };
        Some(format!("{} {text}", question.name))
    });
    said.collect::<Vec<_>>().join(", ")
}

/// The atom of what a deal says in a column.
fn answer(
    table: &Table,
    column: usize,
    question: &Question,
    record: &Record,
    place: usize,
) -> Result<usize, Slip> {
    let text = record.cell(place);
    if text.is_empty() {
        return Ok(table.lookup.unsaid(column));
    }
    let bad = |fault, message: String| {
        Slip::new(fault, record.line, message).at(record, place, &question.name)
    };
    let unit = match &table.grid.columns[column].values {
        Values::Of(unit) => *unit,
        Values::Closed(words) | Values::Open(words) => {
            return table.lookup.word(column, text).ok_or_else(|| {
                let near = near_name(text, words.iter().map(Str::as_str));
                let all = format!("it is one of {}", words.join(", "));
                let message = format!("`{}` cannot be `{text}`", question.name);
                bad(Fault::Word, message).help(near.unwrap_or(all))
            });
        }
        Values::Mixed => return Ok(table.lookup.unsaid(column)),
    };
    let (found, kind, shape) = match unit {
        Unit::Money(currency) => match numbers::money(text) {
            Some((Some(code), _)) if numbers::currency(code) != Some(currency) => {
                let message = format!("`{text}` is not in {currency}");
                return Err(bad(Fault::Currency, message));
            }
            found => (found.and_then(|(_, digits)| digits.number()), "a sum", "1234.50"),
        },
        Unit::Percent => (numbers::percent(text), "a share", "12.5%"),
        Unit::Plain => {
            (numbers::Digits::of(text).and_then(numbers::Digits::number), "a number", "1234.5")
        }
        Unit::Day => (numbers::date(text).map(|day| day.number().into()), "a day", "2026-04-01"),
    };
    let value = found.ok_or_else(|| {
        let message = format!("`{text}` is not {kind}");
        bad(Fault::Value, message).help(format!("write it as {shape}"))
    })?;
    Ok(table.lookup.value(column, value))
}
