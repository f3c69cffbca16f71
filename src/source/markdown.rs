//! Agreements inside Markdown: prose around ```` ```alliance ```` fences.
//!
//! A Markdown text goes in; out comes a [`Source`] whose terms are what stands in the fences, every
//! other byte blanked out, so that each place in the terms is the same place in the Markdown. All
//! fences of a text make one agreement.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::{Source, Span};

/// The word behind the fence that opens terms.
const WORD: &str = "alliance";

/// The terms of a Markdown text.
struct Fences {
    /// What the fences hold, line by line.
    lines: Vec<Range<usize>>,
    /// What each fence that can be read holds, from its first line to its last line break.
    whole: Vec<Span>,
    /// Fences where a heading could not begin a line: indented, in a list or a quotation.
    nested: Vec<Span>,
    /// How many there are.
    count: usize,
}

impl Source {
    /// Takes the name and the text of a Markdown file, whose terms stand in ```` ```alliance ````
    /// fences. None where there is no such fence.
    pub fn markdown(name: impl Into<String>, text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        let fences = fences(&text);
        let terms = blanked(&text, &fences.lines);
        (fences.count > 0).then(|| Self {
            terms: Some(terms),
            fences: fences.whole,
            unread: fences.nested,
            ..Self::new(name, text)
        })
    }
}

fn fences(text: &str) -> Fences {
    let mut found = Fences { lines: Vec::new(), whole: Vec::new(), nested: Vec::new(), count: 0 };
    let (mut depth, mut inside) = (0_usize, false);
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if is_ours(&info) => {
                found.count += 1;
                inside = depth == 0;
                if depth > 0 || !text[..range.start].ends_with('\n') && range.start > 0 {
                    inside = false;
                    let first = text[range.clone()].lines().next().map_or(0, str::len);
                    found.nested.push(span(range.start, range.start + first));
                } else {
                    let first = text[range.clone()].find('\n').map_or(range.len(), |at| at + 1);
                    let begins = range.start + first;
                    found.whole.push(span(begins, begins));
                }
            }
            Event::Text(_) if inside => {
                let end = range.end + usize::from(text[range.end..].starts_with("\r\n")) * 2;
                if let Some(fence) = found.whole.last_mut() {
                    *fence = fence.to(span(end, end));
                }
                found.lines.push(range);
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Start(Tag::List(_) | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_)) => {
                depth += 1;
            }
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition) => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
    found
}

/// Whether a fence holds terms: its first word says so.
fn is_ours(info: &str) -> bool {
    info.split([' ', ',', '{', '\t']).next() == Some(WORD)
}

fn span(start: usize, end: usize) -> Span {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(byte(start), byte(end))
}

/// The text with a blank for every byte outside the ranges; line ends stay.
fn blanked(text: &str, kept: &[Range<usize>]) -> String {
    let mut terms = String::with_capacity(text.len());
    let blank = |part: &str, terms: &mut String| {
        terms.extend(part.bytes().map(|byte| match byte {
            b'\n' => '\n',
            b'\r' => '\r',
            _ => ' ',
        }));
    };
    let mut at = 0;
    for range in kept {
        blank(&text[at..range.start], &mut terms);
        terms.push_str(&text[range.clone()]);
        at = range.end;
    }
    blank(&text[at..], &mut terms);
    terms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Option<(String, usize)> {
        let source = Source::markdown("x.md", text)?;
        assert_eq!(source.terms().len(), text.len(), "every place is the same place");
        let kept = source.terms().lines().filter(|line| !line.trim().is_empty());
        Some((kept.collect::<Vec<_>>().join("\n"), source.unread().len()))
    }

    #[test]
    fn only_what_the_fences_hold_is_left() {
        let text = "# Ours\n\nÜber uns: `parties`\n\n```alliance\nalliance a: supply\n```\n\nand\n\n\
                    ```text\nparties\n```\n\n~~~alliance title\nparties\n  A: \"É\"\n~~~\n";
        let kept = "alliance a: supply\nparties\n  A: \"É\"".to_owned();
        assert_eq!(terms(text), Some((kept, 0)));
        assert_eq!(terms(&text.replace('\n', "\r\n")).map(|(_, nested)| nested), Some(0));
    }

    #[test]
    fn a_fence_that_is_never_closed_goes_to_the_end() {
        assert_eq!(terms("```alliance\nparties\n\n  A: \"A\""), {
            Some(("parties\n  A: \"A\"".to_owned(), 0))
        });
    }

    /// Whole lines, with their breaks, also where a fence holds nothing.
    #[test]
    fn what_each_fence_holds_is_whole_lines() {
        let text = "é\n```alliance\nparties\n\n  A: \"É\"\n\n```\n- x\n\n~~~alliance\n~~~\n\n\
                    ```alliance\nexit";
        for (ending, text) in [("\n", text.to_owned()), ("\r\n", text.replace('\n', "\r\n"))] {
            let source = Source::markdown("x.md", text).unwrap();
            let held: Vec<_> = source.fences().iter().map(|fence| source.slice(*fence)).collect();
            let first = "parties\n\n  A: \"É\"\n\n".replace('\n', ending);
            assert_eq!(held, [&*first, "", "exit"]);
        }
    }

    #[test]
    fn a_text_without_terms_is_none() {
        for text in ["", "parties\n", "```alliances\nx\n```", "    ```alliance\n    x\n    ```\n"] {
            assert_eq!(terms(text), None, "{text}");
        }
    }

    #[test]
    fn a_fence_inside_a_list_is_told() {
        let text =
            "- first\n\n  ```alliance\n  parties\n  ```\n\n> ```alliance\n> parties\n> ```\n";
        assert_eq!(terms(text), Some((String::new(), 2)));
        let text = "  ```alliance\n  parties\n  ```\n";
        assert_eq!(terms(text), Some((String::new(), 1)), "a heading begins at the first column");
    }

    /// A longer fence may show a shorter one.
    #[test]
    fn a_fence_that_is_shown_is_no_fence() {
        let text = "````markdown\n```alliance\nparties\n```\n````\n";
        assert_eq!(terms(text), None);
    }
}
