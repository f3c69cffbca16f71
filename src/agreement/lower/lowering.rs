//! The way from a text to what was agreed, which can be gone section by section.

use super::misfit::Misfit;
use super::problem::Problem;
use super::{Lower, Parsed};
use crate::agreement::circles::circles;
use crate::source::Source;
use crate::syntax::ast::Section;
use crate::syntax::{Opened, Reader, Scan, scan_agreement};

/// Reads an agreement. Total: every text gives one.
pub fn parse(source: &Source) -> Parsed {
    let mut scan = scan_agreement(source);
    Lowering::new(source, &mut scan).parsed()
}

/// An agreement that is being taken over. A section is read, taken over and dropped before the next
/// one is read.
///
/// Who has several texts takes each step with the same section of all of them, and then with the next:
/// each has its own part of the program, which is at hand then.
pub struct Lowering<'f> {
    source: &'f Source,
    reader: Reader<'f>,
    lower: Lower<'f>,
    /// Those still to be taken over, last first, each with its place among the sections.
    left: Vec<(usize, Opened<'f>)>,
    /// The one that was read.
    section: Option<Section>,
    /// Whether there is anything in the text.
    any: bool,
}

impl<'f> Lowering<'f> {
    /// Takes over the header. `scan` is what stands where in the text.
    pub fn new(source: &'f Source, scan: &'f mut Scan) -> Self {
        let mut reader = scan.reader(source);
        let sections = reader.sections();
        let mut lower = Lower::new(source, &sections);
        lower.agreement.sections.end = u32::try_from(source.terms().len()).unwrap_or(u32::MAX);
        let header = reader.header();
        if let Some(header) = &header {
            lower.header(header);
        }
        let any = header.is_some() || !sections.is_empty() || source.terms().trim().is_empty();
        let placed = |it: Opened<'f>| (it.place.unwrap_or_default(), it);
        let mut left: Vec<_> = sections.into_iter().map(placed).rev().collect();
        // Parties first: every other section names them.
        left.sort_by_key(|(_, section)| section.heading.node == "parties");
        Self { source, reader, lower, left, section: None, any }
    }

    /// Reads the section that comes next, unless its place is behind `last`.
    pub fn read(&mut self, last: usize) {
        let next = self.left.pop_if(|(place, _)| *place <= last);
        self.section = next.map(|(_, next)| self.reader.section(&next));
    }

    /// Notes that the section is there, and what is said in every section the same way.
    pub fn note(&mut self) {
        self.section.iter().for_each(|section| self.lower.note(section));
    }

    /// Takes over the items of the section, which is not needed any more then.
    pub fn take_over(&mut self) {
        if let Some(section) = self.section.take() {
            self.lower.take_over(&section);
            self.reader.take_back(section);
        }
    }

    /// What was agreed, the sections that are left being taken over.
    pub fn parsed(mut self) -> Parsed {
        while !self.left.is_empty() {
            self.read(usize::MAX);
            self.note();
            self.take_over();
        }
        let Self { source, reader, mut lower, any, .. } = self;
        // Those of a table's cells are met after those of all items.
        lower.agreement.holes.sort_by_key(|open| open.hole.span);
        lower.check_circles();
        for circle in circles(&lower.agreement) {
            lower.report(Misfit::ClockCircle { at: circle.span, told: circle.told() });
        }
        // Rules that ask something of every party would have nothing to ask, and say nothing.
        if any && lower.agreement.parties.is_empty() && lower.agreement.doubt("parties").is_none() {
            lower.report(Problem::NoParties { at: lower.agreement.header() });
        }
        let mut diagnostics = reader.told(source);
        diagnostics.append(&mut lower.diagnostics);
        diagnostics.sort_by_key(|found| (found.primary.span, found.code.clone()));
        Parsed { agreement: lower.agreement, diagnostics }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::SECTIONS;

    /// Whatever the order of the sections, and whether the language has them.
    #[test]
    fn step_by_step_comes_to_the_same() {
        let head = "alliance a: supply\n";
        let parties = "parties\n  A: \"A\"\n  B: \"B\"\n";
        let exit = "exit\n  go: A; 30 days notice\n  go: Z; to be agreed notice\n";
        let notices = "notices\n  late: 20 days notice\n  odd: ; ; what\n";
        let more = "sundries\n  x: \"y\"\n";
        let again = "parties\n  C: \"C\"; under A\n";
        for sections in [
            [parties, notices, exit, more, again],
            [exit, notices, parties, again, more],
            [more, again, exit, parties, notices],
            [notices, exit, notices, parties, exit],
        ] {
            let source = Source::new("a", head.to_owned() + &sections.concat());
            let mut scan = scan_agreement(&source);
            let mut lowering = Lowering::new(&source, &mut scan);
            for place in 0..SECTIONS.len() {
                lowering.read(place);
                lowering.note();
                lowering.take_over();
            }
            let (steps, whole) = (lowering.parsed(), parse(&source));
            assert_eq!(steps.agreement, whole.agreement);
            assert_eq!(steps.diagnostics, whole.diagnostics);
            assert!(steps.agreement.parties.len() >= 2, "{:?}", steps.agreement.parties);
        }
    }
}
