//! What is named where: definitions in use, and the times of each item.

use std::collections::HashMap;

use crate::agreement::{Agreement, Definition, Text, Time};
use crate::value::mention;

/// An item that states lengths of time.
#[derive(Debug, Clone, PartialEq)]
pub struct TimedItem {
    /// Its section.
    pub section: &'static str,
    /// Its id.
    pub item: Text,
    /// Its times, in the order written.
    pub times: Vec<Time>,
}

/// The items that state a time, in the order of the agreement.
pub(super) fn timed(agreement: &Agreement) -> Vec<TimedItem> {
    let mut found: Vec<TimedItem> = Vec::new();
    for time in &agreement.times {
        match found.last_mut() {
            Some(last) if last.section == time.section && last.item == time.item => {
                last.times.push(time.clone());
            }
            _ => found.push(TimedItem {
                section: time.section,
                item: time.item.clone(),
                times: vec![time.clone()],
            }),
        }
    }
    found
}

/// Whether each definition is used: its id stands in another item, or its words in a passage of one.
pub(super) fn definitions(agreement: &Agreement) -> Vec<bool> {
    if agreement.definitions.is_empty() {
        return Vec::new();
    }
    let said = Said::of(agreement);
    agreement.definitions.iter().map(|definition| said.uses(definition)).collect()
}

/// All that is said, by its words: a thousand definitions must not read a thousand passages each.
#[derive(Default)]
struct Said<'a> {
    /// Every name and passage, with the section and the item it stands in.
    texts: Vec<(&'a str, (&'static str, &'a str))>,
    /// The texts that have a word, by the word in small letters.
    by_word: HashMap<String, Vec<usize>>,
}

impl<'a> Said<'a> {
    fn of(agreement: &'a Agreement) -> Self {
        let mut said = Self::default();
        for found in &agreement.mentions {
            let name = found.name.strip_prefix("definitions/").unwrap_or(&found.name);
            said.add(name, (found.section, &found.item));
        }
        for passage in &agreement.passages {
            said.add(&passage.text.node, (passage.section, &passage.item));
        }
        said
    }

    fn add(&mut self, text: &'a str, place: (&'static str, &'a str)) {
        for word in words(text) {
            let having = self.by_word.entry(word).or_default();
            if having.last() != Some(&self.texts.len()) {
                having.push(self.texts.len());
            }
        }
        self.texts.push((text, place));
    }

    fn uses(&self, definition: &Definition) -> bool {
        let id = &definition.tag.id.node;
        let spaced = id.replace(['-', '_'], " ");
        // One is used where several are, and several where one is.
        let one = |words: &str| words.strip_suffix('s').unwrap_or(words).to_owned();
        let forms = [one(&spaced), one(id)].map(|single| [format!("{single}s"), single]).concat();
        forms.iter().any(|form| {
            let having = words(form).next().and_then(|first| self.by_word.get(&first));
            having.into_iter().flatten().any(|at| {
                let (text, place) = self.texts[*at];
                place != ("definitions", &**id) && mention(text, form).is_some()
            })
        })
    }
}

/// The words of a text in small letters.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|found: char| !found.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.chars().flat_map(char::to_lowercase).collect())
}

#[cfg(test)]
mod tests {
    use crate::source::Source;

    /// Found by its words wherever `mention` finds them, and nowhere else.
    #[test]
    fn definitions_are_found_by_their_words() {
        let text = "parties\n  K: \"K\"\n  N: \"N\"\n\ncommitments\n  a: K will \"SELL the Net-Sales report\"\n  \
                    b: K will \"count each qualified  lead\"; note \"ÄRGER\"\n\ndefinitions\n  \
                    net-sales: \"revenue\"\n  qualified-leads: \"leads\"\n  ärger: \"x\"\n  \
                    report-days: \"days\"\n  lea: \"no part of a word\"\n  own: \"own\"\n";
        let agreement = crate::parse(&Source::new("a", text)).agreement;
        assert_eq!(super::definitions(&agreement), [true, true, true, false, false, false]);
    }
}
