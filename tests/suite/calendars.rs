//! The calendars of `calendars/`: derived here once more from the rules that lie behind them, and set
//! against the lists that those who make the rules have published.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use pactum::value::{Calendar, Calendars};

const FIRST: i16 = 2020;
const LAST: i16 = 2035;

type Days = BTreeMap<Date, String>;

/// A calendar: the name of its file, its head, and the holidays of a year.
struct Made {
    file: &'static str,
    head: &'static str,
    year: fn(i16, &mut Days),
}

const MADE: [Made; 4] = [
    Made {
        file: "GB-EAW.calendar",
        head: "\
# Business days in England and Wales: bank holidays and weekends are no business days.
# GB has three calendars of bank holidays. This one is also what `GB` alone is taken for; Scotland
# (GB-SCT) and Northern Ireland (GB-NIR) have others, which are not here.
# Days that were proclaimed for one year only are known up to 2025.
name GB-EAW
title England and Wales
also GB, GB-ENG, GB-WLS
source Banking and Financial Dealings Act 1971 and proclamations, as listed at gov.uk/bank-holidays
",
        year: england_and_wales,
    },
    Made {
        file: "DE.calendar",
        head: "\
# Business days in Germany, by the holidays of all sixteen states. Those of single states, such as
# Epiphany or Corpus Christi, are not here: where they count, add a calendar such as DE-BY.
name DE
title Germany
source holiday laws of the states, and the Unification Treaty article 2(2) for 3 October
",
        year: germany,
    },
    Made {
        file: "US.calendar",
        head: "\
# Business days of the federal government of the United States. States and cities have others.
# Days on which offices closed by a single order, and Inauguration Day, are not here.
name US
title US federal
source 5 U.S.C. 6103 and Executive Order 11582, as listed at opm.gov
",
        year: united_states,
    },
    Made {
        file: "NYSE.calendar",
        head: "\
# Trading days of the New York Stock Exchange. A day that closes early is a trading day.
# Days that were closed for one year only are known up to 2025.
name NYSE
title New York Stock Exchange
source NYSE Rule 7.2 and the closing of 2025-01-09
",
        year: stock_exchange,
    },
];

fn derived(made: &Made) -> String {
    let mut days = Days::new();
    // The new year of the year after may be observed on the last day of this one.
    for year in FIRST..=LAST + 1 {
        (made.year)(year, &mut days);
    }
    let mut text = made.head.to_owned();
    writeln!(text, "covers {FIRST}-01-01 to {LAST}-12-31\nweekend Saturday, Sunday").unwrap();
    let mut year = 0;
    for (day, name) in days.range(date(FIRST, 1, 1)..=date(LAST, 12, 31)) {
        if day.year() != year {
            year = day.year();
            text.push('\n');
        }
        writeln!(text, "{day} {name}").unwrap();
    }
    text
}

#[test]
fn the_files_are_what_the_rules_give() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("calendars");
    for made in &MADE {
        let (path, text) = (folder.join(made.file), derived(made));
        super::generated(path.to_str().unwrap(), &text);
    }
    assert_eq!(fs::read_dir(folder).unwrap().count(), MADE.len(), "each file is derived here");
    assert_eq!(Calendars::shipped().all().count(), MADE.len(), "each is read");
}

/// Whose lists were typed in, by calendar: the days off that are not on a weekend.
const PUBLISHED: [(&str, &str, &[&str]); 4] = [
    (
        "GB-EAW",
        "gov.uk/bank-holidays, England and Wales",
        &[
            "2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26",
            "2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26",
            "2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28",
            "2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28",
        ],
    ),
    (
        "DE",
        "ferien-und-feiertage.de, the holidays marked as of the whole country",
        &[
            "2024-01-01 2024-03-29 2024-04-01 2024-05-01 2024-05-09 2024-05-20 2024-10-03 2024-12-25 2024-12-26",
            "2025-01-01 2025-04-18 2025-04-21 2025-05-01 2025-05-29 2025-06-09 2025-10-03 2025-12-25 2025-12-26",
            "2026-01-01 2026-04-03 2026-04-06 2026-05-01 2026-05-14 2026-05-25 2026-12-25",
        ],
    ),
    (
        "US",
        "opm.gov, federal holidays",
        &[
            "2023-01-02 2023-01-16 2023-02-20 2023-05-29 2023-06-19 2023-07-04 2023-09-04 2023-10-09 2023-11-10 2023-11-23 2023-12-25",
            "2024-01-01 2024-01-15 2024-02-19 2024-05-27 2024-06-19 2024-07-04 2024-09-02 2024-10-14 2024-11-11 2024-11-28 2024-12-25",
            "2025-01-01 2025-01-20 2025-02-17 2025-05-26 2025-06-19 2025-07-04 2025-09-01 2025-10-13 2025-11-11 2025-11-27 2025-12-25",
            "2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-10-12 2026-11-11 2026-11-26 2026-12-25",
        ],
    ),
    (
        "NYSE",
        "NYSE Group, holidays of 2022 to 2024 (2021-12-27) and of 2025 to 2027 (2024-11-08)",
        &[
            "2022-01-17 2022-02-21 2022-04-15 2022-05-30 2022-06-20 2022-07-04 2022-09-05 2022-11-24 2022-12-26",
            "2023-01-02 2023-01-16 2023-02-20 2023-04-07 2023-05-29 2023-06-19 2023-07-04 2023-09-04 2023-11-23 2023-12-25",
            "2024-01-01 2024-01-15 2024-02-19 2024-03-29 2024-05-27 2024-06-19 2024-07-04 2024-09-02 2024-11-28 2024-12-25",
            "2025-01-01 2025-01-20 2025-02-17 2025-04-18 2025-05-26 2025-06-19 2025-07-04 2025-09-01 2025-11-27 2025-12-25",
            "2026-01-01 2026-01-19 2026-02-16 2026-04-03 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-11-26 2026-12-25",
            "2027-01-01 2027-01-18 2027-02-15 2027-03-26 2027-05-31 2027-06-18 2027-07-05 2027-09-06 2027-11-25 2027-12-24",
        ],
    ),
];

