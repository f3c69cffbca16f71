//! The proof of tables for people.

use std::fmt::Write;

use super::human::Human;
use super::proof::ProofPage;
use super::proof_words::{deals, finding, open, verdict};
use super::visible::visible;
use super::wrap::wrap;

impl Human {
    /// What kept the text from being read in full, and every table: its line, its columns, its
    /// flaws, what is open.
    pub fn proofs(&self, page: &ProofPage<'_>) -> String {
        let mut out = String::new();
        for told in page.diagnostics {
            out += &self.diagnostic(page.source, told);
            out.push('\n');
        }
        let name = visible(page.source.name()).replace('\n', " ");
        for table in page.tables {
            let line = page.source.position(table.at.start).line;
            let hit = if table.first { "the first that fits decides" } else { "one may fit" };
            let rows = super::many(table.rows, "row");
            let id = visible(&table.table);
            self.lines(
                &mut out,
                "",
                &format!("{name}:{line}: `{id}`, {rows}, {hit}: {}", verdict(table)),
            );
            for (column, can_be) in &table.columns {
                self.lines(&mut out, "  ", &format!("{}: {}", visible(column), visible(can_be)));
            }
            out.push('\n');
            for flaw in &table.flaws {
                let told = finding(flaw);
                self.head(&mut out, &told, "");
                self.excerpt(&mut out, page.source, &told);
                if let Some(deals) = deals(flaw) {
                    self.note(&mut out, "all such deals: ", deals);
                }
                if let Some(help) = &told.help {
                    self.note(&mut out, "help: ", help);
                }
                out.push('\n');
            }
            for told in open(table) {
                self.head(&mut out, &told, ", undetermined");
                self.excerpt(&mut out, page.source, &told);
                if let Some(help) = &told.help {
                    self.note(&mut out, "help: ", help);
                }
                out.push('\n');
            }
        }
        out
    }

    fn lines(&self, out: &mut String, indent: &str, text: &str) {
        for (number, line) in wrap(text, self.width() - 6).into_iter().enumerate() {
            let hang = if number == 0 { "" } else { "    " };
            let _ = writeln!(out, "{indent}{hang}{line}");
        }
    }
}
