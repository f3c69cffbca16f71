//! Bodies that meet and decide, and the paths that issues take.

use super::forms::{
    CARE, CLOCKS, CONSENT, EXCEPT, FLAGS, Forms, LIFE, LIMITS, LIVE, SCOPE, TESTS, THEN,
};
use super::names::spelled;
use super::slots::Slots;
use super::{Lower, words};
use crate::agreement::model::{
    Body, Decision, Ladder, Leaf, Next, Power, Register, Seat, Tag, Text,
};
use crate::source::{At, Spanned};
use crate::syntax::ast::{ActionKind, Form, Phrase, Scalar};
use crate::value::{Given, Str};

/// The levels a body can be said to decide on.
const LEVELS: [&str; 2] = ["working", "executive"];

const LADDER: Forms = Forms::all(&[SCOPE, LIFE, TESTS, THEN, EXCEPT, CLOCKS]);
const DECISION: Forms =
    Forms::all(&[SCOPE, LIFE, TESTS, THEN, EXCEPT, CLOCKS, CONSENT, LIMITS, FLAGS]);
const BODY: Forms = Forms::all(&[LIFE, TESTS, THEN, EXCEPT, CLOCKS, CARE, LIVE, LIMITS]);

impl Lower<'_> {
    pub(super) fn governance(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        match head.form {
            Form::Words => {
                let terms = self.terms(&tag, slots, Forms::all(&[CARE]));
                let text = head.text().cloned();
                self.agreement.governance.register = text.map(|text| Register { tag, text, terms });
            }
            Form::Issues => {
                let about = head.texts().cloned().collect();
                let mut stations: Vec<Next> = head
                    .inner(Form::Contact)
                    .into_iter()
                    .map(|contact| {
                        let to = contact.text().or_else(|| contact.word()).cloned();
                        let to = to.unwrap_or_else(|| Spanned::new(Str::default(), contact.span));
                        Next { tag: tag.clone(), to: to.map(Given::Value), after: None }
                    })
                    .collect();
                stations.extend(self.next(&tag, slots));
                let terms = self.terms(&tag, slots, LADDER);
                self.agreement.governance.ladders.push(Ladder { tag, about, stations, terms });
            }
            Form::Decides => {
                let what = self.powers(head);
                let by = self.parties_of(head, 0);
                let terms = self.terms(&tag, slots, DECISION);
                let decision = Decision { tag, by, what, terms };
                self.agreement.governance.decisions.push(decision);
            }
            _ => self.body(tag, head, slots),
        }
    }

    fn body(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let once_slot = head.form == Form::Once;
        let once = once_slot || head.words().any(|word| word.node == "once");
        let decides = slots.take(Form::Decide).map(|slot| self.powers(slot)).unwrap_or_default();
        let deadlines = slots.take_all(Form::Deadline);
        let about =
            slots.take_all(Form::Axis).iter().flat_map(|slot| slot.things()).map(spelled).collect();
        let body = Body {
            seats: head.phrases().flat_map(|bench| self.seats(bench)).collect(),
            seated: head.phrases().next().is_some() || head.words().any(|word| word.node != "once"),
            convened: head.phrases().flat_map(Phrase::words).find(|word| is_office(word)).cloned(),
            level: slots.take(Form::As).map(|slot| self.level(slot)),
            meets: if once { None } else { self.every_of(head) },
            once,
            about,
            decides,
            next: self.next(&tag, slots),
            chair: slots.take(Form::Chair).and_then(Phrase::who).map(|who| self.parties(who)),
            minutes: slots.take(Form::Minutes).and_then(Phrase::who).map(|who| self.parties(who)),
            quorum: slots.take(Form::Quorum).and_then(Phrase::term).map(|term| self.number(term)),
            vote: slots.take(Form::Vote).and_then(|slot| slot.word().cloned()),
            equal: slots.take(Form::EqualNumbers).map(|slot| At(slot.span)),
            deadlines: deadlines
                .into_iter()
                .filter_map(|slot| {
                    let what = slot.word()?.clone();
                    Some((what, self.period_of(slot)?))
                })
                .collect(),
            terms: self.terms(&tag, slots, BODY),
            due: None,
            tag,
        };
        let mut body = body;
        body.due.clone_from(&body.terms.last);
        self.agreement.governance.bodies.push(body);
    }

    /// `owners`, `3 from each party`, `PPD "Director", "Counsel"`
    fn seats(&mut self, bench: &Phrase) -> Vec<Seat> {
        let everybody = 0..self.agreement.parties.len();
        let number = bench.term().and_then(|term| match &term.node {
            Given::Value(Scalar::Number(number)) => u32::try_from(*number).ok(),
            _ => None,
        });
        let posts = u32::try_from(bench.texts().count()).unwrap_or(u32::MAX).max(1);
        let who = bench.who().map(|who| self.parties(who));
        let named = bench.words().find_map(|word| self.agreement.party(&word.node));
        let parties: Vec<usize> = match (who, named) {
            (Some(who), _) => who.members.iter().map(|(party, _)| *party).collect(),
            (None, Some(party)) => vec![party],
            (None, None) => everybody.collect(),
        };
        let seat = |party| Seat { party, count: number.unwrap_or(posts), span: At(bench.span) };
        parties.into_iter().map(seat).collect()
    }

    /// `as working`, `as executive`; after another word its level is unknown.
    fn level(&mut self, slot: &Phrase) -> Leaf<&'static str> {
        let word = self.known_word(slot, "level of a body", &LEVELS);
        let level = word.map_or(Given::Unreadable, |word| Given::Value(word.node));
        Spanned::new(level, word.map_or(slot.span, |word| word.span))
    }

    fn powers(&mut self, phrase: &Phrase) -> Vec<Power> {
        let powers = phrase.phrases().filter(|inner| inner.form == Form::Power);
        powers
            .filter_map(|power| {
                let what = Self::text_of(power)?;
                let limit = power.term().map(|term| self.money(term));
                let above = power.terms().nth(1).map(|term| self.money(term));
                Some(Power { what, limit, from: above })
            })
            .collect()
    }

    /// `then executive after 10 business days`
    fn next(&mut self, tag: &Tag, slots: &mut Slots<'_>) -> Vec<Next> {
        slots
            .take_all(Form::Then)
            .into_iter()
            .filter_map(|slot| {
                let action = slot.action()?;
                let to = match &action.kind {
                    ActionKind::Item(item)
                    | ActionKind::Raise(item)
                    | ActionKind::RaiseTo(item) => item.clone().map(Given::Value),
                    ActionKind::Words(words) => {
                        Spanned::new(Given::Value(words.clone()), action.span)
                    }
                    ActionKind::Hole(hole) => Spanned::new(Given::Hole(hole.clone()), action.span),
                    _ => Spanned::new(Given::Value(words::deed(action).1.into()), action.span),
                };
                let within = slot.inner(Form::Within).and_then(|within| self.period_of(within));
                let after = self.period_of(slot).or(within);
                let action_within = action.within.as_ref().map(|term| self.period(term));
                Some(Next { tag: tag.clone(), to, after: after.or(action_within) })
            })
            .collect()
    }
}

/// Whether a body is made of whoever holds an office on each side.
fn is_office(word: &Text) -> bool {
    matches!(&*word.node, "owners" | "sponsors")
}
