//! The proof of tables for programs: one document, one agreement at a time.

use serde::Serialize;

use crate::analysis::TableProof;
use crate::diagnostic::Diagnostic;
use crate::source::Source;

use super::json::{PlacedJson, Places, placeless, problem, to_string};
use super::proof::{ProofPage, Proofs, Verdict};
use super::proof_words::{finding, open};

#[derive(Serialize)]
struct FileJson<'a> {
    path: &'a str,
    problem: Option<PlacedJson<'a>>,
    diagnostics: Vec<PlacedJson<'a>>,
    tables: Vec<TableJson<'a>>,
}

#[derive(Serialize)]
struct TableJson<'a> {
    table: &'a str,
    verdict: &'static str,
    rows: usize,
    #[serde(rename = "match")]
    hit: &'static str,
    line: usize,
    columns: Vec<ColumnJson<'a>>,
    flaws: Vec<FlawJson<'a>>,
    undetermined: Vec<PlacedJson<'a>>,
}

#[derive(Serialize)]
struct ColumnJson<'a> {
    name: &'a str,
    can_be: &'a str,
}

#[derive(Serialize)]
struct FlawJson<'a> {
    kind: &'static str,
    row: Option<&'a str>,
    deal: &'a str,
    region: &'a str,
    #[serde(flatten)]
    told: PlacedJson<'a>,
}

#[derive(Serialize)]
struct RunJson {
    files: usize,
    failed: usize,
    without_table: usize,
    proved: usize,
    flawed: usize,
    undetermined: usize,
    exit: u8,
}

/// One agreement and the proofs of its tables. `skipped` bytes of the file stand before its text.
pub fn file(page: &ProofPage<'_>, skipped: u32) -> String {
    let findings: Vec<(Vec<Diagnostic>, Vec<Diagnostic>)> = page
        .tables
        .iter()
        .map(|table| (table.flaws.iter().map(finding).collect(), open(table)))
        .collect();
    let places = Places { source: page.source, skipped };
    let tables = page.tables.iter().zip(&findings);
    to_string(&FileJson {
        path: page.source.name(),
        problem: None,
        diagnostics: page.diagnostics.iter().map(|told| places.diagnostic(told)).collect(),
        tables: tables.map(|(table, (flaws, open))| one(&places, table, flaws, open)).collect(),
    })
}

fn one<'a>(
    places: &Places<'a>,
    table: &'a TableProof,
    flaws: &'a [Diagnostic],
    open: &'a [Diagnostic],
) -> TableJson<'a> {
    let flaw = |(flaw, told): (&'a crate::analysis::TableFlaw, &'a Diagnostic)| FlawJson {
        kind: flaw.kind,
        row: flaw.row.as_deref(),
        deal: &flaw.deal,
        region: &flaw.region,
        told: places.diagnostic(told),
    };
    let column = |(name, can_be): &'a (String, String)| ColumnJson { name, can_be };
    TableJson {
        table: &table.table,
        verdict: Verdict::of(table).word(),
        rows: table.rows,
        hit: if table.first { "first" } else { "unique" },
        line: places.source.position(table.at.start).line,
        columns: table.columns.iter().map(column).collect(),
        flaws: table.flaws.iter().zip(flaws).map(flaw).collect(),
        undetermined: open.iter().map(|told| places.diagnostic(told)).collect(),
    }
}

/// A file that could not be read.
pub fn unread(path: &str, problem: &Diagnostic) -> String {
    let problem = Some(placeless(problem));
    to_string(&FileJson { path, problem, diagnostics: Vec::new(), tables: Vec::new() })
}

/// What closes the document.
pub fn closing(problems: &[(Option<&Source>, &Diagnostic)], run: &Proofs, exit: u8) -> String {
    let problems = problems.iter().map(|(source, each)| problem(*source, each));
    let problems = to_string(&problems.collect::<Vec<_>>());
    let run = to_string(&RunJson {
        files: run.files,
        failed: run.failed,
        without_table: run.without,
        proved: run.proved,
        flawed: run.flawed,
        undetermined: run.undetermined,
        exit,
    });
    format!("\n],\"problems\":{problems},\"run\":{run}}}\n")
}
