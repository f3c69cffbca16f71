//! `pactum fmt`: agreements and policies in, the same texts tidied out.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use rayon::prelude::*;
use similar::TextDiff;

use crate::format::{format_agreement, format_policy};
use crate::render::{many, visible};
use crate::source::Source;

use super::arguments::size;
use super::disk::{self, Text};
use super::files::{self, Input};
use super::guard;
use super::problem::Problem;
use super::terminal::{Console, Out};
use super::{Ended, Exit, batches};

/// So many files are in memory at once.
const BATCH: usize = 256;

/// Tidy agreements and policies
///
/// Writes each file anew in one layout: sections a blank line apart, items indented by two and what
/// goes on below them by six, tables with their bars one below the other, points in the order of the
/// reference, long lines broken behind `;` or `,`. Words, numbers, quotes and remarks stay as they
/// are, and so does what was agreed: that is checked before anything is written. Of Markdown only
/// what stands in its fences of agreements is laid out, every other byte stays.
///
/// A file with something in it that cannot be read is left as it is, and each such place is shown;
/// the others are tidied all the same. A file is replaced as a whole or not at all, and keeps its mode
/// and its kind of line breaks.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Files, folders (all *.alliance and *.policy files below, and Markdown with agreements in
    /// fences, honouring .gitignore), or - for standard input, which is tidied to standard output
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// Write nothing; list the files that are not tidy
    #[arg(long)]
    check: bool,
    /// Write nothing; show what would change
    #[arg(long)]
    diff: bool,
    /// The name messages give to standard input; a name that ends in .policy makes it a policy, one
    /// that ends in .md Markdown
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    stdin_filename: PathBuf,
    /// The largest file to read, in bytes, or with KiB or MiB
    #[arg(long, value_name = "SIZE", default_value = "1MiB", value_parser = size)]
    max_size: u64,
}

const AFTER_HELP: &str = "\
Examples:
  pactum fmt                         all agreements and policies in this folder and below
  pactum fmt deals/acme.alliance     one file
  pactum fmt --check                 for CI: is everything tidy?
  pactum fmt --diff deals/           what would change
  cat x.alliance | pactum fmt - --stdin-filename deals/x.alliance

Exit codes: 0 everything is tidy (now), 1 with --check or --diff something is not, 2 not everything
could be tidied: it cannot be read or written, or there is nothing to tidy.";

/// What one file came to.
enum Done {
    /// It was tidy.
    Tidy,
    /// It was not; what is to be shown of it.
    Changed(String),
}

/// Tidies what the arguments name.
pub(super) fn run(args: &Args, console: &Console) -> Ended {
    let endings = &["alliance", "policy", "md", "markdown"];
    let (inputs, unsearched) = files::ending_in(endings, &args.paths, &args.stdin_filename);
    if inputs.is_empty() {
        return Err(unsearched.into_iter().chain([files::none_to_tidy(&args.paths)]).collect());
    }
    guard::install();
    let pool = batches::workers(inputs.len() == 1)?;
    let (mut out, mut changed, mut failed) = (Out::new(), 0, 0);
    for batch in inputs.chunks(BATCH) {
        let done: Vec<_> =
            pool.install(|| batch.par_iter().map(|input| one(args, input)).collect());
        for done in done {
            match done {
                Ok(Done::Tidy) => {}
                Ok(Done::Changed(shown)) => {
                    changed += 1;
                    out.print(&shown);
                }
                Err(problems) => {
                    failed += 1;
                    out.flush();
                    console.tell(&problems);
                }
            }
        }
    }
    if !unsearched.is_empty() {
        out.flush();
        console.tell(&unsearched);
    }
    // Standard output holds the text itself, or a patch that programs read.
    let piped = args.diff || inputs.iter().any(|input| matches!(input, Input::Stdin(_)));
    if !piped || args.check {
        out.print(&counted(args, changed, inputs.len() - changed - failed, failed));
    }
    out.finish()?;
    Ok(match (failed + unsearched.len(), changed) {
        (0, 1..) if args.check || args.diff => Exit::Findings,
        (0, _) => Exit::Clean,
        _ => Exit::Failed,
    })
}

/// `2 files tidied, 5 were tidy, 1 left as it is`
fn counted(args: &Args, changed: usize, tidy: usize, failed: usize) -> String {
    let what = if args.check || args.diff { "not tidy" } else { "tidied" };
    let left = match failed {
        0 => String::new(),
        1 => ", 1 could not be tidied".to_owned(),
        more => format!(", {more} could not be tidied"),
    };
    format!("{} {what}, {tidy} already tidy{left}\n", many(changed, "file"))
}

/// Reads one file, tidies it and writes or shows it.
fn one(args: &Args, input: &Input) -> Result<Done, Vec<Problem>> {
    let name = input.path().display().to_string();
    let read = match input {
        Input::File(path) => disk::read(path, args.max_size),
        Input::Stdin(_) => disk::read_stdin(&name, args.max_size),
    };
    let read = read.map_err(Problem::alone)?;
    let policy =
        input.path().extension().is_some_and(|ending| ending.eq_ignore_ascii_case("policy"));
    let (source, format): (_, fn(&_) -> _) = if policy {
        (Source::new(&*name, &*read.text), format_policy)
    } else {
        let source = files::source(input.path(), &name, read.text.clone());
        (source.map_err(Problem::alone)?, format_agreement)
    };
    let tidy = guard::caught(&name, || format(&source)).map_err(Problem::alone)?;
    let tidy = tidy.map_err(|told| Problem::all(&source.into(), told))?;
    let tidied = tidy == read.text;
    match input {
        Input::Stdin(_) if !args.check && !args.diff => {
            let bom = if read.skipped > 0 { "\u{feff}" } else { "" };
            return Ok(Done::Changed(format!("{bom}{tidy}")));
        }
        _ if tidied => return Ok(Done::Tidy),
        Input::File(path) if !args.check && !args.diff => {
            disk::replace(path, &read, &tidy).map_err(Problem::alone)?;
        }
        _ => {}
    }
    Ok(Done::Changed(shown(args, &name, &read, &tidy)))
}

/// What is shown of a file that was not tidy: its difference, or its name.
fn shown(args: &Args, name: &str, read: &Text, tidy: &str) -> String {
    if !args.diff {
        let what = if args.check { "not tidy" } else { "tidied" };
        return format!("{what}: {}\n", visible(name));
    }
    let difference = TextDiff::from_lines(&*read.text, tidy);
    let patch = difference.unified_diff().header(&visible(name), &visible(name)).to_string();
    // What a terminal shows must not act on it; what a program reads must stay as it is.
    if io::stdout().is_terminal() { visible(&patch).into_owned() } else { patch }
}
