//! Why something could not be read, in the reader's words, with the shape that can be.
//!
//! Shapes and examples are the `///` lines of `grammar/agreement.pest`: said once, read from there.

use super::broken::{Around, Broken};
use super::reach::{flat, reach};
use super::shapes::{Shape, keywords, section_names, section_shapes, shape, shapes};
use super::{cause, choice};
use crate::diagnostic::{Diagnostic, near_name, nearest};
use crate::source::{Span, Spanned};
use crate::syntax::cursor::Cursor;
use crate::syntax::grammar::Rule;
use crate::value::Str;

pub(super) fn entry(section: &str) -> Option<Rule> {
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

/// A finding at a piece of text: from `at` to its end without trailing blanks.
pub(super) fn piece(node: &Cursor<'_>, at: usize) -> Span {
    let shown = node.text().trim_end();
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

/// A head nobody could read, with the shape that it comes nearest to.
#[cold]
pub(super) fn bad_head(
    section: &str,
    id: &Spanned<Str>,
    node: &Cursor<'_>,
    around: &Around<'_>,
) -> Diagnostic {
    let rule = entry(section).unwrap_or(Rule::whole_slot);
    let text = flat(node.text());
    let what = format!("`{}` in {section}", id.node);
    let broken = Broken::new(rule, &text, 0, keywords(&format!("head_{section}")), around);
    let mut cause = cause::of(section, &broken, reach(rule, &text));
    if !cause.settled {
        let form = choice::head(&section_shapes(section), &broken, cause.repaired.as_deref());
        cause.help = Some(form.map_or_else(|| list_of_forms(section), as_in_an_item));
    }
    cause.told("syntax/bad-item", &what, node, &text)
}

/// A slot nobody could read, with the shape that it comes nearest to.
#[cold]
pub(super) fn bad_slot(section: &str, node: &Cursor<'_>, around: &Around<'_>) -> Diagnostic {
    let text = flat(node.text());
    let what = format!("this slot in {section}");
    let broken = Broken::new(Rule::whole_slot, &text, 0, keywords("slot"), around);
    let deadline = if has_deadlines(section) { reach(Rule::whole_deadline, &text) } else { 0 };
    let at = if deadline > cause::second_word(&text) {
        deadline
    } else if cause::opens_a_slot(&text) {
        reach(Rule::whole_slot, &text)
    } else {
        0
    };
    let mut cause = cause::of(section, &broken, at);
    if !cause.settled {
        let form = choice::slot(&broken, cause.repaired.as_deref());
        let shown =
            |form: &Shape| format!("the shape is `{}`, as in: {}", form.shape, form.example);
        let any = || list_of_forms(section) + "; `note \"…\"` takes any words";
        cause.help = Some(form.map_or_else(any, shown));
    }
    cause.told("syntax/bad-slot", &what, node, &text)
}

/// Where all forms are found, if none comes near.
fn list_of_forms(section: &str) -> String {
    format!("`pactum explain {section}` lists what can be written there")
}

/// Whether a section has deadlines of any name, such as `assets 30 days`.
pub(super) fn has_deadlines(section: &str) -> bool {
    matches!(section, "exit" | "governance")
}

fn as_in_an_item(form: &Shape) -> String {
    format!("the shape is `{}`, as in\n  {}", form.shape, form.example)
}

#[cold]
pub(super) fn empty_item(section: &str, id: &Spanned<Str>) -> Diagnostic {
    let help = section_shapes(section)
        .first()
        .map(|form| format!("write, for example\n  {}", form.example));
    let message = format!("`{}` in {section} says nothing", id.node);
    Diagnostic::error("syntax/bad-item", message, id.span)
        .label("nothing stands after the colon")
        .maybe_help(help)
}

#[cold]
pub(super) fn bad_row(at: Span) -> Diagnostic {
    Diagnostic::error("syntax/bad-row", "this table row cannot be read", at)
        .help("a row opens and closes with `|` and has one `|` between its cells")
}

#[cold]
pub(super) fn stray(node: &Cursor<'_>) -> Diagnostic {
    let at = node.text().len() - node.text().trim_start().len();
    let span = piece(node, at);
    if node.kind == Rule::stray_row {
        return Diagnostic::error("syntax/stray-line", "this table row belongs to no item", span)
            .help("rows stand below the item they belong to");
    }
    Diagnostic::error("syntax/stray-line", "this line opens no item", span)
        .help("an item is a one-word id, a colon and its terms, such as `initial: 24 months`; a heading stands at the left edge")
}

#[cold]
pub(super) fn unknown_section(heading: &Spanned<&str>) -> Diagnostic {
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
    let message = format!("no section is called `{name}`");
    Diagnostic::error("syntax/unknown-section", message, heading.span)
        .label("what stands below it is not checked")
        .help(help)
}

pub(super) fn unreadable_file(at: Span) -> Diagnostic {
    Diagnostic::error("syntax/unreadable", "the agreement cannot be read", at)
}

#[cold]
pub(super) fn bad_header(node: &Cursor<'_>) -> Diagnostic {
    let shape = shape("header").map(as_in_an_item);
    Diagnostic::error(
        "syntax/bad-header",
        "the end of the first line cannot be read",
        piece(node, 0),
    )
    .maybe_help(shape)
}

#[cold]
pub(super) fn bad_header_slot(node: &Cursor<'_>) -> Diagnostic {
    let known =
        ["title", "signed", "starts", "calendar", "currency", "month", "year", "status", "see"];
    let first = node.text().split_whitespace().next().unwrap_or("");
    let near = nearest(first, known).or_else(|| known.iter().copied().find(|word| *word == first));
    let form = near.and_then(|word| {
        shapes().iter().find(|s| s.rule.starts_with("slot_") && s.shape.starts_with(word))
    });
    let help = form.map_or_else(
        || format!("the header can say {}", known.join(", ")),
        |form| format!("the shape is `{}`, as in: {}", form.shape, form.example),
    );
    let message = format!("`{first}` cannot be read in the header");
    Diagnostic::error("syntax/bad-header", message, piece(node, 0)).help(help)
}

#[cold]
pub(super) fn no_such_date(node: &Cursor<'_>) -> Diagnostic {
    let message = format!("the calendar has no {}", node.text());
    Diagnostic::error("model/no-such-date", message, node.span).label("no such day")
}

#[cold]
pub(super) fn no_value(node: &Cursor<'_>, why: &str) -> Diagnostic {
    let text = node.text().trim();
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

pub(super) fn mixed_test(first: Span, other: Span) -> Diagnostic {
    let message = "`and` and `or` stand in one condition, which can be read in two ways";
    Diagnostic::error("syntax/mixed-test", message, other)
        .label("the other word")
        .also(first, "the first word")
        .help("use one of the two, or write two items")
}

pub(super) fn mixed_formula(first: Span, other: Span) -> Diagnostic {
    let message = "this formula both multiplies and adds, which can be read in two ways";
    Diagnostic::error("syntax/mixed-formula", message, other)
        .label("the other kind of step")
        .also(first, "the first step")
        .help("put parentheses around what is worked out first: (net-sales minus baseline) times margin")
}
