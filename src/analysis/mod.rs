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

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use crate::agreement::{Agreement, Step, Tag, Terms, Text};
use crate::source::Span;
use crate::syntax::ast::Moment;
use crate::value::{Calendar, Calendars, Conventions, Date, Str};

pub use bands::BandFlaw;
pub use breaches::Breach;
pub use carried::{Carrier, carriers};
pub use chains::{Backward, Chain};
pub use dates::{Dated, Dates, Dating, Places};
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

macro_rules! derived {
    ($($(#[$doc:meta])* $vis:vis $name:ident: $type:ty = $work:expr;)*) => {
        /// What follows from an agreement, each thing worked out when it is first asked for: most
        /// rules ask for little.
        #[derive(Debug, Clone)]
        pub struct Derived<'a> {
            agreement: &'a Agreement,
            conventions: Conventions,
            calendars: Vec<NamedCalendar>,
            $($name: OnceLock<$type>,)*
        }

        impl<'a> Derived<'a> {
            fn new(agreement: &'a Agreement, calendars: &Calendars) -> Self {
                Self {
                    agreement,
                    conventions: dates::conventions(agreement, calendars),
                    calendars: named_calendars(agreement, calendars),
                    $($name: OnceLock::new(),)*
                }
            }

            $($(#[$doc])* $vis fn $name(&self) -> &$type {
                let work: fn(&Self) -> $type = $work;
                self.$name.get_or_init(|| work(self))
            })*
        }
    };
}

derived! {
    /// The start, from the header.
    pub starts: Dated = |it| it.date(it.agreement.header.starts.as_ref());
    /// The day it was signed.
    pub signed: Dated = |it| it.date(it.agreement.header.signed.as_ref());
    /// The launch, from `dates`.
    pub launch: Dated = |it| {
        let launch = it.agreement.clocks.iter().find(|clock| clock.tag.id.node == "launch");
        it.date(launch.and_then(|clock| clock.on.as_ref()))
    };
    /// The last day of the initial term.
    pub term_end: Dated = |it| Dates::new(it.agreement, &it.conventions).term_end();
    /// The last day that is stated beside the length of the first term.
    pub stated_end: Dated = |it| {
        let initial = it.agreement.term.initial.as_ref();
        it.date(initial.and_then(|initial| initial.terms.last.as_ref()))
    };
    /// The day each clock of `dates` strikes, in their order.
    pub clocks: Vec<Dated> =
        |it| it.agreement.clocks.iter().map(|clock| it.date(clock.on.as_ref())).collect();
    /// From when and until when each commitment runs, in their order.
    pub lives: Vec<(Dated, Dated)> = |it| {
        let life = |terms: &Terms| (it.date(terms.first.as_ref()), it.date(terms.last.as_ref()));
        it.agreement.commitments.iter().map(|commitment| life(&commitment.terms)).collect()
    };
    /// From when and until when each grant runs, in their order; the start and the end of the term
    /// where it names no other.
    pub grants: Vec<(Dated, Dated)> = grants;
    /// The misses that end each grant, as their commitments say, in the order of the grants.
    pub lapses: Vec<Vec<Text>> = |it| lapses(it.agreement);
    /// When each metric was agreed, its baseline taken, its target due, in their order.
    pub metric_dates: Vec<[Dated; 3]> = metric_dates;
    /// From when on the first table of shares is recorded.
    pub tracked_from: Dated = |it| {
        let first = it.agreement.attribution.tables.first();
        it.date(first.and_then(|table| table.terms.more.tracked_from.as_ref()))
    };
    /// By when each meeting is due, in the order of the bodies.
    pub meetings: Vec<Dated> =
        |it| it.agreement.governance.bodies.iter().map(|body| it.date(body.due.as_ref())).collect();
    /// The bodies of the governance by their ids: their places in the list.
    pub bodies: BTreeMap<Str, usize> = |it| {
        let bodies = it.agreement.governance.bodies.iter().enumerate();
        bodies.map(|(place, body)| (body.tag.id.node.clone(), place)).collect()
    };
    /// In which windows a notice can be given.
    pub windows: Vec<Window> = |it| windows::find(it.agreement, it.dates(), it.term_end());
    /// The categories of clauses the agreement has, typed or in one line, each with its place.
    pub carried: Vec<(&'static str, Span)> = |it| carried::categories(it.agreement);
    bands: (Vec<BandFlaw>, Option<Span>) = |it| bands::flaws(it.agreement);
    /// What is known of each table of shares, in their order.
    pub tables: Vec<TableProof> = |it| tables::prove(it.dates());
    /// The lines that break each grant, in the order of the grants.
    pub breaches: Vec<Vec<Breach>> = |it| breaches::find(it.agreement, it.grants());
    /// Promises for a day outside the term.
    pub outside: Vec<Outside> = |it| timeline::outside(it.agreement, it.dates(), it.term_end());
    /// What ends before it begins.
    pub backward: Vec<Backward> = |it| chains::backward(it.agreement, it.dates());
    /// Steps that follow one another, beside the time that is stated for all of them.
    pub chains: Vec<Chain> = |it| chains::find(it.agreement);
    /// Days that hang on how month ends are rounded, where nothing says how.
    pub rounded: Vec<Rounded> = |it| timeline::rounded(it.agreement, it.dates(), it.term_end());
    /// The items that state a length of time, with their times.
    pub timed_items: Vec<TimedItem> = |it| uses::timed(it.agreement);
    /// Whether each definition is used, in their order.
    pub used: Vec<bool> = |it| uses::definitions(it.agreement);
    /// Misses that two items answer in two ways.
    pub rivals: Vec<Rival> = |it| rivals::find(it.agreement);
    /// What the agreement attaches to every miss: escalation, cure, exit.
    pub remedies: Vec<Step> = |it| remedies(it.agreement);
}

impl Derived<'_> {
    /// How it counts its times.
    pub const fn conventions(&self) -> &Conventions {
        &self.conventions
    }

    /// The calendars it names, in their order.
    pub fn calendars(&self) -> &[NamedCalendar] {
        &self.calendars
    }

    /// Values that tables of bands leave out or cover twice.
    pub fn band_flaws(&self) -> &[BandFlaw] {
        &self.bands().0
    }

    /// A table of bands that could not be worked out.
    pub fn bands_doubt(&self) -> Option<Span> {
        self.bands().1
    }

    /// Its dates, with the end of the term at hand.
    pub fn dates(&self) -> Dates<'_> {
        Dates::new(self.agreement, &self.conventions).ending(self.term_end())
    }

    fn date(&self, moment: Option<&Moment>) -> Dated {
        self.dates().of(moment)
    }
}

