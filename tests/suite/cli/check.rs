//! What `check` shows and ends with.

use std::path::Path;

use super::{Folder, agreement, run};

#[test]
fn a_clean_agreement_ends_with_0() {
    let folder = Folder::with_policy().file("a.alliance", agreement("90 days"));
    let ran = folder.check(&[]);
    insta::assert_snapshot!(ran.all());
}

#[test]
fn findings_end_with_1_and_look_like_this() {
    let folder = Folder::with_policy()
        .file("fail.alliance", agreement("30 days"))
        .file("approve.alliance", agreement("60 days"))
        .file("unclear.alliance", agreement("3 months"));
    insta::assert_snapshot!(folder.check(&[]).all());
}

#[test]
fn undetermined_is_counted_once_and_fails() {
    let folder = Folder::with_policy().file("a.alliance", agreement("3 months"));
    let ran = folder.check(&[]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.last().contains("0 errors, 0 warnings, 1 undetermined, 0 waived"),
        "{}",
        ran.last()
    );
}

#[test]
fn the_failing_level_decides_the_exit_code() {
    let policy = super::POLICY.replacen(": error", ": warning", 1);
    let folder = Folder::new()
        .file("policies/notice.policy", policy)
        .file("a.alliance", agreement("30 days"));
    assert_eq!(folder.check(&[]).code, 0);
    assert_eq!(folder.check(&["--fail-on", "warning"]).code, 1);
    assert_eq!(folder.check(&["--fail-on", "advice"]).code, 1);
    assert_eq!(folder.check(&["--fail-on", "nothing"]).code, 2);
}

#[test]
fn json_gives_places_outcomes_and_run_facts() {
    let folder = Folder::with_policy()
        .file("fail.alliance", agreement("30 days"))
        .file("gone.alliance", [0xff]);
    let ran = folder.check(&["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(ran.code, 2);
    assert_eq!(json["schema_version"], 1);
    let finding = &json["files"][0]["findings"][0];
    assert_eq!(finding["rule"], "exit/long-notice");
    assert_eq!(finding["outcome"], "fail");
    assert_eq!(finding["primary"]["line"], 8);
    assert_eq!(finding["primary"]["column"], 30);
    let text = folder.read("fail.alliance");
    let at = |end: &str| usize::try_from(finding["primary"][end].as_u64().unwrap()).unwrap();
    assert!(text[at("start")..at("end")].starts_with("30 days"));
    assert_eq!(json["files"][1]["problem"]["code"], "file/not-utf8");
    assert_eq!(json["run"]["failed"], 1);
    assert_eq!(json["run"]["exit"], 2);
    assert_eq!(json["run"]["counts"]["errors"], 1);
    assert_eq!(json["run"]["rules"]["applied"][0], "exit/long-notice");
}

#[test]
fn json_bytes_count_from_the_start_of_the_file_and_columns_after_the_mark() {
    let text = format!("\u{feff}{}", agreement("30 days"));
    let folder = Folder::with_policy().file("bom.alliance", &text);
    let ran = folder.check(&["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let place = &json["files"][0]["findings"][0]["primary"];
    let start = usize::try_from(place["start"].as_u64().unwrap()).unwrap();
    assert!(text[start..].starts_with("30 days"));
    assert_eq!((&place["line"], &place["column"]), (&8.into(), &30.into()));
}

#[test]
fn a_rule_that_never_applies_is_named() {
    let folder =
        Folder::with_policy().file("a.alliance", "alliance pilot, version 1: go-to-market\n");
    let ran = folder.check(&["--verbose"]);
    assert!(ran.out.contains("never applied: exit/long-notice\n"), "{}", ran.out);
    assert!(ran.last().contains("1 rule: 0 applied, 1 never applied"), "{}", ran.last());
}

#[test]
fn the_output_is_the_same_for_any_number_of_threads() {
    let folder = (0..300).fold(Folder::with_policy(), |folder, number| {
        let notice = ["30 days", "60 days", "90 days", "3 months"][number % 4];
        folder.file(&format!("deals/{number:03}.alliance"), agreement(notice))
    });
    let arguments = ["check", "--no-standard-rules", "--policy", "policies"];
    let json = [arguments.as_slice(), &["--format", "json"]].concat();
    for arguments in [arguments.to_vec(), json] {
        let with = |threads| run(&folder.0, &arguments, "", &[("RAYON_NUM_THREADS", threads)]);
        let one = with("1");
        assert_eq!(one.code, 1);
        assert_eq!(one, with("2"));
        assert_eq!(one, with("7"));
    }
}

/// A few files go through the same section together. So many workers leave none to be together.
#[test]
fn a_file_comes_to_the_same_among_others_as_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments =
        ["check", "--isolated", "--format", "json-lines", "examples", "tests/broken/syntax"];
    let with = |threads| run(root, arguments, "", &[("RAYON_NUM_THREADS", threads)]);
    let (together, alone) = (with("1"), with("150"));
    let files = together.out.lines().filter(|line| line.contains(r#""type":"file""#)).count();
    assert!((100..=600).contains(&files), "{files} files");
    assert_eq!(together, alone);
}

#[test]
fn a_pipe_gets_no_colour_unless_asked() {
    let folder = Folder::with_policy().file("a.alliance", agreement("30 days"));
    assert!(!folder.check(&[]).out.contains('\u{1b}'));
    assert!(!folder.check(&["--color", "never"]).out.contains('\u{1b}'));
    assert!(
        folder.check(&["--color", "always"]).out.contains("\u{1b}[31merror[exit/long-notice]:")
    );
}

#[test]
fn what_acts_on_a_terminal_is_never_printed_raw() {
    let text = agreement("30 days \u{1b}[2J \u{9b}31m \u{202e}");
    let folder = Folder::with_policy().file("a\u{1b}[31m.alliance", text);
    for format in ["human", "json"] {
        let ran = folder.check(&["--format", format]);
        for bad in ['\u{1b}', '\u{9b}', '\u{202e}'] {
            assert!(!ran.out.contains(bad), "{format} prints {bad:?} raw");
            assert!(!ran.err.contains(bad), "{format} prints {bad:?} raw");
        }
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    use std::process::{Command, Stdio};
    let folder = (0..300).fold(Folder::with_policy(), |folder, number| {
        folder.file(&format!("{number}.alliance"), agreement("30 days"))
    });
    let mut child = Command::new(env!("CARGO_BIN_EXE_pactum"))
        .args(["check", "--no-standard-rules", "--policy", "policies"])
        .current_dir(&folder.0)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ran = child.wait_with_output().unwrap();
    assert_eq!(ran.status.code(), Some(1), "the verdict is still told");
    assert_eq!(String::from_utf8_lossy(&ran.stderr), "");
}
