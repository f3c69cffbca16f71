//! Rights to leave, handover, what goes on after the end.

use super::forms::{
    CLOCKS, CONSENT, COSTS, EXCEPT, FLAGS, Forms, GATE, LIFE, LIMITS, SCOPE, SURVIVES, TESTS, THEN,
};
use super::names::spelled;
use super::outcomes::asked;
use super::slots::Slots;
use super::terms::at_once;
use super::{Lower, open, words};
use crate::agreement::model::{Continued, Handover, Parties, Right, Survival, Tag};
use crate::source::{At, Spanned};
use crate::syntax::ast::{Actor, ConditionKind, Form, Phrase, Test, ThingKind};

const RIGHT: Forms = Forms::all(&[
    SCOPE, LIFE, GATE, TESTS, THEN, EXCEPT, CLOCKS, FLAGS, COSTS, SURVIVES, CONSENT, LIMITS,
]);
const HANDOVER: Forms = Forms::all(&[
    SCOPE, LIFE, TESTS, THEN, EXCEPT, CLOCKS, COSTS, FLAGS, CONSENT, SURVIVES, LIMITS,
]);
const CONTINUED: Forms = Forms::all(&[
    SCOPE, LIFE, TESTS, THEN, EXCEPT, COSTS, FLAGS, CONSENT, CLOCKS, SURVIVES, LIMITS,
]);

impl Lower<'_> {
    pub(super) fn exit(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        match head.form {
            Form::HeadDeadline => self.deadlines(&tag, head, slots),
            Form::Handover => self.handover(&tag, head, slots),
            Form::Continue => {
                let what = head.things().map(spelled).collect();
                let terms = self.terms(&tag, slots, CONTINUED);
                self.agreement.exit.continued.push(Continued { tag, what, terms });
            }
            Form::Things if tag.id.node == "survival" => {
                let what = head.things().map(spelled).collect();
                let terms = self.terms(&tag, slots, Forms::all(&[EXCEPT, LIFE]));
                self.agreement.exit.survival.push(Survival { tag, what, terms });
            }
            _ => self.right(tag, head, slots),
        }
    }

    fn handover(&mut self, tag: &Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let to = slots.axis("to").map(|axis| self.receivers(axis));
        let terms = self.terms(tag, slots, HANDOVER);
        for thing in head.things() {
            self.agreement.exit.handover.push(Handover {
                tag: tag.clone(),
                span: At(thing.span),
                what: spelled(thing),
                to: to.clone(),
                within: terms.within.clone().or_else(|| terms.clocks.notice.clone()),
                terms: terms.clone(),
            });
        }
    }

    /// `assets 30 days; data 30 days`
    fn deadlines(&mut self, tag: &Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let rest = slots.take_all(Form::Deadline);
        let terms = self.terms(tag, slots, Forms::all(&[COSTS, THEN, EXCEPT]));
        for phrase in std::iter::once(head).chain(rest) {
            let Some(what) = phrase.word().cloned() else { continue };
            let within = self.period_of(phrase).or_else(|| at_once(phrase));
            let span = At(phrase.span);
            let (tag, terms) = (tag.clone(), terms.clone());
            self.agreement.exit.handover.push(Handover {
                tag,
                span,
                what,
                to: None,
                within,
                terms,
            });
        }
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
        let in_words = (head.form == Form::Things).then(|| head.thing().map(spelled)).flatten();
        let acts = head.form == Form::Leaves;
        let hole = head.hole().map(open);
        let mut right = Right {
            class: class(head),
            by: if acts { self.parties_of(head, 0) } else { Parties::default() },
            automatic: head.form == Form::EndsIf,
            text: test.map(words::test).or(in_words),
            asks: test.map(asked).unwrap_or_default(),
            of: None,
            holders: Vec::new(),
            acquirers: Vec::new(),
            share: None,
            open: hole,
            part: head.texts().cloned().collect(),
            terms: self.terms(&tag, slots, RIGHT),
            tag,
        };
        for condition in test.into_iter().flat_map(|test| &test.conditions) {
            if let ConditionKind::ChangesControl { who, share, from, to, .. } = &condition.node {
                right.of = Some(self.parties(who));
                right.share = share.as_ref().map(|share| self.percent(share));
                right.holders = from.iter().map(spelled).collect();
                right.acquirers = to.iter().map(spelled).collect();
            }
        }
        // A slot `if TEST` says the same as the head's.
        if test.is_none()
            && let Some(found) = right.terms.conditions.iter().find(|c| c.kind == "if")
        {
            right.text = right.text.or_else(|| Some(found.text.clone()));
            right.asks.extend(found.asks.iter().cloned());
            right.class = if right.class == "convenience" { "event" } else { right.class };
        }
        self.agreement.exit.rights.push(right);
    }
}

/// What kind of right an item gives.
fn class(head: &Phrase) -> &'static str {
    let nobody = |actor: &Spanned<Actor>| actor.node == Actor::Nobody;
    let everybody = |actor: &Spanned<Actor>| actor.node == Actor::All;
    let actors = || head.who().into_iter().flat_map(|who| &who.actors);
    match head.test() {
        Some(test) => cause(test),
        None if head.form == Form::Leaves && actors().any(nobody) => "lock-in",
        None if head.form == Form::Leaves && actors().any(everybody) => "agreement",
        None if head.form == Form::Leaves || head.hole().is_some() => "convenience",
        None => "event",
    }
}

/// What opens a right, by its first telling condition.
pub(super) fn cause(test: &Test) -> &'static str {
    let classes = test.conditions.iter().map(|condition| match &condition.node {
        ConditionKind::Breaches(..) => "breach",
        ConditionKind::ChangesControl { .. } => "control",
        ConditionKind::Conduct(_, conduct) if conduct.ends_with("insolvent") => "insolvency",
        ConditionKind::Conduct(..) => "default",
        ConditionKind::State { state, .. } if state == "missed" => "missed",
        _ => "event",
    });
    let mut classes: Vec<_> = classes.collect();
    classes.sort_by_key(|class| *class == "event");
    classes.first().copied().unwrap_or("event")
}
