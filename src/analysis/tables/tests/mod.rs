mod brute;
mod told;

use super::boxes::{Boxed, Shape};
use super::cover::{Covered, Search};
use crate::source::Source;

/// The flaws of a table with these columns and rows: kind, row and deal.
fn flaws(hit: &str, head: &str, rows: &[String]) -> (Vec<(&'static str, String, String)>, bool) {
    let text = format!(
        "alliance a: referral\nparties\n  A: \"A\"\n  B: \"B\"\nattribution\n  on: \"sales\" in EUR{hit}\n\
         \x20 | rule | {head} | A | B |\n  {}\n",
        rows.join("\n  ")
    );
    let parsed = crate::parse(&Source::new("t", text.clone()));
    assert_eq!(parsed.diagnostics, [], "{text}");
    let told = crate::analysis::derive(&parsed.agreement).tables()[0].clone();
    let found = told.flaws.into_iter().filter(|it| it.kind != "shares");
    let found = found.map(|it| (it.kind, it.row.unwrap_or_default(), it.deal));
    (found.collect(), !told.doubts.is_empty())
}

fn rows(rows: &[&str]) -> Vec<String> {
    rows.iter().map(|row| (*row).to_owned()).collect()
}

fn deals(kind: &str, found: &[(&'static str, String, String)]) -> Vec<String> {
    let mine = found.iter().filter(|(known, ..)| *known == kind);
    mine.map(|(_, _, deal)| deal.clone()).collect()
}

#[test]
fn a_gap_is_one_round_deal() {
    let table = rows(&[
        "| r1 | A | any | 70% | 30% |",
        "| r2 | B | >= EUR 50,000 and < EUR 100,000 | 80% | 20% |",
    ]);
    let (found, doubt) = flaws("; match first", "closed | size", &table);
    let gaps = ["closed B, size EUR 40,000", "closed B, size EUR 100,000"];
    assert_eq!(deals("gap", &found), gaps[..1], "one box of what is left shows one deal");
    assert!(!doubt, "{found:?}");
    let table = rows(&["| r1 | <= 10 | 70% | 30% |", "| r2 | >= 11 | 80% | 20% |"]);
    assert_eq!(flaws("", "units", &table), (Vec::new(), false), "whole units");
    let table = rows(&["| r1 | < 40% | 70% | 30% |", "| r2 | >= 40% | 80% | 20% |"]);
    assert_eq!(flaws("", "discount", &table), (Vec::new(), false), "0% to 100%");
    let table = rows(&["| r1 | < 2027-01-01 | 70% | 30% |", "| r2 | > 2027-01-01 | 80% | 20% |"]);
    let (found, _) = flaws("", "closed on", &table);
    assert_eq!(deals("gap", &found), ["closed on 2027-01-01"]);
}

/// Of two rows for the rest, each would take what no other does.
#[test]
fn two_rows_for_the_rest_stand_against_one_another() {
    let table = rows(&[
        "| r1 | < EUR 1,000 | 20% | 80% |",
        "| else | any | 50% | 50% |",
        "| else | any | 60% | 40% |",
    ]);
    let (found, doubt) = flaws("", "size", &table);
    assert_eq!(deals("overlap", &found), ["any deal"], "{found:?}");
    assert!(!doubt);
    let alike = rows(&["| r1 | < EUR 1,000 | 20% | 80% |", "| else | any | 50% | 50% |"]);
    assert_eq!(deals("overlap", &flaws("", "size", &alike).0), [""; 0]);
}

#[test]
fn words_nobody_listed_leave_it_open() {
    let table = rows(&["| r1 | new | 70% | 30% |", "| r2 | known | 80% | 20% |"]);
    assert_eq!(flaws("", "customer", &table), (Vec::new(), true), "another customer");
    let table = rows(&["| r1 | new | 70% | 30% |", "| else | any | 80% | 20% |"]);
    assert_eq!(flaws("", "customer", &table), (Vec::new(), false));
    let table = rows(&["| r1 | yes | 70% | 30% |"]);
    assert_eq!(deals("gap", &flaws("", "joint", &table).0), ["joint no"]);
}

#[test]
fn what_cannot_be_read_proves_nothing() {
    for cell in ["30 days", "redacted", "USD 5"] {
        let row = format!("| r2 | {cell} | 80% | 20% |");
        let table = [rows(&["| r1 | < EUR 50 | 70% | 30% |"]), vec![row]].concat();
        let (found, doubt) = flaws("; match first", "size", &table);
        assert!(doubt && found.is_empty(), "{cell}: {found:?}");
    }
}

/// The kinds and regions of the flaws of a table in an agreement with these sections.
fn regions(above: &str, head: &str, rows: &[&str]) -> (Vec<(&'static str, String)>, Vec<String>) {
    let text = format!(
        "alliance a: referral\n  starts 2026-04-01\nparties\n  A: \"A\"\n  B: \"B\"\n{above}attribution\n\
         \x20 on: \"sales\" in EUR\n  | rule | {head} | A | B |\n  {}\n",
        rows.join("\n  ")
    );
    let parsed = crate::parse(&Source::new("t", text.clone()));
    assert_eq!(parsed.diagnostics, [], "{text}");
    let told = crate::analysis::derive(&parsed.agreement).tables()[0].clone();
    let flaws = told.flaws.into_iter().map(|flaw| (flaw.kind, flaw.region));
    (flaws.collect(), told.doubts.into_iter().map(|doubt| doubt.why).collect())
}

fn gap(region: &str) -> (&'static str, String) {
    ("gap", region.to_owned())
}

#[test]
fn a_region_is_told_in_words() {
    let (found, doubts) = regions(
        "",
        "closed | deal size | segment",
        &["| r1 | A | any | any | 70% | 30% |", "| r2 | B | >= EUR 50,000 | any | 60% | 40% |"],
    );
    assert_eq!(found, [gap("closed B, deal size below EUR 50,000, segment any")]);
    assert_eq!(doubts, [""; 0]);
    let (found, _) = regions(
        "",
        "seats | rate",
        &["| r1 | < 10 | any | 70% | 30% |", "| r2 | > 20 | >= 5% and <= 10% | 60% | 40% |"],
    );
    assert_eq!(
        found,
        [
            gap("seats from 10 and up to 20, rate any"),
            gap("seats from 10, rate below 5% or above 10%")
        ]
    );
    let (found, _) =
        regions("", "size", &["| r1 | <= EUR 5 | 70% | 30% |", "| r2 | > EUR 7 | 60% | 40% |"]);
    assert_eq!(found, [gap("size above EUR 5 and up to EUR 7")]);
}

#[test]
fn sets_of_words_that_are_all_there_are() {
    let sections = "scope\n  dach: in DE, AT; of \"boxes\"\n  iberia: in ES\ncustomers\n  new: relationship with A\n  known: relationship with B\n";
    for (words, left) in [
        ("A, both", "B or neither"),
        ("A", "B"),
        ("new", "known"),
        ("dach", "iberia"),
        ("DE, ES", "AT"),
        ("yes", "no"),
    ] {
        let row = format!("| r1 | {words} | 70% | 30% |");
        let (found, doubts) = regions(sections, "x", &[&row]);
        assert_eq!((found, doubts.len()), (vec![gap(&format!("x {left}"))], 0), "{words}");
    }
    let (found, doubts) = regions(sections, "x", &["| r1 | boxes | 70% | 30% |"]);
    assert_eq!((found.len(), doubts.len()), (0, 0), "the only product");
    // A word of another set, or of none: nobody says what else there is.
    for word in ["partner, A, B", "DE, AT, ES, FR"] {
        let row = format!("| r1 | {word} | 70% | 30% |");
        let (found, doubts) = regions(sections, "x", &[&row]);
        assert_eq!(found, [], "{word}");
        assert!(doubts[0].contains("is another than"), "{doubts:?}");
    }
    // A quoted comma is part of the word.
    let quoted = "scope\n  goods: of \"boxes, large\", \"bags\"\n";
    let (found, _) = regions(quoted, "x", &["| r1 | \"boxes, large\" | 70% | 30% |"]);
    assert_eq!(found, [gap("x bags")]);
}

#[test]
fn days_of_the_agreement() {
    let term = "term\n  initial: 12 months\n";
    let both = ["| r1 | until 2026-12-31 | 70% | 30% |", "| r2 | from 2027-02-01 | 60% | 40% |"];
    let (found, _) = regions(term, "valid", &both);
    assert_eq!(found, [gap("valid from 2027-01-01 until 2027-01-31")]);
    let late = ["| r1 | before 2027-04-01 | 70% | 30% |", "| r2 | from 2027-04-01 | 60% | 40% |"];
    let never = "valid from 2027-04-01, and deals fall from 2026-04-01 until 2027-03-31";
    assert_eq!(regions(term, "valid", &late).0, [("never", never.to_owned())]);
    // What renews has no known end, and what is asked of another day is not bound by the term.
    let renews = "term\n  initial: 12 months\n  renewal: automatic, 12 months\n";
    assert_eq!(regions(renews, "valid", &late).0, []);
    let other = ["| r1 | < 2020-01-01 | 70% | 30% |", "| r2 | >= 2020-01-01 | 60% | 40% |"];
    assert_eq!(regions(term, "customer since", &other).0, []);
    assert_eq!(regions(term, "date", &other).0.len(), 1);
}

#[test]
fn shares_make_the_whole_exactly() {
    let (found, doubts) =
        regions("", "x", &["| r1 | yes | 2/3 | 1/3 |", "| r2 | no | 33.33% | 66.66% |"]);
    assert_eq!(found, [("shares", "A 33.33%, B 66.66%, together 99.99%".to_owned())]);
    assert_eq!(doubts, [""; 0]);
    let (found, doubts) =
        regions("", "x", &["| r1 | yes | to be agreed | 1/3 |", "| r2 | any | 1/2 | 1/2 |"]);
    assert_eq!(found, []);
    assert_eq!(
        doubts.len(),
        2,
        "whether the rows differ, and whether the first is the whole: {doubts:?}"
    );
}

/// Where the work ends too early nothing is said, whatever was found until then.
#[test]
fn what_the_work_does_not_suffice_for_is_untold() {
    let shape = Shape::new([2, 2, 2, 2]);
    let (whole, two) = (shape.whole(), |bits: u64| (0..4).map(move |at| 1 + (bits >> at & 1)));
    // One row for each deal: only all of them take everything.
    let every: Vec<Boxed> = (0..16).map(|bits| two(bits).collect()).collect();
    let told = |rows: &[Boxed], work| {
        let mut search = Search { shape: &shape, ordered: &[false; 4], work };
        let rows: Vec<&Boxed> = rows.iter().collect();
        (search.covers(&whole, &rows), search.left(&whole, &rows, 64))
    };
    let (covered, left) = told(&every, 100_000);
    assert_eq!(covered, Covered::By((0..16).collect()));
    assert!(left.all && left.regions.is_empty());
    let (covered, left) = told(&every[1..], 100_000);
    assert_eq!(covered, Covered::Not);
    assert!(left.all && left.regions == [every[0].clone()]);
    for work in [1, 20, 60] {
        assert_eq!(told(&every, work).0, Covered::Untold, "{work}");
        assert!(!told(&every[1..], work).1.all, "{work}");
    }
}
