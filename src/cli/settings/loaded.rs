//! A configuration that was found, with all it extends and all it names: read once, out come the
//! settings for files.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::arguments::{Sources, Wanted};
use crate::cli::calendars;
use crate::cli::config::Adaptation;
use crate::cli::paths::relative;
use crate::cli::policies;
use crate::cli::problem::Problem;
use crate::diagnostic::Diagnostic;
use crate::policy::{Profile, Rule, RuleSet};
use crate::value::Calendars;

use super::Setting;
use super::adapt::adapt;
use super::layers::{self, Layer};

/// Overrides that match a file: the number of the layer, and of the override in it.
pub(in crate::cli) type Matching = Vec<(usize, usize)>;

/// A configuration that was found, with its rules before any override.
#[derive(Debug)]
pub(in crate::cli) struct Loaded {
    /// The configuration comes last, before it what it extends.
    pub(in crate::cli) layers: Vec<Layer>,
    /// The policies they name, as paths.
    pub(super) policies: Vec<PathBuf>,
    rules: RuleSet,
    calendars: Arc<Calendars>,
    profile: Profile,
    /// The rules that are on whatever the profile.
    always: Vec<String>,
}

impl Loaded {
    /// What holds where there is no configuration.
    pub(super) fn without_config(
        wanted: &Wanted,
        named: &[String],
        problems: &mut Vec<Problem>,
    ) -> Self {
        let profile = wanted.profile().unwrap_or_default();
        let always = named.to_vec();
        let rules = base(&wanted.sources, profile, &always, problems);
        let calendars = Arc::new(Calendars::shipped().clone());
        Self { layers: Vec::new(), policies: Vec::new(), rules, calendars, profile, always }
    }

    /// Reads a configuration, what it extends, and their policies, and tries every adaptation once,
    /// those of overrides that match no file included.
    pub(super) fn read(
        path: &Path,
        wanted: &Wanted,
        named: &[String],
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut layers = match layers::read(path) {
            Ok(layers) => layers,
            Err(problem) => {
                problems.push(problem);
                return Self::without_config(wanted, named, problems);
            }
        };
        let said = layers.iter().rev().find_map(|layer| layer.config.profile.as_ref());
        let profile = wanted.profile().or(said.map(|said| said.node)).unwrap_or_default();
        let ids = |rules: &[Adaptation]| -> Vec<String> {
            rules.iter().map(|each| each.rule.node.clone()).collect()
        };
        let everywhere = layers.iter().flat_map(|layer| ids(&layer.config.rules));
        let always: Vec<_> = named.iter().cloned().chain(everywhere).collect();
        let overrides = layers.iter().flat_map(|layer| &layer.config.overrides);
        let by_name = overrides.flat_map(|each| ids(&each.rules));
        let by_name: Vec<_> = always.iter().cloned().chain(by_name).collect();
        let mut rules = base(&wanted.sources, profile, &by_name, problems);
        let mut policies = Vec::new();
        let mut calendars = Calendars::shipped().clone();
        for Layer { folder, config, told, .. } in &mut layers {
            for policy in &config.policies {
                let path = relative(&folder.join(&policy.node));
                if !path.exists() {
                    let message = format!("the policy path `{}` does not exist", policy.node);
                    let missing = Diagnostic::error("config/no-policy", message, policy.span);
                    told.push(missing.help("policy paths are relative to the folder of this file"));
                } else if !policies.contains(&path) {
                    policies::add(&mut rules, &path, problems);
                    policies.push(path);
                }
            }
            calendars::add_of(&mut calendars, config, folder, told, problems);
        }
        let mut wrong = Vec::new();
        let all = layers.iter().enumerate().flat_map(|(number, layer)| {
            let overrides = layer.config.overrides.iter().flat_map(|each| &each.rules);
            layer.config.rules.iter().chain(overrides).map(move |each| (number, each))
        });
        adapt(&mut rules.clone(), all, &mut wrong);
        for (number, each) in wrong {
            layers[number].told.push(each);
        }
        for layer in &mut layers {
            let mut told = std::mem::take(&mut layer.told);
            told.sort_by_key(|each| each.primary.span);
            problems.extend(Problem::all(&layer.config.source, told));
        }
        Self { layers, policies, rules, calendars: Arc::new(calendars), profile, always }
    }

