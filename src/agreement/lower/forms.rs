//! Sets of forms: what a section reads of an item's slots, and what an item has.

use crate::syntax::ast::Form;

/// A set of forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Forms([u128; 2]);

const _: () = assert!(Form::ALL.len() <= 256, "a set has a bit for each form");

impl Forms {
    /// These forms.
    pub(super) const fn of(forms: &[Form]) -> Self {
        let (mut set, mut at) = (Self([0; 2]), 0);
        while at < forms.len() {
            set.add(forms[at]);
            at += 1;
        }
        set
    }

    /// The forms of all these sets.
    pub(super) const fn all(sets: &[Self]) -> Self {
        let (mut all, mut at) = (Self([0; 2]), 0);
        while at < sets.len() {
            let Self([low, high]) = sets[at];
            all = Self([all.0[0] | low, all.0[1] | high]);
            at += 1;
        }
        all
    }

    pub(super) const fn add(&mut self, form: Form) {
        self.0[form as usize / 128] |= 1 << (form as usize % 128);
    }

    pub(super) const fn has(self, form: Form) -> bool {
        self.0[form as usize / 128] & (1 << (form as usize % 128)) != 0
    }

    /// Whether the sets have a form in common.
    pub(super) const fn meets(self, other: Self) -> bool {
        (self.0[0] & other.0[0]) | (self.0[1] & other.0[1]) != 0
    }
}

/// Where, for what, through whom.
pub(super) const SCOPE: Forms = Forms::of(&[Form::Axis]);
/// From when and until when.
pub(super) const LIFE: Forms = Forms::of(&[
    Form::From,
    Form::Until,
    Form::By,
    Form::Before,
    Form::During,
    Form::Within,
    Form::After,
    Form::NotAfter,
]);
/// What goes on after the end.
pub(super) const SURVIVES: Forms = Forms::of(&[Form::Survives]);
/// On what it depends, and what follows from it.
pub(super) const TESTS: Forms = Forms::of(&[Form::If, Form::OnlyIf, Form::Unless, Form::While]);
/// What is left out.
pub(super) const EXCEPT: Forms = Forms::of(&[Form::Except]);
/// What follows from the item itself.
pub(super) const THEN: Forms = Forms::of(&[Form::Then, Form::Else, Form::OnExit]);
/// Notice, time to cure and the like.
pub(super) const CLOCKS: Forms =
    Forms::of(&[Form::Clock, Form::AtOnce, Form::Extendable, Form::WithoutCure]);
/// From when a right opens.
pub(super) const GATE: Forms = Forms::of(&[Form::NotBefore, Form::NoticeFrom]);
/// Whose consent it needs.
pub(super) const CONSENT: Forms =
    Forms::of(&[Form::Consent, Form::NotWithheld, Form::EachUse, Form::Silence]);
/// The least and the most.
pub(super) const LIMITS: Forms = Forms::of(&[Form::AtLeast, Form::AtMost, Form::Per]);
/// Who bears the cost.
pub(super) const COSTS: Forms = Forms::of(&[Form::Costs]);
/// Who may change it.
pub(super) const LIVE: Forms = Forms::of(&[Form::Changed, Form::Grows, Form::Frozen]);
/// Bare words such as `exclusive`.
pub(super) const FLAGS: Forms = Forms::of(&[Form::Flags]);
/// What is left open as a whole.
pub(super) const OPEN: Forms = Forms::of(&[Form::Hole]);
/// Who answers for it, and where it is evidenced.
pub(super) const CARE: Forms = Forms::of(&[Form::SlotOwner, Form::Tracked]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_was_put_in_and_nothing_else() {
        for form in Form::ALL {
            let one = Forms::of(&[*form]);
            for other in Form::ALL {
                assert_eq!(one.has(*other), form == other, "{form:?} {other:?}");
                assert_eq!(one.meets(Forms::of(&[*other])), form == other, "{form:?} {other:?}");
            }
        }
        let both = Forms::all(&[Forms::of(&[Form::Title, Form::See]), SCOPE]);
        assert!([Form::Title, Form::See, Form::Axis].into_iter().all(|form| both.has(form)));
        assert!(!both.has(Form::Note) && both.meets(SCOPE) && !both.meets(TESTS));
    }
}
