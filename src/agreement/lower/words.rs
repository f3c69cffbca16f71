//! Figures, conditions and outcomes as a reader would say them, for messages and facts.

use super::names::spelled;
use crate::agreement::model::Text;
use crate::source::Spanned;
use crate::syntax::ast::{
    Action, ActionKind, Amount, Bound, Choice, ChoiceKind, ConditionKind, Figure, FigureKind,
    Scalar, Term, Test, Thing, Window,
};
use crate::value::{Given, Str, grouped};

/// A value, a range, or what is left open.
pub(super) fn term(term: &Term) -> String {
    match &term.node {
        Given::Value(value) => scalar(value),
        Given::Range(low, high) => format!("{}..{}", scalar(low), scalar(high)),
        Given::Hole(hole) => hole.to_string(),
        Given::Unreadable => String::new(),
    }
}

pub(super) fn scalar(value: &Scalar) -> String {
    match value {
        Scalar::Number(number) => grouped(*number),
        Scalar::Percent(share) => share.to_string(),
        Scalar::Period(period) => period.to_string(),
        Scalar::Money(money) => money.to_string(),
        Scalar::Date(date) => date.to_string(),
        Scalar::Boundless => "unlimited".to_owned(),
    }
}

/// A figure or a formula.
pub(super) fn figure(given: &Figure) -> String {
    let list = |word: &str, figures: &[Figure]| {
        let figures: Vec<_> = figures.iter().map(figure).collect();
        match figures.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{word} of {} and {last}", rest.join(", ")),
            None => String::new(),
        }
    };
    match &given.node {
        FigureKind::Plain { value, unit, each } => {
            let unit = unit.as_ref().map_or(String::new(), |unit| format!(" {}", unit.node));
            let each = each.as_ref().map_or(String::new(), |each| format!(" per {}", each.node));
            format!("{}{unit}{each}", term(value))
        }
        FigureKind::Share { value, of } => format!("{} of {}", figure(value), figure(of)),
        FigureKind::Formula { first, rest } => {
            let steps = rest.iter().map(|(how, next)| format!(" {} {}", how.word(), figure(next)));
            format!("{}{}", figure(first), steps.collect::<String>())
        }
        FigureKind::Greater(figures) => list("greater", figures),
        FigureKind::Lesser(figures) => list("lesser", figures),
        FigureKind::Words { text, window } => in_window(&text.node, window.as_ref()),
        FigureKind::Item { standing, item, window } => {
            let words: Vec<_> = standing.iter().chain(item).map(|word| &*word.node).collect();
            in_window(&words.join(" "), window.as_ref())
        }
        FigureKind::Count(words) => words.to_string(),
        FigureKind::Rate => "rate".to_owned(),
        FigureKind::Hole(hole) => hole.to_string(),
    }
}

fn in_window(text: &str, window: Option<&Window>) -> String {
    window.map_or_else(|| text.to_owned(), |window| format!("{text} {}", window.text))
}

/// An amount with its bound and its steps.
pub(super) fn amount(given: &Amount) -> String {
    let bound = given.bound.map_or("", |bound| match bound.node {
        Bound::AtLeast => "at least ",
        Bound::AtMost => "at most ",
        Bound::MoreThan => "more than ",
        Bound::LessThan => "less than ",
        Bound::Exact => "exactly ",
    });
    let steps: Vec<_> = given.steps.iter().map(figure).collect();
    format!("{bound}{}{}", steps.join(" then "), if given.thereafter { " thereafter" } else { "" })
}

/// A condition; several are joined by the one connective there is.
pub(super) fn test(given: &Test) -> Text {
    let words: Vec<_> = given.conditions.iter().map(|each| condition(&each.node)).collect();
    Spanned::new(words.join(if given.any { " or " } else { " and " }).into(), given.span)
}

