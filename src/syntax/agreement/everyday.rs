//! Words that contracts use where the language has others, with what is written in their place.
//!
//! One table, asked before any guess by likeness: these words are like none of the language.

use std::ops::Range;

use super::choice::actor_end;
use super::reach::pieces;

/// What is written in place of everyday words.
#[derive(Debug)]
pub(super) struct Hint {
    /// The section they stand in: its heads, or with none, its slots and those of any other.
    section: Option<&'static str>,
    /// The words. `#` is a number, `UNIT` a unit of time, `NAME` a name; a last `..` lets others
    /// stand before.
    said: &'static [&'static str],
    /// The form that says it.
    pub(super) written: &'static str,
    /// A text of that form, which reads.
    pub(super) example: &'static str,
    /// The section the form stands in, where it is another one.
    pub(super) under: Option<&'static str>,
}

const fn slot(said: &'static [&'static str], written: &'static str, example: &'static str) -> Hint {
    Hint { section: None, said, written, example, under: None }
}

const fn head(
    section: &'static str,
    said: &'static [&'static str],
    written: &'static str,
    example: &'static str,
) -> Hint {
    Hint { section: Some(section), said, written, example, under: None }
}

const fn elsewhere(mut hint: Hint, under: &'static str) -> Hint {
    hint.under = Some(under);
    hint
}

/// Said of a day among slots, and in the head of a payment.
const MONTH_END: &[&str] =
    &["month end ..", "month-end ..", "end of month ..", "end of each month .."];
/// Frees an assignment, and is what a prohibition leaves.
const WITHOUT_CONSENT: &[&str] =
    &["without consent", "without the consent", "without prior", "without approval"];

/// The table; the first that fits is told.
const HINTS: &[Hint] = &[
    slot(
        &[
            "with approval of",
            "with the approval of",
            "with written approval",
            "with prior",
            "with written consent",
            "with the consent",
            "approved by NAME",
            "approved by the",
            "subject to approval",
            "subject to the approval",
            "subject to consent",
            "subject to the consent",
            "subject to prior",
        ],
        "with consent of WHO",
        "with consent of other party",
    ),
    slot(
        &["subject to", "provided that", "conditional on", "conditional upon", "conditioned on"],
        "only if TEST",
        "only if \"quality standards are met\"",
    ),
    slot(
        &[
            "at cost",
            "at the cost",
            "at no cost",
            "at expense",
            "at the expense",
            "at own cost",
            "at its own",
            "at the sole",
            "costs to",
            "costs borne by",
        ],
        "costs WHO",
        "costs Kestrel",
    ),
    slot(
        &["signatory", "signed by", "address", "formerly", "registered", "incorporated"],
        "note TEXT",
        "note \"formerly Kestrel Radio\"",
    ),
    slot(
        &[
            "with notice period",
            "with a notice period",
            "notice period",
            "with # UNIT",
            "upon # UNIT",
            "on # UNIT",
            "with prior notice",
            "# UNIT prior",
            "# UNIT written",
            "# UNIT ' prior",
            "# UNIT ' written",
            "# UNIT ' notice",
            "# UNIT advance",
        ],
        "LENGTH notice",
        "30 days notice",
    ),
    slot(WITHOUT_CONSENT, "freely", "freely"),
    slot(WITHOUT_CONSENT, "with consent of WHO", "with consent of other party"),
    slot(
        &[
            "until the end of the initial term",
            "until end of initial term",
            "until the end of the term",
        ],
        "until initial term end",
        "until initial term end",
    ),
    slot(
        &["survives forever", "survives indefinitely", "survives in perpetuity"],
        "survives perpetual",
        "survives perpetual",
    ),
    slot(&["lead time", "within a period of"], "within LENGTH", "within 4 months"),
    slot(
        &["limited", "promptly", "immediately upon", "on request", "upon request", "as needed"],
        "note TEXT",
        "note \"promptly\"",
    ),
    slot(&["no later than", "not later than", "on or before"], "by MOMENT", "by 2026-09-30"),
    slot(&["prior to"], "before MOMENT", "before \"publication\""),
    slot(MONTH_END, "due LENGTH after each month", "due 10 days after each month"),
    head(
        "payments",
        MONTH_END,
        "; due LENGTH after each month",
        "Kestrel pays Northwind EUR 5,000; due 10 days after each month",
    ),
    elsewhere(
        head(
            "commitments",
            &["shall not", "must not", "will not", "agrees not"],
            "WHO must not TEXT",
            "Kestrel must not \"sell below the list price\"",
        ),
        "restrictions",
    ),
    head(
        "commitments",
        &["shall", "must", "agrees to", "agree to", "undertakes", "undertake"],
        "WHO will TEXT",
        "Kestrel will \"promote the joint offer\"",
    ),
    head(
        "liability",
        &[
            "not liable",
            "is not liable",
            "shall not be liable",
            "excludes",
            "disclaims",
            "no liability",
        ],
        "excluded THINGS",
        "excluded \"lost profit\", \"consequential\"",
    ),
    head(
        "liability",
        &["defends", "defend", "holds harmless", "shall indemnify", "will indemnify"],
        "WHO indemnifies WHOM against THINGS",
        "Kestrel indemnifies Northwind against \"third-party claims\"",
    ),
    head(
        "disputes",
        &["exclusive courts", "exclusive jurisdiction", "jurisdiction", "venue"],
        "courts PLACE; exclusive",
        "courts US-NY",
    ),
    head(
        "exit",
        &["may sell", "may continue", "may use", "shall continue"],
        "continue THINGS",
        "continue \"sale of the stock\" during 6 months",
    ),
    elsewhere(
        head(
            "payments",
            &["may pay", "may rebate", "may grant", "may refund"],
            "WHO gives WHOM TEXT",
            "Northwind gives Kestrel \"a rebate, where it chooses to\"",
        ),
        "rights",
    ),
    head(
        "payments",
        &[
            "keeps",
            "retains",
            "bears",
            "reimburses",
            "receives",
            "earns",
            "gets",
            "remits",
            "owes",
            "shall pay",
            "will pay",
            "must pay",
            "agrees to pay",
        ],
        "WHO pays WHOM AMOUNT",
        "Kestrel pays Northwind 30% of \"revenue\"",
    ),
];

