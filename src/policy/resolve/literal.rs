//! Values written out in a policy.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, near_name};
use crate::source::Spanned;
use crate::syntax::policy_ast::Literal;
use crate::value::{Currency, Place};
use crate::vocabulary::{Type, Value};

/// A literal and its type; `Ok(None)` where what is wrong with it is told already.
pub(super) fn constant(
    literal: &Literal,
    want: Option<Type>,
) -> Result<Option<(Value<'static>, Type)>, String> {
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
        Literal::Code(code)
            if want == Some(Type::Currency) || (want != Some(Type::Country) && code.len() == 3) =>
        {
            let currency = Currency::from_code(code)
                .ok_or_else(|| format!("`{code}` is no currency of ISO 4217"))?;
            (Value::Currency(currency), Type::Currency)
        }
        Literal::Code(code) => {
            let place = Place::from_code(code)
                .ok_or_else(|| format!("`{code}` is no place of ISO 3166"))?;
            (Value::Country(Cow::Owned(place)), Type::Country)
        }
        Literal::Word(word) => return Err(format!("`{word}` is no value")),
        Literal::Wrong => return Ok(None),
    }))
}

/// A literal as a value of a parameter of type `ty`.
pub(crate) fn value_of(
    literal: &Spanned<Literal>,
    ty: Type,
) -> Result<Option<Value<'static>>, Box<Diagnostic>> {
    let wrong = |message: String| Diagnostic::error("policy/param-value", message, literal.span);
    if let Literal::Word(word) = &literal.node {
        return match (ty, word.as_str()) {
            (Type::Flag, "yes") => Ok(Some(Value::Flag(true))),
            (Type::Flag, "no") => Ok(Some(Value::Flag(false))),
            (Type::Duration | Type::Date, "perpetual") => Ok(Some(Value::Endless("perpetual"))),
            (Type::Money | Type::Number | Type::Quantity, "unlimited") => {
                Ok(Some(Value::Endless("unlimited")))
            }
            (Type::Word(words), word) => {
                let known = words.words.iter().find(|each| **each == word);
                let near = || near_name(word, words.words.iter().copied());
                let unknown = || wrong(format!("`{word}` is no {}", words.name));
                let told = || unknown().help(near().unwrap_or_else(|| one_of(words.words)));
                known.map(|known| Some(Value::Word(known))).ok_or_else(|| Box::new(told()))
            }
            (ty, word) => Err(Box::new(wrong(format!("`{word}` is no {ty}")))),
        };
    }
    let Some((value, is)) =
        constant(&literal.node, Some(ty)).map_err(|why| Box::new(wrong(why)))?
    else {
        return Ok(None);
    };
    if super::Shape::one(is).meets(super::Shape::one(ty)) {
        Ok(Some(value))
    } else {
        let [is, ty] = [is, ty].map(super::scope::with_article);
        Err(Box::new(wrong(format!("this is {is}, and {ty} is asked"))))
    }
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
    format!(
        "it is one of: {}{}",
        shown.join(", "),
        if shown.len() < words.len() { " ..." } else { "" }
    )
}
