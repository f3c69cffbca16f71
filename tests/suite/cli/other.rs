//! The commands beside `check`.

use super::{Folder, POLICY, agreement};

#[test]
fn help_is_worth_reading() {
    let folder = Folder::new();
    insta::assert_snapshot!("help", folder.run(["--help"]).out);
    insta::assert_snapshot!("help_check", folder.run(["check", "--help"]).out);
    insta::assert_snapshot!("help_attribution", folder.run(["attribution", "--help"]).out);
}

#[test]
fn explain_tells_all() {
    let folder = Folder::with_policy();
    let rule = ["explain", "--no-standard-rules", "--policy", "policies", "exit/long-notice"];
    insta::assert_snapshot!(folder.run(rule).all());
}

#[test]
fn explain_tells_every_section() {
    let folder = Folder::new();
    for section in pactum::agreement::SECTIONS {
        let ran = folder.run(["explain", section]);
        for form in pactum::syntax::section_shapes(section) {
            assert!(ran.out.contains(form.shape), "{section}: {}", ran.out);
            assert!(ran.out.contains(form.example), "{section}: {}", ran.out);
        }
        assert!(ran.out.lines().count() > 2, "{section} has no form");
    }
}

#[test]
fn explain_knows_near_names() {
    let folder = Folder::with_policy();
    let ran = folder.run(["explain", "--policy", "policies", "exit/long-notce"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("a similar name exists: `exit/long-notice`"), "{}", ran.err);
}

#[test]
fn rules_are_listed() {
    let folder = Folder::with_policy();
    let rules = ["rules", "--no-standard-rules", "--policy", "policies"];
    insta::assert_snapshot!(folder.run(rules).out, @"exit/long-notice  error    Leaving without cause takes enough notice to hand customers over.");
    let ran = folder.run(rules.iter().chain(&["--format", "json"]));
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["rules"][0]["rule"], "exit/long-notice");
    assert_eq!(json["rules"][0]["severity"], "error");
}

#[test]
fn the_standard_rules_answer_their_examples() {
    let ran = Folder::new().run(["test"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(ran.last().ends_with(": 0 wrong"), "{}", ran.last());
}

#[test]
fn examples_that_answer_otherwise_are_told() {
    let wrong = POLICY.replace("fails at \"30 days\"", "fails at \"WRONG\"");
    let folder = Folder::with_policy().file("wrong.policy", wrong).file("empty/x.txt", "");
    let good = folder.run(["test", "policies"]);
    assert_eq!((good.code, good.last()), (0, "1 rule, 4 examples: 0 wrong"));
    let ran = folder.run(["test", "wrong.policy"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert_eq!(ran.last(), "1 rule, 4 examples: 1 wrong");
    assert!(ran.out.contains("wrong.policy:"), "{}", ran.out);
    assert_eq!(folder.run(["test", "empty"]).code, 2);
    assert_eq!(folder.run(["test", "gone.policy"]).code, 2);
}

#[test]
fn init_writes_what_can_be_checked() {
    let folder = Folder::new();
    let ran = folder.run(["init", "deal.alliance"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(ran.out.contains("wrote deal.alliance\nwrote pactum.toml\n"), "{}", ran.out);
    let again = folder.run(["init", "deal.alliance"]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("`deal.alliance` exists already"), "{}", again.err);
    let other = folder.run(["init", "other.alliance"]);
    assert!(!other.out.contains("pactum.toml"), "{}", other.out);
    assert!(folder.run(["check", "deal.alliance"]).code < 2);
    let mut names: Vec<_> = std::fs::read_dir(&folder.0).unwrap().collect();
    names.sort_by_key(|entry| entry.as_ref().unwrap().file_name());
    assert_eq!(names.len(), 3, "no temporary file stays: {names:?}");
}

#[test]
fn init_overwrites_nothing() {
    let folder = Folder::new()
        .file("pactum.toml", "edition = \"2026\"\n")
        .file("deal.alliance", agreement("90 days"));
    assert_eq!(folder.run(["init", "deal.alliance"]).code, 2);
    assert_eq!(folder.read("deal.alliance"), agreement("90 days"));
    assert_eq!(folder.run(["init", "b.alliance"]).code, 0);
    assert_eq!(folder.read("pactum.toml"), "edition = \"2026\"\n");
    let ran = folder.run(["init", "--kind", "go-to-maket", "c.alliance"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("a similar name exists: `go-to-market`"), "{}", ran.err);
    assert_eq!(folder.run(["init", "no/such/folder.alliance"]).code, 2);
}

#[test]
fn completions_are_written() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = folder.run(["completions", shell]);
        assert_eq!(ran.code, 0);
        assert!(ran.out.contains("explain"), "{shell}");
    }
}

#[test]
fn an_unknown_command_or_option_ends_with_2() {
    let folder = Folder::new();
    let ran = folder.run(["chek"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("'check'"), "{}", ran.err);
    assert_eq!(folder.run(["check", "--as-of", "2026-02-30"]).code, 2);
    assert_eq!(folder.run(["check", "--as-of", "tomorrow"]).code, 2);
}

/// What a new agreement is told are exactly its blanks: nothing else, and every one.
#[test]
fn a_new_agreement_of_every_kind_is_told_its_blanks_and_nothing_else() {
    let folder = Folder::new();
    for kind in pactum::agreement::KINDS {
        let name = format!("{kind}.alliance");
        assert_eq!(folder.run(["init", "--kind", kind, &name]).code, 0);
        let text = folder.read(&name);
        let source = pactum::source::Source::new(name, text.clone());
        assert!(pactum::parse(&source).diagnostics.is_empty(), "{kind} parses");
        let unquoted =
            |at: usize| !text[text[..at].rfind('\n').map_or(0, |n| n + 1)..at].contains('#');
        let blanks =
            text.match_indices("to be agreed").map(|(at, _)| at).filter(|at| unquoted(*at));
        let mut open: std::collections::BTreeSet<usize> = blanks.collect();
        let all = open.clone();
        assert!(all.len() >= 8, "{kind} has blanks: {}", all.len());
        let touched = |told: &pactum::diagnostic::Diagnostic| -> Vec<usize> {
            let places = std::iter::once(&told.primary).chain(&told.secondary);
            places
                .flat_map(|label| all.range(label.span.start as usize..label.span.end as usize))
                .copied()
                .collect()
        };
        let essential = pactum::policy::Profile::Essential;
        for finding in crate::examples::report_of(&source, essential).findings {
            let told = &finding.diagnostic;
            assert!(!touched(told).is_empty(), "{kind}: no blank, and yet: {}", told.message);
        }
        // The other profiles ask for the rest.
        for finding in crate::examples::report(&source).findings {
            let touched = touched(&finding.diagnostic);
            open.retain(|at| !touched.contains(at));
        }
        let left: Vec<_> = open.iter().map(|at| text[..*at].lines().count()).collect();
        assert!(left.is_empty(), "{kind}: nobody asks for the blanks in lines {left:?}");
    }
}
