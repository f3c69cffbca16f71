//! Text of a policy in, the same text tidied out.

use std::collections::HashMap;

use super::between::{Between, Space};
use super::example::{Body, may_be_unread};
use super::item::INDENT;
use super::same::same_characters;
use super::{changed, endings, joined};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, Span};
use crate::syntax::policy_ast::{ExampleNode, PolicyFile};
use crate::syntax::{parse_policy, same_policy};

/// Tidies a policy: how far lines are indented, the blank lines between blocks, and the agreement
/// text of examples. Statements keep their words and their lines. A text with something in it that
/// cannot be read is not tidied: what that is is told.
pub fn format_policy(source: &Source) -> Result<String, Vec<Diagnostic>> {
    let (file, mut told) = parse_policy(source);
    told.retain(|each| each.severity == Severity::Error);
    for example in examples(&file).filter(|example| !may_be_unread(example)) {
        told.extend(Body::of(source, example.body).unread());
    }
    if !told.is_empty() {
        return Err(told);
    }
    let ending = endings(source.text());
    let text = Source::new(source.name(), source.text().replace("\r\n", "\n"));
    let (file, _) = parse_policy(&text);
    let tidy = joined(&laid_out(&text, &file), "\n");
    if !same(&text, &file, &tidy) {
        return Err(changed("what a rule asks"));
    }
    Ok(if ending == "\n" { tidy } else { tidy.replace('\n', ending) })
}

fn examples(file: &PolicyFile) -> impl Iterator<Item = &ExampleNode> {
    file.rules.iter().flat_map(|rule| &rule.examples)
}

fn same(text: &Source, file: &PolicyFile, tidy: &str) -> bool {
    let after = Source::new(text.name(), tidy);
    let read = parse_policy(&after).0;
    let bodies = |source: &Source, file: &PolicyFile| -> Vec<Body> {
        examples(file).map(|example| Body::of(source, example.body)).collect()
    };
    let (one, other) = (bodies(text, file), bodies(&after, &read));
    same_policy(text.text(), tidy)
        && one.len() == other.len()
        && one.iter().zip(&other).all(|(one, other)| one.same(other))
        && same_characters(text.text(), tidy)
}

/// What opens on a line.
#[derive(Clone, Copy)]
enum Opens<'f> {
    Rule,
    Statement,
    Example(&'f ExampleNode),
}

/// What opens where, by the byte at which it is written.
fn openings(file: &PolicyFile) -> HashMap<u32, Opens<'_>> {
    let mut all = HashMap::new();
    for rule in &file.rules {
        all.insert(rule.span.start, Opens::Rule);
        for statement in &rule.statements {
            all.insert(statement.span.start, Opens::Statement);
        }
        for example in &rule.examples {
            all.insert(example.span.start, Opens::Example(example));
        }
    }
    all
}

/// A policy that was read into this tree, laid out.
fn laid_out(text: &Source, file: &PolicyFile) -> Vec<String> {
    let openings = openings(file);
    let mut page = Page { lines: Vec::new(), quiet: Vec::new(), above: None };
    let (mut at, mut body) = (0, None::<&ExampleNode>);
    let whole = text.text();
    while at < whole.len() {
        if let Some(example) = body.take_if(|example| example.body.start as usize <= at) {
            at = page.body(text, example).max(at);
            continue;
        }
        let end = whole[at..].find('\n').map_or(whole.len(), |newline| at + newline + 1);
        let line = whole[at..end].trim_end();
        let first = at + line.len() - line.trim_start().len();
        let opens = u32::try_from(first).ok().and_then(|first| openings.get(&first)).copied();
        match opens {
            Some(opens) => page.opening(line, opens),
            None => page.other(line),
        }
        if let Some(Opens::Example(example)) = opens {
            body = Some(example);
        }
        at = end;
    }
    page.quiet(Between::default());
    while page.lines.last().is_some_and(String::is_empty) {
        page.lines.pop();
    }
    page.lines
}

/// What has been laid out so far.
struct Page<'t> {
    lines: Vec<String>,
    /// Blank lines and remarks that are still to be laid out.
    quiet: Vec<&'t str>,
    above: Option<Opens<'t>>,
}

impl<'t> Page<'t> {
    fn quiet(&mut self, between: Between) {
        let between = Between { first: self.above.is_none(), ..between };
        self.lines.extend(between.lines(self.quiet.drain(..)));
    }

    /// The first line of a rule, a statement or an example.
    fn opening(&mut self, line: &'t str, opens: Opens<'t>) {
        let statement = matches!(opens, Opens::Statement);
        let space = match self.above {
            Some(Opens::Rule) if statement => Space::Opens,
            _ if statement => Space::Free,
            _ => Space::Apart,
        };
        let fixed = statement.then_some(INDENT);
        self.quiet(Between { fixed, space, ..Between::default() });
        let indent = if statement { INDENT } else { 0 };
        self.lines.push(" ".repeat(indent) + line.trim_start());
        self.above = Some(opens);
    }

    /// A line that goes on with the one above, no further left than two steps, or one that says
    /// nothing.
    fn other(&mut self, line: &'t str) {
        let written = line.trim_start();
        if written.is_empty() || written.starts_with('#') {
            return self.quiet.push(line);
        }
        let least = 2 * INDENT;
        self.quiet(Between { fixed: Some(least), space: Space::Within, ..Between::default() });
        let blanks = line[..line.len() - written.len()].replace('\t', "  ").len();
        self.lines.push(" ".repeat(blanks.max(least)) + written);
    }

    /// The agreement text of an example; where it ends. Blank lines and remarks at its end belong to
    /// what is below.
    fn body(&mut self, text: &'t Source, example: &ExampleNode) -> usize {
        let own = text.slice(example.body);
        let is_quiet = |line: &str| line.is_empty() || line.trim_start().starts_with('#');
        let mut written = 0;
        let mut end = 0;
        for line in own.split_inclusive('\n') {
            end += line.len();
            let goes_on = written + line.len() == end && line.starts_with(' ');
            if !is_quiet(line.trim()) || goes_on && !line.trim().is_empty() && written > 0 {
                written = end;
            }
        }
        let start = example.body.start;
        let length = u32::try_from(written).unwrap_or(0);
        if written > 0 {
            let body = Body::of(text, Span::new(start, start + length));
            self.lines.extend(body.lines(example).into_iter().skip_while(String::is_empty));
        }
        self.quiet.extend(own[written..].lines());
        example.body.end as usize
    }
}
