//! Terms and notices against counting one day at a time.

use super::{date, with};
use crate::timeline::{Ask, Kind};
use crate::value::Date;

/// One day at a time, with no month arithmetic but the number of each day.
fn slow_months(start: Date, months: i64) -> Date {
    let (mut day, mut passed) = (start, 0);
    while passed < months {
        let next = day.plus_days(1).unwrap();
        passed += i64::from(next.day() == 1);
        day = next;
    }
    // In the right month, on its first day: on to the number of the start, as far as the month goes.
    while months > 0 && day.day() < start.day() {
        let next = day.plus_days(1).unwrap();
        if next.day() == 1 {
            break;
        }
        day = next;
    }
    day
}

fn slow_back(end: Date, days: u32) -> Date {
    (0..days).fold(end, |day, _| day.plus_days(-1).unwrap())
}

#[test]
fn renewals_and_notices_are_those_of_slow_counting() {
    let starts =
        ["2024-02-29", "2026-01-31", "2026-04-01", "2026-12-31", "2027-08-30", "2027-10-29"];
    let mut compared = 0;
    for start in starts {
        for (initial, renewed, notice) in
            [(24, 12, 90), (6, 1, 10), (13, 3, 45), (1, 1, 1), (11, 6, 30), (48, 12, 180)]
        {
            let found = with(
                &format!("  starts {start}; month ends round down"),
                &format!(
                    "term\n  initial: {initial} months\n  renewal: automatic, {renewed} months; unless {notice} days notice before term end"
                ),
                Ask { until: Some(date("2036-12-31")), ..Ask::default() },
                &[],
            );
            let start = date(start);
            // The first of a month is the first day after the months have passed.
            let next = |n: i64| slow_months(start, initial + renewed * n);
            let ends: Vec<Date> = (0..200)
                .map(|n| next(n).plus_days(-1).unwrap())
                .take_while(|end| *end <= date("2036-12-31"))
                .collect();
            let shown = |kind| {
                let of = found.entries.iter().filter(move |entry| entry.kind == kind);
                of.map(|entry| entry.on.days().unwrap().0).collect::<Vec<_>>()
            };
            assert_eq!(shown(Kind::TermEnd), ends, "{start} {initial} {renewed}");
            let notices: Vec<Date> = ends.iter().map(|end| slow_back(*end, notice)).collect();
            assert_eq!(shown(Kind::Notice)[..ends.len()], notices, "{start} {notice} days");
            compared += ends.len();
        }
    }
    assert!(compared > 500, "{compared}");
}
