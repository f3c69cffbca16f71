//! Rules as reference text: what `explain` and `rules` print, and the generated manual.

mod language;

use std::fmt::Write;

use crate::policy::{Applies, Param, Profile, Rule, RuleSet, Waivable, spelled};
use crate::vocabulary::{Type, Value};

pub use language::{reference, section, topics, word};

/// All there is to know of a rule, as plain text.
pub fn page(rule: &Rule) -> String {
    let mut out = format!("{} ({})\n\n{}", rule.id(), rule.severity(), indented(rule.summary()));
    let why = rule.why();
    let why = why.strip_prefix(rule.summary()).unwrap_or(&why).trim();
    if !why.is_empty() {
        let _ = write!(out, "\nwhy\n{}", indented(why));
    }
    let facts = [
        ("source", rule.sources().join("; ")),
        ("profile", profile(rule.profile())),
        ("formerly", rule.formerly().join(", ")),
        ("kinds", kinds(rule.applies_to())),
        ("waiver", waiver(rule.waivable()).to_owned()),
    ];
    out.push('\n');
    for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "{:9} {value}", format!("{name}:"));
    }
    if !rule.params().is_empty() {
        out.push_str("\nparameters\n");
        out.extend(rule.params().iter().map(parameter));
    }
    out.push_str("\nexamples\n");
    for example in rule.examples() {
        let _ = writeln!(out, "  {}", example.head().trim());
        out.push_str(&indented(example.body().trim_end()));
    }
    let _ = write!(out, "\nto adapt it, in pactum.toml\n{}", indented(&adaptation(rule)));
    out
}

/// The rules, one a line: id, severity, what it asks in one sentence.
pub fn table(rules: &RuleSet) -> String {
    let widest = rules.rules().map(|rule| rule.id().len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in rules.rules() {
        let severity = rule.severity().word();
        let _ = writeln!(out, "{:widest$}  {severity:7}  {}", rule.id(), rule.summary());
    }
    out
}

fn kinds(applies: &Applies) -> String {
    match applies {
        Applies::Always => "every kind".to_owned(),
        Applies::To(kinds) => kinds.join(", "),
        Applies::ExceptTo(kinds) => format!("every kind except {}", kinds.join(", ")),
    }
}

fn profile(least: Option<Profile>) -> String {
    let Some(least) = least else { return String::new() };
    let all = Profile::ALL.into_iter().filter(|profile| *profile >= least);
    all.map(Profile::word).collect::<Vec<_>>().join(", ")
}

const fn waiver(waivable: Waivable) -> &'static str {
    match waivable {
        Waivable::Inline => "in the agreement, with a reason, an approver and an end date",
        Waivable::WithApproval => "only from outside the agreement, in pactum-waivers.toml",
        Waivable::Never => "never",
    }
}

/// A parameter in one line, and one more for each kind of agreement with a value of its own.
fn parameter(param: &Param) -> String {
    let (default, per_kind) = param.written();
    let list = if param.is_list() { "list of " } else { "" };
    let mut out = format!("  {}: {list}{} = {}", param.name(), param.ty(), values(param, default));
    if let Some((least, most)) = param.bounds() {
        let _ = write!(out, ", from {} to {}", spelled(least), spelled(most));
    }
    out.push('\n');
    for (kinds, own) in per_kind {
        let _ = writeln!(out, "    for {}: {}", kinds.join(", "), values(param, own));
    }
    let now = values(param, param.values(None));
    if now != values(param, default) {
        let _ = writeln!(out, "    here: {now}");
    }
    out
}

/// The lines of `pactum.toml` that change a rule, with what holds now.
fn adaptation(rule: &Rule) -> String {
    let severity = rule.severity();
    let mut out = format!("[rules.\"{}\"]\n", rule.id());
    let _ = writeln!(out, "severity = \"{severity}\"  # or error, warning, advice, off");
    if !rule.params().is_empty() {
        let _ = writeln!(out, "[rules.\"{}\".params]", rule.id());
    }
    for param in rule.params() {
        let each = param.values(None).iter().map(|value| format!("\"{}\"", spelled(value)));
        let each = each.collect::<Vec<_>>().join(", ");
        let value = if param.is_list() { format!("[{each}]") } else { each };
        let _ = writeln!(out, "{} = {value}", param.name());
    }
    out
}

/// Values as a policy writes them.
fn values(param: &Param, values: &[Value<'_>]) -> String {
    let quoted = param.ty() == Type::Text;
    let one =
        |value: &Value<'_>| if quoted { format!("\"{}\"", spelled(value)) } else { spelled(value) };
    let each = values.iter().map(one);
    each.collect::<Vec<_>>().join(", ")
}

fn indented(text: &str) -> String {
    let indent = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") };
    text.lines().map(indent).collect()
}
