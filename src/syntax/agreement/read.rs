//! From the nodes of the grammar to the tree: headers, sections, items, phrases and rows.

use std::cell::OnceCell;

use smallvec::SmallVec;

use super::ast::{Cell, Form, Header, Item, Part, Phrase, Row, Section};
use super::broken::{Around, Patience};
use super::notions;
use super::scan::Opened;
use super::trouble;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span, Spanned};
use crate::syntax::cursor::Cursor;
use crate::syntax::grammar::Rule;
use crate::value::{Given, Str};

/// What cannot be read because of a hidden character is told by the finding on that character.
fn one_cause(source: &Source, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let line = |each: &Diagnostic| source.position(each.primary.span.start).line;
    let hidden = found.iter().filter(|each| each.code == "syntax/hidden-character");
    let lines: Vec<usize> = hidden.map(line).collect();
    if !lines.is_empty() {
        found.retain(|each| !each.code.starts_with("syntax/bad") || !lines.contains(&line(each)));
    }
    found
}

/// Reads a text part by part, and collects what is to be said about it.
pub(crate) struct Reader<'f> {
    pub(super) diagnostics: Vec<Diagnostic>,
    text: &'f str,
    root: Option<Cursor<'f>>,
    declared: OnceCell<Vec<String>>,
    patience: Patience,
    /// Lists of a section that is not needed any more, emptied: the next one has its parts in them.
    items: Vec<Item>,
    slots: Vec<Vec<Phrase>>,
}

impl<'f> Reader<'f> {
    pub(super) fn new(
        text: &'f str,
        root: Option<Cursor<'f>>,
        diagnostics: Vec<Diagnostic>,
    ) -> Self {
        let (declared, patience) = (OnceCell::new(), Patience::default());
        let (items, slots) = (Vec::new(), Vec::new());
        Self { diagnostics, text, root, declared, patience, items, slots }
    }

    /// The header, if there is one.
    pub(crate) fn header(&mut self) -> Option<Header> {
        let header = self.root.clone()?.take_kind(Rule::header)?;
        Some(self.read_header(header))
    }

