//! What the grammar says of itself: the shapes and examples of its forms, and its keywords.
//!
//! They are read from the `///` lines and strings of `grammar/agreement.pest`: said once, there.

use std::collections::HashMap;
use std::sync::OnceLock;

static GRAMMAR: &str = include_str!("../../../grammar/agreement.pest");

/// A form as the grammar documents it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// The name of its rule.
    pub rule: &'static str,
    /// Its shape in words, such as `WHO commits AMOUNT`.
    pub shape: &'static str,
    /// A line of it that parses.
    pub example: &'static str,
}

/// Every documented head, slot and modifier, in the order of the grammar.
pub(super) fn shapes() -> &'static [Shape] {
    static SHAPES: OnceLock<Vec<Shape>> = OnceLock::new();
    SHAPES.get_or_init(|| {
        let (mut shapes, mut docs) = (Vec::new(), Vec::new());
        for line in GRAMMAR.lines() {
            if let Some(doc) = line.strip_prefix("/// ") {
                docs.push(doc);
                continue;
            }
            if let (Some((rule, _)), [shape, rest @ ..]) = (line.split_once(" = "), &*docs) {
                let example = rest.first().copied().unwrap_or("");
                shapes.push(Shape { rule, shape, example });
            }
            docs.clear();
        }
        shapes
    })
}

/// The documented shape of a grammar rule.
pub fn shape(rule: &str) -> Option<&'static Shape> {
    shapes().iter().find(|shape| shape.rule == rule)
}

/// The shapes of the heads a section has, in the order they are tried.
pub fn section_shapes(section: &str) -> Vec<&'static Shape> {
    let opening = format!("head_{section} = ");
    let line = GRAMMAR.lines().find(|line| line.starts_with(&opening)).unwrap_or("");
    let names = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    names.filter(|name| name.starts_with("h_")).filter_map(shape).collect()
}

/// Slots of the header, which no item takes.
const IN_THE_HEADER: [&str; 8] = [
    "slot_title",
    "slot_signed",
    "slot_starts",
    "slot_calendar",
    "slot_currency",
    "slot_month_ends",
    "slot_year",
    "slot_status",
];
/// Slots whose rules are not named so.
const MODIFIERS: [&str; 5] = ["per", "during", "within", "axis", "consent"];

/// The shapes of the slots an item may have, in the order of the grammar.
pub(super) fn slot_shapes() -> Vec<&'static Shape> {
    let slot = |form: &&Shape| {
        let named = form.rule.starts_with("slot_") || form.rule.starts_with("mod_");
        (named || MODIFIERS.contains(&form.rule)) && !IN_THE_HEADER.contains(&form.rule)
    };
    shapes().iter().filter(slot).collect()
}

/// A verb as the shapes of heads write it: `pays` for the keyword `pay`.
pub(super) fn conjugated(word: &str) -> String {
    let verb = |verb: &&str| verb.strip_suffix('s') == Some(word);
    let heads = shapes().iter().filter_map(|form| form.shape.strip_prefix("WHO "));
    let verbs = heads.flat_map(|rest| rest.split(' ').next().unwrap_or("").split('|'));
    verbs.into_iter().find(verb).unwrap_or(word).to_owned()
}

/// The names of the sections, from the grammar.
pub(super) fn section_names() -> impl Iterator<Item = &'static str> {
    static NAMES: OnceLock<Vec<&str>> = OnceLock::new();
    let name = |line: &'static str| Some(line.strip_prefix("sec_")?.split_once(" = ")?.0);
    NAMES.get_or_init(|| GRAMMAR.lines().filter_map(name).collect()).iter().copied()
}

/// The grammar's rules, each with what it is made of.
fn bodies() -> &'static HashMap<&'static str, &'static str> {
    static BODIES: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    BODIES.get_or_init(|| {
        let mut bodies = HashMap::new();
        let mut open = None;
        for line in GRAMMAR.lines().filter(|line| !line.starts_with("//")) {
            // The body of a long rule goes on over indented lines.
            if let Some((rule, body)) = line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
                open = Some(rule);
                bodies.insert(rule, body);
            } else {
                let Some(rule) = open else { continue };
                bodies.entry(rule).and_modify(|body: &mut &'static str| {
                    let start = offset(body);
                    *body = &GRAMMAR[start..offset(line) + line.len()];
                });
            }
        }
        bodies
    })
}

/// Where a piece of the grammar begins in it.
fn offset(piece: &str) -> usize {
    piece.as_ptr() as usize - GRAMMAR.as_ptr() as usize
}

