//! A look at the text before the parser sees it: nesting is bounded, so that no stack is spent.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// How deep brackets, quantifiers and sums may stand in one another.
const DEEPEST: usize = 64;

/// Whether a word opens a test or a value inside another.
/// `count of` and `sum of` are told by their `of`.
fn nests(word: &[u8]) -> bool {
    matches!(word, b"every" | b"some" | b"no" | b"exactly" | b"at" | b"of" | b"otherwise")
}

/// Whether a word opens a statement, where nesting begins anew.
#[rustfmt::skip]
fn opens(word: &[u8]) -> bool {
    matches!(
        word,
        b"source" | b"say" | b"missing" | b"help" | b"for" | b"require" | b"when" | b"let" | b"param"
        | b"accept" | b"applies" | b"profile" | b"formerly" | b"waivable" | b"never"
    )
}

/// An error where a statement nests deeper than anybody reads.
pub(super) fn too_deep(text: &str) -> Option<Diagnostic> {
    let bytes = text.as_bytes();
    let (mut in_rule, mut statement, mut start) = (false, 0, 0);
    while start < bytes.len() {
        let end = end_of_line(bytes, start);
        let line = &bytes[start..end];
        let opens_block = !matches!(line[0], b' ' | b'\t' | b'#' | b'\n' | b'\r');
        if opens_block || in_rule && opens(first_word(line)) {
            if in_rule && let Some(told) = statement_too_deep(bytes, statement, start) {
                return Some(told);
            }
            statement = start;
        }
        if opens_block {
            in_rule = first_word(line) == b"rule";
        }
        start = end;
    }
    if in_rule { statement_too_deep(bytes, statement, start) } else { None }
}

fn statement_too_deep(bytes: &[u8], mut start: usize, end: usize) -> Option<Diagnostic> {
    // What has few openings needs no reading: most statements.
    if openings(&bytes[start..end]) <= DEEPEST {
        return None;
    }
    let mut depth = Depth::default();
    while start < end {
        let next = end_of_line(bytes, start);
        if let Some(at) = depth.read(&bytes[start..next]) {
            let at = u32::try_from(start + at).unwrap_or(u32::MAX);
            let told = Diagnostic::error(
                "policy/nesting",
                "this statement nests too deep to be read",
                Span::new(at, at + 1),
            );
            return Some(
                told.label("more than 64 tests or sums inside one another")
                    .help("name the inner parts with `let`"),
            );
        }
        start = next;
    }
    None
}

/// Behind the line break that ends a line.
fn end_of_line(bytes: &[u8], start: usize) -> usize {
    memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at + 1)
}

/// How many brackets, signs and words that nest there are at most: each word that begins as one of
/// them does is counted, so that the processor can look at many bytes at a time.
fn openings(bytes: &[u8]) -> usize {
    let opens = |before: u8, byte: u8| {
        let word = matches!(byte, b'a' | b'e' | b'n' | b'o' | b's') & !before.is_ascii_lowercase();
        u8::from(word | matches!(byte, b'(' | b'+' | b'-'))
    };
    let some = |(before, chunk): (&[u8], &[u8])| -> u8 {
        before.iter().zip(chunk).map(|(before, byte)| opens(*before, *byte)).sum()
    };
    let Some((first, rest)) = bytes.split_first() else { return 0 };
    let pairs = bytes.chunks(usize::from(u8::MAX)).zip(rest.chunks(usize::from(u8::MAX)));
    usize::from(opens(b' ', *first)) + pairs.map(|pair| usize::from(some(pair))).sum::<usize>()
}

fn first_word(line: &[u8]) -> &[u8] {
    line.split(u8::is_ascii_whitespace).find(|word| !word.is_empty()).unwrap_or_default()
}

#[derive(Default)]
struct Depth {
    brackets: usize,
    quantifiers: usize,
}

impl Depth {
    /// Reads on over a line; the byte at which it gets too deep.
    fn read(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'#' => return None,
                b'"' => at = after_quote(bytes, at),
                b'(' => self.brackets += 1,
                b')' => self.brackets = self.brackets.saturating_sub(1),
                // A sum stands in the next one: `1 + 2 + 3` is two deep.
                b'+' | b'-' if at > 0 && bytes[at - 1].is_ascii_whitespace() => {
                    self.quantifiers += 1;
                }
                b'a'..=b'z' => {
                    let letters = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-';
                    let rest = &bytes[at..];
                    let word = rest.iter().position(|b| !letters(b)).unwrap_or(rest.len());
                    self.quantifiers += usize::from(nests(&rest[..word]));
                    at += word - 1;
                }
                _ => {}
            }
            if self.brackets + self.quantifiers > DEEPEST {
                return Some(at.min(bytes.len().saturating_sub(1)));
            }
            at += 1;
        }
        None
    }
}

/// The byte of the closing quote, or of the end of the line.
fn after_quote(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'"' => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    /// Of any text, also one that the language cannot read.
    #[test]
    fn no_more_is_nested_than_there_are_openings() {
        const PIECES: [&str; 21] = [
            "every",
            "some",
            "no",
            "exactly",
            "at",
            "of",
            "otherwise",
            "(",
            ")",
            " + ",
            " - ",
            "+",
            "-",
            " ",
            " ",
            "A",
            "9",
            "x",
            "\"",
            "\n",
            "# ",
        ];
        let (mut dice, mut most) = (Dice(4), 0);
        for _ in 0..4_000 {
            let text: String = (0..dice.roll(500)).map(|_| dice.of(&PIECES)).collect();
            let mut depth = Depth::default();
            let all = text.split_inclusive('\n').all(|line| depth.read(line.as_bytes()).is_none());
            let nested = depth.brackets + depth.quantifiers;
            assert!(nested <= openings(text.as_bytes()), "{text}");
            most = most.max(if all { nested } else { 0 });
        }
        assert!(most > 50, "{most}");
    }
}
