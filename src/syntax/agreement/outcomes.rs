//! Conditions and what follows from them.

use super::ast::{
    Action, ActionKind, Bound, Choice, ChoiceKind, Condition, ConditionKind, Term, Test, Thing, Who,
};
use super::figures::{bound, figure};
use super::notions::{hole, normal, term, thing, who};
use super::read::Reader;
use super::trouble;
use crate::source::Spanned;
use crate::syntax::cursor::Cursor;
use crate::syntax::grammar::Rule;
use crate::syntax::values;
use crate::value::Given;

pub(super) fn test(reader: &mut Reader<'_>, node: Cursor<'_>) -> Test {
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
    let any = joiners.first().is_some_and(|joiner| joiner.text() == "or");
    if let Some(other) = joiners.iter().find(|joiner| (joiner.text() == "or") != any) {
        let first = joiners.first().map_or(span, |joiner| joiner.span);
        reader.diagnostics.push(trouble::mixed_test(first, other.span));
    }
    Test { conditions, any, span }
}

fn condition(reader: &mut Reader<'_>, mut node: Cursor<'_>) -> Condition {
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
            let repeat = node.next().map(|repeat| normal(repeat.text()));
            ConditionKind::State { item: None, state: normal(first.text()), repeat }
        }
        Rule::figure => {
            let left = Box::new(figure(reader, first));
            let operator = node.expect().text().to_owned();
            let against = node.expect();
            let against = Box::new(figure(reader, against));
            let window = node.take_kind(Rule::window);
            ConditionKind::Compare {
                figure: left,
                operator: operator.into(),
                against,
                window: window.map(|node| Box::new(super::figures::window(reader, node))),
                repeat: node.next().map(|repeat| normal(repeat.text())),
            }
        }
        _ => ConditionKind::State {
            item: Some(first.spanned()),
            state: normal(node.expect().text()),
            repeat: node.next().map(|repeat| normal(repeat.text())),
        },
    };
    Spanned::new(kind, span)
}

fn conduct(reader: &mut Reader<'_>, who: Who, mut node: Cursor<'_>) -> ConditionKind {
    let word = node.expect();
    match word.kind {
        Rule::breaches => {
            let things = node.map(|child| thing(reader, child)).collect();
            ConditionKind::Breaches(who, things)
        }
        Rule::changes_control => {
            let (mut share, mut words, mut to) = (None, None, Vec::new());
            let (mut below, mut from) = (false, Vec::new());
            for child in node {
                match child.kind {
                    Rule::over_word => below = child.text() == "below",
                    Rule::bound => {
                        below = matches!(bound(child.text()), Bound::LessThan | Bound::AtMost);
                    }
                    Rule::held_by => from.extend(child.map(|held| thing(reader, held))),
                    Rule::term => share = Some(term(reader, child)),
                    Rule::text => words = Some(values::text(&child)),
                    Rule::thing => to.push(thing(reader, child)),
                    // `at least` and `above`: from that share on.
                    _ => {}
                }
            }
            ConditionKind::ChangesControl { who, share, below, from, to, words }
        }
        _ => ConditionKind::Conduct(who, normal(word.text())),
    }
}

pub(super) fn action(reader: &mut Reader<'_>, mut node: Cursor<'_>) -> Action {
    let span = node.span;
    let first = node.expect();
    let kind = match first.kind {
        Rule::hole => ActionKind::Hole(hole(reader, first).node),
        Rule::text => ActionKind::Words(values::text(&first).node),
        Rule::status_quo => ActionKind::StatusQuo,
        Rule::flag => ActionKind::Flag(normal(first.text())),
        Rule::raise => {
            let to = node.expect();
            if to.kind == Rule::text {
                ActionKind::RaiseTo(values::text(&to))
            } else {
                ActionKind::Raise(to.spanned())
            }
        }
        Rule::who => {
            let who = who(first);
            deed(reader, who, node.expect())
        }
        Rule::ends_word => ActionKind::Ends,
        _ => match node.take_kind(Rule::effect) {
            Some(mut effect) => {
                let word = effect.expect();
                let by = effect.next().map(|by| figure(reader, by));
                let keeping = node.take_kind(Rule::keeping);
                let keeping = keeping.into_iter().flatten().map(|kept| thing(reader, kept));
                let (item, effect) = (first.spanned(), normal(word.text()));
                ActionKind::Effect { item, effect, by, keeping: keeping.collect() }
            }
            None => ActionKind::Item(first.spanned()),
        },
    };
    let within = node.take_kind(Rule::within).map(|within| length_within(reader, within));
    Action { kind, after: None, within, span }
}

/// The length of a `within` phrase; left open where it is.
fn length_within(reader: &mut Reader<'_>, mut node: Cursor<'_>) -> Term {
    let length = node.expect();
    match length.kind {
        Rule::hole => hole(reader, length).map(Given::Hole),
        _ => term(reader, length),
    }
}

fn deed(reader: &mut Reader<'_>, who: Who, mut node: Cursor<'_>) -> ActionKind {
    let Some(word) = node.next() else { return ActionKind::Decides(who, Vec::new()) };
    match word.kind {
        Rule::pays_word => {
            let whom = node.take_kind(Rule::who).map(super::notions::who);
            let payee = node.take_kind(Rule::text).map(|payee| values::text(&payee));
            let amount = node.expect();
            let amount = super::figures::amount(reader, amount);
            ActionKind::Pays { who, whom, payee, amount }
        }
        Rule::makes_good => ActionKind::MakesGood(who),
        Rule::owns_word => ActionKind::Owns(who),
        Rule::chooses => ActionKind::Chooses(who, choices(reader, node)),
        Rule::may_word => ActionKind::May(who, choices(reader, node)),
        _ => {
            let mut things: Vec<Thing> = vec![thing(reader, word)];
            things.extend(node.map(|child| thing(reader, child)));
            ActionKind::Decides(who, things)
        }
    }
}

fn choices(reader: &mut Reader<'_>, node: Cursor<'_>) -> Vec<Choice> {
    node.map(|child| choice(reader, child)).collect()
}

fn choice(reader: &mut Reader<'_>, mut node: Cursor<'_>) -> Choice {
    let span = node.span;
    let first = node.expect();
    let kind = match first.kind {
        Rule::text => ChoiceKind::Words(values::text(&first).node),
        Rule::status_quo => ChoiceKind::StatusQuo,
        Rule::flag => ChoiceKind::Flag(normal(first.text())),
        Rule::terminate => {
            let notice = match node.peek() {
                Some(Rule::term) => Some(term(reader, node.expect())),
                Some(Rule::hole) => Some(hole(reader, node.expect()).map(Given::Hole)),
                _ => None,
            };
            ChoiceKind::Terminate { notice, without_cure: node.next().is_some() }
        }
        Rule::end_word => ChoiceKind::End(node.expect().spanned()),
        Rule::claim_word => ChoiceKind::Claim(super::figures::amount(reader, node.expect())),
        Rule::convert_word => {
            let item = node.expect().spanned();
            ChoiceKind::Convert(item, normal(node.expect().text()))
        }
        _ => ChoiceKind::Effect(first.spanned(), normal(node.expect().text())),
    };
    Spanned::new(kind, span)
}
