//! `pactum test`: the examples that every rule carries, run against it.

use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use crate::check::{Mutation, mutate, run_examples};
use crate::diagnostic::Diagnostic;
use crate::policy::{Rule, RuleSet};
use crate::render::human::Human;
use crate::render::many;
use crate::source::Source;

use super::arguments::Sources;
use super::policies;
use super::problem::Problem;
use super::settings::Settings;
use super::terminal::{Console, Out};
use super::{Ended, Exit};

/// Run the examples that every rule carries
///
/// Each policy file holds agreements that pass its rule and agreements that do not. This runs them
/// and shows every one that answers otherwise, and every rule that lacks examples of a kind: one that
/// passes or is not applicable, and one that fails. Without a path, the standard rules and the
/// policies of the configuration are tested.
///
/// With --mutate, one thing of a rule is changed after the other: each comparison, figure,
/// quantifier, `and`, `or` and `not`, each part of a test, each `when` and `require`, what silence
/// means, each word of a list and each kind it applies to. A change that no example notices is
/// shown at its place: add an example that tells the two apart. Where there can be none, say why
/// below that statement: equivalent ">= became >" because "no notice is that long".
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// Policy files and folders
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Also change one thing of each rule after the other, and show what no example notices
    #[arg(long)]
    mutate: bool,
    #[command(flatten)]
    sources: Sources,
}

const AFTER_HELP: &str = "\
Examples:
  pactum test                        the standard rules, and those of pactum.toml
  pactum test our-rules/             the rules in this folder
  pactum test --mutate our-rules/    and whether their examples prove every word of them

Exit codes: 0 every example answers as it says (and every change is noticed), 1 some do not,
2 there was nothing to test, or a policy is broken.";

/// A rule that was tested.
struct Tested {
    examples: usize,
    wrong: Vec<Diagnostic>,
    /// Nothing where it was not asked for, or the examples are wrong as it is.
    mutation: Option<Mutation>,
}

impl Tested {
    fn new(rule: &Rule, mutates: bool) -> Self {
        let wrong = run_examples(rule);
        let mutation = (mutates && wrong.is_empty()).then(|| mutate(rule));
        Self { examples: rule.examples().len(), wrong, mutation }
    }
}

/// Runs the examples and counts.
pub(super) fn run(args: &Args, console: &Console) -> Ended {
    let sources = sources(args)?;
    let loaded: Vec<_> = sources.iter().map(|source| (source, RuleSet::draft(source))).collect();
    let told = loaded.iter().flat_map(|(source, (_, told, _))| Problem::all(source, told.clone()));
    let (broken, notes): (Vec<_>, Vec<_>) = told.partition(Problem::stops);
    if !notes.is_empty() {
        console.tell(&notes);
    }
    if !broken.is_empty() {
        return Err(broken);
    }
    let rules: Vec<&Rule> = loaded.iter().flat_map(|(_, (rules, ..))| rules.rules()).collect();
    let tested: Vec<Tested> = rules.par_iter().map(|rule| Tested::new(rule, args.mutate)).collect();
    let mut shown = Shown { human: console.human(), out: Out::new(), count: 0 };
    for (source, (.., lacking)) in &loaded {
        shown.all(source, lacking);
    }
    for (rule, tested) in rules.iter().zip(&tested) {
        shown.all(rule.origin(), &tested.wrong);
        if let Some(mutation) = &tested.mutation {
            shown.all(rule.origin(), &mutation.missed);
            shown.all(rule.origin(), &mutation.idle);
        }
    }
    let Shown { mut out, count, .. } = shown;
    let examples = tested.iter().map(|tested| tested.examples).sum();
    let lacks: usize = loaded.iter().map(|(_, (.., lacking))| lacking.len()).sum();
    let wrong = lacks + tested.iter().map(|tested| tested.wrong.len()).sum::<usize>();
    let counts = format!("{}, {}", many(rules.len(), "rule"), many(examples, "example"));
    out.print(&format!("{counts}: {wrong} wrong\n"));
    if args.mutate {
        out.print(&mutations(&tested));
    }
    out.finish()?;
    match (examples, count) {
        (0, 0) => Err(Problem::new("test/no-examples", "no example was found to run").alone()),
        (_, 0) => Ok(Exit::Clean),
        _ => Ok(Exit::Findings),
    }
}

/// The counts of all changes.
fn mutations(tested: &[Tested]) -> String {
    let all = || tested.iter().filter_map(|tested| tested.mutation.as_ref());
    let sum = |of: fn(&Mutation) -> usize| all().map(of).sum::<usize>();
    let line = format!(
        "{}: {} caught, {} equivalent, {} missed",
        many(sum(|each| each.mutants), "mutant"),
        sum(|each| each.caught),
        sum(|each| each.equivalent),
        sum(|each| each.missed.len()),
    );
    let left = tested.len() - all().count();
    match left {
        0 => line + "\n",
        left => format!("{line}; {} left out, whose examples are wrong\n", many(left, "rule")),
    }
}

/// What is shown, and how much.
struct Shown {
    human: Human,
    out: Out,
    count: usize,
}

impl Shown {
    fn all(&mut self, source: &Source, told: &[Diagnostic]) {
        self.count += told.len();
        for each in told {
            self.out.print(&(self.human.diagnostic(source, each) + "\n"));
        }
    }
}

/// The texts to test: those at the paths, or the standard rules and the configured policies.
fn sources(args: &Args) -> Result<Vec<Arc<Source>>, Vec<Problem>> {
    let mut paths = args.paths.clone();
    let mut sources = Vec::new();
    if paths.is_empty() {
        let mut settings = Settings::new(args.sources.clone());
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
