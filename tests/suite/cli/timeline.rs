//! `pactum timeline`: the table, the chart, the calendar, and what it says when a day is impossible.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use icalendar::parser::{read_calendar, unfold};

use super::{Folder, run};

const DEAL: &str = "alliance pilot, version 2: go-to-market\n\
    \u{20} signed 2026-03-15; starts 2026-04-01\n\
    parties\n\
    \u{20} Northwind: \"Northwind Analytics Ltd\", GB, vendor\n\
    \u{20} Kestrel: \"Kestrel Media GmbH\", DE, distributor\n\
    dates\n\
    \u{20} launch: on \"first sale\"\n\
    term\n\
    \u{20} initial: 24 months\n\
    \u{20} renewal: automatic, 12 months; unless 90 days notice before term end\n\
    commitments\n\
    \u{20} sends: Kestrel commits at least 4 \"dedicated sends; über, große\" per quarter from start until term end\n\
    \u{20} support: Northwind commits 2 \"engineers\" by 30 days after launch\n";

/// A calendar event as an independent reader understands it.
#[derive(Debug)]
struct Event {
    uid: String,
    first: String,
    end: String,
    alarms: Vec<String>,
    summary: String,
}

/// Reads a calendar with a parser that wrote none of it.
fn read(text: &str) -> Vec<Event> {
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).expect("a calendar");
    let of = |component: &icalendar::parser::Component<'_>, name: &str| {
        component.find_prop(name).map(|found| found.val.to_string()).unwrap_or_default()
    };
    calendar
        .components
        .iter()
        .filter(|component| component.name == "VEVENT")
        .map(|component| {
            for name in ["DTSTART", "DTEND"] {
                let prop = component.find_prop(name).unwrap();
                let value = prop.params.iter().find(|param| param.key == "VALUE").unwrap();
                assert_eq!(value.val.as_ref().unwrap().to_string(), "DATE", "whole days");
            }
            for name in ["DTSTAMP", "SEQUENCE", "CATEGORIES", "DESCRIPTION"] {
                assert!(component.find_prop(name).is_some(), "{name}");
            }
            Event {
                uid: of(component, "UID"),
                first: of(component, "DTSTART"),
                end: of(component, "DTEND"),
                summary: of(component, "SUMMARY"),
                alarms: component
                    .components
                    .iter()
                    .filter(|alarm| alarm.name == "VALARM")
                    .map(|alarm| of(alarm, "TRIGGER"))
                    .collect(),
            }
        })
        .collect()
}

#[test]
fn the_finished_example_is_a_page() {
    let ran = run(
        Path::new("."),
        ["timeline", "examples/northwind-kestrel.alliance", "--as-of", "2026-12-01"],
        "",
        &[],
    );
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}'), "no colour in a pipe");
    insta::assert_snapshot!(ran.all());
}

#[test]
fn a_calendar_is_one_to_an_independent_reader() {
    let folder = Folder::new().file("deal.alliance", DEAL);
    let ran = folder.run(["timeline", "deal.alliance", "--ics", "-"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    for line in ran.out.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line:?}");
    }
    let events = read(&ran.out);
    let uids: BTreeSet<&String> = events.iter().map(|event| &event.uid).collect();
    assert_eq!(uids.len(), events.len(), "a UID each");
    assert!(ran.err.contains(&format!("calendar: {} events", events.len())), "{}", ran.err);
    let by = |uid: &str| events.iter().find(|event| event.uid == uid).unwrap();
    let notice = by("pilot/term/renewal/notice/1@pactum");
    assert_eq!((&*notice.first, &*notice.end), ("20280101", "20280102"), "the end is not inside");
    assert_eq!(notice.alarms, ["-P30D", "-P7D"]);
    let sends = by("pilot/commitments/sends/commitment/1@pactum");
    assert_eq!((&*sends.first, sends.alarms.len()), ("20260630", 0));
    assert!(
        sends.summary.contains("über, große") || sends.summary.contains("über\\, große"),
        "{sends:?}"
    );
    assert!(ran.out.contains("DTSTAMP:20260315T000000Z") && ran.out.contains("SEQUENCE:2"));
    assert!(!events.iter().any(|event| event.uid.contains("support")), "it waits for the launch");
    assert!(
        ran.err.contains("waits for an event") || ran.err.contains("wait for an event"),
        "{}",
        ran.err
    );
}

