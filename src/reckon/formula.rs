//! Formulas of the language, worked out.

use super::{Exact, Trouble};
use crate::syntax::ast::{Figure, FigureKind, Operator, Scalar};
use crate::value::{Given, Number};

/// What a figure comes to. `known` says how much a figure is that stands in it by its name or in
/// words: `margin`, `owed payments/fee`, `net sales`. Units and currencies are not looked at: that
/// EUR is not added to USD is the rules' matter.
///
/// A formula is worked out from left to right, as it reads: the language has no two kinds of
/// operators side by side without parentheses. `a above b` is what `a` exceeds `b` by, and nothing
/// where it does not.
pub fn formula(figure: &Figure, known: &dyn Fn(&str) -> Option<Exact>) -> Result<Exact, Trouble> {
    let of = |figure: &Figure| formula(figure, known);
    let named = |name: &str| known(name).ok_or_else(|| Trouble::Unknown { name: name.to_owned() });
    match &figure.node {
        FigureKind::Plain { value, .. } => match &value.node {
            Given::Value(scalar) => number(scalar),
            _ => Err(Trouble::Open { what: "a figure".to_owned() }),
        },
        FigureKind::Share { value, of: whole } => of(value)?.times(of(whole)?),
        FigureKind::Formula { first, rest } => {
            let mut sum = of(first)?;
            for (operator, next) in rest {
                sum = joined(sum, *operator, of(next)?)?;
            }
            Ok(sum)
        }
        FigureKind::Greater(figures) => extreme(figures, known, Ord::max),
        FigureKind::Lesser(figures) => extreme(figures, known, Ord::min),
        FigureKind::Words { text, window: None } => named(&text.node),
        FigureKind::Words { text, window: Some(window) } => {
            named(&format!("{} {}", text.node, window.text))
        }
        FigureKind::Item { standing, item, window } => {
            let words = standing.iter().chain(item).map(|word| &*word.node);
            let words: Vec<_> = words.chain(window.iter().map(|window| &*window.text)).collect();
            named(&words.join(" "))
        }
        FigureKind::Count(words) => named(words),
        FigureKind::Rate => named("rate"),
        FigureKind::Hole(hole) => Err(Trouble::Open { what: format!("a figure ({hole})") }),
    }
}

fn joined(one: Exact, operator: Operator, other: Exact) -> Result<Exact, Trouble> {
    match operator {
        Operator::Times => one.times(other),
        Operator::DividedBy => one.over(other),
        Operator::Plus => one.plus(other),
        Operator::Minus => one.minus(other),
        Operator::Above => Ok(one.minus(other)?.max(Exact::ZERO)),
        Operator::Below => Ok(other.minus(one)?.max(Exact::ZERO)),
    }
}

fn extreme(
    figures: &[Figure],
    known: &dyn Fn(&str) -> Option<Exact>,
    pick: impl Fn(Exact, Exact) -> Exact,
) -> Result<Exact, Trouble> {
    let mut found: Option<Exact> = None;
    for figure in figures {
        let value = formula(figure, known)?;
        found = Some(found.map_or(value, |before| pick(before, value)));
    }
    found.ok_or(Trouble::Open { what: "a figure".to_owned() })
}

fn number(scalar: &Scalar) -> Result<Exact, Trouble> {
    let exact = |number: Number| Ok(Exact::from(number));
    match scalar {
        Scalar::Number(number) => exact(*number),
        Scalar::Money(money) => exact(money.amount),
        Scalar::Percent(share) => Ok(Exact::from(*share)),
        Scalar::Period(period) => Err(Trouble::NoNumber { what: format!("`{period}`") }),
        Scalar::Date(date) => Err(Trouble::NoNumber { what: format!("`{date}`") }),
        Scalar::Boundless => Err(Trouble::NoNumber { what: "`unlimited`".to_owned() }),
    }
}