/// The keywords that a rule and the rules it is made of can read; worked out once for each rule.
pub(super) fn keywords(from: &str) -> &'static [String] {
    static KNOWN: OnceLock<HashMap<&str, OnceLock<Vec<String>>>> = OnceLock::new();
    let known =
        KNOWN.get_or_init(|| bodies().keys().map(|rule| (*rule, OnceLock::new())).collect());
    known.get_key_value(from).map_or(&[], |(rule, words)| words.get_or_init(|| readable(rule)))
}

fn readable(from: &str) -> Vec<String> {
    let (mut words, mut seen, mut open) = (Vec::<String>::new(), vec![from], vec![from]);
    while let Some(body) = open.pop().and_then(|rule| bodies().get(rule)) {
        for (index, piece) in body.split('"').enumerate() {
            if index % 2 == 1 {
                // `"commit" ~ "s"?` reads `commits` too.
                let plural = words.last().filter(|_| piece == "s").map(|verb| format!("{verb}s"));
                words.push(plural.unwrap_or_else(|| piece.to_owned()));
                continue;
            }
            let names = piece.split(|c: char| !c.is_ascii_lowercase() && c != '_');
            for name in names.filter(|name| bodies().contains_key(name)) {
                if !seen.contains(&name) {
                    seen.push(name);
                    open.push(name);
                }
            }
        }
    }
    words
        .retain(|word| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
    words.sort_unstable();
    words.dedup();
    words
}

/// The words that a rule can begin with; worked out once for each rule.
pub(super) fn opens(rule: &str) -> &'static [String] {
    static KNOWN: OnceLock<HashMap<&str, OnceLock<Vec<String>>>> = OnceLock::new();
    let known =
        KNOWN.get_or_init(|| bodies().keys().map(|rule| (*rule, OnceLock::new())).collect());
    known.get_key_value(rule).map_or(&[], |(rule, words)| {
        words.get_or_init(|| {
            let mut words = Vec::new();
            first_words(bodies()[rule], &mut words);
            words.retain(|word| word.len() > 1);
            words.sort_unstable();
            words.dedup();
            words
        })
    })
}

fn first_words(body: &str, words: &mut Vec<String>) {
    let inner = body.find('{').filter(|at| *at < 2).map_or(body, |at| &body[at + 1..]);
    let inner =
        inner.rfind('}').filter(|_| inner.len() < body.len()).map_or(inner, |at| &inner[..at]);
    for alternative in split(inner, '|') {
        let mut verb = false;
        for factor in split(alternative, '~').into_iter().map(str::trim) {
            if verb {
                // `"commit" ~ "s"?` reads `commits` too.
                let plural =
                    words.last().filter(|_| factor == "\"s\"?").map(|verb| format!("{verb}s"));
                words.extend(plural);
                break;
            }
            let core = factor.trim_end_matches(['?', '*', '+']);
            if core.starts_with(['&', '!']) {
                continue;
            }
            if let Some(group) = core.strip_prefix('(') {
                first_words(group.strip_suffix(')').unwrap_or(group), words);
            } else if let Some(word) = core.strip_prefix('"') {
                words.push(word.trim_end_matches('"').to_owned());
            } else if let Some(rule) = bodies().get(core) {
                first_words(rule, words);
            }
            verb = core == factor;
        }
    }
}

/// The pieces between marks that stand in no parenthesis and no string.
fn split(body: &str, mark: char) -> Vec<&str> {
    let (mut pieces, mut depth, mut quoted, mut start) = (Vec::new(), 0, false, 0);
    for (at, character) in body.char_indices() {
        match character {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ if character == mark && !quoted && depth == 0 => {
                pieces.push(&body[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(&body[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use pest::Parser;

    use super::*;
    use crate::syntax::grammar::{Grammar, Rule};

    /// What a notion is documented with, such as `owners` for the members of a body, reads as one.
    #[test]
    fn every_notion_reads_as_its_line_says() {
        let mut tried = 0;
        let documented = shapes().iter().filter(|shape| shape.shape.contains('`'));
        for notion in documented.filter(|shape| !shape.rule.starts_with("slot_")) {
            let rule = Rule::all_rules().iter().find(|rule| format!("{rule:?}") == notion.rule);
            let Some(rule) = rule else { continue };
            let said = format!("{} {}", notion.shape, notion.example);
            let examples = said.split('`').skip(1).step_by(2);
            for example in
                examples.filter(|said| !["and", "or", "parties", "section/id"].contains(said))
            {
                let end = Grammar::parse(*rule, example)
                    .map_or(0, |mut pairs| pairs.next().map_or(0, |pair| pair.as_span().end()));
                assert_eq!(end, example.len(), "{}: {example}", notion.rule);
                tried += 1;
            }
        }
        assert!(tried > 45, "{tried}");
    }
}
