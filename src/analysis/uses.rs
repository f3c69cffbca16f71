//! What is named where: definitions in use, and the times of each item.

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
    agreement.definitions.iter().map(|it| used(agreement, it)).collect()
}

fn used(agreement: &Agreement, definition: &Definition) -> bool {
    let id = &definition.tag.id.node;
    let words = id.replace(['-', '_'], " ");
    // One is used where several are, and several where one is.
    let one = |words: &str| words.strip_suffix('s').unwrap_or(words).to_owned();
    let forms = [one(&words), one(id)].map(|single| [format!("{single}s"), single]).concat();
    let elsewhere = |section: &str, item: &str| (section, item) != ("definitions", &**id);
    let named = agreement.mentions.iter().any(|found| {
        let name = found.name.strip_prefix("definitions/").unwrap_or(&found.name);
        let says = forms.iter().any(|form| mention(name, form).is_some());
        says && elsewhere(found.section, &found.item)
    });
    named
        || agreement.passages.iter().any(|passage| {
            let text = &passage.text.node;
            let says = forms.iter().any(|form| mention(text, form).is_some());
            says && elsewhere(passage.section, &passage.item)
        })
}
