//! The leaves both languages share, from pest's pairs to typed values.

use super::cursor::Cursor;
use super::grammar::Rule;
use crate::source::Spanned;
use crate::value::{
    Currency, Date, Hole, HoleKind, Money, Number, Percent, Period, Str, Unit, parse_number,
};

/// A number, share or length of time, as written; or why it is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading<T> {
    /// A value.
    Value(T),
    /// Hidden: `redacted days`.
    Hidden,
    /// It looks like a value and is none; why, in words.
    Wrong(&'static str),
}

/// What opens with a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Measured {
    Number(Number),
    Percent(Percent),
    Period(Period),
}

/// The quoted words, without quotes and escapes.
pub(super) fn text(cursor: &Cursor<'_>) -> Spanned<Str> {
    let inner = cursor.text().get(1..cursor.text().len().saturating_sub(1)).unwrap_or("");
    let plain = if memchr::memchr(b'\\', inner.as_bytes()).is_some() {
        inner.replace("\\\"", "\"").replace("\\\\", "\\").into()
    } else {
        inner.into()
    };
    Spanned::new(plain, cursor.span)
}

/// The day a `date` names, such as `2026-04-01`, if the calendar has it.
pub(super) fn date(text: &str) -> Option<Date> {
    let year = text.get(..4)?.parse().ok()?;
    Date::new(year, text.get(5..7)?.parse().ok()?, text.get(8..10)?.parse().ok()?)
}

/// Whether some year has that day: `29 February`, and never `31 June`.
pub(super) fn has_day(text: &str) -> bool {
    const MONTHS: [(&str, u32); 12] = [
        ("January", 31),
        ("February", 29),
        ("March", 31),
        ("April", 30),
        ("May", 31),
        ("June", 30),
        ("July", 31),
        ("August", 31),
        ("September", 30),
        ("October", 31),
        ("November", 30),
        ("December", 31),
    ];
    let mut words = text.split_whitespace();
    let day = words.next().and_then(whole).unwrap_or(0);
    let most = words.next().and_then(|month| MONTHS.iter().find(|(name, _)| *name == month));
    most.is_some_and(|(_, most)| (1..=*most).contains(&day))
}

/// A plain number. Commas must stand before groups of three, and only there.
pub(super) fn number(text: &str) -> Result<Number, &'static str> {
    // All digits before the first comma or point.
    let first = text.bytes().position(|byte| matches!(byte, b',' | b'.'));
    if first.is_some_and(|at| at > 3 && text.as_bytes()[at] == b',') {
        return Err("commas stand before each group of three digits, as in 1,500,000");
    }
    parse_number(text).ok_or("this number has more digits than can be kept exactly")
}

/// A whole number.
pub(super) fn whole(text: &str) -> Option<u32> {
    if text.as_bytes().contains(&b',') {
        text.replace(',', "").parse().ok()
    } else {
        text.parse().ok()
    }
}

/// Money; a `money` pair.
pub(super) fn money(mut cursor: Cursor<'_>) -> (Option<Currency>, Reading<Money>) {
    let code = cursor.expect();
    let figure = cursor.expect();
    let currency = Currency::from_code(code.text());
    let reading = match (currency, figure.kind) {
        (_, Rule::redacted) => Reading::Hidden,
        (None, _) => Reading::Wrong("is not an ISO 4217 currency"),
        (Some(currency), _) => match number(figure.text()) {
            Ok(amount) => Reading::Value(Money { amount, currency }),
            Err(why) => Reading::Wrong(why),
        },
    };
    (currency, reading)
}

/// A number, share or length of time; a `measure` pair.
pub(super) fn measure(mut cursor: Cursor<'_>) -> Reading<Measured> {
    let figure = cursor.expect();
    let tail = cursor.next();
    if figure.kind == Rule::redacted {
        return Reading::Hidden;
    }
    let number = match number(figure.text()) {
        Ok(number) => number,
        Err(why) => return Reading::Wrong(why),
    };
    match tail {
        None => Reading::Value(Measured::Number(number)),
        Some(tail) if tail.kind == Rule::percent_sign => Percent::from_percent(number)
            .map_or(Reading::Wrong("a share has at most twelve decimals"), |share| {
                Reading::Value(Measured::Percent(share))
            }),
        Some(tail) if tail.kind == Rule::unit => {
            whole(figure.text()).and_then(|count| Period::new(count, unit(tail.text()))).map_or(
                Reading::Wrong("a length of time is a whole number, up to a thousand years"),
                |p| Reading::Value(Measured::Period(p)),
            )
        }
        Some(below) => whole(figure.text())
            .zip(whole(below.text()))
            .and_then(|(above, below)| Percent::from_fraction(above, below))
            .map_or(
                Reading::Wrong("a fraction is a whole number over another, not over zero"),
                |share| Reading::Value(Measured::Percent(share)),
            ),
    }
}

/// The unit of time a `unit` names.
pub(super) fn unit(text: &str) -> Unit {
    match text.as_bytes().first() {
        Some(b'b') => Unit::BusinessDays,
        Some(b'd') => Unit::Days,
        Some(b'w') => Unit::Weeks,
        Some(b'm') => Unit::Months,
        Some(b'q') => Unit::Quarters,
        _ => Unit::Years,
    }
}

/// The hole a hidden figure is.
pub(super) fn hidden() -> Hole {
    Hole::new(HoleKind::Redacted, None)
}
