//! What must hold of every text, whatever stands in it: a function for each way in.
//!
//! `fuzz/` tries them on texts that it makes up; the tests here on the examples, on edits of them, and
//! on what `fuzz/` once found. A function that does not panic has found nothing.

#![allow(unreachable_pub, reason = "the fuzz targets include this file")]

use pactum::analysis::derive;
use pactum::check::{Subject, Waivers, check, trace, waive};
use pactum::deals::{Deals, Options, Record, Run, Signed, Written};
use pactum::diagnostic::Diagnostic;
use pactum::format::{format_agreement, format_policy};
use pactum::policy::RuleSet;
use pactum::render::human::{Human, Look};
use pactum::render::json::Json;
use pactum::render::{Form, Origin, Page};
use pactum::source::Source;
use pactum::timeline::{Ask, timeline};
use pactum::value::Date;
use pactum::vocabulary::Facts;

/// What is read is a tree; every message is one line and points into the text.
pub fn agreement(text: &str) {
    let parsed = pactum::parse(&Source::new("text", text));
    sound(&parsed.diagnostics, text);
    as_pest(text, &parsed.diagnostics);
    // Of Markdown the same holds, and places count from its start.
    if let Some(source) = Source::markdown("text.md", text) {
        sound(&pactum::parse(&source).diagnostics, text);
    }
}

/// A policy is rules, or messages that point into it.
pub fn policy(text: &str) {
    let (rules, told) = RuleSet::parse(&Source::new("text", text));
    sound(&told, text);
    as_pest(text, &told);
    let names_none = rules.rules().len() == 0;
    let blank = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    assert!(
        !(names_none && told.is_empty()) || text.lines().all(blank),
        "neither a rule nor a message"
    );
}

/// What was tidied stays as it is when it is tidied again, and is never changed in its meaning.
pub fn tidy(text: &str) {
    for tidy in [format_agreement, format_policy] {
        let once = match tidy(&Source::new("text", text)) {
            Ok(once) => once,
            Err(told) => {
                let changed = told.iter().find(|each| each.code == "format/changed");
                assert!(changed.is_none(), "{changed:?}");
                assert!(!told.is_empty(), "refused without a reason");
                continue;
            }
        };
        let twice = tidy(&Source::new("text", once.clone()));
        assert_eq!(twice.as_deref().ok(), Some(&*once), "{twice:?}");
    }
}

/// An agreement is checked by every rule, waived, explained, drawn, and laid out in time.
pub fn checked(text: &str, rules: &RuleSet) {
    let source = Source::new("text", text);
    let parsed = pactum::parse(&source);
    let derived = derive(&parsed.agreement);
    let day = Date::new(2026, 11, 1).unwrap();
    let facts =
        Facts { agreement: &parsed.agreement, derived: &derived, as_of: Some(day), us: None };
    let subject = Subject { source: &source, facts, told: &parsed.diagnostics };
    let report = check(subject, rules);
    assert_eq!(report, check(subject, rules), "a second look finds the same");
    assert_eq!(report.outcomes.len(), rules.rules().len(), "every rule has an outcome");
    let waivers = Waivers { day, inline: true, outside: Vec::new() };
    let report = waive(report, subject, rules, &waivers).report;
    let told: Vec<Diagnostic> = report.findings.iter().map(|it| it.diagnostic.clone()).collect();
    sound(&told, text);
    for found in report.findings.iter().take(3) {
        if let Some(rule) = rules.find(&found.diagnostic.code) {
            trace(rule, subject);
        }
    }
    let page = Page { source: &source, diagnostics: &parsed.diagnostics, report: &report };
    let drawn = Human::new(Look::default()).page(&page, true);
    let bare = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{2066}\u{200f}".contains(c);
    assert!(!drawn.contains(bare), "what a terminal would obey is drawn as it stands: {drawn:?}");
    Json.page(&page, Origin { config: None, skipped: 0 });
    timeline(&source, &parsed.agreement, &derived, Ask { as_of: Some(day), ..Ask::default() });
}

/// A list of deals is run to its end: every line is shared, or told.
pub fn deals(list: &[u8], written: Written) {
    let parsed = pactum::parse(&Source::new("deals", DEALS));
    let derived = derive(&parsed.agreement);
    let signed =
        [Signed { agreement: &parsed.agreement, derived: &derived, told: &parsed.diagnostics }];
    let mut run = Run::new(&signed, Options::default());
    assert!(!run.tables.is_empty(), "the table of the trial can be run");
    let Ok(mut deals) = Deals::open(list, written, &run.wanted) else { return };
    let mut record = Record::default();
    let mut lines = 0_usize;
    while let Ok(Some(line)) = deals.next(&mut record) {
        match line {
            Ok(()) => run.take(&record, &mut |_, _| {}),
            Err(slip) => {
                assert!(!slip.message.contains('\n'), "one line: {}", slip.message);
                run.miss(&slip, &mut |_, _| {});
            }
        }
        lines += 1;
        assert!(lines <= list.len(), "more deals than bytes");
    }
    run.end(&mut |_, _| {});
}

const DEALS: &str = "alliance trial, version 1: referral
  starts 2026-04-01; currency EUR; year contract
parties
  N: \"N\"
  K: \"K\"
term
  initial: 24 months
attribution
  on: \"sales\" in EUR; match first; banded marginal by total per contract year;
      at most EUR 40,000 to K per contract year
    | rule   | sourced | total          | N   | K   |
    | first  | N       | < EUR 100,000  | 70% | 30% |
    | later  | N       | >= EUR 100,000 | 60% | 40% |
    | theirs | K       |                | 1/3 | 2/3 |
";

/// The machine that reads the grammar finds what pest finds; where a text nests too deep for either,
/// only pest's stack would be tried.
fn as_pest(text: &str, told: &[Diagnostic]) {
    let too_deep = ["syntax/too-large", "policy/nesting"];
    let brackets = text.matches('(').count();
    if brackets < 100 && !told.iter().any(|each| too_deep.contains(&&*each.code)) {
        pactum::syntax::agrees_with_pest(text).unwrap();
    }
}

/// Every message is one line, and its places are places of the text.
fn sound(told: &[Diagnostic], text: &str) {
    for found in told {
        assert_ne!(found.code, "syntax/unreadable", "no tree for {text:?}");
        assert!(!found.message.contains('\n'), "one line: {}", found.message);
        for label in std::iter::once(&found.primary).chain(&found.secondary) {
            let (start, end) = (label.span.start as usize, label.span.end as usize);
            assert!(start <= end && text.get(start..end).is_some(), "{found:?} in {text:?}");
        }
    }
}
