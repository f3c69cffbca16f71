//! `pactum new rule`: a rule file to start with, where the configuration looks for rules.

use std::path::{Path, PathBuf};

use crate::manual;
use crate::policy::{Profile, RuleSet};

use super::arguments::Place;
use super::disk;
use super::problem::Problem;
use super::settings::Settings;
use super::terminal::Out;
use super::{Ended, Exit};

/// Where rules go if nothing says otherwise.
const FOLDER: &str = "policies";

/// Start a new rule
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Start a rule file, with examples that are right
    ///
    /// Writes TOPIC/REQUIREMENT.policy: a commented rule that loads, with examples of every outcome,
    /// to be changed line by line. Nothing is overwritten.
    Rule(RuleArgs),
}

#[derive(Debug, clap::Args)]
struct RuleArgs {
    /// The rule's id: what it is about, a slash, and what it asks, such as exit/long-notice
    #[arg(value_name = "TOPIC/REQUIREMENT")]
    id: String,
    /// The folder of the rules: the first that pactum.toml names under `policies`, else policies
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

/// Writes the file.
pub(super) fn run(args: &Args) -> Ended {
    let What::Rule(args) = &args.what;
    let id = args.id.as_str();
    if let Some(problem) = refused(id) {
        return Err(problem.alone());
    }
    let (folder, is_named) = folder(args)?;
    let path = folder.join(format!("{id}.policy"));
    disk::make_folder(path.parent().unwrap_or(Path::new("")))
        .and_then(|()| disk::write_new(&path, &manual::template(id)))
        .map_err(Problem::alone)?;
    let shown = path.display();
    let mut out = Out::new();
    out.print(&format!(
        "wrote {shown}\n\
         next: change what it looks at (for every), what must hold (require), the words\n\
         \u{20}     (##, say, help) and the examples, then\n\
         \u{20}     pactum test {shown}\n\
         what a rule may ask: pactum explain vocabulary\n\
         how it is written:   pactum explain policy\n"
    ));
    if !is_named {
        let folder = folder.display().to_string().replace('\\', "/");
        out.print(&format!(
            "to use it: policies = [\"{folder}\"] in pactum.toml, or --policy {folder}\n"
        ));
    }
    out.finish()?;
    Ok(Exit::Clean)
}

/// Why no rule can have that id.
fn refused(id: &str) -> Option<Problem> {
    let is_part = |part: &str| {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let hyphens = part.ends_with('-') || part.contains("--");
        part.starts_with(|c: char| c.is_ascii_lowercase()) && part.chars().all(fits) && !hyphens
    };
    let parts: Vec<&str> = id.split('/').collect();
    if parts.len() != 2 || !parts.iter().all(|part| is_part(part)) {
        let message = format!("`{id}` is no rule id");
        return Some(Problem::new("new/rule-id", message).help(
            "write a topic and what it asks for, each in small letters, digits and single \
             hyphens, as in exit/long-notice",
        ));
    }
    // Also one that a standard rule had before.
    let standard = RuleSet::of_profile(Profile::Essential, &[id]);
    if let Some(rule) = standard.find(id) {
        let now = if rule.id() == id { String::new() } else { format!(", now `{}`", rule.id()) };
        let message = format!("`{id}` is the id of a standard rule{now}");
        return Some(Problem::new("new/standard-rule", message).help(format!(
            "give this one another id, or adapt that one in pactum.toml: pactum explain {}",
            rule.id()
        )));
    }
    None
}

/// The folder to write to, and whether the configuration names it.
fn folder(args: &RuleArgs) -> Result<(PathBuf, bool), Vec<Problem>> {
    let mut settings = Settings::new(args.place.clone());
    let named = settings.policies_named();
    // That another policy is broken is no reason not to start one.
    let broken =
        |problem: &Problem| problem.stops() && problem.diagnostic.code == "config/not-toml";
    if settings.problems.iter().any(broken) {
        return Err(settings.problems);
    }
    let is_folder = |path: &&PathBuf| path.extension().is_none_or(|end| end != "policy");
    if let Some(to) = &args.to {
        let known = named.iter().any(|path| to.starts_with(path));
        return Ok((to.clone(), known));
    }
    let first = named.iter().find(is_folder).cloned();
    Ok(first.map_or_else(|| (PathBuf::from(FOLDER), false), |folder| (folder, true)))
}
