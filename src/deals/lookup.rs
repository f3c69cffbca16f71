//! Which row takes a deal, found at once: every column is cut into atoms (the words it knows, the
//! bounds and what lies between them), and each atom knows the rows that take it.
//!
//! What a row asks is the [`Ask`] that the proof of the table asks too, and the answer is that of
//! [`Grid::decide`], which a test compares; this one does not look at row after row.

use std::collections::HashMap;

use super::deal::fold;
use crate::analysis::{Answer, Ask, Column, Grid, Values};
use crate::value::{Number, Str};

/// A set of rows.
type Rows = Vec<u64>;

/// The rows of an atom.
#[derive(Debug, Clone, PartialEq)]
struct Takers {
    /// Those that may take it: what they ask could not be read, or the deal does not say.
    may: Rows,
    /// Those that certainly take it.
    sure: Rows,
}

/// A table, column by column.
#[derive(Debug, Clone)]
pub(super) struct Lookup {
    columns: Vec<Atoms>,
    rows: usize,
    /// The rows for the rest.
    rest: Rows,
    first: bool,
}

/// A column as atoms; the last is that of a deal that does not say.
#[derive(Debug, Clone)]
struct Atoms {
    kind: Kind,
    takers: Vec<Takers>,
}

#[derive(Debug, Clone)]
enum Kind {
    /// The place of each word; folded words where no two are folded to one.
    Words(HashMap<Str, usize>, HashMap<String, usize>),
    /// Atoms of a line: below the first point, the point, between it and the next, …
    Line(Vec<Number>),
    /// No deal can answer it.
    Mixed,
}

/// What a deal comes to in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    Row(usize),
    Nobody,
    Several(Vec<usize>),
    /// Whether this row takes it cannot be told.
    Untold(usize),
}

/// The rows that are still in question.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Left {
    may: Rows,
    sure: Rows,
}

fn rows(count: usize, has: impl Fn(usize) -> bool) -> Rows {
    let mut bits = vec![0; count.div_ceil(64)];
    for row in (0..count).filter(|row| has(*row)) {
        bits[row / 64] |= 1 << (row % 64);
    }
    bits
}

fn each(rows: &Rows) -> impl Iterator<Item = usize> {
    rows.iter().enumerate().flat_map(|(index, bits)| {
        let mut left = *bits;
        std::iter::from_fn(move || {
            let bit = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (bit < 64).then_some(index * 64 + bit)
        })
    })
}

fn has(rows: &Rows, row: usize) -> bool {
    rows[row / 64] >> (row % 64) & 1 == 1
}

impl Lookup {
    pub(super) fn new(grid: &Grid) -> Self {
        let column = |(index, column): (usize, &Column)| {
            let asks: Vec<&Ask> = grid.rows.iter().map(|row| &row.asks[index]).collect();
            Atoms::new(column, &asks)
        };
        Self {
            columns: grid.columns.iter().enumerate().map(column).collect(),
            rows: grid.rows.len(),
            rest: rows(grid.rows.len(), |row| grid.rows[row].rest),
            first: grid.first,
        }
    }

    /// Every row.
    pub(super) fn all(&self) -> Left {
        let all = rows(self.rows, |_| true);
        Left { may: all.clone(), sure: all }
    }

