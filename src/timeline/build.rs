//! What every part of a timeline is put together with: from a day as far as it is known to an entry,
//! to what waits, or to a note.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ask, Entry, Note, On, Series, Timeline};
use crate::agreement::{Agreement, Circle, Parties, Tag, circles};
use crate::analysis::{Dated, Dates, Dating, Derived};
use crate::source::{Source, Span};
use crate::syntax::ast::{Moment, MomentKind};
use crate::timeline::Kind;
use crate::value::{Date, Given, Number, When};

/// How the end of an alliance is called where nobody knows when it comes.
pub(super) const EXIT: &str = "exit";

/// An entry before its day.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) kind: Kind,
    pub(super) section: &'static str,
    pub(super) item: Option<String>,
    /// What tells it from others of its kind in the item.
    pub(super) part: String,
    pub(super) who: Vec<String>,
    pub(super) title: String,
    pub(super) series: Option<Series>,
    pub(super) conventions: Vec<String>,
    pub(super) span: Span,
}

impl Draft {
    /// Of an item.
    pub(super) fn of(tag: &Tag, kind: Kind, title: impl Into<String>) -> Self {
        Self {
            kind,
            section: tag.section,
            item: Some(tag.id.node.to_string()),
            part: String::new(),
            who: Vec::new(),
            title: title.into(),
            series: None,
            conventions: Vec::new(),
            span: tag.id.span,
        }
    }

    pub(super) fn who(mut self, who: Vec<String>) -> Self {
        self.who = who;
        self
    }

    pub(super) fn part(mut self, part: impl Into<String>) -> Self {
        self.part = part.into();
        self
    }

    pub(super) fn because(mut self, convention: impl Into<String>) -> Self {
        self.conventions.push(convention.into());
        self
    }

    /// `section/item`
    pub(super) fn path(&self) -> String {
        match &self.item {
            Some(item) => format!("{}/{item}", self.section),
            None => self.section.to_owned(),
        }
    }
}

