//! The opening sections: parties, rationale, scope, dates, term.

use super::forms::{CLOCKS, EXCEPT, FLAGS, Forms, LIFE, LIVE, SCOPE, TESTS};
use super::problem::Problem;
use super::slots::Slots;
use super::{Lower, open};
use crate::agreement::model::{
    Answer, Area, Asked, Benefit, Clock, Dependence, Initial, Lasts, Leaf, Party, Receipt, Renewal,
    Tag, Text,
};
use crate::source::{At, Spanned};
use crate::syntax::ast::{Actor, Form, MomentKind, Phrase, Scalar};
use crate::value::{Given, Place, Str};

const AREA: Forms = Forms::all(&[SCOPE, LIFE, LIVE, EXCEPT, TESTS]);
const CLOCK: Forms = Forms::all(&[LIFE, TESTS, EXCEPT, LIVE]);
const TERM: Forms = Forms::all(&[LIFE, TESTS, EXCEPT, FLAGS, CLOCKS]);

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
                let terms = self.terms(&tag, slots, AREA);
                self.agreement.scope.push(Area { tag, terms });
            }
            "dates" if head.form == Form::Receipt => self.receipt(tag, head, slots),
            "dates" => self.dated(tag, head, slots),
            _ => self.term(tag, head, slots),
        }
    }

    fn party(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let person = |slots: &mut Slots<'_>, form| slots.take(form).and_then(Self::person_of);
        let list = |slots: &mut Slots<'_>, form| {
            let slot: Option<&Phrase> = slots.take(form);
            slot.into_iter().flat_map(Phrase::texts).cloned().collect::<Vec<Text>>()
        };
        let mut party = Party {
            name: None,
            place: None,
            roles: Vec::new(),
            members: Vec::new(),
            owner: person(slots, Form::SlotOwner),
            deputy: person(slots, Form::Deputy),
            sponsor: person(slots, Form::Sponsor),
            contact: person(slots, Form::SlotContact),
            authority: slots.take(Form::MayCommit).and_then(|slot| match slot.term() {
                Some(term) => Some(self.money(term)),
                None => slot.hole().map(open),
            }),
            answers_for: list(slots, Form::AnswersFor),
            expects: self.expects(&tag, slots),
            depends: self.depends(slots),
            plans: slots.take(Form::Plans).map(|slot| self.plans(slot)),
            notes: slots.take(Form::NotesIn).and_then(Self::text_of),
            key_people: list(slots, Form::KeyPeople),
            liable: slots.take(Form::Liable).and_then(|slot| slot.word().cloned()),
            under: slots.take(Form::Under).and_then(Phrase::who).map(|who| self.parties(who)),
            affiliates: slots.take(Form::WithAffiliates).map(|slot| At(slot.span)),
            terms: self.terms(&tag, slots, Forms::all(&[EXCEPT, TESTS])),
            tag,
        };
        if let Some(who) = head.who() {
            // The companies of a side are named here and nowhere else: they are no parties.
            let names = who.actors.iter().map(|actor| match &actor.node {
                Actor::Party(name) => Spanned::new(name.clone(), actor.span),
                _ => Spanned::new(Str::default(), actor.span),
            });
            party.members = names.collect();
            for member in party.members.clone() {
                self.check_member(&member);
            }
        }
        let mut texts = head.texts();
        if head.form != Form::Side {
            party.name = match texts.next() {
                Some(name) => Some(name.clone().map(Given::Value)),
                None => head.hole().map(open),
            };
        }
        party.roles = texts.cloned().collect();
        self.home_and_roles(head, &mut party);
        if head.form == Form::ThirdParty {
            self.agreement.third_parties.push(party);
        } else if self.companies.contains(&party.tag.id.node) {
            self.agreement.companies.push(party);
        } else {
            self.agreement.parties.push(party);
        }
    }

    /// `expects "60 leads" within 12 months`, as often as there is something to expect.
    fn expects(&mut self, tag: &Tag, slots: &mut Slots<'_>) -> Vec<Benefit> {
        let benefit = |slot: &Phrase| {
            let (tag, text) = (tag.clone(), slot.text()?.clone());
            Some(Benefit { tag, text, within: self.period_of(slot) })
        };
        slots.take_all(Form::Expects).into_iter().filter_map(benefit).collect()
    }

    /// `depends on Kestrel for 20% of "new customers"`
    fn depends(&mut self, slots: &mut Slots<'_>) -> Vec<Dependence> {
        let dependence = |slot: &Phrase| {
            let named = slot.who()?.actors.iter();
            let on = named.filter_map(|actor| match &actor.node {
                Actor::Party(name) => Some(name.clone()),
                _ => None,
            });
            let on = on.collect();
            let share = match slot.term() {
                Some(term) => self.percent(term),
                None => open(slot.hole()?),
            };
            Some(Dependence { on, share, of: slot.text()?.clone() })
        };
        slots.take_all(Form::DependsOn).into_iter().filter_map(dependence).collect()
    }

    /// The days of `plans each 1 April and 1 October`, as written.
    fn plans(&self, slot: &Phrase) -> Leaf<Str> {
        let words = self.written(slot.span);
        let days = |text: &str| text.trim_start_matches("plans").trim_start().into();
        slot.hole().map_or_else(|| words.map(|text| Given::Value(days(&text))), open)
    }

    /// `DE, distributor`: a capital opens a place, a small letter a role.
    fn home_and_roles(&mut self, head: &Phrase, party: &mut Party) {
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

    /// `on M`, `every P from M`, `from M until M`
    fn dated(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let mut moments = head.moments();
        let on = moments.next().cloned();
        let until = moments.next().cloned();
        let every = head.everies().next().map(|every| self.period(every));
        // Only what recurs has a first period, and periods that are no whole ones.
        let recurs = head.form == Form::EveryFrom;
        let first = slots.take_where(Form::First, |_| recurs).and_then(|stub| {
            let ends = stub.phrases().filter(|inner| inner.form != Form::Per);
            ends.flat_map(Phrase::moments).last().cloned()
        });
        let part_periods = slots.take_where(Form::PartPeriods, |_| recurs);
        let part_periods = part_periods.and_then(|slot| slot.word().cloned());
        let terms = self.terms(&tag, slots, CLOCK);
        self.agreement.clocks.push(Clock { tag, on, until, every, first, part_periods, terms });
    }

    fn receipt(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let channels = head.texts().cloned().collect();
        let terms = self.terms(&tag, slots, Forms::all(&[SCOPE, EXCEPT, TESTS, FLAGS]));
        let cut_off = slots.take(Form::CutOff).map(|slot| {
            self.check_time(slot);
            self.written(slot.span)
        });
        let counts = head.moment().cloned();
        self.agreement.receipts.push(Receipt { tag, channels, counts, cut_off, terms });
    }

    fn term(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        if matches!(head.form, Form::Renewal | Form::NoRenewal) {
            self.renewal(tag, head, slots);
            return;
        }
        if !tag.id.node.eq_ignore_ascii_case("initial") {
            let asked = "call the first term `initial`, or say how this one follows it: \
                 automatic, 12 months";
            self.unnamed(&tag, asked);
            slots.skip();
            return;
        }
        let from = (head.form == Form::Lasts).then(|| head.moment().cloned()).flatten();
        let Some(lasts) = self.lasts(head) else { return };
        if let Some(first) = self.agreement.term.initial.as_ref().map(|it| it.tag.id.span) {
            let (name, again) = ("the first term", tag.id.span);
            self.report(Problem::StatedTwice { name, again, first });
            return;
        }
        let terms = self.terms(&tag, slots, TERM);
        self.agreement.term.initial = Some(Initial { tag, lasts, from, terms });
    }

    fn lasts(&mut self, head: &Phrase) -> Option<Lasts> {
        match head.form {
            Form::Endless => return head.word().cloned().map(Lasts::Endless),
            Form::LastsUntil => return head.moment().cloned().map(Lasts::Until),
            _ => {}
        }
        match head.term().map(|term| (&term.node, term.span)) {
            Some((Given::Value(Scalar::Date(date)), at)) => {
                Some(Lasts::Until(Spanned::new(MomentKind::Day(*date), at)))
            }
            Some((Given::Value(Scalar::Boundless), _)) => {
                Some(Lasts::Endless(Spanned::new("perpetual".into(), head.span)))
            }
            _ => self.period_of(head).map(Lasts::For),
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
        let stops = slots.take_where(Form::Unless, |slot| slot.test().is_none());
        let asked = slots.take(Form::Asked).map(|slot| {
            for length in slot.terms() {
                self.period(length);
            }
            self.written(slot.span)
        });
        let agreeing = slots.take(Form::Agreeing);
        let terms = self.terms(&tag, slots, TERM);
        let conditions = terms.conditions.iter().map(|c| &*c.text.node).collect::<Vec<_>>();
        let condition = terms
            .conditions
            .first()
            .map(|first| Spanned::new(conditions.join(" and ").into(), first.text.span));
        let asks: Vec<Asked> =
            terms.conditions.iter().flat_map(|found| &found.asks).cloned().collect();
        let notice: Option<Leaf<_>> = stops.and_then(|slot| self.period_of(slot));
        let renewal = Renewal {
            mode: Spanned::new(mode, at),
            by: head.who().map(|who| self.parties(who)),
            length: self.period_of(head),
            times: head.words().find_map(times),
            successive: head
                .words()
                .find(|word| word.node == "successive")
                .map(|word| At(word.span)),
            notice,
            before: stops.and_then(|slot| slot.moment().cloned()),
            condition,
            asks,
            agreeing: agreeing.into_iter().flat_map(Phrase::texts).cloned().collect(),
            asked,
            terms,
            tag,
        };
        self.agreement.term.renewals.push(renewal);
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
