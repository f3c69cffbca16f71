use super::super::{Outcome, Report, Subject, check};
use super::{Exception, Standing, Waivers, Waiving, names, waive};
use crate::policy::RuleSet;
use crate::source::{Source, Span, Spanned};
use crate::value::Date;
use crate::vocabulary::Facts;

/// One rule that finds the hole itself, and one that cannot be decided because of it.
const RULES: &str = "
rule test/open: error
  ## Nothing is open.
  require no hole in holes
  say \"open\"
  waivable with approval

passes
  term
    initial: 1 month

fails at \"to be agreed\"
  term
    initial: to be agreed

rule test/long: error
  ## It is long.
  require term.initial >= 10 months, if missing pass
  say \"short\"
  waivable with approval

passes
  term
    initial: 12 months

fails at \"1 month\"
  term
    initial: 1 month

undetermined at \"to be agreed\"
  term
    initial: to be agreed
";

fn day(month: i8) -> Date {
    Date::new(2026, month, 1).unwrap()
}

fn exception(rule: &str, item: Option<&str>) -> Exception {
    let at = |words: &str| Spanned::new(words.into(), Span::default());
    Exception {
        rule: at(rule),
        item: item.map(at),
        reason: "pilot".to_owned(),
        approver: at("Lena Ortiz"),
        until: Spanned::new(day(6), Span::default()),
        from: "file:1".to_owned(),
    }
}

fn waived(text: &str, exceptions: &[Exception]) -> (Report, Waiving) {
    let (rules, told) = RuleSet::parse(&Source::new("case.policy", RULES));
    assert_eq!(told, []);
    let head = "alliance case: go-to-market\nparties\n  Northwind: \"Northwind Ltd\"\n  Kestrel: \"Kestrel Ltd\"\n";
    let source = Source::new("case.alliance", format!("{head}{text}"));
    let parsed = crate::parse(&source);
    let derived = crate::analysis::derive(&parsed.agreement);
    let facts = Facts { agreement: &parsed.agreement, derived: &derived, as_of: None, us: None };
    let subject = Subject { source: &source, facts, told: &parsed.diagnostics };
    let report = check(subject, &rules);
    let waivers = Waivers { day: day(6), inline: true, outside: exceptions.iter().collect() };
    (report.clone(), waive(report, subject, &rules, &waivers))
}

/// What one finding told of on behalf of another rule comes back when that finding is waived.
#[test]
fn a_waiver_silences_no_other_rule() {
    let open = "term\n  initial: to be agreed\n";
    let (before, after) = waived(open, &[exception("test/open", None)]);
    assert_eq!((before.findings.len(), before.folded), (1, 1));
    let found: Vec<_> = after
        .report
        .findings
        .iter()
        .map(|each| (&*each.diagnostic.code, each.outcome, each.waived.is_some()))
        .collect();
    let long = ("test/long", Outcome::Undetermined, false);
    assert_eq!(found, [long, ("test/open", Outcome::Fail, true)]);
    assert_eq!((after.report.folded, after.report.is_clean()), (0, false));
    let both = [exception("test/open", None), exception("test/long", Some("term/initial"))];
    let (_, after) = waived(open, &both);
    assert!(after.report.is_clean(), "{:#?}", after.report.findings);
    assert_eq!(after.outside, [Standing::Waives, Standing::Waives]);
}

/// A report without waivers is left as it is.
#[test]
fn without_waivers_nothing_changes() {
    for text in ["term\n  initial: to be agreed\n", "term\n  initial: 1 month\n", ""] {
        let (before, after) = waived(text, &[]);
        assert_eq!((before, Vec::new(), 0), (after.report, after.outside, after.inline));
    }
}

#[test]
fn what_becomes_of_a_waiver() {
    let short = "term\n  initial: 1 month\n";
    let became = |exception: Exception| waived(short, &[exception]).1.outside.remove(0);
    assert_eq!(became(exception("test/long", Some("term/initial"))), Standing::Waives);
    assert_eq!(became(exception("test/long", Some("term"))), Standing::Waives);
    assert_eq!(became(exception("test/long", Some("parties/Kestrel"))), Standing::Idle);
    assert_eq!(became(exception("test/open", None)), Standing::Idle);
    let near = |name: &str| Some(name.to_owned());
    let unknown = Standing::UnknownItem { near: near("term/initial") };
    assert_eq!(became(exception("test/long", Some("initial"))), unknown);
    let unknown = Standing::UnknownRule { near: near("test/long") };
    assert_eq!(became(exception("test/lon", None)), unknown);
    let mut late = exception("test/long", None);
    late.until.node = day(5);
    assert_eq!(became(late), Standing::Expired { day: day(6) });
}

#[test]
fn an_approver_is_named_by_whole_words() {
    assert!(names("Lena Ortiz, head of alliances", "Head of Alliances"));
    assert!(names("General Counsel (Lena Ortiz)", "General Counsel"));
    assert!(!names("Deputy Head, Alliances", "Head of Alliances"));
    assert!(!names("Head of Alliances2", "Head of Alliances"));
    assert!(!names("", "Head of Alliances"));
}
