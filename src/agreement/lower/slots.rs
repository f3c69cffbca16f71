//! The slots of an item, taken one by one: what nobody takes says nothing here.

use crate::syntax::ast::{Form, Phrase};

/// Slots still to be read.
pub(super) struct Slots<'a> {
    slots: &'a [Phrase],
    read: Vec<bool>,
}

impl<'a> Slots<'a> {
    pub(super) fn new(slots: &'a [Phrase]) -> Self {
        Self { slots, read: vec![false; slots.len()] }
    }

    /// The first unread slot of that form.
    pub(super) fn take(&mut self, form: Form) -> Option<&'a Phrase> {
        self.take_where(|slot| slot.form == form)
    }

    /// The first unread slot that `wanted` accepts.
    pub(super) fn take_where(&mut self, wanted: impl Fn(&Phrase) -> bool) -> Option<&'a Phrase> {
        let mut unread = self.slots.iter().zip(&mut self.read).filter(|(_, read)| !**read);
        let (slot, read) = unread.find(|(slot, _)| wanted(slot))?;
        *read = true;
        Some(slot)
    }

    /// Every unread slot of that form.
    pub(super) fn take_all(&mut self, form: Form) -> Vec<&'a Phrase> {
        std::iter::from_fn(|| self.take(form)).collect()
    }

    /// A clock by its words: `notice`, `to cure`, `to answer` …
    pub(super) fn clock(&mut self, words: &str) -> Option<&'a Phrase> {
        self.take_where(|slot| {
            slot.form == Form::Clock && slot.word().is_some_and(|clock| clock.node == words)
        })
    }

    /// The axis `of`, `for`, `in` … of a scope.
    pub(super) fn axis(&mut self, word: &str) -> Option<&'a Phrase> {
        self.take_where(|slot| {
            slot.form == Form::Axis && slot.word().is_some_and(|axis| axis.node == word)
        })
    }

    /// Takes slots that are kept as written only: the model has no field for them yet, no rule asks.
    pub(super) fn keep(&mut self, forms: &[Form]) {
        for form in forms {
            self.take_all(*form);
        }
    }

    /// What nobody took.
    pub(super) fn unread(&self) -> Vec<&'a Phrase> {
        self.slots
            .iter()
            .zip(&self.read)
            .filter(|(_, read)| !**read)
            .map(|(slot, _)| slot)
            .collect()
    }
}
