//! What tests and values are made of, each with lines of a rule that load, and the tables by which
//! answers join.

use std::fmt::Write;

use crate::check::Truth;

use super::layout::{indented, wrapped};

/// What joins, quantifies, relates or makes values: its shape, what it says, lines of a rule.
struct Operator {
    shape: &'static str,
    says: &'static str,
    example: &'static str,
}

macro_rules! operators {
    ($($title:literal { $($shape:literal, $says:literal, $example:literal;)* })*) => {
        const OPERATORS: &[(&str, &[Operator])] = &[
            $(($title, &[$(Operator { shape: $shape, says: $says, example: $example },)*]),)*
        ];
    };
}

operators! {
    "joining tests" {
        "TEST and TEST", "Both hold. Write first what is to be blamed first.",
            "require term is stated and exit is stated";
        "TEST or TEST", "One of them holds. `and` and `or` in one test need brackets.",
            "require term is stated or (exit is stated and liability is stated)";
        "not TEST", "It does not hold.",
            "require not (term is not stated and exit is stated)";
    }
    "the members of a list" {
        "every NAME in LIST [where TEST]: TEST", "Each that is meant holds; where there is none, so it is.",
            "require every metric in metrics where metric.measure is incremental:\n    metric.target is stated";
        "some NAME in LIST [where TEST]", "There is one.",
            "require some right in exit.convenience where right.notice is stated";
        "no NAME in LIST [where TEST]", "There is none. Each that there is, is found by itself.",
            "require no hole in holes where hole.type is blank";
        "at least|at most|exactly NUMBER NAME in LIST [where TEST]", "There are so many.",
            "require at least 2 body in governance.bodies where body.meets is stated";
    }
    "two values" {
        "VALUE >= VALUE, also <= > <", "Numbers, shares, money, durations, dates and quantities have an order.",
            "for every right in exit.convenience\nrequire right.notice >= 90 days, if missing fail";
        "VALUE is [not] VALUE", "The same, or not: of any type. Beside `is`, a bare word is a word of the value's type.",
            "require kind is not affiliate, if missing fail";
        "VALUE is [not] one of VALUE {, VALUE}", "Among the values, or among the members of a list.",
            "require status is one of draft, active, if missing pass";
        "VALUE is [not] within VALUE..VALUE", "No less than the first and no more than the second.",
            "for every right in exit.convenience\nrequire right.notice is within 30 days..12 months, if missing fail";
        "TEXT mentions TEXT", "The words stand in it: whole words, in any case.",
            "for every clause in clauses\nrequire clause.text mentions \"writing\"";
    }
    "what is said of a value" {
        "VALUE is [not] stated", "It is written down, perhaps hidden; never missing itself. Of a section: whether its heading is there.",
            "require governance is stated";
        "VALUE is [not] open", "It is left to be agreed, or blank.",
            "for every right in exit.convenience\nrequire right.notice is not open";
        "VALUE is [not] redacted", "It is hidden from the reader.",
            "for every right in exit.convenience\nrequire right.notice is not redacted";
    }
    "making values" {
        "VALUE otherwise VALUE", "The second where the first is missing; a value left open stays open.",
            "let begin = launch otherwise starts\nrequire begin <= 2026-12-31, if missing pass";
        "VALUE + VALUE, VALUE - VALUE", "Two of one type, or a date and a duration.",
            "for every right in exit.convenience\nrequire right.notice + 30 days <= 12 months, if missing fail";
        "PERCENT of VALUE", "A share of an amount.",
            "for every promise in commitments\nrequire promise.worth >= 50% of EUR 100,000, if missing pass";
        "count of NAME in LIST [where TEST]", "How many there are.",
            "require count of metric in metrics <= 7";
        "count of different VALUE for NAME in LIST", "How many different values they have.",
            "require count of different cap.amount for cap in liability.caps <= 1,\n    if missing pass";
        "sum of VALUE for NAME in LIST", "All of them together; of two currencies nobody can tell.",
            "for every asset in ip.assets\nrequire sum of owner.share for owner in asset.owners is 100%,\n    if missing pass";
    }
}

const ANSWERS: &str = "\
A test answers yes, no, cannot tell (?), or missing (-): what it compares is not
stated, and nobody has said yet what that means. Doubt is told even where
silence would pass, and neither is ever taken for a no.
";

/// How the answer of `require` becomes the outcome of the rule.
const OUTCOMES: &str = "\
\u{20} require answers          yes   no        ?              -
  , if missing fail        pass  fail      undetermined   fail
  , if missing pass        pass  fail      undetermined   pass
  , if missing not applicable
                           pass  fail      undetermined   not applicable

  with accept, where require answers    no             ?
  accept answers yes                    approval       undetermined
  accept answers no or -                fail           undetermined
  accept answers ?                      undetermined   undetermined

  when answers yes         the rule applies
  when answers no          not applicable
  when answers -           as its `if missing` says: applies, or not applicable
  when answers ?           pass where require answers yes, else undetermined
";

const OVERALL: &str = "\
Approval is a fail that somebody named may approve. What a rule comes to for an
agreement is the worst of fail, undetermined, approval, pass and not applicable,
in this order. What cannot be told: a value left open, hidden or said elsewhere;
a range that the limit lies in; 3 months against 90 days; two currencies; what
stands in an item that could not be read.
";

/// Every operator with its example.
pub(super) fn page() -> String {
    let mut out = String::new();
    for (title, operators) in OPERATORS {
        let _ = writeln!(out, "{title}");
        for each in *operators {
            let _ = writeln!(out, "  {}", each.shape);
            out.push_str(&wrapped(each.says, "    ", "    "));
            out.push_str(&indented(&indented(&indented(each.example))));
        }
        out.push('\n');
    }
    out.push_str("`of` binds tightest, then + and -, then otherwise, then what relates two\nvalues, then not, then and, or. Equality is `is`; there is no `=`.\n");
    out
}

/// How answers join, and what they come to.
pub(super) fn answers() -> String {
    let all = [Truth::True, Truth::Unclear, Truth::Missing, Truth::False];
    let mut out =
        format!("{ANSWERS}\n  and  yes  ?    -    no        or   yes  ?    -    no        not\n");
    let row = |of: &mut dyn FnMut(Truth) -> Truth| -> String {
        all.iter().fold(String::new(), |row, other| row + &format!("{:5}", word(of(*other))))
    };
    for one in all {
        let both = row(&mut |other| one.and(other));
        let either = row(&mut |other| one.or(other));
        let name = word(one);
        let _ =
            writeln!(out, "  {name:5}{both}     {name:5}{either}     {name:5}{}", word(one.not()));
    }
    let _ = write!(out, "\n{OUTCOMES}\n{OVERALL}");
    out
}

const fn word(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "yes",
        Truth::False => "no",
        Truth::Unclear => "?",
        Truth::Missing => "-",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::RuleSet;
    use crate::source::Source;

    /// The lines of every example stand in a rule that loads, but for its examples.
    #[test]
    fn every_example_loads() {
        let mut wrong = String::new();
        for each in OPERATORS.iter().flat_map(|(_, all)| *all) {
            let lines = indented(each.example);
            let text = format!("rule a/b: error\n  ## It holds.\n{lines}  say \"x\"\n");
            let (_, told) = RuleSet::parse(&Source::new("x.policy", text));
            for found in told.iter().filter(|found| found.code != "policy/no-example") {
                let _ = writeln!(wrong, "{}: {} {:?}", each.example, found.message, found.help);
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
    }
}
