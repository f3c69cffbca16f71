//! Why a head or slot stops being read, and where.

use std::ops::Range;

use super::broken::{Broken, is_known};
use super::everyday;
use super::reach::{Expected, is_word, pieces};
use super::shapes::opens;
use super::trouble::piece;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::cursor::Cursor;
use crate::syntax::grammar::Rule;

/// What stops the reading.
#[derive(Debug)]
pub(super) struct Cause {
    at: Range<usize>,
    /// What stands behind `cannot be read` in the message.
    why: &'static str,
    label: String,
    pub(super) help: Option<String>,
    /// Whether the label says it all: no shape could add to it.
    pub(super) settled: bool,
    /// The text that would read.
    pub(super) repaired: Option<String>,
}

impl Cause {
    fn new(at: Range<usize>, label: impl Into<String>) -> Self {
        Self { at, why: "", label: label.into(), help: None, settled: false, repaired: None }
    }

    /// The finding, at its place in the file.
    pub(super) fn told(
        self,
        code: &'static str,
        what: &str,
        node: &Cursor<'_>,
        text: &str,
    ) -> Diagnostic {
        let message = format!("{what} cannot be read{}", self.why);
        let span = if self.at.end >= text.len() {
            piece(node, self.at.start)
        } else {
            let byte = |at: usize| node.span.start + u32::try_from(at).unwrap_or(0);
            Span::new(byte(self.at.start), byte(self.at.end))
        };
        let found = Diagnostic::error(code, message, span).label(self.label);
        found.maybe_help(self.help)
    }
}

/// Whether the first word, if it is one, opens some slot.
pub(super) fn opens_a_slot(text: &str) -> bool {
    let first = pieces(text).first().map_or("", |piece| &text[piece.clone()]);
    !is_word(first) || opens("slot").iter().any(|word| word == first)
}

/// Where the second word begins.
pub(super) fn second_word(text: &str) -> usize {
    pieces(text).get(1).map_or(text.len(), |piece| piece.start)
}

/// Why `broken`, of `section`, stops being read at `at`.
pub(super) fn of(section: &str, broken: &Broken<'_>, at: usize) -> Cause {
    let text = broken.text;
    if let Some(cause) = unclosed_quote(text).or_else(|| spelled_number(text)) {
        return cause;
    }
    if let Some(cause) = unclosed_parenthesis(text) {
        return cause;
    }
    if let Some(cause) = sign(text, at).or_else(|| said_otherwise(section, broken)) {
        return cause;
    }
    if let Some(repair) = broken.stopping(at).repair() {
        let mut cause = Cause::new(repair.at, repair.label);
        cause.repaired = Some(repair.text);
        return cause;
    }
    unrepaired(broken, at)
}

/// Words of contracts that the language has others for.
fn said_otherwise(section: &str, broken: &Broken<'_>) -> Option<Cause> {
    let (at, hint) = everyday::said(section, broken.rule != Rule::whole_slot, broken.text)?;
    let under = hint.under.map(|section| format!(" under `{section}`")).unwrap_or_default();
    let mut cause = Cause::new(at, format!("write `{}`{under}", hint.written));
    cause.settled = true;
    let shown = hint.example != hint.written;
    cause.help = shown.then(|| format!("for example: {}", hint.example));
    Some(cause)
}

fn unrepaired(broken: &Broken<'_>, at: usize) -> Cause {
    let text = broken.text;
    let all = pieces(text);
    let behind = all.iter().position(|piece| at < piece.end).unwrap_or(all.len());
    let first = all.get(behind).map_or("", |piece| &text[piece.clone()]);
    let rest = at.min(text.len())..text.len();
    if broken.rule == Rule::whole_slot && at == 0 && !opens_a_slot(text) {
        let mut cause = Cause::new(all[0].clone(), "no slot opens with this word");
        cause.label = similar(first).unwrap_or(cause.label);
        return cause;
    }
    let can = broken.expected(rest.start);
    let could = named(broken, &can).filter(|_| at > 0);
    if behind == all.len() {
        let last = all.last().cloned().unwrap_or(rest);
        let word = &text[last.clone()];
        let label = could.map_or_else(
            || format!("something is missing behind `{word}`"),
            |could| format!("{could} is missing behind `{word}`"),
        );
        return Cause::new(last, label);
    }
    if let Some(could) = could {
        return Cause::new(rest, format!("{could} stands here"));
    }
    if is_word(first) && !is_known(first) && !broken.is_declared(first) {
        return Cause::new(
            rest,
            format!("`{first}` is no word of the language: free words stand in quotes"),
        );
    }
    Cause::new(
        rest,
        if at == 0 { "no form of this section reads so" } else { "not understood from here on" },
    )
}

/// The few words that can stand somewhere, if nothing else can.
fn named(broken: &Broken<'_>, can: &Expected) -> Option<String> {
    let words: Vec<_> = can.words.iter().filter(|word| *word != ",").collect();
    let few = !can.values && (1..=4).contains(&words.len());
    few.then(|| broken.listed(words.into_iter().map(String::as_str)))
}

/// An opening word that begins as `word` does.
fn similar(word: &str) -> Option<String> {
    let stem = word.get(..4)?;
    let near = opens("slot").iter().find(|opens| opens.starts_with(stem))?;
    Some(format!("a similar word exists: `{near}`"))
}

fn unclosed_quote(text: &str) -> Option<Cause> {
    let open = pieces(text).into_iter().find(|piece| {
        let shown = &text[piece.clone()];
        shown.starts_with('"') && (shown.len() == 1 || !shown.ends_with('"'))
    })?;
    let mut cause = Cause::new(open.start..text.len(), "opened here");
    cause.why = ": a quote is not closed on its line";
    cause.settled = true;
    cause.help = Some("close the quote on the same line".to_owned());
    Some(cause)
}

/// A number in words, outside quotes.
fn spelled_number(text: &str) -> Option<Cause> {
    const NUMBERS: [&str; 17] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve",
        "fifteen", "twenty", "thirty", "sixty", "ninety", "hundred",
    ];
    let number = |piece: &Range<usize>| NUMBERS.contains(&&text[piece.clone()]);
    let at = pieces(text).into_iter().find(number)?;
    let mut cause = Cause::new(at.clone(), format!("`{}` in figures", &text[at.clone()]));
    cause.why = ": a number is written in figures";
    cause.repaired = Some(format!("{}2{}", &text[..at.start], &text[at.end..]));
    Some(cause)
}

fn unclosed_parenthesis(text: &str) -> Option<Cause> {
    let mut open = Vec::new();
    for piece in pieces(text) {
        match &text[piece.clone()] {
            "(" => open.push(piece),
            ")" if open.pop().is_none() => {
                return Some(Cause::new(piece, "no parenthesis is open here"));
            }
            _ => {}
        }
    }
    let open = open.pop()?;
    let mut cause = Cause::new(open, "opened here");
    cause.why = ": a parenthesis is not closed";
    Some(cause)
}

/// A sign where a formula has a word.
fn sign(text: &str, at: usize) -> Option<Cause> {
    let all = pieces(text);
    let stop = all.iter().find(|piece| at < piece.end)?;
    let word = match &text[stop.clone()] {
        "+" => "plus",
        "-" | "−" | "–" => "minus",
        "*" | "×" => "times",
        "/" | "÷" => "divided by",
        "=" => "is",
        _ => return None,
    };
    let mut cause = Cause::new(stop.clone(), format!("write `{word}`"));
    cause.why = ": a formula is written in words";
    Some(cause)
}
