//! The slots of an item, taken one by one: what nobody takes says nothing here.

use smallvec::{SmallVec, smallvec};

use super::forms::Forms;
use crate::syntax::ast::{Form, Item, Phrase, Row};

/// Slots still to be read.
pub(super) struct Slots<'a> {
    all: &'a [Phrase],
    /// Which forms there are: most of those that are asked for are none of them.
    forms: Forms,
    read: SmallVec<[bool; 16]>,
    /// The forms of those that were read.
    taken: Forms,
    rows: &'a [Row],
    rows_read: bool,
}

impl<'a> Slots<'a> {
    pub(super) fn new(item: &'a Item) -> Self {
        let read = smallvec![false; item.slots.len()];
        let (all, rows) = (&*item.slots, &*item.rows);
        let mut forms = Forms::default();
        for slot in all {
            forms.add(slot.form);
        }
        Self { all, forms, read, taken: Forms::default(), rows, rows_read: false }
    }

    /// The first unread slot of that form.
    pub(super) fn take(&mut self, form: Form) -> Option<&'a Phrase> {
        self.take_where(form, |_| true)
    }

    /// The first unread slot of that form that `wanted` accepts.
    pub(super) fn take_where(
        &mut self,
        form: Form,
        wanted: impl Fn(&Phrase) -> bool,
    ) -> Option<&'a Phrase> {
        if !self.forms.has(form) {
            return None;
        }
        let index = self
            .all
            .iter()
            .zip(&self.read)
            .position(|(slot, read)| slot.form == form && !read && wanted(slot))?;
        Some(self.mark(index))
    }

    /// The first slot of that form, which stays unread.
    pub(super) fn peek(&self, form: Form) -> Option<&'a Phrase> {
        if self.forms.has(form) { self.all.iter().find(|slot| slot.form == form) } else { None }
    }

    /// Every unread slot of that form.
    pub(super) fn take_all(&mut self, form: Form) -> Vec<&'a Phrase> {
        std::iter::from_fn(|| self.take(form)).collect()
    }

    /// The first unread slot of these forms from `from` on that `wanted` accepts and that states
    /// nothing which was read before: a second one of the same kind stays unread, so that it is told
    /// and never passed over. Moves `from` behind it, so that a whole item is read in one pass.
    pub(super) fn take_next(
        &mut self,
        from: &mut usize,
        forms: Forms,
        wanted: impl Fn(&Phrase) -> bool,
    ) -> Option<&'a Phrase> {
        if !self.forms.meets(forms) {
            return None;
        }
        let index = (*from..self.all.len()).find(|index| {
            let slot = &self.all[*index];
            forms.has(slot.form) && !self.read[*index] && wanted(slot) && !self.is_stated(slot)
        })?;
        *from = index + 1;
        Some(self.mark(index))
    }

    fn mark(&mut self, index: usize) -> &'a Phrase {
        let slot = &self.all[index];
        self.read[index] = true;
        self.taken.add(slot.form);
        slot
    }

    /// Whether a slot that was read states the same, where an item states it once only.
    fn is_stated(&self, slot: &Phrase) -> bool {
        if !self.taken.has(slot.form) {
            return false;
        }
        let read = self.all.iter().zip(&self.read).filter(|(_, read)| **read).map(|(slot, _)| slot);
        let again = stated(slot);
        again.is_some() && read.map(stated).any(|other| other == again)
    }

    /// The axis `of`, `for`, `in` … of a scope.
    pub(super) fn axis(&mut self, word: &str) -> Option<&'a Phrase> {
        self.take_where(Form::Axis, |slot| slot.word().is_some_and(|axis| axis.node == word))
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

    /// Leaves everything unread without a word: the item itself has been told.
    pub(super) fn skip(&mut self) {
        self.read.fill(true);
        self.rows_read = true;
    }

    /// What nobody took.
    pub(super) fn unread(&self) -> Vec<&'a Phrase> {
        self.all.iter().zip(&self.read).filter(|(_, read)| !**read).map(|(slot, _)| slot).collect()
    }
}

/// What a slot states, where an item states it once only: one length of a notice, say.
#[derive(PartialEq, Eq)]
pub(super) struct Stated<'a> {
    form: Form,
    /// A notice that stops a renewal and a condition both open with `unless`; so do two ends.
    test: bool,
    word: Option<&'a str>,
}

/// What a slot states once only; nothing for slots that may stand many times.
pub(super) fn stated(slot: &Phrase) -> Option<Stated<'_>> {
    let many = matches!(
        slot.form,
        Form::Axis
            | Form::Changed
            | Form::Deadline
            | Form::DependsOn
            | Form::Else
            | Form::Except
            | Form::Expects
            | Form::Flags
            | Form::If
            | Form::Less
            | Form::NotCounting
            | Form::OfWhich
            | Form::OnlyIf
            | Form::ShareLimit
            | Form::Tail
            | Form::Then
            | Form::While
    );
    let by_word = matches!(slot.form, Form::Clock | Form::CustomerDuty);
    let word = slot.words().next().filter(|_| by_word).map(|word| &*word.node);
    (!many).then(|| Stated { form: slot.form, test: slot.test().is_some(), word })
}
