//! Against enumeration: on thousands of random tables every flaw is found exactly where some deal
//! shows it, the deal that is shown is one, and the regions in words hold those deals and no others.

use std::collections::BTreeSet;

use super::told::Told;
use crate::agreement::Agreement;
use crate::analysis::tables::{Answer, Decision, Grid, TableFlaw, TableProof, Unit};
use crate::analysis::{Dates, derive};
use crate::dice::Dice;
use crate::source::Source;
use crate::value::{Currency, Date, Number};

/// The days that bounds are made of: the first is before the start, the last after the end.
const BOUNDS: [&str; 4] = ["2026-03-01", "2026-06-01", "2026-09-01", "2027-05-01"];
/// Days that lie at and between them, all within the term.
const DAYS: [&str; 8] = [
    "2026-04-01",
    "2026-05-31",
    "2026-06-01",
    "2026-06-02",
    "2026-08-31",
    "2026-09-01",
    "2026-09-02",
    "2027-03-31",
];
const COUNTRIES: [&str; 3] = ["x", "y", "other"];

/// From when, and until or before when.
type Valid = (Option<&'static str>, Option<(&'static str, &'static str)>);

/// One row of a random table.
#[derive(Debug, Clone)]
struct Line {
    closed: Option<Vec<&'static str>>,
    country: Option<Vec<&'static str>>,
    size: Vec<(&'static str, u64)>,
    valid: Option<Valid>,
    share: u64,
    rest: bool,
}

/// A deal; sizes are doubled, so that halves lie between whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Deal {
    pub(super) closed: &'static str,
    pub(super) country: &'static str,
    pub(super) size: u64,
    pub(super) day: &'static str,
}

fn keeps(operator: &str, bound: u64, size: u64) -> bool {
    match operator {
        "<" => size < 2 * bound,
        "<=" => size <= 2 * bound,
        ">" => size > 2 * bound,
        _ => size >= 2 * bound,
    }
}

impl Line {
    fn takes(&self, deal: &Deal) -> bool {
        let listed =
            |words: &Option<Vec<&str>>, word| words.as_ref().is_none_or(|it| it.contains(&word));
        listed(&self.closed, deal.closed)
            && listed(&self.country, deal.country)
            && self.size.iter().all(|(operator, bound)| keeps(operator, *bound, deal.size))
            && self.valid.is_none_or(|(from, till)| {
                from.is_none_or(|from| deal.day >= from)
                    && till.is_none_or(|(word, day)| {
                        deal.day < day || word == "until" && deal.day == day
                    })
            })
    }

    fn written(&self, id: usize) -> String {
        let words =
            |words: &Option<Vec<&str>>| words.as_ref().map_or("any".to_owned(), |it| it.join(", "));
        let bounds = self.size.iter().map(|(operator, bound)| format!("{operator} EUR {bound}"));
        let size = bounds.collect::<Vec<_>>().join(" and ");
        let valid = self.valid.map_or_else(String::new, |(from, till)| {
            let from = from.map_or_else(String::new, |from| format!("from {from} "));
            from + &till.map_or_else(String::new, |(word, day)| format!("{word} {day}"))
        });
        let id = if self.rest { "else".to_owned() } else { format!("r{id}") };
        let (closed, country) = (words(&self.closed), words(&self.country));
        let other = 100 - self.share;
        format!("| {id} | {closed} | {country} | {size} | {valid} | {}% | {other}% |", self.share)
    }
}

impl Dice {
    fn words(&mut self, from: &[&'static str]) -> Option<Vec<&'static str>> {
        (self.roll(2) == 0).then(|| {
            let mut words = vec![self.of(from)];
            let more = self.of(from);
            if self.roll(3) == 0 && !words.contains(&more) {
                words.push(more);
            }
            words
        })
    }

    /// Up to six rows, and perhaps one for the rest.
    fn table(&mut self) -> Vec<Line> {
        let closers: &[&str] =
            if self.roll(2) == 0 { &["A", "B"] } else { &["A", "B", "both", "neither"] };
        let mut lines = Vec::new();
        for _ in 0..=self.roll(6) {
            let bounds = [0, 0, 1, 1, 2][self.roll(5)];
            let size =
                (0..bounds).map(|_| (self.of(&["<", "<=", ">", ">="]), 1 + self.roll(5_u64)));
            let size = size.collect();
            let valid = match self.roll(5) {
                0 => Some((Some(self.of(&BOUNDS)), None)),
                1 => Some((None, Some((self.of(&["until", "before"]), self.of(&BOUNDS))))),
                2 => {
                    let from = self.roll(4);
                    let till = self.of(&BOUNDS[from..]);
                    Some((Some(BOUNDS[from]), Some((self.of(&["until", "before"]), till))))
                }
                _ => None,
            };
            let (closed, country) = (self.words(closers), self.words(&["x", "y"]));
            lines.push(Line {
                closed,
                country,
                size,
                valid,
                share: 10 * self.roll(3_u64),
                rest: false,
            });
        }
        if self.roll(3) == 0 {
            let rest = Line {
                closed: None,
                country: None,
                size: Vec::new(),
                valid: None,
                share: 90,
                rest: true,
            };
            lines.push(rest);
        }
        lines
    }
}

fn read(lines: &[Line], first: bool) -> (Agreement, String) {
    let rows: Vec<_> = lines.iter().enumerate().map(|(at, line)| line.written(at)).collect();
    let text = format!(
        "alliance a: referral\n  starts 2026-04-01\nparties\n  A: \"A\"\n  B: \"B\"\nterm\n  initial: 12 months\n\
         attribution\n  on: \"sales\" in EUR; match {}\n  | rule | closed | country | size | valid | A | B |\n  {}\n",
        if first { "first" } else { "unique" },
        rows.join("\n  ")
    );
    let parsed = crate::parse(&Source::new("t", text.clone()));
    assert_eq!(parsed.diagnostics, [], "{text}");
    (parsed.agreement, text)
}

/// Every deal there can be, as far as bounds tell them apart.
fn deals(lines: &[Line]) -> Vec<Deal> {
    let says = |word: &str| {
        lines.iter().any(|line| line.closed.as_ref().is_some_and(|it| it.contains(&word)))
    };
    let whole = says("both") || says("neither");
    let closers: &[&'static str] = if whole { &["A", "B", "both", "neither"] } else { &["A", "B"] };
    // Where no row asks for a country, none is another.
    let asked = lines.iter().any(|line| line.country.is_some());
    let known: Vec<&'static str> = COUNTRIES
        .into_iter()
        .filter(|word| {
            let listed = |line: &Line| line.country.as_ref().is_some_and(|it| it.contains(word));
            if asked { *word == "other" || lines.iter().any(listed) } else { *word == "x" }
        })
        .collect();
    let mut all = Vec::new();
    for closed in closers {
        for country in &known {
            for size in 1..=12 {
                all.extend(DAYS.map(|day| Deal { closed, country, size, day }));
            }
        }
    }
    all
}

struct Case {
    lines: Vec<Line>,
    all: Vec<Deal>,
    first: bool,
    proof: TableProof,
    text: String,
}

impl Case {
    fn takers(&self, deal: &Deal) -> Vec<usize> {
        (0..self.lines.len()).filter(|at| self.lines[*at].takes(deal)).collect()
    }

    fn of(&self, kind: &str) -> Vec<&TableFlaw> {
        self.proof.flaws.iter().filter(|flaw| flaw.kind == kind).collect()
    }

    /// The regions of a kind hold exactly the deals that have it, and each shown deal has it.
    fn regions(&self, kind: &str, has: impl Fn(&Deal) -> bool) {
        let known = |deal: &Deal| deal.country != "other";
        let mut regions = Vec::new();
        for flaw in self.of(kind) {
            let (shown, region) = (Told::read(&flaw.deal), Told::read(&flaw.region));
            let mut all = self.all.iter();
            assert!(
                all.clone().filter(|deal| known(deal) && shown.has(deal)).all(&has),
                "{kind}: {} {}",
                flaw.deal,
                self.text
            );
            assert!(all.clone().any(|deal| region.has(deal)), "{kind}: {flaw:?} {}", self.text);
            assert!(
                all.all(|deal| !region.has(deal) || has(deal)),
                "{kind}: {} {}",
                flaw.region,
                self.text
            );
            regions.push(region);
        }
        for deal in self.all.iter().filter(|deal| known(deal) && has(deal)) {
            let found = regions.iter().any(|region| region.has(deal));
            assert!(found, "{kind}: {deal:?} is told nowhere {}", self.text);
        }
    }

    fn check(&self) {
        let (lines, rest) = (&self.lines, self.lines.iter().any(|line| line.rest));
        let only_rest = |deal: &Deal| self.takers(deal).iter().all(|at| lines[*at].rest);
        self.regions("gap", |deal| self.takers(deal).is_empty());
        if rest && lines.len() > 1 {
            self.regions("swallowed", |deal| only_rest(deal));
        }
        for flaw in self.of("overlap") {
            let (a, b) = (self.row_of(flaw, 0), self.row_of(flaw, 1));
            let region = Told::read(&flaw.region);
            for deal in &self.all {
                let both = lines[a].takes(deal) && lines[b].takes(deal);
                assert_eq!(region.has(deal), both, "{flaw:?} {deal:?} {}", self.text);
            }
        }
        let mut pairs = 0;
        for b in 0..lines.len() {
            for a in 0..b {
                let differ = lines[a].share != lines[b].share && !lines[a].rest && !lines[b].rest;
                let met = self.all.iter().any(|deal| lines[a].takes(deal) && lines[b].takes(deal));
                pairs += usize::from(differ && met && !self.first);
            }
        }
        assert_eq!(self.of("overlap").len(), pairs, "{}", self.text);
        let named =
            |kind| self.of(kind).iter().map(|it| it.row.clone().unwrap()).collect::<Vec<_>>();
        let mine = |line: &Line| {
            self.all.iter().filter(|deal| line.takes(deal)).copied().collect::<Vec<_>>()
        };
        let (mut never, mut shadowed) = (Vec::new(), Vec::new());
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.rest) {
            let mine = mine(line);
            let dead = mine.iter().all(|deal| self.takers(deal)[0] < at);
            if mine.is_empty() {
                never.push(format!("r{at}"));
            } else if dead && self.first {
                shadowed.push(format!("r{at}"));
            }
        }
        assert_eq!((named("never"), named("shadowed")), (never, shadowed), "{}", self.text);
        self.takers_suffice();
        let beyond = self.all.iter().any(|deal| self.takers(deal).is_empty());
        assert!(
            !beyond || !self.of("gap").is_empty() || !self.proof.doubts.is_empty(),
            "{}",
            self.text
        );
        assert!(beyond || self.proof.doubts.is_empty(), "{:?} {}", self.proof.doubts, self.text);
    }

    /// The rows that are told to take the deals of another do, and none of them can be spared.
    fn takers_suffice(&self) {
        for flaw in self.of("shadowed") {
            let rows: Vec<usize> = (0..flaw.rows.len()).map(|at| self.row_of(flaw, at)).collect();
            let (own, takers) = rows.split_first().unwrap();
            let mine: Vec<&Deal> =
                self.all.iter().filter(|deal| self.lines[*own].takes(deal)).collect();
            let all = |rows: &[usize]| {
                mine.iter().all(|deal| rows.iter().any(|row| self.lines[*row].takes(deal)))
            };
            assert!(all(takers) && takers.iter().all(|row| row < own), "{flaw:?} {}", self.text);
            for spared in takers {
                let others: Vec<usize> =
                    takers.iter().copied().filter(|row| row != spared).collect();
                assert!(!all(&others), "row {spared} can be spared: {flaw:?} {}", self.text);
            }
        }
    }

    fn row_of(&self, flaw: &TableFlaw, at: usize) -> usize {
        let line = self.text[..flaw.rows[at].start as usize].matches('\n').count();
        let head = self.text[..self.text.find("| rule").unwrap()].matches('\n').count();
        line - head - 1
    }

    /// The run on deals decides as the rows say.
    fn decides(&self, grid: &Grid) {
        let euro = Unit::Money(Currency::from_code("EUR").unwrap());
        for deal in &self.all {
            let parts: Vec<i8> =
                deal.day[5..].split('-').map(|part| part.parse().unwrap()).collect();
            let day = Date::new(deal.day[..4].parse().unwrap(), parts[0], parts[1]).unwrap();
            let size = Number::from(deal.size) / Number::TWO;
            let answers = [
                Answer::Word(deal.closed),
                Answer::Word(deal.country),
                Answer::Value(size, euro),
                Answer::Value(day.number().into(), Unit::Day),
            ];
            let takers = self.takers(deal);
            let named: Vec<usize> =
                takers.iter().copied().filter(|at| !self.lines[*at].rest).collect();
            let expected = match (&takers[..], &named[..]) {
                ([], _) => Decision::Nobody,
                ([first, ..], _) if self.first => Decision::Row(*first),
                ([rest, ..], []) => Decision::Row(*rest),
                (_, [one]) => Decision::Row(*one),
                _ => Decision::Several(named),
            };
            assert_eq!(grid.decide(&answers), expected, "{deal:?} {}", self.text);
        }
    }
}

#[test]
fn flaws_are_what_enumeration_finds() {
    let mut dice = Dice(11);
    let mut seen = BTreeSet::new();
    for number in 0..2_000 {
        let first = dice.roll(2) == 0;
        let lines = dice.table();
        let (agreement, text) = read(&lines, first);
        let derived = derive(&agreement);
        let proof = derived.tables()[0].clone();
        seen.extend(proof.flaws.iter().map(|flaw| flaw.kind));
        let case = Case { all: deals(&lines), lines, first, proof, text };
        case.check();
        if number % 10 == 0 {
            case.decides(&Grid::of(
                Dates::new(&agreement, derived.conventions()),
                &agreement.attribution.tables[0],
            ));
        }
    }
    let every = ["gap", "never", "overlap", "shadowed", "swallowed"];
    assert_eq!(seen, BTreeSet::from(every), "every kind was met");
}
