//! The semantics, whole: outcomes by the table, lists by brute force, against agreements as text.

use super::report::Outcome::{self, Approval, Fail, NotApplicable, Pass, Undetermined};
use super::truth::Truth::{self, False, Missing, True, Unclear};
use super::{Report, Subject, check, run_examples};
use crate::dice::Dice;
use crate::policy::RuleSet;
use crate::source::Source;
use crate::vocabulary::Facts;

const EXAMPLES: &str = "
passes
  term
    initial: 1 month
fails at header
  term
    initial: 1 month
";

/// A set of one rule, whose examples are beside the point.
pub(super) fn rule(body: &str) -> RuleSet {
    let text = format!("rule test/case: error\n  ## A case.\n{body}{EXAMPLES}");
    let (set, told) = RuleSet::parse(&Source::new("case.policy", text));
    assert_eq!(told, [], "{body}");
    set
}

pub(super) fn report(rules: &RuleSet, text: &str) -> Report {
    let source = Source::new("case.alliance", text);
    let parsed = crate::parse(&source);
    let derived = crate::analysis::derive(&parsed.agreement);
    let facts = Facts { agreement: &parsed.agreement, derived: &derived, as_of: None, us: None };
    check(Subject { source: &source, facts, told: &parsed.diagnostics }, rules)
}

fn outcome(rules: &RuleSet, text: &str) -> Outcome {
    report(rules, text).outcomes[0].outcome.unwrap()
}

const HEAD: &str = "alliance case: go-to-market\nparties\n  Northwind: \"Northwind Ltd\"\n  Kestrel: \"Kestrel Ltd\"\n";

/// How a length of time is written that makes `>= 10 months` come out like that.
fn written(truth: Truth) -> &'static str {
    match truth {
        True => "12 months",
        False => "3 months",
        Unclear => "to be agreed",
        Missing => "",
    }
}

/// The table of section 3: what a requirement comes to beside the positions somebody may approve.
#[test]
fn outcomes_by_the_table() {
    let expected = |require, accept: Option<Truth>| match (require, accept) {
        (True, _) => Pass,
        (False, None | Some(False | Missing)) => Fail,
        (False, Some(True)) => Approval,
        _ => Undetermined,
    };
    for accept in [None, Some(True), Some(False), Some(Unclear), Some(Missing)] {
        let line = "  accept rationale.alone >= 10 months with approval of \"Head\"\n";
        let rules = rule(&format!(
            "  for every right in exit.convenience\n  when right.notice >= 10 months, if missing applies\n  \
             require term.initial >= 10 months, if missing not applicable\n{}  say \"x\"\n",
            if accept.is_some() { line } else { "" }
        ));
        for require in [True, False, Unclear, Missing] {
            for when in [True, False, Unclear, Missing] {
                let slot = |id: &str, truth| match truth {
                    Missing => String::new(),
                    truth => format!("  {id}: {}\n", written(truth)),
                };
                let alone = slot("alone", accept.unwrap_or(Missing));
                let notice = if when == Missing {
                    String::new()
                } else {
                    format!("; {} notice", written(when))
                };
                let text = format!(
                    "{HEAD}rationale\n{alone}term\n{}exit\n  convenience: either party{notice}\n",
                    slot("initial", require)
                );
                let certain =
                    if require == Missing { NotApplicable } else { expected(require, accept) };
                let wanted = match when {
                    False => NotApplicable,
                    Unclear if !matches!(certain, Pass | NotApplicable) => Undetermined,
                    _ => certain,
                };
                assert_eq!(
                    outcome(&rules, &text),
                    wanted,
                    "when {when:?}, require {require:?}, accept {accept:?}\n{text}"
                );
            }
        }
    }
}

#[test]
fn silence_is_what_the_author_says() {
    let text = format!("{HEAD}term\n");
    for (word, wanted) in [("fail", Fail), ("pass", Pass), ("not applicable", NotApplicable)] {
        for test in [
            "term.initial >= 10 months",
            "not (term.initial >= 10 months)",
            "not some party in parties where (term.initial >= 1 day and party.id is \"Kestrel\")",
        ] {
            let rules = rule(&format!("  require {test}, if missing {word}\n  say \"x\"\n"));
            assert_eq!(outcome(&rules, &text), wanted, "{test}, if missing {word}");
        }
    }
}

/// What a list comes to by definition, from its members' answers and whether more may be hidden.
type Reference = fn(&[Truth], bool) -> Truth;

