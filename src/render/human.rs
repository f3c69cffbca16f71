//! A finding for people: one line that stands alone, the place, why it matters, what to do.
//!
//! The only file that knows miette, which draws the excerpt; the words around it are laid out here.

use std::fmt::{self, Write};

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters,
};

use crate::check::{Finding, Outcome};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;

use super::excerpt::{Excerpt, wrap};
use super::page::{Entry, Page};
use super::visible::visible;

/// How to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns to keep to.
    pub width: usize,
    /// Whether to colour.
    pub color: bool,
    /// Whether box-drawing characters can be shown; plain ASCII otherwise.
    pub unicode: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { width: 80, color: false, unicode: true }
    }
}

/// Draws findings.
#[derive(Debug, Clone)]
pub struct Human {
    handler: GraphicalReportHandler,
    theme: GraphicalTheme,
    width: usize,
}

impl Human {
    /// Settles how to draw.
    pub fn new(look: Look) -> Self {
        let mut theme = match (look.color, look.unicode) {
            (true, true) => GraphicalTheme::unicode(),
            (true, false) => GraphicalTheme::ascii(),
            (false, true) => GraphicalTheme::unicode_nocolor(),
            (false, false) => GraphicalTheme::none(),
        };
        // Miette's own severity sign stands on the line that `excerpt` drops.
        theme.characters = ThemeCharacters { error: String::new(), ..theme.characters };
        let handler = GraphicalReportHandler::new_themed(theme.clone())
            .with_width(look.width)
            .with_context_lines(0)
            .with_links(false)
            .without_syntax_highlighting();
        Self { handler, theme, width: look.width }
    }

    /// How many columns there are.
    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// Everything found in one agreement, each finding followed by an empty line. What a waiver
    /// covers or a baseline knows is only shown, in a line of its own, when `accepted` asks for it.
    pub fn page(&self, page: &Page<'_>, accepted: bool) -> String {
        let mut out = String::new();
        for entry in page.entries() {
            if entry.is_accepted() && !accepted {
                continue;
            }
            out.push_str(&match entry {
                Entry::Read(diagnostic) => self.diagnostic(page.source, diagnostic),
                Entry::Ruled(finding) => self.finding(page.source, finding),
            });
            out.push('\n');
        }
        out
    }

    /// A diagnostic of the tool itself: a bad item, a mistake in a policy or in the configuration.
    pub fn diagnostic(&self, source: &Source, diagnostic: &Diagnostic) -> String {
        self.drawn(source, diagnostic, "")
    }

    /// A finding of a rule, with its outcome in words.
    pub fn finding(&self, source: &Source, finding: &Finding) -> String {
        if let Some(accepted) = finding.accepted() {
            return self.head(&finding.diagnostic, &format!(", {accepted}"));
        }
        let note = match (finding.outcome, &finding.approver) {
            (Outcome::Undetermined, _) => ", undetermined".to_owned(),
            (Outcome::Approval, Some(approver)) => format!(", needs approval of {approver}"),
            (Outcome::Approval, None) => ", needs approval".to_owned(),
            (Outcome::Fail | Outcome::Pass | Outcome::NotApplicable, _) => String::new(),
        };
        self.drawn(source, &finding.diagnostic, &note)
    }

    /// A line of its own.
    pub fn line(&self, text: &str) -> String {
        let mut lines = wrap(&visible(text), self.width).join("\n");
        lines.push('\n');
        lines
    }

    /// A line without a place: what kept the tool from doing its job.
    pub fn problem(&self, diagnostic: &Diagnostic) -> String {
        self.head(diagnostic, "") + &self.notes(diagnostic)
    }

    fn drawn(&self, source: &Source, diagnostic: &Diagnostic, note: &str) -> String {
        let mut out = self.head(diagnostic, note);
        out.push_str(&self.excerpt(source, diagnostic));
        out.push_str(&self.notes(diagnostic));
        out
    }

    pub(super) fn head(&self, diagnostic: &Diagnostic, note: &str) -> String {
        let styles = &self.theme.styles;
        let style = match diagnostic.severity {
            Severity::Error => styles.error,
            Severity::Warning => styles.warning,
            Severity::Advice => styles.advice,
        };
        let label = format!("{}[{}]{note}:", diagnostic.severity, diagnostic.code);
        let label = visible(&label).replace('\n', " ");
        let message = visible(&diagnostic.message).replace('\n', " ");
        let mut lines = wrap(&format!("{label} {message}"), self.width - 2).into_iter();
        let mut out = String::new();
        // A label longer than a line stays plain: colour is never the only signal.
        let first = lines.next().unwrap_or_default();
        match first.strip_prefix(&label) {
            Some(rest) => drop(writeln!(out, "{}{rest}", style.style(&label))),
            None => drop(writeln!(out, "{first}")),
        }
        for line in lines {
            let _ = writeln!(out, "  {line}");
        }
        out
    }

    fn notes(&self, diagnostic: &Diagnostic) -> String {
        let texts = [("why:  ", &diagnostic.why), ("help: ", &diagnostic.help)];
        let said = texts.into_iter().filter_map(|(word, text)| Some((word, text.as_ref()?)));
        said.map(|(word, text)| self.note(word, text)).collect()
    }

    /// Words under an excerpt, behind a word of six or more characters that says what they are.
    pub(super) fn note(&self, word: &str, text: &str) -> String {
        let mut out = String::new();
        let hang = word.len();
        for (number, line) in wrap(&visible(text), self.width - 2 - hang).into_iter().enumerate() {
            let lead = if number == 0 { word.to_owned() } else { " ".repeat(hang) };
            let _ = writeln!(out, "  {}{line}", self.theme.styles.help.style(lead));
        }
        out
    }

    pub(super) fn excerpt(&self, source: &Source, diagnostic: &Diagnostic) -> String {
        let name = visible(source.name()).replace('\n', " ");
        let (primary, secondary) = (&diagnostic.primary, &diagnostic.secondary);
        let snippet =
            Snippet { name, excerpt: Excerpt::new(source, primary, secondary, self.width) };
        let mut out = String::new();
        if self.handler.render_report(&mut out, &snippet).is_err() {
            return String::new();
        }
        // The first line would carry miette's own message: ours is the head.
        out.split_once('\n').map(|(_, rest)| rest.to_owned()).unwrap_or_default()
    }
}

/// An excerpt in the shape miette reads.
#[derive(Debug)]
struct Snippet {
    name: String,
    excerpt: Excerpt,
}

impl fmt::Display for Snippet {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Snippet {}

impl miette::Diagnostic for Snippet {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let marks = self.excerpt.lines.iter().flat_map(|line| &line.marks);
        Some(Box::new(marks.map(|mark| {
            let text = (!mark.text.is_empty()).then(|| mark.text.clone());
            let span = (mark.start, mark.end - mark.start);
            if mark.primary {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        })))
    }
}

impl SourceCode for Snippet {
    /// One line of the excerpt, under its number in the file. A span over two lines is refused, so
    /// that lines which are not neighbours are never drawn as if they were.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let within = |line: &&super::excerpt::ExcerptLine| line.start <= start && end < line.end;
        let line = self.excerpt.lines.iter().find(within).ok_or(MietteError::OutOfBounds)?;
        let mark = line.marks.iter().find(|mark| mark.start == start);
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            &self.excerpt.text.as_bytes()[line.start..line.end],
            (line.start, line.end - line.start).into(),
            line.number - 1,
            mark.map_or(0, |mark| mark.at.column - 1),
            1,
        )))
    }
}
