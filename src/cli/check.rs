//! `pactum check`: agreements in, findings out.

use std::path::PathBuf;

use clap::ValueEnum;
use rayon::prelude::*;

use crate::agreement::parse;
use crate::analysis::derive;
use crate::check::{RuleOutcome, Subject, check, trace};
use crate::diagnostic::{Severity, near_name};
use crate::policy::{Rule, RuleSet};
use crate::render::human::Human;
use crate::render::{Counts, Page, Run, Use, json};
use crate::source::Source;
use crate::value::Date;
use crate::vocabulary::Facts;

use super::disk;
use super::files::{self, Input};
use super::guard;
use super::problem::Problem;
use super::settings::{Setting, Settings, Sources};
use super::terminal::{Console, Out};
use super::{Ended, Exit};

/// So many files are held in memory at once.
const BATCH: usize = 256;
/// The same for every worker on every machine, so that what one thread can read all can.
const STACK: usize = 8 << 20;

/// Check agreements and report what is outside policy
///
/// Reads each agreement, checks it against the rules, and shows every finding with its place, why it
/// matters and what to do. A finding marked `undetermined` means that the agreement does not say
/// enough to decide; it counts like a failure of that rule. A finding marked `needs approval of`
/// somebody is outside the preferred position but inside one that this person may approve.
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
    /// Check as of this day, such as 2026-04-01, for rules about what is due
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
    sources: Sources,
}

const AFTER_HELP: &str = "\
Examples:
  pactum check                               all agreements in this folder and below
  pactum check deals/acme.alliance           one agreement
  pactum check --policy our-rules/           with our own rules as well
  pactum check --fail-on warning             warnings fail too
  pactum check --format json > report.json   for other programs
  pactum check deals/acme.alliance --trace exit/notice-stated
                                             why one rule says what it says
  cat x.alliance | pactum check - --stdin-filename deals/x.alliance

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
}

/// What one file came to.
struct Done {
    /// As shown.
    text: String,
    /// Why it could not be checked, or what it came to.
    came_to: Result<(Counts, Vec<RuleOutcome>), Problem>,
}

/// What every file is checked with.
struct Work<'a> {
    args: &'a Args,
    human: Human,
    settings: &'a [Setting],
}

