//! From when until when deals are shared: from the start to the end, and on through the tail.

use crate::agreement::{Agreement, AttributionTable};
use crate::analysis::{Dated, Dates, Dating, Derived, Places};
use crate::value::{Date, Given, When};

/// The days on which a table shares deals.
#[derive(Debug, Clone, Default)]
pub(super) struct Life {
    first: Edge,
    last: Edge,
    tail: Tail,
    /// The end of the first term of an agreement that goes on unless somebody stops it.
    renewed_from: Option<Date>,
}

/// An end of a life.
#[derive(Debug, Clone, Default)]
enum Edge {
    /// None.
    #[default]
    Open,
    /// This day, or one of the days from the first to the second.
    Day(Date, Date),
    /// Nobody can tell yet.
    Untold(String),
}

#[derive(Debug, Clone, Default)]
enum Tail {
    /// The table shares nothing after the end.
    #[default]
    None,
    /// Until this day, or one of the days from the first to the second.
    Until(Date, Date),
    /// For ever.
    Endless,
    Untold(String),
}

/// Where a day lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    Inside,
    /// After the first term of an agreement that is taken to have been renewed.
    Renewed,
    /// Shared because of the tail.
    Tail,
    /// Not shared: why.
    Outside(String),
    /// Nobody can tell: why.
    Untold(String),
}

impl Life {
    /// Of a table, where the agreement ended on a given day, or else ends as it says.
    pub(super) fn of(
        agreement: &Agreement,
        derived: &Derived<'_>,
        table: &AttributionTable,
        ended: Option<Date>,
    ) -> Self {
        let dates = Dates::new(agreement, derived.conventions());
        let first = match &table.terms.first {
            Some(moment) => dates.of(Some(moment)),
            None => derived.starts().clone(),
        };
        let renews = agreement.term.renewals.iter().any(|renewal| renewal.mode.node != "none");
        let own = table.terms.last.as_ref().map(|last| dates.of(Some(last)));
        let (mut last, mut renewed_from) = (Edge::Open, None);
        let end = match (ended, own, renews) {
            (Some(day), ..) => Some(day_of(day)),
            (None, Some(own), _) => Some(own),
            (None, None, false) => Some(derived.term_end().clone()),
            (None, None, true) => {
                renewed_from = known(derived.term_end());
                None
            }
        };
        let mut tail = Tail::None;
        if let Some(end) = end {
            tail = Tail::of(dates, table, &end);
            last = Edge::of(&end, "when it ends");
        }
        Self { first: Edge::of(&first, "when it starts"), last, tail, renewed_from }
    }

    /// Whether a day of a deal matters.
    pub(super) fn asks(&self) -> bool {
        !matches!((&self.first, &self.last), (Edge::Open, Edge::Open))
    }

    /// What nobody can tell of it yet, for every deal alike.
    pub(super) fn untold(&self) -> Option<&str> {
        [&self.first, &self.last].into_iter().find_map(|edge| match edge {
            Edge::Untold(why) => Some(&**why),
            Edge::Open | Edge::Day(..) => None,
        })
    }

    /// `from 2026-04-01 to 2028-03-31`
    pub(super) fn words(&self) -> String {
        let from = match &self.first {
            Edge::Day(_, day) => format!("from {day}"),
            Edge::Open | Edge::Untold(_) => String::new(),
        };
        let to = match &self.last {
            Edge::Day(day, _) => format!("to {day}"),
            Edge::Open | Edge::Untold(_) => String::new(),
        };
        format!("{from} {to}").trim().to_owned()
    }

    /// Where a day lies.
    pub(super) fn place(&self, day: Date) -> Place {
        if let Edge::Day(early, late) = &self.first {
            if day < *early {
                return Place::Outside(format!(
                    "{day} is before the start, {}",
                    span(*early, *late)
                ));
            }
            if day < *late {
                return Place::Untold(format!("it starts on one of {}", span(*early, *late)));
            }
        }
        match &self.last {
            Edge::Day(early, late) if day > *early => {
                if day <= *late {
                    return Place::Untold(format!("it ends on one of {}", span(*early, *late)));
                }
                self.after(day, &span(*early, *late))
            }
            _ if self.renewed_from.is_some_and(|end| day > end) => Place::Renewed,
            _ => Place::Inside,
        }
    }

    fn after(&self, day: Date, end: &str) -> Place {
        match &self.tail {
            Tail::None => {
                Place::Outside(format!("{day} is after the end, {end}, and no tail is stated"))
            }
            Tail::Endless => Place::Tail,
            Tail::Until(early, _) if day <= *early => Place::Tail,
            Tail::Until(early, late) if day > *late => {
                let until = span(*early, *late);
                Place::Outside(format!(
                    "{day} is after the end, {end}, and its tail, until {until}"
                ))
            }
            Tail::Until(early, late) => {
                Place::Untold(format!("the tail ends on one of {}", span(*early, *late)))
            }
            Tail::Untold(why) => Place::Untold(format!("{day} is after the end, {end}; {why}")),
        }
    }
}

impl Edge {
    fn of(dated: &Dated, what: &str) -> Self {
        match &dated.date {
            Dating::Missing | Dating::Endless(_) => Self::Open,
            Dating::Known(when) => match (when.range(), when.waits_for()) {
                (Some((early, late)), _) => Self::Day(early, late),
                // A start that is not stated is a missing one.
                (None, Some("the start")) => Self::Open,
                (None, event) => {
                    let event = event.unwrap_or("an event");
                    Self::Untold(format!("{what} waits for {event}"))
                }
            },
            Dating::Open(hole) => Self::Untold(format!("{what} is left open: {hole}")),
            Dating::Unclear(why) => Self::Untold(format!("{what} is not clear: {why}")),
            Dating::Unreadable => Self::Untold(format!("{what} could not be read")),
        }
    }
}

impl Tail {
    /// The tail of a table behind an end.
    fn of(dates: Dates<'_>, table: &AttributionTable, end: &Dated) -> Self {
        let [tail, rest @ ..] = &table.flow.course.tails[..] else { return Self::None };
        // `exit` is any end; others are told apart by how it ended, which a list of deals does not say.
        let any = |tail: &crate::agreement::Tail| {
            tail.after
                .iter()
                .all(|end| matches!(&*end.node, "exit" | "term end" | "expiry" | "end"))
        };
        if !rest.is_empty() || !any(tail) {
            return Self::Untold("which tail counts hangs on how it ended".to_owned());
        }
        match &tail.lasts {
            Some(lasts) => {
                let last = dates.moved(end, &lasts.node, lasts.span, false);
                match (&lasts.node, Edge::of(&last, "")) {
                    (_, Edge::Day(early, late)) => Self::Until(early, late),
                    (Given::Value(period), _) if period.months() >= 12_000 => Self::Endless,
                    (_, Edge::Untold(why)) => Self::Untold(format!("the tail{why}")),
                    (_, Edge::Open) => Self::Untold("when the tail ends is not known".to_owned()),
                }
            }
            None => Self::Untold(format!("the tail is `{}`", tail.text.node)),
        }
    }
}

fn day_of(day: Date) -> Dated {
    Dated { date: Dating::Known(When::day(day)), sources: Places::new(), decided: Vec::new() }
}

fn known(dated: &Dated) -> Option<Date> {
    match &dated.date {
        Dating::Known(when) => when.range().map(|(_, late)| late),
        _ => None,
    }
}

fn span(early: Date, late: Date) -> String {
    if early == late { early.to_string() } else { format!("{early} to {late}") }
}
