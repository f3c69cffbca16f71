//! `pactum check`: agreements in, findings out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::agreement::parse;
use crate::analysis::derive_by;
use crate::check::{Report, RuleOutcome, Standing, Subject, check, waive};
use crate::diagnostic::Severity;
use crate::policy::Rule;
use crate::render::human::Human;
use crate::render::{Approvals, Counts, Ending, Form, Origin, Page, Run, Setup};
use crate::value::Date;
use crate::vocabulary::Facts;

use super::arguments::{Wanted, date, size};
use super::files::{self, Input};
use super::guard;
use super::outputs::{self, Outputs};
use super::paths::full;
use super::problem::Problem;
use super::settings::{Setting, Settings};
use super::terminal::Console;
use super::waivers::{self, InForce, Stood};
use super::{Ended, Exit, traced};
use super::{batches, disk};

/// The same for every worker on every machine, so that what one thread can read all can.
pub(super) const STACK: usize = 8 << 20;

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
    /// Files, folders (all *.alliance files below, and Markdown with terms in fences, honouring
    /// .gitignore), or - for standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// The name messages give to standard input; also decides which pactum.toml is nearest
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    stdin_filename: PathBuf,
    /// Check as of this day, such as 2026-04-01, for rules about what is due and for the end of
    /// waivers; without it those rules are not run, and waivers end by today's date (UTC)
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    #[command(flatten)]
    outputs: outputs::ToWrite,
    /// The least severity that makes the exit code 1 (error unless pactum.toml says otherwise)
    #[arg(long, value_name = "LEVEL", value_parser = ["error", "warning", "advice"])]
    fail_on: Option<String>,
    /// The largest file to read, in bytes, or with KiB or MiB
    #[arg(long, value_name = "SIZE", default_value = "1MiB", value_parser = size)]
    max_size: u64,
    /// Check one rule only, and show each step: what is bound, whether the rule applies, what each
    /// part of its tests comes to, and where that stands
    #[arg(long, value_name = "RULE", conflicts_with_all = ["format", "outputs"])]
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

/// A file and what is in force for it.
struct Job {
    input: Input,
    setting: usize,
    waivers: InForce,
}

/// What one file came to.
struct Done {
    /// As shown in each output.
    texts: Vec<String>,
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
    /// The form of each output.
    forms: Vec<Box<dyn Form + 'a>>,
}

/// Checks what the arguments name.
pub(super) fn run(args: &Args, console: &Console) -> Ended {
    let (inputs, unsearched) = files::agreements(&args.paths, &args.stdin_filename);
    // Where the report cannot go is told before any work is done.
    let outputs = Outputs::open(&args.outputs, &inputs)?;
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
    let rules = in_force(&settings.in_use);
    let root = full(Path::new(".")).join("").display().to_string();
    let setup = Setup { rules: &rules, root: &root, verbose: args.verbose, told_elsewhere: false };
    let forms = outputs.forms(setup, console);
    if !stops.is_empty() {
        return stopped(outputs, &forms, unsearched.into_iter().chain(stops).collect());
    }
    let (settings, waivers) = (&settings.in_use, &waivers);
    let work = Work { args, human: console.human(), settings, waivers, forms };
    guard::install();
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).build();
    let pool = pool.map_err(|error| {
        Problem::new("internal/threads", format!("no worker could be started: {error}")).alone()
    })?;
    let exit = work.report(outputs, &jobs, &unsearched, &pool, console)?;
    if !unsearched.is_empty() {
        console.tell(&unsearched);
    }
    Ok(exit)
}

/// The rules of all settings, each once.
fn in_force(settings: &[Setting]) -> Vec<&Rule> {
    let mut seen = BTreeSet::new();
    let rules = settings.iter().flat_map(|each| each.rules.rules());
    rules.filter(|rule| seen.insert(rule.id())).collect()
}

