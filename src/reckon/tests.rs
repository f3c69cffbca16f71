//! Against slow ways to the same numbers, on random input.

use super::*;
use crate::dice::Dice;
use crate::value::Number;

fn exact(above: i128, below: i128) -> Exact {
    Exact::fraction(above, below).unwrap()
}

#[test]
fn parts_are_the_sum_and_next_to_their_share() {
    let mut dice = Dice(1);
    for _ in 0..20_000 {
        let count = 1 + dice.roll(6);
        let parts: Vec<i128> = (0..count).map(|_| i128::from(dice.roll(40))).collect();
        let whole: i128 = parts.iter().sum();
        let sum = i128::from(dice.roll(2_000_000)) - 1_000_000;
        let shared = Weights::new(parts.clone()).unwrap().allocate(sum);
        if whole == 0 {
            assert_eq!(shared.is_ok(), sum == 0);
            continue;
        }
        let shared = shared.unwrap();
        assert_eq!(shared.iter().sum::<i128>(), sum, "{parts:?} of {sum}");
        let mut extra = Vec::new();
        for (part, weight) in shared.iter().zip(&parts) {
            let off = exact(*part, 1).minus(exact(sum * weight, whole)).unwrap();
            assert!(off < Exact::ONE && off > Exact::ONE.opposite(), "{parts:?} of {sum}: {off}");
            assert!(*weight != 0 || *part == 0, "{parts:?} of {sum}");
            let rest = (sum * weight).abs() % whole;
            extra.push((part.abs() > (sum * weight).abs() / whole, rest));
        }
        // Whoever got a cent more has no smaller remainder than whoever did not, and where the two
        // are equal stands before.
        for (at, (more, rest)) in extra.iter().enumerate() {
            for (other_at, (other_more, other_rest)) in extra.iter().enumerate() {
                if *more && !*other_more {
                    let fair = rest > other_rest || (rest == other_rest && at < other_at);
                    assert!(fair, "{parts:?} of {sum}: {shared:?}");
                }
            }
        }
        let opposite = Weights::new(parts).unwrap().allocate(-sum).unwrap();
        assert_eq!(opposite, shared.iter().map(|part| -part).collect::<Vec<_>>());
    }
}

#[test]
fn shares_must_be_the_whole() {
    let third = crate::value::Percent::from_fraction(1, 3).unwrap();
    let weights = Weights::of_shares(&[third; 3]).unwrap();
    assert_eq!(weights.allocate(100).unwrap(), [34, 33, 33]);
    let told = Weights::of_shares(&[third; 2]).unwrap_err();
    assert_eq!(told.to_string(), "the shares come to 200/3% and not to 100%");
    let proportion = Weights::of_exact(&[exact(1, 6), exact(1, 4)]).unwrap();
    assert_eq!(proportion.allocate(100).unwrap(), [40, 60]);
    assert_eq!(Weights::new(vec![1, -1]), Err(Trouble::NegativeShare));
    assert_eq!(Weights::new(vec![0, 0]).unwrap().allocate(5), Err(Trouble::NobodyShares));
    assert_eq!(Weights::new(vec![i128::MAX, 1]), Err(Trouble::TooLarge));
    assert_eq!(Weights::new(vec![3, 1]).unwrap().allocate(i128::MAX), Err(Trouble::TooLarge));
}

#[test]
fn instalments_are_equal_to_the_cent_and_come_to_the_sum() {
    for count in 1..40_u32 {
        for sum in [0, 1, 7, 99, 100, 12_345, -12_345] {
            let parts = instalments(sum, count).unwrap();
            assert_eq!(parts.len(), count as usize);
            assert_eq!(parts.iter().sum::<i128>(), sum);
            let (least, most) = (parts.iter().min().unwrap(), parts.iter().max().unwrap());
            assert!(most - least <= 1, "{sum} in {count}: {parts:?}");
            assert!(parts.is_sorted_by(|a, b| a.abs() >= b.abs()), "the first ones are larger");
        }
    }
    assert_eq!(instalments(5, 0), Err(Trouble::NobodyShares));
}

/// A random table of bands side by side from 0 on, with holes or not.
fn table(dice: &mut Dice) -> Vec<Band<u64>> {
    let mut bands = Vec::new();
    let mut low = 0;
    for what in 0..=dice.roll(5) {
        let high = low + 1 + dice.roll(6);
        let (low_in, high_in) = (dice.roll(2) == 0, dice.roll(2) == 0);
        let end = |value: u64, inside| Some(End { value: value.into(), inside });
        let last = dice.roll(4) == 0;
        let low_end = if low == 0 { None } else { end(low, low_in) };
        bands.push(Band { low: low_end, high: if last { None } else { end(high, high_in) }, what });
        low = high.saturating_sub(dice.roll(2)) + u64::from(dice.roll(5) == 0);
    }
    let swaps = dice.roll(3);
    for _ in 0..swaps {
        let (a, b) = (dice.roll(bands.len() as u64), dice.roll(bands.len() as u64));
        bands.swap(usize::try_from(a).unwrap(), usize::try_from(b).unwrap());
    }
    bands
}

