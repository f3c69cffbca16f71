//! Outputs: where a report may go, what is refused before any work is done, and what a failed write
//! leaves.

use std::fs;

use super::{Folder, Ran, agreement};

fn folder() -> Folder {
    Folder::with_policy().file("a.alliance", agreement("30 days"))
}

/// Refused: exit 2, with this in the message, nothing checked and nothing written.
fn refused(folder: &Folder, outputs: &[&str], told: &str) -> Ran {
    let names = || -> Vec<_> {
        let mut names: Vec<_> =
            fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = names();
    let ran = folder.check(outputs);
    assert_eq!(ran.code, 2, "{}", ran.all());
    // A long line is broken with two blanks before what follows.
    assert!(ran.err.replace("\n  ", " ").contains(told), "{}", ran.all());
    assert_eq!(ran.out, "", "nothing was checked");
    assert_eq!(names(), before, "nothing was written");
    ran
}

#[test]
fn several_outputs_in_one_run_beside_what_people_see() {
    let folder = folder();
    let alone = folder.check(&[]);
    let ran = folder.check(&["--output", "sarif=out.sarif", "--output", "junit=out.xml"]);
    assert_eq!(ran, alone, "standard output stays as it was");
    assert!(folder.read("out.sarif").contains("\"exit/long-notice\""));
    assert!(folder.read("out.xml").contains("<failure type=\"error\""));
    let ran = folder.check(&["--format", "concise", "--output", "json=out.json"]);
    assert!(ran.out.starts_with("a.alliance:8:30: error[exit/long-notice]: "), "{}", ran.out);
    assert!(folder.read("out.json").contains("\"exit\":1"));
}

#[test]
fn what_is_wrong_with_an_output_is_told_before_any_work() {
    let folder = folder().file("folder/x", "").file("old", "old");
    let near = refused(&folder, &["--output", "sarf=out"], "there is no format `sarf`");
    assert!(near.err.contains("`sarif`"), "{}", near.err);
    refused(&folder, &["--format", "jsn"], "json");
    refused(&folder, &["--output", "out.sarif"], "write a format and a file: sarif=report.sarif");
    refused(&folder, &["--output", "sarif="], "no file is named");
    refused(&folder, &["--output", "sarif=folder"], "`folder` is a folder");
    refused(&folder, &["--output", "sarif=none/out"], "there is no folder `none`");
    refused(&folder, &["--output", "sarif=old/out"], "cannot be written");
    refused(&folder, &["--output", "sarif=x", "--output", "json=./x"], "two outputs go to `./x`");
    let twice = "standard output is asked for twice: as json and as sarif";
    refused(&folder, &["--format", "json", "--output", "sarif=-"], twice);
    refused(&folder, &["--output", "json=-", "--output", "sarif=-"], twice);
    refused(&folder, &["--output", "sarif=a.alliance"], "over one of the agreements");
    refused(&folder, &["--output", "sarif=b.alliance"], "over an agreement");
    refused(&folder, &["--output", "sarif=policies/notice.policy"], "over a policy");
    refused(&folder, &["--output", "sarif=pactum.toml"], "over a configuration");
    refused(&folder, &["--trace", "exit/long-notice", "--output", "sarif=x"], "--trace");
    assert_eq!(folder.read("old"), "old");
    assert_eq!(folder.read("a.alliance"), agreement("30 days"));
    // All that is wrong is told at once, and one that is fine is not written either.
    let both = ["--output", "sarif=folder", "--output", "json=fine", "--output", "json=none/x"];
    let ran = refused(&folder, &both, "`folder` is a folder");
    assert!(ran.err.contains("`none`"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_file_that_is_write_protected_is_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder().file("old", "old");
    fs::set_permissions(folder.0.join("old"), fs::Permissions::from_mode(0o444)).unwrap();
    refused(&folder, &["--output", "json=old"], "`old` cannot be written: permission denied");
    assert_eq!(folder.read("old"), "old");
}

#[cfg(unix)]
#[test]
fn a_report_takes_the_place_and_the_mode_of_an_older_one() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder().file("real/old", "old");
    fs::set_permissions(folder.0.join("real/old"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real/old", folder.0.join("link")).unwrap();
    assert_eq!(folder.check(&["--output", "json=link"]).code, 1);
    assert!(folder.read("real/old").starts_with("{\"schema_version\""));
    assert!(fs::symlink_metadata(folder.0.join("link")).unwrap().is_symlink());
    let mode = fs::metadata(folder.0.join("real/old")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    let left: Vec<_> = fs::read_dir(folder.0.join("real")).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing else is left: {left:?}");
}

/// A full disk, as a device that refuses every byte: the other outputs are whole, and it is told.
#[cfg(target_os = "linux")]
#[test]
fn an_output_that_fails_is_told_and_spoils_no_other() {
    let folder = folder();
    for format in ["json", "sarif"] {
        let broken = format!("{format}=/dev/full");
        let ran = folder.check(&["--output", &broken, "--output", "junit=out.xml"]);
        assert_eq!(ran.code, 2, "{}", ran.all());
        assert!(
            ran.err
                .replace("\n  ", " ")
                .contains("`/dev/full` could not be written: no space left"),
            "{}",
            ran.err
        );
        assert!(ran.out.contains("error[exit/long-notice]"), "{}", ran.out);
        assert!(folder.read("out.xml").ends_with("</testsuites>\n"));
    }
}

/// A report in which nothing stands because nothing was checked must not look clean.
#[test]
fn where_nothing_was_checked_every_output_says_so() {
    let folder = Folder::new().file("pactum.toml", "profil = \"strict\"\n").file("a.alliance", "");
    let formats = [
        "human",
        "concise",
        "json",
        "json-lines",
        "sarif",
        "junit",
        "github",
        "gitlab",
        "markdown",
        "html",
    ];
    let outputs = formats.map(|format| format!("--output={format}=out.{format}"));
    let ran = folder.run(["check"].iter().map(|each| (*each).to_owned()).chain(outputs));
    assert_eq!(ran.code, 2);
    assert_eq!(ran.out, "", "people are told on standard error");
    assert!(ran.err.contains("unknown key `profil`"), "{}", ran.err);
    for format in formats {
        let text = folder.read(&format!("out.{format}"));
        assert!(text.contains("unknown key") && text.contains("profil"), "{format}: {text}");
    }
}
