//! How the alliance runs: bodies, assets, grants, rights, restrictions, customers, notices.

use super::{Leaf, Parties, Scope, Tag, Text};
use crate::source::{At, Spanned};
use crate::syntax::ast::Moment;
use crate::value::{Hole, Money, Percent, Period};

/// Who decides what, and meets when.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Governance {
    /// Bodies and reviews.
    pub bodies: Vec<Body>,
    /// Where commitments and issues are recorded.
    pub register: Option<(Tag, Text)>,
    /// Paths that issues take, outside the bodies.
    pub ladders: Vec<Ladder>,
    /// Who decides or approves what alone.
    pub decisions: Vec<Decision>,
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
    pub what: Leaf<String>,
    /// Up to how much.
    pub limit: Option<Leaf<Money>>,
}

/// Where an open issue goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Next {
    /// The item it belongs to.
    pub tag: Tag,
    /// A body or words.
    pub to: Leaf<String>,
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
    /// In which time.
    pub answer: Option<Leaf<Period>>,
    /// What silence means.
    pub silence: Option<Text>,
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
    pub what: Vec<Text>,
    /// Who owns it, with what share.
    pub owners: Vec<Owner>,
    /// Where the ownership is left open.
    pub owners_open: Option<Spanned<Hole>>,
    /// Whether it is assigned to the owner.
    pub assigned: Option<At>,
    /// What happens to it at the end.
    pub on_exit: Option<Leaf<String>>,
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
    pub text: String,
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
    pub what: Vec<Text>,
    /// Where and for what.
    pub scope: Scope,
    /// For how long.
    pub lasts: Option<Leaf<Period>>,
    /// `exclusive`, `royalty-free` …
    pub flags: Vec<Text>,
    /// What happens to it at the end.
    pub on_exit: Option<Leaf<String>>,
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
    /// Where and for what.
    pub scope: Scope,
    /// For how long.
    pub lasts: Option<Leaf<Period>>,
    /// From when.
    pub first: Option<Moment>,
    /// Until when.
    pub last: Option<Moment>,
    /// On what it depends.
    pub conditions: Vec<Text>,
    /// What is left out.
    pub except: Vec<Text>,
    /// Whether it goes on after the end.
    pub survives: Option<At>,
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
    /// In which time to answer.
    pub answer: Option<Leaf<Period>>,
    /// What silence means.
    pub silence: Option<Text>,
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
    /// With how much notice.
    pub notice: Option<Leaf<Period>>,
    /// Whether it goes on after the end.
    pub survives: Option<At>,
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
    /// Until when.
    pub last: Option<Moment>,
    /// Whether it goes on after the end.
    pub survives: Option<At>,
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
}

/// A party, or somebody in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The party, where it is one.
    pub party: Option<usize>,
    /// As written.
    pub text: String,
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
}
