//! The business days of one or several calendars together, and counting by them.

use std::fmt;

use super::calendar::Calendar;
use super::date::Date;

/// The days that are business days in each of some calendars, over the days that each covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workdays {
    titles: Vec<String>,
    first: i64,
    last: i64,
    /// The numbers of the business days, in order.
    days: Vec<i64>,
}

impl Workdays {
    /// Puts calendars together; `None` where there is none, or no day that all of them cover.
    pub fn of(calendars: &[&Calendar]) -> Option<Self> {
        let first = calendars.iter().map(|calendar| calendar.covers().0).max()?.number();
        let last = calendars.iter().map(|calendar| calendar.covers().1).min()?.number();
        let (one, others) = calendars.split_first()?;
        let mut days = one.open().to_vec();
        days.retain(|day| (first..=last).contains(day));
        let mut titles = vec![one.title().to_owned()];
        for other in others {
            keep_common(&mut days, other.open());
            if !titles.iter().any(|title| title == other.title()) {
                titles.push(other.title().to_owned());
            }
        }
        (first <= last).then_some(Self { titles, first, last, days })
    }

    /// The first and the last day that each calendar covers.
    pub fn covers(&self) -> Option<(Date, Date)> {
        Date::from_number(self.first).zip(Date::from_number(self.last))
    }

    /// So many business days after a day, which is not counted itself; `None` where the count
    /// leaves the days covered.
    pub fn after(&self, day: i64, count: u32) -> Option<i64> {
        let next = self.days.partition_point(|open| *open <= day);
        let steps = usize::try_from(count.checked_sub(1)?).ok()?;
        let end = self.days.get(next.checked_add(steps)?).copied();
        end.filter(|_| (self.first..=self.last).contains(&day))
    }

    /// So many business days before a day, which is not counted itself.
    pub fn before(&self, day: i64, count: u32) -> Option<i64> {
        let earlier = self.days.partition_point(|open| *open < day);
        let end = earlier.checked_sub(usize::try_from(count).ok()?)?;
        self.days.get(end).copied().filter(|_| count > 0 && (self.first..=self.last).contains(&day))
    }

    /// The fewest and the most calendar days that so many business days take, forward or back, over
    /// every start that keeps the count inside the days covered; `None` where there is none.
    pub fn span(&self, count: u32) -> Option<(u32, u32)> {
        let count = usize::try_from(count).ok().filter(|count| *count > 0)?;
        // The longest wait starts on a business day, the shortest on the eve of one; back, on the day
        // after one. At either edge of the days covered it may start on a day off.
        let open = &self.days;
        let between = open.windows(count + 1).filter_map(|days| Some(days.last()? - days.first()?));
        let edges = [
            open.get(count - 1).map(|end| end - self.first),
            open.len().checked_sub(count).map(|end| self.last - open[end]),
        ];
        let most = between.chain(edges.into_iter().flatten()).max()?;
        let inner = open.windows(count).filter_map(|days| Some(days.last()? - days.first()? + 1));
        let least = inner.min()?;
        Some((u32::try_from(least).ok()?, u32::try_from(most).ok()?))
    }
}

/// Keeps of days in order those that stand in another list in order.
fn keep_common(days: &mut Vec<i64>, other: &[i64]) {
    let mut rest = other.iter().peekable();
    days.retain(|day| {
        while rest.next_if(|next| *next < day).is_some() {}
        rest.peek() == Some(&day)
    });
}

