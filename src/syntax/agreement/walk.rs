//! One walk over everything a phrase says; features override what they care about.
//!
//! ```
//! use pactum::source::{Source, Spanned};
//! use pactum::syntax::{Visit, parse_agreement, walk_phrase};
//! use pactum::value::Str;
//!
//! #[derive(Default)]
//! struct Words(Vec<String>);
//! impl Visit for Words {
//!     fn text(&mut self, text: &Spanned<Str>) {
//!         self.0.push(text.node.to_string());
//!     }
//! }
//!
//! let source = Source::new("a", "clauses\n  force: force-majeure, \"while it lasts\"\n");
//! let (file, _) = parse_agreement(&source);
//! let mut words = Words::default();
//! for item in &file.sections[0].items {
//!     for head in &item.head { walk_phrase(head, &mut words); }
//! }
//! assert_eq!(words.0, ["while it lasts"]);
//! ```

use super::ast::{
    Action, ActionKind, Amount, Choice, ChoiceKind, ConditionKind, Figure, FigureKind, Moment,
    MomentKind, Part, Phrase, Term, Test, Thing, ThingKind, Who, Window,
};
use crate::source::{Span, Spanned};
use crate::value::{Given, Hole, Str};

/// What a walk calls, each with its place.
pub trait Visit {
    /// Quoted words.
    fn text(&mut self, _text: &Spanned<Str>) {}
    /// A hole, in the innermost form that holds it.
    fn hole(&mut self, _hole: &Hole, _at: Span, _within: &Phrase) {}
    /// Who acts or receives.
    fn who(&mut self, _who: &Who) {}
    /// An item by its id or `section/id`.
    fn item(&mut self, _item: &str, _at: Span) {}
    /// A value that is written in a phrase, or what is left open in its place.
    fn term(&mut self, _term: &Term, _within: &Phrase) {}
    /// A term that stands where a length of time does.
    fn length(&mut self, _length: &Term, _within: &Phrase) {}
    /// A word of the form, a bare word or a name, as written.
    fn word(&mut self, _word: &Spanned<Str>) {}
    /// An item that a condition asks about, and how it is asked to stand: `missed`, `met`, `ended`.
    fn state(&mut self, item: &Spanned<Str>, _state: &str) {
        self.item(&item.node, item.span);
    }
    /// A figure by its id, or an item that a formula is made of.
    fn figure(&mut self, _item: &str, _at: Span) {}
    /// A party or place by its name.
    fn name(&mut self, _name: &str, _at: Span) {}
    /// A moment by its name.
    fn clock(&mut self, _name: &str, _at: Span) {}
}

/// Walks a phrase, its parts in the order written.
pub fn walk_phrase(phrase: &Phrase, visit: &mut impl Visit) {
    for part in &phrase.parts {
        match part {
            Part::Text(text) => visit.text(text),
            Part::Word(word) => visit.word(word),
            Part::Who(who) => visit.who(who),
            Part::Thing(thing) => walk_thing(thing, phrase, visit),
            Part::Term(term) | Part::Every(term) => walk_term(term, phrase, visit),
            Part::Amount(amount) => walk_amount(amount, phrase, visit),
            Part::Moment(moment) => walk_moment(moment, phrase, visit),
            Part::Test(test) => walk_test(test, phrase, visit),
            Part::Action(action) => walk_action(action, phrase, visit),
            Part::Phrase(inner) => walk_phrase(inner, visit),
            Part::Hole(hole) => visit.hole(&hole.node, hole.span, phrase),
        }
    }
}

fn walk_thing(thing: &Thing, within: &Phrase, visit: &mut impl Visit) {
    match &thing.node {
        ThingKind::Words { text, places } => {
            visit.text(&Spanned::new(text.clone(), thing.span));
            for place in places {
                visit.name(&place.node, place.span);
            }
        }
        ThingKind::Item(item) => visit.item(item, thing.span),
        ThingKind::Name(name) => visit.name(name, thing.span),
        ThingKind::Role(_) => {}
        ThingKind::Hole(hole) => visit.hole(hole, thing.span, within),
    }
}

fn walk_term(term: &Term, within: &Phrase, visit: &mut impl Visit) {
    visit.term(term, within);
    if let Given::Hole(hole) = &term.node {
        visit.hole(hole, term.span, within);
    }
}

fn walk_length(length: &Term, within: &Phrase, visit: &mut impl Visit) {
    visit.length(length, within);
    if let Given::Hole(hole) = &length.node {
        visit.hole(hole, length.span, within);
    }
}

fn walk_amount(amount: &Amount, within: &Phrase, visit: &mut impl Visit) {
    for figure in &amount.steps {
        walk_figure(figure, within, visit);
    }
}

fn walk_figure(figure: &Figure, within: &Phrase, visit: &mut impl Visit) {
    match &figure.node {
        FigureKind::Plain { value, unit, each } => {
            walk_term(value, within, visit);
            for text in unit.iter().chain(each) {
                visit.text(text);
            }
        }
        FigureKind::Share { value, of } => {
            walk_figure(value, within, visit);
            walk_figure(of, within, visit);
        }
        FigureKind::Formula { first, rest } => {
            walk_figure(first, within, visit);
            for (_, figure) in rest {
                walk_figure(figure, within, visit);
            }
        }
        FigureKind::Greater(figures) | FigureKind::Lesser(figures) => {
            for figure in figures {
                walk_figure(figure, within, visit);
            }
        }
        FigureKind::Words { text, window } => {
            visit.text(text);
            walk_window(window.as_deref(), within, visit);
        }
        FigureKind::Item { item, window, .. } => {
            if let Some(item) = item {
                visit.figure(&item.node, item.span);
            }
            walk_window(window.as_deref(), within, visit);
        }
        FigureKind::Count(_) | FigureKind::Rate => {}
        FigureKind::Hole(hole) => visit.hole(hole, figure.span, within),
    }
}