#[test]
fn written_again_a_calendar_updates() {
    let folder = Folder::new().file("deal.alliance", DEAL);
    let ran = folder.run(["timeline", "deal.alliance", "--ics", "deal.ics"]);
    assert!(ran.out.contains("wrote deal.ics: "), "{}", ran.out);
    let first = folder.read("deal.ics");
    folder.run(["timeline", "deal.alliance", "--ics", "deal.ics"]);
    assert_eq!(folder.read("deal.ics"), first, "the same bytes");
    let later =
        DEAL.replace("starts 2026-04-01", "starts 2026-05-01").replace("version 2", "version 3");
    let folder = folder.file("deal.alliance", later);
    folder.run(["timeline", "deal.alliance", "--ics", "deal.ics"]);
    let (old, new) = (read(&first), folder.read("deal.ics"));
    assert!(new.contains("SEQUENCE:3"));
    let new = read(&new);
    let uids =
        |events: &[Event]| events.iter().map(|event| event.uid.clone()).collect::<BTreeSet<_>>();
    assert_eq!(uids(&old), uids(&new), "the same events on other days");
    let moved = old.iter().zip(&new).filter(|(old, new)| old.first != new.first).count();
    assert!(moved > 10, "{moved}");
    let leftovers = fs::read_dir(&folder.0).unwrap().count();
    assert_eq!(leftovers, 2, "nothing half-written stays behind");
}

