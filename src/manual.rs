//! Rules as reference text: what `explain` and `rules` print, and the generated manual.

use std::fmt::Write;

use crate::policy::{Rule, RuleSet};

/// All there is to know of a rule, as plain text.
pub fn page(rule: &Rule) -> String {
    let mut out = format!("{} ({})\n\n  {}\n", rule.id(), rule.severity(), rule.summary());
    if let Some(why) = rule.why() {
        let _ = write!(out, "\nwhy\n{}", indented(why));
    }
    let facts = [
        ("source", rule.sources().join(", ")),
        ("profile", rule.profiles().join(", ")),
        ("kinds", rule.applies_to().map_or_else(|| "every kind".to_owned(), |k| k.join(", "))),
    ];
    out.push('\n');
    for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "{name}: {value}");
    }
    let params = rule.params();
    if !params.is_empty() {
        out.push_str("\nparameters\n");
    }
    for param in &params {
        let _ = write!(out, "  {}: {} = {}", param.name, param.ty, param.default);
        if let Some(bounds) = &param.bounds {
            let _ = write!(out, ", in {bounds}");
        }
        out.push('\n');
    }
    let _ = write!(out, "\nexamples\n{}", indented(examples(rule.text())));
    let _ = write!(out, "\nto adapt it, in pactum.toml\n{}", indented(&adaptation(rule)));
    out
}

/// The rules, one a line: id, severity, what it asks in one sentence.
pub fn table(rules: &RuleSet) -> String {
    let widest = rules.rules().iter().map(|rule| rule.id().len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in rules.rules() {
        let severity = rule.severity().word();
        let _ = writeln!(out, "{:widest$}  {severity:7}  {}", rule.id(), rule.summary());
    }
    out
}

/// The lines of `pactum.toml` that change a rule, with what holds now.
fn adaptation(rule: &Rule) -> String {
    let severity = rule.severity();
    let mut out = format!("[rules.\"{}\"]\n", rule.id());
    let _ = writeln!(out, "severity = \"{severity}\"  # or error, warning, advice, off");
    let params = rule.params();
    if !params.is_empty() {
        let _ = writeln!(out, "[rules.\"{}\".params]", rule.id());
    }
    for param in &params {
        let _ = writeln!(out, "{} = \"{}\"", param.name, param.default.trim_matches('"'));
    }
    out
}

/// What stands after the rule itself: the first line at column 0 opens the examples.
fn examples(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && line.starts_with(|first: char| first.is_ascii_lowercase()) {
            return text[at..].trim_end();
        }
        at += line.len();
    }
    ""
}

fn indented(text: &str) -> String {
    let indent = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") };
    text.lines().map(indent).collect()
}
