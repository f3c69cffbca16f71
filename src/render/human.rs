//! A finding for people: one line that stands alone, the place, why it matters, what to do.
//!
//! The only file that knows miette, which draws the excerpt, unless it is `plain`; the words around it
//! are laid out here.

use std::borrow::Cow;
use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters,
};

use crate::check::{Finding, Outcome};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;

use super::excerpt::{Excerpt, ExcerptLine};
use super::page::{Entry, Page};
use super::plain::{Ink, MANY, Pens, Strokes, is_plain};
use super::visible::{in_one_line, visible};
use super::wrap::{each_line, wrapped};

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
    pens: Pens,
    error: Ink,
    warning: Ink,
    advice: Ink,
    help: Ink,
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
        // Miette's own severity sign stands on the line that is dropped.
        theme.characters.error = String::new();
        let styles = &theme.styles;
        let [error, warning, advice, help] =
            [styles.error, styles.warning, styles.advice, styles.help]
                .map(|style| Ink::new(style.prefix_formatter(), style.suffix_formatter()));
        let pens = pens(&theme);
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(look.width)
            .with_context_lines(0)
            .with_links(false)
            .without_syntax_highlighting();
        Self { handler, pens, error, warning, advice, help, width: look.width }
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
            match entry {
                Entry::Read(diagnostic) => self.draw(&mut out, page.source, diagnostic, ""),
                Entry::Ruled(finding) => self.tell(&mut out, page.source, finding),
            }
            out.push('\n');
        }
        out
    }

    /// A diagnostic of the tool itself: a bad item, a mistake in a policy or in the configuration.
    pub fn diagnostic(&self, source: &Source, diagnostic: &Diagnostic) -> String {
        let mut out = String::new();
        self.draw(&mut out, source, diagnostic, "");
        out
    }

    /// A finding of a rule, with its outcome in words.
    pub fn finding(&self, source: &Source, finding: &Finding) -> String {
        let mut out = String::new();
        self.tell(&mut out, source, finding);
        out
    }

    /// A line of its own.
    pub fn line(&self, text: &str) -> String {
        wrapped(visible(text), self.width).into_owned() + "\n"
    }

    /// A line without a place: what kept the tool from doing its job.
    pub fn problem(&self, diagnostic: &Diagnostic) -> String {
        let mut out = String::new();
        self.head(&mut out, diagnostic, "");
        self.notes(&mut out, diagnostic);
        out
    }

    fn tell(&self, out: &mut String, source: &Source, finding: &Finding) {
        if let Some(accepted) = finding.accepted() {
            return self.head(out, &finding.diagnostic, &format!(", {accepted}"));
        }
        let note: Cow<'_, str> = match (finding.outcome, &finding.approver) {
            (Outcome::Undetermined, _) => ", undetermined".into(),
            (Outcome::Approval, Some(approver)) => format!(", needs approval of {approver}").into(),
            (Outcome::Approval, None) => ", needs approval".into(),
            (Outcome::Fail | Outcome::Pass | Outcome::NotApplicable, _) => "".into(),
        };
        self.draw(out, source, &finding.diagnostic, &note);
    }

    fn draw(&self, out: &mut String, source: &Source, diagnostic: &Diagnostic, note: &str) {
        self.head(out, diagnostic, note);
        self.excerpt(out, source, diagnostic);
        self.notes(out, diagnostic);
    }

    pub(super) fn head(&self, out: &mut String, diagnostic: &Diagnostic, note: &str) {
        let ink = match diagnostic.severity {
            Severity::Error => &self.error,
            Severity::Warning => &self.warning,
            Severity::Advice => &self.advice,
        };
        let label = [diagnostic.severity.word(), "[", &diagnostic.code, "]", note, ":"].concat();
        let label = in_one_line(&label);
        let text = [&*label, " ", &*in_one_line(&diagnostic.message)].concat();
        let mut first = true;
        each_line(&text, self.width - 2, |line| {
            // A label longer than a line stays plain: colour is never the only signal.
            let rest = line.strip_prefix(&*label).filter(|_| first);
            if rest.is_some() {
                ink.write(out, &label);
            } else if !first {
                out.push_str("  ");
            }
            out.push_str(rest.unwrap_or(line));
            out.push('\n');
            first = false;
        });
    }

    fn notes(&self, out: &mut String, diagnostic: &Diagnostic) {
        for (word, text) in [("why:  ", &diagnostic.why), ("help: ", &diagnostic.help)] {
            if let Some(text) = text {
                self.note(out, word, text);
            }
        }
    }

    /// Words under an excerpt, behind a word of six or more characters that says what they are.
    pub(super) fn note(&self, out: &mut String, word: &str, text: &str) {
        let hang = " ".repeat(word.len());
        let mut lead = word;
        each_line(&visible(text), self.width - 2 - word.len(), |line| {
            out.push_str("  ");
            self.help.write(out, lead);
            out.push_str(line);
            out.push('\n');
            lead = &hang;
        });
    }

    pub(super) fn excerpt(&self, out: &mut String, source: &Source, diagnostic: &Diagnostic) {
        let excerpt = Excerpt::new(source, &diagnostic.primary, &diagnostic.secondary, self.width);
        if !is_plain(&excerpt) {
            out.push_str(&self.whatever(&Snippet(excerpt)));
            return;
        }
        let start = out.len();
        self.pens.draw(out, &excerpt);
        // Whatever a test draws shows that both draw the same.
        debug_assert_eq!(out[start..], self.whatever(&Snippet(excerpt)));
    }

    /// A plain excerpt as both draw it.
    #[cfg(test)]
    pub(super) fn both(&self, excerpt: Excerpt<'_>) -> [String; 2] {
        assert!(is_plain(&excerpt));
        let mut plain = String::new();
        self.pens.draw(&mut plain, &excerpt);
        [plain, self.whatever(&Snippet(excerpt))]
    }

    /// Draws an excerpt of any characters.
    fn whatever(&self, snippet: &Snippet<'_>) -> String {
        let mut out = String::new();
        if self.handler.render_report(&mut out, snippet).is_err() {
            return String::new();
        }
        // The first line would carry miette's own message: ours is the head.
        out.split_once('\n').map(|(_, rest)| rest.to_owned()).unwrap_or_default()
    }
}

