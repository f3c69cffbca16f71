//! `pactum check`: agreements in, findings out.

mod args;
mod stages;
mod watch;
mod work;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::ThreadPool;

use crate::policy::Rule;
use crate::render::{Ending, Form, Run, Setup};

use super::baseline::Baselines;
use super::files::{self, Input};
use super::guard;
use super::outputs::Outputs;
use super::paths::full;
use super::problem::Problem;
use super::settings::{Setting, Settings};
use super::terminal::Console;
use super::waivers;
use super::{Ended, Exit, batches, traced};

use work::{Job, Work};

pub(super) use args::Args;

/// Checks what the arguments name.
pub(super) fn run(args: &Args, console: &Console) -> Ended {
    if args.watch { watch::run(args, console) } else { once(args, console, &mut Vec::new()) }
}

/// Checks once. What had a part in it beside the agreements is noted.
fn once(args: &Args, console: &Console, read: &mut Vec<PathBuf>) -> Ended {
    let Found { inputs, unsearched, pool } = Found::by(args)?;
    // Where the report cannot go is told before any work is done.
    let outputs = Outputs::open(&args.outputs, &inputs)?;
    let mut settings = Settings::new(args.wanted.clone());
    settings.also(args.trace.as_deref());
    let mut waivers =
        waivers::Files::new(&args.waivers, args.wanted.sources.isolated(), args.as_of);
    let mut baselines = Baselines::new(&args.baseline);
    let job = |input: Input| {
        let (setting, waivers) = (settings.of(input.path()), waivers.of(input.path()));
        let named = settings.in_use[setting].baseline.as_deref();
        let baseline = baselines.of(input.path(), named);
        Job { input, setting, waivers, baseline }
    };
    let jobs: Vec<Job> = inputs.into_iter().map(job).collect();
    read.extend([settings.read(), waivers.read(), baselines.read()].concat());
    let mut problems = std::mem::take(&mut settings.problems);
    if let Some(id) = &args.trace {
        problems
            .extend(settings.in_use.iter_mut().find_map(|each| traced::only(&mut each.rules, id)));
    }
    problems.append(&mut waivers.problems);
    problems.append(&mut baselines.problems);
    problems.extend(unnamed(args, &jobs));
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
    let setup = Setup {
        rules: &rules,
        root: &root,
        verbose: args.verbose,
        baseline: jobs.iter().any(|job| job.baseline.is_some()),
        told_elsewhere: false,
    };
    let forms = outputs.forms(setup, console);
    if !stops.is_empty() {
        return stopped(outputs, &forms, unsearched.into_iter().chain(stops).collect());
    }
    let (human, in_use) = (console.human(), &settings.in_use);
    let work =
        Work { args, human, settings: in_use, waivers: &waivers, baselines: &baselines, forms };
    guard::install();
    let pool = pool.map_or_else(|| batches::workers(true), Ok)?;
    let exit = work.report(outputs, &jobs, &unsearched, &pool, console)?;
    if !unsearched.is_empty() {
        console.tell(&unsearched);
    }
    if !args.watch {
        // The program ends: the system takes all rules back at once, which is sooner than one by one.
        drop(work);
        std::mem::forget(settings);
    }
    Ok(exit)
}

/// What there is to check.
struct Found {
    inputs: Vec<Input>,
    unsearched: Vec<Problem>,
    /// Workers, where there may be many files.
    pool: Option<ThreadPool>,
}

impl Found {
    fn by(args: &Args) -> Result<Self, Vec<Problem>> {
        let search = || files::agreements(&args.paths, &args.stdin_filename);
        if matches!(&*args.paths, [path] if !path.is_dir()) {
            let (inputs, unsearched) = search();
            return Ok(Self { inputs, unsearched, pool: None });
        }
        let pool = batches::workers(false)?;
        // What a search leaves behind is memory that its worker then has at hand.
        let (inputs, unsearched) = pool.install(search);
        Ok(Self { inputs, unsearched, pool: Some(pool) })
    }
}

/// What standard input says is recorded by no name.
fn unnamed(args: &Args, jobs: &[Job]) -> Option<Problem> {
    args.baseline.recording()?;
    let piped = jobs.iter().any(|job| matches!(job.input, Input::Stdin(_)));
    let problem = Problem::new("baseline/stdin", "what standard input says cannot be recorded");
    piped.then(|| problem.help("name the file: a baseline holds for files that stay"))
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
