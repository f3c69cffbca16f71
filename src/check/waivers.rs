//! What is to be said of the waivers that stand in an agreement.
//!
//! A waiver in the text silences nothing yet: the author of a draft may be the counterparty, and
//! which rules may be waived by whom is for a later version. It is told, so that nobody trusts it.

use crate::agreement::Waiver;
use crate::diagnostic::{Diagnostic, Severity, near_name};
use crate::policy::{Rule, RuleSet};
use crate::vocabulary::Facts;

use super::report::{Finding, Outcome};

/// A finding for each waiver: of a rule nobody knows, or of one that stands all the same.
pub(super) fn told(facts: Facts<'_>, rules: &RuleSet) -> Vec<Finding> {
    facts.agreement.waivers.iter().map(|waiver| told_of(waiver, rules)).collect()
}

fn told_of(waiver: &Waiver, rules: &RuleSet) -> Finding {
    let id = &waiver.tag.id;
    let diagnostic = if rules.find(&id.node).is_some() {
        let message = format!("the waiver of `{}` silences nothing", id.node);
        let mut told = Diagnostic::error("waiver/not-applied", message, id.span)
            .help("findings stand whatever an agreement says of them; take the waiver out, or leave it as a note");
        told.severity = Severity::Advice;
        told
    } else {
        let near = near_name(&id.node, rules.rules().map(Rule::id));
        let message = format!("no rule in force is called `{}`", id.node);
        Diagnostic::error("waiver/unknown-rule", message, id.span).maybe_help(near)
    };
    Finding {
        diagnostic,
        outcome: Outcome::Fail,
        item: format!("waivers/{}", id.node),
        approver: None,
        authority: Vec::new(),
        insert_at: None,
        waived: None,
    }
}
