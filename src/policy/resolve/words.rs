//! A single word beside a value: a name, or a word of the value's type.

use crate::diagnostic::{Diagnostic, near_name};
use crate::source::Span;
use crate::vocabulary::{AGREEMENT, Type, Value};

use super::{Resolver, Shape};

/// What a single word is.
pub(super) enum Word {
    /// A word of the type.
    Means(Value<'static>),
    /// A name, to be read as any path.
    Path,
    /// Neither, or both; told.
    Wrong,
}

impl Resolver<'_> {
    /// A single word beside a value of type `want`: a bound name of that type, else a word of it.
    pub(super) fn word(&mut self, word: &str, span: Span, want: Type) -> Word {
        match (want, word) {
            (Type::Duration | Type::Date, "perpetual") => {
                return Word::Means(Value::Endless("perpetual"));
            }
            (Type::Money | Type::Number | Type::Quantity, "unlimited") => {
                return Word::Means(Value::Endless("unlimited"));
            }
            _ => {}
        }
        let Type::Word(words) = want else { return Word::Path };
        let of_type = words.words.iter().find(|each| **each == word);
        let fits = |shape: Shape| shape == Shape::one(want);
        let named = self
            .names
            .iter()
            .find(|name| name.name.node == word && fits(name.info.shape))
            .map(|name| name.name.span);
        let fact = AGREEMENT.field(word).is_some_and(|field| field.ty == want);
        let wrong = |message: String| Diagnostic::error("policy/word", message, span);
        let told = match (of_type, named) {
            (Some(_), Some(name)) => {
                wrong(format!("`{word}` is a name given here and a word of {}", words.name))
                    .also(name, "the name")
                    .help("give the name another word")
            }
            (Some(_), None) if fact => {
                wrong(format!("`{word}` is a fact and a word of {}", words.name))
                    .help("name the fact with `let` under another word")
            }
            (Some(of_type), None) => return Word::Means(Value::Word(of_type)),
            (None, Some(_)) => return Word::Path,
            (None, None) if self.knows(word) => return Word::Path,
            (None, None) => {
                let near = near_name(word, words.words.iter().copied());
                let list = || super::literal::one_of(words.words);
                wrong(format!("`{word}` is no {}", words.name)).help(near.unwrap_or_else(list))
            }
        };
        self.told.push(told);
        Word::Wrong
    }
}
