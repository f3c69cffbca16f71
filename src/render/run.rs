//! What a whole run came to: which rules had anything to judge, and the counts of all files.

use std::collections::BTreeMap;
use std::fmt;

use crate::check::{Outcome, RuleOutcome};

use super::page::Counts;

/// The facts of a run.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// Counts over all files.
    pub counts: Counts,
    /// Files that could not be checked.
    pub failed: usize,
    rules: BTreeMap<String, bool>,
}

impl Run {
    /// Notes a rule that is loaded.
    pub fn load(&mut self, rule: &str) {
        if !self.rules.contains_key(rule) {
            self.rules.insert(rule.to_owned(), false);
        }
    }

    /// Notes which rules had something to judge.
    pub fn apply(&mut self, outcomes: &[RuleOutcome]) {
        let applied = outcomes.iter().filter(|each| each.outcome != Outcome::NotApplicable);
        for outcome in applied {
            match self.rules.get_mut(&outcome.rule) {
                Some(applied) => *applied = true,
                None => drop(self.rules.insert(outcome.rule.clone(), true)),
            }
        }
    }

    /// The rules that were loaded, by name.
    pub fn loaded(&self) -> impl Iterator<Item = &str> {
        self.rules.keys().map(String::as_str)
    }

    /// The rules that had something to judge, by name.
    pub fn applied(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().filter(|(_, applied)| **applied).map(|(rule, _)| rule.as_str())
    }

    /// The rules that never had anything to judge, by name.
    pub fn never_applied(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().filter(|(_, applied)| !**applied).map(|(rule, _)| rule.as_str())
    }
}

/// The line that always ends a report for people.
impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = &self.counts;
        write!(f, "{}", many(counts.files, "file"))?;
        if self.failed > 0 {
            write!(f, " and {} not checked", self.failed)?;
        }
        let applied = self.applied().count();
        write!(f, ", {}: {applied} applied, ", many(self.rules.len(), "rule"))?;
        write!(f, "{} never applied; ", self.rules.len() - applied)?;
        write!(f, "{}, {}", many(counts.errors, "error"), many(counts.warnings, "warning"))?;
        if counts.advice > 0 {
            write!(f, ", {} advice", counts.advice)?;
        }
        if counts.approvals > 0 {
            write!(f, " ({} can be approved)", counts.approvals)?;
        }
        write!(f, ", {} undetermined", counts.undetermined)?;
        if counts.folded > 0 {
            write!(f, " ({} more follow from an error above)", counts.folded)?;
        }
        write!(f, ", {} waived", counts.waived)
    }
}

/// A number and what it counts, in the plural where it is not one.
pub fn many(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
