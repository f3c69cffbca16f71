//! Which rules are in force for which file: configuration found, policies loaded, rules adapted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity, near_name};
use crate::policy::{Param, Profile, Rule, RuleSet};
use crate::render::many;
use crate::source::{Source, Spanned};
use crate::value::Calendars;
use crate::vocabulary::Type;

use super::arguments::{Sources, Wanted};
use super::calendars;
use super::config::{self, Adaptation, Config, Strength};
use super::disk;
use super::paths::{full, relative, shown};
use super::policies;
use super::problem::Problem;

/// What is in force for some files.
#[derive(Debug)]
pub(super) struct Setting {
    /// The rules, adapted.
    pub(super) rules: RuleSet,
    /// The calendars that business days are counted by.
    pub(super) calendars: Arc<Calendars>,
    /// The party that is us.
    pub(super) us: Option<String>,
    /// From which severity on a finding makes the run fail.
    pub(super) fail_on: Option<Severity>,
    /// How much is asked.
    pub(super) profile: Profile,
    /// Own rules that belong to a wider profile, and so are not asked.
    pub(super) left_out: Vec<String>,
    /// The baseline that the configuration names, in full.
    pub(super) baseline: Option<PathBuf>,
    /// The configuration, as messages show it.
    pub(super) config: Option<String>,
}

impl Setting {
    /// What is told where no rule is in force.
    pub(super) fn nothing_asked(&self) -> Option<Problem> {
        if self.rules.rules().len() > 0 {
            return None;
        }
        let problem = Problem::new("check/no-rules", "there is no rule to check against");
        let profile = self.profile.word();
        Some(
            problem.help(match self.left_out.len() {
                0 => "name policies with --policy or in pactum.toml, or use the standard rules"
                    .to_owned(),
                count => {
                    let rules = many(count, "rule");
                    format!(
                        "the profile {profile} leaves out {rules}; --profile strict asks them all"
                    )
                }
            }),
        )
    }
}

/// A configuration that was found, with its rules before any override.
#[derive(Debug)]
struct Loaded {
    /// The folder of the configuration, in full; paths of files are matched below it.
    folder: PathBuf,
    config: Option<Config>,
    /// The policies it names, as paths.
    policies: Vec<PathBuf>,
    rules: RuleSet,
    calendars: Arc<Calendars>,
    profile: Profile,
    /// The rules that are on whatever the profile.
    always: Vec<String>,
}

/// Finds and remembers what is in force, reading each configuration and policy once.
#[derive(Debug)]
pub(super) struct Settings {
    wanted: Wanted,
    /// All settings in use.
    pub(super) in_use: Vec<Setting>,
    /// What is wrong with configuration and policies.
    pub(super) problems: Vec<Problem>,
    /// Rules that are wanted whatever the profile.
    named: Vec<String>,
    loaded: Vec<Loaded>,
    /// Folders as files are named by them: in full, and the index of what was loaded for them.
    folders: BTreeMap<PathBuf, (PathBuf, usize)>,
    /// Configurations of full folders.
    by_folder: BTreeMap<PathBuf, Option<PathBuf>>,
    /// Indices into `loaded`.
    by_file: BTreeMap<Option<PathBuf>, usize>,
    /// Indices into `in_use`, by index into `loaded` and matching overrides.
    by_overrides: BTreeMap<(usize, Vec<usize>), usize>,
}

impl Settings {
    /// Starts with the rules that hold everywhere.
    pub(super) fn new(wanted: impl Into<Wanted>) -> Self {
        Self {
            wanted: wanted.into(),
            in_use: Vec::new(),
            problems: Vec::new(),
            named: Vec::new(),
            loaded: Vec::new(),
            folders: BTreeMap::new(),
            by_file: BTreeMap::new(),
            by_folder: BTreeMap::new(),
            by_overrides: BTreeMap::new(),
        }
    }

    /// Wants a rule whatever the profile.
    pub(super) fn also(&mut self, id: Option<&str>) {
        self.named.extend(id.map(str::to_owned));
    }

    /// The index of what is in force for a file.
    pub(super) fn of(&mut self, file: &Path) -> usize {
        let beside = file.parent().unwrap_or(Path::new(""));
        if !self.folders.contains_key(beside) {
            let folder = full(beside);
            let config = self.config_of(&folder);
            let loaded = self.load(config);
            self.folders.insert(beside.to_owned(), (folder, loaded));
        }
        let (folder, loaded) = &self.folders[beside];
        let loaded = *loaded;
        let matching = self.overrides(loaded, &folder.join(file.file_name().unwrap_or_default()));
        let setting = (loaded, matching);
        if let Some(known) = self.by_overrides.get(&setting) {
            return *known;
        }
        self.in_use.push(self.loaded[loaded].setting(&setting.1));
        let index = self.in_use.len() - 1;
        self.by_overrides.insert(setting, index);
        index
    }

    /// What is in force in the working folder, for a command that looks at rules only.
    pub(super) fn alone(wanted: impl Into<Wanted>) -> Result<Setting, Vec<Problem>> {
        Self::naming(wanted, &[])
    }

