//! `check --trace`: one page each for what passes, fails, cannot be told and does not apply.

use super::{Folder, agreement};

fn trace(text: &str, more: &[&str]) -> String {
    let folder = Folder::with_policy().file("deal.alliance", text);
    folder.check(&[&["deal.alliance", "--trace", "exit/long-notice"], more].concat()).all()
}

#[test]
fn what_passes() {
    insta::assert_snapshot!(trace(&agreement("90 days"), &[]));
}

#[test]
fn what_fails() {
    insta::assert_snapshot!(trace(&agreement("30 days"), &[]));
}

#[test]
fn what_cannot_be_told() {
    insta::assert_snapshot!(trace(&agreement("3 months"), &[]));
}

#[test]
fn what_does_not_apply() {
    let text = agreement("90 days").replace(
        "convenience: either party; 90 days",
        "ends: ends if \"the studio closes\"; 5 days",
    );
    insta::assert_snapshot!(trace(&text, &[]));
}

/// Names, counts, quantifiers, parameters of the configuration, and what is for another kind.
#[test]
fn every_part_of_a_rule() {
    let policy = "rule exit/case: warning
  ## A case.
  applies to every kind except affiliate
  param least: duration = 60 days
  param unusual: list of text = \"whim\", \"mood\"
  let begin = launch otherwise starts
  when begin is stated and some right in exit.convenience
  require every right in exit.convenience: right.notice >= least + 10 days, if missing not applicable
  accept right.notice is stated with approval of \"Head\"
  say \"too short\"
  require count of party in parties where party.owner is not stated <= 1
      or not (some cause in exit.cause where some word in unusual where cause.text mentions word), if missing pass
  say \"nobody\"

passes
  alliance a: supply
    starts 2026-01-01
  exit
    convenience: either party; 90 days notice

fails at header
  alliance a: supply
    starts 2026-01-01
  exit
    convenience: either party
";
    let text = agreement("30 days")
        .replace("go-to-market\n", "go-to-market\n  starts 2026-04-01\n")
        + "  cause: either party if other party breaches \"at a whim\"; to be agreed notice\n";
    let folder = Folder::new()
        .file("case.policy", policy)
        .file("deal.alliance", text.clone())
        .file("other.alliance", text.replace("go-to-market", "affiliate"));
    let ran = folder.run([
        "check",
        "--no-standard-rules",
        "--policy",
        "case.policy",
        "--trace",
        "exit/case",
    ]);
    insta::assert_snapshot!(ran.all());
    let (steps, _) = ran.out.rsplit_once("\n\n").unwrap();
    assert!(steps.lines().all(|line| line.chars().count() <= 80), "{steps}");
}

#[test]
fn a_rule_nobody_has() {
    let folder = Folder::with_policy().file("deal.alliance", agreement("90 days"));
    let ran = folder.check(&["--trace", "exit/long-notise"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("a similar name exists: `exit/long-notice`"), "{}", ran.err);
    assert_eq!(folder.check(&["--trace", "exit/long-notice", "--format", "json"]).code, 2);
}
