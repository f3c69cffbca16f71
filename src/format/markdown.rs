//! Markdown with terms in fences in, the same Markdown with the terms tidied out.
//!
//! The fences are one agreement, so they are laid out as one text, with a mark as a remark where one
//! fence ends and the next begins. Every byte outside them stays.

use super::agreement::tidied;
use super::same::same_agreement;
use super::{changed, endings};
use crate::agreement::parse;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// Tidies what the fences hold. That they can be read has been seen to.
pub(super) fn format_fences(source: &Source) -> Result<String, Vec<Diagnostic>> {
    let text = source.text();
    let ending = endings(text);
    let mark = mark(text);
    let whole = joined(source, &mark);
    let lost = || changed("what was agreed");
    let tidy = tidied(Source::new(source.name(), whole)).ok_or_else(lost)?;
    let parts = parts(&tidy, &mark);
    if parts.len() != source.fences().len() {
        return Err(changed("where a fence begins"));
    }
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (fence, lines) in source.fences().iter().zip(parts) {
        out.push_str(&text[at..fence.start as usize]);
        out.extend(lines.iter().flat_map(|line| [line, ending]));
        at = fence.end as usize;
    }
    out.push_str(&text[at..]);
    if same(source, &out) { Ok(out) } else { Err(lost()) }
}

/// A remark that stands nowhere in the text.
fn mark(text: &str) -> String {
    let mut mark = "#~~~".to_owned();
    while text.contains(&mark) {
        mark.push('~');
    }
    mark
}

/// What the fences hold, with the mark between two, and without blank lines beside it.
fn joined(source: &Source, mark: &str) -> String {
    let mut whole = String::new();
    for (number, fence) in source.fences().iter().enumerate() {
        if number > 0 {
            whole.push_str(mark);
            whole.push('\n');
        }
        let held = source.slice(*fence).replace("\r\n", "\n");
        let lines: Vec<&str> = held.lines().collect();
        for line in inner(&lines) {
            whole.push_str(line);
            whole.push('\n');
        }
    }
    whole
}

/// The lines of each fence, without blank ones at its begin and its end.
fn parts<'t>(tidy: &'t str, mark: &str) -> Vec<Vec<&'t str>> {
    let lines: Vec<&str> = tidy.lines().collect();
    lines.split(|line| line.trim() == mark).map(|lines| inner(lines).to_vec()).collect()
}

fn inner<'l, 't>(lines: &'l [&'t str]) -> &'l [&'t str] {
    let written = |line: &&str| !line.trim().is_empty();
    let first = lines.iter().position(written).unwrap_or(0);
    let last = lines.iter().rposition(written).map_or(first, |last| last + 1);
    &lines[first..last]
}

/// Whether Markdown still says the same in its fences, and is the same around them.
fn same(before: &Source, after: &str) -> bool {
    let Some(after) = Source::markdown(before.name(), after) else { return false };
    let outside = |source: &Source| -> Vec<String> {
        let ends = source.fences().iter().flat_map(|fence| [fence.start, fence.end]);
        let last = u32::try_from(source.text().len()).unwrap_or(u32::MAX);
        let ends: Vec<u32> = std::iter::once(0).chain(ends).chain([last]).collect();
        ends.chunks(2).map(|part| source.slice(Span::new(part[0], part[1])).to_owned()).collect()
    };
    after.unread().is_empty()
        && outside(before) == outside(&after)
        && same_agreement(&parse(before).agreement, &parse(&after).agreement)
}
