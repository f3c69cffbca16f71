//! Large tables of shares, generated: for the test of the proof and for its benchmark.

use std::fmt::Write;

/// What a column is, in turn.
const KINDS: [Kind; 4] = [Kind::Money, Kind::YesNo, Kind::Number, Kind::Money];

#[derive(Clone, Copy)]
enum Kind {
    Money,
    YesNo,
    Number,
}

/// A row: for each column from which value on and below which, in steps of 1,000; yes is 0, no is 1.
type Row = Vec<(u64, Option<u64>)>;

/// Numbers that look random and are always the same.
pub(crate) struct Dice(u64);

impl Dice {
    /// Starts at a seed.
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides
    }
}

/// So many rows that share every deal out exactly once: everything, cut in two again and again.
pub(crate) fn partition(rows: usize, columns: usize, seed: u64) -> Vec<Row> {
    let mut dice = Dice::new(seed);
    let mut found: Vec<Row> = vec![vec![(0, None); columns]];
    while found.len() < rows {
        let (at, column) = (dice.roll(found.len()), dice.roll(columns));
        let (low, high) = found[at][column];
        let end = match KINDS[column % KINDS.len()] {
            Kind::YesNo if high.is_none() && low == 0 => 1,
            Kind::YesNo => continue,
            _ => low + 1 + dice.roll(50) as u64,
        };
        if high.is_some_and(|high| end >= high) {
            continue;
        }
        let mut above = found[at].clone();
        (found[at][column], above[column]) = ((low, Some(end)), (end, high));
        found.push(above);
    }
    found
}

/// So many rows at random, each asking something in two of three columns: they overlap, and leave
/// much out.
pub(crate) fn scattered(rows: usize, columns: usize, seed: u64) -> Vec<Row> {
    strewn(rows, columns, seed, (2, 3))
}

/// So many rows at random, each asking something in one of four columns: wide ones, so that the later
/// ones decide little or nothing.
pub(crate) fn overlapping(rows: usize, columns: usize, seed: u64) -> Vec<Row> {
    strewn(rows, columns, seed, (1, 4))
}

/// So many rows at random, each asking something in that share of the columns.
fn strewn(rows: usize, columns: usize, seed: u64, (asked, of): (usize, usize)) -> Vec<Row> {
    let mut dice = Dice::new(seed);
    let mut cell = |column: usize| match (dice.roll(of), KINDS[column % KINDS.len()]) {
        (roll, _) if roll < of - asked => (0, None),
        (_, Kind::YesNo) => [(0, Some(1)), (1, None)][dice.roll(2)],
        _ => {
            let low = dice.roll(40) as u64;
            (low, Some(low + 1 + dice.roll(40) as u64))
        }
    };
    (0..rows).map(|_| (0..columns).map(&mut cell).collect()).collect()
}

/// An agreement with the table: a share of its own for every row, and a last row for the rest where
/// one is wanted.
pub(crate) fn agreement(rows: &[Row], hit: &str, rest: bool) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let mut text = format!(
        "alliance a: referral\nparties\n  A: \"A\"\n  B: \"B\"\nattribution\n  on: \"sales\" in EUR; match {hit}\n  | rule |"
    );
    for at in 0..columns {
        let _ = write!(text, " c{at} |");
    }
    text.push_str(" A | B |\n");
    for (number, row) in rows.iter().enumerate() {
        let _ = write!(text, "  | r{number} |");
        for (column, bounds) in row.iter().enumerate() {
            let _ = write!(text, " {} |", cell(column, *bounds));
        }
        let share = number % 100;
        let _ = writeln!(text, " {share}% | {}% |", 100 - share);
    }
    if rest {
        let _ = writeln!(text, "  | else |{} 50% | 50% |", " any |".repeat(columns));
    }
    text
}

fn cell(column: usize, (low, high): (u64, Option<u64>)) -> String {
    let sign = match KINDS[column % KINDS.len()] {
        Kind::YesNo if low == 0 && high.is_none() => return "any".to_owned(),
        Kind::YesNo => return if low == 0 { "yes" } else { "no" }.to_owned(),
        Kind::Money => "EUR ",
        Kind::Number => "",
    };
    match (low, high) {
        (0, None) => "any".to_owned(),
        (0, Some(high)) => format!("< {sign}{high},000"),
        (low, None) => format!(">= {sign}{low},000"),
        (low, Some(high)) => format!(">= {sign}{low},000 and < {sign}{high},000"),
    }
}
