//! What bad input gets: a message with the place, exit 2, and the other files still checked.

use super::{Folder, agreement, run};

/// A file that cannot be checked beside one that can.
fn beside_a_good_one(name: &str, text: impl AsRef<[u8]>) -> super::Ran {
    let folder = Folder::with_policy().file(name, text).file("good.alliance", agreement("30 days"));
    let ran = folder.check(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.out.contains("good.alliance:8:"), "the other file is checked: {}", ran.out);
    assert!(ran.last().starts_with("1 file and 1 not checked, "), "{}", ran.last());
    ran
}

#[test]
fn not_utf8() {
    let ran = beside_a_good_one("bad.alliance", b"alliance x\n\n  \xff");
    insta::assert_snapshot!(ran.err, @r"
    error[file/not-utf8]: `bad.alliance` is not UTF-8 text: byte 14, line 3, is no
      character
      help: save the file as plain text with the encoding UTF-8
    ");
}

#[test]
fn nul() {
    let ran = beside_a_good_one("bad.alliance", b"alliance x\n\0");
    assert!(ran.err.contains("holds a NUL character at byte 11, line 2"), "{}", ran.err);
}

#[test]
fn too_large() {
    let ran = beside_a_good_one("bad.alliance", "# large\n".repeat(1 << 17) + "#");
    assert!(ran.err.contains("error[file/too-large]"), "{}", ran.err);
    let folder = Folder::with_policy().file("a.alliance", agreement("90 days"));
    assert_eq!(folder.check(&["--max-size", "10"]).code, 2);
    assert_eq!(folder.check(&["--max-size", "2 MiB"]).code, 0);
    assert_eq!(folder.check(&["--max-size", "much"]).code, 2);
}

#[test]
fn missing() {
    let folder = Folder::with_policy().file("good.alliance", agreement("30 days"));
    let ran = folder.check(&["gone.alliance", "good.alliance"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`gone.alliance` does not exist"), "{}", ran.err);
    assert!(ran.out.contains("good.alliance:8:"), "{}", ran.out);
}

#[cfg(target_os = "linux")]
#[test]
fn unreadable() {
    let folder = Folder::with_policy().file("good.alliance", agreement("90 days"));
    let ran = folder.check(&["/proc/self/mem", "good.alliance"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("error[file/unreadable]: `/proc/self/mem`"), "{}", ran.err);
}

#[test]
fn nothing_to_check() {
    let folder = Folder::with_policy().file("a.txt", agreement("30 days"));
    insta::assert_snapshot!(folder.check(&[]).all());
    assert_eq!(folder.check(&["a.txt"]).code, 1, "a file that is named is checked");
}

#[test]
fn no_rules() {
    let folder = Folder::new().file("a.alliance", agreement("90 days"));
    let ran = folder.run(["check", "--no-standard-rules"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("there is no rule to check against"), "{}", ran.err);
}

#[test]
fn ignored_files_are_left_out_and_links_followed() {
    let folder = Folder::with_policy()
        .file(".gitignore", "old/\n")
        .file("old/a.alliance", agreement("30 days"))
        .file("b.alliance", agreement("90 days"))
        .file("c.ALLIANCE", agreement("90 days"));
    let ran = folder.check(&[]);
    assert!(ran.last().starts_with("2 files, "), "{}", ran.last());
    let ran = folder.check(&["b.alliance", "./b.alliance", "."]);
    assert!(ran.last().starts_with("2 files, "), "each once: {}", ran.last());
}

#[test]
fn standard_input_goes_by_its_name() {
    let folder = Folder::with_policy();
    let arguments = ["check", "--no-standard-rules", "--policy", "policies", "-"];
    let ran = run(&folder.0, arguments, &agreement("30 days"), &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("─[stdin:8:30]"), "{}", ran.out);
    let named = [arguments.as_slice(), &["--stdin-filename", "deals/x.alliance"]].concat();
    let ran = run(&folder.0, named, &agreement("30 days"), &[]);
    assert!(ran.out.contains("─[deals/x.alliance:8:30]"), "{}", ran.out);
}

#[test]
fn a_broken_policy_lets_nothing_pass() {
    let folder = Folder::new()
        .file("policies/bad.policy", "rule without a name\n")
        .file("a.alliance", agreement("90 days"));
    let ran = folder.check(&[]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("policies/bad.policy:1:1"), "{}", ran.err);
    assert!(ran.err.contains("no agreement was checked"), "{}", ran.err);
    let json = folder.check(&["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["problems"][0]["path"], "policies/bad.policy");
    assert_eq!(json["run"]["exit"], 2);
}

/// A policy file whose rules were all commented out would look like one whose rules all hold.
#[test]
fn a_policy_without_a_rule_lets_nothing_pass() {
    let folder = Folder::new()
        .file("policies/only.policy", "# rule house/one: error\n")
        .file("a.alliance", agreement("90 days"));
    let ran = folder.check(&[]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("only.policy` holds no rule"), "{}", ran.err);
}

#[test]
fn the_same_rule_twice_is_told() {
    let folder = Folder::with_policy()
        .file("policies/again.policy", super::POLICY)
        .file("a.alliance", agreement("90 days"));
    let ran = folder.check(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("exit/long-notice"), "{}", ran.err);
}

/// Nothing with the right ending is left out in silence.
#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_told_and_the_rest_checked() {
    let folder = Folder::with_policy().file("good.alliance", agreement("30 days"));
    std::os::unix::fs::symlink("nowhere", folder.0.join("link.alliance")).unwrap();
    std::os::unix::fs::symlink("good.alliance", folder.0.join("other.alliance")).unwrap();
    let ran = folder.check(&[]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(ran.err.contains("`link.alliance`"), "{}", ran.err);
    assert!(ran.last().starts_with("2 files and 1 not checked"), "{}", ran.last());
}
