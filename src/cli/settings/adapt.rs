//! Rules and the adaptations that configurations ask for come in; the rules come out changed.

use std::collections::BTreeMap;

use crate::cli::config::{Adaptation, Strength};
use crate::diagnostic::{Diagnostic, near_name};
use crate::policy::{Param, Rule, RuleSet};
use crate::source::Spanned;
use crate::vocabulary::Type;

/// Changes rules as asked, the later adaptation winning; what cannot be done is told with its place
/// in the configuration whose number stands beside the adaptation.
pub(super) fn adapt<'a>(
    rules: &mut RuleSet,
    adaptations: impl Iterator<Item = (usize, &'a Adaptation)>,
    told: &mut Vec<(usize, Diagnostic)>,
) {
    let mut strengths = BTreeMap::new();
    for (layer, each) in adaptations {
        let Some(rule) = rules.find(&each.rule.node) else {
            told.push((layer, unknown_rule(rules, &each.rule)));
            continue;
        };
        // A rule also answers to the ids it had before.
        let id = rule.id().to_owned();
        for (name, values) in &each.params {
            told.extend(set(rules, &id, name, values).map(|each| (layer, each)));
        }
        if let Some(strength) = &each.severity {
            strengths.insert(id, strength.node);
        }
    }
    for (id, strength) in &strengths {
        if let Strength::On(severity) = strength
            && let Err(why) = rules.set_severity(id, *severity)
        {
            unreachable!("the rule was found above: {why}");
        }
    }
    rules.retain(|rule| strengths.get(rule.id()) != Some(&Strength::Off));
}

/// Sets one parameter, or says why not.
fn set(
    rules: &mut RuleSet,
    id: &str,
    name: &Spanned<String>,
    values: &Spanned<Vec<String>>,
) -> Option<Diagnostic> {
    let params = rules.find(id).map(Rule::params).unwrap_or_default();
    let Some(param) = params.iter().find(|param| param.name() == name.node) else {
        let known: Vec<&str> = params.iter().map(Param::name).collect();
        let message = format!("the rule `{id}` has no parameter `{}`", name.node);
        let help = near_name(&name.node, known.iter().copied()).unwrap_or(parameters(&known));
        return Some(Diagnostic::error("config/unknown-param", message, name.span).help(help));
    };
    // In a policy, words stand in quotes; here the quotes of TOML are enough.
    let quoted = param.ty() == Type::Text;
    let quote = |value: &String| if quoted { format!("\"{value}\"") } else { value.clone() };
    let text = values.node.iter().map(quote).collect::<Vec<_>>().join(", ");
    let why = rules.set_param(id, &name.node, &text).err()?;
    Some(Diagnostic::error("config/bad-value", why.to_string(), values.span))
}

fn unknown_rule(rules: &RuleSet, rule: &Spanned<String>) -> Diagnostic {
    let message = format!("no rule is called `{}`", rule.node);
    let standard: Vec<&str> = RuleSet::standard_ids().collect();
    let known = rules.rules().map(Rule::id).chain(standard.iter().copied());
    let near = near_name(&rule.node, known);
    let help = near.unwrap_or_else(|| "`pactum rules` lists the rules".to_owned());
    Diagnostic::error("config/unknown-rule", message, rule.span).help(help)
}

fn parameters(known: &[&str]) -> String {
    match known {
        [] => "this rule has no parameters".to_owned(),
        known => format!("it has {}", known.join(", ")),
    }
}
