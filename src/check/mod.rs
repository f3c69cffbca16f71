//! Rules asked of an agreement: what comes in are facts and rules, what goes out is a report.

mod blame;
mod eval;
mod examples;
mod explain;
mod finding;
mod fingerprint;
mod judge;
mod lists;
mod mutation;
mod operand;
mod parts;
mod places;
mod reason;
mod reckon;
#[cfg(test)]
mod reference;
mod report;
#[cfg(test)]
mod tests;
mod trace;
mod truth;
mod waivers;
mod words;

use std::cell::OnceCell;
use std::sync::Arc;

use smallvec::smallvec;

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::policy::{Applies, Rule, RuleSet};
use crate::source::{Source, Span};
use crate::vocabulary::Facts;

use blame::Cause;
use eval::Asking;
use judge::{Found, Judge, Ruling};

pub use examples::run_examples;
pub use fingerprint::{FINGERPRINT_VERSION, digest, fingerprints, fingerprints_of_read};
pub use mutation::{Mutation, mutate};
pub use report::{Finding, Outcome, Report, RuleOutcome, Waived};
pub use trace::{Stands, Step, trace};
pub(crate) use truth::Truth;
pub use waivers::{Exception, Standing, Waivers, Waiving, waive};

/// An agreement to be checked.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Its text: messages spell values as it does.
    pub source: &'a Source,
    /// The agreement, what follows from it, and the circumstances of the check.
    pub facts: Facts<'a>,
    /// What reading it told already: an answer left open by nothing else is not told again.
    pub told: &'a [Diagnostic],
}

/// Asks every rule of an agreement.
pub fn check(subject: Subject<'_>, rules: &RuleSet) -> Report {
    let kind = subject.facts.agreement.kind().map(|kind| kind.node);
    let outcomes = Vec::with_capacity(rules.rules().len());
    let mut report = Report { kind, outcomes, ..Report::default() };
    let mut found = Vec::new();
    let mut unkinded: Option<Severity> = None;
    for rule in rules.rules() {
        let for_kind = applies(rule, subject);
        let ruling = match for_kind {
            Some(true) if rule.reads_as_of && subject.facts.as_of.is_none() => None,
            Some(true) => Some(ask(rule, subject)),
            Some(false) => Some(Ruling::default()),
            None => {
                unkinded = unkinded.max(Some(rule.severity()));
                Some(Ruling { outcomes: smallvec![Outcome::Undetermined], ..Ruling::default() })
            }
        };
        let outcome = ruling
            .as_ref()
            .map(|ruling| ruling.outcomes.iter().copied().max().unwrap_or(Outcome::NotApplicable));
        let judged = ruling.as_ref().map_or(0, |ruling| ruling.judged);
        let other_kind = for_kind == Some(false);
        let rule = Arc::clone(&rule.id);
        report.outcomes.push(RuleOutcome { rule, outcome, judged, other_kind });
        found.extend(ruling.into_iter().flat_map(|ruling| ruling.found));
    }
    if let Some(severity) = unkinded {
        found.push(kind_not_stated(subject, severity));
    }
    let (kept, hidden) = fold(found, subject);
    report.folded = hidden.len();
    report.hidden = hidden;
    report.findings = kept.into_iter().map(|each| each.finding).collect();
    sorted(&mut report.findings);
    report
}

/// By place and then by rule.
fn sorted(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| {
            (finding.diagnostic.primary.span.start, finding.diagnostic.primary.span.end)
        };
        key(a)
            .cmp(&key(b))
            .then_with(|| a.diagnostic.code.cmp(&b.diagnostic.code))
            .then_with(|| a.diagnostic.message.cmp(&b.diagnostic.message))
    });
}

/// Whether a rule is for agreements of this kind; `None` where the kind is not stated.
fn applies(rule: &Rule, subject: Subject<'_>) -> Option<bool> {
    let kind = subject.facts.agreement.kind().map(|kind| kind.node);
    match rule.applies_to() {
        Applies::Always => Some(true),
        Applies::To(kinds) => kind.map(|kind| kinds.contains(&kind)),
        Applies::ExceptTo(kinds) => kind.map(|kind| !kinds.contains(&kind)),
    }
}

