//! What each stage costs, over the 100 generated agreements of the ground truth, held in memory.
//!
//! `cargo bench` prints each stage as MB/s and agreements/s, then every stage against pest alone:
//! the stages in turn, round by round, each round giving a ratio of its own. Machines are noisy;
//! read the ratios, not the times.
//!
//! Variables: `PACTUM_BENCH_RULES` is a folder of further policies (the first stage that asks rules
//! says how many it has), `PACTUM_BENCH_FOLDER` a folder of agreements to take instead;
//! `PACTUM_BENCH_ONLY=pest` prints the seconds pest alone takes for them, for `run.sh`, and
//! `PACTUM_BENCH_ONLY=` any other stage repeats that stage, for a profiler.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the disk, the clock and its variables"
)]
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may fail loudly, and prints"
)]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use std::{env, fs};

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use pactum::analysis::derive;
use pactum::check::{Report, Subject, check};
use pactum::policy::RuleSet;
use pactum::render::human::{Human, Look};
use pactum::render::json::Json;
use pactum::render::{Form, Origin, Page};
use pactum::source::Source;
use pactum::syntax::{count_pairs, parse_agreement};
use pactum::vocabulary::Facts;
use pactum::{Parsed, parse};

static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let fixture = || Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ground-truth/agreements");
    let folder = env::var("PACTUM_BENCH_FOLDER").map_or_else(|_| fixture(), PathBuf::from);
    files(&folder, "alliance")
});

static RULES: LazyLock<RuleSet> = LazyLock::new(|| {
    let mut rules = RuleSet::standard();
    if let Ok(folder) = env::var("PACTUM_BENCH_RULES") {
        for source in files(Path::new(&folder), "policy") {
            // What is no rule of one agreement has no place here.
            rules.extend(RuleSet::parse(&source).0);
        }
    }
    rules
});

static HUMAN: LazyLock<Human> = LazyLock::new(|| Human::new(Look::default()));

fn files(folder: &Path, extension: &str) -> Vec<Source> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|end| end == extension)).collect();
    paths.sort();
    let read =
        |path: &PathBuf| Source::new(path.display().to_string(), fs::read_to_string(path).unwrap());
    paths.iter().map(read).collect()
}

/// Everything up to the report, kept for the stages behind it.
struct Checked {
    source: &'static Source,
    parsed: Parsed,
}

impl Checked {
    fn new(source: &'static Source) -> Self {
        let parsed = parse(source);
        Self { source, parsed }
    }

    fn report(&self) -> Report {
        let agreement = &self.parsed.agreement;
        let facts = Facts { agreement, derived: &derive(agreement), as_of: None, us: None };
        check(Subject { source: self.source, facts, told: &self.parsed.diagnostics }, &RULES)
    }

    fn page<'a>(&'a self, report: &'a Report) -> Page<'a> {
        Page { source: self.source, diagnostics: &self.parsed.diagnostics, report }
    }

    fn human(&self, report: &Report) -> String {
        HUMAN.page(&self.page(report), false)
    }

    fn json(&self, report: &Report) -> String {
        Json.page(&self.page(report), Origin { config: None, skipped: 0 })
    }
}

// Each stage does all that stands before it.

fn stage_pest(source: &'static Source) {
    black_box(count_pairs(source.text()));
}

fn stage_tree(source: &'static Source) {
    black_box(parse_agreement(source));
}

fn stage_model(source: &'static Source) {
    black_box(parse(source));
}

fn stage_check(source: &'static Source) {
    black_box(Checked::new(source).report());
}

fn stage_human(source: &'static Source) {
    let checked = Checked::new(source);
    black_box(checked.human(&checked.report()));
}

fn stage_json(source: &'static Source) {
    let checked = Checked::new(source);
    black_box(checked.json(&checked.report()));
}

