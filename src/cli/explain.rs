//! `pactum explain`: all there is to know of a rule.

use crate::diagnostic::near_name;
use crate::manual;
use crate::policy::Rule;
use crate::render::visible;

use super::problem::Problem;
use super::settings::{Settings, Sources};
use super::terminal::Out;
use super::{Ended, Exit};

/// Tell all there is to know of a rule
///
/// What it asks, why, on what it rests, for which kinds of alliance, its parameters with their
/// bounds, examples, and how to adapt it in pactum.toml.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The rule, such as exit/notice-stated
    rule: String,
    #[command(flatten)]
    sources: Sources,
}

/// Prints the rule's page.
pub(super) fn run(args: &Args) -> Ended {
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
