//! What stands where in a text, before it is read: its header, its sections and their items.
//!
//! Who needs one section after the other reads them so: a section is small, and gone before the next
//! one comes, where the tree of a whole text takes ten times the memory of the text.

use super::ast::{AgreementFile, Form, Phrase};
use super::read::Reader;
use super::sections::place_of;
use super::trouble;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span, Spanned};
use crate::syntax::cursor::Cursor;
use crate::syntax::grammar::Rule;
use crate::syntax::machine::{self, Node, Parts};

/// What stands where in a text, and what is to be said of it so far.
#[derive(Debug)]
pub struct Scan {
    nodes: Vec<Node>,
    told: Vec<Diagnostic>,
}

/// Looks through an agreement. Total: what cannot be read is told when it is come to.
pub fn scan_agreement(source: &Source) -> Scan {
    Scanning::new(source).scan()
}

/// A text that is being looked through. Who has several goes through the same section of all of them,
/// and then through the next: each section has its own part of the program, which is at hand then.
#[derive(Debug)]
pub struct Scanning<'f> {
    text: &'f str,
    /// Whether it is too large, and not looked through.
    large: bool,
    parts: Option<Parts<'f>>,
    /// The place of the section that comes next; nothing where none comes.
    next: Option<usize>,
    told: Vec<Diagnostic>,
}

impl<'f> Scanning<'f> {
    /// Looks through the header.
    pub fn new(source: &'f Source) -> Self {
        let (text, told) = (source.terms(), super::guard(source));
        let large = told.iter().any(|each| each.code == "syntax/too-large");
        let mut parts = (!large).then(|| Parts::of(Rule::agreement_file, text)).flatten();
        if let Some(parts) = &mut parts {
            while parts.take(Rule::quiet) {}
            parts.take(Rule::header);
        }
        let next = parts.as_ref().map(next_place);
        Self { text, large, parts, next, told }
    }

    /// Looks through what comes next, up to a section whose place is behind `last`.
    pub fn through(&mut self, last: usize) {
        while let Some((parts, next)) = self.parts.as_mut().zip(self.next)
            && next <= last
        {
            let section = parts.take(Rule::section) || parts.take(Rule::bad_section);
            self.next = section.then(|| next_place(parts));
        }
    }

    /// What stands where in the text, what is left of it being looked through.
    pub fn scan(mut self) -> Scan {
        self.through(usize::MAX);
        let Self { text, parts, large, mut told, .. } = self;
        let read = parts.and_then(Parts::end);
        if read.is_none() && !large {
            // The grammar accepts every text; see the random-edit test.
            let everything = Span::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX));
            told.push(trouble::unreadable_file(everything));
        }
        Scan { nodes: read.map(machine::Tree::into_nodes).unwrap_or_default(), told }
    }
}

/// The place of the section that comes next, or the first one where it is none of the language.
fn next_place(parts: &Parts<'_>) -> usize {
    let rest = parts.rest();
    let end = rest.bytes().position(|byte| !byte.is_ascii_lowercase()).unwrap_or(rest.len());
    place_of(&rest[..end]).unwrap_or_default()
}

/// Reads an agreement. Total: what cannot be read is a diagnostic, and the rest is read all the same.
pub fn parse_agreement(source: &Source) -> (AgreementFile, Vec<Diagnostic>) {
    let mut scan = scan_agreement(source);
    let mut reader = scan.reader(source);
    let header = reader.header();
    let sections = reader.sections().iter().map(|opened| reader.section(opened)).collect();
    (AgreementFile { header, sections }, reader.told(source))
}

impl Scan {
    /// What was found, each node before those within it.
    pub(in crate::syntax) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Reads the text, which has to be the one that was looked through. Takes what was said so far.
    pub(crate) fn reader<'f>(&'f mut self, source: &'f Source) -> Reader<'f> {
        let (told, root) = (std::mem::take(&mut self.told), self.nodes.first());
        // Of another text nothing would be read where it says something.
        let same = root.is_none_or(|root| root.end as usize == source.terms().len());
        assert!(same, "a text is read by its own scan");
        Reader::new(source.terms(), Cursor::over(source.terms(), &self.nodes), told)
    }
}

/// A section whose items are still to be read.
pub(crate) struct Opened<'f> {
    /// The heading as written.
    pub(crate) heading: Spanned<&'f str>,
    /// Its place among the sections of the language, if that has one of that name.
    pub(crate) place: Option<usize>,
    /// The end of what was written below it.
    pub(crate) end: u32,
    node: Cursor<'f>,
}

impl<'f> Opened<'f> {
    pub(super) fn new(node: Cursor<'f>) -> Self {
        let text = node.text();
        let end = memchr::memchr2(b'\n', b'#', text.as_bytes()).unwrap_or(text.len());
        let name = text[..end].trim_end();
        let (start, end) = (node.span.start, node.span.end);
        let span = Span::new(start, start + u32::try_from(name.len()).unwrap_or(0));
        let place = place_of(name).filter(|_| node.kind != Rule::bad_section);
        Self { heading: Spanned::new(name, span), place, end, node }
    }

    /// What stands below the heading: items, and lines that are none.
    pub(crate) fn items(&self) -> impl Iterator<Item = Unread<'f>> {
        self.node.clone().filter(|below| below.kind != Rule::bad_heading).map(Unread)
    }
}

/// What stands below a heading, still to be read.
pub(crate) struct Unread<'f>(pub(super) Cursor<'f>);

impl<'f> Unread<'f> {
    /// Whether it is a line that is no item.
    pub(super) fn is_stray(&self) -> bool {
        matches!(self.0.kind, Rule::stray | Rule::stray_row)
    }

    /// The word before the colon, if it is an item.
    pub(crate) fn id(&self) -> Option<Spanned<&'f str>> {
        let id = self.0.clone().next().filter(|_| !self.is_stray())?;
        Some(Spanned::new(id.text(), id.span))
    }

    /// Its head, if that has one of these forms. What is to be said of it is told when the item is read.
    pub(crate) fn head(&self, forms: &[Form]) -> Option<Phrase> {
        let wanted = |part: &Cursor<'_>| Form::of(part.kind).is_some_and(|it| forms.contains(&it));
        // The head of whoever acts stands behind who it is: those are not asked for.
        let head = self.0.clone().nth(1).filter(wanted)?;
        let mut phrase = Phrase::empty(&head);
        Reader::new("", None, Vec::new()).phrase(head, &mut phrase, &mut Vec::new());
        Some(phrase)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands where in one text says nothing of another, and must not be taken for silence.
    #[test]
    #[should_panic(expected = "a text is read by its own scan")]
    fn another_text_is_not_read_in_silence() {
        let text = "alliance a: supply\n\nnotices\n  go: 30 days notice\n";
        scan_agreement(&Source::new("a", text)).reader(&Source::new("b", "alliance b: supply\n"));
    }
}
