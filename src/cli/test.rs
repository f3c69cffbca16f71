//! `pactum test`: the examples that every rule carries, run against it.

use std::path::PathBuf;
use std::sync::Arc;

use crate::check::run_examples;
use crate::policy::{Rule, RuleSet};
use crate::render::many;
use crate::source::Source;

use super::policies;
use super::problem::Problem;
use super::settings::{Settings, Sources};
use super::terminal::{Console, Out};
use super::{Ended, Exit};

/// Run the examples that every rule carries
///
/// Each policy file holds agreements that pass its rule and agreements that do not. This runs them
/// and shows every one that answers otherwise. Without a path, the standard rules and the policies
/// of the configuration are tested.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Policy files and folders
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    sources: Sources,
}

/// Runs the examples and counts.
pub(super) fn run(args: &Args, console: &Console) -> Ended {
    let sources = sources(args)?;
    let loaded: Vec<_> = sources.iter().map(|source| (source, RuleSet::parse(source))).collect();
    let told = loaded.iter().flat_map(|(source, (_, told))| Problem::all(source, told.clone()));
    let (broken, notes): (Vec<_>, Vec<_>) = told.partition(Problem::stops);
    if !notes.is_empty() {
        console.tell(&notes);
    }
    if !broken.is_empty() {
        return Err(broken);
    }
    let (human, mut out) = (console.human(), Out::new());
    let (mut rules, mut examples, mut wrong) = (0, 0, 0);
    for rule in loaded.iter().flat_map(|(_, (rules, _))| rules.rules()) {
        rules += 1;
        examples += rule.examples().len();
        for diagnostic in run_examples(rule) {
            wrong += 1;
            out.print(&(human.diagnostic(rule.origin(), &diagnostic) + "\n"));
        }
    }
    let counts = format!("{}, {}", many(rules, "rule"), many(examples, "example"));
    out.print(&format!("{counts}: {wrong} wrong\n"));
    out.finish()?;
    match (examples, wrong) {
        (0, _) => Err(Problem::new("test/no-examples", "no example was found to run").alone()),
        (_, 0) => Ok(Exit::Clean),
        _ => Ok(Exit::Findings),
    }
}

/// The texts to test: those at the paths, or the standard rules and the configured policies.
fn sources(args: &Args) -> Result<Vec<Arc<Source>>, Vec<Problem>> {
    let mut paths = args.paths.clone();
    let mut sources = Vec::new();
    if paths.is_empty() {
        let mut settings = Settings::new(&args.sources);
        paths = settings.policies_here();
        if settings.problems.iter().any(Problem::stops) {
            return Err(settings.problems);
        }
        if args.sources.standard() {
            let standard = RuleSet::standard();
            let source = |rule: &Rule| {
                let name = format!("rules/{}.policy", rule.id());
                Arc::new(Source::new(name, rule.text()))
            };
            sources.extend(standard.rules().map(source));
        }
    }
    let mut problems = Vec::new();
    for path in &paths {
        match policies::files_at(path) {
            Ok(files) => {
                for file in files {
                    match policies::read(&file) {
                        Ok(source) => sources.push(source),
                        Err(problem) => problems.push(problem),
                    }
                }
            }
            Err(told) => problems.extend(told),
        }
    }
    if problems.is_empty() { Ok(sources) } else { Err(problems) }
}
