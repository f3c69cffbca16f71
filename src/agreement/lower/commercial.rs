//! What is promised, measured, paid and shared: commitments, payments, metrics, attribution.

use super::flow::{BASE, COUNTED, PAID, PERIODS, TAIL, is_share};
use super::forms::{
    CARE, CLOCKS, CONSENT, COSTS, EXCEPT, Forms, GATE, LIFE, LIMITS, LIVE, SCOPE, SURVIVES, TESTS,
    THEN,
};
use super::misfit::Misfit;
use super::problem::Problem;
use super::slots::Slots;
use super::{Lower, open, words};
use crate::agreement::model::{
    Commitment, Leaf, Measure, Metric, Payment, PaymentRule, Point, Tag, Text,
};
use crate::source::{At, Spanned};
use crate::syntax::ast::{Bound, Figure, FigureKind, Form, MomentKind, Phrase};
use crate::value::{Given, Percent, Str};

/// The contributions a commitment can be.
pub const CONTRIBUTIONS: [&str; 12] = [
    "money",
    "staff",
    "executive-time",
    "product",
    "technology",
    "reach",
    "access",
    "data",
    "ip",
    "credibility",
    "activity",
    "commission",
];
/// The metrics' measures.
pub const MEASURES: [&str; 4] = ["incremental", "total", "leading", "qualitative"];
/// The metrics' families.
pub const FAMILIES: [&str; 3] = ["commercial", "competitive", "health"];

const COMMITMENT: Forms = Forms::all(&[
    SCOPE, LIFE, SURVIVES, TESTS, EXCEPT, THEN, LIMITS, LIVE, COSTS, CARE, CONSENT, CLOCKS, GATE,
]);
const PAYMENT: Forms =
    Forms::all(&[SCOPE, LIFE, GATE, SURVIVES, TESTS, EXCEPT, LIMITS, LIVE, CARE, CONSENT, THEN]);
const COURSE: Forms = Forms::all(&[PERIODS, COUNTED, PAID, TAIL, BASE]);
const FIGURE: Forms = Forms::all(&[SCOPE, LIFE, TESTS, EXCEPT, LIMITS, LIVE, CARE]);

