//! A chart of the months: a line a year, and in each month a letter for what falls in it. Plain
//! letters, so that it reads the same in a pipe, without colour, and on any terminal.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::timeline::{Kind, Timeline};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// So many years are drawn at most.
const YEARS: usize = 12;
/// Letters in one month.
const ROOM: usize = 5;

/// The chart with what its letters mean; nothing where nothing has a day.
pub(super) fn chart(timeline: &Timeline) -> String {
    let mut years: BTreeMap<i16, [BTreeSet<Kind>; 12]> = BTreeMap::new();
    let days = timeline.entries.iter().filter_map(|entry| Some((entry.kind, entry.on.days()?)));
    for (kind, (_, last)) in days {
        let month = usize::try_from(last.month() - 1).unwrap_or(0).min(11);
        years.entry(last.year()).or_default()[month].insert(kind);
    }
    let (Some(first), Some(last)) = (years.keys().next(), years.keys().next_back()) else {
        return String::new();
    };
    let (first, last) = (*first, *last);
    let from = timeline.as_of.map_or(first, |day| day.year().clamp(first, last));
    // Of a long life the years around the day it is looked at from.
    let span = usize::try_from(last - first).unwrap_or(0) + 1;
    let from = if span <= YEARS { first } else { from };
    let mut out = String::from("\n     ");
    for month in MONTHS {
        let _ = write!(out, " {month:ROOM$}");
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    let mut used = BTreeSet::new();
    for year in (from..=last).take(YEARS) {
        let mut line = format!("{year} ");
        for month in 0..12_i8 {
            let kinds = years.get(&year).map(|months| &months[usize::try_from(month).unwrap_or(0)]);
            let now =
                timeline.as_of.is_some_and(|day| (day.year(), day.month()) == (year, month + 1));
            let cell = cell(kinds, &mut used);
            let cell = match (now, cell.is_empty()) {
                (true, _) => format!("<{}>", cell.chars().take(ROOM - 2).collect::<String>()),
                (false, true) => ".".to_owned(),
                (false, false) => cell,
            };
            let _ = write!(line, " {cell:ROOM$}");
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    if span > YEARS {
        let _ = writeln!(out, "of {first} to {last} {YEARS} years are drawn");
    }
    out + &legend(&used, timeline.as_of.is_some())
}

/// The letters of a month, the most pressing first; `+` where there is no room for all.
fn cell(kinds: Option<&BTreeSet<Kind>>, used: &mut BTreeSet<Kind>) -> String {
    let mut letters: Vec<char> = Vec::new();
    for kind in kinds.into_iter().flatten() {
        used.insert(*kind);
        if !letters.contains(&kind.letter()) {
            letters.push(kind.letter());
        }
    }
    if letters.len() > ROOM {
        letters.truncate(ROOM - 1);
        letters.push('+');
    }
    letters.into_iter().collect()
}

fn legend(used: &BTreeSet<Kind>, now: bool) -> String {
    let mut letters: Vec<char> = Vec::new();
    for kind in used {
        if !letters.contains(&kind.letter()) {
            letters.push(kind.letter());
        }
    }
    let mut words: Vec<String> =
        letters.iter().map(|letter| format!("{letter} {}", Kind::letter_means(*letter))).collect();
    if now {
        words.push("< > this month".to_owned());
    }
    let lines = crate::render::wrap::wrap(&words.join(", "), 78);
    lines.join("\n") + "\n"
}