/// What miette draws with, as it puts it together.
fn pens(theme: &GraphicalTheme) -> Pens {
    let GraphicalTheme { characters, styles } = theme;
    let ThemeCharacters { hbar, vbar, vbar_break, ltop, lbot, rcross, .. } = characters;
    Pens {
        strokes: Strokes {
            head: format!("{ltop}{hbar}["),
            line: format!(" {vbar} "),
            beside: format!("{vbar_break} "),
            under: characters.underline.to_string().repeat(MANY),
            joint: characters.underbar,
            here: characters.uarrow,
            down: vbar.to_string(),
            words: format!("{lbot}{hbar}{hbar} "),
            first: format!("{lbot}{hbar}{rcross} "),
            next: format!("  {vbar} "),
            foot: format!("{lbot}{hbar}{hbar}{hbar}{hbar}\n"),
        },
        place: Ink::new(styles.link.prefix_formatter(), styles.link.suffix_formatter()),
        number: Ink::new(styles.linum.prefix_formatter(), styles.linum.suffix_formatter()),
        marks: (styles.highlights.iter())
            .map(|style| Ink::new(style.prefix_formatter(), style.suffix_formatter()))
            .collect(),
    }
}

/// An excerpt in the shape miette reads.
#[derive(Debug)]
struct Snippet<'a>(Excerpt<'a>);

impl fmt::Display for Snippet<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Snippet<'_> {}

impl miette::Diagnostic for Snippet<'_> {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let marks = self.0.lines.iter().flat_map(|line| &line.marks);
        Some(Box::new(marks.map(|mark| {
            let text = (!mark.text.is_empty()).then(|| mark.text.clone().into_owned());
            let span = (mark.start, mark.end - mark.start);
            if mark.primary {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        })))
    }
}

impl SourceCode for Snippet<'_> {
    /// One line of the excerpt, under its number in the file. A span over two lines is refused, so
    /// that lines which are not neighbours are never drawn as if they were.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let within = |line: &&ExcerptLine<'_>| line.start <= start && end < line.end;
        let line = self.0.lines.iter().find(within).ok_or(MietteError::OutOfBounds)?;
        Ok(Box::new(MietteSpanContents::new_named(
            self.0.name.clone().into_owned(),
            &self.0.text.as_bytes()[line.start..line.end],
            (line.start, line.end - line.start).into(),
            line.number - 1,
            line.column_of(start) - 1,
            1,
        )))
    }
}
