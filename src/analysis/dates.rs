//! From a moment as written to a date as far as it is known.

use crate::agreement::{Agreement, Lasts};
use crate::source::Span;
use crate::syntax::ast::{Moment, MomentKind, Scalar};
use crate::value::{Comparison, Given, Hole, MonthEnds, Period, When};

/// A date and the places it follows from, the one to blame first.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// The date.
    pub date: Dating,
    /// The places.
    pub sources: Vec<Span>,
    /// Whether months were added to a day that the month they lead to has not, and nothing is said
    /// of where such a day moves to.
    pub rounded: bool,
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
    Unclear(&'static str),
    /// It rests on what could not be read.
    Unreadable,
}

impl Dated {
    const fn new(date: Dating, sources: Vec<Span>) -> Self {
        Self { date, sources, rounded: false }
    }

    const fn missing() -> Self {
        Self::new(Dating::Missing, Vec::new())
    }

    /// Moved by a period that stands at `at`, which is then the place to blame.
    pub fn moved(&self, by: &Given<Period>, at: Span, back: bool, ends: MonthEnds) -> Self {
        let mut sources = vec![at];
        sources.extend(&self.sources);
        let date = match (&self.date, by) {
            (_, Given::Hole(hole)) => Dating::Open(hole.clone()),
            (_, Given::Unreadable) => Dating::Unreadable,
            (Dating::Known(when), Given::Value(period)) => moved(when, *period, back, ends),
            (Dating::Known(when), Given::Range(low, high)) => {
                match (moved(when, *low, back, ends), moved(when, *high, back, ends)) {
                    (Dating::Known(a), Dating::Known(b)) => a.spanning(&b).map_or(
                        Dating::Unclear("the two ends hang on different events"),
                        Dating::Known,
                    ),
                    (other, _) => other,
                }
            }
            (Dating::Open(hole), _) => {
                sources.rotate_left(1);
                Dating::Open(hole.clone())
            }
            (other, _) => other.clone(),
        };
        let rounds = |when: &When, period: Period| {
            let end = |ends| if back { when.minus(period, ends) } else { when.plus(period, ends) };
            ends == MonthEnds::Unsaid && end(MonthEnds::Down) != end(MonthEnds::Up)
        };
        let rounded = match (&self.date, by) {
            (Dating::Known(when), Given::Value(period)) => rounds(when, *period),
            (Dating::Known(when), Given::Range(low, high)) => {
                rounds(when, *low) || rounds(when, *high)
            }
            _ => false,
        };
        Self { date, sources, rounded: rounded || self.rounded }
    }
}

fn moved(when: &When, period: Period, back: bool, ends: MonthEnds) -> Dating {
    let end = if back { when.minus(period, ends) } else { when.plus(period, ends) };
    if period.business_days() > 0 {
        return Dating::Unclear("business days need a calendar of business days");
    }
    end.map_or(Dating::Unclear("it falls outside the calendar"), Dating::Known)
}

/// How the agreement rounds where a month is too short.
pub fn month_ends(agreement: &Agreement) -> MonthEnds {
    match agreement.header.month_ends.as_ref().map(|word| &*word.node) {
        Some("down") => MonthEnds::Down,
        Some("up") => MonthEnds::Up,
        _ => MonthEnds::Unsaid,
    }
}

/// The date of a moment.
pub fn of(agreement: &Agreement, moment: Option<&Moment>) -> Dated {
    moment.map_or(Dated::missing(), |moment| resolve(agreement, moment, 0))
}

/// The start of an agreement that does not state one.
const START: &str = "the start";

/// How deep moments may rest on one another before it is called a circle.
const DEEPEST: u8 = 32;

fn resolve(agreement: &Agreement, moment: &Moment, depth: u8) -> Dated {
    let at = |date| Dated::new(date, vec![moment.span]);
    if depth > DEEPEST {
        return at(Dating::Unclear("the clocks rest on one another in a circle"));
    }
    match &moment.node {
        MomentKind::Day(date) => at(Dating::Known(When::day(*date))),
        MomentKind::Stretch(first, last) => at(Dating::Known(When::between(*first, *last))),
        MomentKind::Event(text) => {
            let day = agreement.day_of(text).map(When::day);
            at(Dating::Known(day.unwrap_or_else(|| When::event(text.as_str()))))
        }
        MomentKind::Named(name) => named(agreement, name, moment.span, depth),
        MomentKind::Recurring(_) => at(Dating::Unclear("it recurs")),
        MomentKind::Hole(hole) => at(Dating::Open(hole.clone())),
        MomentKind::Unreadable => at(Dating::Unreadable),
        MomentKind::Distance { by, before, from } => {
            let from = resolve(agreement, from, depth + 1);
            let by = by.node.clone().and_then(|scalar| match scalar {
                Scalar::Period(period) => Some(period),
                _ => None,
            });
            from.moved(&by, moment.span, *before, month_ends(agreement))
        }
        MomentKind::Later(a, b) => pick(
            &resolve(agreement, a, depth + 1),
            &resolve(agreement, b, depth + 1),
            moment.span,
            true,
        ),
        MomentKind::Earlier(a, b) => pick(
            &resolve(agreement, a, depth + 1),
            &resolve(agreement, b, depth + 1),
            moment.span,
            false,
        ),
    }
}