pub(super) fn condition(given: &ConditionKind) -> String {
    let often = |text: String, repeat: Option<&Str>| match repeat {
        Some(repeat) => format!("{text} {repeat}"),
        None => text,
    };
    match given {
        ConditionKind::Words(words) => words.to_string(),
        ConditionKind::Breaches(_, things) if things.is_empty() => "breach".to_owned(),
        ConditionKind::Breaches(_, named) => things(named),
        ConditionKind::ChangesControl { share, below, from, to, words, .. } => {
            let share =
                share.as_ref().map(term).or_else(|| words.as_ref().map(|w| w.node.to_string()));
            let of = if *below { "below" } else { "of" };
            let share = share.map_or(String::new(), |share| format!(" {of} {share}"));
            let named = |word: &str, named: &[Thing]| match named {
                [] => String::new(),
                named => format!(" {word} {}", things(named)),
            };
            format!("change of control{share}{}{}", named("from", from), named("to", to))
        }
        ConditionKind::Conduct(_, conduct) => conduct.to_string(),
        ConditionKind::State { item, state, repeat } => {
            let item = item.as_ref().map_or("it", |item| &item.node);
            often(format!("{item} {state}"), repeat.as_ref())
        }
        ConditionKind::Compare { figure: left, operator, against, window, repeat } => {
            let text = format!("{} {operator} {}", figure(left), figure(against));
            often(in_window(&text, window.as_ref()), repeat.as_ref())
        }
        ConditionKind::Hole(hole) => hole.to_string(),
    }
}

fn things(named: &[Thing]) -> String {
    let words: Vec<_> = named.iter().map(|thing| spelled(thing).node).collect();
    words.join(", ")
}

/// What an action does, as the vocabulary's word and as a reader would say it.
pub(super) fn deed(action: &Action) -> (&'static str, String) {
    match &action.kind {
        ActionKind::Pays { amount: paid, .. } => ("pay", format!("pays {}", amount(paid))),
        ActionKind::MakesGood(_) => ("remedy", "makes good".to_owned()),
        ActionKind::May(_, choices) => (leading(choices), format!("may {}", listed(choices))),
        ActionKind::Chooses(_, choices) => {
            (leading(choices), format!("chooses {}", listed(choices)))
        }
        ActionKind::Decides(_, named) if named.is_empty() => ("other", "decides".to_owned()),
        ActionKind::Decides(_, named) => ("other", format!("decides {}", things(named))),
        ActionKind::Owns(_) => ("other", "owns".to_owned()),
        ActionKind::Raise(to) | ActionKind::RaiseTo(to) => {
            ("talk", format!("raise to {}", to.node))
        }
        ActionKind::Effect { item, effect: word, by, .. } => {
            let by = by.as_ref().map_or(String::new(), |by| format!(" by {}", figure(by)));
            (effect(word), format!("{} {word}{by}", item.node))
        }
        ActionKind::Item(item) => ("other", item.node.to_string()),
        ActionKind::Words(words) => ("other", words.to_string()),
        ActionKind::Flag(flag) => ("change", flag.to_string()),
        ActionKind::StatusQuo => ("other", "status quo".to_owned()),
        ActionKind::Ends => ("exit", "ends".to_owned()),
        ActionKind::Hole(hole) => ("other", hole.to_string()),
    }
}

/// What something that happens to an item does: it ends, or it is changed.
fn effect(word: &str) -> &'static str {
    match word {
        "lapses" | "lapse" | "ends" | "end" | "is suspended" => "lapse",
        "falls due" | "fall due" => "pay",
        _ => "change",
    }
}

/// What a choice comes to: a right to leave, where that is among what may be chosen.
fn leading(choices: &[Choice]) -> &'static str {
    let does: Vec<_> = choices.iter().map(|choice| does(&choice.node)).collect();
    ["exit", "lapse", "change", "pay"].into_iter().find(|d| does.contains(d)).unwrap_or("other")
}

fn does(choice: &ChoiceKind) -> &'static str {
    match choice {
        ChoiceKind::Terminate { .. } => "exit",
        ChoiceKind::End(_) => "lapse",
        ChoiceKind::Claim(_) => "pay",
        ChoiceKind::Convert(..) | ChoiceKind::Flag(_) => "change",
        ChoiceKind::Effect(_, word) => effect(word),
        ChoiceKind::StatusQuo | ChoiceKind::Words(_) => "other",
    }
}

fn listed(choices: &[Choice]) -> String {
    let words = choices.iter().map(|choice| match &choice.node {
        ChoiceKind::Terminate { .. } => "terminate".to_owned(),
        ChoiceKind::End(item) => format!("end {}", item.node),
        ChoiceKind::Claim(claimed) => format!("claim {}", amount(claimed)),
        ChoiceKind::Convert(item, flag) => format!("convert {} to {flag}", item.node),
        ChoiceKind::Effect(item, word) => format!("{} {word}", item.node),
        ChoiceKind::Flag(flag) => flag.to_string(),
        ChoiceKind::StatusQuo => "status quo".to_owned(),
        ChoiceKind::Words(words) => words.to_string(),
    });
    words.collect::<Vec<_>>().join(" or ")
}
