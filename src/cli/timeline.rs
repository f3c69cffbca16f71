//! `pactum timeline`: when everything of an agreement falls, and a calendar of it.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::agreement::{Agreement, Parsed, parse};
use crate::analysis::derive_by;
use crate::check::{Finding, Outcome, Subject, Waivers, check, waive};
use crate::diagnostic::Severity;
use crate::render::many;
use crate::render::timeline::{Show, ics, table, timeline_json};
use crate::render::visible;
use crate::source::Source;
use crate::timeline::{Ask, Timeline, timeline};
use crate::value::Date;
use crate::vocabulary::Facts;

use super::arguments::{Wanted, date, size};
use super::disk;
use super::files::{self, Input};
use super::guard;
use super::problem::Problem;
use super::settings::{Setting, Settings};
use super::terminal::{Console, Out};
use super::waivers::{self, InForce};
use super::{Ended, Exit};

/// The rules that ask whether the days of an agreement are possible.
pub(super) const FEASIBLE: [&str; 11] = [
    "term/end-agrees",
    "term/notice-window-possible",
    "term/notice-after-signing",
    "term/notice-window-open",
    "term/renewal-notice-fits",
    "term/promises-inside",
    "term/runs-forward",
    "term/review-inside-term",
    "term/metric-inside-term",
    "term/steps-fit",
    "exit/cure-fits-notice",
];

/// Show when everything of an agreement falls, and write a calendar of it
///
/// Lists every day that follows from the agreement: start, launch and other clocks, the end of the
/// term, renewals, the last days to give notice, meetings, what is due and each time it is due,
/// targets, and what comes after the end. What hangs on an event that has no day yet waits for it by
/// name; what cannot be placed is told. The conventions that decided a day (how month ends round, that
/// the last day is inside, whose business days count) stand below.
///
/// What is impossible is found by the rules on time (a notice that is due before the agreement starts,
/// a promise after its end, ...), whatever the profile.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Agreements: files, folders, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<PathBuf>,
    /// The name messages give to standard input
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    stdin_filename: PathBuf,
    /// Look from this day: what is past, what is next, and what closed before it
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// List up to this day; else two renewals, or three years where nothing renews
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<Date>,
    /// Take a day for an event that has none, for this run: launch=2026-10-01, start=..., exit=...
    #[arg(long = "set", value_name = "EVENT=DATE", value_parser = given)]
    set: Vec<(String, Date)>,
    /// Show each time that something recurs on a line of its own
    #[arg(long)]
    each: bool,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Also write a calendar (iCalendar) to this file, or with - write that instead
    #[arg(long, value_name = "FILE")]
    ics: Option<PathBuf>,
    /// The largest file to read, in bytes, or with KiB or MiB
    #[arg(long, value_name = "SIZE", default_value = "1MiB", value_parser = size)]
    max_size: u64,
    #[command(flatten)]
    waivers: waivers::Asked,
    #[command(flatten)]
    wanted: Wanted,
}

const AFTER_HELP: &str = "\
Examples:
  pactum timeline deal.alliance --as-of 2026-11-01         what is past and what is next
  pactum timeline deal.alliance --set launch=2026-10-01    with a day for the launch
  pactum timeline deal.alliance --ics deal.ics             a calendar to subscribe to
  pactum timeline deals/ --format json                     for other programs

The calendar has one event for each day, with a UID that stays: written again, it updates what it
wrote before. It rings 30 and 7 days before a last day to give notice. Its DTSTAMP is the day of
--as-of, else the day the agreement was signed or starts; its SEQUENCE is the agreement's version.

Exit codes: 0 all days are possible, 1 one is not, or an agreement could not be read in full,
2 a file could not be read or written.";

/// How to show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs: one JSON document
    Json,
}

/// What one file came to.
struct Done {
    source: Source,
    skipped: u32,
    parsed: Parsed,
    timeline: Timeline,
    /// How many rules on time were run.
    asked: usize,
    /// Those that were not, because they ask for the day of `--as-of`.
    not_run: Vec<String>,
    /// What is impossible or could not be decided, and what somebody accepts of it.
    findings: Vec<Finding>,
}

/// An event and its day.
fn given(text: &str) -> Result<(String, Date), String> {
    let (event, day) =
        text.split_once('=').ok_or("expected an event and a day: launch=2026-10-01")?;
    Ok((event.trim().trim_matches('"').to_owned(), date(day.trim())?))
}

