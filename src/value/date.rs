//! Days of the calendar, and dates that are known only up to an event or a rounding.

use std::fmt;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil;

use super::convention::{Convention, Conventions, MonthEnds, Undated};
use super::order::Orderings;
use super::period::Period;

/// A day of the calendar, years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// The last day of the calendar.
    pub const LAST: Self = Self(civil::Date::MAX);

    /// The day, if the calendar has it.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().and_then(Self::counted)
    }

    /// There is no year before the first.
    fn counted(date: civil::Date) -> Option<Self> {
        (date.year() > 0).then_some(Self(date))
    }

    /// The day that `2026-04-01` names.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut part = |digits: usize| {
            let part = parts.next().filter(|part| part.len() == digits)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i16>().ok())?
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        let date = Self::new(year, month.try_into().ok()?, day.try_into().ok()?);
        date.filter(|_| parts.next().is_none())
    }

    /// The day of the week, Monday being 0.
    pub fn weekday(self) -> usize {
        usize::from(self.0.weekday().to_monday_zero_offset().unsigned_abs())
    }

    /// Days since 1970-01-01.
    pub fn number(self) -> i64 {
        i64::from((self.0 - civil::date(1970, 1, 1)).get_days())
    }

    /// The day with that number; `None` outside the calendar.
    pub fn from_number(number: i64) -> Option<Self> {
        let day = number.days();
        civil::date(1970, 1, 1).checked_add(day).ok().and_then(Self::counted)
    }

    /// The calendar year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, from 1.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, from 1.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day `days` days later, or earlier where negative.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_number(self.number().checked_add(days)?)
    }

    /// The same day `months` later (or earlier); the last of the month where the month is shorter.
    pub fn plus_months(self, months: i64) -> Option<Self> {
        self.0.checked_add(months.months()).ok().and_then(Self::counted)
    }

    /// Whether adding that many months meets a shorter month, so that a rounding had to decide.
    pub fn rounds(self, months: i64) -> bool {
        self.plus_months(months).is_some_and(|end| end.0.day() != self.0.day())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

/// A date as far as it is known: a day, a stretch of days of which it is one, or a distance from an
/// event that has no date yet. Two dates that hang on the same event compare by their distance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    event: Option<Arc<str>>,
    early: i64,
    late: i64,
}

impl When {
    /// One day.
    pub fn day(date: Date) -> Self {
        Self { event: None, early: date.number(), late: date.number() }
    }

    /// Some day from `first` to `last`, both included.
    pub fn between(first: Date, last: Date) -> Self {
        Self { event: None, early: first.number(), late: last.number().max(first.number()) }
    }

    /// The day of an event that has no date yet.
    pub fn event(name: impl Into<Arc<str>>) -> Self {
        Self { event: Some(name.into()), early: 0, late: 0 }
    }

    /// The day, where it is one known day.
    pub fn known(&self) -> Option<Date> {
        let certain = self.event.is_none() && self.early == self.late;
        certain.then(|| Date::from_number(self.early)).flatten()
    }

    /// The first and last day it can be, where it does not hang on an event.
    pub fn range(&self) -> Option<(Date, Date)> {
        let dated = self.event.is_none();
        dated.then(|| Date::from_number(self.early).zip(Date::from_number(self.late))).flatten()
    }

    /// The event it hangs on.
    pub fn waits_for(&self) -> Option<&str> {
        self.event.as_deref()
    }

    /// That much later. Months from a known day are exact, but for a day that a month lacks; from an
    /// event they are a stretch, and so are business days.
    pub fn plus(&self, period: Period, by: &Conventions) -> Result<Self, Undated> {
        self.moved(period, false, by)
    }

    /// That much earlier, under the same conditions.
    pub fn minus(&self, period: Period, by: &Conventions) -> Result<Self, Undated> {
        self.moved(period, true, by)
    }

    /// What decides where it moves to, later or back.
    pub fn deciding(&self, period: Period, back: bool, by: &Conventions) -> Vec<Convention> {
        let end = |month_ends| {
            let by = Conventions { month_ends, ..by.clone() };
            self.moved(period, back, &by)
        };
        // Most months have the day: then both ends are one, and need not be looked for.
        let rounds = self.rounds(period, back) && end(MonthEnds::Down) != end(MonthEnds::Up);
        let month_end = rounds.then_some(Convention::MonthEnd(by.month_ends));
        let counted = by.business.as_ref().ok().filter(|_| period.business_days() > 0);
        let counted = counted.map(|workdays| Convention::BusinessDays(Arc::clone(workdays)));
        month_end.into_iter().chain(counted).collect()
    }

