//! Cells under one another, for a terminal or a pipe of a given width. What is too wide for that is
//! told line by line.

use unicode_width::UnicodeWidthStr;

use crate::render::visible;
use crate::render::wrap::wrap;

/// Rows under a head.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    head: Vec<String>,
    /// Whether a column holds numbers, which end below one another.
    numbers: Vec<bool>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    /// A sheet with these columns; a column of numbers is marked.
    pub(super) fn new(head: impl IntoIterator<Item = (String, bool)>) -> Self {
        let (head, numbers) = head.into_iter().unzip();
        Self { head, numbers, rows: Vec::new() }
    }

    pub(super) fn push(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells = cells.into_iter().map(|cell| visible(&cell).replace('\n', " "));
        self.rows.push(cells.collect());
    }

    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// As text, each line indented by two blanks.
    pub(super) fn text(&self, width: usize) -> String {
        let used = |column: &usize| self.rows.iter().any(|row| !row[*column].is_empty());
        let columns: Vec<usize> = (0..self.head.len()).filter(used).collect();
        let wide = |column: usize| {
            let cells = self.rows.iter().map(|row| row[column].width());
            cells.chain([self.head[column].width()]).max().unwrap_or_default()
        };
        let widths: Vec<usize> = columns.iter().map(|column| wide(*column)).collect();
        let whole: usize = widths.iter().map(|width| width + 2).sum();
        if whole > width {
            return self.stacked(&columns, width);
        }
        let mut out = String::new();
        for row in [&self.head].into_iter().chain(&self.rows) {
            let mut line = String::new();
            for (column, room) in columns.iter().zip(&widths) {
                let cell = &row[*column];
                let blank = " ".repeat(room - cell.width());
                let (before, after) =
                    if self.numbers[*column] { (&*blank, "") } else { ("", &*blank) };
                line.push_str("  ");
                line.push_str(before);
                line.push_str(cell);
                line.push_str(after);
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    fn stacked(&self, columns: &[usize], width: usize) -> String {
        let mut out = String::new();
        for row in &self.rows {
            let told = columns.iter().filter(|column| !row[**column].is_empty());
            let told = told.map(|column| format!("{} {}", self.head[*column], row[*column]));
            let text = told.collect::<Vec<_>>().join(", ");
            for (index, line) in wrap(&text, width.saturating_sub(4)).iter().enumerate() {
                out.push_str(if index == 0 { "  " } else { "    " });
                out.push_str(line);
                out.push('\n');
            }
        }
        out
    }
}