    /// The same, and some rules by their ids, whatever the profile.
    pub(super) fn naming(
        wanted: impl Into<Wanted>,
        named: &[&str],
    ) -> Result<Setting, Vec<Problem>> {
        let mut settings = Self::new(wanted);
        settings.named = named.iter().map(|&id| id.to_owned()).collect();
        let here = settings.of(Path::new("-"));
        if settings.problems.iter().any(Problem::stops) {
            return Err(settings.problems);
        }
        Ok(settings.in_use.swap_remove(here))
    }

    /// The policy paths that the configuration of the working folder names.
    pub(super) fn policies_here(&mut self) -> Vec<PathBuf> {
        let config = self.config_of(&full(Path::new(".")));
        let loaded = self.load(config);
        [self.wanted.sources.policies.as_slice(), &self.loaded[loaded].policies].concat()
    }

    /// Those the configuration names, whether there is anything at them or not.
    pub(super) fn policies_named(&mut self) -> Vec<PathBuf> {
        let config = self.config_of(&full(Path::new(".")));
        let loaded = self.load(config);
        let Loaded { folder, config, .. } = &self.loaded[loaded];
        let named = config.iter().flat_map(|config| &config.policies);
        named.map(|policy| relative(&folder.join(&policy.node))).collect()
    }

    fn overrides(&self, loaded: usize, file: &Path) -> Vec<usize> {
        let loaded = &self.loaded[loaded];
        let Some(config) = &loaded.config else { return Vec::new() };
        let Ok(path) = file.strip_prefix(&loaded.folder) else { return Vec::new() };
        let overrides = config.overrides.iter().enumerate();
        let matching = overrides.filter(|(_, each)| each.paths.is_match(path));
        matching.map(|(index, _)| index).collect()
    }

    /// The configuration for a folder: its own, or the nearest above.
    fn config_of(&mut self, folder: &Path) -> Option<PathBuf> {
        if self.wanted.sources.isolated() || self.wanted.sources.place.config.is_some() {
            return self.wanted.sources.place.config.clone();
        }
        if let Some(known) = self.by_folder.get(folder) {
            return known.clone();
        }
        let own = folder.join(config::FILE);
        let found = if own.is_file() {
            Some(own)
        } else {
            folder.parent().and_then(|above| self.config_of(above))
        };
        self.by_folder.insert(folder.to_owned(), found.clone());
        found
    }

    fn load(&mut self, config: Option<PathBuf>) -> usize {
        if let Some(known) = self.by_file.get(&config) {
            return *known;
        }
        let mut told = Vec::new();
        let loaded = match &config {
            None => Loaded::without_config(&self.wanted, &self.named, &mut told),
            Some(path) => Loaded::read(path, &self.wanted, &self.named, &mut told),
        };
        // What is wrong with the policies of --policy is told once, not for every configuration.
        let known = |problem: &Problem| self.problems.iter().any(|each| each.same(problem));
        told.retain(|problem| !known(problem));
        self.problems.extend(told);
        self.loaded.push(loaded);
        let index = self.loaded.len() - 1;
        self.by_file.insert(config, index);
        index
    }
}

impl Loaded {
    fn without_config(wanted: &Wanted, named: &[String], problems: &mut Vec<Problem>) -> Self {
        let profile = wanted.profile().unwrap_or_default();
        let always = named.to_vec();
        let rules = base(&wanted.sources, profile, &always, problems);
        let (folder, policies) = (PathBuf::new(), Vec::new());
        let calendars = Arc::new(Calendars::shipped().clone());
        Self { folder, config: None, policies, rules, calendars, profile, always }
    }

    /// Reads a configuration and its policies, and tries every adaptation once, those of overrides
    /// that match no file included.
    fn read(path: &Path, wanted: &Wanted, named: &[String], problems: &mut Vec<Problem>) -> Self {
        let text = match disk::read(path, disk::MAX_SIZE) {
            Ok(text) => text.text,
            Err(problem) => {
                problems.push(problem);
                return Self::without_config(wanted, named, problems);
            }
        };
        let source = Arc::new(Source::new(shown(path), text));
        let (config, mut told) = Config::parse(Arc::clone(&source));
        let profile = wanted.profile().or(config.profile).unwrap_or_default();
        let ids = |rules: &[Adaptation]| -> Vec<String> {
            rules.iter().map(|each| each.rule.node.clone()).collect()
        };
        let always = [named.to_vec(), ids(&config.rules)].concat();
        let overrides = config.overrides.iter().flat_map(|each| ids(&each.rules));
        let by_name: Vec<_> = always.iter().cloned().chain(overrides).collect();
        let mut rules = base(&wanted.sources, profile, &by_name, problems);
        let beside = path.parent().unwrap_or(Path::new(""));
        let mut policies = Vec::new();
        for policy in &config.policies {
            let path = relative(&beside.join(&policy.node));
            if path.exists() {
                policies::add(&mut rules, &path, problems);
                policies.push(path);
            } else {
                let message = format!("the policy path `{}` does not exist", policy.node);
                let missing = Diagnostic::error("config/no-policy", message, policy.span);
                told.push(missing.help("policy paths are relative to the folder of this file"));
            }
        }
        let calendars = Arc::new(calendars::of(&config, beside, &mut told, problems));
        let overrides = config.overrides.iter().flat_map(|each| &each.rules);
        adapt(&mut rules.clone(), config.rules.iter().chain(overrides), &mut told);
        told.sort_by_key(|each| each.primary.span);
        problems.extend(Problem::all(&source, told));
        let (folder, config) = (full(beside), Some(config));
        Self { folder, config, policies, rules, calendars, profile, always }
    }

