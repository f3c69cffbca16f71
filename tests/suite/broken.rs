//! Broken inputs, one mistake a file, the file's name the mistake; the page a reader would see.

use std::fs;
use std::path::Path;

use pactum::policy::RuleSet;
use pactum::render::human::{Human, Look};
use pactum::source::Source;

use crate::examples::report;

/// Every file of a folder, rendered as a terminal of 80 columns without colour shows it.
fn pages(folder: &str, ending: &str, page: impl Fn(&Source) -> String) {
    let mut seen = 0;
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => format!("../broken/{folder}"), omit_expression => true }, {
        let folder = Path::new("tests/broken").join(folder);
        let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|found| found == ending));
        files.sort();
        for path in files {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let source = Source::new(format!("{name}.{ending}"), fs::read_to_string(&path).unwrap());
            let page = page(&source);
            assert!(!page.is_empty(), "{name}: a mistake that nobody is told");
            assert!(!page.contains('\u{1b}'), "{name}: a raw escape");
            insta::assert_snapshot!(name, page);
            seen += 1;
        }
    });
    assert!(seen > 0);
}

/// What reading an agreement tells; no rule is asked.
fn read(source: &Source) -> String {
    let human = Human::new(Look::default());
    let parsed = pactum::parse(source);
    parsed.diagnostics.iter().map(|found| human.diagnostic(source, found) + "\n").collect()
}

/// What loading a policy tells.
fn load(source: &Source) -> String {
    let human = Human::new(Look::default());
    let (_, diagnostics) = RuleSet::parse(source);
    diagnostics.iter().map(|found| human.diagnostic(source, found) + "\n").collect()
}

#[test]
fn slips_of_syntax() {
    pages("syntax", "alliance", read);
}

#[test]
fn slips_of_the_model() {
    pages("model", "alliance", read);
}

#[test]
fn slips_of_policy_syntax() {
    pages("policy-syntax", "policy", load);
}

#[test]
fn policies_that_do_not_load() {
    pages("resolve", "policy", load);
}

/// A slip in one item hides neither the other items nor the rules that do not touch it.
#[test]
fn one_slip_hides_nothing_else() {
    let text = fs::read_to_string("examples/northwind-kestrel.alliance").unwrap();
    let broken = text.replace("Kestrel commits at least 4", "Kestrel comits at least 4");
    assert_ne!(text, broken);
    let source = Source::new("broken.alliance", broken);
    let parsed = pactum::parse(&source);
    let codes: Vec<_> = parsed.diagnostics.iter().map(|found| &*found.code).collect();
    assert_eq!(codes, ["syntax/bad-item"], "one slip, one finding");
    let whole = report(&Source::new("whole.alliance", text));
    let report = report(&source);
    let judged = |report: &pactum::check::Report, rule: &str| {
        report.outcomes.iter().find(|outcome| &*outcome.rule == rule).map(|outcome| outcome.judged)
    };
    for rule in
        ["exit/notice-stated", "governance/exec-sponsor", "ip/on-exit", "metric/baseline-required"]
    {
        assert_eq!(judged(&report, rule), judged(&whole, rule), "{rule} still runs");
    }
    assert!(report.findings.is_empty(), "the slip is told once: {:?}", report.findings);
}