#[test]
fn an_agreement_is_never_written_over() {
    let folder = Folder::new().file("deal.alliance", DEAL);
    let ran = folder.run(["timeline", "deal.alliance", "--ics", "deal.alliance"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(
        ran.err.contains("`deal.alliance` is no calendar, and was left as it is"),
        "{}",
        ran.err
    );
    assert_eq!(folder.read("deal.alliance"), DEAL);
    assert_eq!(folder.run(["timeline", "deal.alliance", "--ics", "no/such/deal.ics"]).code, 2);
}

#[test]
fn one_calendar_has_no_two_agreements_of_one_id() {
    let folder = Folder::new().file("a.alliance", DEAL).file("b.alliance", DEAL);
    let ran = folder.run(["timeline", "a.alliance", "b.alliance", "--ics", "all.ics"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("two of the agreements are called `pilot`"), "{}", ran.err);
    assert!(!folder.0.join("all.ics").exists());
    let folder = folder.file("b.alliance", DEAL.replace("alliance pilot", "alliance second"));
    let ran = folder.run(["timeline", ".", "--ics", "all.ics"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    let uids = read(&folder.read("all.ics")).into_iter().map(|event| event.uid);
    let agreements: BTreeSet<String> =
        uids.map(|uid| uid.split('/').next().unwrap().into()).collect();
    assert_eq!(agreements.len(), 2);
}

#[test]
fn a_day_for_an_event_is_taken_for_this_run() {
    let folder = Folder::new().file("deal.alliance", DEAL);
    let asked = |set: &str| folder.run(["timeline", "deal.alliance", "--set", set]);
    let without = folder.run(["timeline", "deal.alliance"]).out;
    assert!(without.contains("first sale\n"), "{without}");
    let with = asked("launch=2026-10-01");
    assert!(with.out.contains("2026-10-31  support: 2 engineers"), "{}", with.out);
    assert_eq!(with.code, 0);
    let unknown = asked("lunch=2026-10-01");
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.err.contains("no agreement speaks of an event called `lunch`"),
        "{}",
        unknown.err
    );
    assert!(unknown.out.contains("last day of the initial term"), "the rest is shown");
    let wrong = asked("launch=2026-13-01");
    assert!(wrong.code == 2 && wrong.err.contains("expected a day such as"), "{}", wrong.err);
}

#[test]
fn what_is_impossible_is_told_with_its_days() {
    let late =
        DEAL.replace("initial: 24 months", "initial: 3 months").replace("90 days", "100 days");
    let folder = Folder::new().file("deal.alliance", late);
    let ran = folder.run(["timeline", "deal.alliance"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(ran.out.contains("error[term/notice-window-possible]"), "{}", ran.out);
    assert!(ran.out.contains("2026-03-22") && ran.out.contains("2026-04-01"), "{}", ran.out);
    assert!(ran.out.contains("impossible"), "{}", ran.out);
    let closed = Folder::new().file("deal.alliance", DEAL);
    let ran = closed.run(["timeline", "deal.alliance", "--as-of", "2028-02-01"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("was 2028-01-01") && ran.out.contains("2028-03-31"), "{}", ran.out);
}

#[test]
fn a_text_with_slips_is_shown_as_far_as_it_reads() {
    let folder =
        Folder::new().file("deal.alliance", DEAL.replace("Northwind commits", "Northwind comits"));
    let ran = folder.run(["timeline", "deal.alliance"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("error[syntax/bad-item]"), "{}", ran.out);
    assert!(ran.out.contains("2028-03-31  last day of the initial term"), "{}", ran.out);
    let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("1 slip in the text, so more may be missing"), "{said}");
}

#[test]
fn a_circle_of_clocks_is_an_error_at_both() {
    let text = DEAL.replace(
        "on \"first sale\"",
        "on 3 months after go-live\n  go-live: on 1 day before launch",
    );
    let folder = Folder::new().file("deal.alliance", text);
    let ran = folder.run(["timeline", "deal.alliance"]);
    assert_eq!(ran.code, 1);
    let flat = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("launch rests on go-live, which rests on launch"), "{}", ran.out);
    assert!(flat.contains("go-live rests on launch, which rests on go-live"), "{}", ran.out);
    assert_eq!(ran.out.matches("error[model/clock-circle]").count(), 2);
    assert!(ran.out.contains("2028-03-31  last day of the initial term"));
}

#[test]
fn what_cannot_be_read_is_told_and_the_others_are_shown() {
    let folder = Folder::new().file("deal.alliance", DEAL);
    let ran = folder.run(["timeline", "deal.alliance", "missing.alliance"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`missing.alliance` does not exist"), "{}", ran.err);
    assert!(ran.out.contains("last day of the initial term"));
}

#[test]
fn programs_get_each_time() {
    let folder = Folder::new().file("deal.alliance", DEAL);
    let ran =
        folder.run(["timeline", "deal.alliance", "--format", "json", "--as-of", "2027-01-01"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let timeline = &json["timelines"][0];
    let entries = timeline["entries"].as_array().unwrap();
    let sends: Vec<_> =
        entries.iter().filter(|entry| entry["item"] == "commitments/sends").collect();
    assert_eq!(sends.len(), 8);
    assert_eq!((&sends[0]["past"], &sends[7]["past"]), (&true.into(), &false.into()));
    assert_eq!(sends[2]["last"], "2026-12-31");
    assert_eq!(sends[2]["series"]["nth"], 3);
    assert_eq!(timeline["waiting"][0]["waits_for"], "first sale");
    let human = folder.run(["timeline", "deal.alliance", "--each"]).out;
    assert_eq!(human.matches("[commitments/sends]").count(), 8);
}

#[test]
fn real_agreements_have_days_or_a_note_for_everything() {
    for path in crate::agreements("examples/real") {
        let name = path.to_str().unwrap();
        let ran = run(Path::new("."), ["timeline", name, "--format", "json"], "", &[]);
        assert!(ran.code < 2 && ran.err.is_empty(), "{name}: {}", ran.err);
        let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let timeline = &json["timelines"][0];
        let count = |what: &str| timeline[what].as_array().unwrap().len();
        assert!(count("entries") + count("waiting") > 3, "{name}");
        // A note has its path beside it, and does not begin with the same name again.
        for note in timeline["notes"].as_array().unwrap() {
            let (path, text) = (note["item"].as_str().unwrap(), note["text"].as_str().unwrap());
            let id = path.rsplit('/').next().unwrap();
            let twice = [path, id].iter().any(|it| text.starts_with(&format!("{it}: ")));
            assert!(!twice, "{name}: {path}: {text}");
        }
        // What an item says of time stands in one of the three.
        let told = ran.out;
        let parsed = pactum::parse(&crate::agreement(&path));
        for commitment in &parsed.agreement.commitments {
            let id = &commitment.tag.id.node;
            assert!(told.contains(id.as_str()), "{name}: {id} is nowhere");
        }
        let calendar = run(Path::new("."), ["timeline", name, "--ics", "-"], "", &[]);
        assert_eq!(read(&calendar.out).len(), count("entries"), "{name}");
    }
}

#[test]
fn a_note_names_its_item_once() {
    let open = format!("{DEAL}payments\n  price: to be agreed by \"the first project\"\n");
    let folder = Folder::new().file("deal.alliance", &open);
    let said = folder.run(["timeline", "deal.alliance"]).out;
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let note = " payments/price: it is to be agreed by \"the first project\": no day is reckoned";
    assert!(said.contains(note), "{said}");
}

/// What is not asked, and what somebody accepts, is counted: neither is a day that is possible.
#[test]
fn what_is_not_run_and_what_is_accepted_is_counted() {
    let late = DEAL
        .replace("  renewal: automatic, 12 months; unless 90 days notice before term end\n", "")
        + "  party: Kestrel commits 1 \"closing party\" by 2031-01-01\n";
    let folder = Folder::new().file("deal.alliance", &late);
    let ran = folder.run(["timeline", "deal.alliance"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = "10 rules on time: 1 impossible, 0 undetermined, 1 not run without --as-of";
    assert!(said.ends_with(end), "{said}");
    let json = folder.run(["timeline", "deal.alliance", "--format", "json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["timelines"][0]["not_run"][0], "term/notice-window-open");

    let waiver = "[[waiver]]\nrule = \"term/promises-inside\"\nagreement = \"deal.alliance\"\n\
                  reason = \"agreed\"\napprover = \"Lena Ortiz\"\nuntil = 2030-12-31\n";
    let folder = Folder::new().file("deal.alliance", &late).file("pactum-waivers.toml", waiver);
    let ran = folder.run(["timeline", "deal.alliance", "--as-of", "2026-05-01"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
    let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.ends_with("11 rules on time: 0 impossible, 0 undetermined, 1 waived"), "{said}");
    let json =
        folder.run(["timeline", "deal.alliance", "--as-of", "2026-05-01", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["timelines"][0]["findings"][0]["waived"]["approver"], "Lena Ortiz");
}

#[test]
fn what_recurs_is_listed_as_far_as_is_asked() {
    let folder = Folder::new().file("deal.alliance", DEAL);
    let listed = |until: &str| {
        let ran = folder.run([
            "timeline",
            "deal.alliance",
            "--each",
            "--until",
            until,
            "--format",
            "json",
        ]);
        let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let entries = json["timelines"][0]["entries"].as_array().unwrap().clone();
        let renewed = entries.iter().filter(|each| each["kind"] == "renewal").count();
        (json["timelines"][0]["listed_until"].as_str().unwrap().to_owned(), renewed)
    };
    assert_eq!(listed("2028-12-31"), ("2028-12-31".to_owned(), 1));
    assert_eq!(listed("2031-12-31"), ("2031-12-31".to_owned(), 4));
    assert_eq!(folder.run(["timeline", "deal.alliance", "--until", "soon"]).code, 2);
}
