//! Stretches that follow one another: `per quarter`, `each calendar year`, `every 4 weeks`, or the
//! strokes of a clock. Every end counts from the first day, never from the end before it.

use super::build::{Builder, range};
use crate::analysis::{Dated, Dating};
use crate::source::Span;
use crate::syntax::ast::Moment;
use crate::value::{Conventions, Date, Given, Period, Unit, When};

/// Stretches that follow one another.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    /// Where the first whole stretch begins.
    origin: Date,
    /// How long one is.
    step: Period,
    by: Conventions,
    /// The first day that counts: the first stretch may be a part.
    first: Date,
    /// What a stretch is called: `quarter`, `calendar year`, `4 weeks`.
    pub(super) every: String,
    /// From where they count, in words.
    pub(super) says: String,
}

/// Why there are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum No {
    /// They count from an event that has no day.
    Waits(When),
    /// Why, in words.
    Because(String),
}

/// One stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The how-manieth, from 1.
    pub(super) nth: u32,
    /// Its first day.
    pub(super) from: When,
    /// Its last day.
    pub(super) to: When,
    /// Whether it is only a part of a whole one.
    pub(super) part: bool,
    /// Whether a month was too short for the day it ends on.
    pub(super) rounded: bool,
}

impl Grid {
    /// The day on which the stretch after `n` whole ones begins.
    fn begins(&self, n: u32) -> Option<When> {
        When::day(self.origin).plus(self.step.times(n)?, &self.by).ok()
    }

    /// Whether a month was too short for the day on which that stretch begins.
    fn rounds(&self, n: u32) -> bool {
        let months = self.step.times(n).map_or(0, Period::months);
        self.origin.rounds(i64::from(months))
    }

    /// The stretch of that number, from 1; none past the calendar.
    pub(super) fn nth(&self, nth: u32) -> Option<Stretch> {
        let (from, next) = (self.begins(nth - 1)?, self.begins(nth)?);
        let cut = nth == 1 && self.first > self.origin;
        let from = if cut { When::day(self.first) } else { from };
        let to = next.plus_days(-1);
        Some(Stretch { nth, from, to, part: cut, rounded: self.rounds(nth) })
    }

    /// Every stretch that begins by `last`, the last one cut there, at most `most` of them.
    pub(super) fn until(&self, last: Date, most: u32) -> Vec<Stretch> {
        let mut found = Vec::new();
        for nth in 1..=most {
            let Some(mut stretch) = self.nth(nth) else { break };
            let begins = stretch.from.range().map(|(first, _)| first);
            if begins.is_none_or(|first| first > last) {
                break;
            }
            if stretch.to.range().is_some_and(|(_, end)| end > last) {
                stretch.to = When::day(last);
                (stretch.part, stretch.rounded) = (true, false);
            }
            found.push(stretch);
        }
        found
    }
}

