//! The run: tables are made ready, a list is opened for them, and its deals are taken one after the
//! other. Each gives a line at once, so that a list of any length takes the same memory, but for the
//! ids of its deals (of the first four million) and the sums of its periods.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher, Hasher};

use super::cycle::{Cycle, Stretch};
use super::deal::{Fault, Record, Slip, Wanted};
use super::numbers;
use super::settle::State;
use super::shared::{Shared, Told};
use super::table::{Stand, Table};
use super::totals::Totals;
use crate::agreement::Agreement;
use crate::analysis::Derived;
use crate::diagnostic::{Diagnostic, near_name};
use crate::value::{Currency, Date};

/// How a run is made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// The last day of the agreements, where they ended otherwise than they say.
    pub ended: Option<Date>,
    /// The day up to which the list is whole; that of its last deal where nothing is said.
    pub through: Option<Date>,
    /// The periods that are summed up, where deals have days.
    pub by: Option<Cycle>,
    /// Whether somebody asked for them: then every deal needs a day.
    pub by_is_asked: bool,
}

/// Whom a run tells.
pub type Tell<'t> = &'t mut dyn FnMut(&Run, Told<'_>);

/// How many ids are kept to find one that comes twice.
const MOST_IDS: usize = 4_000_000;

/// Keys that are hashes already.
#[derive(Debug, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        // Only whole numbers come here; anything else is folded in, so that it still counts.
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Tables that take deals.
#[derive(Debug)]
pub struct Run {
    /// The tables, in the order of the agreements.
    pub tables: Vec<Table>,
    /// Every party with a column, in the order of the tables.
    pub parties: Vec<String>,
    /// The columns a list is looked through for.
    pub wanted: Wanted,
    /// What there is to say so far.
    pub totals: Totals,
    pub(super) options: Options,
    pub(super) places: Places,
    pub(super) states: Vec<State>,
    /// What could not be settled at the end of a period.
    pub(super) unsettled: Vec<String>,
    /// Periods that are not over.
    pub(super) unfinished: Vec<String>,
    seen: HashMap<u64, u64, BuildHasherDefault<Hashed>>,
    full: bool,
    /// The period of the deal before, which is that of most deals.
    period: Option<Stretch>,
    /// The first and the last day of a deal.
    pub days: Option<(Date, Date)>,
    /// A line that is filled anew for each deal.
    line: Shared,
}

/// The columns that every list may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    pub(super) deal: usize,
    pub(super) date: usize,
    pub(super) amount: usize,
    pub(super) currency: usize,
    pub(super) units: usize,
    pub(super) agreement: usize,
    pub(super) item: usize,
}

/// What is read of a deal, whatever the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Read<'r> {
    pub(super) digits: numbers::Digits,
    pub(super) currency: Option<Currency>,
    pub(super) date: Option<Date>,
    pub(super) units: i128,
    pub(super) record: &'r Record,
}

/// An agreement that takes part in a run.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// The agreement.
    pub agreement: &'a Agreement,
    /// What follows from it.
    pub derived: &'a Derived<'a>,
    /// What was told of its text: a table with an error outside its rows cannot be run.
    pub told: &'a [Diagnostic],
}

