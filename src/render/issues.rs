//! Findings as an issues list: by section of the agreement, each with the position the policy takes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::check::{Finding, Outcome};
use crate::policy::{Position, Rule, positions};
use crate::source::Source;

use super::page::{Entry, Page};

/// A rule's id and a kind of agreement, for which its parameters may have values of their own.
type RuleForKind = (String, Option<&'static str>);

/// The positions of rules, each looked up once.
#[derive(Debug)]
pub(super) struct Positions<'a> {
    rules: &'a [&'a Rule],
    known: Mutex<BTreeMap<RuleForKind, Arc<Vec<Position>>>>,
}

impl<'a> Positions<'a> {
    /// Of these rules.
    pub(super) fn new(rules: &'a [&'a Rule]) -> Self {
        Self { rules, known: Mutex::default() }
    }

    /// What is asked, and what may be accepted instead, where a finding is about one requirement.
    pub(super) fn of(&self, finding: &Finding, kind: Option<&'static str>) -> Option<Position> {
        let rule = self.rules.iter().find(|rule| rule.id() == finding.diagnostic.code)?;
        let key = (rule.id().to_owned(), kind);
        let known = self.known.lock().ok().and_then(|known| known.get(&key).cloned());
        let all = known.unwrap_or_else(|| {
            let all = Arc::new(positions(rule, kind));
            if let Ok(mut known) = self.known.lock() {
                known.insert(key, Arc::clone(&all));
            }
            all
        });
        all.get(finding.requirement?).cloned()
    }
}

/// How it stands with a finding, in a word or two.
pub(super) fn standing(entry: Entry<'_>) -> &'static str {
    match entry {
        Entry::Read(_) => "to be put right",
        Entry::Ruled(finding) if finding.waived.is_some() => "waived",
        Entry::Ruled(finding) if finding.known => "known",
        Entry::Ruled(finding) => match finding.outcome {
            Outcome::Approval => "fallback, needs approval",
            Outcome::Undetermined => "undetermined",
            Outcome::Fail | Outcome::Pass | Outcome::NotApplicable => "outside policy",
        },
    }
}

/// What was found, by section, in the order in which sections come first.
pub(super) fn sections<'a>(page: &Page<'a>) -> Vec<(String, Vec<Entry<'a>>)> {
    let mut sections: Vec<(String, Vec<Entry<'a>>)> = Vec::new();
    for entry in page.entries() {
        let name = match entry {
            Entry::Ruled(finding) => finding.item.split('/').next().unwrap_or_default().to_owned(),
            Entry::Read(told) => section_at(page.source, told.primary.span.start),
        };
        match sections.iter_mut().find(|(known, _)| *known == name) {
            Some((_, entries)) => entries.push(entry),
            None => sections.push((name, vec![entry])),
        }
    }
    sections
}

/// The heading above a place: the last line above it that is a word and nothing else, or the header
/// of the agreement. A file of another kind has neither.
fn section_at(source: &Source, offset: u32) -> String {
    let line = source.position(offset).line;
    let starts = source.line_starts().iter().take(line).rev();
    let mut lines = starts.filter_map(|start| source.text().get(*start as usize..)?.lines().next());
    let heading = lines.find_map(|line| {
        let said = line.split('#').next().unwrap_or_default().trim_end();
        let word = |text: &str| text.chars().all(|each| each.is_ascii_lowercase() || each == '-');
        match said.split_once(' ') {
            Some(("alliance", _)) => Some("header"),
            None if !said.is_empty() && word(said) => Some(said),
            _ => None,
        }
    });
    heading.unwrap_or("file").to_owned()
}

/// A section as a title for people.
pub(super) fn title(section: &str) -> &str {
    match section {
        "header" => "the agreement as a whole",
        "file" => "the file",
        section => section,
    }
}

/// Where something is: the item and the line.
pub(super) fn place(source: &Source, entry: Entry<'_>) -> (Option<String>, usize) {
    let line = source.position(entry.diagnostic().primary.span.start).line;
    let item = match entry {
        Entry::Ruled(finding) => Some(finding.item.clone()),
        Entry::Read(_) => None,
    };
    (item, line)
}

/// Words that somebody who has never seen a report needs.
pub(super) const LEGEND: [(&str, &str); 7] = [
    (
        "outside policy",
        "the agreement says something that the policy does not allow, or does not say what it asks for",
    ),
    (
        "fallback, needs approval",
        "not what the policy prefers, but a position that the person named may accept",
    ),
    (
        "undetermined",
        "the agreement does not say enough to decide; this is not the same as being in order",
    ),
    (
        "waived",
        "outside policy, and accepted by somebody until a day; it is shown and counted, and does not fail the check",
    ),
    (
        "known",
        "found before and recorded in the baseline; it is shown and counted, and does not fail the check",
    ),
    (
        "never applied",
        "a rule had nothing to look at in these agreements; this is not the same as being in order",
    ),
    (
        "to be put right",
        "a line that could not be read as it stands, or that does not fit the rest",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_section_is_the_heading_above() {
        let source = Source::new("a", "alliance x\n\nexit\n  a: b\n  c: d\n");
        let at = |words: &str| u32::try_from(source.text().find(words).unwrap()).unwrap();
        assert_eq!(section_at(&source, at("c: d")), "exit");
        assert_eq!(section_at(&source, at("exit")), "exit");
        assert_eq!(section_at(&source, 0), "header");
        let waivers = Source::new("b", "[[waiver]]\nrule = \"a/b\"\n");
        assert_eq!(section_at(&waivers, 12), "file");
    }
}
