//! Waivers from outside the agreements: `pactum-waivers.toml`.

use super::waivers::RULES;
use super::{Folder, Ran, agreement};

/// An entry that lacks nothing, for one rule and one or more agreements.
fn entry(rule: &str, agreement: &str) -> String {
    format!(
        "[[waiver]]\nrule = \"{rule}\"\nagreement = \"{agreement}\"\nreason = \"pilot\"\n\
         approver = \"Lena Ortiz\"\nuntil = 2026-12-31\n\n"
    )
}

/// A short notice and a short time to cure.
fn both() -> String {
    agreement("30 days") + "  cause: either party if other party breaches; 10 days to cure\n"
}

fn folder(waivers: &str) -> Folder {
    Folder::new()
        .file("policies/waivers.policy", RULES)
        .file("pactum-waivers.toml", waivers)
        .file("deals/a.alliance", both())
}

fn check(folder: &Folder, more: &[&str]) -> Ran {
    folder.check(&[&["--as-of", "2026-06-01"], more].concat())
}

#[test]
fn a_file_outside_covers_what_an_agreement_cannot() {
    let waivers = entry("exit/notice", "deals/a.alliance") + &entry("exit/long-cure", "deals/*");
    let ran = check(&folder(&waivers), &["--verbose"]);
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!(ran.all());
}

#[test]
fn the_nearest_file_is_used_alone() {
    let above = entry("exit/long-notice", "deals/**");
    let beside = entry("exit/long-cure", "*.alliance");
    let folder = folder(&above).file("deals/deep/b.alliance", both());
    let of = |ran: &Ran| ran.last().rsplit(", ").next().unwrap().to_owned();
    assert_eq!(of(&check(&folder, &[])), "2 waived");
    let folder = folder.file("deals/deep/pactum-waivers.toml", beside);
    let ran = check(&folder, &["deals/deep"]);
    assert!(ran.out.contains("error[exit/long-notice]:"), "{}", ran.all());
    assert_eq!(of(&ran), "1 waived");
    let named = check(&folder, &["deals/deep", "--waivers", "pactum-waivers.toml"]);
    assert!(named.out.contains("warning[exit/long-cure]:"), "{}", named.all());
    assert_eq!(of(&named), "1 waived");
    let isolated = check(&folder, &["--isolated"]);
    assert_eq!(of(&isolated), "0 waived");
    let named = check(&folder, &["--isolated", "--waivers", "pactum-waivers.toml"]);
    assert_eq!(of(&named), "2 waived");
}

/// Paths count from the folder of the file, wherever that is.
#[test]
fn a_named_file_may_stand_elsewhere() {
    let folder = folder("").file("legal/w.toml", entry("exit/long-notice", "../deals/*.alliance"));
    let ran = check(&folder, &["--waivers", "legal/w.toml"]);
    assert!(ran.last().ends_with("1 waived"), "{}", ran.all());
    for path in ["./deals/x/../a.alliance", "../{}/deals/a.alliance"] {
        let own = folder.0.file_name().unwrap().to_str().unwrap();
        let waivers = entry("exit/long-notice", &path.replace("{}", own));
        std::fs::write(folder.0.join("pactum-waivers.toml"), waivers).unwrap();
        let ran = check(&folder, &[]);
        assert!(ran.last().ends_with("1 waived"), "{path}: {}", ran.all());
    }
    let gone = check(&folder, &["--waivers", "gone.toml"]);
    assert_eq!(gone.code, 2);
    assert!(gone.err.contains("`gone.toml` does not exist"), "{}", gone.err);
}

