//! Laws of texts and their places, on generated ones.

use pactum::source::{Position, Source, Span};

use crate::edits::Dice;

const PIECES: [&str; 18] = [
    "a",
    "é",
    "漢",
    "🜂",
    " ",
    "\t",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "alliance a",
    "parties",
    "\n```alliance\n",
    "\n```\n",
    "\n~~~alliance\n",
    "\n~~~\n",
    "\n- ",
    "\n> ",
];

fn text(dice: &mut Dice) -> String {
    (0..dice.roll(40)).map(|_| PIECES[dice.roll(PIECES.len())]).collect()
}

/// Counted one character after the other.
fn counted(text: &str, offset: usize) -> Position {
    let mut at = Position { line: 1, column: 1 };
    for (start, character) in text.char_indices() {
        if start + character.len_utf8() > offset {
            break;
        }
        at = match character {
            '\n' => Position { line: at.line + 1, column: 1 },
            _ => Position { column: at.column + 1, ..at },
        };
    }
    at
}

#[test]
fn every_byte_has_its_line_and_column() {
    let mut dice = Dice(1);
    for _ in 0..2_000 {
        let text = text(&mut dice);
        let source = Source::new("t", text.clone());
        for offset in 0..=text.len() + 2 {
            let place = source.position(u32::try_from(offset).unwrap());
            assert_eq!(place, counted(&text, offset.min(text.len())), "{offset} of {text:?}");
        }
    }
}

/// What is left of Markdown stands where it stood: every byte outside the fences is a blank or a line
/// break, every byte inside is what it was.
#[test]
fn terms_stand_where_they_stood() {
    let (mut dice, mut some) = (Dice(2), 0);
    for _ in 0..20_000 {
        let text = text(&mut dice);
        let Some(source) = Source::markdown("t.md", text.clone()) else { continue };
        let (terms, fences) = (source.terms(), source.fences());
        assert_eq!(terms.len(), text.len(), "{text:?}");
        let inside = |at: usize| {
            let at = u32::try_from(at).unwrap();
            fences.iter().any(|fence| fence.contains(Span::new(at, at + 1)))
        };
        for (at, (kept, was)) in terms.bytes().zip(text.bytes()).enumerate() {
            let blank = if b"\n\r".contains(&was) { was } else { b' ' };
            assert_eq!(kept, if inside(at) { was } else { blank }, "{at} of {text:?}");
        }
        assert!(!fences.is_empty() || !source.unread().is_empty(), "{text:?}");
        some += usize::from(!fences.is_empty());
    }
    assert!(some > 1_000, "{some}");
}
