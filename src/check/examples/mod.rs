//! The examples of a rule, run: what comes in is a rule, what goes out is what its own file says wrong.
//!
//! An example is right when the rule comes to its outcome on its agreement, when its places are the
//! findings, each once and in any order, when what stands `against` is among the other places, and
//! when `saying` is one of the messages.
//!
//! A place named by a heading or an id is met by a finding that is that heading or id (`header`:
//! that opens the first line). A place in quotes is met by a finding that is exactly the quoted
//! words; quotes and bars around them make no difference.

mod body;
mod outline;

use std::sync::Arc;

use crate::agreement::Parsed;
use crate::analysis::{Derived, derive};
use crate::diagnostic::{Diagnostic, Severity};
use crate::policy::{ExampleNode, Expects, PlaceNode, Rule, RuleSet, values_of};
use crate::source::{Source, Span};
use crate::vocabulary::Facts;

use super::report::{Finding, Outcome, Report};
use super::{Subject, check};
use body::Body;
use outline::Outline;

/// Runs the examples of a rule. What is wrong is told with its place in the rule's file.
pub fn run_examples(rule: &Rule) -> Vec<Diagnostic> {
    let alone = Arc::new(rule.clone());
    let run = |example| {
        Prepared::of(rule, example).map_or_else(|told| Some(*told), |ready| ready.wrong(&alone))
    };
    rule.examples.iter().filter_map(run).collect()
}

/// An example whose text is read: every variant of its rule can be asked of it.
pub(super) struct Prepared<'r> {
    example: &'r ExampleNode,
    body: Body,
    source: Source,
    parsed: Parsed,
}

impl<'r> Prepared<'r> {
    /// Reads the text of an example, or says why it cannot be read.
    pub(super) fn of(rule: &Rule, example: &'r ExampleNode) -> Result<Self, Box<Diagnostic>> {
        let body = Body::of(rule, example)?;
        let source = Source::new(rule.origin().name(), body.text.as_str());
        let parsed = crate::agreement::parse(&source);
        let unread = parsed.diagnostics.iter().find(|told| told.severity == Severity::Error);
        if let Some(told) = unread.filter(|_| example.expects != Expects::Undetermined) {
            let message = format!("the text of this example cannot be read: {}", told.message);
            let wrong =
                Diagnostic::error("policy/example-text", message, body.in_file(told.primary.span));
            let wrong = wrong.label(told.primary.text.clone()).maybe_help(told.help.clone());
            return Err(Box::new(wrong));
        }
        Ok(Self { example, body, source, parsed })
    }

    /// What follows from its agreement.
    pub(super) fn derived(&self) -> Derived<'_> {
        derive(&self.parsed.agreement)
    }

    /// Its agreement, to be asked something.
    pub(super) fn subject<'a>(&'a self, derived: &'a Derived<'a>) -> Subject<'a> {
        let as_of = self.example.as_of;
        let facts = Facts { agreement: &self.parsed.agreement, derived, as_of, us: None };
        Subject { source: &self.source, facts, told: &self.parsed.diagnostics }
    }

    /// What is wrong with it, if the rule, or what became of it, is asked.
    pub(super) fn wrong(&self, rule: &Arc<Rule>) -> Option<Diagnostic> {
        let example = self.example;
        let report = check(self.subject(&self.derived()), &given(rule, example));
        let run = Run { example, body: &self.body, source: &self.source, report: &report };
        run.judged().map(|told| run.with_findings(told))
    }
}

/// The rule alone, with the parameters of the example.
fn given(rule: &Arc<Rule>, example: &ExampleNode) -> RuleSet {
    let mut rule = Arc::clone(rule);
    for (name, written) in &example.given {
        let rule = Arc::make_mut(&mut rule);
        if let Some(param) = rule.params.iter_mut().find(|param| param.name == name.node)
            && let Ok(values) = values_of(param, written)
        {
            param.set = Some(values);
        }
    }
    RuleSet::of(rule)
}

/// An example that was run.
struct Run<'a> {
    example: &'a ExampleNode,
    body: &'a Body,
    source: &'a Source,
    report: &'a Report,
}

