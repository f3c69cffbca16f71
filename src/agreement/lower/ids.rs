//! The ids of all items, each with the section that has it.

use crate::source::Span;
use crate::syntax::ast::{AgreementFile, Item};

/// Every item's id with its section and where it stands, in order.
pub(super) struct Ids<'f>(Vec<(&'f str, &'f str, Span)>);

impl<'f> Ids<'f> {
    pub(super) fn of(file: &'f AgreementFile) -> Self {
        let mut all = Vec::with_capacity(file.sections.iter().map(|it| it.items.len()).sum());
        for section in &file.sections {
            let ids = section.items.iter().map(|item| &item.id);
            all.extend(ids.map(|id| (&*id.node, &*section.heading.node, id.span)));
        }
        all.sort_unstable();
        Self(all)
    }

    /// The sections that have an item of that id.
    pub(super) fn sections(&self, id: &str) -> impl Iterator<Item = &'f str> {
        let from = self.0.partition_point(|(known, ..)| *known < id);
        let here = self.0[from..].iter().take_while(move |(known, ..)| *known == id);
        here.map(|(_, section, _)| *section)
    }

    /// Whether an item has that id.
    pub(super) fn has(&self, id: &str) -> bool {
        self.sections(id).next().is_some()
    }

    /// Whether an item of that section has that id.
    pub(super) fn in_section(&self, section: &str, id: &str) -> bool {
        self.first(section, id).is_some()
    }

    /// Where the item of that section stands that had the id of this one before it, perhaps under
    /// another heading of the same name.
    pub(super) fn before(&self, section: &str, item: &Item) -> Option<Span> {
        self.first(section, &item.id.node).filter(|first| *first != item.id.span)
    }

    /// Every id with its section.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'f str, &'f str)> {
        self.0.iter().map(|(id, section, _)| (*id, *section))
    }

    /// Where the first item of that section with that id stands.
    fn first(&self, section: &str, id: &str) -> Option<Span> {
        let from = self.0.partition_point(|(known, place, _)| (*known, *place) < (id, section));
        let (known, place, at) = self.0.get(from)?;
        ((*known, *place) == (id, section)).then_some(*at)
    }
}
