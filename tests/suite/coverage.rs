//! What lawyers marked in twelve real agreements, against what the encodings carry: computed.
//!
//! The labels are CUAD v1 (The Atticus Project, CC BY 4.0), copied as far as they are needed here:
//! which of the 41 categories is present in which agreement, and in which of its sections the marked
//! words stand. An item carries a label if its form carries the category and its `see` cites one of
//! these sections. `UPDATE=1 cargo test coverage` writes the table anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use pactum::Agreement;
use pactum::analysis::{Carrier, carriers};
use pactum::check::{Outcome, Subject, check};
use pactum::policy::RuleSet;
use pactum::source::Source;
use pactum::vocabulary::Facts;
use serde_json::Value;

const TABLE: &str = "examples/real/COVERAGE.md";
const VERDICTS_TABLE: &str = "examples/real/VERDICTS.md";

/// What every alliance turns on: a line of `clauses` is not enough for these.
const TYPED: [&str; 17] = [
    "effective-date",
    "expiration-date",
    "renewal-term",
    "notice-to-terminate-renewal",
    "termination-for-convenience",
    "exclusivity",
    "minimum-commitment",
    "revenue-share",
    "ip-ownership-assignment",
    "joint-ip-ownership",
    "licence-grant",
    "cap-on-liability",
    "audit-rights",
    "post-termination-services",
    "change-of-control",
    "anti-assignment",
    "governing-law",
];

/// The labels of one agreement.
pub(crate) struct Labels {
    pub(crate) name: String,
    /// The filing, as CUAD names it.
    file: String,
    /// The categories present, each with the sections in which it is marked.
    pub(crate) present: BTreeMap<String, Vec<String>>,
    pub(crate) absent: BTreeSet<String>,
    /// Where our verdict is another one, with the reading that explains it.
    pub(crate) readings: BTreeMap<String, String>,
}

/// The labels of all twelve, in the order of their names.
pub(crate) fn labels() -> Vec<Labels> {
    let mut files: Vec<_> =
        fs::read_dir("tests/labels").unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    let words = |value: &Value| -> Vec<String> {
        value.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
    };
    let one = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let json: Value = serde_json::from_str(&text).unwrap();
        assert!(json["labels"].as_str().unwrap().contains("CC BY 4.0"), "{}", path.display());
        let present = json["present"].as_object().unwrap().iter();
        let readings = json["readings"].as_object();
        Labels {
            name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
            file: json["file"].as_str().unwrap().to_owned(),
            present: present.map(|(slug, it)| (slug.clone(), words(&it["sections"]))).collect(),
            absent: words(&json["absent"]).into_iter().collect(),
            readings: readings
                .into_iter()
                .flatten()
                .map(|(slug, why)| (slug.clone(), why.as_str().unwrap().to_owned()))
                .collect(),
        }
    };
    files.iter().map(one).collect()
}

pub(crate) fn encoded(name: &str) -> (Source, Agreement) {
    let source = super::real(name);
    let parsed = pactum::parse(&source);
    assert!(parsed.diagnostics.is_empty(), "{name}: {:?}", parsed.diagnostics);
    (source, parsed.agreement)
}

/// Whether a place of the paper lies in another: `section 4.2(a)` in `section 4.2`.
fn within(place: &str, whole: &str) -> bool {
    place.strip_prefix(whole).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
}

/// Whether an item cites one of these places, or a part of one, or the whole of which one is part.
fn cites(carrier: &Carrier<'_>, places: &[String]) -> bool {
    let cited = carrier.see.unwrap_or("").split(", ");
    cited.into_iter().any(|see| places.iter().any(|p| within(see, p) || within(p, see)))
}

/// How a label is carried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Carried {
    Typed,
    Line,
    Not,
}

