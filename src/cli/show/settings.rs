//! `pactum show settings`: an agreement's path comes in, out comes all that is in force for it and
//! which line says so.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cli::arguments::Wanted;
use crate::cli::config::{Adaptation, Config, Strength};
use crate::cli::paths::shown;
use crate::cli::problem::Problem;
use crate::cli::settings::{Loaded, Matching, Setting, Settings};
use crate::cli::terminal::{Console, Out};
use crate::cli::{Ended, Exit, waivers};
use crate::render::{json, many, visible};
use crate::source::Span;

use super::Format;

/// Show what is in force for one agreement, and which line of which file says so
///
/// The file need not exist: what is said holds for an agreement of that name, and for standard input
/// under that name.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The agreement
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    #[command(flatten)]
    wanted: Wanted,
}

/// A setting and where it comes from.
#[derive(Debug, Clone, Serialize)]
struct Said {
    value: String,
    /// A file and a line, an option, or nobody: it is the default.
    from: String,
}

/// All that is in force.
#[derive(Debug, Serialize)]
struct InForce {
    schema_version: u32,
    file: String,
    exists: bool,
    configuration: Option<String>,
    /// What that extends, the nearest first.
    extends: Vec<String>,
    profile: Said,
    us: Option<Said>,
    fail_on: Said,
    policies: Vec<Said>,
    calendars: Vec<Said>,
    waivers: Option<Waivers>,
    baseline: Option<Said>,
    rules: usize,
    changes: Vec<Change>,
}

/// The waivers from outside.
#[derive(Debug, Serialize)]
struct Waivers {
    file: String,
    /// How many are for this agreement.
    entries: usize,
}

/// What is changed about a rule.
#[derive(Debug, Serialize)]
struct Change {
    rule: String,
    /// `severity`, or the name of a parameter.
    key: String,
    value: String,
    from: String,
    /// The patterns of the override that says so.
    paths: Option<Vec<String>>,
}

/// Shows it.
pub(super) fn run(args: &Args, console: &Console) -> Ended {
    if args.file.as_os_str() == "-" || args.file.is_dir() {
        let message = format!("`{}` is no file", args.file.display());
        let help = "name one agreement, or the name that --stdin-filename gives to standard input";
        return Err(Problem::new("show/no-file", message).help(help).alone());
    }
    let mut settings = Settings::new(args.wanted.clone());
    let number = settings.of(&args.file);
    let isolated = args.wanted.sources.isolated();
    let mut found = waivers::Files::new(&waivers::Asked::default(), isolated, None);
    let waivers = found.of(&args.file);
    let mut problems = std::mem::take(&mut settings.problems);
    problems.append(&mut found.problems);
    if problems.iter().any(Problem::stops) {
        return Err(problems);
    }
    if !problems.is_empty() {
        console.tell(&problems);
    }
    let waivers = waivers.map(|it| Waivers {
        file: found.found[it.0].source.name().to_owned(),
        entries: it.1.len(),
    });
    let Some((loaded, matching)) = settings.made_of(number) else {
        unreachable!("the setting was made a moment ago")
    };
    let in_force = gathered(args, &settings.in_use[number], loaded, matching, waivers);
    let mut out = Out::new();
    match args.format {
        Format::Human => out.print(&visible(&human(&in_force))),
        Format::Json => out.print(&(json::to_string(&in_force) + "\n")),
    }
    out.finish()?;
    Ok(Exit::Clean)
}

fn gathered(
    args: &Args,
    setting: &Setting,
    loaded: &Loaded,
    matching: &Matching,
    waivers: Option<Waivers>,
) -> InForce {
    let names = loaded.layers.iter().rev().map(|layer| layer.config.source.name().to_owned());
    let mut names: Vec<String> = names.collect();
    let configuration = (!names.is_empty()).then(|| names.remove(0));
    let last = |of: &dyn Fn(&Config) -> Option<Span>| {
        let mut layers = loaded.layers.iter().rev();
        layers.find_map(|layer| of(&layer.config).map(|span| line(&layer.config, span)))
    };
    let default = || "the default".to_owned();
    let profile = match args.wanted.profile() {
        Some(_) => Some("--profile".to_owned()),
        None => last(&|config| config.profile.as_ref().map(|it| it.span)),
    };
    let fail_on = last(&|config| config.fail_on.as_ref().map(|it| it.span));
    let us = last(&|config| config.us.as_ref().map(|it| it.span));
    let baseline = last(&|config| config.baseline.as_ref().map(|it| it.span));
    let asked = args
        .wanted
        .sources
        .policies
        .iter()
        .map(|path| Said { value: path.display().to_string(), from: "--policy".to_owned() });
    InForce {
        schema_version: json::SCHEMA_VERSION,
        file: args.file.display().to_string(),
        exists: args.file.is_file(),
        configuration,
        extends: names,
        profile: Said {
            value: setting.profile.word().to_owned(),
            from: profile.unwrap_or_else(default),
        },
        us: setting.us.clone().zip(us).map(|(value, from)| Said { value, from }),
        fail_on: Said {
            value: setting.fail_on.map_or("error", |level| level.word()).to_owned(),
            from: fail_on.unwrap_or_else(default),
        },
        policies: asked.chain(named(loaded, |config| &config.policies)).collect(),
        calendars: named(loaded, |config| &config.calendars),
        waivers,
        baseline: setting
            .baseline
            .as_deref()
            .zip(baseline)
            .map(|(path, from)| Said { value: shown(path), from }),
        rules: setting.rules.rules().len(),
        changes: changes(loaded, matching),
    }
}

