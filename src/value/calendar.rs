//! A calendar of business days: what comes in is the text of a `*.calendar` file, what goes out are
//! its weekend, its holidays and the days it covers, or what is wrong with it and where.

use std::collections::BTreeMap;
use std::ops::Range;

use super::date::Date;

/// The days of the week, Monday first.
const WEEK: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// What a calendar says beside its days.
const KEYS: [&str; 6] = ["name", "title", "also", "source", "covers", "weekend"];
/// The most days a calendar may cover: a hundred years.
const LONGEST: i64 = 36_525;

/// On which days business is done somewhere, as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    name: String,
    title: String,
    also: Vec<String>,
    first: Date,
    last: Date,
    holidays: BTreeMap<Date, String>,
    /// The numbers of the days on which business is done, in order.
    open: Vec<i64>,
}

/// What is wrong with a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarSlip {
    /// The bytes of the text that are wrong.
    pub at: Range<usize>,
    /// What is wrong.
    pub told: String,
    /// What to write.
    pub help: String,
}

impl Calendar {
    /// Reads a calendar. It is whole or not there: a holiday that is lost would be counted as a day
    /// of business in silence.
    pub fn parse(text: &str) -> Result<Self, Vec<CalendarSlip>> {
        let mut reading = Reading::default();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            reading.line(line, start);
            start += line.len();
        }
        reading.finish()
    }

    /// The name that an agreement writes.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is called where it decided something.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Whether an agreement that writes that name means this one.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.also.iter().any(|other| other == name)
    }

    /// The first and the last day it covers.
    pub const fn covers(&self) -> (Date, Date) {
        (self.first, self.last)
    }

    /// The holidays in their order, those on weekends included.
    pub fn holidays(&self) -> impl Iterator<Item = (Date, &str)> {
        self.holidays.iter().map(|(day, name)| (*day, name.as_str()))
    }

    /// Whether business is done on a day; `None` where the calendar does not cover it.
    pub fn is_open(&self, day: Date) -> Option<bool> {
        let covered = (self.first..=self.last).contains(&day);
        covered.then(|| self.open.binary_search(&day.number()).is_ok())
    }

    /// The numbers of the days on which business is done, in order.
    pub(super) fn open(&self) -> &[i64] {
        &self.open
    }
}

/// A calendar being read.
#[derive(Debug, Default)]
struct Reading {
    said: BTreeMap<&'static str, String>,
    covers: Option<(Date, Date)>,
    weekend: Option<[bool; 7]>,
    also: Vec<String>,
    holidays: BTreeMap<Date, (String, Range<usize>)>,
    slips: Vec<CalendarSlip>,
}

impl Reading {
    fn line(&mut self, line: &str, start: usize) {
        let text = line.trim();
        if text.is_empty() || text.starts_with('#') {
            return;
        }
        let from = start + line.len() - line.trim_start().len();
        let at = from..from + text.len();
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let rest = rest.trim();
        match KEYS.into_iter().find(|key| *key == word) {
            Some(key) => self.key(key, rest, at),
            None => self.day(word, rest, at),
        }
    }

    fn key(&mut self, key: &'static str, rest: &str, at: Range<usize>) {
        if self.said.insert(key, rest.to_owned()).is_some() {
            return self.slip(at, format!("`{key}` is said twice"), "keep one of them");
        }
        if rest.is_empty() {
            return self.slip(at, format!("`{key}` says nothing"), example(key));
        }
        let wrong = match key {
            "name" if !is_name(rest) => Some(format!("`{rest}` is no name of a calendar")),
            "also" => {
                self.also = rest.split(',').map(|name| name.trim().to_owned()).collect();
                let odd = self.also.iter().find(|name| !is_name(name));
                odd.map(|name| format!("`{name}` is no name of a calendar"))
            }
            "covers" => self.range(rest).err(),
            "weekend" => self.week(rest).err(),
            _ => None,
        };
        if let Some(told) = wrong {
            self.slip(at, told, example(key));
        }
    }

