//! The machine reads what pest reads: the same nodes at the same places, for every rule of the grammar.
//! `tests/reader.rs` shows it on whole files.

use pactum::syntax::{agrees_with_pest, every_rule_agrees_with_pest};

use crate::edits::{Dice, edit, texts};

/// The policies that come with Pactum.
fn policies() -> Vec<String> {
    let mut folders = vec![std::path::PathBuf::from("rules")];
    let mut policies = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "policy") {
                policies.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    policies.sort();
    policies
}

#[test]
fn edited_texts_read_the_same() {
    let mut texts = texts();
    texts.extend(
        policies()
            .iter()
            .flat_map(|policy| policy.split("\n\n").map(str::to_owned).collect::<Vec<_>>()),
    );
    let count = std::env::var("PACTUM_EDITS").map_or(6_000, |count| count.parse().unwrap());
    std::thread::scope(|scope| {
        for seed in 11..=12 {
            let texts = &texts;
            scope.spawn(move || {
                let mut dice = Dice(seed);
                for number in 0..count / 2 {
                    let text = edit(&texts[dice.roll(texts.len())], &mut dice);
                    let told = agrees_with_pest(&text);
                    assert!(told.is_ok(), "seed {seed}, edit {number}: {told:?} in {text:?}");
                }
            });
        }
    });
}

/// Every rule is tried on the heads and slots of the examples, nearly all in vain: where a rule fails is
/// as good a test as where it does not.
#[test]
fn every_rule_reads_the_same() {
    let mut dice = Dice(21);
    let mut seen = 0;
    let texts = texts();
    let pieces: Vec<&str> = texts
        .iter()
        .flat_map(|text| {
            text.split(';')
                .map(|piece| piece.split_once(": ").map_or(piece, |(_, head)| head).trim_start())
        })
        .collect();
    for _ in 0..300 {
        let text = edit(pieces[dice.roll(pieces.len())], &mut dice);
        seen +=
            every_rule_agrees_with_pest(&text).unwrap_or_else(|told| panic!("{told} in {text:?}"));
    }
    assert!(seen > 1_000, "{seen}");
}
