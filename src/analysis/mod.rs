//! Facts derived from one agreement: when things fall, what it carries, what a miss leads to.
//!
//! Nothing here is written by anybody; every derived fact knows the places it follows from.

mod bands;
mod breaches;
mod carried;
mod chains;
mod dates;
mod items;
mod rivals;
mod tables;
mod timeline;
mod uses;
mod windows;

use std::collections::HashMap;

use crate::agreement::{Agreement, Step, Tag, Text};
use crate::source::Span;
use crate::value::{Calendar, Calendars, Conventions, Date};

pub use bands::BandFlaw;
pub use breaches::Breach;
pub use carried::{Carrier, carriers};
pub use chains::{Backward, Chain};
pub use dates::{Dated, Dates, Dating};
pub use items::{Item, all as items};
pub use rivals::Rival;
pub use tables::{
    Answer, Ask, Bound, Column, Decision, Doubt, Grid, GridRow, Side, TableFlaw, TableProof, Unit,
    Values,
};
pub use timeline::{Outside, Rounded};
pub use uses::TimedItem;
pub use windows::Window;

/// A calendar that the first lines name.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedCalendar {
    /// The name, as written.
    pub name: Text,
    /// The first and the last day it covers, where its days are known.
    pub covers: Option<(Date, Date)>,
}

/// What follows from an agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// How it counts its times.
    pub conventions: Conventions,
    /// The calendars it names, in their order.
    pub calendars: Vec<NamedCalendar>,
    /// The start, from the header.
    pub starts: Dated,
    /// The day it was signed.
    pub signed: Dated,
    /// The launch, from `dates`.
    pub launch: Dated,
    /// The last day of the initial term.
    pub term_end: Dated,
    /// The last day that is stated beside the length of the first term.
    pub stated_end: Dated,
    /// The day each clock of `dates` strikes, in their order.
    pub clocks: Vec<Dated>,
    /// From when and until when each commitment runs, in their order.
    pub lives: Vec<(Dated, Dated)>,
    /// From when and until when each grant runs, in their order; the start and the end of the term
    /// where it names no other.
    pub grants: Vec<(Dated, Dated)>,
    /// The misses that end each grant, as their commitments say, in the order of the grants.
    pub lapses: Vec<Vec<Text>>,
    /// When each metric was agreed, its baseline taken, its target due, in their order.
    pub metric_dates: Vec<[Dated; 3]>,
    /// From when on the first table of shares is recorded.
    pub tracked_from: Dated,
    /// By when each meeting is due, in the order of the bodies.
    pub meetings: Vec<Dated>,
    /// In which windows a notice can be given.
    pub windows: Vec<Window>,
    /// The categories of clauses the agreement has, typed or in one line, each with its place.
    pub carried: Vec<(&'static str, Span)>,
    /// Values that tables of bands leave out or cover twice.
    pub band_flaws: Vec<BandFlaw>,
    /// A table of bands that could not be worked out.
    pub bands_doubt: Option<Span>,
    /// What is known of each table of shares, in their order.
    pub tables: Vec<TableProof>,
    /// The lines that break each grant, in the order of the grants.
    pub breaches: Vec<Vec<Breach>>,
    /// Promises for a day outside the term.
    pub outside: Vec<Outside>,
    /// What ends before it begins.
    pub backward: Vec<Backward>,
    /// Steps that follow one another, beside the time that is stated for all of them.
    pub chains: Vec<Chain>,
    /// Days that hang on how month ends are rounded, where nothing says how.
    pub rounded: Vec<Rounded>,
    /// The items that state a length of time, with their times.
    pub timed_items: Vec<TimedItem>,
    /// Whether each definition is used, in their order.
    pub used: Vec<bool>,
    /// Misses that two items answer in two ways.
    pub rivals: Vec<Rival>,
    /// What the agreement attaches to every miss: escalation, cure, exit.
    pub remedies: Vec<Step>,
}

/// Works out what follows from an agreement, by the calendars that come with Pactum.
pub fn derive(agreement: &Agreement) -> Derived {
    derive_by(agreement, Calendars::shipped())
}

