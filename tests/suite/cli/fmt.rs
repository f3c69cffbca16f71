//! `pactum fmt`: what is written, what is left, and what is told.

use std::fs;
#[cfg(unix)]
use std::os::unix::fs::{PermissionsExt, symlink};

use super::{Folder, run};

const UNTIDY: &str =
    "exit\n  convenience: either party;   90 days notice\nterm\n  initial: 24 months\n";
const TIDY: &str =
    "exit\n  convenience: either party; 90 days notice\n\nterm\n  initial: 24 months\n";
const BROKEN: &str = "exit\n  convenience: either party;   90 days notis\n  other: 7 of what\n";

#[test]
fn files_are_tidied_once() {
    let folder = Folder::new().file("a/one.alliance", UNTIDY).file("two.alliance", TIDY);
    let folder = folder.file("own.policy", "rule a/b: error\n    ## Says.\n").file("x.txt", UNTIDY);
    let ran = folder.run(["fmt"]);
    let told = "tidied: a/one.alliance\ntidied: own.policy\n2 files tidied, 1 already tidy\n";
    assert_eq!((ran.code, &*ran.out, &*ran.err), (0, told, ""));
    assert_eq!(folder.read("a/one.alliance"), TIDY);
    assert_eq!(folder.read("own.policy"), "rule a/b: error\n  ## Says.\n");
    assert_eq!(folder.read("x.txt"), UNTIDY, "neither asked for nor named so");
    let again = folder.run(["fmt"]);
    assert_eq!((again.code, &*again.out), (0, "0 files tidied, 3 already tidy\n"));
}

#[test]
fn check_and_diff_write_nothing() {
    let folder = Folder::new().file("one.alliance", UNTIDY).file("two.alliance", TIDY);
    let ran = folder.run(["fmt", "--check"]);
    let told = "not tidy: one.alliance\n1 file not tidy, 1 already tidy\n";
    assert_eq!((ran.code, &*ran.out, &*ran.err), (1, told, ""));
    let ran = folder.run(["fmt", "--diff"]);
    assert_eq!(ran.code, 1);
    let patch = "--- one.alliance\n+++ one.alliance\n@@ -1,4 +1,5 @@\n exit\n\
                 -  convenience: either party;   90 days notice\n\
                 +  convenience: either party; 90 days notice\n+\n term\n   initial: 24 months\n";
    assert_eq!(ran.out, patch);
    assert_eq!(folder.read("one.alliance"), UNTIDY);
    assert_eq!(folder.run(["fmt", "--check", "two.alliance"]).code, 0);
    let both = folder.run(["fmt", "--check", "--diff", "two.alliance"]);
    assert_eq!((both.code, &*both.out), (0, "0 files not tidy, 1 already tidy\n"));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_tidied() {
    let folder = Folder::new().file("bad.alliance", BROKEN).file("good.alliance", UNTIDY);
    let folder = folder.file("binary.alliance", b"\xff\xfe").file("nul.alliance", "a\0");
    let ran = folder.run(["fmt"]);
    assert_eq!(ran.code, 2);
    assert_eq!(folder.read("bad.alliance"), BROKEN);
    assert_eq!(folder.read("good.alliance"), TIDY);
    for told in ["bad.alliance:2:3", "bad.alliance:3", "`binary.alliance` is not UTF-8", "NUL"] {
        let told = told.trim_end_matches(":3");
        assert!(ran.err.contains(told), "{told}\n{}", ran.err);
    }
    assert_eq!(ran.err.matches("╭─[bad.alliance").count(), 2, "{}", ran.err);
    assert_eq!(
        ran.out,
        "tidied: good.alliance\n1 file tidied, 0 already tidy, 3 could not be tidied\n"
    );
    let ran = folder.run(["fmt", "--check", "bad.alliance"]);
    assert_eq!(ran.code, 2, "not green, and not just untidy");
}

#[test]
fn nothing_to_tidy_is_no_success() {
    let folder = Folder::new().file("x.txt", "");
    for arguments in [&["fmt"][..], &["fmt", "--check"]] {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, &*ran.out), (2, ""));
        assert!(ran.err.contains("nothing to tidy was found in `.`"), "{}", ran.err);
    }
    let ran = folder.run(["fmt", "missing.alliance"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`missing.alliance` does not exist"), "{}", ran.err);
}

#[test]
fn what_git_ignores_is_left() {
    let folder = Folder::new().file(".gitignore", "old/\n").file("old/a.alliance", UNTIDY);
    let folder = folder.file("b.alliance", UNTIDY);
    assert_eq!(folder.run(["fmt"]).out, "tidied: b.alliance\n1 file tidied, 0 already tidy\n");
    assert_eq!(folder.read("old/a.alliance"), UNTIDY);
    assert_eq!(folder.run(["fmt", "old/a.alliance"]).code, 0, "named, it is taken");
    assert_eq!(folder.read("old/a.alliance"), TIDY);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = Folder::new();
    let ran = run(&folder.0, ["fmt", "-"], UNTIDY, &[]);
    assert_eq!((ran.code, &*ran.out, &*ran.err), (0, TIDY, ""));
    let ran = run(&folder.0, ["fmt", "-"], TIDY, &[]);
    assert_eq!((ran.code, &*ran.out), (0, TIDY), "also where nothing changes");
    let named = ["fmt", "-", "--stdin-filename", "x.policy"];
    let ran = run(&folder.0, named, "rule a/b: error\n    ## Says.\n", &[]);
    assert_eq!((ran.code, &*ran.out), (0, "rule a/b: error\n  ## Says.\n"));
    let ran =
        run(&folder.0, ["fmt", "-", "--check", "--stdin-filename", "d/x.alliance"], UNTIDY, &[]);
    assert_eq!(
        (ran.code, &*ran.out),
        (1, "not tidy: d/x.alliance\n1 file not tidy, 0 already tidy\n")
    );
    let ran = run(&folder.0, ["fmt", "-", "--stdin-filename", "d/x.alliance"], BROKEN, &[]);
    assert_eq!((ran.code, &*ran.out), (2, ""), "half a text would be worse than none");
    assert!(ran.err.contains("d/x.alliance:2"), "{}", ran.err);
}

#[test]
fn line_breaks_and_the_byte_order_mark_stay() {
    let windows = UNTIDY.replace('\n', "\r\n");
    let folder = Folder::new().file("a.alliance", format!("\u{feff}{windows}"));
    assert_eq!(folder.run(["fmt"]).code, 0);
    assert_eq!(folder.read("a.alliance"), format!("\u{feff}{}", TIDY.replace('\n', "\r\n")));
    assert_eq!(folder.run(["fmt", "--check"]).code, 0);
}

#[test]
#[cfg(unix)]
fn a_link_stays_a_link_and_a_mode_a_mode() {
    let folder = Folder::new().file("real/a.alliance", UNTIDY).file("deals/.keep", "");
    let (real, link) = (folder.0.join("real/a.alliance"), folder.0.join("deals/a.alliance"));
    symlink(&real, &link).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(folder.run(["fmt", "deals"]).code, 0);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(folder.read("real/a.alliance"), TIDY);
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.0.join("real")).unwrap().count(), 1, "nothing stays behind");
}

