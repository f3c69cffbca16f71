//! Laws of the values: what holds of every one, tried on generated ones.

use std::cmp::Ordering;
use std::sync::Arc;

use pactum::source::Source;
use pactum::value::{
    Calendars, Comparison, Conventions, Currency, Date, Measure, Money, MonthEnds, Number,
    Orderings, Percent, Period, Quantity, Unit, When, grouped, mention, parse_number,
};

use crate::edits::Dice;

const COMPARISONS: [Comparison; 5] = [
    Comparison::Less,
    Comparison::AtMost,
    Comparison::Equal,
    Comparison::AtLeast,
    Comparison::Greater,
];

fn small(dice: &mut Dice, sides: usize) -> i64 {
    i64::try_from(dice.roll(sides)).unwrap()
}

/// A number of up to 27 digits and as many decimals, mostly short ones.
fn number(dice: &mut Dice) -> Number {
    let digits = 1 + dice.roll(27);
    let mantissa = (0..digits).fold(0_i128, |all, _| all * 10 + i128::from(small(dice, 10)));
    Number::from_i128_with_scale(mantissa, u32::try_from(dice.roll(6)).unwrap())
}

fn period(dice: &mut Dice) -> Period {
    let unit = Unit::ALL[dice.roll(Unit::ALL.len())];
    let most = [4, 40][dice.roll(2)];
    Period::new(u32::try_from(dice.roll(most)).unwrap(), unit).unwrap()
}

/// Several lengths of time together.
fn mixed(dice: &mut Dice) -> Period {
    let one = period(dice);
    (0..dice.roll(3)).fold(one, |sum, _| sum.checked_add(period(dice)).unwrap())
}

/// The business days of calendars, read once.
struct Conventional(Vec<Conventions>);

impl Conventional {
    fn new() -> Self {
        let sets: [&[&str]; 4] = [&[], &["GB"], &["US", "NYSE"], &["DE", "GB"]];
        let business = sets.map(|names| Calendars::shipped().workdays(names.iter().copied()));
        let by = |business| Conventions { month_ends: MonthEnds::Unsaid, business };
        Self(business.map(by).to_vec())
    }

    /// Month ends as said or not, and business days of calendars or none.
    fn any(&self, dice: &mut Dice) -> Conventions {
        let month_ends = [MonthEnds::Down, MonthEnds::Up, MonthEnds::Unsaid][dice.roll(3)];
        Conventions { month_ends, ..self.0[dice.roll(self.0.len())].clone() }
    }
}

/// A day of 2022 to 2032: those that the calendars cover, with years to spare on both sides.
fn day(dice: &mut Dice) -> Date {
    Date::new(2022, 1, 1).unwrap().plus_days(small(dice, 4_000)).unwrap()
}

/// An agreement that gives notice, owes money and shares; what it says of them.
fn read_back(notice: &str, money: &str, share: &str) -> (Period, Money, Percent) {
    let text = format!(
        "alliance a, version 1: supply\nparties\n  A: \"A\"\n  B: \"B\"\n\
         exit\n  convenience: either party; {notice} notice\n\
         liability\n  cap: {money} per party\n\
         attribution\n  on: \"sales\" in EUR; match first\n    | rule | A | B |\n    | r | {share} | 0% |\n"
    );
    let parsed = pactum::parse(&Source::new("t", text.clone()));
    assert_eq!(parsed.diagnostics, [], "{text}");
    let agreement = parsed.agreement;
    let notice = *agreement.exit.rights[0].notice().unwrap().node.value().unwrap();
    let cap = *agreement.liability.caps[0].amount.as_ref().unwrap().node.value().unwrap();
    let cell = agreement.attribution.tables[0].rows[0].shares[0].share.clone().unwrap();
    (notice, cap, *cell.node.value().unwrap())
}

