//! Running totals, limits and what comes due at the end of a period, with the figures worked out by
//! hand.

use super::*;
use crate::value::Date;

const HEAD: &str = "deal,date,amount\n";

fn banded(how: &str, rows: &str) -> String {
    format!("banded {how}; match first\n  | rule | total | N | K |\n{rows}")
}

const BANDS: &str = "  | low | < EUR 100 | 90% | 10% |\n  | high | >= EUR 100 | 50% | 50% |";

#[test]
fn marginal_bands_cut_a_deal_and_a_refund_takes_back_the_highest_first() {
    let list = format!(
        "{HEAD}a,2026-04-01,60\nb,2026-05-01,100\nc,2026-06-01,-80\nd,2027-03-31,20\n\
         e,2027-04-01,20\nf,2027-03-31,1\n"
    );
    let told = lines(&banded("marginal by total per contract year", BANDS), &list);
    assert_eq!(
        told,
        [
            "a low: 54.00 6.00",
            // 40 below the bound, 60 above it: 36 + 30 and 4 + 30.
            "b low+high: 66.00 34.00",
            "c high+low: -48.00 -32.00",
            "d low: 18.00 2.00",
            "e low: 18.00 2.00",
            "f out-of-order: line 7, column 2 (`date`): 2027-03-31 comes after 2027-04-01, and `on` \
             counts up",
        ]
    );
}

#[test]
fn whole_bands_are_corrected_once_the_period_is_over() {
    let list = format!("{HEAD}a,2026-04-01,60\nb,2026-05-01,50\nc,2027-04-01,10\n");
    let item = banded("whole by total per contract year", BANDS);
    let through = Date::new(2028, 3, 31);
    let options = Options { through, ..Options::default() };
    let told = ran(&[agreement("a", &item)], &list, Written::Csv, options).unwrap();
    assert_eq!(
        told.lines,
        [
            "a low: 54.00 6.00",
            "b high: 25.00 25.00",
            // 110 in all at half each is 55; N has 79, K 31.
            "+ 2026-04-01 to 2027-03-31 high: -24.00 24.00",
            "c low: 9.00 1.00",
        ]
    );
    // Nothing is settled of a year that is not over, and that is said.
    let list = format!("{HEAD}a,2026-04-01,60\nb,2026-05-01,50\n");
    let told = ran(&[agreement("a", &item)], &list, Written::Csv, Options::default()).unwrap();
    assert_eq!(told.lines.len(), 2);
    let note = told.notes.iter().find(|note| note.contains("is not over on 2026-05-01"));
    assert!(note.is_some_and(|note| note.contains("(N -24.00, K 24.00)")), "{:?}", told.notes);
}

#[test]
fn units_keep_the_rate_of_their_number() {
    let rows = "  | first | <= 2 | 100% | 0% |\n  | rest | > 2 | 0% | 100% |";
    let list = "deal,date,amount,units\na,2026-04-01,10,\nb,2026-04-02,30,3\nc,2026-04-03,-10,1\n\
                d,2026-04-03,-20,2\ne,2026-04-03,1,0\nf,2026-04-03,1,1.5\n";
    let told = lines(&banded("per unit by total", rows), list);
    assert_eq!(
        told[..4],
        [
            "a first: 10.00 0.00",
            "b first+rest: 10.00 20.00",
            "c rest: 0.00 -10.00",
            "d rest+first: -10.00 -10.00",
        ]
    );
    let item = banded("per unit by total", rows);
    let ran = ran(&[agreement("a", &item)], list, Written::Csv, Options::default()).unwrap();
    let note = "1 deal states no `units`, and units are counted: one each";
    assert!(ran.notes.iter().any(|told| told == note), "{:?}", ran.notes);
    assert!(told[4].contains("`0` is no number of units") && told[5].contains("`1.5`"), "{told:?}");
}

