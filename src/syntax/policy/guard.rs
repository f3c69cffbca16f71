//! A look at the text before the parser sees it: nesting is bounded, so that no stack is spent.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// How deep brackets, quantifiers and sums may stand in one another.
const DEEPEST: usize = 64;

/// Words that open a test or a value inside another.
/// `count of` and `sum of` are told by their `of`.
const NESTING: [&str; 7] = ["every", "some", "no", "exactly", "at", "of", "otherwise"];

/// Words that open a statement, where nesting begins anew.
const OPENING: [&str; 15] = [
    "source", "say", "missing", "help", "for", "require", "when", "let", "param", "accept",
    "applies", "profile", "formerly", "waivable", "never",
];

/// An error where a statement nests deeper than anybody reads.
pub(super) fn too_deep(text: &str) -> Option<Diagnostic> {
    let mut in_rule = false;
    let mut depth = Depth::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let first = line.split_ascii_whitespace().next().unwrap_or("");
        let opens_block = !line.starts_with([' ', '\t', '#', '\n', '\r']);
        if opens_block {
            in_rule = first == "rule";
        }
        if opens_block || OPENING.contains(&first) {
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
        start += line.len();
    }
    None
}

#[derive(Default)]
struct Depth {
    brackets: usize,
    quantifiers: usize,
}

impl Depth {
    /// Reads on over a line; the byte at which it gets too deep.
    fn read(&mut self, line: &str) -> Option<usize> {
        let bytes = line.as_bytes();
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
                    let word = bytes[at..]
                        .iter()
                        .take_while(|b| b.is_ascii_alphanumeric() || **b == b'-')
                        .count();
                    self.quantifiers += usize::from(
                        line.get(at..at + word).is_some_and(|word| NESTING.contains(&word)),
                    );
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