impl Run {
    /// Makes tables ready.
    pub fn new(agreements: &[Signed<'_>], options: Options) -> Self {
        let mut wanted = Wanted::default();
        let mut place = |name| wanted.place(name);
        let places = Places {
            deal: place("deal"),
            date: place("date"),
            amount: place("amount"),
            currency: place("currency"),
            units: place("units"),
            agreement: place("agreement"),
            item: place("item"),
        };
        wanted.need(places.amount, "it is what is shared");
        let (mut tables, mut parties) = (Vec::new(), Vec::new());
        for Signed { agreement, derived, told } in agreements {
            for table in &agreement.attribution.tables {
                let stand = Stand { agreement, derived, told, table };
                tables.push(Table::new(stand, options.ended, &mut wanted, &mut parties));
            }
        }
        for table in &tables {
            if let Some(why) = table.asks_day() {
                wanted.need(places.date, &why);
            }
        }
        if options.by_is_asked {
            wanted.need(places.date, "the sums are asked for by period");
        }
        let states = tables.iter().map(State::new).collect();
        Self {
            tables,
            parties,
            wanted,
            totals: Totals::default(),
            options,
            places,
            states,
            unsettled: Vec::new(),
            unfinished: Vec::new(),
            seen: HashMap::default(),
            full: false,
            period: None,
            days: None,
            line: Shared::default(),
        }
    }

    /// Takes the next deal; tells of it, and before it of what came due.
    pub fn take(&mut self, record: &Record, tell: Tell<'_>) {
        let mut line = std::mem::take(&mut self.line);
        match self.shared(record, &mut line, tell) {
            Ok(()) => {
                let period = line.date.and_then(|day| self.period_of(day));
                self.totals.add(&self.tables[line.table], &line, period);
                tell(self, Told::Shared(&line));
            }
            Err(mut slip) => {
                let id = record.cell(self.places.deal);
                slip.deal = (!id.is_empty()).then(|| id.into());
                self.miss(&slip, tell);
            }
        }
        self.line = line;
    }

    /// The period that is summed up, of a day.
    pub(super) fn period_of(&mut self, day: Date) -> Option<Stretch> {
        if self.period.is_none_or(|known| day < known.first || known.last < day) {
            self.period = self.options.by.and_then(|by| by.of(day));
        }
        self.period
    }

    /// A line of the list that is no deal.
    pub fn miss(&mut self, slip: &Slip, tell: Tell<'_>) {
        self.totals.miss(slip);
        tell(self, Told::Slip(slip));
    }

    fn shared(&mut self, record: &Record, line: &mut Shared, tell: Tell<'_>) -> Result<(), Slip> {
        let read = self.read(record)?;
        self.once(record).map_err(|slip| self.described(slip, read))?;
        let taker = self.taker(read, line).map_err(|slip| self.described(slip, read))?;
        if let Some(day) = read.date {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
            self.settle(taker.table, day, tell);
        }
        self.apply(&taker, read, line).map_err(|slip| self.described(slip, read))
    }

    /// Whether all that came due was settled.
    pub const fn is_settled(&self) -> bool {
        self.unsettled.is_empty()
    }

    /// Whether there were more ids than are kept.
    pub(super) const fn ids_full(&self) -> bool {
        self.full
    }

    /// That an id is new.
    fn once(&mut self, record: &Record) -> Result<(), Slip> {
        let id = record.cell(self.places.deal);
        if id.is_empty() {
            return Ok(());
        }
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(id);
        if let Some(line) = self.seen.get(&hash) {
            let message = format!("deal `{id}` stands in line {line} already");
            return Err(Slip::new(Fault::Twice, record.line, message)
                .at(record, self.places.deal, "deal")
                .help(
                    "give each line an id of its own; a second invoice of a deal needs one too",
                ));
        }
        if self.seen.len() < MOST_IDS {
            self.seen.insert(hash, record.line);
        } else {
            self.full = true;
        }
        Ok(())
    }

    /// Adds what is known of a deal that is not shared. Where it states no currency and the tables
    /// share in several, nobody can tell what it comes to.
    fn described(&self, mut slip: Slip, read: Read<'_>) -> Slip {
        slip.date = read.date;
        let mut own = self.tables.iter().map(|table| table.currency);
        let currency = read.currency.or_else(|| {
            let first = own.next()?;
            own.all(|other| other == first).then_some(first)
        });
        slip.base = currency.and_then(|currency| {
            let coins = read.digits.coins(super::totals::decimals(currency)).ok()?;
            Some((currency, i64::try_from(coins).ok()?))
        });
        slip
    }

    /// What every deal states.
    fn read<'r>(&self, record: &'r Record) -> Result<Read<'r>, Slip> {
        let places = self.places;
        let bad = |place: usize, fault, message: String| {
            Slip::new(fault, record.line, message).at(record, place, &self.wanted.names[place])
        };
        let text = record.cell(places.amount);
        let number = "write it as 1234.50, with a point before the cents";
        if text.is_empty() {
            return Err(bad(places.amount, Fault::Value, "no amount is stated".to_owned()));
        }
        let Some((code, digits)) = numbers::money(text) else {
            let message = format!("`{text}` is no amount");
            return Err(bad(places.amount, Fault::Value, message).help(number));
        };
        let known = |code: &str, place| {
            numbers::currency(code).ok_or_else(|| {
                let message = format!("`{code}` is no currency");
                let known = self.tables.iter().map(|table| table.currency.code());
                bad(place, Fault::Currency, message).maybe_help(near_name(code, known))
            })
        };
        let beside = code.map(|code| known(code, places.amount)).transpose()?;
        let own = Some(record.cell(places.currency)).filter(|own| !own.is_empty());
        let stated = own.map(|own| known(own, places.currency)).transpose()?;
        if let (Some(one), Some(other)) = (beside, stated)
            && one != other
        {
            let message = format!("the amount is in {one}, and the currency {other}");
            return Err(bad(places.currency, Fault::Currency, message));
        }
        let date = record.cell(places.date);
        let date = match date {
            "" => None,
            text => Some(numbers::date(text).ok_or_else(|| {
                bad(places.date, Fault::Value, format!("`{text}` is no day"))
                    .help("write it as 2026-04-01")
            })?),
        };
        let units = match record.cell(places.units) {
            "" => 1,
            text => {
                let units = numbers::Digits::of(text).and_then(|units| units.coins(0).ok());
                units.filter(|units| (1..=1_000_000_000).contains(units)).ok_or_else(|| {
                    let message = format!("`{text}` is no number of units");
                    let help = "write a whole number from 1; a refund has an amount below 0";
                    bad(places.units, Fault::Value, message).help(help)
                })?
            }
        };
        Ok(Read { digits, currency: stated.or(beside), date, units, record })
    }
}
