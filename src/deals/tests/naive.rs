//! Random tables and deals against the slowest way to do it: row after row as the proof asks it, and
//! fractions of a running total cent by cent.

use std::fmt::Write as _;

use super::*;
use crate::analysis::{Answer, Dates, Decision, Grid, Unit, derive};
use crate::dice::Dice;
use crate::value::{Currency, Number};

const SIZES: [&str; 6] =
    ["any", "< EUR 3", ">= EUR 3", "> EUR 1 and <= EUR 4", "EUR 2", "redacted"];
const SHARES: [&str; 5] = ["70% | 30%", "1/3 | 2/3", "0% | 100%", "12.345% | 87.655%", "50% | 40%"];

fn table(dice: &mut Dice) -> String {
    let mut text = format!(
        "match {}\n  | rule | sourced | size | country | N | K |\n",
        dice.of(&["first", "unique"])
    );
    let rows = 1 + dice.roll(5);
    for row in 0..rows {
        let id = if row + 1 == rows && dice.roll(2) == 0 {
            "else".to_owned()
        } else {
            format!("r{row}")
        };
        let size = if dice.roll(4) > 0 { dice.of(&SIZES[..5]) } else { dice.of(&SIZES) };
        let (sourced, country) = (dice.of(&["N", "K", "any"]), dice.of(&["x", "y", "any"]));
        let shares = dice.of(&SHARES);
        writeln!(text, "  | {id} | {sourced} | {size} | {country} | {shares} |").unwrap();
    }
    text
}

#[test]
fn the_row_is_that_of_the_proof_and_the_parts_are_the_deal() {
    let mut dice = Dice(11);
    let (mut shared, mut kinds) = (0, std::collections::BTreeSet::new());
    for _ in 0..250 {
        let text = agreement("a", &table(&mut dice));
        let parsed = crate::parse(&Source::new("t", text.clone()));
        let derived = derive(&parsed.agreement);
        let dates = Dates::new(&parsed.agreement, derived.conventions());
        let grid = Grid::of(dates, &parsed.agreement.attribution.tables[0]);
        let (mut list, mut expected) =
            ("deal,date,amount,sourced,size,country\n".to_owned(), Vec::new());
        for deal in 0..12 {
            let (sourced, country) = (dice.of(&["N", "K"]), dice.of(&["x", "y", "z"]));
            let half = dice.roll(10);
            let amount = dice.roll(200_000_i64) - 50_000;
            let size = Number::new(half * 5, 1);
            let cents = Number::new(amount, 2);
            writeln!(list, "d{deal},2026-05-01,{cents},{sourced},{size},{country}").unwrap();
            let euro = Unit::Money(Currency::from_code("EUR").unwrap());
            let answers = [Answer::Word(sourced), Answer::Value(size, euro), Answer::Word(country)];
            expected.push(grid.decide(&answers));
        }
        let told =
            ran(std::slice::from_ref(&text), &list, Written::Csv, Options::default()).unwrap();
        for (line, decision) in told.lines.iter().zip(expected) {
            let row = |row: usize| &told.run.tables[0].rows[row];
            let alike = |rows: &[usize]| {
                let first = row(rows[0]).weights.as_ref().ok();
                first.is_some() && rows.iter().all(|it| row(*it).weights.as_ref().ok() == first)
            };
            let wanted = match &decision {
                Decision::Row(at) if row(*at).weights.is_ok() => format!(" {}: ", row(*at).id),
                Decision::Row(_) | Decision::Untold(_) => " undecided: ".to_owned(),
                Decision::Nobody => " no-row: ".to_owned(),
                Decision::Several(rows) if alike(rows) => format!(" {}: ", row(rows[0]).id),
                Decision::Several(_) => " conflict: ".to_owned(),
            };
            assert!(line.contains(&wanted), "{decision:?}\n{line}\n{text}\n{list}");
            kinds.insert(wanted.split(':').next().unwrap().trim().to_owned());
            shared += usize::from(wanted.starts_with(" r") || wanted.starts_with(" else"));
        }
    }
    assert!(shared > 800, "{shared} deals were shared");
    assert!(kinds.len() >= 6, "every outcome was met: {kinds:?}");
}

/// The row of a cent that comes when so many are there already.
fn band(bounds: &[i128], cent: i128) -> usize {
    bounds.iter().filter(|bound| **bound <= cent).count()
}

#[test]
fn a_running_total_is_cut_as_cent_by_cent() {
    let mut dice = Dice(5);
    for _ in 0..120 {
        let mut bounds: Vec<i128> =
            (0..=dice.roll(3)).map(|_| i128::from(1 + dice.roll(8)) * 1_000).collect();
        bounds.sort_unstable();
        bounds.dedup();
        let mut rows = String::new();
        for (at, bound) in bounds.iter().enumerate() {
            let low = at.checked_sub(1).map(|low| format!(">= EUR {} and ", bounds[low] / 100));
            let share = at * 20;
            let low = low.unwrap_or_default();
            let rest = 100 - share;
            writeln!(rows, "  | b{at} | {low}< EUR {} | {rest}% | {share}% |", bound / 100)
                .unwrap();
        }
        let top = bounds.last().unwrap() / 100;
        writeln!(rows, "  | b{} | >= EUR {top} | 5% | 95% |", bounds.len()).unwrap();
        let item =
            format!("banded marginal by total; match unique\n  | rule | total | N | K |\n{rows}");
        let round = dice.roll(2) == 0;
        let (mut list, mut sums) = ("deal,date,amount\n".to_owned(), Vec::new());
        for deal in 0..12 {
            // In some lists every sum is round, so that totals come to lie on bounds.
            let odd = dice.roll(6_000_i64) - 2_000;
            let cents = if round { odd / 500 * 500 } else { odd };
            writeln!(list, "d{deal},2026-05-01,{}", Number::new(cents, 2)).unwrap();
            sums.push(i128::from(cents));
        }
        let told = ran(&[agreement("a", &item)], &list, Written::Csv, Options::default()).unwrap();
        let mut total = 0_i128;
        for (line, cents) in told.lines.iter().zip(sums) {
            let (low, high) = (total.min(total + cents), total.max(total + cents));
            total += cents;
            let mut rows: Vec<usize> = (low..high).map(|cent| band(&bounds, cent)).collect();
            rows.dedup();
            if cents < 0 {
                rows.reverse();
            }
            if rows.is_empty() {
                rows.push(band(&bounds, total));
            }
            let rows: Vec<String> = rows.iter().map(|row| format!("b{row}")).collect();
            let found = line.split(':').next().unwrap().split(' ').nth(1).unwrap();
            assert_eq!(found, rows.join("+"), "{line}\n{item}\n{list}");
        }
    }
}
