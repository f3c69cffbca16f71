//! Values, lists, counts and sums, slowly.

use std::borrow::Cow;

use crate::policy::{Each, Expr, Path, Root, against_nothing, currency, orderings, same};
use crate::value::{Comparison, Number, Orderings, When};
use crate::vocabulary::{Fact, Field, List, Record, Type, Value, Where};

use super::super::operand::{Operand, Tally, lent};
use super::super::parts::part_of;
use super::super::reckon::{add, share_of};
use super::super::truth::Truth::{self, False, Missing, True, Unclear};
use super::{Names, Seen, Slow, any, with};

/// A value it may be, or the sum of nothing.
type May<'a> = Option<Value<'a>>;

impl<'a> Slow<'a> {
    pub(super) fn value(&self, value: &'a Expr, names: &Names<'a>) -> Operand<'a> {
        let by = self.facts.derived.conventions();
        let side = |value: &'a Expr| self.value(value, names);
        match value {
            Expr::Constant(value) => Operand::Fact(Fact::Known(lent(value), Where::Nowhere)),
            Expr::Param(index) => match self.param(*index) {
                [one] => Operand::Fact(Fact::Known(lent(one), Where::Nowhere)),
                several => Operand::Choices(several),
            },
            Expr::Let(index) => side(&self.rule.lets[*index]),
            Expr::Path(path) => Operand::Fact(self.path(path, names)),
            Expr::Part(of, part) => part_of(side(of), *part),
            Expr::Plus(sides) => add(side(&sides[0]), side(&sides[1]), true, by),
            Expr::Minus(sides) => add(side(&sides[0]), side(&sides[1]), false, by),
            Expr::ShareOf(sides) => share_of(side(&sides[0]), side(&sides[1])),
            Expr::Otherwise(sides) => match (side(&sides[0]), side(&sides[1])) {
                (Operand::Fact(Fact::Absent), second) => second,
                (first, _) => first,
            },
            Expr::Count { different, of } => {
                Operand::Count(self.count(different.as_deref(), of, names))
            }
            Expr::Sum { value, of } => self.sum(value, of, names),
            Expr::Test(test) => match self.test(test, names) {
                True => Operand::Fact(Fact::Known(Value::Flag(true), Where::Nowhere)),
                False => Operand::Fact(Fact::Known(Value::Flag(false), Where::Nowhere)),
                Missing => Operand::Fact(Fact::Absent),
                Unclear => Operand::unclear("it cannot be told"),
            },
        }
    }

    fn param(&self, index: usize) -> &'a [Value<'static>] {
        self.rule.params[index].values(self.kind)
    }

    /// What stands at the end of a path, fact by fact from its root.
    fn path(&self, path: &'a Path, names: &Names<'a>) -> Fact<'a> {
        let whole = Record::Agreement(self.facts.agreement);
        let root = match path.root {
            Root::Agreement => Fact::Known(Value::Record(whole), Where::Nowhere),
            Root::AsOf => self.facts.as_of.map_or_else(
                || Fact::Unclear(Cow::Borrowed("no day"), Where::Nowhere),
                |day| Fact::Known(Value::Date(When::day(day)), Where::Nowhere),
            ),
            Root::Bound(slot) => {
                let name = names.iter().rev().find(|(name, _)| *name == slot);
                name.expect("a name is bound before it is asked").1.clone()
            }
            Root::Let(index) => match self.value(&self.rule.lets[index], names) {
                Operand::Fact(fact) => fact,
                other => panic!("a path from {other:?}"),
            },
            Root::Param(_) => panic!("a path from a parameter"),
        };
        let mut last = whole;
        let mut fact = root;
        for field in &path.fields {
            match fact {
                Fact::Known(Value::Record(record), _) => {
                    last = record;
                    fact = self.fact(record, field);
                }
                _ => break,
            }
        }
        let lists = path.fields.last().is_some_and(|field| matches!(field.ty, Type::List(_)));
        if !lists {
            return fact;
        }
        // A list at the end of a way that ends before is empty: surely where the way is not stated.
        let place = last.anchor();
        let doubt = match &fact {
            Fact::Absent => None,
            Fact::Hole(_, span) | Fact::Unreadable(span) => Some(*span),
            Fact::Unclear(_, at) => Some(at.spans().first().copied().unwrap_or(place.span)),
            Fact::Known(..) | Fact::Range(..) => return fact,
        };
        let empty = List { members: Vec::new(), place, doubt };
        Fact::Known(Value::List(Box::new(empty)), Where::Nowhere)
    }

    /// A fact of a record. Of an item that was read in part nothing is surely left unsaid.
    fn fact(&self, record: Record<'a>, field: &'static Field) -> Fact<'a> {
        let partial = record.partial();
        match (field.get)(record, self.facts) {
            Fact::Absent if matches!(field.ty, Type::List(_)) => {
                let list = List { members: Vec::new(), place: record.anchor(), doubt: partial };
                Fact::Known(Value::List(Box::new(list)), Where::Nowhere)
            }
            Fact::Absent => partial.map_or(Fact::Absent, Fact::Unreadable),
            Fact::Known(Value::List(list), at) => {
                let mut list = list;
                let of_item = !matches!(record, Record::Agreement(_));
                if of_item && list.members.is_empty() {
                    list.doubt = list.doubt.or(partial);
                }
                Fact::Known(Value::List(list), at)
            }
            other => other,
        }
    }

    pub(super) fn members(&self, list: &'a Expr, names: &Names<'a>) -> Seen<'a> {
        if let Expr::Param(index) = list {
            let known = self.param(*index).iter();
            let known = known.map(|value| Fact::Known(lent(value), Where::Nowhere)).collect();
            return Seen { known, more: false };
        }
        match self.value(list, names) {
            Operand::Fact(Fact::Known(Value::List(list), _)) => {
                Seen { more: list.doubt.is_some(), known: list.members }
            }
            Operand::Fact(Fact::Hole(..) | Fact::Unreadable(_)) => {
                Seen { known: Vec::new(), more: true }
            }
            _ => Seen { known: Vec::new(), more: false },
        }
    }

    /// From those that surely count to those that may; no upper end where the list may go on.
    fn count(&self, different: Option<&'a Expr>, each: &'a Each, names: &Names<'a>) -> Tally {
        let members = self.members(&each.list, names);
        let (mut sure, mut may) = (0, 0);
        let mut doubts = vec![False; 1];
        let mut values: Vec<Operand<'a>> = Vec::new();
        let mut one = false;
        for member in &members.known {
            let inner = with(names, each.slot, member);
            let passes = self.filter(each, &inner);
            if passes == False {
                continue;
            }
            let Some(value) = different else {
                sure += u32::from(passes == True);
                may += u32::from(passes != True);
                doubts.push(passes);
                continue;
            };
            let value = self.value(value, &inner);
            let unstated = matches!(value, Operand::Fact(Fact::Absent));
            let known = matches!(
                value,
                Operand::Fact(Fact::Known(..))
                    | Operand::Count(_)
                    | Operand::Nothing
                    | Operand::Choices(_)
            );
            if passes == True && known {
                let alike: Vec<Truth> = values
                    .iter()
                    .map(|other| self.compare(Comparison::Equal, other, &value))
                    .collect();
                match any(&alike) {
                    True => {}
                    False => values.push(value),
                    Unclear | Missing => {
                        may += 1;
                        doubts.push(Unclear);
                    }
                }
                continue;
            }
            one |= passes == True;
            may += 1;
            // What is not stated is silence; what is stated and cannot be told is doubt.
            if !unstated {
                doubts.push(if known { passes } else { Unclear });
            }
        }
        let sure = sure + u32::try_from(values.len()).unwrap();
        let low = if one { sure.max(1) } else { sure };
        let unclear = members.more || doubts.contains(&Unclear);
        Tally { low, high: (!members.more).then_some(sure + may), unclear }
    }

    /// Cannot be told if any part cannot, else missing if any part is, else all parts together.
    fn sum(&self, value: &'a Expr, each: &'a Each, names: &Names<'a>) -> Operand<'a> {
        let members = self.members(&each.list, names);
        let by = self.facts.derived.conventions();
        let mut parts = Vec::new();
        let mut all = vec![if members.more { Unclear } else { True }];
        for member in &members.known {
            let inner = with(names, each.slot, member);
            let passes = self.filter(each, &inner);
            if passes == False {
                continue;
            }
            all.push(passes);
            if passes != True {
                continue;
            }
            match self.value(value, &inner) {
                Operand::Fact(Fact::Absent) => all.push(Missing),
                open if open.is_open() => all.push(Unclear),
                part => parts.push(part),
            }
        }
        let sum = parts.into_iter().fold(Operand::Nothing, |sum, part| add(sum, part, true, by));
        if sum.is_open() {
            all.push(Unclear);
        }
        match super::all(&all) {
            Unclear => Operand::unclear("it cannot be told what it comes to"),
            Missing => Operand::Fact(Fact::Absent),
            True | False => sum,
        }
    }

    /// Whether each pair of values that both may have stands as asked, or none does.
    pub(super) fn compare(&self, how: Comparison, a: &Operand<'a>, b: &Operand<'a>) -> Truth {
        for side in [a, b] {
            if matches!(side, Operand::Fact(Fact::Absent)) {
                return Missing;
            }
        }
        if a.is_open() || b.is_open() {
            return Unclear;
        }
        let (a, b) = (one_of_choices(a, b), one_of_choices(b, a));
        let orders: Option<Vec<Orderings>> = values(&a)
            .iter()
            .flat_map(|one| values(&b).into_iter().map(move |other| (one.clone(), other)))
            .map(|(one, other)| self.order(one, other))
            .collect();
        let Some(orders) = orders else { return Unclear };
        let mut all = orders[0];
        for order in orders {
            all.less |= order.less;
            all.equal |= order.equal;
            all.greater |= order.greater;
        }
        // Between a value below and one above there is one alike.
        all.equal |= all.less && all.greater;
        if let Some(answer) = all.decide(how) {
            return answer.into();
        }
        let silent = |side: &Operand<'_>| matches!(side, Operand::Count(tally) if !tally.unclear);
        let fixed = |side: &Operand<'_>| matches!(side, Operand::Fact(Fact::Known(..)));
        let only_silence = (silent(&a) && (fixed(&b) || silent(&b))) || (fixed(&a) && silent(&b));
        if only_silence { Missing } else { Unclear }
    }

    fn order(&self, a: May<'a>, b: May<'a>) -> Option<Orderings> {
        let turn = |order: Orderings| Orderings {
            less: order.greater,
            equal: order.equal,
            greater: order.less,
        };
        match (a, b) {
            (None, None) => Some(std::cmp::Ordering::Equal.into()),
            (None, Some(value)) => against_nothing(&value),
            (Some(value), None) => against_nothing(&value).map(turn),
            (Some(a), Some(b)) => match same(&a, &b) {
                Some(true) => Some(std::cmp::Ordering::Equal.into()),
                // Of what has no order only that it differs is known.
                Some(false) => Some(Orderings { less: true, equal: false, greater: false }),
                None => orderings(&a, &b, self.facts.derived.conventions()),
            },
        }
    }
}

