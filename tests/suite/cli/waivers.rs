//! Waivers that stand in an agreement.

use super::{Folder, Ran, agreement};

/// Rules of which one is waived anywhere, one from outside only, one never.
pub(super) const RULES: &str = include_str!("waivers.policy");
/// A waiver that lacks nothing.
const WHOLE: &str = "because \"pilot\"; approved by \"Lena Ortiz\"; until 2026-12-31";

/// Checks an agreement of that notice with those waivers.
fn check(notice: &str, waivers: &str, more: &[&str]) -> Ran {
    let text = agreement(notice)
        + "  cause: either party if other party breaches; 10 days to cure\n\nwaivers\n"
        + waivers;
    let folder = Folder::new().file("policies/waivers.policy", RULES).file("a.alliance", text);
    folder.check(&[&["--as-of", "2026-12-31"], more].concat())
}

#[test]
fn a_waiver_in_the_agreement_covers_what_may_be_waived_there() {
    let waiver = format!("  exit/long-notice: {WHOLE}; for exit/convenience\n");
    let ran = check("30 days", &waiver, &["--verbose"]);
    assert_eq!(ran.code, 0, "a warning is left: {}", ran.all());
    insta::assert_snapshot!(ran.all());
    assert!(!check("30 days", &waiver, &[]).out.contains("long-notice"), "counted, not shown");
}

#[test]
fn a_rule_is_waived_by_a_former_id_and_without_an_item() {
    let ran = check("30 days", &format!("  exit/notice: {WHOLE}\n"), &[]);
    assert!(ran.last().contains("0 errors, 1 warning, 0 undetermined, 1 waived"), "{}", ran.all());
}

#[test]
fn a_waiver_for_another_item_covers_nothing() {
    let ran = check("30 days", &format!("  exit/long-notice: {WHOLE}; for exit/cause\n"), &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("error[exit/long-notice]:"), "{}", ran.out);
    assert!(ran.out.contains("warning[waiver/unused]:"), "{}", ran.out);
    assert!(ran.last().ends_with("0 waived"), "{}", ran.last());
}

/// Every way not to cover anything, each told once, and every finding stands.
#[test]
fn waivers_that_silence_nothing_are_told() {
    let waivers = format!(
        "  exit/long-notce: {WHOLE}\n  exit/long-cure: {WHOLE}\n  exit/some: {WHOLE}\n  \
           exit/long-notice: because \"pilot\"; until term end; for exit/convenience\n"
    );
    let ran = check("30 days", &waivers, &[]);
    assert!(ran.last().ends_with("0 waived"), "{}", ran.all());
    insta::assert_snapshot!(ran.all());
}

#[test]
fn an_item_nobody_wrote_is_told() {
    let ran = check("30 days", &format!("  exit/long-notice: {WHOLE}; for convenience\n"), &[]);
    assert!(ran.last().ends_with("0 waived"), "{}", ran.all());
    insta::assert_snapshot!(ran.out.split("\n\n").nth(2).unwrap());
}

/// What reading finds wrong with a waiver is told by reading; it covers nothing.
#[test]
fn a_waiver_with_a_slip_covers_nothing() {
    for slip in ["; during 12 months", "; for exit/conveniences", "; from 2027-01-01"] {
        let ran = check("30 days", &format!("  exit/long-notice: {WHOLE}{slip}\n"), &[]);
        assert!(ran.out.contains("error[exit/long-notice]:"), "{slip}: {}", ran.out);
        assert!(ran.out.contains("error[model/"), "{slip}: {}", ran.out);
        assert!(!ran.out.contains("[waiver/"), "{slip}: {}", ran.out);
    }
}

#[test]
fn a_waiver_holds_until_the_end_of_its_last_day() {
    let waiver = format!("  exit/long-notice: {WHOLE}\n");
    assert_eq!(check("30 days", &waiver, &[]).code, 0);
    let text = agreement("30 days") + "waivers\n" + &waiver;
    let folder = Folder::new().file("policies/waivers.policy", RULES).file("a.alliance", text);
    let late = folder.check(&["--as-of", "2027-01-01"]);
    assert_eq!(late.code, 1);
    insta::assert_snapshot!(late.out.split("\n\n").nth(1).unwrap());
}

