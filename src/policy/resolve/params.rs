//! Parameters: their types, their values for each kind, their bounds.

use crate::diagnostic::{Diagnostic, near_name};
use crate::source::Spanned;
use crate::syntax::policy_ast::{Literal, ParamNode};
use crate::value::{Comparison, Conventions, Str};
use crate::vocabulary::{Type, Value, WORDS};

use super::super::compare::{currency, orderings};
use super::super::rule::Param;
use super::literal::{spelled, value_of};

/// A parameter, with whatever is wrong with it; none where it has no value to go by.
pub(super) fn param(node: &ParamNode, told: &mut Vec<Diagnostic>) -> Option<Param> {
    let Some(ty) = Type::named(&node.ty.node) else {
        told.push(unknown_type(&node.ty));
        return None;
    };
    let bounds = bounds(node, ty, told);
    let mut param = Param {
        name: node.name.node.to_string(),
        ty,
        list: node.list,
        default: Vec::new(),
        per_kind: Vec::new(),
        bounds,
        set: None,
    };
    let take = |param: &Param, written: &[Spanned<Literal>], told: &mut Vec<Diagnostic>| {
        values_of(param, written).unwrap_or_else(|each| {
            told.extend(each);
            Vec::new()
        })
    };
    param.default = take(&param, &node.values, told);
    for (words, values) in &node.per_kind {
        let values = take(&param, values, told);
        param.per_kind.push((kinds(words, told), values));
    }
    let complete =
        !param.default.is_empty() && param.per_kind.iter().all(|(_, values)| !values.is_empty());
    complete.then_some(param)
}

fn unknown_type(name: &Spanned<Str>) -> Diagnostic {
    let leaves = Type::LEAVES.iter().map(|(name, _)| *name);
    let near = near_name(&name.node, leaves.clone().chain(WORDS.iter().map(|words| words.name)));
    let known = || {
        let leaves: Vec<&str> = leaves.collect();
        format!("a type is {}, or the name of a list of words such as `kind`", leaves.join(", "))
    };
    let told =
        Diagnostic::error("policy/unknown-type", format!("`{}` is no type", name.node), name.span);
    told.help(near.unwrap_or_else(known))
}

/// The least and the most, in that order.
fn bounds(
    node: &ParamNode,
    ty: Type,
    told: &mut Vec<Diagnostic>,
) -> Option<(Value<'static>, Value<'static>)> {
    let (low, high) = node.bounds.as_ref()?;
    let mut read = |literal| match value_of(literal, ty) {
        Ok(value) => value,
        Err(each) => {
            told.push(*each);
            None
        }
    };
    let (least, most) = (read(low), read(high));
    let (least, most) = (least?, most?);
    let order = orderings(&least, &most, &Conventions::default())
        .and_then(|order| order.decide(Comparison::AtMost));
    if order == Some(true) {
        return Some((least, most));
    }
    let message = if order.is_none() {
        "these bounds cannot be set against each other"
    } else {
        "nothing lies within these bounds"
    };
    told.push(Diagnostic::error("policy/param-bounds", message, low.span.to(high.span)));
    None
}

/// The values of a parameter, each of its type and within its bounds.
pub(crate) fn values_of(
    param: &Param,
    written: &[Spanned<Literal>],
) -> Result<Vec<Value<'static>>, Vec<Diagnostic>> {
    let mut told = Vec::new();
    let mut values: Vec<Value<'static>> = Vec::new();
    let by_currency = param.ty == Type::Money && !param.list;
    if !param.list
        && !by_currency
        && let Some(second) = written.get(1)
    {
        let message = format!("`{}` is one value, not a list", param.name);
        told.push(
            Diagnostic::error("policy/param-value", message, second.span)
                .help(format!("a list is declared as: list of {}", param.ty)),
        );
    }
    for literal in written {
        match value_of(literal, param.ty) {
            Ok(None) => {}
            Err(each) => told.push(*each),
            Ok(Some(value)) => {
                let again =
                    by_currency && values.iter().any(|known| currency(known) == currency(&value));
                if again {
                    let message = format!("`{}` has two values in one currency", param.name);
                    told.push(Diagnostic::error("policy/param-value", message, literal.span));
                }
                told.extend(out_of_bounds(param, &value).map(|message| {
                    Diagnostic::error("policy/param-bounds", message, literal.span)
                }));
                values.push(value);
            }
        }
    }
    if told.is_empty() { Ok(values) } else { Err(told) }
}

fn out_of_bounds(param: &Param, value: &Value<'static>) -> Option<String> {
    let (low, high) = param.bounds.as_ref()?;
    let by = Conventions::default();
    let is = |how, bound| orderings(value, bound, &by).and_then(|order| order.decide(how));
    let outside =
        is(Comparison::AtLeast, low) == Some(false) || is(Comparison::AtMost, high) == Some(false);
    outside.then(|| format!("`{}` lies outside {}..{}", param.name, spelled(low), spelled(high)))
}

/// The kinds of agreement that words name; a strange word is told.
pub(super) fn kinds(words: &[Spanned<Str>], told: &mut Vec<Diagnostic>) -> Vec<&'static str> {
    let known = WORDS.iter().find(|each| each.name == "kind").map_or(&[][..], |each| each.words);
    let mut found = Vec::new();
    for word in words {
        if let Some(kind) = known.iter().find(|kind| **kind == word.node) {
            found.push(*kind);
        } else {
            let near = near_name(&word.node, known.iter().copied());
            let list = || format!("the kinds are: {}", known.join(", "));
            let message = format!("`{}` is no kind of agreement", word.node);
            told.push(
                Diagnostic::error("policy/unknown-kind", message, word.span)
                    .help(near.unwrap_or_else(list)),
            );
        }
    }
    found
}
