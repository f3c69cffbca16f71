//! The windows in which a notice can be given.

use super::dates::{Dated, Dates, Dating};
use crate::agreement::{Agreement, Leaf, Parties};
use crate::source::Span;
use crate::value::Period;

/// From when until when a notice can be given.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// What the notice is for.
    pub purpose: String,
    /// Who can give it; everybody where that is not said.
    pub by: Option<Parties>,
    /// The first day.
    pub opens: Dated,
    /// The last day.
    pub closes: Dated,
    /// The notice itself, where one is stated.
    pub notice: Option<Leaf<Period>>,
    /// The section, item and place it follows from.
    pub section: &'static str,
    /// The id of the item.
    pub item: String,
    /// Where the item stands.
    pub span: Span,
}

/// The windows of an agreement: for stopping each renewal, and for leaving not before a date.
/// An agreement without an end has no last day to give notice.
pub(super) fn find(agreement: &Agreement, dates: Dates<'_>, term_end: &Dated) -> Vec<Window> {
    if matches!(term_end.date, Dating::Endless(_) | Dating::Missing) {
        return Vec::new();
    }
    let opens = dates.start();
    // Only the first renewal's notice lies in the initial term.
    let renewals = agreement.term.renewals.iter().take(1).filter_map(|renewal| {
        let notice = renewal.notice.as_ref()?;
        Some(Window {
            purpose: "non-renewal".to_owned(),
            by: renewal.by.clone(),
            opens: opens.clone(),
            closes: dates.moved(term_end, &notice.node, notice.span, true),
            notice: Some(notice.clone()),
            section: "term",
            item: renewal.tag.id.node.to_string(),
            span: renewal.tag.id.span,
        })
    });
    let gated = agreement.exit.rights.iter().filter_map(|right| {
        let gate = right.terms.more.gate.as_ref().filter(|_| right.class == "convenience")?;
        Some(Window {
            purpose: format!("leaving by `{}`", right.tag.id.node),
            by: Some(right.by.clone()),
            opens: dates.of(Some(gate)),
            closes: term_end.clone(),
            notice: right.notice().cloned(),
            section: "exit",
            item: right.tag.id.node.to_string(),
            span: right.tag.id.span,
        })
    });
    renewals.chain(gated).collect()
}
