//! The notions all sections share: who, things, values, moments, amounts, tests, outcomes.

use smallvec::{SmallVec, smallvec};

use super::ast::{Actor, Amount, Moment, MomentKind, Part, Scalar, Term, Thing, ThingKind, Who};
use super::figures;
use super::outcomes;
use super::read::Reader;
use super::trouble;
use crate::source::Spanned;
use crate::syntax::cursor::Cursor;
use crate::syntax::grammar::Rule;
use crate::syntax::values::{self, Measured, Reading};
use crate::value::{Date, Given, Hole, HoleKind, Number, Period, Str, Unit};

/// One child of a form.
pub(super) fn part(reader: &mut Reader<'_>, node: Cursor<'_>) -> Part {
    match node.kind {
        Rule::text => Part::Text(values::text(&node)),
        Rule::who => Part::Who(who(node)),
        Rule::role_who => Part::Who(lone(&node)),
        Rule::thing => Part::Thing(thing(reader, node)),
        Rule::term => Part::Term(term(reader, node)),
        Rule::money => {
            let span = node.span;
            Part::Term(Spanned::new(scalar(reader, node), span))
        }
        Rule::number => Part::Term(plain_number(reader, &node).map(|number| match number {
            Given::Value(number) => Given::Value(Scalar::Number(number)),
            _ => Given::Unreadable,
        })),
        Rule::amount => Part::Amount(figures::amount(reader, node)),
        Rule::figure => {
            let span = node.span;
            let figure = figures::figure(reader, node);
            Part::Amount(Amount { bound: None, steps: vec![figure], thereafter: false, span })
        }
        Rule::moment => Part::Moment(moment(reader, node)),
        Rule::distance => {
            let span = node.span;
            Part::Moment(Spanned::new(distance(reader, node), span))
        }
        Rule::every => Part::Every(every(reader, node)),
        Rule::each => each(reader, node),
        Rule::period => Part::Every(Spanned::new(period(node.text()), node.span)),
        Rule::test => Part::Test(outcomes::test(reader, node)),
        Rule::action => Part::Action(Box::new(outcomes::action(reader, node))),
        Rule::hole => Part::Hole(hole(reader, node)),
        _ => Part::Word(Spanned::new(normal(node.text()), node.span)),
    }
}

/// Words on one line, with single blanks between them.
pub(crate) fn normal(text: &str) -> Str {
    // Most are a word.
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return text.into();
    }
    let odd = |pair: [u8; 2]| pair == *b"  " || pair[0] < b' ' || !pair[0].is_ascii();
    let pairs = text.bytes().zip(text.bytes().skip(1).chain([b'x']));
    if pairs.into_iter().any(|(one, other)| odd([one, other])) {
        text.split_whitespace().collect::<Vec<_>>().join(" ").into()
    } else {
        text.into()
    }
}

pub(super) fn plain_number(reader: &mut Reader<'_>, node: &Cursor<'_>) -> Spanned<Given<Number>> {
    let given = match values::number(node.text()) {
        Ok(number) => Given::Value(number),
        Err(why) => {
            reader.diagnostics.push(trouble::no_value(node, why));
            Given::Unreadable
        }
    };
    Spanned::new(given, node.span)
}

pub(super) fn who(node: Cursor<'_>) -> Who {
    let span = node.span;
    let (mut actors, mut affiliates) = (SmallVec::new(), false);
    for child in node {
        match child.kind {
            Rule::affiliates => affiliates = true,
            _ => actors.push(Spanned::new(actor(&child), child.span)),
        }
    }
    Who { actors, affiliates, span }
}

fn lone(node: &Cursor<'_>) -> Who {
    let actors = smallvec![Spanned::new(actor(node), node.span)];
    Who { actors, affiliates: false, span: node.span }
}

fn actor(node: &Cursor<'_>) -> Actor {
    if node.kind == Rule::name {
        return Actor::Party(node.text().into());
    }
    match node.text().trim_start_matches("the").trim_start().as_bytes() {
        [b'e', b'i', ..] => Actor::Either,
        [b'e', ..] => Actor::Each,
        [b'o', ..] => Actor::Other,
        [b'a', ..] => Actor::All,
        _ => Actor::Nobody,
    }
}

pub(super) fn thing(reader: &mut Reader<'_>, mut node: Cursor<'_>) -> Thing {
    let span = node.span;
    let first = node.expect();
    let kind = match first.kind {
        Rule::text => {
            let text = values::text(&first).node;
            ThingKind::Words { text, places: node.map(|place| place.spanned()).collect() }
        }
        Rule::role_who => ThingKind::Role(actor(&first)),
        Rule::hole => ThingKind::Hole(hole(reader, first).node),
        Rule::name => ThingKind::Name(first.text().into()),
        _ => ThingKind::Item(first.text().into()),
    };
    Spanned::new(kind, span)
}

