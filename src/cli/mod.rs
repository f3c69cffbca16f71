//! The command line: one subcommand a file, its arguments beside its function.
//!
//! Only this folder touches the disk, the environment, the clock and the standard streams.

mod arguments;
mod attribution;
mod baseline;
mod batches;
mod calendars;
mod check;
mod completions;
mod config;
mod disk;
mod draft;
mod explain;
mod files;
mod fmt;
mod guard;
mod init;
mod new;
mod outputs;
mod paths;
mod policies;
mod problem;
mod rules;
mod schema;
mod settings;
mod show;
mod terminal;
mod test;
mod timeline;
mod traced;
mod waivers;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use problem::Problem;
use terminal::{Color, Console};

/// Checks alliance agreements against policy.
///
/// You write the terms of an alliance in a plain text file (`*.alliance`), and your organisation's
/// policy in rules (`*.policy`). Pactum reads both and tells, with the place in the text, what is
/// outside policy, what cannot be decided yet, and who must approve an exception. It checks policy;
/// it gives no legal advice.
#[derive(Debug, Parser)]
#[command(name = "pactum", version, after_help = AFTER_HELP, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
}

const AFTER_HELP: &str = "\
Examples:
  pactum init deal.alliance          start an agreement, with blanks to fill
  pactum check                       check every agreement in this folder
  pactum check deal.alliance         check one
  pactum timeline deal.alliance      when everything of it falls
  pactum fmt                         tidy every agreement and policy in this folder
  pactum explain exit/notice-stated  why a rule asks what it asks, and how to adapt it

Exit codes:
  0  nothing found that counts as failing
  1  findings at or above the failing level (error, unless --fail-on says otherwise)
  2  the job could not be done: a file could not be read, a policy or the configuration is
     broken, or there was nothing to check";

// What each does is said beside its arguments.
#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Attribution(attribution::Args),
    Fmt(fmt::Args),
    Explain(explain::Args),
    Rules(rules::Args),
    Test(test::Args),
    Timeline(timeline::Args),
    Init(init::Args),
    New(new::Args),
    Schema(schema::Args),
    Show(show::Args),
    Completions(completions::Args),
}

/// What the process ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// Nothing found that counts as failing.
    Clean = 0,
    /// Findings at or above the failing level.
    Findings = 1,
    /// The job could not be done.
    Failed = 2,
}

/// What a subcommand comes to, or all that kept it from doing its job.
type Ended = Result<Exit, Vec<Problem>>;

/// Runs the command that the arguments name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(told) => {
            // A closed pipe is no reason to fail: nobody is left to read.
            let _ = told.print();
            return ExitCode::from(u8::try_from(told.exit_code()).unwrap_or(2));
        }
    };
    let console = Console::new(cli.color);
    let ended = match &cli.command {
        Command::Check(args) => check::run(args, &console),
        Command::Attribution(args) => attribution::run(args, &console),
        Command::Fmt(args) => fmt::run(args, &console),
        Command::Explain(args) => explain::run(args),
        Command::Rules(args) => rules::run(args),
        Command::Test(args) => test::run(args, &console),
        Command::Timeline(args) => timeline::run(args, &console),
        Command::Init(args) => init::run(args),
        Command::New(args) => new::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Show(args) => show::run(args, &console),
        Command::Completions(args) => completions::run(args),
    };
    let exit = ended.unwrap_or_else(|problems| {
        console.tell(&problems);
        Exit::Failed
    });
    ExitCode::from(exit as u8)
}