/// Nothing was checked: says so in every output as well.
fn stopped(outputs: Outputs, forms: &[Box<dyn Form + '_>], mut problems: Vec<Problem>) -> Ended {
    let told: Vec<_> = problems.iter().map(Problem::told).collect();
    let run = Run::default();
    let end = Ending {
        run: &run,
        unread: &[],
        problems: &told,
        pieces: 0,
        today: false,
        exit: Exit::Failed as u8,
    };
    outputs.stop(forms, &end)?;
    problems.push(Problem::new("check/nothing", "no agreement was checked"));
    Err(problems)
}

impl Work<'_> {
    /// Checks batch by batch and shows each file in its turn.
    fn report(
        &self,
        mut outputs: Outputs,
        jobs: &[Job],
        unsearched: &[Problem],
        pool: &rayon::ThreadPool,
        console: &Console,
    ) -> Ended {
        let (mut run, mut fails, mut unread) = (Run::default(), false, Vec::new());
        let mut stood = Stood::default();
        self.asked(&mut run);
        outputs.begin(&self.forms)?;
        batches::in_order(
            pool,
            jobs,
            |job| self.one(job),
            |job, done| {
                outputs.piece(&self.forms, &done.texts);
                match done.came_to {
                    Ok(came_to) => {
                        fails |= came_to.counts.worst >= Some(self.fail_on(job));
                        self.note(&mut run, &came_to);
                        run.approvals.merge(came_to.approvals);
                        stood.note(&job.waivers, came_to.outside);
                    }
                    Err(problem) => {
                        run.failed += 1;
                        outputs.flush();
                        let name = job.input.path().display().to_string();
                        unread.push((name, problem.diagnostic.clone()));
                        console.tell(&[problem]);
                    }
                }
            },
        );
        run.failed += unsearched.len();
        fails |= self.waiver_files(jobs, &stood, &mut run, &mut outputs);
        let exit = match (run.failed, fails) {
            (0, false) => Exit::Clean,
            (0, true) => Exit::Findings,
            _ => Exit::Failed,
        };
        let problems: Vec<_> = unsearched.iter().map(Problem::told).collect();
        let end = Ending {
            run: &run,
            unread: &unread,
            problems: &problems,
            pieces: 0,
            today: self.args.as_of.is_none(),
            exit: exit as u8,
        };
        outputs.finish(&self.forms, &end)?;
        Ok(exit)
    }

    /// Notes which rules are asked, and how much.
    fn asked(&self, run: &mut Run) {
        for rule in self.settings.iter().flat_map(|each| each.rules.rules()) {
            run.load(rule.id());
        }
        // Without standard rules a profile matters only where it leaves out an own one.
        let standard = self.args.wanted.sources.standard();
        for each in self.settings.iter().filter(|each| standard || !each.left_out.is_empty()) {
            run.ask(each.profile, &each.left_out);
        }
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
    fn waiver_files(
        &self,
        jobs: &[Job],
        stood: &Stood,
        run: &mut Run,
        outputs: &mut Outputs,
    ) -> bool {
        let folders = self.args.paths.iter().filter(|path| path.is_dir());
        let searched: Vec<PathBuf> = folders.map(|path| full(path)).collect();
        let mut fails = false;
        let all = self.waivers.told(stood, &searched).into_iter().zip(&self.waivers.found);
        for (number, (told, file)) in all.enumerate().filter(|(_, (told, _))| !told.is_empty()) {
            let report = Report::default();
            let page = Page { source: &file.source, diagnostics: &told, report: &report };
            let origin = Origin { config: None, skipped: file.skipped };
            outputs.piece(&self.forms, &self.pages(&page, origin));
            let counts = Counts { files: 0, ..page.counts() };
            let of = |job: &&Job| job.waivers.as_ref().is_some_and(|(file, _)| *file == number);
            let strictest = jobs.iter().filter(of).map(|job| self.fail_on(job)).min();
            fails |= counts.worst >= strictest;
            run.counts.merge(&counts);
        }
        fails
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
            .and_then(|text| guard::caught(&name, || self.checked(&name, text, job))?);
        checked.unwrap_or_else(|problem| {
            let forms = self.forms.iter();
            let texts = forms.map(|form| form.unread(&name, &problem.diagnostic)).collect();
            Done { texts, came_to: Err(problem) }
        })
    }

    /// A page in each output.
    fn pages(&self, page: &Page<'_>, origin: Origin<'_>) -> Vec<String> {
        self.forms.iter().map(|form| form.page(page, origin)).collect()
    }

    fn read(&self, input: &Input, name: &str) -> Result<disk::Text, Problem> {
        match input {
            Input::File(path) => disk::read(path, self.args.max_size),
            Input::Stdin(_) => disk::read_stdin(name, self.args.max_size),
        }
    }

    fn checked(&self, name: &str, text: disk::Text, job: &Job) -> Result<Done, Problem> {
        let setting = &self.settings[job.setting];
        let source = files::source(job.input.path(), name, text.text)?;
        let parsed = parse(&source);
        let derived = derive_by(&parsed.agreement, &setting.calendars);
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
        let texts = if self.args.trace.is_some() {
            vec![traced::page(&self.human, subject, &setting.rules)]
        } else {
            let config = setting.config.as_deref();
            self.pages(&page, Origin { config, skipped: text.skipped })
        };
        let approvals = Approvals::of(name, report);
        let (inline, outside) = (waiving.inline, waiving.outside);
        let outcomes = waiving.report.outcomes;
        let came_to = CameTo { counts, outcomes, approvals, inline, outside };
        Ok(Done { texts, came_to: Ok(came_to) })
    }
}
