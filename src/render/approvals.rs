//! Who is asked to approve what, over all agreements of a run.

use std::collections::BTreeMap;
use std::fmt;

use crate::check::{Finding, Outcome, Report};

/// What waits for each approver, by the approver's name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "json", derive(serde::Serialize, schemars::JsonSchema), serde(transparent))]
pub struct Approvals(BTreeMap<String, Vec<Awaited>>);

/// A finding that waits for somebody's approval.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "json",
    derive(serde::Serialize, schemars::JsonSchema),
    schemars(deny_unknown_fields)
)]
pub struct Awaited {
    /// The agreement.
    pub path: String,
    /// The finding's id in it.
    pub id: String,
}

impl Approvals {
    /// What waits in one agreement. What is waived or known waits for nobody.
    pub fn of(path: &str, report: &Report) -> Self {
        let mut all = Self::default();
        // Most agreements wait for nobody: then no id is asked for.
        if report.findings.iter().all(|each| each.outcome != Outcome::Approval) {
            return all;
        }
        for (finding, id) in report.findings.iter().zip(ids(&report.findings)) {
            let approver = finding.approver.as_ref().filter(|_| !finding.is_accepted());
            if let Some(approver) = approver.filter(|_| finding.outcome == Outcome::Approval) {
                let waits = Awaited { path: path.to_owned(), id };
                all.0.entry(approver.clone()).or_default().push(waits);
            }
        }
        all
    }

    /// Adds what waits in another agreement.
    pub fn merge(&mut self, other: Self) {
        for (approver, waits) in other.0 {
            self.0.entry(approver).or_default().extend(waits);
        }
    }

    /// Whether nobody is asked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whom most is asked of comes first: `Head of Alliances 2, General Counsel 1`.
impl fmt::Display for Approvals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all: Vec<_> = self.0.iter().collect();
        all.sort_by_key(|(_, waits)| std::cmp::Reverse(waits.len()));
        for (number, (approver, waits)) in all.into_iter().enumerate() {
            let comma = if number == 0 { "" } else { ", " };
            write!(f, "{comma}{approver} {}", waits.len())?;
        }
        Ok(())
    }
}

/// A name for each finding of an agreement, which stays when the text is laid out anew: its rule and
/// its item, with a number from the second of the same on.
pub fn ids(findings: &[Finding]) -> Vec<String> {
    let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let id = |finding: &Finding| format!("{}@{}", finding.diagnostic.code, finding.item);
    let mut ids = Vec::with_capacity(findings.len());
    for finding in findings {
        let count = seen.entry((&finding.diagnostic.code, &finding.item)).or_default();
        *count += 1;
        ids.push(if *count == 1 { id(finding) } else { format!("{}#{count}", id(finding)) });
    }
    ids
}