#[test]
#[cfg(unix)]
fn what_is_read_only_is_left_and_told() {
    let folder = Folder::new().file("a.alliance", UNTIDY).file("b.alliance", UNTIDY);
    let only = folder.0.join("a.alliance");
    fs::set_permissions(&only, fs::Permissions::from_mode(0o444)).unwrap();
    let ran = folder.run(["fmt"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`a.alliance` could not be written: it is read-only"), "{}", ran.err);
    assert_eq!(
        (folder.read("a.alliance"), folder.read("b.alliance")),
        (UNTIDY.into(), TIDY.into())
    );
    // For whom no folder is read-only, there is nothing to see.
    let folder = Folder::new().file("in/a.alliance", UNTIDY);
    let within = folder.0.join("in");
    fs::set_permissions(&within, fs::Permissions::from_mode(0o555)).unwrap();
    let anyway = fs::write(within.join("probe"), "").is_ok();
    if !anyway {
        let ran = folder.run(["fmt"]);
        assert_eq!((ran.code, folder.read("in/a.alliance")), (2, UNTIDY.to_owned()));
    }
    fs::set_permissions(&within, fs::Permissions::from_mode(0o755)).unwrap();
}

/// An untidy agreement in two fences, a section cut in two.
const PROSE: &str = "# Ours\n\n```alliance\nexit\n```\n\nEither   may go:\n\n```alliance\n  \
                     convenience: either party;   90 days notice\n```\nend";

#[test]
fn of_markdown_the_fences_are_tidied_and_the_rest_stays() {
    let tidy = PROSE.replace(";   90", "; 90");
    let folder = Folder::new().file("a/deal.md", PROSE).file("b.MD", PROSE.replace('\n', "\r\n"));
    let folder = folder.file("README.md", "exit\n   is  nobody's\n").file("tidy.md", &*tidy);
    let ran = folder.run(["fmt", "--check"]);
    let told = "not tidy: a/deal.md\nnot tidy: b.MD\n2 files not tidy, 1 already tidy\n";
    assert_eq!((ran.code, &*ran.out, &*ran.err), (1, told, ""));
    let patch = folder.run(["fmt", "--diff", "a"]);
    assert_eq!(patch.code, 1);
    assert!(patch.out.contains("-  convenience: either party;   90 days notice\n+  conv"));
    assert_eq!(folder.read("a/deal.md"), PROSE, "nothing is written yet");
    assert_eq!(folder.run(["fmt"]).code, 0);
    assert_eq!(folder.read("a/deal.md"), tidy);
    assert_eq!(folder.read("b.MD"), tidy.replace('\n', "\r\n"));
    assert_eq!(folder.run(["fmt", "--check"]).code, 0);
    let arguments = ["fmt", "-", "--stdin-filename", "x.md"];
    let piped = run(&folder.0, arguments, PROSE, &[]);
    assert_eq!((piped.code, &*piped.out), (0, &*tidy));
}

#[test]
fn markdown_that_cannot_be_read_is_left() {
    let quoted = format!("{PROSE}\n\n> ```alliance\n> term\n> ```\n");
    let slip = PROSE.replace("notice", "notis");
    let folder = Folder::new().file("quoted.md", &*quoted).file("slip.md", &*slip);
    let folder = folder.file("plain.md", "# Nothing\n").file("good.md", PROSE);
    let ran = folder.run(["fmt", "quoted.md", "slip.md", "plain.md", "good.md"]);
    assert_eq!(ran.code, 2);
    for told in ["quoted.md:14:3", "slip.md:10:", "`plain.md` is Markdown and holds no terms"] {
        assert!(ran.err.contains(told), "{told}\n{}", ran.err);
    }
    let told = "tidied: good.md\n1 file tidied, 0 already tidy, 3 could not be tidied\n";
    assert_eq!(ran.out, told);
    assert_eq!((folder.read("quoted.md"), folder.read("slip.md")), (quoted, slip));
}
