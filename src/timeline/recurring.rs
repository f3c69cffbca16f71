//! What comes again and again: a day for each time it comes, up to its end or as far as is listed.

use super::build::{Builder, Draft, range};
use super::grid::{Grid, No, Stretch, length_of};
use super::{On, Series};
use crate::agreement::Leaf;
use crate::syntax::ast::{Moment, MomentKind};
use crate::value::{Convention, Conventions, Date, MonthEnds, Period, Unit, When};

/// So many times one item is listed at most.
const MOST: u32 = 1000;

/// How a recurring day reads: `each 30 June and 31 December`, `each quarter`, `day 15 of each month`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Recurs {
    /// On days of the year, as day and month.
    DaysOfYear(Vec<(i8, i8)>),
    /// At the end of each stretch of that name, or at its beginning.
    Each(String),
    /// On the nth day of each stretch, or of the nth month after it.
    Nth { day: u32, business: bool, month: Option<u32>, of: String },
}

/// Reads what the grammar let pass as a recurring day; what may follow it is left aside.
pub(super) fn read(text: &str) -> Option<Recurs> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let business = words.first() == Some(&"business");
    match &words[usize::from(business)..] {
        ["each", rest @ ..] if !business => each(rest),
        ["day", n, "of", "month", month, "after", "each", rest @ ..] => {
            let (day, month) = (n.parse().ok()?, month.parse().ok()?);
            Some(Recurs::Nth { day, business, month: Some(month), of: name(rest)? })
        }
        ["day", n, "of", "each", rest @ ..] => {
            let day = n.parse().ok()?;
            Some(Recurs::Nth { day, business, month: None, of: name(rest)? })
        }
        _ => None,
    }
}

fn each(words: &[&str]) -> Option<Recurs> {
    let mut days = Vec::new();
    let mut rest = words;
    while let [day, month, after @ ..] = rest
        && let (Ok(day), Some(month)) = (day.parse(), month_of(month))
    {
        days.push((day, month));
        rest = after.strip_prefix(&["and"]).unwrap_or(after);
    }
    if days.is_empty() { name(words).map(Recurs::Each) } else { Some(Recurs::DaysOfYear(days)) }
}

/// `calendar quarter`, `contract-year`, `month`
fn name(words: &[&str]) -> Option<String> {
    match words {
        [kind @ ("calendar" | "contract" | "fiscal"), unit, ..] => Some(format!("{kind} {unit}")),
        [word, ..] => Some((*word).to_owned()),
        [] => None,
    }
}

fn month_of(word: &str) -> Option<i8> {
    let known = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let at = known.iter().position(|name| word == *name)?;
    i8::try_from(at + 1).ok()
}

/// A day of a year: the last of February, or the first of March, where it is the 29th and there is none.
fn in_year(year: i16, (day, month): (i8, i8), ends: MonthEnds) -> Option<When> {
    if let Some(date) = Date::new(year, month, day) {
        return Some(When::day(date));
    }
    let last = Date::new(year, month, 28)?;
    let next = last.plus_days(1)?;
    Some(match ends {
        MonthEnds::Down => When::day(last),
        MonthEnds::Up => When::day(next),
        MonthEnds::Unsaid => When::between(last, next),
    })
}

/// How far a recurring day is moved, and whether back.
pub(super) type Offset = (Period, bool);

/// From when until when something recurs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Life<'m> {
    pub(super) first: Option<&'m Moment>,
    pub(super) last: Option<&'m Moment>,
}

