//! Values written out in a policy, and the parameters they fill.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, near_name};
use crate::source::Spanned;
use crate::syntax::policy_ast::{Literal, ParamNode};
use crate::value::{Comparison, Currency, Place};
use crate::vocabulary::{Type, Value, WORDS};

use super::super::compare::orderings;
use super::super::rule::Param;

/// A literal and its type; `Ok(None)` where what is wrong with it is told already.
pub(super) fn constant(literal: &Literal, want: Option<Type>) -> Result<Option<(Value<'static>, Type)>, String> {
    Ok(Some(match literal {
        Literal::Date(date) => (Value::Date(crate::value::When::day(*date)), Type::Date),
        Literal::Money(money) => (Value::Money(*money), Type::Money),
        Literal::Number(number) => (Value::Number(*number), Type::Number),
        Literal::Percent(percent) => (Value::Percent(*percent), Type::Percent),
        Literal::Duration(period) => (Value::Duration(*period), Type::Duration),
        Literal::Text(text) => {
            let ty = if want == Some(Type::Name) { Type::Name } else { Type::Text };
            (Value::Text(Cow::Owned(text.clone())), ty)
        }
        Literal::Code(code) if want == Some(Type::Currency) || (want != Some(Type::Country) && code.len() == 3) => {
            let currency = Currency::from_code(code).ok_or_else(|| format!("`{code}` is no currency of ISO 4217"))?;
            (Value::Currency(currency), Type::Currency)
        }
        Literal::Code(code) => {
            let place = Place::from_code(code).ok_or_else(|| format!("`{code}` is no place of ISO 3166"))?;
            (Value::Country(Cow::Owned(place)), Type::Country)
        }
        Literal::Word(word) => return Err(format!("`{word}` is no value")),
        Literal::Wrong => return Ok(None),
    }))
}

/// A literal as a value of a parameter of type `ty`.
pub(crate) fn value_of(literal: &Spanned<Literal>, ty: Type) -> Result<Option<Value<'static>>, Diagnostic> {
    let wrong = |message: String| Diagnostic::error("policy/param-value", message, literal.span);
    if let Literal::Word(word) = &literal.node {
        return match (ty, word.as_str()) {
            (Type::Flag, "yes") => Ok(Some(Value::Flag(true))),
            (Type::Flag, "no") => Ok(Some(Value::Flag(false))),
            (Type::Duration | Type::Date, "perpetual") => Ok(Some(Value::Endless("perpetual"))),
            (Type::Money | Type::Number | Type::Quantity, "unlimited") => Ok(Some(Value::Endless("unlimited"))),
            (Type::Word(words), word) => match words.words.iter().find(|each| **each == word) {
                Some(known) => Ok(Some(Value::Word(known))),
                None => {
                    let near = near_name(word, words.words.iter().copied());
                    Err(wrong(format!("`{word}` is no {}", words.name)).help(near.unwrap_or_else(|| one_of(words.words))))
                }
            },
            (ty, word) => Err(wrong(format!("`{word}` is no {ty}"))),
        };
    }
    let Some((value, is)) = constant(&literal.node, Some(ty)).map_err(wrong)? else { return Ok(None) };
    if super::Shape::one(is).meets(super::Shape::one(ty)) {
        Ok(Some(value))
    } else {
        Err(wrong(format!("this is {}, and {} is asked", super::scope::with_article(is), super::scope::with_article(ty))))
    }
}

/// The values of a parameter, each of its type and within its bounds.
pub(crate) fn values_of(param: &Param, written: &[Spanned<Literal>]) -> Result<Vec<Value<'static>>, Vec<Diagnostic>> {
    let mut told = Vec::new();
    let mut values: Vec<Value<'static>> = Vec::new();
    let by_currency = param.ty == Type::Money && !param.list;
    if !param.list && !by_currency && let Some(second) = written.get(1) {
        let message = format!("`{}` is one value, not a list", param.name);
        told.push(Diagnostic::error("policy/param-value", message, second.span).help(format!("a list is declared as: list of {}", param.ty)));
    }
    for literal in written {
        match value_of(literal, param.ty) {
            Ok(None) => {}
            Err(each) => told.push(each),
            Ok(Some(value)) => {
                let again = by_currency
                    && values.iter().any(|known| super::super::compare::currency(known) == super::super::compare::currency(&value));
                if again {
                    let message = format!("`{}` has two values in one currency", param.name);
                    told.push(Diagnostic::error("policy/param-value", message, literal.span));
                }
                told.extend(out_of_bounds(param, &value).map(|message| Diagnostic::error("policy/param-bounds", message, literal.span)));
                values.push(value);
            }
        }
    }
    if told.is_empty() { Ok(values) } else { Err(told) }
}

