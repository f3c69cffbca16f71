//! The parts of an agreement, in the order of its sections.

mod commercial;
mod ending;
mod few;
mod gathered;
mod opening;
mod running;
mod sharing;
mod terms;

use smallvec::SmallVec;

use crate::source::{Span, Spanned};
use crate::syntax::ast::{Moment, MomentKind};
use crate::syntax::place_of;
use crate::value::{Currency, Date, Given, Number, Str};

pub use crate::syntax::SECTIONS;
pub use commercial::*;
pub use ending::*;
pub use few::Few;
pub use gathered::*;
pub use opening::*;
pub use running::*;
pub use sharing::*;
pub use terms::*;

/// Free words.
pub type Text = Spanned<Str>;
/// A value, a range, or what is left open.
pub type Leaf<T> = Spanned<Given<T>>;

/// An alliance agreement.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Agreement {
    /// Its id, kind, dates and conventions.
    pub header: Header,
    /// The sides that sign.
    pub parties: Vec<Party>,
    /// The companies that form a side together, each with its own name and place.
    pub companies: Vec<Party>,
    /// Others it speaks of.
    pub third_parties: Vec<Party>,
    /// Why there is an alliance.
    pub rationale: Rationale,
    /// Markets, fields and products, named once.
    pub scope: Vec<Area>,
    /// Clocks of its own, such as the launch.
    pub clocks: Vec<Clock>,
    /// When a notice counts as given.
    pub receipts: Vec<Receipt>,
    /// How long it lasts.
    pub term: Term,
    /// What each side contributes.
    pub commitments: Vec<Commitment>,
    /// What is paid to whom.
    pub payments: Vec<Payment>,
    /// How payments are made.
    pub payment_rules: Vec<PaymentRule>,
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
    /// What one side does so that the other can sell, serve or use.
    pub enablement: Vec<Enablement>,
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
    /// Every item that was written, rows of tables not among them: its section, its id, and where it
    /// stands.
    pub items: Vec<(&'static str, Spanned<Str>)>,
    /// Days on which events fall, where whoever asks gives them: an event as it is written.
    pub days: Vec<(Str, Date)>,
    /// What was written under each heading, in the order of [`SECTIONS`].
    pub sections: Sections,
    /// Every place left open.
    pub holes: Vec<OpenPlace>,
    /// Every piece of quoted words.
    pub passages: Vec<Passage>,
    /// Every length of time, item by item.
    pub times: Vec<Time>,
    /// Every sum of money, item by item.
    pub sums: Vec<Sum>,
    /// Every name, word and reference that stands outside quotes, where the agreement has definitions:
    /// nothing else is looked for among them.
    pub mentions: Vec<Mention>,
}

/// What was written under each heading.
#[derive(Debug, Clone, Default)]
pub struct Sections {
    /// The heading of each section of [`SECTIONS`], where it stands.
    pub headings: [Option<Heading>; 27],
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
    /// Something below it that could not be read, be it a whole item or a slot of one.
    pub partial: Option<Span>,
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
    pub members: SmallVec<[(usize, Span); 2]>,
    /// Whom it also means but nobody can list: a role in words, affiliates, an unknown name.
    pub doubt: Option<Span>,
    /// Where their affiliates are named with them.
    pub affiliates: Option<Span>,
    /// Where each of them is said to act for itself: `each party`.
    pub each: Option<Span>,
    /// Where they are named.
    pub span: Span,
}

impl PartialEq for Parties {
    fn eq(&self, other: &Self) -> bool {
        let who = |p: &Self| p.members.iter().map(|(party, _)| *party).collect::<Vec<_>>();
        let marks = |p: &Self| (p.doubt.is_some(), p.affiliates.is_some(), p.each.is_some());
        who(self) == who(other) && marks(self) == marks(other)
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
    /// `see "opening lines"`
    pub see: Option<Text>,
    /// `status draft`
    pub status: Option<Text>,
    /// `signed 2026-03-15`
    pub signed: Option<Moment>,
    /// `starts 2026-04-01`
    pub starts: Option<Moment>,
    /// `calendar GB + DE`
    pub calendar: Vec<Text>,
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
                (h.month_ends.clone(), h.year.clone(), h.see.clone(), h.partial.is_some()),
            )
        };
        parts(self) == parts(other)
    }
}

/// The kinds of alliance.
pub const KINDS: [&str; 13] = [
    "strategic",
    "go-to-market",
    "technology",
    "market-development",
    "joint-venture",
    "distribution",
    "co-branding",
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
        self.sections.headings[place_of(section)?]
    }

    /// What may hide further items of a section: something unreadable below its heading, or an
    /// unknown heading where the section is absent.
    pub fn doubt(&self, section: &str) -> Option<Span> {
        match self.heading(section) {
            Some(heading) => heading.doubt,
            None => self.sections.unknown,
        }
    }

    /// Remembers that an item of a section may be anything.
    pub(super) fn doubt_section(&mut self, section: &str, at: Span) {
        if let Some(Some(heading)) =
            place_of(section).map(|index| &mut self.sections.headings[index])
        {
            heading.doubt = heading.doubt.or(Some(at));
        }
    }

    /// Takes a day for an event: the start, the signing, a clock, the exit, or quoted words. Whether
    /// the agreement speaks of it.
    pub fn give(&mut self, event: &str, day: Date) -> bool {
        let on = |at: Span| Some(Spanned::new(MomentKind::Day(day), at));
        let id = event.strip_prefix("dates/").unwrap_or(event);
        let header = self.header.span;
        if let Some(clock) = self.clocks.iter_mut().find(|clock| clock.tag.id.node == id) {
            clock.on = on(clock.tag.id.span);
        } else if matches!(id, "start" | "signing") {
            let place =
                if id == "start" { &mut self.header.starts } else { &mut self.header.signed };
            *place = on(place.as_ref().map_or(header, |place| place.span));
        } else if id == "exit" || self.passages.iter().any(|passage| passage.text.node == event) {
            self.days.push((id.into(), day));
        } else {
            return false;
        }
        true
    }

    /// The day that was given for an event.
    pub fn day_of(&self, event: &str) -> Option<Date> {
        self.days.iter().find(|(name, _)| name == event).map(|(_, day)| *day)
    }

    /// The party with that name, by its place in [`Agreement::parties`].
    pub fn party(&self, name: &str) -> Option<usize> {
        self.parties.iter().position(|party| party.tag.id.node == name)
    }
}