#[test]
fn limits_of_a_deal_and_of_a_year() {
    let item = "at least EUR 5 to K per deal; at most EUR 30 to K per contract year; match first\n\
                \x20 | rule | N | K |\n  | r1 | 80% | 20% |";
    let list = format!(
        "{HEAD}a,2026-04-01,10\nb,2026-04-02,100\nc,2026-04-03,100\nd,2026-04-04,-100\ne,2027-04-01,100\n"
    );
    let told = lines(item, &list);
    assert_eq!(
        told,
        [
            "a r1: 5.00 5.00",
            "b r1: 80.00 20.00",
            // 5 and 20 leave 5 of the year's 30.
            "c r1: 95.00 5.00",
            // Without the limit K had 45; less 20 that is 25, and K had 30.
            "d r1: -95.00 -5.00",
            "e r1: 80.00 20.00",
        ]
    );
}

#[test]
fn the_least_of_a_year_is_settled_at_its_end_and_for_years_without_a_deal() {
    let item = "at least EUR 30 to K per contract year; match first\n\
                \x20 | rule | N | K |\n  | r1 | 80% | 20% |";
    let list = format!("{HEAD}a,2026-04-01,100\nb,2028-03-31,200\n");
    let options = Options { through: Date::new(2028, 3, 31), ..Options::default() };
    let told = ran(&[agreement("a", item)], &list, Written::Csv, options).unwrap();
    let expected =
        ["a r1: 80.00 20.00", "+ 2026-04-01 to 2027-03-31 : -10.00 10.00", "b r1: 160.00 40.00"];
    assert_eq!(told.lines, expected);
    let list = format!("{HEAD}a,2026-04-01,100\n");
    let told = ran(&[agreement("a", item)], &list, Written::Csv, options).unwrap();
    assert_eq!(
        told.lines[1..],
        ["+ 2026-04-01 to 2027-03-31 : -10.00 10.00", "+ 2027-04-01 to 2028-03-31 : -30.00 30.00",]
    );
    let told = ran(&[agreement("a", item)], &list, Written::Csv, Options::default()).unwrap();
    assert_eq!(told.lines.len(), 1);
    let note = "the least of K (EUR 30.00; it has 20.00) is in no figure";
    assert!(told.notes.iter().any(|told| told.contains(note)), "{:?}", told.notes);
}

#[test]
fn limits_that_pull_at_each_other_are_told() {
    let rows = "match first\n  | rule | N | K |\n  | r1 | 80% | 20% |";
    let list = format!("{HEAD}a,2026-04-01,20\nb,2026-04-02,10\nc,2026-04-03,4\n");
    let told = lines(
        &format!("at least EUR 5 to K per deal; at least EUR 5 to N per deal; {rows}"),
        &list,
    );
    assert_eq!(told[..2], ["a r1: 15.00 5.00", "b r1: 5.00 5.00"]);
    assert_eq!(
        told[2],
        "c undecided: line 4: who gets what a limit leaves over cannot be told: \
                         there is something to share, and every share is 0"
    );
    let told =
        lines(&format!("at least EUR 5 to K per deal; at most EUR 7 to K per year; {rows}"), &list);
    assert_eq!(told[0], "a r1: 15.00 5.00");
    assert_eq!(told[1], "b undecided: line 3: its limits cannot all be kept");
    // What is not shared is not counted either.
    let told = lines(
        &format!("at least EUR 5 to K per deal; at most EUR 10 to K per year; {rows}"),
        &list,
    );
    assert_eq!(told[1], "b r1: 5.00 5.00");
}

#[test]
fn bands_nobody_can_use_stop_the_table() {
    for (how, why) in [
        ("whole by total; at least EUR 1 to K per deal", "limits per deal cannot both be kept"),
        ("by total", "whether its bands are marginal or whole is not said"),
        ("marginal by total per fiscal year", "when a fiscal year begins is not stated"),
    ] {
        let told = lines(&banded(how, BANDS), &format!("{HEAD}a,2026-04-01,60\n"));
        assert!(told[0].contains("undecided") && told[0].contains(why), "{told:?}");
    }
}