/// The later or earlier of two dates, where the calendar tells.
fn pick(a: &Dated, b: &Dated, at: Span, later: bool) -> Dated {
    let sources = [&[at], &*a.sources, &*b.sources].concat();
    let (Dating::Known(first), Dating::Known(second)) = (&a.date, &b.date) else {
        let date = if matches!(a.date, Dating::Known(_)) { &b.date } else { &a.date };
        return Dated::new(date.clone(), sources);
    };
    let first_is_later = first.orderings(second).decide(Comparison::AtLeast);
    let (date, rounded) = match first_is_later {
        Some(yes) if yes == later => (Dating::Known(first.clone()), a.rounded),
        Some(_) => (Dating::Known(second.clone()), b.rounded),
        None => (Dating::Unclear("which of two moments comes first is not known yet"), false),
    };
    Dated { date, sources, rounded }
}

/// A moment by its name: one every agreement has, or a clock of `dates`.
fn named(agreement: &Agreement, name: &str, at: Span, depth: u8) -> Dated {
    let header = &agreement.header;
    let with_place = |mut dated: Dated| {
        dated.sources.insert(0, at);
        dated
    };
    // A start that is not stated is one event, however it is named.
    let called = if name == "start" { START } else { name };
    let event = || Dated::new(Dating::Known(When::event(called)), vec![at]);
    let id = name.strip_prefix("dates/").unwrap_or(name);
    if let Some(day) = agreement.day_of(id) {
        return Dated::new(Dating::Known(When::day(day)), vec![at]);
    }
    if let Some(clock) = agreement.clocks.iter().find(|clock| clock.tag.id.node == id) {
        let on = clock.on.as_ref();
        return on.map_or_else(event, |on| with_place(resolve(agreement, on, depth + 1)));
    }
    match name {
        "start" => match &header.starts {
            Some(starts) => with_place(resolve(agreement, starts, depth + 1)),
            None => event(),
        },
        "signing" => match &header.signed {
            Some(signed) => with_place(resolve(agreement, signed, depth + 1)),
            None => event(),
        },
        "term end" | "initial term end" | "expiry" | "renewal" => {
            match end_of_term(agreement, depth + 1) {
                Dated { date: Dating::Missing, .. } => event(),
                end => with_place(end),
            }
        }
        _ => event(),
    }
}

/// The last day of the initial term: the day before the start of the next one.
pub(super) fn term_end(agreement: &Agreement) -> Dated {
    end_of_term(agreement, 0)
}

fn end_of_term(agreement: &Agreement, depth: u8) -> Dated {
    let Some(initial) = &agreement.term.initial else { return Dated::missing() };
    match &initial.lasts {
        Lasts::Until(moment) => resolve(agreement, moment, depth + 1),
        Lasts::Endless(word) => {
            let word_span = word.span;
            let word = if word.node == "evergreen" { "evergreen" } else { "perpetual" };
            Dated::new(Dating::Endless(word), vec![word_span])
        }
        Lasts::For(length) => {
            let start = match &initial.from {
                Some(from) => resolve(agreement, from, depth + 1),
                None => start(agreement, depth + 1),
            };
            let mut end = start.moved(&length.node, length.span, false, month_ends(agreement));
            // A term of 12 months from 1 April ends on 31 March: the last day is inside it.
            if let Dating::Known(when) = &end.date {
                end.date = Dating::Known(when.plus_days(-1));
            }
            end
        }
    }
}

/// The start; without a stated one, an event of that name, so that distances from it still compare.
pub fn start(agreement: &Agreement, depth: u8) -> Dated {
    match &agreement.header.starts {
        Some(starts) => resolve(agreement, starts, depth + 1),
        None => Dated::new(Dating::Known(When::event(START)), Vec::new()),
    }
}
