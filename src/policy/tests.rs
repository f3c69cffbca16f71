use super::*;
use crate::diagnostic::Severity;
use crate::source::Source;

fn simple() -> RuleSet {
    let text = "rule exit/notice: error
  ## Leaving takes notice.
  formerly exit/notice-too-short
  param minimum: duration = 90 days in 1 day..24 months
    for affiliate = 30 days
  param places: list of section = exit, term
  for every right in exit.convenience
  require right.notice >= minimum and no hole in holes where hole.section is one of places, if missing fail
  say \"x\"
passes
fails at header
";
    let (set, told) = RuleSet::parse(&Source::new("a.policy", text));
    assert_eq!(told, []);
    set
}

#[test]
fn a_configuration_changes_a_copy() {
    let set = simple();
    let mut changed = set.clone();
    changed.set_param("exit/notice", "minimum", "60 days").unwrap();
    changed.set_param("exit/notice-too-short", "places", "ip, attribution").unwrap();
    changed.set_severity("exit/notice", Severity::Advice).unwrap();
    let minimum =
        |set: &RuleSet, kind| spelled(&set.rules().next().unwrap().params()[0].values(kind)[0]);
    assert_eq!(
        (minimum(&set, None), minimum(&set, Some("affiliate"))),
        ("90 days".into(), "30 days".into())
    );
    assert_eq!(minimum(&changed, Some("affiliate")), "60 days", "what is set holds for every kind");
    assert_eq!(changed.rules().next().unwrap().severity(), Severity::Advice);
    assert_eq!(set.rules().next().unwrap().severity(), Severity::Error);
}

#[test]
fn a_configuration_that_does_not_fit_is_told() {
    let mut set = simple();
    let mut said = |rule, name, text| set.set_param(rule, name, text).unwrap_err().to_string();
    assert_eq!(
        said("exit/notise", "minimum", "1 day"),
        "there is no rule `exit/notise`; a similar name exists: `exit/notice`"
    );
    assert_eq!(
        said("exit/notice", "minimun", "1 day"),
        "`exit/notice` has no parameter `minimun`; a similar name exists: `minimum`"
    );
    assert_eq!(
        said("exit/notice", "minimum", "EUR 5"),
        "`EUR 5` does not fit `minimum`: this is money, and a duration is asked"
    );
    assert_eq!(
        said("exit/notice", "minimum", "30 years"),
        "`30 years` does not fit `minimum`: `minimum` lies outside 1 day..24 months"
    );
    assert_eq!(
        said("exit/notice", "minimum", "soon enough"),
        "`soon enough` does not fit `minimum`: `soon enough` is no value"
    );
    assert_eq!(
        said("exit/notice", "places", "exits"),
        "`exits` does not fit `places`: `exits` is no section; a similar name exists: `exit`"
    );
}

#[test]
fn an_id_is_taken_once() {
    let mut set = simple();
    let told = set.extend(simple());
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].message, "there is a rule `exit/notice` already");
    assert_eq!(set.rules().len(), 1);
}

/// A rule that reads in two ways is told and left out.
#[test]
fn a_rule_with_an_error_is_left_out() {
    let text = "rule exit/stated: error
  ## An exit.
  require exit is stated and term is stated or liability is stated
  say \"x\"
passes
fails at header
rule term/stated: error
  ## A term.
  require term is stated
  say \"x\"
passes
fails at header
";
    let (set, told) = RuleSet::parse(&Source::new("a.policy", text));
    assert_eq!(told.len(), 1);
    assert_eq!(set.rules().map(Rule::id).collect::<Vec<_>>(), ["term/stated"]);
}

/// Also where a comment opens the file, or examples stand between comments.
#[test]
fn a_rule_is_the_same_without_its_examples() {
    let named = "term/end-agrees";
    let some = RuleSet::of_profile(Profile::Strict, &[named]);
    let all = RuleSet::standard();
    assert_eq!(some.rules().len(), all.rules().len());
    for (rule, whole) in some.rules().zip(all.rules()) {
        let mut bare = whole.clone();
        if rule.id() != named {
            assert!(rule.text().len() < whole.text().len(), "{}", rule.id());
            bare.examples.clear();
            bare.span = rule.span;
        }
        assert_eq!(format!("{rule:?}"), format!("{bare:?}"));
    }
    assert!(all.find(named).is_some_and(|rule| rule.examples().len() > 1));
}
