//! Findings for programs that read a line at a time: a line for the run's beginning, one for each
//! file, one for each problem, and one for its end, which a run that was cut short lacks.

use serde::Serialize;

use crate::diagnostic::Diagnostic;

use super::form::{Ending, Form};
use super::json::{self, SCHEMA_VERSION, to_string};
use super::page::{Origin, Page};

/// One JSON document a line.
#[derive(Debug, Clone, Copy)]
pub struct JsonLines;

/// A line: what it is of, and the keys that the JSON document has for it.
#[derive(Serialize)]
struct Line<T: Serialize> {
    #[serde(rename = "type")]
    of: &'static str,
    #[serde(flatten)]
    what: T,
}

#[derive(Serialize)]
struct Start {
    schema_version: u32,
    tool: &'static str,
    version: &'static str,
}

fn line(of: &'static str, what: impl Serialize) -> String {
    to_string(&Line { of, what }) + "\n"
}

impl Form for JsonLines {
    fn opening(&self, _: Option<&Ending<'_>>) -> String {
        let version = env!("CARGO_PKG_VERSION");
        line("start", Start { schema_version: SCHEMA_VERSION, tool: "pactum", version })
    }

    fn page(&self, page: &Page<'_>, origin: Origin<'_>) -> String {
        line("file", json::file(page, origin))
    }

    fn unread(&self, path: &str, problem: &Diagnostic) -> String {
        line("file", json::unread(path, problem))
    }

    fn closing(&self, end: &Ending<'_>) -> String {
        let problems = end.problems.iter();
        let told: String =
            problems.map(|(source, each)| line("problem", json::problem(*source, each))).collect();
        told + &line("run", json::run(end.run, end.exit))
    }
}
