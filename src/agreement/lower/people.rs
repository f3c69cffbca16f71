//! The opening sections: parties, rationale, scope, dates, term.

use super::problem::Problem;
use super::slots::Slots;
use super::{Lower, open};
use crate::agreement::model::{Answer, Area, Clock, Initial, Lasts, Party, Renewal, Tag, Text};
use crate::source::Spanned;
use crate::syntax::ast::{Form, Phrase, Scalar};
use crate::value::{Given, Place};

impl Lower<'_> {
    pub(super) fn opening_section(
        &mut self,
        section: &str,
        tag: Tag,
        head: &Phrase,
        slots: &mut Slots<'_>,
    ) {
        match section {
            "parties" => self.party(tag, head, slots),
            "rationale" => self.reason(tag, head),
            "scope" => {
                let scope = Self::scope(slots);
                slots.keep(&[Form::During, Form::From, Form::Until, Form::Changed, Form::Frozen]);
                self.agreement.scope.push(Area { tag, scope });
            }
            "dates" => {
                let on = head.moment().cloned();
                self.agreement.clocks.push(Clock { tag, on });
            }
            _ => self.term(tag, head, slots),
        }
    }

    fn party(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let mut party = Party {
            tag,
            name: None,
            place: None,
            roles: Vec::new(),
            members: Vec::new(),
            owner: slots.take(Form::SlotOwner).and_then(Self::person_of),
            deputy: slots.take(Form::Deputy).and_then(Self::person_of),
            sponsor: slots.take(Form::Sponsor).and_then(Self::person_of),
            contact: slots.take(Form::SlotContact).and_then(Self::person_of),
            authority: slots.take(Form::MayCommit).and_then(|slot| match slot.term() {
                Some(term) => Some(self.money(term)),
                None => slot.hole().map(open),
            }),
            answers_for: slots
                .take(Form::AnswersFor)
                .map(|slot| slot.texts().cloned().collect())
                .unwrap_or_default(),
        };
        slots.keep(&[Form::KeyPeople, Form::Liable]);
        if let Some(who) = head.who() {
            // The companies of a side are named here and nowhere else: they are no parties.
            party.members = who
                .actors
                .iter()
                .map(|actor| actor.span)
                .zip(names(head))
                .map(|(span, name)| Spanned::new(name, span))
                .collect();
        }
        let mut texts = head.texts();
        if head.form == Form::Side {
            party.roles = texts.cloned().collect();
        } else {
            party.name = match texts.next() {
                Some(name) => Some(name.clone().map(Given::Value)),
                None => head.hole().map(open),
            };
            party.roles = texts.cloned().collect();
        }
        for word in head.words() {
            if word.node.starts_with(char::is_uppercase) {
                match Place::from_code(&word.node) {
                    Some(place) => party.place = Some(Spanned::new(place, word.span)),
                    None => self.report(Problem::UnknownPlace { name: word.clone() }),
                }
            } else {
                party.roles.push(word.clone());
            }
        }
        if head.form == Form::ThirdParty {
            slots.keep(&[Form::Under, Form::Except]);
            self.agreement.third_parties.push(party);
        } else {
            self.agreement.parties.push(party);
        }
    }

    fn reason(&mut self, tag: Tag, head: &Phrase) {
        let rationale = &mut self.agreement.rationale;
        if let Some(text) = head.text() {
            let text = text.clone().map(Given::Value);
            rationale.answers.push(Answer { tag, text });
            return;
        }
        if let Some(hole) = head.hole() {
            match &*tag.id.node {
                "alone" => rationale.alone = Some((tag, open(hole))),
                "overlap" => rationale.overlap = Some((tag, open(hole))),
                "written" => rationale.written = Some((tag, open(hole))),
                _ => rationale.answers.push(Answer { tag, text: open(hole) }),
            }
            return;
        }
        let Some(term) = head.term() else { return };
        match (&*tag.id.node, &term.node) {
            ("alone", _) => {
                let length = self.period(term);
                self.agreement.rationale.alone = Some((tag, length));
            }
            ("overlap", _) => {
                let share = self.percent(term);
                self.agreement.rationale.overlap = Some((tag, share));
            }
            ("written", _) => {
                let expected = ("a date", "2026-01-10");
                let date = self.typed(term, expected, |scalar| match scalar {
                    Scalar::Date(date) => Some(date),
                    _ => None,
                });
                self.agreement.rationale.written = Some((tag, date));
            }
            (_, Given::Hole(hole)) => {
                let text = Spanned::new(Given::Hole(hole.clone()), term.span);
                rationale.answers.push(Answer { tag, text });
            }
            _ => {
                let (expected, example) =
                    ("a reason in quotes", "\"three years of relationships\"");
                self.report(Problem::WrongType { at: term.span, expected, example });
            }
        }
    }

    fn term(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        match head.form {
            Form::Renewal | Form::NoRenewal => self.renewal(tag, head, slots),
            _ => {
                let lasts = match head.form {
                    Form::Endless => head.word().cloned().map(Lasts::Endless),
                    Form::LastsUntil => head.moment().cloned().map(Lasts::Until),
                    _ => match head.term().map(|term| &term.node) {
                        Some(Given::Value(Scalar::Date(date))) => {
                            let at = head.term().map_or(head.span, |term| term.span);
                            let day = crate::syntax::ast::MomentKind::Day(*date);
                            Some(Lasts::Until(Spanned::new(day, at)))
                        }
                        Some(Given::Value(Scalar::Boundless)) => {
                            Some(Lasts::Endless(Spanned::new("perpetual".to_owned(), head.span)))
                        }
                        _ => self.period_of(head).map(Lasts::For),
                    },
                };
                let from = (head.form == Form::Lasts).then(|| head.moment().cloned()).flatten();
                let Some(lasts) = lasts else { return };
                if let Some(first) = self.agreement.term.initial.as_ref().map(|it| it.tag.id.span) {
                    let (name, again) = ("the first term", tag.id.span);
                    self.report(Problem::StatedTwice { name, again, first });
                    return;
                }
                self.agreement.term.initial = Some(Initial { tag, lasts, from });
            }
        }
    }

    fn renewal(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let word = head.words().next();
        let mode = match word.map(|word| &*word.node) {
            Some("automatic") => "automatic",
            Some("by agreement") => "by-agreement",
            _ if head.form == Form::NoRenewal => "none",
            _ => "at-option",
        };
        let at = word.map_or(head.span, |word| word.span);
        let times = head.words().find_map(times);
        let unless = slots.take_where(|slot| slot.form == Form::Unless && slot.test().is_none());
        let notice = unless.and_then(|slot| self.period_of(slot));
        let before = unless.and_then(|slot| slot.moment().cloned());
        let condition = slots.take(Form::OnlyIf);
        let condition = condition.or_else(|| {
            slots.take_where(|slot| slot.form == Form::Unless && slot.test().is_some())
        });
        let condition = condition.map(Self::words);
        slots.keep(&[Form::Agreeing]);
        let renewal = Renewal {
            tag,
            mode: Spanned::new(mode, at),
            by: head.who().map(|who| self.parties(who)),
            length: self.period_of(head),
            times,
            notice,
            before,
            condition,
        };
        self.agreement.term.renewals.push(renewal);
    }

    /// A slot as its author wrote it, for messages.
    pub(super) fn words(slot: &Phrase) -> Text {
        let mut words: Vec<String> = slot.texts().map(|text| text.node.clone()).collect();
        for test in slot.tests() {
            words.extend(
                test.conditions
                    .iter()
                    .map(|condition| super::commercial::condition_words(&condition.node)),
            );
        }
        Spanned::new(words.join(", "), slot.span)
    }
}

/// `once`, `up to 3 times`
fn times(word: &Text) -> Option<Spanned<u32>> {
    let count = match word.node.split_whitespace().nth(2) {
        None if word.node == "once" => 1,
        Some(count) => count.parse().ok()?,
        None => return None,
    };
    Some(Spanned::new(count, word.span))
}

/// The names of the companies of a side.
fn names(head: &Phrase) -> impl Iterator<Item = String> + '_ {
    use crate::syntax::ast::Actor;
    head.whos().flat_map(|who| &who.actors).map(|actor| match &actor.node {
        Actor::Party(name) => name.clone(),
        _ => String::new(),
    })
}