    /// The stretch that holds both; `None` where they hang on different events.
    pub fn spanning(&self, other: &Self) -> Option<Self> {
        let (early, late) = (self.early.min(other.early), self.late.max(other.late));
        (self.event == other.event).then(|| Self { event: self.event.clone(), early, late })
    }

    /// Moved by whole days.
    #[must_use]
    pub fn plus_days(&self, days: i64) -> Self {
        Self { event: self.event.clone(), early: self.early + days, late: self.late + days }
    }

    fn moved(&self, period: Period, back: bool, by: &Conventions) -> Result<Self, Undated> {
        let sign = if back { -1 } else { 1 };
        if self.event.is_some() {
            let (least, most) = period.bounds_by(by)?;
            let (least, most) = (i64::from(least) * sign, i64::from(most) * sign);
            let (early, late) = (self.early + least.min(most), self.late + least.max(most));
            return Ok(Self { event: self.event.clone(), early, late });
        }
        let (first, last) = match by.month_ends {
            MonthEnds::Unsaid => (MonthEnds::Down, MonthEnds::Up),
            said => (said, said),
        };
        let end = |number, rounding| day_moved(number, period, back, rounding, by);
        let early = end(self.early, first)?;
        let one = self.early == self.late && (first == last || !self.rounds(period, back));
        Ok(Self { event: None, early, late: if one { early } else { end(self.late, last)? } })
    }

    /// Whether months meet a shorter month on the way from a day that is known.
    fn rounds(&self, period: Period, back: bool) -> bool {
        let months = if back { -i64::from(period.months()) } else { period.months().into() };
        let day = |number| Date::from_number(number).is_some_and(|day| day.rounds(months));
        self.event.is_none() && (day(self.early) || (self.late != self.early && day(self.late)))
    }
}

/// The number of a day moved by months, then days, then business days.
fn day_moved(
    number: i64,
    period: Period,
    back: bool,
    rounding: MonthEnds,
    by: &Conventions,
) -> Result<i64, Undated> {
    let sign = if back { -1 } else { 1 };
    let date = Date::from_number(number).ok_or(Undated::OutOfYears)?;
    let end = date.plus_months(i64::from(period.months()) * sign).ok_or(Undated::OutOfYears)?;
    let up = i64::from(end.day() != date.day() && rounding == MonthEnds::Up);
    let days = i64::from(period.days()) * sign + up;
    let day = end.plus_days(days).ok_or(Undated::OutOfYears)?.number();
    let count = period.business_days();
    if count == 0 {
        return Ok(day);
    }
    let workdays = by.business.as_ref().map_err(Clone::clone)?;
    let end = if back { workdays.before(day, count) } else { workdays.after(day, count) };
    end.ok_or_else(|| Undated::NotCovered(Arc::clone(workdays)))
}

