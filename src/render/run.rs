//! What a whole run came to: which rules had anything to judge, and the counts of all files.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::check::{Outcome, RuleOutcome};
use crate::policy::Profile;
use crate::value::Date;

use super::approvals::Approvals;
use super::page::Counts;

/// The facts of a run.
#[derive(Debug, Clone, Default)]
pub struct Run {
    /// Counts over all files.
    pub counts: Counts,
    /// Files that could not be checked.
    pub failed: usize,
    /// How much was asked, where a profile makes a difference.
    pub profiles: BTreeSet<Profile>,
    /// What waits for whose approval.
    pub approvals: Approvals,
    /// How waivers were read.
    pub waivers: WaiversRead,
    /// What became of each; nothing yet where no file could be checked.
    rules: BTreeMap<String, Option<Use>>,
}

/// How waivers were read.
#[derive(Debug, Clone, Default)]
pub struct WaiversRead {
    /// As of which day, where there was any waiver.
    pub as_of: Option<Date>,
    /// Those in agreements that were left aside as asked.
    pub ignored: usize,
}

/// What became of a rule over all files; the later wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// It is an own rule of a wider profile than is asked.
    LeftOut,
    /// It is for other kinds of agreement than those that were checked.
    OtherKind,
    /// It never had anything to judge.
    NeverApplied,
    /// It asks for the day of the check, and none was given.
    NotRun,
    /// It judged something.
    Applied,
}

impl Use {
    /// What became of a rule in one file.
    pub fn of(told: &RuleOutcome) -> Self {
        match told.outcome {
            None => Self::NotRun,
            Some(_) if told.other_kind => Self::OtherKind,
            Some(Outcome::NotApplicable) => Self::NeverApplied,
            Some(_) => Self::Applied,
        }
    }
}

impl Run {
    /// Notes a rule that is loaded.
    pub fn load(&mut self, rule: &str) {
        self.rules.entry(rule.to_owned()).or_default();
    }

    /// Notes how much is asked, and the own rules that are not asked then: a rule that does not run
    /// must not look like one that holds.
    pub fn ask(&mut self, profile: Profile, left_out: &[String]) {
        self.profiles.insert(profile);
        for rule in left_out {
            self.note(rule, Use::LeftOut);
        }
    }

    /// Notes what became of rules, each by its name.
    pub fn apply<'r>(&mut self, became: impl IntoIterator<Item = (&'r str, Use)>) {
        for (rule, became) in became {
            self.note(rule, became);
        }
    }

    /// The rules that were loaded, by name.
    pub fn loaded(&self) -> impl Iterator<Item = &str> {
        let loaded = self.rules.iter().filter(|(_, became)| **became != Some(Use::LeftOut));
        loaded.map(|(rule, _)| rule.as_str())
    }

    /// The rules of which that became, by name. One that no file was there for never applied.
    pub fn that(&self, became: Use) -> impl Iterator<Item = &str> {
        let rules = self.rules.iter();
        let rules = rules.filter(move |(_, each)| each.unwrap_or(Use::NeverApplied) == became);
        rules.map(|(rule, _)| rule.as_str())
    }

    fn note(&mut self, rule: &str, became: Use) {
        if let Some(known) = self.rules.get_mut(rule) {
            *known = Some(became).max(*known);
        } else {
            self.rules.insert(rule.to_owned(), Some(became));
        }
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
        let count = |became| self.that(became).count();
        write!(f, ", {}", many(self.loaded().count(), "rule"))?;
        if !self.profiles.is_empty() {
            let profiles: Vec<_> = self.profiles.iter().map(|profile| profile.word()).collect();
            write!(f, " (profile {})", profiles.join(", "))?;
        }
        write!(f, ": {} applied, ", count(Use::Applied))?;
        write!(f, "{} never applied", count(Use::NeverApplied))?;
        if count(Use::OtherKind) > 0 {
            write!(f, ", {} for other kinds", count(Use::OtherKind))?;
        }
        if count(Use::LeftOut) > 0 {
            write!(f, ", {} left out by the profile", count(Use::LeftOut))?;
        }
        if count(Use::NotRun) > 0 {
            write!(f, ", {} not run without --as-of", count(Use::NotRun))?;
        }
        f.write_str("; ")?;
        write!(f, "{}, {}", many(counts.errors, "error"), many(counts.warnings, "warning"))?;
        if counts.advice > 0 {
            write!(f, ", {} advice", counts.advice)?;
        }
        if counts.approvals > 0 {
            write!(f, " ({} can be approved)", counts.approvals)?;
        }
        write!(f, ", {} undetermined", counts.undetermined)?;
        if counts.folded > 0 {
            let follow = if counts.folded == 1 { "follows" } else { "follow" };
            write!(f, " ({} more {follow} from an error above)", counts.folded)?;
        }
        write!(f, ", {} waived", counts.waived)?;
        if counts.known > 0 {
            write!(f, ", {} known from the baseline", counts.known)?;
        }
        Ok(())
    }
}

/// A number and what it counts, in the plural where it is not one.
pub fn many(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_no_file_was_there_for_is_for_no_other_kind() {
        let mut run = Run { failed: 1, ..Run::default() };
        run.load("a/rule");
        let last = run.to_string();
        assert!(last.starts_with("0 files and 1 not checked, 1 rule: 0 applied, 1 never applied;"));
    }

    #[test]
    fn the_last_line_counts_everything() {
        let mut run = Run::default();
        run.ask(Profile::Essential, &["d/left".to_owned()]);
        for (rule, outcome) in [
            ("a/applied", Some(Outcome::Pass)),
            ("b/idle", Some(Outcome::NotApplicable)),
            ("b/other", Some(Outcome::NotApplicable)),
            ("c/not-run", None),
            ("a/applied", None),
        ] {
            run.load(rule);
            let other_kind = rule == "b/other";
            let told = RuleOutcome { rule: rule.into(), outcome, judged: 1, other_kind };
            run.apply([(rule, Use::of(&told))]);
        }
        assert_eq!(
            run.to_string(),
            "0 files, 4 rules (profile essential): 1 applied, 1 never applied, \
             1 for other kinds, 1 left out by the profile, 1 not run without --as-of; 0 errors, 0 warnings, 0 undetermined, 0 waived"
        );
        run.failed = 1;
        run.counts = Counts {
            files: 1,
            errors: 1,
            warnings: 2,
            advice: 3,
            approvals: 1,
            undetermined: 4,
            waived: 5,
            known: 7,
            folded: 6,
            worst: None,
        };
        assert_eq!(
            run.to_string(),
            "1 file and 1 not checked, 4 rules (profile essential): 1 applied, \
             1 never applied, 1 for other kinds, 1 left out by the profile, 1 not run without --as-of; 1 error, 2 warnings, 3 advice (1 can be approved), \
             4 undetermined (6 more follow from an error above), 5 waived, 7 known from the baseline"
        );
    }
}