/// The row of a label: how it is carried, and by which items.
fn carried(category: &str, places: &[String], all: &[Carrier<'_>]) -> (Carried, Vec<String>) {
    let mine: Vec<_> =
        all.iter().filter(|each| each.category == category && cites(each, places)).collect();
    let how = match mine.iter().map(|each| each.typed).max() {
        Some(true) => Carried::Typed,
        Some(false) => Carried::Line,
        None => Carried::Not,
    };
    let best = mine.iter().filter(|each| each.typed == (how == Carried::Typed));
    let mut items: Vec<String> = Vec::new();
    for each in best {
        let path = match each.item {
            "" => each.section.to_owned(),
            item => format!("{}/{item}", each.section),
        };
        if !items.contains(&path) {
            items.push(path);
        }
    }
    (how, items)
}

/// What was found, and how often.
#[derive(Default)]
struct Count {
    typed: usize,
    line: usize,
    not: usize,
}

impl Count {
    fn add(&mut self, how: Carried) {
        *match how {
            Carried::Typed => &mut self.typed,
            Carried::Line => &mut self.line,
            Carried::Not => &mut self.not,
        } += 1;
    }

    const fn all(&self) -> usize {
        self.typed + self.line + self.not
    }
}

#[test]
fn every_label_is_carried() {
    let (mut sum, mut weak) = (Count::default(), Vec::new());
    let (mut rows, mut summary) = (String::new(), String::new());
    for labels in labels() {
        let (_, agreement) = encoded(&labels.name);
        let all = carriers(&agreement);
        let mut count = Count::default();
        writeln!(rows, "\n## {}\n\n`{}`\n", labels.name, labels.file).unwrap();
        rows.push_str("| label | marked in | carried | by |\n|---|---|---|---|\n");
        for (category, places) in &labels.present {
            assert!(!places.is_empty(), "{}: {category} is marked nowhere", labels.name);
            let (how, items) = carried(category, places, &all);
            count.add(how);
            sum.add(how);
            if how != Carried::Typed && TYPED.contains(&category.as_str()) {
                weak.push(format!("{}: {category}", labels.name));
            }
            let word = ["typed", "a line of `clauses`", "**not carried**"][how as usize];
            let places = places.join(", ");
            let items: Vec<_> = items.iter().map(|item| format!("`{item}`")).collect();
            writeln!(rows, "| {category} | {places} | {word} | {} |", items.join(", ")).unwrap();
        }
        let Count { typed, line, not } = count;
        writeln!(summary, "| {} | {} | {typed} | {line} | {not} |", labels.name, count.all())
            .unwrap();
    }
    let Count { typed, line, not } = sum;
    let table = format!(
        "# Coverage of the experts' labels\n\nGenerated by `UPDATE=1 cargo test coverage`; the tests compare it. \
         For each of the twelve agreements and each of CUAD's 41\ncategories that experts marked as present \
         (CUAD v1, The Atticus Project, CC BY 4.0): which items of the encoding carry it.\nAn item carries a label \
         if its form carries the category and its `see` cites a section in which the label's words stand.\n\n\
         | agreement | labels | typed | line | not |\n|---|---|---|---|---|\n{summary}| **all** | {} | {typed} | {line} | {not} |\n{rows}",
        sum.all()
    );
    super::generated(TABLE, &table);
    assert!(weak.is_empty(), "these want a typed form: {weak:#?}");
    assert!(
        100 * (typed + line) >= 95 * sum.all(),
        "{typed} + {line} of {} are carried",
        sum.all()
    );
    assert!(100 * typed >= 80 * sum.all(), "{typed} of {} are typed", sum.all());
}

/// Every item of a real agreement cites its section.
#[test]
fn real_agreements_cite_their_sections() {
    for labels in labels() {
        let source = super::real(&labels.name);
        let path = source.name();
        let (file, _) = pactum::syntax::parse_agreement(&source);
        let items = file.sections.iter().flat_map(|section| &section.items);
        for item in items {
            let see = item.slots.iter().any(|slot| slot.form == pactum::syntax::ast::Form::See);
            assert!(see, "{path}: `{}` cites no section", item.id);
        }
    }
}

#[test]
fn places_of_the_paper_nest() {
    assert!(within("section 4.2(a)", "section 4.2") && within("section 4", "section 4"));
    assert!(!within("section 12", "section 1") && !within("section 4", "section 4.2"));
}

/// What a rule of presence should say of an agreement, by the experts' labels, and the category that
/// decides it.
type Verdict = (&'static str, &'static str, fn(&dyn Fn(&str) -> bool) -> bool);

/// The rules of presence: each fires where the label says so.
const VERDICTS: [Verdict; 10] = [
    ("law/governing-law-stated", "governing-law", |has| !has("governing-law")),
    ("assignment/stated", "anti-assignment", |has| !has("anti-assignment")),
    ("control/change-answered", "change-of-control", |has| !has("change-of-control")),
    ("liability/cap-stated", "cap-on-liability", |has| !has("cap-on-liability")),
    ("liability/uncapped-reviewed", "uncapped-liability", |has| has("uncapped-liability")),
    ("payments/share-audited", "revenue-share", |has| has("revenue-share") && !has("audit-rights")),
    ("exit/after-life-stated", "post-termination-services", |has| {
        !has("post-termination-services")
    }),
    ("exit/convenience-right", "termination-for-convenience", |has| {
        !has("termination-for-convenience")
    }),
    ("exit/evergreen-has-exit", "renewal-term", |has| {
        has("renewal-term")
            && !has("termination-for-convenience")
            && !has("notice-to-terminate-renewal")
    }),
    ("ip/perpetual-licence-reviewed", "irrevocable-or-perpetual-licence", |has| {
        has("irrevocable-or-perpetual-licence")
    }),
];

/// Our verdicts on one agreement beside the experts'.
struct Beside<'a> {
    labels: &'a Labels,
    rows: &'a mut String,
    wrong: &'a mut Vec<String>,
    used: BTreeSet<String>,
}

