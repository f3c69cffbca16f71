//! From parts of the model to facts: records, their anchors, and the accessors' small helpers.

use std::borrow::Cow;

use crate::agreement::{self, Agreement, Leaf, OpenPlace, Passage, Person, Tag, Text};
use crate::analysis::{
    Backward, BandFlaw, Chain, Derived, NamedCalendar, Outside, Rival, Rounded, TableFlaw,
    TimedItem, Window,
};
use crate::source::Span;
use crate::value::{Date, Given, Str};

/// What facts are read from: an agreement, what follows from it, and the inputs of the check.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The agreement.
    pub agreement: &'a Agreement,
    /// What follows from it.
    pub derived: &'a Derived<'a>,
    /// The day the check looks from, where one was given.
    pub as_of: Option<Date>,
    /// The name of our own party, where one was given.
    pub us: Option<&'a str>,
}

/// The place a record stands at, by name and by bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor<'a> {
    /// The section; `header` for the agreement itself.
    pub section: &'static str,
    /// The item's id, where it is one.
    pub item: Option<&'a str>,
    /// What to show: the id, the heading, the first line.
    pub span: Span,
    /// Where something missing would be inserted.
    pub insert_at: u32,
}

impl Anchor<'_> {
    /// `section/item`, `section`, or `header`.
    pub fn path(&self) -> String {
        self.item.map_or_else(|| self.section.to_owned(), |item| format!("{}/{item}", self.section))
    }
}

macro_rules! records {
    ($($variant:ident $type:ty, $kind:ident;)*) => {
        /// A part of an agreement that answers facts.
        #[derive(Debug, Clone, Copy)]
        #[expect(missing_docs, reason = "each is documented by its record type")]
        pub enum Record<'a> { $($variant(&'a $type),)* }

        impl<'a> Record<'a> {
            /// Its type, with the facts it answers.
            pub fn kind(self) -> &'static super::RecordType {
                match self { $(Self::$variant(_) => &super::kinds::$kind,)* }
            }

            /// Whether both are the same part of the same agreement.
            pub fn same(self, other: Self) -> bool {
                match (self, other) {
                    (Self::Person(a), Self::Person(b)) if a.name == b.name => true,
                    $((Self::$variant(a), Self::$variant(b)) => std::ptr::eq(a, b),)*
                    _ => false,
                }
            }
        }
    };
}

records! {
    Agreement Agreement, AGREEMENT_RECORD;
    Calendar NamedCalendar, CALENDAR;
    Clock agreement::Clock, CLOCK;
    Party agreement::Party, PARTY;
    Benefit agreement::Benefit, BENEFIT;
    Person Person, PERSON;
    Rationale Agreement, RATIONALE;
    Answer agreement::Answer, ANSWER;
    Area agreement::Area, AREA;
    Term Agreement, TERM;
    Renewal agreement::Renewal, RENEWAL;
    Commitment agreement::Commitment, COMMITMENT;
    Step agreement::Step, STEP;
    Payment agreement::Payment, PAYMENT;
    Metric agreement::Metric, METRIC;
    Baseline agreement::Point, BASELINE;
    Target agreement::Point, TARGET;
    Source Text, SOURCE;
    Measure agreement::Measure, MEASURE;
    Governance Agreement, GOVERNANCE;
    Body agreement::Body, BODY;
    Seat agreement::Seat, SEAT;
    Power agreement::Power, POWER;
    Next agreement::Next, NEXT;
    Meeting agreement::Body, MEETING;
    Ip Agreement, IP;
    Asset agreement::Asset, ASSET;
    Owner agreement::Owner, OWNER;
    Licence agreement::Licence, LICENCE;
    Attribution Agreement, ATTRIBUTION;
    Row agreement::AttributionRow, ROW;
    Share agreement::Share, SHARE;
    ShareTable agreement::AttributionTable, SHARE_TABLE;
    ShareLimit agreement::ShareLimit, SHARE_LIMIT;
    Exclusivity Agreement, EXCLUSIVITY;
    Grant agreement::Grant, GRANT;
    Rights Agreement, RIGHTS;
    FirstRight agreement::FirstRight, FIRST_RIGHT;
    Audit agreement::Audit, AUDIT;
    Restriction agreement::Restriction, RESTRICTION;
    Segment agreement::Segment, SEGMENT;
    Notice agreement::Notice, NOTICE;
    Exit Agreement, EXIT;
    Right agreement::Right, RIGHT;
    Handover agreement::Handover, HANDOVER;
    Liability Agreement, LIABILITY;
    Cap agreement::Cap, CAP;
    Duty agreement::Duty, DUTY;
    ClaimLimit agreement::ClaimLimit, CLAIM_LIMIT;
    Forum agreement::Forum, FORUM;
    Enablement agreement::Enablement, ENABLEMENT;
    PaymentRule agreement::PaymentRule, PAYMENT_RULE;
    Receipt agreement::Receipt, RECEIPT;
    Assignment agreement::Assignment, ASSIGNMENT;
    Disputes Agreement, DISPUTES;
    Amendment Agreement, AMENDMENT;
    Clause agreement::Clause, CLAUSE;
    Schedule agreement::Schedule, SCHEDULE;
    Definition agreement::Definition, DEFINITION;
    Waiver agreement::Waiver, WAIVER;
    Timeline Agreement, TIMELINE;
    Window Window, WINDOW;
    Outside Outside, OUTSIDE;
    Backward Backward, BACKWARD;
    Chain Chain, CHAIN;
    Rounded Rounded, ROUNDED;
    TimedItem TimedItem, TIMED_ITEM;
    Time agreement::Time, TIME;
    Sum agreement::Sum, SUM;
    BandFlaw BandFlaw, BAND_FLAW;
    TableFlaw TableFlaw, TABLE_FLAW;
    Rival Rival, RIVAL;
    Hole OpenPlace, HOLE;
    Passage Passage, PASSAGE;
}

