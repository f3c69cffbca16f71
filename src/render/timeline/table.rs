//! A timeline for people: dates first, what is past above a line, what waits and what could not be
//! placed apart, and the conventions that decided once each.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::render::run::many;
use crate::render::visible::visible;
use crate::render::wrap::wrap;
use crate::timeline::{Entry, Kind, On, Timeline, ordinal};
use crate::value::Date;

use super::chart::chart;

/// Columns of the date, with the blanks behind it.
const DATE: usize = 12;
/// A title longer than this is cut.
const LONGEST: usize = 110;

/// How to show it.
#[derive(Debug, Clone, Copy)]
pub struct Show {
    /// Columns to keep to.
    pub width: usize,
    /// Each time that something recurs on a line of its own.
    pub each: bool,
}

/// The whole page.
pub fn table(timeline: &Timeline, show: Show) -> String {
    let runs = runs(timeline);
    let mut page = Page { timeline, show, runs, marks: Vec::new(), out: String::new() };
    page.head();
    page.entries();
    page.waiting();
    page.notes();
    page.conventions();
    page.out.push_str(&chart(timeline));
    visible(&page.out).into_owned()
}

/// All times that one thing recurs.
struct Run<'a> {
    /// The next time, or where none is left the last, by its UID.
    ahead: &'a str,
    /// Whether that one is still ahead.
    found: bool,
    /// The last day.
    last: Date,
}

type Runs<'a> = BTreeMap<(&'static str, Option<&'a str>, Kind), Run<'a>>;

/// What a recurring entry is one of.
fn run_of(entry: &Entry) -> (&'static str, Option<&str>, Kind) {
    (entry.section, entry.item.as_deref(), entry.kind)
}

fn runs(timeline: &Timeline) -> Runs<'_> {
    let mut runs = Runs::new();
    for entry in timeline.entries.iter().filter(|entry| entry.series.is_some()) {
        let Some((_, last)) = entry.on.days() else { continue };
        let found = timeline.as_of.is_none_or(|as_of| last >= as_of);
        let run = runs.entry(run_of(entry)).or_insert(Run { ahead: &entry.uid, found, last });
        if !run.found {
            (run.ahead, run.found) = (&entry.uid, found);
        }
        run.last = run.last.max(last);
    }
    runs
}

struct Page<'a> {
    timeline: &'a Timeline,
    show: Show,
    runs: Runs<'a>,
    /// The conventions that were named so far; the first is 1.
    marks: Vec<&'a str>,
    out: String,
}

impl<'a> Page<'a> {
    fn head(&mut self) {
        let timeline = self.timeline;
        let title = timeline.title.as_ref().map_or(String::new(), |title| format!(": {title}"));
        self.wrapped(&format!("{}{title}", timeline.agreement), "");
        let mut told = match timeline.as_of {
            Some(day) => format!("as of {day}"),
            None => {
                "no day to look from: --as-of DATE tells what is past and what is next".to_owned()
            }
        };
        let _ = write!(told, "; what recurs is listed until {}", timeline.until);
        self.wrapped(&told, "  ");
        let next = self.next().map(|(entry, first, days)| {
            let when = match days {
                0 => "today".to_owned(),
                days => format!("in {}", many(usize::try_from(days).unwrap_or(0), "day")),
            };
            format!("next: {first}, {when}: {}", short(&entry.title))
        });
        if let Some(next) = next {
            self.wrapped(&next, "  ");
        }
        self.out.push('\n');
    }

    /// The first entry that is not over, and how many days it is away.
    fn next(&self) -> Option<(&'a Entry, Date, i64)> {
        let as_of = self.timeline.as_of?;
        let ahead = self.timeline.entries.iter().find_map(|entry| {
            let (first, _) = entry.on.days().filter(|(first, _)| *first >= as_of)?;
            Some((entry, first))
        });
        ahead.map(|(entry, first)| (entry, first, first.number() - as_of.number()))
    }

    fn entries(&mut self) {
        let timeline = self.timeline;
        let shown = self.shown();
        if shown.is_empty() {
            return self.out.push_str("nothing in it has a day\n");
        }
        let Some(day) = timeline.as_of else {
            return shown.into_iter().for_each(|entry| self.entry(entry));
        };
        let over = |entry: &&Entry| entry.on.days().is_some_and(|(_, last)| last < day);
        let (past, ahead): (Vec<_>, Vec<_>) = shown.into_iter().partition(over);
        for entry in past {
            self.entry(entry);
        }
        self.line(day);
        for entry in ahead {
            self.entry(entry);
        }
    }

