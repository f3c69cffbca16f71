//! The README shows what is true: the draft, what is found in it, and a rule that loads.

use std::fs;
use std::process::Command;

use pactum::check::run_examples;
use pactum::policy::RuleSet;
use pactum::render::human::{Human, Look};
use pactum::render::{Format, Page};
use pactum::source::Source;

use crate::examples::{report, report_of};
use pactum::policy::Profile;

pub(crate) fn readme() -> String {
    fs::read_to_string("README.md").unwrap()
}

/// The fenced blocks of one language.
pub(crate) fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let opening = format!("```{language}\n");
    text.split(&opening).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

#[test]
fn the_draft_and_its_findings_are_those_of_the_example() {
    let (text, draft) = (readme(), fs::read_to_string("examples/draft.alliance").unwrap());
    let shown = blocks(&text, "text");
    assert_eq!(shown[0].trim_end(), draft.trim_end(), "the draft");
    let source = Source::new("examples/draft.alliance", draft);
    let parsed = pactum::parse(&source);
    let report = report_of(&source, Profile::Essential);
    let page = Page { source: &source, diagnostics: &parsed.diagnostics, report: &report };
    let page = Human::new(Look::default()).page(&page, false);
    let findings: Vec<_> = shown[1].split("\n\n").collect();
    let (counts, findings) = findings.split_last().unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_pactum"))
        .args(["check", "examples/draft.alliance"])
        .output()
        .unwrap();
    let out = String::from_utf8(run.stdout).unwrap();
    assert_eq!(out.trim_end().lines().last(), Some(counts.trim_end()), "the last line");
    assert!(findings.len() >= 3);
    for finding in findings {
        assert!(page.contains(finding), "no longer said so:\n{finding}");
    }
}

#[test]
fn what_real_agreements_get_wrong_is_found() {
    let text = readme();
    let shown = blocks(&text, "text").into_iter().find(|block| block.contains("bands/complete"));
    let human = Human::new(Look::default());
    let pages: String = ["exactsciences", "waternow"]
        .map(|name| {
            let source = crate::real(name);
            let parsed = pactum::parse(&source);
            let report = report(&source);
            let page = Page { source: &source, diagnostics: &parsed.diagnostics, report: &report };
            human.page(&page, false)
        })
        .concat();
    for finding in shown.unwrap().split("\n\n") {
        assert!(pages.contains(finding.trim_end()), "no longer said so:\n{finding}");
    }
}

#[test]
fn the_rules_it_shows_load_and_answer_their_examples() {
    let text = readme();
    let mut seen = Vec::new();
    for block in blocks(&text, "policy") {
        let (set, told) = RuleSet::parse(&Source::new("house.policy", format!("{block}\n")));
        assert!(told.is_empty(), "{told:?}");
        for rule in set.rules() {
            assert!(run_examples(rule).is_empty(), "{}: {:?}", rule.id(), run_examples(rule));
            seen.push((rule.id().to_owned(), rule.examples().len()));
        }
    }
    assert!(seen.contains(&("liability/cap-high-enough".to_owned(), 4)), "{seen:?}");
}

#[test]
fn the_changelog_counts_the_rules() {
    let all = RuleSet::of_profile(Profile::Strict, &[]).rules().len();
    let text = fs::read_to_string("CHANGELOG.md").unwrap();
    assert!(text.contains(&format!("- **Rules**: {all}, each with its examples")), "{all}");
}

#[test]
fn each_format_has_a_row() {
    let text = readme();
    let table = text.split("| format |").nth(1).unwrap().split("\n\n").next().unwrap();
    let rows: Vec<&str> =
        table.lines().filter_map(|row| row.strip_prefix("| `")?.split('`').next()).collect();
    assert_eq!(rows, Format::all().map(Format::word).collect::<Vec<_>>());
}

#[test]
fn the_agreement_it_shows_reads() {
    let text = readme();
    for block in blocks(&text, "alliance") {
        let source = Source::new(
            "readme.alliance",
            format!(
                "alliance a: go-to-market\nparties\n  Northwind: \"N\", GB\n  Kestrel: \"K\", DE\n{block}\n"
            ),
        );
        let parsed = pactum::parse(&source);
        assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    }
}

#[test]
fn the_timeline_it_shows_is_that_of_the_example() {
    let text = readme();
    let shown = blocks(&text, "text").into_iter().find(|block| block.contains("exclusivity ends"));
    let ran = Command::new(env!("CARGO_BIN_EXE_pactum"))
        .args(["timeline", "examples/northwind-kestrel.alliance", "--as-of", "2026-12-01"])
        .output()
        .unwrap();
    let page = String::from_utf8(ran.stdout).unwrap();
    let parts: Vec<_> = shown.unwrap().split("\n\n").collect();
    assert!(parts.len() >= 5, "{parts:?}");
    for part in parts {
        assert!(page.contains(part.trim_end()), "no longer said so:\n{part}\n{page}");
    }
}

#[test]
fn the_trace_it_shows_is_that_of_the_draft() {
    let text = readme();
    let shown = blocks(&text, "text").into_iter().find(|block| block.starts_with("rule exit/"));
    let ran = Command::new(env!("CARGO_BIN_EXE_pactum"))
        .args(["check", "examples/draft.alliance", "--trace", "exit/notice-stated"])
        .output()
        .unwrap();
    let out = String::from_utf8(ran.stdout).unwrap();
    assert!(out.starts_with(shown.unwrap()), "no longer so:\n{out}");
}

#[test]
fn the_flaw_of_the_table_it_shows_is_found() {
    let text = readme();
    let block =
        blocks(&text, "alliance").into_iter().find(|block| block.contains("until 2026-12-31"));
    let above = "alliance a: go-to-market\n  starts 2026-04-01\nparties\n  Northwind: \"N\", GB\n  Kestrel: \"K\", DE\n";
    let source = Source::new("readme.alliance", format!("{above}{}\n", block.unwrap()));
    let parsed = pactum::parse(&source);
    let tables = pactum::analysis::derive(&parsed.agreement).tables().clone();
    let page = pactum::render::ProofPage { source: &source, diagnostics: &[], tables: &tables };
    let page = Human::new(Look::default()).proofs(&page);
    let shown = blocks(&text, "text").into_iter().find(|block| block.starts_with("error[table/"));
    assert!(page.contains(shown.unwrap()), "no longer said so:\n{page}");
}

#[test]
fn the_deals_it_shows_are_shared_so() {
    let text = readme();
    let (agreement, list) =
        ("examples/northwind-kestrel.alliance", "examples/deals/northwind-kestrel-2026.csv");
    let run = Command::new(env!("CARGO_BIN_EXE_pactum"))
        .args(["attribution", agreement, "--deals", list])
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(0));
    let out = String::from_utf8(run.stdout).unwrap();
    let shown = blocks(&text, "text").into_iter().find(|block| block.starts_with("by party"));
    assert!(out.trim_end().ends_with(shown.unwrap().trim_end()), "no longer so:\n{out}");
    let csv = blocks(&text, "csv")[0];
    assert!(fs::read_to_string(list).unwrap().starts_with(csv), "the first lines of {list}");
}
