//! An issues list in Markdown, for a comment on a pull request: by section of the agreement, with
//! the place, the position that the policy takes, and who may approve.

use std::fmt::Write;

use crate::diagnostic::Diagnostic;

use super::form::{Ending, Form, Setup};
use super::issues::{LEGEND, Positions, place, sections, standing, title};
use super::page::{Entry, Origin, Page};
use super::run::many;
use super::summary::{IDLE, remarks};
use super::visible::visible;

/// An issues list.
#[derive(Debug)]
pub struct Markdown<'a> {
    positions: Positions<'a>,
}

impl<'a> Markdown<'a> {
    /// A list without issues.
    pub fn new(setup: Setup<'a>) -> Self {
        Self { positions: Positions::new(setup.rules) }
    }

    fn row(&self, page: &Page<'_>, entry: Entry<'_>) -> String {
        let diagnostic = entry.diagnostic();
        let (item, line) = place(page.source, entry);
        let item = item.map_or_else(String::new, |item| format!("{}<br>", escaped(&item)));
        let mut issue = format!(
            "**{}** {}<br>rule: {}",
            diagnostic.severity,
            escaped(&diagnostic.message),
            escaped(&diagnostic.code)
        );
        if let Some(help) = &diagnostic.help {
            let _ = write!(issue, "<br>help: {}", escaped(help));
        }
        let (position, approver) = self.position(page, entry);
        format!("| {item}line {line} | {issue} | {position} | {approver} |\n")
    }

    /// The position, and who approves.
    fn position(&self, page: &Page<'_>, entry: Entry<'_>) -> (String, String) {
        let mut said = format!("**{}**", standing(entry));
        let Entry::Ruled(finding) = entry else { return (said, String::new()) };
        if let Some(waived) = &finding.waived {
            let _ = write!(
                said,
                " until {}<br>because {}<br>in {}",
                waived.until,
                escaped(&waived.reason),
                escaped(&waived.from)
            );
            return (said, escaped(&waived.approver));
        }
        if finding.known {
            return (said, String::new());
        }
        let approver = finding.approver.as_deref().map(escaped).unwrap_or_default();
        if let Some(position) = self.positions.of(finding, page.report.kind) {
            let _ = write!(said, "<br>require: {}", escaped(&position.preferred));
            for fallback in &position.fallbacks {
                let (accepted, by) = (escaped(&fallback.accepted), escaped(&fallback.approver));
                let _ = write!(said, "<br>accept: {accepted}, approved by {by}");
            }
        }
        (said, approver)
    }
}

impl Form for Markdown<'_> {
    fn sums_up_first(&self) -> bool {
        true
    }

    fn opening(&self, end: Option<&Ending<'_>>) -> String {
        let Some(end) = end else { return String::new() };
        let mut out =
            format!("## Pactum: {}\n\n{}\n", end.verdict(), escaped(&end.run.to_string()));
        for remark in remarks(end) {
            let _ = writeln!(out, "\n{}", escaped(&remark));
        }
        if end.unread.len() + end.problems.len() > 0 {
            out.push_str("\n### Could not be checked\n\n");
        }
        for (_, problem) in end.unread {
            out.push_str(&told("", problem));
        }
        for (source, problem) in end.problems {
            let place = source.map_or_else(String::new, |source| {
                let line = source.position(problem.primary.span.start).line;
                format!("{}, line {line}: ", escaped(source.name()))
            });
            out.push_str(&told(&place, problem));
        }
        out
    }

    fn page(&self, page: &Page<'_>, _: Origin<'_>) -> String {
        let mut out = String::new();
        for (section, entries) in sections(page) {
            let _ = write!(out, "\n#### {}\n\n", escaped(title(&section)));
            out.push_str("| where | issue | position | approver |\n|---|---|---|---|\n");
            out.extend(entries.into_iter().map(|entry| self.row(page, entry)));
        }
        if page.report.folded > 0 {
            let more = many(page.report.folded, "more answer");
            let _ = write!(out, "\n{more} cannot be told because of an error above.\n");
        }
        if out.is_empty() {
            return out;
        }
        format!("\n### {}\n{out}", escaped(page.source.name()))
    }

    /// It stands above the list.
    fn unread(&self, _: &str, _: &Diagnostic) -> String {
        String::new()
    }

    fn closing(&self, end: &Ending<'_>) -> String {
        let mut out = String::new();
        for (became, words) in IDLE {
            let rules: Vec<String> = end.run.that(became).map(escaped).collect();
            if !rules.is_empty() {
                let count = many(rules.len(), "rule");
                let _ = write!(
                    out,
                    "\n<details><summary>{count} {words}</summary>\n\n{}\n\n</details>\n",
                    rules.join(", ")
                );
            }
        }
        out.push_str("\n<details><summary>What the words mean</summary>\n\n");
        for (word, meaning) in LEGEND {
            let _ = writeln!(out, "- **{word}**: {meaning}");
        }
        out + "\n</details>\n"
    }
}

fn told(place: &str, problem: &Diagnostic) -> String {
    let help = problem.help.as_deref().map(|help| format!("; {}", escaped(help)));
    let (code, message) = (escaped(&problem.code), escaped(&problem.message));
    format!("- **{code}**: {place}{message}{}\n", help.unwrap_or_default())
}

/// Text from outside, so that it is text: no markup of Markdown or HTML, no cell of a table, and
/// nobody is called by an `@name` or linked by `#1` in it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for each in visible(text).chars() {
        match each {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '!' => {
                out.push('\\');
                out.push(each);
            }
            '@' | '#' => {
                out.push(each);
                out.push_str("<!-- -->");
            }
            '\n' => out.push_str("<br>"),
            each => out.push(each),
        }
    }
    // An address becomes a link by these.
    out.replace("://", "&#58;//").replace("www.", "www&#46;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_outside_stays_text() {
        assert_eq!(
            escaped("a|b\n<i> `c` @me #1"),
            "a\\|b<br>&lt;i&gt; \\`c\\` @<!-- -->me #<!-- -->1"
        );
        assert_eq!(escaped("[x](y) ![z]"), "\\[x\\](y) \\!\\[z\\]");
    }
}
