//! The built-in rules: each is one file that proves itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use pactum::check::{mutate, run_examples};
use pactum::policy::RuleSet;
use pactum::render::human::{Human, Look};

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
