//! On what an item depends, and what follows from it: conditions, consequences and their steps.

use super::exit::cause;
use super::names::spelled;
use super::{Lower, words};
use crate::agreement::model::{Asked, Consequence, Leaf, Requirement, Step, Tag, Terms};
use crate::source::{At, Spanned};
use crate::syntax::ast::{
    Action, ActionKind, ChoiceKind, ConditionKind, FigureKind, Form, Phrase, Test, ThingKind,
};
use crate::value::{Given, Str};

impl Lower<'_> {
    /// `if TEST` alone is a condition; with an action it is a consequence.
    pub(super) fn condition(&mut self, tag: &Tag, slot: &Phrase, terms: &mut Terms) {
        let Some(test) = slot.test() else { return };
        let kind = match slot.form {
            Form::If => "if",
            Form::OnlyIf => "only if",
            Form::Unless => "unless",
            _ => "while",
        };
        if slot.action().is_none() {
            terms.conditions.push(requirement(kind, test));
            return;
        }
        let mut found = Consequence {
            text: words::test(test),
            missed: is_miss(test),
            asks: asked(test),
            steps: Vec::new(),
            open: None,
        };
        let otherwise = slot.phrases().filter(|inner| inner.form == Form::Otherwise);
        let last = otherwise.flat_map(Phrase::actions);
        for action in slot.actions().chain(last) {
            match &action.kind {
                ActionKind::Hole(_) => found.open = Some(At(action.span)),
                _ => found.steps.push(self.step(tag, action, found.steps.len())),
            }
        }
        terms.more.consequences.push(found);
    }

    /// `then executive after 10 business days`, `else status quo`
    pub(super) fn outcome(&mut self, tag: &Tag, slot: &Phrase, terms: &mut Terms) {
        let Some(action) = slot.action() else { return };
        let list =
            if slot.form == Form::Then { &terms.more.outcomes } else { &terms.more.otherwise };
        let mut step = self.step(tag, action, list.len());
        let within = slot.inner(Form::Within).and_then(|within| self.period_of(within));
        step.within = step.within.or(within).or_else(|| self.period_of(slot));
        let kept = slot.inner(Form::Keeping).into_iter().flat_map(Phrase::things);
        step.keeping.extend(kept.map(spelled));
        let otherwise = slot.inner(Form::Otherwise).and_then(Phrase::action);
        if slot.form == Form::Then {
            terms.more.outcomes.push(step);
        } else {
            terms.more.otherwise.push(step);
        }
        if let Some(action) = otherwise {
            let step = self.step(tag, action, terms.more.otherwise.len());
            terms.more.otherwise.push(step);
        }
    }

    fn step(&mut self, tag: &Tag, action: &Action, before: usize) -> Step {
        let (does, text) = words::deed(action);
        match &action.kind {
            ActionKind::Pays { amount, .. } => self.check_paid(amount),
            ActionKind::May(_, choices) | ActionKind::Chooses(_, choices) => {
                for choice in choices {
                    if let ChoiceKind::Claim(amount) = &choice.node {
                        self.check_paid(amount);
                    }
                }
            }
            _ => {}
        }
        let within = action.within.as_ref().or(action.after.as_ref()).map(|term| self.period(term));
        let notice = match &action.kind {
            ActionKind::May(_, choices) | ActionKind::Chooses(_, choices) => {
                let notice = choices.iter().find_map(|choice| match &choice.node {
                    ChoiceKind::Terminate { notice, .. } => notice.as_ref(),
                    _ => None,
                });
                notice.map(|notice| self.period(notice))
            }
            _ => None,
        };
        let (item, keeping) = match &action.kind {
            ActionKind::Effect { item, keeping, .. } => (Some(item.clone()), &**keeping),
            ActionKind::Item(item) | ActionKind::Raise(item) => (Some(item.clone()), &[][..]),
            _ => (None, &[][..]),
        };
        Step {
            tag: tag.clone(),
            does: Spanned::new(does, action.span),
            text: Spanned::new(text.into(), action.span),
            within: within.or(notice),
            item,
            keeping: keeping.iter().map(spelled).collect(),
            order: u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1),
        }
    }
}

pub(super) fn requirement(kind: &'static str, test: &Test) -> Requirement {
    Requirement { kind, class: cause(test), text: words::test(test), asks: asked(test) }
}

/// The items of the agreement that a condition asks about.
pub(super) fn asked(test: &Test) -> Vec<Asked> {
    let mut found = Vec::new();
    for condition in &test.conditions {
        match &condition.node {
            ConditionKind::State { item: Some(item), state, repeat } => {
                let (state, repeated) = (Some(state.clone()), repeat.is_some());
                found.push(Asked { item: item.clone(), state, repeated });
            }
            ConditionKind::Compare { figure, repeat, .. } => {
                if let FigureKind::Item { item: Some(item), .. } = &figure.node {
                    found.push(Asked {
                        item: item.clone(),
                        state: None,
                        repeated: repeat.is_some(),
                    });
                }
            }
            ConditionKind::Breaches(_, things) => {
                found.extend(things.iter().filter_map(|thing| match &thing.node {
                    ThingKind::Item(item) => Some(Asked {
                        item: Spanned::new(item.clone(), thing.span),
                        state: Some("missed".into()),
                        repeated: false,
                    }),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    found
}

/// A miss of the item itself: `if missed`, `if delivered < 80% of promised`.
fn is_miss(test: &Test) -> bool {
    test.conditions.iter().any(|condition| match &condition.node {
        ConditionKind::State { item: None, state, .. } => state == "missed",
        ConditionKind::Compare { figure, operator, .. } => match &figure.node {
            FigureKind::Item { item: None, standing: Some(standing), .. } => {
                let less = operator.starts_with('<');
                match &*standing.node {
                    "delivered" | "paid" => less,
                    "shortfall" | "unpaid" => !less,
                    _ => false,
                }
            }
            _ => false,
        },
        _ => false,
    })
}

/// `on exit perpetual licence to each party`, as a reader would say it.
pub(super) fn on_exit(slot: &Phrase) -> Option<Leaf<Str>> {
    let given = match (slot.inner(Form::ExitLicence), slot.action()) {
        (Some(licence), _) => {
            let flags: Vec<_> = licence.words().map(|word| word.node.as_str()).collect();
            Given::Value(format!("{} licence", flags.join(", ")).trim().into())
        }
        (None, Some(action)) => match &action.kind {
            ActionKind::Hole(hole) => Given::Hole(hole.clone()),
            _ => Given::Value(words::deed(action).1.into()),
        },
        (None, None) => return None,
    };
    Some(Spanned::new(given, slot.action().map_or(slot.span, |action| action.span)))
}
