//! How the alliance runs: governance, ip, exclusivity, rights, restrictions, customers, enablement,
//! notices.

use super::forms::{
    CARE, CLOCKS, CONSENT, COSTS, EXCEPT, FLAGS, Forms, GATE, LIFE, LIMITS, LIVE, OPEN, SCOPE,
    SURVIVES, TESTS, THEN,
};
use super::misfit::Misfit;
use super::names::spelled;
use super::problem::Problem;
use super::slots::Slots;
use super::{Lower, open};
use crate::agreement::model::{
    Asset, Audit, Enablement, Few, FirstRight, Grant, Holder, Leaf, Licence, Notice, Owner,
    Restriction, Segment, Stated, Tag, Text,
};
use crate::source::{At, Spanned};
use crate::syntax::ast::{Form, Phrase};
use crate::value::{Given, Hole, Str};

/// The classes of assets.
pub const CLASSES: [&str; 5] = ["background", "foreground", "improvement", "joint", "data"];

const ASSET: Forms =
    Forms::all(&[SCOPE, LIFE, FLAGS, COSTS, TESTS, THEN, EXCEPT, SURVIVES, LIVE, CONSENT]);
const LICENCE: Forms = Forms::all(&[
    SCOPE, LIFE, GATE, FLAGS, TESTS, THEN, EXCEPT, SURVIVES, CONSENT, CLOCKS, LIMITS, LIVE, COSTS,
]);
const GRANT: Forms = Forms::all(&[
    SCOPE, LIFE, GATE, FLAGS, TESTS, THEN, EXCEPT, SURVIVES, CONSENT, CLOCKS, LIVE, LIMITS,
]);
const AUDIT: Forms = Forms::all(&[
    SCOPE, LIFE, TESTS, THEN, EXCEPT, SURVIVES, CONSENT, CLOCKS, LIMITS, COSTS, FLAGS, GATE,
]);
const FIRST: Forms = Forms::all(&[
    SCOPE, LIFE, GATE, TESTS, THEN, EXCEPT, SURVIVES, CONSENT, CLOCKS, LIMITS, COSTS, LIVE, FLAGS,
]);
const RESTRICTION: Forms =
    Forms::all(&[SCOPE, LIFE, TESTS, THEN, EXCEPT, SURVIVES, CONSENT, LIMITS, GATE, FLAGS, CLOCKS]);
