//! How it ends and who answers: exit, liability, confidentiality, assignment, disputes, amendment,
//! and the lists at the end.

use super::Lower;
use super::commercial::life;
use super::names::spelled;
use super::problem::Problem;
use super::slots::Slots;
use crate::agreement::model::{
    Assignment, Cap, Clause, Definition, Duty, Renegotiation, Schedule, Step, Tag, Text, Waiver,
};
use crate::source::{At, Spanned};
use crate::syntax::ast::{Figure, FigureKind, Form, Phrase};
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
                let written = head.form == Form::Writing;
                let (by, what) = (self.parties_of(head, 0), head.things().map(spelled).collect());
                life(slots);
                slots.keep(&[Form::Then, Form::If]);
                self.agreement.amendment.push(Renegotiation { tag, by, what, written });
            }
            "clauses" => self.clause(tag, head),
            "schedules" => self.schedule(tag, head, slots),
            "definitions" => {
                Self::scope(slots);
                life(slots);
                slots.keep(&[Form::Changed, Form::Frozen, Form::Except]);
                let meaning = head.things().map(spelled).collect();
                self.agreement.definitions.push(Definition { tag, meaning });
            }
            _ => self.waiver(tag, head, slots),
        }
    }

    fn liability(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        match head.form {
            Form::Cap | Form::Limited => {
                let amount = head.amount().and_then(|amount| self.money_of(amount));
                let uncapped = slots.take_all(Form::Uncapped);
                let uncapped =
                    uncapped.iter().flat_map(|slot| slot.things()).map(spelled).collect();
                let by = head.who().map(|who| self.parties(who));
                let words = head.amount().and_then(|amount| amount.steps.first()).map(figure_words);
                let text = Spanned::new(words.unwrap_or_default(), head.span);
                self.agreement.liability.caps.push(Cap { tag, by, amount, text, uncapped });
                slots.keep(&[Form::Per, Form::NotCounting, Form::Except]);
                Self::scope(slots);
            }
            Form::Excluded => {
                self.agreement.liability.excluded.extend(head.things().map(spelled));
                slots.keep(&[Form::Except]);
                Self::scope(slots);
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

    fn duty(&mut self, tag: Tag, verb: &'static str, head: &Phrase, slots: &mut Slots<'_>) -> Duty {
        let survives = slots.take(Form::Survives);
        let scope = Self::scope(slots);
        let against = scope.against.into_iter().chain(scope.field);
        let duty = Duty {
            verb,
            by: self.parties_of(head, 0),
            to: head.whos().nth(1).map(|who| self.parties(who)),
            what: head.things().map(spelled).chain(against).collect(),
            survives: survives.map(|slot| At(slot.span)),
            survives_for: survives.and_then(|slot| self.period_of(slot)),
            tag,
        };
        life(slots);
        slots.keep(&[
            Form::Except,
            Form::Returned,
            Form::Consent,
            Form::Then,
            Form::AtLeast,
            Form::AtMost,
        ]);
        slots.keep(&[Form::Costs, Form::If, Form::Per, Form::Clock, Form::Due]);
        duty
    }

    fn assignment(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let verb = head.words().next().is_some_and(|word| word.node.starts_with('s'));
        let consent = slots.take(Form::Consent).map(|slot| {
            let word = slot.words().next().map_or("consent", |word| &word.node);
            Spanned::new(word.to_owned(), slot.span)
        });
        let to = slots.take_where(|slot| slot.form == Form::Axis);
        let assignment = Assignment {
            by: self.parties_of(head, 0),
            verb: if verb { "subcontracts" } else { "assigns" },
            consent,
            to: to.into_iter().flat_map(Phrase::things).map(spelled).collect(),
            tag,
        };
        Self::scope(slots);
        slots.keep(&[Form::Consent, Form::NotWithheld, Form::EachUse, Form::Silence, Form::Except]);
        self.agreement.assignment.push(assignment);
    }

    fn dispute(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let word = head.word().cloned().map(|word| word.map(Given::Value));
        let words = word.or_else(|| Self::text_of(head));
        if let Some(place) = head.word() {
            self.check_name(&place.node.clone(), place.span);
        }
        let id = tag.id.node.clone();
        if id == "law" || id.ends_with("-law") || head.word().is_some() {
            self.agreement.disputes.law.extend(words.map(|law| (tag, law)));
        } else {
            let within = head.term().map(|term| self.period(term));
            let slot = slots.take(Form::Within).and_then(|slot| self.period_of(slot));
            let does = if id == "negotiation" || id == "mediation" { "talk" } else { "other" };
            let order = u32::try_from(self.agreement.disputes.steps.len())
                .unwrap_or(u32::MAX)
                .saturating_add(1);
            let step = Step {
                does: Spanned::new(does, head.span),
                text: tag.id.clone(),
                within: within.or(slot),
                order,
                tag,
            };
            self.agreement.disputes.steps.push(step);
        }
        Self::scope(slots);
        slots.keep(&[
            Form::Seat,
            Form::Language,
            Form::Flags,
            Form::Costs,
            Form::Then,
            Form::Except,
        ]);
        slots.keep(&[Form::Within, Form::After, Form::Clock]);
    }

    fn clause(&mut self, tag: Tag, head: &Phrase) {
        let (Some(word), Some(text)) = (head.word(), Self::text_of(head)) else { return };
        if let Some(category) = CATEGORIES.iter().find(|category| **category == word.node) {
            let category = Spanned::new(*category, word.span);
            self.agreement.clauses.push(Clause { tag, category, text });
        } else {
            let word = word.clone();
            self.report(Problem::UnknownWord {
                what: "category of clauses",
                word,
                known: &CATEGORIES,
            });
            let doubt = tag.span;
            let index = crate::agreement::SECTIONS.iter().position(|name| *name == "clauses");
            if let Some(Some(heading)) =
                index.map(|index| &mut self.agreement.sections.headings[index])
            {
                heading.doubt = heading.doubt.or(Some(doubt));
            }
        }
    }

    fn schedule(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let sister = head.form == Form::Agreement;
        let titles: Vec<Text> = if sister {
            head.texts().cloned().collect()
        } else {
            head.things().map(spelled).collect()
        };
        let hole = slots.take(Form::Hole).and_then(Phrase::hole).cloned();
        slots.keep(&[
            Form::Changed,
            Form::Frozen,
            Form::With,
            Form::Dated,
            Form::Flags,
            Form::Except,
        ]);
        self.agreement.schedules.push(Schedule { tag, titles, sister, hole });
    }

    fn waiver(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let (_, until) = life(slots);
        let waiver = Waiver {
            reason: head.text().cloned(),
            approver: slots.take(Form::ApprovedBy).and_then(|slot| slot.text().cloned()),
            until,
            item: slots.axis("for").and_then(Phrase::thing).map(spelled),
            tag,
        };
        self.agreement.waivers.push(waiver);
    }
}

/// A figure as a reader would say it.
fn figure_words(figure: &Figure) -> String {
    match &figure.node {
        FigureKind::Plain { unit, of, .. } => {
            unit.iter().chain(of).map(|text| text.node.clone()).collect::<Vec<_>>().join(" of ")
        }
        FigureKind::Multiple { times, base } => format!("{times} times {}", base.node),
        FigureKind::Greater(figures) | FigureKind::Lesser(figures) => {
            figures.iter().map(figure_words).collect::<Vec<_>>().join(", ")
        }
        FigureKind::Words(words) | FigureKind::Item(words) => words.clone(),
        FigureKind::Hole(hole) => hole.to_string(),
    }
}