#[test]
fn numbers_and_days_are_read_as_they_are_spelled() {
    let mut dice = Dice(1);
    for _ in 0..20_000 {
        let number = number(&mut dice);
        for number in [number, -number] {
            let spelled = grouped(number);
            let read = parse_number(&spelled).unwrap();
            assert_eq!((read, grouped(read)), (number, spelled.clone()));
            assert_eq!(spelled.starts_with('-'), number < Number::ZERO, "{spelled}");
        }
        let at = small(&mut dice, 3_652_059) - 719_162;
        let day = Date::from_number(at).unwrap();
        assert_eq!(day.number(), at);
        assert_eq!(Date::parse(&day.to_string()), Some(day), "{day}");
        assert_eq!(Date::new(day.year(), day.month(), day.day()), Some(day));
    }
    let (first, last) = (Date::new(1, 1, 1).unwrap(), Date::LAST);
    assert_eq!((first.number(), last.number()), (-719_162, 2_932_896));
    assert_eq!([first.plus_days(-1), last.plus_days(1)], [None, None], "there is no other day");
    assert_eq!([first.plus_months(-1), last.plus_months(1)], [None, None]);
}

#[test]
fn lengths_money_and_shares_are_read_as_they_are_spelled() {
    let mut dice = Dice(2);
    let codes = ["EUR", "USD", "JPY", "GBP"];
    for round in 0..300_u32 {
        let unit = Unit::ALL[dice.roll(6)];
        let length = Period::new(1 + u32::try_from(dice.roll(1_000)).unwrap(), unit).unwrap();
        let currency = Currency::from_code(codes[dice.roll(4)]).unwrap();
        let money = Money { amount: number(&mut dice), currency };
        let (part, whole) = (dice.roll(400), 1 + dice.roll(1 << 20));
        let (part, whole) = (u32::try_from(part).unwrap(), u32::try_from(whole.max(part)).unwrap());
        // Fractions of powers of two are decimals with many places.
        let whole = if round % 3 == 0 { whole.next_power_of_two() } else { whole };
        let share = Percent::from_fraction(part, whole).unwrap();
        let read = read_back(&length.to_string(), &money.to_string(), &share.to_string());
        assert_eq!(read, (length, money, share), "{length}, {money}, {share}");
        assert_eq!(read.0.unit(), unit, "in the unit it is written in");
    }
}

#[test]
fn shares_add_up_without_loss() {
    let mut dice = Dice(3);
    let whole = Percent::from_percent(Number::ONE_HUNDRED).unwrap();
    for _ in 0..5_000 {
        let mut share = || {
            let part = u32::try_from(dice.roll(1_000)).unwrap();
            Percent::from_fraction(part, 1 + u32::try_from(dice.roll(1_000)).unwrap()).unwrap()
        };
        let (a, b, c) = (share(), share(), share());
        let sum = a.checked_add(b).unwrap();
        assert_eq!(Some(sum), b.checked_add(a));
        assert_eq!(sum.checked_sub(b), Some(a));
        let left = sum.checked_add(c);
        assert_eq!(left, b.checked_add(c).and_then(|sum| a.checked_add(sum)), "{a} {b} {c}");
        assert_eq!(a.cmp(&b), a.checked_add(c).unwrap().cmp(&b.checked_add(c).unwrap()));
        let rest = whole.checked_sub(a).unwrap();
        assert_eq!(rest.checked_add(a), Some(whole));
        let percent = Number::new(small(&mut dice, 100_000), u32::try_from(dice.roll(9)).unwrap());
        let share = Percent::from_percent(percent).unwrap();
        assert_eq!(share.of(Number::ONE_HUNDRED), Some(percent));
    }
}

/// Whether an order of two values answers a comparison with yes.
fn holds(order: Ordering, comparison: Comparison) -> bool {
    match comparison {
        Comparison::Less => order.is_lt(),
        Comparison::AtMost => order.is_le(),
        Comparison::Equal => order.is_eq(),
        Comparison::AtLeast => order.is_ge(),
        Comparison::Greater => order.is_gt(),
    }
}

/// The orders that may be, one by one.
fn orders(of: Orderings) -> Vec<Ordering> {
    let all =
        [(of.less, Ordering::Less), (of.equal, Ordering::Equal), (of.greater, Ordering::Greater)];
    all.into_iter().filter(|(may_be, _)| *may_be).map(|(_, order)| order).collect()
}

fn turned(of: Orderings) -> Orderings {
    Orderings { less: of.greater, equal: of.equal, greater: of.less }
}

