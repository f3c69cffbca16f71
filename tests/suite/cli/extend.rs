//! `extend` in pactum.toml, and `pactum show`.

use super::{Folder, Ran, agreement, run};

const RULE: &str = "exit/long-notice";

/// A repository whose folder `deals` has a configuration of its own.
fn folder(base: &str, own: &str) -> Folder {
    Folder::with_policy()
        .file("pactum.toml", base)
        .file("deals/pactum.toml", own)
        .file("deals/a.alliance", agreement("30 days"))
}

fn check(folder: &Folder) -> Ran {
    folder.run(["check", "--no-standard-rules", "deals"])
}

#[test]
fn nothing_is_merged_unless_it_is_asked_for() {
    let base = "policies = [\"policies\"]\n";
    let ran = check(&folder(base, "fail-on = \"error\"\n"));
    assert_eq!(ran.code, 2, "there is no rule: {}", ran.all());
    let ran = check(&folder(base, "extend = \"../pactum.toml\"\n"));
    assert_eq!(ran.code, 1, "{}", ran.all());
}

/// Key by key, for rules parameter by parameter; whatever the extended file says of it.
#[test]
fn the_file_that_extends_wins_key_by_key() {
    let base = format!(
        "policies = [\"policies\"]\nfail-on = \"warning\"\nus = \"Northwind\"\n\
         [rules.\"{RULE}\"]\nseverity = \"warning\"\nparams = {{ minimum = \"20 days\", acceptable = \"10 days\" }}\n\
         [[overrides]]\npaths = [\"deals/**\"]\nrules.\"{RULE}\".params.minimum = \"25 days\"\n"
    );
    let own = "extend = \"../pactum.toml\"\nfail-on = \"error\"\n";
    assert!(check(&folder(&base, own)).last().contains("0 warnings"));
    let own = format!("{own}[rules.\"{RULE}\"]\nparams.minimum = \"40 days\"\n");
    let ran = check(&folder(&base, &own));
    assert_eq!(ran.code, 0, "a warning, and errors fail here: {}", ran.all());
    assert!(ran.out.contains("warning[exit/long-notice]"), "{}", ran.out);
    assert!(ran.out.contains("asks for 40 days"), "{}", ran.out);
    assert!(ran.out.contains("needs approval of"), "the other parameter stays: {}", ran.out);
}

#[test]
fn circles_and_missing_files_are_told_at_their_place() {
    let base = "policies = [\"policies\"]\nextend = \"deals/pactum.toml\"\n";
    let ran = check(&folder(base, "extend = \"../pactum.toml\"\n"));
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("error[config/extend-circle]"), "{}", ran.err);
    assert!(ran.err.contains("[pactum.toml:2:10]"), "{}", ran.err);
    let ran = check(&folder("", "\nextend = \"../gone.toml\"\n"));
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("error[config/no-extend]"), "{}", ran.err);
    assert!(ran.err.contains("[deals/pactum.toml:2:10]"), "{}", ran.err);
    let ran = check(&folder("", "extend = \"pactum.toml\"\n"));
    assert!(ran.err.contains("error[config/extend-circle]"), "itself: {}", ran.err);
    let ran = check(&folder("", "extend = \"../deals\"\n"));
    assert!(ran.err.contains("error[config/no-extend]"), "a folder: {}", ran.err);
}

/// What is wrong with the file that is extended is told there.
#[test]
fn mistakes_in_what_is_extended_have_their_place() {
    let base = "policies = [\"policies\"]\n[rules.\"exit/unheard-of\"]\nseverity = \"off\"\n";
    let ran = check(&folder(base, "extend = \"../pactum.toml\"\n"));
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("[pactum.toml:2:"), "{}", ran.err);
}

/// All there is to show.
fn rich() -> Folder {
    let base = format!(
        "profile = \"standard\"\npolicies = [\"policies\"]\n\
         [rules.\"{RULE}\"]\nparams = {{ minimum = \"20 days\", acceptable = \"10 days\" }}\n"
    );
    let own = format!(
        "extend = \"../pactum.toml\"\nus = \"Northwind\"\nbaseline = \"base.json\"\n\
         [[overrides]]\npaths = [\"a*.alliance\"]\n\
         [overrides.rules.\"{RULE}\"]\nseverity = \"warning\"\nparams.minimum = \"25 days\"\n"
    );
    let waiver = "[[waiver]]\nrule = \"exit/long-notice\"\nagreement = \"deals/*.alliance\"\n\
                  reason = \"pilot\"\napprover = \"Lena Ortiz\"\nuntil = 2026-12-31\n";
    folder(&base, &own).file("pactum-waivers.toml", waiver)
}

