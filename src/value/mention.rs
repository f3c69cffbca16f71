//! Words in a text: whole words, in any case, blanks alike.

/// Where `text` mentions `words`: the bytes of the first mention.
pub fn mention(text: &str, words: &str) -> Option<(usize, usize)> {
    let words = words.trim();
    let first = words.chars().next()?;
    let opens = first.is_alphanumeric();
    let closes = words.chars().next_back()?.is_alphanumeric();
    let mut before: Option<char> = None;
    for (start, c) in text.char_indices() {
        let free = !opens || !before.is_some_and(char::is_alphanumeric);
        before = Some(c);
        if free
            && alike(c, first)
            && let Some(length) = begins(&text[start..], words)
        {
            let after = text[start + length..].chars().next();
            if !closes || !after.is_some_and(char::is_alphanumeric) {
                return Some((start, start + length));
            }
        }
    }
    None
}

/// How many bytes of `text` the words take, if it begins with them.
fn begins(text: &str, words: &str) -> Option<usize> {
    let mut left = text.chars();
    let mut wanted = words.chars().peekable();
    while let Some(want) = wanted.next() {
        let got = left.next()?;
        if want.is_whitespace() {
            if !got.is_whitespace() {
                return None;
            }
            while wanted.peek().is_some_and(|c| c.is_whitespace()) {
                wanted.next();
            }
            left = left.as_str().trim_start().chars();
        } else if !alike(got, want) {
            return None;
        }
    }
    Some(text.len() - left.as_str().len())
}

/// Whether two characters are the same but for their case.
fn alike(a: char, b: char) -> bool {
    if a.is_ascii() && b.is_ascii() {
        a.eq_ignore_ascii_case(&b)
    } else {
        a.to_lowercase().eq(b.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::mention;

    #[test]
    fn whole_words_in_any_case() {
        assert_eq!(mention("hand over the list of supporters", "support"), None);
        assert_eq!(mention("Best  efforts, if any", "best efforts"), Some((0, 13)));
        assert_eq!(mention("the (best efforts)", "best efforts"), Some((5, 17)));
        assert_eq!(
            mention("mail@example", "@"),
            Some((4, 5)),
            "an edge that is no letter needs no boundary"
        );
        assert_eq!(mention("support supports SUPPORT", "SUPPORTS"), Some((8, 16)));
        assert_eq!(mention("Ärger", "ärger"), Some((0, 6)));
        assert_eq!(mention("anything", ""), None);
        assert_eq!(mention("", "x"), None);
    }
}