/// Whether a band has twice a value, so that halves are whole.
fn holds(band: &Band<u64>, doubled: u64) -> bool {
    let value = Number::from(doubled) / Number::TWO;
    let above = band.low.is_none_or(|end| value > end.value || end.inside && value == end.value);
    let below = band.high.is_none_or(|end| value < end.value || end.inside && value == end.value);
    above && below
}

/// What a slow search finds: the one band, none, or two that differ.
fn searched(bands: &[Band<u64>], doubled: u64, unique: bool) -> Option<u64> {
    let mut found = bands.iter().filter(|band| holds(band, doubled)).map(|band| band.what);
    let first = found.next()?;
    (!unique || found.all(|other| other == first)).then_some(first)
}

#[test]
fn cuts_are_what_one_step_after_the_other_finds() {
    let mut dice = Dice(2);
    let (mut cut, mut failed) = (0, 0);
    for _ in 0..20_000 {
        let bands = table(&mut dice);
        let unique = dice.roll(2) == 0;
        let scale = if unique { Scale::unique(bands.clone()) } else { Scale::first(bands.clone()) };
        let (before, change) = (dice.roll(20), dice.roll(20));
        // From one whole number to the next no end lies between, so the middle stands for the step.
        let steps: Option<Vec<u64>> =
            (before..before + change).map(|low| searched(&bands, 2 * low + 1, unique)).collect();
        let found = scale.cut(before.into(), change.into());
        let Some(steps) = steps else {
            assert!(found.is_err(), "{bands:?} from {before} by {change}: {found:?}");
            failed += 1;
            continue;
        };
        let found = found.unwrap();
        let mut expected: Vec<(u64, u64)> = Vec::new();
        for step in steps {
            match expected.last_mut() {
                Some((count, what)) if *what == step => *count += 1,
                _ => expected.push((1, step)),
            }
        }
        let flat: Vec<(u64, u64)> =
            found.iter().map(|slice| (u64::try_from(slice.amount).unwrap(), *slice.what)).collect();
        assert_eq!(flat, expected, "{bands:?} from {before} by {change}");
        // Down again the same way.
        let down = scale.cut((before + change).into(), -Number::from(change)).unwrap();
        let mirrored: Vec<_> = down.iter().rev().map(|s| (-s.amount, *s.what)).collect();
        assert_eq!(mirrored, found.iter().map(|s| (s.amount, *s.what)).collect::<Vec<_>>());
        cut += 1;
    }
    assert!(cut > 2_000 && failed > 2_000, "both happen: {cut} cut, {failed} failed");
}

#[test]
fn units_fall_where_each_by_itself_does() {
    let mut dice = Dice(3);
    let (mut ran, mut failed) = (0, 0);
    for _ in 0..20_000 {
        let bands = table(&mut dice);
        let unique = dice.roll(2) == 0;
        let scale = if unique { Scale::unique(bands.clone()) } else { Scale::first(bands.clone()) };
        let (before, count) = (dice.roll(20), dice.roll(20));
        let each: Option<Vec<u64>> =
            (before + 1..=before + count).map(|unit| searched(&bands, 2 * unit, unique)).collect();
        let found = scale.units(before, count);
        let Some(each) = each else {
            assert!(found.is_err(), "{bands:?} after {before}, {count}: {found:?}");
            failed += 1;
            continue;
        };
        let found = found.unwrap();
        let flat: Vec<u64> =
            found.iter().flat_map(|run| (0..run.count).map(|_| *run.what)).collect();
        assert_eq!(flat, each, "{bands:?} after {before}, {count}");
        assert!(found.windows(2).all(|two| two[0].first + two[0].count == two[1].first));
        for whole in [before, before + count] {
            let at = scale.at(whole.into()).ok().copied();
            assert_eq!(at, searched(&bands, 2 * whole, unique), "{bands:?} at {whole}");
        }
        ran += 1;
    }
    assert!(ran > 2_000 && failed > 1_000, "both happen: {ran} ran, {failed} failed");
    let endless = Scale::unique(vec![Band::every(0)]);
    assert_eq!(endless.units(0, 1_000_000_000_000).unwrap().len(), 1, "no unit by unit");
}

#[test]
fn floors_and_caps() {
    assert_eq!(clamp(5, Some(7), None), Ok(7));
    assert_eq!(clamp(5, None, Some(3)), Ok(3));
    assert_eq!(clamp(5, Some(5), Some(5)), Ok(5));
    assert_eq!(clamp(5, Some(1), Some(9)), Ok(5));
    let told = clamp(5, Some(9), Some(1)).unwrap_err();
    assert_eq!(told.to_string(), "the floor 9 lies above the cap 1");
}