/// Puts a timeline together.
pub(super) struct Builder<'a> {
    pub(super) source: &'a Source,
    pub(super) agreement: &'a Agreement,
    pub(super) derived: &'a Derived<'a>,
    pub(super) ask: Ask<'a>,
    /// As far as what recurs is listed.
    pub(super) horizon: Date,
    /// The agreement if it ends on a day: on the one that was given, or with a term.
    pub(super) ended: Option<(Agreement, Date, String)>,
    entries: Vec<Entry>,
    waiting: Vec<Entry>,
    notes: Vec<Note>,
    uids: BTreeSet<String>,
    /// Items of each section that name no day.
    undated: BTreeMap<&'static str, Vec<String>>,
    /// Items of each section that run as long as the term.
    during_term: BTreeMap<&'static str, Vec<String>>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        source: &'a Source,
        agreement: &'a Agreement,
        derived: &'a Derived<'a>,
        ask: Ask<'a>,
    ) -> Self {
        Self {
            source,
            agreement,
            derived,
            ask,
            horizon: ask.until.unwrap_or(Date::LAST),
            ended: None,
            entries: Vec::new(),
            waiting: Vec::new(),
            notes: Vec::new(),
            uids: BTreeSet::new(),
            undated: BTreeMap::new(),
            during_term: BTreeMap::new(),
        }
    }

    /// Settles how far what recurs is listed.
    pub(super) const fn list_until(&mut self, horizon: Date) {
        self.horizon = horizon;
    }

    /// How the agreement tells its days.
    pub(super) const fn dates(&self) -> Dates<'a> {
        Dates::new(self.agreement, self.derived.conventions())
    }

    /// The day of a moment; one that waits for the end of the alliance counts from the end there is.
    pub(super) fn date(&self, moment: Option<&Moment>) -> (Dated, Vec<String>) {
        let dated = self.dates().of(moment);
        let waits = matches!(&dated.date, Dating::Known(when) if when.waits_for() == Some(EXIT));
        match (&self.ended, waits) {
            (Some((ended, _, why)), true) => {
                (Dates::new(ended, self.derived.conventions()).of(moment), vec![why.clone()])
            }
            _ => (dated, Vec::new()),
        }
    }

    /// The day of a moment into an entry; whether there was anything to say.
    pub(super) fn put(&mut self, mut draft: Draft, moment: Option<&Moment>) -> bool {
        let (dated, why) = self.date(moment);
        draft.conventions.extend(why);
        self.place(draft, &dated)
    }

    /// A day as far as it is known into an entry, into what waits, or into a note. Whether there was
    /// anything to say: a day that nobody states is nothing.
    pub(super) fn place(&mut self, draft: Draft, dated: &Dated) -> bool {
        match &dated.date {
            Dating::Known(when) => self.known(draft, when, dated),
            Dating::Open(hole) => self.note_of(&draft, format!("{}: {hole}", draft.title)),
            Dating::Endless(word) => self.note_of(&draft, format!("{}: {word}", draft.title)),
            Dating::Unclear(why) => {
                let why = self.circle(&draft, dated).unwrap_or_else(|| why.to_string());
                self.note_of(&draft, format!("{}: {why}", draft.title));
            }
            Dating::Unreadable => {
                self.note_of(&draft, format!("{}: its day could not be read", draft.title));
            }
            Dating::Missing => return false,
        }
        true
    }

    fn known(&mut self, mut draft: Draft, when: &When, dated: &Dated) {
        draft.conventions.extend(dated.decided.iter().map(ToString::to_string));
        let on = match (when.waits_for(), when.range()) {
            (Some(event), _) => On::Waits { event: event.to_owned(), when: when.to_string() },
            (None, Some((first, last))) if first == last => On::Day(first),
            (None, Some((first, last))) => On::Stretch(first, last),
            (None, None) => {
                let text = format!("{}: it falls outside the calendar", draft.title);
                return self.note_of(&draft, text);
            }
        };
        self.add(draft, on, &dated.sources);
    }

    /// An entry with its day.
    pub(super) fn add(&mut self, draft: Draft, on: On, places: &[Span]) {
        let uid = self.uid(&draft);
        let mut all = vec![draft.span];
        all.extend(places.iter().filter(|place| **place != draft.span));
        let waits = matches!(on, On::Waits { .. });
        let everybody = || self.agreement.parties.iter().map(|party| party.tag.id.node.to_string());
        let who = if draft.who.is_empty() { everybody().collect() } else { draft.who };
        let entry = Entry {
            uid,
            kind: draft.kind,
            section: draft.section,
            item: draft.item,
            who,
            title: draft.title,
            on,
            series: draft.series,
            conventions: draft.conventions,
            places: all,
        };
        if waits { self.waiting.push(entry) } else { self.entries.push(entry) }
    }

    /// What identifies an entry: where it stands, what it is, and the how-manieth.
    fn uid(&mut self, draft: &Draft) -> String {
        let mut parts = vec![self.name(), draft.section.to_owned()];
        parts.extend(draft.item.clone());
        parts.push(draft.kind.word().to_owned());
        parts.extend((!draft.part.is_empty()).then(|| draft.part.clone()));
        parts.extend(draft.series.as_ref().map(|series| series.nth.to_string()));
        let plain = |c: char| if c.is_alphanumeric() || "-_/.".contains(c) { c } else { '-' };
        let name: String = parts.join("/").chars().map(plain).collect();
        // Two of one name are a slip that is told; they are told apart all the same.
        let again = (2_u32..).map(|n| format!("{name}/again-{n}"));
        let mut names = std::iter::once(name.clone()).chain(again);
        let uid = names.find(|name| !self.uids.contains(name)).unwrap_or(name);
        self.uids.insert(uid.clone());
        format!("{uid}@pactum")
    }

    /// The agreement's id, or what it was asked by.
    fn name(&self) -> String {
        let id = self.agreement.header.id.as_ref();
        id.map_or_else(|| self.ask.name.to_owned(), |id| id.node.to_string())
    }

    /// Says something of an item that has no place in time.
    pub(super) fn note_of(&mut self, draft: &Draft, text: impl Into<String>) {
        let (path, text) = (draft.path(), text.into());
        let text = without_name(&path, &text).to_owned();
        self.notes.push(Note { path, text, place: Some(draft.span) });
    }

    /// Remembers an item that names no day.
    pub(super) fn undated(&mut self, tag: &Tag) {
        self.undated.entry(tag.section).or_default().push(tag.id.node.to_string());
    }

    /// Remembers an item that is owed until the term ends, and has no day of its own.
    pub(super) fn during_term(&mut self, tag: &Tag) {
        self.during_term.entry(tag.section).or_default().push(tag.id.node.to_string());
    }

    /// The last day on which what has no end of its own recurs: the agreement runs on only where it
    /// renews by itself.
    pub(super) fn runs_until(&self) -> Date {
        if let Some(exit) = self.agreement.day_of(EXIT) {
            return exit.min(self.horizon);
        }
        let renewals = &self.agreement.term.renewals;
        let renews = renewals.iter().any(|renewal| renewal.mode.node == "automatic");
        let end = range(self.derived.term_end()).filter(|_| !renews).map(|(_, last)| last);
        end.map_or(self.horizon, |end| end.min(self.horizon))
    }

    /// The names of the parties; none where nobody is named.
    pub(super) fn names(&self, parties: &Parties) -> Vec<String> {
        let party = |(index, _): &(usize, Span)| self.agreement.parties.get(*index);
        let names = parties.members.iter().filter_map(party);
        names.map(|party| party.tag.id.node.to_string()).collect()
    }

    /// The circle that a day rests on, in words: that of the clock itself, or of the one it counts from.
    fn circle(&self, draft: &Draft, dated: &Dated) -> Option<String> {
        if !matches!(&dated.date, Dating::Unclear(why) if why.contains("circle")) {
            return None;
        }
        let circles = circles(self.agreement);
        let own = |circle: &&Circle| {
            let name = circle.path.first().map(String::as_str);
            let item = draft.item.as_deref().filter(|_| draft.section == "dates");
            name == item
        };
        let counts_from = |circle: &&Circle| {
            let name = circle.path.first().map_or("", String::as_str);
            dated.sources.iter().any(|place| self.source.slice(*place).ends_with(name))
        };
        let found = circles.iter().find(own).or_else(|| circles.iter().find(counts_from));
        found.or(circles.first()).map(Circle::told)
    }

    /// Sorted, with what names no day said once a section.
    pub(super) fn finish(mut self) -> Timeline {
        let term = std::mem::take(&mut self.during_term).into_iter();
        let term = term.map(|(section, items)| (section, items, "owed until the term ends"));
        let undated = std::mem::take(&mut self.undated).into_iter();
        let undated = undated.map(|(section, items)| (section, items, "no day is named"));
        for (section, items, what) in undated.chain(term) {
            let text = format!("{what}: {}", items.join(", "));
            let place = self.agreement.heading(section).map(|heading| heading.span);
            self.notes.push(Note { path: section.to_owned(), text, place });
        }
        if let Some(exit) = self.agreement.day_of(EXIT) {
            let after = [Kind::Handover, Kind::Tail, Kind::Survival];
            let stays = |entry: &Entry| {
                let days = entry.on.days();
                after.contains(&entry.kind) || days.is_none_or(|(first, _)| first <= exit)
            };
            let all = self.entries.len();
            self.entries.retain(stays);
            let gone = all - self.entries.len();
            if gone > 0 {
                let text = format!("{gone} that fall after the end on {exit} are left out");
                self.notes.push(Note { path: "header".to_owned(), text, place: None });
            }
        }
        if let Some(until) = self.ask.until {
            let all = self.entries.len();
            self.entries.retain(|entry| entry.on.days().is_none_or(|(first, _)| first <= until));
            let cut = all - self.entries.len();
            if cut > 0 {
                let text = format!("{cut} more after {until}, the last day that is asked for");
                self.notes.push(Note { path: "header".to_owned(), text, place: None });
            }
        }
        let key = |entry: &Entry| (entry.on.days(), entry.kind, entry.uid.clone());
        self.entries.sort_by_cached_key(key);
        // Steps that follow one another stay in their order.
        self.waiting.sort_by_cached_key(|entry| match &entry.on {
            On::Waits { event, .. } => event.clone(),
            On::Day(_) | On::Stretch(..) => String::new(),
        });
        let header = &self.agreement.header;
        let version = header.version.as_ref().and_then(|version| version.node.value());
        let days = [self.derived.signed(), self.derived.starts()];
        Timeline {
            agreement: self.name(),
            title: header.title.as_ref().map(|title| title.node.to_string()),
            version: version.and_then(|number: &Number| u32::try_from(*number).ok()),
            dated: days.into_iter().find_map(day),
            as_of: self.ask.as_of,
            until: self.horizon,
            entries: self.entries,
            waiting: self.waiting,
            notes: self.notes,
        }
    }
}