    fn range(&mut self, rest: &str) -> Result<(), String> {
        let (first, last) = rest.split_once(" to ").unwrap_or((rest, ""));
        let day = |text: &str| {
            Date::parse(text.trim()).ok_or_else(|| format!("`{}` is no day", text.trim()))
        };
        let (first, last) = (day(first)?, day(last)?);
        if last < first {
            return Err(format!("{last} is before {first}"));
        }
        if last.number() - first.number() > LONGEST {
            return Err("it covers more than 100 years".to_owned());
        }
        self.covers = Some((first, last));
        Ok(())
    }

    fn week(&mut self, rest: &str) -> Result<(), String> {
        let mut weekend = [false; 7];
        for word in rest.split(',').map(str::trim).filter(|word| *word != "none") {
            match WEEK.iter().position(|day| *day == word) {
                Some(day) => weekend[day] = true,
                None => return Err(format!("`{word}` is no day of the week")),
            }
        }
        if weekend == [true; 7] {
            return Err("no day of the week is left for business".to_owned());
        }
        self.weekend = Some(weekend);
        Ok(())
    }

    fn day(&mut self, word: &str, name: &str, at: Range<usize>) {
        let shape = "a line is a day and its name, such as: 2026-12-25 Christmas Day";
        let Some(day) = Date::parse(word) else {
            let told = if word.starts_with(|first: char| first.is_ascii_digit()) {
                format!("`{word}` is no day")
            } else {
                format!("`{word}` is nothing a calendar says")
            };
            return self.slip(at, told, format!("{shape}; or one of: {}", KEYS.join(", ")));
        };
        if name.is_empty() {
            return self.slip(at, format!("{day} has no name"), shape);
        }
        if let Some((other, _)) = self.holidays.get(&day) {
            let told = format!("{day} is there twice: {other}, {name}");
            return self.slip(at, told, "write one line for the day, with both names");
        }
        self.holidays.insert(day, (name.to_owned(), at));
    }

    fn slip(&mut self, at: Range<usize>, told: String, help: impl Into<String>) {
        self.slips.push(CalendarSlip { at, told, help: help.into() });
    }

    fn finish(mut self) -> Result<Calendar, Vec<CalendarSlip>> {
        for key in ["name", "title", "covers", "weekend"] {
            if !self.said.contains_key(key) {
                self.slip(0..0, format!("the calendar has no line `{key}`"), example(key));
            }
        }
        if let Some((first, last)) = self.covers {
            let all = std::mem::take(&mut self.holidays);
            for (day, (name, at)) in all {
                if (first..=last).contains(&day) {
                    self.holidays.insert(day, (name, at));
                } else {
                    let told = format!("{day} is outside the days covered, {first} to {last}");
                    self.slip(at, told, "widen `covers`, or take the line out");
                }
            }
        }
        let (Some((first, last)), Some(weekend), true) =
            (self.covers, self.weekend, self.slips.is_empty())
        else {
            return Err(self.slips);
        };
        let mut said = |key| self.said.remove(key).unwrap_or_default();
        let (name, title) = (said("name"), said("title"));
        let named = self.holidays.into_iter().map(|(day, (name, _))| (day, name));
        let holidays: BTreeMap<Date, String> = named.collect();
        let is_open = |number: &i64| {
            let day = Date::from_number(*number);
            day.is_some_and(|day| !weekend[day.weekday()] && !holidays.contains_key(&day))
        };
        let open = (first.number()..=last.number()).filter(is_open).collect();
        Ok(Calendar { name, title, also: self.also, first, last, holidays, open })
    }
}

/// What the line of a key looks like.
fn example(key: &str) -> &'static str {
    match key {
        "name" => "write the name that agreements use, such as: name GB-EAW",
        "title" => "write what people call it, such as: title England and Wales",
        "also" => "write its other names, such as: also GB, GB-ENG",
        "source" => "write where the days come from, such as: source gov.uk/bank-holidays",
        "covers" => "write the days it knows of, such as: covers 2026-01-01 to 2030-12-31",
        _ => "write the days off each week, such as: weekend Saturday, Sunday; or: weekend none",
    }
}