    /// The overrides that match a file of `folder`, which is named in full.
    pub(super) fn matching(&self, folder: &Path, name: &OsStr) -> Matching {
        let mut matching = Vec::new();
        if self.layers.iter().all(|layer| layer.config.overrides.is_empty()) {
            return matching;
        }
        let file = folder.join(name);
        for (number, layer) in self.layers.iter().enumerate() {
            let Ok(path) = file.strip_prefix(&layer.folder) else { continue };
            let overrides = layer.config.overrides.iter().enumerate();
            let these = overrides.filter(|(_, each)| each.paths.is_match(path));
            matching.extend(these.map(|(index, _)| (number, index)));
        }
        matching
    }

    /// The adaptations in force, the later winning, each with the number of its layer and of its
    /// override: all that a layer says goes before what it extends.
    pub(in crate::cli) fn adaptations<'a>(
        &'a self,
        matching: &'a Matching,
    ) -> impl Iterator<Item = (usize, Option<usize>, &'a Adaptation)> {
        self.layers.iter().enumerate().flat_map(move |(number, layer)| {
            let these = matching.iter().filter(move |(of, _)| *of == number);
            let overrides = these.flat_map(move |(_, index)| {
                let rules = layer.config.overrides[*index].rules.iter();
                rules.map(move |each| (number, Some(*index), each))
            });
            let everywhere = layer.config.rules.iter().map(move |each| (number, None, each));
            everywhere.chain(overrides)
        })
    }

    /// The id that a rule has now.
    pub(in crate::cli) fn id<'a>(&'a self, rule: &'a str) -> &'a str {
        self.rules.find(rule).map_or(rule, Rule::id)
    }

    /// The files and folders it was made from.
    pub(super) fn read_from(&self) -> Vec<PathBuf> {
        let of = |layer: &Layer| {
            let named = layer.config.policies.iter().chain(&layer.config.calendars);
            let named = named.chain(layer.config.extend.as_ref());
            let named: Vec<_> = named.map(|each| layer.folder.join(&each.node)).collect();
            [vec![layer.path.clone()], named].concat()
        };
        self.layers.iter().flat_map(of).collect()
    }

    /// What is in force where these overrides match.
    pub(super) fn setting(&self, overrides: &Matching) -> Setting {
        let mut rules = self.rules.clone();
        let matching = || self.adaptations(overrides);
        // A rule that the configuration names is on, whatever the profile.
        let asked: Vec<&str> = matching().map(|(_, _, each)| &*each.rule.node).collect();
        let named = |id: &str| asked.contains(&id) || self.always.iter().any(|each| each == id);
        let is_on = |rule: &Rule| {
            let within = rule.profile().is_none_or(|least| least <= self.profile);
            within || named(rule.id()) || rule.formerly().iter().any(|old| named(old))
        };
        let left_out = rules.rules().filter(|rule| !is_on(rule) && !rules.is_standard(rule.id()));
        let left_out = left_out.map(|rule| rule.id().to_owned()).collect();
        rules.retain(is_on);
        // What is wrong with them was told when the configuration was read.
        adapt(&mut rules, matching().map(|(layer, _, each)| (layer, each)), &mut Vec::new());
        let said = || self.layers.iter().rev();
        let us = said().find_map(|layer| layer.config.us.as_ref());
        let fail_on = said().find_map(|layer| layer.config.fail_on.as_ref());
        let baseline = said().find_map(|layer| {
            layer.config.baseline.as_ref().map(|name| layer.folder.join(&name.node))
        });
        Setting {
            rules,
            calendars: Arc::clone(&self.calendars),
            us: us.map(|us| us.node.clone()),
            fail_on: fail_on.map(|severity| severity.node),
            profile: self.profile,
            left_out,
            baseline,
            config: self.layers.last().map(|layer| layer.config.source.name().to_owned()),
        }
    }
}

/// The rules that hold everywhere: those of the profile, some by name, and those of `--policy`.
fn base(
    sources: &Sources,
    profile: Profile,
    named: &[String],
    problems: &mut Vec<Problem>,
) -> RuleSet {
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    let standard = sources.standard();
    let mut rules =
        if standard { RuleSet::of_profile(profile, &named) } else { RuleSet::default() };
    for path in &sources.policies {
        policies::add(&mut rules, path, problems);
    }
    rules
}