/// Works out what follows from an agreement, by these calendars.
pub fn derive_by(agreement: &Agreement, calendars: &Calendars) -> Derived {
    let conventions = dates::conventions(agreement, calendars);
    let dates = Dates::new(agreement, &conventions);
    let known_end = dates.term_end();
    let (dates, term_end) = (dates.ending(&known_end), known_end.clone());
    let date = |moment: Option<&_>| dates.of(moment);
    let launch = agreement.clocks.iter().find(|clock| clock.tag.id.node == "launch");
    let (band_flaws, bands_doubt) = bands::flaws(agreement);
    let grants = grants(agreement, dates, &term_end);
    Derived {
        calendars: named_calendars(agreement, calendars),
        band_flaws,
        bands_doubt,
        tables: tables::prove(dates),
        rivals: rivals::find(agreement),
        starts: date(agreement.header.starts.as_ref()),
        signed: date(agreement.header.signed.as_ref()),
        launch: date(launch.and_then(|clock| clock.on.as_ref())),
        clocks: agreement.clocks.iter().map(|clock| date(clock.on.as_ref())).collect(),
        lives: agreement
            .commitments
            .iter()
            .map(|commitment| {
                (date(commitment.terms.first.as_ref()), date(commitment.terms.last.as_ref()))
            })
            .collect(),
        breaches: breaches::find(agreement, &grants),
        outside: timeline::outside(agreement, dates, &term_end),
        backward: chains::backward(agreement, dates),
        chains: chains::find(agreement),
        rounded: timeline::rounded(agreement, dates, &term_end),
        timed_items: uses::timed(agreement),
        used: uses::definitions(agreement),
        grants,
        lapses: lapses(agreement),
        metric_dates: metric_dates(agreement, dates),
        tracked_from: date(
            agreement
                .attribution
                .tables
                .first()
                .and_then(|table| table.terms.tracked_from.as_ref()),
        ),
        meetings: agreement.governance.bodies.iter().map(|body| date(body.due.as_ref())).collect(),
        windows: windows::find(agreement, dates, &term_end),
        carried: carried::categories(agreement),
        remedies: remedies(agreement),
        stated_end: date(
            agreement.term.initial.as_ref().and_then(|initial| initial.terms.last.as_ref()),
        ),
        term_end,
        conventions,
    }
}

/// The calendars that the first lines name, with the days they cover.
fn named_calendars(agreement: &Agreement, calendars: &Calendars) -> Vec<NamedCalendar> {
    let covers = |name: &Text| calendars.find(&name.node).map(Calendar::covers);
    let names = agreement.header.calendar.iter();
    names.map(|name| NamedCalendar { name: name.clone(), covers: covers(name) }).collect()
}

/// When each metric was agreed, its baseline taken, its target due.
fn metric_dates(agreement: &Agreement, dates: Dates<'_>) -> Vec<[Dated; 3]> {
    let days = |metric: &crate::agreement::Metric| {
        let baseline = metric.baseline.as_ref().and_then(|point| point.on.as_ref());
        let target = metric.target.as_ref().and_then(|point| point.on.as_ref());
        [metric.agreed.as_ref(), baseline, target].map(|moment| dates.of(moment))
    };
    agreement.metrics.iter().map(days).collect()
}

/// From when and until when each grant runs.
fn grants(agreement: &Agreement, dates: Dates<'_>, term_end: &Dated) -> Vec<(Dated, Dated)> {
    let life = |grant: &crate::agreement::Grant| {
        let date = |moment| dates.of(Some(moment));
        let (first, last) = (grant.terms.first.as_ref(), grant.terms.last.as_ref());
        let first = first.map_or_else(|| dates.start(), date);
        (first, last.map_or_else(|| term_end.clone(), date))
    };
    agreement.grants.iter().map(life).collect()
}

/// The misses that end each grant: `if missed, exclusivity/media lapses`.
fn lapses(agreement: &Agreement) -> Vec<Vec<Text>> {
    let mut by_id: HashMap<&str, Vec<Text>> = HashMap::new();
    let steps = agreement.commitments.iter().flat_map(|it| it.terms.if_missed());
    for step in steps.filter(|step| step.does.node == "lapse") {
        let id = step.item.as_ref().and_then(|item| item.node.rsplit('/').next());
        if let Some(id) = id {
            by_id.entry(id).or_default().push(step.text.clone());
        }
    }
    let of = |tag: &Tag| by_id.get(&*tag.id.node).cloned().unwrap_or_default();
    agreement.grants.iter().map(|grant| of(&grant.tag)).collect()
}

/// What any miss leads to, whatever the commitment says: the way up from the bodies, the time to
/// cure, and the right to leave for a breach or a miss.
fn remedies(agreement: &Agreement) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut add =
        |does, text: &crate::agreement::Text, within: Option<&_>, tag: &crate::agreement::Tag| {
            let order = u32::try_from(steps.len()).unwrap_or(u32::MAX).saturating_add(1);
            let does = crate::source::Spanned::new(does, text.span);
            steps.push(Step {
                tag: tag.clone(),
                does,
                text: text.clone(),
                within: within.cloned(),
                item: None,
                keeping: Vec::new(),
                order,
            });
        };
    let ladders = agreement.governance.ladders.iter().flat_map(|ladder| &ladder.stations);
    for next in agreement.governance.bodies.iter().flat_map(|body| &body.next).chain(ladders) {
        if let Some(after) = &next.after {
            let text = crate::source::Spanned::new("escalation".into(), next.to.span);
            add("talk", &text, Some(after), &next.tag);
        }
    }
    for right in &agreement.exit.rights {
        if !matches!(right.class, "breach" | "missed" | "default") {
            continue;
        }
        let text = right.text.clone().unwrap_or_else(|| right.tag.id.clone());
        if let Some(cure) = &right.terms.clocks.cure {
            add("remedy", &text, Some(cure), &right.tag);
        }
        add("exit", &text, right.notice(), &right.tag);
    }
    steps
}
