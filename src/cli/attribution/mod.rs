//! `pactum attribution`: tables of shares. What the arguments ask for decides which mode runs, each
//! in a file of its own.

mod prove;

use std::path::PathBuf;

use clap::ValueEnum;

use super::Ended;
use super::arguments::size;
use super::terminal::Console;

/// Prove the tables of shares of agreements
///
/// Works out each table under `attribution` exactly: every deal there can be has one row (with
/// `match first` a first row), no two rows share a deal differently, every row can decide a deal, and
/// the shares of every row make the whole. What is wrong is shown as one concrete deal and as all
/// such deals in words. What cannot be decided, because a cell is open or the table is too large, is
/// `undetermined` and never called proved.
///
/// What each column can be is told as well. Parties, segments of customers, areas, places and
/// products of the scope and yes/no are all there are; of other words there may be more, and only
/// `any` or a row called `else` takes those. Sums and numbers are more than nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Files, folders (all *.alliance files below, honouring .gitignore), or - for standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// The name messages give to standard input
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    stdin_filename: PathBuf,
    /// How to show what was found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// The largest file to read, in bytes, or with KiB or MiB
    #[arg(long, value_name = "SIZE", default_value = "1MiB", value_parser = size)]
    max_size: u64,
}

const AFTER_HELP: &str = "\
Examples:
  pactum attribution deals/acme.alliance     prove the tables of one agreement
  pactum attribution deals                   of all agreements in a folder
  pactum attribution --format json deals     for other programs
  cat x.alliance | pactum attribution - --stdin-filename deals/x.alliance

Exit codes: 0 every table is proved, 1 a flaw, something undetermined, an error in the text, or no
table at all in a file that was named, 2 not everything could be read.";

/// How to show what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs: one JSON document
    Json,
}

/// Does what the arguments ask for.
pub(super) fn run(args: &Args, console: &Console) -> Ended {
    prove::run(args, console)
}
