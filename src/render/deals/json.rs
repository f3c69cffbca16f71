//! A run as JSON lines: an object a deal, and one at the end that sums up. Sums are text, so that no
//! reader makes them binary fractions.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::{List, note};
use crate::deals::{Run, Shared, Slice, Steps, Sum, Table, Told, coins_text};
use crate::value::{Date, Spelled};

#[derive(Serialize)]
struct LineJson<'a> {
    kind: &'static str,
    line: Option<u64>,
    deal: Option<&'a str>,
    date: Option<Day>,
    agreement: &'a str,
    item: &'a str,
    currency: &'static str,
    base: Coins,
    rows: Slices<'a>,
    parts: Parts<'a>,
    note: Option<String>,
    trace: Trace<'a>,
}

/// Coins as text.
struct Coins(i128, u32);

impl Serialize for Coins {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(Spelled::plain(self.0, self.1).text())
    }
}

/// A day as text.
struct Day(Date);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(Spelled::day(self.0).text())
    }
}

#[derive(Serialize)]
struct SliceJson<'a> {
    row: &'a str,
    base: Coins,
}

struct Slices<'a>(&'a Table, &'a [Slice]);

impl Serialize for Slices<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(table, slices) = self;
        to.collect_seq(slices.iter().map(|slice| SliceJson {
            row: table.row(slice.row),
            base: Coins(slice.base, table.decimals),
        }))
    }
}

/// What each party gets, in the order of their names.
struct Parts<'a>(&'a Table, &'a [i128]);

impl Serialize for Parts<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(table, parts) = self;
        to.collect_map(table.by_name().map(|at| {
            let part = parts.get(at).copied().unwrap_or_default();
            (&*table.parties[at].0, Coins(part, table.decimals))
        }))
    }
}

struct Trace<'a>(&'a Steps);

impl Serialize for Trace<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter())
    }
}

#[derive(Serialize)]
struct SlipJson<'a> {
    kind: &'static str,
    line: u64,
    column: Option<u32>,
    name: Option<&'a str>,
    deal: Option<&'a str>,
    date: Option<String>,
    currency: Option<&'static str>,
    base: Option<String>,
    problem: &'static str,
    message: &'a str,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct SummaryJson<'a> {
    kind: &'static str,
    list: &'a str,
    deals: u64,
    shared: u64,
    not_shared: u64,
    corrections: u64,
    problems: BTreeMap<&'static str, u64>,
    periods: Vec<PeriodJson<'a>>,
    rows: Vec<RowJson<'a>>,
    unshared: BTreeMap<&'static str, String>,
    notes: Vec<String>,
    exit: u8,
}

#[derive(Serialize)]
struct PeriodJson<'a> {
    period: Option<String>,
    currency: &'static str,
    deals: u64,
    base: String,
    parts: BTreeMap<&'a str, String>,
}

#[derive(Serialize)]
struct RowJson<'a> {
    agreement: &'a str,
    item: &'a str,
    row: &'a str,
    deals: u64,
    base: String,
}

/// A line; the steps are memory for it.
pub fn json_line(run: &Run, told: Told<'_>, steps: &mut Steps, out: &mut Vec<u8>) {
    match told {
        Told::Shared(line) => {
            run.steps(line, steps);
            push(out, &shared(run, line, steps));
        }
        Told::Slip(slip) => push(
            out,
            &SlipJson {
                kind: "not-shared",
                line: slip.line,
                column: slip.column.as_ref().and_then(|(number, _)| *number),
                name: slip.column.as_ref().map(|(_, name)| &**name),
                deal: slip.deal.as_deref(),
                date: slip.date.map(|date| date.to_string()),
                currency: slip.base.map(|(currency, _)| currency.code()),
                base: slip.base.map(|(currency, coins)| {
                    coins_text(coins.into(), currency.decimals().unwrap_or_default())
                }),
                problem: slip.fault.word(),
                message: &slip.message,
                help: slip.help.as_deref(),
            },
        ),
    }
}

/// The end.
pub fn json_summary(run: &Run, list: &List, exit: u8, out: &mut Vec<u8>) {
    let totals = &run.totals;
    let coins = |sum: &Sum| coins_text(sum.base, sum.decimals);
    let periods = totals.periods.iter().map(|((period, currency), sum)| PeriodJson {
        period: period.map(|period| period.to_string()),
        currency,
        deals: sum.deals,
        base: coins(sum),
        parts: (0..run.parties.len())
            .map(|party| (&*run.parties[party], coins_text(sum.part(party), sum.decimals)))
            .collect(),
    });
    let rows = totals.rows.iter().map(|((table, row), sum)| RowJson {
        agreement: &run.tables[*table].agreement,
        item: &run.tables[*table].item,
        row: run.tables[*table].row(*row),
        deals: sum.deals,
        base: coins(sum),
    });
    push(
        out,
        &SummaryJson {
            kind: "summary",
            list: &list.name,
            deals: totals.deals + totals.missed(),
            shared: totals.deals,
            not_shared: totals.missed(),
            corrections: totals.true_ups,
            problems: totals.faults.iter().map(|(fault, count)| (fault.word(), *count)).collect(),
            periods: periods.collect(),
            rows: rows.collect(),
            unshared: totals.unshared.iter().map(|(code, sum)| (*code, coins(sum))).collect(),
            notes: list.notes(run),
            exit,
        },
    );
}

fn push(out: &mut Vec<u8>, value: &impl Serialize) {
    // Text, numbers and lists of them always make JSON, and memory always takes it.
    let _ = serde_json::to_writer(&mut *out, value);
    out.push(b'\n');
}

/// The line of a deal, or of a correction.
fn shared<'a>(run: &'a Run, line: &'a Shared, steps: &'a Steps) -> LineJson<'a> {
    let table = &run.tables[line.table];
    let deal = line.true_up.is_none();
    let note = note(run, line);
    LineJson {
        kind: if deal { "deal" } else { "correction" },
        line: deal.then_some(line.line),
        deal: (!line.deal.is_empty()).then_some(&*line.deal),
        date: line.date.map(Day),
        agreement: &table.agreement,
        item: &table.item,
        currency: table.currency.code(),
        base: Coins(line.base, table.decimals),
        rows: Slices(table, &line.slices),
        parts: Parts(table, &line.parts),
        note: (!note.is_empty()).then_some(note),
        trace: Trace(steps),
    }
}