/// Asks one rule.
fn ask(rule: &Rule, subject: Subject<'_>) -> Ruling {
    let kind = subject.facts.agreement.kind().map(|kind| kind.node);
    let asking = Asking::new(rule, subject.facts, kind);
    let (source, applies, ruling) = (subject.source, OnceCell::new(), Ruling::default());
    let mut judge = Judge { asking, rule, source, applies, ruling };
    judge.go(0, None, false);
    if judge.asking.is_tired() {
        judge.ruling.outcomes.push(Outcome::Undetermined);
        judge.tired();
    }
    judge.ruling
}

/// One finding for every rule that cannot tell whether it applies.
fn kind_not_stated(subject: Subject<'_>, severity: Severity) -> Found {
    let span = subject.facts.agreement.header();
    let diagnostic = Diagnostic {
        code: "check/kind-not-stated".into(),
        severity,
        message: "cannot tell which rules apply: the kind of the agreement is not stated"
            .to_owned(),
        primary: Label { span, text: "no kind here".to_owned() },
        secondary: Vec::new(),
        why: None,
        help: Some(
            "name the kind in the first line: alliance northwind-kestrel, version 1: go-to-market"
                .to_owned(),
        ),
    };
    let finding = Finding {
        diagnostic,
        outcome: Outcome::Undetermined,
        item: "header".to_owned(),
        values: Vec::new(),
        requirement: None,
        approver: None,
        authority: Vec::new(),
        insert_at: Some(span.end),
        waived: None,
        known: false,
    };
    Found { finding, causes: vec![Cause { span, told: false }] }
}

/// Sets aside every undetermined finding whose every cause is told already: as an error of reading
/// at that place, or as the finding of another rule there. One cause, one finding.
fn fold(found: Vec<Found>, subject: Subject<'_>) -> (Vec<Found>, Vec<Found>) {
    if found.iter().all(|each| each.finding.outcome != Outcome::Undetermined) {
        return (found, Vec::new());
    }
    let decided = decided(found.iter().map(|each| &each.finding));
    let hidden = |each: &Found| each.is_told(subject, &decided);
    let (hidden, kept) = found.into_iter().partition(hidden);
    (kept, hidden)
}

/// Takes out what was set aside because of a finding that is waived by now, and of nothing else.
fn still_hidden(report: &mut Report, subject: Subject<'_>) -> Vec<Finding> {
    if report.hidden.is_empty() {
        return Vec::new();
    }
    let standing = report.findings.iter().filter(|finding| finding.waived.is_none());
    let decided = decided(standing);
    let hidden = std::mem::take(&mut report.hidden).into_iter();
    let (hidden, shown) = hidden.partition(|each: &Found| each.is_told(subject, &decided));
    report.hidden = hidden;
    report.folded = report.hidden.len();
    shown.into_iter().map(|each: Found| each.finding).collect()
}

/// The places of what is decided, each with the rule that decided it.
fn decided<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<(Span, String)> {
    findings
        .filter(|finding| finding.outcome != Outcome::Undetermined)
        .map(|finding| (finding.diagnostic.primary.span, finding.diagnostic.code.to_string()))
        .collect()
}

impl Found {
    /// Whether it cannot be decided, and all that leaves it open is told elsewhere.
    fn is_told(&self, subject: Subject<'_>, decided: &[(Span, String)]) -> bool {
        let rule = &self.finding.diagnostic.code;
        let errors = || {
            subject
                .told
                .iter()
                .filter(|each| each.severity == Severity::Error)
                .map(|each| each.primary.span)
        };
        let told = |cause: &Cause| {
            cause.told
                || errors().any(|span| span.meets(cause.span))
                || decided.iter().any(|(span, by)| *span == cause.span && by != rule)
        };
        self.finding.outcome == Outcome::Undetermined
            && !self.causes.is_empty()
            && self.causes.iter().all(told)
    }
}
