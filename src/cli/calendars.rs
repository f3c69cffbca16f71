//! Loads the calendars that a configuration names.

use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};
use crate::value::{Calendar, CalendarSlip, Calendars};

use super::config::Config;
use super::disk;
use super::paths::relative;
use super::problem::Problem;

/// Adds the calendars that a configuration in this folder names. What names no file is told in the
/// configuration, the rest in the calendars.
pub(super) fn add_of(
    calendars: &mut Calendars,
    config: &Config,
    folder: &Path,
    told: &mut Vec<Diagnostic>,
    problems: &mut Vec<Problem>,
) {
    for calendar in &config.calendars {
        let path = relative(&folder.join(&calendar.node));
        if path.is_file() {
            add(calendars, &path, problems);
        } else {
            let message = format!("the calendar `{}` is no file", calendar.node);
            let missing = Diagnostic::error("config/no-calendar", message, calendar.span);
            told.push(missing.help("calendar paths are relative to the folder of this file"));
        }
    }
}

/// Adds the calendar of a file, and tells what is wrong with it. One that is wrong is not added:
/// nothing is counted by half of it.
fn add(calendars: &mut Calendars, path: &Path, problems: &mut Vec<Problem>) {
    let text = match disk::read(path, disk::MAX_SIZE) {
        Ok(text) => text.text,
        Err(problem) => return problems.push(problem),
    };
    let source = Arc::new(Source::new(path.display().to_string(), text));
    match Calendar::parse(source.text()) {
        Ok(calendar) if !Calendars::may_name(calendar.name()) => {
            let name = calendar.name();
            let message = format!(
                "no agreement can name `{name}`: it looks like a code of ISO 3166, and is none"
            );
            let told = Diagnostic::error("calendar/bad-name", message, Span::default());
            let help =
                "take the code of a place, such as AT or US-NY, or a longer word, such as OFFICE";
            problems.extend(Problem::all(&source, vec![told.help(help)]));
        }
        Ok(calendar) => calendars.add(calendar),
        Err(slips) => {
            problems.extend(Problem::all(&source, slips.into_iter().map(told).collect()));
        }
    }
}

fn told(slip: CalendarSlip) -> Diagnostic {
    let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
    let at = Span::new(narrow(slip.at.start), narrow(slip.at.end));
    Diagnostic::error("calendar/unreadable", slip.told, at).help(slip.help)
}
