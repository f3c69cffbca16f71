//! The text of an example as an agreement of its own.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::policy::{Applies, ExampleNode, Rule};
use crate::source::Span;
use crate::vocabulary::WORDS;

/// The kind an example has where it names none and its rule allows it.
const USUAL_KIND: &str = "go-to-market";
/// The cast an example has where it names no parties.
const CAST: &str = "\nparties\n  Northwind: \"Northwind Ltd\"\n  Kestrel: \"Kestrel Ltd\"\n";

/// An agreement made of an example: the head it may lack, its own text, the parties it may lack.
/// Its own text is moved by one distance as a whole, so that places map back.
pub(super) struct Body {
    pub(super) text: String,
    /// Where its own text begins here.
    begins: usize,
    /// How long it is.
    length: usize,
    /// Where it begins in the policy file.
    in_file: u32,
    /// The head of the example, for what stands nowhere in its text.
    head: Span,
}

impl Body {
    /// The agreement of an example of a rule.
    pub(super) fn of(rule: &Rule, example: &ExampleNode) -> Result<Self, Box<Diagnostic>> {
        let own = rule.origin().slice(example.body);
        let mut least: Option<usize> = None;
        let mut at = example.body.start;
        for line in own.split_inclusive('\n') {
            let width = line.len() - line.trim_start_matches([' ', '\t']).len();
            if line[..width].contains('\t') {
                let told = Diagnostic::error(
                    "policy/tab",
                    "a tab does not say how far a line is indented",
                    Span::new(at, at + 1),
                );
                return Err(Box::new(told.help("indent with blanks")));
            }
            if !line.trim().is_empty() && !line.starts_with('#') {
                least = Some(least.map_or(width, |least| least.min(width)));
            }
            at += u32::try_from(line.len()).unwrap_or(0);
        }
        let least = least.unwrap_or(0);
        let opens = |line: &str, word: &str| {
            let rest = line.get(least..).and_then(|rest| rest.strip_prefix(word));
            rest.is_some_and(|rest| {
                !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == ':')
            })
        };
        let mut text = String::new();
        if !own.lines().any(|line| opens(line, "alliance")) {
            text = format!("alliance example: {}", kind(rule));
        }
        // Each line is cut at the left, and what is cut stands before the line break above it.
        let begins = text.len() + 1;
        for line in own.split_inclusive('\n') {
            let cut = line.bytes().take(least).take_while(|byte| *byte == b' ').count();
            text.push_str(&line[..cut]);
            text.push('\n');
            text.push_str(&line[cut..].replace('\n', "").replace('\r', " "));
        }
        text.push('\n');
        if !own.lines().any(|line| opens(line, "parties")) {
            text.push_str(CAST);
        }
        Ok(Self {
            text,
            begins,
            length: own.len(),
            in_file: example.body.start,
            head: example.span,
        })
    }

    /// The bytes of its own text.
    pub(super) fn own(&self) -> Range<usize> {
        self.begins..self.begins + self.length
    }

    /// A place of it in the policy file; the head of the example, where it stands nowhere there.
    pub(super) fn in_file(&self, span: Span) -> Span {
        let moved = |at: u32| {
            let at = (at as usize).checked_sub(self.begins).filter(|at| *at <= self.length)?;
            u32::try_from(at).ok().map(|at| at + self.in_file)
        };
        moved(span.start)
            .zip(moved(span.end))
            .map_or(self.head, |(start, end)| Span::new(start, end))
    }
}

/// The kind of an example that names none: the usual one, or the first the rule is for.
fn kind(rule: &Rule) -> &'static str {
    let all = WORDS.iter().find(|words| words.name == "kind").map_or(&[][..], |words| words.words);
    match rule.applies_to() {
        Applies::To(kinds) if !kinds.contains(&USUAL_KIND) => {
            kinds.first().copied().unwrap_or(USUAL_KIND)
        }
        Applies::ExceptTo(kinds) if kinds.contains(&USUAL_KIND) => {
            all.iter().copied().find(|kind| !kinds.contains(kind)).unwrap_or(USUAL_KIND)
        }
        Applies::Always | Applies::To(_) | Applies::ExceptTo(_) => USUAL_KIND,
    }
}