type Stage = fn(&'static Source);
const STAGES: [(&str, &str, Stage); 6] = [
    ("pest", "pest alone", stage_pest),
    ("tree", "+ syntax tree", stage_tree),
    ("model", "+ model", stage_model),
    ("check", "+ dates and rules", stage_check),
    ("human", "+ report for people", stage_human),
    ("json", "+ report as JSON", stage_json),
];

fn over(bencher: Bencher<'_, '_>, stage: impl Fn()) {
    let bytes: usize = SOURCES.iter().map(|source| source.text().len()).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .counter(ItemsCount::new(SOURCES.len()))
        .bench_local(stage);
}

fn whole(bencher: Bencher<'_, '_>, name: &str) {
    let stage = STAGES.iter().find(|(known, ..)| *known == name).unwrap().2;
    over(bencher, || SOURCES.iter().for_each(stage));
}

#[divan::bench]
fn a_pest_alone(bencher: Bencher<'_, '_>) {
    whole(bencher, "pest");
}

#[divan::bench]
fn b_up_to_tree(bencher: Bencher<'_, '_>) {
    whole(bencher, "tree");
}

#[divan::bench]
fn c_up_to_model(bencher: Bencher<'_, '_>) {
    whole(bencher, "model");
}

/// The rules, and of what follows from the agreement as much as they ask for.
#[divan::bench]
fn d_rules_alone(bencher: Bencher<'_, '_>) {
    let checked: Vec<Checked> = SOURCES.iter().map(Checked::new).collect();
    LazyLock::force(&RULES);
    over(bencher, || checked.iter().for_each(|each| drop(black_box(each.report()))));
}

/// Draws every finding and every diagnostic with its excerpt.
#[divan::bench]
fn e_human_alone(bencher: Bencher<'_, '_>) {
    rendered(bencher, Checked::human);
}

#[divan::bench]
fn f_json_alone(bencher: Bencher<'_, '_>) {
    rendered(bencher, Checked::json);
}

fn rendered(bencher: Bencher<'_, '_>, render: fn(&Checked, &Report) -> String) {
    let checked = SOURCES.iter().map(Checked::new).map(|each| (each.report(), each));
    let checked: Vec<(Report, Checked)> = checked.collect();
    over(bencher, || {
        for (report, each) in &checked {
            drop(black_box(render(each, report)));
        }
    });
}

#[divan::bench]
fn g_up_to_report(bencher: Bencher<'_, '_>) {
    whole(bencher, "check");
}

#[divan::bench]
fn h_whole_as_json(bencher: Bencher<'_, '_>) {
    whole(bencher, "json");
}

fn main() {
    match env::var("PACTUM_BENCH_ONLY").as_deref() {
        Err(_) => {}
        Ok("pest") => {
            let mut times: Vec<Duration> = (0..7).map(|_| time(stage_pest)).collect();
            return println!("{:.6}", median(&mut times).as_secs_f64());
        }
        Ok(name) => {
            let stage = STAGES.iter().find(|(known, ..)| *known == name).unwrap().2;
            return (0..20).for_each(|_| SOURCES.iter().for_each(stage));
        }
    }
    divan::main();
    // `cargo test --benches` runs every benchmark once to see that it works.
    if env::args().any(|argument| argument == "--bench") {
        ratios();
    }
}

fn time(stage: Stage) -> Duration {
    let start = Instant::now();
    SOURCES.iter().for_each(stage);
    start.elapsed()
}

fn median<T: PartialOrd + Copy>(values: &mut [T]) -> T {
    values.sort_by(|a, b| a.partial_cmp(b).unwrap());
    values[values.len() / 2]
}

fn ratios() {
    const ROUNDS: usize = 41;
    LazyLock::force(&RULES);
    let bytes: usize = SOURCES.iter().map(|source| source.text().len()).sum();
    let mut rounds: Vec<Vec<f64>> = vec![Vec::new(); STAGES.len()];
    let mut pest: Vec<f64> = Vec::new();
    for _ in 0..ROUNDS {
        let times: Vec<f64> = STAGES.iter().map(|(.., stage)| time(*stage).as_secs_f64()).collect();
        pest.push(times[0]);
        for (ratios, time) in rounds.iter_mut().zip(&times) {
            ratios.push(time / times[0]);
        }
    }
    let (count, rules) = (SOURCES.len(), RULES.rules().len());
    #[expect(clippy::cast_precision_loss, reason = "a figure to read")]
    let (speed, each) =
        (bytes as f64 / median(&mut pest) / 1e6, median(&mut pest) / count as f64 * 1e6);
    println!(
        "\nagainst pest alone, {count} agreements, {rules} rules, median of {ROUNDS} rounds in turn"
    );
    println!("(pest alone: {speed:.1} MB/s, {each:.0} us an agreement)");
    for ((_, name, _), ratios) in STAGES.iter().zip(&mut rounds) {
        println!("  {name:<20} {:.2}", median(ratios));
    }
}
