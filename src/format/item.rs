//! One item in, its lines out: slots in order, blanks in order, no line too long.

use super::fill::fill;
use super::lines::{Kind, Line, Placed};
use super::words::{Word, behind, slots, squeezed, width, without_remark};
use crate::syntax::ast::{Form, Item, Phrase};

/// How an item may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freedom {
    /// Anew, its slots in order.
    Whole,
    /// Anew, its slots as they stand.
    Unordered,
    /// Its lines and the words on them stay; only how far they are indented does not.
    Indent,
}

/// How far an item is indented, below a heading at the left edge.
pub(super) const INDENT: usize = 2;

/// The lines of an item: `lines` are those from its id to its last slot.
pub(super) fn item(
    text: &str,
    lines: &[Line<'_>],
    placed: Placed<'_>,
    freedom: Freedom,
    columns: usize,
) -> Vec<String> {
    let last = lines.len().saturating_sub(1);
    let remarked = lines.iter().enumerate().any(|(number, line)| {
        let alone = matches!(line.kind, Kind::Remark);
        alone || number < last && !without_remark(line.text).1.is_empty()
    });
    if remarked || freedom == Freedom::Indent {
        return stay(lines, freedom);
    }
    let (Some(first), Some(end)) = (lines.first(), lines.last()) else { return Vec::new() };
    let (written, remark) = without_remark(end.text);
    let start = first.first();
    let whole = text[start..end.start + written.len()].trim_end_matches([';', ' ', '\t', '\n']);
    let (whole, marks) = opened(whole, &marks(placed, start));
    let mut sorted = slots(&whole, &marks);
    let ordered = freedom != Freedom::Whole || order(&mut sorted, placed.item);
    let kept = if ordered { kept(lines, columns) } else { None };
    let mut done = kept.unwrap_or_else(|| fill(&sorted, INDENT, columns));
    if let Some(line) = done.last_mut() {
        line.push_str(&behind(remark));
    }
    done
}

/// Byte offsets, from the start of the item, of what goes on with its head.
fn marks(placed: Placed<'_>, start: usize) -> Vec<usize> {
    let Some(head) = &placed.item.head else { return Vec::new() };
    let within = placed.item.slots.iter().filter(|slot| head.span.contains(slot.span));
    within.filter_map(|slot| (slot.span.start as usize).checked_sub(start)).collect()
}

/// The text of an item, squeezed, with one blank behind the colon of its id.
fn opened(text: &str, marks: &[usize]) -> (String, Vec<usize>) {
    let Some((id, rest)) = text.split_once(':') else { return squeezed(text, marks) };
    let skipped = id.len() + 1;
    let marks: Vec<usize> = marks.iter().filter_map(|mark| mark.checked_sub(skipped)).collect();
    let (rest, marks) = squeezed(rest, &marks);
    let id = id.trim();
    let moved = id.len() + 2;
    let text = if rest.starts_with(';') { format!("{id}:{rest}") } else { format!("{id}: {rest}") };
    (text.trim_end().to_owned(), marks.iter().map(|mark| mark + moved).collect())
}

/// The forms of the slots that stand behind a `;`, in the order written.
fn forms(item: &Item) -> Vec<Form> {
    let behind =
        |slot: &&Phrase| item.head.as_ref().is_some_and(|head| !head.span.contains(slot.span));
    item.slots.iter().filter(behind).map(|slot| slot.form).collect()
}

/// Whether the slots of an item stand in order.
pub(super) fn in_order(item: &Item) -> bool {
    forms(item).is_sorted_by_key(|form| form.rank())
}

/// Puts the slots behind the head in order; whether they were.
fn order(slots: &mut Vec<Vec<Word<'_>>>, item: &Item) -> bool {
    let forms = forms(item);
    if forms.len() + 1 != slots.len() || in_order(item) {
        return true;
    }
    let mut ranked: Vec<_> = forms.iter().map(|form| form.rank()).zip(slots.drain(1..)).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    slots.extend(ranked.into_iter().map(|(_, slot)| slot));
    false
}

/// The lines as they are broken, if each has room: a break where its author wanted one stays.
fn kept(lines: &[Line<'_>], columns: usize) -> Option<Vec<String>> {
    let mut done = Vec::new();
    let last = lines.iter().rposition(|line| !line.is_quiet())?;
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_quiet()) {
        let (written, _) = without_remark(line.text);
        let written = written.trim_start();
        if written.starts_with([';', ',', ')']) {
            return None;
        }
        let written = indented(line, written, true);
        let ends = number == last;
        let written = if ends { written.trim_end_matches([';', ' ']) } else { &written };
        if width(written) > columns || written.trim().is_empty() {
            return None;
        }
        done.push(written.to_owned());
    }
    Some(done)
}

/// The lines as they are, remarks and all, indented as they should be.
fn stay(lines: &[Line<'_>], freedom: Freedom) -> Vec<String> {
    let written = lines.iter().filter(|line| !matches!(line.kind, Kind::Blank));
    let line = |line: &Line<'_>| {
        if line.is_quiet() {
            return format!("{}{}", " ".repeat(INDENT + 4), line.text.trim());
        }
        let (written, remark) = without_remark(line.text.trim_start());
        indented(line, written, freedom != Freedom::Indent) + &behind(remark)
    };
    written.map(line).collect()
}

/// A line of an item with its indentation.
fn indented(line: &Line<'_>, written: &str, squeeze: bool) -> String {
    let opens = matches!(line.kind, Kind::Opening(_));
    let indent = " ".repeat(if opens { INDENT } else { INDENT + 4 });
    let written = match (squeeze, opens) {
        (false, _) => written.to_owned(),
        (true, true) => opened(written, &[]).0,
        (true, false) => squeezed(written, &[]).0,
    };
    indent + &written
}
