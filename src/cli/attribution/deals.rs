//! `pactum attribution FILE... --deals LIST`: a list of deals run through the tables of agreements.

use std::io::{self, BufRead, BufReader, IsTerminal, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::ValueEnum;

use crate::cli::arguments::date;
use crate::cli::problem::Problem;
use crate::cli::terminal::{Console, Out};
use crate::cli::{Ended, Exit, disk};
use crate::deals::{
    Cycle, Deals, NotDeals, Options, Record, Run, Shared, Signed, Slip, Steps, Told, Written,
};
use crate::render::deals::{List, People, csv_head, csv_line, json_line, json_summary};
use crate::render::{many, visible};
use crate::value::Date;

use super::signers::{Signer, signers, tell_errors, unproved};
use super::{Args, Format};

/// How deals are run.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Deals")]
pub(super) struct DealArgs {
    /// Run a list of deals through the tables: a CSV file, a .jsonl file, or - for JSON lines on
    /// standard input
    #[arg(long, value_name = "LIST")]
    pub(super) deals: Option<PathBuf>,
    /// The periods that are summed up
    #[arg(long, value_name = "PERIOD", requires = "deals")]
    by: Option<By>,
    /// The last day of the agreement, where it ended otherwise than it says
    #[arg(long, value_name = "DATE", value_parser = date, requires = "deals")]
    ended: Option<Date>,
    /// The list is whole up to this day: periods that end by then are settled
    #[arg(long, value_name = "DATE", value_parser = date, requires = "deals")]
    through: Option<Date>,
    /// Show how one deal is shared, step by step: its id, or its line where the list has no ids
    #[arg(long, value_name = "DEAL", requires = "deals")]
    trace: Option<String>,
}

/// Periods of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Calendar months
    Month,
    /// Calendar quarters
    Quarter,
    /// Calendar years
    Year,
}

/// How long nothing is said before progress is shown, and how often after that.
const QUIET: Duration = Duration::from_millis(1_500);
const STEP: u64 = 20_000;

/// Runs the deals.
pub(super) fn run(args: &Args, from: &Path, console: &Console) -> Ended {
    let signers = signers(args)?;
    let options = options(&args.run);
    let derived: Result<Vec<_>, _> = signers.iter().map(Signer::derived).collect();
    let derived = derived.map_err(Problem::alone)?;
    let of_each = signers.iter().zip(&derived);
    let signed: Vec<Signed<'_>> = of_each
        .map(|(it, derived)| Signed { agreement: &it.agreement, derived, told: &it.told })
        .collect();
    let run = Run::new(&signed, options);
    if run.tables.is_empty() {
        return Err(Problem::new("table/none", "no agreement here has a table of shares")
            .help("add a section `attribution`; `pactum explain attribution` tells how")
            .alone());
    }
    let mut list = List { name: name_of(from), ..List::default() };
    list.notes = tell_errors(&signers, console);
    let erroneous = !list.notes.is_empty();
    list.notes.extend(unproved(&signers, &derived));
    let stdin = from.as_os_str() == "-";
    let lines = from.extension().is_some_and(|ending| {
        ["jsonl", "ndjson"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    });
    let written = if stdin || lines { Written::JsonLines } else { Written::Csv };
    let input: Box<dyn BufRead> = if stdin {
        Box::new(BufReader::with_capacity(1 << 16, io::stdin().lock()))
    } else {
        Box::new(BufReader::with_capacity(1 << 16, disk::open(from)?))
    };
    Job { args, console, run, list, erroneous, size: disk::size(from) }.all(input, written)
}

/// One run.
struct Job<'a> {
    args: &'a Args,
    console: &'a Console,
    run: Run,
    list: List,
    /// Whether an agreement has errors.
    erroneous: bool,
    /// How many bytes the list has, where that is known.
    size: Option<u64>,
}

impl Job<'_> {
    fn all(mut self, input: impl BufRead, written: Written) -> Ended {
        let refused = |told: NotDeals, name: &str| {
            let problem = Problem::new("deals/unreadable", format!("`{name}`: {}", told.message));
            told.help.map_or(problem.clone(), |help| problem.help(help))
        };
        let name = self.list.name.clone();
        let opened = Deals::open(input, written, &self.run.wanted);
        let mut deals = opened.map_err(|told| refused(told, &name).alone())?;
        let mut shown = Shown::new(&self.run, self.args, self.console);
        let mut record = Record::default();
        let mut progress = Progress::new(self.size);
        let broke = loop {
            let next = match deals.next(&mut record) {
                Ok(Some(next)) => next,
                Ok(None) => break None,
                Err(told) => break Some(told),
            };
            progress.step(deals.bytes());
            match next {
                Ok(()) => {
                    self.run.take(&record, &mut |run, told| shown.take(run, told, Some(&record)));
                }
                Err(slip) => self.run.miss(&slip, &mut |run, told| shown.take(run, told, None)),
            }
        };
        progress.clear();
        if broke.is_none() {
            self.run.end(&mut |run, told| shown.take(run, told, None));
        }
        self.list.unasked = std::mem::take(&mut deals.unasked);
        self.list.empty = deals.empty;
        let totals = &self.run.totals;
        if broke.is_none() && totals.deals + totals.missed() == 0 {
            let message = format!("`{name}` has a head and no deals");
            return Err(Problem::new("deals/none", message).alone());
        }
        let exit = match (&broke, totals.missed(), self.run.is_settled()) {
            (Some(_), ..) => Exit::Failed,
            (None, 0, true) if !self.erroneous => Exit::Clean,
            (None, ..) => Exit::Findings,
        };
        if broke.is_some() {
            let count = usize::try_from(totals.deals + totals.missed()).unwrap_or(usize::MAX);
            let count = many(count, "deal");
            self.list.notes.push(format!(
                "the list broke off after {count}: no figure here is whole, and nothing was settled"
            ));
        }
        let Job { run, list, console, .. } = self;
        let exit = shown.end(&run, &list, exit)?;
        if let Some(told) = broke {
            console.tell(&[refused(told, &name)]);
        }
        Ok(exit)
    }
}

