//! How the alliance runs: governance, ip, exclusivity, rights, restrictions, customers, notices.

use super::commercial::{condition_words, life};
use super::names::spelled;
use super::problem::Problem;
use super::slots::Slots;
use super::{Lower, open};
use crate::agreement::model::{
    Asset, Audit, FirstRight, Grant, Holder, Leaf, Licence, Notice, Owner, Parties, Restriction,
    Segment, Tag, Text,
};
use crate::source::{At, Spanned};
use crate::syntax::ast::{ActionKind, Form, Phrase};
use crate::value::{Given, Period, Unit};

/// The classes of assets.
pub const CLASSES: [&str; 5] = ["background", "foreground", "improvement", "joint", "data"];

/// What consent slots an item may carry; kept as written.
const CONSENT: [Form; 5] =
    [Form::Consent, Form::NotWithheld, Form::EachUse, Form::Silence, Form::Changed];

impl Lower<'_> {
    pub(super) fn running_section(
        &mut self,
        section: &str,
        tag: Tag,
        head: &Phrase,
        slots: &mut Slots<'_>,
    ) {
        match (section, head.form) {
            ("governance", _) => self.governance(tag, head, slots),
            ("ip", Form::Licenses) => self.licence(tag, head, slots),
            ("ip", _) => self.asset(tag, head, slots),
            ("exclusivity", _) => self.grant(tag, head, slots),
            ("rights", Form::Audits) => self.audit(tag, head, slots),
            ("rights", _) => self.first_right(tag, head, slots),
            ("restrictions", _) => self.restriction(tag, head, slots),
            ("customers", _) => self.customers(tag, head, slots),
            _ => self.notice(tag, head, slots),
        }
    }

    fn asset(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let hole = head.hole().cloned();
        let word = head.word();
        let class = word.and_then(|word| CLASSES.iter().find(|class| **class == word.node));
        let class =
            Spanned::new(*class.unwrap_or(&"joint"), word.map_or(head.span, |word| word.span));
        let owners: Vec<&Phrase> =
            head.phrases().filter(|inner| inner.form == Form::Owner).collect();
        let asset = Asset {
            class,
            what: head.texts().cloned().collect(),
            owners_open: hole.or_else(|| owners.iter().find_map(|owner| owner.hole().cloned())),
            owners: owners
                .iter()
                .filter(|owner| owner.hole().is_none())
                .flat_map(|owner| self.owners(&tag, owner))
                .collect(),
            assigned: slots.take_where(|slot| has_flag(slot, "assigned")).map(|slot| At(slot.span)),
            on_exit: on_exit(slots),
            tag,
        };
        slots.keep(&[Form::Costs, Form::Flags, Form::If, Form::Then]);
        Self::scope(slots);
        self.agreement.ip.assets.push(asset);
    }

    fn owners(&mut self, tag: &Tag, phrase: &Phrase) -> Vec<Owner> {
        let share = phrase.term().map(|term| self.percent(term));
        let owner = |party: Option<usize>, text: String| Owner {
            tag: tag.clone(),
            span: At(phrase.span),
            party,
            text,
            share: share.clone(),
        };
        if let Some(text) = phrase.text() {
            return vec![owner(None, text.node.clone())];
        }
        if let Some(who) = phrase.who() {
            let parties = self.parties(who);
            let name =
                |party: usize| self.agreement.parties.get(party).map(|p| p.tag.id.node.clone());
            let members = parties.members.iter();
            return members
                .map(|(party, _)| owner(Some(*party), name(*party).unwrap_or_default()))
                .collect();
        }
        let name = phrase.word().map_or("", |word| &*word.node);
        let at = phrase.word().map_or(phrase.span, |word| word.span);
        self.check_name(name, at);
        vec![owner(self.agreement.party(name), name.to_owned())]
    }

    fn licence(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let flags: Vec<Text> =
            slots.take_all(Form::Flags).iter().flat_map(|slot| slot.words()).cloned().collect();
        let perpetual = flags.iter().find(|flag| flag.node == "perpetual").map(|flag| flag.span);
        let during = slots.take(Form::During).and_then(|slot| self.period_of(slot));
        let licence = Licence {
            by: self.parties_of(head, 0),
            to: self.parties_of(head, 1),
            what: head.things().map(spelled).collect(),
            scope: Self::scope(slots),
            lasts: perpetual.map(|at| Spanned::new(Given::Value(Period::PERPETUAL), at)).or(during),
            flags,
            on_exit: on_exit(slots),
            tag,
        };
        life(slots);
        slots.keep(&CONSENT);
        slots.keep(&[Form::Except, Form::Survives, Form::Clock, Form::OnlyIf, Form::While]);
        self.agreement.ip.licences.push(licence);
    }

    fn grant(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let during = slots.take(Form::During).and_then(|slot| self.period_of(slot));
        let until =
            slots.take_where(|slot| slot.form == Form::Until && slot.words().next().is_some());
        let mut conditions: Vec<Text> =
            until.into_iter().map(|slot| Spanned::new("until".to_owned(), slot.span)).collect();
        for form in [Form::While, Form::OnlyIf, Form::If, Form::Unless] {
            for slot in slots.take_all(form) {
                conditions.extend(slot.tests().flat_map(|test| &test.conditions).map(
                    |condition| Spanned::new(condition_words(&condition.node), condition.span),
                ));
            }
        }
        let (first, last) = life(slots);
        let grant = Grant {
            by: self.parties_of(head, 0),
            to: self.parties_of(head, 1),
            activity: head.text().cloned(),
            scope: Self::scope(slots),
            lasts: during,
            first,
            last,
            conditions,
            except: slots
                .take_all(Form::Except)
                .iter()
                .flat_map(|slot| slot.things())
                .map(spelled)
                .collect(),
            survives: slots.take(Form::Survives).map(|slot| At(slot.span)),
            tag,
        };
        slots.keep(&CONSENT);
        slots.keep(&[Form::Then, Form::Flags, Form::Else, Form::After]);
        self.agreement.grants.push(grant);
    }

    fn audit(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let audit = Audit {
            by: self.parties_of(head, 0),
            of: self.parties_of(head, 1),
            notice: slots.clock("notice").and_then(|slot| self.period_of(slot)),
            survives: slots.take(Form::Survives).map(|slot| At(slot.span)),
            tag,
        };
        life(slots);
        Self::scope(slots);
        slots.keep(&[Form::Costs, Form::Clock, Form::Then, Form::AtMost, Form::Per, Form::Consent]);
        self.agreement.audits.push(audit);
    }

    fn first_right(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let kind = head.words().next().or_else(|| head.texts().last()).cloned();
        let right = FirstRight {
            by: self.parties_of(head, 0),
            to: self.parties_of(head, 1),
            right: kind.unwrap_or_else(|| Spanned::new(String::new(), head.span)),
            answer: slots.clock("to answer").and_then(|slot| self.period_of(slot)),
            silence: slots.take(Form::Silence).and_then(|slot| slot.word().cloned()),
            tag,
        };
        life(slots);
        Self::scope(slots);
        slots.keep(&CONSENT);
        slots.keep(&[Form::Clock, Form::Clock, Form::If, Form::Unless, Form::Except, Form::Then]);
        slots.keep(&[Form::Survives, Form::Else, Form::While, Form::Hole]);
        self.agreement.first_rights.push(right);
    }

    fn restriction(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let (_, last) = life(slots);
        let action = head.words().next().or_else(|| head.text()).cloned();
        let restriction = Restriction {
            by: self.parties_of(head, 0),
            action: action.unwrap_or_else(|| Spanned::new("to be agreed".to_owned(), head.span)),
            last,
            survives: slots.take(Form::Survives).map(|slot| At(slot.span)),
            tag,
        };
        Self::scope(slots);
        slots.keep(&CONSENT);
        slots.keep(&[Form::Except, Form::If, Form::Unless, Form::Then, Form::While]);
        self.agreement.restrictions.push(restriction);
    }

    fn customers(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let mut segment = Segment {
            tag,
            relationship: None,
            bids: None,
            delivery: None,
            billing: None,
            complaints: None,
            data: None,
        };
        let inner = head.phrases().chain(slots.take_all(Form::CustomerDuty)).collect::<Vec<_>>();
        for duty in inner {
            let word = duty.words().next().map(|word| word.node.clone()).unwrap_or_default();
            let holder = self.holder(duty);
            let place = match &*word {
                "relationship with" => &mut segment.relationship,
                "bids by" => &mut segment.bids,
                "delivery by" => &mut segment.delivery,
                "billing by" => &mut segment.billing,
                "complaints to" => &mut segment.complaints,
                _ => {
                    segment.data = Some(Spanned::new(word, duty.span));
                    continue;
                }
            };
            match place {
                Some(first) => {
                    let (again, first) = (duty.span, first.span);
                    self.report(Problem::StatedTwice { name: "this duty", again, first });
                }
                None => *place = holder,
            }
        }
        if let Some(hole) = head.hole() {
            segment.relationship = Some(open(hole));
        }
        on_exit(slots);
        self.agreement.customers.push(segment);
    }

    fn holder(&mut self, duty: &Phrase) -> Option<Leaf<Holder>> {
        let words = |text: &Text| {
            let holder = Holder { party: None, text: text.node.clone() };
            Spanned::new(Given::Value(holder), text.span)
        };
        if let Some(who) = duty.who() {
            let parties = self.parties(who);
            let party = parties.members.first().map(|(party, _)| *party);
            let text = party
                .and_then(|party| self.agreement.parties.get(party))
                .map(|p| p.tag.id.node.clone());
            let holder = Holder { party, text: text.unwrap_or_default() };
            return Some(Spanned::new(Given::Value(holder), who.span));
        }
        duty.hole()
            .map(open)
            .or_else(|| duty.text().map(words))
            .or_else(|| duty.words().nth(1).map(words))
    }

    fn notice(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let Some(length) = self.period_of(head) else { return };
        let by: Option<Parties> = head.who().map(|who| self.parties(who));
        Self::scope(slots);
        life(slots);
        self.agreement.notices.push(Notice { tag, by, length });
    }
}

fn has_flag(slot: &Phrase, flag: &str) -> bool {
    slot.form == Form::Flags && slot.words().any(|word| word.node == flag)
}

/// `on exit perpetual licence to each party`, as a reader would say it.
pub(super) fn on_exit(slots: &mut Slots<'_>) -> Option<Leaf<String>> {
    let slot = slots.take(Form::OnExit)?;
    let given = match (slot.inner(Form::ExitLicence), slot.action()) {
        (Some(licence), _) => {
            let flags: Vec<_> = licence.words().map(|word| word.node.as_str()).collect();
            Given::Value(format!("{} licence", flags.join(", ")).trim().to_owned())
        }
        (None, Some(action)) => match &action.kind {
            ActionKind::Hole(hole) => Given::Hole(hole.clone()),
            _ => Given::Value(super::commercial::deed(action).1),
        },
        (None, None) => return None,
    };
    Some(Spanned::new(given, slot.action().map_or(slot.span, |action| action.span)))
}

/// A length written without a term, such as `at once`.
pub(super) fn at_once(slot: &Phrase) -> Option<Leaf<Period>> {
    let now = slot.words().find(|word| word.node == "at once")?;
    Some(Spanned::new(Given::Value(Period::new(0, Unit::Days)?), now.span))
}
