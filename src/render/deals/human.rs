//! A run for people: each deal where they are few, what they come to by party and period and by row,
//! what was not shared and why, and what to know before the figures are used.

use std::fmt::Write as _;

use super::sheet::Sheet;
use super::{List, deals, rows};
use crate::deals::{Run, Shared, Slip, Sum, Told, coins_grouped};
use crate::render::visible;
use crate::render::wrap::wrap;

/// The most deals that are shown one by one.
const MOST_DEALS: usize = 40;
/// The most deals that were not shared that are told one by one.
const MOST_SLIPS: usize = 20;

/// What people are shown; it keeps no more than fits a page.
#[derive(Debug)]
pub struct People {
    deals: Sheet,
    slips: Vec<Slip>,
}

impl People {
    /// For a run.
    pub fn new(run: &Run) -> Self {
        let head =
            [("line", true), ("deal", false), ("date", false), ("table", false), ("row", false)];
        let head = head.into_iter().map(|(name, number)| (name.to_owned(), number));
        let parties = run.parties.iter().map(|party| (party.clone(), true));
        let sums = [("currency".to_owned(), false), ("base".to_owned(), true)];
        let head = head.chain(sums).chain(parties);
        Self { deals: Sheet::new(head), slips: Vec::new() }
    }

    /// Takes a line.
    pub fn take(&mut self, run: &Run, told: Told<'_>) {
        match told {
            Told::Slip(slip) if self.slips.len() < MOST_SLIPS => self.slips.push(slip.clone()),
            Told::Slip(_) => {}
            // One more than is shown: then none is.
            Told::Shared(_) if self.deals.rows() > MOST_DEALS => {}
            Told::Shared(line) => {
                let table = &run.tables[line.table];
                let coins = |sum| coins_grouped(sum, table.decimals);
                let deal = line.true_up.is_none();
                let number = if deal { line.line.to_string() } else { String::new() };
                let period = line.true_up.as_ref().map(|it| match it.period {
                    Some(period) => format!("(end of {period})"),
                    None => "(end)".to_owned(),
                });
                let id = period.unwrap_or_else(|| line.deal.clone());
                let date = line.date.map(|date| date.to_string()).unwrap_or_default();
                let name = if run.tables.len() > 1 { table.name() } else { String::new() };
                let parts = (0..run.parties.len()).map(|place| {
                    let own = table.parties.iter().position(|(_, own)| *own == place);
                    own.map(|own| coins(line.parts[own])).unwrap_or_default()
                });
                let code = table.currency.code().to_owned();
                let cells =
                    [number, id, date, name, row_and_why(run, line), code, coins(line.base)];
                let cells = cells.into_iter().chain(parts);
                self.deals.push(cells);
            }
        }
    }

    /// The page.
    pub fn page(&self, run: &Run, list: &List, width: usize) -> String {
        let mut out = String::new();
        let mut part = |title: &str, text: String| {
            if !text.is_empty() {
                let _ = writeln!(out, "{title}\n{text}");
            }
        };
        if self.deals.rows() > 0 && self.deals.rows() <= MOST_DEALS {
            part("deals", self.deals.text(width));
        }
        part("by party", by_party(run, width));
        let corrected = run.totals.true_ups > 0;
        part(if corrected { "by row, before corrections" } else { "by row" }, by_row(run, width));
        part("not shared", self.not_shared(run, width));
        let notes: Vec<String> = list.notes(run);
        part("notes", notes.iter().map(|note| item(note, width)).collect());
        out.push_str(&last(run, list));
        out.push('\n');
        out
    }

    /// What is to be known of lines that went elsewhere: what was not shared, the notes, the counts.
    pub fn notes(&self, run: &Run, list: &List, width: usize) -> String {
        let mut out = String::new();
        for note in list.notes(run) {
            out.push_str(&item(&format!("note: {note}"), width));
        }
        out + &last(run, list) + "\n"
    }

    fn not_shared(&self, run: &Run, width: usize) -> String {
        let mut out = String::new();
        for slip in &self.slips {
            let deal = slip.deal.as_ref().map(|deal| format!(", deal {deal}")).unwrap_or_default();
            out.push_str(&item(&format!("{slip}{deal}: {}", slip.message), width));
            for line in slip.help.iter().flat_map(|help| wrap(help, width.saturating_sub(10))) {
                let _ = writeln!(out, "    {}", visible(&line));
            }
        }
        let more = run.totals.missed().saturating_sub(self.slips.len() as u64);
        if more > 0 {
            let text =
                format!("and {} more that were not; --format csv lists every one", deals(more));
            out.push_str(&item(&text, width));
        }
        out
    }
}