/// Without `--as-of` a waiver ends by the day of the machine, and the report says which that was.
#[test]
fn today_is_told_where_a_waiver_depends_on_it() {
    let text = |until: &str| {
        let waiver = WHOLE.replace("2026-12-31", until);
        agreement("30 days") + "waivers\n  exit/long-notice: " + &waiver + "\n"
    };
    let folder = |until| {
        Folder::new().file("policies/waivers.policy", RULES).file("a.alliance", text(until))
    };
    let (past, future) = (folder("2020-01-01").check(&[]), folder("9000-01-01").check(&[]));
    assert_eq!((past.code, future.code), (1, 0));
    for ran in [&past, &future] {
        let line = ran.out.lines().rev().nth(1).unwrap();
        assert!(line.starts_with("waivers: as of today, 20"), "{line}");
    }
    let none = Folder::with_policy().file("a.alliance", agreement("30 days")).check(&[]);
    assert!(!none.out.contains("today"), "{}", none.out);
}

/// What needs the approval of somebody is covered by nobody else's.
#[test]
fn an_approval_is_given_by_the_one_who_is_asked() {
    let by = |who: &str| {
        let waiver = WHOLE.replace("Lena Ortiz", who);
        check("60 days", &format!("  exit/long-notice: {waiver}\n"), &[])
    };
    let told = by("Lena Ortiz");
    assert_eq!(told.code, 1);
    insta::assert_snapshot!(told.out.split("\n\n").nth(2).unwrap());
    let given = by("Lena Ortiz, Head of Alliances");
    assert_eq!(given.code, 0, "{}", given.all());
    assert!(given.last().ends_with("1 waived"), "{}", given.last());
}

/// What nobody can decide is waived for a named item only.
#[test]
fn undetermined_is_waived_item_by_item() {
    let ran = check("3 months", &format!("  exit/long-notice: {WHOLE}\n"), &[]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.out.split("\n\n").nth(2).unwrap());
    let named = format!("  exit/long-notice: {WHOLE}; for exit/convenience\n");
    let ran = check("3 months", &named, &[]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(ran.last().ends_with("0 undetermined, 1 waived"), "{}", ran.last());
}

#[test]
fn the_other_sides_waivers_can_be_ignored() {
    let waivers = format!("  exit/long-notice: {WHOLE}\n  exit/nonsense: {WHOLE}\n");
    let ran = check("30 days", &waivers, &["--no-inline-waivers"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("error[exit/long-notice]:"), "{}", ran.out);
    assert!(!ran.out.contains("[waiver/"), "{}", ran.out);
    assert_eq!(ran.out.matches("ignored").count(), 1);
    let line = ran.out.lines().rev().nth(1).unwrap();
    assert_eq!(line, "waivers: 2 waivers in agreements ignored, as asked");
    let json = check("30 days", &waivers, &["--no-inline-waivers", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["run"]["waivers"]["inline_ignored"], 2);
}

#[test]
fn a_waived_finding_stays_in_json() {
    let waiver = format!("  exit/long-notice: {WHOLE}\n");
    let ran = check("30 days", &waiver, &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let finding = &json["files"][0]["findings"][0];
    assert_eq!(finding["id"], "exit/long-notice@exit/convenience");
    assert_eq!(
        finding["waived"],
        serde_json::json!({
            "reason": "pilot",
            "approver": "Lena Ortiz",
            "until": "2026-12-31",
            "from": "a.alliance:12",
        })
    );
    assert_eq!(json["run"]["counts"]["waived"], 1);
    assert_eq!(json["run"]["waivers"]["as_of"], "2026-12-31");
}

/// Who is asked to approve what: in one line, and in JSON with the ids of the findings.
#[test]
fn approvals_are_summed_by_approver() {
    let cure = "  cause: either party if other party breaches; 20 days to cure\n";
    let waiver = WHOLE.replace("Lena Ortiz", "Lena Ortiz, Head of Alliances");
    let below = format!("waivers\n  exit/long-notice: {waiver}\n");
    let folder = Folder::new()
        .file("policies/waivers.policy", RULES)
        .file("a.alliance", agreement("60 days") + cure)
        .file("b.alliance", agreement("60 days"))
        .file("c.alliance", agreement("60 days") + &below);
    let day = ["--as-of", "2026-12-31"];
    let ran = folder.check(&day);
    let line = ran.out.lines().rev().nth(1).unwrap();
    assert_eq!(line, "approvals: Head of Alliances 2, General Counsel 1");
    let ran = folder.check(&[&day[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let (notice, cure) = ("exit/long-notice@exit/convenience", "exit/long-cure@exit/cause");
    assert_eq!(
        json["run"]["approvals"],
        serde_json::json!({
            "General Counsel": [{"path": "a.alliance", "id": cure}],
            "Head of Alliances": [
                {"path": "a.alliance", "id": notice},
                {"path": "b.alliance", "id": notice},
            ],
        })
    );
    assert!(!folder.check(&["b.alliance", "--as-of", "2026-12-31"]).out.contains("General"));
}
