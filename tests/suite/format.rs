//! Tidy texts: what a layout does, that it does it once, and that it changes nothing that was said.

use std::fmt::Debug;
use std::fs;
use std::path::PathBuf;

use pactum::Agreement;
use pactum::check::run_examples;
use pactum::format::{COLUMNS, format_agreement, format_policy};
use pactum::policy::RuleSet;
use pactum::source::Source;

use crate::edits::{Dice, edit, texts};
use crate::examples::report;

/// How many edited texts are tidied.
const EDITS: u32 = 3_000;
/// How many messed up agreements are tidied.
const MESSES: u32 = 300;

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(path.to_str().unwrap(), ending));
        } else if path.extension().is_some_and(|each| each == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn examples() -> Vec<PathBuf> {
    ["examples", "examples/small", "examples/real"].map(crate::agreements).concat()
}

fn tidy(text: &str) -> Result<String, Vec<String>> {
    let told = format_agreement(&Source::new("text", text));
    told.map_err(|told| told.into_iter().map(|each| each.code.to_string()).collect())
}

fn tidy_markdown(text: &str) -> Result<String, Vec<String>> {
    let told = format_agreement(&Source::markdown("text.md", text).unwrap());
    told.map_err(|told| told.into_iter().map(|each| each.code.to_string()).collect())
}

fn tidy_policy(text: &str) -> String {
    format_policy(&Source::new("text", text)).unwrap_or_else(|told| panic!("{told:#?}\n{text}"))
}

/// What was agreed; what is gathered item by item in an order that does not depend on the slots'.
fn agreed(text: &str) -> Agreement {
    fn sort<T: Debug>(list: &mut [T]) {
        list.sort_by_cached_key(|each| format!("{each:?}"));
    }
    let mut agreement = pactum::parse(&Source::new("text", text)).agreement;
    sort(&mut agreement.holes);
    sort(&mut agreement.passages);
    sort(&mut agreement.times);
    sort(&mut agreement.sums);
    sort(&mut agreement.mentions);
    agreement
}

/// The remarks of a text that has no `#` in quotes.
fn remarks(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| Some(line.split_once('#')?.1.trim())).collect()
}

/// What must hold of every text that can be read.
fn holds(text: &str, tidied: &str, about: &dyn Debug) {
    assert_eq!(tidy(tidied).as_deref(), Ok(tidied), "{about:?}: tidying once is enough\n{text}");
    assert!(agreed(text) == agreed(tidied), "{about:?}: another agreement\n{text}\n{tidied}");
    assert!(tidied.is_empty() || tidied.ends_with('\n') && !tidied.ends_with("\n\n"), "{about:?}");
    let ends =
        tidied.lines().any(|line| line.ends_with([' ', '\t', ';']) && line.trim().is_empty());
    assert!(!ends, "{about:?}: a line of blanks");
    assert!(!tidied.contains("\n\n\n"), "{about:?}: two blank lines");
}

#[test]
fn every_agreement_here_says_the_same_when_tidy() {
    let mut seen = 0;
    for path in examples().iter().chain(&files("tests/ground-truth", "alliance")) {
        let text = crate::terms(&crate::agreement(path));
        let tidied = tidy(&text).unwrap_or_else(|told| panic!("{}: {told:?}", path.display()));
        holds(&text, &tidied, path);
        // Remarks are not counted, and what is longer for its quoted words cannot be broken.
        for line in tidied.lines().map(|line| line.split("  #").next().unwrap()) {
            let outside = line.trim().split('"').step_by(2);
            let gaps = outside.filter(|outside| outside.contains(' ')).count();
            let short = line.chars().count() <= COLUMNS || line.trim().starts_with(['#', '|']);
            let quoted = line.split('"').skip(1).step_by(2).map(str::len).max().unwrap_or(0);
            assert!(short || gaps <= 1 || quoted > 90, "{}: {line}", path.display());
        }
        seen += 1;
    }
    assert!(seen > 100, "{seen}");
}

/// The rules are the most careful readers there are: what they find stays, word for word.
#[test]
fn rules_find_the_same_in_tidy_examples() {
    for path in examples() {
        let source = crate::agreement(&path);
        let tidied = format_agreement(&source).unwrap();
        let tidied = match source.fences() {
            [] => Source::new("text", tidied),
            _ => Source::markdown("text", tidied).unwrap(),
        };
        let found = |source: &Source| {
            let findings = report(source).findings;
            let mut found: Vec<String> = findings
                .iter()
                .map(|each| {
                    format!(
                        "{} {} {:?}",
                        each.diagnostic.code, each.diagnostic.message, each.outcome
                    )
                })
                .collect();
            found.sort();
            found
        };
        assert_eq!(found(&source), found(&tidied), "{}", path.display());
    }
}