/// The day, where it is one known day.
pub(super) fn day(dated: &Dated) -> Option<Date> {
    match &dated.date {
        Dating::Known(when) => when.known(),
        _ => None,
    }
}

/// The first and last day it can be.
pub(super) fn range(dated: &Dated) -> Option<(Date, Date)> {
    match &dated.date {
        Dating::Known(when) => when.range(),
        _ => None,
    }
}

/// A value, where one is given.
pub(super) fn value<T: Copy>(given: &Given<T>) -> Option<T> {
    given.value().copied()
}

/// Whether a moment is the end of the term by name, which has an entry of its own.
pub(super) fn is_term_end(moment: &Moment) -> bool {
    matches!(&moment.node, MomentKind::Named(name)
        if matches!(&**name, "term end" | "initial term end" | "expiry"))
}

/// `1st`, `2nd`, `3rd`, `11th`
pub fn ordinal(n: u32) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// What is said of an item, without the name it begins with: a note has the path beside it.
fn without_name<'t>(path: &str, text: &'t str) -> &'t str {
    let id = path.rsplit('/').next().unwrap_or(path);
    let after = |name: &str| {
        let rest = text.strip_prefix(name)?;
        let sentence = [" begins", " ends", " meets"].iter().any(|verb| rest.starts_with(verb));
        rest.strip_prefix(": ").or_else(|| sentence.then(|| rest.trim_start()))
    };
    after(path).or_else(|| after(id)).unwrap_or(text)
}

/// Words as a part of a name: small letters and digits, joined by `-`.
pub(super) fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}