/// Days that no list of a year in advance could know.
const LATER: [(&str, &str); 1] = [("NYSE", "2025-01-09")];

#[test]
fn they_are_the_published_lists() {
    for (name, by, years) in PUBLISHED {
        let calendar = Calendars::shipped().find(name).unwrap();
        assert!(years.len() >= 3, "{name}");
        for list in years {
            let year = &list[..4];
            let off = |day: &pactum::value::Date| day.weekday() < 5;
            let ours = calendar.holidays().map(|(day, _)| day).filter(off);
            let ours = ours.map(|day| day.to_string()).filter(|day| day.starts_with(year));
            let ours = ours.filter(|day| !LATER.contains(&(name, day.as_str())));
            assert_eq!(ours.collect::<Vec<_>>().join(" "), *list, "{name} by {by}");
        }
    }
}

/// Days that were moved or added once, and holidays that began: as proclaimed.
#[test]
fn once_only() {
    let off = |name: &str, day: &str| {
        let day = pactum::value::Date::parse(day).unwrap();
        Calendars::shipped().find(name).unwrap().is_open(day) == Some(false)
    };
    for day in ["2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08"] {
        assert!(off("GB", day), "{day}");
    }
    for day in ["2020-05-04", "2022-05-30"] {
        assert!(!off("GB", day), "moved away from {day}");
    }
    assert!(off("US", "2021-06-18") && !off("US", "2020-06-19") && off("US", "2021-12-31"));
    assert!(!off("NYSE", "2021-06-18") && off("NYSE", "2022-06-20") && off("NYSE", "2025-01-09"));
    assert!(!off("NYSE", "2021-12-31") && !off("NYSE", "2027-12-31"), "no new year on a Saturday");
}

/// Every name that a calendar says it has leads to it, and nothing else does.
#[test]
fn names_lead_to_one_calendar() {
    let found = |name| Calendars::shipped().find(name).map(Calendar::name);
    for name in ["GB", "GB-EAW", "GB-ENG", "GB-WLS"] {
        assert_eq!(found(name), Some("GB-EAW"));
    }
    assert_eq!([found("DE"), found("US"), found("NYSE")], [Some("DE"), Some("US"), Some("NYSE")]);
    for name in ["GB-SCT", "GB-NIR", "US-NY", "DE-BY", "AT"] {
        assert_eq!(found(name), None);
    }
}

/// The Sunday of Easter in the Gregorian calendar: the first after the full moon of the tables of
/// 1582, as Knuth reckons it.
fn easter(year: i16) -> Date {
    let year = i32::from(year);
    let (golden, century) = (year % 19 + 1, year / 100 + 1);
    let (skipped, lunar) = (3 * century / 4 - 12, (8 * century + 5) / 25 - 5);
    let epact = match (11 * golden + 20 + lunar - skipped).rem_euclid(30) {
        25 if golden > 11 => 26,
        24 => 25,
        epact => epact,
    };
    let moon = if epact > 23 { 74 - epact } else { 44 - epact };
    let sunday = moon + 7 - (5 * year / 4 - skipped - 10 + moon) % 7;
    from(date(i16::try_from(year).unwrap(), 3, 1), i64::from(sunday) - 1)
}

#[test]
fn easter_is_when_it_was() {
    for day in ["1961-04-02", "2000-04-23", "2008-03-23", "2024-03-31", "2038-04-25"] {
        let day: Date = day.parse().unwrap();
        assert_eq!(easter(day.year()), day);
    }
}

fn from(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap()
}

/// The nth such day of a month; the last one for -1.
fn nth(year: i16, month: i8, n: i8, weekday: Weekday) -> Date {
    date(year, month, 1).nth_weekday_of_month(n, weekday).unwrap()
}

fn add(days: &mut Days, day: Date, name: &str) {
    days.entry(day).and_modify(|known| *known = format!("{known}, {name}")).or_insert(name.into());
}

