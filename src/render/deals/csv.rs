//! A run as CSV: a wide line a deal, one column a party, for a spreadsheet or a ledger. What was not
//! shared has its line too, with no amounts and the reason.

use super::{note, rows, slip_text};
use crate::deals::{Run, Shared, Slip, Told};
use crate::value::Spelled;

/// The head: the columns, and one for each party.
pub fn csv_head(run: &Run) -> String {
    let mut out = b"kind,line,deal,date,agreement,item,row,currency,base".to_vec();
    for party in &run.parties {
        out.push(b',');
        push(&mut out, party);
    }
    out.extend(b",note\n");
    String::from_utf8(out).unwrap_or_default()
}

/// A line.
pub fn csv_line(run: &Run, told: Told<'_>, out: &mut Vec<u8>) {
    match told {
        Told::Shared(line) => shared(run, line, out),
        Told::Slip(slip) => missed(run, slip, out),
    }
    out.push(b'\n');
}

fn shared(run: &Run, line: &Shared, out: &mut Vec<u8>) {
    let table = &run.tables[line.table];
    let coins = |out: &mut Vec<u8>, sum| plain(out, &Spelled::plain(sum, table.decimals));
    if line.true_up.is_some() {
        out.extend(b"correction,");
    } else {
        out.extend(b"deal,");
        plain(out, &Spelled::plain(line.line.into(), 0));
    }
    out.push(b',');
    push(out, &line.deal);
    out.push(b',');
    if let Some(date) = line.date {
        plain(out, &Spelled::day(date));
    }
    for text in [&table.agreement, &table.item] {
        out.push(b',');
        push(out, text);
    }
    out.push(b',');
    match &line.slices[..] {
        [slice] => push(out, table.row(slice.row)),
        _ => push(out, &rows(run, line)),
    }
    out.push(b',');
    out.extend(table.currency.code().as_bytes());
    out.push(b',');
    coins(out, line.base);
    for place in 0..run.parties.len() {
        out.push(b',');
        let mine = table.parties.iter().zip(&line.parts);
        let mine = mine.filter(|((_, own), _)| *own == place).map(|(_, part)| *part);
        if table.parties.iter().any(|(_, own)| *own == place) {
            coins(out, mine.sum());
        }
    }
    out.push(b',');
    push(out, &note(run, line));
}

fn missed(run: &Run, slip: &Slip, out: &mut Vec<u8>) {
    out.extend(b"not-shared,");
    plain(out, &Spelled::plain(slip.line.into(), 0));
    out.push(b',');
    push(out, slip.deal.as_deref().unwrap_or_default());
    out.push(b',');
    if let Some(date) = slip.date {
        plain(out, &Spelled::day(date));
    }
    out.extend(b",,,,");
    if let Some((currency, coins)) = slip.base {
        out.extend(currency.code().as_bytes());
        out.push(b',');
        plain(out, &Spelled::plain(coins.into(), currency.decimals().unwrap_or_default()));
    } else {
        out.push(b',');
    }
    out.extend(run.parties.iter().map(|_| b','));
    out.push(b',');
    push(out, &format!("{}: {}", slip.fault.word(), slip_text(slip)));
}

/// What needs no quotes.
fn plain(out: &mut Vec<u8>, spelled: &Spelled) {
    out.extend(spelled.text().as_bytes());
}

/// A cell, in quotes where it needs them.
fn push(out: &mut Vec<u8>, cell: &str) {
    if !cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        out.extend(cell.as_bytes());
        return;
    }
    out.push(b'"');
    out.extend(cell.replace('"', "\"\"").as_bytes());
    out.push(b'"');
}
