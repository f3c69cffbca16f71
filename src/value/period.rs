//! A contractual length of time, kept as written: `30 days` is not `1 month`.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use super::convention::{Conventions, Undated};
use super::order::Orderings;

/// The unit a length of time is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Calendar days.
    Days,
    /// Days on which business is done, by a named calendar.
    BusinessDays,
    /// Seven days.
    Weeks,
    /// Calendar months.
    Months,
    /// Three months.
    Quarters,
    /// Twelve months.
    Years,
}

impl Unit {
    /// Every unit, shortest first.
    pub const ALL: [Self; 6] =
        [Self::Days, Self::BusinessDays, Self::Weeks, Self::Months, Self::Quarters, Self::Years];

    /// The plural word: `business days`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::BusinessDays => "business days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Quarters => "quarters",
            Self::Years => "years",
        }
    }

    /// How many months, days and business days one is.
    const fn parts(self) -> (u32, u32, u32) {
        match self {
            Self::Days => (0, 1, 0),
            Self::BusinessDays => (0, 0, 1),
            Self::Weeks => (0, 7, 0),
            Self::Months => (1, 0, 0),
            Self::Quarters => (3, 0, 0),
            Self::Years => (12, 0, 0),
        }
    }
}

/// A length of time. Months, days and business days are kept apart; which is longer is answered
/// only where the calendar leaves no doubt.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    months: u32,
    days: u32,
    business_days: u32,
    spelled: Unit,
}

impl Period {
    /// `perpetual`: longer than any length anybody can write.
    pub const PERPETUAL: Self =
        Self { months: 1_200_000, days: 0, business_days: 0, spelled: Unit::Years };

    /// `count` of `unit`; `None` past a thousand years.
    pub fn new(count: u32, unit: Unit) -> Option<Self> {
        let (months, days, business) = unit.parts();
        let period = Self {
            months: count.checked_mul(months)?,
            days: count.checked_mul(days)?,
            business_days: count.checked_mul(business)?,
            spelled: unit,
        };
        (period.months <= 12_000 && period.days <= 366_000 && period.business_days <= 261_000)
            .then_some(period)
    }

    /// The whole months in it.
    pub const fn months(self) -> u32 {
        self.months
    }

    /// The calendar days in it, beside the months.
    pub const fn days(self) -> u32 {
        self.days
    }

    /// The business days in it, beside months and days.
    pub const fn business_days(self) -> u32 {
        self.business_days
    }

    /// The unit it is written in.
    pub const fn unit(self) -> Unit {
        self.spelled
    }

    /// Both lengths together, unit by unit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self {
            months: self.months.checked_add(other.months)?,
            days: self.days.checked_add(other.days)?,
            business_days: self.business_days.checked_add(other.business_days)?,
            spelled: self.spelled,
        })
    }

    /// That many times as long; `None` where it is too long to count.
    pub fn times(self, count: u32) -> Option<Self> {
        Some(Self {
            months: self.months.checked_mul(count)?,
            days: self.days.checked_mul(count)?,
            business_days: self.business_days.checked_mul(count)?,
            spelled: self.spelled,
        })
    }

    /// The fewest and the most calendar days it can be, over every start from 1901 to 2099.
    /// Business days have no most: a calendar may close for as long as it likes.
    pub fn bounds(self) -> (u32, Option<u32>) {
        let (least, most) = month_bounds(self.months);
        let business = self.business_days;
        // With weekends only, n business days are fewest when the count starts on a Sunday.
        let weekends = business.saturating_sub(1) / 5 * 2;
        let least = least + self.days + business + weekends;
        (least, (business == 0).then_some(most + self.days))
    }

    /// The same where business days are counted by calendars: then they have a most, over every
    /// start that keeps the count inside the days the calendars cover.
    pub fn bounds_by(self, by: &Conventions) -> Result<(u32, u32), Undated> {
        let (least, most) = month_bounds(self.months);
        let (least, most) = (least + self.days, most + self.days);
        if self.business_days == 0 {
            return Ok((least, most));
        }
        let workdays = by.business.as_ref().map_err(Clone::clone)?;
        let span = workdays.span(self.business_days);
        let (fewest, longest) = span.ok_or_else(|| Undated::NotCovered(Arc::clone(workdays)))?;
        Ok((least + fewest, most + longest))
    }
}

/// The days of each month in four years. Any of them can be a start.
const LENGTHS: [u32; 48] = {
    let mut lengths = [31; 48];
    let short = [(1, 28), (3, 30), (5, 30), (8, 30), (10, 30)];
    let mut year = 0;
    while year < 4 {
        let mut each = 0;
        while each < short.len() {
            lengths[year * 12 + short[each].0] = short[each].1;
            each += 1;
        }
        year += 1;
    }
    lengths[1] = 29;
    lengths
};

/// The least and the most days of so many months, from the first of a month: one that ends on the last
/// day of a shorter month has no fewer days than the shortest of these, and no more than the longest.
static BOUNDS: [(u32, u32); 48] = {
    let mut bounds = [(u32::MAX, 0); 48];
    let mut months = 0;
    while months < 48 {
        let mut start = 0;
        while start < 48 {
            let (mut days, mut step) = (0, 0);
            while step < months {
                days += LENGTHS[(start + step) % 48];
                step += 1;
            }
            let (least, most) = bounds[months];
            bounds[months] =
                (if days < least { days } else { least }, if days > most { days } else { most });
            start += 1;
        }
        months += 1;
    }
    bounds
};

