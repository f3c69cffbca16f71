//! Days by kind, and what identifies them.

mod counting;

use std::collections::BTreeSet;

use super::{Ask, Kind, On, Timeline, timeline};
use crate::agreement::parse;
use crate::analysis::derive;
use crate::source::Source;
use crate::value::Date;

const CAST: &str = "parties\n  Northwind: \"Northwind Ltd\", GB\n  Kestrel: \"Kestrel GmbH\", DE\n";

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn with(head: &str, body: &str, ask: Ask<'_>, given: &[(&str, &str)]) -> Timeline {
    let source = Source::new("a", format!("alliance a: supply\n{head}\n{CAST}{body}\n"));
    let mut agreement = parse(&source).agreement;
    for (event, day) in given {
        assert!(agreement.give(event, date(day)), "{event}");
    }
    let derived = derive(&agreement);
    timeline(&source, &agreement, &derived, Ask { name: "a", ..ask })
}

fn of(head: &str, body: &str) -> Timeline {
    with(head, body, Ask::default(), &[])
}

/// `kind first[..last] item` of each entry of these kinds.
fn told(timeline: &Timeline, kinds: &[Kind]) -> Vec<String> {
    let wanted = timeline.entries.iter().filter(|entry| kinds.contains(&entry.kind));
    wanted
        .map(|entry| {
            let day = match &entry.on {
                On::Day(day) => day.to_string(),
                On::Stretch(first, last) => format!("{first}..{last}"),
                On::Waits { when, .. } => when.clone(),
            };
            format!("{} {day} {}", entry.kind.word(), entry.path())
        })
        .collect()
}

fn waiting(timeline: &Timeline) -> Vec<String> {
    let when = |on: &On| match on {
        On::Waits { when, .. } => when.clone(),
        other => panic!("{other:?} does not wait"),
    };
    timeline
        .waiting
        .iter()
        .map(|entry| format!("{} {}", entry.kind.word(), when(&entry.on)))
        .collect()
}

#[test]
fn the_terms_with_their_renewals_and_notices() {
    let found = of(
        "  starts 2026-04-01",
        "term\n  initial: 24 months\n  renewal: automatic, 12 months; unless 90 days notice before term end",
    );
    assert_eq!(
        told(&found, &[Kind::Start, Kind::TermEnd, Kind::Renewal, Kind::Notice]),
        [
            "start 2026-04-01 header",
            "notice 2028-01-01 term/renewal",
            "term-end 2028-03-31 term/initial",
            "renewal 2028-04-01 term/renewal",
            "notice 2028-12-31 term/renewal",
            "term-end 2029-03-31 term/renewal",
            "renewal 2029-04-01 term/renewal",
            "notice 2029-12-31 term/renewal",
            "term-end 2030-03-31 term/renewal",
        ]
    );
    let notice = found.entries.iter().find(|entry| entry.kind == Kind::Notice).unwrap();
    assert_eq!(notice.who, ["Northwind", "Kestrel"], "either party");
    assert!(notice.conventions[0].starts_with("90 days before 2028-03-31"), "{notice:?}");
    assert_eq!(found.until, date("2030-03-31"));
}

#[test]
fn a_month_end_that_nobody_rounds_is_a_stretch() {
    let term = "term\n  initial: 13 months";
    let unsaid = of("  starts 2027-01-31", term);
    assert_eq!(told(&unsaid, &[Kind::TermEnd]), ["term-end 2028-02-28..2028-02-29 term/initial"]);
    let conventions = &unsaid.entries.iter().find(|e| e.kind == Kind::TermEnd).unwrap().conventions;
    assert!(conventions.iter().any(|c| c.contains("one of two days")), "{conventions:?}");
    let down = of("  starts 2027-01-31; month ends round down", term);
    assert_eq!(told(&down, &[Kind::TermEnd]), ["term-end 2028-02-28 term/initial"]);
}

