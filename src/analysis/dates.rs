//! From a moment as written to a date as far as it is known.

use std::borrow::Cow;

use smallvec::{SmallVec, smallvec};

use crate::agreement::{Agreement, Lasts};
use crate::source::Span;
use crate::syntax::ast::{Moment, MomentKind, Scalar};
use crate::value::{
    Calendars, Comparison, Convention, Conventions, Given, Hole, MonthEnds, Period, When,
};

/// Where something stands that a date follows from; it is rarely more than one place.
pub type Places = SmallVec<[Span; 2]>;

/// A date and the places it follows from, the one to blame first.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// The date.
    pub date: Dating,
    /// The places.
    pub sources: Places,
    /// The conventions that decided it, in the order they did.
    pub decided: Vec<Convention>,
}

/// A date, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Dating {
    /// As far as it is known.
    Known(When),
    /// Left open at the first place.
    Open(Hole),
    /// Never: the agreement has no end.
    Endless(&'static str),
    /// Nothing is stated.
    Missing,
    /// Stated, but not so that anybody could tell; why.
    Unclear(Cow<'static, str>),
    /// It rests on what could not be read.
    Unreadable,
}

impl Dated {
    const fn new(date: Dating, sources: Places) -> Self {
        Self { date, sources, decided: Vec::new() }
    }

    fn missing() -> Self {
        Self::new(Dating::Missing, Places::new())
    }

    /// Whether months were added to a day that the month they lead to has not, and nothing is said
    /// of where such a day moves to.
    pub fn rounded(&self) -> bool {
        self.decided.contains(&Convention::MonthEnd(MonthEnds::Unsaid))
    }

    /// Moved by a period that stands at `at`, which is then the place to blame.
    pub(super) fn moved(
        &self,
        by: &Given<Period>,
        at: Span,
        back: bool,
        conventions: &Conventions,
    ) -> Self {
        let mut sources: Places = smallvec![at];
        sources.extend_from_slice(&self.sources);
        let moved = |when: &When, period: &Period| {
            let end = if back { When::minus } else { When::plus };
            end(when, *period, conventions).map_err(|why| unclear(why.to_string()))
        };
        let date = match (&self.date, by) {
            (_, Given::Hole(hole)) => Dating::Open(hole.clone()),
            (_, Given::Unreadable) => Dating::Unreadable,
            (Dating::Known(when), Given::Value(period)) => {
                moved(when, period).map_or_else(|why| why, Dating::Known)
            }
            (Dating::Known(when), Given::Range(ends)) => {
                match ends.each_ref().map(|end| moved(when, end)) {
                    [Ok(a), Ok(b)] => a.spanning(&b).map_or_else(
                        || unclear("the two ends hang on different events"),
                        Dating::Known,
                    ),
                    [Err(why), _] | [_, Err(why)] => why,
                }
            }
            (Dating::Open(hole), _) => {
                sources.rotate_left(1);
                Dating::Open(hole.clone())
            }
            (other, _) => other.clone(),
        };
        let mut decided = self.decided.clone();
        if let Dating::Known(when) = &self.date {
            let each = by.values().iter().flat_map(|by| when.deciding(*by, back, conventions));
            add_each(&mut decided, each);
        }
        Self { date, sources, decided }
    }
}

/// Adds conventions that are not there yet.
fn add_each(decided: &mut Vec<Convention>, more: impl IntoIterator<Item = Convention>) {
    for convention in more {
        if !decided.contains(&convention) {
            decided.push(convention);
        }
    }
}

fn unclear(why: impl Into<Cow<'static, str>>) -> Dating {
    Dating::Unclear(why.into())
}

/// How the agreement counts its times.
pub(super) fn conventions(agreement: &Agreement, calendars: &Calendars) -> Conventions {
    let month_ends = match agreement.header.month_ends.as_ref().map(|word| &*word.node) {
        Some("down") => MonthEnds::Down,
        Some("up") => MonthEnds::Up,
        _ => MonthEnds::Unsaid,
    };
    let names = agreement.header.calendar.iter().map(|name| name.node.as_str());
    Conventions { month_ends, business: calendars.workdays(names) }
}

/// The start of an agreement that does not state one.
const START: &str = "the start";

/// How deep moments may rest on one another before it is called a circle.
const DEEPEST: u8 = 32;

/// Tells the dates of an agreement, by the way it counts.
#[derive(Debug, Clone, Copy)]
pub struct Dates<'a> {
    agreement: &'a Agreement,
    conventions: &'a Conventions,
    /// The end of the term, where it was worked out already: half of all moments rest on it.
    term_end: Option<&'a Dated>,
}

