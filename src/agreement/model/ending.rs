//! How it ends and who answers.

use super::{Asked, Leaf, Parties, Stated, Step, Tag, Text};
use crate::source::{At, Spanned};
use crate::syntax::ast::Moment;
use crate::value::{Hole, Money, Percent, Period, Str};

/// How it ends.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Exit {
    /// Rights to leave: without cause, for cause, and by itself.
    pub rights: Vec<Right>,
    /// What is handed over.
    pub handover: Vec<Handover>,
    /// What goes on after the end.
    pub survival: Vec<Survival>,
    /// What is carried on for a time.
    pub continued: Vec<Continued>,
}

/// What goes on after the end.
#[derive(Debug, Clone, PartialEq)]
pub struct Survival {
    /// Its item.
    pub tag: Tag,
    /// The items and subjects.
    pub what: Vec<Text>,
    /// All else it states.
    pub terms: Stated,
}

/// A right to leave.
#[derive(Debug, Clone, PartialEq)]
pub struct Right {
    /// Its item.
    pub tag: Tag,
    /// `convenience`, `breach`, `insolvency`, `control`, `missed`, `default`, `event`
    pub class: &'static str,
    /// Who may leave; nobody where the agreement ends by itself.
    pub by: Parties,
    /// Whether it ends by itself.
    pub automatic: bool,
    /// The condition as written.
    pub text: Option<Text>,
    /// The items its condition names.
    pub asks: Vec<Asked>,
    /// Whose control changes.
    pub of: Option<Parties>,
    /// Whose control ends, where that matters.
    pub holders: Vec<Text>,
    /// To whom control passes, where that matters.
    pub acquirers: Vec<Text>,
    /// At which share control changes: from it on, or below it where holders lose it.
    pub share: Option<Leaf<Percent>>,
    /// What is left open instead of a right.
    pub open: Option<Leaf<Period>>,
    /// What part of the deal it ends, where not all.
    pub part: Vec<Text>,
    /// All else it states.
    pub terms: Stated,
}

impl Right {
    /// With how much notice.
    pub fn notice(&self) -> Option<&Leaf<Period>> {
        match &self.terms.clocks.notice {
            Some(notice) => Some(notice),
            None => self.open.as_ref(),
        }
    }

    /// What it costs to leave.
    pub fn price(&self) -> Option<&Step> {
        self.terms.more.outcomes.iter().find(|step| step.does.node == "pay")
    }
}

/// What is handed over.
#[derive(Debug, Clone, PartialEq)]
pub struct Handover {
    /// Its item.
    pub tag: Tag,
    /// Where it stands.
    pub span: At,
    /// What.
    pub what: Text,
    /// To whom.
    pub to: Option<Parties>,
    /// In which time.
    pub within: Option<Leaf<Period>>,
    /// All else it states.
    pub terms: Stated,
}

/// What is carried on for a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Continued {
    /// Its item.
    pub tag: Tag,
    /// What.
    pub what: Vec<Text>,
    /// All else it states.
    pub terms: Stated,
}

/// Who is liable for how much.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Liability {
    /// Caps.
    pub caps: Vec<Cap>,
    /// Heads of loss left out.
    pub excluded: Vec<Excluded>,
    /// Indemnities, insurance, warranties and fixed damages.
    pub duties: Vec<Duty>,
    /// Until when a claim can be made.
    pub claims: Vec<ClaimLimit>,
}

/// Heads of loss for which nobody answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Excluded {
    /// Its item.
    pub tag: Tag,
    /// The heads.
    pub heads: Vec<Text>,
    /// All else it states.
    pub terms: Stated,
}

/// Until when a claim can be made.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimLimit {
    /// Its item.
    pub tag: Tag,
    /// All it states.
    pub terms: Stated,
}

/// A cap.
#[derive(Debug, Clone, PartialEq)]
pub struct Cap {
    /// Its item.
    pub tag: Tag,
    /// Whose; everybody's where that is not said.
    pub by: Option<Parties>,
    /// How much, where it is an amount.
    pub amount: Option<Leaf<Money>>,
    /// As written.
    pub text: Text,
    /// What it does not cover.
    pub uncapped: Vec<Text>,
    /// What does not count towards it.
    pub not_counting: Vec<Text>,
    /// All else it states.
    pub terms: Stated,
}