    /// Leaves the rows that take an atom of a column.
    pub(super) fn keep(&self, left: &mut Left, column: usize, atom: usize) {
        let takers = &self.columns[column].takers[atom];
        for (mine, theirs) in [(&mut left.may, &takers.may), (&mut left.sure, &takers.sure)] {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                *mine &= theirs;
            }
        }
    }

    /// Whether a row is still in question.
    pub(super) fn may(&self, left: &Left, row: usize) -> bool {
        row < self.rows && has(&left.may, row)
    }

    /// The row that decides; the rows for the rest where no other takes it.
    pub(super) fn decide(&self, left: &Left) -> Found {
        let named = |row: &usize| self.first || !has(&self.rest, *row);
        match self.among(left, each(&left.may).filter(named)) {
            Found::Nobody => self.among(left, each(&left.may).filter(|row| !named(row))),
            found => found,
        }
    }

    fn among(&self, left: &Left, rows: impl Iterator<Item = usize>) -> Found {
        let mut fitting: Option<usize> = None;
        let mut several = Vec::new();
        for row in rows {
            if !has(&left.sure, row) {
                return Found::Untold(row);
            }
            if self.first {
                return Found::Row(row);
            }
            match fitting {
                None => fitting = Some(row),
                Some(one) if several.is_empty() => several = vec![one, row],
                Some(_) => several.push(row),
            }
        }
        match fitting {
            Some(_) if !several.is_empty() => Found::Several(several),
            Some(row) => Found::Row(row),
            None => Found::Nobody,
        }
    }

    /// The atom of a deal that does not say.
    pub(super) fn unsaid(&self, column: usize) -> usize {
        self.columns[column].takers.len() - 1
    }

    /// The atom of a word; none where the column does not know it and knows all there are.
    pub(super) fn word(&self, column: usize, word: &str) -> Option<usize> {
        match &self.columns[column].kind {
            Kind::Words(words, folded) => {
                let known = words.get(word).or_else(|| folded.get(&fold(word)));
                // Behind the known words: any other, then none at all.
                let others = self.columns[column].takers.len() - 2;
                let open = others == words.len();
                known.copied().or(open.then_some(others))
            }
            Kind::Line(..) => None,
            Kind::Mixed => Some(0),
        }
    }

    /// The atom of a value.
    pub(super) fn value(&self, column: usize, value: Number) -> usize {
        match &self.columns[column].kind {
            Kind::Line(points) => match points.binary_search(&value) {
                Ok(at) => 2 * at + 1,
                Err(at) => 2 * at,
            },
            Kind::Words(..) | Kind::Mixed => self.unsaid(column),
        }
    }

    /// Where the atoms of a column of values end.
    pub(super) fn points(&self, column: usize) -> &[Number] {
        match &self.columns[column].kind {
            Kind::Line(points) => points,
            Kind::Words(..) | Kind::Mixed => &[],
        }
    }

    /// The atom between two points: below the first is 0, above the n-th is n.
    pub(super) fn between(&self, column: usize, stretch: usize) -> usize {
        if self.points(column).is_empty() { self.unsaid(column) } else { 2 * stretch }
    }
}

impl Atoms {
    fn new(column: &Column, asks: &[&Ask]) -> Self {
        let takers = |answer: Option<Answer<'_>>| {
            let told = |row: usize| match answer {
                Some(answer) => asks[row].takes(&answer),
                None => (*asks[row] == Ask::Any).then_some(true),
            };
            Takers {
                may: rows(asks.len(), |row| told(row) != Some(false)),
                sure: rows(asks.len(), |row| told(row) == Some(true)),
            }
        };
        let (kind, mut atoms) = match &column.values {
            Values::Closed(words) | Values::Open(words) => {
                let open = matches!(column.values, Values::Open(_));
                let mut all: Vec<Takers> =
                    words.iter().map(|word| takers(Some(Answer::Word(word)))).collect();
                // No word of an agreement is empty.
                all.extend(open.then(|| takers(Some(Answer::Word("")))));
                (words_kind(words), all)
            }
            Values::Of(unit) => {
                let points = points(asks);
                let all = line(&points).map(|value| takers(Some(Answer::Value(value, *unit))));
                let all = all.collect();
                (Kind::Line(points), all)
            }
            Values::Mixed => (Kind::Mixed, Vec::new()),
        };
        atoms.push(takers(None));
        Self { kind, takers: atoms }
    }
}

fn words_kind(words: &[Str]) -> Kind {
    let exact = words.iter().cloned().enumerate().map(|(place, word)| (word, place)).collect();
    let mut folded: HashMap<String, usize> = HashMap::new();
    let mut twice = Vec::new();
    for (place, word) in words.iter().enumerate() {
        if folded.insert(fold(word), place).is_some() {
            twice.push(fold(word));
        }
    }
    folded.retain(|word, _| !twice.contains(word));
    Kind::Words(exact, folded)
}

/// The bounds of a column, lowest first.
fn points(asks: &[&Ask]) -> Vec<Number> {
    let bounds = asks.iter().flat_map(|ask| match ask {
        Ask::Bounds(bounds, _) => &**bounds,
        _ => &[],
    });
    let mut points: Vec<Number> = bounds.map(|bound| bound.value).collect();
    points.sort_unstable();
    points.dedup();
    points
}

/// A value of each atom.
fn line(points: &[Number]) -> impl Iterator<Item = Number> {
    let below = points.first().map(|first| first.saturating_sub(Number::ONE));
    let above = |at: usize| match points.get(at + 1) {
        Some(next) => points[at].saturating_add(next.saturating_sub(points[at]) / Number::TWO),
        None => points[at].saturating_add(Number::ONE),
    };
    let rest = points.iter().enumerate().flat_map(move |(at, point)| [*point, above(at)]);
    below.into_iter().chain(rest)
}