impl<'a> Dates<'a> {
    /// The dates of an agreement that counts so.
    pub const fn new(agreement: &'a Agreement, conventions: &'a Conventions) -> Self {
        Self { agreement, conventions, term_end: None }
    }

    /// The same dates, where [`Dates::term_end`] is known.
    pub(super) const fn ending(self, term_end: &'a Dated) -> Self {
        Self { term_end: Some(term_end), ..self }
    }

    /// The agreement whose dates they are.
    pub const fn agreement(self) -> &'a Agreement {
        self.agreement
    }

    /// The date of a moment.
    pub fn of(self, moment: Option<&Moment>) -> Dated {
        moment.map_or_else(Dated::missing, |moment| self.resolve(moment, 0))
    }

    /// A date moved by a period that stands at `at`, later or back.
    pub fn moved(self, from: &Dated, by: &Given<Period>, at: Span, back: bool) -> Dated {
        from.moved(by, at, back, self.conventions)
    }

    /// The last day of the initial term: the day before the start of the next one.
    pub fn term_end(self) -> Dated {
        self.end_of_term(0)
    }

    /// The start; without a stated one, an event of that name, so that distances from it still
    /// compare.
    pub fn start(self) -> Dated {
        self.starts(0)
    }

    fn resolve(self, moment: &Moment, depth: u8) -> Dated {
        let at = |date| Dated::new(date, smallvec![moment.span]);
        if depth > DEEPEST {
            return at(unclear("the clocks rest on one another in a circle"));
        }
        match &moment.node {
            MomentKind::Day(date) => at(Dating::Known(When::day(*date))),
            MomentKind::Stretch(first, last) => at(Dating::Known(When::between(*first, *last))),
            MomentKind::Event(text) => {
                let day = self.agreement.day_of(text).map(When::day);
                at(Dating::Known(day.unwrap_or_else(|| When::event(text.as_str()))))
            }
            MomentKind::Named(name) => self.named(name, moment.span, depth),
            MomentKind::Recurring(_) => at(unclear("it recurs")),
            MomentKind::Hole(hole) => at(Dating::Open(hole.clone())),
            MomentKind::Unreadable => at(Dating::Unreadable),
            MomentKind::Distance { by, before, from } => {
                let from = self.resolve(from, depth + 1);
                let by = by.node.clone().and_then(|scalar| match scalar {
                    Scalar::Period(period) => Some(period),
                    _ => None,
                });
                self.moved(&from, &by, moment.span, *before)
            }
            MomentKind::Later(a, b) => {
                pick(&self.resolve(a, depth + 1), &self.resolve(b, depth + 1), moment.span, true)
            }
            MomentKind::Earlier(a, b) => {
                pick(&self.resolve(a, depth + 1), &self.resolve(b, depth + 1), moment.span, false)
            }
        }
    }

    /// A moment by its name: one every agreement has, or a clock of `dates`.
    fn named(self, name: &str, at: Span, depth: u8) -> Dated {
        let header = &self.agreement.header;
        let with_place = |mut dated: Dated| {
            dated.sources.insert(0, at);
            dated
        };
        // A start that is not stated is one event, however it is named.
        let called = if name == "start" { START } else { name };
        let event = || Dated::new(Dating::Known(When::event(called)), smallvec![at]);
        let id = name.strip_prefix("dates/").unwrap_or(name);
        if let Some(day) = self.agreement.day_of(id) {
            return Dated::new(Dating::Known(When::day(day)), smallvec![at]);
        }
        if let Some(clock) = self.agreement.clocks.iter().find(|clock| clock.tag.id.node == id) {
            let on = clock.on.as_ref();
            return on.map_or_else(event, |on| with_place(self.resolve(on, depth + 1)));
        }
        match name {
            "start" => match &header.starts {
                Some(starts) => with_place(self.resolve(starts, depth + 1)),
                None => event(),
            },
            "signing" => match &header.signed {
                Some(signed) => with_place(self.resolve(signed, depth + 1)),
                None => event(),
            },
            "term end" | "initial term end" | "expiry" | "renewal" => {
                match self.end_of_term(depth + 1) {
                    Dated { date: Dating::Missing, .. } => event(),
                    end => with_place(end),
                }
            }
            _ => event(),
        }
    }

    fn end_of_term(self, depth: u8) -> Dated {
        if let Some(known) = self.term_end {
            return known.clone();
        }
        let Some(initial) = &self.agreement.term.initial else { return Dated::missing() };
        match &initial.lasts {
            Lasts::Until(moment) => self.resolve(moment, depth + 1),
            Lasts::Endless(word) => {
                let word_span = word.span;
                let word = if word.node == "evergreen" { "evergreen" } else { "perpetual" };
                Dated::new(Dating::Endless(word), smallvec![word_span])
            }
            Lasts::For(length) => {
                let start = match &initial.from {
                    Some(from) => self.resolve(from, depth + 1),
                    None => self.starts(depth + 1),
                };
                let mut end = self.moved(&start, &length.node, length.span, false);
                // A term of 12 months from 1 April ends on 31 March: the last day is inside it.
                if let Dating::Known(when) = &end.date {
                    end.date = Dating::Known(when.plus_days(-1));
                    add_each(&mut end.decided, [Convention::LastDayInside]);
                }
                end
            }
        }
    }

    fn starts(self, depth: u8) -> Dated {
        match &self.agreement.header.starts {
            Some(starts) => self.resolve(starts, depth + 1),
            None => Dated::new(Dating::Known(When::event(START)), Places::new()),
        }
    }
}

