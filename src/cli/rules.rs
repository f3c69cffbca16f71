//! `pactum rules`: the rules in force.

use clap::ValueEnum;
use serde::Serialize;

use crate::manual;
use crate::policy::Rule;
use crate::render::{json, visible};

use super::arguments::Wanted;
use super::settings::Settings;
use super::terminal::Out;
use super::{Ended, Exit};

/// List the rules in force
///
/// One rule a line: its name, its severity, and what it asks. The configuration of the working
/// folder counts.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How to show them
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    #[command(flatten)]
    wanted: Wanted,
}

/// How to show rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table
    Human,
    /// For programs
    Json,
}

#[derive(Serialize)]
struct RuleJson<'a> {
    rule: &'a str,
    severity: &'static str,
    summary: &'a str,
}

#[derive(Serialize)]
struct RulesJson<'a> {
    schema_version: u32,
    rules: Vec<RuleJson<'a>>,
}

/// Prints the table.
pub(super) fn run(args: &Args) -> Ended {
    let rules = Settings::alone(args.wanted.clone())?.rules;
    let mut out = Out::new();
    match args.format {
        Format::Human => out.print(&visible(&manual::table(&rules))),
        Format::Json => {
            let rules = rules.rules().map(row).collect();
            let document = RulesJson { schema_version: json::SCHEMA_VERSION, rules };
            out.print(&(json::to_string(&document) + "\n"));
        }
    }
    out.finish()?;
    Ok(Exit::Clean)
}

fn row(rule: &Rule) -> RuleJson<'_> {
    RuleJson { rule: rule.id(), severity: rule.severity().word(), summary: rule.summary() }
}
