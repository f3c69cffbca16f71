//! `attribution --deals`: a list is run, what is wrong is told, the exit code says which it was.

use std::fmt::Write as _;

use std::fs;
use std::path::Path;

use super::{Folder, Ran, run};

const AGREEMENT: &str = "examples/northwind-kestrel.alliance";
const LIST: &str = "examples/deals/northwind-kestrel-2026.csv";
const HEAD: &str = "deal,date,amount,sourced,closed,deal size\n";

/// A run of the finished example on a list.
fn example(list: &str, more: &[&str]) -> Ran {
    let folder = Folder::new()
        .file("nk.alliance", fs::read_to_string(AGREEMENT).unwrap())
        .file("deals.csv", list);
    folder.run(["attribution", "nk.alliance", "--deals", "deals.csv"].iter().chain(more))
}

/// Without the line breaks of 80 columns.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn root(more: &[&str], input: &str) -> Ran {
    let arguments = ["attribution", AGREEMENT, "--deals"].iter().chain(more);
    run(Path::new(env!("CARGO_MANIFEST_DIR")), arguments, input, &[])
}

#[test]
fn the_example_is_shared_to_the_cent() {
    insta::assert_snapshot!(root(&[LIST], "").all());
}

#[test]
fn a_line_a_deal_for_a_spreadsheet() {
    insta::assert_snapshot!(root(&[LIST, "--format", "csv"], "").all());
}

#[test]
fn an_object_a_deal_for_programs() {
    let ran = root(&[LIST, "--format", "json"], "");
    let lines: Vec<serde_json::Value> =
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (summary, deals) = lines.split_last().unwrap();
    assert_eq!((ran.code, deals.len()), (0, 10));
    assert_eq!(deals[2]["parts"]["Kestrel"], "13333.33");
    assert_eq!(deals[2]["rows"][0]["row"], "r3");
    let trace: Vec<&str> =
        deals[2]["trace"].as_array().unwrap().iter().map(|step| step.as_str().unwrap()).collect();
    assert_eq!(trace.last(), Some(&"20,000.00 + 13,333.33 = 33,333.33"));
    assert_eq!(summary["kind"], "summary");
    assert_eq!(summary["periods"][0]["base"], "431293.77");
    assert_eq!(summary["exit"], 0);
}

#[test]
fn one_deal_step_by_step() {
    insta::assert_snapshot!(root(&[LIST, "--trace", "NK-2602"], "").all());
    let none = root(&[LIST, "--trace", "NK-1"], "");
    assert_eq!(none.code, 2);
    assert!(plain(&none.err).contains("has no deal `NK-1`"), "{}", none.err);
}

#[test]
fn quarters_and_json_lines_from_standard_input() {
    let list = "{\"deal\": \"a\", \"date\": \"2026-04-14\", \"amount\": 1000.50, \"sourced\": \"Kestrel\", \
                \"closed\": \"Kestrel\", \"deal size\": 1000.50}\n\
                {\"deal\": \"b\", \"date\": \"2026-07-14\", \"amount\": \"1000\", \"sourced\": \"Northwind\"}\n";
    let ran = root(&["-", "--by", "quarter"], list);
    insta::assert_snapshot!(ran.all());
}

#[test]
fn what_is_wrong_is_told_with_line_and_column_and_the_rest_is_shared() {
    let list = format!(
        "{HEAD}a,2026-04-14,\"12500,00\",Kestrel,Northwind,12500\n\
         b,2026-04-15,100.005,Kestrel,Northwind,100\n\
         c,2026-04-16,100,Kestral,Northwind,100\n\
         d,2025-04-16,100,Kestrel,Northwind,100\n\
         e,2026-04-17,USD 100,Kestrel,Northwind,100\n\
         f,2026-04-18,100,Kestrel,Northwind,100\n\
         f,2026-04-18,100,Kestrel,Northwind,100\n\
         g,2026-04-19,100,Kestrel,Northwind\n"
    );
    let ran = example(&list, &[]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.all());
    let csv = example(&list, &["--format", "csv"]);
    assert_eq!(csv.code, 1);
    insta::assert_snapshot!(csv.all());
}

