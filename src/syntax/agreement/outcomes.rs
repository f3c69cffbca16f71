//! Conditions and what follows from them.

use super::ast::{Action, ActionKind, Condition, ConditionKind, Term, Test, Who};
use super::notions::{figure, hole, normal, term, thing, who};
use super::read::Reader;
use super::trouble;
use crate::source::Spanned;
use crate::syntax::cursor::Cursor;
use crate::syntax::grammar::Rule;
use crate::syntax::values;
use crate::value::Given;

pub(super) fn test(reader: &mut Reader, node: Cursor<'_>) -> Test {
    let span = node.span;
    let (mut conditions, mut joiners) = (Vec::new(), Vec::new());
    for child in node {
        if child.kind == Rule::joiner {
            joiners.push(child);
        } else {
            let condition = condition(reader, child);
            conditions.push(condition);
        }
    }
    let any = joiners.first().is_some_and(|joiner| joiner.text == "or");
    if let Some(other) = joiners.iter().find(|joiner| (joiner.text == "or") != any) {
        reader.diagnostics.push(trouble::mixed_test(span, other.span));
    }
    Test { conditions, any, span }
}

fn condition(reader: &mut Reader, mut node: Cursor<'_>) -> Condition {
    let span = node.span;
    let first = node.expect();
    let kind = match first.kind {
        Rule::text => ConditionKind::Words(values::text(&first).node),
        Rule::hole => ConditionKind::Hole(hole(reader, first).node),
        Rule::who => {
            let who = who(first);
            conduct(reader, who, node.expect())
        }
        Rule::bare_state => {
            let repeat = node.next().map(|repeat| normal(repeat.text));
            ConditionKind::State { item: None, state: normal(first.text), repeat }
        }
        _ => {
            let item = first.spanned();
            let second = node.expect();
            let third = node.next();
            match (second.kind, third) {
                (Rule::compare, Some(value)) => {
                    let figure = figure(reader, value);
                    ConditionKind::Compare { item, operator: second.text.to_owned(), figure }
                }
                (_, repeat) => ConditionKind::State {
                    item: Some(item),
                    state: normal(second.text),
                    repeat: repeat.map(|repeat| normal(repeat.text)),
                },
            }
        }
    };
    Spanned::new(kind, span)
}

fn conduct(reader: &mut Reader, who: Who, mut node: Cursor<'_>) -> ConditionKind {
    let word = node.expect();
    match word.kind {
        Rule::breaches => {
            let things = node.map(|child| thing(reader, child)).collect();
            ConditionKind::Breaches(who, things)
        }
        Rule::changes_control => ConditionKind::ChangesControl(who),
        _ => ConditionKind::Conduct(who, normal(word.text)),
    }
}

pub(super) fn action(reader: &mut Reader, mut node: Cursor<'_>) -> Action {
    let span = node.span;
    let first = node.expect();
    let kind = match first.kind {
        Rule::hole => ActionKind::Hole(hole(reader, first).node),
        Rule::text => ActionKind::Words(values::text(&first).node),
        Rule::status_quo => ActionKind::StatusQuo,
        Rule::flag => ActionKind::Flag(normal(first.text)),
        Rule::raise => {
            let to = node.expect();
            let plain = if to.kind == Rule::text { values::text(&to) } else { to.spanned() };
            ActionKind::Raise(plain)
        }
        Rule::who => {
            let who = who(first);
            deed(reader, who, node.expect())
        }
        _ => match node.take_kind(Rule::effect) {
            Some(effect) => ActionKind::Effect(first.spanned(), normal(effect.text)),
            None => ActionKind::Item(first.spanned()),
        },
    };
    let within = node.take_kind(Rule::within).map(|within| length_within(reader, within));
    Action { kind, after: None, within, span }
}

/// The length of a `within` phrase; left open where it is.
fn length_within(reader: &mut Reader, mut node: Cursor<'_>) -> Term {
    let length = node.expect();
    match length.kind {
        Rule::hole => hole(reader, length).map(Given::Hole),
        _ => term(reader, length),
    }
}

fn deed(reader: &mut Reader, who: Who, mut node: Cursor<'_>) -> ActionKind {
    let word = node.expect();
    match word.kind {
        Rule::terminates => {
            let notice = node.next().map(|notice| term(reader, notice));
            ActionKind::Terminates(who, notice)
        }
        Rule::pays_word => {
            let whom = node.take_kind(Rule::who).map(super::notions::who);
            let amount = node.expect();
            ActionKind::Pays(who, whom, super::notions::amount(reader, amount))
        }
        Rule::makes_good => ActionKind::MakesGood(who),
        _ => ActionKind::May(who, node.map(|choice| values::text(&choice)).collect()),
    }
}
