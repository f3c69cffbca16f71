//! The parts of an agreement, in the order of its sections.

use crate::source::{Span, Spanned};
use crate::syntax::ast::{Bound, Moment};
use crate::value::{Currency, Date, Given, Hole, Money, Number, Percent, Period, Place, Quantity};

/// Free words.
pub type Text = Spanned<String>;
/// A value, a range, or what is left open.
pub type Leaf<T> = Spanned<Given<T>>;

/// An alliance agreement.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Agreement {
    /// Its id, kind, dates and conventions.
    pub header: Header,
    /// The sides that sign.
    pub parties: Vec<Party>,
    /// Others it speaks of.
    pub third_parties: Vec<Party>,
    /// Why there is an alliance.
    pub rationale: Rationale,
    /// Markets, fields and products, named once.
    pub scope: Vec<Area>,
    /// Clocks of its own, such as the launch.
    pub clocks: Vec<Clock>,
    /// How long it lasts.
    pub term: Term,
    /// What each side contributes.
    pub commitments: Vec<Commitment>,
    /// What is paid to whom.
    pub payments: Vec<Payment>,
    /// Targets.
    pub metrics: Vec<Metric>,
    /// Figures that payments and shares are taken of.
    pub figures: Vec<Measure>,
    /// Who decides what, and meets when.
    pub governance: Governance,
    /// What is owned and licensed.
    pub ip: Ip,
    /// How revenue is shared.
    pub attribution: Attribution,
    /// What one side may do alone.
    pub grants: Vec<Grant>,
    /// First refusals, best prices and the like.
    pub first_rights: Vec<FirstRight>,
    /// Who may look into whose books.
    pub audits: Vec<Audit>,
    /// What a party must not do.
    pub restrictions: Vec<Restriction>,
    /// Whose the customers are.
    pub customers: Vec<Segment>,
    /// Notice periods that stand alone.
    pub notices: Vec<Notice>,
    /// How it ends.
    pub exit: Exit,
    /// Who is liable for how much.
    pub liability: Liability,
    /// What is kept secret.
    pub confidentiality: Vec<Duty>,
    /// Who may hand the agreement on.
    pub assignment: Vec<Assignment>,
    /// Which law, and how disputes go.
    pub disputes: Disputes,
    /// How it is changed.
    pub amendment: Vec<Renegotiation>,
    /// One-line clauses by category.
    pub clauses: Vec<Clause>,
    /// Exhibits and sister agreements.
    pub schedules: Vec<Schedule>,
    /// Words with a meaning of their own.
    pub definitions: Vec<Definition>,
    /// Findings the parties accept.
    pub waivers: Vec<Waiver>,
    /// What was written under each heading, in the order of [`SECTIONS`].
    pub sections: Sections,
    /// Every place left open.
    pub holes: Vec<OpenPlace>,
    /// Every piece of quoted words.
    pub passages: Vec<Passage>,
}

/// The headings of the language, in their order.
pub const SECTIONS: [&str; 26] = [
    "parties",
    "rationale",
    "scope",
    "dates",
    "term",
    "commitments",
    "payments",
    "metrics",
    "governance",
    "ip",
    "attribution",
    "exclusivity",
    "rights",
    "restrictions",
    "customers",
    "notices",
    "exit",
    "liability",
    "confidentiality",
    "assignment",
    "disputes",
    "amendment",
    "clauses",
    "schedules",
    "definitions",
    "waivers",
];

/// What was written under each heading.
#[derive(Debug, Clone, Default)]
pub struct Sections {
    /// The heading of each section of [`SECTIONS`], where it stands.
    pub headings: [Option<Heading>; 26],
    /// The first heading nobody knows: what stands below it may belong to any absent section.
    pub unknown: Option<Span>,
    /// The end of the text.
    pub end: u32,
}

/// A heading that was written.
#[derive(Debug, Clone, Copy)]
pub struct Heading {
    /// The heading.
    pub span: Span,
    /// The end of what is written below it.
    pub end: u32,
    /// Something below it that could not be read as an item of it.
    pub doubt: Option<Span>,
}

impl PartialEq for Sections {
    fn eq(&self, other: &Self) -> bool {
        let shape = |s: &Self| s.headings.map(|h| h.map(|h| h.doubt.is_some()));
        shape(self) == shape(other) && self.unknown.is_some() == other.unknown.is_some()
    }
}

