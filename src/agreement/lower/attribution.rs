//! Tables of shares: the base, the rows, and who gets what.

use super::flow::{BASE, TAIL};
use super::forms::{CARE, EXCEPT, Forms, LIFE, SCOPE, TESTS};
use super::misfit::Misfit;
use super::problem::Problem;
use super::slots::Slots;
use super::{Lower, open};
use crate::agreement::model::{
    AttributionRow, AttributionTable, Leaf, OpenPlace, Share, Tag, Text,
};
use crate::source::{At, Spanned};
use crate::syntax::ast::{Cell, Form, Phrase, Row, Scalar};
use crate::value::{Given, Percent, Str};

impl Lower<'_> {
    pub(super) fn table(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let rows = slots.take_rows();
        let (base, is_item) = match (head.text(), head.hole(), head.words().next()) {
            (Some(text), _, _) => (text.clone().map(Given::Value), false),
            (_, Some(hole), _) => (open(hole), false),
            (_, _, Some(word)) => {
                self.check_item(&word.node.clone(), word.span);
                (word.clone().map(Given::Value), true)
            }
            _ => return,
        };
        let Some(currency) = head.words().last().and_then(|code| self.currency(code)) else {
            return;
        };
        let told = self.diagnostics.len();
        let banded = self.shared_bands(slots, rows, currency.node);
        let limits = self.share_limits(&tag, slots);
        let prevails_over = self.prevails(slots);
        // What was told of them says that the table means something else than can be read.
        let misread = (self.diagnostics.len() > told).then_some(tag.span);
        let bonus = slots
            .take(Form::Bonus)
            .into_iter()
            .flat_map(crate::syntax::agreement::ast::Phrase::phrases);
        let mut table = AttributionTable {
            base,
            base_is_item: is_item,
            currency,
            hit: slots.take(Form::Match).and_then(|slot| slot.word().cloned()),
            credited: slots.take(Form::Credited).map(|slot| {
                if let Some(length) = slot.term() {
                    self.period(length);
                }
                self.written(slot.span)
            }),
            lookback: slots.take(Form::Lookback).and_then(|slot| self.period_of(slot)),
            settled: slots.take(Form::Settled).and_then(|slot| self.every_of(slot)),
            flow: self.flow(None, slots, Forms::all(&[BASE, TAIL])),
            terms: self.terms(&tag, slots, Forms::all(&[EXCEPT, LIFE, TESTS, SCOPE, CARE])),
            rows: Vec::new(),
            banded,
            limits,
            prevails_over,
            bonus: bonus
                .filter_map(|extra| {
                    let mut terms = extra.terms();
                    Some((self.percent(terms.next()?), self.money(terms.next()?)))
                })
                .collect(),
            tag,
        };
        table.tag.partial = table.tag.partial.or(misread);
        self.table_rows(&mut table, rows);
        self.agreement.attribution.tables.push(table);
    }

    fn table_rows(&mut self, table: &mut AttributionTable, rows: &[Row]) {
        let Some((header, body)) = rows.split_first() else { return };
        let columns: Vec<Text> = header.cells.iter().map(cell_text).collect();
        let parties: Vec<Option<usize>> =
            columns.iter().map(|name| self.agreement.party(&name.node)).collect();
        for (column, party) in columns.iter().zip(&parties) {
            let stranger = party.is_none() && column.node.starts_with(char::is_uppercase);
            if stranger {
                let known = self.party_names();
                self.report(Problem::StrangerShare { name: column.clone(), known });
            }
        }
        for (at, column) in columns.iter().enumerate() {
            let same = |other: &usize| {
                parties[*other].is_some() && parties[*other] == parties[at]
                    || columns[*other].node == column.node
            };
            if let Some(first) = (0..at).find(same) {
                let (name, first) = (column.clone(), columns[first].span);
                self.report(Problem::TwoColumns { name, first });
            }
        }
        if parties.iter().all(Option::is_none) {
            let column = columns
                .last()
                .cloned()
                .unwrap_or_else(|| Spanned::new(Str::default(), header.span));
            let known = self.party_names();
            self.report(Problem::NoShareColumn { column, known });
        }
        for row in body {
            if row.cells.len() != columns.len() {
                let (found, expected) = (row.cells.len(), columns.len());
                self.report(Misfit::RowLength { at: row.span, found, expected });
                table.tag.partial = table.tag.partial.or(Some(row.span));
                continue;
            }
            let row = self.table_row(table, &columns, &parties, row);
            table.rows.push(row);
        }
    }

    fn table_row(
        &mut self,
        table: &AttributionTable,
        columns: &[Text],
        parties: &[Option<usize>],
        row: &Row,
    ) -> AttributionRow {
        let number = table.rows.len() + 1;
        let named = columns.first().is_some_and(|name| name.node == "rule");
        let id = row
            .cells
            .first()
            .filter(|_| named)
            .map_or_else(|| Spanned::new(format!("row-{number}").into(), row.span), cell_text);
        let mut lowered = AttributionRow {
            tag: table.tag.clone(),
            catch_all: id.node == "else",
            id,
            span: At(row.span),
            cells: Vec::new(),
            shares: Vec::new(),
        };
        for ((column, party), cell) in
            columns.iter().zip(parties).zip(&row.cells).skip(usize::from(named))
        {
            match party {
                None => lowered.cells.push((column.node.clone(), self.asked(cell))),
                Some(party) => {
                    let share = self.share(cell);
                    if let Some(Given::Hole(hole)) = share.as_ref().map(|share| &share.node) {
                        let (item, field) = (lowered.id.node.as_str().into(), "share");
                        let hole = Spanned::new(hole.clone(), cell.span);
                        let section = table.tag.section;
                        self.agreement.holes.push(OpenPlace { section, item, field, hole });
                    }
                    let (tag, name) = (table.tag.clone(), column.node.clone());
                    lowered.shares.push(Share {
                        tag,
                        party: *party,
                        name,
                        span: At(cell.span),
                        share,
                    });
                }
            }
        }
        lowered
    }

    /// What a row asks of a deal: a word or several, a value or bounds.
    fn asked(&mut self, cell: &Spanned<Cell>) -> Spanned<Cell> {
        let odd = match &cell.node {
            // Quotes are longer than the words in them; what is quoted is meant as it stands.
            Cell::Words(words) => {
                let written = (cell.span.end - cell.span.start) as usize;
                words.len() == written && odd(words)
            }
            Cell::List(words) => words.iter().any(|word| odd(word) || !is_word(word)),
            _ => false,
        };
        let backwards = match &cell.node {
            Cell::Bounds(bounds) => match &bounds[..] {
                [(_, Given::Value(Scalar::Date(a))), (_, Given::Value(Scalar::Date(b)))] => a > b,
                _ => false,
            },
            _ => false,
        };
        if !odd && !backwards {
            return cell.clone();
        }
        let days = matches!(&cell.node, Cell::Words(words) if DAYS.iter().any(|day| words.starts_with(day)));
        let (expected, example) = match (days, backwards) {
            (_, true) => ("an earlier day before a later one", "from 2027-01-01 until 2027-06-30"),
            (true, _) => ("a day behind `from`, `until` or `before`", "from 2027-01-01"),
            _ => ("words with commas between, a value, a bound or `any`", "< EUR 50,000"),
        };
        self.report(Problem::WrongType { at: cell.span, expected, example });
        Spanned::new(Cell::Term(Given::Unreadable), cell.span)
    }

    fn share(&mut self, cell: &Spanned<Cell>) -> Option<Leaf<Percent>> {
        let (expected, example) = ("a share", "40%");
        match &cell.node {
            Cell::Empty => None,
            Cell::Term(given) => Some(self.percent(&Spanned::new(given.clone(), cell.span))),
            Cell::Words(_) | Cell::List(_) | Cell::Bounds(_) => {
                self.report(Problem::WrongType { at: cell.span, expected, example });
                Some(Spanned::new(Given::Unreadable, cell.span))
            }
        }
    }
}