/// Every answer of up to three members, with and without a member nobody could read.
#[test]
fn lists_by_brute_force() {
    let members: Vec<Vec<Truth>> = (0..=3_u32)
        .flat_map(|length| {
            (0..4_usize.pow(length)).map(move |code| {
                (0..length)
                    .map(|at| [True, False, Unclear, Missing][code / 4_usize.pow(at) % 4])
                    .collect()
            })
        })
        .collect();
    let test = "commitment in commitments where commitment.worth >= EUR 10";
    let cases: [(String, Reference); 7] = [
        (format!("some {test}"), |all, hidden| some(all, hidden)),
        (format!("not no {test}"), |all, hidden| some(all, hidden)),
        (
            "term is not stated and every commitment in commitments: commitment.worth >= EUR 10"
                .to_owned(),
            every,
        ),
        (format!("exactly 1 {test}"), |all, hidden| counted(all, hidden, |n| n == 1)),
        (format!("at least 2 {test}"), |all, hidden| counted(all, hidden, |n| n >= 2)),
        (format!("at most 1 {test}"), |all, hidden| counted(all, hidden, |n| n <= 1)),
        (format!("count of {test} > 0"), |all, hidden| counted(all, hidden, |n| n > 0)),
    ];
    for (test, reference) in &cases {
        let test = test.replace(" > 0", "");
        let test = if test.starts_with("count") {
            format!("term is not stated and ({test}) > 0")
        } else {
            test
        };
        let rules = rule(&format!("  require {test}, if missing not applicable\n  say \"x\"\n"));
        for answers in &members {
            for hidden in [false, true] {
                let wanted = match reference(answers, hidden) {
                    True => Pass,
                    False => Fail,
                    Unclear => Undetermined,
                    Missing => NotApplicable,
                };
                let written = commitments(answers, hidden);
                assert_eq!(
                    outcome(&rules, &written),
                    wanted,
                    "{test}: {answers:?}, hidden {hidden}\n{written}"
                );
            }
        }
    }
}

fn commitments(answers: &[Truth], hidden: bool) -> String {
    let worth = |truth: &Truth| match truth {
        True => "; worth EUR 20",
        False => "; worth EUR 5",
        Unclear => "; worth to be agreed",
        Missing => "",
    };
    let mut items = String::new();
    for (n, truth) in answers.iter().enumerate() {
        let worth = worth(truth);
        items.extend([
            "  c",
            &n.to_string(),
            ": Kestrel commits 1 \"report\" by 2026-09-30",
            worth,
            "\n",
        ]);
    }
    let bad = if hidden { "  bad: Kestrel comits !!\n" } else { "" };
    format!("{HEAD}commitments\n{items}{bad}")
}

fn some(all: &[Truth], hidden: bool) -> Truth {
    all.iter().fold(if hidden { Unclear } else { False }, |any, truth| any.or(*truth))
}

fn every(all: &[Truth], hidden: bool) -> Truth {
    all.iter().fold(if hidden { Unclear } else { True }, |every, truth| every.and(*truth))
}

/// Decided where every number it may be agrees; else doubt, where there is any, else silence.
fn counted(all: &[Truth], hidden: bool, fits: fn(usize) -> bool) -> Truth {
    let of = |wanted: Truth| all.iter().filter(|truth| **truth == wanted).count();
    let low = of(True);
    let high = low + of(Unclear) + of(Missing) + if hidden { 100 } else { 0 };
    if (low..=high).all(fits) {
        True
    } else if !(low..=high).any(fits) {
        False
    } else if hidden || of(Unclear) > 0 {
        Unclear
    } else {
        Missing
    }
}

/// What is left open by what was told already is counted, not told again.
#[test]
fn one_cause_one_finding() {
    let rules = rule(
        "  require some commitment in commitments where commitment.worth >= EUR 10, if missing fail\n  say \"x\"\n",
    );
    let told = report(&rules, &commitments(&[False], true));
    assert_eq!((told.findings.len(), told.folded), (0, 1));
    let open = report(&rules, &commitments(&[Unclear], false));
    assert_eq!((open.findings.len(), open.folded), (1, 0));
    assert_eq!(open.findings[0].diagnostic.message, "cannot tell: worth is to be agreed");
}

/// A rule that would look at too much gives up, and says so.
#[test]
fn a_step_budget() {
    let rules = rule(
        "  for every a in commitments\n  for every b in commitments\n  for every c in commitments\n  \
         require a.worth is stated or b.worth is stated or c.worth is stated\n  say \"x\"\n",
    );
    let many = report(&rules, &commitments(&[Missing; 150], false));
    assert_eq!(many.outcomes[0].outcome, Some(Fail));
    assert!(
        many.findings.iter().any(|finding| finding.diagnostic.message.contains("too many steps"))
    );
}

