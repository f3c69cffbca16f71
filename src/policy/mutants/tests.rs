//! What is changed in a rule, in the words it is told in.

use crate::policy::RuleSet;
use crate::source::Source;

/// The changes of each statement of a rule, as `line: change`.
fn changes(body: &str) -> Vec<String> {
    let examples =
        "passes\n  term\n    initial: 1 month\nfails at header\n  term\n    initial: 1 month\n";
    let text = format!("rule test/case: error\n  ## A case.\n{body}  say \"x\"\n\n{examples}");
    let source = Source::new("case.policy", text);
    let (set, told) = RuleSet::parse(&source);
    assert_eq!(told, [], "{body}");
    let rule = set.rules().next().unwrap();
    let (mutants, _) = super::mutants(rule);
    let said = |mutant: &super::Mutant| {
        let at = source.position(mutant.span.start);
        let refused = if mutant.refused { ", which does not load" } else { "" };
        format!("{}:{}: {}{refused}", at.line - 2, at.column, mutant.change)
    };
    mutants.iter().map(said).collect()
}

#[test]
fn kinds_parameters_and_statements() {
    let found = changes(
        "  applies to every kind except affiliate\n  param least: duration = 90 days in 1 day..24 months for supply = 1 month\n  \
         param cap: money = EUR 10\n  param classes: list of exit-class = breach, missed\n  \
         for every right in exit.cause\n  when right.class is one of classes\n  \
         when right.gate < 12 months, if missing applies\n  require right.notice >= least, if missing fail\n  \
         accept right.notice > 5 days with approval of \"Head\"\n  say \"y\"\n  \
         require no commitment in commitments where commitment.worth > cap, if missing pass\n",
    );
    assert_eq!(
        found,
        [
            "1:32: `affiliate` dropped",
            "2:27: `90 days` became `89 days`",
            "2:27: `90 days` became `91 days`",
            "2:68: `1 month` became `2 months`",
            "3:22: `EUR 10` became `EUR 9`",
            "3:22: `EUR 10` became `EUR 11`",
            "4:39: `breach` dropped",
            "4:47: `missed` dropped",
            "6:20: `is one of` became `is not one of`",
            "6:3: `when` dropped",
            "7:19: `<` became `<=`",
            "7:19: `<` became `>=`",
            "7:21: `12 months` became `11 months`",
            "7:21: `12 months` became `13 months`",
            "7:30: `if missing applies` became `if missing not applicable`",
            "7:3: `when` dropped",
            "8:24: `>=` became `>`",
            "8:24: `>=` became `<`",
            "8:32: `if missing fail` became `if missing pass`",
            "8:32: `if missing fail` became `if missing not applicable`",
            "8:3: `require` dropped",
            "9:23: `>` became `>=`",
            "9:23: `>` became `<=`",
            "9:25: `5 days` became `4 days`",
            "9:25: `5 days` became `6 days`",
            "9:3: `accept` dropped",
            "11:11: `no` became `every`",
            "11:11: `no` became `some`",
            "11:46: `where commitment.worth > cap` dropped",
            "11:63: `>` became `>=`",
            "11:63: `>` became `<=`",
            "11:68: `if missing pass` became `if missing fail`",
            "11:68: `if missing pass` became `if missing not applicable`",
            "11:3: `require` dropped",
        ],
    );
}

#[test]
fn tests_and_values() {
    let found = changes(
        "  require (term is not stated or not (1% of EUR 3 > EUR 2 and title mentions \"x\")\n      \
         or at least 2 item in commitments where item.survives\n      \
         or every metric in metrics where metric.agreed is stated: metric.basis is stated\n      \
         or starts + 3 days <= signed - 1 month), if missing not applicable\n",
    );
    assert_eq!(
        found,
        [
            "1:31: `or` became `and`",
            "1:12: `term is not stated` dropped",
            "1:17: `is not stated` became `is stated`",
            "1:34: `not (1% of EUR 3 > EUR 2 and title mentions \"x\")` dropped",
            "1:34: `not` dropped",
            "1:59: `and` became `or`",
            "1:39: `1% of EUR 3 > EUR 2` dropped",
            "1:51: `>` became `>=`",
            "1:51: `>` became `<=`",
            "1:39: `1%` became `0.99%`",
            "1:39: `1%` became `1.01%`",
            "1:45: `EUR 3` became `EUR 2`",
            "1:45: `EUR 3` became `EUR 4`",
            "1:53: `EUR 2` became `EUR 1`",
            "1:53: `EUR 2` became `EUR 3`",
            "1:63: `title mentions \"x\"` dropped",
            "1:69: `mentions` became `not mentions`",
            "2:10: `at least 2 item in commitments where item.survives` dropped",
            "2:10: `at least` became `exactly`",
            "2:10: `at least` became `at most`",
            "2:19: `2` became `1`",
            "2:19: `2` became `3`",
            "2:47: `where item.survives` dropped",
            "2:47: `item.survives` became `not item.survives`",
            "3:10: `every metric in metrics where metric.agreed is stated: metric.basis is stated` dropped",
            "3:10: `every` became `some`",
            "3:10: `every` became `no`",
            "3:40: `where metric.agreed is stated` dropped",
            "3:54: first `is stated` became `is not stated`",
            "3:78: second `is stated` became `is not stated`",
            "4:10: `starts + 3 days <= signed - 1 month` dropped",
            "4:26: `<=` became `<`",
            "4:26: `<=` became `>`",
            "4:17: `+` became `-`",
            "4:19: `3 days` became `2 days`",
            "4:19: `3 days` became `4 days`",
            "4:36: `-` became `+`",
            "4:38: `1 month` became `0 months`",
            "4:38: `1 month` became `2 months`",
            "4:46: `if missing not applicable` became `if missing fail`",
            "4:46: `if missing not applicable` became `if missing pass`",
        ],
    );
}
