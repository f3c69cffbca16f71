//! `pactum attribution`: tables of shares. What the arguments ask for decides which mode runs, each
//! in a file of its own.

mod deals;
mod prove;
mod signers;

use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;

use crate::value::Calendars;

use super::Ended;
use super::arguments::{Place, size};
use super::files::{self, Input};
use super::problem::Problem;
use super::settings::Settings;
use super::terminal::Console;

/// Prove the tables of shares of agreements, and run deals through them
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
///
/// With --deals the tables are run: each deal of the list is shared by the row that takes it, in whole
/// cents, so that the parts are the deal. The list has a column `amount`, one for each question of the
/// table under its own name, and `date` where the agreement has a start or an end; `deal` (an id),
/// `currency`, `units`, `agreement` and `item` where they are needed. A deal that cannot be shared is
/// told with its line and column, and the others are shared all the same.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Files, folders (all *.alliance files below, and Markdown with terms in fences, honouring
    /// .gitignore), or - for standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// The name messages give to standard input; also decides which pactum.toml is nearest
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    stdin_filename: PathBuf,
    /// How to show what was found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// The largest file to read, in bytes, or with KiB or MiB
    #[arg(long, value_name = "SIZE", default_value = "1MiB", value_parser = size)]
    max_size: u64,
    #[command(flatten)]
    run: deals::DealArgs,
    #[command(flatten)]
    place: Place,
}

/// Agreements, each with the calendars in force for it.
struct Named {
    inputs: Vec<(Input, Arc<Calendars>)>,
    /// What could not be searched, or is wrong with a configuration.
    problems: Vec<Problem>,
}

/// The agreements that are named.
fn named(args: &Args) -> Named {
    let (inputs, mut problems) = files::agreements(&args.paths, &args.stdin_filename);
    let mut settings = Settings::new(args.place.clone());
    let calendars = |input: Input| {
        let setting = settings.of(input.path());
        let calendars = Arc::clone(&settings.in_use[setting].calendars);
        (input, calendars)
    };
    let inputs: Vec<_> = inputs.into_iter().map(calendars).collect();
    problems.extend(settings.problems.into_iter().filter(Problem::stops));
    if inputs.is_empty() {
        problems.push(files::none(&args.paths));
    }
    Named { inputs, problems }
}

const AFTER_HELP: &str = "\
Examples:
  pactum attribution deals/acme.alliance     prove the tables of one agreement
  pactum attribution deals                   of all agreements in a folder
  pactum attribution --format json deals     for other programs
  cat x.alliance | pactum attribution - --stdin-filename deals/x.alliance
  pactum attribution acme.alliance --deals deals.csv                share a list of deals
  pactum attribution acme.alliance --deals deals.csv --format csv   a line a deal, for a spreadsheet
  pactum attribution acme.alliance --deals deals.csv --trace D-17   one deal, step by step

Exit codes: 0 every table is proved, or every deal was shared; 1 a flaw, something undetermined, an
error in the text, no table at all in a file that was named, or a deal that was not shared; 2 not
everything could be read, or the list is no list of deals for these tables.";

/// How to show what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs: one JSON document; with --deals, a JSON object a line
    Json,
    /// With --deals, for spreadsheets: a line a deal, a column a party
    Csv,
}

/// Does what the arguments ask for.
pub(super) fn run(args: &Args, console: &Console) -> Ended {
    match &args.run.deals {
        Some(list) => deals::run(args, list, console),
        None if args.format == Format::Csv => {
            Err(Problem::new("arguments/format", "--format csv is for a list of deals")
                .help("add --deals LIST, or take --format json")
                .alone())
        }
        None => prove::run(args, console),
    }
}
