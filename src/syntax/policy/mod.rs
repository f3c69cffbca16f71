//! A policy's text to its tree, with a diagnostic for whatever could not be read.

pub(crate) mod ast;
mod examples;
mod explain;
mod expression;
pub(crate) mod forms;
mod guard;
mod statements;
#[cfg(test)]
mod tests;

use pest::Parser;

use super::cursor::Cursor;
use super::grammar::{Grammar, Rule};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span, Spanned};
use ast::{Literal, PolicyFile};

/// Reads a policy file. Every text yields a tree; what could not be read is told and left out.
pub(crate) fn parse_policy(source: &Source) -> (PolicyFile, Vec<Diagnostic>) {
    if let Some(told) = guard::too_deep(source.text()) {
        return (PolicyFile::default(), vec![told]);
    }
    let mut walk = Walk { text: source.text(), told: Vec::new() };
    let file = match Grammar::parse(Rule::policy_file, source.text()) {
        Ok(mut pairs) => {
            pairs.next().map_or_else(PolicyFile::default, |pair| walk.file(Cursor::over(pair)))
        }
        Err(error) => unreachable!("every text is a policy file: {error}"),
    };
    (file, walk.told)
}

/// Whether two texts of policies are the same but for blank space, and for what stands in the bodies of
/// their examples.
pub(crate) fn same_policy(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Option<Vec<(Rule, String)>> {
        let pairs = Grammar::parse(Rule::policy_file, text).ok()?;
        let word = |pair: pest::iterators::Pair<'_, Rule>| {
            let text = pair.as_str();
            let text = match pair.as_rule() {
                Rule::text => text.to_owned(),
                Rule::example_body => String::new(),
                _ if pair.clone().into_inner().next().is_some() => String::new(),
                _ => text.split_whitespace().collect::<Vec<_>>().join(" "),
            };
            (pair.as_rule(), text)
        };
        let written = |pair: &pest::iterators::Pair<'_, Rule>| pair.as_rule() != Rule::EOI;
        Some(pairs.flatten().filter(written).map(word).collect())
    };
    words(one).is_some_and(|one| words(other).is_some_and(|other| one == other))
}

/// Reads the values of a parameter alone, as a configuration file gives them.
pub(crate) fn parse_param_values(text: &str) -> Result<Vec<Spanned<Literal>>, Box<Diagnostic>> {
    let whole = Span::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX));
    let unread = || {
        Box::new(Diagnostic::error("policy/param-value", format!("`{text}` is no value"), whole))
    };
    let mut pairs = Grammar::parse(Rule::param_alone, text).map_err(|_| unread())?;
    let mut cursor = pairs.next().map(Cursor::over).ok_or_else(unread)?;
    let mut walk = Walk { text, told: Vec::new() };
    let values = walk.values(cursor.expect());
    walk.told.pop().map_or(Ok(values), |told| Err(Box::new(told)))
}

/// What the walk over the pairs carries: the text, and what was told so far.
struct Walk<'s> {
    text: &'s str,
    told: Vec<Diagnostic>,
}
