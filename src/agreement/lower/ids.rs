//! The ids of all items, each with the section that has it.

use crate::syntax::ast::{AgreementFile, Item};

/// Every item's id with its section, in order.
pub(super) struct Ids<'f> {
    all: Vec<(&'f str, &'f str)>,
    /// Whether a section has an id twice, perhaps under two headings of the same name.
    twice: bool,
}

impl<'f> Ids<'f> {
    pub(super) fn of(file: &'f AgreementFile) -> Self {
        let mut all = Vec::with_capacity(file.sections.iter().map(|it| it.items.len()).sum());
        for section in &file.sections {
            all.extend(section.items.iter().map(|item| (&*item.id.node, &*section.heading.node)));
        }
        all.sort_unstable();
        let twice = all.windows(2).any(|pair| pair[0] == pair[1]);
        Self { all, twice }
    }

    /// The sections that have an item of that id.
    pub(super) fn sections(&self, id: &str) -> impl Iterator<Item = &'f str> {
        let from = self.all.partition_point(|(known, _)| *known < id);
        let here = self.all[from..].iter().take_while(move |(known, _)| *known == id);
        here.map(|(_, section)| *section)
    }

    /// Whether an item has that id.
    pub(super) fn has(&self, id: &str) -> bool {
        self.all.binary_search_by_key(&id, |(known, _)| *known).is_ok()
    }

    /// Whether an item of that section has that id.
    pub(super) fn in_section(&self, section: &str, id: &str) -> bool {
        self.all.binary_search(&(id, section)).is_ok()
    }

    /// Every id with its section.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'f str, &'f str)> {
        self.all.iter().copied()
    }

    /// For each item of a section, the first of those before it that have its id.
    pub(super) fn repeated(&self, items: &'f [Item]) -> Repeated<'f> {
        let mut by_id: Vec<&Item> = Vec::new();
        if self.twice {
            by_id.extend(items);
            by_id.sort_by_key(|item| &*item.id.node);
        }
        Repeated(by_id)
    }
}

/// The items of a section by their ids, the first of several that are the same in front; none where
/// no id stands twice.
pub(super) struct Repeated<'f>(Vec<&'f Item>);

impl<'f> Repeated<'f> {
    /// The first item before this one that has its id.
    pub(super) fn first(&self, item: &Item) -> Option<&'f Item> {
        let first = self.0.partition_point(|known| known.id.node < item.id.node);
        self.0.get(first).copied().filter(|first| first.id.span != item.id.span)
    }
}
