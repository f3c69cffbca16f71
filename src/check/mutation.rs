//! Whether the examples of a rule notice when something in it changes.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::policy::{Mutant, Pardon, Rule, mutants, plain};

use super::examples::Prepared;

/// What the examples of a rule noticed.
#[derive(Debug, Clone, Default)]
pub struct Mutation {
    /// How many changes were tried.
    pub mutants: usize,
    /// How many of them an example noticed, or would not load: what reads something that may be
    /// missing has to say what then.
    pub caught: usize,
    /// How many the rule says no example can notice.
    pub equivalent: usize,
    /// The others, each at its place in the rule.
    pub missed: Vec<Diagnostic>,
    /// What the rule says no example can notice, and one does, or is no change of it.
    pub idle: Vec<Diagnostic>,
}

/// Changes one thing of a rule after the other, and asks its examples each time. A rule whose own
/// examples do not hold proves nothing: see to them first.
pub fn mutate(rule: &Rule) -> Mutation {
    let ready: Vec<Prepared<'_>> =
        rule.examples.iter().filter_map(|example| Prepared::of(rule, example).ok()).collect();
    let (mutants, pardons) = mutants(rule);
    let mut mutation = Mutation { mutants: mutants.len(), ..Mutation::default() };
    let mut used = vec![false; pardons.len()];
    for mutant in &mutants {
        if mutant.refused || noticed(&ready, &mutant.rule) {
            mutation.caught += 1;
        } else if let Some(at) = pardons.iter().position(|pardon| pardon.covers(mutant)) {
            mutation.equivalent += 1;
            used[at] = true;
        } else {
            mutation.missed.push(missed(mutant, mutation.missed.is_empty()));
        }
    }
    let idle = pardons.iter().zip(used).filter(|(_, used)| !used);
    mutation.idle = idle.map(|(pardon, _)| idle_one(pardon, &mutants)).collect();
    mutation
}

fn noticed(ready: &[Prepared<'_>], rule: &Arc<Rule>) -> bool {
    ready.iter().any(|example| example.wrong(rule).is_some())
}

fn missed(mutant: &Mutant, first: bool) -> Diagnostic {
    let message = format!("{}: no example notices", mutant.change);
    let told = Diagnostic::error("policy/mutant", message, mutant.span);
    let help = first.then(|| {
        let plain = plain(&mutant.change).replace('"', "\\\"");
        format!(
            "add an example that the change answers otherwise; if there can be none, say why below: \
             equivalent \"{plain}\" because \"...\""
        )
    });
    told.maybe_help(help)
}

fn idle_one(pardon: &Pardon, mutants: &[Mutant]) -> Diagnostic {
    let known = mutants.iter().any(|mutant| pardon.covers(mutant));
    let told = Diagnostic::error(
        "policy/equivalent",
        if known {
            "an example notices this change"
        } else {
            "the statement above is not changed like this"
        },
        pardon.change.span,
    );
    let here = mutants.iter().filter(|mutant| mutant.statement == pardon.statement);
    let changes = || {
        let changes: Vec<String> = here.map(|mutant| plain(&mutant.change)).collect();
        format!("its changes are: {}", changes.join("; "))
    };
    told.help(if known { "take it out".to_owned() } else { changes() })
}

#[cfg(test)]
mod tests {
    use super::{Prepared, noticed};
    use crate::policy::{RuleSet, unchanged};

    /// Where the tool changes nothing, nothing is noticed: what is noticed is the change.
    #[test]
    fn no_change_is_noticed_by_none() {
        for rule in RuleSet::standard().rules() {
            let ready: Vec<_> = rule
                .examples
                .iter()
                .filter_map(|example| Prepared::of(rule, example).ok())
                .collect();
            let same = unchanged(rule).unwrap();
            assert!(!noticed(&ready, &same), "{}", rule.id());
        }
    }
}
