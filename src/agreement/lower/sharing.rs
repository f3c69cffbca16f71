//! What stands behind a table of shares: its running total, floors and caps of a side, precedence.

use super::Lower;
use super::misshare::Misshare;
use super::problem::Problem;
use super::slots::Slots;
use crate::agreement::model::{
    AttributionTable, Cycle, LimitOf, ShareLimit, SharedBands, Tag, Text,
};
use crate::source::{At, Spanned};
use crate::syntax::ast::{Cell, Figure, FigureKind, Form, Phrase, Row, Scalar};
use crate::value::{Currency, Given};

impl Lower<'_> {
    /// `banded marginal by total per contract year`
    pub(super) fn shared_bands(
        &mut self,
        slots: &mut Slots<'_>,
        rows: &[Row],
        currency: Currency,
    ) -> Option<SharedBands> {
        let slot = slots.take(Form::Banded)?;
        let figure = slot.amount().and_then(|amount| amount.steps.first());
        let Some(column) = figure.and_then(column_name) else {
            let (expected, example) = ("a column of the table below", "banded marginal by total");
            self.report(Problem::WrongType { at: slot.span, expected, example });
            return None;
        };
        let mut bands = SharedBands {
            span: At(slot.span),
            semantics: slot.word().cloned(),
            anew: self.anew(slot),
            column,
        };
        if let Some((header, body)) = rows.split_first() {
            if let Some(index) = self.asking_column(header, &bands.column) {
                bands.column = super::attribution::cell_text(&header.cells[index]);
                self.check_totals(&bands, body, index, currency);
            }
        } else {
            self.report(Misshare::NoTotals { at: slot.span, column: bands.column.clone() });
        }
        Some(bands)
    }

    /// When a total starts anew: `per contract year`; `during term`, or nothing, is never.
    fn anew(&mut self, slot: &Phrase) -> Option<Cycle> {
        if let Some(during) = slot.inner(Form::During)
            && during.word().is_none_or(|word| word.node != "term")
        {
            let (expected, example) =
                ("`during term`, or how often the total starts anew,", "per contract year");
            self.report(Problem::WrongType { at: during.span, expected, example });
        }
        self.cycle(slot.inner(Form::Per)?)
    }

    /// `per contract year`, `per quarter`, `per contract-year`
    fn cycle(&mut self, per: &Phrase) -> Option<Cycle> {
        let length = self.every_of(per);
        if length.is_none() && per.word().is_none() {
            let (expected, example) = ("a stretch of time that recurs", "per contract year");
            self.report(Problem::WrongType { at: per.span, expected, example });
        }
        let name = self.written(per.span).map(|text| text["per".len()..].trim().into());
        Some(Cycle { length: length?, name })
    }

    /// The column of that name: capitals do not count, and a hyphen is a blank. It asks something of
    /// a deal, so neither the names of the rows nor anybody's shares stand in it.
    fn asking_column(&mut self, header: &Row, name: &Text) -> Option<usize> {
        let columns: Vec<_> = header.cells.iter().map(super::attribution::cell_text).collect();
        let asks = |at: usize, column: &Text| {
            !(at == 0 && column.node == "rule") && self.agreement.party(&column.node).is_none()
        };
        let wanted = plain(&name.node);
        let found = (0..columns.len())
            .find(|at| asks(*at, &columns[*at]) && plain(&columns[*at].node) == wanted);
        if found.is_none() {
            let known = columns.iter().enumerate().filter(|(at, column)| asks(*at, column));
            let known = known.map(|(_, column)| column.node.to_string()).collect();
            self.report(Misshare::NoSuchColumn { column: name.clone(), known });
        }
        found
    }

    /// Every cell of a running total bounds it, in one unit: the table's currency or plain numbers.
    fn check_totals(&mut self, bands: &SharedBands, body: &[Row], at: usize, currency: Currency) {
        let units = bands.semantics.as_ref().is_some_and(|word| word.node == "per unit");
        let (mut money, mut plain) = (false, units);
        for cell in body.iter().filter_map(|row| row.cells.get(at)) {
            let given: Vec<_> = match &cell.node {
                Cell::Empty => continue,
                Cell::Words(words) if matches!(&**words, "any" | "else" | "-") => continue,
                Cell::Words(_) | Cell::List(_) => vec![None],
                Cell::Term(given) => ends(given),
                Cell::Bounds(bounds) => bounds.iter().flat_map(|(_, given)| ends(given)).collect(),
            };
            for end in given {
                let fits = match end {
                    Some(Scalar::Money(sum)) => !plain && sum.currency == currency,
                    Some(Scalar::Number(number)) => {
                        !money && number.is_integer() && !number.is_sign_negative()
                    }
                    _ => false,
                };
                // What is left open, or was told already, is nothing to be told here.
                if !fits && !is_open(&cell.node) {
                    self.report(Misshare::BadTotal { at: cell.span, units, currency });
                    break;
                }
                money |= matches!(end, Some(Scalar::Money(_)));
                plain |= matches!(end, Some(Scalar::Number(_)));
            }
        }
    }

    /// `at least EUR 500 to Kestrel per deal`: several may stand.
    pub(super) fn share_limits(&mut self, tag: &Tag, slots: &mut Slots<'_>) -> Vec<ShareLimit> {
        let found = slots.take_all(Form::ShareLimit);
        for form in [Form::AtLeast, Form::AtMost] {
            for slot in slots.take_all(form) {
                self.report(Misshare::NobodysLimit { at: slot.span });
            }
        }
        found.into_iter().filter_map(|slot| self.share_limit(tag, slot)).collect()
    }

    fn share_limit(&mut self, tag: &Tag, slot: &Phrase) -> Option<ShareLimit> {
        let least = slot.word().is_some_and(|word| word.node.ends_with("least"));
        let amount = slot.amount().and_then(|amount| self.money_of(amount));
        if amount.is_none() {
            let at = slot.amount().map_or(slot.span, |amount| amount.span);
            let (expected, example) = ("an amount of money", "EUR 25,000");
            self.report(Problem::WrongType { at, expected, example });
        }
        let who = slot.who().map(|who| self.parties(who)).unwrap_or_default();
        let party = match &*who.members {
            [(party, at)] if who.doubt.is_none() => Some(Spanned::new(*party, *at)),
            // Somebody nobody knows has been told.
            [] if who.doubt.is_some() => None,
            _ => {
                let (expected, example) = ("one party", "at most EUR 40,000 to Kestrel per deal");
                self.report(Problem::WrongType { at: who.span, expected, example });
                None
            }
        };
        let per = match slot.inner(Form::Per) {
            None if least => {
                self.report(Misshare::EndlessFloor { at: slot.span });
                None
            }
            None => Some(LimitOf::All),
            Some(per) if per.word().is_some_and(|word| word.node == "deal") => {
                Some(LimitOf::Deal(At(per.span)))
            }
            Some(per) => self.cycle(per).map(LimitOf::Cycle),
        };
        let (tag, span) = (tag.clone(), At(slot.span));
        Some(ShareLimit { tag, span, least, amount: amount?, party: party?, per: per? })
    }

    /// `prevails over "kestrel-reseller"`: ids of other agreements.
    pub(super) fn prevails(&mut self, slots: &mut Slots<'_>) -> Vec<Text> {
        let Some(slot) = slots.take(Form::Prevails) else { return Vec::new() };
        let over: Vec<Text> = slot.texts().cloned().collect();
        let own = self.agreement.header.id.as_ref().map(|id| id.node.clone());
        for id in over.iter().filter(|id| own.as_ref() == Some(&id.node)) {
            self.report(Misshare::OverItself { id: id.clone() });
        }
        over
    }
}

