//! Why a deal is shared as it is, step by step, so that it can be reckoned by hand.

use super::choose::{atom, told};
use super::deal::Record;
use super::numbers::coins_grouped;
use super::run::Run;
use super::shared::Shared;
use super::split;
use crate::analysis::{Ask, Grid, Side};
use crate::reckon::Weights;

impl Run {
    /// The steps that led to a line: its row, its slices, the shares of each, what was limited.
    pub fn steps(&self, line: &Shared) -> Vec<String> {
        let table = &self.tables[line.table];
        let coins = |sum| coins_grouped(sum, table.decimals);
        let mut steps = Vec::new();
        if let Some(true_up) = &line.true_up {
            let period = true_up.period.map(|it| format!(" in {it}")).unwrap_or_default();
            steps.push(format!("corrects the deals{period}: {}", true_up.why));
        }
        if line.tail {
            steps.push("it is after the end, and shared because of the tail".to_owned());
        }
        if let (Some((before, after)), Some(total)) = (line.reached, table.running()) {
            let spell = |sum| if total.counts { format!("{sum}") } else { coins(sum) };
            let name = &table.questions[total.column].name;
            steps.push(format!("{name} goes from {} to {}", spell(before), spell(after)));
        }
        for slice in line.slices.iter().filter(|_| line.true_up.is_none()) {
            let row = &table.rows[slice.row];
            let Ok(weights) = &row.weights else { continue };
            let mut parts = vec![0; table.parties.len()];
            if split::share(weights, slice.base, &mut parts).is_err() {
                continue;
            }
            let asks = &row.asks;
            steps.push(format!("{} goes to row `{}`: {asks}", coins(slice.base), row.id));
            for (((name, _), share), part) in table.parties.iter().zip(&row.shares).zip(&parts) {
                steps.push(format!("{name} {share} of {} is {}", coins(slice.base), coins(*part)));
            }
            if is_rounded(slice.base, &parts, weights) {
                steps.push(
                    "in whole coins: what is left over goes to the largest remainder, the first \
                     column first"
                        .to_owned(),
                );
            }
        }
        for limited in &line.limited {
            let name = &table.parties[limited.party].0;
            let word = if limited.least { "least" } else { "most" };
            let (from, to) = (coins(limited.from), coins(limited.to));
            steps.push(format!(
                "{name} gets {to} instead of {from}: the {word} it gets; the others get the rest"
            ));
        }
        let parts: Vec<String> = line.parts.iter().map(|part| coins(*part)).collect();
        steps.push(format!("{} = {}", parts.join(" + "), coins(line.base)));
        steps
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
