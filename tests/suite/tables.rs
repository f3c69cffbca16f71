//! Tables of 500 rows and 12 columns are proved, exactly.

use pactum::analysis::{TableProof, derive};
use pactum::source::Source;

use super::table_gen::{agreement, overlapping, partition, scattered};

fn proof(text: String) -> TableProof {
    let parsed = pactum::parse(&Source::new("t", text));
    assert_eq!(parsed.diagnostics, []);
    derive(&parsed.agreement).tables()[0].clone()
}

#[test]
fn five_hundred_rows_are_proved_complete() {
    let rows = partition(500, 12, 3);
    for hit in ["unique", "first"] {
        let told = proof(agreement(&rows, hit, false));
        assert_eq!((told.rows, told.columns.len()), (500, 12));
        assert_eq!((told.flaws, told.doubts), (Vec::new(), Vec::new()), "{hit}");
    }
}

#[test]
fn of_five_hundred_rows_the_missing_one_is_told() {
    let rows = partition(500, 12, 4);
    for missing in [0, 77, 250, 499] {
        let mut less = rows.clone();
        let gone = less.remove(missing);
        let told = proof(agreement(&less, "unique", false));
        assert_eq!(told.doubts, []);
        let kinds: Vec<_> = told.flaws.iter().map(|flaw| flaw.kind).collect();
        assert_eq!(kinds, ["gap"], "one region, although {} columns bound it", gone.len());
        // As the row itself would have said it.
        let row = proof(agreement(&[gone.clone(), gone], "first", false));
        let shadowed = row.flaws.iter().find(|flaw| flaw.kind == "shadowed").unwrap();
        let words = |region: &str| region.split(", c").map(str::to_owned).collect::<Vec<_>>();
        let (mine, its) = (words(&told.flaws[0].region), words(&shadowed.region));
        for (mine, its) in mine.iter().zip(&its) {
            assert_eq!(mine, its);
        }
    }
}

#[test]
fn of_five_hundred_rows_the_one_that_is_there_twice_is_told() {
    let mut rows = partition(500, 12, 5);
    rows.insert(130, rows[400].clone());
    let told = proof(agreement(&rows, "unique", false));
    let found: Vec<_> =
        told.flaws.iter().map(|flaw| (flaw.kind, flaw.row.as_deref().unwrap())).collect();
    assert_eq!(found, [("overlap", "r401")]);
    let told = proof(agreement(&rows, "first", false));
    let found: Vec<_> =
        told.flaws.iter().map(|flaw| (flaw.kind, flaw.row.as_deref().unwrap())).collect();
    assert_eq!(found, [("shadowed", "r401")]);
}

/// What is left of many rows that are strewn about is more than anybody could list.
#[test]
fn what_is_too_large_is_not_called_complete() {
    let rows = scattered(500, 12, 6);
    let told = proof(agreement(&rows, "first", false));
    assert!(told.flaws.iter().any(|flaw| flaw.kind == "gap"), "what is found stands");
    assert!(told.doubts.iter().any(|doubt| doubt.why.contains("not all deals that no row takes")));
    // With a row for the rest nothing is left out, and what that row swallows is as much.
    let told = proof(agreement(&rows, "first", true));
    assert!(!told.flaws.iter().any(|flaw| flaw.kind == "gap"));
    assert!(told.doubts.iter().any(|doubt| doubt.why.contains("the row for the rest")));
}

/// Of many rows that lie over one another each that decides nothing is told, with those it needs.
#[test]
fn of_five_hundred_rows_each_that_decides_nothing_is_told_in_short() {
    let told = proof(agreement(&overlapping(500, 12, 6), "first", true));
    let shadowed: Vec<_> = told.flaws.iter().filter(|flaw| flaw.kind == "shadowed").collect();
    assert!(shadowed.len() > 300, "{}", shadowed.len());
    let most = shadowed.iter().map(|flaw| flaw.rows.len()).max().unwrap();
    assert!(most <= 40, "{most}");
    let all: usize = shadowed.iter().map(|flaw| flaw.rows.len()).sum();
    assert!(all < 20 * shadowed.len(), "{all}");
    assert_eq!(told.doubts, []);
}
