//! Very long words and quotations: what is said of them is short.

use std::fs;

use super::{Folder, agreement};

const LONG: usize = 20_000;

/// What is said of a text: no line of it is long.
fn told_in_short(what: &str, text: &str) -> String {
    let mut said = String::new();
    let folder = Folder::new().file("a.alliance", text);
    for format in ["human", "concise"] {
        let size = ["--max-size", "20 MiB", "a.alliance"];
        let arguments = ["check", "--profile", "strict", "--format", format];
        let ran = folder.run(arguments.into_iter().chain(size));
        let all = ran.all();
        assert_eq!(ran.code, 1, "{what}: {all:.1500}");
        let longest = all.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(longest < 2_000, "{what}, {format}: a line of {longest}: {all:.1500}");
        said += &all;
    }
    said
}

#[test]
fn words_that_cannot_be_read_are_quoted_in_short() {
    let long = "x".repeat(LONG);
    let whole = agreement("90 days");
    for (what, from, to, quoted) in [
        ("a heading", "exit\n", format!("h{long}\n"), true),
        ("a kind", "go-to-market", format!("k{long}"), true),
        ("a place", "GB,", format!("X{long},"), true),
        ("who", "either party;", format!("K{long};"), true),
        ("a role", "vendor", format!("v{long}"), false),
        ("a value", "90 days", "9".repeat(LONG) + " days", false),
        ("a slot", "90 days notice", format!("y{long} z"), false),
        ("an id", "convenience:", format!("c{long}:"), false),
    ] {
        let text = whole.replace(from, &to);
        assert_ne!(text, whole, "{what}");
        let said = told_in_short(what, &text);
        assert!(!quoted || said.contains("x…x"), "{what}: {said}");
    }
}

#[test]
fn quotations_and_names_are_quoted_in_short() {
    let draft = fs::read_to_string("examples/draft.alliance").unwrap();
    let words = "many words ".repeat(LONG / 11);
    let part = |(at, part): (usize, &str)| {
        if at % 2 == 1 { format!("{part}, {words}") } else { part.to_owned() }
    };
    let quoted: Vec<String> = draft.split('"').enumerate().map(part).collect();
    told_in_short("quotations", &quoted.join("\""));
    for name in ["Lumora", "Tessel", "buzz", "r1", "volume", "steering", "convenience"] {
        told_in_short(name, &draft.replace(name, &(name.to_owned() + &"x".repeat(LONG))));
    }
}
