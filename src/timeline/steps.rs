//! Times that run from something that happens: to mend a breach, to act on a miss, to settle an issue.
//! They wait for it, one after the other.

use super::build::{Builder, Draft};
use super::{Kind, On};
use crate::agreement::{Leaf, Step, Tag, Terms};
use crate::analysis::items;
use crate::syntax::ast::{Moment, MomentKind};
use crate::value::{Given, Period};

impl Builder<'_> {
    /// Everything that runs from an event.
    pub(super) fn steps(&mut self) {
        for right in &self.agreement.exit.rights {
            let clocks = &right.terms.clocks;
            let Some(cure) = &clocks.cure else { continue };
            let id = &right.tag.id.node;
            let title = format!("{id}: a breach is mended by then");
            let draft = Draft::of(&right.tag, Kind::Cure, title);
            let event = run_from(&right.terms, "cure");
            let event = event.unwrap_or_else(|| format!("notice of a breach under `{id}`"));
            self.so_long_after(draft, &event, cure);
        }
        for (tag, terms) in items(self.agreement) {
            self.consequences(tag, terms);
            if tag.section != "exit" {
                self.answers(tag, terms);
            }
        }
        self.escalations();
        for forum in &self.agreement.disputes.forums {
            let step = &forum.step;
            let Some(within) = &step.within else { continue };
            let title = format!("{}: over by then", step.tag.id.node);
            let draft = Draft::of(&step.tag, Kind::Escalation, title);
            self.so_long_after(draft, "a dispute goes there", within);
        }
    }

    /// What follows from a test or a miss, each step after the one before.
    fn consequences(&mut self, tag: &Tag, terms: &Terms) {
        for (index, found) in terms.more.consequences.iter().enumerate() {
            let event = if found.missed {
                format!("a miss of `{}`", tag.id.node)
            } else {
                format!("`{}`: {}", tag.id.node, found.text.node)
            };
            self.one_after_another(tag, &found.steps, &event, &format!("if-{}", index + 1));
        }
        let event = format!("`{}` comes to pass", tag.id.node);
        self.one_after_another(tag, &terms.more.outcomes, &event, "then");
    }

    fn one_after_another(&mut self, tag: &Tag, steps: &[Step], event: &str, part: &str) {
        let mut run: Option<Period> = None;
        for step in steps {
            let Some(within) = &step.within else { continue };
            let title = format!("{}: {}", tag.id.node, step.text.node);
            let mut draft =
                Draft::of(tag, Kind::Cure, title).part(format!("{part}-{}", step.order));
            draft.span = step.text.span;
            let sum = match (&within.node, run) {
                (Given::Value(time), Some(run)) => run.checked_add(*time),
                (Given::Value(time), None) => Some(*time),
                _ => None,
            };
            if let Some(sum) = sum {
                if run.is_some() {
                    draft = draft.because("each step follows the one before");
                }
                run = Some(sum);
                let when = format!("{sum} after {event}");
                self.add(draft, On::Waits { event: event.to_owned(), when }, &[]);
            } else {
                self.so_long_after(draft, "the step before it", within);
            }
        }
    }

    /// Times to answer, agree, close and object.
    fn answers(&mut self, tag: &Tag, terms: &Terms) {
        let clocks = &terms.clocks;
        let times = [
            ("answer", &clocks.answer),
            ("agree", &clocks.agree),
            ("close", &clocks.close),
            ("object", &clocks.object),
            ("cure", &clocks.cure),
        ];
        for (word, time) in times {
            let Some(time) = time else { continue };
            let title = format!("{}: last day to {word}", tag.id.node);
            let draft = Draft::of(tag, Kind::Cure, title).part(word);
            let event = run_from(terms, word);
            let event = event.unwrap_or_else(|| format!("`{}` is called upon", tag.id.node));
            self.so_long_after(draft, &event, time);
        }
    }

    /// The way up from the bodies, and the paths of issues.
    fn escalations(&mut self) {
        let governance = &self.agreement.governance;
        let bodies = governance.bodies.iter().map(|body| (&body.tag, &body.next));
        let ladders = governance.ladders.iter().map(|ladder| (&ladder.tag, &ladder.stations));
        for (tag, stations) in bodies.chain(ladders) {
            let mut run: Option<Period> = None;
            for (index, next) in stations.iter().enumerate() {
                let Some(after) = &next.after else { continue };
                let to = next.to.node.value().map_or("", |to| to);
                let title = format!("{}: an open issue goes to {to}", tag.id.node);
                let part = (index + 1).to_string();
                let draft = Draft::of(tag, Kind::Escalation, title).part(part);
                let event = format!("an issue is open in `{}`", tag.id.node);
                let sum = match (&after.node, run) {
                    (Given::Value(time), Some(run)) => run.checked_add(*time),
                    (Given::Value(time), None) => Some(*time),
                    _ => None,
                };
                run = sum.or(run);
                let time = sum.map_or_else(|| after.node.clone(), Given::Value);
                let time: Leaf<Period> = crate::source::Spanned::new(time, after.span);
                self.so_long_after(draft, &event, &time);
            }
        }
    }
}

/// From what a time runs, where the item says so.
fn run_from(terms: &Terms, clock: &str) -> Option<String> {
    let (_, from) = terms.clocks.run_from.iter().find(|(name, _)| *name == clock)?;
    event(from)
}

fn event(moment: &Moment) -> Option<String> {
    match &moment.node {
        MomentKind::Event(text) | MomentKind::Named(text) | MomentKind::Recurring(text) => {
            Some(text.to_string())
        }
        _ => None,
    }
}
