//! Stretches of time that follow on one another: calendar months, contract years, twelve months from
//! a day. The n-th is counted from the first day of all, never from the one before.

use std::fmt;

use crate::value::{Date, Period};

/// Stretches of one length, counted from a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cycle {
    anchor: Date,
    months: u32,
    days: u32,
}

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
}

impl Cycle {
    /// Calendar months, quarters or years, by how many months they have.
    pub fn calendar(months: u32) -> Option<Self> {
        Date::new(2000, 1, 1).map(|anchor| Self { anchor, months, days: 0 })
    }

    /// Stretches of a length from a day on; none for a length of business days, or of months and days.
    pub(super) fn from(anchor: Date, length: Period) -> Option<Self> {
        let (months, days) = (length.months(), length.days());
        let plain = length.business_days() == 0 && (months == 0) != (days == 0);
        plain.then_some(Self { anchor, months, days })
    }

    /// The stretch a day is in; none at the edge of the calendar.
    pub fn of(&self, day: Date) -> Option<Stretch> {
        let mut count = if self.months > 0 {
            let months = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
            (months(day) - months(self.anchor)).div_euclid(i64::from(self.months))
        } else {
            (day.number() - self.anchor.number()).div_euclid(i64::from(self.days))
        };
        if self.begin(count)? > day {
            count -= 1;
        }
        Some(Stretch { first: self.begin(count)?, last: self.begin(count + 1)?.plus_days(-1)? })
    }

    /// The stretch behind one.
    pub fn after(&self, stretch: Stretch) -> Option<Stretch> {
        self.of(stretch.last.plus_days(1)?)
    }

    fn begin(&self, count: i64) -> Option<Date> {
        if self.months > 0 {
            self.anchor.plus_months(count.checked_mul(i64::from(self.months))?)
        } else {
            self.anchor.plus_days(count.checked_mul(i64::from(self.days))?)
        }
    }
}

/// `2026`, `2026-Q2`, `2026-04`; else its first and last day.
impl fmt::Display for Stretch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.year(), self.first.month());
        let ends = |months: i64| {
            let next = self.first.plus_months(months).and_then(|next| next.plus_days(-1));
            self.first.day() == 1 && next == Some(self.last)
        };
        match month {
            1 if ends(12) => write!(f, "{year:04}"),
            _ if month % 3 == 1 && ends(3) => write!(f, "{year:04}-Q{}", month / 3 + 1),
            _ if ends(1) => write!(f, "{year:04}-{month:02}"),
            _ => write!(f, "{} to {}", self.first, self.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Unit;

    fn day(year: i16, month: i8, day: i8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    #[test]
    fn stretches_of_the_calendar() {
        let told = |months, day| Cycle::calendar(months).unwrap().of(day).unwrap().to_string();
        assert_eq!(told(12, day(2026, 12, 31)), "2026");
        assert_eq!(told(3, day(2026, 4, 1)), "2026-Q2");
        assert_eq!(told(1, day(1999, 2, 28)), "1999-02");
    }

    #[test]
    fn every_day_is_in_one_stretch() {
        for (anchor, count, unit) in [
            (day(2026, 4, 1), 12, Unit::Months),
            (day(2026, 1, 31), 1, Unit::Months),
            (day(2028, 2, 29), 1, Unit::Years),
            (day(2026, 3, 15), 14, Unit::Days),
        ] {
            let cycle = Cycle::from(anchor, Period::new(count, unit).unwrap()).unwrap();
            let mut current = cycle.of(day(2025, 1, 1)).unwrap();
            for offset in 0..2000 {
                let today = day(2025, 1, 1).plus_days(offset).unwrap();
                if today > current.last {
                    let next = cycle.of(today).unwrap();
                    assert_eq!(next.first, today, "no day between");
                    assert_eq!(cycle.after(current), Some(next));
                    current = next;
                }
                assert_eq!(cycle.of(today), Some(current), "{today}");
            }
            assert_eq!(cycle.of(anchor).unwrap().first, anchor);
        }
    }
}
