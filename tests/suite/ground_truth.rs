//! Generated agreements with planted violations of ten rules: what is found must be exactly what
//! was planted, in every document. `benches/gen.py` makes both; nine rules are policies in
//! `tests/ground-truth/policies`, the tenth (a commitment of nobody's) is the model's own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pactum::check::{Outcome, Subject, check, run_examples};
use pactum::policy::RuleSet;
use pactum::source::{Source, Span};
use pactum::vocabulary::Facts;

/// A rule of the truth and the item it is found at, as `section/item`, or the section.
type Hit = (String, String);
type Truth = BTreeMap<String, Vec<Hit>>;

/// What finds each of the ten rules.
const CODES: [(&str, &str); 10] = [
    ("truth/exit-terms", "R1"),
    ("truth/commitments-quantified", "R2"),
    ("truth/notice-long-enough", "R3"),
    ("truth/joint-assets-owned", "R4"),
    ("truth/shares-sum", "R5"),
    ("truth/named-owners", "R6"),
    ("truth/review-cadence", "R7"),
    ("model/unknown-party", "R8"),
    ("truth/handover-complete", "R9"),
    ("truth/metric-count", "R10"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ground-truth")
}

fn policies() -> RuleSet {
    let mut all = RuleSet::default();
    let mut files: Vec<_> =
        fs::read_dir(root().join("policies")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        let source = Source::new(file.display().to_string(), fs::read_to_string(&file).unwrap());
        let (rules, told) = RuleSet::parse(&source);
        assert!(told.is_empty(), "{}: {told:#?}", source.name());
        assert!(all.extend(rules).is_empty(), "{}: its id is taken", source.name());
    }
    all
}

fn truth(path: &Path) -> Truth {
    let read: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let word = |hit: &serde_json::Value, key: &str| hit[key].as_str().unwrap().to_owned();
    let hits = |hits: &serde_json::Value| {
        let mut hits: Vec<Hit> = hits
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| (word(hit, "rule"), word(hit, "item")))
            .collect();
        hits.sort();
        hits
    };
    read.as_object().unwrap().iter().map(|(name, found)| (name.clone(), hits(found))).collect()
}

/// The item a place stands in, by layout alone: the last heading and the last opener above it.
fn item_at(text: &str, span: Span) -> String {
    let (mut heading, mut item) = ("", None);
    for line in text[..=span.start as usize].split_inclusive('\n').map(|start| {
        let at = start.as_ptr() as usize - text.as_ptr() as usize;
        text[at..].lines().next().unwrap_or("")
    }) {
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            (heading, item) = (line, None);
        } else if let Some((id, _)) = line.strip_prefix("  ").and_then(|line| line.split_once(": "))
            && id.chars().all(|c| c.is_alphanumeric() || c == '-')
        {
            item = Some(id);
        }
    }
    if heading.starts_with("alliance ") {
        return "header".to_owned();
    }
    item.map_or_else(|| heading.to_owned(), |item| format!("{heading}/{item}"))
}

/// What is found in one agreement, with how each rule of the ten came out.
fn found(
    text: &str,
    name: &str,
    rules: &RuleSet,
    counts: &mut BTreeMap<String, [usize; 2]>,
) -> Vec<Hit> {
    let source = Source::new(name, text);
    let parsed = pactum::parse(&source);
    let derived = pactum::analysis::derive(&parsed.agreement);
    let facts = Facts { agreement: &parsed.agreement, derived: &derived, as_of: None, us: None };
    let report = check(Subject { source: &source, facts, told: &parsed.diagnostics }, rules);
    assert!(
        report.findings.iter().all(|finding| finding.outcome == Outcome::Fail)
            && report.folded == 0,
        "{name}: every answer is sure: {:#?}",
        report.findings
    );
    for outcome in &report.outcomes {
        let count = counts.entry(outcome.rule.to_string()).or_default();
        count[0] += usize::from(outcome.outcome == Some(Outcome::Fail));
        count[1] += usize::from(outcome.outcome == Some(Outcome::Pass));
    }
    let findings = report.findings.iter().map(|finding| &finding.diagnostic);
    let mut hits: Vec<Hit> = findings
        .chain(&parsed.diagnostics)
        .map(|told| {
            let rule = CODES.iter().find(|(code, _)| *code == told.code);
            let rule = rule.map_or_else(
                || format!("{}: {}", told.code, told.message),
                |(_, rule)| (*rule).to_owned(),
            );
            let item = item_at(text, told.primary.span);
            // What a whole section lacks is found at the first line where the section is not there.
            let absent = match &*rule {
                "R1" => Some("exit"),
                "R10" => Some("metrics"),
                _ => None,
            };
            (rule, absent.filter(|_| item == "header").map_or(item, str::to_owned))
        })
        .collect();
    hits.sort();
    hits
}