impl AttributionTable {
    /// Whether that column holds the running total.
    pub fn is_total(&self, column: &str) -> bool {
        self.banded.as_ref().is_some_and(|bands| bands.column.node == column)
    }
}

/// The column that a figure names, where it is no more than a name.
fn column_name(figure: &Figure) -> Option<Text> {
    match &figure.node {
        FigureKind::Item { standing: None, item: Some(item), window: None } => Some(item.clone()),
        FigureKind::Words { text, window: None } => Some(text.clone()),
        _ => None,
    }
}

/// A name as names are compared: `Running-total` is `running total`.
fn plain(name: &str) -> String {
    name.to_lowercase().replace(['-', '_'], " ")
}

/// The one or two values of a cell's term; nothing for what cannot be compared.
fn ends(given: &Given<Scalar>) -> Vec<Option<&Scalar>> {
    match given {
        Given::Value(_) | Given::Range(_) => given.values().iter().map(Some).collect(),
        Given::Hole(_) | Given::Unreadable => vec![None],
    }
}

/// Whether a cell leaves a value open, or has one that could not be read.
fn is_open(cell: &Cell) -> bool {
    let open = |given: &Given<Scalar>| matches!(given, Given::Hole(_) | Given::Unreadable);
    match cell {
        Cell::Term(given) => open(given),
        Cell::Bounds(bounds) => bounds.iter().any(|(_, given)| open(given)),
        Cell::Empty | Cell::Words(_) | Cell::List(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::agreement::{AttributionTable, LimitOf};
    use crate::source::Source;

    fn table(slots: &str, column: &str) -> AttributionTable {
        let text = format!(
            "alliance a: supply\n  starts 2026-01-01\nparties\n  A: \"A\"\n  B: \"B\"\n\
             dates\n  deal-year: every year from start\nattribution\n  on: \"sales\" in EUR; {slots}\n\
             | rule | {column} | A | B |\n  | r1 | < EUR 5 | 60% | 40% |\n  | r2 | >= EUR 5 | 50% | 50% |\n"
        );
        let text = text.replace("\n| rule", "\n  | rule");
        let mut parsed = crate::parse(&Source::new("t", text.clone()));
        assert_eq!(parsed.diagnostics, [], "{text}");
        parsed.agreement.attribution.tables.remove(0)
    }

    #[test]
    fn a_running_total_is_found_by_its_name() {
        let found = table("banded marginal by \"Running-total\"", "running total").banded.unwrap();
        assert_eq!((&*found.column.node, found.anew), ("running total", None));
        assert_eq!(found.semantics.unwrap().node, "marginal");
        let found = table("banded marginal by \"Deal total\"", "deal-total").banded.unwrap();
        assert_eq!(found.column.node, "deal-total", "as the table spells it");
        let found = table("banded by \"running total\" per contract year", "running total");
        assert!(found.is_total("running total") && !found.is_total("A"));
        let found = found.banded.unwrap();
        assert_eq!(
            (found.anew.unwrap().name.node, found.semantics),
            ("contract year".into(), None)
        );
        let found = table("banded whole by total during term", "total").banded.unwrap();
        assert_eq!(found.anew, None, "one total for all of the term");
        let found = table("banded whole by total per deal-year", "total").banded.unwrap();
        let anew = found.anew.unwrap();
        assert_eq!(anew.name.node, "deal-year");
        assert_eq!(anew.length.node.value().map(|length| length.months()), Some(12));
    }

    #[test]
    fn limits_and_precedence() {
        let slots = "at least EUR 5 to B per deal; at most EUR 9 to B per quarter; at most EUR 70 to A; \
                     prevails over \"b\", \"c\"";
        let found = table(slots, "size");
        let read: Vec<_> = found
            .limits
            .iter()
            .map(|limit| (limit.least, limit.amount_word(), limit.party.node, limit.per.name()))
            .collect();
        let expected = [
            (true, "at least EUR 5".to_owned(), 1, "deal"),
            (false, "at most EUR 9".to_owned(), 1, "quarter"),
            (false, "at most EUR 70".to_owned(), 0, "all"),
        ];
        assert_eq!(read, expected);
        assert!(matches!(found.limits[0].per, LimitOf::Deal(_)));
        assert!(matches!(found.limits[2].per, LimitOf::All));
        let over: Vec<_> = found.prevails_over.iter().map(|id| &*id.node).collect();
        assert_eq!(over, ["b", "c"]);
    }
}
