//! `check --watch`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::{Folder, POLICY, agreement};

/// Longer than any machine needs; a test that waits for it has failed.
const LONG: Duration = Duration::from_secs(60);

/// What is written before the next check has begun is no change after it.
const REST: Duration = Duration::from_secs(3);

/// A program that watches, ended with the test.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Folder, more: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pactum"));
        command.current_dir(&folder.0).args(["check", "--watch", "--no-standard-rules"]).args(more);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Self { child, lines }
    }

    /// All lines up to one that contains these words.
    fn until(&self, words: &str) -> String {
        let (end, mut seen) = (Instant::now() + LONG, String::new());
        while let Ok(line) = self.lines.recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            seen += &(line + "\n");
            if seen.lines().last().is_some_and(|line| line.contains(words)) {
                return seen;
            }
        }
        panic!("`{words}` never came after:\n{seen}");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn folder() -> Folder {
    let config = "policies = [\"policies\"]\n";
    Folder::with_policy().file("pactum.toml", config).file("a.alliance", agreement("30 days"))
}

/// An agreement that is saved, one that appears, one that vanishes; a policy and the configuration.
#[test]
fn what_changes_is_checked_again() {
    let folder = folder();
    let watching = Watching::start(&folder, &["--format", "concise"]);
    let first = watching.until("1 file, ");
    assert!(first.contains("30 days notice"), "{first}");
    assert!(!first.contains('\u{1b}'), "nothing is cleared");

    let write = |name: &str, text: &str| fs::write(folder.0.join(name), text).unwrap();
    write("a.alliance", &agreement("91 days"));
    let second = watching.until("1 file, ");
    assert!(second.contains("--- a.alliance changed: checking again"), "{second}");
    assert!(second.contains("; 0 errors"), "{second}");

    write("deep.alliance", &agreement("7 days"));
    let third = watching.until("2 files, ");
    assert!(third.contains("deep.alliance is new") && third.contains("7 days notice"), "{third}");

    fs::remove_file(folder.0.join("deep.alliance")).unwrap();
    let fourth = watching.until("1 file, ");
    assert!(fourth.contains("deep.alliance is gone"), "{fourth}");

    write("policies/notice.policy", &POLICY.replace("= 90 days in", "= 95 days in"));
    let fifth = watching.until("1 file, ");
    assert!(fifth.contains("the policy asks for 95 days"), "{fifth}");

    // All gone, and all there again: it waits.
    fs::remove_file(folder.0.join("a.alliance")).unwrap();
    watching.until("a.alliance is gone");
    thread::sleep(REST);
    write("a.alliance", &agreement("120 days"));
    let last = watching.until("1 file, ");
    assert!(last.contains("a.alliance is new") && last.contains("; 0 errors"), "{last}");
}

/// A configuration that is broken for a moment ends nothing.
#[test]
fn a_broken_configuration_is_waited_for() {
    let folder = folder();
    let watching = Watching::start(&folder, &["a.alliance"]);
    watching.until("1 file, ");
    fs::write(folder.0.join("pactum.toml"), "policies = [\n").unwrap();
    watching.until("pactum.toml changed");
    thread::sleep(REST);
    fs::write(folder.0.join("pactum.toml"), "policies = [\"policies\"]\nfail-on = \"advice\"\n")
        .unwrap();
    watching.until("pactum.toml changed");
    watching.until("1 file, ");
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let folder = folder();
    for (arguments, told) in [
        (&["--format", "json"][..], "which is no json any more"),
        (&["-"], "standard input is read once"),
        (&["--output", "html=x.html"], "cannot be used with"),
        (&["--write-baseline", "x.json"], "cannot be used with"),
    ] {
        let ran = folder.check(&[&["--watch"], arguments].concat());
        assert_eq!(ran.code, 2, "{}", ran.all());
        assert!(ran.err.replace("\n  ", " ").contains(told), "{}", ran.err);
    }
}