    /// The sections, in the order written.
    pub(crate) fn sections(&self) -> Vec<Opened<'f>> {
        let parts = self.root.clone().into_iter().flatten();
        parts.filter(|part| part.kind != Rule::header).map(Opened::new).collect()
    }

    /// A section with its items.
    pub(crate) fn section(&mut self, opened: &Opened<'_>) -> Section {
        let Opened { heading, place, end, .. } = *opened;
        let known = place.is_some();
        if !known {
            self.diagnostics.push(trouble::unknown_section(&heading));
        }
        let (mut items, mut stray) = (std::mem::take(&mut self.items), None);
        items.reserve_exact(opened.items().count());
        for unread in opened.items() {
            if unread.is_stray() {
                stray = Some(unread.0.span);
                // Below a heading nobody knows, one finding is enough.
                if known {
                    self.diagnostics.push(trouble::stray(&unread.0));
                }
            } else {
                let mut node = unread.0;
                items.push(Item::empty(node.expect().spanned()));
                if let Some(item) = items.last_mut() {
                    self.item(node, known, heading.node, item);
                }
            }
        }
        Section { heading: heading.map(Into::into), place, items, stray, end }
    }

    /// Takes a section back that is not needed any more.
    pub(crate) fn take_back(&mut self, section: Section) {
        let mut items = section.items;
        for mut item in items.drain(..) {
            item.slots.clear();
            if item.slots.capacity() > 0 {
                self.slots.push(item.slots);
            }
        }
        self.items = items;
    }

    /// What is to be said about what was read.
    pub(crate) fn told(self, source: &Source) -> Vec<Diagnostic> {
        one_cause(source, self.diagnostics)
    }

    /// What is known of the file beside the item that cannot be read. Asked for in trouble only.
    fn around(&self) -> Around<'_> {
        // The ids of the file's items are no slip of the pen, wherever they stand.
        let declared = self.declared.get_or_init(|| {
            let lines = self.text.lines().filter(|line| line.starts_with([' ', '\t']));
            let ids = lines.filter_map(|line| Some(line.split_once(':')?.0.trim()));
            let one_word = |id: &&str| !id.is_empty() && !id.contains(char::is_whitespace);
            ids.filter(one_word).map(str::to_owned).collect()
        });
        Around { declared, patience: &self.patience }
    }

    fn read_header(&mut self, mut node: Cursor<'_>) -> Header {
        let id = node.expect().spanned();
        let first_line = node.text().lines().next().unwrap_or("").trim_end().len();
        let end = node.span.start + u32::try_from(first_line).unwrap_or(0);
        let mut header = Header {
            id,
            version: None,
            kind: None,
            slots: Vec::new(),
            span: Span::new(node.span.start, end),
            bad: None,
        };
        for child in node {
            match child.kind {
                Rule::number => header.version = Some(notions::plain_number(self, &child)),
                Rule::alliance_kind => header.kind = Some(child.spanned()),
                Rule::bad_rest => {
                    header.bad = Some(child.span);
                    self.diagnostics.push(trouble::bad_header(&child));
                }
                Rule::bad_header_slot => {
                    header.bad = Some(child.span);
                    self.diagnostics.push(trouble::bad_header_slot(&child));
                }
                _ => {
                    let mut slot = Phrase::empty(&child);
                    self.phrase(child, &mut slot, &mut header.slots);
                    header.slots.push(slot);
                }
            }
        }
        header
    }

    /// Reads what stands behind the id of `item` to its place: an item is large, and would be moved
    /// several times.
    fn item(&mut self, node: Cursor<'_>, known: bool, section: &str, item: &mut Item) {
        let slots = slots_at_most(&node);
        if slots > 0 {
            item.slots = self.slots.pop().unwrap_or_default();
            item.slots.reserve(slots);
        }
        let mut actor = None;
        let mut end = item.id.span.end;
        // Below a heading nobody knows, one finding is enough: what is not told is not worked out.
        let mut troubles = Vec::new();
        let mut empty = true;
        for child in node {
            end = if child.kind == Rule::row { end } else { child.span.end };
            match child.kind {
                Rule::bad_head => {
                    empty = false;
                    let told = || trouble::bad_head(section, &item.id, &child, &self.around());
                    troubles.push((child.span, known.then(told)));
                }
                Rule::bad_slot => {
                    let told = || trouble::bad_slot(section, &child, &self.around());
                    troubles.push((child.span, known.then(told)));
                }
                // Any word may name a deadline, so elsewhere it is a slot nobody knows.
                Rule::slot_deadline if !trouble::has_deadlines(section) => {
                    let told = || trouble::bad_slot(section, &child, &self.around());
                    troubles.push((child.span, known.then(told)));
                }
                Rule::who if item.head.is_none() => actor = Some(child),
                Rule::row => match self.row(child) {
                    Ok(row) => item.rows.push(row),
                    Err(span) => troubles.push((span, known.then(|| trouble::bad_row(span)))),
                },
                _ => {
                    empty = false;
                    self.head_or_slot(child, &mut actor, item);
                }
            }
        }
        if empty && troubles.is_empty() {
            let told = || trouble::empty_item(section, &item.id);
            troubles.push((item.id.span, known.then(told)));
        }
        item.bad = troubles.first().map(|(span, _)| *span);
        self.diagnostics.extend(troubles.into_iter().filter_map(|(_, told)| told));
        item.span = Span::new(item.id.span.start, end.max(item.id.span.end));
    }

    /// Reads a head or slot to its place in the item; whoever acts stands before the head.
    fn head_or_slot<'i>(
        &mut self,
        node: Cursor<'i>,
        actor: &mut Option<Cursor<'i>>,
        item: &mut Item,
    ) {
        let mut phrase = Phrase::empty(&node);
        if item.head.is_some() || is_slot(phrase.form) {
            // Only a head has modifiers: they come before the slots.
            let (at, mut modifiers) = (item.slots.len(), Vec::new());
            item.slots.push(phrase);
            if let Some(slot) = item.slots.last_mut() {
                self.phrase(node, slot, &mut modifiers);
            }
            item.slots.splice(at..at, modifiers);
            return;
        }
        let actor = actor.take();
        if let Some(actor) = &actor {
            phrase.span = phrase.span.to(actor.span);
        }
        let head = item.head.insert(phrase);
        head.parts.extend(actor.map(|actor| Part::Who(notions::who(actor))));
        self.phrase(node, head, &mut item.slots);
    }

    /// Reads a head or slot to its place, `phrase`. The modifiers that stand in a head are slots of its
    /// item.
    pub(super) fn phrase(
        &mut self,
        node: Cursor<'_>,
        phrase: &mut Phrase,
        slots: &mut Vec<Phrase>,
    ) {
        // Heads hand their modifiers to the item; slots keep theirs.
        let carries = phrase.form.is_head();
        for child in node {
            match Form::of(child.kind) {
                Some(inner) if carries && is_modifier(inner) => {
                    let mut modifier = Phrase::empty(&child);
                    self.phrase(child, &mut modifier, slots);
                    slots.push(modifier);
                }
                Some(_) => {
                    let mut inner = Box::new(Phrase::empty(&child));
                    self.phrase(child, &mut inner, slots);
                    phrase.parts.push(Part::Phrase(inner));
                }
                None => {
                    let part = notions::part(self, child);
                    phrase.parts.push(part);
                }
            }
        }
    }

    fn row(&mut self, node: Cursor<'_>) -> Result<Row, Span> {
        let span = node.span;
        let mut cells = Vec::with_capacity(node.left());
        for child in node {
            if child.kind == Rule::bad_row {
                let shown = child.text().trim_end();
                let start = child.span.start
                    + u32::try_from(shown.len() - shown.trim_start().len()).unwrap_or(0);
                let end = child.span.start + u32::try_from(shown.len()).unwrap_or(0);
                return Err(Span::new(start, end));
            }
            cells.push(self.cell(child));
        }
        // A row's text runs to the end of its line and the quiet lines after it.
        let start = cells.first().map_or(span.start, |cell| cell.span.start.saturating_sub(1));
        let end = cells.last().map_or(span.end, |cell| cell.span.end + 1);
        Ok(Row { cells, span: Span::new(start, end) })
    }

    fn cell(&mut self, mut node: Cursor<'_>) -> Spanned<Cell> {
        let whole = node.span;
        let Some(mut inner) = node.next() else { return Spanned::new(Cell::Empty, whole) };
        match inner.kind {
            Rule::cell_words => {
                let words = inner.text().trim_end();
                let end = inner.span.start + u32::try_from(words.len()).unwrap_or(0);
                let cell = if words.bytes().any(|byte| matches!(byte, b',' | b'"')) {
                    let mut listed = listed(words);
                    match listed.len() {
                        1 => Cell::Words(listed.remove(0)),
                        _ => Cell::List(listed),
                    }
                } else {
                    Cell::Words(words.trim_start().into())
                };
                Spanned::new(cell, Span::new(inner.span.start, end))
            }
            Rule::cell_test | Rule::cell_days => {
                let span = inner.span;
                let mut bounds = Vec::new();
                while let Some(operator) = inner.next() {
                    let operator = operator.text().into();
                    let value = inner.expect();
                    bounds.push((operator, notions::scalar(self, value)));
                }
                Spanned::new(Cell::Bounds(bounds), span)
            }
            _ => {
                let value = inner.expect();
                let span = value.span;
                let given = match value.kind {
                    Rule::hole => Given::Hole(notions::hole(self, value).node),
                    _ => notions::term(self, value).node,
                };
                Spanned::new(Cell::Term(given), span)
            }
        }
    }
}

