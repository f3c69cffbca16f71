//! `pactum schema`: the shapes of what programs read and write, as JSON Schema.

use clap::ValueEnum;

use crate::render::json;

use super::config;
use super::terminal::Out;
use super::{Ended, Exit};

/// Print the JSON Schema of the JSON report or of pactum.toml
///
/// `report` is what `pactum check --format json` prints; a line of `--format json-lines` has the same
/// keys for a file, a problem and the run. `config` is pactum.toml, for editors that complete and
/// check TOML by a schema.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Of what
    #[arg(value_name = "WHAT")]
    what: What,
}

/// What has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// The JSON report
    Report,
    /// pactum.toml
    Config,
}

/// Prints it.
pub(super) fn run(args: &Args) -> Ended {
    let schema = match args.what {
        What::Report => json::schema(),
        What::Config => config::schema::schema(),
    };
    let mut out = Out::new();
    // Indented: people read it as well.
    out.print(&format!("{schema:#}\n"));
    out.finish()?;
    Ok(Exit::Clean)
}
