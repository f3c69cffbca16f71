//! Facts of values: the figure of money, the unit of a quantity, the figures in a text.

use std::borrow::Cow;

use crate::policy::Part;
use crate::vocabulary::{Fact, Value};

use super::operand::Operand;

/// A fact of a value: of both ends, where it is a range.
pub(super) fn part_of(of: Operand<'_>, part: Part) -> Operand<'_> {
    match of {
        Operand::Fact(Fact::Known(value, at)) => match take_part(value, part) {
            Some(value) => Operand::Fact(Fact::Known(value, at)),
            None => Operand::unclear("it has no such part"),
        },
        Operand::Fact(Fact::Range(ends, at)) => match ends.map(|end| take_part(end, part)) {
            [Some(low), Some(_)] if matches!(part, Part::Currency | Part::Unit) => {
                Operand::Fact(Fact::Known(low, at))
            }
            [Some(low), Some(high)] => Operand::Fact(Fact::Range(Box::new([low, high]), at)),
            _ => Operand::unclear("it has no such part"),
        },
        other => other,
    }
}

fn take_part(value: Value<'_>, part: Part) -> Option<Value<'_>> {
    Some(match (value, part) {
        (Value::Money(money), Part::Figure) => Value::Number(money.amount),
        (Value::Money(money), Part::Currency) => Value::Currency(money.currency),
        (Value::Quantity(quantity), Part::Figure) => Value::Number(quantity.number),
        (Value::Quantity(quantity), Part::Currency) => Value::Currency(quantity.money()?.currency),
        (Value::Money(money), Part::Unit) => Value::Text(Cow::Borrowed(money.currency.code())),
        (Value::Quantity(quantity), Part::Unit) => Value::Text(match quantity {
            Cow::Borrowed(quantity) => Cow::Borrowed(quantity.unit_name()),
            Cow::Owned(quantity) => Cow::Owned(quantity.unit_name().to_owned()),
        }),
        (Value::Text(text), Part::Figures) => Value::Number(figures(&text).into()),
        (endless @ Value::Endless(_), Part::Figure) => endless,
        _ => return None,
    })
}

/// How many figures a text holds. The number of a section is a name and no figure: `breach of
/// section 3` says nothing that could be counted.
fn figures(text: &str) -> u64 {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut count = 0;
    for (index, word) in words.iter().enumerate() {
        let before = index.checked_sub(1).map_or("", |before| words[before]).to_lowercase();
        let names = [
            "section", "sections", "clause", "clauses", "article", "articles", "exhibit",
            "schedule",
        ];
        if !names.contains(&before.as_str()) {
            count += figures_of(word);
        }
    }
    count
}

/// How many runs of digits a word holds; `1,000.5` is one.
fn figures_of(word: &str) -> u64 {
    let mut count = 0;
    let mut inside = false;
    for c in word.chars() {
        let digit = c.is_ascii_digit();
        count += u64::from(digit && !inside);
        inside = digit || (inside && matches!(c, ',' | '.'));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_no_figure() {
        assert_eq!(figures("a commitment in 2 consecutive quarters"), 1);
        assert_eq!(figures("commitments of section 3, materially"), 0);
        assert_eq!(figures("section 3 for more than 1,000.5 hours in 2026-Q2"), 3);
        assert_eq!(figures(""), 0);
    }
}
