//! The points that mean the same wherever they stand, from slots to the model.
//!
//! A form says which groups it reads; what stands in an item beside them says nothing there, and is
//! told. So nothing that parses is dropped in silence.

use super::forms::Forms;
use super::names::spelled;
use super::outcomes::{on_exit, requirement};
use super::slots::Slots;
use super::{Lower, words};
use crate::agreement::model::{Change, Consent, Costs, Extension, Leaf, Limit, Stated, Tag, Terms};
use crate::source::{At, Span, Spanned};
use crate::syntax::ast::{Form, Moment, MomentKind, Phrase, Scalar};
use crate::value::{Given, Period, Unit};

/// Who may bear a cost without being named.
const BEARERS: [&str; 6] = ["shared", "loser", "auditor", "audited", "payer", "payee"];

impl Lower<'_> {
    /// Reads the slots of these groups; the others stay unread.
    pub(super) fn terms(&mut self, tag: &Tag, slots: &mut Slots<'_>, reads: Forms) -> Stated {
        let mut terms = Stated::default();
        let scope = self.scope(slots, reads);
        if scope.is_stated() {
            terms.scope = scope;
        }
        let (mut end, mut during) = (None, None);
        let mut consent = Consenting::default();
        let reads = Forms::all(&[reads, Forms::of(&[Form::Note])]);
        // `unless 90 days notice` is no condition: it stops a renewal, and stands there only.
        let wanted = |slot: &Phrase| slot.form != Form::Unless || slot.test().is_some();
        let mut from = 0;
        while let Some(slot) = slots.take_next(&mut from, reads, |slot| {
            wanted(slot) && (end.is_none() || !is_end(slot)) && !names_notice(slot, &terms)
        }) {
            if is_end(slot) {
                end = Some(slot);
            }
            match slot.form {
                Form::From | Form::Until | Form::By | Form::Before | Form::Within | Form::After => {
                    self.life(slot, &mut terms);
                }
                Form::During => {
                    during = Some(slot);
                    terms.lasts = self.period_of(slot);
                }
                Form::If | Form::OnlyIf | Form::Unless | Form::While => {
                    self.condition(tag, slot, &mut terms);
                }
                Form::Then | Form::Else => self.outcome(tag, slot, &mut terms),
                Form::Clock | Form::AtOnce | Form::Extendable => self.clock(slot, &mut terms),
                Form::Consent | Form::NotWithheld | Form::EachUse => consent.read(self, slot),
                Form::AtLeast => terms.more.at_least = self.limit(slot).map(Box::new),
                Form::AtMost => terms.more.at_most = self.limit(slot).map(Box::new),
                Form::Changed => terms.more.changes.extend(self.change(slot)),
                _ => self.plain(slot, &mut terms),
            }
        }
        self.check_opposites(&terms.more.flags);
        if let Some(consent) = consent.done() {
            terms.more.consent = Some(Box::new(consent));
        }
        if let Some(during) = during.filter(|_| terms.last.is_none()) {
            terms.last = during_end(during, terms.first.as_ref());
        }
        if terms.last.is_none()
            && let Some(before) = terms.more.before.clone()
        {
            terms.last = Some(before);
        }
        terms
    }

    /// Slots that hold one thing.
    fn plain(&mut self, slot: &Phrase, terms: &mut Terms) {
        match slot.form {
            Form::NotAfter => {
                let ends = self.endings(slot);
                terms.more.not_after.extend(ends);
            }
            Form::NotBefore => terms.more.gate = slot.moment().cloned(),
            Form::NoticeFrom => terms.more.notice_from = slot.moment().cloned(),
            Form::Survives => {
                terms.more.survives = Some(At(slot.span));
                terms.more.survives_for = self.period_of(slot);
            }
            Form::OnExit => terms.more.on_exit = on_exit(slot),
            Form::Except => terms.more.except.extend(slot.things().map(spelled)),
            Form::WithoutCure => terms.more.without_cure = Some(At(slot.span)),
            Form::Silence => terms.more.silence = slot.word().cloned(),
            Form::Per => {
                terms.per = self.every_of(slot);
                let each = slot.text().or_else(|| slot.word());
                if let Some(each) = each.filter(|_| terms.per.is_none()) {
                    terms.more.per_each = Some(each.clone());
                }
            }
            Form::Costs => terms.more.costs = self.costs(slot).map(Box::new),
            Form::Grows => terms.more.grows_with.extend(slot.things().map(spelled)),
            Form::Frozen => terms.more.frozen = Some(self.written(slot.span)),
            Form::Flags => terms.more.flags.extend(slot.words().cloned()),
            Form::SlotOwner => terms.owner = Self::person_of(slot).map(Box::new),
            Form::Tracked => {
                terms.tracked = Self::text_of(slot);
                if let Some(from) = slot.moment() {
                    terms.more.tracked_from = Some(from.clone());
                }
            }
            Form::Hole => terms.more.open = slot.hole().cloned(),
            Form::Note => terms.more.note = slot.text().cloned(),
            _ => {}
        }
    }

    /// From when and until when: `from M to M`, `until M`, `by M`, `within 10 days after M`.
    fn life(&mut self, slot: &Phrase, terms: &mut Terms) {
        match slot.form {
            Form::From => {
                let mut moments = slot.moments().cloned();
                terms.first = moments.next();
                terms.last = moments.next().or(terms.last.take());
            }
            Form::Until if slot.test().is_some() => {
                terms.conditions.extend(slot.test().map(|test| requirement("until", test)));
            }
            Form::After => terms.more.after = slot.moment().cloned(),
            Form::Before => terms.more.before = slot.moment().cloned(),
            Form::Within => {
                terms.within = self.period_of(slot);
                terms.last = stretch_end(slot);
            }
            _ => terms.last = slot.moment().cloned(),
        }
    }

    fn clock(&mut self, slot: &Phrase, terms: &mut Terms) {
        if slot.form == Form::Extendable {
            let condition = slot.test().map(words::test);
            let extension = Extension { to: self.period_of(slot), condition };
            terms.more.extension = Some(Box::new(extension));
            return;
        }
        let clocks = &mut terms.clocks;
        if slot.form == Form::AtOnce {
            clocks.notice = at_once(slot);
            return;
        }
        let length = self.period_of(slot);
        let word = slot.word().map_or("", |word| &*word.node);
        clocks.run_from.extend(slot.moment().map(|from| (clock_name(word), from.clone())));
        match word {
            "notice" => clocks.notice = length,
            "notice after cure" => {
                clocks.notice = length;
                clocks.notice_after_cure = Some(At(slot.span));
            }
            "to cure" => {
                clocks.cure = length;
                clocks.cure_if = slot.test().map(words::test);
            }
            "to answer" => clocks.answer = length,
            "to agree" => clocks.agree = length,
            "to close" => clocks.close = length,
            _ => clocks.object = length,
        }
    }

    /// `at least EUR 1,000 per year`
    pub(super) fn limit(&mut self, slot: &Phrase) -> Option<Limit> {
        let figure = slot.amount().and_then(|amount| amount.steps.first())?;
        let text = Spanned::new(words::figure(figure), figure.span);
        let per = slot.inner(Form::Per).and_then(|per| self.every_of(per));
        Some(Limit { amount: Self::quantity(figure), text, per })
    }

    fn costs(&mut self, slot: &Phrase) -> Option<Costs> {
        let bearer = |phrase: &Phrase| {
            let who = phrase.who().map(|who| self.written(who.span));
            who.or_else(|| phrase.word().cloned()).or_else(|| phrase.text().cloned())
        };
        let on = bearer(slot)?;
        let shift = slot.inner(Form::CostShift);
        let shift_to = shift.and_then(bearer);
        let part = slot.inner(Form::CostPart);
        let part_on = part.and_then(bearer);
        let part_for = part.into_iter().flat_map(Phrase::things).map(spelled).collect();
        let named = slot.word().into_iter().chain(shift.and_then(Phrase::word));
        for word in named.chain(part.and_then(Phrase::word)) {
            self.check_word(word, "bearer of costs", &BEARERS);
        }
        let mut terms = shift.into_iter().flat_map(Phrase::terms);
        let (at, most) = (terms.next(), terms.next());
        let shift_at = at.map(|term| self.percent(term));
        let up_to = most.map(|term| self.money(term)).map(|money| {
            money.map(|given| given.and_then(|money| Some(crate::value::Quantity::from(money))))
        });
        Some(Costs { on, part_on, part_for, shift_to, shift_at, up_to })
    }

    fn change(&mut self, slot: &Phrase) -> Option<Change> {
        let by = self.parties(slot.who()?);
        let at_most = slot.inner(Form::AtMost);
        let per = slot.inner(Form::Per).or_else(|| at_most.and_then(|most| most.inner(Form::Per)));
        Some(Change {
            by,
            at_most: at_most.and_then(|most| self.limit(most)),
            per: per.and_then(|per| self.every_of(per)),
            notice: slot.term().map(|term| self.period(term)),
        })
    }
}