impl Lower<'_> {
    pub(super) fn commercial_section(
        &mut self,
        section: &str,
        tag: Tag,
        head: &Phrase,
        slots: &mut Slots<'_>,
    ) {
        match (section, head.form) {
            ("commitments", _) => self.commitment(tag, head, slots),
            ("payments", Form::Interest | Form::Tax | Form::SetOff | Form::Convert) => {
                self.payment_rule(tag, head, slots);
            }
            ("payments", _) => self.payment(tag, head, slots),
            ("metrics", Form::Measures | Form::Derived | Form::Fixed) => {
                self.measure(tag, head, slots);
            }
            ("metrics", _) => self.metric(tag, head, slots),
            _ => self.table(tag, head, slots),
        }
    }

    fn commitment(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let mut amounts = head.amounts();
        let amount = amounts.next();
        let reaching = amounts.next().and_then(Self::amount);
        let terms = self.terms(&tag, slots, COMMITMENT);
        let due = slots.peek(Form::Due);
        let mut commitment = Commitment {
            by: self.parties_of(head, 0),
            text: Self::promise(head),
            amount: amount.and_then(Self::amount).or_else(|| head.hole().map(open)),
            bound: bound(head),
            level: head.form == Form::Keeps,
            reaching,
            brings: slots
                .take(Form::As)
                .and_then(|slot| self.known_word(slot, "contribution", &CONTRIBUTIONS)),
            worth: slots
                .take(Form::Worth)
                .and_then(|slot| slot.amount().and_then(|a| self.money_of(a))),
            serves: slots.take(Form::Serves).and_then(|slot| self.served(slot)),
            flow: self.flow(amount, slots, COURSE),
            terms,
            tag,
        };
        if let Some(due) = due {
            let terms = &mut commitment.terms;
            terms.last = terms.last.take().or_else(|| due.moment().cloned());
            terms.per = terms.per.take().or_else(|| self.every_of(due));
        }
        // Left open as a whole: its day and its evidence are open too.
        if let Some(hole) = head.hole() {
            let terms = &mut commitment.terms;
            let day = || Spanned::new(MomentKind::Hole(hole.node.clone()), hole.span);
            terms.last.get_or_insert_with(day);
            terms.tracked.get_or_insert_with(|| open(hole));
        }
        if commitment.by.members.is_empty() && head.who().is_none() {
            commitment.by.doubt = Some(head.span);
        }
        self.agreement.commitments.push(commitment);
    }

    fn payment(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let figure = head.amount().and_then(|amount| amount.steps.first());
        let share = figure.and_then(|figure| self.share_of(figure));
        let flow = self.flow(head.amount(), slots, COURSE);
        if let Some(amount) = head.amount() {
            self.check_paid(amount);
        }
        if let Some(at) = figure.and_then(rate_at).filter(|_| flow.course.bands.is_none()) {
            self.report(Misfit::NoBands { at });
        }
        let shared = share.as_ref().map(|share| share.at);
        let amount = head.amount().filter(|_| shared.is_none()).and_then(Self::amount);
        let text = figure.and_then(|figure| match &figure.node {
            FigureKind::Words { text, .. } => Some(text.clone()),
            _ => None,
        });
        let payment = Payment {
            by: self.parties_of(head, 0),
            to: self.parties_of(head, 1),
            amount: amount.or_else(|| head.hole().map(open)),
            bound: bound(head).node,
            text,
            rate: share.as_ref().and_then(|share| share.rate.clone()),
            shared,
            base: share.and_then(|share| share.base),
            flow,
            terms: self.terms(&tag, slots, PAYMENT),
            tag,
        };
        self.check_two_sides(&payment.by, &payment.to);
        self.agreement.payments.push(payment);
    }

    /// The share a figure is, where it is one: `50% of net-sales`, `rate of net-sales`, `10%`, or a
    /// formula or the lesser of several that has one in it.
    fn share_of(&mut self, figure: &Figure) -> Option<Shared> {
        let at = At(figure.span);
        match &figure.node {
            FigureKind::Share { value, of } => {
                let base = Some(Spanned::new(words::figure(of), of.span));
                let inner = self.share_of(value);
                let rate = inner.and_then(|inner| inner.rate);
                Some(Shared { rate, base, at })
            }
            FigureKind::Plain { value, unit: None, .. } if is_share(&value.node) => {
                Some(Shared { rate: Some(self.percent(value)), base: None, at })
            }
            FigureKind::Rate => Some(Shared { rate: None, base: None, at }),
            FigureKind::Formula { first, .. } => {
                self.share_of(first).map(|found| Shared { rate: None, ..found })
            }
            FigureKind::Greater(figures) | FigureKind::Lesser(figures) => figures
                .iter()
                .find_map(|figure| self.share_of(figure))
                .map(|found| Shared { rate: None, ..found }),
            _ => None,
        }
    }

    fn payment_rule(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let kind = match head.form {
            Form::Interest => "interest",
            Form::Tax => "withholding",
            Form::SetOff => "set-off",
            _ => "conversion",
        };
        if head.form == Form::Convert
            && let Some(code) = head.word()
        {
            self.currency(code);
        }
        if head.form == Form::Interest {
            self.check_rate(head.amount().and_then(|amount| amount.steps.first()));
        }
        let text = self.written(head.span);
        let terms = self.terms(&tag, slots, PAYMENT);
        self.agreement.payment_rules.push(PaymentRule { tag, kind, text, terms });
    }

    fn measure(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let mut texts = head.texts();
        let (mut unit, mut definition) = (Spanned::new(Str::default(), head.span), None);
        let mut made_of = Vec::new();
        match head.form {
            Form::Measures => {
                if let Some(code) = head.word() {
                    self.currency(code);
                }
                unit = head.word().or_else(|| texts.next()).cloned().unwrap_or(unit);
                let text = texts.next().map(|text| text.clone().map(Given::Value));
                definition = text.or_else(|| head.hole().map(open));
            }
            _ => {
                if let Some(figure) = head.amount().and_then(|amount| amount.steps.first()) {
                    let words = Given::Value(words::figure(figure));
                    definition = Some(Spanned::new(words, figure.span));
                    made_of_items(figure, &mut made_of);
                    if let Some(Given::Value(first)) = Self::quantity(figure).map(|leaf| leaf.node)
                    {
                        unit = Spanned::new(first.unit_name().into(), figure.span);
                    }
                }
            }
        }
        let read = slots.take(Form::ReadFrom);
        let reconciled = read.and_then(|slot| slot.inner(Form::Reconciled));
        // A formula is no amount of its own; a fixed figure is.
        let amount = head.amount().filter(|_| head.form == Form::Fixed);
        let reads = Forms::all(&[BASE, COUNTED]);
        let reads = if amount.is_some() { Forms::all(&[reads, PERIODS]) } else { reads };
        let measure = Measure {
            unit,
            definition,
            made_of,
            sources: read.into_iter().flat_map(Phrase::texts).cloned().collect(),
            reconciled: reconciled.map(|inner| self.written(inner.span)),
            flow: self.flow(amount, slots, reads),
            terms: self.terms(&tag, slots, FIGURE),
            tag,
        };
        self.agreement.figures.push(measure);
    }

    fn metric(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let mut words = head.words();
        let measure = words.next().and_then(|word| known(word, &MEASURES));
        let family = words.next().and_then(|word| known(word, &FAMILIES));
        let point = |form| head.inner(form).and_then(|phrase| Self::point(&tag, phrase));
        let (baseline, target) = (point(Form::Baseline), point(Form::Goal));
        let target = target.or_else(|| {
            let hole = head.hole()?;
            Some(Point { tag: tag.clone(), span: At(hole.span), value: open(hole), on: None })
        });
        let read = slots.take(Form::ReadFrom);
        let metric = Metric {
            measure: match (measure, head.hole()) {
                (Some(measure), _) => measure.map(Given::Value),
                (None, Some(hole)) => open(hole),
                (None, None) => Spanned::new(Given::Unreadable, head.span),
            },
            open: head.hole().filter(|_| measure.is_none()).cloned(),
            family,
            definition: slots.take(Form::Counting).and_then(Self::text_of),
            limits: slots.take(Form::Limits).and_then(Self::text_of),
            basis: slots.take(Form::Basis).and_then(|slot| self.basis(slot)),
            agreed: slots.take(Form::Agreed).and_then(|slot| {
                let hole = slot.hole().map(|hole| hole.clone().map(MomentKind::Hole));
                slot.moment().cloned().or(hole)
            }),
            baseline,
            target,
            sources: read.into_iter().flat_map(Phrase::texts).cloned().collect(),
            terms: self.terms(&tag, slots, Forms::all(&[CARE, SCOPE, EXCEPT])),
            tag,
        };
        self.agreement.metrics.push(metric);
    }

    fn point(tag: &Tag, phrase: &Phrase) -> Option<Point> {
        let figure = phrase.amount().and_then(|amount| amount.steps.first())?;
        let value = Self::quantity(figure)?;
        Some(Point { tag: tag.clone(), span: At(phrase.span), value, on: phrase.moment().cloned() })
    }

    /// The promise as a reader would say it, without who makes it.
    fn promise(head: &Phrase) -> Text {
        let text = head.text().map(|text| text.node.clone());
        let figure = head.amount().and_then(|amount| amount.steps.first());
        let unit = figure.and_then(|figure| match &figure.node {
            FigureKind::Plain { unit, .. } => unit.as_ref().map(|unit| unit.node.clone()),
            FigureKind::Words { text, .. } => Some(text.node.clone()),
            _ => None,
        });
        let at = head.text().map_or(head.span, |text| text.span);
        Spanned::new(text.or(unit).unwrap_or_default(), at)
    }

    /// `serves metrics/pipeline`: a metric of the agreement.
    fn served(&mut self, slot: &Phrase) -> Option<Leaf<Str>> {
        if let Some(hole) = slot.hole() {
            return Some(open(hole));
        }
        let item = slot.word()?;
        self.check_metric(item);
        Some(item.clone().map(Given::Value))
    }

    pub(super) fn known_word(
        &mut self,
        slot: &Phrase,
        what: &'static str,
        known_words: &'static [&'static str],
    ) -> Option<Spanned<&'static str>> {
        let word = slot.word()?;
        let found = known(word, known_words);
        if found.is_none() {
            self.report(Problem::UnknownWord { what, word: word.clone(), known: known_words });
        }
        found
    }
}