pub(super) fn hole(reader: &mut Reader<'_>, mut node: Cursor<'_>) -> Spanned<Hole> {
    let span = node.span;
    let first = node.expect();
    let tail = node.next();
    let hole = match (first.kind, tail) {
        (Rule::hole_agreed, Some(by)) if by.kind == Rule::date => {
            let date = day(reader, &by);
            Hole::new(HoleKind::ToBeAgreed, date)
        }
        (Rule::hole_agreed, Some(by)) => {
            // A day that is no date yet, such as `90 days before term end`, is kept as written.
            Hole::new(HoleKind::ToBeAgreedBy(normal(by.text()).to_string()), None)
        }
        (Rule::hole_agreed, None) => Hole::new(HoleKind::ToBeAgreed, None),
        (Rule::hole_decided, Some(by)) => {
            Hole::new(HoleKind::DecidedBy(by.text().to_owned()), None)
        }
        (Rule::hole_set_out, Some(place)) => {
            Hole::new(HoleKind::SetOutIn(values::text(&place).node.to_string()), None)
        }
        (Rule::hole_flaw, Some(what)) => {
            let text = values::text(&what).node;
            let undefined = first.text().starts_with('u');
            let kind = if undefined {
                HoleKind::Undefined(text.to_string())
            } else {
                HoleKind::Contradictory(text.to_string())
            };
            Hole::new(kind, None)
        }
        (Rule::redacted, _) => values::hidden(),
        _ => Hole::new(HoleKind::Blank, None),
    };
    Spanned::new(hole, span)
}

/// A day, or an error where the calendar has none.
fn day(reader: &mut Reader<'_>, node: &Cursor<'_>) -> Option<Date> {
    let date = values::date(node.text());
    if date.is_none() {
        reader.diagnostics.push(trouble::no_such_date(node));
    }
    date
}

pub(super) fn term(reader: &mut Reader<'_>, mut node: Cursor<'_>) -> Term {
    let span = node.span;
    let first = node.expect();
    let low = scalar(reader, first);
    let given = match node.next() {
        None => low,
        Some(second) => match (low, scalar(reader, second)) {
            (Given::Value(low), Given::Value(high)) => Given::range(low, high),
            (Given::Hole(hole), _) | (_, Given::Hole(hole)) => Given::Hole(hole),
            _ => Given::Unreadable,
        },
    };
    Spanned::new(given, span)
}

/// A single value: money, a date, or what opens with a number.
pub(super) fn scalar(reader: &mut Reader<'_>, node: Cursor<'_>) -> Given<Scalar> {
    let whole = node.clone();
    let reading = match node.kind {
        Rule::date => {
            return day(reader, &node).map_or(Given::Unreadable, |d| Given::Value(Scalar::Date(d)));
        }
        Rule::boundless => return Given::Value(Scalar::Boundless),
        Rule::money => match values::money(node).1 {
            Reading::Value(money) => Reading::Value(Scalar::Money(money)),
            Reading::Hidden => Reading::Hidden,
            Reading::Wrong(why) => Reading::Wrong(why),
        },
        _ => match values::measure(node) {
            Reading::Value(Measured::Number(number)) => Reading::Value(Scalar::Number(number)),
            Reading::Value(Measured::Percent(share)) => Reading::Value(Scalar::Percent(share)),
            Reading::Value(Measured::Period(period)) => Reading::Value(Scalar::Period(period)),
            Reading::Hidden => Reading::Hidden,
            Reading::Wrong(why) => Reading::Wrong(why),
        },
    };
    match reading {
        Reading::Value(value) => Given::Value(value),
        Reading::Hidden => Given::Hole(values::hidden()),
        Reading::Wrong(why) => {
            reader.diagnostics.push(trouble::no_value(&whole, why));
            Given::Unreadable
        }
    }
}

/// `quarter`, `contract year`, `half-year` as a length of time.
fn period(text: &str) -> Given<Scalar> {
    let word = text.split_whitespace().next_back().unwrap_or(text);
    let (count, unit) = match word {
        "half-year" => (6, Unit::Months),
        other => (1, values::unit(other)),
    };
    Period::new(count, unit)
        .map_or(Given::Unreadable, |period| Given::Value(Scalar::Period(period)))
}

