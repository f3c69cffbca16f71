//! The rows of a table in, the same rows with their bars one below the other out.

use super::words::width;

/// Rows of cells as lines, each column as wide as its widest cell on a screen.
pub(super) fn aligned(rows: &[Vec<&str>], indent: usize) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| width(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let line = |row: &Vec<&str>| {
        let mut line = format!("{}|", " ".repeat(indent));
        for (cell, wide) in row.iter().zip(&widths) {
            let rest = " ".repeat(wide.saturating_sub(width(cell)));
            line.extend([" ", cell, &rest, " |"]);
        }
        line
    };
    rows.iter().map(line).collect()
}
