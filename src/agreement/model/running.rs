//! How the alliance runs: bodies, assets, grants, rights, restrictions, customers, notices.

use super::{Few, Leaf, Parties, Stated, Tag, Text};
use crate::source::{At, Spanned};
use crate::syntax::ast::Moment;
use crate::value::{Hole, Money, Number, Percent, Period, Str};

/// Who decides what, and meets when.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Governance {
    /// Bodies and reviews.
    pub bodies: Vec<Body>,
    /// Where commitments and issues are recorded.
    pub register: Option<Register>,
    /// Paths that issues take, outside the bodies.
    pub ladders: Vec<Ladder>,
    /// Who decides or approves what alone.
    pub decisions: Vec<Decision>,
}

/// Where commitments and issues are recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Register {
    /// Its item.
    pub tag: Tag,
    /// Where.
    pub text: Text,
    /// All else it states.
    pub terms: Stated,
}

/// A body that meets, or a single review.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// Its item.
    pub tag: Tag,
    /// Who sits in it.
    pub seats: Vec<Seat>,
    /// Whether it is said who sits in it, even if not countable.
    pub seated: bool,
    /// `owners` or `sponsors`, where they are who meets.
    pub convened: Option<Text>,
    /// `as executive`: on which level it decides, where that is said.
    pub level: Option<Leaf<&'static str>>,
    /// How often it meets.
    pub meets: Option<Leaf<Period>>,
    /// Whether it meets once only.
    pub once: bool,
    /// By when, where that is said.
    pub due: Option<Moment>,
    /// What it talks about.
    pub about: Vec<Text>,
    /// What it decides.
    pub decides: Vec<Power>,
    /// Where its open issues go.
    pub next: Vec<Next>,
    /// Who chairs it.
    pub chair: Option<Parties>,
    /// Who keeps the minutes.
    pub minutes: Option<Parties>,
    /// How many must be there.
    pub quorum: Option<Leaf<Number>>,
    /// `by majority`, `by consensus`, `unanimously`
    pub vote: Option<Text>,
    /// Whether both sides have the same number of seats.
    pub equal: Option<At>,
    /// Times for the agenda, the minutes and the like.
    pub deadlines: Vec<(Text, Leaf<Period>)>,
    /// All else it states.
    pub terms: Stated,
}

/// The seats of one party in a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Seat {
    /// The party.
    pub party: usize,
    /// How many.
    pub count: u32,
    /// Where it is said.
    pub span: At,
}

/// Something a body decides.
#[derive(Debug, Clone, PartialEq)]
pub struct Power {
    /// What.
    pub what: Leaf<Str>,
    /// Up to how much.
    pub limit: Option<Leaf<Money>>,
    /// From how much on.
    pub from: Option<Leaf<Money>>,
}

/// Where an open issue goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Next {
    /// The item it belongs to.
    pub tag: Tag,
    /// A body or words.
    pub to: Leaf<Str>,
    /// After how long.
    pub after: Option<Leaf<Period>>,
}

/// A path that issues take.
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    /// Its item.
    pub tag: Tag,
    /// What it is about.
    pub about: Vec<Text>,
    /// Its stations in order.
    pub stations: Vec<Next>,
    /// All else it states.
    pub terms: Stated,
}

/// What a party decides or approves alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Its item.
    pub tag: Tag,
    /// Who.
    pub by: Parties,
    /// What.
    pub what: Vec<Power>,
    /// All else it states.
    pub terms: Stated,
}

/// What is owned and licensed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ip {
    /// Assets.
    pub assets: Vec<Asset>,
    /// Licences.
    pub licences: Vec<Licence>,
}

/// Something owned.
#[derive(Debug, Clone, PartialEq)]
pub struct Asset {
    /// Its item.
    pub tag: Tag,
    /// `background`, `foreground`, `improvement`, `joint`, `data`
    pub class: Spanned<&'static str>,
    /// What it is.
    pub what: Few<Text>,
    /// Who owns it, with what share.
    pub owners: Few<Owner>,
    /// Where the ownership is left open.
    pub owners_open: Option<Spanned<Hole>>,
    /// Whether the owners are alternatives: `owned by PPD or Sponsor`.
    pub either: Option<At>,
    /// Who makes it.
    pub made_by: Option<Parties>,
    /// Who maintains or enforces it.
    pub kept: Few<Text>,
    /// All else it states.
    pub terms: Stated,
}

