//! Why a deal is shared as it is, step by step, so that it can be reckoned by hand.

use super::choose::{atom, told};
use super::deal::Record;
use super::run::Run;
use super::shared::Shared;
use super::slices::Slice;
use super::table::Table;
use crate::analysis::{Ask, Grid, Side};
use crate::reckon::Weights;
use crate::value::Spelled;

/// Steps in words, one after the other; the memory is used again for the next deal.
#[derive(Debug, Default)]
pub struct Steps {
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Steps {
    /// The steps.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.ends.len()).map(|at| {
            let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
            &self.text[start..self.ends[at]]
        })
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    fn say(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    fn coins(&mut self, coins: i128, decimals: u32) -> &mut Self {
        self.say(Spelled::grouped(coins, decimals).text())
    }

    fn end(&mut self) {
        self.ends.push(self.text.len());
    }
}

impl Run {
    /// The steps that led to a line: its row, its slices, the shares of each, what was limited. What
    /// was there before is gone.
    pub fn steps(&self, line: &Shared, into: &mut Steps) {
        let table = &self.tables[line.table];
        let decimals = table.decimals;
        into.clear();
        if let Some(true_up) = &line.true_up {
            let period = true_up.period.map(|it| format!(" in {it}")).unwrap_or_default();
            into.say(&format!("corrects the deals{period}: {}", true_up.why)).end();
        }
        if line.tail {
            into.say("it is after the end, and shared because of the tail").end();
        }
        if let (Some((before, after)), Some(total)) = (line.reached, table.running()) {
            let decimals = if total.counts { None } else { Some(decimals) };
            let spell = |sum| match decimals {
                None => Spelled::plain(sum, 0),
                Some(decimals) => Spelled::grouped(sum, decimals),
            };
            let name = &table.questions[total.column].name;
            into.say(name).say(" goes from ").say(spell(before).text());
            into.say(" to ").say(spell(after).text()).end();
        }
        for slice in line.slices.iter().filter(|_| line.true_up.is_none()) {
            slice_steps(table, line, slice, into);
        }
        for limited in &line.limited {
            let name = &table.parties[limited.party].0;
            let word = if limited.least { "least" } else { "most" };
            into.say(name).say(" gets ").coins(limited.to, decimals).say(" instead of ");
            into.coins(limited.from, decimals).say(": the ").say(word);
            into.say(" it gets; the others get the rest").end();
        }
        for (at, part) in line.parts.iter().enumerate() {
            into.say(if at > 0 { " + " } else { "" }).coins(*part, decimals);
        }
        into.say(" = ").coins(line.base, decimals).end();
    }

    /// Why the rows before the one that decides do not take a deal.
    pub fn passed_over(&self, line: &Shared, record: &Record) -> Vec<String> {
        let table = &self.tables[line.table];
        let said = told(table, record);
        let said = if said.is_empty() { said } else { format!(": {said}") };
        let mut steps = vec![format!("{} shares {}{said}", table.name(), table.base)];
        let Some(slice) = line.slices.first() else { return steps };
        for row in 0..slice.row {
            let mut left = table.lookup.all();
            let against = table.questions.iter().enumerate().find_map(|(column, question)| {
                let atom = atom(table, column, record)?;
                table.lookup.keep(&mut left, column, atom);
                let out = !table.lookup.may(&left, row);
                out.then(|| (question, column, record.cell(question.place.unwrap_or_default())))
            });
            if let Some((question, column, text)) = against {
                let ask = spelled(&table.grid.rows[row].asks[column]);
                let id = table.row(row);
                steps.push(format!(
                    "row `{id}` does not take it: {} {text} is not {ask}",
                    question.name
                ));
            }
        }
        steps
    }
}

/// What each party gets of a slice, before any limit.
fn slice_steps(table: &Table, line: &Shared, slice: &Slice, into: &mut Steps) {
    let (row, decimals) = (&table.rows[slice.row], table.decimals);
    let Ok(weights) = &row.weights else { return };
    // A deal of one slice that nothing limits was shared as its row says.
    let whole = line.slices.len() == 1 && line.limited.is_empty();
    let own = || {
        let mut parts = vec![0; table.parties.len()];
        weights.add_parts(slice.base, &mut parts).ok().map(|()| parts)
    };
    let Some(own) = (if whole { Some(Vec::new()) } else { own() }) else { return };
    let parts = if whole { &line.parts } else { &own };
    let base = Spelled::grouped(slice.base, decimals);
    into.say(base.text()).say(" goes to row `").say(&row.id).say("`: ");
    into.say(&row.asks).end();
    for (((name, _), share), part) in table.parties.iter().zip(&row.shares).zip(parts) {
        into.say(name).say(" ").say(share).say(" of ").say(base.text());
        into.say(" is ").coins(*part, decimals).end();
    }
    if is_rounded(slice.base, parts, weights) {
        into.say(
            "in whole coins: what is left over goes to the largest remainder, the first \
             column first",
        )
        .end();
    }
}

/// Whether a part is not its exact share.
fn is_rounded(base: i128, parts: &[i128], weights: &Weights) -> bool {
    let whole: i128 = weights.parts().iter().sum();
    parts.iter().zip(weights.parts()).any(|(part, weight)| part * whole != base * weight)
}

/// `sourced Kestrel, deal size < EUR 50,000`; what a row asks.
pub(super) fn asks(grid: &Grid, row: usize) -> String {
    let asks = grid.rows[row].asks.iter().zip(&grid.columns);
    let asks = asks.filter(|(ask, _)| **ask != Ask::Any);
    let asks: Vec<String> =
        asks.map(|(ask, column)| format!("{} {}", column.name, spelled(ask))).collect();
    if asks.is_empty() { "any deal".to_owned() } else { asks.join(", ") }
}

/// `< EUR 50,000`
fn spelled(ask: &Ask) -> String {
    match ask {
        Ask::Any => "any".to_owned(),
        Ask::Words(words) => words.join(" or "),
        Ask::Bounds(bounds, unit) => {
            let each = bounds.iter().map(|bound| {
                let sign = match bound.side {
                    Side::Below => "< ",
                    Side::UpTo => "<= ",
                    Side::At => "",
                    Side::From => ">= ",
                    Side::Above => "> ",
                };
                format!("{sign}{}", unit.spell(bound.value))
            });
            each.collect::<Vec<_>>().join(" and ")
        }
        Ask::Unread => "what could not be read".to_owned(),
    }
}