/// What nobody takes and says no currency is in that of the tables, if they have one: otherwise nobody
/// can tell, and no sum may take it in.
#[test]
fn a_deal_without_a_currency_is_in_the_one_that_all_tables_share() {
    let deals = "deal,date,region,amount\na,2026-02-01,EU,10\nb,2026-02-01,ASIA,5\n";
    for (currency, left) in [("EUR", "1 not (EUR 5.00)"), ("USD", "1 not (1 of no known amount)")] {
        let agreement = format!(
            "alliance a: distribution\n  starts 2026-01-01\nparties\n  A: \"A\"\n  B: \"B\"\n\
             attribution\n  one: \"sales\" in EUR\n  | rule | region | A   | B   |\n\
             \x20 | eu   | EU     | 60% | 40% |\n  two: \"sales\" in {currency}\n\
             \x20 | rule | region | A   | B   |\n  | us   | US     | 50% | 50% |\n"
        );
        let folder = Folder::new().file("a.alliance", agreement).file("list.csv", deals);
        let ran = folder.run(["attribution", "a.alliance", "--deals", "list.csv"]);
        let expected = format!("list.csv: 1 of 2 deals shared, EUR 10.00; {left}");
        assert_eq!((ran.code, ran.last()), (1, expected.as_str()), "{}", ran.all());
    }
}

/// An agreement that renews goes on until somebody says when it ended.
#[test]
fn a_day_on_which_it_ended_leaves_later_deals_aside() {
    let agreement = "alliance a: referral\n  starts 2026-01-01\nparties\n  A: \"A\"\n  B: \"B\"\nterm\n  \
        initial: 12 months\n  renewal: automatic, 12 months\nattribution\n  on: \"sales\" in EUR\n  \
        | rule | A   | B   |\n  | else | 60% | 40% |\n";
    let list = "deal,date,amount\na,2026-02-01,10\nb,2027-02-01,5\n";
    let folder = Folder::new().file("a.alliance", agreement).file("list.csv", list);
    let run = |more: &[&str]| {
        let ran =
            folder.run(["attribution", "a.alliance", "--deals", "list.csv"].iter().chain(more));
        (ran.code, ran.last().to_owned())
    };
    assert_eq!(run(&[]), (0, "list.csv: 2 of 2 deals shared, EUR 15.00".to_owned()));
    let left = "list.csv: 1 of 2 deals shared, EUR 10.00; 1 not (EUR 5.00)".to_owned();
    assert_eq!(run(&["--ended", "2027-01-15"]), (1, left));
    assert_eq!(run(&["--ended", "15.1.2027"]).0, 2);
}

#[test]
fn a_long_list_is_summed_up() {
    let mut list = HEAD.to_owned();
    for deal in 0..200 {
        let who = if deal % 3 == 0 { "Kestral" } else { "Kestrel" };
        writeln!(list, "d{deal},2026-04-14,0.03,{who},Kestrel,1").unwrap();
    }
    let ran = example(&list, &[]);
    assert_eq!(ran.code, 1);
    assert!(!ran.out.contains("d199"), "no deal one by one: {}", ran.out);
    assert!(
        ran.out.contains("and 47 deals more that were not; --format csv lists every one"),
        "{}",
        ran.out
    );
    assert_eq!(ran.last(), "deals.csv: 133 of 200 deals shared, EUR 3.99; 67 not (EUR 2.01)");
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
}

