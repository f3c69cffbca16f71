//! Runs of the built program.

mod baseline;
mod calendars;
mod attribution;
mod check;
mod config;
mod deals;
mod formats;
mod extend;
mod fmt;
mod hostile;
mod input;
mod long;
mod markdown;
mod mutate;
mod manual;
mod other;
mod timeline;
mod outputs;
mod waivers;
mod waivers_file;
mod trace;
mod watch;

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A rule to check with, so that these tests do not depend on the standard ones.
const POLICY: &str = include_str!("notice.policy");

/// An agreement, wholly readable, with the given notice.
fn agreement(notice: &str) -> String {
    format!(
        "alliance pilot, version 1: go-to-market\n\
         \n\
         parties\n\
         \u{20} Northwind: \"Northwind Analytics Ltd\", GB, vendor\n\
         \u{20} Kestrel: \"Kestrel Media GmbH\", DE, distributor\n\
         \n\
         exit\n\
         \u{20} convenience: either party; {notice} notice\n"
    )
}

/// A folder of its own for a test, removed at the end.
struct Folder(PathBuf);

static COUNT: AtomicU32 = AtomicU32::new(0);

impl Folder {
    /// An empty folder.
    fn new() -> Self {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("pactum-test-{}-{count}", std::process::id());
        let folder = env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// A folder with the policy and a configuration that uses it alone.
    fn with_policy() -> Self {
        Self::new().file("policies/notice.policy", POLICY)
    }

    /// Adds a file.
    fn file(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// Runs the program in the folder.
    fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ran {
        run(&self.0, arguments, "", &[])
    }

    /// `check` with the policy of [`Folder::with_policy`] and no other rule.
    fn check(&self, more: &[&str]) -> Ran {
        self.run(["check", "--no-standard-rules", "--policy", "policies"].iter().chain(more))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a run ended with.
#[derive(Debug, PartialEq)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    /// Everything, for a snapshot.
    fn all(&self) -> String {
        format!("exit {}\n--- out\n{}--- err\n{}", self.code, self.out, self.err)
    }

    /// The last line of the report.
    fn last(&self) -> &str {
        self.out.lines().last().unwrap_or_default()
    }
}

fn run<S: AsRef<OsStr>>(
    folder: &Path,
    arguments: impl IntoIterator<Item = S>,
    input: &str,
    environment: &[(&str, &str)],
) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pactum"));
    command.current_dir(folder).args(arguments);
    // Nothing of the machine's own may change what a test sees.
    for name in ["COLUMNS", "CLICOLOR_FORCE", "NO_COLOR", "RAYON_NUM_THREADS"] {
        command.env_remove(name);
    }
    command.envs(environment.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A run that reads nothing may be over before this is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let ran = child.wait_with_output().unwrap();
    Ran {
        code: ran.status.code().unwrap(),
        out: String::from_utf8(ran.stdout).unwrap(),
        err: String::from_utf8(ran.stderr).unwrap(),
    }
}
