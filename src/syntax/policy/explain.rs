//! Why a statement or a block could not be read, in the reader's words.

use pest::Parser;
use pest::error::InputLocation;

use super::super::cursor::Cursor;
use super::super::grammar::{Grammar, Rule};
use super::forms::{BLOCKS, STATEMENTS};
use crate::diagnostic::{Diagnostic, near_name};
use crate::source::Span;

/// Why a statement could not be read.
pub(super) fn line(bad: &Cursor<'_>) -> Diagnostic {
    let span = trimmed(bad.text(), bad.span);
    let word = first_word(bad.text());
    let Some(form) = STATEMENTS.iter().find(|form| form.opens == word) else {
        // Without a word, the one character that stands there, be it several bytes long.
        let sign = bad.text().chars().next().map_or(0, char::len_utf8);
        let marked = length(word.len().max(sign)).min(span.end - span.start);
        let at = Span::new(span.start, span.start + marked);
        let told =
            Diagnostic::error("policy/unknown-statement", unknown(word, "statement of a rule"), at);
        let near = near_name(word, STATEMENTS.iter().map(|form| form.opens));
        return told.help(near.unwrap_or_else(|| {
            "a line that goes on from the one above must make sense there; a statement opens with one of: \
             ##, source, profile, applies to, param, for every, let, when, require, accept, say, missing, help, waivable, equivalent"
                .to_owned()
        }));
    };
    let at = furthest(form.kind, bad.text()).min(span.end.saturating_sub(span.start) as usize);
    let place = rest_of(bad.text(), at, span);
    let told = Diagnostic::error("policy/syntax", format!("this `{word}` cannot be read"), place);
    told.label(hint(bad.text(), at)).help(format!("it is written like: {}", form.example))
}

/// Why a block could not be read.
pub(super) fn block(bad: &Cursor<'_>) -> Diagnostic {
    let head = bad.text().lines().next().unwrap_or("");
    let span = trimmed(head, Span::new(bad.span.start, bad.span.start + length(head.len())));
    let word = first_word(head);
    if head.starts_with([' ', '\t']) {
        let told = Diagnostic::error("policy/stray-line", "this line belongs to no rule", span);
        return told.help(
            "a file opens with its rule at the start of a line: rule exit/notice-stated: error",
        );
    }
    let Some(form) = BLOCKS.iter().find(|form| form.opens == word) else {
        let told =
            Diagnostic::error("policy/unknown-block", unknown(word, "rule and no example"), span);
        let near = near_name(word, BLOCKS.iter().map(|form| form.opens));
        return told.help(near.unwrap_or_else(|| {
            "a line that does not open with a blank is a rule, or an example: passes, fails at, accepts at, undetermined, \
             not applicable"
                .to_owned()
        }));
    };
    let at = furthest(form.kind, head).min(head.len());
    let what = if word == "rule" { "head of a rule" } else { "head of an example" };
    let told = Diagnostic::error(
        "policy/syntax",
        format!("this {what} cannot be read"),
        rest_of(head, at, span),
    );
    told.label(hint(head, at)).help(format!("it is written like: {}", form.example))
}

/// The span without the blank space, line breaks and comments behind the text.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let mut kept = text.trim_end();
    while let Some((above, last)) = kept.rsplit_once('\n') {
        if !last.trim_start().starts_with('#') || last.trim_start().starts_with("##") {
            break;
        }
        kept = above.trim_end();
    }
    Span::new(span.start, span.start + length(kept.len()))
}

fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

fn first_word(text: &str) -> &str {
    let end =
        text.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(text.len());
    &text[..end]
}

fn unknown(word: &str, what: &str) -> String {
    if word.is_empty() { format!("this is no {what}") } else { format!("`{word}` is no {what}") }
}

/// The byte that the grammar rule got to before it gave up.
fn furthest(kind: Rule, text: &str) -> usize {
    match Grammar::parse(kind, text) {
        // Read as far as it goes, but something stands behind it.
        Ok(pairs) => pairs.last().map_or(0, |pair| pair.as_span().end()),
        Err(error) => match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        },
    }
}

/// From where it stopped to the end of that word.
fn rest_of(text: &str, at: usize, span: Span) -> Span {
    let rest = text.get(at..).unwrap_or("");
    let blanks = rest.len() - rest.trim_start().len();
    let rest = rest.trim_start();
    let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let start = span.start + length(at + blanks);
    let end = start + length(word);
    if start >= span.end { span } else { Span::new(start, end.min(span.end)) }
}

/// What went wrong there, where it can be said.
fn hint(text: &str, at: usize) -> String {
    let rest = text.get(at..).unwrap_or("").trim_start();
    let word = first_word(rest);
    let operators =
        [("==", "is"), ("!=", "is not"), ("=", "is"), ("&&", "and"), ("||", "or"), ("!", "not")];
    if let Some((sign, meant)) = operators.iter().find(|(sign, _)| rest.starts_with(sign)) {
        return format!("`{sign}` is written `{meant}`");
    }
    if text.lines().any(|line| line.matches('"').count() % 2 == 1 && !line.contains("\\\"")) {
        return "the quoted words are not closed on their line".to_owned();
    }
    if rest.is_empty() {
        return "something is missing at the end".to_owned();
    }
    if super::expression::is_reserved(word) {
        return format!("`{word}` cannot stand here: it is a word of the language");
    }
    "not understood from here".to_owned()
}
