//! What the proof of a table of shares costs, by rows and by columns: of a table that shares every
//! deal out exactly once, and of rows strewn at random above a row for the rest. Some of those ask much
//! and leave much out; others ask little, lie over one another and hide the later ones.
//!
//! `cargo bench --bench tables`

#[path = "../tests/suite/table_gen.rs"]
mod table_gen;

use std::hint::black_box;

use divan::Bencher;
use pactum::Agreement;
use pactum::analysis::derive;
use pactum::source::Source;
use table_gen::{agreement, overlapping, partition, scattered};

const ROWS: [usize; 5] = [50, 100, 200, 400, 500];
const COLUMNS: [usize; 4] = [2, 4, 8, 12];

fn read(text: String) -> Agreement {
    pactum::parse(&Source::new("table", text)).agreement
}

fn prove(bencher: Bencher<'_, '_>, agreement: &Agreement) {
    bencher.bench_local(|| black_box(derive(black_box(agreement)).tables().len()));
}

/// A complete table of 12 columns.
#[divan::bench(args = ROWS, sample_count = 20, sample_size = 1)]
fn complete_by_rows(bencher: Bencher<'_, '_>, rows: usize) {
    prove(bencher, &read(agreement(&partition(rows, 12, 3), "unique", false)));
}

/// A complete table of 500 rows.
#[divan::bench(args = COLUMNS, sample_count = 20, sample_size = 1)]
fn complete_by_columns(bencher: Bencher<'_, '_>, columns: usize) {
    prove(bencher, &read(agreement(&partition(500, columns, 3), "unique", false)));
}

/// The same where the first row that fits decides, so that every row is held against those above.
#[divan::bench(args = ROWS, sample_count = 20, sample_size = 1)]
fn first_by_rows(bencher: Bencher<'_, '_>, rows: usize) {
    prove(bencher, &read(agreement(&partition(rows, 12, 3), "first", false)));
}

/// Rows at random and one for the rest: the most there is to find.
#[divan::bench(args = ROWS, sample_count = 20, sample_size = 1)]
fn scattered_by_rows(bencher: Bencher<'_, '_>, rows: usize) {
    prove(bencher, &read(agreement(&scattered(rows, 12, 6), "first", true)));
}

#[divan::bench(args = COLUMNS, sample_count = 20, sample_size = 1)]
fn scattered_by_columns(bencher: Bencher<'_, '_>, columns: usize) {
    prove(bencher, &read(agreement(&scattered(500, columns, 6), "first", true)));
}

/// Wide rows at random, most of which earlier ones hide.
#[divan::bench(args = ROWS, sample_count = 20, sample_size = 1)]
fn overlapping_by_rows(bencher: Bencher<'_, '_>, rows: usize) {
    prove(bencher, &read(agreement(&overlapping(rows, 12, 6), "first", true)));
}

#[divan::bench(args = COLUMNS, sample_count = 20, sample_size = 1)]
fn overlapping_by_columns(bencher: Bencher<'_, '_>, columns: usize) {
    prove(bencher, &read(agreement(&overlapping(500, columns, 6), "first", true)));
}

fn main() {
    divan::main();
}
