//! The flaws of a table and what of it is open, as findings, and its verdict in words.

use crate::analysis::{TableFlaw, TableProof};
use crate::diagnostic::{Diagnostic, Label};

#[cfg(feature = "human")]
use super::proof::Verdict;
use super::proof::severity;

/// A flaw as a finding.
pub(super) fn finding(flaw: &TableFlaw) -> Diagnostic {
    let (table, deal) = (&flaw.table, &flaw.deal);
    let row = flaw.row.as_deref().unwrap_or_default();
    let (message, label, other, help) = match flaw.kind {
        "gap" => (
            format!("no row of `{table}` fits this deal: {deal}"),
            "has no row for it",
            "",
            "add a row for it, or a last row for the rest, with `else` for its name",
        ),
        "overlap" => (
            format!("two rows of `{table}` fit this deal and share it differently: {deal}"),
            "takes it",
            "takes it as well",
            "narrow one of the rows, or let the first that fits decide: match first",
        ),
        "shadowed" => (
            format!(
                "row `{row}` of `{table}` decides no deal, because earlier rows decide them all"
            ),
            "comes too late",
            "takes its deals",
            "move it above the row that takes its deals, or take it out",
        ),
        "swallowed" => (
            format!("`{row}` of `{table}` decides this deal, which no other row names: {deal}"),
            "takes it",
            "",
            "add a row of its own, if the rest was not meant for it",
        ),
        "never" => (
            format!("row `{row}` of `{table}` can never apply: {}", flaw.region),
            "takes no deal",
            "because of this",
            "correct its bounds or its days, or take it out",
        ),
        _ => (
            format!(
                "the shares of row `{row}` of `{table}` do not make the whole: {}",
                flaw.region
            ),
            "is not the whole",
            "",
            "let the shares make 100%; 0% where a side gets nothing, 1/3 where thirds are meant",
        ),
    };
    let at = flaw.rows.first().copied().unwrap_or_default();
    let mut told = Diagnostic::error(format!("table/{}", flaw.kind), message, at).label(label);
    told.severity = severity(flaw);
    let others = flaw.rows.iter().skip(1);
    told.secondary = others.map(|span| Label { span: *span, text: other.to_owned() }).collect();
    told.help(help)
}

#[cfg(feature = "human")]
/// All deals that a flaw is about, where that says more than its message.
pub(super) fn deals(flaw: &TableFlaw) -> Option<&str> {
    let said = matches!(flaw.kind, "never" | "shares") || flaw.region == flaw.deal;
    (!said).then_some(&*flaw.region)
}

/// What is open, as findings.
pub(super) fn open(table: &TableProof) -> Vec<Diagnostic> {
    let told = |at, why: &str| {
        let message = format!("`{}` is not proved: {why}", table.table);
        Diagnostic::error("table/undetermined", message, at)
    };
    if table.rows == 0 && table.doubts.is_empty() {
        let help = "put rows below it, such as: | r1 | Kestrel | 60% | 40% |";
        return vec![told(table.at, "it has no rows").help(help)];
    }
    table.doubts.iter().map(|doubt| told(doubt.at, &doubt.why)).collect()
}

#[cfg(feature = "human")]
/// What a table came to, in a line.
pub(super) fn verdict(table: &TableProof) -> String {
    let count = |kind: &str| table.flaws.iter().filter(|flaw| flaw.kind == kind).count();
    let mut parts = Vec::new();
    for (kind, one, several) in [
        ("gap", "gap", "gaps"),
        ("overlap", "overlap", "overlaps"),
        ("shadowed", "row that decides nothing", "rows that decide nothing"),
        ("never", "row that can never apply", "rows that can never apply"),
        ("shares", "row that is not the whole", "rows that are not the whole"),
    ] {
        match count(kind) {
            0 => {}
            1 => parts.push(format!("1 {one}")),
            many => parts.push(format!("{many} {several}")),
        }
    }
    match Verdict::of(table) {
        Verdict::Proved if count("swallowed") > 0 => {
            "proved complete and free of conflict; the row for the rest takes deals nobody names"
                .into()
        }
        Verdict::Proved => "proved complete and free of conflict".to_owned(),
        Verdict::Undetermined => "not proved".to_owned(),
        Verdict::Flawed if table.doubts.is_empty() => parts.join(", "),
        Verdict::Flawed => format!("{}, and not all of it is decided", parts.join(", ")),
    }
}