/// Shows the timelines of what the arguments name.
pub(super) fn run(args: &Args, console: &Console) -> Ended {
    let (inputs, mut problems) = files::agreements(&args.paths, &args.stdin_filename);
    let mut settings = Settings::new(args.wanted.clone());
    for rule in FEASIBLE {
        settings.also(Some(rule));
    }
    let mut waivers =
        waivers::Files::new(&args.waivers, args.wanted.sources.isolated(), args.as_of);
    let job = |input: Input| {
        let (setting, waivers) = (settings.of(input.path()), waivers.of(input.path()));
        (input, setting, waivers)
    };
    let jobs: Vec<(Input, usize, InForce)> = inputs.into_iter().map(job).collect();
    problems.append(&mut settings.problems);
    problems.append(&mut waivers.problems);
    if jobs.is_empty() && problems.is_empty() {
        problems.push(files::none(&args.paths));
    }
    let (stops, notes): (Vec<_>, Vec<_>) = problems.into_iter().partition(Problem::stops);
    if !notes.is_empty() {
        console.tell(&notes);
    }
    if !stops.is_empty() {
        return Err(stops);
    }
    guard::install();
    let (mut done, mut unread) = (Vec::new(), Vec::new());
    for (input, setting, in_force) in &jobs {
        let waived = waivers.waivers(in_force);
        match one(args, input, &settings.in_use[*setting], &waived) {
            Ok(one) => done.push(one),
            Err(problem) => unread.push(problem),
        }
    }
    unread.extend(not_spoken_of(args, &done));
    if !unread.is_empty() {
        console.tell(&unread);
    }
    let shown = show(args, &done, console)?;
    let fails = done.iter().any(Done::fails);
    Ok(match (unread.is_empty() && shown, fails) {
        (false, _) => Exit::Failed,
        (true, true) => Exit::Findings,
        (true, false) => Exit::Clean,
    })
}

impl Done {
    /// Whether it was not read in full, or one of its days is impossible.
    fn fails(&self) -> bool {
        let broken = self.parsed.diagnostics.iter().any(|each| each.severity == Severity::Error);
        let fails = |each: &Finding| each.outcome == Outcome::Fail && !each.is_accepted();
        broken || self.findings.iter().any(fails)
    }
}

/// Reads one agreement and works out its days.
fn one(
    args: &Args,
    input: &Input,
    setting: &Setting,
    waivers: &Waivers<'_>,
) -> Result<Done, Problem> {
    let name = input.path().display().to_string();
    let text = match input {
        Input::File(path) => disk::read(path, args.max_size)?,
        Input::Stdin(_) => disk::read_stdin(&name, args.max_size)?,
    };
    let source = files::source(input.path(), &name, text.text)?;
    guard::caught(&name, || {
        let mut parsed = parse(&source);
        for (event, day) in &args.set {
            parsed.agreement.give(event, *day);
        }
        let derived = derive_by(&parsed.agreement, &setting.calendars);
        let stem = input.path().file_stem().unwrap_or_default().to_string_lossy();
        let ask = Ask { name: &stem, as_of: args.as_of, until: args.until };
        let timeline = timeline(&source, &parsed.agreement, &derived, ask);
        let us = setting.us.as_deref();
        let facts =
            Facts { agreement: &parsed.agreement, derived: &derived, as_of: args.as_of, us };
        let mut rules = setting.rules.clone();
        rules.retain(|rule| FEASIBLE.contains(&rule.id()));
        let subject = Subject { source: &source, facts, told: &parsed.diagnostics };
        let report = check(subject, &rules);
        let (run, not_run): (Vec<_>, Vec<_>) =
            report.outcomes.iter().partition(|each| each.outcome.is_some());
        let asked = run.len();
        let not_run = not_run.into_iter().map(|each| each.rule.to_string()).collect();
        let mut findings = waive(report, subject, &rules, waivers).report.findings;
        // What somebody may approve is no impossibility; on waivers themselves `check` tells, which
        // knows what every rule found.
        findings.retain(|found| {
            FEASIBLE.contains(&&*found.diagnostic.code)
                && matches!(found.outcome, Outcome::Fail | Outcome::Undetermined)
        });
        Done { source, skipped: text.skipped, parsed, timeline, asked, not_run, findings }
    })
}

/// Events that a day was given for and no agreement speaks of.
fn not_spoken_of(args: &Args, done: &[Done]) -> Vec<Problem> {
    let known = |agreement: &Agreement, event: &str, day: Date| agreement.clone().give(event, day);
    let mut problems = Vec::new();
    for (event, day) in &args.set {
        if done.is_empty() || done.iter().any(|one| known(&one.parsed.agreement, event, *day)) {
            continue;
        }
        let message = format!("no agreement speaks of an event called `{event}`");
        let help = "name the start, the signing, the exit, a clock of `dates`, or an event in the \
                    words it has in the text";
        problems.push(Problem::new("timeline/unknown-event", message).help(help));
    }
    problems
}

