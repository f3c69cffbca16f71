use super::*;
use crate::diagnostic::Diagnostic;
use crate::dice::Dice;
use ast::{Expects, NodeKind, StatementKind};

/// How many random edits are tried; each must give a tree. 200,000 passed.
const EDITS: usize = 4_000;

const SAMPLE: &str = r#"# A remark.
rule exit/notice-stated: error
  ## Leaving without cause takes enough notice.
  source "One", "Two"
  profile essential
  param minimum: duration = 90 days in 1 day..24 months
    for affiliate, co-marketing = 30 days
  param big: money = EUR 100,000, USD 110,000
  applies to every kind except affiliate

  for every right in exit.convenience
  let total = sum of owner.share for owner in asset.owners
  when not (right.a or right.b) and every x in xs where x.y is stated: x.z is one of a, b
  require right.notice + 3 days >= minimum otherwise 20% of all  # why not
      and at least 2 body in governance.bodies where body.meets <= 3 months, if missing fail
  accept right.notice is not within 1 day..3 days with approval of approver
  say "{right.by} can leave \"early\""
  missing "nothing"
  never waivable

passes, given minimum = 60 days,
  saying "x"
  exit
    convenience: either party; 90 days notice

# Another.
fails at second "30 days" in exit/convenience against header and "x", exit, as of 2026-04-01
  exit
undetermined
not applicable, given places = attribution, metrics
"#;

fn read(text: &str) -> (PolicyFile, Vec<Diagnostic>) {
    parse_policy(&Source::new("x.policy", text))
}

#[test]
fn the_sample_reads_whole() {
    let (file, told) = read(SAMPLE);
    assert_eq!(told, []);
    let rule = &file.rules[0];
    assert_eq!((file.rules.len(), rule.statements.len(), rule.examples.len()), (1, 14, 4));
    assert_eq!(rule.examples[1].places.len(), 2);
    assert_eq!(rule.examples[1].places[0].against.len(), 2);
    assert_eq!(rule.examples[3].given[0].1.len(), 2);
    assert!(matches!(rule.examples[2].expects, Expects::Undetermined));
}

/// The tree of one test, spelled with brackets.
fn tree(test: &str) -> String {
    let (file, told) = read(&format!("rule a/b: error\n  require {test}\n"));
    assert_eq!(told, [], "{test}");
    let StatementKind::Require { test, .. } = &file.rules[0].statements[0].kind else {
        panic!("{test}")
    };
    spell(test)
}

fn spell(node: &ast::Node) -> String {
    let all = |nodes: &[ast::Node]| nodes.iter().map(spell).collect::<Vec<_>>().join(" ");
    match &node.kind {
        NodeKind::Literal(literal) => format!("{literal:?}"),
        NodeKind::Path(path) => {
            path.parts.iter().map(|part| part.node.clone()).collect::<Vec<_>>().join(".")
        }
        NodeKind::Not(inner) => format!("(not {})", spell(inner)),
        NodeKind::And(nodes) => format!("(and {})", all(nodes)),
        NodeKind::Or(nodes) => format!("(or {})", all(nodes)),
        NodeKind::Compare(how, a, b) => format!("({how:?} {} {})", spell(a), spell(b)),
        NodeKind::Plus(a, b) => format!("(+ {} {})", spell(a), spell(b)),
        NodeKind::Minus(a, b) => format!("(- {} {})", spell(a), spell(b)),
        NodeKind::ShareOf(a, b) => format!("(of {} {})", spell(a), spell(b)),
        NodeKind::Otherwise(a, b) => format!("(otherwise {} {})", spell(a), spell(b)),
        NodeKind::Some(binder) => {
            let filter =
                binder.filter.as_ref().map_or(String::new(), |test| format!(" {}", spell(test)));
            format!("(some {}{filter})", binder.name)
        }
        NodeKind::OneOf(a, b) => format!("({} in {})", spell(a), all(b)),
        other => format!("{other:?}"),
    }
}

#[test]
fn signs_bind_as_written_down() {
    assert_eq!(
        tree("a + b - c >= d of e otherwise f"),
        "(AtLeast (- (+ a b) c) (otherwise (of d e) f))"
    );
    assert_eq!(tree("not not not a and b"), "(and (not a) b)");
    assert_eq!(tree("some x in xs where x and y or z"), "(or (some x (and x y)) z)");
    assert_eq!(tree("(a or b) and not c is d"), "(and (or a b) (not (Equal c d)))");
    assert_eq!(tree("a is one of b, c and d"), "(and (a in b c) d)");
    assert_eq!(tree("as-of>=at-least"), "(AtLeast as-of at-least)");
}

#[test]
fn a_bad_statement_hides_nothing() {
    let (file, told) =
        read(&SAMPLE.replace("  when not", "  whne not").replace("passes,", "pases,"));
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!((file.rules[0].statements.len(), file.rules[0].examples.len()), (13, 3));
    assert_eq!(told[0].message, "`whne` is no statement of a rule");
    assert_eq!(told[0].help.as_deref(), Some("a similar name exists: `when`"));
}

#[test]
fn nesting_is_bounded() {
    for (open, close) in [
        ("(", ")"),
        ("not (", ")"),
        ("every x in xs: ", ""),
        ("some x in xs where ", ""),
        ("count of x in xs where ", ""),
    ] {
        let deep = |n: usize| {
            format!("rule a/b: error\n  require {}a{}\n", open.repeat(n), close.repeat(n))
        };
        assert_eq!(read(&deep(64)).1, [], "{open}");
        assert_eq!(read(&deep(65)).1[0].code, "policy/nesting", "{open}");
        assert_eq!(read(&deep(100_000)).1[0].code, "policy/nesting", "{open}");
    }
}

#[test]
fn every_text_is_a_tree() {
    let pieces = [
        "\"",
        "(",
        ")",
        "\n",
        "\n  ",
        " ",
        "##",
        "#",
        "\t",
        "\r\n",
        "require ",
        "é",
        "{",
        ",",
        ":",
        "rule ",
        "passes\n",
        "every x in y: ",
    ];
    let mut dice = Dice(7);
    let characters: Vec<char> = SAMPLE.chars().collect();
    for _ in 0..EDITS {
        let mut text = characters.clone();
        for _ in 0..=dice.roll(3) {
            let at = dice.roll(text.len());
            match dice.roll(4) {
                0 => drop(text.drain(at..(at + dice.roll(30)).min(text.len()))),
                1 => text.splice(at..at, pieces[dice.roll(pieces.len())].chars()).for_each(drop),
                2 => text.truncate(at),
                _ => {
                    let from = dice.roll(text.len());
                    let copied: Vec<char> =
                        text[from..(from + dice.roll(40)).min(text.len())].to_vec();
                    text.splice(at..at, copied).for_each(drop);
                }
            }
        }
        let text: String = text.into_iter().collect();
        let (_, told) = read(&text);
        for each in told {
            let span = each.primary.span;
            assert!(
                text.get(span.start as usize..span.end as usize).is_some(),
                "{each:?} in {text:?}"
            );
        }
    }
}
