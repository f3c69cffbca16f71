//! Rules together, and what a configuration changes in them.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::source::Source;
use crate::syntax::policy_ast::PolicyFile;
use crate::syntax::{before_examples, parse_param_values, parse_policy};

use super::profile::Profile;
use super::resolve;
use super::rule::Rule;

/// Rules, in the order they were loaded. Cheap to copy: what a configuration changes in a copy
/// leaves the rest shared.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    rules: Vec<Arc<Rule>>,
    /// Whether the ids of the standard rules are taken, loaded or not.
    standard: bool,
    /// The ids of rules that were taken out.
    left_out: BTreeSet<Arc<str>>,
}

/// Why a configuration does not fit the rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unset {
    /// No rule has that id.
    #[error("there is no rule `{id}`{}", near.as_ref().map_or(String::new(), |near| format!("; a similar name exists: `{near}`")))]
    Rule {
        /// The id asked for.
        id: String,
        /// A similar one.
        near: Option<String>,
    },
    /// The rule has no such parameter.
    #[error("`{rule}` has no parameter `{name}`{}", near.as_ref().map_or(String::new(), |near| format!("; a similar name exists: `{near}`")))]
    Param {
        /// The rule.
        rule: String,
        /// The name asked for.
        name: String,
        /// A similar one.
        near: Option<String>,
    },
    /// The text is no value of the parameter.
    #[error("`{text}` does not fit `{name}`: {why}")]
    Value {
        /// The parameter.
        name: String,
        /// The text.
        text: String,
        /// What is wrong with it.
        why: String,
    },
}

impl RuleSet {
    /// The rules that come with the library.
    pub fn standard() -> Self {
        Self::shipped(|_, path, text| Some(Self::parse(&Source::new(path, text))))
    }

    /// Those of a profile, without their examples, and some by their ids, now or formerly, with them.
    /// What is not asked for is not read, so that a program that needs few rules starts faster.
    pub fn of_profile(profile: Profile, also: &[&str]) -> Self {
        Self::shipped(|least, path, text| {
            let named = |id: &&str| {
                id_of(path) == *id || (text.contains("  formerly ") && text.contains(*id))
            };
            if also.iter().any(named) {
                return Some(Self::parse(&Source::new(path, text)));
            }
            (least <= Some(profile)).then(|| Self::without_examples(path, text))
        })
    }

    fn shipped(
        read: impl Fn(Option<Profile>, &'static str, &str) -> Option<(Self, Vec<Diagnostic>)>,
    ) -> Self {
        let mut all = Self { standard: true, ..Self::default() };
        for (path, least, text) in STANDARD {
            if let Some((rules, told)) = read(Profile::from_word(least), path, text) {
                debug_assert!(told.is_empty(), "{path}: {told:?}");
                all.rules.extend(rules.rules);
            }
        }
        all
    }

    /// Reads the rule of a file that has one, and not the examples below it.
    fn without_examples(name: &str, text: &str) -> (Self, Vec<Diagnostic>) {
        let (file, told) = parse_policy(&Source::new(name, before_examples(text)));
        let (set, told, _) = Self::resolve(file, told, &Arc::new(Source::new(name, text)));
        (set, told)
    }

    /// Whether that is the id of a rule that came with the library, in a set that holds those.
    pub fn is_standard(&self, id: &str) -> bool {
        self.standard && Self::standard_ids().any(|standard| standard == id)
    }

    /// The ids of the standard rules.
    pub fn standard_ids() -> impl Iterator<Item = &'static str> {
        STANDARD.iter().map(|(path, ..)| id_of(path))
    }

    /// The rules of a policy file, and what is wrong with it. A rule with an error is left out; the others stand.
    pub fn parse(source: &Source) -> (Self, Vec<Diagnostic>) {
        let (mut set, mut told, lacking) = Self::draft(source);
        set.retain(|rule| !lacking.iter().any(|each| each.primary.span == rule.id_span));
        told.extend(lacking);
        told.sort_by_key(|each| each.primary.span);
        (set, told)
    }

    /// The same, where a rule without examples of both kinds stands: which it lacks comes apart.
    pub fn draft(source: &Source) -> (Self, Vec<Diagnostic>, Vec<Diagnostic>) {
        let (file, told) = parse_policy(source);
        Self::resolve(file, told, &Arc::new(Source::new(source.name(), source.text())))
    }

    fn resolve(
        file: PolicyFile,
        mut told: Vec<Diagnostic>,
        origin: &Arc<Source>,
    ) -> (Self, Vec<Diagnostic>, Vec<Diagnostic>) {
        let (mut set, mut lacking) = (Self::default(), Vec::new());
        for node in file.rules {
            let unread =
                node.partial || told.iter().any(|each| node.span.contains(each.primary.span));
            let (resolved, lacks) = resolve::rule(node, origin, &mut told);
            lacking.extend(lacks);
            if let Some(rule) = resolved.filter(|_| !unread) {
                told.extend(set.add(Arc::new(rule)));
            }
        }
        told.sort_by_key(|each| each.primary.span);
        (set, told, lacking)
    }

