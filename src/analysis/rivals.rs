//! One miss, two consequences: what a missed commitment ends in one item and opens in another.

use std::collections::HashMap;

use crate::agreement::{Agreement, Asked, Right, Tag, Terms};
use crate::source::Span;

/// Two items that answer the same miss, and nothing says which comes first.
#[derive(Debug, Clone, PartialEq)]
pub struct Rival {
    /// The commitments that are missed, as the two items name them.
    pub missed: Vec<String>,
    /// What falls away: `exclusivity/distribution`.
    pub lapses: String,
    /// What is opened: `exit/benchmarks`.
    pub opens: String,
    /// The conditions of both items.
    pub places: [Span; 2],
}

/// What a miss ends or changes: the item, and the condition that says so.
struct Lapse<'a> {
    path: String,
    missed: Vec<&'a str>,
    at: Span,
}

/// Every right to leave that a miss opens which ends something else too: one pair for each right,
/// with the first thing that ends.
pub(super) fn find(agreement: &Agreement) -> Vec<Rival> {
    let lapses = lapses(agreement);
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (index, lapse) in lapses.iter().enumerate() {
        for id in &lapse.missed {
            first.entry(id).or_insert(index);
        }
    }
    let pair = |right: &Right| {
        // A right that opens only on the second miss leaves the first to the other item.
        let once: Vec<_> = right.asks.iter().filter(|asked| !asked.repeated).cloned().collect();
        let opened = missed(&once);
        let lapse = &lapses[opened.iter().find_map(|id| first.get(id)).copied()?];
        let shared = opened.iter().filter(|id| lapse.missed.contains(id));
        Some(Rival {
            missed: shared.map(|id| (*id).to_owned()).collect(),
            lapses: lapse.path.clone(),
            opens: path(&right.tag),
            places: [once.first()?.item.span, lapse.at],
        })
    };
    agreement.exit.rights.iter().filter_map(pair).collect()
}

fn lapses(agreement: &Agreement) -> Vec<Lapse<'_>> {
    let grants = agreement.grants.iter().map(|it| (&it.tag, &it.terms));
    let licences = agreement.ip.licences.iter().map(|it| (&it.tag, &it.terms));
    let rights = agreement.first_rights.iter().map(|it| (&it.tag, &it.terms));
    let conditional = grants.chain(licences).chain(rights).flat_map(|(tag, terms)| {
        let conditions = terms.conditions.iter();
        conditions.map(move |c| Lapse { path: path(tag), missed: missed(&c.asks), at: c.text.span })
    });
    // `if missed, exclusivity/media lapses`, where the miss opens a right to leave elsewhere.
    let stated = agreement.commitments.iter().flat_map(|it| stated(&it.tag, &it.terms));
    conditional.chain(stated).filter(|lapse| !lapse.missed.is_empty()).collect()
}

fn stated<'a>(tag: &'a Tag, terms: &'a Terms) -> impl Iterator<Item = Lapse<'a>> {
    let steps = terms.if_missed().filter(|step| matches!(step.does.node, "lapse" | "change"));
    steps.map(|step| Lapse {
        path: step.item.as_ref().map_or_else(|| path(tag), |item| item.node.to_string()),
        missed: vec![&tag.id.node],
        at: step.text.span,
    })
}

/// The commitments whose miss a condition asks about, or on whose being met it depends.
fn missed(asks: &[Asked]) -> Vec<&str> {
    let miss = |asked: &&Asked| {
        asked.state.as_ref().is_some_and(|state| matches!(&**state, "missed" | "met"))
    };
    let id = |asked: &'_ Asked| asked.item.node.rfind('/').map_or(0, |at| at + 1);
    asks.iter().filter(miss).map(|asked| &asked.item.node[id(asked)..]).collect()
}

fn path(tag: &Tag) -> String {
    format!("{}/{}", tag.section, tag.id.node)
}
