//! `explain` of what is no rule, and `new rule`.

use super::{Folder, Ran};
use crate::readme::{blocks, readme};

fn explain(name: &str) -> Ran {
    Folder::new().run(["explain", name])
}

#[test]
fn a_record_and_a_path_of_the_vocabulary_are_explained() {
    for name in ["commitment", "Commitment"] {
        let ran = explain(name);
        assert_eq!(ran.code, 0, "{}", ran.all());
        assert!(ran.out.starts_with("Commitment: "), "{}", ran.out);
        assert!(ran.out.contains("  tracked"), "{}", ran.out);
    }
    let ran = explain("exit.convenience");
    assert!(ran.out.starts_with("exit.convenience: list of Right\n"), "{}", ran.out);
    assert!(ran.out.contains("for every right in exit.convenience"), "{}", ran.out);
    assert!(ran.out.contains("  notice?: duration"), "{}", ran.out);
    let ran = explain("exit.convenience.notice");
    assert!(
        ran.out.contains("for every right in exit.convenience, then right.notice"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("It may be missing"), "{}", ran.out);
    assert!(explain("right.notice").out.starts_with("right.notice: duration\n"));
    assert_eq!(explain("kind").out.matches("joint-venture").count(), 1);
    assert!(explain("renewal-mode").out.contains("automatic"));
    assert!(explain("exit").out.contains("pactum explain Exit"));
}

#[test]
fn statements_and_chapters_are_explained() {
    assert!(explain("require").out.contains("require TEST"));
    assert!(explain("policy").out.contains("for every NAME in LIST"));
    assert!(explain("operators").out.contains("count of different"));
    assert!(explain("answers").out.contains("and  yes  ?    -    no"));
    for chapter in ["types", "parameters", "examples", "vocabulary", "model/unknown-item"] {
        assert_eq!(explain(chapter).code, 0, "{chapter}");
    }
}

#[test]
fn a_miss_names_what_is_near() {
    for (name, near) in [
        ("comitment", "a similar name exists: `commitments`"),
        ("exit.convenence", "Exit has no fact `convenence`; a similar name exists: `convenience`"),
        ("exit.convenience.notce", "Right has no fact `notce`; a similar name exists: `notice`"),
        ("exit.convenience.notice.days", "`right.notice` is duration and has no fact `days`"),
        ("requir", "a similar name exists: `require`"),
        ("model/unknown-itm", "a similar name exists: `model/unknown-item`"),
        ("qqqqq", "`pactum explain policy` tells how they are written"),
    ] {
        let ran = explain(name);
        assert_eq!(ran.code, 2, "{name}: {}", ran.all());
        let err = ran.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(err.contains(near), "{name}: {}", ran.err);
    }
}

#[test]
fn a_new_rule_loads_and_is_right() {
    let folder = Folder::new();
    let ran = folder.run(["new", "rule", "house/long-notice"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    insta::assert_snapshot!(ran.out);
    let ran = folder.run(["test", "policies"]);
    assert_eq!((ran.code, ran.last()), (0, "1 rule, 5 examples: 0 wrong"), "{}", ran.all());
    let ran = folder.run(["rules", "--no-standard-rules", "--policy", "policies"]);
    assert!(ran.out.starts_with("house/long-notice  warning"), "{}", ran.out);
    // One edit: the threshold, without its examples, is told.
    let text =
        folder.read("policies/house/long-notice.policy").replace("= 30 days in", "= 60 days in");
    let folder = folder.file("policies/house/long-notice.policy", &text);
    assert_eq!(folder.run(["test", "policies"]).code, 1);
    // Nothing is overwritten.
    let ran = folder.run(["new", "rule", "house/long-notice"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("exists already"), "{}", ran.err);
    assert_eq!(folder.read("policies/house/long-notice.policy"), text);
}

#[test]
fn a_new_rule_goes_where_the_configuration_looks() {
    let folder = Folder::with_policy()
        .file("pactum.toml", "policies = [\"policies/notice.policy\", \"house\"]\n");
    let ran = folder.run(["new", "rule", "exit/ours"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    assert!(ran.out.starts_with("wrote house/exit/ours.policy\n"), "{}", ran.out);
    assert!(!ran.out.contains("to use it"), "{}", ran.out);
    let ran = folder.run(["explain", "exit/ours"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    let ran = folder.run(["new", "rule", "exit/ours", "--to", "other"]);
    assert!(ran.out.starts_with("wrote other/exit/ours.policy\n"), "{}", ran.all());
    assert!(ran.out.contains("policies = [\"other\"]"), "{}", ran.out);
}

#[test]
fn a_bad_id_and_that_of_a_standard_rule_are_refused() {
    let folder = Folder::new();
    for id in [
        "notice",
        "a/b/c",
        "Exit/notice",
        "exit/",
        "exit/long--notice",
        "../x/y",
        "exit/x.policy",
        "/x",
    ] {
        let ran = folder.run(["new", "rule", id]);
        assert_eq!(ran.code, 2, "{id}: {}", ran.all());
        assert!(ran.err.contains("is no rule id"), "{id}: {}", ran.err);
    }
    let ran = folder.run(["new", "rule", "governance/contact-backup"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    let err = ran.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(err.contains("is the id of a standard rule"), "{err}");
    assert!(std::fs::read_dir(&folder.0).unwrap().next().is_none(), "nothing is written");
}

/// Each `pactum.toml` of the README is read, beside all the rules it shows.
#[test]
fn the_configurations_of_the_readme_are_read() {
    let text = readme();
    let rules = blocks(&text, "policy").into_iter().enumerate();
    let folder = rules.fold(Folder::new(), |folder, (at, rule)| {
        folder.file(&format!("policies/{at}.policy"), format!("{rule}\n"))
    });
    let ran = folder.run(["test", "policies"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    let calendars = blocks(&text, "calendar");
    let mut folder = folder.file("office.calendar", calendars[0]);
    let deal = super::agreement("30 days");
    let (waivers, configs): (Vec<_>, Vec<_>) =
        blocks(&text, "toml").into_iter().partition(|block| block.starts_with("[[waiver]]"));
    assert_eq!(waivers.len(), 1);
    let waived = Folder::new()
        .file("pactum-waivers.toml", waivers[0])
        .file("deals/acme.alliance", deal)
        .run(["check", "--as-of", "2026-06-01"]);
    assert!(waived.last().ends_with("1 waived"), "{}", waived.all());
    for config in configs {
        folder = folder.file("pactum.toml", config);
        let ran = folder.run(["rules"]);
        assert_eq!((ran.code, &*ran.err), (0, ""), "{config}");
    }
}
