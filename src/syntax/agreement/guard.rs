//! What is looked at before any grammar: size, nesting, characters a reader cannot see, and fences
//! of Markdown that cannot be read.

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// The largest text the library reads. The command line has a smaller limit of its own.
const MOST_BYTES: usize = 64 << 20;
/// How many nesting words (`after`, `before`, `of`) and open brackets one head or slot may hold.
const MOST_NESTED: usize = 100;

/// Hidden characters, too many nested phrases, too much text. A text that is too large or too deep
/// (`syntax/too-large`) is not read at all.
pub fn guard(source: &Source) -> Vec<Diagnostic> {
    let text = source.terms();
    if text.len() > MOST_BYTES {
        let message = format!("the text has {} bytes; at most {MOST_BYTES} are read", text.len());
        let at = Span::new(0, 0);
        return vec![
            Diagnostic::error("syntax/too-large", message, at).help("split the agreement"),
        ];
    }
    if let Some(at) = too_deep(text) {
        let message = format!("more than {MOST_NESTED} phrases are nested in one head or slot");
        let help = "name what is used again under `dates` or `metrics`, and refer to it";
        return vec![Diagnostic::error("syntax/too-large", message, at).help(help)];
    }
    let mut told = hidden_characters(text);
    told.extend(source.unread().iter().map(|at| unread(*at)));
    told
}

/// A fence whose terms stand where no heading can begin a line.
fn unread(at: Span) -> Diagnostic {
    let message =
        "the terms in this fence are not read: it is indented, or inside a list or a quotation";
    Diagnostic::error("syntax/fence-indented", message, at)
        .label("this fence")
        .help("begin the line of the fence, and every heading in it, at the first column")
}

/// Phrases nest by `after`, `before`, `of` and brackets only; counts them between the marks no phrase
/// crosses. Comments and line ends are crossed: a phrase goes on below them. A bracket that is closed
/// nests nothing any more, so that a long list with remarks in brackets is no nest.
fn too_deep(text: &str) -> Option<Span> {
    let bytes = text.as_bytes();
    // Each of the words has an `f`: most texts are cleared by counting them, which costs nothing.
    if count(bytes, |byte| u8::from(byte == b'f') + u8::from(byte == b'(')) <= MOST_NESTED {
        return None;
    }
    let (mut nested, mut open, mut start, mut at) = (0, 0_usize, 0, 0);
    while at <= bytes.len() {
        let byte = bytes.get(at).copied().unwrap_or(b'\n');
        if byte.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let word = &bytes[start..at];
        if matches!(word, b"after" | b"before" | b"of") {
            nested += 1;
        }
        match byte {
            b'(' => open += 1,
            b')' => open = open.saturating_sub(1),
            _ => {}
        }
        if nested + open > MOST_NESTED {
            let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let end = if word.is_empty() { at + 1 } else { at };
            return Some(Span::new(byte(start), byte(end)));
        }
        at = match byte {
            b'"' => end_of_text(bytes, at + 1),
            b'#' => end_of_line(bytes, at + 1),
            _ => at + 1,
        };
        if matches!(byte, b';' | b':' | b'|') {
            (nested, open) = (0, 0);
        }
        start = at;
    }
    None
}

/// Behind the quote that ends a text, or the end of its line.
fn end_of_text(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b'"' => return at + 1,
            b'\n' => return at,
            b'\\' if bytes.get(at + 1) != Some(&b'\n') => 2,
            _ => 1,
        };
    }
    bytes.len()
}

fn end_of_line(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |end| at + end)
}

/// What the bytes come to, each at most one. A byte counts few enough of them for the processor to look
/// at many at a time.
fn count(bytes: &[u8], of: impl Fn(u8) -> u8) -> usize {
    let some = |chunk: &[u8]| chunk.iter().map(|byte| of(*byte)).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|chunk| usize::from(some(chunk))).sum()
}

fn hidden_characters(text: &str) -> Vec<Diagnostic> {
    // Looked for to the end of a piece, which is quicker than to stop: nearly every text has none.
    let odd = |byte: &u8| !matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
    let has_odd = |piece: &[u8]| piece.iter().fold(false, |has, byte| has | odd(byte));
    if !text.as_bytes().chunks(256).any(has_odd) {
        return Vec::new();
    }
    text.char_indices()
        .filter_map(|(at, character)| Some((at, character, hidden(character)?)))
        .map(|(at, character, what)| {
            let start = u32::try_from(at).unwrap_or(u32::MAX);
            let end = start + u32::try_from(character.len_utf8()).unwrap_or(1);
            let code = u32::from(character);
            let message =
                format!("{what} (U+{code:04X}) stands in the text, where no reader can see it");
            Diagnostic::error("syntax/hidden-character", message, Span::new(start, end))
                .label("here")
                .help("delete it: a term must not read differently than it is checked")
        })
        .collect()
}

/// What kind of hidden character it is, if it is one.
const fn hidden(character: char) -> Option<&'static str> {
    match character {
        '\t' | '\n' | '\r' => None,
        '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{061C}' => Some("a character that turns the reading direction"),
        '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}'
        | '\u{00AD}'
        | '\u{180E}'
        | '\u{E0000}'..='\u{E007F}' => Some("an invisible character"),
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' => Some("a control character"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::parse_agreement;

    fn codes(moment: &str) -> Vec<String> {
        let text = format!("alliance a: supply\n\ndates\n  x: on {moment}\n");
        let told = parse_agreement(&Source::new("a", text)).1;
        told.iter().map(|each| each.code.to_string()).collect()
    }

    /// What a phrase may cross hides no nesting, and what is allowed fits a small stack.
    #[test]
    fn nesting_is_bounded() {
        let after = |blank: &str, n: usize| format!("1 day after{blank}").repeat(n) + "start";
        let greater = |blank: &str, n: usize| {
            let text = r#""a\"""#;
            let open = format!("later of {text} and{blank}").repeat(n);
            format!("{open}start")
        };
        for blank in [" ", "\n      ", " # so\n      ", "  # \"\n    #: ; |\n\n      "] {
            assert_eq!(codes(&after(blank, MOST_NESTED)), [""; 0], "{blank:?}");
            assert_eq!(codes(&greater(blank, MOST_NESTED)), [""; 0], "{blank:?}");
            for n in [MOST_NESTED + 1, 50_000] {
                assert_eq!(codes(&after(blank, n)), ["syntax/too-large"], "{blank:?}");
                assert_eq!(codes(&greater(blank, n)), ["syntax/too-large"], "{blank:?}");
            }
        }
        let brackets = |n: usize| format!("after {}1{} days", "(".repeat(n), ")".repeat(n));
        assert!(!codes(&brackets(MOST_NESTED - 1)).contains(&"syntax/too-large".to_owned()));
        for n in [MOST_NESTED, 400_000] {
            assert_eq!(codes(&brackets(n)), ["syntax/too-large"], "{n} brackets");
        }
        let listed = "\"a\" (b), ".repeat(MOST_NESTED * 2);
        assert!(!codes(&listed).contains(&"syntax/too-large".to_owned()), "closed again");
        let apart = "1 day after start; ".repeat(MOST_NESTED * 2);
        assert!(!codes(&apart).contains(&"syntax/too-large".to_owned()));
    }
}
