//! From files to what they came to, stage by stage: read, scanned, lowered, checked and shown.
//!
//! The program is larger than the memory beside a core. One file after the other, every stage would
//! fetch its part of the program anew; a few files together use it while it is at hand. Each section of
//! an agreement has a part of its own, so they go through the same section together, and then through
//! the next: together this spares a third of the time.

use std::borrow::Cow;

use crate::agreement::{Lowering, Parsed};
use crate::analysis::derive_by;
use crate::check::{Subject, Waiving, check, waive};
use crate::cli::baseline::Held;
use crate::cli::files::{self, Input};
use crate::cli::problem::Problem;
use crate::cli::{disk, guard, traced};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::{Approvals, Origin, Page, Use};
use crate::source::Source;
use crate::syntax::{SECTIONS, Scan, Scanning};
use crate::vocabulary::Facts;

use super::work::{CameTo, Done, Job, Work};

/// So many files are a job for a worker: whoever shows them is woken once for all of them.
pub(super) const JOB: usize = 16;

/// So many of them go through a stage together, ...
const TOGETHER: usize = 4;

/// ... and once they have so many bytes no further one is read: what is made of them should be at hand
/// for the next stage, and a few large files should not be in memory at once.
const BYTES: usize = 64 << 10;

/// A file on its way, or why it came no farther.
struct Passing<'j, T> {
    job: &'j Job,
    name: Cow<'j, str>,
    at: Result<T, Problem>,
}

impl<'j, T> Passing<'j, T> {
    /// Through one stage more. A fault of ours is told with the name of the file.
    fn through<U>(
        self,
        stage: impl FnOnce(&'j Job, &str, T) -> Result<U, Problem>,
    ) -> Passing<'j, U> {
        let Self { job, name, at } = self;
        let at = at.and_then(|it| guard::caught(&name, || stage(job, &name, it))?);
        Passing { job, name, at }
    }

    /// A part of a stage, for a file that came so far.
    fn go_on(&mut self, part: impl FnOnce(&mut T)) {
        if let Ok(it) = &mut self.at
            && let Err(problem) = guard::caught(&self.name, || part(it))
        {
            self.at = Err(problem);
        }
    }

    /// The same file, with what it came to left where it stands.
    fn apart(&mut self) -> Passing<'j, &mut T> {
        let at = self.at.as_mut().map_err(|problem| problem.clone());
        Passing { job: self.job, name: self.name.clone(), at }
    }
}

/// A file that was read.
struct Read {
    source: Source,
    /// How many bytes of the file stand before its text.
    skipped: u32,
}

/// What the rules say of a file.
struct Judged {
    waiving: Waiving,
    held: Held,
    /// How a rule comes to what it says, where that is asked.
    traced: Option<String>,
}

