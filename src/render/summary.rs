//! The lines that close a report for people: who is asked, how waivers were read, and the counts.

use std::fmt::Write;

use super::form::Ending;
use super::run::{Use, many};
use super::visible::visible;

/// What each rule that judged nothing is said to be, the strangest first.
pub(super) const IDLE: [(Use, &str); 4] = [
    (Use::LeftOut, "left out by the profile"),
    (Use::OtherKind, "for other kinds of alliance"),
    (Use::NeverApplied, "never applied"),
    (Use::NotRun, "not run"),
];

/// The last lines; the counts come last of all.
pub(super) fn summary(end: &Ending<'_>, verbose: bool) -> String {
    let run = end.run;
    let mut out = String::new();
    for (became, words) in IDLE.into_iter().filter(|_| verbose) {
        for rule in run.that(became) {
            let _ = writeln!(out, "{words}: {rule}");
        }
    }
    for line in remarks(end) {
        let _ = writeln!(out, "{line}");
    }
    let _ = writeln!(out, "{run}");
    out
}

/// Who is asked to approve, and how waivers were read.
pub(super) fn remarks(end: &Ending<'_>) -> Vec<String> {
    let run = end.run;
    let mut lines = Vec::new();
    if !run.approvals.is_empty() {
        lines
            .push(format!("approvals: {}", visible(&run.approvals.to_string()).replace('\n', " ")));
    }
    if let Some(day) = run.waivers.as_of.filter(|_| end.today) {
        lines.push(format!("waivers: as of today, {day} UTC; --as-of sets another day"));
    }
    if run.waivers.ignored > 0 {
        let ignored = many(run.waivers.ignored, "waiver");
        lines.push(format!("waivers: {ignored} in agreements ignored, as asked"));
    }
    lines
}
