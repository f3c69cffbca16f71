//! What is proved of the tables of shares of an agreement: what each column can be, whether the
//! table is complete and free of conflict, and each flaw as one deal and all such deals in words.

use std::fmt;

use crate::analysis::{TableFlaw, TableProof};
use crate::diagnostic::{Diagnostic, Severity};
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
