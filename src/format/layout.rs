//! The lines of an agreement in, tidy lines out: what is indented how far, and where blank lines are.

use std::collections::HashMap;

use super::between::{Between, Space};
use super::item::{Freedom, INDENT, item};
use super::lines::{Kind, Line, Placed, lines};
use super::table::aligned;
use super::words::{behind, squeezed, width, without_remark};
use crate::syntax::ast::AgreementFile;

/// How a text is laid out.
#[derive(Debug, Default)]
pub(super) struct Style {
    /// The most columns of a line.
    pub(super) columns: usize,
    /// Whether a blank line is put between sections; those that are there stay anyway.
    pub(super) spaced: bool,
    /// The freedom of single items, by their number; the others have `usual`.
    pub(super) apart: HashMap<usize, Freedom>,
    pub(super) usual: Option<Freedom>,
}

impl Style {
    fn freedom(&self, number: usize) -> Freedom {
        let usual = self.usual.unwrap_or(Freedom::Whole);
        self.apart.get(&number).copied().unwrap_or(usual)
    }
}

/// What the lines between two quiet stretches are.
#[derive(Clone, Copy)]
enum Block<'t> {
    Header,
    Point,
    Heading,
    Item(Placed<'t>),
    Table(Placed<'t>),
}

/// A text that was read into this tree, laid out; without a line break at its end.
pub(super) fn laid_out(text: &str, file: &AgreementFile, style: &Style) -> Vec<String> {
    let all = lines(text, file);
    let mut page = Page { text, style, lines: Vec::new(), above: None };
    let mut at = 0;
    while at < all.len() {
        let quiet = all[at..].iter().take_while(|line| line.is_quiet()).count();
        let (before, rest) = all[at..].split_at(quiet);
        let Some((block, length)) = block(rest) else {
            page.quiet(before, None);
            break;
        };
        page.quiet(before, Some(block));
        page.block(block, &rest[..length]);
        at += quiet + length;
    }
    while page.lines.last().is_some_and(String::is_empty) {
        page.lines.pop();
    }
    page.lines
}

/// The block that the first line opens, and how many lines belong to it.
fn block<'t>(lines: &[Line<'t>]) -> Option<(Block<'t>, usize)> {
    let upto = |is: fn(&Line<'_>) -> bool| {
        let goes_on = lines[1..].iter().take_while(|line| line.is_quiet() || is(line));
        let last = goes_on.enumerate().filter(|(_, line)| !line.is_quiet()).last();
        last.map_or(1, |(index, _)| index + 2)
    };
    Some(match lines.first()?.kind {
        Kind::Header => (Block::Header, 1),
        Kind::Heading => (Block::Heading, 1),
        Kind::Opening(placed) => {
            (Block::Item(placed), upto(|line| matches!(line.kind, Kind::More)))
        }
        Kind::Row(placed, _) => {
            (Block::Table(placed), upto(|line| matches!(line.kind, Kind::Row(..))))
        }
        Kind::Point | Kind::More | Kind::Blank | Kind::Remark => (Block::Point, 1),
    })
}

/// What has been laid out so far.
struct Page<'s, 't> {
    text: &'t str,
    style: &'s Style,
    lines: Vec<String>,
    above: Option<Block<'t>>,
}