/// `each quarter` recurs after a length of time, `each 15 March and 1 October` within a year;
/// `each contract-year` is a clock of the agreement, by its id.
fn each(reader: &mut Reader<'_>, mut node: Cursor<'_>) -> Part {
    let first = node.expect();
    let days: Vec<_> = node.collect();
    for day in std::iter::once(&first).chain(&days) {
        if day.kind == Rule::day_of_year && !values::has_day(day.text()) {
            reader.diagnostics.push(trouble::no_such_date(day));
        }
    }
    let times = 1 + u32::try_from(days.len()).unwrap_or(0);
    match first.kind {
        Rule::reference => Part::Word(first.spanned()),
        Rule::day_of_year => {
            let length = Period::new(12 / times.clamp(1, 12), Unit::Months);
            let length = length.map_or(Given::Unreadable, |l| Given::Value(Scalar::Period(l)));
            Part::Every(Spanned::new(length, first.span))
        }
        _ => Part::Every(Spanned::new(period(first.text()), first.span)),
    }
}

fn every(reader: &mut Reader<'_>, mut node: Cursor<'_>) -> Term {
    let inner = node.expect();
    match inner.kind {
        Rule::period => Spanned::new(period(inner.text()), inner.span),
        _ => term(reader, inner),
    }
}

pub(super) fn moment(reader: &mut Reader<'_>, mut node: Cursor<'_>) -> Moment {
    let span = node.span;
    let inner = node.expect();
    let kind = match inner.kind {
        Rule::moment_of => moment_of(reader, inner),
        Rule::date => day(reader, &inner).map_or(MomentKind::Unreadable, MomentKind::Day),
        Rule::quarter_date => quarter(inner.text()),
        Rule::year_date => year(inner.text()),
        Rule::distance => distance(reader, inner),
        Rule::nth_day => nth_day(reader, &inner),
        Rule::text => MomentKind::Event(values::text(&inner).node),
        Rule::hole => MomentKind::Hole(hole(reader, inner).node),
        _ => MomentKind::Named(normal(inner.text())),
    };
    Spanned::new(kind, span)
}

fn moment_of(reader: &mut Reader<'_>, mut node: Cursor<'_>) -> MomentKind {
    let word = node.expect().text();
    let first = node.expect();
    let first = Box::new(moment(reader, first));
    let second = node.expect();
    let second = Box::new(moment(reader, second));
    if word.starts_with('l') && !word.starts_with("les") || word.starts_with('g') {
        MomentKind::Later(first, second)
    } else {
        MomentKind::Earlier(first, second)
    }
}

fn distance(reader: &mut Reader<'_>, mut node: Cursor<'_>) -> MomentKind {
    let by = node.expect();
    let by = Box::new(term(reader, by));
    let before = node.expect().text().starts_with('b');
    let end = node.expect();
    let span = end.span;
    let from = match end.kind {
        Rule::each => {
            let text = normal(end.text());
            each(reader, end);
            Spanned::new(MomentKind::Recurring(text), span)
        }
        _ => moment(reader, end),
    };
    MomentKind::Distance { by, before, from: Box::new(from) }
}

/// `day 15 of month 2 after each quarter`: no month has more than 31 days, no year more months.
fn nth_day(reader: &mut Reader<'_>, node: &Cursor<'_>) -> MomentKind {
    for word in node.clone() {
        let most = match word.kind {
            Rule::nth_word => 31,
            Rule::nth_month => 12,
            _ => continue,
        };
        let number = word.text().split_whitespace().next_back().and_then(values::whole);
        if number.is_none_or(|number| number == 0 || number > most) {
            reader.diagnostics.push(trouble::no_such_date(&word));
        }
    }
    MomentKind::Recurring(normal(node.text()))
}

/// `2026-Q2`: from its first day to its last.
fn quarter(text: &str) -> MomentKind {
    let number = |part: &str| part.parse::<i16>().ok();
    let stretch = text.split_once("-Q").and_then(|(y, q)| {
        let first = Date::new(number(y)?, i8::try_from(number(q)? * 3 - 2).ok()?, 1)?;
        Some((first, first.plus_months(3)?.plus_days(-1)?))
    });
    stretch.map_or(MomentKind::Unreadable, |(first, last)| MomentKind::Stretch(first, last))
}

/// `2026`: from its first day to its last.
fn year(text: &str) -> MomentKind {
    let year = text.parse::<i16>().ok();
    let stretch = year.and_then(|year| Date::new(year, 1, 1).zip(Date::new(year, 12, 31)));
    stretch.map_or(MomentKind::Unreadable, |(first, last)| MomentKind::Stretch(first, last))
}