const CUSTOMERS: Forms = Forms::all(&[SCOPE, LIFE, TESTS, THEN, EXCEPT, SURVIVES]);
const ENABLEMENT: Forms = Forms::all(&[
    SCOPE, LIFE, TESTS, EXCEPT, COSTS, CARE, LIMITS, CONSENT, CLOCKS, SURVIVES, THEN, OPEN,
]);
const NOTICE: Forms = Forms::all(&[SCOPE, LIFE, TESTS, EXCEPT, FLAGS]);

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
            ("enablement", _) => self.enablement(tag, head, slots),
            _ => self.notice(tag, head, slots),
        }
    }

    fn asset(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let hole = head.hole().cloned();
        let word = head.word();
        let class = word.and_then(|word| CLASSES.iter().find(|class| **class == word.node));
        let class =
            Spanned::new(*class.unwrap_or(&"joint"), word.map_or(head.span, |word| word.span));
        let owners: Few<&Phrase> =
            head.phrases().filter(|inner| inner.form == Form::Owner).collect();
        let joined = head.words().filter(|word| word.node == "or").count();
        if joined > 0 {
            let shared = owners.iter().any(|owner| owner.term().is_some());
            let why = match (joined + 1 < owners.len(), shared) {
                (true, _) => Some("and by `and` can be read in two ways"),
                (false, true) => Some("have no shares: one of them has the whole"),
                (false, false) => None,
            };
            if let Some(why) = why {
                self.report(Misfit::MixedOwners { at: head.span, why });
            }
        }
        let made = head.inner(Form::Made);
        let kept: Few<&Phrase> = head.phrases().filter(|inner| inner.form == Form::Kept).collect();
        let verb = |phrase: &Phrase| phrase.word().map(|word| word.node.clone());
        if let [first, again, ..] = &*kept
            && verb(first) == verb(again)
        {
            self.twice("who keeps it", first.span, again.span);
        }
        let mut sides = Few::None;
        for owner in owners.iter().filter(|owner| owner.hole().is_none()) {
            self.owners(&tag, owner, &mut sides);
        }
        let asset = Asset {
            class,
            what: head.texts().cloned().collect(),
            owners_open: hole.or_else(|| owners.iter().find_map(|owner| owner.hole().cloned())),
            owners: sides,
            either: head.words().find(|word| word.node == "or").map(|word| At(word.span)),
            made_by: made.map(|made| self.parties_of(made, 0)),
            kept: kept.iter().map(|kept| self.written(kept.span)).collect(),
            terms: self.terms(&tag, slots, ASSET),
            tag,
        };
        self.agreement.ip.assets.push(asset);
    }

    fn owners(&mut self, tag: &Tag, phrase: &Phrase, owners: &mut Few<Owner>) {
        let share = phrase.term().map(|term| self.percent(term));
        let owner = |party: Option<usize>, text: Str| Owner {
            tag: tag.clone(),
            span: At(phrase.span),
            party,
            text,
            share: share.clone(),
        };
        if let Some(text) = phrase.text() {
            owners.push(owner(None, text.node.clone()));
        } else if let Some(who) = phrase.who() {
            let parties = self.parties(who);
            let name =
                |party: usize| self.agreement.parties.get(party).map(|p| p.tag.id.node.clone());
            let members = parties.members.iter();
            owners.extend(
                members.map(|(party, _)| owner(Some(*party), name(*party).unwrap_or_default())),
            );
        } else {
            let name = phrase.word().map_or("", |word| &*word.node);
            let at = phrase.word().map_or(phrase.span, |word| word.span);
            self.check_name(name, at);
            owners.push(owner(self.agreement.party(name), name.into()));
        }
    }

    fn licence(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let sub = slots.take(Form::Sublicensable);
        let licence = Licence {
            by: self.parties_of(head, 0),
            to: self.parties_of(head, 1),
            what: head.things().map(spelled).collect(),
            sublicensable_to: sub.into_iter().flat_map(Phrase::things).map(spelled).collect(),
            terms: self.terms(&tag, slots, LICENCE),
            tag,
        };
        self.agreement.ip.licences.push(licence);
    }

    fn grant(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let grant = Grant {
            by: self.parties_of(head, 0),
            to: self.parties_of(head, 1),
            activity: head.text().cloned(),
            terms: self.terms(&tag, slots, GRANT),
            tag,
        };
        if let Some(flag) = grant.terms.flag("non-exclusive").cloned() {
            self.report(Misfit::NotExclusive { flag });
            self.agreement.doubt_section("exclusivity", grant.tag.span);
            return;
        }
        self.agreement.grants.push(grant);
    }

    fn audit(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let repay = slots.take(Form::Repay);
        let audit = Audit {
            by: self.parties_of(head, 0),
            of: self.parties_of(head, 1),
            back: slots.take(Form::Back).and_then(|slot| self.period_of(slot)),
            repay: repay
                .and_then(|slot| self.period_of(slot).or_else(|| super::terms::at_once(slot))),
            terms: self.terms(&tag, slots, AUDIT),
            tag,
        };
        self.agreement.audits.push(audit);
    }

    fn first_right(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let hole = head.hole().map(|hole| Spanned::new(hole.node.to_string().into(), hole.span));
        let kind = head.words().next().or_else(|| head.texts().last()).cloned().or(hole);
        let free = slots.take(Form::Free);
        let right = FirstRight {
            by: self.parties_of(head, 0),
            to: self.parties_of(head, 1),
            right: kind.unwrap_or_else(|| Spanned::new(Str::default(), head.span)),
            free: free.map(|slot| At(slot.span)),
            free_for: free.and_then(|slot| slot.term().map(|term| self.period(term))),
            free_on: free.into_iter().flat_map(Phrase::things).map(spelled).collect(),
            again: slots.take(Form::Again).and_then(Phrase::test).map(super::words::test),
            terms: self.terms(&tag, slots, FIRST),
            tag,
        };
        self.agreement.first_rights.push(right);
    }

    fn restriction(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let mut texts = head.texts();
        let action = head.words().next().or_else(|| texts.next()).cloned();
        let hole = head.hole().map(|hole| Spanned::new(hole.node.to_string().into(), hole.span));
        let action = action.or(hole);
        let restriction = Restriction {
            by: self.parties_of(head, 0),
            action: action.unwrap_or_else(|| Spanned::new(Str::default(), head.span)),
            what: texts.cloned().collect(),
            terms: self.terms(&tag, slots, RESTRICTION),
            tag,
        };
        let consent = restriction.terms.more.consent.as_ref().map(|consent| &consent.word);
        if let Some(at) = consent.filter(|word| word.node == "freely").map(|word| word.span) {
            self.report(Misfit::ForbiddenFreely { at });
        }
        self.agreement.restrictions.push(restriction);
    }

    fn customers(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let mut segment = Segment {
            relationship: None,
            bids: None,
            delivery: None,
            billing: None,
            complaints: None,
            data: None,
            terms: Stated::default(),
            tag,
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
        segment.terms = self.terms(&segment.tag.clone(), slots, CUSTOMERS);
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

    fn enablement(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let verb = head.words().next().map_or("", |word| &*word.node);
        let verb = match verb.as_bytes() {
            [b't', ..] => "trains",
            [b'b', ..] => "briefs",
            [b's', b'u', b'p', b'p', b'o', ..] => "supports",
            _ => "supplies",
        };
        let every = head.everies().next().map(|every| self.period(every));
        let hole: Option<&Spanned<Hole>> = head.hole();
        let enablement = Enablement {
            verb,
            by: self.parties_of(head, 0),
            to: head.whos().nth(1).map(|who| self.parties(who)),
            whom: head.texts().cloned().collect(),
            every: every.or_else(|| hole.map(open)),
            terms: self.terms(&tag, slots, ENABLEMENT),
            tag,
        };
        self.agreement.enablement.push(enablement);
    }

    fn notice(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let Some(length) = self.period_of(head) else { return };
        let by = head.who().map(|who| self.parties(who));
        let terms = self.terms(&tag, slots, NOTICE);
        self.agreement.notices.push(Notice { tag, by, length, terms });
    }
}
