//! How it ends and who answers.

use super::{Leaf, Parties, Step, Tag, Text};
use crate::source::{At, Spanned};
use crate::syntax::ast::Moment;
use crate::value::{Hole, Money, Period};

/// How it ends.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Exit {
    /// Rights to leave: without cause, for cause, and by itself.
    pub rights: Vec<Right>,
    /// What is handed over.
    pub handover: Vec<Handover>,
    /// What goes on after the end.
    pub survival: Vec<Text>,
    /// What is carried on for a time.
    pub continued: Vec<Continued>,
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
    /// The item its condition names.
    pub refers: Option<Text>,
    /// With how much notice.
    pub notice: Option<Leaf<Period>>,
    /// Whether the notice runs after the cure.
    pub notice_after_cure: Option<At>,
    /// In which time a breach can be mended.
    pub cure: Option<Leaf<Period>>,
    /// Not before when it takes effect.
    pub gate: Option<Moment>,
    /// What part of the deal it ends, where not all.
    pub part: Vec<Text>,
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
}

/// What is carried on for a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Continued {
    /// Its item.
    pub tag: Tag,
    /// What.
    pub what: Vec<Text>,
    /// For how long.
    pub lasts: Option<Leaf<Period>>,
}

/// Who is liable for how much.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Liability {
    /// Caps.
    pub caps: Vec<Cap>,
    /// Heads of loss left out.
    pub excluded: Vec<Text>,
    /// Indemnities, insurance, warranties and fixed damages.
    pub duties: Vec<Duty>,
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
    /// What.
    pub what: Vec<Text>,
    /// Whether it goes on after the end, and how long.
    pub survives: Option<At>,
    /// How long it goes on after the end.
    pub survives_for: Option<Leaf<Period>>,
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
    /// `consent`, `notice`, `freely`
    pub consent: Option<Text>,
    /// To whom.
    pub to: Vec<Text>,
}

/// Which law, and how disputes go.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Disputes {
    /// The laws.
    pub law: Vec<(Tag, Leaf<String>)>,
    /// The steps, in order.
    pub steps: Vec<Step>,
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
}

/// A one-line clause.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Its item.
    pub tag: Tag,
    /// One of the categories of the vocabulary.
    pub category: Spanned<&'static str>,
    /// The line.
    pub text: Leaf<String>,
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
    /// Whether it is blank or hidden.
    pub hole: Option<Spanned<Hole>>,
}

/// A word with a meaning of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Its item.
    pub tag: Tag,
    /// What it means.
    pub meaning: Vec<Text>,
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
    /// Until when.
    pub until: Option<Moment>,
    /// For which item only.
    pub item: Option<Text>,
}

/// A place left open.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenPlace {
    /// The item; the header where there is none.
    pub section: &'static str,
    /// Its id.
    pub item: String,
    /// What is left open.
    pub field: &'static str,
    /// How.
    pub hole: Spanned<Hole>,
}

/// Quoted words.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The section.
    pub section: &'static str,
    /// The item.
    pub item: String,
    /// The words.
    pub text: Text,
}