impl Builder<'_> {
    /// The stretches that a `per` or `every` names, from the first day of what runs in them.
    pub(super) fn grid(
        &self,
        given: &Given<Period>,
        at: Span,
        first: Option<&Moment>,
    ) -> Result<Grid, No> {
        let word = self.source.slice(at).split_whitespace().collect::<Vec<_>>().join(" ");
        self.grid_of(given.value().copied(), &word, first)
    }

    /// The same by the words that name them.
    pub(super) fn grid_of(
        &self,
        step: Option<Period>,
        word: &str,
        first: Option<&Moment>,
    ) -> Result<Grid, No> {
        let because = |why: &str| Err(No::Because(why.to_owned()));
        let word = word.trim_start_matches("dates/");
        let clock = self.agreement.clocks.iter().find(|clock| clock.tag.id.node == word);
        let every = clock.and_then(|clock| clock.every.as_ref());
        let Some(step) = every.and_then(|every| every.node.value().copied()).or(step) else {
            return because("how often it recurs is left open");
        };
        if step.business_days() > 0 || (step.months() == 0 && step.days() == 0) {
            return because("it recurs in business days, which is not reckoned");
        }
        if let Some(clock) = clock.filter(|_| every.is_some()) {
            let origin = self.date(clock.on.as_ref()).0;
            let says = format!("{word} counts from");
            return self.from(&origin, first, step, word, &says);
        }
        let named = word.split(' ').next().unwrap_or_default();
        let year = self.agreement.header.year.as_ref().map(|year| &*year.node);
        // What a year is said to be holds for what years are made of, not for weeks and days.
        let kind = match (named, year) {
            ("calendar" | "contract" | "fiscal", _) => named,
            (_, Some(year)) if step.months() > 1 => year,
            _ => "",
        };
        let own = first.map(|first| self.date(Some(first)).0);
        let start = self.dates().start();
        match kind {
            "fiscal" => because("on which day a fiscal year begins is not stated"),
            "calendar" => {
                let from = own.unwrap_or(start);
                let day = earliest(&from)?;
                let Some(origin) = calendar(day, step) else {
                    return because("such calendar stretches are not reckoned");
                };
                Ok(self.built(origin, day, step, word, format!("{word}: those of the calendar")))
            }
            "contract" => {
                let says = format!("{word}: counts from the start,");
                self.from(&start, first, step, word, &says)
            }
            _ => {
                let from = own.as_ref().unwrap_or(&start);
                let says = format!("{} counts from", stretch(word));
                self.from(from, None, step, word, &says)
            }
        }
    }

    /// Stretches from an origin, the first that counts being that in which `first` lies.
    fn from(
        &self,
        origin: &Dated,
        first: Option<&Moment>,
        step: Period,
        word: &str,
        says: &str,
    ) -> Result<Grid, No> {
        let origin = earliest(origin)?;
        let first = match first.map(|first| self.date(Some(first)).0) {
            Some(first) => earliest(&first)?,
            None => origin,
        };
        let mut grid =
            self.built(origin, first.max(origin), step, word, format!("{says} {origin}"));
        let begins = |n: u32| grid.begins(n).and_then(|when| when.range()).map(|(_, day)| day);
        let whole =
            (0..u32::MAX).take_while(|n| begins(n + 1).is_some_and(|day| day <= first)).count();
        let whole = u32::try_from(whole).unwrap_or(0);
        if whole > 0
            && let Some((_, day)) = grid.begins(whole).and_then(|when| when.range())
        {
            grid.origin = day;
        }
        Ok(grid)
    }

    fn built(&self, origin: Date, first: Date, step: Period, word: &str, says: String) -> Grid {
        let by = self.derived.conventions().clone();
        Grid { origin, step, by, first, every: stretch(word), says }
    }
}

/// `quarter` for `quarters`, `4 weeks` as it is.
fn stretch(word: &str) -> String {
    word.strip_prefix("1 ").unwrap_or(word).to_owned()
}

/// The first day it can be.
fn earliest(dated: &Dated) -> Result<Date, No> {
    match (&dated.date, range(dated)) {
        (_, Some((first, _))) => Ok(first),
        (Dating::Known(when), None) => Err(No::Waits(when.clone())),
        (Dating::Missing, _) => Err(No::Because("from when on is not stated".to_owned())),
        (Dating::Open(hole), _) => Err(No::Because(format!("from when on is {hole}"))),
        (Dating::Unclear(why), _) => Err(No::Because(why.to_string())),
        (Dating::Endless(word), _) => Err(No::Because((*word).to_owned())),
        (Dating::Unreadable, _) => Err(No::Because("from when on could not be read".to_owned())),
    }
}

/// The first day of the stretch of the calendar in which a day lies.
fn calendar(day: Date, step: Period) -> Option<Date> {
    match (step.months(), step.days()) {
        (0, 1) => Some(day),
        // 1970-01-01 was a Thursday.
        (0, 7) => day.plus_days(-(day.number() + 3).rem_euclid(7)),
        (months @ (1 | 3 | 6 | 12), 0) => {
            let months = i8::try_from(months).ok()?;
            Date::new(day.year(), (day.month() - 1) / months * months + 1, 1)
        }
        _ => None,
    }
}

