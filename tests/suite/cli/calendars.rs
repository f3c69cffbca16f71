//! Calendars of business days: which one counts, and what one that is wrong gets.

use super::{Folder, Ran};

/// A rule that shows a date the calendar decides.
const POLICY: &str = "\
rule house/due: error
  ## The training is over before Easter.
  applies to every kind
  for every commitment in commitments
  require commitment.last <= 2027-01-05, if missing pass
  say \"the training ends on {commitment.last}\"

passes
  commitments
    training: Kestrel will \"train everybody\" by 2026-12-01

fails at commitments/training
  commitments
    training: Kestrel will \"train everybody\" by 2027-01-06
";

/// The office is closed from 25 to 31 December.
const OFFICE: &str = "\
# Our office.
name OFFICE
title our office
source the notice board
covers 2026-01-01 to 2027-12-31
weekend Saturday, Sunday

2026-12-25 Christmas Day
2026-12-28 winter break
2026-12-29 winter break
2026-12-30 winter break
2026-12-31 winter break
2027-01-01 New Year's Day
";

fn agreement(calendar: &str) -> String {
    format!(
        "alliance pilot, version 1: go-to-market\n\
         \u{20} starts 2026-12-22; {calendar}\n\
         \n\
         parties\n\
         \u{20} Northwind: \"Northwind Analytics Ltd\", GB, vendor\n\
         \u{20} Kestrel: \"Kestrel Media GmbH\", DE, distributor\n\
         \n\
         commitments\n\
         \u{20} training: Kestrel will \"train everybody\" by 5 business days after start\n"
    )
}

fn with(calendar: &str, config: &str, office: &str) -> Ran {
    let config = format!("policies = [\"policies\"]\n{config}");
    let folder = Folder::new()
        .file("policies/due.policy", POLICY)
        .file("pactum.toml", config)
        .file("ours/office.calendar", office)
        .file("a.alliance", agreement(calendar));
    folder.run(["check", "--no-standard-rules"])
}

const NAMED: &str = "calendars = [\"ours/office.calendar\"]\n";

#[test]
fn days_off_move_a_deadline() {
    // 23, 24, 29, 30, 31 December in Britain: Christmas on Friday, Boxing Day kept on Monday.
    let british = with("calendar GB", "", "");
    assert_eq!(british.code, 0, "{}", british.all());
    // In the office 23 and 24 December, 4, 5 and 6 January.
    let ours = with("calendar OFFICE", NAMED, OFFICE);
    assert_eq!(ours.code, 1, "{}", ours.all());
    assert!(ours.out.contains("the training ends on 2027-01-06"), "{}", ours.out);
    // A day on which either is closed counts for neither.
    let both = with("calendar GB + OFFICE", NAMED, OFFICE);
    assert!(both.out.contains("the training ends on 2027-01-06"), "{}", both.out);
}

#[test]
fn a_calendar_of_ours_wins() {
    let ours = with("calendar GB", NAMED, &OFFICE.replace("OFFICE", "GB"));
    assert!(ours.out.contains("the training ends on 2027-01-06"), "{}", ours.all());
}

#[test]
fn what_cannot_be_counted_is_undetermined() {
    for (calendar, config, why) in [
        ("status draft", "", "business days need a calendar of business days"),
        ("calendar GB + AT", "", "no calendar for AT is known; add one in pactum.toml"),
        ("calendar OFFICE", "", "no calendar for OFFICE is known; add one in pactum.toml"),
    ] {
        let ran = with(calendar, config, OFFICE);
        let told = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(ran.code, 1, "{}", ran.all());
        assert!(told.contains(why), "{}", ran.all());
    }
    let short = OFFICE.replace("2027-12-31", "2027-01-05");
    let ran = with("calendar OFFICE", NAMED, &short);
    let told = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let why = "business days of our office are known from 2026-01-01 to 2027-01-05 only";
    assert!(ran.code == 1 && told.contains(why), "{}", ran.all());
}

#[test]
fn a_calendar_that_is_wrong_stops_the_job() {
    let bad = OFFICE.replace("2026-12-30", "2026-12-32");
    insta::assert_snapshot!(with("calendar OFFICE", NAMED, &bad).all());
    for (config, office, told) in [
        (NAMED, OFFICE.replace("name OFFICE", "name XX"), "no agreement can name `XX`"),
        (NAMED, OFFICE.replace("weekend Saturday, Sunday", ""), "has no line `weekend`"),
        ("calendars = [\"office.calendar\"]\n", OFFICE.into(), "`office.calendar` is no file"),
        ("calendars = \"ours\"\n", OFFICE.into(), "expected a list of texts"),
    ] {
        let ran = with("calendar OFFICE", config, &office);
        assert!(ran.code == 2 && ran.err.contains(told), "{told}: {}", ran.all());
    }
}

/// A date that a rule computes rounds month ends as the agreement says.
#[test]
fn rules_count_as_the_agreement_does() {
    let policy = "\
rule house/month: error
  ## A month after the start is still in February.
  applies to every kind
  require starts + 1 month <= 2027-02-28, if missing pass
  say \"it is later\"

passes
    starts 2027-01-31; month ends round down
  term
    initial: 12 months

fails at \"2027-01-31\"
    starts 2027-01-31; month ends round up
  term
    initial: 12 months

undetermined at \"2027-01-31\"
    starts 2027-01-31
  term
    initial: 12 months
";
    let ran = Folder::new().file("policies/month.policy", policy).run(["test", "policies"]);
    assert_eq!(ran.code, 0, "{}", ran.all());
}

/// The proof, the run of deals and the timeline count by the same calendars as `check`.
#[test]
fn tables_and_timelines_count_by_our_calendar_too() {
    let terms = agreement("calendar OFFICE")
        + "term\n  initial: until 5 business days after start\n\
           attribution\n  on: \"fees\" in EUR; match unique\n\
           \u{20} | rule | date             | Northwind | Kestrel |\n\
           \u{20} | r1   | until 2027-01-06 | 60%       | 40%     |\n\
           \u{20} | r2   | from 2027-01-07  | 50%       | 50%     |\n";
    let folder = |config: &str| {
        Folder::new()
            .file("pactum.toml", config)
            .file("ours/office.calendar", OFFICE)
            .file("a.alliance", &terms)
            .file("deals.csv", "deal,date,amount\nd1,2027-01-06,100\nd2,2027-01-07,100\n")
    };
    let (ours, nobodys) = (folder(NAMED), folder(""));
    let proof = |folder: &Folder| folder.run(["attribution", "a.alliance"]);
    let found = proof(&ours);
    assert!(found.out.contains("error[table/never]"), "r2 is after the term: {}", found.all());
    assert!(!proof(&nobodys).out.contains("table/never"), "the end is not known");

    let shared = ours.run(["attribution", "a.alliance", "--deals", "deals.csv", "--format", "csv"]);
    assert_eq!(shared.code, 1, "{}", shared.all());
    assert!(
        shared.out.contains("d1,2027-01-06,pilot,on,r1,EUR,100.00,60.00,40.00"),
        "{}",
        shared.out
    );
    assert!(
        shared.out.contains("not-shared,3,d2") && shared.out.contains("2027-01-06"),
        "{}",
        shared.out
    );

    let days = |folder: &Folder| folder.run(["timeline", "a.alliance"]).out;
    assert!(days(&ours).contains("2027-01-06  last day of the initial term"), "{}", days(&ours));
    assert!(!days(&nobodys).contains("2027-01-06"), "{}", days(&nobodys));
}
