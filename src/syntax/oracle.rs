//! The same texts read by pest itself: for tests, that the machine reads what pest reads, and for
//! benchmarks, what pest alone would cost.

use pest::Parser;

use super::agreement::{SECTIONS, Scanning, guard};
use super::grammar::{Grammar, Rule};
use super::machine;
use crate::source::Source;

/// How many pairs pest makes of an agreement.
#[doc(hidden)]
pub fn count_pairs(text: &str) -> usize {
    Grammar::parse(Rule::agreement_file, text).map_or(0, |pairs| pairs.flatten().count())
}

/// Reads a text as an agreement and as a policy, by pest and by the machine: how many nodes both
/// found, or the first that they tell apart. An agreement that is looked through section by section
/// comes to the same.
#[doc(hidden)]
pub fn agrees_with_pest(text: &str) -> Result<usize, String> {
    let mut nodes = 0;
    same_by_sections(text)?;
    for rule in [Rule::agreement_file, Rule::policy_file] {
        nodes += same_nodes(rule, text)?;
    }
    Ok(nodes)
}

/// Reads the beginning of a text as every rule of the grammar, by pest and by the machine.
#[doc(hidden)]
pub fn every_rule_agrees_with_pest(text: &str) -> Result<usize, String> {
    let rules = Rule::all_rules().iter().filter(|rule| **rule != Rule::EOI);
    rules.map(|rule| same_nodes(*rule, text)).sum()
}

fn same_by_sections(text: &str) -> Result<(), String> {
    let source = Source::new("", text);
    if guard(&source).iter().any(|told| told.code == "syntax/too-large") {
        return Ok(());
    }
    let mut scanning = Scanning::new(&source);
    (0..SECTIONS.len()).for_each(|place| scanning.through(place));
    let scan = scanning.scan();
    let whole = machine::read(Rule::agreement_file, text).map(machine::Tree::into_nodes);
    let told = || format!("whole {whole:?}, by sections {:?}", scan.nodes());
    if Some(scan.nodes()) == whole.as_deref() { Ok(()) } else { Err(told()) }
}

fn same_nodes(rule: Rule, text: &str) -> Result<usize, String> {
    let pairs = Grammar::parse(rule, text).ok();
    let read = machine::read(rule, text);
    if pairs.is_some() != read.is_some() {
        return Err(format!(
            "{rule:?}: pest reads it: {}, the machine: {}",
            pairs.is_some(),
            read.is_some()
        ));
    }
    let seen = |rule: Rule| !matches!(rule, Rule::comment | Rule::EOI);
    let pairs = pairs.into_iter().flat_map(pest::iterators::Pairs::flatten);
    let pairs = pairs.map(|pair| {
        let (start, end) = (pair.as_span().start(), pair.as_span().end());
        let within = pair.clone().into_inner().flatten().filter(|inner| seen(inner.as_rule()));
        (pair.as_rule(), start, end, within.count() + 1)
    });
    let mut pairs = pairs.filter(|(rule, ..)| seen(*rule));
    let mut count = 0;
    for (node, _) in read.iter().flat_map(machine::Tree::nodes) {
        let mine = (node.kind, node.start as usize, node.end as usize, node.size as usize);
        let theirs = pairs.next();
        if theirs != Some(mine) {
            return Err(format!("{rule:?}: pest has {theirs:?}, the machine {mine:?}"));
        }
        count += 1;
    }
    pairs.next().map_or(Ok(count), |more| Err(format!("{rule:?}: pest has {more:?} besides")))
}
