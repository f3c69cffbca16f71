//! The built-in rules: each is one file that proves itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use pactum::check::run_examples;
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
