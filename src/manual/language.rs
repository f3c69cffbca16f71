//! The agreement language as reference text, from the `///` lines of `grammar/agreement.pest`:
//! what `explain SECTION` prints, and `grammar/README.md`.

use std::fmt::Write;

use crate::agreement::{self, CATEGORIES, KINDS, SECTIONS};
use crate::source::Source;
use crate::syntax::ast::Form;
use crate::syntax::{Shape, section_shapes, shape};

use super::layout::indented;

static REFERENCE: &str = include_str!("../../grammar/README.md");

/// What the words in capitals of a shape stand for: the rule of the grammar that says so.
const WORDS: [(&str, &str); 13] = [
    ("WHO", "who"),
    ("PERIOD", "period"),
    ("MOMENT", "moment"),
    ("WHEN", "each"),
    ("AMOUNT", "amount"),
    ("FORMULA", "figure"),
    ("THINGS", "thing"),
    ("ITEM", "reference"),
    ("TEST", "test"),
    ("ACTION", "action"),
    ("SPAN", "during"),
    ("HOLE", "hole"),
    ("MEMBERS", "bench"),
];
/// The same for words that are another name of one of these, or a plain value.
const PLAIN: [(&str, &str); 28] = [
    (
        "LENGTH",
        "a length of time: 90 days, 12 months, 10 business days, 30 days..60 days; or a HOLE",
    ),
    ("WHOM", "like WHO"),
    ("OUTCOME", "like ACTION"),
    ("THING", "one of THINGS"),
    ("TEXT", "free words in quotes, on one line: \"net revenue\""),
    ("ID", "the item's name: one word in small letters, digits and hyphens"),
    ("NAME", "a party, as declared under `parties`: Kestrel"),
    ("ROLE", "a word for what the party is, such as vendor or distributor"),
    ("WORD", "one word in small letters"),
    ("NUMBER", "4 or 80,000 or 12.5"),
    ("SHARE", "12.5% or 1/3"),
    ("MONEY", "EUR 60,000"),
    ("CURRENCY", "a code of ISO 4217: EUR"),
    ("VALUE", "a number, a share or an amount of money"),
    ("DATE", "2026-04-01"),
    ("HH:MM", "a time of the day: 16:00"),
    ("PLACE", "a code of ISO 3166: DE or US-TX"),
    (
        "CALENDAR",
        "a calendar of business days: GB, DE, US, NYSE or one that pactum.toml names; or a PLACE",
    ),
    ("PLACES", "one or more of PLACE, or an area declared under `scope`"),
    ("FIELD", "what for: one or more of THINGS"),
    ("BASE", "what is shared, in quotes or an item of the metrics"),
    ("COLUMN", "a column of the table of shares that asks something of a deal: total"),
    ("METRIC", "an item of the metrics: metrics/pipeline"),
    ("BODY", "an item of the governance: executive"),
    ("CATEGORY", "what a clause is about: one of the categories above"),
    ("TITLE", "a person's position, in quotes"),
    ("POST", "a person's position instead of a name, in quotes"),
    ("FLAGS", "one or more of FLAG"),
];
/// Items whose name says what they are.
const NAMES: [(&str, &str, &str); 7] = [
    ("rationale", "alone", "how long a side would need to do it alone: alone: 36 months"),
    ("rationale", "overlap", "how much of the customers both sides have already: overlap: 20%"),
    ("rationale", "written", "when the reasons were written down: written: 2026-01-10"),
    ("term", "initial", "the first term: initial: 24 months"),
    ("exit", "survival", "what goes on after the end: survival: confidentiality, liability"),
    ("liability", "cap", "a cap, also ...-cap, limit and ...-limit: cap: EUR 500,000 per party"),
    ("disputes", "law", "the law that governs, also ...-law: law: GB"),
];

/// All that can be asked for: the sections, and the words that shapes are made of.
pub(super) fn topics() -> impl Iterator<Item = &'static str> {
    let words = WORDS.iter().map(|(word, _)| *word).chain(PLAIN.iter().map(|(word, _)| *word));
    SECTIONS.into_iter().chain(words)
}