    fn line(&mut self, day: Date) {
        let _ = writeln!(self.out, "---------- as of {day}: above it what is past ----------");
    }

    /// The entries that have a line: of what recurs the next time, or where none is left the last.
    fn shown(&self) -> Vec<&'a Entry> {
        let shown = |entry: &&Entry| match (&entry.series, self.runs.get(&run_of(entry))) {
            (Some(_), Some(run)) if !self.show.each => entry.uid == run.ahead,
            _ => true,
        };
        self.timeline.entries.iter().filter(shown).collect()
    }

    fn entry(&mut self, entry: &'a Entry) {
        let (first, rest) = match entry.on {
            On::Day(day) => (day.to_string(), String::new()),
            On::Stretch(first, last) => (first.to_string(), format!("to {last}: ")),
            On::Waits { .. } => (String::new(), String::new()),
        };
        let mut text = rest + &short(&entry.title);
        if entry.kind == Kind::Notice || entry.who.len() == 1 {
            let _ = write!(text, " (by {})", entry.who.join(", "));
        }
        if let Some(series) = &entry.series {
            let (nth, every) = (series.nth, &series.every);
            let last = self.runs.get(&run_of(entry)).map(|run| run.last);
            let comes = match last.filter(|_| !self.show.each && series.listed > 1) {
                Some(last) => {
                    let nth = ordinal(nth);
                    format!(" ({nth} of {}, every {every} until {last})", series.listed)
                }
                None => format!(" ({} {every})", ordinal(nth)),
            };
            text.push_str(&comes);
        }
        let marks = self.marks(entry);
        let _ = write!(text, " [{}]{marks}", entry.path());
        let indent = " ".repeat(DATE);
        let lines = wrap(&text, self.show.width.saturating_sub(DATE));
        for (at, line) in lines.iter().enumerate() {
            let lead = if at == 0 { format!("{first:DATE$}") } else { indent.clone() };
            let _ = writeln!(self.out, "{}", format!("{lead}{line}").trim_end());
        }
    }

    /// The numbers of the conventions that decided an entry.
    fn marks(&mut self, entry: &'a Entry) -> String {
        let mut numbers = Vec::new();
        for convention in &entry.conventions {
            let known = self.marks.iter().position(|mark| mark == convention);
            let at = known.unwrap_or_else(|| {
                self.marks.push(convention);
                self.marks.len() - 1
            });
            numbers.push(format!("*{}", at + 1));
        }
        if numbers.is_empty() { String::new() } else { format!(" {}", numbers.join(" ")) }
    }

    fn waiting(&mut self) {
        let mut event = "";
        for entry in &self.timeline.waiting {
            let On::Waits { event: on, when } = &entry.on else { continue };
            if event.is_empty() {
                self.out.push_str("\nwaits for an event that has no day\n");
            }
            if event != on {
                self.hanging(on, 2);
                event = on;
            }
            let marks = self.marks(entry);
            let when = when.strip_suffix(&**on).unwrap_or(when).trim_end();
            let when = if when.is_empty() { "then" } else { when };
            let text = format!("{when}: {} [{}]{marks}", short(&entry.title), entry.path());
            self.hanging(&text, 4);
        }
    }

    fn notes(&mut self) {
        if !self.timeline.notes.is_empty() {
            self.out.push_str("\nnot placed\n");
        }
        for note in &self.timeline.notes {
            self.hanging(&format!("{}: {}", note.path, note.text), 2);
        }
    }

    fn conventions(&mut self) {
        if !self.marks.is_empty() {
            self.out.push_str("\nwhat decided\n");
        }
        for (at, mark) in std::mem::take(&mut self.marks).iter().enumerate() {
            self.hanging(&format!("*{} {mark}", at + 1), 2);
        }
    }

    fn hanging(&mut self, text: &str, indent: usize) {
        let lines = wrap(text, self.show.width.saturating_sub(indent + 4));
        for (at, line) in lines.iter().enumerate() {
            let indent = if at == 0 { indent } else { indent + 4 };
            let _ = writeln!(self.out, "{:indent$}{line}", "");
        }
    }

    fn wrapped(&mut self, text: &str, indent: &str) {
        for line in wrap(text, self.show.width.saturating_sub(indent.len())) {
            let _ = writeln!(self.out, "{indent}{line}");
        }
    }
}

/// In one line, and not too long.
fn short(text: &str) -> String {
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.chars().count() <= LONGEST {
        return plain;
    }
    let cut: String = plain.chars().take(LONGEST).collect();
    format!("{}…", cut.trim_end())
}