impl Item {
    /// An item that says nothing yet.
    fn empty(id: Spanned<Str>) -> Self {
        let span = id.span;
        Self { id, head: None, slots: Vec::new(), rows: Vec::new(), span, bad: None }
    }
}

impl Phrase {
    /// A head or slot that says nothing yet.
    pub(super) fn empty(node: &Cursor<'_>) -> Self {
        let kind = node.kind;
        let form = Form::of(kind).unwrap_or_else(|| unreachable!("{kind:?} is no form"));
        Self { form, parts: SmallVec::new(), span: node.span }
    }
}

/// The words of a cell, at each comma outside quotes that does not stand within a number.
fn listed(words: &str) -> Vec<Str> {
    let (mut quoted, mut pieces, mut start) = (false, Vec::new(), 0);
    for (at, sign) in words.char_indices() {
        let bytes = words.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let number = || at.checked_sub(1).is_some_and(digit) && digit(at + 1);
        match sign {
            '"' => quoted = !quoted,
            ',' if !quoted && !number() => {
                pieces.push(&words[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(&words[start..]);
    let plain = |piece: &str| {
        let piece = piece.trim();
        let inner = piece.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        inner.unwrap_or(piece).into()
    };
    pieces.into_iter().map(plain).collect()
}

/// How many slots an item may have, a long table left out of account.
fn slots_at_most(item: &Cursor<'_>) -> usize {
    // The head is none.
    item.left().saturating_sub(1).min(8)
}

/// Whether a form can only be a slot, so that an item whose head could not be read keeps it as one.
fn is_slot(form: Form) -> bool {
    form.is_slot() || (is_modifier(form) && form != Form::Scope)
}

/// Whether a form may stand in a head without `;`.
fn is_modifier(form: Form) -> bool {
    matches!(
        form,
        Form::Per
            | Form::During
            | Form::From
            | Form::Until
            | Form::Within
            | Form::NotBefore
            | Form::Axis
            | Form::By
            | Form::Before
            | Form::After
            | Form::Consent
    )
}
