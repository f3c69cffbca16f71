//! Why something could not be read, in the reader's words, with the shape that can be.
//!
//! Shapes and examples are the `///` lines of `grammar/agreement.pest`: said once, read from there.

use pest::Parser;
use pest::error::InputLocation;

use super::shapes::{Shape, keywords, section_names, section_shapes, shape, shapes};
use crate::diagnostic::{Diagnostic, near_name, nearest};
use crate::source::{Span, Spanned};
use crate::syntax::cursor::Cursor;
use crate::syntax::grammar::{Grammar, Rule};

fn entry(section: &str) -> Option<Rule> {
    Some(match section {
        "parties" => Rule::head_parties,
        "rationale" => Rule::head_rationale,
        "scope" => Rule::head_scope,
        "dates" => Rule::head_dates,
        "term" => Rule::head_term,
        "commitments" => Rule::head_commitments,
        "payments" => Rule::head_payments,
        "metrics" => Rule::head_metrics,
        "governance" => Rule::head_governance,
        "ip" => Rule::head_ip,
        "attribution" => Rule::head_attribution,
        "exclusivity" => Rule::head_exclusivity,
        "rights" => Rule::head_rights,
        "restrictions" => Rule::head_restrictions,
        "customers" => Rule::head_customers,
        "enablement" => Rule::head_enablement,
        "notices" => Rule::head_notices,
        "exit" => Rule::head_exit,
        "liability" => Rule::head_liability,
        "confidentiality" => Rule::head_confidentiality,
        "assignment" => Rule::head_assignment,
        "disputes" => Rule::head_disputes,
        "amendment" => Rule::head_amendment,
        "clauses" => Rule::head_clauses,
        "schedules" => Rule::head_schedules,
        "definitions" => Rule::head_definitions,
        "waivers" => Rule::head_waivers,
        _ => return None,
    })
}

/// How far into `text` the grammar can read it as `rule`, in bytes.
fn reach(rule: Rule, text: &str) -> usize {
    match Grammar::parse(rule, text) {
        Ok(pairs) => pairs.map(|pair| pair.as_span().end()).max().unwrap_or(0),
        Err(error) => match error.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
        },
    }
}

/// The first word outside quotes that the language does not have anywhere but nearly has here.
fn near_word(text: &str, known: &[String]) -> Option<(usize, String, String)> {
    let everywhere = keywords("agreement_file");
    let anywhere = |word: &str| {
        everywhere.iter().any(|known| known == word || word.strip_suffix('s') == Some(known))
    };
    let mut quoted = false;
    let mut at = 0;
    for piece in text.split_inclusive(|c: char| !(c.is_ascii_lowercase() || c == '-')) {
        let word = piece.trim_end_matches(|c: char| !(c.is_ascii_lowercase() || c == '-'));
        let start = at;
        at += piece.len();
        let bounded = start == 0
            || !text.as_bytes()[start - 1].is_ascii_alphanumeric()
                && text.as_bytes()[start - 1] != b'/';
        if !quoted
            && bounded
            && word.len() > 2
            && !anywhere(word)
            && let Some(near) = nearest(word, known.iter().map(String::as_str))
        {
            return Some((start, word.to_owned(), near.to_owned()));
        }
        if piece.ends_with('"') {
            quoted = !quoted;
        }
    }
    None
}

