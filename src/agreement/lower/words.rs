//! Figures, conditions and outcomes as a reader would say them, for messages and facts.

use std::fmt;

use smol_str::ToSmolStr;

use super::names;
use crate::agreement::model::Text;
use crate::source::Spanned;
use crate::syntax::ast::{
    Action, ActionKind, Amount, Bound, Choice, ChoiceKind, ConditionKind, Figure, FigureKind,
    Scalar, Term, Test, Thing, Window,
};
use crate::value::{Given, Str, spelled};

/// What is written, as a reader would say it.
struct Said<'a, T>(&'a T);

impl fmt::Display for Said<'_, Term> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.node {
            Given::Value(value) => Said(value).fmt(f),
            Given::Range(ends) => write!(f, "{}..{}", Said(&ends[0]), Said(&ends[1])),
            Given::Hole(hole) => hole.fmt(f),
            Given::Unreadable => Ok(()),
        }
    }
}

impl fmt::Display for Said<'_, Scalar> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Scalar::Number(number) => f.write_str(spelled(*number).text()),
            Scalar::Percent(share) => share.fmt(f),
            Scalar::Period(period) => period.fmt(f),
            Scalar::Money(money) => money.fmt(f),
            Scalar::Date(date) => date.fmt(f),
            Scalar::Boundless => f.write_str("unlimited"),
        }
    }
}

impl fmt::Display for Said<'_, Figure> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.node {
            FigureKind::Plain { value, unit, each } => {
                Said(value).fmt(f)?;
                for (before, word) in [(" ", unit), (" per ", each)] {
                    if let Some(word) = word {
                        f.write_str(before)?;
                        f.write_str(&word.node)?;
                    }
                }
                Ok(())
            }
            FigureKind::Share { value, of } => write!(f, "{} of {}", Said(&**value), Said(&**of)),
            FigureKind::Formula { first, rest } => {
                Said(&**first).fmt(f)?;
                rest.iter().try_for_each(|(how, next)| write!(f, " {} {}", how.word(), Said(next)))
            }
            FigureKind::Greater(figures) => listed(f, "greater", figures),
            FigureKind::Lesser(figures) => listed(f, "lesser", figures),
            FigureKind::Words { text, window } => {
                f.write_str(&in_window(&text.node, window.as_deref()))
            }
            FigureKind::Item { standing, item, window } => {
                let words: Vec<_> = standing.iter().chain(item).map(|word| &*word.node).collect();
                f.write_str(&in_window(&words.join(" "), window.as_deref()))
            }
            FigureKind::Count(words) => f.write_str(words),
            FigureKind::Rate => f.write_str("rate"),
            FigureKind::Hole(hole) => hole.fmt(f),
        }
    }
}

/// `greater of A, B and C`; of one, that one.
fn listed(f: &mut fmt::Formatter<'_>, word: &str, figures: &[Figure]) -> fmt::Result {
    let Some((last, rest)) = figures.split_last() else { return Ok(()) };
    if let Some((first, rest)) = rest.split_first() {
        write!(f, "{word} of {}", Said(first))?;
        rest.iter().try_for_each(|figure| write!(f, ", {}", Said(figure)))?;
        f.write_str(" and ")?;
    }
    write!(f, "{}", Said(last))
}

impl fmt::Display for Said<'_, Amount> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Amount { bound, steps, thereafter, .. } = self.0;
        f.write_str(bound.map_or("", |bound| match bound.node {
            Bound::AtLeast => "at least ",
            Bound::AtMost => "at most ",
            Bound::MoreThan => "more than ",
            Bound::LessThan => "less than ",
            Bound::Exact => "exactly ",
        }))?;
        for (index, step) in steps.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { " then " })?;
            Said(step).fmt(f)?;
        }
        f.write_str(if *thereafter { " thereafter" } else { "" })
    }
}

fn in_window(text: &str, window: Option<&Window>) -> String {
    window.map_or_else(|| text.to_owned(), |window| format!("{text} {}", window.text))
}

/// A figure or a formula.
pub(super) fn figure(given: &Figure) -> Str {
    Said(given).to_smolstr()
}

/// An amount with its bound and its steps.
pub(super) fn amount(given: &Amount) -> Str {
    Said(given).to_smolstr()
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
            let share = share
                .as_ref()
                .map(|share| Said(share).to_string())
                .or_else(|| words.as_ref().map(|w| w.node.to_string()));
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
            often(in_window(&text, window.as_deref()), repeat.as_ref())
        }
        ConditionKind::Hole(hole) => hole.to_string(),
    }
}

fn things(named: &[Thing]) -> String {
    let words: Vec<_> = named.iter().map(|thing| names::spelled(thing).node).collect();
    words.join(", ")
}

/// What an action does, as the vocabulary's word and as a reader would say it.
pub(super) fn deed(action: &Action) -> (&'static str, String) {
    match &action.kind {
        ActionKind::Pays { amount: paid, .. } => ("pay", format!("pays {}", amount(paid))),
        ActionKind::MakesGood(_) => ("remedy", "makes good".to_owned()),
        ActionKind::May(_, choices) => (leading(choices), format!("may {}", options(choices))),
        ActionKind::Chooses(_, choices) => {
            (leading(choices), format!("chooses {}", options(choices)))
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

fn options(choices: &[Choice]) -> String {
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