impl<'a> Record<'a> {
    /// Where it stands, to point at what it does not say.
    pub fn anchor(self) -> Anchor<'a> {
        match self {
            Self::Agreement(agreement) | Self::Timeline(agreement) => header(agreement),
            Self::Rationale(agreement) => section(agreement, "rationale"),
            Self::Term(agreement) => section(agreement, "term"),
            Self::Governance(agreement) => section(agreement, "governance"),
            Self::Ip(agreement) => section(agreement, "ip"),
            Self::Attribution(agreement) => section(agreement, "attribution"),
            Self::Exclusivity(agreement) => section(agreement, "exclusivity"),
            Self::Rights(agreement) => section(agreement, "rights"),
            Self::Exit(agreement) => section(agreement, "exit"),
            Self::Liability(agreement) => section(agreement, "liability"),
            Self::Disputes(agreement) => section(agreement, "disputes"),
            Self::Amendment(agreement) => section(agreement, "amendment"),
            Self::Calendar(calendar) => part("header", None, calendar.name.span),
            Self::Person(person) => part("parties", None, person.name.span),
            Self::Source(text) => part("metrics", None, text.span),
            Self::Seat(seat) => part("governance", None, seat.span.0),
            Self::Power(power) => part("governance", None, power.what.span),
            Self::Benefit(benefit) => within(&benefit.tag, benefit.text.span),
            Self::Step(step) => within(&step.tag, step.text.span),
            Self::Baseline(point) | Self::Target(point) => within(&point.tag, point.span.0),
            Self::Next(next) => within(&next.tag, next.to.span),
            Self::Owner(owner) => within(&owner.tag, owner.span.0),
            Self::Share(share) => within(&share.tag, share.span.0),
            Self::Handover(handover) => within(&handover.tag, handover.span.0),
            Self::ShareLimit(limit) => within(&limit.tag, limit.span.0),
            Self::Row(row) => Anchor {
                section: "attribution",
                item: Some(&row.id.node),
                span: row.id.span,
                insert_at: row.span.0.end,
            },
            Self::Window(window) => part(window.section, Some(&window.item), window.span),
            Self::BandFlaw(flaw) => part(flaw.section, Some(&flaw.item), first(&flaw.places)),
            Self::TableFlaw(flaw) => {
                let item = flaw.row.as_ref().unwrap_or(&flaw.table);
                part("attribution", Some(item), first(&flaw.places))
            }
            Self::Outside(found) => part(found.section, Some(&found.item), first(&found.places)),
            Self::Backward(found) => part(found.section, Some(&found.item), first(&found.places)),
            Self::Chain(found) => part(found.section, Some(&found.item), found.total.span),
            Self::Rounded(found) => part(found.section, Some(&found.item), first(&found.places)),
            Self::TimedItem(item) => part(item.section, Some(&item.item.node), item.item.span),
            Self::Time(time) => part(time.section, Some(&time.item.node), time.length.span),
            Self::Sum(sum) => part(sum.section, Some(&sum.item.node), sum.currency.span),
            Self::Rival(rival) => part("exit", rival.opens.strip_prefix("exit/"), rival.places[0]),
            Self::Hole(hole) => part(hole.section, Some(&hole.item), hole.hole.span),
            Self::Passage(passage) => part(passage.section, Some(&passage.item), passage.text.span),
            item => item
                .tag()
                .map_or(part("header", None, Span::default()), |tag| within(tag, tag.id.span)),
        }
    }

    /// The item it was read from, where it is one whole item.
    fn tag(self) -> Option<&'a Tag> {
        Some(match self {
            Self::Clock(x) => &x.tag,
            Self::Party(x) => &x.tag,
            Self::Answer(x) => &x.tag,
            Self::Area(x) => &x.tag,
            Self::Renewal(x) => &x.tag,
            Self::Commitment(x) => &x.tag,
            Self::Payment(x) => &x.tag,
            Self::Metric(x) => &x.tag,
            Self::Measure(x) => &x.tag,
            Self::Body(x) | Self::Meeting(x) => &x.tag,
            Self::ShareTable(x) => &x.tag,
            Self::Asset(x) => &x.tag,
            Self::Licence(x) => &x.tag,
            Self::Grant(x) => &x.tag,
            Self::FirstRight(x) => &x.tag,
            Self::Audit(x) => &x.tag,
            Self::Restriction(x) => &x.tag,
            Self::Segment(x) => &x.tag,
            Self::Notice(x) => &x.tag,
            Self::Right(x) => &x.tag,
            Self::Cap(x) => &x.tag,
            Self::Duty(x) => &x.tag,
            Self::ClaimLimit(x) => &x.tag,
            Self::Forum(x) => &x.step.tag,
            Self::Enablement(x) => &x.tag,
            Self::PaymentRule(x) => &x.tag,
            Self::Receipt(x) => &x.tag,
            Self::Assignment(x) => &x.tag,
            Self::Clause(x) => &x.tag,
            Self::Schedule(x) => &x.tag,
            Self::Definition(x) => &x.tag,
            Self::Waiver(x) => &x.tag,
            _ => return None,
        })
    }

    /// The points it may state besides its head, where it is an item that has them.
    pub fn terms(self) -> Option<&'a agreement::Terms> {
        Some(match self {
            Self::Party(x) => &x.terms,
            Self::Area(x) => &x.terms,
            Self::Renewal(x) => &x.terms,
            Self::Commitment(x) => &x.terms,
            Self::Payment(x) => &x.terms,
            Self::Metric(x) => &x.terms,
            Self::Measure(x) => &x.terms,
            Self::Body(x) | Self::Meeting(x) => &x.terms,
            Self::Asset(x) => &x.terms,
            Self::Licence(x) => &x.terms,
            Self::Grant(x) => &x.terms,
            Self::FirstRight(x) => &x.terms,
            Self::Audit(x) => &x.terms,
            Self::Restriction(x) => &x.terms,
            Self::Segment(x) => &x.terms,
            Self::Notice(x) => &x.terms,
            Self::Right(x) => &x.terms,
            Self::Handover(x) => &x.terms,
            Self::Cap(x) => &x.terms,
            Self::Duty(x) => &x.terms,
            Self::ClaimLimit(x) => &x.terms,
            Self::Forum(x) => &x.terms,
            Self::Enablement(x) => &x.terms,
            Self::PaymentRule(x) => &x.terms,
            Self::Receipt(x) => &x.terms,
            Self::Assignment(x) => &x.terms,
            Self::Schedule(x) => &x.terms,
            Self::Definition(x) => &x.terms,
            _ => return None,
        })
    }

    /// What could not be read in it: what it does not state is then unknown rather than missing.
    pub fn partial(self) -> Option<Span> {
        match self {
            Self::Agreement(agreement) => agreement.header.partial,
            Self::Rationale(agreement) => agreement.doubt("rationale"),
            Self::Term(agreement) => agreement.doubt("term"),
            Self::Governance(agreement) => agreement.doubt("governance"),
            Self::Attribution(agreement) => agreement.doubt("attribution"),
            Self::Exit(agreement) => agreement.doubt("exit"),
            Self::Disputes(agreement) => agreement.doubt("disputes"),
            Self::Step(step) => step.tag.partial,
            Self::Benefit(benefit) => benefit.tag.partial,
            Self::Row(row) => row.tag.partial,
            Self::ShareLimit(limit) => limit.tag.partial,
            Self::Handover(handover) => handover.tag.partial,
            item => item.tag().and_then(|tag| tag.partial),
        }
    }

    /// How a message prints it.
    pub fn spelled(self) -> Cow<'a, str> {
        let anchor = self.anchor();
        match self {
            Self::Person(person) => Cow::Borrowed(&person.name.node),
            Self::Source(text) => Cow::Borrowed(&text.node),
            Self::Step(step) => Cow::Borrowed(&step.text.node),
            Self::Benefit(benefit) => Cow::Borrowed(&benefit.text.node),
            Self::Passage(passage) => Cow::Borrowed(&passage.text.node),
            Self::Window(window) => Cow::Borrowed(&window.purpose),
            Self::BandFlaw(flaw) => Cow::Borrowed(&flaw.values),
            Self::TableFlaw(flaw) => Cow::Borrowed(&flaw.deal),
            Self::Rival(rival) => Cow::Owned(rival.missed.join(", ")),
            Self::Hole(hole) => Cow::Owned(hole.hole.to_string()),
            Self::Next(next) => Cow::Owned(given(&next.to)),
            Self::Power(power) => Cow::Owned(given(&power.what)),
            Self::Handover(handover) => Cow::Borrowed(&handover.what.node),
            Self::Owner(owner) => match owner.share.as_ref().and_then(|s| s.node.value()) {
                Some(share) => Cow::Owned(format!("{} {share}", owner.text)),
                None => Cow::Borrowed(&owner.text),
            },
            Self::ShareLimit(limit) => Cow::Owned(limit.amount_word()),
            Self::Share(share) => {
                Cow::Owned(match share.share.as_ref().and_then(|s| s.node.value()) {
                    Some(percent) => format!("{} {percent}", share.name),
                    None => format!("{} (not stated)", share.name),
                })
            }
            _ => Cow::Borrowed(anchor.item.unwrap_or(anchor.section)),
        }
    }
}