    /// Adds the rules of another set. A rule whose id is taken is left out and told, with the place in its own file.
    pub fn extend(&mut self, other: Self) -> Vec<Diagnostic> {
        other.rules.into_iter().filter_map(|rule| self.add(rule)).collect()
    }

    /// One rule alone.
    pub(crate) fn of(rule: Arc<Rule>) -> Self {
        Self { rules: vec![rule], ..Self::default() }
    }

    fn add(&mut self, rule: Arc<Rule>) -> Option<Diagnostic> {
        let found = self.find(&rule.id).map(|first| first.origin().name().to_owned());
        let unread = || {
            let taken = self.is_standard(&rule.id);
            taken.then(|| format!("rules/{}.policy", rule.id))
        };
        if let Some(first) = found.or_else(unread) {
            let told = Diagnostic::error(
                "policy/duplicate-rule",
                format!("there is a rule `{}` already", rule.id),
                rule.id_span,
            );
            return Some(told.help(format!("it stands in {first}; give this one another id")));
        }
        self.rules.push(rule);
        None
    }

    /// The rules, in the order they were loaded.
    pub fn rules(&self) -> impl ExactSizeIterator<Item = &Rule> {
        self.rules.iter().map(Arc::as_ref)
    }

    /// The rule with that id, now or formerly.
    pub fn find(&self, id: &str) -> Option<&Rule> {
        let formerly = |rule: &&Rule| rule.formerly.iter().any(|old| old == id);
        self.rules().find(|rule| &*rule.id == id).or_else(|| self.rules().find(formerly))
    }

    /// The id nearest to one that no rule has.
    pub fn nearest(&self, id: &str) -> Option<&str> {
        nearest(id, self.rules().map(Rule::id))
    }

    /// Keeps the rules that pass a test, such as those of a profile.
    pub fn retain(&mut self, keep: impl Fn(&Rule) -> bool) {
        let (kept, left) = std::mem::take(&mut self.rules).into_iter().partition(|rule| keep(rule));
        self.rules = kept;
        let left: Vec<Arc<Rule>> = left;
        self.left_out.extend(left.iter().map(|rule| Arc::clone(&rule.id)));
    }

    /// Whether there is such a rule, but not in this set: its profile is not asked, or it is off.
    pub fn leaves_out(&self, id: &str) -> bool {
        let unread = || self.is_standard(id);
        self.find(id).is_none() && (self.left_out.contains(id) || unread())
    }

    /// Sets a parameter, whatever the kind of agreement; `text` is written as in a policy: `60 days`, `attribution, metrics`.
    pub fn set_param(&mut self, rule: &str, name: &str, text: &str) -> Result<(), Unset> {
        let rule = self.changed(rule)?;
        let near =
            nearest(name, rule.params.iter().map(|param| param.name.as_str())).map(str::to_owned);
        let id = rule.id.to_string();
        let Some(param) = rule.params.iter_mut().find(|param| param.name == name) else {
            return Err(Unset::Param { rule: id, name: name.to_owned(), near });
        };
        let wrong = |told: Diagnostic| {
            let why =
                told.help.map_or(told.message.clone(), |help| format!("{}; {help}", told.message));
            Unset::Value { name: name.to_owned(), text: text.to_owned(), why }
        };
        let written = parse_param_values(text).map_err(|told| wrong(*told))?;
        let values = super::values_of(param, &written).map_err(|told| {
            told.into_iter().next().map_or_else(
                || Unset::Value {
                    name: name.to_owned(),
                    text: text.to_owned(),
                    why: String::new(),
                },
                wrong,
            )
        })?;
        param.set = Some(values);
        Ok(())
    }

    /// Sets how much the findings of a rule matter.
    pub fn set_severity(&mut self, rule: &str, severity: Severity) -> Result<(), Unset> {
        self.changed(rule)?.severity = severity;
        Ok(())
    }

    fn changed(&mut self, id: &str) -> Result<&mut Rule, Unset> {
        let known = self.find(id).map(|rule| Arc::clone(&rule.id));
        let found = known.and_then(|known| self.rules.iter().position(|rule| rule.id == known));
        let near = self.nearest(id).map(str::to_owned);
        let place = found.and_then(|at| self.rules.get_mut(at));
        place.map(Arc::make_mut).ok_or_else(|| Unset::Rule { id: id.to_owned(), near })
    }
}

/// The id of the rule in a file of the folder `rules`.
fn id_of(path: &'static str) -> &'static str {
    path.trim_start_matches("rules/").trim_end_matches(".policy")
}

include!(concat!(env!("OUT_DIR"), "/rules.rs"));