/// Which item a part was read from.
#[derive(Debug, Clone)]
pub struct Tag {
    /// The section it stands in.
    pub section: &'static str,
    /// Its id.
    pub id: Text,
    /// The whole item.
    pub span: Span,
    /// The section of the paper agreement it cites.
    pub see: Option<Text>,
    /// Where something in it could not be read; what it does not state is then unknown.
    pub partial: Option<Span>,
}

impl PartialEq for Tag {
    fn eq(&self, other: &Self) -> bool {
        (self.section, &self.id, &self.see, self.partial.is_some())
            == (other.section, &other.id, &other.see, other.partial.is_some())
    }
}

/// Several parties as an item names them.
#[derive(Debug, Clone, Default)]
pub struct Parties {
    /// Their places in [`Agreement::parties`], each with where it is named.
    pub members: Vec<(usize, Span)>,
    /// Whom it also means but nobody can list: a role in words, affiliates, an unknown name.
    pub doubt: Option<Span>,
    /// Where they are named.
    pub span: Span,
}

impl PartialEq for Parties {
    fn eq(&self, other: &Self) -> bool {
        let who = |p: &Self| p.members.iter().map(|(party, _)| *party).collect::<Vec<_>>();
        who(self) == who(other) && self.doubt.is_some() == other.doubt.is_some()
    }
}

/// The first line and its slots.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// Whether there is one.
    pub span: Span,
    /// `northwind-kestrel`
    pub id: Option<Text>,
    /// `version 3`
    pub version: Option<Leaf<Number>>,
    /// One of the kinds of the vocabulary.
    pub kind: Option<Spanned<&'static str>>,
    /// `title "…"`
    pub title: Option<Text>,
    /// `status draft`
    pub status: Option<Text>,
    /// `signed 2026-03-15`
    pub signed: Option<Moment>,
    /// `starts 2026-04-01`
    pub starts: Option<Moment>,
    /// `calendar GB + DE`
    pub calendar: Vec<Spanned<Place>>,
    /// `currency EUR`
    pub currency: Option<Spanned<Currency>>,
    /// `month ends round down`
    pub month_ends: Option<Text>,
    /// `year contract`
    pub year: Option<Text>,
    /// What could not be read in it.
    pub partial: Option<Span>,
}

impl PartialEq for Header {
    fn eq(&self, other: &Self) -> bool {
        let parts = |h: &Self| {
            (
                (h.id.clone(), h.version.clone(), h.kind, h.title.clone(), h.status.clone()),
                (h.signed.clone(), h.starts.clone(), h.calendar.clone(), h.currency),
                (h.month_ends.clone(), h.year.clone(), h.partial.is_some()),
            )
        };
        parts(self) == parts(other)
    }
}

/// A side of the agreement, or another it speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// Its item; the id is its name in the agreement.
    pub tag: Tag,
    /// Its legal name; a side of several companies has none.
    pub name: Option<Leaf<String>>,
    /// Where it is at home.
    pub place: Option<Spanned<Place>>,
    /// What it does.
    pub roles: Vec<Text>,
    /// The companies that form the side.
    pub members: Vec<Text>,
    /// Who owns the outcome.
    pub owner: Option<Leaf<Person>>,
    /// Who stands in.
    pub deputy: Option<Leaf<Person>>,
    /// The executive sponsor.
    pub sponsor: Option<Leaf<Person>>,
    /// Whom to write to.
    pub contact: Option<Leaf<Person>>,
    /// What its owner may commit.
    pub authority: Option<Leaf<Money>>,
    /// What its owner answers for.
    pub answers_for: Vec<Text>,
}

/// A named person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name.
    pub name: Text,
    /// The post.
    pub title: Option<Text>,
    /// Where to write.
    pub email: Option<Text>,
}

/// Why there is an alliance.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rationale {
    /// The reasons in words.
    pub answers: Vec<Answer>,
    /// How long either would need alone.
    pub alone: Option<(Tag, Leaf<Period>)>,
    /// How much of their customers they share.
    pub overlap: Option<(Tag, Leaf<Percent>)>,
    /// When it was written down.
    pub written: Option<(Tag, Leaf<Date>)>,
}

/// One reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Its item.
    pub tag: Tag,
    /// The reason.
    pub text: Leaf<String>,
}

/// A market, field or set of products.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scope {
    /// `of`
    pub products: Vec<Text>,
    /// `for`
    pub field: Vec<Text>,
    /// `in`
    pub territory: Vec<Spanned<Place>>,
    /// Places in words, or named elsewhere.
    pub places: Vec<Text>,
    /// `through`
    pub channel: Vec<Text>,
    /// `to`
    pub to: Vec<Text>,
    /// `against`
    pub against: Vec<Text>,
    /// `on`
    pub on: Vec<Text>,
    /// What could not be resolved in it.
    pub doubt: Option<Span>,
}

