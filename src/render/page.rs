//! One agreement and everything that was said of it, in the order it is shown.

use crate::check::{Finding, Outcome, Report};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;

/// One agreement and what was found in it.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The text.
    pub source: &'a Source,
    /// What reading it told.
    pub diagnostics: &'a [Diagnostic],
    /// What the rules told.
    pub report: &'a Report,
}

/// How the text of a source lies in its file.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The configuration that was in force, if any.
    pub config: Option<&'a str>,
    /// How many bytes stand before the text: a byte order mark has 3.
    pub skipped: u32,
}

/// One thing to show.
#[derive(Debug, Clone, Copy)]
pub enum Entry<'a> {
    /// From reading the text.
    Read(&'a Diagnostic),
    /// From a rule.
    Ruled(&'a Finding),
}

impl<'a> Entry<'a> {
    /// The words and places.
    pub fn diagnostic(self) -> &'a Diagnostic {
        match self {
            Self::Read(diagnostic) => diagnostic,
            Self::Ruled(finding) => &finding.diagnostic,
        }
    }

    /// Whether a waiver covers it or a baseline knows it.
    pub fn is_accepted(self) -> bool {
        matches!(self, Self::Ruled(finding) if finding.is_accepted())
    }
}

impl<'a> Page<'a> {
    /// Everything found, by place and then by code.
    pub fn entries(&self) -> Vec<Entry<'a>> {
        let read = self.diagnostics.iter().map(Entry::Read);
        let ruled = self.report.findings.iter().map(Entry::Ruled);
        let mut entries: Vec<_> = read.chain(ruled).collect();
        entries.sort_by(|left, right| {
            let (left, right) = (left.diagnostic(), right.diagnostic());
            left.primary
                .span
                .start
                .cmp(&right.primary.span.start)
                .then_with(|| left.code.cmp(&right.code))
        });
        entries
    }

    /// How many of each.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { files: 1, folded: self.report.folded, ..Counts::default() };
        for entry in self.entries() {
            counts.add(entry);
        }
        counts
    }
}

/// How many of each were found. A finding that cannot be decided is counted as undetermined only,
/// a waived one as waived only, one that a baseline knows as known only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(
    feature = "json",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Counts {
    /// Agreements checked.
    pub files: usize,
    /// Errors, those that somebody may approve included.
    pub errors: usize,
    /// Warnings, those that somebody may approve included.
    pub warnings: usize,
    /// Advice.
    pub advice: usize,
    /// Of the errors, warnings and advice, those that somebody may approve.
    pub approvals: usize,
    /// What the agreement does not say enough to decide.
    pub undetermined: usize,
    /// What a waiver covers.
    pub waived: usize,
    /// What a baseline knows, and no waiver covers.
    pub known: usize,
    /// Undetermined answers that follow from an error already told at the same place.
    pub folded: usize,
    /// The worst severity that nothing covers, undetermined findings included.
    #[cfg_attr(feature = "json", serde(skip))]
    pub worst: Option<Severity>,
}

impl Counts {
    /// Adds what another file came to.
    pub fn merge(&mut self, other: &Self) {
        self.files += other.files;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.advice += other.advice;
        self.approvals += other.approvals;
        self.undetermined += other.undetermined;
        self.waived += other.waived;
        self.known += other.known;
        self.folded += other.folded;
        self.worst = self.worst.max(other.worst);
    }

    fn add(&mut self, entry: Entry<'_>) {
        if let Entry::Ruled(finding) = entry
            && finding.is_accepted()
        {
            let waived = finding.waived.is_some();
            *(if waived { &mut self.waived } else { &mut self.known }) += 1;
            return;
        }
        let severity = entry.diagnostic().severity;
        self.worst = self.worst.max(Some(severity));
        let outcome = match entry {
            Entry::Read(_) => Outcome::Fail,
            Entry::Ruled(finding) => finding.outcome,
        };
        if outcome == Outcome::Undetermined {
            self.undetermined += 1;
            return;
        }
        self.approvals += usize::from(outcome == Outcome::Approval);
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Advice => self.advice += 1,
        }
    }
}