/// Checks what the arguments name.
pub(super) fn run(args: &Args, console: &Console) -> Ended {
    let (inputs, unsearched) = files::agreements(&args.paths, &args.stdin_filename);
    let mut settings = Settings::new(&args.sources);
    let job = |input: Input| Job { setting: settings.of(input.path()), input };
    let jobs: Vec<Job> = inputs.into_iter().map(job).collect();
    let mut problems = std::mem::take(&mut settings.problems);
    if let Some(id) = &args.trace {
        problems.extend(settings.in_use.iter_mut().find_map(|each| only(&mut each.rules, id)));
    }
    if jobs.is_empty() && problems.is_empty() {
        problems.push(no_files(&args.paths));
    }
    if problems.is_empty() && settings.in_use.iter().any(|each| each.rules.rules().len() == 0) {
        problems.push(no_rules());
    }
    let (stops, notes): (Vec<_>, Vec<_>) = problems.into_iter().partition(Problem::stops);
    if !notes.is_empty() {
        console.tell(&notes);
    }
    if !stops.is_empty() {
        return stopped(args, unsearched.into_iter().chain(stops).collect());
    }
    let work = Work { args, human: console.human(), settings: &settings.in_use };
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

fn no_files(paths: &[PathBuf]) -> Problem {
    let names: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
    Problem::new("check/no-files", format!("no agreement was found in {}", names.join(", ")))
        .help("agreements end in .alliance; files that .gitignore excludes are left out")
}

fn no_rules() -> Problem {
    Problem::new("check/no-rules", "there is no rule to check against")
        .help("name policies with --policy or in pactum.toml, or use the standard rules")
}

/// Leaves one rule alone, or says that there is none.
fn only(rules: &mut RuleSet, id: &str) -> Option<Problem> {
    let Some(rule) = rules.find(id) else {
        let near = near_name(id, rules.rules().map(Rule::id));
        let help = near.unwrap_or_else(|| "`pactum rules` lists the rules".to_owned());
        let message = format!("no rule is called `{id}`");
        return Some(Problem::new("check/unknown-rule", message).help(help));
    };
    let id = rule.id().to_owned();
    rules.retain(|rule| rule.id() == id);
    None
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
        for rule in self.settings.iter().flat_map(|each| each.rules.rules()) {
            run.load(rule.id());
        }
        let mut profiles = self.settings.iter().map(|each| each.profile);
        let first = profiles.next().flatten();
        run.profile = first.filter(|_| profiles.all(|each| each == first));
        if json {
            out.print(&json::opening());
        }
        for (number, batch) in jobs.chunks(BATCH).enumerate() {
            let done: Vec<Done> =
                pool.install(|| batch.par_iter().map(|job| self.one(job)).collect());
            for (index, (job, done)) in batch.iter().zip(done).enumerate() {
                if json {
                    out.print(if number + index == 0 { "\n" } else { ",\n" });
                }
                out.print(&done.text);
                match done.came_to {
                    Ok((counts, outcomes)) => {
                        fails |= counts.worst >= Some(self.fail_on(job));
                        run.counts.merge(&counts);
                        run.apply(&outcomes);
                    }
                    Err(problem) => {
                        run.failed += 1;
                        out.flush();
                        console.tell(&[problem]);
                    }
                }
            }
        }
        run.failed += unsearched.len();
        let exit = match (run.failed, fails) {
            (0, false) => Exit::Clean,
            (0, true) => Exit::Findings,
            _ => Exit::Failed,
        };
        self.close(&mut out, &run, unsearched, exit);
        out.finish()?;
        Ok(exit)
    }

    fn close(&self, out: &mut Out, run: &Run, unsearched: &[Problem], exit: Exit) {
        if self.args.format == Format::Json {
            let told: Vec<String> = unsearched.iter().map(Problem::json).collect();
            return out.print(&json::closing(&told, run, exit as u8));
        }
        if self.args.verbose {
            let uses = [
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
        out.print(&format!("{run}\n"));
    }

    fn fail_on(&self, job: &Job) -> Severity {
        let asked = self.args.fail_on.as_deref().and_then(Severity::from_word);
        asked.or(self.settings[job.setting].fail_on).unwrap_or(Severity::Error)
    }

    /// Reads, checks and shows one file. What was parsed is dropped here.
    fn one(&self, job: &Job) -> Done {
        let name = job.input.path().display().to_string();
        let checked = self.read(&job.input, &name).and_then(|text| {
            guard::caught(&name, || self.checked(&name, text, &self.settings[job.setting]))
        });
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

    fn checked(&self, name: &str, text: disk::Text, setting: &Setting) -> Done {
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
        let page = Page { source: &source, diagnostics: &parsed.diagnostics, report: &report };
        let counts = page.counts();
        let shown = match self.args.format {
            Format::Human if self.args.trace.is_some() => self.traced(&subject, setting),
            Format::Human => self.human.page(&page, self.args.verbose),
            Format::Json => {
                let config = setting.config.as_deref();
                json::file(&page, json::Origin { config, skipped: text.skipped })
            }
        };
        Done { text: shown, came_to: Ok((counts, report.outcomes)) }
    }
}

impl Work<'_> {
    /// What could not be read, and each step of the one rule.
    fn traced(&self, subject: &Subject<'_>, setting: &Setting) -> String {
        let told = subject.told.iter();
        let mut shown: String =
            told.map(|each| self.human.diagnostic(subject.source, each) + "\n").collect();
        for rule in setting.rules.rules() {
            let steps = trace(rule, *subject);
            shown += &self.human.trace(&steps, rule.origin(), subject.source);
            shown.push('\n');
        }
        shown
    }
}

fn date(text: &str) -> Result<Date, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let date = match parts[..] {
        [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2 => {
            let (year, month, day) = (year.parse().ok(), month.parse().ok(), day.parse().ok());
            year.zip(month).zip(day).and_then(|((year, month), day)| Date::new(year, month, day))
        }
        _ => None,
    };
    date.ok_or_else(|| "expected a day such as 2026-04-01".to_owned())
}

fn size(text: &str) -> Result<u64, String> {
    let units = [("KiB", 1 << 10), ("MiB", 1 << 20), ("", 1)];
    let unit =
        units.into_iter().find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor)));
    let (number, factor) = unit.unwrap_or((text, 1));
    let number = number.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(factor));
    number.ok_or_else(|| "expected a size such as 500000, 512KiB or 4MiB".to_owned())
}
