//! What `pactum check` is asked.

use std::path::PathBuf;

use crate::cli::arguments::{Wanted, date, size};
use crate::cli::{baseline, outputs, waivers};
use crate::value::Date;

/// Check agreements and report what is outside policy
///
/// Reads each agreement, checks it against the rules, and shows every finding with its place, why it
/// matters and what to do. A finding marked `undetermined` means that the agreement does not say
/// enough to decide; it counts like a failure of that rule. A finding marked `needs approval of`
/// somebody is outside the preferred position but inside one that this person may approve.
///
/// A waiver silences what somebody accepts until a day: in the agreement under `waivers`, where the
/// rule allows it (`pactum explain RULE` says so), or else in the nearest pactum-waivers.toml beside
/// or above the agreement. What is waived is counted, shown by --verbose and kept in JSON; a waiver
/// that is expired, unused or not allowed is told.
///
/// A baseline lets an existing repository start green: what it records is counted, shown by --verbose
/// and kept in JSON, and only what is new or worse fails. What cannot be read is never recorded.
///
/// The last line counts what was checked: a rule that never applied has not been passed, it had
/// nothing to look at.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(in crate::cli) struct Args {
    /// Files, folders (all *.alliance files below, and Markdown with terms in fences, honouring
    /// .gitignore), or - for standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
    /// The name messages give to standard input; also decides which pactum.toml is nearest
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    pub(super) stdin_filename: PathBuf,
    /// Check as of this day, such as 2026-04-01, for rules about what is due and for the end of
    /// waivers; without it those rules are not run, and waivers end by today's date (UTC)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<Date>,
    #[command(flatten)]
    pub(super) outputs: outputs::ToWrite,
    /// The least severity that makes the exit code 1 (error unless pactum.toml says otherwise)
    #[arg(long, value_name = "LEVEL", value_parser = ["error", "warning", "advice"])]
    pub(super) fail_on: Option<String>,
    /// The largest file to read, in bytes, or with KiB or MiB
    #[arg(long, value_name = "SIZE", default_value = "1MiB", value_parser = size)]
    pub(super) max_size: u64,
    /// Check again whenever an agreement, a policy or the configuration changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["outputs", "write_baseline"])]
    pub(super) watch: bool,
    /// Check one rule only, and show each step: what is bound, whether the rule applies, what each
    /// part of its tests comes to, and where that stands
    #[arg(long, value_name = "RULE", conflicts_with_all = ["format", "outputs"])]
    pub(super) trace: Option<String>,
    /// Also show waived and known findings, and name the rules that judged nothing
    #[arg(long, short)]
    pub(super) verbose: bool,
    #[command(flatten)]
    pub(super) baseline: baseline::BaselineArgs,
    #[command(flatten)]
    pub(super) waivers: waivers::Asked,
    #[command(flatten)]
    pub(super) wanted: Wanted,
}

const AFTER_HELP: &str = "\
Examples:
  pactum check                               all agreements in this folder and below
  pactum check deals/acme.alliance           one agreement
  pactum check --policy our-rules/           with our own rules as well
  pactum check --watch deals/                again at each save, while you write
  pactum check --fail-on warning             warnings fail too
  pactum check --no-inline-waivers draft/    drafts of the other side: what they waive stands
  pactum check --write-baseline pactum-baseline.json
                                             record what is found today
  pactum check --baseline pactum-baseline.json
                                             only what is new since then
  pactum check --format json > report.json   for other programs
  pactum check --output sarif=out.sarif --output html=report.html
                                             for people here, and two files besides
  pactum check deals/acme.alliance --trace exit/notice-stated
                                             why one rule says what it says
  cat x.alliance | pactum check - --stdin-filename deals/x.alliance

An entry of pactum-waivers.toml (item is optional, the rest is not):
  [[waiver]]
  rule = \"exit/notice-stated\"
  agreement = \"deals/acme.alliance\"  # or a pattern, relative to the folder of the file
  item = \"exit/convenience\"
  reason = \"pilot, 6 months only\"
  approver = \"Lena Ortiz, Head of Alliances\"
  until = 2026-12-31

Exit codes: 0 nothing that fails, 1 findings at or above the failing level, 2 not everything
could be checked.";