fn month_bounds(months: u32) -> (u32, u32) {
    let cycles = months / 48 * 1461;
    let (least, most) = BOUNDS[(months % 48) as usize];
    (cycles + least, cycles + most)
}

impl PartialEq for Period {
    /// Equal in length, however spelled: `1 year` is `12 months`.
    fn eq(&self, other: &Self) -> bool {
        (self.months, self.days, self.business_days)
            == (other.months, other.days, other.business_days)
    }
}

impl Eq for Period {}

impl Period {
    /// The orders possible between two lengths, as times are counted.
    pub fn orderings(self, other: Self, by: &Conventions) -> Orderings {
        let parts = |p: Self| [p.months, p.days, p.business_days];
        let (mine, theirs) = (parts(self), parts(other));
        let steps = || mine.iter().zip(&theirs).map(|(a, b)| a.cmp(b));
        if self == other {
            return Ordering::Equal.into();
        }
        // Two days that are a few apart may both be days off: so many business days after either are
        // the same day.
        let equal = self.business_days == other.business_days
            && self.business_days > 0
            && self.months == other.months;
        if steps().all(Ordering::is_le) {
            return Orderings { equal, ..Ordering::Less.into() };
        }
        if steps().all(Ordering::is_ge) {
            return Orderings { equal, ..Ordering::Greater.into() };
        }
        let stretch = |p: Self| {
            p.bounds_by(by).unwrap_or_else(|_| (p.bounds().0, p.bounds().1.unwrap_or(u32::MAX)))
        };
        Orderings::of_stretches(stretch(self), stretch(other))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::PERPETUAL {
            return f.write_str("perpetual");
        }
        let (months, days, business) = self.spelled.parts();
        let count = self.months.checked_div(months).or(self.days.checked_div(days));
        let count = count.or(self.business_days.checked_div(business)).unwrap_or(0);
        if Self::new(count, self.spelled).as_ref() == Some(self) {
            return spell(f, count, self.spelled);
        }
        let mut join = "";
        for (count, unit) in [
            (self.months, Unit::Months),
            (self.days, Unit::Days),
            (self.business_days, Unit::BusinessDays),
        ] {
            if count > 0 {
                f.write_str(join)?;
                spell(f, count, unit)?;
                join = " and ";
            }
        }
        Ok(())
    }
}

fn spell(f: &mut fmt::Formatter<'_>, count: u32, unit: Unit) -> fmt::Result {
    let word = unit.word();
    write!(f, "{count} {}", if count == 1 { word.trim_end_matches('s') } else { word })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orders(a: Period, b: Period) -> Orderings {
        a.orderings(b, &Conventions::default())
    }

    fn period(count: u32, unit: Unit) -> Period {
        Period::new(count, unit).unwrap()
    }

    #[test]
    fn months_have_bounds() {
        assert_eq!(period(1, Unit::Months).bounds(), (28, Some(31)));
        assert_eq!(period(3, Unit::Months).bounds(), (89, Some(92)));
        assert_eq!(period(1, Unit::Years).bounds(), (365, Some(366)));
        assert_eq!(period(4, Unit::Years).bounds(), (1461, Some(1461)));
        assert_eq!(period(10, Unit::BusinessDays).bounds(), (12, None));
    }

    /// Day by day over four years: no start gives fewer or more days than the bounds say.
    #[test]
    fn bounds_are_what_the_calendar_gives() {
        use jiff::{ToSpan, civil::date};
        for months in 1..=40_u32 {
            let (mut least, mut most) = (u32::MAX, 0);
            let mut day = date(2021, 1, 1);
            while day.year() < 2025 {
                let end = day.checked_add(i64::from(months).months()).unwrap();
                let days = u32::try_from((end - day).get_days()).unwrap();
                (least, most) = (least.min(days), most.max(days));
                day = day.tomorrow().unwrap();
            }
            assert_eq!(period(months, Unit::Months).bounds(), (least, Some(most)), "{months}");
        }
    }

    #[test]
    fn only_the_decided_compares() {
        use super::super::order::Comparison::{AtLeast, AtMost, Greater};
        let (days, months) = (|n| period(n, Unit::Days), |n| period(n, Unit::Months));
        assert_eq!(orders(months(3), days(90)).decide(AtLeast), None);
        assert_eq!(orders(months(3), days(89)).decide(AtLeast), Some(true));
        assert_eq!(orders(months(3), days(92)).decide(AtMost), Some(true));
        assert_eq!(orders(months(3), days(88)).decide(Greater), Some(true));
        assert_eq!(period(1, Unit::Years), months(12));
        assert_eq!(period(2, Unit::Weeks), days(14));
        let business = period(10, Unit::BusinessDays);
        assert_eq!(orders(business, days(11)).decide(Greater), Some(true));
        assert_eq!(orders(business, days(30)).decide(Greater), None);
    }

    #[test]
    fn spelled_as_written() {
        assert_eq!(period(2, Unit::Years).to_string(), "2 years");
        assert_eq!(period(1, Unit::BusinessDays).to_string(), "1 business day");
        let both = period(1, Unit::Months).checked_add(period(10, Unit::Days)).unwrap();
        assert_eq!(both.to_string(), "1 month and 10 days");
    }
}
