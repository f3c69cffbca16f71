//! `pactum explain`: all there is to know of a rule, or how a section of an agreement is written.

use crate::agreement::SECTIONS;
use crate::diagnostic::near_name;
use crate::manual;
use crate::policy::Rule;
use crate::render::visible;

use super::problem::Problem;
use super::settings::{Settings, Sources};
use super::terminal::Out;
use super::{Ended, Exit};

/// Tell all there is to know of a rule, or how a section is written
///
/// What it asks, why, on what it rests, for which kinds of alliance, its parameters with their
/// bounds, examples, and how to adapt it in pactum.toml. Of a section: its forms and the points that
/// may follow, each with a line that reads, and what the words in capitals stand for.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The rule, such as exit/notice-stated, the section, such as exit, or a word in capitals of a
    /// shape, such as MOMENT
    rule: String,
    #[command(flatten)]
    sources: Sources,
}

/// Prints the page of the rule or section.
pub(super) fn run(args: &Args) -> Ended {
    let name = args.rule.as_str();
    let section = manual::section(name).map(str::to_owned);
    if let Some(page) = section.or_else(|| manual::word(name)) {
        let mut out = Out::new();
        out.print(&visible(&page));
        out.finish()?;
        return Ok(Exit::Clean);
    }
    let rules = Settings::alone(&args.sources)?.rules;
    let Some(rule) = rules.find(&args.rule) else {
        let topics: Vec<&str> = manual::topics().collect();
        let near = near_name(name, rules.rules().map(Rule::id).chain(topics.iter().copied()));
        let help = near.unwrap_or_else(|| {
            format!("`pactum rules` lists the rules; the sections are {}", SECTIONS.join(", "))
        });
        let message = format!("no rule, section or word of a shape is called `{name}`");
        return Err(Problem::new("explain/unknown-rule", message).help(help).alone());
    };
    let mut out = Out::new();
    out.print(&visible(&manual::page(rule)));
    out.finish()?;
    Ok(Exit::Clean)
}
