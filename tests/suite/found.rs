//! The trials on whole examples, on edits of them, and on what `fuzz/` once found
//! (`tests/found/TARGET/*`, a case a file).

use std::fs;
use std::path::Path;

use pactum::deals::Written;
use pactum::policy::RuleSet;

use crate::edits::{Dice, edit, texts};
use crate::trials;

fn try_one(target: &str, bytes: &[u8], rules: &RuleSet) {
    let text = String::from_utf8_lossy(bytes);
    match target {
        "parse_agreement" => trials::agreement(&text),
        "parse_policy" => trials::policy(&text),
        "fmt_round_trip" => trials::tidy(&text),
        "check" => trials::checked(&text, rules),
        "deals" => {
            let json = bytes.first() == Some(&b'{');
            trials::deals(bytes, if json { Written::JsonLines } else { Written::Csv });
        }
        _ => panic!("tests/found/{target}: no trial is called so"),
    }
}

/// All cases, with the target each is for.
fn cases() -> Vec<(String, Vec<u8>)> {
    let mut cases = Vec::new();
    for target in fs::read_dir("tests/found").unwrap().map(|it| it.unwrap().path()) {
        if target.is_dir() {
            let name = target.file_name().unwrap().to_string_lossy().into_owned();
            for case in fs::read_dir(&target).unwrap().map(|it| it.unwrap().path()) {
                cases.push((name.clone(), fs::read(case).unwrap()));
            }
        }
    }
    cases
}

#[test]
fn what_was_found_once_is_not_found_again() {
    let rules = RuleSet::standard();
    let cases = cases();
    assert!(!cases.is_empty(), "there are cases");
    for (target, bytes) in cases {
        try_one(&target, &bytes, &rules);
    }
}

#[test]
fn edited_texts_pass_every_trial() {
    let rules = RuleSet::standard();
    let mut dice = Dice(11);
    let parts = texts();
    let policies = policies(Path::new("rules"));
    let list = fs::read_to_string("examples/deals/northwind-kestrel-2026.csv").unwrap();
    for _ in 0..150 {
        let whole: Vec<&str> = (0..3).map(|_| &*parts[dice.roll(parts.len())]).collect();
        let text = edit(&whole.join("\n"), &mut dice);
        trials::checked(&text, &rules);
        trials::tidy(&text);
        let policy = edit(&policies[dice.roll(policies.len())], &mut dice);
        trials::policy(&policy);
        trials::tidy(&policy);
        trials::deals(edit(&list, &mut dice).as_bytes(), Written::Csv);
    }
}

fn policies(folder: &Path) -> Vec<String> {
    let paths = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let mut all = Vec::new();
    let mut paths: Vec<_> = paths.collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            all.extend(policies(&path));
        } else if path.extension().is_some_and(|ending| ending == "policy") {
            all.push(fs::read_to_string(path).unwrap());
        }
    }
    all
}
