//! `pactum show files`: paths come in, out come the files that `check` looks at, and those that it
//! leaves out with the reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::cli::files::{self, Left};
use crate::cli::terminal::{Console, Out};
use crate::cli::{Ended, Exit};
use crate::render::{json as written, many, visible};

use super::Format;

/// Show which files a check looks at, and which it leaves out
///
/// Those it leaves out are agreements, and Markdown with or without terms, below the folders named.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders, as for `pactum check`
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// How to show them
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

/// Shows them.
pub(super) fn run(args: &Args, console: &Console) -> Ended {
    let (inputs, problems) = files::agreements(&args.paths, Path::new("stdin"));
    let looked: BTreeSet<&Path> = inputs.iter().map(files::Input::path).collect();
    let mut left = BTreeMap::new();
    for folder in args.paths.iter().filter(|path| path.is_dir()) {
        for (path, why) in files::left_out(folder) {
            if !looked.contains(&*path) {
                left.insert(path, why);
            }
        }
    }
    let gone = |path: &&PathBuf| path.as_os_str() != "-" && !path.exists();
    let gone: Vec<_> = args.paths.iter().filter(gone).map(|path| files::missing(path)).collect();
    let mut out = Out::new();
    match args.format {
        Format::Human => out.print(&visible(&human(&inputs, &left))),
        Format::Json => {
            let name = |path: &Path| path.display().to_string();
            let left: Vec<_> = left
                .iter()
                .map(|(path, why)| json!({ "path": name(path), "why": why.word() }))
                .collect();
            let looked: Vec<_> = inputs.iter().map(|input| name(input.path())).collect();
            let document = json!({
                "schema_version": written::SCHEMA_VERSION, "files": looked, "left_out": left,
            });
            out.print(&(written::to_string(&document) + "\n"));
        }
    }
    out.finish()?;
    let mut problems: Vec<_> = problems.into_iter().chain(gone).collect();
    if inputs.is_empty() && problems.is_empty() {
        problems.push(files::none(&args.paths));
    }
    if problems.is_empty() {
        return Ok(Exit::Clean);
    }
    console.tell(&problems);
    Ok(Exit::Failed)
}

fn human(inputs: &[files::Input], left: &BTreeMap<PathBuf, Left>) -> String {
    let mut lines: Vec<String> =
        inputs.iter().map(|input| input.path().display().to_string()).collect();
    if !left.is_empty() {
        lines.extend([String::new(), "left out:".to_owned()]);
        lines.extend(
            left.iter().map(|(path, why)| format!("  {}: {}", path.display(), why.words())),
        );
    }
    lines.push(String::new());
    lines.push(format!("{}, {} left out", many(inputs.len(), "file"), left.len()));
    lines.join("\n") + "\n"
}
