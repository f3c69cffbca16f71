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
    /// A second one of the same kind stays unread, so that it is told and never passed over.
    pub(super) fn keep(&mut self, forms: &[Form]) {
        for (index, slot) in self.slots.iter().enumerate() {
            if self.read[index] || !forms.contains(&slot.form) {
                continue;
            }
            let read = self.slots.iter().zip(&self.read).filter(|(_, read)| **read);
            let again = read.into_iter().any(|(other, _)| states_the_same(other, slot));
            self.read[index] = !again;
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
            | Form::Then
    );
    let by_word = matches!(first.form, Form::Clock | Form::CustomerDuty);
    let word =
        |slot: &Phrase| slot.words().next().filter(|_| by_word).map(|word| word.node.clone());
    !many && first.form == again.form && word(first) == word(again)
}