/// A text or the hole in its place, as written.
fn given(leaf: &Leaf<Str>) -> String {
    match &leaf.node {
        Given::Value(text) => text.to_string(),
        Given::Hole(hole) => hole.to_string(),
        Given::Range(..) | Given::Unreadable => String::new(),
    }
}

/// The first of several places.
fn first(places: &[Span]) -> Span {
    places.first().copied().unwrap_or_default()
}

/// The first line.
fn header<'a>(agreement: &Agreement) -> Anchor<'a> {
    let span = agreement.header();
    Anchor { section: "header", item: None, span, insert_at: span.end }
}

/// A heading, or the first line where the section is absent.
pub(super) fn section<'a>(agreement: &Agreement, name: &'static str) -> Anchor<'a> {
    match agreement.heading(name) {
        Some(heading) => {
            Anchor { section: name, item: None, span: heading.span, insert_at: heading.end }
        }
        None => Anchor { insert_at: agreement.sections.end, ..header(agreement) },
    }
}

/// A place inside an item.
fn within(tag: &Tag, span: Span) -> Anchor<'_> {
    Anchor { section: tag.section, item: Some(&tag.id.node), span, insert_at: tag.span.end }
}

const fn part<'a>(section: &'static str, item: Option<&'a str>, span: Span) -> Anchor<'a> {
    Anchor { section, item, span, insert_at: span.end }
}