/// A number in words, outside quotes.
fn spelled_number(text: &str) -> Option<(usize, &str)> {
    const NUMBERS: [&str; 17] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve",
        "fifteen", "twenty", "thirty", "sixty", "ninety", "hundred",
    ];
    let unquoted = text.split('"').step_by(2);
    let mut words = unquoted.flat_map(|piece| piece.split(|c: char| !c.is_ascii_alphabetic()));
    let word = words.find(|word| NUMBERS.contains(word))?;
    Some((word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// A finding at a piece of text: from `at` to its end without trailing blanks.
fn piece(node: &Cursor<'_>, at: usize) -> Span {
    let shown = node.text.trim_end();
    let at = at.min(shown.len().saturating_sub(1));
    let at = at + shown[floor(shown, at)..].len() - shown[floor(shown, at)..].trim_start().len();
    let start = node.span.start + u32::try_from(floor(shown, at.min(shown.len()))).unwrap_or(0);
    let end = node.span.start + u32::try_from(shown.len()).unwrap_or(0);
    Span::new(start.min(end), end)
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A head or slot that could not be read.
fn unreadable(
    what: &str,
    code: &'static str,
    rule: Rule,
    node: &Cursor<'_>,
    known: &[String],
) -> Diagnostic {
    let text = node.text.trim_end();
    let unclosed = text.lines().find(|line| line.matches('"').count() % 2 == 1);
    if let Some(line) = unclosed {
        let at = text.find(line).unwrap_or(0) + line.rfind('"').unwrap_or(0);
        let message = format!("{what} has a quote that is not closed on its line");
        return Diagnostic::error(code, message, piece(node, at))
            .label("opened here")
            .help("close the quote on the same line");
    }
    if let Some((at, word)) = spelled_number(text) {
        let start = node.span.start + u32::try_from(at).unwrap_or(0);
        let span = Span::new(start, start + u32::try_from(word.len()).unwrap_or(0));
        let message = format!("{what} cannot be read: a number is written in figures");
        return Diagnostic::error(code, message, span).label(format!("`{word}` in figures"));
    }
    if let Some((at, word, near)) = near_word(text, known) {
        let start = node.span.start + u32::try_from(at).unwrap_or(0);
        let span = Span::new(start, start + u32::try_from(word.len()).unwrap_or(0));
        let message = format!("{what} cannot be read: `{word}` is no word of the language here");
        return Diagnostic::error(code, message, span)
            .label(format!("a similar word exists: `{near}`"));
    }
    let at = reach(rule, text);
    let left = text.get(at..).unwrap_or("").trim_start();
    let message = format!("{what} cannot be read");
    let found = Diagnostic::error(code, message, piece(node, at));
    if let Some(slot) = left.strip_prefix(',').map(str::trim_start).filter(|slot| is_slot(slot)) {
        let first = slot.split_whitespace().next().unwrap_or("");
        return found.label(format!(
            "a slot such as this one begins after `;`, not after a comma: `; {first} …`"
        ));
    }
    if at > 0 && is_slot(left) {
        return found.label("a slot begins here: put a `;` before it");
    }
    found.label(if at == 0 {
        "no form of this section reads so"
    } else {
        "not understood from here on"
    })
}

fn is_slot(text: &str) -> bool {
    !text.is_empty() && Grammar::parse(Rule::slot, text).is_ok()
}

/// The shape that shares most words with `text`: its own words count twice, its example's once.
fn best_shape(text: &str, shapes: &[&'static Shape]) -> Option<&'static Shape> {
    let words: Vec<_> = plain_words(text).collect();
    let shared = |theirs: &str| {
        plain_words(theirs)
            .filter(|word| {
                words.iter().any(|mine| mine == word || nearest(mine, [*word]).is_some())
            })
            .count()
    };
    let score = |shape: &Shape| 2 * shared(shape.shape) + shared(shape.example);
    shapes
        .iter()
        .copied()
        .filter(|shape| shape.rule != "h_hole")
        .rev()
        .max_by_key(|shape| score(shape))
}

/// The words in small letters outside quotes.
fn plain_words(text: &str) -> impl Iterator<Item = &str> {
    let unquoted = text.split('"').step_by(2);
    let words =
        unquoted.flat_map(|piece| piece.split(|c: char| !(c.is_ascii_lowercase() || c == '-')));
    words.filter(|word| word.len() > 1)
}

pub(super) fn bad_head(section: &str, id: &Spanned<String>, node: &Cursor<'_>) -> Diagnostic {
    let forms = section_shapes(section);
    let known = keywords(&format!("head_{section}"));
    let rule = entry(section).unwrap_or(Rule::slot);
    let what = format!("`{}` in {section}", id.node);
    let found = unreadable(&what, "syntax/bad-item", rule, node, known);
    let shown = best_shape(node.text, &forms)
        .map(|form| format!("the shape is {}, as in\n  {}", form.shape, form.example));
    let help = match (found.help.clone(), shown) {
        (Some(first), Some(shape)) => Some(format!("{first}; {shape}")),
        (first, shape) => first.or(shape),
    };
    found.maybe_help(help)
}

pub(super) fn bad_slot(section: &str, node: &Cursor<'_>) -> Diagnostic {
    let known = keywords("slot");
    let found =
        unreadable(&format!("this slot in {section}"), "syntax/bad-slot", Rule::slot, node, known);
    let slots: Vec<_> = shapes()
        .iter()
        .filter(|s| {
            s.rule.starts_with("slot_") && s.rule != "slot_deadline" && s.rule != "slot_hole"
        })
        .collect();
    let first = node
        .text
        .split(|c: char| !(c.is_ascii_lowercase() || c == '-'))
        .find(|w| !w.is_empty())
        .unwrap_or("");
    let opens = |shape: &&&Shape| {
        shape
            .shape
            .split_whitespace()
            .next()
            .is_some_and(|word| word == first || nearest(first, [word]).is_some())
    };
    let form = slots.iter().find(opens).copied().or_else(|| best_shape(node.text, &slots));
    let help = form.map(|form| format!("the shape is {}, as in: {}", form.shape, form.example));
    found.maybe_help(help)
}

pub(super) fn empty_item(section: &str, id: &Spanned<String>) -> Diagnostic {
    let help = section_shapes(section)
        .first()
        .map(|form| format!("write, for example\n  {}", form.example));
    let message = format!("`{}` in {section} says nothing", id.node);
    Diagnostic::error("syntax/bad-item", message, id.span)
        .label("nothing stands after the colon")
        .maybe_help(help)
}

pub(super) fn bad_row(at: Span) -> Diagnostic {
    Diagnostic::error("syntax/bad-row", "this table row cannot be read", at)
        .help("a row opens and closes with `|` and has one `|` between its cells")
}

pub(super) fn stray(node: &Cursor<'_>) -> Diagnostic {
    let at = node.text.len() - node.text.trim_start().len();
    let span = piece(node, at);
    if node.kind == Rule::stray_row {
        return Diagnostic::error("syntax/stray-line", "this table row belongs to no item", span)
            .help("rows stand below the item they belong to");
    }
    Diagnostic::error("syntax/stray-line", "this line opens no item", span)
        .help("an item is a one-word id, a colon and its terms, such as `initial: 24 months`; a heading stands at the left edge")
}

pub(super) fn unknown_section(heading: &Spanned<String>) -> Diagnostic {
    let name = heading.node.split_whitespace().next().unwrap_or("").trim_end_matches(':');
    let exact = section_names().find(|known| *known == name);
    if let Some(known) = exact {
        let message = format!("the heading `{known}` has something behind it");
        return Diagnostic::error("syntax/unknown-section", message, heading.span)
            .help(format!("write `{known}` alone on its line; items are indented below it"));
    }
    let names: Vec<_> = section_names().collect();
    let near = near_name(name, names.iter().copied());
    let help = near.unwrap_or_else(|| format!("the sections are {}", names.join(", ")));
    let message = format!("no section is called `{}`", name.chars().take(40).collect::<String>());
    Diagnostic::error("syntax/unknown-section", message, heading.span)
        .label("what stands below it is not checked")
        .help(help)
}

pub(super) fn unreadable_file(at: Span) -> Diagnostic {
    Diagnostic::error("syntax/unreadable", "the agreement cannot be read", at)
}

pub(super) fn bad_header(node: &Cursor<'_>) -> Diagnostic {
    let shape = shape("header")
        .map(|form| format!("the shape is {}, as in\n  {}", form.shape, form.example));
    Diagnostic::error(
        "syntax/bad-header",
        "the end of the first line cannot be read",
        piece(node, 0),
    )
    .maybe_help(shape)
}

pub(super) fn bad_header_slot(node: &Cursor<'_>) -> Diagnostic {
    let known =
        ["title", "signed", "starts", "calendar", "currency", "month", "year", "status", "see"];
    let first = node.text.split_whitespace().next().unwrap_or("");
    let near = nearest(first, known).or_else(|| known.iter().copied().find(|word| *word == first));
    let form = near.and_then(|word| {
        shapes().iter().find(|s| s.rule.starts_with("slot_") && s.shape.starts_with(word))
    });
    let help = form.map_or_else(
        || format!("the header can say {}", known.join(", ")),
        |form| format!("the shape is {}, as in: {}", form.shape, form.example),
    );
    let message =
        format!("`{}` cannot be read in the header", first.chars().take(40).collect::<String>());
    Diagnostic::error("syntax/bad-header", message, piece(node, 0)).help(help)
}

pub(super) fn no_such_date(node: &Cursor<'_>) -> Diagnostic {
    let message = format!("the calendar has no {}", node.text);
    Diagnostic::error("model/no-such-date", message, node.span).label("no such day")
}

pub(super) fn no_value(node: &Cursor<'_>, why: &str) -> Diagnostic {
    let text = node.text.trim();
    if why.starts_with("is not") {
        let code = text.split_whitespace().next().unwrap_or(text);
        let near = near_name(
            code,
            ["EUR", "USD", "GBP", "CHF", "JPY", "CNY", "CAD", "AUD", "SEK", "NOK", "DKK", "INR"],
        );
        return Diagnostic::error("model/no-such-currency", format!("`{code}` {why}"), node.span)
            .maybe_help(near);
    }
    Diagnostic::error("syntax/bad-value", format!("`{text}` is no value: {why}"), node.span)
}

pub(super) fn mixed_test(test: Span, joiner: Span) -> Diagnostic {
    Diagnostic::error(
        "syntax/mixed-test",
        "`and` and `or` stand in one condition, which can be read in two ways",
        test,
    )
    .also(joiner, "the other word")
    .help("use one of the two, or write two items")
}

pub(super) fn mixed_formula(formula: Span, operator: Span) -> Diagnostic {
    Diagnostic::error(
        "syntax/mixed-formula",
        "this formula both multiplies and adds, which can be read in two ways",
        formula,
    )
    .also(operator, "the other kind of step")
    .help(
        "put parentheses around what is worked out first: (net-sales minus baseline) times margin",
    )
}
