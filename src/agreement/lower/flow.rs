//! How an amount runs over time: its steps, what is carried over, its bands, what follows the end.

use super::forms::Forms;
use super::misfit::Misfit;
use super::slots::Slots;
use super::{Lower, words};
use crate::agreement::model::{BandRow, Bands, Carry, Course, Few, Flow, Leaf, Part, Tail, Text};
use crate::source::{At, Spanned};
use crate::syntax::ast::{Amount, Cell, FigureKind, Form, Moment, MomentKind, Phrase, Row, Scalar};
use crate::value::{Given, Measure, Quantity};

/// What may be carried over.
pub const CARRIED: [&str; 5] = ["none", "surplus", "shortfall", "credit", "unspent"];

/// Words of `carry` that name no clock.
const CARRY_WORDS: [&str; 2] = ["only", "until used"];

/// What a share is taken of, and what not.
pub(super) const BASE: Forms = Forms::of(&[Form::Basis, Form::Less, Form::NotCounting]);
/// How an amount runs from period to period.
pub(super) const PERIODS: Forms = Forms::of(&[
    Form::Carry,
    Form::First,
    Form::PartPeriods,
    Form::Rising,
    Form::Split,
    Form::Continues,
]);
/// How it is counted.
pub(super) const COUNTED: Forms =
    Forms::of(&[Form::Counted, Form::OfWhich, Form::Sampled, Form::Banded]);
/// How it is paid.
pub(super) const PAID: Forms = Forms::of(&[
    Form::Creditable,
    Form::Due,
    Form::Estimated,
    Form::OnAccount,
    Form::Or,
    Form::TrueUp,
]);
/// What goes on being earned after the end.
pub(super) const TAIL: Forms = Forms::of(&[Form::Tail]);

/// On what figures are taken.
const BASES: [&str; 9] = [
    "invoiced",
    "collected",
    "accrued",
    "delivered",
    "gross",
    "net",
    "direct",
    "influenced",
    "every-touch",
];

