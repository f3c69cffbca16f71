//! Why something cannot be told, in words.

use crate::policy::{currency, spelled};
use crate::value::{Comparison, Conventions, Period};
use crate::vocabulary::{Fact, Value};

use super::eval::Asking;
use super::operand::Operand;

/// Something may hide members of a list.
pub(super) const HIDDEN: &str = "there may be more than could be read";

/// Why two known values do not compare.
pub(super) fn of_comparison<'a>(
    asking: &Asking<'a>,
    how: Comparison,
    a: &Operand<'a>,
    b: &Operand<'a>,
) -> String {
    if asking.is_tired() {
        return "the rule takes too many steps on this agreement".to_owned();
    }
    let is = match how {
        Comparison::Less => "is less than",
        Comparison::AtMost => "is at most",
        Comparison::Equal => "is",
        Comparison::AtLeast => "is at least",
        Comparison::Greater => "is more than",
    };
    let (left, right) = (said(a), said(b));
    let why = [a, b]
        .into_iter()
        .find_map(|side| bounds(side, asking.conventions()))
        .or_else(|| apart(a, b));
    let why = why.map_or(String::new(), |why| format!("; {why}"));
    format!("whether {left} {is} {right}{why}")
}

/// Two amounts that do not add up.
pub(super) fn two_units(a: Option<&Operand<'_>>, b: &Operand<'_>) -> String {
    let a = a.map_or(String::new(), said);
    format!("{a} and {} do not add up without a rate", said(b))
}

/// An operand as a message says it.
pub(super) fn said(operand: &Operand<'_>) -> String {
    match operand {
        Operand::Fact(Fact::Known(value, _)) => spelled(value),
        Operand::Fact(Fact::Range(ends, _)) => {
            format!("{}..{}", spelled(&ends[0]), spelled(&ends[1]))
        }
        Operand::Fact(Fact::Hole(hole, _)) => hole.to_string(),
        Operand::Fact(Fact::Absent) => "(not stated)".to_owned(),
        Operand::Fact(Fact::Unreadable(_) | Fact::Unclear(..)) => "(cannot tell)".to_owned(),
        Operand::Count(tally) => match tally.high {
            Some(high) if high == tally.low => high.to_string(),
            Some(high) => format!("{} to {high}", tally.low),
            None => format!("{} or more", tally.low),
        },
        Operand::Nothing => "nothing".to_owned(),
        Operand::Choices(choices) => choices.iter().map(spelled).collect::<Vec<_>>().join(" or "),
    }
}

/// What a value may turn out to be.
fn bounds(operand: &Operand<'_>, by: &Conventions) -> Option<String> {
    let Operand::Fact(Fact::Known(value, _)) = operand else { return None };
    match value {
        Value::Duration(period) => days(*period, by),
        Value::Date(when) => match (when.waits_for(), when.range()) {
            (Some(event), _) => Some(format!("{event} has no date yet")),
            (None, Some((first, last))) if first != last => {
                Some(format!("the day is {first} or later, up to {last}"))
            }
            _ => None,
        },
        _ => None,
    }
}

fn days(period: Period, by: &Conventions) -> Option<String> {
    let counted = by.business.as_ref().ok().filter(|_| period.business_days() > 0);
    let counted = counted.and_then(|workdays| Some((workdays, workdays.covers()?)));
    let counted = counted.map_or(String::new(), |(workdays, (first, last))| {
        format!(", counted by {workdays} from {first} to {last}")
    });
    match period.bounds_by(by) {
        Ok((least, most)) if most == least => None,
        Ok((least, most)) => Some(format!("{period} is {least} to {most} days{counted}")),
        Err(why) => Some(format!("{period} is {} days or more: {why}", period.bounds().0)),
    }
}

/// Amounts that cannot be set against each other.
fn apart(a: &Operand<'_>, b: &Operand<'_>) -> Option<String> {
    let (Operand::Fact(Fact::Known(a, _)), Operand::Fact(Fact::Known(b, _))) = (a, b) else {
        return None;
    };
    match (currency(a), currency(b)) {
        (Some(one), Some(other)) if one != other => Some("no rate is stated".to_owned()),
        _ if matches!((a, b), (Value::Quantity(_), Value::Quantity(_))) => {
            Some("they count different things".to_owned())
        }
        _ => None,
    }
}