impl When {
    /// The orders possible between two dates; any, where they hang on different events.
    pub fn orderings(&self, other: &Self) -> Orderings {
        if self.event != other.event {
            return Orderings::ANY;
        }
        Orderings::of_stretches((self.early, self.late), (other.early, other.late))
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.event, self.range()) {
            (None, Some((first, last))) if first == last => write!(f, "{first}"),
            (None, Some((first, last))) => write!(f, "{first} to {last}"),
            (None, None) => f.write_str("outside the calendar"),
            (Some(event), _) => {
                let days = |n: i64| if n.abs() == 1 { "day" } else { "days" };
                let (first, last) = (self.early.abs(), self.late.abs());
                let (low, high) = (first.min(last), first.max(last));
                let side = if self.late <= 0 { "before" } else { "after" };
                match (self.early, self.late) {
                    (0, 0) => write!(f, "{event}"),
                    (early, late) if early < 0 && late > 0 => {
                        let (ahead, behind) = (days(first), days(last));
                        write!(f, "{first} {ahead} before to {last} {behind} after {event}")
                    }
                    _ if low == high => write!(f, "{high} {} {side} {event}", days(high)),
                    _ => write!(f, "{low} to {high} days {side} {event}"),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::order::Comparison;
    use super::super::period::Unit;
    use super::*;

    fn date(year: i16, month: i8, day: i8) -> Date {
        Date::new(year, month, day).unwrap()
    }

    #[test]
    fn days_that_do_not_exist() {
        assert_eq!(Date::new(2026, 2, 30), None);
        assert!(Date::new(2028, 2, 29).is_some());
        // The years are counted from 1.
        assert_eq!(Date::new(0, 12, 31), None);
        assert_eq!(Date::new(1, 1, 1).unwrap().plus_days(-1), None);
    }

    #[test]
    fn months_clamp_to_the_end() {
        assert_eq!(date(2026, 1, 31).plus_months(1), Some(date(2026, 2, 28)));
        assert!(date(2026, 1, 31).rounds(1) && !date(2026, 1, 28).rounds(1));
    }

    fn by(month_ends: MonthEnds) -> Conventions {
        Conventions { month_ends, ..Conventions::default() }
    }

    #[test]
    fn a_month_that_is_too_short_rounds_as_is_said() {
        let (last, month) = (When::day(date(2027, 1, 31)), Period::new(1, Unit::Months).unwrap());
        let end = |ends| last.plus(month, &by(ends)).unwrap().to_string();
        assert_eq!(end(MonthEnds::Down), "2027-02-28");
        assert_eq!(end(MonthEnds::Up), "2027-03-01");
        assert_eq!(end(MonthEnds::Unsaid), "2027-02-28 to 2027-03-01");
        let march = When::day(date(2027, 3, 31));
        assert_eq!(march.minus(month, &by(MonthEnds::Up)).unwrap().to_string(), "2027-03-01");
        let day = When::day(date(2027, 1, 28)).plus(month, &Conventions::default()).unwrap();
        assert_eq!(day.known(), Some(date(2027, 2, 28)));
    }

    /// Of a stretch of days, either end may meet a month that lacks it.
    #[test]
    fn a_month_decides_where_either_end_of_a_stretch_is_too_late() {
        let month = Period::new(1, Unit::Months).unwrap();
        let decided = |first, last| {
            let days = When::between(first, last);
            days.deciding(month, false, &by(MonthEnds::Up)).len()
        };
        let [day_28, last, first] = [date(2027, 1, 28), date(2027, 1, 31), date(2027, 2, 1)];
        assert_eq!([decided(last, last), decided(day_28, last), decided(last, first)], [1; 3]);
        assert_eq!([decided(day_28, day_28), decided(first, date(2027, 2, 28))], [0; 2]);
    }

    #[test]
    fn only_what_hangs_on_one_event_is_one_stretch() {
        let [day, later] = [When::day(date(2027, 1, 1)), When::day(date(2027, 2, 1))];
        let all = day.spanning(&later).unwrap();
        assert_eq!(all, later.spanning(&day).unwrap());
        assert_eq!(all.range(), Some((date(2027, 1, 1), date(2027, 2, 1))));
        let [launch, closing] = [When::event("launch"), When::event("closing")];
        let told = |early, late| {
            let stretch = launch.plus_days(early).spanning(&launch.plus_days(late));
            stretch.unwrap().to_string()
        };
        assert_eq!(told(0, 0), "launch");
        assert_eq!(told(1, 1), "1 day after launch");
        assert_eq!(told(-2, -2), "2 days before launch");
        assert_eq!(told(-5, -2), "2 to 5 days before launch");
        assert_eq!(told(-3, 0), "0 to 3 days before launch");
        assert_eq!(told(-1, 3), "1 day before to 3 days after launch");
        assert_eq!(told(0, 3), "0 to 3 days after launch");
        assert_eq!([launch.spanning(&closing), launch.spanning(&day)], [None, None]);
    }

    #[test]
    fn the_same_event_compares_by_distance() {
        let launch = When::event("launch");
        let after = |months| {
            launch
                .plus(Period::new(months, Unit::Months).unwrap(), &Conventions::default())
                .unwrap()
        };
        let (three, six) = (after(3), after(6));
        assert_eq!(six.orderings(&three).decide(Comparison::Greater), Some(true));
        assert_eq!(three.orderings(&launch).decide(Comparison::Greater), Some(true));
        assert_eq!(three.orderings(&When::day(date(2026, 1, 1))), Orderings::ANY);
        assert_eq!(three.to_string(), "89 to 92 days after launch");
    }
}
