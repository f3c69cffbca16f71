//! The steps of a trace as a tree of lines.

use crate::check::{Stands, Step};
use crate::source::Source;

use unicode_width::UnicodeWidthStr;

use super::human::Human;
use super::visible::visible;
use super::wrap::wrap;

/// How far each level is indented, and what goes on below it.
const INDENT: usize = 2;
/// The deepest indent, so that there is room for words.
const DEEPEST: usize = 24;

impl Human {
    /// Each step on a line of its own, with its place behind it where there is room, else below.
    pub fn trace(&self, steps: &[Step], rule: &Source, agreement: &Source) -> String {
        let mut out = String::new();
        for step in steps {
            let indent = (step.depth * INDENT).min(DEEPEST);
            let place = step.at.map(|at| match at {
                Stands::InRule(span) => spot(rule, span.start),
                Stands::InAgreement(span) => spot(agreement, span.start),
            });
            let text = visible(&step.text).replace('\n', " ");
            let mut lines = wrap(&text, self.width() - indent - 2 * INDENT);
            if let Some(place) = place {
                let last = lines.last().map_or(0, |line| line.width());
                let hang = if lines.len() > 1 { 2 * INDENT } else { 0 };
                if indent + hang + last + 2 + place.width() <= self.width() {
                    if let Some(line) = lines.last_mut() {
                        line.push_str("  ");
                        line.push_str(&place);
                    }
                } else {
                    lines.push(place);
                }
            }
            for (number, line) in lines.into_iter().enumerate() {
                let hang = if number == 0 { 0 } else { 2 * INDENT };
                out.push_str(&" ".repeat(indent + hang));
                out.push_str(&line);
                out.push('\n');
            }
        }
        out
    }
}

/// `deal.alliance:8:30`
fn spot(source: &Source, offset: u32) -> String {
    let at = source.position(offset);
    format!("{}:{}:{}", visible(source.name()).replace('\n', " "), at.line, at.column)
}