/// A share: how much of what.
struct Shared {
    rate: Option<Leaf<Percent>>,
    base: Option<Text>,
    at: At,
}

/// Where a figure speaks of the rate of a band.
fn rate_at(figure: &Figure) -> Option<crate::source::Span> {
    match &figure.node {
        FigureKind::Rate => Some(figure.span),
        FigureKind::Share { value, of } => rate_at(value).or_else(|| rate_at(of)),
        FigureKind::Formula { first, rest } => {
            rate_at(first).or_else(|| rest.iter().find_map(|(_, figure)| rate_at(figure)))
        }
        FigureKind::Greater(figures) | FigureKind::Lesser(figures) => {
            figures.iter().find_map(rate_at)
        }
        _ => None,
    }
}

/// The items a formula is made of.
fn made_of_items(figure: &Figure, found: &mut Vec<Text>) {
    match &figure.node {
        FigureKind::Item { item, .. } => found.extend(item.clone()),
        FigureKind::Share { value, of } => {
            made_of_items(value, found);
            made_of_items(of, found);
        }
        FigureKind::Formula { first, rest } => {
            made_of_items(first, found);
            for (_, figure) in rest {
                made_of_items(figure, found);
            }
        }
        FigureKind::Greater(figures) | FigureKind::Lesser(figures) => {
            for figure in figures {
                made_of_items(figure, found);
            }
        }
        _ => {}
    }
}

fn bound(head: &Phrase) -> Spanned<Bound> {
    let amount = head.amount();
    let stated = amount.and_then(|amount| amount.bound);
    let at = amount.map_or(head.span, |amount| amount.span);
    stated.unwrap_or(Spanned::new(Bound::Exact, at))
}

fn known(word: &Text, words: &[&'static str]) -> Option<Spanned<&'static str>> {
    let found = words.iter().find(|known| **known == word.node)?;
    Some(Spanned::new(*found, word.span))
}
