//! What is an error of an agreement that reads, whatever the rules: its code, a text that gets it,
//! and the words it gets. The words are those of the parser, asked with that text.

use std::fmt::Write;

use crate::agreement;
use crate::diagnostic::Diagnostic;
use crate::source::Source;

use super::layout::{fenced, indented, wrapped};

/// Each code with lines of an agreement that get it. `parties` stand above, unless the text opens
/// with an `alliance` line of its own.
const SLIPS: [(&str, &str); 29] = [
    ("model/no-parties", "alliance pilot: referral"),
    ("model/unknown-kind", "alliance pilot: go-to-markt\nparties\n  Kestrel: \"Kestrel GmbH\", DE"),
    (
        "model/duplicate-id",
        "commitments\n  sends: Kestrel commits 4 \"sends\" per quarter\n  sends: Northwind commits 2 \"posts\" per month",
    ),
    ("model/bad-id", "clauses\n  Law: governing-law, \"England and Wales\""),
    ("model/stated-twice", "exit\n  leave: either party; 30 days notice; 60 days notice"),
    ("model/unknown-party", "payments\n  fee: Northwind pays Kestral EUR 100 per year"),
    ("model/unknown-name", "ip\n  connector: joint, owned by Northwind or Kestral"),
    (
        "model/unknown-item",
        "exclusivity\n  media: Northwind grants Kestrel \"resale\" until commitments/posts missed",
    ),
    (
        "model/unknown-clock",
        "exit\n  leave: either party; 90 days notice; not before 6 months after lunch",
    ),
    ("model/unknown-place", "disputes\n  law: US-NX"),
    ("model/unknown-word", "clauses\n  law: goverment-law, \"England and Wales\""),
    (
        "model/unknown-column",
        "payments\n  share: Northwind pays Kestrel rate of \"net sales\"; banded by \"net sales\" per year\n    | \"net sales\" | royalty |\n    | < EUR 10    | 5%      |",
    ),
    ("model/no-such-currency", "payments\n  fx: convert EUO at \"average rate of the month\""),
    (
        "model/no-such-date",
        "commitments\n  launch: Kestrel commits 1 \"launch event\" by 2026-02-30",
    ),
    ("model/wrong-type", "liability\n  cap: 90 days per party"),
    ("model/unnamed", "liability\n  claims: 2 years after \"the cause of action\""),
    (
        "model/idle-slot",
        "payments\n  fee: Northwind pays Kestrel EUR 100 per year; 30 days to cure",
    ),
    (
        "model/cannot-be",
        "clauses\n  law: governing-law, \"England\"\nexclusivity\n  media: Northwind grants Kestrel \"resale\" until clauses/law missed",
    ),
    ("model/day-as-thing", "commitments\n  manager: Kestrel commits 1 \"manager\" for launch"),
    (
        "model/opposite",
        "ip\n  marks: Northwind licenses Kestrel \"the marks\"; exclusive, non-exclusive",
    ),
    (
        "model/not-exclusive",
        "exclusivity\n  media: Northwind grants Kestrel \"resale\" in DE; non-exclusive",
    ),
    ("model/forbidden-freely", "restrictions\n  prices: Kestrel must not change price; freely"),
    ("model/pays-itself", "payments\n  fee: Kestrel pays Kestrel EUR 100 per year"),
    ("model/no-clause", "clauses\n  law: governing-law, \"none\""),
    ("model/circle", "metrics\n  margin: is 50% of margin"),
    (
        "model/clock-circle",
        "dates\n  launch: on 3 months after go-live\n  go-live: on 10 days before launch",
    ),
    ("model/mixed-owners", "ip\n  connector: joint, owned by Northwind 50% or Kestrel 50%"),
    (
        "model/no-bands",
        "payments\n  share: Northwind pays Kestrel rate of \"net sales\"; banded by \"net sales\" per year",
    ),
    (
        "model/row-length",
        "attribution\n  on: \"revenue\" in EUR\n  | rule | Northwind | Kestrel |\n  | r1   | 60%       |",
    ),
];

const OPENING: &str = "\
What follows is no rule: an agreement that says it does not mean what it seems to.
It is told in every profile, nobody can switch it off or waive it, and rules that
would have to look at it are undetermined. `pactum explain CODE` prints the same.
";

/// The codes.
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    SLIPS.iter().map(|(code, _)| *code)
}

/// Every code with what it says.
pub(super) fn all() -> String {
    let mut out = OPENING.to_owned();
    for code in codes() {
        let page = page(code).unwrap_or_default();
        let _ = write!(out, "\n### {code}\n\n{}", fenced("text", &page));
    }
    out
}

/// A code: the message, what to do about it, and lines that get it.
pub(super) fn page(code: &str) -> Option<String> {
    let (_, text) = SLIPS.iter().find(|(known, _)| *known == code)?;
    let told = told(code, text)?;
    let mut out = wrapped(&told.message, &format!("error[{code}]: "), "  ");
    if let Some(help) = &told.help {
        for (at, line) in help.lines().enumerate() {
            let first = if at == 0 { "help: " } else { "      " };
            // What is laid out stays as it is.
            let kept = format!("{first}{line}\n");
            out.push_str(&if line.starts_with(' ') {
                kept
            } else {
                wrapped(line, first, "      ")
            });
        }
    }
    let _ = write!(out, "\nas in\n{}", indented(text));
    Some(out)
}

/// What the parser says of the text under that code.
fn told(code: &str, text: &str) -> Option<Diagnostic> {
    let cast = "alliance a: supply\nparties\n  Northwind: \"Northwind Ltd\", GB\n  Kestrel: \"Kestrel GmbH\", DE\n";
    let head = if text.starts_with("alliance") { "" } else { cast };
    let parsed = agreement::parse(&Source::new("example", format!("{head}{text}\n")));
    parsed.diagnostics.into_iter().find(|found| found.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_gets_its_code() {
        let wrong: Vec<_> =
            SLIPS.iter().filter(|(code, text)| told(code, text).is_none()).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