/// The rows of a line, and in a word what else had a part in it.
fn row_and_why(run: &Run, line: &Shared) -> String {
    let parties = &run.tables[line.table].parties;
    let mut text = match (&line.true_up, &line.slices[..]) {
        (Some(_), [_, ..]) => format!("corrected to {}", rows(run, line)),
        (Some(true_up), []) => true_up.why.clone(),
        (None, _) => rows(run, line),
    };
    text.push_str(if line.tail { ", tail" } else { "" });
    for limited in &line.limited {
        let word = if limited.least { "least" } else { "most" };
        let _ = write!(text, ", {word} of {}", parties[limited.party].0);
    }
    text
}

/// A point of a list.
fn item(text: &str, width: usize) -> String {
    let mut out = String::new();
    for (index, line) in wrap(&visible(text), width.saturating_sub(4)).iter().enumerate() {
        out.push_str(if index == 0 { "  " } else { "    " });
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// What each party got, by period and currency, and in all.
fn by_party(run: &Run, width: usize) -> String {
    let periods = &run.totals.periods;
    let head = [("period", false), ("currency", false), ("deals", true), ("base", true)];
    let head = head.into_iter().map(|(name, number)| (name.to_owned(), number));
    let mut sheet = Sheet::new(head.chain(run.parties.iter().map(|it| (it.clone(), true))));
    let mut push = |period: String, code: &str, sum: &Sum| {
        let coins = |coins| coins_grouped(coins, sum.decimals);
        let parts = (0..run.parties.len()).map(|party| coins(sum.part(party)));
        let count = crate::value::grouped(sum.deals.into());
        let cells = [period, code.to_owned(), count, coins(sum.base)];
        sheet.push(cells.into_iter().chain(parts));
    };
    let mut codes: Vec<&str> = periods.keys().map(|(_, code)| *code).collect();
    codes.sort_unstable();
    codes.dedup();
    for code in codes {
        let own: Vec<_> = periods.iter().filter(|((_, own), _)| *own == code).collect();
        let mut all = Sum::default();
        for ((period, _), sum) in &own {
            let period = period.map_or_else(|| "no day".to_owned(), |period| period.to_string());
            push(period, code, sum);
            all.merge(sum);
        }
        if own.len() > 1 {
            push("in all".to_owned(), code, &all);
        }
    }
    if periods.is_empty() { String::new() } else { sheet.text(width) }
}

/// What each row took; a row that took none is shown too.
fn by_row(run: &Run, width: usize) -> String {
    let head = [("table", false), ("row", false), ("deals", true), ("base", true)];
    let head = head.into_iter().map(|(name, number)| (name.to_owned(), number));
    let mut sheet = Sheet::new(head);
    for (index, table) in run.tables.iter().enumerate() {
        for row in 0..table.rows_count() {
            let sum = run.totals.rows.get(&(index, row)).cloned().unwrap_or_default();
            let name = if run.tables.len() > 1 { table.name() } else { String::new() };
            let base = format!("{} {}", table.currency, coins_grouped(sum.base, table.decimals));
            let count = crate::value::grouped(sum.deals.into());
            sheet.push([name, table.row(row).to_owned(), count, base]);
        }
    }
    if run.tables.is_empty() { String::new() } else { sheet.text(width) }
}

/// The last line.
fn last(run: &Run, list: &List) -> String {
    let totals = &run.totals;
    let name = visible(&list.name);
    let shared = crate::value::grouped(totals.deals.into());
    let mut text = format!("{name}: {shared} of {} shared", deals(totals.deals + totals.missed()));
    let mut sums: Vec<(&str, Sum)> = Vec::new();
    for ((_, code), sum) in &totals.periods {
        match sums.iter_mut().find(|(own, _)| own == code) {
            Some((_, all)) => all.merge(sum),
            None => sums.push((code, sum.clone())),
        }
    }
    for (index, (code, sum)) in sums.iter().enumerate() {
        let sign = if index == 0 { ", " } else { " and " };
        let _ = write!(text, "{sign}{code} {}", coins_grouped(sum.base, sum.decimals));
    }
    if totals.missed() > 0 {
        let _ = write!(text, "; {} not", crate::value::grouped(totals.missed().into()));
    }
    let sums = totals.unshared.iter();
    let sums = sums.map(|(code, sum)| format!("{code} {}", coins_grouped(sum.base, sum.decimals)));
    let mut left = vec![sums.collect::<Vec<_>>().join(" and ")];
    let known: u64 = totals.unshared.values().map(|sum| sum.deals).sum();
    if totals.missed() > known {
        let unknown = crate::value::grouped((totals.missed() - known).into());
        left.push(format!("{unknown} of no known amount"));
    }
    left.retain(|each| !each.is_empty());
    if !left.is_empty() {
        let _ = write!(text, " ({})", left.join("; "));
    }
    text
}
