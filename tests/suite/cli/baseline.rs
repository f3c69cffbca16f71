//! Baselines: `--write-baseline`, `--baseline`, and the key in pactum.toml.

use std::fs;

use super::{Folder, agreement, run};

/// Three agreements: one fails, one needs an approval, one cannot be decided.
fn folder() -> Folder {
    Folder::with_policy()
        .file("deals/a.alliance", agreement("30 days"))
        .file("deals/b.alliance", agreement("60 days"))
        .file("deals/c.alliance", agreement("3 months"))
}

/// The same, recorded.
fn recorded() -> Folder {
    let folder = folder();
    let ran = folder.check(&["--write-baseline", "base.json"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert_eq!(ran.err, "baseline: 3 findings of 3 agreements recorded in `base.json`\n");
    folder
}

/// On one line, however it was wrapped.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_recorded_is_counted_and_does_not_fail() {
    let folder = recorded();
    let ran = folder.check(&["--baseline", "base.json"]);
    assert_eq!((ran.code, ran.out.lines().count()), (0, 1), "{}", ran.all());
    assert!(ran.last().ends_with("0 waived, 3 known from the baseline"), "{}", ran.last());
    let ran = folder.check(&["--baseline", "base.json", "--verbose", "--format", "concise"]);
    insta::assert_snapshot!(ran.all());
    assert_eq!(folder.check(&[]).code, 1, "without it all is as it was");
}

/// A line a finding, sorted; the same again writes the same again.
#[test]
fn the_file_can_be_read_in_a_difference() {
    let folder = recorded();
    let text = folder.read("base.json");
    insta::assert_snapshot!(text);
    folder.check(&["--write-baseline", "base.json"]);
    assert_eq!(folder.read("base.json"), text);
}

/// Paths are relative to the baseline: from whichever folder it is run.
#[test]
fn the_working_folder_does_not_matter() {
    let folder = recorded();
    let arguments = ["check", "--no-standard-rules", "--policy", "../policies", "--baseline"];
    let from = |more: &[&str]| {
        run(&folder.0.join("deals"), arguments.iter().chain(more), &agreement("30 days"), &[])
    };
    assert_eq!(from(&["../base.json"]).code, 0);
    assert_eq!(from(&["../base.json", "a.alliance"]).code, 0);
    let piped = from(&["../base.json", "-", "--stdin-filename", "a.alliance"]);
    assert_eq!(piped.code, 0, "{}", piped.all());
    let other = from(&["../base.json", "-", "--stdin-filename", "b.alliance"]);
    assert_eq!(other.code, 1, "what is known of one agreement is not known of another");
}

#[test]
fn a_finding_that_says_something_else_is_new_and_what_is_gone_is_told() {
    let folder = recorded()
        .file("deals/a.alliance", agreement("7 days"))
        .file("deals/b.alliance", agreement("99 days"));
    fs::remove_file(folder.0.join("deals/c.alliance")).unwrap();
    let ran = folder.check(&["--baseline", "base.json"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.all());
    // Of agreements that are there and are not checked nobody knows.
    let ran = folder.check(&["--baseline", "base.json", "policies/../deals/a.alliance"]);
    assert!(!ran.out.contains("b.alliance"), "{}", ran.out);
}

/// The same words, and a policy under which they are worse than when they were accepted.
#[test]
fn what_got_worse_is_new() {
    let folder = recorded();
    let stricter = folder.read("policies/notice.policy").replace("= 60 days", "= 61 days");
    let stricter = stricter.replace("accepts at \"60 days\"", "accepts at \"61 days\"");
    let folder =
        folder.file("policies/notice.policy", stricter.replace("\"60 days\"", "\"62 days\""));
    let ran = folder.check(&["--baseline", "base.json", "deals/b.alliance"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(ran.out.contains("error[exit/long-notice]: "), "{}", ran.out);
}

/// What keeps rules from being asked is never accepted in silence.
#[test]
fn what_cannot_be_read_is_not_recorded() {
    let broken = agreement("30 days") + "  cause: what nobody understands ((\n";
    let folder = Folder::with_policy()
        .file("a.alliance", broken)
        .file("kindless.alliance", agreement("90 days").replace(": go-to-market", ""));
    let ran = folder.check(&["--write-baseline", "base.json"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    let ran = folder.check(&["--baseline", "base.json"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(ran.out.contains("error[syntax/"), "{}", ran.out);
    assert!(!folder.read("base.json").contains("syntax/"));
}

#[test]
fn nothing_is_recorded_of_half_a_run() {
    let folder = recorded().file("deals/d.alliance", [0xff, 0xfe]);
    let before = folder.read("base.json");
    let ran = folder.check(&["--write-baseline", "base.json"]);
    assert_eq!(ran.code, 2);
    assert!(
        flat(&ran.err).contains("`base.json` was left as it is: not everything"),
        "{}",
        ran.err
    );
    assert_eq!(folder.read("base.json"), before);
}

#[test]
fn agreements_that_are_not_checked_keep_what_is_recorded() {
    let folder = recorded().file("deals/a.alliance", agreement("90 days"));
    fs::remove_file(folder.0.join("deals/c.alliance")).unwrap();
    let ran = folder.check(&["--write-baseline", "base.json", "deals/a.alliance"]);
    assert!(flat(&ran.err).contains("0 findings of 1 agreement recorded"), "{}", ran.err);
    assert!(flat(&ran.err).contains("; 1 of agreements that were not checked kept"), "{}", ran.err);
    let text = folder.read("base.json");
    assert!(text.contains("deals/b.alliance") && !text.contains("deals/c"), "{text}");
}

#[test]
fn a_baseline_that_cannot_be_used_ends_with_2() {
    let good = recorded().read("base.json");
    let cases = [
        (
            "old.json",
            good.replace("\"fingerprint_version\":1", "\"fingerprint_version\":0"),
            "the fingerprint version here is 0, this pactum knows 1",
        ),
        ("torn.json", good[..good.len() - 9].to_owned(), "this baseline cannot be read"),
        (
            "merge.json",
            good.replace("\n{\"path\":\"deals/b", "\n<<<<<<< HEAD\n{\"path\":\"deals/b"),
            "merge.json:3",
        ),
        ("a.toml", "[a]\n".to_owned(), "this baseline cannot be read"),
    ];
    for (name, text, told) in cases {
        let folder = folder().file(name, &text);
        let ran = folder.check(&["--baseline", name]);
        assert_eq!(ran.code, 2, "{name}: {}", ran.all());
        assert!(flat(&ran.err).contains(told), "{name}: {}", ran.err);
        assert!(ran.err.contains("--write-baseline"), "{name}: {}", ran.err);
    }
    let folder = folder();
    let ran = folder.check(&["--baseline", "none.json"]);
    assert_eq!(ran.code, 2);
    assert!(flat(&ran.err).contains("check --write-baseline none.json"), "{}", ran.err);
    for (name, told) in [
        ("deals/a.alliance", "is no baseline, and was left as it is"),
        ("gone/base.json", "there is no folder for it"),
    ] {
        let ran = folder.check(&["--write-baseline", name]);
        assert_eq!(ran.code, 2, "{}", ran.all());
        assert!(flat(&ran.err).contains(told), "{}", ran.err);
        assert_eq!(ran.out, "", "before any work is done");
    }
    assert_eq!(folder.read("deals/a.alliance"), agreement("30 days"));
    let piped = folder.check(&["--write-baseline", "base.json", "-"]);
    assert_eq!(piped.code, 2);
    assert!(piped.err.contains("standard input"), "{}", piped.err);
}

#[test]
fn the_configuration_names_one() {
    let config = "policies = [\"policies\"]\nbaseline = \"base.json\"\n";
    let folder = folder().file("pactum.toml", config);
    let plain = |folder: &Folder| folder.run(["check", "--no-standard-rules", "deals"]);
    let ran = plain(&folder);
    assert_eq!(ran.code, 2, "it is not there yet: {}", ran.all());
    let ran =
        folder.run(["check", "--no-standard-rules", "--write-baseline", "base.json", "deals"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert_eq!(plain(&folder).code, 0);
    let all = folder.run(["check", "--no-standard-rules", "--no-baseline", "deals"]);
    assert_eq!(all.code, 1, "{}", all.all());
    assert!(!all.last().contains("baseline"), "{}", all.last());
    for other in ["--baseline", "--write-baseline"] {
        let both = folder.run(["check", "--no-baseline", other, "base.json", "deals"]);
        assert_eq!(both.code, 2, "{}", both.all());
        assert!(flat(&both.err).contains("cannot be used with"), "{}", both.err);
    }
    let ran = folder.run(["check", "--no-standard-rules", "--isolated", "--policy", "policies"]);
    assert_eq!(ran.code, 1, "whoever ignores the configuration ignores its baseline");
}

#[test]
fn programs_see_what_is_known() {
    let folder = recorded().file("deals/a.alliance", agreement("7 days"));
    let ran = folder.check(&["--baseline", "base.json", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let known: Vec<_> = report["files"]
        .as_array()
        .unwrap()
        .iter()
        .take(3)
        .map(|file| file["findings"][0]["known"].as_bool().unwrap())
        .collect();
    assert_eq!(known, [false, true, true]);
    assert_eq!(report["run"]["counts"]["known"], 2);
    let ran = folder.check(&["--baseline", "base.json", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let states: Vec<_> =
        results.iter().map(|each| each["baselineState"].as_str().unwrap()).collect();
    assert_eq!(states, ["new", "unchanged", "unchanged", "new"], "the last is what is stale");
    let ran = folder.check(&["--format", "sarif"]);
    assert!(!ran.out.contains("baselineState"));
}

/// A waiver ends one day: what it covers is not recorded for ever.
#[test]
fn what_is_waived_is_not_recorded() {
    let waiver = "[[waiver]]\nrule = \"exit/long-notice\"\nagreement = \"deals/a.alliance\"\n\
                  reason = \"pilot\"\napprover = \"Lena Ortiz\"\nuntil = 2026-12-31\n";
    let folder = folder().file("pactum-waivers.toml", waiver);
    folder.check(&["--as-of", "2026-06-01", "--write-baseline", "base.json"]);
    assert!(!folder.read("base.json").contains("deals/a.alliance"));
    let later = folder.check(&["--as-of", "2027-06-01", "--baseline", "base.json"]);
    assert_eq!(later.code, 1, "{}", later.all());
}

/// Nobody who reads a report has to wonder where the findings went.
#[test]
fn every_report_says_what_is_known() {
    let folder = recorded();
    for format in ["json-lines", "junit", "github", "gitlab", "markdown", "html"] {
        let ran = folder.check(&["--baseline", "base.json", "--format", format]);
        assert_eq!(ran.code, 0, "{format}: {}", ran.all());
        assert_eq!(folder.check(&["--format", format]).code, 1);
        let words = match format {
            "json-lines" => "\"known\":true",
            "markdown" => "**known**",
            "html" => "· known ·",
            "junit" => "<skipped message=\"known from the baseline",
            _ => "known from the baseline",
        };
        assert_eq!(ran.out.matches(words).count().min(3), 3, "{format}: {}", ran.out);
    }
}