impl Asset {
    /// Whether it is assigned to the owner, and where that is said.
    pub fn assigned(&self) -> Option<At> {
        self.terms.flag("assigned").map(|flag| At(flag.span))
    }
}

/// One owner.
#[derive(Debug, Clone, PartialEq)]
pub struct Owner {
    /// The asset it belongs to.
    pub tag: Tag,
    /// Where it stands.
    pub span: At,
    /// The party; `None` where it is named in words only.
    pub party: Option<usize>,
    /// The words.
    pub text: Str,
    /// Its share; equal shares where none is stated.
    pub share: Option<Leaf<Percent>>,
}

/// A licence.
#[derive(Debug, Clone, PartialEq)]
pub struct Licence {
    /// Its item.
    pub tag: Tag,
    /// Who grants it.
    pub by: Parties,
    /// To whom.
    pub to: Parties,
    /// What is licensed.
    pub what: Few<Text>,
    /// To whom it may be passed on; nobody in particular where only a flag says so.
    pub sublicensable_to: Vec<Text>,
    /// All else it states.
    pub terms: Stated,
}

/// What one side may do alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Grant {
    /// Its item.
    pub tag: Tag,
    /// Who grants.
    pub by: Parties,
    /// To whom.
    pub to: Parties,
    /// To do what.
    pub activity: Option<Text>,
    /// All else it states.
    pub terms: Stated,
}

/// A first refusal, best price or the like.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstRight {
    /// Its item.
    pub tag: Tag,
    /// Who gives it.
    pub by: Parties,
    /// To whom.
    pub to: Parties,
    /// `first refusal`, `best price`, or words.
    pub right: Text,
    /// Whether the giver is free once it is not taken up.
    pub free: Option<At>,
    /// For how long the giver is free.
    pub free_for: Option<Leaf<Period>>,
    /// On which terms the giver is free.
    pub free_on: Vec<Text>,
    /// What brings the right back.
    pub again: Option<Text>,
    /// All else it states.
    pub terms: Stated,
}

/// Who may look into whose books.
#[derive(Debug, Clone, PartialEq)]
pub struct Audit {
    /// Its item.
    pub tag: Tag,
    /// Who.
    pub by: Parties,
    /// Whose.
    pub of: Parties,
    /// How far back it looks.
    pub back: Option<Leaf<Period>>,
    /// In which time what was short is paid.
    pub repay: Option<Leaf<Period>>,
    /// All else it states.
    pub terms: Stated,
}

/// What a party must not do.
#[derive(Debug, Clone, PartialEq)]
pub struct Restriction {
    /// Its item.
    pub tag: Tag,
    /// Who.
    pub by: Parties,
    /// What: `compete`, `hire` …, or words.
    pub action: Text,
    /// On what.
    pub what: Vec<Text>,
    /// All else it states.
    pub terms: Stated,
}

/// Whose a group of customers is.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Its item.
    pub tag: Tag,
    /// Who holds the relationship.
    pub relationship: Option<Leaf<Holder>>,
    /// Who bids.
    pub bids: Option<Leaf<Holder>>,
    /// Who delivers.
    pub delivery: Option<Leaf<Holder>>,
    /// Who sends the bill.
    pub billing: Option<Leaf<Holder>>,
    /// Who answers complaints.
    pub complaints: Option<Leaf<Holder>>,
    /// Who controls the data.
    pub data: Option<Text>,
    /// All else it states.
    pub terms: Stated,
}

/// A party, or somebody in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The party, where it is one.
    pub party: Option<usize>,
    /// As written.
    pub text: Str,
}

/// A notice period that stands alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Its item.
    pub tag: Tag,
    /// Who gives it; everybody where that is not said.
    pub by: Option<Parties>,
    /// How long.
    pub length: Leaf<Period>,
    /// All else it states.
    pub terms: Stated,
}

/// What one side does so that the other can sell, serve or use.
#[derive(Debug, Clone, PartialEq)]
pub struct Enablement {
    /// Its item.
    pub tag: Tag,
    /// `trains`, `briefs`, `supports`, `supplies`
    pub verb: &'static str,
    /// Who.
    pub by: Parties,
    /// Whom, where it is a party.
    pub to: Option<Parties>,
    /// Whom, in words.
    pub whom: Vec<Text>,
    /// How often.
    pub every: Option<Leaf<Period>>,
    /// All else it states.
    pub terms: Stated,
}