#[test]
fn every_policy_here_asks_the_same_when_tidy() {
    let mut seen = 0;
    let own = files("tests/ground-truth", "policy");
    for path in files("rules", "policy").iter().chain(&own) {
        let text = fs::read_to_string(path).unwrap();
        let tidied = tidy_policy(&text);
        assert_eq!(tidy_policy(&tidied), tidied, "{}", path.display());
        assert_eq!(remarks(&text), remarks(&tidied), "{}", path.display());
        let wrong = |text: &str| {
            let (rules, told) = RuleSet::parse(&Source::new("text", text));
            let wrong = rules.rules().map(|rule| run_examples(rule).len()).sum::<usize>();
            (rules.rules().len(), told.len(), wrong)
        };
        // Their own test runs them all; these are to notice what tidying would do to them.
        if seen % 4 == 0 {
            assert_eq!(wrong(&text), wrong(&tidied), "{}", path.display());
        }
        seen += 1;
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn edited_agreements_are_tidied_or_refused() {
    let (texts, mut dice) = (texts(), Dice(7));
    let (mut tidied, mut refused) = (0, 0);
    for number in 0..EDITS {
        let text = edit(&texts[dice.roll(texts.len())], &mut dice);
        match tidy(&text) {
            Ok(done) => {
                holds(&text.replace("\r\n", "\n"), &done.replace("\r\n", "\n"), &number);
                tidied += 1;
            }
            Err(told) => {
                assert!(!told.contains(&"format/changed".to_owned()), "{number}: {text:?}");
                refused += 1;
            }
        }
    }
    assert!(tidied > 250 && refused > 250, "{tidied} {refused}");
}

/// The same agreement as its author never would: blanks, breaks, remarks and slots moved about.
fn mess(text: &str, dice: &mut Dice) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let item = line.starts_with(' ') && !line.trim_start().starts_with(['|', '#']);
        let plain = item && !line.contains('#');
        let mut line = line.to_owned();
        if plain && dice.roll(3) == 0 {
            let pieces: Vec<&str> = line.split('"').collect();
            let outside = |(at, piece): (usize, &&str)| match at % 2 {
                0 => piece.replace(
                    "; ",
                    ["  ;   ", " ;\n        ", ";\n\n   # here\n\t", "; "][dice.roll(4)],
                ),
                _ => (*piece).to_owned(),
            };
            line = pieces.iter().enumerate().map(outside).collect::<Vec<_>>().join("\"");
        }
        if line.trim_start().starts_with('|') {
            line = line.replace(" | ", ["|", "  |   ", " | "][dice.roll(3)]);
        }
        match dice.roll(9) {
            0 => out.push_str("\n\n"),
            1 => out.push_str("# above\n"),
            2 => out.push_str("     # above, indented\n"),
            3 if plain => line.push_str("   # behind"),
            4 => line.push_str("  \t"),
            5 if plain && line.starts_with("  ") => line.insert_str(0, "   "),
            _ => {}
        }
        out.push_str(&line);
        out.push('\n');
    }
    if dice.roll(3) == 0 { out.replace('\n', "\r\n") } else { out }
}

#[test]
fn a_mess_is_tidied_and_no_remark_is_lost() {
    let mut dice = Dice(11);
    let texts = texts();
    let mut done = 0;
    for number in 0..MESSES {
        let messed = mess(&texts[dice.roll(texts.len())], &mut dice);
        // A header has no continued lines: breaking it made it another text.
        let Ok(tidied) = tidy(&messed) else { continue };
        let windows = messed.contains("\r\n");
        assert_eq!(windows, tidied.contains("\r\n"), "{number}");
        let (messed, tidied) = (messed.replace("\r\n", "\n"), tidied.replace("\r\n", "\n"));
        holds(&messed, &tidied, &number);
        assert_eq!(remarks(&messed), remarks(&tidied), "{number}: {messed}");
        done += 1;
    }
    assert!(done > MESSES / 2, "{done}");
}

