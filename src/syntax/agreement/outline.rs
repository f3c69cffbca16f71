//! Text of an agreement in, what it says without its places out: to tell whether two texts say the same.

use super::form::Form;
use crate::source::Source;
use crate::syntax::cursor::Cursor;
use crate::syntax::grammar::Rule;
use crate::syntax::machine;

/// A node of the tree, with its words if it has no nodes of its own.
type Word = (Rule, String);

/// What a text says, without its places. The slots of an item stand in the order of their forms,
/// those of one form as they were written.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The header; then each heading, and how many items are below it.
    frame: Vec<Word>,
    items: Vec<Vec<Word>>,
}

impl Outline {
    /// Reads a text. One that is too large or too deep to be read is all its words.
    pub fn of(text: &str) -> Self {
        let mut outline = Self::default();
        let source = Source::new("outline", text);
        if super::guard(&source).iter().any(|told| told.code == "syntax/too-large") {
            outline.frame.push((Rule::agreement_file, without_layout(text)));
            return outline;
        }
        let read = machine::read(Rule::agreement_file, text);
        for part in read.iter().filter_map(machine::Tree::root).flatten() {
            if part.kind == Rule::header {
                outline.frame.extend(words(part));
                continue;
            }
            let heading = part.text().lines().next().unwrap_or("");
            let heading = heading.split('#').next().unwrap_or("").trim_end().to_owned();
            let (rule, before) = (part.kind, outline.items.len());
            outline.items.extend(part.map(item));
            let count = outline.items.len() - before;
            outline.frame.push((rule, format!("{heading}: {count}")));
        }
        outline
    }

    /// The items, by number, that two texts tell apart; nothing where even their headers and
    /// headings are not the same.
    pub fn told_apart(&self, other: &Self) -> Option<Vec<usize>> {
        let pairs = self.items.iter().zip(&other.items).enumerate();
        let apart = pairs.filter(|(_, (one, other))| one != other).map(|(number, _)| number);
        (self.frame == other.frame).then(|| apart.collect())
    }
}

/// The words of an item, its slots in order.
fn item(node: Cursor<'_>) -> Vec<Word> {
    let place = |part: &Cursor<'_>| match Form::of(part.kind) {
        Some(form) if !form.is_head() => (2, form.rank()),
        Some(_) => (1, 0),
        None if part.kind == Rule::row => (3, 0),
        None => (i32::from(part.kind != Rule::item_id), 0),
    };
    let mut parts: Vec<_> = node.clone().collect();
    if parts.is_empty() {
        return words(node);
    }
    parts.sort_by_key(place);
    parts.into_iter().flat_map(words).collect()
}

/// A node and all below it.
fn words(node: Cursor<'_>) -> Vec<Word> {
    let (rule, text) = (node.kind, node.text());
    let nodes: Vec<Word> = node.flat_map(words).collect();
    let text = match rule {
        _ if !nodes.is_empty() => String::new(),
        Rule::text => text.to_owned(),
        _ => without_layout(text),
    };
    std::iter::once((rule, text)).chain(nodes).collect()
}

/// Words one blank apart, without the remarks between them.
fn without_layout(text: &str) -> String {
    let written = |line: &str| line.split('#').next().unwrap_or("").to_owned();
    let lines: Vec<String> = if text.contains('\n') {
        text.lines().map(written).collect()
    } else {
        vec![text.to_owned()]
    };
    lines.iter().flat_map(|line| line.split_whitespace()).collect::<Vec<_>>().join(" ")
}