#[test]
fn what_is_no_list_of_deals_ends_with_2() {
    for (list, told) in [
        ("", "the list of deals is empty"),
        (HEAD, "has a head and no deals"),
        ("deal,date,amount\na,2026-04-14,1\n", "no column `sourced`: the table `on` asks for it"),
        (
            "deal,amount,sourced,closed,deal size\n",
            "no column `date`: `on` shares deals from 2026-04-01",
        ),
        ("\u{0}\u{1}", "is not text"),
    ] {
        let ran = example(list, &[]);
        assert_eq!((ran.code, &*ran.out), (2, ""), "{list:?}: {}", ran.all());
        assert!(plain(&ran.err).contains(told), "{list:?}: {}", ran.err);
    }
    let broken =
        format!("{HEAD}a,2026-04-14,1,Kestrel,Kestrel,1\nb,2026-04-14,\"1,Kestrel,Kestrel,1\n");
    let ran = example(&broken, &[]);
    assert_eq!(ran.code, 2);
    assert!(plain(&ran.out).contains("the list broke off after 1 deal"), "{}", ran.out);
    assert!(plain(&ran.err).contains("a quote opened in line 3"), "{}", ran.err);
    let folder = Folder::new().file("nk.alliance", fs::read_to_string(AGREEMENT).unwrap());
    let ran = folder.run(["attribution", "nk.alliance", "--deals", "none.csv"]);
    assert!(ran.code == 2 && ran.err.contains("`none.csv` does not exist"), "{}", ran.err);
    let ran = folder.run(["attribution", "nk.alliance", "--format", "csv"]);
    assert!(ran.code == 2 && ran.err.contains("add --deals LIST"), "{}", ran.err);
}

#[test]
fn a_table_that_is_not_proved_is_not_called_so_because_a_list_fits() {
    let text = fs::read_to_string(AGREEMENT).unwrap();
    let gap: String = text.split_inclusive('\n').filter(|line| !line.contains("| else")).collect();
    let gap =
        gap.replace("| r4   | Northwind | any       | any           | 100%      | 0%      |\n", "");
    let folder = Folder::new()
        .file("gap.alliance", gap)
        .file("deals.csv", format!("{HEAD}a,2026-04-14,1,Kestrel,Kestrel,1\n"));
    let ran = folder.run(["attribution", "gap.alliance", "--deals", "deals.csv"]);
    assert!(plain(&ran.out).contains("another list may hold a deal"), "{}", ran.out);
}

#[test]
fn an_error_elsewhere_in_the_text_is_no_clean_run() {
    let text =
        fs::read_to_string(AGREEMENT).unwrap().replace("initial: 24 months", "initial: 24 moths");
    let folder = Folder::new()
        .file("nk.alliance", text)
        .file("deals.csv", format!("{HEAD}a,2026-04-14,1,Kestrel,Kestrel,1\n"));
    let ran = folder.run(["attribution", "nk.alliance", "--deals", "deals.csv"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(ran.err.contains("moths") && ran.out.contains("nk.alliance has"), "{}", ran.all());
    assert!(ran.out.contains("1 of 1 deal shared"), "{}", ran.out);
}

#[test]
fn corrections_at_the_end_of_a_year_stand_in_every_output() {
    let text = "alliance pilot, version 1: referral\n  starts 2026-01-01; currency EUR; year calendar\n\
                parties\n  Northwind: \"Northwind Ltd\", GB\n  Kestrel: \"Kestrel GmbH\", DE\n\
                attribution\n  on: \"sales\" in EUR; match first; banded whole by total per year;\n\
                \x20     at least EUR 50 to Kestrel per year\n\
                \x20 | rule | total     | Northwind | Kestrel |\n\
                \x20 | low  | < EUR 100 | 90%       | 10%     |\n\
                \x20 | high | any       | 80%       | 20%     |\n";
    let list = "deal,date,amount\na,2026-02-01,60\nb,2026-03-01,60\nc,2027-01-02,10\n";
    let folder = Folder::new().file("pilot.alliance", text).file("deals.csv", list);
    let ran = folder.run(["attribution", "pilot.alliance", "--deals", "deals.csv"]);
    insta::assert_snapshot!(ran.all());
    let csv = folder.run([
        "attribution",
        "pilot.alliance",
        "--deals",
        "deals.csv",
        "--format",
        "csv",
        "--through",
        "2027-12-31",
    ]);
    insta::assert_snapshot!(csv.all());
}