/// Of amounts in several currencies the one in the currency of the other side.
fn one_of_choices<'a>(value: &Operand<'a>, other: &Operand<'a>) -> Operand<'a> {
    let Operand::Choices(choices) = value else { return value.clone() };
    let wanted = match other {
        Operand::Fact(Fact::Known(value, _)) => currency(value),
        Operand::Fact(Fact::Range(ends, _)) => currency(&ends[0]),
        _ => None,
    };
    let fits = choices.iter().find(|choice| currency(choice) == wanted);
    fits.or(choices.first())
        .map_or(Operand::Nothing, |choice| Operand::Fact(Fact::Known(lent(choice), Where::Nowhere)))
}

/// What it may be: itself, both ends, or each number of a count.
fn values<'a>(operand: &Operand<'a>) -> Vec<May<'a>> {
    match operand {
        Operand::Fact(Fact::Known(value, _)) => vec![Some(value.clone())],
        Operand::Fact(Fact::Range(ends, _)) => ends.iter().cloned().map(Some).collect(),
        Operand::Count(tally) => {
            let numbers = tally.low..=tally.high.unwrap_or(tally.low);
            let numbers = numbers.map(|number| Some(Value::Number(Number::from(number))));
            numbers
                .chain(tally.high.is_none().then_some(Some(Value::Endless("unlimited"))))
                .collect()
        }
        Operand::Nothing => vec![None],
        Operand::Choices(_) | Operand::Fact(_) => panic!("{operand:?} has no values"),
    }
}
