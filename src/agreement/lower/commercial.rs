//! What is promised, measured, paid and shared: commitments, payments, metrics, attribution.

use super::names::spelled;
use super::problem::Problem;
use super::slots::Slots;
use super::{Lower, open};
use crate::agreement::model::{Commitment, Measure, Metric, Payment, Point, Step, Tag, Text};
use crate::source::{At, Span, Spanned};
use crate::syntax::ast::{
    Action, ActionKind, Bound, ConditionKind, FigureKind, Form, Item, Moment, MomentKind, Phrase,
    Scalar, Test,
};
use crate::value::Given;

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

impl Lower<'_> {
    pub(super) fn commercial_section(
        &mut self,
        section: &str,
        tag: Tag,
        head: &Phrase,
        item: &Item,
        slots: &mut Slots<'_>,
    ) {
        match section {
            "commitments" => self.commitment(tag, head, slots),
            "payments" => {
                let payment = self.payment(tag, head, slots);
                self.agreement.payments.push(payment);
            }
            "metrics" if head.form == Form::Measures => self.measure(tag, head, slots),
            "metrics" => self.metric(tag, head, slots),
            _ => self.table(tag, head, &item.rows, slots),
        }
    }

    fn commitment(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let amount = head.amount();
        let (first, last) = life(slots);
        let due = slots.take(Form::Due);
        let (if_missed, if_missed_open) = self.consequences(&tag, slots);
        let mut commitment = Commitment {
            by: self.parties_of(head, 0),
            text: Self::promise(head),
            amount: amount.and_then(Self::amount).or_else(|| head.hole().map(open)),
            bound: bound(head),
            per: slots.take(Form::Per).and_then(|slot| self.every_of(slot)),
            brings: slots
                .take(Form::As)
                .and_then(|slot| self.known_word(slot, "contribution", &CONTRIBUTIONS)),
            worth: slots
                .take(Form::Worth)
                .and_then(|slot| slot.amount().and_then(|a| self.money_of(a))),
            first,
            last: last.or_else(|| due.and_then(|slot| slot.moment().cloned())),
            survives: slots.take(Form::Survives).map(|slot| At(slot.span)),
            owner: slots.take(Form::SlotOwner).and_then(Self::person_of),
            tracked: slots.take(Form::Tracked).and_then(Self::text_of),
            serves: slots.take(Form::Serves).and_then(|slot| slot.word().cloned()),
            if_missed,
            if_missed_open: if_missed_open.map(At),
            tag,
        };
        if let Some(every) = due.filter(|_| commitment.per.is_none()) {
            commitment.per = self.every_of(every);
        }
        if commitment.by.members.is_empty() && head.who().is_none() {
            commitment.by.doubt = Some(head.span);
        }
        Self::scope(slots);
        slots.keep(&[Form::Except, Form::While, Form::OnlyIf, Form::AtLeast, Form::AtMost]);
        slots.keep(&[Form::Changed, Form::Less, Form::NotCounting, Form::After]);
        self.agreement.commitments.push(commitment);
    }

    fn payment(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) -> Payment {
        let figure = head.amount().and_then(|amount| amount.steps.first());
        let (rate, base) = match figure.map(|figure| &figure.node) {
            Some(FigureKind::Plain { value, of, .. }) if is_share(&value.node) => {
                (Some(self.percent(value)), of.clone())
            }
            _ => (None, None),
        };
        let amount = head.amount().filter(|_| rate.is_none()).and_then(Self::amount);
        let due = slots.take(Form::Due).map(|slot| Spanned::new("stated".to_owned(), slot.span));
        let words = figure.and_then(|figure| match &figure.node {
            FigureKind::Words(words) => Some(Spanned::new(words.clone(), figure.span)),
            _ => None,
        });
        let payment = Payment {
            tag,
            text: words,
            by: self.parties_of(head, 0),
            to: self.parties_of(head, 1),
            amount: amount.or_else(|| head.hole().map(open)),
            rate,
            base,
            per: slots.take(Form::Per).and_then(|slot| self.every_of(slot)),
            due,
            tail: slots.take(Form::Tail).and_then(|slot| self.period_of(slot)),
        };
        life(slots);
        Self::scope(slots);
        slots.keep(&[Form::Basis, Form::Less, Form::NotCounting, Form::Changed, Form::AtLeast]);
        slots.keep(&[
            Form::AtMost,
            Form::OnlyIf,
            Form::While,
            Form::Tracked,
            Form::Except,
            Form::If,
        ]);
        payment
    }

    fn measure(&mut self, tag: Tag, head: &Phrase, slots: &mut Slots<'_>) {
        let mut texts = head.texts();
        let unit = match head.word() {
            Some(code) => {
                self.currency(code);
                code.clone()
            }
            None => texts.next().cloned().unwrap_or_else(|| Spanned::new(String::new(), head.span)),
        };
        let definition = match texts.next() {
            Some(text) => Some(text.clone().map(Given::Value)),
            None => head.hole().map(open),
        };
        let less =
            slots.take_all(Form::Less).iter().flat_map(|slot| slot.texts()).cloned().collect();
        let basis = slots.take(Form::Basis).and_then(|slot| slot.word().cloned());
        slots.keep(&[Form::ReadFrom, Form::NotCounting, Form::AtLeast, Form::AtMost]);
        self.agreement.figures.push(Measure { tag, unit, definition, basis, less });
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
        let metric = Metric {
            measure: measure.unwrap_or(Spanned::new("total", head.span)),
            family,
            definition: slots.take(Form::Counting).and_then(Self::text_of),
            limits: slots.take(Form::Limits).and_then(|slot| slot.text().cloned()),
            basis: slots.take(Form::Basis).and_then(|slot| slot.word().cloned()),
            agreed: slots.take(Form::Agreed).and_then(|slot| slot.moment().cloned()),
            baseline,
            target,
            sources: slots
                .take(Form::ReadFrom)
                .map(|slot| slot.texts().cloned().collect())
                .unwrap_or_default(),
            tag,
        };
        slots.keep(&[Form::SlotOwner]);
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
        let unit =
            head.amount().and_then(|amount| amount.steps.first()).and_then(|figure| match &figure
                .node
            {
                FigureKind::Plain { unit, .. } => unit.as_ref().map(|unit| unit.node.clone()),
                FigureKind::Words(words) => Some(words.clone()),
                _ => None,
            });
        let at = head.text().map_or(head.span, |text| text.span);
        Spanned::new(text.or(unit).unwrap_or_default(), at)
    }

    fn known_word(
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

    /// What a miss leads to: `if missed, … then …`, and `then` slots behind it.
    fn consequences(&mut self, tag: &Tag, slots: &mut Slots<'_>) -> (Vec<Step>, Option<Span>) {
        let (mut steps, mut left_open) = (Vec::new(), None);
        while let Some(slot) =
            slots.take_where(|slot| slot.form == Form::If && slot.test().is_some_and(is_miss))
        {
            for action in slot.actions() {
                match &action.kind {
                    ActionKind::Hole(_) => left_open = Some(action.span),
                    _ => steps.push(self.step(tag, action, steps.len())),
                }
            }
        }
        (steps, left_open)
    }

    pub(super) fn step(&mut self, tag: &Tag, action: &Action, before: usize) -> Step {
        let (does, text) = deed(action);
        let within = action.within.as_ref().or(action.after.as_ref()).map(|term| self.period(term));
        let notice = match &action.kind {
            ActionKind::Terminates(_, notice) => notice.as_ref().map(|notice| self.period(notice)),
            _ => None,
        };
        Step {
            tag: tag.clone(),
            does: Spanned::new(does, action.span),
            text: Spanned::new(text, action.span),
            within: within.or(notice),
            order: u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1),
        }
    }
}

