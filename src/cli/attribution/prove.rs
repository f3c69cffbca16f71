//! `pactum attribution PATHS`: the proof of every table, file by file.

use crate::agreement::parse;
use crate::analysis::derive_by;
use crate::cli::files::{self, Input};
use crate::cli::problem::Problem;
use crate::cli::terminal::{Console, Out};
use crate::cli::{Ended, Exit, batches, disk, guard};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::human::Human;
use crate::render::{ProofPage, Proofs, json, proof_json};
use crate::source::Source;
use crate::value::Calendars;

use super::{Args, Format, Named, named};

/// What one file came to, and how it is shown.
struct Done {
    text: String,
    came_to: Result<CameTo, Problem>,
}

struct CameTo {
    proofs: Proofs,
    /// An error in reading it, or no table in a file that was named.
    fails: bool,
}

/// Proves the tables of what the arguments name.
pub(super) fn run(args: &Args, console: &Console) -> Ended {
    let Named { inputs, problems: unsearched } = named(args);
    let json = args.format == Format::Json;
    let mut out = Out::new();
    if inputs.is_empty() {
        return nothing(json, unsearched);
    }
    guard::install();
    let pool = batches::workers(inputs.len() == 1)?;
    let work = Work { args, human: console.human() };
    let (mut run, mut fails, mut first) = (Proofs::default(), false, true);
    if json {
        out.print(&json::opening());
    }
    batches::in_order(
        &pool,
        &inputs,
        1,
        |some| some.iter().map(|(input, calendars)| work.one(input, calendars)).collect(),
        |_, done| {
            if json {
                out.print(if first { "\n" } else { ",\n" });
            }
            first = false;
            out.print(&done.text);
            match done.came_to {
                Ok(came_to) => {
                    fails |= came_to.fails;
                    run.merge(&came_to.proofs);
                }
                Err(problem) => {
                    run.failed += 1;
                    out.flush();
                    console.tell(&[problem]);
                }
            }
        },
    );
    run.failed += unsearched.len();
    let exit = match (run.failed, fails || !run.all_proved()) {
        (0, false) => Exit::Clean,
        (0, true) => Exit::Findings,
        _ => Exit::Failed,
    };
    if json {
        let told: Vec<_> = unsearched.iter().map(Problem::told).collect();
        out.print(&proof_json::closing(&told, &run, exit as u8));
    } else {
        out.print(&format!("{run}\n"));
    }
    out.finish()?;
    if !unsearched.is_empty() {
        console.tell(&unsearched);
    }
    Ok(exit)
}

/// There is nothing to prove: says so, in JSON as well where that was asked for.
fn nothing(json: bool, problems: Vec<Problem>) -> Ended {
    if json {
        let told: Vec<_> = problems.iter().map(Problem::told).collect();
        let mut out = Out::new();
        out.print(&json::opening());
        out.print(&proof_json::closing(&told, &Proofs::default(), Exit::Failed as u8));
        out.finish()?;
    }
    Err(problems)
}

/// What every file is proved with.
struct Work<'a> {
    args: &'a Args,
    human: Human,
}

impl Work<'_> {
    fn one(&self, input: &Input, calendars: &Calendars) -> Done {
        let name = input.path().display().to_string();
        let read = match input {
            Input::File(path) => disk::read(path, self.args.max_size),
            Input::Stdin(_) => disk::read_stdin(&name, self.args.max_size),
        };
        // A file in a folder need not share anything; one that is named is meant.
        let named = self.args.paths.iter().any(|path| !path.is_dir() && path == input.path())
            || matches!(input, Input::Stdin(_));
        let done = read.and_then(|text| {
            let source = files::source(input.path(), &name, text.text)?;
            guard::caught(&name, || self.proved(&source, text.skipped, named, calendars))
        });
        done.unwrap_or_else(|problem| {
            let json = self.args.format == Format::Json;
            let told = || proof_json::unread(&name, &problem.diagnostic);
            Done { text: if json { told() } else { String::new() }, came_to: Err(problem) }
        })
    }

    fn proved(&self, source: &Source, skipped: u32, named: bool, calendars: &Calendars) -> Done {
        let parsed = parse(source);
        let derived = derive_by(&parsed.agreement, calendars);
        let mut told = parsed.diagnostics;
        let mut proofs = Proofs { files: 1, ..Proofs::default() };
        derived.tables().iter().for_each(|table| proofs.add(table));
        let mut fails = told.iter().any(|each| each.severity == Severity::Error);
        if derived.tables().is_empty() {
            proofs.without = 1;
            if named {
                let name = source.name();
                let message = format!("`{name}` has no table of shares, so that nothing is proved");
                let at = parsed.agreement.header.span;
                let help = "add a section `attribution`; `pactum explain attribution` tells how";
                told.push(Diagnostic::error("table/none", message, at).help(help));
                fails = true;
            }
        }
        let page = ProofPage { source, diagnostics: &told, tables: derived.tables() };
        let text = match self.args.format {
            Format::Json => proof_json::file(&page, skipped),
            Format::Human | Format::Csv => self.human.proofs(&page),
        };
        Done { text, came_to: Ok(CameTo { proofs, fails }) }
    }
}