impl Beside<'_> {
    /// A verdict on a category or by a rule; where the two differ, a reading of either explains it.
    fn compare(&mut self, what: &str, category: &str, ours: bool, theirs: bool) {
        if ours == theirs {
            return;
        }
        let Labels { name, readings, .. } = self.labels;
        let key = if readings.contains_key(what) { what } else { category };
        self.used.insert(key.to_owned());
        let told = match (what.contains('/'), ours) {
            (false, true) => "not found, though marked",
            (false, false) => "found, though not marked",
            (true, true) => "fires, and the labels would not",
            (true, false) => "is quiet, and the labels would fire",
        };
        match readings.get(key) {
            Some(why) if what == key => {
                writeln!(self.rows, "| {name} | {what} | {told} | {why} |").unwrap();
            }
            Some(_) => {}
            None => self.wrong.push(format!("{name}: {what}: {told}")),
        }
    }
}

/// The rules fire exactly where the experts say so, or a reading explains why not. The widest of
/// them, `clause/required`, is asked for all 41 categories at once.
#[test]
fn verdicts_agree_with_the_experts() {
    let mut rules = RuleSet::standard();
    let all = labels();
    let categories: BTreeSet<_> =
        all.iter().flat_map(|labels| labels.present.keys().chain(&labels.absent)).collect();
    assert_eq!(categories.len(), 41);
    let asked = categories.iter().map(|slug| slug.as_str()).collect::<Vec<_>>().join(", ");
    rules.set_param("clause/required", "required", &asked).unwrap();
    // Whatever has no limit is looked at, not only what is unusual.
    rules.set_param("liability/uncapped-reviewed", "usual", "\"nothing of the kind\"").unwrap();
    let (mut rows, mut wrong, mut cells) = (String::new(), Vec::new(), 0);
    for labels in &all {
        let (source, agreement) = encoded(&labels.name);
        let derived = pactum::analysis::derive(&agreement);
        let facts = Facts { agreement: &agreement, derived: &derived, as_of: None, us: None };
        let report = check(Subject { source: &source, facts, told: &[] }, &rules);
        let fired = |rule: &str| -> Vec<String> {
            let told = report.findings.iter().filter(|found| found.diagnostic.code == rule);
            let told = told.filter(|found| found.outcome != Outcome::Undetermined);
            told.map(|found| found.diagnostic.message.clone()).collect()
        };
        let mut beside =
            Beside { labels, rows: &mut rows, wrong: &mut wrong, used: BTreeSet::new() };
        let missing = fired("clause/required");
        for slug in &categories {
            let ours = missing.iter().any(|said| said.contains(&format!("clause on {slug};")));
            beside.compare(slug, slug, ours, !labels.present.contains_key(*slug));
        }
        for (rule, category, expected) in VERDICTS {
            let theirs = expected(&|slug| labels.present.contains_key(slug));
            beside.compare(rule, category, !fired(rule).is_empty(), theirs);
        }
        cells += categories.len() + VERDICTS.len();
        let used = beside.used;
        let idle: Vec<_> = labels.readings.keys().filter(|key| !used.contains(*key)).collect();
        assert!(idle.is_empty(), "{}: nothing differs at {idle:?}", labels.name);
    }
    assert!(wrong.is_empty(), "these want a reading in tests/labels: {wrong:#?}");
    let table = format!(
        "# Verdicts beside the experts'\n\nGenerated by `UPDATE=1 cargo test coverage`; the tests compare it. \
         `clause/required`, asked for all 41 categories, and the ten\nrules of presence were run on the twelve \
         agreements: {cells} verdicts. They agree with the experts' labels (CUAD v1, The\nAtticus Project, CC BY 4.0) \
         in all but the {} listed here, each with the reading that explains it.\n\n\
         | agreement | category or rule | ours | reading |\n|---|---|---|---|\n{rows}",
        rows.lines().count()
    );
    super::generated(VERDICTS_TABLE, &table);
}