/// A file and a line.
fn line(config: &Config, span: Span) -> String {
    format!("{}:{}", config.source.name(), config.source.position(span.start).line)
}

/// Files that configurations name, as seen from the working folder.
fn named(
    loaded: &Loaded,
    of: impl Fn(&Config) -> &Vec<crate::source::Spanned<String>>,
) -> Vec<Said> {
    let mut all = Vec::new();
    for layer in &loaded.layers {
        let said = of(&layer.config).iter().map(|each| Said {
            value: shown(&layer.folder.join(Path::new(&each.node))),
            from: line(&layer.config, each.span),
        });
        all.extend(said);
    }
    all
}

/// What is changed about rules: for each key the word that counts.
fn changes(loaded: &Loaded, matching: &Matching) -> Vec<Change> {
    let mut changes: BTreeMap<(String, String), Change> = BTreeMap::new();
    for (number, index, Adaptation { rule, severity, params }) in loaded.adaptations(matching) {
        let config = &loaded.layers[number].config;
        let id = loaded.id(&rule.node).to_owned();
        let mut add = |key: &str, value: String, span: Span| {
            let change = Change {
                rule: id.clone(),
                key: key.to_owned(),
                value,
                from: line(config, span),
                paths: index.map(|index| config.overrides[index].patterns.clone()),
            };
            changes.insert((id.clone(), key.to_owned()), change);
        };
        if let Some(severity) = severity {
            let word = match severity.node {
                Strength::Off => "off",
                Strength::On(severity) => severity.word(),
            };
            add("severity", word.to_owned(), severity.span);
        }
        for (name, values) in params {
            add(&name.node, values.node.join(", "), values.span);
        }
        if severity.is_none() && params.is_empty() {
            add("on", "yes".to_owned(), rule.span);
        }
    }
    changes.into_values().collect()
}

fn human(in_force: &InForce) -> String {
    let mut lines = vec![in_force.file.clone()];
    if !in_force.exists {
        lines.push("  (no such file now; this is what would hold for it)".to_owned());
    }
    let mut row = |key: &str, value: &str, from: &str| {
        let from = if from.is_empty() { String::new() } else { format!(" ({from})") };
        let whole = format!("  {key:<14} {value}{from}");
        // What is too long for a line stands on two.
        if whole.chars().count() <= 80 {
            lines.push(whole);
        } else {
            lines.push(format!("  {key:<14} {value}"));
            lines.push(format!("  {:<14}{from}", ""));
        }
    };
    row("configuration", in_force.configuration.as_deref().unwrap_or("none"), "");
    for each in &in_force.extends {
        row("extends", each, "");
    }
    row("profile", &in_force.profile.value, &in_force.profile.from);
    row("fail-on", &in_force.fail_on.value, &in_force.fail_on.from);
    let mut some = |key: &str, all: &[Said]| {
        for each in all {
            row(key, &each.value, &each.from);
        }
        if all.is_empty() {
            row(key, "none", "");
        }
    };
    let list = |said: &Option<Said>| said.iter().cloned().collect::<Vec<_>>();
    some("us", &list(&in_force.us));
    some("policies", &in_force.policies);
    some("calendars", &in_force.calendars);
    some("baseline", &list(&in_force.baseline));
    match &in_force.waivers {
        Some(Waivers { file, entries }) => {
            let entries = match entries {
                1 => "1 entry is for this file".to_owned(),
                count => format!("{count} entries are for this file"),
            };
            row("waivers", file, &entries);
        }
        None => row("waivers", "none", ""),
    }
    let changes = &in_force.changes;
    let said =
        if changes.is_empty() { "as they come".to_owned() } else { many(changes.len(), "change") };
    row("rules", &format!("{}, {said}", in_force.rules), "");
    for change in changes {
        let paths = change.paths.as_ref().map(|paths| format!(", for {}", paths.join(", ")));
        lines.push(format!("    {}", change.rule));
        lines.push(format!("      {} = {}", change.key, change.value));
        lines.push(format!("      by {}{}", change.from, paths.unwrap_or_default()));
    }
    lines.join("\n") + "\n"
}