/// Every way not to cover anything, with its place in the file; every finding stands.
#[test]
fn entries_that_silence_nothing_are_told() {
    let waivers = [
        entry("exit/long-notce", "deals/a.alliance"),
        entry("exit/some", "deals/a.alliance"),
        entry("exit/long-cure", "deals/a.aliance"),
        entry("exit/long-cure", "drafts/**"),
        entry("exit/long-cure", "deals"),
        entry("exit/long-cure", "deals/a.alliance").replace("2026-12-31", "2026-05-31"),
        entry("exit/long-cure", "deals/a.alliance")
            .replace("reason", "item = \"exit/convenience\"\nreason"),
        entry("exit/long-cure", "deals/a.alliance").replace("reason", "item = \"cause\"\nreason"),
    ];
    let ran = check(&folder(&waivers.concat()), &[]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.all());
    let json = check(&folder(&waivers.concat()), &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let file = &json["files"][1];
    assert_eq!(file["path"], "pactum-waivers.toml");
    assert_eq!(file["diagnostics"].as_array().unwrap().len(), 8);
    assert_eq!(file["diagnostics"][0]["primary"]["line"], 2);
    assert_eq!(json["run"]["files"], 1, "it is no agreement");
}

/// Standard input has the waivers of the place that its name stands for.
#[test]
fn standard_input_is_waived_by_its_name() {
    let folder = folder(&entry("exit/long-notice", "deals/new.alliance"));
    let arguments =
        ["check", "--no-standard-rules", "--policy", "policies", "--as-of", "2026-06-01"];
    let stdin = ["-", "--stdin-filename", "deals/new.alliance"];
    let ran = super::run(&folder.0, arguments.iter().chain(&stdin), &both(), &[]);
    assert!(ran.last().ends_with("1 waived"), "{}", ran.all());
}

/// A run over some agreements says nothing of the waivers for others.
#[test]
fn waivers_for_what_was_not_checked_are_left_alone() {
    let waivers =
        entry("exit/long-notice", "deals/*") + &entry("exit/long-cure", "deals/b.alliance");
    let folder = folder(&waivers)
        .file("deals/b.alliance", both())
        .file("deals/good.alliance", agreement("90 days"));
    let good = check(&folder, &["deals/good.alliance"]);
    assert_eq!((good.code, good.out.lines().count()), (0, 1), "{}", good.all());
    let all = check(&folder, &[]);
    assert!(!all.out.contains("[waiver/"), "{}", all.out);
    assert!(all.last().ends_with("3 waived"), "{}", all.all());
}

#[test]
fn two_waivers_of_the_same_are_one_too_many() {
    let one = entry("exit/long-notice", "deals/a.alliance");
    let ran = check(&folder(&(one.clone() + &one)), &[]);
    let told = "warning[waiver/unused]: the waiver of `exit/long-notice` covers only what";
    assert!(ran.out.contains(told), "{}", ran.out);
    assert!(ran.last().ends_with("1 waived"), "{}", ran.last());
}

/// A file with a mistake counts for nothing, and nothing is checked without it.
#[test]
fn mistakes_are_told_with_their_place() {
    let ran = check(
        &folder(
            "[[waiver]]\n\
             rules = \"exit/long-notice\"\n\
             agreement = [\"deals/a.alliance\"]\n\
             item = 7\n\
             reason = \" \"\n\
             until = \"2026-12-31\"\n\
             \n\
             [[waiver]]\n\
             rule = \"exit/long-notice\"\n\
             agreement = \"deals/[a\"\n\
             reason = \"pilot\"\n\
             approver = \"Lena Ortiz\"\n\
             until = 2026-12-31T10:00:00\n\
             \n\
             [waivers]\n",
        ),
        &[],
    );
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    insta::assert_snapshot!(ran.err);
}

#[test]
fn what_is_no_list_or_no_toml_is_told() {
    for (text, code) in [
        ("[waiver]\nrule = \"exit/long-notice\"\n", "config/wrong-type"),
        ("[[waiver]\n", "config/not-toml"),
        ("[[waiver]]\nagreement = \"/etc/a\"\n", "waiver/malformed"),
    ] {
        let ran = check(&folder(text), &[]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{text}");
        assert!(ran.err.contains(&format!("error[{code}]")), "{}", ran.err);
        assert!(ran.err.contains("pactum-waivers.toml:1:"), "{}", ran.err);
    }
}
