//! `pactum init`: a new agreement with blanks to fill, and a configuration beside it.

use std::path::{Path, PathBuf};

use crate::diagnostic::near_name;

use super::config;
use super::disk;
use super::problem::Problem;
use super::terminal::Out;
use super::{Ended, Exit};

/// The agreement to start with, by kind of alliance.
const TEMPLATES: [(&str, &str); 1] =
    [("go-to-market", include_str!("templates/go-to-market.alliance"))];
const CONFIG: &str = include_str!("templates/pactum.toml");

/// Start a new agreement, with blanks to fill
///
/// Writes a commented agreement that can be checked at once: what it still finds are the blanks left
/// to fill. Writes a commented pactum.toml beside it, unless there is one. Nothing is overwritten.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file to write
    #[arg(value_name = "PATH", default_value = "agreement.alliance")]
    path: PathBuf,
    /// The kind of alliance
    #[arg(long, value_name = "KIND", default_value = "go-to-market")]
    kind: String,
}

/// Writes the files.
pub(super) fn run(args: &Args) -> Ended {
    let template = TEMPLATES.iter().find(|(kind, _)| *kind == args.kind).map(|(_, text)| text);
    let template = template.ok_or_else(|| unknown_kind(&args.kind).alone())?;
    let mut out = Out::new();
    write(&args.path, template)?;
    out.print(&format!("wrote {}\n", args.path.display()));
    let config = args.path.with_file_name(config::FILE);
    if !config.exists() {
        write(&config, CONFIG)?;
        out.print(&format!("wrote {}\n", config.display()));
    }
    out.print(&format!("next: fill in the blanks, then pactum check {}\n", args.path.display()));
    out.finish()?;
    Ok(Exit::Clean)
}

fn write(path: &Path, text: &str) -> Result<(), Vec<Problem>> {
    disk::write_new(path, text).map_err(Problem::alone)
}

fn unknown_kind(kind: &str) -> Problem {
    let known = TEMPLATES.map(|(kind, _)| kind);
    let list = format!("there is one for {}", known.join(", "));
    Problem::new(
        "init/unknown-kind",
        format!("there is no agreement of the kind `{kind}` to start from"),
    )
    .help(near_name(kind, known).unwrap_or(list))
}
