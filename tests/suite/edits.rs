//! Random edits of valid agreements: always a tree, never a panic, every place inside the text.

use pactum::source::{Source, Span};

/// How many edited texts are read, over all seeds; `PACTUM_EDITS=200000` reads more.
const EDITS: u32 = 40_000;
/// What an edit puts in: marks of the language, words, and characters that trip parsers.
const PIECES: [&str; 34] = [
    ";",
    ":",
    ",",
    "\"",
    "|",
    "#",
    "\n",
    "\n  ",
    "  ",
    "(",
    ")",
    "/",
    "..",
    "%",
    "<",
    ">=",
    "at least",
    "then",
    "if missed",
    "to be agreed",
    "redacted",
    "either party",
    "Northwind",
    "EUR 1,000",
    "90 days",
    "2026-02-30",
    "term\n",
    "exit\n",
    "\t",
    "\r\n",
    "é",
    "\u{202e}",
    "\0",
    "999999999999999999999",
];

/// A small generator with a fixed seed, so that a failure can be repeated.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

/// The sections of every example, each a text of its own: small, so that many edits can be tried.
pub(crate) fn texts() -> Vec<String> {
    let mut texts = Vec::new();
    for folder in ["examples", "examples/real"] {
        for path in crate::agreements(folder) {
            let text = crate::terms(&crate::agreement(&path));
            texts.extend(text.split("\n\n").map(|part| format!("{part}\n")));
        }
    }
    texts
}

pub(crate) fn edit(text: &str, dice: &mut Dice) -> String {
    let mut edited: Vec<char> = text.chars().collect();
    for _ in 0..=dice.roll(3) {
        let at = dice.roll(edited.len() + 1);
        let until = (at + dice.roll(12)).min(edited.len());
        match dice.roll(4) {
            0 => drop(edited.drain(at..until)),
            1 => {
                let copy: Vec<char> = edited[at..until].to_vec();
                let to = dice.roll(edited.len() + 1);
                edited.splice(to..to, copy);
            }
            _ => drop(edited.splice(at..at, PIECES[dice.roll(PIECES.len())].chars())),
        }
    }
    edited.into_iter().collect()
}

fn inside(span: Span, text: &str) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    start <= end && end <= text.len() && text.is_char_boundary(start) && text.is_char_boundary(end)
}

/// Reads `count` edited texts and checks what must hold of every one.
fn try_edits(seed: u64, count: u32) {
    let texts = texts();
    let mut dice = Dice(seed);
    for number in 0..count {
        let text = edit(&texts[dice.roll(texts.len())], &mut dice);
        let source = Source::new("edited", text.clone());
        let parsed = pactum::parse(&source);
        for found in &parsed.diagnostics {
            assert_ne!(
                found.code, "syntax/unreadable",
                "seed {seed}, edit {number}: no tree for {text:?}"
            );
            let places = std::iter::once(&found.primary).chain(&found.secondary);
            for label in places {
                assert!(
                    inside(label.span, &text),
                    "seed {seed}, edit {number}: {found:?} in {text:?}"
                );
            }
            assert!(!found.message.contains('\n'), "one line: {}", found.message);
        }
    }
}

#[test]
fn edited_agreements_give_a_tree() {
    let asked = std::env::var("PACTUM_EDITS").ok().map(|count| count.parse().unwrap());
    let count: u32 = asked.unwrap_or(EDITS);
    std::thread::scope(|scope| {
        for seed in 1..=4_u64 {
            scope.spawn(move || try_edits(seed, count / 4));
        }
    });
}
