//! Makes text from outside safe to print: nothing in it moves the cursor, colours the screen or
//! reorders what is read.

use std::borrow::Cow;
use std::fmt::Write;

/// The text with control, bidirectional and invisible characters written out as `\u{1b}`.
/// Line breaks stay, for the caller to lay out.
pub fn visible(text: &str) -> Cow<'_, str> {
    // Every byte is looked at: what has no way out runs on many bytes at once.
    let plain = text.bytes().fold(true, |all, byte| all & matches!(byte, b' '..=b'~' | b'\n'));
    if plain || !text.chars().any(|each| acts(each) && each != '\n') {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for each in text.chars() {
        if each == '\n' {
            shown.push(each);
        } else {
            push_visible(&mut shown, each);
        }
    }
    Cow::Owned(shown)
}

/// The same in one line, with a blank for a line break.
#[cfg(feature = "human")]
pub(super) fn in_one_line(text: &str) -> Cow<'_, str> {
    let shown = visible(text);
    if shown.contains('\n') { Cow::Owned(shown.replace('\n', " ")) } else { shown }
}

/// Appends one character: a tab as blanks, what acts written out, all else as it is.
pub(super) fn push_visible(shown: &mut String, each: char) {
    if matches!(each, ' '..='~') {
        shown.push(each);
    } else if each == '\t' {
        shown.push_str("    ");
    } else if acts(each) {
        // Writing to a string cannot fail.
        let _ = write!(shown, "{}", each.escape_unicode());
    } else {
        shown.push(each);
    }
}

/// Whether a character does something other than showing itself.
pub(super) fn acts(each: char) -> bool {
    each.is_control()
        || matches!(each,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_written_out() {
        assert_eq!(visible("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(visible("a\u{202e}b\u{9b}"), "a\\u{202e}b\\u{9b}");
        assert_eq!(visible("plain é 漢\nnext"), "plain é 漢\nnext");
        assert_eq!(visible("a\tb"), "a    b");
    }
}
