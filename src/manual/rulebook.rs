//! The rulebook, `rules/README.md`: every standard rule, by profile and topic, and what is an error
//! of an agreement whatever the rules.

use std::fmt::Write;

use crate::policy::{Profile, Rule, RuleSet};

use super::layout::{fenced, wrapped};
use super::{rule, slips};

const OPENING: &str = "\
# The rulebook

Generated from the rule files by `UPDATE=1 cargo test`; the tests compare it.
`pactum explain RULE` prints the same, with every example; `pactum rules` lists
the rules in force. [POLICY.md](POLICY.md) tells how a rule is written.

Nobody edits a rule to change a number. In `pactum.toml`, a rule that is named
is on whatever the profile, `severity = \"off\"` switches it off, and its
parameters are set within their bounds; the block below each rule shows what
holds now. A rule may say for which kinds of alliance it is: another kind
switches it off as well. Who may waive a finding is said under *waiver*: where
the agreement itself may, a line of its `waivers` does it:

```text
waivers
  RULE: because \"REASON\"; approved by \"NAME\"; until YEAR-MONTH-DAY
```

";

/// The rulebook, worked out from the standard rules.
pub fn rulebook() -> String {
    let set = RuleSet::standard();
    let mut rules: Vec<&Rule> = set.rules().collect();
    rules.sort_by_key(|rule| rule.id());
    let mut out = OPENING.to_owned();
    let of = |word: &str| rules.iter().filter(|rule| rule.severity().word() == word).count();
    let _ = write!(
        out,
        "There are {} rules: {} errors, {} warnings and {} of advice.\n\n## Contents\n\n",
        rules.len(),
        of("error"),
        of("warning"),
        of("advice")
    );
    out.push_str(&contents(&rules));
    for topic in topics(&rules) {
        let _ = write!(out, "\n## {topic}\n");
        for rule in rules.iter().filter(|rule| topic_of(rule) == topic) {
            out.push_str(&entry(rule));
        }
    }
    let _ = write!(out, "\n## {SLIPS}\n\n{}", slips::all());
    out
}

const SLIPS: &str = "What is an error whatever the rules";

/// The links, by profile and topic.
fn contents(rules: &[&Rule]) -> String {
    let mut out = String::new();
    for profile in [None].into_iter().chain(Profile::ALL.map(Some)) {
        let of: Vec<&Rule> =
            rules.iter().copied().filter(|rule| rule.profile() == profile).collect();
        if of.is_empty() {
            continue;
        }
        let name = match profile {
            None => "in every profile".to_owned(),
            Some(Profile::Essential) => "essential".to_owned(),
            Some(more) => format!("added by {}", more.word()),
        };
        let _ = write!(out, "### {name}: {} rules\n\n", of.len());
        for topic in topics(&of) {
            let links = of.iter().filter(|rule| topic_of(rule) == topic).map(|rule| {
                let (_, requirement) = rule.id().split_once('/').unwrap_or(("", rule.id()));
                format!("[{requirement}](#{})", anchor(rule.id()))
            });
            let links = links.collect::<Vec<_>>().join(", ");
            out.push_str(&wrapped(&links, &format!("- {topic}: "), "  "));
        }
        out.push('\n');
    }
    let _ = writeln!(out, "[{SLIPS}](#{})", anchor(SLIPS));
    out
}

/// One rule: what, why, on what it rests, its parameters, an example of each kind, how to adapt it.
fn entry(rule: &Rule) -> String {
    let mut out = format!("\n### {}\n\n", rule.id());
    out.push_str(&wrapped(rule.summary(), "", ""));
    let why = rule::why(rule);
    if !why.is_empty() {
        let _ = write!(out, "\n{}", wrapped(&why, "", ""));
    }
    let _ = write!(out, "\n- severity: {}\n", rule.severity());
    for (name, value) in rule::facts(rule) {
        out.push_str(&wrapped(&value, &format!("- {name}: "), "  "));
    }
    let _ = writeln!(out, "- [the rule file]({id}.policy)", id = rule.id());
    let mut shown = String::new();
    if !rule.params().is_empty() {
        let _ = writeln!(shown, "{}", rule::parameters(rule));
    }
    for word in ["passes", "fails"] {
        let found = rule.examples().find(|each| each.head().starts_with(word));
        shown.extend(found.map(|each| rule::example(each) + "\n"));
    }
    let _ =
        write!(out, "\n{}\n{}", fenced("text", &shown), fenced("toml", &rule::adaptation(rule)));
    out
}

/// The topics of rules that are in order, each once.
fn topics<'a>(rules: &[&'a Rule]) -> Vec<&'a str> {
    let mut topics: Vec<&str> = rules.iter().map(|rule| topic_of(rule)).collect();
    topics.dedup();
    topics
}

fn topic_of(rule: &Rule) -> &str {
    rule.id().split('/').next().unwrap_or("")
}

/// What a heading is linked by.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || *c == '-' || *c == ' ');
    kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect()
}