#[test]
fn two_stretches_may_stand_as_their_values_do() {
    let stretches = || (0..6).flat_map(|low| (low..6).map(move |high| (low, high)));
    for (a, b) in stretches().flat_map(|a| stretches().map(move |b| (a, b))) {
        let of = Orderings::of_stretches(a, b);
        let mut all: Vec<_> =
            (a.0..=a.1).flat_map(|x| (b.0..=b.1).map(move |y| x.cmp(&y))).collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(orders(of), all, "{a:?} and {b:?}");
        for comparison in COMPARISONS {
            let answers: Vec<_> = all.iter().map(|order| holds(*order, comparison)).collect();
            let agreed = answers.iter().all(|each| *each == answers[0]).then(|| answers[0]);
            assert_eq!(of.decide(comparison), agreed, "{a:?} {comparison:?} {b:?}");
        }
    }
}

#[test]
fn quantities_are_in_one_order() {
    let mut dice = Dice(4);
    let units = ["EUR", "USD"].map(|code| Measure::Money(Currency::from_code(code).unwrap()));
    let named = ["sends", "shops"].map(|name| Measure::Of(name.into()));
    let units: Vec<_> = units.into_iter().chain(named).chain([Measure::Plain]).collect();
    for _ in 0..20_000 {
        let mut any = || Quantity {
            number: Number::new(small(&mut dice, 5) - 2, u32::from(dice.roll(2) == 1)),
            unit: units[dice.roll(units.len())].clone(),
        };
        let (a, b, c) = (any(), any(), any());
        assert_eq!(a.orderings(&a), Ordering::Equal.into());
        assert_eq!(a.orderings(&b), turned(b.orderings(&a)), "{a} {b}");
        if a.unit == b.unit {
            assert_eq!(a.orderings(&b), a.number.cmp(&b.number).into());
        }
        let surely = |a: &Quantity, b: &Quantity, comparison| a.orderings(b).decide(comparison);
        for (comparison, not) in
            [(Comparison::AtMost, Comparison::Greater), (Comparison::AtLeast, Comparison::Less)]
        {
            if surely(&a, &b, comparison) == Some(true) && surely(&b, &c, comparison) == Some(true)
            {
                assert_ne!(surely(&a, &c, not), Some(true), "{a}, {b}, {c}");
            }
        }
    }
}

/// The worlds in which an agreement that does not say how month ends round may be meant.
fn worlds(by: &Conventions) -> Vec<Conventions> {
    let ends = match by.month_ends {
        MonthEnds::Unsaid => vec![MonthEnds::Down, MonthEnds::Up],
        said => vec![said],
    };
    ends.into_iter().map(|month_ends| Conventions { month_ends, ..by.clone() }).collect()
}

/// Where a day moves to in one world, as a number of days; nothing where nobody can count it.
fn end(start: Date, period: Period, back: bool, by: &Conventions) -> Option<i64> {
    let start = When::day(start);
    let end = if back { start.minus(period, by) } else { start.plus(period, by) };
    Some(end.ok()?.known().expect("one world, one day").number())
}

/// What is said of two lengths of time holds from every day on, however months round and whichever
/// days are off.
#[test]
fn lengths_compare_as_the_days_they_lead_to() {
    let (mut dice, all, mut compared) = (Dice(5), Conventional::new(), 0);
    for _ in 0..8_000 {
        let by = all.any(&mut dice);
        let (a, b) = (mixed(&mut dice), mixed(&mut dice));
        let b = if dice.roll(2) == 0 { b } else { a.checked_add(period(&mut dice)).unwrap() };
        let said = a.orderings(b, &by);
        assert_eq!(said, turned(b.orderings(a, &by)), "{a}, {b}");
        let start = day(&mut dice);
        for world in worlds(&by) {
            let days = end(start, a, false, &world).zip(end(start, b, false, &world));
            let Some((to_a, to_b)) = days else { continue };
            let order = to_a.cmp(&to_b);
            assert!(orders(said).contains(&order), "{start}: {a}, {b}: {order:?}, {said:?}");
            compared += 1;
        }
    }
    assert!(compared > 5_000, "{compared}");
}