/// Against one unit after the other: each unit of a surplus has an age, and is used while it may be.
#[test]
fn carried_units_are_used_while_they_may_be() {
    let mut dice = Dice(4);
    for _ in 0..10_000 {
        let count = 1 + dice.roll(6);
        let periods: Vec<(u64, u64)> = (0..count).map(|_| (dice.roll(9), dice.roll(9))).collect();
        let stretches: Vec<Stretch> = periods
            .iter()
            .map(|(due, done)| Stretch { due: (*due).into(), done: (*done).into() })
            .collect();
        for (lasting, life) in [(Lasting::NextOnly, 1), (Lasting::UntilUsed, usize::MAX)] {
            let settled = carry(&stretches, Carried::Surplus, lasting).unwrap();
            let (mut kept, mut owed): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
            let debts = carry(&stretches, Carried::Shortfall, lasting).unwrap();
            for (at, (due, done)) in periods.iter().enumerate() {
                kept.retain(|born| at - born <= life);
                let mut missing = 0;
                for unit in 0..*due.max(done) {
                    if unit >= *done && kept.pop().is_none() {
                        missing += 1;
                    }
                }
                // What came in stands before what is new, and is used first.
                kept.splice(0..0, (*due..*done).map(|_| at));
                assert_eq!(settled[at].missing, missing.into(), "{periods:?} {lasting:?} {at}");

                owed.retain(|born| at - born <= life);
                owed.extend((0..*due).map(|_| at));
                let paid = usize::try_from(*done).unwrap().min(owed.len());
                owed.drain(..paid);
                assert_eq!(debts[at].missing, owed.len().into(), "{periods:?} {lasting:?} {at}");
            }
        }
    }
}

#[test]
fn exact_numbers_are_exact_and_have_an_end() {
    let mut dice = Dice(5);
    for _ in 0..10_000 {
        let mut next =
            || exact(i128::from(dice.roll(2_000)) - 1_000, 1 + i128::from(dice.roll(60)));
        let (a, b, c) = (next(), next(), next());
        assert_eq!(a.plus(b).unwrap().minus(b).unwrap(), a);
        let spread = a.times(b.plus(c).unwrap()).unwrap();
        assert_eq!(spread, a.times(b).unwrap().plus(a.times(c).unwrap()).unwrap());
        if b != Exact::ZERO {
            assert_eq!(a.over(b).unwrap().times(b).unwrap(), a);
        }
        let near = Exact::from(a.rounded(2).unwrap()).minus(a).unwrap();
        assert!(near <= exact(1, 200) && near >= exact(-1, 200), "{a} {near}");
    }
    assert_eq!(exact(1, 8).rounded(2).unwrap().to_string(), "0.13");
    assert_eq!(exact(-1, 8).rounded(2).unwrap().to_string(), "-0.13");
    assert_eq!(exact(1, 3).decimal(), None);
    assert_eq!(exact(1, 3).to_string(), "1/3");
    assert_eq!(Exact::ONE.over(Exact::ZERO), Err(Trouble::DividedByZero));
    let large = Exact::whole(i128::MAX);
    assert_eq!(large.plus(Exact::ONE), Err(Trouble::TooLarge));
    assert_eq!(large.times(large), Err(Trouble::TooLarge));
    assert_eq!(Exact::fraction(i128::MIN, 1), Err(Trouble::TooLarge));
}

/// What bands earn, against one step after the other at the rate of its own band.
#[test]
fn earnings_are_what_one_step_after_the_other_earns() {
    let mut dice = Dice(6);
    let mut earned = 0;
    for _ in 0..6_000 {
        let bands = table(&mut dice);
        let share =
            |what: u64| crate::value::Percent::from_fraction(u32::try_from(what).unwrap() + 1, 7);
        let paying = bands.iter().map(|band| {
            let what = Rate::Share(share(band.what).unwrap());
            Band { low: band.low, high: band.high, what }
        });
        let scale = Scale::first(paying.collect());
        let (before, figure) = (dice.roll(12), 1 + dice.roll(12));
        // What is paid on is three times the figure.
        let base = Number::from(3 * figure);
        let step = |at: Option<u64>| at.map(|what| exact(3 * (i128::from(what) + 1), 7));
        let add = |steps: Vec<Option<Exact>>| {
            steps.into_iter().try_fold(Exact::ZERO, |sum, one| sum.plus(one?).ok())
        };
        let each = |doubled: u64| step(searched(&bands, doubled, false));
        let marginal = add((before..before + figure).map(|low| each(2 * low + 1)).collect());
        let per_unit = add((before + 1..=before + figure).map(|unit| each(2 * unit)).collect());
        let reached = each(2 * (before + figure));
        let whole = reached.map(|rate| rate.times(Exact::whole(figure.into())).unwrap());
        let slow = [
            (Counting::Marginal, marginal),
            (Counting::PerUnit, per_unit),
            (Counting::Whole, whole),
        ];
        for (counting, expected) in slow {
            let rates = Rates { counting, scale: scale.clone() };
            let found = rates.earned(before.into(), figure.into(), base).ok();
            assert_eq!(found, expected, "{counting:?} {bands:?} from {before} by {figure}");
            earned += usize::from(found.is_some());
        }
    }
    assert!(earned > 3_000, "{earned}");
}
