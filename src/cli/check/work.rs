//! The work of a check: jobs come in, each file is checked and shown in its turn, out goes what the
//! run came to.

use std::path::PathBuf;

use crate::check::{Report, Standing};
use crate::cli::baseline::{self, Baselines, Held, Tally};
use crate::cli::files::Input;
use crate::cli::outputs::Outputs;
use crate::cli::paths::full;
use crate::cli::problem::Problem;
use crate::cli::settings::Setting;
use crate::cli::terminal::Console;
use crate::cli::waivers::{self, InForce, Stood};
use crate::cli::{Ended, Exit, batches};
use crate::diagnostic::{Diagnostic, Severity};
use crate::policy::Rule;
use crate::render::human::Human;
use crate::render::{Approvals, Counts, Ending, Form, Origin, Page, Run, Use};
use crate::source::Source;

use super::args::Args;
use super::stages::JOB;

/// A file and what is in force for it.
pub(super) struct Job {
    pub(super) input: Input,
    pub(super) setting: usize,
    pub(super) waivers: InForce,
    pub(super) baseline: baseline::InForce,
}

/// What one file came to.
pub(super) struct Done {
    /// As shown in each output.
    pub(super) texts: Vec<String>,
    /// Why it could not be checked, or what it came to.
    pub(super) came_to: Result<CameTo, Problem>,
}

/// What one file came to, without its text.
pub(super) struct CameTo {
    pub(super) counts: Counts,
    /// What became of each rule, in their order.
    pub(super) uses: Vec<Use>,
    pub(super) approvals: Approvals,
    /// How many waivers stand in it.
    pub(super) inline: usize,
    /// What became of the waivers from outside.
    pub(super) outside: Vec<Standing>,
    /// What became of its findings in the baseline.
    pub(super) held: Held,
}

/// What every file is checked with.
pub(super) struct Work<'a> {
    pub(super) args: &'a Args,
    pub(super) human: Human,
    pub(super) settings: &'a [Setting],
    pub(super) waivers: &'a waivers::Files,
    pub(super) baselines: &'a Baselines,
    /// The form of each output.
    pub(super) forms: Vec<Box<dyn Form + 'a>>,
}

/// Adds what became of the rules in one file more.
fn merge(all: &mut Vec<Use>, one: Vec<Use>) {
    if all.is_empty() {
        *all = one;
    } else {
        assert_eq!(all.len(), one.len(), "each rule of a setting has a use");
        all.iter_mut().zip(one).for_each(|(became, one)| *became = one.max(*became));
    }
}

impl Work<'_> {
    /// Checks batch by batch and shows each file in its turn.
    pub(super) fn report(
        &self,
        mut outputs: Outputs,
        jobs: &[Job],
        unsearched: &[Problem],
        pool: &rayon::ThreadPool,
        console: &Console,
    ) -> Ended {
        let (mut run, mut fails, mut unread) = (Run::default(), false, Vec::new());
        let (mut stood, mut tally) = (Stood::default(), Tally::default());
        let mut uses = vec![Vec::new(); self.settings.len()];
        self.asked(&mut run);
        outputs.begin(&self.forms)?;
        batches::in_order(
            pool,
            jobs,
            JOB,
            |jobs| self.some(jobs),
            |job, done| {
                outputs.piece(&self.forms, &done.texts);
                match done.came_to {
                    Ok(came_to) => {
                        fails |= came_to.counts.worst >= Some(self.fail_on(job));
                        self.note(&mut run, &came_to);
                        merge(&mut uses[job.setting], came_to.uses);
                        run.approvals.merge(came_to.approvals);
                        stood.note(&job.waivers, came_to.outside);
                        tally.note(&job.baseline, came_to.held);
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
        for (setting, uses) in self.settings.iter().zip(uses) {
            run.apply(setting.rules.rules().map(Rule::id).zip(uses));
        }
        run.failed += unsearched.len();
        fails |= self.waiver_files(jobs, &stood, &mut run, &mut outputs);
        fails |= self.baseline_files(jobs, &tally, &mut run, &mut outputs);
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
        match self.baselines.record(tally, run.failed == 0) {
            None => Ok(exit),
            Some(Ok(said)) => {
                console.remark(&said);
                Ok(exit)
            }
            Some(Err(problem)) => Err(problem.alone()),
        }
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
        for (number, (told, file)) in all.enumerate() {
            let of = |job: &&Job| job.waivers.as_ref().is_some_and(|it| it.0 == number);
            let strictest = jobs.iter().filter(of).map(|job| self.fail_on(job)).min();
            let beside = (&*file.source, file.skipped);
            fails |= self.beside(beside, &told, strictest, run, outputs);
        }
        fails
    }

    /// The same of baselines.
    fn baseline_files(
        &self,
        jobs: &[Job],
        tally: &Tally,
        run: &mut Run,
        outputs: &mut Outputs,
    ) -> bool {
        let mut fails = false;
        let all = self.baselines.told(tally).into_iter().zip(&self.baselines.found);
        for (number, (told, file)) in all.enumerate() {
            let of = |job: &&Job| job.baseline.as_ref().is_some_and(|it| it.0 == number);
            let strictest = jobs.iter().filter(of).map(|job| self.fail_on(job)).min();
            let beside = (&*file.source, file.skipped);
            fails |= self.beside(beside, &told, strictest, run, outputs);
        }
        fails
    }

    /// Shows what is to be said of a file beside the agreements; whether it makes the run fail.
    fn beside(
        &self,
        (source, skipped): (&Source, u32),
        told: &[Diagnostic],
        strictest: Option<Severity>,
        run: &mut Run,
        outputs: &mut Outputs,
    ) -> bool {
        if told.is_empty() {
            return false;
        }
        let report = Report::default();
        let page = Page { source, diagnostics: told, report: &report };
        outputs.piece(&self.forms, &self.pages(&page, Origin { config: None, skipped }));
        let counts = Counts { files: 0, ..page.counts() };
        run.counts.merge(&counts);
        counts.worst >= strictest
    }

    fn fail_on(&self, job: &Job) -> Severity {
        let asked = self.args.fail_on.as_deref().and_then(Severity::from_word);
        asked.or(self.settings[job.setting].fail_on).unwrap_or(Severity::Error)
    }

    /// A page in each output.
    pub(super) fn pages(&self, page: &Page<'_>, origin: Origin<'_>) -> Vec<String> {
        self.forms.iter().map(|form| form.page(page, origin)).collect()
    }
}