/// What follows from an agreement, by the calendars that come with Pactum.
pub fn derive(agreement: &Agreement) -> Derived<'_> {
    derive_by(agreement, Calendars::shipped())
}

/// What follows from an agreement, by these calendars.
pub fn derive_by<'a>(agreement: &'a Agreement, calendars: &Calendars) -> Derived<'a> {
    Derived::new(agreement, calendars)
}

/// The calendars that the first lines name, with the days they cover.
fn named_calendars(agreement: &Agreement, calendars: &Calendars) -> Vec<NamedCalendar> {
    let covers = |name: &Text| calendars.find(&name.node).map(Calendar::covers);
    let names = agreement.header.calendar.iter();
    names.map(|name| NamedCalendar { name: name.clone(), covers: covers(name) }).collect()
}

/// When each metric was agreed, its baseline taken, its target due.
fn metric_dates(it: &Derived<'_>) -> Vec<[Dated; 3]> {
    let days = |metric: &crate::agreement::Metric| {
        let baseline = metric.baseline.as_ref().and_then(|point| point.on.as_ref());
        let target = metric.target.as_ref().and_then(|point| point.on.as_ref());
        [metric.agreed.as_ref(), baseline, target].map(|moment| it.date(moment))
    };
    it.agreement.metrics.iter().map(days).collect()
}

/// From when and until when each grant runs.
fn grants(it: &Derived<'_>) -> Vec<(Dated, Dated)> {
    let life = |grant: &crate::agreement::Grant| {
        let date = |moment| it.date(Some(moment));
        let (first, last) = (grant.terms.first.as_ref(), grant.terms.last.as_ref());
        let first = first.map_or_else(|| it.dates().start(), date);
        (first, last.map_or_else(|| it.term_end().clone(), date))
    };
    it.agreement.grants.iter().map(life).collect()
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

#[cfg(test)]
mod tests {
    use crate::source::Source;

    #[test]
    fn of_two_bodies_of_one_name_the_first_is_meant() {
        let body = "governance\n  board: owners meet every month\n";
        let text = format!("parties\n  K: \"K\"\n{body}\n{body}  desk: owners meet every week\n");
        let parsed = crate::parse(&Source::new("a", text));
        // The second is an error, so that no two have one name.
        assert_eq!(parsed.diagnostics.len(), 1);
        assert_eq!(parsed.diagnostics[0].code, "model/duplicate-id");
        let derived = super::derive(&parsed.agreement);
        let places: Vec<_> = derived.bodies().iter().map(|(id, at)| (&**id, *at)).collect();
        assert_eq!(places, [("board", 0), ("desk", 1)]);
    }
}