impl Lower<'_> {
    pub(super) fn flow(
        &mut self,
        amount: Option<&Amount>,
        slots: &mut Slots<'_>,
        reads: Forms,
    ) -> Flow {
        let mut flow = Flow::default();
        if let Some(amount) = amount {
            flow.steps = Self::steps(amount);
            flow.thereafter = amount.thereafter;
            if !is_one_figure(amount) {
                flow.text = Some(Spanned::new(words::amount(amount), amount.span));
            }
        }
        let mut from = 0;
        while let Some(slot) = slots.take_next(&mut from, reads, |_| true) {
            if slot.form == Form::Banded {
                let rows = slots.take_rows();
                flow.course.bands = Some(self.bands(slot, rows));
            } else {
                self.flow_slot(slot, &mut flow.course);
            }
        }
        flow
    }

    fn flow_slot(&mut self, slot: &Phrase, course: &mut Course) {
        let written = || Some(self.written(slot.span));
        let quantity =
            |slot: &Phrase| slot.amount().and_then(|a| a.steps.first()).and_then(Self::quantity);
        match slot.form {
            Form::Due => {
                course.due = written();
                course.due_on = slot.moment().cloned().or_else(|| recurs(course.due.as_ref()?));
            }
            Form::PartPeriods => course.part_periods = slot.word().cloned(),
            Form::Sampled => course.sampled = written(),
            Form::Rising => {
                course.rising = written();
                self.rise(slot);
            }
            Form::Estimated => course.estimated = written(),
            Form::TrueUp => course.true_up = written(),
            Form::OnAccount => course.on_account = written(),
            Form::Or => course.or = written(),
            Form::Counted => course.counted = written(),
            Form::Split => {
                course.split = written();
                if let Some(per) = slot.inner(Form::Per) {
                    self.every_of(per);
                }
            }
            Form::Basis => course.basis = self.basis(slot),
            Form::Continues => {
                course.continues = slot.word().cloned();
                if let Some(item) = slot.word() {
                    self.check_item(&item.node, item.span);
                }
            }
            Form::First => course.stub = quantity(slot),
            Form::Creditable => {
                course.creditable.extend(slot.things().map(super::names::spelled));
            }
            Form::Less => course.less.extend(slot.texts().cloned()),
            Form::NotCounting => course.not_counting.extend(slot.texts().cloned()),
            Form::Carry => course.carry = Some(self.carry(slot)),
            Form::OfWhich => {
                let part = self.part_of(slot);
                course.of_which.push(part);
            }
            Form::Tail => {
                let tail = self.tail(slot);
                course.tails.push(tail);
            }
            _ => {}
        }
    }

    /// `basis invoiced`: one of the bases there are.
    pub(super) fn basis(&mut self, slot: &Phrase) -> Option<Text> {
        let word = slot.word()?;
        self.check_word(word, "basis", &BASES);
        Some(word.clone())
    }

    /// `rising by 3% per year at most 10%`: shares or money, and a period.
    fn rise(&mut self, slot: &Phrase) {
        let most = slot.inner(Form::AtMost).into_iter().flat_map(Phrase::amounts);
        for amount in slot.amounts().chain(most) {
            self.check_rate(amount.steps.first());
        }
        if let Some(per) = slot.inner(Form::Per) {
            self.every_of(per);
        }
    }

    /// `carry surplus to next contract-year only`
    fn carry(&mut self, slot: &Phrase) -> Carry {
        let word = slot.word().map_or("none", |word| &*word.node);
        let what = CARRIED.into_iter().find(|known| *known == word).unwrap_or("none");
        let next = slot.words().nth(1).filter(|word| !CARRY_WORDS.contains(&&*word.node));
        if let Some(next) = next {
            self.check_cycle(next);
        }
        Carry { what: Spanned::new(what, slot.span), text: self.written(slot.span) }
    }

    /// `of which at least USD 12,000,000 per calendar quarter`
    fn part_of(&mut self, slot: &Phrase) -> Part {
        let figure = slot.amount().and_then(|amount| amount.steps.first());
        let to = slot.inner(Form::Axis).into_iter().flat_map(Phrase::things);
        Part {
            text: self.written(slot.span),
            amount: figure.and_then(Self::quantity),
            per: slot.inner(Form::Per).and_then(|per| self.every_of(per)),
            to: to.map(super::names::spelled).collect(),
        }
    }

    fn tail(&mut self, slot: &Phrase) -> Tail {
        let figure = slot.amount().and_then(|amount| amount.steps.first());
        let lasts = match figure.map(|figure| &figure.node) {
            Some(FigureKind::Plain { value, unit: None, .. }) if !is_money(&value.node) => {
                Some(self.period(value))
            }
            Some(FigureKind::Hole(hole)) => {
                Some(Spanned::new(Given::Hole(hole.clone()), slot.span))
            }
            _ => None,
        };
        let after = self.endings(slot);
        Tail { lasts, text: self.written(slot.span), after }
    }

    /// A band is cut by bounds, `any` or `else`; its rate is a share, money, words or left open.
    fn check_band(&mut self, row: &Row) {
        let Some((rate, axes)) = row.cells.split_last() else { return };
        for cell in axes {
            let digits =
                |words: &str| words.contains(|c: char| c.is_ascii_digit() || "<>".contains(c));
            if matches!(&cell.node, Cell::Empty | Cell::List(_))
                || matches!(&cell.node, Cell::Words(words) if digits(words))
            {
                let (expected, example) = ("a bound, `any` or `else`", "< EUR 1,000");
                self.report(Misfit::BadBand { at: cell.span, expected, example });
            }
        }
        let number = matches!(&rate.node, Cell::Term(Given::Value(Scalar::Number(_))));
        if number || matches!(&rate.node, Cell::Empty | Cell::Bounds(_)) {
            let (expected, example) = ("a share or an amount of money", "5%");
            self.report(Misfit::BadBand { at: rate.span, expected, example });
        }
    }

    /// Every figure of `A then B then C`. A bare number takes the first one's currency and unit.
    fn steps(amount: &Amount) -> Few<Leaf<Quantity>> {
        let mut steps = Few::<Leaf<Quantity>>::None;
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
    fn bands(&mut self, slot: &Phrase, rows: &[Row]) -> Bands {
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
            if let Some(item) = slot.word() {
                self.check_item(&item.node, item.span);
            }
            return bands;
        }
        bands.semantics = slot.word().cloned();
        if let Some(per) = slot.inner(Form::Per) {
            self.every_of(per);
        }
        let Some((header, body)) = rows.split_first() else {
            self.report(Misfit::NoBands { at: slot.span });
            return bands;
        };
        bands.columns = header.cells.iter().map(super::attribution::cell_text).collect();
        let last = bands.columns.last().filter(|name| name.node != "rate");
        if let Some(column) = last {
            self.report(Misfit::NoRateColumn { column: column.clone() });
        }
        for row in body {
            if row.cells.len() == bands.columns.len() {
                self.check_band(row);
                bands.rows.push(BandRow { span: At(row.span), cells: row.cells.clone() });
            } else {
                let (found, expected) = (row.cells.len(), bands.columns.len());
                self.report(Misfit::RowLength { at: row.span, found, expected });
            }
        }
        bands
    }
}

/// Whether an amount is a number or a sum of money, and nothing else is said of it: it then needs no
/// words.
fn is_one_figure(amount: &Amount) -> bool {
    let [Spanned { node: FigureKind::Plain { value, unit, each: None }, .. }] = &amount.steps[..]
    else {
        return false;
    };
    let measured = match value.node.value() {
        Some(Scalar::Number(_)) => true,
        Some(Scalar::Money(_)) => unit.is_none(),
        _ => false,
    };
    measured && amount.bound.is_none() && !amount.thereafter
}

/// `due in equal parts each quarter`: how its day recurs, where no moment is named.
fn recurs(due: &Text) -> Option<Moment> {
    let at = due.node.find("each ")?;
    Some(Spanned::new(MomentKind::Recurring(due.node[at..].into()), due.span))
}

/// Whether a value is money.
fn is_money(given: &Given<Scalar>) -> bool {
    matches!(given.values(), [Scalar::Money(_), ..])
}

/// Whether a value is a share of something.
pub(super) fn is_share(given: &Given<Scalar>) -> bool {
    matches!(given.values(), [Scalar::Percent(_), ..])
}
