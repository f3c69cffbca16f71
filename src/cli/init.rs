//! `pactum init`: a new agreement with blanks to fill, and a configuration beside it.

use std::path::{Path, PathBuf};

use crate::agreement::KINDS;
use crate::diagnostic::near_name;
use crate::policy::{RuleSet, spelled};
use crate::vocabulary::Value;

use super::config;
use super::disk;
use super::problem::Problem;
use super::terminal::Out;
use super::{Ended, Exit};

/// The agreement to start with, `KIND` standing for the kind of alliance.
const FULL: &str = include_str!("templates/alliance.alliance");
/// The same for the kinds that are campaigns or referrals and need no board.
const LIGHT: &str = include_str!("templates/light.alliance");
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
    if !KINDS.contains(&&*args.kind) {
        return Err(unknown_kind(&args.kind).alone());
    }
    let template = agreement(&args.kind);
    let mut out = Out::new();
    write(&args.path, &template)?;
    out.print(&format!("wrote {}\n", args.path.display()));
    let config = args.path.with_file_name(config::FILE);
    if !config.exists() {
        write(&config, CONFIG)?;
        out.print(&format!("wrote {}\n", config.display()));
    }
    out.print(&format!(
        "next: fill in the blanks, then pactum check {}\n\
         \u{20}     it asks for what is essential; --profile standard asks for more of the blanks\n",
        args.path.display()
    ));
    out.finish()?;
    Ok(Exit::Clean)
}

/// The agreement to start with. What no rule asks of a kind is no blank in it.
fn agreement(kind: &str) -> String {
    let light = matches!(kind, "co-marketing" | "affiliate" | "referral" | "supply" | "licensing");
    if !light {
        return FULL.replace("CLAUSES", &clauses(kind)).replace("KIND", kind);
    }
    let blank = |asked: bool, otherwise| if asked { "to be agreed" } else { otherwise };
    LIGHT
        .replace("CLAUSES", &clauses(kind))
        .replace("KIND", kind)
        .replace("OWNER", blank(kind != "affiliate", "\"NAME\""))
        .replace("LAW", blank(!matches!(kind, "co-marketing" | "affiliate"), "GB"))
}

/// A line for each clause that `clause/required` asks of a kind.
fn clauses(kind: &str) -> String {
    let rules = RuleSet::standard();
    let param = rules.find("clause/required").and_then(|rule| rule.params().first());
    let categories = param.into_iter().flat_map(|param| param.values(Some(kind)));
    let line = |category: &Value<'_>| {
        let category = spelled(category);
        let words = category.to_uppercase().replace('-', " ");
        format!("  {category}: {category}, \"WHAT IS AGREED ON {words}\"\n")
    };
    categories.map(line).collect()
}

fn write(path: &Path, text: &str) -> Result<(), Vec<Problem>> {
    disk::write_new(path, text).map_err(Problem::alone)
}

fn unknown_kind(kind: &str) -> Problem {
    let known = KINDS;
    let list = format!("the kinds are {}", known.join(", "));
    Problem::new(
        "init/unknown-kind",
        format!("there is no agreement of the kind `{kind}` to start from"),
    )
    .help(near_name(kind, known).unwrap_or(list))
}
