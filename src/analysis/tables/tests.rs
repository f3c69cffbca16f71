use crate::source::Source;

/// The flaws of a table with these columns and rows: kind, row and deal.
fn flaws(hit: &str, head: &str, rows: &[String]) -> (Vec<(&'static str, String, String)>, bool) {
    let text = format!(
        "alliance a: referral\nparties\n  A: \"A\"\n  B: \"B\"\nattribution\n  on: \"sales\" in EUR{hit}\n\
         \x20 | rule | {head} | A | B |\n  {}\n",
        rows.join("\n  ")
    );
    let parsed = crate::parse(&Source::new("t", text.clone()));
    assert_eq!(parsed.diagnostics, [], "{text}");
    let told = super::prove(&parsed.agreement).remove(0);
    let found = told.flaws.into_iter().filter(|it| it.kind != "shares");
    let found = found.map(|it| (it.kind, it.row.unwrap_or_default(), it.deal));
    (found.collect(), !told.doubts.is_empty())
}

fn rows(rows: &[&str]) -> Vec<String> {
    rows.iter().map(|row| (*row).to_owned()).collect()
}

fn deals(kind: &str, found: &[(&'static str, String, String)]) -> Vec<String> {
    let mine = found.iter().filter(|(known, ..)| *known == kind);
    mine.map(|(_, _, deal)| deal.clone()).collect()
}

#[test]
fn a_gap_is_one_round_deal() {
    let table = rows(&[
        "| r1 | A | any | 70% | 30% |",
        "| r2 | B | >= EUR 50,000 and < EUR 100,000 | 80% | 20% |",
    ]);
    let (found, doubt) = flaws("; match first", "closed | size", &table);
    let gaps = ["closed B, size EUR 40,000", "closed B, size EUR 100,000"];
    assert_eq!(deals("gap", &found), gaps[..1], "one box of what is left shows one deal");
    assert!(!doubt, "{found:?}");
    let table = rows(&["| r1 | <= 10 | 70% | 30% |", "| r2 | >= 11 | 80% | 20% |"]);
    assert_eq!(flaws("", "units", &table), (Vec::new(), false), "whole units");
    let table = rows(&["| r1 | < 40% | 70% | 30% |", "| r2 | >= 40% | 80% | 20% |"]);
    assert_eq!(flaws("", "discount", &table), (Vec::new(), false), "0% to 100%");
    let table = rows(&["| r1 | < 2027-01-01 | 70% | 30% |", "| r2 | > 2027-01-01 | 80% | 20% |"]);
    let (found, _) = flaws("", "closed on", &table);
    assert_eq!(deals("gap", &found), ["closed on 2027-01-01"]);
}

#[test]
fn words_nobody_listed_leave_it_open() {
    let table = rows(&["| r1 | new | 70% | 30% |", "| r2 | known | 80% | 20% |"]);
    assert_eq!(flaws("", "customer", &table), (Vec::new(), true), "another customer");
    let table = rows(&["| r1 | new | 70% | 30% |", "| else | any | 80% | 20% |"]);
    assert_eq!(flaws("", "customer", &table), (Vec::new(), false));
    let table = rows(&["| r1 | yes | 70% | 30% |"]);
    assert_eq!(deals("gap", &flaws("", "joint", &table).0), ["joint no"]);
}

#[test]
fn what_cannot_be_read_proves_nothing() {
    for cell in ["30 days", "redacted", "USD 5"] {
        let row = format!("| r2 | {cell} | 80% | 20% |");
        let table = [rows(&["| r1 | < EUR 50 | 70% | 30% |"]), vec![row]].concat();
        let (found, doubt) = flaws("; match first", "size", &table);
        assert!(doubt && found.is_empty(), "{cell}: {found:?}");
    }
}

#[test]
fn a_table_that_grows_too_large_is_not_called_complete() {
    let columns = 14;
    let head: Vec<_> = (0..columns).map(|n| format!("c{n}")).collect();
    // Row after row cuts another corner off.
    let table: Vec<_> = (0..40)
        .map(|row: usize| {
            let cell = |column: usize| match (row * 7 + column * 5) % 3 {
                0 => format!("< EUR {}", 10 + row * 3 + column),
                1 => format!(">= EUR {}", 5 + row + column * 2),
                _ => format!("> EUR {} and < EUR {}", row, row + 90),
            };
            let cells: Vec<_> = (0..columns).map(cell).collect();
            format!("| r{row} | {} | 70% | 30% |", cells.join(" | "))
        })
        .collect();
    let (found, doubt) = flaws("; match first", &head.join(" | "), &table);
    assert!(doubt && deals("gap", &found).is_empty());
}

/// One row of a random table: who closed, the size, the units, joint or not, and the share.
#[derive(Debug, Clone)]
struct Line {
    closed: Option<char>,
    size: Option<(&'static str, u64)>,
    units: Option<(&'static str, u64)>,
    share: u64,
    rest: bool,
}

/// A deal; size and units are doubled, so that halves lie between whole numbers.
#[derive(Debug, Clone, Copy)]
struct Deal {
    closed: char,
    size: u64,
    units: u64,
}

impl Line {
    fn takes(&self, deal: Deal) -> bool {
        let fits = |asked: Option<(&str, u64)>, value: u64| match asked {
            None => true,
            Some(("<", bound)) => value < 2 * bound,
            Some(("<=", bound)) => value <= 2 * bound,
            Some((">", bound)) => value > 2 * bound,
            Some((_, bound)) => value >= 2 * bound,
        };
        self.closed.is_none_or(|who| who == deal.closed)
            && fits(self.size, deal.size)
            && fits(self.units, deal.units)
    }

    fn written(&self, id: usize) -> String {
        let closed = self.closed.map_or_else(|| "any".to_owned(), String::from);
        let bound = |asked: Option<(&str, u64)>, unit: &str| {
            asked.map_or_else(|| "any".to_owned(), |(op, bound)| format!("{op} {unit}{bound}"))
        };
        let (size, units) = (bound(self.size, "EUR "), bound(self.units, ""));
        let id = if self.rest { "else".to_owned() } else { format!("r{id}") };
        let other = 100 - self.share;
        format!("| {id} | {closed} | {size} | {units} | {}% | {other}% |", self.share)
    }
}

/// Up to five rows, and perhaps one for the rest.
fn random(roll: &mut impl FnMut(u64) -> u64) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for _ in 0..=roll(5) {
        let mut bound = || {
            let operator = ["<", "<=", ">", ">="][usize::try_from(roll(4)).unwrap()];
            let value = 1 + roll(5);
            (roll(2) == 0).then_some((operator, value))
        };
        let (size, units) = (bound(), bound());
        let closed = [None, Some('A'), Some('B')][usize::try_from(roll(3)).unwrap()];
        lines.push(Line { closed, size, units, share: 10 * roll(3), rest: false });
    }
    if roll(3) == 0 {
        lines.push(Line { closed: None, size: None, units: None, share: 90, rest: true });
    }
    lines
}

/// Against enumeration: on random tables, a flaw is found exactly where some deal shows it.
#[test]
fn flaws_are_what_enumeration_finds() {
    let mut state = 11_u64;
    let mut roll = |sides: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) % sides
    };
    let mut all: Vec<Deal> = Vec::new();
    for closed in ['A', 'B'] {
        for size in 1..=14 {
            all.extend((2..=14).step_by(2).map(|units| Deal { closed, size, units }));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..4_000 {
        let first = roll(2) == 0;
        let lines = random(&mut roll);
        let table: Vec<_> = lines.iter().enumerate().map(|(at, line)| line.written(at)).collect();
        let hit = if first { "; match first" } else { "; match unique" };
        let (found, doubt) = flaws(hit, "closed | size | units", &table);
        // Whoever nobody names is no value of a column that has no word.
        assert!(!doubt, "{table:#?}");
        let takers = |deal: Deal| lines.iter().enumerate().filter(move |(_, it)| it.takes(deal));
        let has = |kind| found.iter().any(|(known, ..)| *known == kind);
        let gap = all.iter().any(|deal| takers(*deal).next().is_none());
        let swallowed = lines.len() > 1
            && lines.iter().any(|line| line.rest)
            && all.iter().any(|deal| takers(*deal).all(|(_, line)| line.rest));
        let overlap = !first
            && all.iter().any(|deal| {
                let shares: Vec<_> =
                    takers(*deal).filter(|(_, it)| !it.rest).map(|(_, it)| it.share).collect();
                shares.iter().any(|share| *share != shares[0])
            });
        assert_eq!((has("gap"), has("swallowed")), (gap, swallowed), "{table:#?} {found:?}");
        assert_eq!(has("overlap"), overlap, "{table:#?} {found:?}");
        let dead = |at: usize, line: &Line| {
            let mine = all.iter().filter(|deal| line.takes(**deal));
            let mut mine = mine.peekable();
            // A row of no deal at all is dead as well.
            !line.rest && mine.all(|deal| takers(*deal).any(|(other, _)| other < at))
        };
        let shadowed = lines.iter().enumerate().filter(|(at, it)| first && dead(*at, it));
        let shadowed: Vec<_> = shadowed.map(|(at, _)| format!("r{at}")).collect();
        let told = found.iter().filter(|(kind, ..)| *kind == "shadowed");
        let told: Vec<_> = told.map(|(_, row, _)| row.clone()).collect();
        assert_eq!(told, shadowed, "{table:#?}");
        for (kind, row, deal) in &found {
            seen.insert(*kind);
            check_witness(kind, row, deal, &lines, &table);
        }
    }
    assert_eq!(seen.len(), 4, "every kind was met: {seen:?}");
}

/// The deal that is shown is one that the flaw is about.
fn check_witness(kind: &str, row: &str, deal: &str, lines: &[Line], table: &[String]) {
    let value = |name: &str| {
        let part = deal.split(", ").find_map(|part| part.strip_prefix(name));
        part.map(|value| value.trim_start_matches(" EUR ").trim().to_owned())
    };
    let number = |text: Option<String>| -> Option<u64> {
        let text = text?;
        let (whole, half) = text.split_once('.').map_or((&*text, 0), |(whole, _)| (whole, 1));
        Some(2 * whole.parse::<u64>().unwrap() + half)
    };
    let closed = value("closed").map(|who| who.chars().next().unwrap());
    let (size, units) = (number(value("size")), number(value("units")));
    // What is left out may be anything.
    for closed in closed.map_or(vec!['A', 'B'], |who| vec![who]) {
        for size in size.map_or((1..=14).collect::<Vec<_>>(), |size| vec![size]) {
            for units in units.map_or(vec![2, 6, 10, 14], |units| vec![units]) {
                let shown = Deal { closed, size, units };
                let taken: Vec<_> =
                    lines.iter().enumerate().filter(|(_, line)| line.takes(shown)).collect();
                let holds = match kind {
                    "gap" => taken.is_empty(),
                    "swallowed" => taken.iter().all(|(_, line)| line.rest),
                    "overlap" => taken.iter().any(|(at, _)| format!("r{at}") == row),
                    _ => true,
                };
                assert!(holds, "{kind} {row}: {deal} {table:#?}");
            }
        }
    }
}
