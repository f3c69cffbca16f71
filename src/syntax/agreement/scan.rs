//! What stands where in a text, before it is read: its header, its sections and their items.
//!
//! Who needs one section after the other reads them so: a section is small, and gone before the next
//! one comes, where the tree of a whole text takes ten times the memory of the text.

use super::ast::{AgreementFile, Form, Phrase};
use super::read::Reader;
use super::trouble;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span, Spanned};
use crate::syntax::cursor::Cursor;
use crate::syntax::grammar::Rule;
use crate::syntax::machine::{self, Node};

/// What stands where in a text, and what is to be said of it so far.
#[derive(Debug)]
pub struct Scan {
    nodes: Vec<Node>,
    told: Vec<Diagnostic>,
}

/// Looks through an agreement. Total: what cannot be read is told when it is come to.
pub fn scan_agreement(source: &Source) -> Scan {
    let mut told = super::guard(source);
    if told.iter().any(|each| each.code == "syntax/too-large") {
        return Scan { nodes: Vec::new(), told };
    }
    let read = machine::read(Rule::agreement_file, source.terms());
    if read.is_none() {
        // The grammar accepts every text; see the random-edit test.
        let everything = Span::new(0, u32::try_from(source.terms().len()).unwrap_or(u32::MAX));
        told.push(trouble::unreadable_file(everything));
    }
    Scan { nodes: read.map(machine::Tree::into_nodes).unwrap_or_default(), told }
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
    /// Whether the language has a section of that name.
    pub(crate) known: bool,
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
        let known = node.kind != Rule::bad_section;
        Self { heading: Spanned::new(name, span), known, end, node }
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
