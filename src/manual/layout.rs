//! How pages are set: indented, and wrapped at 80 columns.

/// The columns a page has.
const WIDTH: usize = 80;

/// Every line of a text behind two blanks.
pub(super) fn indented(text: &str) -> String {
    let indent = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") };
    text.lines().map(indent).collect()
}

/// Words on as many lines as they need: the first behind `first`, the others behind `rest`.
pub(super) fn wrapped(text: &str, first: &str, rest: &str) -> String {
    let mut out = first.to_owned();
    let mut width = first.chars().count();
    let mut fresh = true;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if !fresh && width + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(rest);
            width = rest.chars().count();
            fresh = true;
        }
        if !fresh {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
        fresh = false;
    }
    out.push('\n');
    out
}

/// Two columns: what is named, and what is said of it from the column `at` on.
pub(super) fn columns(name: &str, says: &str, at: usize) -> String {
    let rest = " ".repeat(at);
    if name.chars().count() + 2 > at {
        return format!("{name}\n{}", wrapped(says, &rest, &rest));
    }
    wrapped(says, &format!("{name:at$}"), &rest)
}

/// A text in a fence of that language.
pub(super) fn fenced(language: &str, text: &str) -> String {
    format!("```{language}\n{}\n```\n", text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_wrapped_behind_their_margin() {
        let text = wrapped(&"word ".repeat(20), "- ", "  ");
        assert_eq!(text.lines().count(), 2);
        assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
        assert!(text.contains("\n  word"), "{text}");
        assert_eq!(columns("a", "b", 4), "a   b\n");
        assert_eq!(columns("abc", "b", 4), "abc\n    b\n");
    }
}
