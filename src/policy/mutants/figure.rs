//! Figures a step up and a step down.

use crate::syntax::policy_ast::Literal;
use crate::value::{Money, Number, Percent, Period, Unit, grouped};

/// A value moved by the smallest step that means something, both ways, and as it is written then:
/// by 1, a day, a month where it counts months, 0.01%, the last decimal it has. A yes becomes a no.
pub(super) fn steps(value: &Literal) -> Vec<(Literal, String)> {
    let numbers = |number: Number| {
        let step = Number::new(1, number.scale());
        [number.checked_sub(step), number.checked_add(step)].into_iter().flatten()
    };
    match value {
        Literal::Number(number) => {
            numbers(*number).map(|to| (Literal::Number(to), grouped(to))).collect()
        }
        Literal::Money(Money { amount, currency }) => numbers(*amount)
            .map(|amount| {
                let to = Money { amount, currency: *currency };
                (Literal::Money(to), to.to_string())
            })
            .collect(),
        Literal::Percent(percent) => {
            let step = Percent::from_percent(Number::new(1, 2));
            let moved = |to: Option<Percent>| to.map(|to| (Literal::Percent(to), to.to_string()));
            [
                step.and_then(|step| percent.checked_sub(step)),
                step.and_then(|step| percent.checked_add(step)),
            ]
            .into_iter()
            .filter_map(moved)
            .collect()
        }
        Literal::Duration(period) => {
            let (count, unit) = counted(*period);
            let counts = [count.checked_sub(1), count.checked_add(1)].into_iter().flatten();
            let moved = counts.filter_map(|count| Period::new(count, unit));
            moved.map(|to| (Literal::Duration(to), to.to_string())).collect()
        }
        Literal::Date(date) => {
            let moved = [-1, 1].into_iter().filter_map(|days| date.plus_days(days));
            moved.map(|to| (Literal::Date(to), to.to_string())).collect()
        }
        Literal::Word(word) if word == "yes" => {
            vec![(Literal::Word("no".to_owned()), "no".to_owned())]
        }
        Literal::Word(word) if word == "no" => {
            vec![(Literal::Word("yes".to_owned()), "yes".to_owned())]
        }
        Literal::Word(_) | Literal::Code(_) | Literal::Text(_) | Literal::Wrong => Vec::new(),
    }
}

/// How many of its smallest unit a length of time is.
const fn counted(period: Period) -> (u32, Unit) {
    if period.months() > 0 {
        (period.months(), Unit::Months)
    } else if period.business_days() > 0 {
        (period.business_days(), Unit::BusinessDays)
    } else {
        (period.days(), Unit::Days)
    }
}
