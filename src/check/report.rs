//! What a check found: plain data, in the order file, place, rule.

use std::sync::Arc;

use crate::value::Date;

use super::judge::Found;

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// What all rules said of one agreement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The kind of the agreement, where it is stated: parameters may have values of their own for it.
    pub kind: Option<&'static str>,
    /// The findings, by place and then by rule.
    pub findings: Vec<Finding>,
    /// What each loaded rule came to, in the order of the rule set.
    pub outcomes: Vec<RuleOutcome>,
    /// Undetermined answers whose every cause is already told as an error at that place.
    pub folded: usize,
    /// Those answers: a waiver of what is told may not silence them as well.
    pub(super) hidden: Vec<Found>,
}

/// One thing a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Message, places, why and help; its code is the rule's id.
    pub diagnostic: Diagnostic,
    /// Fail, approval or undetermined: a pass is no finding.
    pub outcome: Outcome,
    /// The item it is about, as `section/item`, `section` or `header`; stable across reformatting.
    pub item: String,
    /// Where the values stand that decided it; none where what is missing decided. With the rule and
    /// the item they make its [fingerprint](super::fingerprints).
    pub values: Vec<Span>,
    /// Which requirement of the rule it is about, where it is about one: an index into its
    /// [positions](crate::policy::positions).
    pub requirement: Option<usize>,
    /// Who must approve, where the outcome is an approval.
    pub approver: Option<String>,
    /// What the rule rests on: article titles and the like.
    pub authority: Vec<String>,
    /// Where something missing would be inserted, as a byte offset.
    pub insert_at: Option<u32>,
    /// The waiver that silences it, if one does: it stays in the report and is counted.
    pub waived: Option<Waived>,
    /// Whether it was found before, and recorded: it stays in the report and is counted.
    pub known: bool,
}

/// Why a finding is waived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// The reason given.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
    /// The last day it holds.
    pub until: Date,
    /// Where the waiver stands: a file and a line.
    pub from: String,
}

/// The outcome of a rule for one agreement, or of one finding; worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// There was nothing to judge.
    NotApplicable,
    /// All it asks for holds.
    Pass,
    /// Outside the preferred position, inside one that somebody may approve.
    Approval,
    /// The agreement does not say enough to decide.
    Undetermined,
    /// It does not hold.
    Fail,
}

impl Outcome {
    /// The words people and JSON read.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotApplicable => "not applicable",
            Self::Pass => "pass",
            Self::Approval => "approval",
            Self::Undetermined => "undetermined",
            Self::Fail => "fail",
        }
    }
}

/// What one rule came to for one agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleOutcome {
    /// The rule's id.
    pub rule: Arc<str>,
    /// The worst of its requirements and bindings. `None` where it was not run: it asks for the day
    /// of the check, and none is given.
    pub outcome: Option<Outcome>,
    /// How many things it judged.
    pub judged: usize,
    /// Whether it is for agreements of other kinds only, and so judged nothing.
    pub other_kind: bool,
}

impl Finding {
    /// Whether a waiver covers it or a baseline knows it: it does not make a run fail.
    pub fn is_accepted(&self) -> bool {
        self.known || self.waived.is_some()
    }

    /// Why it does not make a run fail, in the words of a person.
    pub fn accepted(&self) -> Option<String> {
        match &self.waived {
            Some(Waived { reason, approver, until, from }) => {
                Some(format!("waived until {until} by {approver} because {reason} ({from})"))
            }
            None => self.known.then(|| "known from the baseline".to_owned()),
        }
    }
}

impl Report {
    /// Whether nothing was found that no waiver covers and no baseline knows.
    pub fn is_clean(&self) -> bool {
        self.findings.iter().all(Finding::is_accepted)
    }
}