/// The later or earlier of two dates, where the calendar tells.
fn pick(a: &Dated, b: &Dated, at: Span, later: bool) -> Dated {
    let sources = std::iter::once(at).chain(a.sources.iter().chain(&b.sources).copied()).collect();
    let (Dating::Known(first), Dating::Known(second)) = (&a.date, &b.date) else {
        let date = if matches!(a.date, Dating::Known(_)) { &b.date } else { &a.date };
        return Dated::new(date.clone(), sources);
    };
    let first_is_later = first.orderings(second).decide(Comparison::AtLeast);
    let (date, decided) = match first_is_later {
        Some(yes) if yes == later => (Dating::Known(first.clone()), a.decided.clone()),
        Some(_) => (Dating::Known(second.clone()), b.decided.clone()),
        None => (unclear("which of two moments comes first is not known yet"), Vec::new()),
    };
    Dated { date, sources, decided }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// The date of the clock `due` and what decided it.
    fn due(header: &str, due: &str) -> (String, Vec<String>) {
        let text = format!(
            "alliance a: supply\n  starts 2026-12-31; {header}\n\nparties\n  North: \"N\"\n  Kes: \"K\"\n\n\
             dates\n  due: on {due}\n\nterm\n  initial: 14 months\n"
        );
        let parsed = crate::agreement::parse(&Source::new("a", text));
        assert_eq!(parsed.diagnostics, []);
        let derived = super::super::derive(&parsed.agreement);
        let dated = derived.clocks().first().unwrap();
        let date = match &dated.date {
            Dating::Known(when) => when.to_string(),
            Dating::Unclear(why) => why.to_string(),
            other => format!("{other:?}"),
        };
        (date, dated.decided.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_date_remembers_what_decided_it() {
        let table: [(&str, &str, &str, &[&str]); 8] = [
            ("calendar GB + DE", "10 days after start", "2027-01-10", &[]),
            (
                "calendar GB + DE",
                "3 business days after start",
                "2027-01-06",
                &["counted by England and Wales + Germany business days"],
            ),
            (
                "month ends round down",
                "2 months after start",
                "2027-02-28",
                &["month end rounded down"],
            ),
            (
                "month ends round up",
                "2 months after start",
                "2027-03-01",
                &["month end rounded up"],
            ),
            ("month ends round up", "3 months after start", "2027-03-31", &[]),
            (
                "status draft",
                "2 months after start",
                "2027-02-28 to 2027-03-01",
                &["month end not said, one of two days"],
            ),
            (
                "calendar US; month ends round down",
                "5 business days before term end",
                "2028-02-18",
                &[
                    "month end rounded down",
                    "the last day is the day before the next begins",
                    "counted by US federal business days",
                ],
            ),
            (
                "calendar GB",
                "later of 3 business days after start and 2027-03-01",
                "2027-03-01",
                &[],
            ),
        ];
        for (header, written, date, decided) in table {
            let decided: Vec<String> = decided.iter().map(ToString::to_string).collect();
            assert_eq!(due(header, written), (date.to_owned(), decided), "{header}: {written}");
        }
    }

    #[test]
    fn what_cannot_be_counted_is_no_date() {
        let why = |header, written| due(header, written).0;
        let written = "3 business days after start";
        assert_eq!(why("status draft", written), "business days need a calendar of business days");
        let unknown = "no calendar for AT is known; add one in pactum.toml";
        assert_eq!(why("calendar GB + AT", written), unknown);
        let past = "business days of US federal are known from 2020-01-01 to 2035-12-31 only";
        assert_eq!(why("calendar US", "3 business days after 2036-01-01"), past);
        // What does not count business days has its day.
        assert_eq!(why("calendar AT", "3 days after start"), "2027-01-03");
    }
}