#[test]
fn settings_are_shown_with_the_line_that_says_so() {
    let folder = rich();
    let ran = folder.run(["show", "settings", "deals/a.alliance", "--no-standard-rules"]);
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
    insta::assert_snapshot!(ran.all());
    let other = folder.run(["show", "settings", "deals/b.alliance", "--no-standard-rules"]);
    assert!(other.out.contains("minimum = 20 days\n      by pactum.toml:4"), "{}", other.out);
    assert!(other.out.contains("no such file now"), "{}", other.out);
}

/// The same from anywhere, but for the folder that names are seen from.
#[test]
fn settings_are_the_same_from_any_folder() {
    let folder = rich();
    let of = |from: &str, file: &str| -> serde_json::Value {
        let arguments = ["show", "settings", file, "--format", "json"];
        let ran = run(&folder.0.join(from), arguments, "", &[]);
        assert_eq!(ran.code, 0, "{}", ran.all());
        serde_json::from_str(&ran.out).unwrap()
    };
    let here = of(".", "deals/a.alliance");
    assert_eq!(here["changes"].as_array().unwrap().len(), 3);
    assert_eq!(here["extends"][0], "pactum.toml");
    assert_eq!(here["waivers"]["entries"], 1);
    let there = of("deals", "a.alliance");
    for key in ["profile", "us", "fail_on"] {
        assert_eq!(here[key]["value"], there[key]["value"], "{key}");
    }
    let values = |shown: &serde_json::Value| -> Vec<String> {
        let changes = shown["changes"].as_array().unwrap().iter();
        changes.map(|each| format!("{} {}", each["key"], each["value"])).collect()
    };
    assert_eq!(values(&here), values(&there));
    assert_eq!(here["rules"], there["rules"]);
    // As it is checked, so it is shown: from standard input under its name as well.
    let checked = |from: &str, arguments: &[&str]| {
        let all = [&["check", "--format", "json"], arguments].concat();
        let ran = run(&folder.0.join(from), all, &agreement("30 days"), &[]);
        let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        report["files"][0]["findings"].clone()
    };
    folder.run(["check", "--write-baseline", "deals/base.json"]);
    let file = checked(".", &["deals/a.alliance"]);
    assert!(file.as_array().is_some_and(|all| !all.is_empty()), "{file}");
    assert_eq!(
        checked("deals", &["-", "--stdin-filename", "a.alliance"]).to_string().len(),
        checked("deals", &["a.alliance"]).to_string().len()
    );
    assert_eq!(checked(".", &["-", "--stdin-filename", "deals/a.alliance"]), file);
}

#[test]
fn settings_are_of_a_file() {
    let ran = Folder::new().run(["show", "settings", "."]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("is no file"), "{}", ran.err);
    let ran =
        folder("", "extend = \"../gone.toml\"\n").run(["show", "settings", "deals/a.alliance"]);
    assert_eq!(ran.code, 2, "what is wrong is told and nothing half shown");
    assert_eq!(ran.out, "");
}

#[test]
fn files_that_are_left_out_are_shown_with_the_reason() {
    let folder = Folder::new()
        .file(".gitignore", "out/\n")
        .file("a.alliance", agreement("30 days"))
        .file("terms.md", format!("# Terms\n\n```alliance\n{}```\n", agreement("30 days")))
        .file("notes.md", "# Notes\n")
        .file("out/b.alliance", "")
        .file("out/readme.md", "# Nothing\n")
        .file(".cache/c.alliance", "");
    let ran = folder.run(["show", "files"]);
    insta::assert_snapshot!(ran.all());
    let ran = folder.run(["show", "files", "--format", "json"]);
    let shown: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(shown["files"].as_array().unwrap().len(), 2);
    assert_eq!(shown["left_out"][0]["why"], "hidden");
    assert_eq!(folder.run(["show", "files", "gone"]).code, 2);
    assert_eq!(Folder::new().run(["show", "files"]).code, 2, "nothing to check is no success");
}
