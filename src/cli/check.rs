//! `pactum check`: agreements in, findings out.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::agreement::parse;
use crate::analysis::derive;
use crate::check::{Report, RuleOutcome, Standing, Subject, check, waive};
use crate::diagnostic::Severity;
use crate::render::human::Human;
use crate::render::{Approvals, Counts, Page, Run, Use, json, many, visible};
use crate::source::Source;
use crate::value::Date;
use crate::vocabulary::Facts;

use super::arguments::{Wanted, date, size};
use super::files::{self, Input};
use super::guard;
use super::paths::full;
use super::problem::Problem;
use super::settings::{Setting, Settings};
use super::terminal::{Console, Out};
use super::waivers::{self, InForce, Stood};
use super::{Ended, Exit, traced};
use super::{batches, disk};

/// The same for every worker on every machine, so that what one thread can read all can.
const STACK: usize = 8 << 20;

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
/// The last line counts what was checked: a rule that never applied has not been passed, it had
/// nothing to look at.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Files, folders (all *.alliance files below, honouring .gitignore), or - for standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// The name messages give to standard input; also decides which pactum.toml is nearest
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    stdin_filename: PathBuf,
    /// Check as of this day, such as 2026-04-01, for rules about what is due and for the end of
    /// waivers; without it those rules are not run, and waivers end by today's date (UTC)
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// How to show what was found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// The least severity that makes the exit code 1 (error unless pactum.toml says otherwise)
    #[arg(long, value_name = "LEVEL", value_parser = ["error", "warning", "advice"])]
    fail_on: Option<String>,
    /// The largest file to read, in bytes, or with KiB or MiB
    #[arg(long, value_name = "SIZE", default_value = "1MiB", value_parser = size)]
    max_size: u64,
    /// Check one rule only, and show each step: what is bound, whether the rule applies, what each
    /// part of its tests comes to, and where that stands
    #[arg(long, value_name = "RULE", conflicts_with = "format")]
    trace: Option<String>,
    /// Also show waived findings and name the rules that judged nothing
    #[arg(long, short)]
    verbose: bool,
    #[command(flatten)]
    waivers: waivers::Asked,
    #[command(flatten)]
    wanted: Wanted,
}

const AFTER_HELP: &str = "\
Examples:
  pactum check                               all agreements in this folder and below
  pactum check deals/acme.alliance           one agreement
  pactum check --policy our-rules/           with our own rules as well
  pactum check --fail-on warning             warnings fail too
  pactum check --no-inline-waivers draft/    drafts of the other side: what they waive stands
  pactum check --format json > report.json   for other programs
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

/// How to show what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs: one JSON document
    Json,
}

/// A file and what is in force for it.
struct Job {
    input: Input,
    setting: usize,
    waivers: InForce,
}

/// What one file came to.
struct Done {
    /// As shown.
    text: String,
    /// Why it could not be checked, or what it came to.
    came_to: Result<CameTo, Problem>,
}

/// What one file came to, without its text.
struct CameTo {
    counts: Counts,
    outcomes: Vec<RuleOutcome>,
    approvals: Approvals,
    /// How many waivers stand in it.
    inline: usize,
    /// What became of the waivers from outside.
    outside: Vec<Standing>,
}

/// What every file is checked with.
struct Work<'a> {
    args: &'a Args,
    human: Human,
    settings: &'a [Setting],
    waivers: &'a waivers::Files,
}

/// Checks what the arguments name.
pub(super) fn run(args: &Args, console: &Console) -> Ended {
    let (inputs, unsearched) = files::agreements(&args.paths, &args.stdin_filename);
    let mut settings = Settings::new(args.wanted.clone());
    settings.also(args.trace.as_deref());
    let mut waivers =
        waivers::Files::new(&args.waivers, args.wanted.sources.isolated(), args.as_of);
    let job = |input: Input| {
        let (setting, waivers) = (settings.of(input.path()), waivers.of(input.path()));
        Job { input, setting, waivers }
    };
    let jobs: Vec<Job> = inputs.into_iter().map(job).collect();
    let mut problems = std::mem::take(&mut settings.problems);
    if let Some(id) = &args.trace {
        problems
            .extend(settings.in_use.iter_mut().find_map(|each| traced::only(&mut each.rules, id)));
    }
    problems.append(&mut waivers.problems);
    if jobs.is_empty() && problems.is_empty() {
        problems.push(files::none(&args.paths));
    }
    if problems.is_empty() {
        problems.extend(settings.in_use.iter().find_map(Setting::nothing_asked));
    }
    let (stops, notes): (Vec<_>, Vec<_>) = problems.into_iter().partition(Problem::stops);
    if !notes.is_empty() {
        console.tell(&notes);
    }
    if !stops.is_empty() {
        return stopped(args, unsearched.into_iter().chain(stops).collect());
    }
    let work = Work { args, human: console.human(), settings: &settings.in_use, waivers: &waivers };
    guard::install();
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).build();
    let pool = pool.map_err(|error| {
        Problem::new("internal/threads", format!("no worker could be started: {error}")).alone()
    })?;
    let exit = work.report(&jobs, &unsearched, &pool, console)?;
    if !unsearched.is_empty() {
        console.tell(&unsearched);
    }
    Ok(exit)
}

