//! The ids of all items, each with the section that has it.

use crate::source::{Span, Spanned};
use crate::syntax::Opened;

/// The ids of all items.
pub(super) struct Ids<'f> {
    /// Each with its section and where it stands, in order.
    all: Vec<Known<'f>>,
    /// Where those stand that were there before in their section, and where the first one does.
    again: Vec<(Span, Span)>,
}

/// An id, its section, and where it stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Known<'f> {
    /// How it begins, as a number of the same order: that tells most ids apart at once.
    head: u64,
    id: &'f str,
    section: &'f str,
    at: Span,
}

fn head(id: &str) -> u64 {
    let (mut bytes, length) = ([0; 8], id.len().min(8));
    bytes[..length].copy_from_slice(&id.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}

impl<'f> Ids<'f> {
    pub(super) fn of(sections: &[Opened<'f>]) -> Self {
        let mut written = Vec::with_capacity(sections.iter().map(|it| it.items().count()).sum());
        for section in sections {
            let ids = section.items().filter_map(|item| item.id());
            written.extend(ids.map(|Spanned { node: id, span: at }| Known {
                head: head(id),
                id,
                section: section.heading.node,
                at,
            }));
        }
        // What is put in order is small; few begin alike.
        let mut order: Vec<_> = written.iter().map(|id| id.head).zip(0_usize..).collect();
        order.sort_unstable();
        let mut all: Vec<Known<'f>> = order.iter().map(|(_, at)| written[*at]).collect();
        for alike in all.chunk_by_mut(|one, other| one.head == other.head) {
            if alike.len() > 1 {
                alike.sort_unstable();
            }
        }
        let mut again = Vec::new();
        let same = |one: &Known<'_>, other: &Known<'_>| {
            one.head == other.head && (one.id, one.section) == (other.id, other.section)
        };
        for several in all.chunk_by(same).filter(|several| several.len() > 1) {
            again.extend(several[1..].iter().map(|id| (id.at, several[0].at)));
        }
        again.sort_unstable();
        Self { all, again }
    }

    /// From the first item of that id on, of that section or a later one.
    fn from(&self, id: &str, section: &str) -> &[Known<'f>] {
        let wanted = (head(id), id, section);
        let from = |known: &Known<'_>| (known.head, known.id, known.section) < wanted;
        &self.all[self.all.partition_point(from)..]
    }

    /// The sections that have an item of that id.
    pub(super) fn sections(&self, id: &str) -> impl Iterator<Item = &'f str> {
        self.from(id, "").iter().take_while(move |known| known.id == id).map(|known| known.section)
    }

    /// Whether an item has that id.
    pub(super) fn has(&self, id: &str) -> bool {
        self.sections(id).next().is_some()
    }

    /// Whether an item of that section has that id.
    pub(super) fn in_section(&self, section: &str, id: &str) -> bool {
        let found = self.from(id, section).first();
        found.is_some_and(|known| (known.id, known.section) == (id, section))
    }

    /// Where the item of that section stands that had the id which stands there before it, perhaps
    /// under another heading of the same name.
    pub(super) fn before(&self, at: Span) -> Option<Span> {
        let found = self.again.binary_search_by_key(&at, |(again, _)| *again).ok()?;
        Some(self.again[found].1)
    }

    /// Every id with its section.
    pub(super) fn all(&self) -> impl ExactSizeIterator<Item = (&'f str, &'f str)> {
        self.all.iter().map(|known| (known.id, known.section))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::syntax::scan_agreement;

    /// Ids that begin with the same eight letters, one that stands in two sections, one twice in one.
    #[test]
    fn ids_are_told_apart_and_found_in_their_sections() {
        let text = "alliance a: supply\n\
            dates\n  delivery-two: on 2027-01-01\n  delivery-one: on 2027-01-02\n  go: on 2027-01-03\n\
            notices\n  go: 30 days notice\n  delivery-one: 30 days notice\n  go: 60 days notice\n";
        let source = Source::new("a", text);
        let mut scan = scan_agreement(&source);
        let opened = scan.reader(&source).sections();
        let ids = Ids::of(&opened);
        let sections = |id| ids.sections(id).collect::<Vec<_>>();
        assert_eq!(sections("delivery-one"), ["dates", "notices"]);
        assert_eq!(sections("delivery-two"), ["dates"]);
        assert_eq!(sections("go"), ["dates", "notices", "notices"]);
        for none in ["delivery", "delivery-", "delivery-onex", "g", "goo", ""] {
            assert!(!ids.has(none), "{none}");
        }
        let within = |section| ids.in_section(section, "delivery-two");
        assert_eq!(["clauses", "dates", "notices"].map(within), [false, true, false]);
        let [dates, notices] = &opened[..] else { panic!("not two sections") };
        let before = |section: &Opened<'_>| {
            let at = section.items().filter_map(|item| item.id()).map(|id| id.span);
            at.map(|at| ids.before(at)).collect::<Vec<_>>()
        };
        let first = notices.items().find_map(|item| item.id()).map(|id| id.span);
        assert_eq!(before(notices), [None, None, first]);
        assert!(before(dates).into_iter().all(|before| before.is_none()));
    }
}
