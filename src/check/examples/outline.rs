//! Headings, ids and quoted words in the text of an example, to find the places its head names.

use std::ops::Range;

use crate::policy::{Spot, SpotKind};
use crate::source::Span;

/// The headings and items of a text.
pub(super) struct Outline<'t> {
    text: &'t str,
    /// What the example itself says, where its quotes are looked for.
    own: Range<usize>,
    entries: Vec<Entry>,
}

/// A heading or an item.
struct Entry {
    path: String,
    /// The heading or id.
    name: Range<usize>,
    /// As far as the next one.
    whole: Range<usize>,
}

/// A place an example names.
pub(super) enum Target {
    /// A finding is this heading or id.
    Opens(Range<usize>),
    /// A finding opens the first line.
    Within(Range<usize>),
    /// A finding is these words.
    Words(Range<usize>),
}

impl<'t> Outline<'t> {
    pub(super) fn of(text: &'t str, own: Range<usize>) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        let mut section = String::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let words = line.trim_start();
            let indent = line.len() - words.len();
            if words.is_empty() || words.starts_with('#') {
                continue;
            }
            let (name, path) = if indent == 0 {
                let name = words.split(|c: char| c.is_whitespace()).next().unwrap_or("");
                name.clone_into(&mut section);
                (
                    start..start + name.len(),
                    if name == "alliance" { "header".to_owned() } else { name.to_owned() },
                )
            } else if let Some(id) = item(words) {
                let offset = start + indent + words.find(id).unwrap_or(0);
                (offset..offset + id.len(), format!("{section}/{id}"))
            } else {
                continue;
            };
            if let Some(last) = entries.last_mut() {
                last.whole.end = start;
            }
            entries.push(Entry { path, name, whole: start..text.len() });
        }
        // A section reaches over its items.
        for index in 0..entries.len() {
            if !entries[index].path.contains('/') {
                let next = entries[index + 1..].iter().find(|entry| !entry.path.contains('/'));
                entries[index].whole.end = next.map_or(text.len(), |entry| entry.whole.start);
            }
        }
        Self { text, own, entries }
    }

    /// The place a spot names, or why it names none.
    pub(super) fn target(&self, spot: &Spot) -> Result<Target, String> {
        match &spot.kind {
            SpotKind::Anchor(path) => self.entry(path).map(|entry| match entry.path.as_str() {
                "header" => Target::Within(
                    entry.name.start
                        ..self.text[entry.name.start..]
                            .find('\n')
                            .map_or(entry.whole.end, |end| entry.name.start + end),
                ),
                _ => Target::Opens(entry.name.clone()),
            }),
            SpotKind::Quote { words, nth, within } => {
                let region = match within {
                    Some(path) => self.entry(path)?.whole.clone(),
                    None => self.own.clone(),
                };
                let found = self.occurrences(words, region);
                let place = if within.is_some() { "there" } else { "in the text" };
                match (nth, found.as_slice()) {
                    (_, []) => Err(format!("`{words}` does not occur {place}")),
                    (None, [one]) => Ok(Target::Words(one.clone())),
                    (None, many) => Err(format!(
                        "`{words}` occurs {} times {place}: say first, second or third, or in which item",
                        many.len()
                    )),
                    (Some(nth), many) => many
                        .get(*nth)
                        .cloned()
                        .map(Target::Words)
                        .ok_or_else(|| format!("`{words}` does not occur that often {place}")),
                }
            }
        }
    }

    fn entry(&self, path: &str) -> Result<&Entry, String> {
        self.entries.iter().find(|entry| entry.path == path).ok_or_else(|| {
            match path.split_once('/') {
                Some((section, item)) => format!("`{section}` has no item `{item}` in the text"),
                None => format!("there is no heading `{path}` in the text"),
            }
        })
    }

    /// Where words occur in a stretch of the text, remarks left out.
    fn occurrences(&self, words: &str, region: Range<usize>) -> Vec<Range<usize>> {
        let Some(stretch) = self.text.get(region.clone()) else { return Vec::new() };
        let remark = |at: usize| {
            let line = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            self.text[line..].trim_start_matches([' ', '\t']).starts_with('#')
        };
        let found = stretch
            .match_indices(words)
            .map(|(at, words)| region.start + at..region.start + at + words.len());
        found.filter(|range| !words.is_empty() && !remark(range.start)).collect()
    }
}

/// The id an indented line opens with, if it opens an item or a row of a table.
fn item(words: &str) -> Option<&str> {
    let (row, rest) = match words.strip_prefix('|') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, words),
    };
    let end =
        rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
    let id = rest.get(..end).filter(|id| !id.is_empty())?;
    let after = rest[end..].trim_start();
    (if row { after.starts_with('|') } else { rest[end..].starts_with(':') }).then_some(id)
}

/// Whether a place of a finding is the one that was meant.
pub(super) fn meets(target: &Target, span: Span, text: &str) -> bool {
    let span = span.start as usize..span.end as usize;
    match target {
        Target::Opens(name) => span == *name,
        Target::Within(line) => line.start == span.start && span.end <= line.end,
        Target::Words(words) => match (bare(words, text), bare(&span, text)) {
            (None, _) => words.start <= span.start && span.end <= words.end,
            (words, found) => words == found,
        },
    }
}

/// A stretch of the text without the blanks, quotes and bars around its words; nothing where it has
/// no words, as an empty cell of a table.
fn bare(range: &Range<usize>, text: &str) -> Option<Range<usize>> {
    let edge = |c: char| matches!(c, ' ' | '"' | '|');
    let words = text.get(range.clone())?.trim_end_matches(edge);
    let start = words.find(|c: char| !edge(c))?;
    Some(range.start + start..range.start + words.len())
}
