//! `pactum show`: what is in force, and what is looked at; nothing is checked.

mod files;
mod settings;

use clap::{Subcommand, ValueEnum};

use super::Ended;
use super::terminal::Console;

/// Show what is in force for an agreement, or which files are looked at
///
/// Nothing is checked: this is for when a check does not say what you expect, or looks at less than
/// you think.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

// What each does is said beside its arguments.
#[derive(Debug, Subcommand)]
enum What {
    Settings(settings::Args),
    Files(files::Args),
}

/// How to show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs
    Json,
}

/// Shows it.
pub(super) fn run(args: &Args, console: &Console) -> Ended {
    match &args.what {
        What::Settings(args) => settings::run(args, console),
        What::Files(args) => files::run(args, console),
    }
}
