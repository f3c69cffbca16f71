//! The forms of a policy file, in one table: what a message about a slip shows, what `explain`
//! prints and what the reference holds.

use super::super::grammar::Rule;

/// A statement of a rule, or what opens a block.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PolicyForm {
    /// Its first word.
    pub(crate) opens: &'static str,
    /// Its shape: words in capitals stand for something.
    pub(crate) shape: &'static str,
    /// A line of it that reads.
    pub(crate) example: &'static str,
    /// What it says, in a sentence or two.
    pub(crate) says: &'static str,
    /// Its rule of the grammar.
    pub(super) kind: Rule,
}

macro_rules! forms {
    ($(#[doc = $doc:literal] $name:ident { $($opens:literal $kind:ident $shape:literal, $example:literal, $says:literal;)* })*) => {
        $(#[doc = $doc]
        pub(crate) static $name: &[PolicyForm] = &[$(PolicyForm {
            opens: $opens,
            shape: $shape,
            example: $example,
            says: $says,
            kind: Rule::$kind,
        },)*];)*
    };
}

forms! {
    /// The statements of a rule, in the order they are usually written.
    STATEMENTS {
        "##" doc_line "## WORDS",
            "## Leaving without a cause takes enough notice to wind joint work down.",
            "What the rule asks, in one sentence; further `##` lines say why. Every rule has one.";
        "source" source_line "source TEXT {, TEXT}",
            "source \"Strategic Alliances That Move Revenue\"",
            "What the rule rests on.";
        "profile" profile_line "profile essential|standard|strict",
            "profile essential",
            "The least profile the rule belongs to. A rule without it is on in every profile.";
        "applies" applies_line "applies to every kind [except KIND {, KIND}] or applies to KIND {, KIND}",
            "applies to every kind except affiliate, referral",
            "For which kinds of alliance the rule is; without it for every kind.";
        "param" param_line
            "param NAME: [list of] TYPE = VALUE {, VALUE} [in VALUE..VALUE] {for KIND {, KIND} = VALUE {, VALUE}}",
            "param minimum: duration = 90 days in 1 day..24 months for affiliate = 30 days",
            "A value that `pactum.toml` may change: its type, its default, its bounds, and its value for some kinds.";
        "for" for_line "for every NAME in LIST",
            "for every right in exit.convenience",
            "What the rule looks at, under a name. Each member is judged and found by itself; where there is none, \
             the rule is not applicable. At most three lines, nested.";
        "let" let_line "let NAME = VALUE or let NAME = TEST",
            "let begin = launch otherwise starts",
            "A name for a value or a test, for the lines below and the messages.";
        "when" when_line "when TEST [, if missing applies|not applicable]",
            "when asset.class is joint",
            "Whether the rule applies. Several lines must all hold.";
        "require" require_line "require TEST [, if missing fail|pass|not applicable]",
            "require right.notice >= minimum, if missing fail",
            "What must hold. `if missing` is asked for exactly where the test reads what need not be stated. \
             A rule may have several; accept, say, missing and help belong to the one above.";
        "accept" accept_line "accept TEST with approval of TEXT|NAME",
            "accept right.notice >= acceptable with approval of \"Head of Alliances\"",
            "What somebody may approve instead; the best position first.";
        "say" say_line "say TEXT",
            "say \"{right.by} can leave with {right.notice} notice\"",
            "The message. `{NAME}` and `{NAME.FACT}` are replaced by their values; `{{` is a brace.";
        "missing" missing_line "missing TEXT",
            "missing \"no notice period is stated\"",
            "The message where something is missing; without it, that of say.";
        "help" help_line "help TEXT",
            "help \"raise the notice to {minimum}\"",
            "What to do about it.";
        "waivable" waivable_line "waivable inline|with approval",
            "waivable with approval",
            "Who may waive it: the agreement itself, or only somebody outside it. Without the line: only somebody outside it.";
        "never" waivable_line "never waivable",
            "never waivable",
            "Nobody may waive it.";
        "formerly" formerly_line "formerly TOPIC/REQUIREMENT",
            "formerly exit/notice-too-short",
            "An id the rule had before: configurations and waivers that use it go on working.";
        "equivalent" equivalent_line "equivalent TEXT {, TEXT} because TEXT",
            "equivalent \">= became >\" because \"no notice is that long\"",
            "A change of the statement above, as `pactum test --mutate` calls it, that no example can notice, and why.";
    }

    /// What may open a block at the left edge.
    BLOCKS {
        "rule" rule_head "rule TOPIC/REQUIREMENT: error|warning|advice",
            "rule exit/notice-stated: error",
            "The head of a rule: its id, equal to its path, and how much a finding of it matters.";
        "passes" example_head "passes {, OPTION}",
            "passes, given minimum = 60 days",
            "The agreement text below passes the rule. Every rule has such an example.";
        "fails" example_head "fails at PLACE {, PLACE} {, OPTION}",
            "fails at \"30 days\" against exit/convenience, saying \"30 days notice is too short\"",
            "It fails, with exactly these findings, in any order. Every rule has such an example.";
        "accepts" example_head "accepts at PLACE {, PLACE} with approval of TEXT {, OPTION}",
            "accepts at \"60 days\" with approval of \"Head of Alliances\"",
            "It fails at a position that somebody may approve.";
        "undetermined" example_head "undetermined [at PLACE {, PLACE}] {, OPTION}",
            "undetermined at \"3 months\"",
            "Nobody can tell from the text; only here may a part of it be unreadable.";
        "not" example_head "not applicable {, OPTION}",
            "not applicable, as of 2026-04-01",
            "The rule has nothing to judge in it.";
    }
}

#[cfg(test)]
mod tests {
    use pest::Parser;

    use super::super::super::grammar::Grammar;
    use super::*;

    /// Every form reads as the rule of the grammar that it is said to be, to its end.
    #[test]
    fn every_example_reads_whole() {
        for form in STATEMENTS.iter().chain(BLOCKS) {
            let read = Grammar::parse(form.kind, form.example);
            let end = read.unwrap().last().map(|pair| pair.as_span().end());
            assert_eq!(end, Some(form.example.len()), "{}", form.example);
            assert!(form.example.starts_with(form.opens), "{}", form.example);
            assert!(form.shape.starts_with(form.opens), "{}", form.shape);
        }
    }

    /// What the grammar takes for the opening of a statement is in the table, and the other way round.
    #[test]
    fn no_statement_is_forgotten() {
        let grammar = include_str!("../../../grammar/policy.pest");
        let opening = grammar.split("statement_word = _{").nth(1).unwrap().split('}').next();
        let opening = opening.unwrap().replace("\"\\\"\"", "");
        let words = opening.split('"').skip(1).step_by(2).filter(|word| *word != "every");
        let mut words: Vec<_> = words.chain(["##"]).collect();
        let mut known: Vec<_> = STATEMENTS.iter().map(|form| form.opens).collect();
        words.sort_unstable();
        known.sort_unstable();
        assert_eq!(words, known);
    }
}