/// A folder of texts and of what becomes of them, one peculiarity each.
#[test]
fn peculiarities_come_out_as_they_should() {
    let mut seen = 0;
    for kind in ["agreements", "policies", "markdown"] {
        for entry in files(&format!("tests/suite/format/{kind}"), "before") {
            let text = fs::read_to_string(&entry).unwrap();
            let format = |text: &str| {
                let tidied = match kind {
                    "policies" => Ok(tidy_policy(text)),
                    "markdown" => tidy_markdown(text),
                    _ => tidy(text),
                };
                tidied.unwrap_or_else(|told| panic!("{}: {told:?}", entry.display()))
            };
            let tidied = format(&text);
            assert_eq!(format(&tidied), tidied, "{}", entry.display());
            crate::generated(entry.with_extension("after").to_str().unwrap(), &tidied);
            seen += 1;
        }
    }
    assert!(seen >= 15, "{seen}");
}

/// The lines outside fences, those of the fences themselves included.
fn prose(markdown: &str) -> Vec<&str> {
    let mut inside = false;
    let outside = |line: &&str| {
        let fence = line.starts_with("```");
        inside = inside != fence;
        fence || !inside
    };
    markdown.split_inclusive('\n').filter(outside).collect()
}

/// An agreement cut into fences at any of its lines, between prose that looks like one.
fn fenced(text: &str, dice: &mut Dice) -> String {
    let breaks = ["```\n```alliance\n", "```\n\nSo   it ~~~ is:\n  parties\n\n```alliance\n"];
    let mut out = "#  Ours\n \n```alliance\n".to_owned();
    for line in text.split_inclusive('\n') {
        if dice.roll(6) == 0 {
            out.push_str(breaks[dice.roll(2)]);
            out.push_str(["", "\n", "\n  # on\n", "# on\n\n"][dice.roll(4)]);
        }
        out.push_str(line);
    }
    out.push_str("```\n\nend   ");
    if dice.roll(3) == 0 { out.replace('\n', "\r\n") } else { out }
}

/// However an agreement is cut into fences: prose stays to the byte, it says the same, and tidying
/// once is enough.
#[test]
fn of_markdown_only_the_fences_are_tidied() {
    let (texts, mut dice) = (texts(), Dice(23));
    let (mut done, mut changed) = (0, 0);
    for number in 0..MESSES {
        let messed = mess(&texts[dice.roll(texts.len())], &mut dice).replace("\r\n", "\n");
        let markdown = fenced(&messed, &mut dice);
        let Ok(tidied) = tidy_markdown(&markdown) else {
            assert!(tidy(&messed).is_err(), "{number}: {markdown}");
            continue;
        };
        assert_eq!(prose(&markdown), prose(&tidied), "{number}");
        assert_eq!(tidy_markdown(&tidied).as_ref(), Ok(&tidied), "{number}: {markdown}");
        let read = |text: &str| Source::markdown("text.md", text).unwrap().terms().to_owned();
        assert!(agreed(&read(&markdown)) == agreed(&read(&tidied)), "{number}: {markdown}");
        assert_eq!(remarks(&read(&markdown)), remarks(&read(&tidied)), "{number}: {markdown}");
        let ending = if markdown.contains("\r\n") { "\r\n" } else { "\n" };
        assert!(!tidied.replace(ending, "").contains(['\r', '\n']), "{number}: {markdown}");
        (done, changed) = (done + 1, changed + u32::from(tidied != markdown));
    }
    assert!(done > MESSES / 3 && changed > MESSES / 4, "{done} {changed}");
}

#[test]
fn what_cannot_be_read_is_named_and_nothing_is_tidied() {
    let text =
        "exit\n  convenience: either party;   90 days notis\n  x: 7 of what\nnonsense\n  a: b\n";
    let told = format_agreement(&Source::new("text", text)).unwrap_err();
    let at: Vec<_> =
        told.iter().map(|each| &text[each.primary.span.start as usize..][..4]).collect();
    assert_eq!(at.len(), 3, "{told:#?}");
    assert!(at.contains(&"nons"), "{at:?}");
    let policy = "rule exit/x: error\n  ## Says.\n  require exit.terms is stated\n  demand\n\npasses\n  exit\n    a: either prty\n";
    let told = format_policy(&Source::new("text", policy)).unwrap_err();
    let at: Vec<_> =
        told.iter().map(|each| &policy[each.primary.span.start as usize..][..4]).collect();
    assert_eq!(at.len(), 2, "{told:#?}");
    assert_eq!(at, ["dema", "prty"]);
}
