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

use super::grammar::Rule;
use super::machine;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span, Spanned};
use ast::{Literal, PolicyFile};

/// Reads a policy file. Every text yields a tree; what could not be read is told and left out.
pub(crate) fn parse_policy(source: &Source) -> (PolicyFile, Vec<Diagnostic>) {
    if let Some(told) = guard::too_deep(source.text()) {
        return (PolicyFile::default(), vec![told]);
    }
    let mut walk = Walk { text: source.text(), told: Vec::new() };
    let Some(read) = machine::read(Rule::policy_file, source.text()) else {
        unreachable!("every text is a policy file")
    };
    let file = read.root().map_or_else(PolicyFile::default, |root| walk.file(root));
    (file, walk.told)
}

/// The text of a file of one rule up to the first of its examples: they open the next blocks.
pub(crate) fn before_examples(text: &str) -> &str {
    let comments = if text.starts_with("rule ") { None } else { text.find("\nrule ") };
    let rule = comments.map_or(0, |end| end + 1);
    let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1);
    let opens = |at: &usize| text.as_bytes().get(*at).is_some_and(u8::is_ascii_lowercase);
    let end = starts.filter(|at| *at > rule).find(opens);
    &text[..end.unwrap_or(text.len())]
}

/// Whether two texts of policies are the same but for blank space, and for what stands in the bodies of
/// their examples.
pub(crate) fn same_policy(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Option<Vec<(Rule, String)>> {
        let read = machine::read(Rule::policy_file, text)?;
        let word = |(node, text): (machine::Node, &str)| {
            let text = match node.kind {
                Rule::text => text.to_owned(),
                Rule::example_body => String::new(),
                _ if node.size > 1 => String::new(),
                _ => text.split_whitespace().collect::<Vec<_>>().join(" "),
            };
            (node.kind, text)
        };
        Some(read.nodes().map(word).collect())
    };
    words(one).is_some_and(|one| words(other).is_some_and(|other| one == other))
}

/// Reads the values of a parameter alone, as a configuration file gives them.
pub(crate) fn parse_param_values(text: &str) -> Result<Vec<Spanned<Literal>>, Box<Diagnostic>> {
    let whole = Span::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX));
    let unread = || {
        Box::new(Diagnostic::error("policy/param-value", format!("`{text}` is no value"), whole))
    };
    let read = machine::read(Rule::param_alone, text).ok_or_else(unread)?;
    let mut cursor = read.root().ok_or_else(unread)?;
    let mut walk = Walk { text, told: Vec::new() };
    let values = walk.values(cursor.expect());
    walk.told.pop().map_or(Ok(values), |told| Err(Box::new(told)))
}

/// What the walk over the nodes carries: the text, and what was told so far.
struct Walk<'s> {
    text: &'s str,
    told: Vec<Diagnostic>,
}
