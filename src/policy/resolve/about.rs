//! What a rule says of itself, and whether its examples fit it.

use crate::diagnostic::{Diagnostic, near_name};
use crate::policy::Profile;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::policy_ast::{Expects, RuleNode, StatementKind};
use crate::value::Str;

use super::super::rule::{Applies, Rule};
use super::{Resolver, params};

impl Resolver<'_> {
    /// What the rule says of itself.
    pub(super) fn about(&mut self, node: &RuleNode, rule: &mut Rule) {
        let mut once: Vec<(&str, Span)> = Vec::new();
        for statement in &node.statements {
            let word = match &statement.kind {
                StatementKind::Doc(line) => {
                    rule.docs.push(line.clone());
                    continue;
                }
                StatementKind::Source(titles) => {
                    rule.sources.extend(titles.iter().cloned());
                    continue;
                }
                StatementKind::Formerly(id) => {
                    rule.formerly.push(id.node.to_string());
                    continue;
                }
                StatementKind::Profile(words) => {
                    rule.profile = self.profile(words);
                    "profile"
                }
                StatementKind::Applies { every_kind_but, kinds } => {
                    let kinds = params::kinds(kinds, &mut self.told);
                    rule.applies = match (every_kind_but, kinds.is_empty()) {
                        (true, true) => Applies::Always,
                        (true, false) => Applies::ExceptTo(kinds),
                        (false, _) => Applies::To(kinds),
                    };
                    "applies to"
                }
                StatementKind::Waivable(how) => {
                    rule.waivable = *how;
                    "waivable"
                }
                _ => continue,
            };
            if let Some((_, first)) = once.iter().find(|(known, _)| *known == word) {
                let told = Diagnostic::error(
                    "policy/twice",
                    format!("a rule says `{word}` once"),
                    statement.span,
                );
                self.told.push(told.also(*first, "said here"));
            }
            once.push((word, statement.span));
        }
        self.equivalents(node);
        if rule.docs.is_empty() && !node.partial {
            let told = Diagnostic::error(
                "policy/no-summary",
                format!("`{}` does not say what it is for", node.id),
                node.id.span,
            );
            self.told.push(
                told.help("say it in a sentence below its head: ## Leaving takes enough notice."),
            );
        }
    }

    /// The least of the profiles named.
    fn profile(&mut self, words: &[Spanned<Str>]) -> Option<Profile> {
        let known = Profile::ALL.map(Profile::word);
        for word in words.iter().filter(|word| Profile::from_word(&word.node).is_none()) {
            let message = format!("no profile is called `{}`", word.node);
            let near = near_name(&word.node, known);
            let help = near.unwrap_or_else(|| format!("the profiles are {}", known.join(", ")));
            let told = Diagnostic::error("policy/unknown-profile", message, word.span);
            self.told.push(told.help(help));
        }
        words.iter().filter_map(|word| Profile::from_word(&word.node)).min()
    }

    /// Whether every `equivalent` speaks of a statement that can be changed.
    fn equivalents(&mut self, node: &RuleNode) {
        let mut below = node.partial;
        for statement in &node.statements {
            match &statement.kind {
                StatementKind::Equivalent { .. } if !below => {
                    let told = Diagnostic::error(
                        "policy/equivalent",
                        "this speaks of the statement above it, and there is none that could be changed",
                        statement.span,
                    );
                    self.told.push(told.help(
                        "put it below the applies to, param, let, when, require or accept it speaks of",
                    ));
                }
                kind => below |= kind.is_judging(),
            }
        }
    }

    /// Whether there are examples of both kinds, and what they give fits.
    pub(super) fn examples(&mut self, node: &RuleNode) {
        let quiet =
            (&[Expects::Pass, Expects::NotApplicable][..], "passes or is not applicable", "passes");
        let loud = (&[Expects::Fail][..], "fails", "fails at \"30 days\"");
        for (wanted, what, head) in [quiet, loud] {
            if !node.partial && !node.examples.iter().any(|each| wanted.contains(&each.expects)) {
                let message = format!("`{}` has no example that {what}", node.id);
                let told = Diagnostic::error("policy/no-example", message, node.id.span);
                self.lacking.push(told.help(format!(
                    "add below the rule: {head}, and the agreement text it is about"
                )));
            }
        }
        for example in &node.examples {
            for (name, values) in &example.given {
                let Some(param) = self.params.iter().find(|param| param.name == name.node) else {
                    let near =
                        near_name(&name.node, self.params.iter().map(|param| param.name.as_str()));
                    let told = Diagnostic::error(
                        "policy/unknown-name",
                        format!("the rule has no parameter `{}`", name.node),
                        name.span,
                    );
                    self.told.push(told.maybe_help(near));
                    continue;
                };
                if let Err(each) = params::values_of(param, values) {
                    self.told.extend(each);
                }
            }
        }
    }
}
