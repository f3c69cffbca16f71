//! The built-in rules: each is one file that proves itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use pactum::check::{Outcome, Subject, check, mutate, run_examples, trace};
use pactum::policy::RuleSet;
use pactum::render::human::{Human, Look};
use pactum::source::Source;
use pactum::value::Date;
use pactum::vocabulary::Facts;

#[test]
fn every_rule_answers_its_own_examples() {
    let rules = RuleSet::standard();
    let human = Human::new(Look::default());
    let mut wrong = String::new();
    let mut ran = 0;
    for rule in rules.rules() {
        ran += rule.examples().len();
        let told = run_examples(rule);
        wrong.extend(told.iter().map(|found| human.diagnostic(rule.origin(), found) + "\n"));
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(ran >= 4 * rules.rules().len(), "{ran} examples");
}

/// The examples of a rule prove every word of it: a change that none notices is said to be equivalent.
#[test]
fn every_change_of_a_rule_is_noticed() {
    let rules = RuleSet::standard();
    let human = Human::new(Look::default());
    let mut missed = String::new();
    let mut tried = 0;
    for rule in rules.rules() {
        let mutation = mutate(rule);
        tried += mutation.mutants;
        let told = mutation.missed.iter().chain(&mutation.idle);
        missed.extend(told.map(|found| human.diagnostic(rule.origin(), found) + "\n"));
    }
    assert!(missed.is_empty(), "{missed}");
    assert!(tried >= 20 * rules.rules().len(), "{tried} changes");
}

/// The folder is the list: no rule is forgotten, none is known twice.
#[test]
fn every_file_below_rules_is_a_rule() {
    let mut files = BTreeSet::new();
    for topic in fs::read_dir(Path::new("rules")).unwrap() {
        let topic = topic.unwrap();
        if !topic.path().is_dir() {
            continue;
        }
        for file in fs::read_dir(topic.path()).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            let topic = topic.file_name().into_string().unwrap();
            files.insert(format!("{topic}/{}", name.trim_end_matches(".policy")));
        }
    }
    let loaded: BTreeSet<_> =
        RuleSet::standard().rules().map(|rule| rule.id().to_owned()).collect();
    assert_eq!(files, loaded);
}

/// A trace says what the check says, of every rule, on an agreement with a bit of everything.
#[test]
fn every_rule_can_be_traced() {
    let text = fs::read_to_string("examples/northwind-kestrel.alliance").unwrap();
    let source = Source::new("deal.alliance", text);
    let parsed = pactum::parse(&source);
    let derived = pactum::analysis::derive(&parsed.agreement);
    let as_of = Date::new(2026, 9, 1);
    let facts = Facts { agreement: &parsed.agreement, derived: &derived, as_of, us: None };
    let subject = Subject { source: &source, facts, told: &parsed.diagnostics };
    let rules = RuleSet::standard();
    let report = check(subject, &rules);
    for (rule, told) in rules.rules().zip(&report.outcomes) {
        let steps = trace(rule, subject);
        let outcome = told.outcome.unwrap();
        assert_eq!(steps[0].text, format!("rule {}: {}", rule.id(), outcome.word()));
        assert!(steps.len() > 1, "{}: nothing is shown", rule.id());
        let required = steps.iter().any(|step| step.text.starts_with("require "));
        let judged = outcome != Outcome::NotApplicable;
        assert!(required || !judged || told.judged == 0, "{}: {steps:#?}", rule.id());
    }
}

#[test]
fn the_rulebook_and_the_policy_reference_are_up_to_date() {
    crate::generated("rules/README.md", &pactum::manual::rulebook());
    crate::generated("rules/POLICY.md", &pactum::manual::policy_reference());
}

/// What it links to is there.
#[test]
fn the_rulebook_names_every_rule_and_its_links_lead_somewhere() {
    let text = pactum::manual::rulebook();
    let headings: BTreeSet<String> = text
        .lines()
        .filter_map(|line| {
            line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#'))
        })
        .map(|heading| heading.to_lowercase().replace('/', "").replace(' ', "-"))
        .collect();
    let links: Vec<&str> =
        text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    for link in &links {
        match link.strip_prefix('#') {
            Some(anchor) => assert!(headings.contains(anchor), "{link}"),
            None => assert!(Path::new("rules").join(link).exists(), "{link}"),
        }
    }
    for rule in RuleSet::standard().rules() {
        assert!(links.contains(&&*format!("{}.policy", rule.id())), "{}", rule.id());
    }
}

/// Every error of the model that the code can tell is in the rulebook.
#[test]
fn no_error_of_the_model_is_forgotten() {
    let text = pactum::manual::rulebook();
    let mut folders = vec![Path::new("src").to_owned()];
    let mut codes = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(path).unwrap();
                let found =
                    text.split("\"model/").skip(1).filter_map(|rest| rest.split('"').next());
                codes.extend(found.map(|code| format!("model/{code}")));
            }
        }
    }
    assert!(codes.len() > 20, "{codes:?}");
    for code in codes {
        assert!(text.contains(&format!("### {code}\n")), "{code}");
    }
}