/// What a time is for, as the vocabulary calls it.
fn clock_name(word: &str) -> &'static str {
    match word {
        "to cure" => "cure",
        "to answer" => "answer",
        "to agree" => "agree",
        "to close" => "close",
        "to object" => "object",
        _ => "notice",
    }
}

/// The pieces of a consent, which stand in slots of their own.
#[derive(Default)]
struct Consenting {
    consent: Option<Consent>,
    reasonable: Option<Span>,
    each_use: Option<Span>,
}

impl Consenting {
    fn read(&mut self, lower: &Lower<'_>, slot: &Phrase) {
        match slot.form {
            Form::NotWithheld => self.reasonable = Some(slot.span),
            Form::EachUse => self.each_use = Some(slot.span),
            _ => {
                let word = slot.words().next().map_or("consent", |word| &word.node);
                let word = Spanned::new(word.into(), slot.span);
                let of = slot.who().map(|who| lower.parties(who));
                self.consent = Some(Consent { word, of, reasonable: None, each_use: None });
            }
        }
    }

    fn done(self) -> Option<Consent> {
        let at = self.reasonable.or(self.each_use);
        let bare = at.map(|at| Consent {
            word: Spanned::new("consent".into(), at),
            of: None,
            reasonable: None,
            each_use: None,
        });
        let mut consent = self.consent.or(bare)?;
        consent.reasonable = self.reasonable.map(At);
        consent.each_use = self.each_use.map(At);
        Some(consent)
    }
}