/// A duty with a verb: indemnifies, insures, warrants, pays, protects.
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    /// Its item.
    pub tag: Tag,
    /// The verb.
    pub verb: &'static str,
    /// Who.
    pub by: Parties,
    /// Towards whom.
    pub to: Option<Parties>,
    /// Towards whom, in words.
    pub persons: Vec<Text>,
    /// What.
    pub what: Vec<Text>,
    /// How much, of damages fixed in advance.
    pub amount: Option<Text>,
    /// Whether and when what was given is given back.
    pub returned: Option<Text>,
    /// Who else is insured.
    pub insured: Vec<Text>,
    /// All else it states.
    pub terms: Stated,
}

/// Who may hand the agreement on.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment {
    /// Its item.
    pub tag: Tag,
    /// Who.
    pub by: Parties,
    /// `assigns` or `subcontracts`
    pub verb: &'static str,
    /// What, where not the whole agreement.
    pub what: Vec<Text>,
    /// All else it states.
    pub terms: Stated,
}

/// Which law, and how disputes go.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Disputes {
    /// The laws.
    pub law: Vec<Law>,
    /// The steps, in order.
    pub forums: Vec<Forum>,
}

/// A law that governs.
#[derive(Debug, Clone, PartialEq)]
pub struct Law {
    /// Its item.
    pub tag: Tag,
    /// Which.
    pub law: Leaf<Str>,
    /// All else it states.
    pub terms: Stated,
}

/// Where a dispute goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Forum {
    /// The step it is.
    pub step: Step,
    /// `negotiation`, `mediation`, `expert`, `arbitration`, `courts`, `other`
    pub kind: &'static str,
    /// By which rules, or before whom.
    pub rules: Option<Leaf<Str>>,
    /// Where it sits.
    pub seat: Option<Text>,
    /// In which language.
    pub language: Option<Text>,
    /// How many arbitrators, as a reader would say it.
    pub arbitrators: Option<Text>,
    /// All else it states.
    pub terms: Stated,
}

/// What is to be talked about again.
#[derive(Debug, Clone, PartialEq)]
pub struct Renegotiation {
    /// Its item.
    pub tag: Tag,
    /// Who.
    pub by: Parties,
    /// What; nothing where only the form of a change is stated.
    pub what: Vec<Text>,
    /// Whether it states the form of a change.
    pub written: bool,
    /// Whether it takes items out.
    pub drops: bool,
    /// All else it states.
    pub terms: Stated,
}

/// A one-line clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Its item.
    pub tag: Tag,
    /// One of the categories of the vocabulary.
    pub category: Spanned<&'static str>,
    /// The line.
    pub text: Leaf<Str>,
    /// All else it states.
    pub terms: Stated,
}

/// An exhibit or a sister agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// Its item.
    pub tag: Tag,
    /// Its titles; several for an order of precedence.
    pub titles: Vec<Text>,
    /// Whether it is another agreement.
    pub sister: bool,
    /// With whom another agreement is made.
    pub with: Vec<Text>,
    /// Of which day another agreement is.
    pub dated: Option<Moment>,
    /// All else it states.
    pub terms: Stated,
}

/// A word with a meaning of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Its item.
    pub tag: Tag,
    /// What it means.
    pub meaning: Vec<Text>,
    /// Where its meaning is left open: a term that is used and not defined.
    pub hole: Option<Spanned<Hole>>,
    /// All else it states.
    pub terms: Stated,
}

/// A finding the parties accept.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiver {
    /// Its item; the id is the rule's.
    pub tag: Tag,
    /// Why.
    pub reason: Option<Text>,
    /// Who approved it.
    pub approver: Option<Text>,
    /// For which items only, as `section/id`.
    pub items: Vec<Text>,
    /// Until when it holds, and nothing else.
    pub terms: Stated,
}