impl Work<'_> {
    /// Reads, checks and shows each file. What was parsed is dropped here.
    pub(super) fn some(&self, jobs: &[Job]) -> Vec<Done> {
        let (mut jobs, mut done) = (jobs.iter(), Vec::with_capacity(jobs.len()));
        while !jobs.as_slice().is_empty() {
            done.extend(self.together(self.read(&mut jobs)));
        }
        done
    }

    /// The next files, as many as go together: one at least, where there is one.
    fn read<'j>(&self, jobs: &mut std::slice::Iter<'j, Job>) -> Vec<Passing<'j, Read>> {
        let (mut read, mut bytes) = (Vec::with_capacity(TOGETHER), 0);
        while bytes < BYTES
            && read.len() < TOGETHER
            && let Some(job) = jobs.next()
        {
            let name = job.input.path().to_string_lossy();
            let file = Passing { job, name, at: Ok(()) }.through(|job, name, ()| {
                let text = match &job.input {
                    Input::File(path) => disk::read(path, self.args.max_size),
                    Input::Stdin(_) => disk::read_stdin(name, self.args.max_size),
                }?;
                let source = files::source(job.input.path(), name, text.text)?;
                Ok(Read { source, skipped: text.skipped })
            });
            bytes += file.at.as_ref().map_or(0, |read| read.source.text().len());
            read.push(file);
        }
        read
    }

    fn together(&self, mut read: Vec<Passing<'_, Read>>) -> Vec<Done> {
        let mut lowered = lowered(scanned(&mut read));
        let judged: Vec<_> = lowered
            .iter_mut()
            .map(|file| {
                file.apart().through(|job, _, (read, parsed)| {
                    let judged = self.judged(job, read, parsed);
                    Ok((&**read, &**parsed, judged))
                })
            })
            .collect();
        let done = judged.into_iter().map(|file| {
            let shown = file.through(|job, name, (read, parsed, judged)| {
                Ok(self.shown(job, name, read, &parsed.diagnostics, judged))
            });
            shown.at.unwrap_or_else(|problem| {
                let forms = self.forms.iter();
                let texts = forms.map(|form| form.unread(&shown.name, &problem.diagnostic));
                Done { texts: texts.collect(), came_to: Err(problem) }
            })
        });
        done.collect()
    }

    fn judged(&self, job: &Job, read: &Read, parsed: &Parsed) -> Judged {
        let setting = &self.settings[job.setting];
        let source = &read.source;
        let derived = derive_by(&parsed.agreement, &setting.calendars);
        let facts = Facts {
            agreement: &parsed.agreement,
            derived: &derived,
            as_of: self.args.as_of,
            us: setting.us.as_deref(),
        };
        let subject = Subject { source, facts, told: &parsed.diagnostics };
        let report = check(subject, &setting.rules);
        let waivers = self.waivers.waivers(&job.waivers);
        let mut waiving = waive(report, subject, &setting.rules, &waivers);
        let readable = parsed.diagnostics.iter().all(|each| each.severity != Severity::Error);
        let held = self.baselines.hold(&job.baseline, source, &mut waiving.report, readable);
        let trace = self.args.trace.is_some();
        let traced = trace.then(|| traced::page(&self.human, subject, &setting.rules));
        Judged { waiving, held, traced }
    }

    fn shown(
        &self,
        job: &Job,
        name: &str,
        read: &Read,
        diagnostics: &[Diagnostic],
        judged: Judged,
    ) -> Done {
        let Judged { waiving, held, traced } = judged;
        let report = &waiving.report;
        let page = Page { source: &read.source, diagnostics, report };
        let counts = page.counts();
        let texts = traced.map_or_else(
            || {
                let config = self.settings[job.setting].config.as_deref();
                self.pages(&page, Origin { config, skipped: read.skipped })
            },
            |traced| vec![traced],
        );
        let approvals = Approvals::of(name, report);
        let (inline, outside) = (waiving.inline, waiving.outside);
        let uses = waiving.report.outcomes.iter().map(Use::of).collect();
        let came_to = CameTo { counts, uses, approvals, inline, outside, held };
        Done { texts, came_to: Ok(came_to) }
    }
}

/// What stands where in each file.
fn scanned<'a, 'j>(read: &'a mut [Passing<'j, Read>]) -> Vec<Passing<'j, (&'a Read, Scan)>> {
    let begun = read
        .iter_mut()
        .map(|file| file.apart().through(|_, _, read| Ok((&*read, Scanning::new(&read.source)))));
    let mut scanning: Vec<_> = begun.collect();
    for place in 0..SECTIONS.len() {
        each(&mut scanning, |(_, scanning)| scanning.through(place));
    }
    let scanned = scanning
        .into_iter()
        .map(|file| file.through(|_, _, (read, scanning)| Ok((read, scanning.scan()))));
    scanned.collect()
}

/// What was agreed in each file.
fn lowered<'a, 'j>(
    mut scanned: Vec<Passing<'j, (&'a Read, Scan)>>,
) -> Vec<Passing<'j, (&'a Read, Box<Parsed>)>> {
    let begun = scanned.iter_mut().map(|file| {
        file.apart()
            .through(|_, _, (read, scan)| Ok((*read, Box::new(Lowering::new(&read.source, scan)))))
    });
    let mut lowering: Vec<_> = begun.collect();
    for place in 0..SECTIONS.len() {
        each(&mut lowering, |(_, lowering)| lowering.read(place));
        each(&mut lowering, |(_, lowering)| lowering.note());
        each(&mut lowering, |(_, lowering)| lowering.take_over());
    }
    let lowered = lowering
        .into_iter()
        .map(|file| file.through(|_, _, (read, lowering)| Ok((read, Box::new(lowering.parsed())))));
    lowered.collect()
}

/// A part of a stage, for all files that came so far.
fn each<T>(files: &mut [Passing<'_, T>], part: impl Fn(&mut T)) {
    for file in files {
        file.go_on(&part);
    }
}
