//! What a rule prefers and what somebody may accept instead, in words a negotiator can use.

use crate::syntax::policy_ast::{ApproverNode, StatementKind};
use crate::vocabulary::Type;

use super::resolve::literal::spelled;
use super::rule::Rule;
use super::written::{words, written};

/// The position of one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// What is asked: the test where it reads aloud, else the rule in a sentence.
    pub preferred: String,
    /// What may be accepted instead, the first that holds deciding.
    pub fallbacks: Vec<Fallback>,
}

/// What somebody may accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallback {
    /// What has to hold.
    pub accepted: String,
    /// Who may.
    pub approver: String,
}

/// The positions of a rule, one for each of its requirements in their order, with the values that
/// hold for a kind of agreement in place of the names of parameters.
pub fn positions(rule: &Rule, kind: Option<&str>) -> Vec<Position> {
    let Some(node) = written(rule) else { return Vec::new() };
    let values: Vec<(&str, String)> =
        rule.params().iter().map(|param| (param.name(), value(param, kind))).collect();
    let said = |span| plain(&words(rule.origin(), span), &values);
    let mut all: Vec<Position> = Vec::new();
    for statement in &node.statements {
        match (&statement.kind, all.last_mut()) {
            (StatementKind::Require { test, .. }, _) => {
                let test = said(test.span);
                let preferred = if is_simple(&test) { test } else { rule.summary().to_owned() };
                all.push(Position { preferred, fallbacks: Vec::new() });
            }
            (StatementKind::Accept { test, approver }, Some(position)) => {
                let approver = match approver {
                    ApproverNode::Named(name) => name.node.clone(),
                    ApproverNode::Path(path) => said(path.span).replace('"', "").into(),
                };
                position
                    .fallbacks
                    .push(Fallback { accepted: said(test.span), approver: approver.to_string() });
            }
            _ => {}
        }
    }
    all
}

fn value(param: &super::rule::Param, kind: Option<&str>) -> String {
    let quote = |value: String| {
        if param.ty() == Type::Text { format!("\"{value}\"") } else { value }
    };
    let each: Vec<String> = param.values(kind).iter().map(|each| quote(spelled(each))).collect();
    each.join(", ")
}

/// Whether somebody who writes no rules understands it: one comparison, without lists and brackets.
fn is_simple(test: &str) -> bool {
    const LONGEST: usize = 72;
    let inside = |word: &str| test.split_whitespace().any(|each| each == word);
    let words = ["and", "or", "where", "every", "some", "no", "in", "count", "sum", "of"];
    test.len() <= LONGEST && !test.contains('(') && !words.into_iter().any(inside)
}

/// A test with values for parameters and words for signs; what stands in quotes stays.
fn plain(test: &str, values: &[(&str, String)]) -> String {
    let mut out = String::new();
    for (number, piece) in test.split('"').enumerate() {
        if number % 2 == 1 {
            out.push('"');
            out.push_str(piece);
            out.push('"');
            continue;
        }
        let part = |each: char| each.is_alphanumeric() || matches!(each, '-' | '_' | '.');
        let mut rest = piece;
        while !rest.is_empty() {
            let end = rest.find(|each| !part(each)).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            let value = values.iter().find(|(param, _)| *param == name);
            out.push_str(value.map_or(name, |(_, value)| value));
            let gap = after.find(part).unwrap_or(after.len());
            out.push_str(&signs(&after[..gap]));
            rest = &after[gap..];
        }
    }
    out
}

fn signs(between: &str) -> String {
    [(">=", "at least"), ("<=", "at most"), (">", "more than"), ("<", "less than"), ("=", "is")]
        .into_iter()
        .find(|(sign, _)| between.trim() == *sign)
        .map_or_else(|| between.to_owned(), |(_, words)| format!(" {words} "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::RuleSet;

    #[test]
    fn a_position_reads_aloud_with_the_values_of_the_kind() {
        let rules = RuleSet::standard();
        let rule = rules.find("exit/notice-stated").unwrap();
        let positions = positions(rule, Some("affiliate"));
        let fallback = Fallback {
            accepted: "right.notice at least 14 days".into(),
            approver: "Head of Alliances".into(),
        };
        assert_eq!(positions[0].preferred, "right.notice at least 30 days");
        assert_eq!(positions[0].fallbacks, [fallback]);
    }

    #[test]
    fn what_does_not_read_aloud_is_said_in_a_sentence() {
        let rules = RuleSet::standard();
        let rule = rules.find("commitment/quantified").unwrap();
        assert_eq!(positions(rule, None)[0].preferred, rule.summary());
    }

    #[test]
    fn every_requirement_of_every_standard_rule_has_one() {
        for rule in RuleSet::standard().rules() {
            let positions = positions(rule, None);
            assert_eq!(positions.len(), rule.requires.len(), "{}", rule.id());
            for (position, require) in positions.iter().zip(&rule.requires) {
                assert!(!position.preferred.is_empty(), "{}", rule.id());
                assert_eq!(position.fallbacks.len(), require.accepts.len(), "{}", rule.id());
            }
        }
    }
}