/// What a word in capitals stands for, with examples.
pub(super) fn word(name: &str) -> Option<String> {
    let rule = WORDS.iter().find(|(word, _)| *word == name).map(|(_, rule)| *rule);
    if let Some(plain) = PLAIN.iter().find(|(word, _)| *word == name) {
        return Some(format!("{name}: {}\n", plain.1));
    }
    let shape = shape(rule?)?;
    let example = if shape.example.is_empty() { "" } else { " " };
    Some(format!("{name}: {}{example}{}\n", shape.shape, shape.example))
}

/// How a section of an agreement is written: its forms, each with a line that reads, the points
/// that may follow behind a `;`, and what the words in capitals stand for.
///
/// It is read from `grammar/README.md`: to work out which points a section has takes a while.
pub(super) fn section(name: &str) -> Option<&'static str> {
    let opening = format!("\n## {name}\n\n```text\n");
    let start = REFERENCE.find(&opening)? + opening.len();
    Some(REFERENCE[start..].split("```").next().unwrap_or(""))
}

/// The same, worked out from the grammar.
fn written(name: &str) -> String {
    let summary = shape(&format!("sec_{name}")).map_or("", |shape| shape.shape);
    let mut out = format!("{name}: {summary}\n\nforms of an item, each with an example\n");
    let mut forms = section_shapes(name);
    // A form may be tried twice, with a party before it and without.
    let mut seen = Vec::new();
    forms.retain(|form| {
        !seen.contains(&form.rule) && {
            seen.push(form.rule);
            true
        }
    });
    for form in &forms {
        let _ = write!(out, "  {}\n{}", form.shape, indented(&format!("  {}", form.example)));
    }
    let points = points(name, &forms);
    if !points.is_empty() {
        out.push_str("\npoints that may follow, each behind a `;`\n");
    }
    for point in &points {
        let _ = write!(out, "  {}\n{}", point.shape, indented(&format!("  {}", point.example)));
    }
    for (_, id, what) in NAMES.iter().filter(|(section, ..)| *section == name) {
        let _ = write!(out, "\nan item called `{id}` is {what}\n");
    }
    if name == "clauses" {
        let _ = write!(out, "\ncategories\n{}", indented(&listed(&CATEGORIES)));
    }
    let used = words_of(forms.into_iter().chain(points));
    out.push_str("\nwords in capitals\n");
    for word in used.iter().filter_map(|used| word(used)) {
        out.push_str(&indented(&word));
    }
    out
}

/// Words on lines of four.
fn listed(words: &[&str]) -> String {
    let lines: Vec<_> = words.chunks(4).map(|line| line.join(", ")).collect();
    lines.join(",\n")
}

