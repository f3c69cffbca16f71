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
/// bounds, examples, and how to adapt it in pactum.toml. Of a section: its forms, each with a line
/// that reads.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The rule, such as exit/notice-stated, or the section, such as exit
    rule: String,
    #[command(flatten)]
    sources: Sources,
}

/// Prints the page of the rule or section.
pub(super) fn run(args: &Args) -> Ended {
    if SECTIONS.contains(&args.rule.as_str()) {
        let mut out = Out::new();
        out.print(&visible(&manual::section(&args.rule)));
        out.finish()?;
        return Ok(Exit::Clean);
    }
    let rules = Settings::alone(&args.sources)?.rules;
    let Some(rule) = rules.find(&args.rule) else {
        let near = near_name(&args.rule, rules.rules().map(Rule::id));
        let help = near.unwrap_or_else(|| "`pactum rules` lists the rules".to_owned());
        let message = format!("no rule is called `{}`", args.rule);
        return Err(Problem::new("explain/unknown-rule", message).help(help).alone());
    };
    let mut out = Out::new();
    out.print(&visible(&manual::page(rule)));
    out.finish()?;
    Ok(Exit::Clean)
}