impl<'t> Page<'_, 't> {
    /// Blank lines and remarks, before what stands below them.
    fn quiet(&mut self, quiet: &[Line<'_>], below: Option<Block<'t>>) {
        let fixed = match below {
            Some(Block::Table(placed)) => Some(table_indent(placed)),
            Some(Block::Point | Block::Item(_)) => Some(INDENT),
            Some(Block::Header | Block::Heading) | None => None,
        };
        let heads = matches!(below, Some(Block::Header | Block::Heading));
        let below_heading = matches!(self.above, Some(Block::Header | Block::Heading));
        let space = match below {
            Some(Block::Table(_)) => Space::Within,
            _ if heads && self.style.spaced => Space::Apart,
            _ if below_heading && !heads => Space::Opens,
            _ => Space::Free,
        };
        let between = Between { fixed, first: self.above.is_none(), space };
        self.lines.extend(between.lines(quiet.iter().map(|line| line.text)));
    }

    fn block(&mut self, block: Block<'t>, lines: &[Line<'t>]) {
        match block {
            Block::Header => self.header(lines[0].text),
            Block::Heading => {
                let (written, remark) = without_remark(lines[0].text);
                self.lines.push(written.to_owned() + &behind(remark));
            }
            Block::Point => self.points(lines[0].text),
            Block::Item(placed) => {
                let freedom = self.style.freedom(placed.number);
                let columns = self.style.columns;
                self.lines.extend(item(self.text, lines, placed, freedom, columns));
            }
            Block::Table(placed) => self.table(lines, placed),
        }
        self.above = Some(block);
    }

    /// `alliance ID, version NUMBER: KIND`
    fn header(&mut self, line: &str) {
        let (written, remark) = without_remark(line);
        let (written, _) = squeezed(written, &[]);
        let written = match written.split_once(':') {
            Some((id, kind)) => format!("{}: {}", id.trim_end(), kind.trim_start()),
            None => written,
        };
        self.lines.push(written + &behind(remark));
    }

    /// A line of slots below the header; where it is too long it is broken behind a `;`.
    fn points(&mut self, line: &str) {
        let (written, remark) = without_remark(line.trim_start());
        let (written, _) = squeezed(written, &[]);
        let written = written.trim_start_matches([';', ' ']);
        let ends = if written.ends_with(';') { ";" } else { "" };
        let slots = super::words::slots(written, &[]);
        let mut line = " ".repeat(INDENT);
        for (number, slot) in slots.iter().enumerate() {
            let words: Vec<&str> =
                slot.iter().map(|word| word.text.trim_end_matches(';')).collect();
            let end = if number + 1 == slots.len() { ends } else { ";" };
            let slot = words.join(" ") + end;
            let fresh = line.len() == INDENT;
            if !fresh && width(&line) + 1 + width(&slot) > self.style.columns {
                self.lines.push(std::mem::replace(&mut line, " ".repeat(INDENT) + &slot));
            } else {
                line = line + if fresh { "" } else { " " } + &slot;
            }
        }
        self.lines.push(line + &behind(remark));
    }

    fn table(&mut self, lines: &[Line<'t>], placed: Placed<'t>) {
        let indent = table_indent(placed);
        let written = |line: &Line<'t>| {
            let Kind::Row(_, row) = line.kind else { return None };
            let cell = |span: crate::source::Span| {
                self.text.get(span.start as usize..span.end as usize).unwrap_or("").trim()
            };
            let end = row.cells.last().map_or(row.span, |cell| cell.span).end as usize;
            let rest = self.text.get(end..line.start + line.text.len()).unwrap_or("");
            let remark = rest.split_once('|').map_or("", |(_, remark)| remark);
            Some((row.cells.iter().map(|each| cell(each.span)).collect::<Vec<_>>(), remark))
        };
        let (rows, remarks): (Vec<_>, Vec<_>) = lines.iter().filter_map(written).unzip();
        let mut rows = aligned(&rows, indent).into_iter().zip(remarks);
        for line in lines {
            match line.kind {
                Kind::Blank => {}
                Kind::Row(..) => {
                    let next = rows.next().map(|(row, remark)| row + &behind(remark));
                    self.lines.extend(next);
                }
                _ => self.lines.push(format!("{}{}", " ".repeat(indent), line.text.trim())),
            }
        }
    }
}

/// How far a table is indented: the one of `attribution` is the section, another belongs to its item.
fn table_indent(placed: Placed<'_>) -> usize {
    if placed.section == "attribution" { INDENT } else { INDENT + 2 }
}
