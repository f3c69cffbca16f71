//! A rule as its file has it: every word with its place.

use crate::source::{Source, Span};
use crate::syntax::parse_policy;
use crate::syntax::policy_ast::RuleNode;

use super::rule::Rule;

/// The statements of a rule, without its examples.
pub(crate) fn written(rule: &Rule) -> Option<RuleNode> {
    let (file, _) = parse_policy(rule.origin());
    let mut node = file.rules.into_iter().find(|node| node.id.span == rule.id_span)?;
    node.examples.clear();
    Some(node)
}

/// The words under a span, on one line.
pub(crate) fn words(origin: &Source, span: Span) -> String {
    let lines = origin.slice(span).lines();
    let code = lines.map(|line| line.split(" #").next().unwrap_or(line));
    code.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}