/// What is shown of a run, as it goes.
struct Shown<'a> {
    format: Format,
    trace: Option<&'a str>,
    traced: Vec<String>,
    people: People,
    width: usize,
    out: Out,
    text: Vec<u8>,
    steps: Steps,
}

impl<'a> Shown<'a> {
    fn new(run: &Run, args: &'a Args, console: &Console) -> Self {
        let mut out = Out::new();
        let trace = args.run.trace.as_deref();
        if args.format == Format::Csv && trace.is_none() {
            out.print(&csv_head(run));
        }
        Self {
            format: args.format,
            trace,
            traced: Vec::new(),
            people: People::new(run),
            width: console.width(),
            out,
            text: Vec::new(),
            steps: Steps::default(),
        }
    }

    fn take(&mut self, run: &Run, told: Told<'_>, record: Option<&Record>) {
        if let Some(wanted) = self.trace {
            self.traced.extend(traced(run, told, wanted, record));
            return;
        }
        match self.format {
            Format::Human => self.people.take(run, told),
            Format::Csv => csv_line(run, told, &mut self.text),
            Format::Json => json_line(run, told, &mut self.steps, &mut self.text),
        }
        if self.text.len() > 1 << 15 {
            self.out.bytes(&self.text);
            self.text.clear();
        }
    }

    fn end(mut self, run: &Run, list: &List, exit: Exit) -> Result<Exit, Vec<Problem>> {
        if let Some(wanted) = self.trace {
            if self.traced.is_empty() {
                let message = format!("`{}` has no deal `{}`", list.name, visible(wanted));
                return Err(Problem::new("deals/no-such-deal", message)
                    .help("name it by its id, or by its line where the list has no ids")
                    .alone());
            }
            self.out.print(&self.traced.concat());
            self.out.finish()?;
            return Ok(exit);
        }
        match self.format {
            Format::Human => self.text.extend(self.people.page(run, list, self.width).as_bytes()),
            Format::Json => json_summary(run, list, exit as u8, &mut self.text),
            Format::Csv => {}
        }
        self.out.bytes(&self.text);
        self.out.finish()?;
        if self.format == Format::Csv {
            // The lines are for a spreadsheet; what is to be known of them goes beside it.
            let notes = self.people.notes(run, list, self.width);
            let _ = io::stderr().write_all(notes.as_bytes());
        }
        Ok(exit)
    }
}

/// The steps of a deal that is asked for.
fn traced(run: &Run, told: Told<'_>, wanted: &str, record: Option<&Record>) -> Option<String> {
    let is = |deal: &str, line: u64| {
        if deal.is_empty() { wanted == line.to_string() } else { wanted == deal }
    };
    let head = |deal: &str, line: u64| {
        let deal = if deal.is_empty() { String::new() } else { format!("deal {deal}, ") };
        visible(&format!("{deal}line {line}\n")).into_owned()
    };
    let step = |step: String| format!("  {}\n", visible(&step));
    match told {
        Told::Shared(Shared { true_up: Some(_), .. }) => None,
        Told::Shared(line) => is(&line.deal, line.line).then(|| {
            let before = record.map(|record| run.passed_over(line, record));
            let mut own = Steps::default();
            run.steps(line, &mut own);
            let own = own.iter().map(str::to_owned);
            let steps = before.into_iter().flatten().chain(own).map(step);
            head(&line.deal, line.line) + &steps.collect::<String>()
        }),
        Told::Slip(slip) => {
            let deal = slip.deal.as_deref().unwrap_or_default();
            let Slip { message, help, .. } = slip;
            is(deal, slip.line).then(|| {
                let why = step(format!("not shared: {slip}: {message}"));
                let help = help.clone().map(|help| step(help.into())).unwrap_or_default();
                head(deal, slip.line) + &why + &help
            })
        }
    }
}

fn options(args: &DealArgs) -> Options {
    let months = match args.by {
        Some(By::Month) => 1,
        Some(By::Quarter) => 3,
        Some(By::Year) | None => 12,
    };
    Options {
        ended: args.ended,
        through: args.through,
        by: Cycle::calendar(months),
        by_is_asked: args.by.is_some(),
    }
}

fn name_of(from: &Path) -> String {
    if from.as_os_str() == "-" { "stdin".to_owned() } else { from.display().to_string() }
}

/// How far a long list was read, on a terminal.
struct Progress {
    size: Option<u64>,
    began: Instant,
    count: u64,
    shown: bool,
    terminal: bool,
}

impl Progress {
    fn new(size: Option<u64>) -> Self {
        let (began, terminal) = (Instant::now(), io::stderr().is_terminal());
        Self { size, began, count: 0, shown: false, terminal }
    }

    fn step(&mut self, bytes: u64) {
        self.count += 1;
        if !self.terminal || !self.count.is_multiple_of(STEP) || self.began.elapsed() < QUIET {
            return;
        }
        let part = self.size.filter(|size| *size > 0).map(|size| bytes * 100 / size);
        let part = part.map(|part| format!(", {}%", part.min(100))).unwrap_or_default();
        let count = crate::value::grouped(self.count.into());
        let _ = write!(io::stderr(), "\r{count} deals{part} ");
        self.shown = true;
    }

    fn clear(&self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r{:40}\r", "");
        }
    }
}
