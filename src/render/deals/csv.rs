//! A run as CSV: a wide line a deal, one column a party, for a spreadsheet or a ledger. What was not
//! shared has its line too, with no amounts and the reason.

use std::fmt::{Display, Write as _};

use super::{note, rows, slip_text};
use crate::deals::{Run, Told, coins_text};

/// The head: the columns, and one for each party.
pub fn csv_head(run: &Run) -> String {
    let mut out = "kind,line,deal,date,agreement,item,row,currency,base".to_owned();
    for party in &run.parties {
        out.push(',');
        push(&mut out, party);
    }
    out.push_str(",note\n");
    out
}

/// A line.
pub fn csv_line(run: &Run, told: Told<'_>, out: &mut String) {
    match told {
        Told::Shared(line) => {
            let table = &run.tables[line.table];
            out.push_str(if line.true_up.is_some() { "correction," } else { "deal," });
            if line.true_up.is_none() {
                show(out, line.line);
            }
            out.push(',');
            push(out, &line.deal);
            out.push(',');
            if let Some(date) = line.date {
                show(out, date);
            }
            for text in [&table.agreement, &table.item] {
                out.push(',');
                push(out, text);
            }
            out.push(',');
            push(out, &rows(run, line));
            out.push(',');
            out.push_str(table.currency.code());
            out.push(',');
            out.push_str(&coins_text(line.base, table.decimals));
            for place in 0..run.parties.len() {
                out.push(',');
                let mine = table.parties.iter().zip(&line.parts);
                let mine = mine.filter(|((_, own), _)| *own == place).map(|(_, part)| *part);
                if table.parties.iter().any(|(_, own)| *own == place) {
                    out.push_str(&coins_text(mine.sum(), table.decimals));
                }
            }
            out.push(',');
            push(out, &note(run, line));
        }
        Told::Slip(slip) => {
            out.push_str("not-shared,");
            show(out, slip.line);
            out.push(',');
            push(out, slip.deal.as_deref().unwrap_or_default());
            out.push(',');
            if let Some(date) = slip.date {
                show(out, date);
            }
            out.push_str(",,,,");
            if let Some((currency, coins)) = slip.base {
                out.push_str(currency.code());
                out.push(',');
                out.push_str(&coins_text(coins.into(), currency.decimals().unwrap_or_default()));
            } else {
                out.push(',');
            }
            out.extend(run.parties.iter().map(|_| ','));
            out.push(',');
            push(out, &format!("{}: {}", slip.fault.word(), slip_text(slip)));
        }
    }
    out.push('\n');
}

fn show(out: &mut String, value: impl Display) {
    // Writing to a string cannot fail.
    let _ = write!(out, "{value}");
}

/// A cell, in quotes where it needs them.
fn push(out: &mut String, cell: &str) {
    if !cell.contains([',', '"', '\n', '\r']) {
        out.push_str(cell);
        return;
    }
    out.push('"');
    out.push_str(&cell.replace('"', "\"\""));
    out.push('"');
}
