//! What is said of an item must be something that can be said of it.

use super::Lower;
use super::misfit::Misfit;
use super::problem::Problem;
use crate::agreement::model::{Parties, Tag, Text};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Amount, Figure, FigureKind, Form, Phrase, Scalar};
use crate::value::{Given, Str};

/// Flags that say the opposite of each other.
const OPPOSITES: [(&str, &str); 7] = [
    ("exclusive", "non-exclusive"),
    ("sole", "non-exclusive"),
    ("co-exclusive", "non-exclusive"),
    ("transferable", "non-transferable"),
    ("sublicensable", "non-sublicensable"),
    ("revocable", "irrevocable"),
    ("royalty-free", "royalty-bearing"),
];
/// What is written where a paper has no such clause.
const NOTHING: [&str; 8] = [
    "none",
    "nothing",
    "n/a",
    "not stated",
    "not addressed",
    "not applicable",
    "silent",
    "no clause",
];
/// What the items of these sections can be: missed or met, paid or unpaid.
const KEPT: [&str; 7] =
    ["commitments", "payments", "metrics", "enablement", "governance", "rights", "ip"];
/// Ends that need no item.
const ENDS: [&str; 4] = ["exit", "expiry", "term end", "renewal"];
/// What an amount may be counted for, beside a clock: `per party`.
const EACH: [&str; 2] = ["party", "claim"];

