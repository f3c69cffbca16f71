//! Rules and languages as reference text: what `explain` and `rules` print, and the generated pages.

mod facts;
mod language;
mod layout;
mod operators;
mod policy;
mod rule;
mod rulebook;
mod slips;

pub use language::reference;
pub use policy::{policy_reference, template};
pub use rule::{page, table};
pub use rulebook::rulebook;

/// All there is to know of a name that is no rule's: a section of an agreement, a word of a shape, a
/// code of the model, a statement or chapter of the policy language, a part of the vocabulary.
pub fn topic(name: &str) -> Option<String> {
    if let Some(section) = language::section(name) {
        let more = facts::record_of(name).map_or_else(String::new, |record| {
            format!("\nwhat a rule may ask of it: pactum explain {record}\n")
        });
        return Some(section.to_owned() + &more);
    }
    if let Some(page) = language::word(name).or_else(|| slips::page(name)) {
        return Some(page);
    }
    let pages: Vec<_> = policy::topic(name).into_iter().chain(facts::named(name)).collect();
    (!pages.is_empty()).then(|| pages.join("\n"))
}

/// All that [`topic`] knows, but for the paths of the vocabulary.
pub fn topics() -> impl Iterator<Item = &'static str> {
    language::topics().chain(slips::codes()).chain(policy::topics()).chain(facts::names())
}

/// Why a path of the vocabulary leads nowhere, where the name is one.
pub fn astray(name: &str) -> Option<String> {
    facts::astray(name)
}