/// How long a stretch is by its name.
pub(super) fn length_of(word: &str) -> Option<Period> {
    let (count, unit) = match word.split(' ').next_back()? {
        "day" => (1, Unit::Days),
        "week" => (1, Unit::Weeks),
        "month" => (1, Unit::Months),
        "quarter" => (1, Unit::Quarters),
        "half-year" => (6, Unit::Months),
        "year" => (1, Unit::Years),
        _ => return None,
    };
    Period::new(count, unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::MonthEnds;

    fn date(year: i16, month: i8, day: i8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    fn grid(origin: Date, step: Period, ends: MonthEnds) -> Grid {
        let (every, says) = (String::new(), String::new());
        Grid {
            origin,
            step,
            by: Conventions { month_ends: ends, ..Conventions::default() },
            first: origin,
            every,
            says,
        }
    }

    /// Day by day: a stretch of months is over on the day before the one that has the number of the
    /// first day, or where the month lacks it, on the last day but one or the last.
    #[test]
    fn stretches_are_those_of_slow_counting() {
        for (months, start) in [1, 3, 6, 12].into_iter().flat_map(|months| {
            [(2026, 1, 31), (2024, 2, 29), (2026, 4, 1), (2027, 8, 30), (2026, 12, 15)]
                .map(|(y, m, d)| (months, date(y, m, d)))
        }) {
            let step = Period::new(months, Unit::Months).unwrap();
            let slow = |n: u32| {
                // Months are counted one by one on the calendar.
                let mut day = start;
                let (mut year, mut month) = (start.year(), start.month());
                for _ in 0..months * n {
                    (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
                }
                while (day.year(), day.month()) != (year, month) {
                    day = day.plus_days(1).unwrap();
                }
                while day.day() < start.day() && day.plus_days(1).unwrap().month() == month {
                    day = day.plus_days(1).unwrap();
                }
                while day.day() > start.day() {
                    day = day.plus_days(-1).unwrap();
                }
                day
            };
            let quick = grid(start, step, MonthEnds::Down);
            for nth in 1..=24 {
                let stretch = quick.nth(nth).unwrap();
                assert_eq!(stretch.from.known(), Some(slow(nth - 1)), "{start} {months} {nth}");
                let last = slow(nth).plus_days(-1);
                assert_eq!(stretch.to.known(), last, "{start} {months} {nth}");
            }
        }
    }

    #[test]
    fn a_month_that_is_too_short_leaves_two_days() {
        let month = Period::new(1, Unit::Months).unwrap();
        let unsaid = grid(date(2027, 1, 31), month, MonthEnds::Unsaid).nth(1).unwrap();
        assert_eq!(unsaid.to.to_string(), "2027-02-27 to 2027-02-28");
        assert!(unsaid.rounded);
        let up = grid(date(2027, 1, 31), month, MonthEnds::Up).nth(1).unwrap();
        assert_eq!(up.to.to_string(), "2027-02-28");
        let later = grid(date(2027, 1, 31), month, MonthEnds::Down).nth(2).unwrap();
        assert_eq!(later.to.to_string(), "2027-03-30", "counted from the first day");
    }

    #[test]
    fn what_is_cut_is_a_part() {
        let quarter = Period::new(1, Unit::Quarters).unwrap();
        let mut calendar = grid(date(2026, 4, 1), quarter, MonthEnds::Unsaid);
        calendar.first = date(2026, 5, 10);
        let found = calendar.until(date(2026, 11, 15), 10);
        let told: Vec<_> =
            found.iter().map(|s| format!("{} {} {} {}", s.nth, s.from, s.to, s.part)).collect();
        assert_eq!(
            told,
            [
                "1 2026-05-10 2026-06-30 true",
                "2 2026-07-01 2026-09-30 false",
                "3 2026-10-01 2026-11-15 true"
            ]
        );
    }

    #[test]
    fn stretches_of_the_calendar() {
        let begins = |day, count, unit| {
            calendar(day, Period::new(count, unit).unwrap()).map(|day| day.to_string())
        };
        let day = date(2028, 2, 29);
        assert_eq!(begins(day, 1, Unit::Quarters).as_deref(), Some("2028-01-01"));
        assert_eq!(begins(day, 6, Unit::Months).as_deref(), Some("2028-01-01"));
        assert_eq!(begins(date(2028, 12, 31), 1, Unit::Quarters).as_deref(), Some("2028-10-01"));
        assert_eq!(begins(day, 1, Unit::Weeks).as_deref(), Some("2028-02-28"), "a Monday");
        assert_eq!(begins(date(1969, 12, 31), 1, Unit::Weeks).as_deref(), Some("1969-12-29"));
        assert_eq!(begins(day, 5, Unit::Months), None);
    }
}