/// A scope with a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its item.
    pub tag: Tag,
    /// What it covers.
    pub scope: Scope,
}

/// A named clock.
#[derive(Debug, Clone, PartialEq)]
pub struct Clock {
    /// Its item.
    pub tag: Tag,
    /// When it strikes first; `None` where that could not be read.
    pub on: Option<Moment>,
}

/// How long the agreement lasts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Term {
    /// The first term.
    pub initial: Option<Initial>,
    /// The renewals, in the order they are taken.
    pub renewals: Vec<Renewal>,
}

/// The first term.
#[derive(Debug, Clone, PartialEq)]
pub struct Initial {
    /// Its item.
    pub tag: Tag,
    /// How it ends.
    pub lasts: Lasts,
    /// From when it counts; the start where that is not said.
    pub from: Option<Moment>,
}

/// How a term ends.
#[derive(Debug, Clone, PartialEq)]
pub enum Lasts {
    /// After a time.
    For(Leaf<Period>),
    /// At a moment.
    Until(Moment),
    /// Never by itself: `perpetual` or `evergreen`.
    Endless(Text),
}

/// A renewal.
#[derive(Debug, Clone, PartialEq)]
pub struct Renewal {
    /// Its item.
    pub tag: Tag,
    /// `automatic`, `by-agreement`, `at-option`, `none`
    pub mode: Spanned<&'static str>,
    /// At whose option.
    pub by: Option<Parties>,
    /// For how long.
    pub length: Option<Leaf<Period>>,
    /// How often at most.
    pub times: Option<Spanned<u32>>,
    /// The notice that stops it.
    pub notice: Option<Leaf<Period>>,
    /// Before what the notice is given.
    pub before: Option<Moment>,
    /// On what it depends.
    pub condition: Option<Text>,
}

/// What a party promises.
#[derive(Debug, Clone, PartialEq)]
pub struct Commitment {
    /// Its item.
    pub tag: Tag,
    /// Who promises.
    pub by: Parties,
    /// The promise as written.
    pub text: Text,
    /// How much; `None` for a promise in words.
    pub amount: Option<Leaf<Quantity>>,
    /// From which side the amount is bounded.
    pub bound: Spanned<Bound>,
    /// In which period it recurs.
    pub per: Option<Leaf<Period>>,
    /// What kind of contribution it is.
    pub brings: Option<Spanned<&'static str>>,
    /// What it is worth.
    pub worth: Option<Leaf<Money>>,
    /// From when.
    pub first: Option<Moment>,
    /// Until when, or by when.
    pub last: Option<Moment>,
    /// Whether it goes on after the end.
    pub survives: Option<Span>,
    /// Who answers for it.
    pub owner: Option<Leaf<Person>>,
    /// Where it is evidenced.
    pub tracked: Option<Leaf<String>>,
    /// The metric it serves.
    pub serves: Option<Text>,
    /// What a miss leads to.
    pub if_missed: Vec<Step>,
    /// Whether what a miss leads to is left open.
    pub if_missed_open: Option<Span>,
}

/// A step of a consequence or of a ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The item it belongs to.
    pub tag: Tag,
    /// `talk`, `remedy`, `pay`, `exit`, `lapse`, `change`, `other`
    pub does: Spanned<&'static str>,
    /// As written.
    pub text: Text,
    /// In which time.
    pub within: Option<Leaf<Period>>,
    /// The how-manieth it is, from 1.
    pub order: u32,
}

/// A payment.
#[derive(Debug, Clone, PartialEq)]
pub struct Payment {
    /// Its item.
    pub tag: Tag,
    /// Who pays.
    pub by: Parties,
    /// To whom.
    pub to: Parties,
    /// How much.
    pub amount: Option<Leaf<Quantity>>,
    /// The share, where it is one.
    pub rate: Option<Leaf<Percent>>,
    /// What the share is taken of.
    pub base: Option<Text>,
    /// In which period it recurs.
    pub per: Option<Leaf<Period>>,
    /// When it is due, as written.
    pub due: Option<Text>,
    /// How long it goes on after the end.
    pub tail: Option<Leaf<Period>>,
}

