//! Every item that may state a time or a condition, whatever its section.

use crate::agreement::{Agreement, Tag, Terms};

/// An item: its id, and what it states besides its head.
pub type Item<'a> = (&'a Tag, &'a Terms);

macro_rules! items {
    ($($list:expr),*) => {{
        let mut all: Vec<Item<'_>> = Vec::new();
        $(all.extend($list.iter().map(|it| (&it.tag, &*it.terms)));)*
        all
    }};
}

/// The items of an agreement, section by section.
pub fn all(agreement: &Agreement) -> Vec<Item<'_>> {
    let it = agreement;
    items!(
        it.scope,
        it.clocks,
        it.term.initial,
        it.term.renewals,
        it.commitments,
        it.payments,
        it.figures,
        it.metrics,
        it.governance.bodies,
        it.governance.decisions,
        it.ip.assets,
        it.ip.licences,
        it.attribution.tables,
        it.grants,
        it.first_rights,
        it.audits,
        it.restrictions,
        it.customers,
        it.enablement,
        it.notices,
        it.exit.rights,
        it.exit.handover,
        it.exit.continued,
        it.liability.claims,
        it.confidentiality,
        it.assignment,
        it.amendment
    )
}
