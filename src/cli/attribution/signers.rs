//! The agreements that a list of deals is run through, and what is to be said of them beforehand.

use std::path::Path;
use std::sync::Arc;

use crate::agreement::{Agreement, Parsed, parse};
use crate::analysis::{Derived, derive_by};
use crate::cli::files::{self, Input};
use crate::cli::problem::Problem;
use crate::cli::terminal::Console;
use crate::cli::{disk, guard};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::many;
use crate::source::Source;
use crate::value::Calendars;

use super::{Args, Named, named};

/// An agreement that was read.
pub(super) struct Signer {
    pub(super) source: Arc<Source>,
    pub(super) agreement: Agreement,
    calendars: Arc<Calendars>,
    pub(super) told: Vec<Diagnostic>,
}

impl Signer {
    /// What follows from it. Its tables are proved at once, so that a fault of ours is told with its
    /// name.
    pub(super) fn derived(&self) -> Result<Derived<'_>, Problem> {
        guard::caught(self.source.name(), || {
            let derived = derive_by(&self.agreement, &self.calendars);
            derived.tables();
            derived
        })
    }
}

/// The agreements that are named; one that cannot be read ends the job, since its deals would be told
/// to have no table.
pub(super) fn signers(args: &Args) -> Result<Vec<Signer>, Vec<Problem>> {
    let Named { inputs, mut problems } = named(args);
    guard::install();
    let mut signers = Vec::new();
    for (input, calendars) in inputs {
        let name = input.path().display().to_string();
        let read = match &input {
            Input::File(path) => disk::read(path, args.max_size),
            Input::Stdin(_) if args.run.deals.as_deref() == Some(Path::new("-")) => {
                Err(Problem::new("file/stdin-twice", "standard input is named twice")
                    .help("name the agreement as a file, and the deals as -"))
            }
            Input::Stdin(_) => disk::read_stdin(&name, args.max_size),
        };
        let done = read.and_then(|text| {
            let source = Arc::new(files::source(input.path(), &name, text.text)?);
            guard::caught(&name, || {
                let Parsed { agreement, diagnostics, .. } = parse(&source);
                Signer { source, agreement, calendars, told: diagnostics }
            })
        });
        match done {
            Ok(signer) => signers.push(signer),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(signers) } else { Err(problems) }
}

/// Tells the errors in the texts of agreements; a note for each that has any.
pub(super) fn tell_errors(signers: &[Signer], console: &Console) -> Vec<String> {
    let mut notes = Vec::new();
    for signer in signers {
        let errors = signer.told.iter().filter(|told| told.severity == Severity::Error);
        let errors: Vec<Diagnostic> = errors.cloned().collect();
        if !errors.is_empty() {
            let name = signer.source.name();
            let count = many(errors.len(), "error");
            notes.push(format!("{name} has {count}: what could not be read may change a figure"));
            console.tell(&Problem::all(&signer.source, errors));
        }
    }
    notes
}

/// Tables that are not proved: that every deal of this list was shared does not make them complete.
pub(super) fn unproved(signers: &[Signer], derived: &[Derived<'_>]) -> Vec<String> {
    let mut notes = Vec::new();
    for (signer, derived) in signers.iter().zip(derived) {
        let name = signer.source.name();
        for table in derived.tables() {
            let flaws = table.flaws.iter().filter(|flaw| flaw.kind != "swallowed").count();
            let what = match (flaws, table.doubts.len()) {
                (0, 0) => continue,
                (0, _) => "it could not be proved".to_owned(),
                (flaws, _) => format!("it has {}", many(flaws, "flaw")),
            };
            notes.push(format!(
                "{name} attribution/{}: {what}, so another list may hold a deal that it shares wrongly \
                 or not at all; `pactum attribution {name}` shows where",
                table.table
            ));
        }
    }
    notes
}
