//! How it ends and who answers: exit, liability, confidentiality, assignment, disputes, amendment,
//! and the lists at the end.

use super::forms::{
    CLOCKS, CONSENT, COSTS, EXCEPT, FLAGS, Forms, GATE, LIFE, LIMITS, LIVE, OPEN, SCOPE, SURVIVES,
    TESTS, THEN,
};
use super::names::spelled;
use super::problem::Problem;
use super::slots::Slots;
use super::{Lower, words};
use crate::agreement::model::{
    Assignment, Cap, ClaimLimit, Clause, Definition, Duty, Excluded, Forum, Law, Renegotiation,
    Schedule, Step, Tag, Text, Waiver,
};
use crate::source::Spanned;
use crate::syntax::ast::{Form, Phrase, ThingKind};
use crate::value::Given;

/// CUAD's 41 categories in this language's spelling, and those the rulebook asks for by kind.
pub const CATEGORIES: [&str; 69] = [
    "document-name",
    "parties",
    "agreement-date",
    "effective-date",
    "expiration-date",
    "renewal-term",
    "notice-to-terminate-renewal",
    "governing-law",
    "most-favored-nation",
    "non-compete",
    "exclusivity",
    "no-solicit-of-customers",
    "competitive-restriction-exception",
    "no-solicit-of-employees",
    "non-disparagement",
    "termination-for-convenience",
    "rofr",
    "change-of-control",
    "anti-assignment",
    "revenue-share",
    "price-restrictions",
    "minimum-commitment",
    "volume-restriction",
    "ip-ownership-assignment",
    "joint-ip-ownership",
    "licence-grant",
    "non-transferable-licence",
    "affiliate-licence-licensor",
    "affiliate-licence-licensee",
    "unlimited-licence",
    "irrevocable-or-perpetual-licence",
    "source-code-escrow",
    "post-termination-services",
    "audit-rights",
    "uncapped-liability",
    "cap-on-liability",
    "liquidated-damages",
    "warranty-duration",
    "insurance",
    "covenant-not-to-sue",
    "third-party-beneficiary",
    "compatibility",
    "roadmap",
    "certification",
    "audience",
    "promotion-split",
    "joint-output",
    "tracking",
    "offer",
    "commission-rate",
    "creative-assets",
    "disclosure",
    "qualified-referral",
    "referral-evidence",
    "recorded-decision",
    "renegotiation",
    "diligence-decision-levels",
    "diligence-success-view",
    "diligence-exit-conditions",
    "diligence-stack-fit",
    "diligence-business-case",
    "force-majeure",
    "notices",
    "representations",
    "independent-contractors",
    "entire-agreement",
    "injunctions",
    "indemnity-procedure",
    "other",
];

/// Where a dispute may go.
const FORUMS: [&str; 5] = ["negotiation", "mediation", "expert", "arbitration", "courts"];
const DUTY: Forms = Forms::all(&[
    SCOPE, LIFE, TESTS, THEN, EXCEPT, CLOCKS, COSTS, FLAGS, CONSENT, SURVIVES, LIMITS, GATE, LIVE,
]);
const CAP: Forms = Forms::all(&[SCOPE, LIFE, TESTS, EXCEPT, LIMITS, SURVIVES]);
const ASSIGNMENT: Forms =
    Forms::all(&[SCOPE, LIFE, TESTS, THEN, EXCEPT, CONSENT, CLOCKS, FLAGS, SURVIVES, COSTS]);
const FORUM: Forms =
    Forms::all(&[SCOPE, LIFE, TESTS, THEN, EXCEPT, CLOCKS, COSTS, FLAGS, CONSENT, SURVIVES]);
const CHANGE: Forms =
    Forms::all(&[SCOPE, LIFE, TESTS, THEN, EXCEPT, CLOCKS, FLAGS, CONSENT, LIMITS]);
const LISTED: Forms =
    Forms::all(&[SCOPE, LIFE, LIVE, EXCEPT, FLAGS, TESTS, LIMITS, SURVIVES, OPEN]);

