//! What accessors are made of: from leaves, dates and lists of the model to facts.

use std::borrow::Cow;

use super::facts::section;
use super::{Anchor, Fact, Facts, List, Record, Value, Where};
use crate::agreement::{Agreement, Holder, Leaf, Parties, Text};
use crate::analysis::{Dated, Dating};
use crate::source::{Span, Spanned};
use crate::value::{Given, Number, Period, Quantity};

pub(super) fn known(value: Value<'_>, at: impl Into<Span>) -> Fact<'_> {
    Fact::Known(value, Where::At(at.into()))
}

/// What an item does not state; unknown where part of it could not be read.
pub(super) fn absent<'a>(partial: Option<Span>) -> Fact<'a> {
    partial.map_or(Fact::Absent, Fact::Unreadable)
}

pub(super) fn text<T: AsRef<str>>(text: &Spanned<T>) -> Fact<'_> {
    known(words(&text.node), text.span)
}

pub(super) fn maybe_text(found: Option<&Text>, partial: Option<Span>) -> Fact<'_> {
    found.map_or_else(|| absent(partial), text)
}

pub(super) fn word<'a>(word: &Spanned<&'static str>) -> Fact<'a> {
    known(Value::Word(word.node), word.span)
}

pub(super) fn flag<'a>(found: Option<impl Into<Span>>, otherwise: impl Into<Span>) -> Fact<'a> {
    let found = found.map(Into::into);
    known(Value::Flag(found.is_some()), found.unwrap_or_else(|| otherwise.into()))
}

pub(super) fn record(record: Record<'_>) -> Fact<'_> {
    known(Value::Record(record), record.anchor().span)
}

/// A leaf, its value told by `value`.
pub(super) fn leaf<'a, T>(leaf: &'a Leaf<T>, value: impl Fn(&'a T) -> Value<'a>) -> Fact<'a> {
    match &leaf.node {
        Given::Value(inner) => known(value(inner), leaf.span),
        Given::Range(ends) => {
            Fact::Range(Box::new(ends.each_ref().map(value)), Where::At(leaf.span))
        }
        Given::Hole(hole) => Fact::Hole(hole, leaf.span),
        Given::Unreadable => Fact::Unreadable(leaf.span),
    }
}

/// A leaf that may be missing.
pub(super) fn maybe<'a, T>(
    found: Option<&'a Leaf<T>>,
    partial: Option<Span>,
    value: impl Fn(&'a T) -> Value<'a>,
) -> Fact<'a> {
    found.map_or_else(|| absent(partial), |found| leaf(found, value))
}

pub(super) fn duration<'a>(period: &Period) -> Value<'a> {
    if *period == Period::PERPETUAL {
        Value::Endless("perpetual")
    } else {
        Value::Duration(*period)
    }
}

pub(super) fn quantity(quantity: &Quantity) -> Value<'_> {
    if quantity.number == Number::MAX {
        Value::Endless("unlimited")
    } else {
        Value::Quantity(Cow::Borrowed(quantity))
    }
}

pub(super) fn words<T: AsRef<str>>(text: &T) -> Value<'_> {
    Value::Text(Cow::Borrowed(text.as_ref()))
}

/// A date with the places it follows from.
pub(super) fn dated(dated: &Dated) -> Fact<'_> {
    let places = Where::From(&dated.sources);
    let first = dated.sources.first().copied().unwrap_or_default();
    match &dated.date {
        Dating::Known(when) => Fact::Known(Value::Date(when.clone()), places),
        Dating::Open(hole) => Fact::Hole(hole, first),
        Dating::Endless(word) => Fact::Known(Value::Endless(word), places),
        Dating::Missing => Fact::Absent,
        Dating::Unclear(why) => Fact::Unclear(why.clone(), places),
        Dating::Unreadable => Fact::Unreadable(first),
    }
}

/// A list at a place.
pub(super) fn list<'a>(
    members: impl IntoIterator<Item = Fact<'a>>,
    place: Anchor<'a>,
    doubt: Option<Span>,
) -> Fact<'a> {
    let at = place.span;
    let members = members.into_iter().collect();
    known(Value::List(Box::new(List { members, place, doubt })), at)
}

/// The items of a section.
pub(super) fn items<'a, T>(
    agreement: &'a Agreement,
    name: &'static str,
    parts: &'a [T],
    of: impl Fn(&'a T) -> Record<'a>,
) -> Fact<'a> {
    let members = parts.iter().map(|part| record(of(part)));
    list(members, section(agreement, name), agreement.doubt(name))
}

/// Texts of an item; they stand where the first of them does, else at the item.
pub(super) fn texts<'a>(texts: &'a [Text], owner: Record<'a>) -> Fact<'a> {
    let mut place = owner.anchor();
    if let Some(first) = texts.first() {
        place.span = first.span;
    }
    list(texts.iter().map(text), place, owner.partial())
}

/// The parties an item names.
pub(super) fn parties<'a>(facts: Facts<'a>, named: &'a Parties, owner: Record<'a>) -> Fact<'a> {
    let members = named.members.iter().filter_map(|(party, at)| {
        let party = facts.agreement.parties.get(*party)?;
        Some(known(Value::Record(Record::Party(party)), *at))
    });
    let place = Anchor { span: named.span, ..owner.anchor() };
    list(members, place, named.doubt)
}

/// The party an item means, where everybody is meant when nobody is named.
pub(super) fn everybody<'a>(
    facts: Facts<'a>,
    named: Option<&'a Parties>,
    owner: Record<'a>,
) -> Fact<'a> {
    named.map_or_else(
        || {
            let all = facts.agreement.parties.iter().map(|party| record(Record::Party(party)));
            list(all, owner.anchor(), None)
        },
        |named| parties(facts, named, owner),
    )
}

/// One party, where exactly one is named.
pub(super) fn one_party<'a>(facts: Facts<'a>, named: &'a Parties) -> Fact<'a> {
    match (named.members.first(), named.doubt) {
        (Some((party, at)), _) => facts
            .agreement
            .parties
            .get(*party)
            .map_or(Fact::Absent, |party| known(Value::Record(Record::Party(party)), *at)),
        (None, Some(doubt)) => Fact::Unclear("it is named in words only".into(), Where::At(doubt)),
        (None, None) => Fact::Absent,
    }
}

/// A holder: the party it is, or unclear where words name it.
pub(super) fn holder<'a>(
    facts: Facts<'a>,
    found: Option<&'a Leaf<Holder>>,
    partial: Option<Span>,
) -> Fact<'a> {
    let Some(leaf) = found else { return absent(partial) };
    match &leaf.node {
        Given::Value(holder) => {
            match holder.party.and_then(|party| facts.agreement.parties.get(party)) {
                Some(party) => known(Value::Record(Record::Party(party)), leaf.span),
                None => Fact::Unclear("it is named in words only".into(), Where::At(leaf.span)),
            }
        }
        Given::Hole(hole) => Fact::Hole(hole, leaf.span),
        Given::Range(..) | Given::Unreadable => Fact::Unreadable(leaf.span),
    }
}
