//! The one shape in which every stage says what it found.

use std::borrow::Cow;
use std::fmt;

use crate::source::Span;

/// Something to tell the reader, with its place. Plain data: hosts render it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// `stage/problem` for a stage of the tool, `topic/requirement` for a rule.
    pub code: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// One line, lower case, no full stop, understandable alone.
    pub message: String,
    /// The place that decided, with what to say beside it (may be empty).
    pub primary: Label,
    /// The other places that had a part in it.
    pub secondary: Vec<Label>,
    /// Why it matters.
    pub why: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error with a place and nothing else yet.
    pub fn error(code: impl Into<Cow<'static, str>>, message: impl Into<String>, at: Span) -> Self {
        Self {
            code: code.into(),
            severity: Severity::Error,
            message: message.into(),
            primary: Label { span: at, text: String::new() },
            secondary: Vec::new(),
            why: None,
            help: None,
        }
    }

    /// Adds words beside the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Says what to do, where there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = text.or(self.help);
        self
    }
}

/// A place and the words beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What to say there; may be empty.
    pub text: String,
}

/// How much a finding matters, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Advice,
    /// Should be mended.
    Warning,
    /// Must be mended.
    Error,
}

impl Severity {
    /// The word a policy file and `pactum.toml` use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Advice, Self::Warning, Self::Error].into_iter().find(|each| each.word() == word)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The name among `known` that is nearest to `word`, if one is near: at most a third of its
/// characters away (so that `notce` finds `notice` and `x` finds nothing).
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let allowed = length.max(3) / 3;
    let mine = letters(word);
    // No word is nearer than the difference of their lengths, or than the letters that only one of
    // them has: both cost less to tell than the distance.
    let may_be_near = |name: &&str| {
        let (more, fewer) = (letters(name) & !mine, mine & !letters(name));
        name.chars().count().abs_diff(length) <= allowed
            && more.count_ones().max(fewer.count_ones()) as usize <= allowed
    };
    known
        .into_iter()
        .filter(may_be_near)
        .filter(|name| !opposite(word, name))
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(distance, _)| (1..=allowed).contains(distance))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Whether one word says the opposite of the other: no slip of the pen, and no help.
fn opposite(word: &str, name: &str) -> bool {
    let negates = |longer: &str, plain: &str| {
        longer
            .strip_suffix(plain)
            .is_some_and(|before| ["n", "un", "in", "im", "ir", "non-"].contains(&before))
    };
    word != name && (negates(word, name) || negates(name, word))
}

/// Which letters a word has, each by its last six bits.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |set, letter| set | 1 << (u32::from(letter) & 63))
}

/// `nearest` as a sentence for `help`.
pub fn near_name<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, known).map(|name| format!("a similar name exists: `{name}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_near() {
        assert_eq!(nearest("notce", ["notice", "until"]), Some("notice"));
        assert_eq!(nearest("neither", ["either"]), None);
        assert_eq!(nearest("limited", ["unlimited"]), None);
        assert_eq!(nearest("xyz", ["notice"]), None);
        assert_eq!(nearest("notice", ["notice"]), None, "the same name is not a suggestion");
        assert_eq!(nearest("Kestral", ["Northwind", "Kestrel"]), Some("Kestrel"));
    }
}