#[test]
fn a_wrong_example_says_what_came() {
    let text = "rule test/case: error
  ## A case.
  require term.initial >= 12 months, if missing fail
  say \"{term.initial} is short\"
passes
  term
    initial: 3 months
fails at \"13 months\"
  term
    initial: 3 months
fails at \"3 months\", saying \"4 months is short\"
  term
    initial: 3 months
fails at \"3 months\", term
  term
    initial: 3 months
undetermined at \"365 days\"
  term
    initial: 365 days
passes
  term
    initial: about a year
fails at \"3 months\", given unknown = 2 days, saying \"3 months is short\"
  term
    initial: 3 months
";
    let (_, told) = RuleSet::parse(&Source::new("case.policy", text));
    assert_eq!(
        told.iter().map(|each| each.message.as_str()).collect::<Vec<_>>(),
        ["the rule has no parameter `unknown`"]
    );
    let source = Source::new("case.policy", text.replace(", given unknown = 2 days", ""));
    let (set, told) = RuleSet::parse(&source);
    assert_eq!(told, []);
    let wrong: Vec<(String, &str)> = run_examples(set.rules().next().unwrap())
        .into_iter()
        .map(|each| (each.message, source.slice(each.primary.span)))
        .collect();
    let said: Vec<&str> = wrong.iter().map(|(message, _)| message.as_str()).collect();
    assert_eq!(said.len(), 5, "{wrong:?}");
    assert_eq!(wrong[0], ("this example should be a pass, and is a fail".to_owned(), "passes"));
    assert_eq!(wrong[1], ("`13 months` does not occur in the text".to_owned(), "\"13 months\""));
    assert_eq!(wrong[2].0, "no finding says this");
    assert_eq!(wrong[3].0, "there is no finding at this place");
    assert!(wrong[4].0.starts_with("the text of this example cannot be read"), "{wrong:?}");
    assert_eq!(wrong[4].1.trim(), "about a year");
}

/// The ids of the rules that come with the library are their paths, and their examples are right.
#[test]
fn the_standard_rules_prove_themselves() {
    let rules = RuleSet::standard();
    for rule in rules.rules() {
        assert_eq!(rule.origin().name(), format!("rules/{}.policy", rule.id()));
        let wrong = run_examples(rule);
        assert!(wrong.is_empty(), "{}: {wrong:#?}", rule.id());
    }
}

/// How many random edits of a policy are tried. 20,000 passed.
const EDITS: usize = 600;

const SAMPLE: &str = r#"rule exit/notice: error
  ## Leaving without cause takes enough notice.
  applies to every kind except affiliate
  param minimum: duration = 90 days in 1 day..24 months
    for co-marketing = 30 days
  param cap: money = EUR 100,000, USD 110,000
  param places: list of section = exit, term
  for every right in exit.convenience
  let total = sum of commitment.worth for commitment in commitments where commitment.survives
  let many = count of different commitment.bound for commitment in commitments
  when right.gate is not stated or right.gate < 12 months
  require right.notice + 3 days >= minimum and no hole in holes where hole.section is one of places, if missing fail
  accept total <= cap and many is within 1..3 and (right.notice otherwise 3 days) is perpetual with approval of "Head"
  say "{right.by} can leave with {right.notice} notice; the policy asks for {minimum}, {total} {many}"
  missing "{right.by} can leave at once"

passes
  exit
    convenience: either party; 90 days notice

fails at "30 days", saying "either party can leave with 30 days notice; the policy asks for 90 days, EUR 5 1"
  commitments
    fund: Kestrel commits 1 "report" by 2026-09-30; worth EUR 5; survives
  exit
    convenience: either party; 30 days notice
"#;

/// Whatever is done to a policy, it is told or it runs.
#[test]
fn no_edit_panics() {
    let mut dice = Dice(11);
    let mut roll = |below: usize| dice.roll(below);
    let words: Vec<&str> = SAMPLE.split(' ').collect();
    let (whole, told) = RuleSet::parse(&Source::new("whole.policy", SAMPLE));
    assert_eq!(told, []);
    assert_eq!(
        whole.rules().flat_map(run_examples).map(|each| each.message).collect::<Vec<_>>(),
        [""; 0]
    );
    for _ in 0..EDITS {
        let mut text = words.clone();
        for _ in 0..=roll(2) {
            let (at, from) = (roll(text.len()), roll(words.len()));
            match roll(3) {
                0 => drop(text.remove(at)),
                1 => text[at] = words[from],
                _ => text.insert(at, words[from]),
            }
        }
        let (set, _) = RuleSet::parse(&Source::new("edited.policy", text.join(" ")));
        for rule in set.rules() {
            run_examples(rule);
            super::mutate(rule);
        }
    }
}

/// What several cases of a requirement say alike of one place is one finding.
#[test]
fn what_is_said_again_of_a_place_is_told_once() {
    let text = format!(
        "{HEAD}commitments\n  a: Kestrel commits 1 \"lead\"\n  b: Kestrel commits 2 \"leads\"\n\
         exit\n  x: either party\n  y: either party\n"
    );
    let told = |said: &str| {
        let rules = rule(&format!(
            "  for every commitment in commitments\n  for every right in exit.convenience\n  \
             require commitment.per is stated or right.notice is stated\n  say \"{said}\"\n"
        ));
        let found = report(&rules, &text).findings;
        found.into_iter().map(|found| found.diagnostic.message).collect::<Vec<_>>()
    };
    assert_eq!(told("{commitment.id}"), ["a", "b"]);
    assert_eq!(told("the same"), ["the same", "the same"], "at two places");
    assert_eq!(told("{commitment.id} {right.id}"), ["a x", "a y", "b x", "b y"]);
}
