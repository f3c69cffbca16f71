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
    /// An error with a place and nothing else yet. Very long words and quotations are cut in the
    /// message, as in labels and help.
    pub fn error(code: impl Into<Cow<'static, str>>, message: impl Into<String>, at: Span) -> Self {
        Self {
            code: code.into(),
            severity: Severity::Error,
            message: brief(message.into(), true),
            primary: Label { span: at, text: String::new() },
            secondary: Vec::new(),
            why: None,
            help: None,
        }
    }

    /// Adds words beside the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = brief(text.into(), true);
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: brief(text.into(), true) });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        // It quotes what to write, which is of use only when it is whole.
        self.help = Some(brief(text.into(), false));
        self
    }

    /// Says what to do, where there is something to say.
    #[must_use]
    pub fn maybe_help(self, text: Option<String>) -> Self {
        match text {
            Some(text) => self.help(text),
            None => self,
        }
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

/// So many characters of a very long word or quotation are shown of its begin, and of its end.
const SHOWN: (usize, usize) = (80, 30);
/// The same of all that is said: more is no message.
const SAID: (usize, usize) = (3_000, 1_000);

/// What is said, without the middle of words and, where asked, quotations that are very long: a word of
/// an agreement may be as long as its file, and a message is a line.
fn brief(text: String, quotations: bool) -> String {
    if text.len() <= SHOWN.0 + SHOWN.1 {
        return text;
    }
    let mut said = String::with_capacity(text.len().min(SAID.0 + SAID.1));
    // A mark that is never closed is looked for once.
    let mut marks = if quotations { vec!['`', '"'] } else { Vec::new() };
    let mut rest = &*text;
    while let Some(first) = rest.chars().next() {
        let quoted = marks.contains(&first).then(|| quotation(rest, first));
        if quoted == Some(None) {
            marks.retain(|mark| *mark != first);
        }
        let length = match quoted.flatten() {
            Some(length) => length,
            None if first.is_whitespace() || first == '(' => first.len_utf8(),
            None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
        };
        let (piece, behind) = rest.split_at(length);
        said.push_str(&cut(piece, SHOWN));
        rest = behind;
    }
    cut(&said, SAID).into_owned()
}

/// How many bytes the quotation has that a text begins with: up to a mark that no word goes on behind.
fn quotation(text: &str, mark: char) -> Option<usize> {
    let inner = text.strip_prefix(mark)?;
    let mut ends = inner.match_indices(mark).map(|(at, _)| at + 2 * mark.len_utf8());
    ends.find(|end| !text[*end..].starts_with(char::is_alphanumeric))
}

/// The first and the last characters, where there are more.
fn cut(text: &str, (first, last): (usize, usize)) -> Cow<'_, str> {
    let count = text.chars().count();
    if count <= first + last {
        return Cow::Borrowed(text);
    }
    let at = |number: usize| text.char_indices().nth(number).map_or(text.len(), |(at, _)| at);
    Cow::Owned(format!("{}…{}", &text[..at(first)], &text[at(count - last)..]))
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
    fn what_is_very_long_is_cut_in_what_is_said() {
        let long = "ä".repeat(1 << 20);
        let cut = format!("{}…{}", "ä".repeat(79), "ä".repeat(29));
        let told =
            Diagnostic::error("x/y", format!("`{long}` is no day (`{long}`)"), Span::default());
        assert_eq!(told.message, format!("`{cut}` is no day (`{cut}`)"));
        let words = "best efforts, ".repeat(70_000);
        let told = told.label(format!("\"{words}\" is said here")).also(Span::default(), &*long);
        let said = format!("\"{}…{}\" is said here", &words[..79], &words[words.len() - 29..]);
        assert_eq!(told.primary.text, said);
        assert_eq!(told.secondary[0].text.chars().count(), 111);
        let shape = format!("the shape is `{}`", "commits at least ".repeat(20));
        let told = told.help(format!("{shape}, not {long}"));
        assert!(told.help.unwrap().starts_with(&format!("{shape}, not ääää")));
        // Marks that are never closed, or close nothing, neither hide what is said nor cost time.
        for odd in ["`x ", "\"x`", "-`-"] {
            let message = format!("{} is no day", odd.repeat(300_000));
            let told = Diagnostic::error("x/y", message, Span::default()).message;
            assert!(told.ends_with(" is no day") && told.len() < 5_000, "{told}");
        }
        let short = "row `r1` shares out 90%: Lumora 60% and Tessel 30%; 100% is asked, as \"in full\" says, by a policy";
        assert_eq!(Diagnostic::error("x/y", short, Span::default()).message, short);
    }

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