/// From when and until when: `from M to M`, `until M`, `by M`, `within 10 days after M`, `during term`.
pub(super) fn life(slots: &mut Slots<'_>) -> (Option<Moment>, Option<Moment>) {
    let (mut first, mut last) = (None, None);
    if let Some(from) = slots.take(Form::From) {
        let mut moments = from.moments().cloned();
        (first, last) = (moments.next(), moments.next());
    }
    // One end is read; another one stays unread and is told.
    for form in [Form::Until, Form::By, Form::Before, Form::During, Form::Within] {
        if last.is_none() {
            let end = |slot: &Phrase| slot.moment().cloned().filter(|_| is_point(form));
            last = slots.take(form).and_then(|slot| end(slot).or_else(|| stretch_end(slot)));
        }
    }
    (first, last)
}

/// Whether a form names a point in time rather than a stretch.
const fn is_point(form: Form) -> bool {
    matches!(form, Form::Until | Form::By | Form::Before)
}

/// The end of `during term`, `during 12 months`, `within 90 days after M`; without a moment it
/// counts from the start.
pub(super) fn stretch_end(slot: &Phrase) -> Option<Moment> {
    let named = |name: &str| Spanned::new(MomentKind::Named(name.to_owned()), slot.span);
    if let Some(hole) = slot.hole() {
        return Some(Spanned::new(MomentKind::Hole(hole.node.clone()), hole.span));
    }
    if let Some(word) = slot.word() {
        let name = if word.node.ends_with("term") { "term end" } else { &word.node };
        return Some(named(name));
    }
    let by = Box::new(slot.term()?.clone());
    let from = Box::new(slot.moment().cloned().unwrap_or_else(|| named("start")));
    Some(Spanned::new(MomentKind::Distance { by, before: false, from }, slot.span))
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

fn is_share(given: &Given<Scalar>) -> bool {
    let share = |scalar: &Scalar| matches!(scalar, Scalar::Percent(_));
    match given {
        Given::Value(scalar) | Given::Range(scalar, _) => share(scalar),
        Given::Hole(_) | Given::Unreadable => false,
    }
}

/// `if missed`, with or without how often.
fn is_miss(test: &Test) -> bool {
    test.conditions.iter().any(|condition| {
        matches!(&condition.node, ConditionKind::State { item: None, state, .. } if state == "missed")
    })
}

/// What an action does, as the vocabulary's word and as a reader would say it.
pub(super) fn deed(action: &Action) -> (&'static str, String) {
    match &action.kind {
        ActionKind::Terminates(..) => ("exit", "may terminate".to_owned()),
        ActionKind::Pays(..) => ("pay", "pays".to_owned()),
        ActionKind::MakesGood(_) => ("remedy", "makes good".to_owned()),
        ActionKind::May(_, choices) => {
            let choices: Vec<_> = choices.iter().map(|choice| choice.node.as_str()).collect();
            ("other", format!("may {}", choices.join(" or ")))
        }
        ActionKind::Raise(to) => ("talk", format!("raise to {}", to.node)),
        ActionKind::Effect(item, effect) if effect == "becomes non-exclusive" => {
            ("change", format!("{} {effect}", item.node))
        }
        ActionKind::Effect(item, effect) => ("lapse", format!("{} {effect}", item.node)),
        ActionKind::Item(item) => ("other", item.node.clone()),
        ActionKind::Words(words) => ("other", words.clone()),
        ActionKind::Flag(flag) => ("change", flag.clone()),
        ActionKind::StatusQuo => ("other", "status quo".to_owned()),
        ActionKind::Hole(hole) => ("other", hole.to_string()),
    }
}

/// A condition as a reader would say it.
pub(super) fn condition_words(condition: &ConditionKind) -> String {
    match condition {
        ConditionKind::Words(words) => words.clone(),
        ConditionKind::Breaches(_, things) if things.is_empty() => "breach".to_owned(),
        ConditionKind::Breaches(_, things) => {
            let things: Vec<_> = things.iter().map(|thing| spelled(thing).node).collect();
            things.join(", ")
        }
        ConditionKind::ChangesControl(_) => "change of control".to_owned(),
        ConditionKind::Conduct(_, conduct) => conduct.clone(),
        ConditionKind::State { item, state, repeat } => {
            let item = item.as_ref().map_or("it", |item| &item.node);
            repeat.as_ref().map_or_else(
                || format!("{item} {state}"),
                |repeat| format!("{item} {state} {repeat}"),
            )
        }
        ConditionKind::Compare { item, operator, .. } => format!("{} {operator}", item.node),
        ConditionKind::Hole(hole) => hole.to_string(),
    }
}