/// An event without a date: wherever it falls, what hangs on it falls within what is said of it.
#[test]
fn what_hangs_on_an_event_falls_where_it_may() {
    let (mut dice, all, mut compared) = (Dice(6), Conventional::new(), 0);
    let launch = When::event("launch");
    for _ in 0..8_000 {
        let by = all.any(&mut dice);
        let (length, back, start) = (mixed(&mut dice), dice.roll(2) == 0, day(&mut dice));
        let hung = if back { launch.minus(length, &by) } else { launch.plus(length, &by) };
        let Ok(hung) = hung else { continue };
        for world in worlds(&by) {
            // The year 2100 has no leap day, which is far away.
            let to = end(start, length, back, &world);
            let Some(to) = to.filter(|to| *to < 47_482) else { continue };
            let off = launch.plus_days(to - start.number());
            let may_be = hung.orderings(&off).equal;
            assert!(may_be, "{length} from {start} is {} days, not {hung}", to - start.number());
            compared += 1;
        }
    }
    assert!(compared > 5_000, "{compared}");
}

/// A stretch of days, moved: it has wherever any of its days moves to.
#[test]
fn a_stretch_moves_with_all_its_days() {
    let (mut dice, all) = (Dice(7), Conventional::new());
    for _ in 0..8_000 {
        let by = all.any(&mut dice);
        let (length, back, first) = (mixed(&mut dice), dice.roll(2) == 0, day(&mut dice));
        let width = small(&mut dice, 70);
        let stretch = When::between(first, first.plus_days(width).unwrap());
        let moved = if back { stretch.minus(length, &by) } else { stretch.plus(length, &by) };
        let Some((early, late)) = moved.ok().and_then(|moved| moved.range()) else { continue };
        let inside = first.plus_days(small(&mut dice, 70).min(width)).unwrap();
        for world in worlds(&by) {
            let Some(to) = end(inside, length, back, &world) else { continue };
            assert!((early.number()..=late.number()).contains(&to), "{length}, {back}: {inside}");
        }
    }
}

/// Words in one spelling: small letters, one blank.
fn plain(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Against trying every part of a text.
#[test]
fn a_mention_is_the_first_part_that_says_so() {
    let mut dice = Dice(8);
    let pieces =
        ["best", "Best", "efforts", "EFFORTS", " ", "  ", "\u{a0}", ",", "-", "é", "É", "@", "s"];
    let (mut found, mut not) = (0, 0);
    for _ in 0..3_000 {
        let mut some = |most| -> String {
            (0..=dice.roll(most)).map(|_| pieces[dice.roll(pieces.len())]).collect()
        };
        let (text, words) = (some(9), some(3));
        let wanted = plain(&words);
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let ends: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        let says = |start: usize, end: usize| {
            let part = &text[start..end];
            let opens = letter(part.chars().next()) && letter(text[..start].chars().next_back());
            let closes = letter(part.chars().next_back()) && letter(text[end..].chars().next());
            part.trim() == part && plain(part) == wanted && !opens && !closes
        };
        let pairs = ends.iter().flat_map(|start| ends.iter().map(move |end| (*start, *end)));
        let first =
            pairs.filter(|(start, end)| start < end).find(|(start, end)| says(*start, *end));
        assert_eq!(mention(&text, &words), first, "{words:?} in {text:?}");
        *(if first.is_some() { &mut found } else { &mut not }) += 1;
    }
    assert!(found > 100 && not > 1_000, "{found}, {not}");
}

/// So many business days on and as many back are the same day, or the last one before a day off.
#[test]
fn business_days_there_and_back_are_the_same_day() {
    let (mut dice, all, mut tried) = (Dice(9), Conventional::new(), 0);
    for _ in 0..20_000 {
        let by = Conventions { month_ends: MonthEnds::Down, ..all.any(&mut dice) };
        let Ok(workdays) = by.business.as_ref().map(Arc::clone) else { continue };
        let count = 1 + u32::try_from(dice.roll(60)).unwrap();
        let start = day(&mut dice).number();
        let Some(to) = workdays.after(start, count) else { continue };
        let back = workdays.before(to, count).unwrap();
        // From a day off the way back ends on the business day before it.
        assert!(back <= start && workdays.after(back, count) == Some(to), "{start} {count}");
        assert_eq!(workdays.after(start, 1).unwrap(), workdays.after(back, 1).unwrap());
        tried += 1;
    }
    assert!(tried > 5_000, "{tried}");
}