impl Run<'_> {
    /// What is wrong with it, if anything.
    fn judged(&self) -> Option<Diagnostic> {
        let wrong = |message: String| {
            Some(Diagnostic::error("policy/example-wrong", message, self.example.span))
        };
        let Some(outcome) = self.report.outcomes.first().and_then(|each| each.outcome) else {
            return wrong(
                "this rule asks for the day of the check, and the example gives none".to_owned(),
            )
            .map(|told| told.help("add to its head: , as of 2026-04-01"));
        };
        let wanted = self.wanted();
        if outcome != wanted {
            return wrong(format!(
                "this example should be {}, and is {}",
                said(wanted),
                said(outcome)
            ));
        }
        if let Expects::Approval(name) = &self.example.expects
            && let Some(other) = self.report.findings.iter().find(|each| {
                each.outcome == Outcome::Approval
                    && each.approver.as_deref() != Some(name.node.as_str())
            })
        {
            let who = other.approver.as_deref().unwrap_or("nobody");
            return wrong(format!("`{}` is to approve this, and `{who}` may", name.node));
        }
        self.placed().or_else(|| self.said())
    }

    /// The outcome it says.
    const fn wanted(&self) -> Outcome {
        match self.example.expects {
            Expects::Pass => Outcome::Pass,
            Expects::Fail => Outcome::Fail,
            Expects::Approval(_) => Outcome::Approval,
            Expects::Undetermined => Outcome::Undetermined,
            Expects::NotApplicable => Outcome::NotApplicable,
        }
    }

    /// Whether the places are the findings.
    fn placed(&self) -> Option<Diagnostic> {
        let outline = Outline::of(self.source.text(), self.body.own());
        let mut wanted = Vec::new();
        for place in &self.example.places {
            match Wanted::of(place, &outline) {
                Ok(each) => wanted.push(each),
                Err((span, message)) => {
                    return Some(Diagnostic::error("policy/example-place", message, span));
                }
            }
        }
        let findings: Vec<&Finding> = self.report.findings.iter().collect();
        if let Some(other) = findings.iter().find(|each| each.outcome != self.wanted()) {
            let (said, found) = (said(self.wanted()), said(other.outcome));
            let message = format!("this example is {said}, and one of its findings is {found}");
            return Some(Diagnostic::error("policy/example-place", message, self.example.span));
        }
        let fits = |want: &Wanted, finding: &Finding| want.fits(finding, self.source.text());
        for (want, place) in wanted.iter().zip(&self.example.places) {
            if !findings.iter().any(|finding| fits(want, finding)) {
                let primary = |finding: &&&Finding| {
                    outline::meets(&want.at, finding.diagnostic.primary.span, self.source.text())
                };
                let against = findings.iter().any(|finding| primary(&finding));
                let message = if against {
                    "the finding here does not show what it stands against"
                } else {
                    "there is no finding at this place"
                };
                return Some(Diagnostic::error("policy/example-place", message, place.at.span));
            }
        }
        let pairs: Vec<Vec<bool>> = wanted
            .iter()
            .map(|want| findings.iter().map(|finding| fits(want, finding)).collect())
            .collect();
        if wanted.len() != findings.len() || !assign(&pairs, 0, &mut vec![false; findings.len()]) {
            let (listed, found) = (wanted.len(), findings.len());
            let message = format!(
                "this example lists {listed} finding{}, and there {}",
                s(listed),
                are(found)
            );
            return Some(Diagnostic::error("policy/example-place", message, self.example.span));
        }
        None
    }

    /// Whether the message is said.
    fn said(&self) -> Option<Diagnostic> {
        let saying = self.example.saying.as_ref()?;
        let messages =
            || self.report.findings.iter().map(|finding| finding.diagnostic.message.as_str());
        if messages().any(|message| message == saying.node) {
            return None;
        }
        let said: Vec<String> = messages().map(|message| format!("\"{message}\"")).collect();
        let told = Diagnostic::error("policy/example-saying", "no finding says this", saying.span);
        Some(if said.is_empty() {
            told
        } else {
            told.help(format!("what is said: {}", said.join(", ")))
        })
    }

    /// Shows what was found, in the text of the example.
    fn with_findings(&self, mut told: Diagnostic) -> Diagnostic {
        for finding in self.report.findings.iter().take(6) {
            let at = self.body.in_file(finding.diagnostic.primary.span);
            told = told
                .also(at, format!("{}: {}", finding.outcome.word(), finding.diagnostic.message));
        }
        told
    }
}

/// A finding an example lists.
struct Wanted {
    at: outline::Target,
    against: Vec<outline::Target>,
}

impl Wanted {
    fn of(place: &PlaceNode, outline: &Outline<'_>) -> Result<Self, (Span, String)> {
        let target = |spot: &crate::policy::Spot| {
            outline.target(spot).map_err(|message| (spot.span, message))
        };
        Ok(Self {
            at: target(&place.at)?,
            against: place.against.iter().map(target).collect::<Result<_, _>>()?,
        })
    }

    fn fits(&self, finding: &Finding, text: &str) -> bool {
        let diagnostic = &finding.diagnostic;
        let shown = |target: &outline::Target| {
            diagnostic.secondary.iter().any(|label| outline::meets(target, label.span, text))
        };
        outline::meets(&self.at, diagnostic.primary.span, text) && self.against.iter().all(shown)
    }
}

/// Whether every wanted place can have a finding of its own.
fn assign(pairs: &[Vec<bool>], row: usize, taken: &mut Vec<bool>) -> bool {
    let Some(fits) = pairs.get(row) else { return true };
    for (column, fit) in fits.iter().enumerate() {
        if *fit && !taken[column] {
            taken[column] = true;
            if assign(pairs, row + 1, taken) {
                return true;
            }
            taken[column] = false;
        }
    }
    false
}

const fn said(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "a pass",
        Outcome::Fail => "a fail",
        Outcome::Approval => "an approval",
        Outcome::Undetermined => "undetermined",
        Outcome::NotApplicable => "not applicable",
    }
}

const fn s(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

fn are(n: usize) -> String {
    match n {
        0 => "is none".to_owned(),
        1 => "is 1".to_owned(),
        n => format!("are {n}"),
    }
}
