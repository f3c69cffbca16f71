//! Text from outside inside XML and HTML.

use super::visible::acts;

/// The text with `&`, `<`, `>` and quotes written out, and what XML cannot hold or what would act on
/// a reader as `\u{1b}`. In an attribute, line breaks are written out too.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for each in text.chars() {
        match each {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push(' '),
            // Neither is a character of XML.
            '\u{fffe}' | '\u{ffff}' => out.extend(each.escape_unicode()),
            each if acts(each) => out.extend(each.escape_unicode()),
            each => out.push(each),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_place() {
        assert_eq!(escaped("<a b='\"'>&\n"), "&lt;a b=&#39;&quot;&#39;&gt;&amp;&#10;");
        assert_eq!(escaped("\u{1b}\u{202e}\u{ffff}é"), "\\u{1b}\\u{202e}\\u{ffff}é");
    }
}
