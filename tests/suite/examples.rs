//! Whole agreements and what the built-in rules find in them.

use std::fs;

use pactum::check::{Report, Subject, Waivers, check, waive};
use pactum::policy::{Profile, RuleSet};
use pactum::render::Page;
use pactum::render::human::{Human, Look};
use pactum::source::Source;
use pactum::value::Date;
use pactum::vocabulary::Facts;

/// What all built-in rules find in a text.
pub(crate) fn report(source: &Source) -> Report {
    report_of(source, Profile::Strict)
}

/// What the rules of a profile find in a text.
pub(crate) fn report_of(source: &Source, profile: Profile) -> Report {
    let parsed = pactum::parse(source);
    let derived = pactum::analysis::derive(&parsed.agreement);
    let facts = Facts { agreement: &parsed.agreement, derived: &derived, as_of: None, us: None };
    let subject = Subject { source, facts, told: &parsed.diagnostics };
    check(subject, &RuleSet::of_profile(profile, &[]))
}

fn example(path: &str) -> Source {
    Source::new(path.rsplit('/').next().unwrap(), fs::read_to_string(path).unwrap())
}

#[test]
fn every_example_has_its_page() {
    let human = Human::new(Look::default());
    insta::glob!("../../examples", "**/*.{alliance,alliance.md}", |path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        let source = crate::agreement_named(name, path);
        let parsed = pactum::parse(&source);
        assert!(parsed.diagnostics.is_empty(), "{name}: {:?}", parsed.diagnostics);
        let report = report_of(&source, Profile::Essential);
        let page = Page { source: &source, diagnostics: &parsed.diagnostics, report: &report };
        insta::assert_snapshot!(human.page(&page, true));
    });
}

#[test]
fn the_finished_example_is_clean() {
    let source = example("examples/northwind-kestrel.alliance");
    let strict = report(&source);
    assert!(strict.findings.is_empty(), "{:#?}", strict.findings);
    let report = report_of(&source, Profile::Essential);
    let idle = report.outcomes.iter().filter(|outcome| outcome.judged == 0);
    let idle: Vec<_> = idle.map(|outcome| &*outcome.rule).collect();
    assert!(
        idle.is_empty(),
        "a green result means that every rule had something to judge: {idle:?}"
    );
}

/// A small agreement that says what it should is not asked for boards and sponsors.
#[test]
fn honest_small_agreements_are_clean() {
    for name in ["referral", "co-marketing", "affiliate"] {
        let source = example(&format!("examples/small/{name}.alliance"));
        let found = report_of(&source, Profile::Essential).findings;
        assert!(found.is_empty(), "{name}: {found:#?}");
        let standard = report_of(&source, Profile::Standard);
        let judged = standard.outcomes.iter().filter(|each| each.judged > 0).count();
        assert!(judged > 12, "{name}: {judged} rules judged something");
        let errors = standard
            .findings
            .iter()
            .filter(|found| found.diagnostic.severity == pactum::diagnostic::Severity::Error);
        assert_eq!(errors.count(), 0, "{name}");
    }
}

#[test]
fn the_draft_has_ten_or_more_findings() {
    let report = report(&example("examples/draft.alliance"));
    assert!(report.findings.len() >= 10, "{}", report.findings.len());
}

/// A waiver in an agreement is read with the built-in rules: it names one that exists, that may be
/// waived there, and that finds something.
#[test]
fn waivers_are_told() {
    let text = fs::read_to_string("examples/northwind-kestrel.alliance").unwrap();
    let waiver = |rule| {
        format!("  {rule}: because \"pilot\"; approved by \"Lena Ortiz\"; until 2026-12-31\n")
    };
    let rules = ["exit/notice-statd", "exit/notice-stated", "governance/contact-backup"]
        .map(waiver)
        .concat();
    let source = Source::new("waived.alliance", text + "\nwaivers\n" + &rules);
    let parsed = pactum::parse(&source);
    let derived = pactum::analysis::derive(&parsed.agreement);
    let facts = Facts { agreement: &parsed.agreement, derived: &derived, as_of: None, us: None };
    let subject = Subject { source: &source, facts, told: &parsed.diagnostics };
    let day = Date::new(2026, 12, 31).unwrap();
    let waivers = Waivers { day, inline: true, outside: Vec::new() };
    let waiving = waive(report(&source), subject, &RuleSet::standard(), &waivers);
    assert_eq!(waiving.inline, 3);
    let findings = waiving.report.findings.iter();
    let told: Vec<_> = findings
        .map(|finding| (&*finding.diagnostic.code, &*finding.item))
        .filter(|(_, item)| item.starts_with("waivers/"))
        .collect();
    assert_eq!(
        told,
        [
            ("waiver/unknown-rule", "waivers/exit/notice-statd"),
            ("waiver/not-allowed", "waivers/exit/notice-stated"),
            ("waiver/unused", "waivers/governance/contact-backup"),
        ]
    );
}

/// The sample that the language was designed with: nothing in it is a slip.
#[test]
fn the_sample_of_the_design_reads() {
    let source = Source::new("sample.alliance", include_str!("sample.alliance"));
    let parsed = pactum::parse(&source);
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    let agreement = &parsed.agreement;
    assert_eq!((agreement.parties.len(), agreement.commitments.len()), (2, 4));
    assert_eq!(agreement.attribution.tables[0].rows.len(), 4);
    assert_eq!(agreement.exit.handover.len(), 3);
    assert!(
        agreement.commitments[3].amount.is_none(),
        "a vague promise loads, and promises no amount"
    );
}

/// Where a thing stands is no part of what it says.
#[test]
fn a_reformatted_agreement_is_the_same_agreement() {
    let mut seen = 0;
    for path in crate::agreements("examples/real") {
        let text = crate::terms(&crate::agreement(&path));
        let spread: String = text.lines().map(respaced).collect();
        assert_ne!(text, spread);
        let read = |text: String| pactum::parse(&Source::new("a", text));
        let (before, after) = (read(text), read(spread));
        assert!(after.diagnostics.is_empty(), "{}: {:?}", path.display(), after.diagnostics);
        assert!(before.agreement == after.agreement, "{}", path.display());
        seen += 1;
    }
    assert_eq!(seen, 12);
}

/// The same line with its slots wrapped and remarks between, quoted words and remarks untouched.
fn respaced(line: &str) -> String {
    let header = !line.starts_with(' ') || line.contains('#');
    let pieces = line.split('"').enumerate().map(|(index, piece)| match index % 2 {
        0 if !header => piece.replace("; ", " ;   # a remark\n\n        "),
        _ => piece.to_owned(),
    });
    pieces.collect::<Vec<_>>().join("\"") + "\n"
}