/// The points that some form of a section reads: tried on its examples, so that nobody has to keep
/// a list.
fn points(section: &str, forms: &[&'static Shape]) -> Vec<&'static Shape> {
    // In the order in which a tidy item has them.
    let mut ordered = Form::ALL.to_vec();
    ordered.sort_by_key(|form| form.rank());
    let asked = ordered.into_iter().map(Form::rule_name).filter(|rule| is_point(rule));
    let points = asked.filter_map(shape);
    points.filter(|point| forms.iter().any(|form| reads(section, form, point))).collect()
}

/// Whether a form may stand behind a `;`.
fn is_point(rule: &str) -> bool {
    let slot = rule.starts_with("slot_") || rule.starts_with("mod_");
    slot || ["per", "during", "within", "axis", "consent"].contains(&rule)
}

/// Whether an item of that form keeps such a point.
fn reads(section: &str, form: &Shape, point: &Shape) -> bool {
    let head = form.example.split(';').next().unwrap_or("");
    let cast = "parties\n  Northwind: \"N\"\n  Kestrel: \"K\"\n";
    let heading = if section == "parties" { String::new() } else { format!("{section}\n") };
    let text = format!("alliance a: supply\n{cast}{heading}  {head}; {}\n", point.example);
    let parsed = agreement::parse(&Source::new("example", text));
    let idle = |code: &str| {
        matches!(code, "model/idle-slot" | "model/stated-twice") || code.starts_with("syntax/")
    };
    !parsed.diagnostics.iter().any(|found| idle(&found.code))
}

/// The words in capitals of some shapes, in the order of the tables above.
fn words_of(shapes: impl Iterator<Item = &'static Shape>) -> Vec<&'static str> {
    let text: Vec<_> = shapes.map(|shape| shape.shape).collect();
    let words: Vec<_> = text.iter().flat_map(|shape| capitals(shape)).collect();
    topics().filter(|topic| words.contains(topic)).collect()
}

/// The words of a shape that are written in capitals.
fn capitals(shape: &str) -> impl Iterator<Item = &str> {
    let words = shape.split(|c: char| !(c.is_ascii_alphabetic() || c == ':'));
    let words = words.map(|word| word.trim_end_matches(':'));
    words.filter(|word| word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase() || b == b':'))
}

/// The reference of the agreement language, worked out from the grammar: what `grammar/README.md`
/// must hold.
pub fn reference() -> String {
    let mut out = String::from(
        "# The agreement language\n\nGenerated by `UPDATE=1 cargo test`; the tests compare it. \
         `pactum explain SECTION` prints the same.\n\n",
    );
    out.push_str(LAYOUT);
    let _ = write!(out, "\n## The first lines\n\n```text\n{}```\n", header());
    let _ = writeln!(out, "\nThe kinds of alliance: {}.", KINDS.join(", "));
    for name in SECTIONS {
        let _ = write!(out, "\n## {name}\n\n```text\n{}```\n", written(name));
    }
    out
}

/// How a text is laid out.
const LAYOUT: &str = "\
An agreement is plain text. Its first line names it; a word at the left edge opens a section; an
indented line `id: FORM; POINT; POINT` is an item of it; a deeper line continues the one above. `#`
opens a remark. What is not of the language stands in quotes. `pactum fmt` lays a text out, and puts
the points of an item in the order in which they stand below.

In the shapes below, words in small letters stand as they are, words in capitals stand for something,
`a|b` is one of them, `[a]` may be left out, and `{a}` may stand any number of times.
";

fn header() -> String {
    let slots = Form::ALL.iter().take_while(|form| form.is_slot());
    let mut out = String::new();
    for form in shape("header").into_iter().chain(slots.filter_map(|f| shape(f.rule_name()))) {
        let _ = write!(out, "{}\n{}", form.shape, indented(form.example));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_in_capitals_is_explained() {
        let shapes: Vec<_> = SECTIONS.iter().flat_map(|name| section_shapes(name)).collect();
        let points = Form::ALL.iter().filter_map(|form| shape(form.rule_name()));
        let all: Vec<_> = shapes.into_iter().chain(points).map(|shape| shape.shape).collect();
        let said = |word: &str, shape: &str| {
            // A shape may say itself what a word of it is: `FORUM negotiation|mediation`.
            let own = shape.split_once(&format!(", {word} ")).is_some();
            own || topics().any(|topic| topic == word)
        };
        let unsaid: Vec<_> = all
            .iter()
            .flat_map(|shape| capitals(shape).map(move |word| (word, shape)))
            .filter(|(word, shape)| !said(word, shape))
            .collect();
        assert!(unsaid.is_empty(), "{unsaid:#?}");
        assert!(WORDS.iter().all(|(name, _)| word(name).is_some()), "a rule without its line");
    }

    #[test]
    fn a_name_that_means_something_reads_as_it_says() {
        for (section, id, what) in NAMES {
            let (_, example) = what.split_once(": ").unwrap();
            let text = format!("alliance a: supply\nparties\n  K: \"K\"\n{section}\n  {example}\n");
            let parsed = agreement::parse(&Source::new("example", text.clone()));
            let told: Vec<_> = parsed.diagnostics.iter().map(|found| &*found.message).collect();
            let unknown = |told: &&str| told.starts_with("nothing is called");
            assert!(told.iter().all(unknown), "{text}{told:?}");
            assert!(example.starts_with(id), "{example}");
        }
    }
}