#[test]
fn what_is_due_again_and_again() {
    let found = with(
        "  starts 2026-04-01; month ends round down",
        "term\n  initial: 12 months\n\
         dates\n  contract-year: every year from 2026-07-01\n\
         commitments\n  sends: Kestrel commits at least 4 \"sends\" per quarter from start until 2026-12-15\n\
         \u{20} plan: Kestrel commits 1 \"plan\"; due each 30 June and 31 December\n\
         \u{20} yearly: Kestrel commits 2 \"audits\" per contract-year until 2027-03-31\n\
         payments\n  fee: Kestrel pays Northwind EUR 100 per calendar quarter; due 30 days after each calendar quarter\n\
         \u{20} advance: Kestrel pays Northwind EUR 100; due in advance each month\n\
         governance\n  board: owners meet every 4 weeks; until 2026-06-30",
        Ask { until: Some(date("2027-03-31")), ..Ask::default() },
        &[],
    );
    let of = |item: &str| -> Vec<String> {
        let wanted = found.entries.iter().filter(|entry| entry.item.as_deref() == Some(item));
        wanted.map(|entry| entry.on.days().unwrap().1.to_string()).collect()
    };
    assert_eq!(of("sends"), ["2026-06-30", "2026-09-30", "2026-12-15"]);
    assert_eq!(of("plan"), ["2026-06-30", "2026-12-31"]);
    assert_eq!(of("yearly"), ["2027-03-31"], "the first begins in July");
    assert_eq!(of("fee")[..2], ["2026-07-30", "2026-10-30"]);
    assert_eq!(of("advance")[..2], ["2026-04-01", "2026-05-01"]);
    assert_eq!(of("board"), ["2026-04-28", "2026-05-26", "2026-06-23", "2026-06-30"]);
    assert_eq!(of("contract-year"), ["2026-07-01"]);
    let cut = found.entries.iter().rfind(|entry| entry.item.as_deref() == Some("sends")).unwrap();
    assert_eq!(cut.series.as_ref().unwrap().nth, 3);
    assert!(cut.conventions.iter().any(|c| c.contains("a part of")), "{cut:?}");
}

#[test]
fn every_other_kind_has_its_day() {
    let found = with(
        "  signed 2026-03-15; starts 2026-04-01; month ends round down",
        "term\n  initial: 12 months\n\
         dates\n  launch: on 2026-05-01\n\
         commitments\n  offer: Kestrel commits 12 \"briefings\" by 2026-09-30\n\
         payments\n  fee: Kestrel pays Northwind EUR 100; due 2026-08-01; tail 6 months after exit\n\
         metrics\n  pipeline: incremental commercial, from EUR 0 on 2026-03-31 to EUR 10 by 2027-03-31; agreed 2026-03-15\n\
         governance\n  review: once; within 90 days after start\n\
         exclusivity\n  media: Northwind grants Kestrel \"resale\" in DE until 2026-12-31\n\
         enablement\n  staff: Kestrel trains \"sales staff\" on \"it\" by 2026-06-30\n\
         exit\n  leave: either party; 30 days notice; not before 6 months after start\n\
         \u{20} handover: assets 30 days; data to be agreed by 2026-10-01\n\
         confidentiality\n  duty: each party protects \"all\"; survives 2 years\n\
         amendment\n  talks: all parties renegotiate \"prices\" before 2027-01-15\n\
         waivers\n  exit/notice-stated: because \"pilot\"; approved by \"Lena\"; until 2026-12-31",
        Ask::default(),
        &[],
    );
    let all = told(&found, &Kind::ALL);
    for expected in [
        "signed 2026-03-15 header",
        "clock 2026-05-01 dates/launch",
        "commitment 2026-09-30 commitments/offer",
        "payment 2026-08-01 payments/fee",
        "tail 2027-09-30 payments/fee",
        "agreed 2026-03-15 metrics/pipeline",
        "baseline 2026-03-31 metrics/pipeline",
        "target 2027-03-31 metrics/pipeline",
        "meeting 2026-06-30 governance/review",
        "exclusivity 2026-12-31 exclusivity/media",
        "enablement 2026-06-30 enablement/staff",
        "opens 2026-10-01 exit/leave",
        "handover 2027-04-30 exit/handover",
        "decision 2026-10-01 exit/handover",
        "survival 2029-03-31 confidentiality/duty",
        "ends 2027-01-15 amendment/talks",
        "waiver 2026-12-31 waivers/exit/notice-stated",
    ] {
        assert!(all.contains(&expected.to_owned()), "{expected} in {all:#?}");
    }
    let tail = found.entries.iter().find(|entry| entry.kind == Kind::Tail).unwrap();
    assert!(tail.conventions.iter().any(|c| c.contains("ends with its term on 2027-03-31")));
}

