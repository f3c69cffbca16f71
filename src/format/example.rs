//! The agreement text of an example in, the same text tidied out.

use super::COLUMNS;
use super::item::{Freedom, INDENT};
use super::layout::{Style, laid_out};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, Span};
use crate::syntax::ast::AgreementFile;
use crate::syntax::policy_ast::{ExampleNode, Expects, Spot, SpotKind};
use crate::syntax::{Outline, parse_agreement};

/// The head that an example has which begins with slots of its first lines.
const HEAD: &str = "alliance example: go-to-market";

/// The text below the head of an example, cut at the left so that it reads as an agreement.
pub(super) struct Body {
    /// Each line is cut, and what is cut stands before the line break above it: every byte is as far
    /// on from where it is in the policy.
    text: Source,
    /// Where its own text begins in this.
    own: u32,
    /// Where it begins in the policy.
    begins: u32,
    file: AgreementFile,
    told: Vec<Diagnostic>,
}

impl Body {
    /// The text of an example of a policy.
    pub(super) fn of(policy: &Source, body: Span) -> Self {
        let own = policy.slice(body);
        let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let written = own.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let least = written.clone().map(blanks).min().unwrap_or(0);
        // As `check` reads it: slots before any heading belong to a head that is not written.
        let headless = written.clone().next().is_some_and(|line| blanks(line) > least);
        let mut text = if headless { HEAD.to_owned() } else { String::new() };
        let own_begins = u32::try_from(text.len() + 1).unwrap_or(u32::MAX);
        for line in own.split_inclusive('\n') {
            let (cut, rest) = line.split_at(blanks(line).min(least));
            text.extend([cut, "\n", rest.trim_end_matches('\n')]);
        }
        text.push('\n');
        let text = Source::new(policy.name(), text);
        let (file, mut told) = parse_agreement(&text);
        told.retain(|each| each.severity == Severity::Error);
        Self { text, own: own_begins, begins: body.start, file, told }
    }

    /// What of it cannot be read, with its place in the policy.
    pub(super) fn unread(&self) -> impl Iterator<Item = Diagnostic> {
        let moved = |span: Span| {
            let moved = |at: u32| at.saturating_sub(self.own) + self.begins;
            Span::new(moved(span.start), moved(span.end))
        };
        self.told.iter().cloned().map(move |mut told| {
            told.primary.span = moved(told.primary.span);
            for label in &mut told.secondary {
                label.span = moved(label.span);
            }
            told
        })
    }

    /// Its lines, tidied as those of an agreement are; but slots stay in their order, as the head of
    /// an example counts the places where words occur. Where something cannot be read, or the head
    /// would find other places, only blanks at the ends of lines are.
    pub(super) fn lines(&self, example: &ExampleNode) -> Vec<String> {
        let style = Style {
            columns: COLUMNS - INDENT,
            usual: Some(Freedom::Unordered),
            ..Style::default()
        };
        let mut lines = laid_out(self.text.text(), &self.file, &style);
        if !self.told.is_empty() || !self.answers(&lines, example) {
            lines = self.text.text().lines().map(|line| line.trim_end().to_owned()).collect();
        }
        if lines.first().is_some_and(|line| line.is_empty() || self.own > 1) {
            lines.remove(0);
        }
        for line in lines.iter_mut().filter(|line| !line.is_empty()) {
            line.insert_str(0, &" ".repeat(INDENT));
        }
        lines
    }

    /// Whether lines say the same, and hold what the head of the example quotes as often as before.
    fn answers(&self, lines: &[String], example: &ExampleNode) -> bool {
        let text = super::joined(lines, "\n");
        let quoted = |spot: &Spot| match &spot.kind {
            SpotKind::Quote { words, .. } => {
                text.matches(words).count() == self.text.text().matches(words).count()
            }
            SpotKind::Anchor(_) => true,
        };
        let mut spots =
            example.places.iter().flat_map(|each| each.against.iter().chain([&each.at]));
        spots.all(quoted) && Outline::of(self.text.text()) == Outline::of(&text)
    }

    /// Whether two texts say the same.
    pub(super) fn same(&self, other: &Self) -> bool {
        Outline::of(self.text.text()) == Outline::of(other.text.text())
    }
}

/// Whether a part of an example may be unreadable.
pub(super) fn may_be_unread(example: &ExampleNode) -> bool {
    example.expects == Expects::Undetermined
}