/// Whether a slot names a last day: one end is read, another one stays unread and is told.
fn is_end(slot: &Phrase) -> bool {
    match slot.form {
        Form::Until => slot.test().is_none(),
        Form::By | Form::Within => true,
        Form::From => slot.moments().count() > 1,
        _ => false,
    }
}

/// Whether a slot states a notice where one is stated: `90 days notice; at once`.
fn names_notice(slot: &Phrase, terms: &Terms) -> bool {
    let notice = match slot.form {
        Form::AtOnce => true,
        Form::Clock => slot.word().is_some_and(|word| word.node.starts_with("notice")),
        _ => false,
    };
    notice && terms.clocks.notice.is_some()
}

/// The end of `during term`, `during 12 months`, `within 90 days after M`; without a moment it
/// counts from the start.
pub(super) fn stretch_end(slot: &Phrase) -> Option<Moment> {
    let named = |name: &str| Spanned::new(MomentKind::Named(name.into()), slot.span);
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

/// The end of `from M during 12 months`. The last day of a length of time lies inside it: 12 months
/// from 1 April end on 31 March.
fn during_end(slot: &Phrase, first: Option<&Moment>) -> Option<Moment> {
    let mut end = stretch_end(slot)?;
    let day = Period::new(1, Unit::Days).map(Scalar::Period);
    if let (MomentKind::Distance { from, .. }, Some(first)) = (&mut end.node, first) {
        **from = first.clone();
    }
    Some(match (&end.node, day) {
        (MomentKind::Distance { by, .. }, Some(day)) => {
            let (by, at) = (Box::new(Spanned::new(Given::Value(day), by.span)), end.span);
            let from = Box::new(end);
            Spanned::new(MomentKind::Distance { by, before: true, from }, at)
        }
        _ => end,
    })
}

/// A length written without a term: `at once`.
pub(super) fn at_once(slot: &Phrase) -> Option<Leaf<Period>> {
    let now = slot.words().find(|word| word.node == "at once")?;
    Some(Spanned::new(Given::Value(Period::new(0, Unit::Days)?), now.span))
}
