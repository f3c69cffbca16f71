//! Timelines as a calendar to subscribe to (RFC 5545): whole days, stable UIDs, alarms before the last
//! days to give notice.
//!
//! Nothing of it depends on the clock: the same agreement gives the same bytes. `DTSTAMP` is the day
//! the timeline is looked at from, else the day the agreement was signed or starts, else 1970-01-01.
//! `SEQUENCE` is the version of the agreement, so that a calendar takes the newer one.

use std::fmt::Write;

use crate::timeline::{Entry, Kind, On, Timeline, ordinal};
use crate::value::Date;

/// Octets of a line, without its end.
const LINE: usize = 75;
/// Days before a last day to give notice on which a calendar rings.
const ALARMS: [u32; 2] = [30, 7];

/// A calendar, and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The text, in lines that end in CRLF.
    pub text: String,
    /// How many events stand in it.
    pub events: usize,
    /// How many entries have no day, and so are left out.
    pub left_out: usize,
}

/// The calendar of some agreements.
pub fn ics(timelines: &[Timeline]) -> Calendar {
    let mut out = Lines(String::new());
    let version = env!("CARGO_PKG_VERSION");
    out.line("BEGIN:VCALENDAR");
    out.line("VERSION:2.0");
    out.line(&format!("PRODID:-//Pactum//Timeline {version}//EN"));
    out.line("CALSCALE:GREGORIAN");
    out.line("METHOD:PUBLISH");
    let names: Vec<&str> = timelines.iter().map(|timeline| &*timeline.agreement).collect();
    out.text("X-WR-CALNAME", &names.join(", "));
    let (mut events, mut left_out) = (0, 0);
    for timeline in timelines {
        left_out += timeline.waiting.len();
        for entry in &timeline.entries {
            match end_after(&entry.on) {
                Some((first, end)) => {
                    out.event(timeline, entry, first, end);
                    events += 1;
                }
                None => left_out += 1,
            }
        }
    }
    out.line("END:VCALENDAR");
    Calendar { text: out.0, events, left_out }
}

/// The first day, and the day after the last: the end of a calendar's day is not inside it.
fn end_after(on: &On) -> Option<(Date, Date)> {
    let (first, last) = on.days()?;
    Some((first, last.plus_days(1)?))
}

struct Lines(String);

impl Lines {
    fn event(&mut self, timeline: &Timeline, entry: &Entry, first: Date, end: Date) {
        let stamp = timeline.as_of.or(timeline.dated).or(Date::from_number(0));
        self.line("BEGIN:VEVENT");
        self.text("UID", &entry.uid);
        if let Some(stamp) = stamp {
            self.line(&format!("DTSTAMP:{}T000000Z", compact(stamp)));
        }
        self.line(&format!("SEQUENCE:{}", timeline.version.unwrap_or(0)));
        self.line(&format!("DTSTART;VALUE=DATE:{}", compact(first)));
        self.line(&format!("DTEND;VALUE=DATE:{}", compact(end)));
        self.text("SUMMARY", &format!("{}: {}", timeline.agreement, entry.title));
        self.text("DESCRIPTION", &described(entry));
        self.text("CATEGORIES", entry.kind.word());
        self.line("TRANSP:TRANSPARENT");
        if entry.kind == Kind::Notice {
            for days in ALARMS {
                self.line("BEGIN:VALARM");
                self.line("ACTION:DISPLAY");
                self.line(&format!("TRIGGER:-P{days}D"));
                self.text("DESCRIPTION", &format!("in {days} days: {}", entry.title));
                self.line("END:VALARM");
            }
        }
        self.line("END:VEVENT");
    }

    /// A property whose value is text.
    fn text(&mut self, name: &str, value: &str) {
        self.line(&format!("{name}:{}", escaped(value)));
    }

    /// A line, folded between characters so that none is longer than 75 octets.
    fn line(&mut self, text: &str) {
        let mut room = LINE;
        for each in text.chars() {
            if each.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            self.0.push(each);
            room -= each.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Who it concerns, where it stands, and what decided.
fn described(entry: &Entry) -> String {
    let mut told = format!("{}\n{}", entry.who.join(", "), entry.path());
    if let Some(series) = &entry.series {
        let _ = write!(told, "\n{} of every {}", ordinal(series.nth), series.every);
    }
    for convention in &entry.conventions {
        let _ = write!(told, "\n{convention}");
    }
    told
}

fn compact(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// Text with what means something to a calendar escaped, and without characters it cannot hold.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for each in text.chars() {
        match each {
            '\\' | ';' | ',' => out.extend(['\\', each]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            each if each.is_control() => {}
            each => out.push(each),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut lines = Lines(String::new());
        lines.line(&"é".repeat(100));
        for line in lines.0.split("\r\n").filter(|line| !line.is_empty()) {
            assert!(line.len() <= LINE, "{} octets", line.len());
        }
        assert_eq!(lines.0.replace("\r\n ", ""), format!("{}\r\n", "é".repeat(100)));
        let mut exact = Lines(String::new());
        exact.line(&"a".repeat(75));
        assert_eq!(exact.0, format!("{}\r\n", "a".repeat(75)), "75 octets need no fold");
    }

    #[test]
    fn text_is_escaped() {
        assert_eq!(escaped("a,b;c\\d\ne\u{7}"), "a\\,b\\;c\\\\d\\ne");
    }

    #[test]
    fn the_end_of_a_day_is_the_next_one() {
        let day = |d| Date::new(2027, 2, d).unwrap();
        let next = Date::new(2027, 3, 1).unwrap();
        assert_eq!(end_after(&On::Day(day(28))), Some((day(28), next)));
        assert_eq!(end_after(&On::Stretch(day(1), day(28))), Some((day(1), next)));
        assert_eq!(end_after(&On::Day(Date::LAST)), None);
    }
}
