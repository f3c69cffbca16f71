//! How an amount runs over time: its steps, what is carried over, its bands, what follows the end.

use super::problem::Problem;
use super::slots::Slots;
use super::{Lower, words};
use crate::agreement::model::{BandRow, Bands, Carry, Flow, Leaf, Part, Tail};
use crate::source::{At, Spanned};
use crate::syntax::ast::{Amount, FigureKind, Form, Phrase, Row, Scalar};
use crate::value::{Given, Measure, Quantity};

/// What may be carried over.
pub const CARRIED: [&str; 5] = ["none", "surplus", "shortfall", "credit", "unspent"];

/// The slots of a flow.
const READS: [Form; 20] = [
    Form::Banded,
    Form::Basis,
    Form::Carry,
    Form::Continues,
    Form::Counted,
    Form::Creditable,
    Form::Due,
    Form::Estimated,
    Form::First,
    Form::Less,
    Form::NotCounting,
    Form::OfWhich,
    Form::OnAccount,
    Form::Or,
    Form::PartPeriods,
    Form::Rising,
    Form::Sampled,
    Form::Split,
    Form::Tail,
    Form::TrueUp,
];

impl Lower<'_> {
    pub(super) fn flow(&mut self, amount: Option<&Amount>, slots: &mut Slots<'_>) -> Flow {
        let mut flow = Flow::default();
        if let Some(amount) = amount {
            flow.steps = Self::steps(amount);
            flow.thereafter = amount.thereafter;
            flow.text = Some(Spanned::new(words::amount(amount), amount.span));
        }
        while let Some(slot) = slots.take_where_once(|slot| READS.contains(&slot.form)) {
            if slot.form == Form::Banded {
                let rows = slots.take_rows();
                flow.bands = self.bands(slot, rows);
            } else {
                self.flow_slot(slot, &mut flow);
            }
        }
        flow
    }

    fn flow_slot(&mut self, slot: &Phrase, flow: &mut Flow) {
        let written = || Some(self.written(slot.span));
        let quantity =
            |slot: &Phrase| slot.amount().and_then(|a| a.steps.first()).and_then(Self::quantity);
        match slot.form {
            Form::Due => flow.due = written(),
            Form::PartPeriods => flow.part_periods = slot.word().cloned(),
            Form::Sampled => flow.sampled = written(),
            Form::Rising => flow.rising = written(),
            Form::Estimated => flow.estimated = written(),
            Form::TrueUp => flow.true_up = written(),
            Form::OnAccount => flow.on_account = written(),
            Form::Or => flow.or = written(),
            Form::Counted => flow.counted = written(),
            Form::Split => flow.split = written(),
            Form::Basis => flow.basis = slot.word().cloned(),
            Form::Continues => flow.continues = slot.word().cloned(),
            Form::First => flow.stub = quantity(slot),
            Form::Creditable => {
                flow.creditable.extend(slot.things().map(super::names::spelled));
            }
            Form::Less => flow.less.extend(slot.texts().cloned()),
            Form::NotCounting => flow.not_counting.extend(slot.texts().cloned()),
            Form::Carry => {
                let word = slot.word().map_or("none", |word| &*word.node);
                let what = CARRIED.into_iter().find(|known| *known == word).unwrap_or("none");
                let text = self.written(slot.span);
                flow.carry = Some(Carry { what: Spanned::new(what, slot.span), text });
            }
            Form::OfWhich => {
                let per = slot.inner(Form::Per).and_then(|per| self.every_of(per));
                let to = slot.inner(Form::Axis).into_iter().flat_map(Phrase::things);
                flow.of_which.push(Part {
                    text: self.written(slot.span),
                    amount: quantity(slot),
                    per,
                    to: to.map(super::names::spelled).collect(),
                });
            }
            Form::Tail => {
                let tail = self.tail(slot);
                flow.tails.push(tail);
            }
            _ => {}
        }
    }

    fn tail(&mut self, slot: &Phrase) -> Tail {
        let figure = slot.amount().and_then(|amount| amount.steps.first());
        let lasts = match figure.map(|figure| &figure.node) {
            Some(FigureKind::Plain { value, unit: None, .. }) => Some(self.period(value)),
            Some(FigureKind::Hole(hole)) => {
                Some(Spanned::new(Given::Hole(hole.clone()), slot.span))
            }
            _ => None,
        };
        let after = slot.phrases().filter_map(|end| end.word().cloned()).collect();
        Tail { lasts, text: self.written(slot.span), after }
    }

    /// Every figure of `A then B then C`. A bare number takes the first one's currency and unit.
    fn steps(amount: &Amount) -> Vec<Leaf<Quantity>> {
        let mut steps: Vec<Leaf<Quantity>> = Vec::new();
        for figure in &amount.steps {
            let Some(mut step) = Self::quantity(figure) else { continue };
            let unit = steps.first().and_then(|first| first.node.value()).map(|q| q.unit.clone());
            if let (Given::Value(next), Some(unit)) = (&mut step.node, unit)
                && next.unit == Measure::Plain
            {
                next.unit = unit;
            }
            steps.push(step);
        }
        steps
    }

    /// `banded whole by incremental during term`, with its table.
    fn bands(&mut self, slot: &Phrase, rows: &[Row]) -> Option<Bands> {
        let figure = slot.amount().and_then(|amount| amount.steps.first());
        let mut bands = Bands {
            semantics: None,
            axis: Spanned::new(figure.map(words::figure).unwrap_or_default(), slot.span),
            window: slot.phrases().next().map(|window| self.written(window.span)),
            same_as: None,
            columns: Vec::new(),
            rows: Vec::new(),
        };
        if figure.is_none() {
            bands.same_as = slot.word().cloned();
            return Some(bands);
        }
        bands.semantics = slot.word().cloned();
        let Some((header, body)) = rows.split_first() else {
            self.report(Problem::NoBands { at: slot.span });
            return Some(bands);
        };
        bands.columns = header.cells.iter().map(super::attribution::cell_text).collect();
        let last = bands.columns.last().filter(|name| name.node != "rate");
        if let Some(column) = last {
            self.report(Problem::NoRateColumn { column: column.clone() });
        }
        for row in body {
            if row.cells.len() == bands.columns.len() {
                bands.rows.push(BandRow { span: At(row.span), cells: row.cells.clone() });
            } else {
                let (found, expected) = (row.cells.len(), bands.columns.len());
                self.report(Problem::RowLength { at: row.span, found, expected });
            }
        }
        Some(bands)
    }
}

/// Whether a value is a share of something.
pub(super) fn is_share(given: &Given<Scalar>) -> bool {
    let share = |scalar: &Scalar| matches!(scalar, Scalar::Percent(_));
    match given {
        Given::Value(scalar) | Given::Range(scalar, _) => share(scalar),
        Given::Hole(_) | Given::Unreadable => false,
    }
}
