//! What is looked at before any grammar: size, nesting, and characters a reader cannot see.

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// The largest text the library reads. The command line has a smaller limit of its own.
const MOST_BYTES: usize = 64 << 20;
/// How many nesting words (`after`, `before`, `of`) one head or slot may hold.
const MOST_NESTED: usize = 100;

/// Hidden characters, too many nested phrases, too much text. A text that is too large or too deep
/// (`syntax/too-large`) is not read at all.
pub fn guard(source: &Source) -> Vec<Diagnostic> {
    let text = source.text();
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
    hidden_characters(text)
}

/// Phrases nest by `after`, `before` and `of` only; counts them between the marks no phrase crosses.
fn too_deep(text: &str) -> Option<Span> {
    let (mut nested, mut quoted, mut start) = (0, false, 0);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' => quoted = false,
            _ => {}
        }
        if !quoted && matches!(byte, b';' | b':' | b'|' | b'#') {
            nested = 0;
        }
        if byte.is_ascii_alphanumeric() {
            continue;
        }
        let word = &text.as_bytes()[start..at];
        start = at + 1;
        if !quoted && matches!(word, b"after" | b"before" | b"of") {
            nested += 1;
            if nested > MOST_NESTED {
                let end = u32::try_from(at).unwrap_or(u32::MAX);
                return Some(Span::new(end - u32::try_from(word.len()).unwrap_or(0), end));
            }
        }
    }
    None
}

fn hidden_characters(text: &str) -> Vec<Diagnostic> {
    if text.is_ascii() && !text.bytes().any(|b| b.is_ascii_control() && !b"\t\n\r".contains(&b)) {
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