/// The words of a head or slot of `section` that the language says otherwise, with how.
pub(super) fn said(
    section: &str,
    is_head: bool,
    text: &str,
) -> Option<(Range<usize>, &'static Hint)> {
    let from = if is_head { actor_end(text) } else { 0 };
    let all: Vec<_> = pieces(text).into_iter().filter(|piece| piece.start >= from).collect();
    // Whoever approves a waiver is a person, in quotes; what must not be done is allowed by consent,
    // never freely.
    let fits = |hint: &Hint| match section {
        "waivers" => false,
        "restrictions" => hint.written != "freely",
        _ => true,
    };
    let asked = HINTS.iter().filter(|hint| match hint.section {
        Some(its) => is_head && its == section,
        None => !is_head && fits(hint),
    });
    asked.into_iter().find_map(|hint| {
        let found = |words: &&str| {
            let (words, starts) = match words.strip_suffix(" ..") {
                Some(words) => (words, all.len()),
                None => (*words, 1),
            };
            (0..starts.min(all.len())).find_map(|start| matched(text, &all[start..], words))
        };
        hint.said.iter().find_map(found).map(|at| (at, hint))
    })
}

/// Where `words` stand at the beginning of these pieces.
fn matched(text: &str, pieces: &[Range<usize>], words: &str) -> Option<Range<usize>> {
    let mut end = 0;
    for (index, word) in words.split(' ').enumerate() {
        let piece = pieces.get(index)?;
        let mine = &text[piece.clone()];
        let fits = match word {
            "#" => mine.bytes().all(|b| b.is_ascii_digit()),
            "UNIT" => is_unit(mine),
            "NAME" => mine.starts_with(char::is_uppercase),
            word => word == mine,
        };
        if !fits {
            return None;
        }
        end = piece.end;
    }
    Some(pieces.first()?.start..end)
}

fn is_unit(word: &str) -> bool {
    let one = word.strip_suffix('s').unwrap_or(word);
    ["day", "week", "month", "quarter", "year"].contains(&one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::agreement::reach::reads;
    use crate::syntax::agreement::trouble::entry;
    use crate::syntax::grammar::Rule;

    #[test]
    fn what_is_proposed_reads() {
        for hint in HINTS {
            let section = hint.under.or(hint.section);
            let rule = section.map_or(Rule::whole_slot, |section| entry(section).unwrap());
            assert!(reads(rule, hint.example), "{}", hint.example);
        }
    }
}