#[test]
fn times_that_run_from_an_event_wait_for_it() {
    let found = of(
        "  starts 2026-04-01",
        "dates\n  launch: on \"first sale\"\n\
         commitments\n  sends: Kestrel commits 4 \"sends\" per quarter from launch;\n      if missed, Kestrel makes good within 10 days, then Northwind may terminate on 60 days notice\n\
         \u{20} support: Kestrel commits 2 \"staff\" by 30 days after launch\n\
         exit\n  cause: either party if other party breaches \"a promise\"; 10 days notice after cure; 30 days to cure",
    );
    let found = waiting(&found);
    for expected in [
        "clock first sale",
        "commitment every quarter from first sale",
        "commitment 30 days after first sale",
        "cure 10 days after a miss of `sends`",
        "cure 70 days after a miss of `sends`",
        "cure 30 days after notice of a breach under `cause`",
        "ends 10 days after notice under `cause`",
    ] {
        assert!(found.contains(&expected.to_owned()), "{expected} in {found:#?}");
    }
}

#[test]
fn a_day_that_is_given_places_what_waited() {
    let body = "dates\n  launch: on \"first sale\"\n\
                commitments\n  support: Kestrel commits 2 \"staff\" by 30 days after launch\n\
                exit\n  handover: data 30 days";
    let day = |given: &[(&str, &str)]| {
        let found = with("", body, Ask::default(), given);
        told(&found, &[Kind::Commitment, Kind::Handover])
    };
    assert_eq!(day(&[]), [""; 0]);
    let launch = ["commitment 2026-10-31 commitments/support"];
    assert_eq!(day(&[("launch", "2026-10-01")]), launch);
    assert_eq!(day(&[("exit", "2027-01-31")]), ["handover 2027-03-02 exit/handover"]);
    let source = Source::new("a", format!("alliance a: supply\n{CAST}{body}\n"));
    let mut agreement = parse(&source).agreement;
    assert!(!agreement.give("lunch", date("2026-10-01")), "nothing is called so");
    assert!(agreement.give("first sale", date("2026-10-01")), "quoted words");
    let found = timeline(&source, &agreement, &derive(&agreement), Ask::default());
    assert_eq!(told(&found, &[Kind::Commitment]), launch);
}

#[test]
fn a_circle_is_named_and_the_rest_is_there() {
    let found = of(
        "  starts 2026-04-01",
        "dates\n  launch: on 3 months after go-live\n  go-live: on 10 days before launch\n  other: on 2026-06-01\n\
         commitments\n  offer: Kestrel commits 12 \"briefings\" by 30 days after launch",
    );
    let notes: Vec<_> =
        found.notes.iter().map(|note| format!("{}: {}", note.path, note.text)).collect();
    for expected in [
        "dates/launch: launch rests on go-live, which rests on launch",
        "dates/go-live: go-live rests on launch, which rests on go-live",
        "commitments/offer: exactly 12 briefings: launch rests on go-live, which rests on launch",
    ] {
        let plain = expected.replace("exactly ", "");
        assert!(
            notes.iter().any(|note| note == expected || *note == plain),
            "{expected}: {notes:#?}"
        );
    }
    assert_eq!(told(&found, &[Kind::Clock]), ["clock 2026-06-01 dates/other"]);
}

#[test]
fn business_days_count_by_the_calendar_or_say_why_not() {
    let body = "commitments\n  offer: Kestrel commits 12 \"briefings\" by 2 business days after 2026-12-24";
    let found = of("  calendar GB", body);
    // Friday is Christmas, Monday stands for Boxing Day.
    assert_eq!(told(&found, &[Kind::Commitment]), ["commitment 2026-12-30 commitments/offer"]);
    let why = &found.entries[0].conventions;
    assert!(why.iter().any(|c| c.contains("business days")), "{why:?}");
    let unnamed = of("", body);
    assert!(unnamed.notes.iter().any(|note| note.text.contains("calendar")), "{:?}", unnamed.notes);
    let late = of("  calendar GB", &body.replace("2026", "2999"));
    let notes = &late.notes;
    assert!(notes.iter().any(|note| note.text.contains("are known from")), "{notes:?}");
}

#[test]
fn without_an_end_three_years_are_listed() {
    let body = "term\n  initial: perpetual\ngovernance\n  board: owners meet every year";
    let found = of("  starts 2026-04-01", body);
    assert_eq!(found.until, date("2029-04-01"));
    assert!(found.notes.iter().any(|note| note.text.contains("perpetual")), "{:?}", found.notes);
    let later = with(
        "  starts 2026-04-01",
        body,
        Ask { as_of: Some(date("2035-01-01")), ..Ask::default() },
        &[],
    );
    assert_eq!(later.until, date("2038-01-01"));
    let meetings = told(&later, &[Kind::Meeting]);
    assert_eq!(meetings.last().unwrap(), "meeting 2038-01-01 governance/board");
}

