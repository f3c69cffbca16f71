//! `pactum explain`: all there is to know of a rule, a section, or a word of the languages.

use crate::agreement::SECTIONS;
use crate::diagnostic::near_name;
use crate::manual;
use crate::policy::{Rule, RuleSet};
use crate::render::visible;

use super::arguments::Sources;
use super::problem::Problem;
use super::settings::Settings;
use super::terminal::Out;
use super::{Ended, Exit};

/// Tell all there is to know of a rule, a section, or a word of the languages
///
/// Of a rule: what it asks, why, on what it rests, for which kinds of alliance, its parameters with
/// their bounds, examples, and how to adapt it in pactum.toml. Of a section: its forms and the points
/// that may follow, each with a line that reads, and what the words in capitals stand for. Of a
/// record or a path of the vocabulary: what a rule may ask of it. `policy`, `operators`, `answers`,
/// `types`, `parameters`, `examples` and `vocabulary` tell how rules are written.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A rule (exit/notice-stated), a section (exit), a word in capitals of a shape (MOMENT), an
    /// error (model/unknown-item), a statement of a rule (require), a record or a path of the
    /// vocabulary (commitment, exit.convenience)
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    sources: Sources,
}

/// Prints the page of that name.
pub(super) fn run(args: &Args) -> Ended {
    let name = args.name.as_str();
    if let Some(page) = manual::topic(name) {
        return print(&page);
    }
    let rules = Settings::naming(args.sources.clone(), &[name])?.rules;
    if let Some(rule) = rules.find(name) {
        return print(&manual::page(rule));
    }
    let message = format!("nothing that can be explained is called `{name}`");
    let others: Vec<&str> = RuleSet::standard_ids().chain(manual::topics()).collect();
    let near = near_name(name, rules.rules().map(Rule::id).chain(others.iter().copied()));
    let help = manual::astray(name).or(near).unwrap_or_else(|| {
        let sections = SECTIONS.join(", ");
        format!(
            "`pactum rules` lists the rules, `pactum explain policy` tells how they are written, \
             `pactum explain vocabulary` what they may ask; the sections are {sections}"
        )
    });
    Err(Problem::new("explain/unknown-name", message).help(help).alone())
}

fn print(page: &str) -> Ended {
    let mut out = Out::new();
    out.print(&visible(page));
    out.finish()?;
    Ok(Exit::Clean)
}
