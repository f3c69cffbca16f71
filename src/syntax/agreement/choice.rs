//! Which documented shape a text comes nearest to.

use std::collections::HashMap;
use std::sync::OnceLock;

use pest::Parser;

use super::broken::Broken;
use super::reach::{pieces, reach, reads};
use super::shapes::{Shape, opens, shape, slot_shapes};
use crate::diagnostic::nearest;
use crate::syntax::grammar::{Grammar, Rule};

/// Forms with a shape too wide to help.
const TOO_WIDE: [&str; 3] = ["slot_deadline", "slot_hole", "slot_flags"];
/// Words that every other form has: sharing one says nothing.
const EVERYWHERE: [&str; 12] = [
    "after", "days", "each", "from", "month", "months", "party", "term", "until", "with", "year",
    "years",
];

/// The shape of the head that was meant.
pub(super) fn head(
    forms: &[&'static Shape],
    broken: &Broken<'_>,
    repaired: Option<&str>,
) -> Option<&'static Shape> {
    if let Some(form) = repaired.and_then(|text| read_as(broken.rule, text, "h_")) {
        return Some(form);
    }
    let text = broken.text;
    let actor = actor_end(text);
    let read = |form: &Shape| {
        let rule = named(form.rule).unwrap_or(Rule::whole_slot);
        reach(rule, text).max(actor + reach(rule, &text[actor..]))
    };
    let acts = |form: &Shape| (actor > 0) == form.shape.starts_with("WHO");
    let forms = forms.iter().copied().filter(|form| form.rule != "h_hole").rev();
    let mut forms: Vec<_> = forms.map(|form| ((read(form), acts(form)), form)).collect();
    let most = forms.iter().map(|(key, _)| *key).max()?;
    let known = forms.len() == 1 || most.0 > actor || actor > 0 && most.1;
    forms.retain(|(key, _)| *key == most);
    let best = nearest_shape(forms.into_iter().map(|(_, form)| form), text)?;
    (known || shared(best, text) > 0).then_some(best)
}

/// Where what `text` says begins, behind who acts.
pub(super) fn actor_end(text: &str) -> usize {
    Grammar::parse(Rule::who, text).ok().map_or(0, |mut who| {
        let end = who.next().map_or(0, |who| who.as_span().end());
        end + text[end..].len() - text[end..].trim_start().len()
    })
}

/// The form that shares most words with `text`, the last of equals; one alone is not compared.
fn nearest_shape(
    forms: impl Iterator<Item = &'static Shape>,
    text: &str,
) -> Option<&'static Shape> {
    let forms: Vec<_> = forms.collect();
    match *forms {
        [one] => Some(one),
        _ => forms.into_iter().max_by_key(|form| shared(form, text)),
    }
}

/// The shape of the slot that was meant.
pub(super) fn slot(broken: &Broken<'_>, repaired: Option<&str>) -> Option<&'static Shape> {
    if let Some(form) = repaired.and_then(|text| read_as(broken.rule, text, "")) {
        return Some(form);
    }
    let text = broken.text;
    let slots: Vec<_> =
        slot_shapes().into_iter().filter(|form| !TOO_WIDE.contains(&form.rule)).collect();
    let all = pieces(text);
    let words: Vec<&str> = all.iter().map(|piece| &text[piece.clone()]).collect();
    let first = words.first().copied().unwrap_or("");
    let most = slots.iter().map(|form| run(form, &words)).max().filter(|most| *most > 0);
    if let Some(most) = most {
        let read = |form: &Shape| named(form.rule).map_or(0, |rule| reach(rule, text));
        let best = slots.into_iter().filter(|form| run(form, &words) == most).rev();
        let best: Vec<_> = best.map(|form| (read(form), form)).collect();
        let furthest = best.iter().map(|(read, _)| *read).max();
        let best = best.into_iter().filter(|(read, _)| Some(*read) == furthest);
        return nearest_shape(best.map(|(_, form)| form), text);
    }
    let near = |form: &&&'static Shape| {
        first.len() > 3 && nearest(first, opens(form.rule).iter().map(String::as_str)).is_some()
    };
    let like = |form: &&&'static Shape| {
        first
            .get(..4)
            .is_some_and(|stem| opens(form.rule).iter().any(|word| word.starts_with(stem)))
    };
    slots.iter().find(near).or_else(|| slots.iter().find(like)).copied().or_else(|| {
        let alike = slots.into_iter().rev().filter(|form| shares_a_word(form, text));
        nearest_shape(alike, text)
    })
}

/// Whether the shape has a word of `text` that tells it from others.
fn shares_a_word(form: &Shape, text: &str) -> bool {
    let telling = |word: &&str| word.len() > 3 && !EVERYWHERE.contains(word);
    plain_words(text).filter(telling).any(|mine| plain_words(form.shape).any(|word| word == mine))
}

/// How many of the first words are the first words of the shape.
fn run(form: &Shape, words: &[&str]) -> usize {
    let theirs = form.shape.split_whitespace().map(|word| word.trim_end_matches([',', ':']));
    let equal = |(theirs, mine): &(&str, &&str)| theirs.split('|').any(|word| word == **mine);
    let run = theirs.zip(words).take_while(equal).count();
    run.max(usize::from(
        words.first().is_some_and(|mine| opens(form.rule).iter().any(|w| w == mine)),
    ))
}

/// The shape of the form that `text` reads as.
fn read_as(rule: Rule, text: &str, prefix: &str) -> Option<&'static Shape> {
    let text = text.trim_end();
    if !reads(rule, text) {
        return None;
    }
    let pairs = Grammar::parse(rule, text).ok()?;
    let names = pairs.map(|pair| format!("{:?}", pair.as_rule()));
    names.filter(|name| name.starts_with(prefix)).find_map(|name| shape(&name))
}

/// The rule of that name.
fn named(name: &str) -> Option<Rule> {
    static RULES: OnceLock<HashMap<String, Rule>> = OnceLock::new();
    let rules = RULES.get_or_init(|| {
        Rule::all_rules().iter().map(|rule| (format!("{rule:?}"), *rule)).collect()
    });
    rules.get(name).copied()
}

/// How many words they share: those of the shape count twice, those of its example once; equal ones
/// more than near ones.
fn shared(form: &Shape, text: &str) -> usize {
    let words: Vec<_> = plain_words(text).collect();
    let alike = |theirs: &str| -> usize {
        let count = |word: &str| {
            let near =
                || words.iter().any(|mine| mine.len() > 3 && nearest(mine, [word]).is_some());
            if words.contains(&word) { 2 } else { usize::from(near()) }
        };
        plain_words(theirs).map(count).sum()
    };
    2 * alike(form.shape) + alike(form.example)
}

/// The words in small letters outside quotes.
fn plain_words(text: &str) -> impl Iterator<Item = &str> {
    let unquoted = text.split('"').step_by(2);
    let words =
        unquoted.flat_map(|piece| piece.split(|c: char| !(c.is_ascii_lowercase() || c == '-')));
    words.filter(|word| word.len() > 1)
}
