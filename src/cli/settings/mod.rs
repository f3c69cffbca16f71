//! Which rules are in force for which file: configuration found, policies loaded, rules adapted.

mod adapt;
mod layers;
mod loaded;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Severity;
use crate::policy::{Profile, RuleSet};
use crate::render::many;
use crate::value::Calendars;

use super::arguments::Wanted;
use super::config;
use super::paths::{full, relative};
use super::problem::Problem;

pub(super) use loaded::{Loaded, Matching};

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
    by_overrides: BTreeMap<(usize, Matching), usize>,
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
        let matching = self.loaded[*loaded].matching(folder, file.file_name().unwrap_or_default());
        let setting = (*loaded, matching);
        if let Some(known) = self.by_overrides.get(&setting) {
            return *known;
        }
        self.in_use.push(self.loaded[setting.0].setting(&setting.1));
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
        let named = self.loaded[loaded].layers.iter().flat_map(|layer| {
            layer.config.policies.iter().map(|policy| layer.folder.join(&policy.node))
        });
        named.map(|policy| relative(&policy)).collect()
    }

    /// What a setting was made of: configurations, and their overrides that match.
    pub(super) fn made_of(&self, setting: usize) -> Option<(&Loaded, &Matching)> {
        let mut known = self.by_overrides.iter();
        let ((loaded, matching), _) = known.find(|(_, index)| **index == setting)?;
        Some((&self.loaded[*loaded], matching))
    }

    /// All files and folders that had a part in it.
    pub(super) fn read(&self) -> Vec<PathBuf> {
        let mut read = self.wanted.sources.policies.clone();
        read.extend(self.wanted.sources.place.config.clone());
        read.extend(self.loaded.iter().flat_map(Loaded::read_from));
        read
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