/// `England and Wales + Germany`.
impl fmt::Display for Workdays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.titles.join(" + "))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::calendars::Calendars;
    use super::super::convention::{Conventions, MonthEnds, Undated};
    use super::super::date::When;
    use super::super::period::{Period, Unit};
    use super::*;
    use crate::dice::Dice;

    fn by(names: &[&str], month_ends: MonthEnds) -> Conventions {
        let business = Calendars::shipped().workdays(names.iter().copied());
        Conventions { month_ends, business }
    }

    fn day(text: &str) -> When {
        When::day(Date::parse(text).unwrap())
    }

    fn business(count: u32) -> Period {
        Period::new(count, Unit::BusinessDays).unwrap()
    }

    /// One day after the other, asking each calendar of each.
    fn counted(names: &[&str], start: Date, count: u32, back: bool) -> Option<Date> {
        let open = |day: Date| {
            let mut all = true;
            for name in names {
                all &= Calendars::shipped().find(name).unwrap().is_open(day)?;
            }
            Some(all)
        };
        open(start)?;
        let (mut at, mut left) = (start, count);
        while left > 0 {
            at = at.plus_days(if back { -1 } else { 1 })?;
            left -= u32::from(open(at)?);
        }
        Some(at)
    }

    const SETS: [&[&str]; 5] =
        [&["GB"], &["DE"], &["US", "NYSE"], &["GB", "DE"], &["GB", "DE", "US", "NYSE"]];

    /// Every day of six years, leap years included, forward and back.
    #[test]
    fn counting_is_what_counting_day_by_day_gives() {
        for names in SETS {
            let by = by(names, MonthEnds::Down);
            let mut start = Date::new(2023, 1, 1).unwrap();
            while start.year() < 2029 {
                let count = 1 + u32::try_from(start.number() % 37).unwrap();
                let when = When::day(start);
                let (later, earlier) =
                    (when.plus(business(count), &by), when.minus(business(count), &by));
                assert_eq!(later.unwrap().known(), counted(names, start, count, false));
                assert_eq!(earlier.unwrap().known(), counted(names, start, count, true));
                start = start.plus_days(1).unwrap();
            }
        }
    }

    /// Months, then days, then business days: at random, by a fixed seed.
    #[test]
    fn mixed_lengths_are_counted_one_after_the_other() {
        let mut dice = Dice(0x5eed);
        let mut next = |below: u32| dice.roll(below);
        for round in 0..3_000 {
            let names = SETS[round % SETS.len()];
            let up = next(2) == 1;
            let by = by(names, if up { MonthEnds::Up } else { MonthEnds::Down });
            let start = Date::new(2024, 1, 1).unwrap().plus_days(next(1461).into()).unwrap();
            let (months, days, count) = (next(14), next(40), 1 + next(60));
            let back = next(2) == 1;
            let sum = Period::new(months, Unit::Months)
                .and_then(|sum| sum.checked_add(Period::new(days, Unit::Days)?))
                .and_then(|sum| sum.checked_add(business(count)))
                .unwrap();
            let sign = if back { -1 } else { 1 };
            let rounded = i64::from(up && start.rounds(i64::from(months) * sign));
            let step = start.plus_months(i64::from(months) * sign).unwrap();
            let step = step.plus_days(i64::from(days) * sign + rounded).unwrap();
            let when = When::day(start);
            let end = if back { when.minus(sum, &by) } else { when.plus(sum, &by) };
            assert_eq!(end.unwrap().known(), counted(names, step, count, back), "{start} {sum}");
        }
    }

    /// No start of the days covered gives fewer or more days than the span says, and some start
    /// gives each.
    #[test]
    fn spans_are_what_the_calendars_give() {
        for names in SETS {
            let workdays = by(names, MonthEnds::Down).business.unwrap();
            let (first, last) = workdays.covers().unwrap();
            for count in [1, 2, 4, 5, 10, 21, 90] {
                let mut found = (u32::MAX, 0);
                for start in first.number()..=last.number() {
                    let ends = [workdays.after(start, count), workdays.before(start, count)];
                    for end in ends.into_iter().flatten() {
                        let days = u32::try_from((end - start).abs()).unwrap();
                        found = (found.0.min(days), found.1.max(days));
                    }
                }
                assert_eq!(workdays.span(count), Some(found), "{names:?} {count}");
            }
        }
    }

    #[test]
    fn a_deadline_over_easter() {
        // Good Friday and Easter Monday are off in both, 1 May in Germany, 4 May in England.
        let both = by(&["GB", "DE"], MonthEnds::Unsaid);
        assert_eq!(day("2026-04-02").plus(business(1), &both).unwrap().to_string(), "2026-04-07");
        assert_eq!(day("2026-04-30").plus(business(1), &both).unwrap().to_string(), "2026-05-05");
        let german = by(&["DE"], MonthEnds::Unsaid);
        assert_eq!(day("2026-04-30").plus(business(1), &german).unwrap().to_string(), "2026-05-04");
        assert_eq!(day("2026-05-05").minus(business(1), &both).unwrap().to_string(), "2026-04-30");
    }

    #[test]
    fn a_stretch_and_an_event_keep_working() {
        let both = by(&["GB", "DE"], MonthEnds::Unsaid);
        let stretch =
            When::between(Date::parse("2026-04-01").unwrap(), Date::parse("2026-04-03").unwrap());
        let end = stretch.plus(business(1), &both).unwrap();
        assert_eq!(end.to_string(), "2026-04-02 to 2026-04-07");
        let launch = When::event("launch").plus(business(10), &both).unwrap();
        assert_eq!(launch.to_string(), "12 to 20 days after launch");
        let notice = When::event("launch").minus(business(10), &both).unwrap();
        assert_eq!(notice.to_string(), "12 to 20 days before launch");
    }

    #[test]
    fn what_cannot_be_counted_says_why() {
        let told = |when: &str, names: &[&str]| {
            day(when).plus(business(10), &by(names, MonthEnds::Down)).unwrap_err().to_string()
        };
        assert_eq!(told("2026-04-01", &[]), "business days need a calendar of business days");
        assert_eq!(
            told("2026-04-01", &["GB", "AT"]),
            "no calendar for AT is known; add one in pactum.toml"
        );
        let past = "business days of England and Wales + Germany are known from 2020-01-01 to \
                    2035-12-31 only";
        for edge in ["2035-12-20", "2036-01-01", "2019-12-31", "2019-01-01"] {
            assert_eq!(told(edge, &["GB", "DE"]), past, "{edge}");
        }
        assert!(day("2035-12-12").plus(business(10), &by(&["GB"], MonthEnds::Down)).is_ok());
        let long = When::event("launch").plus(business(20_000), &by(&["GB"], MonthEnds::Down));
        assert!(matches!(long, Err(Undated::NotCovered(_))), "{long:?}");
        let lines = |year: i16| {
            format!(
                "name Y{year}\ntitle {year}\ncovers {year}-01-01 to {year}-12-31\nweekend none\n"
            )
        };
        let mut calendars = Calendars::default();
        for year in [2030, 2031] {
            calendars.add(Calendar::parse(&lines(year)).unwrap());
        }
        assert_eq!(
            calendars.workdays(["Y2030", "Y2031"]).unwrap_err(),
            Undated::Apart("2030 and 2031".into())
        );
    }

    #[test]
    fn a_calendar_named_twice_is_named_once() {
        let workdays = Calendars::shipped().workdays(["GB", "GB-ENG"]).unwrap();
        assert_eq!(workdays.to_string(), "England and Wales");
        assert_eq!(Arc::strong_count(&workdays), 1);
    }
}
