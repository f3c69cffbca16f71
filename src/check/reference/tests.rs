//! The slow evaluation against the real one: every standard rule, and one in eight of the rules that
//! one change makes of them, on the examples of the rules, the agreements in `examples/`, and edits of both.
#![expect(clippy::disallowed_methods, reason = "the agreements to try stand in files")]

use std::fs;
use std::sync::Arc;

use super::super::examples::Prepared;
use super::super::report::Outcome;
use super::super::tests::rule;
use super::super::{Subject, ask};
use super::Slow;
use crate::analysis::derive;
use crate::dice::Dice;
use crate::policy::{Rule, RuleSet, mutants};
use crate::source::Source;
use crate::value::Date;
use crate::vocabulary::Facts;

/// What an item may say instead of a word: holes, ranges, other units, nothing, and what cannot be read.
const INSTEAD: [&str; 14] = [
    "to be agreed",
    "redacted",
    "10%..20%",
    "30 days..60 days",
    "3 months",
    "EUR 5",
    "USD 5..9",
    "0",
    "\"words\"",
    "",
    "set out in \"annex 2\"",
    "unlimited",
    "$",
    "then",
];

/// An agreement in which a few words are others, or a few lines are missing or stand twice.
fn edit(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=dice.roll(5) {
        let at = dice.roll(lines.len());
        match dice.roll(6) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[at].clone()),
            _ => {
                let indent = lines[at].len() - lines[at].trim_start().len();
                let mut words: Vec<&str> = lines[at].split_whitespace().collect();
                if !words.is_empty() {
                    let word = dice.roll(words.len());
                    words[word] = INSTEAD[dice.roll(INSTEAD.len())];
                    lines[at] = " ".repeat(indent) + &words.join(" ");
                }
            }
        }
        if lines.is_empty() {
            break;
        }
    }
    lines.join("\n") + "\n"
}

/// Rules asked of one agreement by both; how many answers were compared, by outcome.
fn compared<'r>(rules: impl Iterator<Item = &'r Rule>, subject: Subject<'_>, seen: &mut [u32; 5]) {
    let kind = subject.facts.agreement.kind().map(|kind| kind.node);
    for rule in rules {
        let mut real = ask(rule, subject).outcomes.into_vec();
        let mut slow = Slow { rule, facts: subject.facts, kind }.outcomes();
        real.sort_unstable();
        slow.sort_unstable();
        assert_eq!(
            real,
            slow,
            "{} differs on\n{}\n{}",
            rule.id(),
            subject.source.text(),
            rule.text()
        );
        for outcome in real {
            let at = match outcome {
                Outcome::NotApplicable => 0,
                Outcome::Pass => 1,
                Outcome::Approval => 2,
                Outcome::Undetermined => 3,
                Outcome::Fail => 4,
            };
            seen[at] += 1;
        }
    }
}

fn compared_on(text: &str, rules: &[Arc<Rule>], seen: &mut [u32; 5]) {
    let source = Source::new("text", text);
    let parsed = crate::parse(&source);
    let derived = derive(&parsed.agreement);
    let as_of = Date::new(2026, 11, 1);
    let facts = Facts { agreement: &parsed.agreement, derived: &derived, as_of, us: None };
    let subject = Subject { source: &source, facts, told: &parsed.diagnostics };
    compared(rules.iter().map(Arc::as_ref), subject, seen);
}

/// Paths through names that stand for parts of an agreement, which no standard rule asks.
const THROUGH_NAMES: [&str; 5] = [
    "  for every party in parties\n  let person = party.owner\n  \
     require person.name is not \"\" and person.title is stated, if missing fail\n  say \"x\"\n",
    "  let renewal = term.renewal\n  require every word in renewal.agreeing: word is not \"\"\n  say \"x\"\n",
    "  let renewal = term.renewal\n  when renewal.notice >= 60 days, if missing applies\n  \
     require count of word in renewal.depends-on is 0\n  say \"x\"\n",
    "  for every segment in customers\n  let holder = segment.relationship\n  let lead = holder.owner\n  \
     require lead.name is not \"\", if missing pass\n  say \"x\"\n",
    "  for every metric in metrics\n  let start = metric.baseline\n  let goal = metric.target\n  \
     require goal.value > start.value, if missing not applicable\n  say \"x\"\n",
];

fn standard() -> Vec<Arc<Rule>> {
    RuleSet::standard().rules().map(|rule| Arc::new(rule.clone())).collect()
}

fn examples() -> Vec<String> {
    let mut texts = Vec::new();
    for folder in ["examples", "examples/real", "examples/small"] {
        let mut paths: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let agreements =
            paths.iter().filter(|path| path.extension().is_some_and(|it| it == "alliance"));
        texts.extend(agreements.map(|path| fs::read_to_string(path).unwrap()));
    }
    texts
}

/// Rules that one change makes of the standard ones, on the texts that are there to tell them apart.
#[test]
fn changed_rules_answer_as_the_slow_evaluation_does() {
    let mut seen = [0; 5];
    let mut dice = Dice(3);
    let mut changed = 0;
    for rule in &standard() {
        let mut variants: Vec<Arc<Rule>> =
            mutants(rule).0.into_iter().filter(|it| !it.refused).map(|it| it.rule).collect();
        // One in eight: all of them take minutes.
        variants = variants.into_iter().skip(dice.roll(8)).step_by(8).collect();
        changed += variants.len();
        variants.push(Arc::clone(rule));
        for example in &rule.examples {
            let Ok(ready) = Prepared::of(rule, example) else { continue };
            let derived = ready.derived();
            let subject = ready.subject(&derived);
            compared(variants.iter().map(Arc::as_ref), subject, &mut seen);
            compared_on(&edit(subject.source.text(), &mut dice), &variants, &mut seen);
        }
    }
    assert!(changed > 100, "{changed} changed rules");
    assert!(seen.iter().all(|count| *count > 20), "every outcome is met: {seen:?}");
}

#[test]
fn edited_agreements_are_answered_as_the_slow_evaluation_does() {
    let rules = standard();
    let mut seen = [0; 5];
    let mut dice = Dice(7);
    for text in examples() {
        compared_on(&text, &rules, &mut seen);
        compared_on(&edit(&text, &mut dice), &rules, &mut seen);
    }
    assert!(seen.iter().all(|count| *count > 0), "every outcome is met: {seen:?}");
}

#[test]
fn what_names_stand_for_is_asked_as_the_slow_evaluation_does() {
    let rules = THROUGH_NAMES.map(rule);
    let rules: Vec<_> =
        rules.iter().flat_map(RuleSet::rules).map(|rule| Arc::new(rule.clone())).collect();
    let (mut dice, mut seen) = (Dice(11), [0; 5]);
    for text in examples() {
        compared_on(&text, &rules, &mut seen);
        for _ in 0..10 {
            compared_on(&edit(&text, &mut dice), &rules, &mut seen);
        }
    }
    // None of them is for anybody to approve.
    let [other, pass, approval, open, fail] = seen;
    assert!(other.min(pass).min(open).min(fail) > 20 && approval == 0, "{seen:?}");
}
