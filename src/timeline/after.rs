//! What ends on its own day, and what comes after the end of the alliance.

use super::Kind;
use super::build::{Builder, Draft, is_term_end, slug};
use crate::agreement::{Flow, Tag};
use crate::analysis::items;
use crate::syntax::ast::{Moment, MomentKind};
use crate::value::Convention;

/// Sections whose items are listed by what they are.
const LISTED: [&str; 7] =
    ["dates", "term", "commitments", "payments", "enablement", "exclusivity", "waivers"];

impl Builder<'_> {
    /// Exclusivity, waivers, and all else that ends on a day of its own.
    pub(super) fn endings(&mut self) {
        for (grant, life) in self.agreement.grants.iter().zip(self.derived.grants()) {
            let title = format!("{}: exclusivity ends", grant.tag.id.node);
            let who = [self.names(&grant.by), self.names(&grant.to)].concat();
            let mut draft = Draft::of(&grant.tag, Kind::Exclusivity, title).who(who);
            if grant.terms.lasts.is_some() {
                draft = draft.because(Convention::LastDayInside.to_string());
            }
            match &grant.terms.last {
                Some(last) => self.ends(draft, Some(last)),
                None => self.place(draft, &life.1),
            };
        }
        for waiver in &self.agreement.waivers {
            let draft = Draft::of(
                &waiver.tag,
                Kind::Waiver,
                format!("the waiver of {} ends", waiver.tag.id.node),
            );
            if !self.put(draft, waiver.terms.last.as_ref()) {
                self.undated(&waiver.tag);
            }
        }
        for (tag, terms) in items(self.agreement) {
            let bodies = &self.agreement.governance.bodies;
            let body = tag.section == "governance" && bodies.iter().any(|it| it.tag.id == tag.id);
            if body || tag.section == "exit" {
                continue;
            }
            let id = &tag.id.node;
            if let Some(gate) = &terms.more.gate {
                let draft = Draft::of(tag, Kind::Opens, format!("{id}: not before this day"));
                self.put(draft.part("gate"), Some(gate));
            }
            if let Some(first) = terms.first.as_ref().filter(|first| is_own(first)) {
                let draft = Draft::of(tag, Kind::Opens, format!("{id}: begins"));
                self.put(draft, Some(first));
            }
            if LISTED.contains(&tag.section) {
                continue;
            }
            let last = terms.last.as_ref().filter(|last| !is_term_end(last));
            let mut draft = Draft::of(tag, Kind::Ends, format!("{id}: last day"));
            if terms.lasts.is_some() {
                draft = draft.because(Convention::LastDayInside.to_string());
            }
            self.ends(draft, last);
        }
    }

    /// Handover, tails, duties that survive, and what is carried on.
    pub(super) fn after_the_end(&mut self) {
        for handover in &self.agreement.exit.handover {
            let what = &handover.what.node;
            let mut draft = Draft::of(&handover.tag, Kind::Handover, format!("hand over {what}"));
            draft = draft.part(slug(what));
            draft.span = handover.span.0;
            if let Some(to) = &handover.to {
                draft = draft.who(self.names(to));
            }
            match &handover.within {
                Some(within) => self.after_exit(draft, within),
                None if self.put(draft, handover.terms.last.as_ref()) => {}
                None => self.undated(&handover.tag),
            }
        }
        for continued in &self.agreement.exit.continued {
            let tag = &continued.tag;
            let title = format!("{}: carried on until then", tag.id.node);
            let draft = Draft::of(tag, Kind::Tail, title);
            match &continued.terms.lasts {
                Some(lasts) => self.after_exit(draft, lasts),
                None if self.put(draft, continued.terms.last.as_ref()) => {}
                None => self.undated(tag),
            }
        }
        for commitment in &self.agreement.commitments {
            self.tails(&commitment.tag, &commitment.flow);
        }
        for payment in &self.agreement.payments {
            self.tails(&payment.tag, &payment.flow);
        }
        for table in &self.agreement.attribution.tables {
            self.tails(&table.tag, &table.flow);
        }
        for (tag, terms) in items(self.agreement) {
            let Some(length) = &terms.more.survives_for else { continue };
            let title = format!("{}: no longer binds", tag.id.node);
            self.after_exit(Draft::of(tag, Kind::Survival, title), length);
        }
        for duty in &self.agreement.liability.duties {
            let Some(length) = &duty.terms.more.survives_for else { continue };
            let title = format!("{}: no longer binds", duty.tag.id.node);
            self.after_exit(Draft::of(&duty.tag, Kind::Survival, title), length);
        }
    }

    fn tails(&mut self, tag: &Tag, flow: &Flow) {
        for (index, tail) in flow.course.tails.iter().enumerate() {
            let after: Vec<&str> = tail.after.iter().map(|end| &*end.node).collect();
            let own = after.iter().any(|end| !matches!(*end, "exit" | "expiry" | "term end"));
            let title = format!("{}: the {} is over", tag.id.node, tail.text.node);
            let draft = Draft::of(tag, Kind::Tail, title).part((index + 1).to_string());
            match &tail.lasts {
                // Only some ends have a tail: whether this one does is not known beforehand.
                Some(lasts) if own => self.so_long_after(draft, &after.join(", "), lasts),
                Some(lasts) => self.after_exit(draft, lasts),
                None => self.note_of(&draft, format!("{}: no length of time", tail.text.node)),
            }
        }
    }
}

/// Whether a moment is a day of its own rather than the start or the signing by name.
fn is_own(moment: &Moment) -> bool {
    !matches!(&moment.node, MomentKind::Named(name) if matches!(&**name, "start" | "signing"))
}