    fn setting(&self, overrides: &[usize]) -> Setting {
        let mut rules = self.rules.clone();
        let config = self.config.as_ref();
        let matching = || {
            let each = config.into_iter().flat_map(|config| {
                overrides.iter().flat_map(|index| &config.overrides[*index].rules)
            });
            config.into_iter().flat_map(|config| &config.rules).chain(each)
        };
        // A rule that the configuration names is on, whatever the profile.
        let asked: Vec<&str> = matching().map(|each| &*each.rule.node).collect();
        let named = |id: &str| asked.contains(&id) || self.always.iter().any(|each| each == id);
        let is_on = |rule: &Rule| {
            let within = rule.profile().is_none_or(|least| least <= self.profile);
            within || named(rule.id()) || rule.formerly().iter().any(|old| named(old))
        };
        let left_out = rules.rules().filter(|rule| !is_on(rule) && !rules.is_standard(rule.id()));
        let left_out = left_out.map(|rule| rule.id().to_owned()).collect();
        rules.retain(is_on);
        // What is wrong with them was told when the configuration was read.
        adapt(&mut rules, matching(), &mut Vec::new());
        Setting {
            rules,
            calendars: Arc::clone(&self.calendars),
            us: config.and_then(|config| config.us.clone()),
            fail_on: config.and_then(|config| config.fail_on),
            profile: self.profile,
            left_out,
            baseline: config
                .and_then(|config| config.baseline.as_ref())
                .map(|name| self.folder.join(name)),
            config: config.map(|config| config.source.name().to_owned()),
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

/// Changes rules as asked, the later adaptation winning; what cannot be done is told with its place
/// in the configuration.
fn adapt<'a>(
    rules: &mut RuleSet,
    adaptations: impl Iterator<Item = &'a Adaptation>,
    told: &mut Vec<Diagnostic>,
) {
    let mut strengths = BTreeMap::new();
    for each in adaptations {
        let Some(rule) = rules.find(&each.rule.node) else {
            told.push(unknown_rule(rules, &each.rule));
            continue;
        };
        // A rule also answers to the ids it had before.
        let id = rule.id().to_owned();
        for (name, values) in &each.params {
            told.extend(set(rules, &id, name, values));
        }
        if let Some(strength) = each.severity {
            strengths.insert(id, strength);
        }
    }
    for (id, strength) in &strengths {
        if let Strength::On(severity) = strength
            && let Err(why) = rules.set_severity(id, *severity)
        {
            unreachable!("the rule was found above: {why}");
        }
    }
    rules.retain(|rule| strengths.get(rule.id()) != Some(&Strength::Off));
}

/// Sets one parameter, or says why not.
fn set(
    rules: &mut RuleSet,
    id: &str,
    name: &Spanned<String>,
    values: &Spanned<Vec<String>>,
) -> Option<Diagnostic> {
    let params = rules.find(id).map(Rule::params).unwrap_or_default();
    let Some(param) = params.iter().find(|param| param.name() == name.node) else {
        let known: Vec<&str> = params.iter().map(Param::name).collect();
        let message = format!("the rule `{id}` has no parameter `{}`", name.node);
        let help = near_name(&name.node, known.iter().copied()).unwrap_or(parameters(&known));
        return Some(Diagnostic::error("config/unknown-param", message, name.span).help(help));
    };
    // In a policy, words stand in quotes; here the quotes of TOML are enough.
    let quoted = param.ty() == Type::Text;
    let quote = |value: &String| if quoted { format!("\"{value}\"") } else { value.clone() };
    let text = values.node.iter().map(quote).collect::<Vec<_>>().join(", ");
    let why = rules.set_param(id, &name.node, &text).err()?;
    Some(Diagnostic::error("config/bad-value", why.to_string(), values.span))
}

fn unknown_rule(rules: &RuleSet, rule: &Spanned<String>) -> Diagnostic {
    let message = format!("no rule is called `{}`", rule.node);
    let standard: Vec<&str> = RuleSet::standard_ids().collect();
    let known = rules.rules().map(Rule::id).chain(standard.iter().copied());
    let near = near_name(&rule.node, known);
    let help = near.unwrap_or_else(|| "`pactum rules` lists the rules".to_owned());
    Diagnostic::error("config/unknown-rule", message, rule.span).help(help)
}

fn parameters(known: &[&str]) -> String {
    match known {
        [] => "this rule has no parameters".to_owned(),
        known => format!("it has {}", known.join(", ")),
    }
}
