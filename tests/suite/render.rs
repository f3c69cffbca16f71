//! Excerpts drawn for people: hard places, wide and long lines, and any span at all.

use pactum::diagnostic::{Diagnostic, Severity};
use pactum::render::human::{Human, Look};
use pactum::source::{Source, Span};

fn drawn(text: &str, diagnostic: &Diagnostic) -> String {
    Human::new(Look::default()).diagnostic(&Source::new("a.alliance", text), diagnostic)
}

fn at(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    span(start, start + words.len())
}

fn span(start: usize, end: usize) -> Span {
    Span::new(u32::try_from(start).unwrap(), u32::try_from(end).unwrap())
}

#[test]
fn a_label_at_the_end_of_the_file_shows() {
    let here = |text: &str, at: usize| {
        drawn(text, &Diagnostic::error("a/b", "m", span(at, at)).label("here"))
    };
    insta::assert_snapshot!(
        [here("abc", 3), here("abc\n\n", 5), here("abc", 99), here("", 0), here("a\n\nb", 2)]
            .join("\n")
    );
}

#[test]
fn the_deciding_place_comes_first() {
    let text = "one alpha\ntwo beta\nthree gamma delta\n";
    let told = Diagnostic::error("a/b", "three places", at(text, "gamma"))
        .label("this decided")
        .also(at(text, "delta"), "beside it")
        .also(at(text, "alpha"), "far above")
        .also(at(text, "gamma"), "the same words twice");
    insta::assert_snapshot!(drawn(text, &told));
}

#[test]
fn long_lines_are_cut_around_the_label() {
    let text = format!("{} needle {}\n", "before ".repeat(40), "after ".repeat(40_000));
    let told = Diagnostic::error("a/b", "m", at(&text, "needle")).label("here it is");
    let page = drawn(&text, &told);
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    insta::assert_snapshot!(page);
}

#[test]
fn a_label_far_right_keeps_to_the_width() {
    let text = format!("{}end\n", "x".repeat(70));
    let words = "some words that would run over the right edge of the page";
    let page = drawn(&text, &Diagnostic::error("a/b", "m", at(&text, "end")).label(words));
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
}

#[test]
fn wide_characters_tabs_and_escapes_keep_their_columns() {
    let text = "\t漢字 \u{1b}[0m \u{202e}word\r\nnext";
    let told = Diagnostic::error("a/b", "says \u{1b}[31m", at(text, "word")).label("\u{7}here");
    insta::assert_snapshot!(drawn(text, &told));
}

#[test]
fn a_span_over_several_lines_is_shown_by_its_first() {
    let text = "exit\n  convenience: either party;   \n    30 days notice\n";
    insta::assert_snapshot!(drawn(text, &Diagnostic::error("a/b", "m", span(7, 54)).label("here")));
}

#[test]
fn words_are_wrapped_and_ascii_is_enough() {
    let mut told = Diagnostic::error("exit/notice-stated", "word ".repeat(30), Span::new(0, 1))
        .label("x")
        .help("first line\n  second line, indented");
    told.severity = Severity::Advice;
    told.why = Some("because ".repeat(20));
    let look = Look { width: 60, unicode: false, color: false };
    let page = Human::new(look).diagnostic(&Source::new("a", "text"), &told);
    assert!(page.is_ascii(), "{page}");
    insta::assert_snapshot!(page);
}

/// Any text and any spans: a page, never a panic.
#[test]
fn any_span_can_be_drawn() {
    let pieces = ["a", "é", "漢", "\n", "\r\n", "\t", " ", "\u{202e}", "\u{1b}", "word ", "🏴"];
    let mut seed = 7_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for _ in 0..20_000 {
        let text: String = (0..random(60)).map(|_| pieces[random(pieces.len())]).collect();
        let mut any = || span(random(200), random(200));
        let mut told = Diagnostic::error("a/b", "m", any()).label("here");
        told = told.also(any(), "there").also(any(), "");
        let page = drawn(&text, &told);
        assert!(page.contains("here"), "{text:?} {told:?}\n{page}");
        assert!(!page.contains(['\u{1b}', '\u{202e}']), "{page}");
    }
}

#[test]
fn a_long_line_is_cut_between_labels_far_apart() {
    let text = "  cause: either party if other party breaches \"a commitment in 2 consecutive quarters\"; 10 days notice; 30 days to cure; see \"section 11.2\"\n";
    let told = Diagnostic::error("a/b", "the notice ends before the cure", at(text, "30 days"))
        .label("30 days to cure")
        .also(at(text, "10 days"), "10 days notice")
        .also(at(text, "cause"), "");
    let page = drawn(text, &told);
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    insta::assert_snapshot!(page);
}
