//! Rights to leave, handover, what goes on after the end.

use super::commercial::{condition_words, life};
use super::names::spelled;
use super::running::{at_once, on_exit};
use super::slots::Slots;
use super::{Lower, open};
use crate::agreement::model::{Continued, Handover, Parties, Right, Tag, Text};
use crate::source::{At, Spanned};
use crate::syntax::ast::{ConditionKind, Form, Phrase, Test, ThingKind};

impl Lower<'_> {
    pub(super) fn exit(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        match head.form {
            Form::HeadDeadline => self.deadlines(&tag, head, slots),
            Form::Handover => {
                let within = slots.take(Form::Within).and_then(|slot| self.period_of(slot));
                let to = slots.axis("to").map(|axis| self.receivers(axis));
                let once = slots.take(Form::AtOnce).and_then(at_once);
                let within = within.or(once);
                for thing in head.things() {
                    let what = spelled(thing);
                    let span = thing.span;
                    let handover = Handover {
                        tag: tag.clone(),
                        span: At(span),
                        what,
                        to: to.clone(),
                        within: within.clone(),
                    };
                    self.agreement.exit.handover.push(handover);
                }
                slots.keep(&[Form::Costs, Form::Then, Form::Clock]);
            }
            Form::Continue => {
                let lasts = slots.take(Form::During).and_then(|slot| self.period_of(slot));
                let lasts = lasts
                    .or_else(|| slots.take(Form::Within).and_then(|slot| self.period_of(slot)));
                let what = head.things().map(spelled).collect();
                self.agreement.exit.continued.push(Continued { tag, what, lasts });
                life(slots);
                Self::scope(slots);
                slots.keep(&[Form::Costs, Form::Flags]);
            }
            Form::Things if tag.id.node == "survival" => {
                self.agreement.exit.survival.extend(head.things().map(spelled));
            }
            _ => self.right(tag, head, slots),
        }
    }

    /// `assets 30 days; data 30 days`
    fn deadlines(&mut self, tag: &Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let rest = slots.take_all(Form::Deadline);
        for phrase in std::iter::once(head).chain(rest) {
            let Some(what) = phrase.word().cloned() else { continue };
            let within = self.period_of(phrase).or_else(|| at_once(phrase));
            let span = phrase.span;
            let handover = Handover { tag: tag.clone(), span: At(span), what, to: None, within };
            self.agreement.exit.handover.push(handover);
        }
        slots.keep(&[Form::Costs, Form::Then]);
    }

    /// The parties behind `to`.
    fn receivers(&self, axis: &Phrase) -> Parties {
        let mut parties = Parties { span: axis.span, ..Default::default() };
        for thing in axis.things() {
            match &thing.node {
                ThingKind::Name(name) if self.agreement.party(name).is_some() => {
                    parties
                        .members
                        .extend(self.agreement.party(name).map(|party| (party, thing.span)));
                }
                ThingKind::Role(_) => {
                    let everybody = 0..self.agreement.parties.len();
                    parties.members.extend(everybody.map(|party| (party, thing.span)));
                }
                _ => parties.doubt = Some(thing.span),
            }
        }
        parties
    }

    fn right(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let test = head.test();
        let ends = head.form == Form::EndsIf;
        let words = test.map(|test| {
            let words: Vec<_> = test.conditions.iter().map(|c| condition_words(&c.node)).collect();
            Spanned::new(words.join(if test.any { " or " } else { " and " }), test.span)
        });
        let in_words = (head.form == Form::Things).then(|| head.thing().map(spelled)).flatten();
        let acts = head.form == Form::Leaves;
        let notice = slots.clock("notice");
        let after_cure = slots.clock("notice after cure");
        let cure = slots.clock("to cure");
        let class = match test {
            Some(test) => class(test),
            None if acts || head.hole().is_some() => "convenience",
            None => "event",
        };
        let hole = head.hole().map(open);
        let length = notice.or(after_cure).and_then(|slot| self.period_of(slot));
        let right = Right {
            class,
            by: if acts { self.parties_of(head, 0) } else { Parties::default() },
            automatic: ends,
            text: words.or(in_words),
            refers: test.and_then(refers),
            notice: length.or_else(|| slots.take(Form::AtOnce).and_then(at_once)).or(hole),
            notice_after_cure: after_cure.map(|slot| At(slot.span)),
            cure: cure.and_then(|slot| self.period_of(slot)),
            gate: slots.take(Form::NotBefore).and_then(|slot| slot.moment().cloned()),
            part: head.texts().cloned().collect(),
            tag,
        };
        slots.keep(&[Form::Within, Form::Then, Form::Else, Form::Extendable, Form::Clock]);
        slots.keep(&[Form::NoticeFrom, Form::Unless, Form::OnlyIf, Form::Except, Form::Until]);
        on_exit(slots);
        self.agreement.exit.rights.push(right);
    }
}

/// What kind of right a condition gives, by its first telling condition.
fn class(test: &Test) -> &'static str {
    let classes = test.conditions.iter().map(|condition| match &condition.node {
        ConditionKind::Breaches(..) => "breach",
        ConditionKind::ChangesControl(_) => "control",
        ConditionKind::Conduct(_, conduct) if conduct.ends_with("insolvent") => "insolvency",
        ConditionKind::Conduct(..) => "default",
        ConditionKind::State { state, .. } if state == "missed" => "missed",
        _ => "event",
    });
    let mut classes: Vec<_> = classes.collect();
    classes.sort_by_key(|class| *class == "event");
    classes.first().copied().unwrap_or("event")
}

/// The item of this agreement that a condition names.
fn refers(test: &Test) -> Option<Text> {
    test.conditions.iter().find_map(|condition| match &condition.node {
        ConditionKind::State { item: Some(item), .. } | ConditionKind::Compare { item, .. } => {
            Some(item.clone())
        }
        ConditionKind::Breaches(_, things) => things.iter().find_map(|thing| match &thing.node {
            ThingKind::Item(item) => Some(Spanned::new(item.clone(), thing.span)),
            _ => None,
        }),
        _ => None,
    })
}
