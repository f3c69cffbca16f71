//! What takes longer than is stated for it, or ends before it begins.

use super::dates::{Dated, Dates, Dating};
use super::items;
use crate::agreement::{Agreement, Leaf, Next, Step, Tag, Terms};
use crate::source::{Span, Spanned};
use crate::value::{Comparison, Given, Period};

/// Steps that follow one another, beside the time that is stated for all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    /// The section of the item.
    pub section: &'static str,
    /// The item's id.
    pub item: String,
    /// How long the steps take together, at the first of them.
    pub total: Leaf<Period>,
    /// How long they may take.
    pub limit: Leaf<Period>,
    /// The times of the steps.
    pub places: Vec<Span>,
}

/// Something whose last day is certainly before its first.
#[derive(Debug, Clone, PartialEq)]
pub struct Backward {
    /// The section of the item.
    pub section: &'static str,
    /// The item's id.
    pub item: String,
    /// Its first day.
    pub first: Dated,
    /// Its last day.
    pub last: Dated,
    /// The last day, then the first.
    pub places: Vec<Span>,
}

/// Steps of consequences and ladders beside a stated limit.
pub(super) fn find(agreement: &Agreement) -> Vec<Chain> {
    let mut found = Vec::new();
    for (tag, terms) in items::all(agreement) {
        let Some(limit) = limit(terms) else { continue };
        let within = |steps: &'_ [Step]| -> Vec<Leaf<Period>> {
            steps.iter().filter_map(|step| step.within.clone()).collect()
        };
        let consequences = terms.more.consequences.iter().map(|found| within(&found.steps));
        let outcomes = std::iter::once(within(&terms.more.outcomes));
        let all = consequences.chain(outcomes);
        found.extend(all.filter_map(|steps| chain(tag, &steps, limit)));
    }
    let governance = &agreement.governance;
    let bodies = governance.bodies.iter().map(|it| (&it.tag, &it.terms, &it.next));
    let ladders = governance.ladders.iter().map(|it| (&it.tag, &it.terms, &it.stations));
    for (tag, terms, next) in bodies.chain(ladders) {
        let after = |next: &Next| next.after.clone();
        let steps: Vec<Leaf<Period>> = next.iter().filter_map(after).collect();
        let own = limit(terms).or(terms.within.as_ref());
        found.extend(own.and_then(|limit| chain(tag, &steps, limit)));
    }
    found
}

/// The time that an item states for the whole of what follows from it.
fn limit(terms: &Terms) -> Option<&Leaf<Period>> {
    let clocks = &terms.clocks;
    clocks.agree.as_ref().or(clocks.close.as_ref()).or(clocks.cure.as_ref())
}

fn chain(tag: &Tag, steps: &[Leaf<Period>], limit: &Leaf<Period>) -> Option<Chain> {
    let (first, rest) = steps.split_first()?;
    let total = rest.iter().fold(first.node.clone(), |sum, step| plus(sum, &step.node));
    Some(Chain {
        section: tag.section,
        item: tag.id.node.to_string(),
        total: Spanned::new(total, first.span),
        limit: limit.clone(),
        places: steps.iter().map(|step| step.span).collect(),
    })
}

/// Both one after the other; open where one of them is.
fn plus(a: Given<Period>, b: &Given<Period>) -> Given<Period> {
    let ends =
        |given: &Given<Period>| given.values().first().copied().zip(given.values().last().copied());
    let (Some((low, high)), Some((more_low, more_high))) = (ends(&a), ends(b)) else {
        return if ends(&a).is_some() { b.clone() } else { a };
    };
    match (low.checked_add(more_low), high.checked_add(more_high)) {
        (Some(low), Some(high)) if low == high => Given::Value(low),
        (Some(low), Some(high)) => Given::range(low, high),
        _ => Given::Unreadable,
    }
}

/// What certainly ends before it begins.
pub(super) fn backward(agreement: &Agreement, dates: Dates<'_>) -> Vec<Backward> {
    let mut found = Vec::new();
    let mut add = |tag: &Tag, first: Dated, last: Dated| {
        let (Dating::Known(from), Dating::Known(to)) = (&first.date, &last.date) else { return };
        if to.orderings(from).decide(Comparison::Less) == Some(true) {
            let places = last.sources.iter().chain(&first.sources).copied().collect();
            let (section, item) = (tag.section, tag.id.node.clone());
            found.push(Backward { section, item: item.to_string(), first, last, places });
        }
    };
    for (tag, terms) in items::all(agreement) {
        add(tag, dates.of(terms.first.as_ref()), dates.of(terms.last.as_ref()));
    }
    for clock in &agreement.clocks {
        add(&clock.tag, dates.of(clock.on.as_ref()), dates.of(clock.until.as_ref()));
    }
    for metric in &agreement.metrics {
        let on = |point: &Option<crate::agreement::Point>| {
            dates.of(point.as_ref().and_then(|point| point.on.as_ref()))
        };
        add(&metric.tag, on(&metric.baseline), on(&metric.target));
    }
    found
}