fn out_of_bounds(param: &Param, value: &Value<'static>) -> Option<String> {
    let (low, high) = param.bounds.as_ref()?;
    let is = |how, bound| orderings(value, bound).and_then(|order| order.decide(how));
    let outside = is(Comparison::AtLeast, low) == Some(false) || is(Comparison::AtMost, high) == Some(false);
    outside.then(|| format!("`{}` lies outside {}..{}", param.name, spelled(low), spelled(high)))
}

/// A constant as a policy writes it.
pub(crate) fn spelled(value: &Value<'_>) -> String {
    match value {
        Value::Flag(flag) => (if *flag { "yes" } else { "no" }).to_owned(),
        Value::Number(number) => crate::value::grouped(*number),
        Value::Percent(percent) => percent.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Duration(period) => period.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Quantity(quantity) => quantity.to_string(),
        Value::Text(text) => text.to_string(),
        Value::Word(word) | Value::Endless(word) => (*word).to_owned(),
        Value::Country(place) => place.to_string(),
        Value::Currency(currency) => currency.to_string(),
        Value::Record(record) => record.spelled().into_owned(),
        Value::List(_) => String::new(),
    }
}

/// The first of a list of words, as help.
pub(super) fn one_of(words: &[&str]) -> String {
    let shown = words.get(..12).unwrap_or(words);
    format!("it is one of: {}{}", shown.join(", "), if shown.len() < words.len() { " ..." } else { "" })
}

/// The kinds of agreement that words name; a strange word is told.
pub(super) fn kinds(words: &[Spanned<String>], told: &mut Vec<Diagnostic>) -> Vec<&'static str> {
    let known = WORDS.iter().find(|each| each.name == "kind").map_or(&[][..], |each| each.words);
    let mut found = Vec::new();
    for word in words {
        if let Some(kind) = known.iter().find(|kind| **kind == word.node) {
            found.push(*kind);
        } else {
            let near = near_name(&word.node, known.iter().copied());
            let list = || format!("the kinds are: {}", known.join(", "));
            let message = format!("`{}` is no kind of agreement", word.node);
            told.push(Diagnostic::error("policy/unknown-kind", message, word.span).help(near.unwrap_or_else(list)));
        }
    }
    found
}

/// A parameter, with whatever is wrong with it.
pub(super) fn param(node: &ParamNode, told: &mut Vec<Diagnostic>) -> Option<Param> {
    let Some(ty) = Type::named(&node.ty.node) else {
        let names = Type::LEAVES.iter().map(|(name, _)| *name).chain(WORDS.iter().map(|words| words.name));
        let near = near_name(&node.ty.node, names);
        let known = || "a type is flag, number, percent, money, duration, date, quantity, text, name, country, currency, or the name of a list of words".to_owned();
        let message = format!("`{}` is no type", node.ty.node);
        told.push(Diagnostic::error("policy/unknown-type", message, node.ty.span).help(near.unwrap_or_else(known)));
        return None;
    };
    let name = node.name.node.clone();
    let mut param =
        Param { name, ty, list: node.list, default: Vec::new(), per_kind: Vec::new(), bounds: None, set: None };
    let mut read = |result: Result<Option<Value<'static>>, Diagnostic>| match result {
        Ok(value) => value,
        Err(each) => {
            told.push(each);
            None
        }
    };
    if let Some((low, high)) = &node.bounds {
        let bounds = (read(value_of(low, ty)), read(value_of(high, ty)));
        if let (Some(low_value), Some(high_value)) = bounds {
            let upside_down = orderings(&low_value, &high_value).is_none_or(|order| order.decide(Comparison::AtMost) == Some(false));
            if upside_down {
                told.push(Diagnostic::error("policy/param-bounds", "nothing lies within these bounds", low.span.to(high.span)));
            } else {
                param.bounds = Some((low_value, high_value));
            }
        }
    }
    let mut take = |param: &Param, written: &[Spanned<Literal>]| values_of(param, written).unwrap_or_else(|each| {
        told.extend(each);
        Vec::new()
    });
    param.default = take(&param, &node.values);
    let per_kind: Vec<_> = node.per_kind.iter().map(|(words, values)| (words, take(&param, values))).collect();
    param.per_kind = per_kind.into_iter().map(|(words, values)| (kinds(words, told), values)).collect();
    let complete = !param.default.is_empty() && param.per_kind.iter().all(|(_, values)| !values.is_empty());
    complete.then_some(param)
}