/// Every difference between what is found and the truth, and how often each rule failed and passed.
fn differences(folder: &Path, truth: &Truth) -> (Vec<String>, BTreeMap<String, [usize; 2]>) {
    let (rules, mut counts, mut wrong) = (policies(), BTreeMap::new(), Vec::new());
    for (name, hits) in truth {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let found = found(&text, name, &rules, &mut counts);
        if found != *hits {
            wrong.push(format!("{name}: found {found:?}, planted {hits:?}"));
        }
    }
    (wrong, counts)
}

#[test]
fn every_planted_violation_is_found_and_nothing_else() {
    let folder = root().join("agreements");
    let truth = truth(&root().join("truth.json"));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 100);
    assert_eq!(truth.len(), 100);
    let (wrong, counts) = differences(&folder, &truth);
    assert!(wrong.is_empty(), "{} of 100 differ:\n{}", wrong.len(), wrong.join("\n"));

    let planted =
        |rule: &str| truth.values().filter(|hits| hits.iter().any(|hit| hit.0 == rule)).count();
    for (code, rule) in CODES {
        assert!((5..=30).contains(&planted(rule)), "{rule} is planted in {} of 100", planted(rule));
        if let Some([failed, passed]) = counts.get(code) {
            assert_eq!(*failed, planted(rule), "{code} fails where it is planted");
            // An agreement without an exit has no handover, and one without assets none to own.
            let idle = if rule == "R9" { planted("R1") } else { 0 };
            assert_eq!(failed + passed + idle, 100, "{code} passes everywhere else");
        }
    }
    assert_eq!(counts.len(), 9, "nine of the ten rules are policies");
}

#[test]
fn a_wrong_truth_is_noticed() {
    let folder = root().join("agreements");
    let right = truth(&root().join("truth.json"));
    let (first, hits) = right.iter().find(|(_, hits)| !hits.is_empty()).unwrap();
    let clean = right.iter().find(|(_, hits)| hits.is_empty()).unwrap().0;

    let mut wrong = right.clone();
    wrong.insert(first.clone(), hits[1..].to_vec());
    wrong.insert(clean.clone(), vec![("R3".to_owned(), "notices/termination".to_owned())]);
    assert_eq!(differences(&folder, &wrong).0.len(), 2, "one finding too many, one too few");

    let mut moved = right.clone();
    moved.get_mut(first).unwrap()[0].1.push_str("-elsewhere");
    assert_eq!(differences(&folder, &moved).0.len(), 1, "the right rule at the wrong item");
}

#[test]
fn the_policies_of_the_truth_answer_their_own_examples() {
    for rule in policies().rules() {
        let wrong = run_examples(rule);
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

/// `PACTUM_GROUND_TRUTH=folder` checks further agreements, with their truth beside the folder as
/// `gen.py` writes it.
#[test]
fn further_agreements_are_exact_too() {
    let Ok(folder) = std::env::var("PACTUM_GROUND_TRUTH") else { return };
    let truth = truth(Path::new(&format!("{}.truth.json", folder.trim_end_matches('/'))));
    let (wrong, counts) = differences(Path::new(&folder), &truth);
    let shown = wrong.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{} of {} differ:\n{shown}\n{counts:?}", wrong.len(), truth.len());
}
