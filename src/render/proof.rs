//! What is proved of the tables of shares of an agreement: what each column can be, whether the
//! table is complete and free of conflict, and each flaw as one deal and all such deals in words.

use std::fmt;

use crate::analysis::{TableFlaw, TableProof};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::Source;

use super::run::many;

/// An agreement and the proofs of its tables.
#[derive(Debug, Clone, Copy)]
pub struct ProofPage<'a> {
    /// The text.
    pub source: &'a Source,
    /// What reading it told.
    pub diagnostics: &'a [Diagnostic],
    /// Its tables.
    pub tables: &'a [TableProof],
}

/// What a table came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Complete and free of conflict.
    Proved,
    /// Something is certainly wrong.
    Flawed,
    /// Nothing is certainly wrong, and something is open.
    Undetermined,
}

impl Verdict {
    /// Of a table.
    pub fn of(table: &TableProof) -> Self {
        if table.flaws.iter().any(|flaw| severity(flaw) == Severity::Error) {
            Self::Flawed
        } else if !table.doubts.is_empty() || table.rows == 0 {
            Self::Undetermined
        } else {
            Self::Proved
        }
    }

    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Flawed => "flawed",
            Self::Undetermined => "undetermined",
        }
    }
}

/// What several agreements came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proofs {
    /// Agreements read.
    pub files: usize,
    /// Files that could not be read.
    pub failed: usize,
    /// Agreements without a table.
    pub without: usize,
    /// Tables by what they came to.
    pub proved: usize,
    /// Tables with a flaw.
    pub flawed: usize,
    /// Tables that could not be decided.
    pub undetermined: usize,
}

impl Proofs {
    /// Whether there was a table, and each is proved.
    pub const fn all_proved(&self) -> bool {
        self.proved > 0 && self.flawed == 0 && self.undetermined == 0
    }

    /// Adds what another file came to.
    pub const fn merge(&mut self, other: &Self) {
        self.files += other.files;
        self.failed += other.failed;
        self.without += other.without;
        self.proved += other.proved;
        self.flawed += other.flawed;
        self.undetermined += other.undetermined;
    }

    /// Adds a table.
    pub fn add(&mut self, table: &TableProof) {
        match Verdict::of(table) {
            Verdict::Proved => self.proved += 1,
            Verdict::Flawed => self.flawed += 1,
            Verdict::Undetermined => self.undetermined += 1,
        }
    }
}

impl fmt::Display for Proofs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tables = self.proved + self.flawed + self.undetermined;
        write!(f, "{}", many(self.files, "file"))?;
        if self.failed > 0 {
            write!(f, " and {} not read", self.failed)?;
        }
        if self.without > 0 {
            write!(f, ", {} without a table", self.without)?;
        }
        let (proved, flawed, open) = (self.proved, self.flawed, self.undetermined);
        write!(
            f,
            ", {}: {proved} proved, {flawed} with flaws, {open} undetermined",
            many(tables, "table")
        )
    }
}

/// How much a flaw matters: that the row for the rest takes deals is what it is for.
pub(super) fn severity(flaw: &TableFlaw) -> Severity {
    if flaw.kind == "swallowed" { Severity::Advice } else { Severity::Error }
}

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