fn england_and_wales(year: i16, days: &mut Days) {
    // A bank holiday on a weekend is kept on the next weekday that is not one already.
    let mut kept = |day: Date, name: &str| {
        let mut to = day;
        while matches!(to.weekday(), Weekday::Saturday | Weekday::Sunday) || days.contains_key(&to)
        {
            to = from(to, 1);
        }
        let moved = if to == day { "" } else { " (substitute day)" };
        days.insert(to, format!("{name}{moved}"));
    };
    kept(date(year, 1, 1), "New Year's Day");
    kept(from(easter(year), -2), "Good Friday");
    kept(from(easter(year), 1), "Easter Monday");
    match year {
        2020 => kept(date(2020, 5, 8), "Early May bank holiday (moved, VE Day)"),
        _ => kept(nth(year, 5, 1, Weekday::Monday), "Early May bank holiday"),
    }
    match year {
        2022 => kept(date(2022, 6, 2), "Spring bank holiday (moved, Platinum Jubilee)"),
        _ => kept(nth(year, 5, -1, Weekday::Monday), "Spring bank holiday"),
    }
    kept(nth(year, 8, -1, Weekday::Monday), "Summer bank holiday");
    // Where Christmas Day is a Sunday, Boxing Day keeps its Monday.
    kept(date(year, 12, 26), "Boxing Day");
    kept(date(year, 12, 25), "Christmas Day");
    // Where both are on a weekend, the earlier substitute is that of Christmas Day.
    if date(year, 12, 25).weekday() == Weekday::Saturday {
        days.insert(date(year, 12, 27), "Christmas Day (substitute day)".into());
        days.insert(date(year, 12, 28), "Boxing Day (substitute day)".into());
    }
    match year {
        2022 => {
            days.insert(date(2022, 6, 3), "Platinum Jubilee bank holiday".into());
            days.insert(date(2022, 9, 19), "State Funeral of Queen Elizabeth II".into());
        }
        2023 => {
            days.insert(date(2023, 5, 8), "Coronation of King Charles III".into());
        }
        _ => {}
    }
}

fn germany(year: i16, days: &mut Days) {
    let sunday = easter(year);
    for (day, name) in [
        (date(year, 1, 1), "New Year's Day"),
        (from(sunday, -2), "Good Friday"),
        (from(sunday, 1), "Easter Monday"),
        (date(year, 5, 1), "Labour Day"),
        (from(sunday, 39), "Ascension Day"),
        (from(sunday, 50), "Whit Monday"),
        (date(year, 10, 3), "Day of German Unity"),
        (date(year, 12, 25), "Christmas Day"),
        (date(year, 12, 26), "Second Day of Christmas"),
    ] {
        add(days, day, name);
    }
}

/// A holiday on a Saturday is observed the day before, one on a Sunday the day after.
fn observed(days: &mut Days, day: Date, name: &str) {
    match day.weekday() {
        Weekday::Saturday => add(days, from(day, -1), &format!("{name} (observed)")),
        Weekday::Sunday => add(days, from(day, 1), &format!("{name} (observed)")),
        _ => add(days, day, name),
    }
}

fn united_states(year: i16, days: &mut Days) {
    observed(days, date(year, 1, 1), "New Year's Day");
    add(days, nth(year, 1, 3, Weekday::Monday), "Birthday of Martin Luther King, Jr.");
    add(days, nth(year, 2, 3, Weekday::Monday), "Washington's Birthday");
    add(days, nth(year, 5, -1, Weekday::Monday), "Memorial Day");
    if year >= 2021 {
        observed(days, date(year, 6, 19), "Juneteenth National Independence Day");
    }
    observed(days, date(year, 7, 4), "Independence Day");
    add(days, nth(year, 9, 1, Weekday::Monday), "Labor Day");
    add(days, nth(year, 10, 2, Weekday::Monday), "Columbus Day");
    observed(days, date(year, 11, 11), "Veterans Day");
    add(days, nth(year, 11, 4, Weekday::Thursday), "Thanksgiving Day");
    observed(days, date(year, 12, 25), "Christmas Day");
}

fn stock_exchange(year: i16, days: &mut Days) {
    // A new year on a Saturday is not kept: the Friday before ends the year's accounts.
    if date(year, 1, 1).weekday() != Weekday::Saturday {
        observed(days, date(year, 1, 1), "New Year's Day");
    }
    add(days, nth(year, 1, 3, Weekday::Monday), "Martin Luther King, Jr. Day");
    add(days, nth(year, 2, 3, Weekday::Monday), "Washington's Birthday");
    add(days, from(easter(year), -2), "Good Friday");
    add(days, nth(year, 5, -1, Weekday::Monday), "Memorial Day");
    if year >= 2022 {
        observed(days, date(year, 6, 19), "Juneteenth National Independence Day");
    }
    observed(days, date(year, 7, 4), "Independence Day");
    add(days, nth(year, 9, 1, Weekday::Monday), "Labor Day");
    add(days, nth(year, 11, 4, Weekday::Thursday), "Thanksgiving Day");
    observed(days, date(year, 12, 25), "Christmas Day");
    if year == 2025 {
        add(days, date(2025, 1, 9), "National Day of Mourning for James Earl Carter, Jr.");
    }
}