/// Nothing was checked: says so, in JSON as well where that was asked for.
fn stopped(args: &Args, mut problems: Vec<Problem>) -> Ended {
    if args.format == Format::Json {
        let told: Vec<String> = problems.iter().map(Problem::json).collect();
        let mut out = Out::new();
        out.print(&json::opening());
        out.print(&json::closing(&told, &Run::default(), Exit::Failed as u8));
        out.finish()?;
    }
    problems.push(Problem::new("check/nothing", "no agreement was checked"));
    Err(problems)
}

impl Work<'_> {
    /// Checks batch by batch and shows each file in its turn.
    fn report(
        &self,
        jobs: &[Job],
        unsearched: &[Problem],
        pool: &rayon::ThreadPool,
        console: &Console,
    ) -> Ended {
        let json = self.args.format == Format::Json;
        let (mut out, mut run, mut fails) = (Out::new(), Run::default(), false);
        let mut stood = Stood::default();
        for rule in self.settings.iter().flat_map(|each| each.rules.rules()) {
            run.load(rule.id());
        }
        // Without standard rules a profile matters only where it leaves out an own one.
        let standard = self.args.wanted.sources.standard();
        for each in self.settings.iter().filter(|each| standard || !each.left_out.is_empty()) {
            run.ask(each.profile, &each.left_out);
        }
        if json {
            out.print(&json::opening());
        }
        let mut between = "\n";
        batches::in_order(
            pool,
            jobs,
            |job| self.one(job),
            |job, done| {
                if json {
                    out.print(std::mem::replace(&mut between, ",\n"));
                }
                out.print(&done.text);
                match done.came_to {
                    Ok(came_to) => {
                        fails |= came_to.counts.worst >= Some(self.fail_on(job));
                        self.note(&mut run, &came_to);
                        run.approvals.merge(came_to.approvals);
                        stood.note(&job.waivers, came_to.outside);
                    }
                    Err(problem) => {
                        run.failed += 1;
                        out.flush();
                        console.tell(&[problem]);
                    }
                }
            },
        );
        run.failed += unsearched.len();
        fails |= self.waiver_files(jobs, &stood, &mut run, &mut out);
        let exit = match (run.failed, fails) {
            (0, false) => Exit::Clean,
            (0, true) => Exit::Findings,
            _ => Exit::Failed,
        };
        self.close(&mut out, &run, unsearched, exit);
        out.finish()?;
        Ok(exit)
    }

    /// Adds what one file came to.
    fn note(&self, run: &mut Run, came_to: &CameTo) {
        run.counts.merge(&came_to.counts);
        run.apply(&came_to.outcomes);
        let inline = self.waivers.inline();
        if !inline {
            run.waivers.ignored += came_to.inline;
        }
        if !came_to.outside.is_empty() || (inline && came_to.inline > 0) {
            run.waivers.as_of = Some(self.waivers.day);
        }
    }

    /// Shows what is to be said of waiver files, as if each were a file that was checked; whether
    /// it makes the run fail.
    fn waiver_files(&self, jobs: &[Job], stood: &Stood, run: &mut Run, out: &mut Out) -> bool {
        let folders = self.args.paths.iter().filter(|path| path.is_dir());
        let searched: Vec<PathBuf> = folders.map(|path| full(path)).collect();
        let mut fails = false;
        let all = self.waivers.told(stood, &searched).into_iter().zip(&self.waivers.found);
        for (number, (told, file)) in all.enumerate().filter(|(_, (told, _))| !told.is_empty()) {
            let report = Report::default();
            let page = Page { source: &file.source, diagnostics: &told, report: &report };
            match self.args.format {
                Format::Human => out.print(&self.human.page(&page, false)),
                Format::Json => {
                    let origin = json::Origin { config: None, skipped: file.skipped };
                    out.print(&format!(",\n{}", json::file(&page, origin)));
                }
            }
            let counts = Counts { files: 0, ..page.counts() };
            let of = |job: &&Job| job.waivers.as_ref().is_some_and(|(file, _)| *file == number);
            let strictest = jobs.iter().filter(of).map(|job| self.fail_on(job)).min();
            fails |= counts.worst >= strictest;
            run.counts.merge(&counts);
        }
        fails
    }

    fn close(&self, out: &mut Out, run: &Run, unsearched: &[Problem], exit: Exit) {
        if self.args.format == Format::Json {
            let told: Vec<String> = unsearched.iter().map(Problem::json).collect();
            return out.print(&json::closing(&told, run, exit as u8));
        }
        if self.args.verbose {
            let uses = [
                (Use::LeftOut, "left out by the profile"),
                (Use::OtherKind, "for other kinds of alliance"),
                (Use::NeverApplied, "never applied"),
                (Use::NotRun, "not run"),
            ];
            for (became, words) in uses {
                for rule in run.that(became) {
                    out.print(&format!("{words}: {rule}\n"));
                }
            }
        }
        if !run.approvals.is_empty() {
            out.print(&format!("approvals: {}\n", visible(&run.approvals.to_string())));
        }
        if let Some(day) = run.waivers.as_of.filter(|_| self.args.as_of.is_none()) {
            out.print(&format!("waivers: as of today, {day} UTC; --as-of sets another day\n"));
        }
        if run.waivers.ignored > 0 {
            let ignored = many(run.waivers.ignored, "waiver");
            out.print(&format!("waivers: {ignored} in agreements ignored, as asked\n"));
        }
        out.print(&format!("{run}\n"));
    }

    fn fail_on(&self, job: &Job) -> Severity {
        let asked = self.args.fail_on.as_deref().and_then(Severity::from_word);
        asked.or(self.settings[job.setting].fail_on).unwrap_or(Severity::Error)
    }

    /// Reads, checks and shows one file. What was parsed is dropped here.
    fn one(&self, job: &Job) -> Done {
        let name = job.input.path().display().to_string();
        let checked = self
            .read(&job.input, &name)
            .and_then(|text| guard::caught(&name, || self.checked(&name, text, job)));
        checked.unwrap_or_else(|problem| {
            let json = self.args.format == Format::Json;
            let text = if json { json::unread(&name, &problem.diagnostic) } else { String::new() };
            Done { text, came_to: Err(problem) }
        })
    }

    fn read(&self, input: &Input, name: &str) -> Result<disk::Text, Problem> {
        match input {
            Input::File(path) => disk::read(path, self.args.max_size),
            Input::Stdin(_) => disk::read_stdin(name, self.args.max_size),
        }
    }

    fn checked(&self, name: &str, text: disk::Text, job: &Job) -> Done {
        let setting = &self.settings[job.setting];
        let source = Source::new(name, text.text);
        let parsed = parse(&source);
        let derived = derive(&parsed.agreement);
        let facts = Facts {
            agreement: &parsed.agreement,
            derived: &derived,
            as_of: self.args.as_of,
            us: setting.us.as_deref(),
        };
        let subject = Subject { source: &source, facts, told: &parsed.diagnostics };
        let report = check(subject, &setting.rules);
        let waivers = self.waivers.waivers(&job.waivers);
        let waiving = waive(report, subject, &setting.rules, &waivers);
        let report = &waiving.report;
        let page = Page { source: &source, diagnostics: &parsed.diagnostics, report };
        let counts = page.counts();
        let shown = match self.args.format {
            Format::Human if self.args.trace.is_some() => {
                traced::page(&self.human, subject, &setting.rules)
            }
            Format::Human => self.human.page(&page, self.args.verbose),
            Format::Json => {
                let config = setting.config.as_deref();
                json::file(&page, json::Origin { config, skipped: text.skipped })
            }
        };
        let approvals = Approvals::of(name, report);
        let (inline, outside) = (waiving.inline, waiving.outside);
        let outcomes = waiving.report.outcomes;
        Done { text: shown, came_to: Ok(CameTo { counts, outcomes, approvals, inline, outside }) }
    }
}
