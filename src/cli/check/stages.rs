//! From files to what they came to, stage by stage: read, scanned, lowered, checked and shown.
//!
//! The program is larger than the memory beside a core. One file after the other, every stage would
//! fetch its part of the program anew; a few files together use it while it is at hand, which spares
//! a sixth of the time.

use crate::agreement::{Parsed, lower};
use crate::analysis::derive_by;
use crate::check::{Subject, check, waive};
use crate::cli::files::{self, Input};
use crate::cli::problem::Problem;
use crate::cli::{disk, guard, traced};
use crate::diagnostic::Severity;
use crate::render::{Approvals, Origin, Page};
use crate::source::Source;
use crate::syntax::scan_agreement;
use crate::vocabulary::Facts;

use super::work::{CameTo, Done, Job, Work};

/// So many files go through a stage together, ...
pub(super) const TOGETHER: usize = 8;

/// ... and once they have so many bytes no further one is read: what is made of them should be at hand
/// for the next stage, and a few large files should not be in memory at once.
const BYTES: usize = 64 << 10;

/// A file on its way, or why it came no farther.
struct Passing<'j, T> {
    job: &'j Job,
    name: String,
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
}

/// A file that was read.
struct Read {
    source: Source,
    /// How many bytes of the file stand before its text.
    skipped: u32,
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
        let (mut read, mut bytes) = (Vec::with_capacity(jobs.len()), 0);
        while bytes < BYTES
            && let Some(job) = jobs.next()
        {
            let name = job.input.path().display().to_string();
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

    fn together(&self, read: Vec<Passing<'_, Read>>) -> impl Iterator<Item = Done> {
        let scanned: Vec<_> = read
            .into_iter()
            .map(|file| {
                file.through(|_, _, read| {
                    let scan = scan_agreement(&read.source);
                    Ok((read, scan))
                })
            })
            .collect();
        let lowered: Vec<_> = scanned
            .into_iter()
            .map(|file| {
                file.through(|_, _, (read, scan)| {
                    let parsed = lower(&read.source, scan);
                    Ok((read, parsed))
                })
            })
            .collect();
        lowered.into_iter().map(|file| {
            let checked = file
                .through(|job, name, (read, parsed)| Ok(self.checked(job, name, &read, &parsed)));
            checked.at.unwrap_or_else(|problem| {
                let forms = self.forms.iter();
                let texts = forms.map(|form| form.unread(&checked.name, &problem.diagnostic));
                Done { texts: texts.collect(), came_to: Err(problem) }
            })
        })
    }

    fn checked(&self, job: &Job, name: &str, read: &Read, parsed: &Parsed) -> Done {
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
        let report = &waiving.report;
        let page = Page { source, diagnostics: &parsed.diagnostics, report };
        let counts = page.counts();
        let texts = if self.args.trace.is_some() {
            vec![traced::page(&self.human, subject, &setting.rules)]
        } else {
            let config = setting.config.as_deref();
            self.pages(&page, Origin { config, skipped: read.skipped })
        };
        let approvals = Approvals::of(name, report);
        let (inline, outside) = (waiving.inline, waiving.outside);
        let outcomes = waiving.report.outcomes;
        let came_to = CameTo { counts, outcomes, approvals, inline, outside, held };
        Done { texts, came_to: Ok(came_to) }
    }
}