/// Whether an agreement can write the name: `GB-EAW`, `NYSE`.
fn is_name(name: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.chars().all(char::is_alphanumeric);
    name.starts_with(char::is_uppercase) && name.split(['-', '_']).all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "\
# Our office.
name OFFICE
title our office
also HQ, Office-2
source the notice board
covers 2026-01-01 to 2026-12-31
weekend Friday, Saturday
";

    fn read(text: &str) -> Calendar {
        Calendar::parse(text).unwrap()
    }

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn a_calendar_is_read() {
        let office = read(&format!("{HEAD}\n2026-12-24 Christmas Eve, by custom\n"));
        assert_eq!((office.name(), office.title()), ("OFFICE", "our office"));
        assert!(["OFFICE", "HQ", "Office-2"].iter().all(|name| office.is_called(name)));
        assert!(!office.is_called("DE"));
        let off: Vec<_> = office.holidays().collect();
        assert_eq!(off, [(day("2026-12-24"), "Christmas Eve, by custom")]);
        let open = |text| office.is_open(day(text));
        assert_eq!([open("2026-12-24"), open("2026-12-25")], [Some(false), Some(false)]);
        assert_eq!([open("2026-12-27"), open("2026-12-28")], [Some(true), Some(true)], "a Sunday");
        assert_eq!([open("2025-12-31"), open("2027-01-01")], [None, None]);
        assert!(
            read(&HEAD.replace("Friday, Saturday", "none")).is_open(day("2026-12-26")).unwrap()
        );
        assert_eq!(read(&HEAD.replace('\n', "\r\n")), read(HEAD));
    }

    /// What is wrong, and the words that are.
    #[test]
    fn slips_have_a_place_and_a_way_out() {
        for (from, to, told) in [
            ("name OFFICE", "name our office", "`our office` is no name of a calendar"),
            ("also HQ", "also hq", "`hq` is no name of a calendar"),
            ("title our office", "title", "`title` says nothing"),
            ("title our office", "title a\ntitle b", "`title` is said twice"),
            ("2026-01-01 to", "2026-02-30 to", "`2026-02-30` is no day"),
            ("2026-01-01 to", "2027-01-01 to", "2026-12-31 is before 2027-01-01"),
            ("2026-01-01 to", "1900-01-01 to", "it covers more than 100 years"),
            ("Friday,", "Freitag,", "`Freitag` is no day of the week"),
            (
                "Friday, Saturday",
                "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday",
                "no day of the week is left for business",
            ),
            ("source the notice board", "form 7", "`form` is nothing a calendar says"),
            ("source the notice board", "2026-13-01 x", "`2026-13-01` is no day"),
            ("source the notice board", "2026-12-25", "2026-12-25 has no name"),
            (
                "source the notice board",
                "2026-12-25 x\n2026-12-25 y",
                "2026-12-25 is there twice: x, y",
            ),
            (
                "source the notice board",
                "2027-01-01 x",
                "2027-01-01 is outside the days covered, 2026-01-01 to 2026-12-31",
            ),
        ] {
            let text = HEAD.replace(from, to);
            let slips = Calendar::parse(&text).unwrap_err();
            assert_eq!(slips.iter().map(|slip| &*slip.told).collect::<Vec<_>>(), [told]);
            let line = text[slips[0].at.clone()].to_owned();
            assert!(!line.is_empty() && !line.contains('\n') && text.contains(&line), "{line}");
            assert!(!slips[0].help.is_empty());
        }
    }

    #[test]
    fn what_is_missing_is_asked_for() {
        let slips = Calendar::parse("").unwrap_err();
        let told: Vec<_> = slips.iter().map(|slip| &*slip.told).collect();
        let lacks = ["name", "title", "covers", "weekend"]
            .map(|key| format!("the calendar has no line `{key}`"));
        assert_eq!(told, lacks);
    }
}
