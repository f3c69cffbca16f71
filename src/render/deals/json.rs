//! A run as JSON lines: an object a deal, and one at the end that sums up. Sums are text, so that no
//! reader makes them binary fractions.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{List, note};
use crate::deals::{Run, Sum, Told, coins_text};

#[derive(Serialize)]
struct LineJson<'a> {
    kind: &'static str,
    line: Option<u64>,
    deal: Option<&'a str>,
    date: Option<String>,
    agreement: &'a str,
    item: &'a str,
    currency: &'static str,
    base: String,
    rows: Vec<SliceJson<'a>>,
    parts: BTreeMap<&'a str, String>,
    note: Option<String>,
    trace: Vec<String>,
}

#[derive(Serialize)]
struct SliceJson<'a> {
    row: &'a str,
    base: String,
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

/// A line.
pub fn json_line(run: &Run, told: Told<'_>, out: &mut String) {
    match told {
        Told::Shared(line) => {
            let table = &run.tables[line.table];
            let coins = |sum| coins_text(sum, table.decimals);
            let deal = line.true_up.is_none();
            let slices = line.slices.iter();
            let slices =
                slices.map(|it| SliceJson { row: table.row(it.row), base: coins(it.base) });
            let parts = table.parties.iter().zip(&line.parts);
            let note = note(run, line);
            push(
                out,
                &LineJson {
                    kind: if deal { "deal" } else { "correction" },
                    line: deal.then_some(line.line),
                    deal: (!line.deal.is_empty()).then_some(&*line.deal),
                    date: line.date.map(|date| date.to_string()),
                    agreement: &table.agreement,
                    item: &table.item,
                    currency: table.currency.code(),
                    base: coins(line.base),
                    rows: slices.collect(),
                    parts: parts.map(|((name, _), part)| (&**name, coins(*part))).collect(),
                    note: (!note.is_empty()).then_some(note),
                    trace: run.steps(line),
                },
            );
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
pub fn json_summary(run: &Run, list: &List, exit: u8, out: &mut String) {
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

fn push(out: &mut String, value: &impl Serialize) {
    // Text, numbers and lists of them always make JSON.
    out.push_str(&serde_json::to_string(value).unwrap_or_default());
    out.push('\n');
}
