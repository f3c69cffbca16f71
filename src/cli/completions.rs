//! `pactum completions`: what a shell needs to complete commands and options.

use clap::CommandFactory;
use clap_complete::Shell;

use super::terminal::Out;
use super::{Cli, Ended, Exit};

/// Write completions for a shell
///
/// For example: pactum completions bash > ~/.local/share/bash-completion/completions/pactum
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

/// Prints the script.
pub(super) fn run(args: &Args) -> Ended {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "pactum", &mut script);
    let mut out = Out::new();
    out.print(&String::from_utf8_lossy(&script));
    out.finish()?;
    Ok(Exit::Clean)
}
