//! Amounts, figures and formulas, from pest's pairs to the tree.

use super::ast::{Amount, Bound, Figure, FigureKind, Operator, Scalar, Term, Window};
use super::notions::{hole, moment, normal, term};
use super::read::Reader;
use super::trouble;
use crate::source::Spanned;
use crate::syntax::cursor::Cursor;
use crate::syntax::grammar::Rule;
use crate::syntax::values;
use crate::value::{Given, Str};

pub(super) fn amount(reader: &mut Reader<'_>, node: Cursor<'_>) -> Amount {
    let span = node.span;
    let steps = Vec::with_capacity(node.left());
    let mut amount = Amount { bound: None, steps, thereafter: false, span };
    for child in node {
        match child.kind {
            Rule::bound => amount.bound = Some(Spanned::new(bound(child.text()), child.span)),
            Rule::thereafter => amount.thereafter = true,
            _ => {
                let figure = figure(reader, child);
                amount.steps.push(figure);
            }
        }
    }
    amount
}

pub(super) fn bound(text: &str) -> Bound {
    match (text.as_bytes().first(), text.split_whitespace().next_back()) {
        (Some(b'a'), Some("least")) => Bound::AtLeast,
        (Some(b'a'), _) => Bound::AtMost,
        (Some(b'm'), _) => Bound::MoreThan,
        (Some(b'l'), _) => Bound::LessThan,
        _ => Bound::Exact,
    }
}

pub(super) fn figure(reader: &mut Reader<'_>, mut node: Cursor<'_>) -> Figure {
    let span = node.span;
    let first = node.expect();
    let first = factor(reader, first);
    let mut rest: Vec<(Operator, Figure)> = Vec::new();
    let step = node.peek_span();
    while let Some(word) = node.next() {
        let operator = operator(word.text());
        if rest.first().is_some_and(|(other, _)| other.multiplies() != operator.multiplies()) {
            reader.diagnostics.push(trouble::mixed_formula(step.unwrap_or(span), word.span));
        }
        let next = node.expect();
        rest.push((operator, factor(reader, next)));
    }
    if rest.is_empty() {
        return first;
    }
    Spanned::new(FigureKind::Formula { first: Box::new(first), rest }, span)
}

fn operator(text: &str) -> Operator {
    match text.as_bytes() {
        [b't', ..] => Operator::Times,
        [b'd', ..] => Operator::DividedBy,
        [b'p', ..] => Operator::Plus,
        [b'm', ..] => Operator::Minus,
        [b'a', ..] => Operator::Above,
        _ => Operator::Below,
    }
}

fn factor(reader: &mut Reader<'_>, mut node: Cursor<'_>) -> Figure {
    let span = node.span;
    let kind = match node.kind {
        Rule::count => FigureKind::Count(normal(node.text())),
        Rule::extreme => {
            let word = node.expect().text();
            let figures = node.map(|child| figure(reader, child)).collect();
            if word.starts_with('g') || word.starts_with("lat") {
                FigureKind::Greater(figures)
            } else {
                FigureKind::Lesser(figures)
            }
        }
        Rule::valued => return valued(reader, node),
        _ => plain_figure(reader, node),
    };
    Spanned::new(kind, span)
}

fn plain_figure(reader: &mut Reader<'_>, mut node: Cursor<'_>) -> FigureKind {
    let first = node.expect();
    match first.kind {
        Rule::text => {
            let text = values::text(&first);
            FigureKind::Words {
                text,
                window: node.take_kind(Rule::window).map(|w| Box::new(window(reader, w))),
            }
        }
        Rule::standing => FigureKind::Item {
            standing: Some(first.spanned()),
            item: node.take_kind(Rule::reference).map(|item| item.spanned()),
            window: node.take_kind(Rule::window).map(|w| Box::new(window(reader, w))),
        },
        Rule::reference => FigureKind::Item {
            standing: None,
            item: Some(first.spanned()),
            window: node.take_kind(Rule::window).map(|w| Box::new(window(reader, w))),
        },
        Rule::hole => {
            let hole = hole(reader, first);
            match node.next() {
                // What is left open has a unit all the same: `redacted "units"`.
                Some(unit) => FigureKind::Plain {
                    value: hole.map(Given::Hole),
                    unit: Some(values::text(&unit)),
                    each: None,
                },
                None => FigureKind::Hole(hole.node),
            }
        }
        other => unreachable!("{other:?} opens no figure"),
    }
}

/// A value with its unit, a share of something, or a formula in parentheses.
fn valued(reader: &mut Reader<'_>, mut node: Cursor<'_>) -> Figure {
    let span = node.span;
    let mut first = node.expect();
    let at = first.span;
    let value = match first.kind {
        Rule::grouped => figure(reader, first.expect()),
        Rule::rate_word => Spanned::new(FigureKind::Rate, at),
        _ => {
            let value = term(reader, first);
            let texts = node.clone().filter(|child| child.kind == Rule::text);
            let (unit, each) = units(&value, texts.map(|text| values::text(&text)));
            Spanned::new(FigureKind::Plain { value, unit, each }, span)
        }
    };
    match node.find(|child| child.kind != Rule::text) {
        Some(of) => {
            let of = Box::new(factor(reader, of));
            Spanned::new(FigureKind::Share { value: Box::new(value), of }, span)
        }
        None => value,
    }
}

/// `over trailing 12 months`, `since start`, `in contract year 3`
pub(super) fn window(reader: &mut Reader<'_>, node: Cursor<'_>) -> Window {
    let mut window = Window { text: normal(node.text()), length: None, since: None };
    for child in node {
        match child.kind {
            Rule::term => window.length = Some(term(reader, child)),
            Rule::moment => window.since = Some(moment(reader, child)),
            _ => {}
        }
    }
    window
}

type Words = Option<Spanned<Str>>;

/// The unit and what it is counted for: `4 "posts" per "channel"`; money has no unit but what it is
/// paid for: `USD 20 per "subscription"`.
fn units(value: &Term, mut texts: impl Iterator<Item = Spanned<Str>>) -> (Words, Words) {
    let money = matches!(value.node, Given::Value(Scalar::Money(_)));
    match (texts.next(), texts.next()) {
        (each, None) if money => (None, each),
        (unit, each) => (unit, each),
    }
}