impl Builder<'_> {
    /// Each stretch of a `per` or `every`; a note or an entry that waits where they cannot be placed.
    pub(super) fn each_stretch(
        &mut self,
        draft: &Draft,
        every: &Leaf<Period>,
        life: Life<'_>,
    ) -> Vec<(Grid, Stretch)> {
        match self.grid(&every.node, every.span, life.first) {
            Ok(grid) => self.stretches(draft, &grid, life),
            Err(no) => {
                let word = self.source.slice(every.span).to_owned();
                self.cannot(draft, no, &word);
                Vec::new()
            }
        }
    }

    fn stretches(&mut self, draft: &Draft, grid: &Grid, life: Life<'_>) -> Vec<(Grid, Stretch)> {
        let last = self.last_of(draft, life);
        let found = grid.until(last, MOST);
        if found.len() == MOST as usize {
            let text = format!("{}: only the first {MOST} times are listed", draft.title);
            self.note_of(draft, text);
        }
        if found.is_empty() {
            let text = format!("{}: no {} of it lies before {last}", draft.title, grid.every);
            self.note_of(draft, text);
        }
        found.into_iter().map(|stretch| (grid.clone(), stretch)).collect()
    }

    /// The last day on which it recurs: its own, or as far as is listed.
    fn last_of(&mut self, draft: &Draft, life: Life<'_>) -> Date {
        let Some(last) = life.last else { return self.runs_until() };
        let (dated, _) = self.date(Some(last));
        match range(&dated) {
            Some((_, last)) if last <= self.horizon => last,
            Some((_, last)) => {
                let horizon = self.horizon;
                let text = format!("{}: recurs until {last}, listed until {horizon}", draft.title);
                self.note_of(draft, text);
                horizon
            }
            None => {
                let horizon = self.horizon;
                let text = format!(
                    "{}: until when it recurs is not known yet; listed until {horizon}",
                    draft.title
                );
                self.note_of(draft, text);
                horizon
            }
        }
    }

    /// Says why something that recurs has no days.
    fn cannot(&mut self, draft: &Draft, no: No, word: &str) {
        match no {
            No::Waits(from) => {
                let event = from.waits_for().unwrap_or_default().to_owned();
                let when = format!("every {word} from {from}");
                self.add(draft.clone(), On::Waits { event, when }, &[]);
            }
            No::Because(why) => {
                self.note_of(draft, format!("{}: every {word}, but {why}", draft.title));
            }
        }
    }

    /// A clock that strikes on the first day of each stretch.
    pub(super) fn strikes(
        &mut self,
        draft: &Draft,
        every: &Leaf<Period>,
        on: Option<&Moment>,
        until: Option<&Moment>,
    ) {
        let id = draft.item.clone().unwrap_or_default();
        let grid = self.grid_of(every.node.value().copied(), &id, on);
        match grid {
            Ok(grid) => {
                let life = Life { first: on, last: until };
                let found = self.stretches(draft, &grid, life);
                let days = found.iter().map(|(_, stretch)| (stretch.nth, stretch.from.clone()));
                let every = self.source.slice(every.span).to_owned();
                self.series(draft, &every, days.collect());
            }
            Err(no) => {
                let word = self.source.slice(every.span).to_owned();
                self.cannot(draft, no, &word);
            }
        }
    }

    /// A recurring day, moved by a distance where there is one: `30 days after each quarter`.
    pub(super) fn recurring(
        &mut self,
        draft: &Draft,
        text: &str,
        offset: Option<Offset>,
        life: Life<'_>,
        in_advance: bool,
    ) {
        let Some(recurs) = read(text) else {
            return self.note_of(draft, format!("{}: {text}, which is not reckoned", draft.title));
        };
        let mut days = match &recurs {
            Recurs::DaysOfYear(days) => self.days_of_year(draft, days, life),
            Recurs::Each(name) | Recurs::Nth { of: name, .. } => {
                let grid = match self.grid_of(length_of(name), name, life.first) {
                    Ok(grid) => grid,
                    Err(no) => return self.cannot(draft, no, name),
                };
                let found = self.stretches(draft, &grid, life);
                let by = self.derived.conventions();
                let day =
                    |stretch: &Stretch| Some((stretch.nth, on(&recurs, stretch, in_advance, by)?));
                let days: Vec<_> = found.iter().filter_map(|(_, stretch)| day(stretch)).collect();
                if days.len() < found.len() {
                    let (all, some) = (found.len(), days.len());
                    let title = &draft.title;
                    let why = format!("{title}: {text}: {some} of {all} days could be reckoned");
                    self.note_of(draft, why);
                }
                days
            }
        };
        if let Some((by, back)) = offset {
            let ends = self.derived.conventions();
            let moved = |when: &When| if back { when.minus(by, ends) } else { when.plus(by, ends) };
            let side = if back { "before" } else { "after" };
            let all = days.iter().map(|(n, when)| Ok((*n, moved(when)?)));
            match all.collect::<Result<Vec<_>, crate::value::Undated>>() {
                Ok(moved) => days = moved,
                Err(why) => {
                    let text = format!("{}: {by} {side} {text}: {why}", draft.title);
                    return self.note_of(draft, text);
                }
            }
        }
        self.series(draft, &every(&recurs, text), days);
    }

    fn days_of_year(
        &mut self,
        draft: &Draft,
        days: &[(i8, i8)],
        life: Life<'_>,
    ) -> Vec<(u32, When)> {
        let year = Period::new(1, Unit::Years);
        let grid = match self.grid_of(year, "calendar year", life.first) {
            Ok(grid) => grid,
            Err(no) => {
                self.cannot(draft, no, "year");
                return Vec::new();
            }
        };
        let (last, ends) = (self.last_of(draft, life), self.derived.conventions().month_ends);
        let mut found: Vec<When> = Vec::new();
        let first = grid.nth(1).and_then(|stretch| stretch.from.range()).map(|(first, _)| first);
        let Some(first) = first else { return Vec::new() };
        for year in (first.year()..=last.year()).take(MOST as usize) {
            found.extend(days.iter().filter_map(|day| in_year(year, *day, ends)));
        }
        let within =
            |when: &When| when.range().is_some_and(|(early, late)| early >= first && late <= last);
        found.retain(within);
        found.sort_by_key(When::range);
        (1..).zip(found).collect()
    }

    /// An entry for each day.
    pub(super) fn series(&mut self, draft: &Draft, every: &str, days: Vec<(u32, When)>) {
        let listed = u32::try_from(days.len()).unwrap_or(u32::MAX);
        for (nth, when) in days {
            let mut one = draft.clone();
            one.series = Some(Series { nth, listed, every: every.to_owned() });
            self.day(one, &when);
        }
    }

    /// An entry on a day or in a stretch.
    pub(super) fn day(&mut self, mut draft: Draft, when: &When) {
        let Some((first, last)) = when.range() else { return };
        if first != last {
            draft = draft.because(Convention::MonthEnd(MonthEnds::Unsaid).to_string());
        }
        let on = if first == last { On::Day(first) } else { On::Stretch(first, last) };
        self.add(draft, on, &[]);
    }
}

