//! `pactum.toml`: what it may say, read into plain data with every mistake and its place.

mod read;
pub(super) mod schema;
pub(super) mod waivers;

use std::sync::Arc;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::diagnostic::{Diagnostic, Severity, near_name};
use crate::policy::Profile;
use crate::source::{Source, Spanned};

use read::{Reader, Table};

/// The name of the file.
pub(super) const FILE: &str = "pactum.toml";
/// The meanings of the language and the standard rules that a configuration can pin.
const EDITIONS: [&str; 1] = ["2026"];
const KEYS: [&str; 10] = [
    "extend",
    "edition",
    "profile",
    "policies",
    "calendars",
    "us",
    "fail-on",
    "baseline",
    "rules",
    "overrides",
];
const RULE_KEYS: [&str; 2] = ["severity", "params"];
const OVERRIDE_KEYS: [&str; 2] = ["paths", "rules"];

/// What a `pactum.toml` says.
#[derive(Debug)]
pub(super) struct Config {
    /// Its text, for messages.
    pub(super) source: Arc<Source>,
    /// The configuration it goes before, relative to it.
    pub(super) extend: Option<Spanned<String>>,
    /// How much is asked.
    pub(super) profile: Option<Spanned<Profile>>,
    /// Policy files and folders, relative to it.
    pub(super) policies: Vec<Spanned<String>>,
    /// Files of calendars, relative to it.
    pub(super) calendars: Vec<Spanned<String>>,
    /// The party that is us.
    pub(super) us: Option<Spanned<String>>,
    /// From which severity on a finding makes the run fail.
    pub(super) fail_on: Option<Spanned<Severity>>,
    /// What was found before and recorded, relative to it.
    pub(super) baseline: Option<Spanned<String>>,
    /// Adaptations of rules everywhere.
    pub(super) rules: Vec<Adaptation>,
    /// Adaptations of rules for some paths.
    pub(super) overrides: Vec<Override>,
}

/// What is changed about one rule.
#[derive(Debug)]
pub(super) struct Adaptation {
    /// The rule's id.
    pub(super) rule: Spanned<String>,
    /// Another severity, if one is asked for.
    pub(super) severity: Option<Spanned<Strength>>,
    /// Names and texts of parameters.
    pub(super) params: Vec<(Spanned<String>, Spanned<Vec<String>>)>,
}

/// How much a rule is to matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    /// Its findings have this severity.
    On(Severity),
    /// It is not checked.
    Off,
}

/// Adaptations for the files that match.
#[derive(Debug)]
pub(super) struct Override {
    /// Which files, relative to the configuration.
    pub(super) paths: GlobSet,
    /// The same as it is written.
    pub(super) patterns: Vec<String>,
    /// What is changed for them.
    pub(super) rules: Vec<Adaptation>,
}

impl Config {
    /// Reads a configuration. What is wrong is told and left out.
    pub(super) fn parse(source: Arc<Source>) -> (Self, Vec<Diagnostic>) {
        let mut reader = Reader::default();
        let mut config = Self {
            extend: None,
            profile: None,
            policies: Vec::new(),
            calendars: Vec::new(),
            us: None,
            fail_on: None,
            baseline: None,
            rules: Vec::new(),
            overrides: Vec::new(),
            source,
        };
        let source = Arc::clone(&config.source);
        let root = reader.parse(source.text());
        let table = reader.table(&root, &KEYS);
        edition(&mut reader, &table);
        config.extend = reader.string(table.get("extend"));
        config.profile = reader.string(table.get("profile")).and_then(|word| {
            let profile = Profile::from_word(&word.node);
            if profile.is_none() {
                reader.tell(word_error(&word, "profile", &Profile::ALL.map(Profile::word)));
            }
            profile.map(|profile| Spanned::new(profile, word.span))
        });
        config.policies = reader.strings(table.get("policies")).unwrap_or_default();
        config.calendars = reader.strings(table.get("calendars")).unwrap_or_default();
        config.us = reader.string(table.get("us"));
        config.fail_on = reader.string(table.get("fail-on")).and_then(|word| {
            let severity = Severity::from_word(&word.node);
            if severity.is_none() {
                reader.tell(word_error(&word, "fail-on", &["error", "warning", "advice"]));
            }
            severity.map(|severity| Spanned::new(severity, word.span))
        });
        config.baseline = reader.string(table.get("baseline"));
        config.rules = rules(&mut reader, &table);
        for each in reader.tables(table.get("overrides")) {
            let table = reader.table(each, &OVERRIDE_KEYS);
            let (paths, patterns) = globs(&mut reader, &table);
            let rules = rules(&mut reader, &table);
            config.overrides.push(Override { paths, patterns, rules });
        }
        (config, reader.finish())
    }
}

fn edition(reader: &mut Reader, table: &Table<'_>) {
    let Some(edition) = reader.string(table.get("edition")) else { return };
    if !EDITIONS.contains(&edition.node.as_str()) {
        let message = format!("edition `{}` is not known to this version", edition.node);
        let known = format!("this version knows edition {}", EDITIONS.join(", "));
        reader.tell(Diagnostic::error("config/edition", message, edition.span).help(known));
    }
}

fn rules(reader: &mut Reader, table: &Table<'_>) -> Vec<Adaptation> {
    let mut adaptations = Vec::new();
    for (rule, value) in reader.named_tables(table.get("rules")) {
        let table = reader.table(value, &RULE_KEYS);
        let severity = reader.string(table.get("severity")).and_then(|word| {
            if word.node == "off" {
                return Some(Spanned::new(Strength::Off, word.span));
            }
            let severity = Severity::from_word(&word.node);
            if severity.is_none() {
                let words = ["error", "warning", "advice", "off"];
                reader.tell(word_error(&word, "severity", &words));
            }
            severity.map(|severity| Spanned::new(Strength::On(severity), word.span))
        });
        let params = reader.params(table.get("params"));
        adaptations.push(Adaptation { rule, severity, params });
    }
    adaptations
}

fn globs(reader: &mut Reader, table: &Table<'_>) -> (GlobSet, Vec<String>) {
    let mut set = GlobSetBuilder::new();
    let Some(paths) = reader.strings(table.get("paths")) else {
        let message = "an override does not say for which paths it is";
        let help = "add `paths = [\"drafts/**\"]`, relative to this file";
        reader.tell(Diagnostic::error("config/no-paths", message, table.span).help(help));
        return (GlobSet::empty(), Vec::new());
    };
    for path in &paths {
        match GlobBuilder::new(&path.node).literal_separator(true).build() {
            Ok(glob) => drop(set.add(glob)),
            Err(error) => {
                let message = format!("`{}` is not a pattern: {}", path.node, error.kind());
                reader.tell(Diagnostic::error("config/bad-pattern", message, path.span));
            }
        }
    }
    let patterns = paths.into_iter().map(|path| path.node).collect();
    (set.build().unwrap_or_default(), patterns)
}

fn word_error(word: &Spanned<String>, key: &str, words: &[&str]) -> Diagnostic {
    let message = format!("`{key}` is one of {}, not `{}`", words.join(", "), word.node);
    Diagnostic::error("config/unknown-word", message, word.span)
        .maybe_help(near_name(&word.node, words.iter().copied()))
}