/// What opens a cell about days.
const DAYS: [&str; 5] = ["from ", "until ", "before ", "after ", "since "];

/// Words that are meant as a condition, and would be taken for the name of something.
fn odd(words: &str) -> bool {
    let several = words.contains(',') || words.contains(" or ") || words.contains(" and ");
    let days = DAYS.iter().any(|day| words.starts_with(day));
    several || days || words.starts_with("not ") || words.contains(['<', '>', '='])
}

/// Whether a piece of a list is a word, not nothing, a value or everything.
fn is_word(piece: &str) -> bool {
    let value = piece.replace(',', "").parse::<f64>().is_ok() || piece.ends_with('%');
    let money = piece.split_once(' ').is_some_and(|(code, amount)| {
        crate::value::Currency::from_code(code).is_some()
            && amount.starts_with(|c: char| c.is_ascii_digit())
    });
    !piece.is_empty() && !value && !money && !matches!(piece, "any" | "else" | "-")
}

/// A cell as written.
pub(super) fn cell_text(cell: &Spanned<Cell>) -> Text {
    let scalar = |given: &Given<Scalar>| match given {
        Given::Value(Scalar::Money(money)) => money.to_string(),
        Given::Value(Scalar::Percent(share)) => share.to_string(),
        Given::Value(Scalar::Number(number)) => crate::value::grouped(*number),
        Given::Value(Scalar::Period(period)) => period.to_string(),
        Given::Value(Scalar::Date(date)) => date.to_string(),
        Given::Value(Scalar::Boundless) => "unlimited".to_owned(),
        Given::Range(..) | Given::Unreadable => String::new(),
        Given::Hole(hole) => hole.to_string(),
    };
    let text = match &cell.node {
        Cell::Words(words) => return Spanned::new(words.clone(), cell.span),
        Cell::Empty => String::new(),
        Cell::List(words) => words.join(", "),
        Cell::Term(given) => scalar(given),
        Cell::Bounds(bounds) => {
            let bounds: Vec<_> =
                bounds.iter().map(|(op, value)| format!("{op} {}", scalar(value))).collect();
            bounds.join(" and ")
        }
    };
    Spanned::new(text.into(), cell.span)
}
