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
    let (mut in_rule, mut depth, mut start) = (false, Depth::default(), 0);
    while start < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at + 1);
        let line = &bytes[start..end];
        let opens_block = !matches!(line[0], b' ' | b'\t' | b'#' | b'\n' | b'\r');
        if opens_block {
            in_rule = first_word(line) == b"rule";
        }
        if in_rule && (opens_block || opens(first_word(line))) {
            depth = Depth::default();
        }
        if in_rule && let Some(at) = depth.read(line) {
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
        start = end;
    }
    None
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