/// How often it comes, without what follows in the text.
fn every(recurs: &Recurs, text: &str) -> String {
    match recurs {
        Recurs::Each(name) | Recurs::Nth { of: name, .. } => name.clone(),
        Recurs::DaysOfYear(_) => text.strip_prefix("each ").unwrap_or(text).to_owned(),
    }
}

/// The day that a recurring day is in or after one stretch.
fn on(recurs: &Recurs, stretch: &Stretch, in_advance: bool, by: &Conventions) -> Option<When> {
    let Recurs::Nth { day, business, month, .. } = recurs else {
        return Some(if in_advance { stretch.from.clone() } else { stretch.to.clone() });
    };
    let first = match month {
        None => stretch.from.clone(),
        Some(month) => {
            let months = Period::new(month.checked_sub(1)?, Unit::Months)?;
            stretch.to.plus_days(1).plus(months, by).ok()?
        }
    };
    // The first day counts, where it is one.
    let unit = if *business { Unit::BusinessDays } else { Unit::Days };
    first.plus_days(-1).plus(Period::new(*day, unit)?, by).ok()
}

/// A recurring moment, and how far it is moved.
pub(super) fn recurring_of(moment: &Moment) -> Option<(&str, Option<Offset>)> {
    use crate::syntax::ast::Scalar;
    match &moment.node {
        MomentKind::Recurring(text) => Some((text, None)),
        MomentKind::Distance { by, before, from } => {
            let (MomentKind::Recurring(text), Some(Scalar::Period(by))) =
                (&from.node, by.node.value())
            else {
                return None;
            };
            Some((text, Some((*by, *before))))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recurring_days_are_read() {
        let days = |days: &[(i8, i8)]| Some(Recurs::DaysOfYear(days.to_vec()));
        assert_eq!(read("each 30 June and 31 December"), days(&[(30, 6), (31, 12)]));
        assert_eq!(read("each 1 October from start"), days(&[(1, 10)]));
        assert_eq!(
            read("each calendar quarter until x"),
            Some(Recurs::Each("calendar quarter".into()))
        );
        assert_eq!(read("each contract-year"), Some(Recurs::Each("contract-year".into())));
        let nth = |day, month, of: &str| {
            Some(Recurs::Nth { day, business: false, month, of: of.to_owned() })
        };
        assert_eq!(read("day 15 of month 2 after each quarter"), nth(15, Some(2), "quarter"));
        assert_eq!(read("day 1 of each month"), nth(1, None, "month"));
        let business = Recurs::Nth { day: 5, business: true, month: None, of: "month".into() };
        assert_eq!(read("business day 5 of each month"), Some(business));
        assert_eq!(read("business each month"), None);
    }

    #[test]
    fn a_leap_day_moves_as_is_said() {
        let leap = |year, ends| in_year(year, (29, 2), ends).unwrap().to_string();
        assert_eq!(leap(2028, MonthEnds::Unsaid), "2028-02-29");
        assert_eq!(leap(2027, MonthEnds::Down), "2027-02-28");
        assert_eq!(leap(2027, MonthEnds::Up), "2027-03-01");
        assert_eq!(leap(2027, MonthEnds::Unsaid), "2027-02-28 to 2027-03-01");
    }
}