/// A target.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Its item.
    pub tag: Tag,
    /// `incremental`, `total`, `leading`, `qualitative`
    pub measure: Spanned<&'static str>,
    /// `commercial`, `competitive`, `health`
    pub family: Option<Spanned<&'static str>>,
    /// What is counted.
    pub definition: Option<Leaf<String>>,
    /// What it cannot tell.
    pub limits: Option<Text>,
    /// `direct`, `influenced`, `every-touch` …
    pub basis: Option<Text>,
    /// When it was agreed.
    pub agreed: Option<Moment>,
    /// Where it starts from.
    pub baseline: Option<Point>,
    /// Where it is to get to.
    pub target: Option<Point>,
    /// Where it is read.
    pub sources: Vec<Text>,
}

/// A value at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The metric it belongs to.
    pub tag: Tag,
    /// Where it stands.
    pub span: Span,
    /// The value.
    pub value: Leaf<Quantity>,
    /// When.
    pub on: Option<Moment>,
}

/// A figure that others are taken of.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Its item.
    pub tag: Tag,
    /// A currency or what it counts.
    pub unit: Text,
    /// What it is.
    pub definition: Option<Leaf<String>>,
    /// `invoiced`, `collected`, `accrued`
    pub basis: Option<Text>,
    /// What is taken off.
    pub less: Vec<Text>,
}

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
    pub span: Span,
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
    pub assigned: Option<Span>,
    /// What happens to it at the end.
    pub on_exit: Option<Text>,
}

/// One owner.
#[derive(Debug, Clone, PartialEq)]
pub struct Owner {
    /// The asset it belongs to.
    pub tag: Tag,
    /// Where it stands.
    pub span: Span,
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
    pub on_exit: Option<Text>,
}

/// How revenue is shared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attribution {
    /// One table for each base.
    pub tables: Vec<AttributionTable>,
}

/// The shares of one base.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributionTable {
    /// Its item.
    pub tag: Tag,
    /// What is shared.
    pub base: Leaf<String>,
    /// Whether the base is a figure of this agreement rather than words.
    pub base_is_item: bool,
    /// In which currency.
    pub currency: Spanned<Currency>,
    /// `first` or `unique`.
    pub hit: Option<Text>,
    /// How long it goes on after the end.
    pub tail: Option<Leaf<Period>>,
    /// The rows.
    pub rows: Vec<AttributionRow>,
    /// `bonus 1% above EUR 0`: steps of extra shares.
    pub bonus: Vec<(Leaf<Percent>, Leaf<Money>)>,
}

/// A row of a table of shares.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributionRow {
    /// The table's item.
    pub tag: Tag,
    /// Its id.
    pub id: Text,
    /// The whole row.
    pub span: Span,
    /// Whether it takes what no other row does.
    pub catch_all: bool,
    /// What it asks of a deal: column and cell, as written.
    pub cells: Vec<(String, Text)>,
    /// Who gets what.
    pub shares: Vec<Share>,
}

/// What a party gets of a deal.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The table's item.
    pub tag: Tag,
    /// The party.
    pub party: usize,
    /// Its name, as the column has it.
    pub name: String,
    /// Its cell.
    pub span: Span,
    /// Its share; `None` where the cell is empty.
    pub share: Option<Leaf<Percent>>,
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
    pub survives: Option<Span>,
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
    pub survives: Option<Span>,
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
    pub survives: Option<Span>,
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
    pub notice_after_cure: Option<Span>,
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
    pub span: Span,
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
    pub survives: Option<Span>,
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

/// The kinds of alliance.
pub const KINDS: [&str; 12] = [
    "strategic",
    "go-to-market",
    "technology",
    "market-development",
    "joint-venture",
    "distribution",
    "co-marketing",
    "affiliate",
    "referral",
    "co-development",
    "supply",
    "licensing",
];

impl Agreement {
    /// Its kind, where one is stated that the language knows.
    pub fn kind(&self) -> Option<Spanned<&'static str>> {
        self.header.kind
    }

    /// The first line, or the beginning of a text that has none.
    pub fn header(&self) -> Span {
        self.header.span
    }

    /// The heading of a section, where it is written.
    pub fn heading(&self, section: &str) -> Option<Heading> {
        let index = SECTIONS.iter().position(|name| *name == section)?;
        self.sections.headings[index]
    }

    /// What may hide further items of a section: something unreadable below its heading, or an
    /// unknown heading where the section is absent.
    pub fn doubt(&self, section: &str) -> Option<Span> {
        match self.heading(section) {
            Some(heading) => heading.doubt,
            None => self.sections.unknown,
        }
    }

    /// The party with that name, by its place in [`Agreement::parties`].
    pub fn party(&self, name: &str) -> Option<usize> {
        self.parties.iter().position(|party| party.tag.id.node == name)
    }
}
