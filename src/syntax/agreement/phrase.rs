//! What a phrase is filled with, asked for by kind and in the order written.

use super::ast::{Action, Amount, Form, Item, Moment, Part, Phrase, Term, Test, Thing, Who};
use crate::source::Spanned;
use crate::value::{Hole, Str};

macro_rules! parts {
    ($($(#[$doc:meta])* $all:ident $one:ident $variant:ident $type:ty;)*) => {
        $(
            $(#[$doc])*
            pub fn $all(&self) -> impl Iterator<Item = &$type> {
                self.parts.iter().filter_map(|part| match part {
                    Part::$variant(inner) => Some(inner),
                    _ => None,
                })
            }

            /// The first of them.
            pub fn $one(&self) -> Option<&$type> {
                self.$all().next()
            }
        )*
    };
}

impl Phrase {
    parts! {
        /// Its quoted words.
        texts text Text Spanned<Str>;
        /// Its bare words and names.
        words word Word Spanned<Str>;
        /// Who acts or receives.
        whos who Who Who;
        /// What it names.
        things thing Thing Thing;
        /// Its values and ranges.
        terms term Term Term;
        /// Its amounts.
        amounts amount Amount Amount;
        /// Its points in time.
        moments moment Moment Moment;
        /// Its recurring stretches.
        everies every Every Term;
        /// Its conditions.
        tests test Test Test;
        /// What follows.
        actions action Action Box<Action>;
        /// What it leaves open.
        holes hole Hole Spanned<Hole>;
    }

    /// The forms within it.
    pub fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        self.parts.iter().filter_map(|part| match part {
            Part::Phrase(inner) => Some(&**inner),
            _ => None,
        })
    }

    /// The first form of that kind within it.
    pub fn inner(&self, form: Form) -> Option<&Phrase> {
        self.phrases().find(|phrase| phrase.form == form)
    }
}

impl Item {
    /// The form of its head.
    pub fn form(&self) -> Option<Form> {
        self.head.as_ref().map(|head| head.form)
    }
}
