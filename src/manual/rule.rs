//! A rule as reference text: what `explain RULE` prints, made of the pieces that the rulebook shows.

use std::fmt::Write;

use crate::policy::{Applies, Example, Param, Profile, Rule, RuleSet, Waivable, spelled};
use crate::vocabulary::{Type, Value};

use super::layout::{indented, wrapped};

/// All there is to know of a rule, as plain text.
pub fn page(rule: &Rule) -> String {
    let mut out = format!("{} ({})\n\n", rule.id(), rule.severity());
    out.push_str(&wrapped(rule.summary(), "  ", "  "));
    let why = why(rule);
    if !why.is_empty() {
        let _ = write!(out, "\nwhy\n{}", wrapped(&why, "  ", "  "));
    }
    out.push('\n');
    for (name, value) in facts(rule) {
        out.push_str(&wrapped(&value, &format!("{:10}", format!("{name}:")), &" ".repeat(10)));
    }
    if !rule.params().is_empty() {
        let _ = write!(out, "\nparameters\n{}", indented(&parameters(rule)));
    }
    out.push_str("\nexamples\n");
    out.extend(rule.examples().map(|each| indented(&example(each))));
    let _ = write!(out, "\nto adapt it, in pactum.toml\n{}", indented(&adaptation(rule)));
    if let Some(waiver) = waiving(rule) {
        let _ = write!(out, "\nto waive it, in the agreement\n{}", indented(&waiver));
    }
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

/// Why it is asked, without what is asked.
pub(super) fn why(rule: &Rule) -> String {
    let why = rule.why();
    why.strip_prefix(rule.summary()).unwrap_or(&why).trim().to_owned()
}

/// What is known of a rule in a word or a line each; what does not apply is left out.
pub(super) fn facts(rule: &Rule) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("source", rule.sources().join("; ")),
        ("profile", profile(rule.profile())),
        ("formerly", rule.formerly().join(", ")),
        ("kinds", kinds(rule.applies_to())),
        ("waiver", waiver(rule.waivable()).to_owned()),
    ];
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

/// Its parameters, each with its type, default and bounds, and its values for kinds of agreement.
pub(super) fn parameters(rule: &Rule) -> String {
    rule.params().iter().map(parameter).collect()
}

/// An example as its file has it; a long head is broken before what is said, and a remark on the
/// next example is left out.
pub(super) fn example(example: Example<'_>) -> String {
    let mut head = example.head().trim().to_owned();
    if head.lines().any(|line| line.len() > 76) {
        head = head.replace(", saying \"", ",\n    saying \"");
    }
    let mut body = example.body().trim_end();
    let above_remark = |body: &'_ str| -> Option<usize> {
        let (above, last) = body.rsplit_once('\n')?;
        last.starts_with('#').then(|| above.trim_end().len())
    };
    while let Some(length) = above_remark(body) {
        body = &body[..length];
    }
    format!("{head}\n{body}\n")
}

/// The lines of `pactum.toml` that change a rule, with what holds now.
pub(super) fn adaptation(rule: &Rule) -> String {
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
        out.push_str(&wrapped(&format!("{} = {value}", param.name()), "", "  "));
    }
    out
}

/// The item of an agreement that waives a rule, where an agreement may.
fn waiving(rule: &Rule) -> Option<String> {
    let inline = rule.waivable() == Waivable::Inline;
    let id = rule.id();
    inline.then(|| {
        format!("waivers\n  {id}: because \"REASON\"; approved by \"NAME\"; until YEAR-MONTH-DAY\n")
    })
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
    let mut said = format!("{}: {list}{} = {}", param.name(), param.ty(), values(param, default));
    if let Some((least, most)) = param.bounds() {
        let _ = write!(said, ", from {} to {}", spelled(least), spelled(most));
    }
    let mut out = wrapped(&said, "", "    ");
    for (kinds, own) in per_kind {
        let said = format!("for {}: {}", kinds.join(", "), values(param, own));
        out.push_str(&wrapped(&said, "  ", "      "));
    }
    let now = values(param, param.values(None));
    if now != values(param, default) {
        out.push_str(&wrapped(&format!("here: {now}"), "  ", "      "));
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