impl Lower<'_> {
    pub(super) fn ending_section(
        &mut self,
        section: &'static str,
        tag: Tag,
        head: &Phrase,
        slots: &mut Slots<'_>,
    ) {
        match section {
            "exit" => self.exit(tag, head, slots),
            "liability" => self.liability(tag, head, slots),
            "confidentiality" => {
                let duty = self.duty(tag, "protects", head, slots);
                self.agreement.confidentiality.push(duty);
            }
            "assignment" => self.assignment(tag, head, slots),
            "disputes" => self.dispute(tag, head, slots),
            "amendment" => {
                let amendment = Renegotiation {
                    by: self.parties_of(head, 0),
                    what: head.things().map(spelled).collect(),
                    written: head.form == Form::Writing,
                    drops: head.form == Form::Drop,
                    terms: self.terms(&tag, slots, CHANGE),
                    tag,
                };
                self.agreement.amendment.push(amendment);
            }
            "clauses" => self.clause(tag, head, slots),
            "schedules" => self.schedule(tag, head, slots),
            "definitions" => {
                let holes = head.things().filter_map(|thing| match &thing.node {
                    ThingKind::Hole(hole) => Some(Spanned::new(hole.clone(), thing.span)),
                    _ => None,
                });
                let definition = Definition {
                    hole: head.hole().cloned().or_else(|| holes.last()),
                    meaning: head.things().map(spelled).collect(),
                    terms: self.terms(&tag, slots, LISTED),
                    tag,
                };
                self.agreement.definitions.push(definition);
            }
            _ => self.waiver(tag, head, slots),
        }
    }

    fn liability(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        match head.form {
            Form::Cap if !is_cap(&tag.id.node) => {
                let asked = "where it is a cap, write `up to` before it, or call the item `cap`; \
                     a time to claim opens with `within`, a duty with the side: Kestrel pays Northwind EUR 5,000";
                self.unnamed(&tag, asked);
                slots.skip();
            }
            Form::Cap | Form::Limited => self.cap(tag, head, slots),
            Form::Excluded => {
                let heads = head.things().map(spelled).collect();
                let terms = self.terms(&tag, slots, CAP);
                self.agreement.liability.excluded.push(Excluded { tag, heads, terms });
            }
            Form::Claims => {
                let terms = self.terms(&tag, slots, CAP);
                self.agreement.liability.claims.push(ClaimLimit { tag, terms });
            }
            form => {
                let verb = match form {
                    Form::Indemnifies => "indemnifies",
                    Form::Insures => "insures",
                    Form::Warrants => "warrants",
                    _ => "pays",
                };
                let duty = self.duty(tag, verb, head, slots);
                self.agreement.liability.duties.push(duty);
            }
        }
    }

    fn cap(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let uncapped = slots.take_all(Form::Uncapped);
        let outside = slots.take_all(Form::NotCounting);
        let text = head.amount().map(words::amount).unwrap_or_default();
        let cap = Cap {
            by: head.who().map(|who| self.parties(who)),
            amount: head.amount().and_then(|amount| self.money_of(amount)),
            text: Spanned::new(text, head.span),
            uncapped: uncapped.iter().flat_map(|slot| slot.things()).map(spelled).collect(),
            not_counting: outside.iter().flat_map(|slot| slot.texts()).cloned().collect(),
            terms: self.terms(&tag, slots, CAP),
            tag,
        };
        self.agreement.liability.caps.push(cap);
    }

    fn duty(&mut self, tag: Tag, verb: &'static str, head: &Phrase, slots: &mut Slots<'_>) -> Duty {
        let insured = slots.take_where(Form::Insured, |_| verb == "insures");
        let insured = insured.and_then(|slot| {
            let who = slot.who().map(|who| self.written(who.span));
            who.or_else(|| slot.text().cloned())
        });
        let returned = slots.take_where(Form::Returned, |_| verb == "protects");
        let returned = returned.map(|slot| self.written(slot.span));
        let due = slots.take(Form::Due).map(|slot| self.written(slot.span));
        let terms = self.terms(&tag, slots, DUTY);
        let against = terms.scope.against.iter().chain(&terms.scope.field).cloned();
        Duty {
            verb,
            by: self.parties_of(head, 0),
            to: head.whos().nth(1).map(|who| self.parties(who)),
            persons: head.texts().cloned().collect(),
            what: head.things().map(spelled).chain(against).collect(),
            amount: head.amount().map(|amount| {
                self.check_paid(amount);
                Spanned::new(words::amount(amount), amount.span)
            }),
            returned: returned.or(due),
            insured: insured.into_iter().collect(),
            terms,
            tag,
        }
    }

    fn assignment(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let verb = head.words().next().is_some_and(|word| word.node.starts_with('s'));
        let assignment = Assignment {
            by: self.parties_of(head, 0),
            verb: if verb { "subcontracts" } else { "assigns" },
            what: head.texts().cloned().collect(),
            terms: self.terms(&tag, slots, ASSIGNMENT),
            tag,
        };
        self.agreement.assignment.push(assignment);
    }

    fn dispute(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let named = head.words().filter(|word| word.node.starts_with(char::is_uppercase));
        let place = named.last().cloned();
        if let Some(place) = &place
            && crate::value::Place::from_code(&place.node).is_none()
        {
            self.report(Problem::UnknownPlace { name: place.clone() });
        }
        let words = place.as_ref().map(|word| word.clone().map(Given::Value));
        let words = words.or_else(|| Self::text_of(head));
        let form = head.words().next().filter(|word| FORUMS.contains(&&*word.node));
        let kind = form.map_or(&*tag.id.node, |word| &*word.node);
        let kind = FORUMS.into_iter().find(|known| *known == kind);
        let id = &tag.id.node;
        let law = head.form == Form::Law || id == "law" || id.ends_with("-law");
        // A place by itself says where, not by which law: `venue: US-NY` must not stand for a law.
        if law {
            let terms = self.terms(&tag, slots, FORUM);
            self.agreement.disputes.law.extend(words.map(|law| Law { tag, law, terms }));
            return;
        }
        let terms = self.terms(&tag, slots, FORUM);
        let length = head.term().map(|term| self.period(term));
        let kind = kind.unwrap_or("other");
        let talk = kind == "negotiation" || kind == "mediation";
        let order = self.agreement.disputes.forums.len();
        let step = Step {
            does: Spanned::new(if talk { "talk" } else { "other" }, head.span),
            text: tag.id.clone(),
            within: length.or_else(|| terms.within.clone()),
            item: None,
            keeping: Vec::new(),
            order: u32::try_from(order).unwrap_or(u32::MAX).saturating_add(1),
            tag,
        };
        let text = |slot: Option<&Phrase>| slot.and_then(|slot| slot.text().cloned());
        let place = Forum {
            step,
            kind,
            rules: words,
            seat: text(slots.take(Form::Seat)),
            language: text(slots.take(Form::Language)),
            arbitrators: slots.take(Form::Arbitrators).map(|slot| self.written(slot.span)),
            terms,
        };
        self.agreement.disputes.forums.push(place);
    }

    fn clause(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let terms = self.terms(&tag, slots, SURVIVES);
        let (Some(word), Some(text)) = (head.word(), Self::text_of(head)) else { return };
        if self.says_none(&text) {
            return;
        }
        if let Some(category) = CATEGORIES.iter().find(|category| **category == word.node) {
            let category = Spanned::new(*category, word.span);
            self.agreement.clauses.push(Clause { tag, category, text, terms });
        } else {
            let word = word.clone();
            self.report(Problem::UnknownWord {
                what: "category of clauses",
                word,
                known: &CATEGORIES,
            });
            self.agreement.doubt_section("clauses", tag.span);
        }
    }

    fn schedule(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let sister = head.form == Form::Agreement;
        let titles: Vec<Text> = if sister {
            head.texts().cloned().collect()
        } else {
            head.things().map(spelled).collect()
        };
        let with = slots.take(Form::With).map(|slot| {
            let who = slot.who().map(|who| self.written(who.span));
            who.into_iter().chain(slot.texts().cloned()).collect::<Vec<_>>()
        });
        let schedule = Schedule {
            titles,
            sister,
            with: with.unwrap_or_default(),
            dated: slots.take(Form::Dated).and_then(|slot| slot.moment().cloned()),
            terms: self.terms(&tag, slots, LISTED),
            tag,
        };
        self.agreement.schedules.push(schedule);
    }

    fn waiver(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let approver = slots.take(Form::ApprovedBy).and_then(|slot| slot.text().cloned());
        let items = slots.axis("for").into_iter().flat_map(Phrase::things).map(spelled).collect();
        let terms = self.terms(&tag, slots, Forms::of(&[Form::Until]));
        let reason = head.text().cloned();
        self.agreement.waivers.push(Waiver { tag, reason, approver, items, terms });
    }
}

/// Whether an item is called a cap: an amount alone does not say that it is the most a side owes.
fn is_cap(id: &str) -> bool {
    ["cap", "limit"].iter().any(|word| {
        id.strip_suffix(word).is_some_and(|before| before.is_empty() || before.ends_with('-'))
    })
}
