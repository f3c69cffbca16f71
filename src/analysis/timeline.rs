//! Days that fall outside the term, and days that hang on how a short month is rounded.

use super::dates::{Dated, Dates, Dating};
use super::items::{self, Item};
use crate::agreement::{Agreement, Tag};
use crate::source::Span;
use crate::value::{Comparison, Date, When};

/// An item whose day certainly falls outside the term.
#[derive(Debug, Clone, PartialEq)]
pub struct Outside {
    /// The section of the item.
    pub section: &'static str,
    /// The item's id.
    pub item: String,
    /// The day it falls on.
    pub on: Dated,
    /// The first day of the agreement.
    pub first: Dated,
    /// The last day of the term.
    pub last: Dated,
    /// The day, then the end it misses.
    pub places: Vec<Span>,
}

/// A day that is one of two, because nothing says how month ends are rounded.
#[derive(Debug, Clone, PartialEq)]
pub struct Rounded {
    /// The section of the item.
    pub section: &'static str,
    /// The item's id.
    pub item: String,
    /// The first day it can be, and the last.
    pub days: (Date, Date),
    /// What it follows from.
    pub places: Vec<Span>,
}

/// Promises for a day on which the agreement is certainly not in force. An agreement that may be
/// renewed, or whose term could not be read, has no certain end.
pub(super) fn outside(agreement: &Agreement, dates: Dates<'_>, term_end: &Dated) -> Vec<Outside> {
    let renewed = agreement.term.renewals.iter().any(|renewal| renewal.mode.node != "none");
    let partial = agreement.heading("term").is_some_and(|heading| heading.partial.is_some());
    let last = known(term_end).filter(|_| !renewed && !partial);
    let starts = dates.of(agreement.header.starts.as_ref());
    let signed = dates.of(agreement.header.signed.as_ref());
    let mut found = Vec::new();
    for (tag, terms, tails) in promises(agreement) {
        if terms.more.survives.is_some() || terms.more.survives_for.is_some() || tails {
            continue;
        }
        // What only begins on a day is judged by that day.
        let on = dates.of(terms.last.as_ref().or(terms.first.as_ref()));
        let Some(day) = known(&on) else { continue };
        let late = last.is_some_and(|last| certainly(day, Comparison::Greater, last));
        let before =
            |end: &Dated| known(end).is_some_and(|end| certainly(day, Comparison::Less, end));
        let early = before(&starts) && before(&signed);
        if late || early {
            let end = if late { term_end } else { &signed };
            let places = on.sources.iter().chain(&end.sources).copied().collect();
            let (first, last) = (starts.clone(), term_end.clone());
            let (section, item) = (tag.section, tag.id.node.clone());
            found.push(Outside { section, item: item.to_string(), on, first, last, places });
        }
    }
    found
}

/// What somebody promises to do, and whether money goes on being earned after the end.
fn promises(agreement: &Agreement) -> Vec<(&Tag, &crate::agreement::Terms, bool)> {
    let it = agreement;
    let commitments =
        it.commitments.iter().map(|c| (&c.tag, &*c.terms, !c.flow.course.tails.is_empty()));
    let payments = it.payments.iter().map(|p| (&p.tag, &*p.terms, !p.flow.course.tails.is_empty()));
    let enablement = it.enablement.iter().map(|e| (&e.tag, &*e.terms, false));
    let grants = it.grants.iter().map(|g| (&g.tag, &*g.terms, false));
    commitments.chain(payments).chain(enablement).chain(grants).collect()
}

const fn known(dated: &Dated) -> Option<&When> {
    match &dated.date {
        Dating::Known(when) => Some(when),
        _ => None,
    }
}

fn certainly(a: &When, comparison: Comparison, b: &When) -> bool {
    a.orderings(b).decide(comparison) == Some(true)
}

/// The days that are one of two, each item once.
pub(super) fn rounded(agreement: &Agreement, dates: Dates<'_>, term_end: &Dated) -> Vec<Rounded> {
    let mut found: Vec<Rounded> = Vec::new();
    let mut add = |tag: &Tag, dated: &Dated| {
        let range = known(dated).and_then(When::range).filter(|_| dated.rounded());
        let Some(days) = range else { return };
        let (section, item) = (tag.section, tag.id.node.clone());
        if !found.iter().any(|known| known.section == section && known.item == item) {
            found.push(Rounded {
                section,
                item: item.to_string(),
                days,
                places: dated.sources.to_vec(),
            });
        }
    };
    if let Some(initial) = &agreement.term.initial {
        add(&initial.tag, term_end);
    }
    for clock in &agreement.clocks {
        add(&clock.tag, &dates.of(clock.on.as_ref()));
    }
    for (tag, terms) in items::all(agreement) {
        for moment in moments((tag, terms)) {
            add(tag, &dates.of(Some(moment)));
        }
    }
    for metric in &agreement.metrics {
        for point in metric.baseline.iter().chain(&metric.target) {
            add(&metric.tag, &dates.of(point.on.as_ref()));
        }
    }
    found
}

fn moments((_, terms): Item<'_>) -> impl Iterator<Item = &crate::syntax::ast::Moment> {
    let ends = [&terms.first, &terms.last, &terms.more.after, &terms.more.before];
    ends.into_iter().chain([&terms.more.gate, &terms.more.notice_from]).flatten()
}