fn walk_window(window: Option<&Window>, within: &Phrase, visit: &mut impl Visit) {
    let Some(window) = window else { return };
    if let Some(length) = &window.length {
        walk_length(length, within, visit);
    }
    if let Some(since) = &window.since {
        walk_moment(since, within, visit);
    }
}

fn walk_moment(moment: &Moment, within: &Phrase, visit: &mut impl Visit) {
    match &moment.node {
        MomentKind::Distance { by, from, .. } => {
            walk_length(by, within, visit);
            walk_moment(from, within, visit);
        }
        MomentKind::Later(a, b) | MomentKind::Earlier(a, b) => {
            walk_moment(a, within, visit);
            walk_moment(b, within, visit);
        }
        MomentKind::Event(text) => visit.text(&Spanned::new(text.clone(), moment.span)),
        MomentKind::Named(name) => visit.clock(name, moment.span),
        MomentKind::Hole(hole) => visit.hole(hole, moment.span, within),
        MomentKind::Day(_)
        | MomentKind::Stretch(..)
        | MomentKind::Recurring(_)
        | MomentKind::Unreadable => {}
    }
}

fn walk_test(test: &Test, within: &Phrase, visit: &mut impl Visit) {
    for condition in &test.conditions {
        match &condition.node {
            ConditionKind::Words(words) => visit.text(&Spanned::new(words.clone(), condition.span)),
            ConditionKind::Breaches(who, things) => {
                visit.who(who);
                for thing in things {
                    walk_thing(thing, within, visit);
                }
            }
            ConditionKind::Conduct(who, conduct) => {
                visit.who(who);
                visit.word(&Spanned::new(conduct.clone(), condition.span));
            }
            ConditionKind::ChangesControl { who, share, from, to, words, .. } => {
                visit.who(who);
                visit.word(&Spanned::new("change of control".into(), condition.span));
                if let Some(share) = share {
                    walk_term(share, within, visit);
                }
                for thing in from.iter().chain(to) {
                    walk_thing(thing, within, visit);
                }
                if let Some(words) = words {
                    visit.text(words);
                }
            }
            ConditionKind::State { item, state, .. } => {
                if let Some(item) = item {
                    visit.state(item, state);
                }
            }
            ConditionKind::Compare { figure, against, window, .. } => {
                walk_figure(figure, within, visit);
                walk_figure(against, within, visit);
                walk_window(window.as_deref(), within, visit);
            }
            ConditionKind::Hole(hole) => visit.hole(hole, condition.span, within),
        }
    }
}

fn walk_action(action: &Action, within: &Phrase, visit: &mut impl Visit) {
    match &action.kind {
        ActionKind::Pays { who, whom, payee, amount } => {
            visit.who(who);
            if let Some(whom) = whom {
                visit.who(whom);
            }
            if let Some(payee) = payee {
                visit.text(payee);
            }
            walk_amount(amount, within, visit);
        }
        ActionKind::MakesGood(who) | ActionKind::Owns(who) => visit.who(who),
        ActionKind::May(who, choices) | ActionKind::Chooses(who, choices) => {
            visit.who(who);
            for choice in choices {
                walk_choice(choice, within, visit);
            }
        }
        ActionKind::Decides(who, things) => {
            visit.who(who);
            for thing in things {
                walk_thing(thing, within, visit);
            }
        }
        ActionKind::Effect { item, by, keeping, .. } => {
            visit.item(&item.node, item.span);
            if let Some(by) = by {
                walk_figure(by, within, visit);
            }
            for thing in keeping {
                walk_thing(thing, within, visit);
            }
        }
        ActionKind::Item(item) | ActionKind::Raise(item) => visit.item(&item.node, item.span),
        ActionKind::RaiseTo(text) => visit.text(text),
        ActionKind::Words(text) => visit.text(&Spanned::new(text.clone(), action.span)),
        ActionKind::Hole(hole) => visit.hole(hole, action.span, within),
        ActionKind::Flag(_) | ActionKind::StatusQuo | ActionKind::Ends => {}
    }
    for term in action.after.iter().chain(&action.within) {
        walk_term(term, within, visit);
    }
}

fn walk_choice(choice: &Choice, within: &Phrase, visit: &mut impl Visit) {
    match &choice.node {
        ChoiceKind::Terminate { notice, .. } => {
            if let Some(notice) = notice {
                walk_term(notice, within, visit);
            }
        }
        ChoiceKind::End(item) | ChoiceKind::Convert(item, _) | ChoiceKind::Effect(item, _) => {
            visit.item(&item.node, item.span);
        }
        ChoiceKind::Claim(amount) => walk_amount(amount, within, visit),
        ChoiceKind::Words(text) => visit.text(&Spanned::new(text.clone(), choice.span)),
        ChoiceKind::Flag(_) | ChoiceKind::StatusQuo => {}
    }
}
