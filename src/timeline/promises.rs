//! What is promised, paid, measured and talked about: commitments, payments, enablement, metrics,
//! meetings, and what is still to be agreed.

use std::borrow::Cow;

use super::build::{Builder, Draft, EXIT, is_term_end, slug};
use super::grid::Stretch;
use super::recurring::{Life, recurring_of};
use super::{Kind, On, Series};
use crate::agreement::{Flow, Leaf, Tag, Terms};
use crate::analysis::Dates;
use crate::source::Spanned;
use crate::syntax::ast::{Moment, MomentKind};
use crate::value::{Convention, Given, HoleKind, Period, Quantity};

impl Builder<'_> {
    /// Commitments: each time they are due.
    pub(super) fn commitments(&mut self) {
        for commitment in &self.agreement.commitments {
            let (tag, terms) = (&commitment.tag, &commitment.terms);
            let what = commitment.flow.said().filter(|amount| !amount.is_empty());
            let what = what.unwrap_or(Cow::Borrowed(&commitment.text.node));
            let draft = Draft::of(tag, Kind::Commitment, format!("{}: {what}", tag.id.node));
            let draft = draft.who(self.names(&commitment.by));
            let long = terms.last.as_ref().is_some_and(is_term_end) && terms.per.is_none();
            if long && commitment.flow.course.due_on.is_none() && commitment.amount.is_none() {
                self.during_term(tag);
            } else {
                self.due(draft, tag, terms, &commitment.flow);
            }
        }
    }

    /// Payments: each time they are due.
    pub(super) fn payments(&mut self) {
        for payment in &self.agreement.payments {
            let words = || payment.text.as_ref().map(|text| Cow::Borrowed(&*text.node));
            let what = payment.flow.said().or_else(words).unwrap_or(Cow::Borrowed("payment"));
            let (by, to) = (self.names(&payment.by), self.names(&payment.to));
            let title = match (&*by, &*to) {
                ([by], [to]) => format!("{}: {by} pays {to} {what}", payment.tag.id.node),
                _ => format!("{}: {what}", payment.tag.id.node),
            };
            let draft = Draft::of(&payment.tag, Kind::Payment, title).who([by, to].concat());
            self.due(draft, &payment.tag, &payment.terms, &payment.flow);
        }
    }

    /// By the day it is due, or in each period.
    fn due(&mut self, draft: Draft, tag: &Tag, terms: &Terms, flow: &Flow) {
        // The day something is due, however it recurs, is not the end of its recurring.
        let last = terms.last.as_ref().filter(|last| Some(*last) != flow.course.due_on.as_ref());
        let life = Life { first: terms.first.as_ref(), last };
        if let Some(due) = &flow.course.due_on {
            let advance =
                flow.course.due.as_ref().is_some_and(|due| due.node.contains("in advance"));
            if let Some((text, offset)) = recurring_of(due) {
                return self.recurring(&draft, text, offset, life, advance);
            }
            let mut draft = draft;
            if let Some(per) = terms.per.as_ref() {
                let word = self.source.slice(per.span);
                draft.title = format!("{}, per {word}", draft.title);
            }
            self.put(draft, Some(due));
            return;
        }
        if let Some((text, offset)) = life.last.and_then(recurring_of) {
            let ends = Life { last: None, ..life };
            return self.recurring(&draft, text, offset, ends, false);
        }
        match &terms.per {
            Some(per) if draft.kind == Kind::Commitment => self.per(&draft, per, life, flow),
            Some(per) => {
                let word = self.source.slice(per.span);
                let said = flow.course.due.as_ref().map_or_else(
                    || "and no day on which it is due is stated".to_owned(),
                    |due| format!("{}: no day could be reckoned", due.node),
                );
                self.note_of(&draft, format!("{}: per {word}, {said}", draft.title));
            }
            None => {
                if !self.put(draft, life.last) {
                    self.undated(tag);
                }
            }
        }
    }

    /// At the end of each period.
    fn per(&mut self, draft: &Draft, per: &Leaf<Period>, life: Life<'_>, flow: &Flow) {
        let found = self.each_stretch(draft, per, life);
        let listed = u32::try_from(found.len()).unwrap_or(u32::MAX);
        for (grid, stretch) in found {
            let Stretch { nth, to, part, .. } = &stretch;
            let every = grid.every.clone();
            let mut one = draft.clone().because(grid.says.clone());
            if flow.steps.len() > 1 {
                let id = one.item.clone().unwrap_or_default();
                one.title = format!("{id}: {}", figure(flow, *nth));
            }
            one.series = Some(Series { nth: *nth, listed, every });
            if *part {
                one = one.because(format!("a part of a {} only", grid.every));
            }
            if stretch.rounded && to.known().is_some() {
                let ends = self.derived.conventions().month_ends;
                one = one.because(Convention::MonthEnd(ends).to_string());
            }
            self.day(one, to);
        }
    }

    /// What one side does so that the other can sell.
    pub(super) fn enablement(&mut self) {
        for enablement in &self.agreement.enablement {
            let (tag, terms) = (&enablement.tag, &enablement.terms);
            let title = format!("{}: {}", tag.id.node, enablement.verb);
            let draft = Draft::of(tag, Kind::Enablement, title).who(self.names(&enablement.by));
            let life = Life { first: terms.first.as_ref(), last: terms.last.as_ref() };
            match &enablement.every {
                Some(every) => self.per(&draft, every, life, &Flow::default()),
                None if self.put(draft, life.last) => {}
                None => self.undated(tag),
            }
        }
    }

    /// Where metrics start from, and where they are to get to.
    pub(super) fn metrics(&mut self) {
        for metric in &self.agreement.metrics {
            let (tag, id) = (&metric.tag, &metric.tag.id.node);
            let agreed = Draft::of(tag, Kind::Agreed, format!("{id}: agreed"));
            self.put(agreed, metric.agreed.as_ref());
            if let Some(point) = &metric.baseline {
                let title = format!("{id}: starts from {}", value(&point.value));
                self.put(Draft::of(tag, Kind::Baseline, title), point.on.as_ref());
            }
            let Some(point) = &metric.target else { continue };
            let title = format!("{id}: target of {}", value(&point.value));
            let draft = Draft::of(tag, Kind::Target, title);
            if let Some((text, offset)) = point.on.as_ref().and_then(recurring_of) {
                let life = Life { first: None, last: None };
                self.recurring(&draft, text, offset, life, false);
            } else if !self.put(draft, point.on.as_ref()) {
                self.undated(tag);
            }
        }
    }

    /// Each meeting of a body, and each review.
    pub(super) fn meetings(&mut self) {
        for body in &self.agreement.governance.bodies {
            let (tag, terms) = (&body.tag, &body.terms);
            let about = body.about.first().map_or(String::new(), |it| format!(" on {}", it.node));
            let title = format!("{} meets{about}", tag.id.node);
            let draft = Draft::of(tag, Kind::Meeting, title);
            let life = Life { first: terms.first.as_ref(), last: terms.last.as_ref() };
            match &body.meets {
                Some(meets) => self.per(&draft, meets, life, &Flow::default()),
                None if self.put(draft, body.due.as_ref()) => {}
                None => self.undated(tag),
            }
        }
    }

    /// What was left open until a day.
    pub(super) fn decisions(&mut self) {
        for open in &self.agreement.holes {
            let path = format!("{}/{}", open.section, open.item);
            // Where a whole item is open, its field is named as its section is.
            let what = if open.field == open.section { "it" } else { open.field };
            let title = format!("{path}: {what} is to be agreed");
            let draft = Draft {
                kind: Kind::Decision,
                section: open.section,
                item: Some(open.item.to_string()),
                part: format!("open-{}", slug(open.field)),
                who: Vec::new(),
                title,
                series: None,
                conventions: Vec::new(),
                span: open.hole.span,
            };
            if let Some(by) = open.hole.node.by {
                self.add(draft, On::Day(by), &[]);
            } else if let HoleKind::ToBeAgreedBy(by) = &open.hole.node.kind {
                self.note_of(&draft, format!("{} by {by}: no day is reckoned", draft.title));
            }
        }
    }

    /// What the stretch of an item ends on, where that is a day of its own.
    pub(super) fn ends(&mut self, draft: Draft, last: Option<&Moment>) -> bool {
        match last.map(|last| &last.node) {
            Some(MomentKind::Recurring(text)) => {
                self.note_of(&draft, format!("{}: {text}, which is not listed", draft.title));
                true
            }
            _ => self.put(draft, last),
        }
    }

    /// An entry so long after something.
    pub(super) fn so_long_after(&mut self, draft: Draft, event: &str, time: &Leaf<Period>) {
        let when = match &time.node {
            Given::Value(time) if time.bounds() == (0, Some(0)) => format!("at once after {event}"),
            Given::Value(time) => format!("{time} after {event}"),
            Given::Range(ends) => format!("{} to {} after {event}", ends[0], ends[1]),
            Given::Hole(hole) => format!("{hole} after {event}"),
            Given::Unreadable => return,
        };
        self.add(draft, On::Waits { event: event.to_owned(), when }, &[]);
    }

    /// So long after the end of the alliance.
    pub(super) fn after_exit(&mut self, mut draft: Draft, time: &Leaf<Period>) {
        let end = self.ended.clone();
        let Some((ended, _, why)) = end else {
            return self.so_long_after(draft, "the end of the agreement", time);
        };
        let exit = MomentKind::Named(EXIT.into());
        let exit = Spanned::new(exit, time.span);
        let dates = Dates::new(&ended, self.derived.conventions());
        let last = dates.moved(&dates.of(Some(&exit)), &time.node, time.span, false);
        draft.conventions.push(why);
        self.place(draft, &last);
    }
}

/// The figure of one of several periods; the last one goes on where it is said to.
fn figure(flow: &Flow, nth: u32) -> String {
    let at = usize::try_from(nth - 1).unwrap_or(usize::MAX);
    match (flow.steps.get(at), flow.steps.last()) {
        (Some(step), _) => value(step),
        (None, Some(last)) if flow.thereafter => value(last),
        _ => "no figure is stated for this one".to_owned(),
    }
}

fn value(given: &Leaf<Quantity>) -> String {
    match &given.node {
        Given::Value(value) => value.to_string(),
        Given::Range(ends) => format!("{} to {}", ends[0], ends[1]),
        Given::Hole(hole) => hole.to_string(),
        Given::Unreadable => "a value that could not be read".to_owned(),
    }
}