impl Lower<'_> {
    /// `commitments/sends missed`: an item that can be missed.
    pub(super) fn check_state(&mut self, item: &Text, state: &str) {
        self.check_item(&item.node, item.span);
        let kept = matches!(state, "missed" | "met" | "paid" | "unpaid");
        let sections = self.sections_of(&item.node);
        let fits = sections.iter().any(|section| KEPT.contains(&&**section));
        if kept && !sections.is_empty() && !fits {
            self.report(Misfit::CannotBe { item: item.clone(), state: state.to_owned() });
        }
    }

    /// An item that may be anything: it is told, and rules on its section cannot decide.
    pub(super) fn unnamed(&mut self, tag: &Tag, asked: &'static str) {
        self.report(Misfit::Unnamed { id: tag.id.clone(), asked });
        self.agreement.doubt_section(tag.section, tag.span);
    }

    /// `exclusive, non-exclusive` says nothing.
    pub(super) fn check_opposites(&mut self, flags: &[Text]) {
        let find = |name: &str| flags.iter().find(|flag| flag.node == name);
        for (flag, other) in OPPOSITES.iter().filter_map(|(a, b)| find(a).zip(find(b))) {
            self.report(Misfit::Opposite { flag: other.clone(), other: flag.clone() });
        }
    }

    /// A line of `clauses` that says that there is no such clause would stand for one.
    pub(super) fn says_none(&mut self, text: &Spanned<Given<Str>>) -> bool {
        let Given::Value(words) = &text.node else { return false };
        let plain = words.trim().trim_end_matches('.').to_lowercase();
        let none = NOTHING.contains(&&*plain) || plain.starts_with("there is no ");
        if none {
            self.report(Misfit::NoClause { text: Spanned::new(words.clone(), text.span) });
        }
        none
    }

    /// `Supplier pays Supplier`.
    pub(super) fn check_two_sides(&mut self, by: &Parties, to: &Parties) {
        let ([(side, _)], [(paid, at)]) = (&*by.members, &*to.members) else { return };
        if side == paid
            && let Some(name) = self.agreement.parties.get(*side).map(|p| p.tag.id.node.clone())
        {
            self.report(Misfit::PaysItself { name: Spanned::new(name, *at) });
        }
    }

    /// The sections that have an item of that name.
    fn sections_of(&self, item: &str) -> Vec<String> {
        let (section, id) = item.split_once('/').map_or((None, item), |(s, id)| (Some(s), id));
        let mine = self.ids.sections(id).filter(|place| section.is_none_or(|it| it == *place));
        mine.map(str::to_owned).collect()
    }

    /// A metric of the agreement, by its id.
    pub(super) fn check_metric(&mut self, item: &Text) {
        self.check_item(&item.node, item.span);
        let sections = self.sections_of(&item.node);
        if !sections.is_empty() && !sections.iter().any(|section| section == "metrics") {
            self.report(Misfit::NoMetric { item: item.clone() });
        }
    }

    /// `after expiry, exit/breach by Kestrel`: ends of the agreement, each perhaps by somebody.
    pub(super) fn endings(&mut self, slot: &Phrase) -> Vec<Text> {
        let mut found = Vec::new();
        for ending in slot.phrases().filter(|inner| inner.form == Form::Ending) {
            let mut words = ending.words();
            let Some(end) = words.next().cloned() else { continue };
            if let Some(name) = words.next() {
                let (name, at) = (name.node.clone(), name.span);
                self.check_name(&name, at);
            }
            self.check_item(&end.node, end.span);
            let sections = self.sections_of(&end.node);
            let ends = sections.iter().any(|section| section == "exit" || section == "term");
            let known = ENDS.contains(&&*end.node) || sections.is_empty();
            if !ends && !known {
                let (item, state) = (end.clone(), "an end of the agreement".to_owned());
                self.report(Misfit::CannotBe { item, state });
            }
            found.push(end);
        }
        found
    }

    /// A company of a side that has no line of its own, where one is nearly called so.
    pub(super) fn check_member(&mut self, member: &Text) {
        let named = |id: &&str| id.starts_with(char::is_uppercase);
        let mut known: Vec<String> =
            self.ids.all().map(|(id, _)| id).filter(named).map(str::to_owned).collect();
        known.dedup();
        let near = crate::diagnostic::nearest(&member.node, known.iter().map(String::as_str));
        if !known.iter().any(|known| *known == member.node) && near.is_some() {
            self.report(Problem::UnknownParty { name: member.clone(), known });
        }
    }

    /// A bare word behind `per`, `each` or `to next`: a clock that strikes again and again.
    pub(super) fn check_cycle(&mut self, word: &Text) {
        let id = word.node.strip_prefix("dates/").unwrap_or(&word.node);
        if !self.cycles.contains_key(id) && !EACH.contains(&&*word.node) {
            let known = self.cycles.keys().map(|id| (*id).to_owned()).collect();
            self.report(Misfit::UnknownCycle { name: word.clone(), known });
        }
    }

    /// A word of a closed list.
    pub(super) fn check_word(
        &mut self,
        word: &Text,
        what: &'static str,
        known: &'static [&'static str],
    ) {
        if !known.contains(&&*word.node) {
            self.report(Problem::UnknownWord { what, word: word.clone(), known });
        }
    }

    /// What is paid or claimed is money, a share, or a number of something, and no bare number.
    pub(super) fn check_paid(&mut self, amount: &Amount) {
        let bare = |figure: &&Figure| match &figure.node {
            FigureKind::Plain { value, unit: None, .. } => {
                matches!(&value.node, Given::Value(Scalar::Number(_)))
            }
            _ => false,
        };
        if let Some(figure) = amount.steps.first().filter(bare) {
            let (expected, example) = ("an amount of money, or a number of something", "EUR 5,000");
            self.report(Problem::WrongType { at: figure.span, expected, example });
        }
    }

    /// A share, where a bare number would leave open of what: `1.5%`.
    pub(super) fn check_rate(&mut self, figure: Option<&Figure>) {
        let Some(figure) = figure else { return };
        if let FigureKind::Plain { value, unit: None, .. } = &figure.node
            && matches!(&value.node, Given::Value(Scalar::Number(_)))
        {
            let (expected, example) = ("a share or an amount of money", "1.5%");
            self.report(Problem::WrongType { at: figure.span, expected, example });
        }
    }

    /// No figure is made of itself.
    pub(super) fn check_circles(&mut self) {
        let figures = &self.agreement.figures;
        let of = |name: &str| {
            let id = name.strip_prefix("metrics/").unwrap_or(name);
            figures.iter().position(|figure| figure.tag.id.node == id)
        };
        let parts: Vec<Vec<usize>> = figures
            .iter()
            .map(|figure| figure.made_of.iter().filter_map(|name| of(&name.node)).collect())
            .collect();
        let circular: Vec<Spanned<Str>> = (0..figures.len())
            .filter(|start| reaches(&parts, *start))
            .map(|index| figures[index].tag.id.clone())
            .collect();
        for id in circular {
            self.report(Misfit::MadeOfItself { id });
        }
    }

    /// `16:00`: an hour that a day has.
    pub(super) fn check_time(&mut self, slot: &Phrase) {
        let Some(time) = slot.word() else { return };
        let mut parts = time.node.split(':').map(|part| part.parse::<u32>().unwrap_or(99));
        let (hour, minute) = (parts.next().unwrap_or(99), parts.next().unwrap_or(99));
        if hour > 24 || minute > 59 || (hour == 24 && minute > 0) {
            let (expected, example) = ("an hour of the day", "16:00");
            self.report(Problem::WrongType { at: time.span, expected, example });
        }
    }

    /// Says the same slot or phrase twice.
    pub(super) fn twice(&mut self, name: &'static str, first: Span, again: Span) {
        self.report(Problem::StatedTwice { name, again, first });
    }
}

/// Whether a way leads from a figure over what it is made of back to it.
fn reaches(parts: &[Vec<usize>], start: usize) -> bool {
    let (mut open, mut seen) = (parts[start].clone(), vec![false; parts.len()]);
    while let Some(next) = open.pop() {
        if next == start {
            return true;
        }
        if !std::mem::replace(&mut seen[next], true) {
            open.extend(&parts[next]);
        }
    }
    false
}