#[test]
fn what_recurs_without_end_stops_with_a_term_that_does_not_renew() {
    let body = "term\n  initial: 12 months\n  renewal: by agreement, 12 months\n\
                governance\n  board: owners meet every quarter";
    let found = of("  starts 2026-04-01", body);
    assert_eq!(told(&found, &[Kind::Meeting]).len(), 4);
    let renewed = of("  starts 2026-04-01", &body.replace("by agreement", "automatic"));
    assert_eq!(told(&renewed, &[Kind::Meeting]).len(), 12);
}

#[test]
fn after_a_day_of_exit_only_what_comes_after_is_left() {
    let body = "term\n  initial: 24 months\n  renewal: automatic, 12 months; unless 90 days notice before term end\n\
                governance\n  board: owners meet every quarter\n\
                exit\n  handover: data 30 days";
    let found = with("  starts 2026-04-01", body, Ask::default(), &[("exit", "2027-01-31")]);
    assert_eq!(
        told(&found, &Kind::ALL),
        [
            "start 2026-04-01 header",
            "meeting 2026-06-30 governance/board",
            "meeting 2026-09-30 governance/board",
            "meeting 2026-12-31 governance/board",
            "meeting 2027-01-31 governance/board",
            "handover 2027-03-02 exit/handover",
        ]
    );
    assert!(
        found.notes.iter().any(|note| note.text.contains("after the end")),
        "{:?}",
        found.notes
    );
}

#[test]
fn what_is_asked_until_is_where_it_ends() {
    let ask = Ask { until: Some(date("2026-12-31")), ..Ask::default() };
    let body = "term\n  initial: 12 months\ncommitments\n  offer: Kestrel commits 12 \"briefings\" by 2027-02-01";
    let found = with("  starts 2026-04-01", body, ask, &[]);
    assert_eq!(told(&found, &[Kind::Commitment, Kind::TermEnd]), [""; 0]);
    let note = found.notes.iter().find(|note| note.text.contains("more after 2026-12-31"));
    assert!(note.is_some_and(|note| note.text.starts_with("2 ")), "{:?}", found.notes);
}

#[test]
fn uids_stay_and_differ() {
    let body = "term\n  initial: 12 months\n  renewal: automatic, 12 months; unless 90 days notice before term end\n\
                commitments\n  sends: Kestrel commits at least 4 \"sends\" per quarter from start\n\
                \u{20} offer: Kestrel commits 12 \"briefings\" by 2026-09-30\n\
                governance\n  board: owners meet every month\n";
    let turned = "governance\n      board:   owners meet\n          every month\n\n# moved up\n\
                  commitments\n  offer: Kestrel commits 12 \"briefings\" by 2026-09-30\n\
                  \u{20} sends: Kestrel commits at least 4 \"sends\"\n      per quarter from start\n\
                  term\n  renewal: automatic, 12 months; unless 90 days notice before term end\n  initial: 12 months\n";
    let uids = |timeline: &Timeline| -> BTreeSet<(String, On)> {
        timeline.entries.iter().map(|entry| (entry.uid.clone(), entry.on.clone())).collect()
    };
    let first = of("  starts 2026-04-01", body);
    assert_eq!(uids(&first), uids(&of("  starts 2026-04-01", body)));
    assert_eq!(uids(&first), uids(&of("  starts 2026-04-01", turned)));
    let names: BTreeSet<&String> = first.entries.iter().map(|entry| &entry.uid).collect();
    assert_eq!(names.len(), first.entries.len(), "one each");
    assert!(names.contains(&"a/commitments/sends/commitment/3@pactum".to_owned()), "{names:?}");
    // From wherever it is looked at, the third is the third.
    let later = with(
        "  starts 2026-04-01",
        body,
        Ask { as_of: Some(date("2027-05-01")), ..Ask::default() },
        &[],
    );
    assert!(uids(&later).is_superset(&uids(&first)));
    // Another start moves every day and no name.
    let moved = of("  starts 2026-05-01", body);
    let moved: BTreeSet<&String> = moved.entries.iter().map(|entry| &entry.uid).collect();
    assert_eq!(moved, names);
}

#[test]
fn what_cannot_be_read_hides_nothing_else() {
    let found = of(
        "  starts 2026-04-01",
        "term\n  initial: 12 moons\ncommitments\n  offer: Kestrel commits 12 \"briefings\" by 2026-09-30\n  sends: Kestrel comits 4",
    );
    assert_eq!(told(&found, &[Kind::Commitment]), ["commitment 2026-09-30 commitments/offer"]);
}