/// Shows everything, and writes the calendar; whether that could be done.
fn show(args: &Args, done: &[Done], console: &Console) -> Result<bool, Vec<Problem>> {
    let to_stdout = args.ics.as_deref() == Some(Path::new("-"));
    let mut out = Out::new();
    if !to_stdout {
        match args.format {
            Format::Human => {
                let pages: Vec<String> = done.iter().map(|one| page(args, one, console)).collect();
                out.print(&pages.join("\n"));
            }
            Format::Json => out.print(&document(done)),
        }
    }
    let Some(path) = &args.ics else {
        out.finish()?;
        return Ok(true);
    };
    let timelines: Vec<Timeline> = done.iter().map(|one| one.timeline.clone()).collect();
    if let Some(problem) = twice(&timelines) {
        out.finish()?;
        console.tell(&[problem]);
        return Ok(false);
    }
    let calendar = ics(&timelines);
    let left_out = match calendar.left_out {
        0 => String::new(),
        count => format!(
            "; {} that wait for an event are not in it",
            many(count, "entry").replace("entrys", "entries")
        ),
    };
    let told = format!("{}{left_out}", many(calendar.events, "event"));
    if to_stdout {
        out.print(&calendar.text);
        out.finish()?;
        console.remark(&format!("calendar: {told}"));
        return Ok(true);
    }
    let written = disk::write_over(path, &calendar.text, "BEGIN:VCALENDAR", "calendar");
    if written.is_ok() && args.format == Format::Human {
        out.print(&format!("wrote {}: {told}\n", visible(&path.display().to_string())));
    }
    out.finish()?;
    Ok(match written {
        Ok(()) => true,
        Err(problem) => {
            console.tell(&[problem]);
            false
        }
    })
}

/// Two agreements of one id, whose entries would replace each other in a calendar.
fn twice(timelines: &[Timeline]) -> Option<Problem> {
    let mut names: Vec<&str> = timelines.iter().map(|timeline| &*timeline.agreement).collect();
    names.sort_unstable();
    let name = names.windows(2).find(|pair| pair[0] == pair[1])?[0];
    let message = format!(
        "two of the agreements are called `{name}`: in one calendar their entries would replace each other"
    );
    let help = "write a calendar for each, or give each an id of its own in its first line";
    Some(Problem::new("timeline/same-id", message).help(help))
}

/// One agreement for people.
fn page(args: &Args, done: &Done, console: &Console) -> String {
    let human = console.human();
    let mut shown = String::new();
    for told in &done.parsed.diagnostics {
        shown += &human.diagnostic(&done.source, told);
        shown.push('\n');
    }
    for found in done.findings.iter().filter(|found| !found.is_accepted()) {
        shown += &human.finding(&done.source, found);
        shown.push('\n');
    }
    shown += &table(&done.timeline, Show { width: console.width(), each: args.each });
    shown.push('\n');
    shown.push_str(&human.line(&last_line(done)));
    shown
}

/// What there is, counted.
fn last_line(done: &Done) -> String {
    let (accepted, told): (Vec<_>, Vec<_>) =
        done.findings.iter().partition(|found| found.is_accepted());
    let count = |outcome| told.iter().filter(|found| found.outcome == outcome).count();
    let (no, open) = (count(Outcome::Fail), count(Outcome::Undetermined));
    let also = |count: usize, what: &str| match count {
        0 => String::new(),
        count => format!(", {count} {what}"),
    };
    let (accepted, not_run) =
        (also(accepted.len(), "waived"), also(done.not_run.len(), "not run without --as-of"));
    let (timeline, slips) = (&done.timeline, done.parsed.diagnostics.len());
    let (dated, waiting) = (timeline.entries.len(), timeline.waiting.len());
    let missing = if slips == 0 {
        String::new()
    } else {
        format!("; {} in the text, so more may be missing", many(slips, "slip"))
    };
    format!(
        "{}: {dated} with a day, {waiting} waiting, {} not placed; {} on time: {no} impossible, \
         {open} undetermined{accepted}{not_run}{missing}",
        done.source.name(),
        timeline.notes.len(),
        many(done.asked, "rule"),
    )
}

/// All agreements for programs.
fn document(done: &[Done]) -> String {
    let files = done.iter().map(|one| {
        timeline_json(
            &one.source,
            &one.timeline,
            one.skipped,
            &one.parsed.diagnostics,
            &one.findings,
            &one.not_run,
        )
    });
    let files: Vec<String> = files.collect();
    format!(
        "{{\"schema_version\":1,\"tool\":\"pactum\",\"version\":\"{}\",\"timelines\":[\n{}\n]}}\n",
        env!("CARGO_PKG_VERSION"),
        files.join(",\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::RuleSet;

    /// A rule that was given another name would be asked no more, and nobody would hear of it.
    #[test]
    fn the_rules_on_time_are_there() {
        for rule in FEASIBLE {
            assert!(RuleSet::standard_ids().any(|id| id == rule), "{rule}");
        }
    }
}
