//! The slots of an item, taken one by one: what nobody takes says nothing here.

use crate::syntax::ast::{Form, Item, Phrase, Row};

/// Slots still to be read.
pub(super) struct Slots<'a> {
    all: &'a [Phrase],
    read: Vec<bool>,
    rows: &'a [Row],
    rows_read: bool,
}

impl<'a> Slots<'a> {
    pub(super) fn new(item: &'a Item) -> Self {
        let read = vec![false; item.slots.len()];
        Self { all: &item.slots, read, rows: &item.rows, rows_read: false }
    }

    /// The first unread slot of that form.
    pub(super) fn take(&mut self, form: Form) -> Option<&'a Phrase> {
        self.take_where(|slot| slot.form == form)
    }

    /// The first unread slot that `wanted` accepts.
    pub(super) fn take_where(&mut self, wanted: impl Fn(&Phrase) -> bool) -> Option<&'a Phrase> {
        let mut unread = self.all.iter().zip(&mut self.read).filter(|(_, read)| !**read);
        let (slot, read) = unread.find(|(slot, _)| wanted(slot))?;
        *read = true;
        Some(slot)
    }

    /// The first slot of that form, which stays unread.
    pub(super) fn peek(&self, form: Form) -> Option<&'a Phrase> {
        self.all.iter().find(|slot| slot.form == form)
    }

    /// Every unread slot of that form.
    pub(super) fn take_all(&mut self, form: Form) -> Vec<&'a Phrase> {
        std::iter::from_fn(|| self.take(form)).collect()
    }

    /// The first unread slot that `wanted` accepts and that states nothing which was read before:
    /// a second one of the same kind stays unread, so that it is told and never passed over.
    pub(super) fn take_where_once(
        &mut self,
        wanted: impl Fn(&Phrase) -> bool,
    ) -> Option<&'a Phrase> {
        let known = |slot: &Phrase| {
            let read = self.all.iter().zip(&self.read).filter(|(_, read)| **read);
            read.into_iter().any(|(other, _)| states_the_same(other, slot))
        };
        let index = (0..self.all.len()).find(|index| {
            let slot = &self.all[*index];
            !self.read[*index] && wanted(slot) && !known(slot)
        })?;
        self.read[index] = true;
        Some(&self.all[index])
    }

    /// The axis `of`, `for`, `in` … of a scope.
    pub(super) fn axis(&mut self, word: &str) -> Option<&'a Phrase> {
        self.take_where(|slot| {
            slot.form == Form::Axis && slot.word().is_some_and(|axis| axis.node == word)
        })
    }

    /// The rows of the item's table.
    pub(super) fn take_rows(&mut self) -> &'a [Row] {
        self.rows_read = true;
        self.rows
    }

    /// A row that nobody took.
    pub(super) fn unread_row(&self) -> Option<&'a Row> {
        self.rows.first().filter(|_| !self.rows_read)
    }

    /// What nobody took.
    pub(super) fn unread(&self) -> Vec<&'a Phrase> {
        self.all.iter().zip(&self.read).filter(|(_, read)| !**read).map(|(slot, _)| slot).collect()
    }
}

/// Whether two slots state the same thing, which is stated once: two lengths of one notice, say.
pub(super) fn states_the_same(first: &Phrase, again: &Phrase) -> bool {
    let many = matches!(
        first.form,
        Form::Axis
            | Form::Deadline
            | Form::Else
            | Form::Except
            | Form::Flags
            | Form::If
            | Form::Less
            | Form::NotCounting
            | Form::OfWhich
            | Form::OnlyIf
            | Form::Changed
            | Form::Tail
            | Form::Then
            | Form::While
    );
    let by_word = matches!(first.form, Form::Clock | Form::CustomerDuty);
    let word =
        |slot: &Phrase| slot.words().next().filter(|_| by_word).map(|word| word.node.clone());
    // A notice that stops a renewal and a condition both open with `unless`; so do two ends.
    let tests = first.test().is_some() == again.test().is_some();
    !many && first.form == again.form && tests && word(first) == word(again)
}
