//! `pactum check --trace`: one rule, step by step.

use crate::check::{Subject, trace};
use crate::diagnostic::near_name;
use crate::policy::{Rule, RuleSet};
use crate::render::human::Human;

use super::problem::Problem;

/// Leaves one rule alone, or says that there is none.
pub(super) fn only(rules: &mut RuleSet, id: &str) -> Option<Problem> {
    let Some(rule) = rules.find(id) else {
        let near = near_name(id, rules.rules().map(Rule::id));
        let help = near.unwrap_or_else(|| "`pactum rules` lists the rules".to_owned());
        let message = format!("no rule is called `{id}`");
        return Some(Problem::new("check/unknown-rule", message).help(help));
    };
    let id = rule.id().to_owned();
    rules.retain(|rule| rule.id() == id);
    None
}

/// What could not be read, and each step of the one rule.
pub(super) fn page(human: &Human, subject: Subject<'_>, rules: &RuleSet) -> String {
    let told = subject.told.iter();
    let mut shown: String =
        told.map(|each| human.diagnostic(subject.source, each) + "\n").collect();
    for rule in rules.rules() {
        let steps = trace(rule, subject);
        shown += &human.trace(&steps, rule.origin(), subject.source);
        shown.push('\n');
    }
    shown
}
