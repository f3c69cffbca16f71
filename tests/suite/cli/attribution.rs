//! `pactum attribution`: the proof of tables, and what each outcome ends with.

use super::{Folder, run};

fn table(rows: &str) -> String {
    format!(
        "alliance pilot, version 1: go-to-market\n  starts 2026-04-01\n\
         parties\n  Northwind: \"Northwind Ltd\", GB\n  Kestrel: \"Kestrel GmbH\", DE\n\
         term\n  initial: 24 months\n\
         attribution\n  on: \"net revenue\" in EUR; match unique\n{rows}"
    )
}

const PROVED: &str = "  | rule | closed    | valid            | Northwind | Kestrel |
  | r1   | Northwind | any              | 70%       | 30%     |
  | r2   | Kestrel   | until 2026-12-31 | 60%       | 40%     |
  | r3   | Kestrel   | from 2027-01-01  | 2/3       | 1/3     |
";

const FLAWED: &str = "  | rule | closed             | deal size     | segment    | valid            | Northwind | Kestrel |
  | r1   | Northwind          | any           | any        | any              | 70%       | 30%     |
  | r2   | Northwind, Kestrel | >= EUR 50,000 | retail     | any              | 60%       | 40%     |
  | r3   | any                | any           | any        | until 2026-03-31 | 60%       | 30%     |
  | else | both               | any           | any        | any              | 50%       | 50%     |
";

#[test]
fn a_table_that_is_proved_ends_with_0() {
    let folder = Folder::new().file("a.alliance", table(PROVED));
    let ran = folder.run(["attribution", "a.alliance"]);
    insta::assert_snapshot!(ran.all());
    let piped =
        run(&folder.0, ["attribution", "-", "--stdin-filename", "a.alliance"], &table(PROVED), &[]);
    assert_eq!(piped, ran);
}

#[test]
fn each_flaw_is_one_deal_and_all_such_deals() {
    let folder = Folder::new().file("a.alliance", table(FLAWED));
    let ran = folder.run(["attribution", "a.alliance"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
    insta::assert_snapshot!(ran.all());
}

#[test]
fn for_programs() {
    let folder = Folder::new().file("a.alliance", table(FLAWED)).file("b.alliance", table(PROVED));
    let ran = folder.run(["attribution", "--format", "json", "."]);
    let told: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["run"]["exit"], ran.code);
    assert_eq!((&told["run"]["flawed"], &told["run"]["proved"]), (&1.into(), &1.into()));
    let (bad, good) = (&told["files"][0]["tables"][0], &told["files"][1]["tables"][0]);
    assert_eq!((&bad["verdict"], &good["verdict"]), (&"flawed".into(), &"proved".into()));
    assert_eq!(good["columns"][1]["can_be"], "a day from 2026-04-01 until 2028-03-31");
    let flaws = bad["flaws"].as_array().unwrap();
    let overlap = flaws.iter().find(|flaw| flaw["kind"] == "overlap").unwrap();
    assert_eq!(overlap["row"], "r2");
    assert_eq!(overlap["deal"], "closed Northwind, deal size EUR 50,000, segment retail");
    assert_eq!(
        overlap["region"],
        "closed Northwind, deal size from EUR 50,000, segment retail, valid any"
    );
    assert_eq!(
        (&overlap["primary"]["line"], &overlap["secondary"][0]["line"]),
        (&12.into(), &11.into())
    );
}

#[test]
fn what_is_open_is_never_proved() {
    let open = "  | rule | customer | Northwind | Kestrel |
  | r1   | new      | 70%       | 30%     |
  | r2   | known    | 60%       | 40%     |
";
    let folder = Folder::new().file("a.alliance", table(open));
    let ran = folder.run(["attribution", "a.alliance"]);
    insta::assert_snapshot!(ran.all());
    for cell in ["redacted", "30 days", "USD 5"] {
        let rows = format!(
            "  | rule | size     | Northwind | Kestrel |\n  | r1 | < EUR 5 | 70% | 30% |\n  | r2 | {cell} | 70% | 30% |\n"
        );
        let folder = Folder::new().file("a.alliance", table(&rows));
        let ran = folder.run(["attribution", "a.alliance"]);
        assert_eq!(ran.code, 1, "{cell}: {}", ran.out);
        assert!(
            ran.last().ends_with("0 proved, 0 with flaws, 1 undetermined"),
            "{cell}: {}",
            ran.out
        );
    }
    let folder = Folder::new().file("a.alliance", table(""));
    let ran = folder.run(["attribution", "a.alliance"]);
    assert!(ran.code == 1 && ran.out.contains("`on` is not proved: it has no rows"), "{}", ran.out);
}

#[test]
fn no_table_proves_nothing() {
    let none = "alliance pilot: referral\nparties\n  A: \"A Ltd\", GB\n  B: \"B Ltd\", GB\n";
    let folder = Folder::new().file("a.alliance", none).file("b.alliance", table(PROVED));
    let named = folder.run(["attribution", "a.alliance"]);
    assert_eq!(named.code, 1);
    assert!(named.out.contains("error[table/none]: `a.alliance` has no table"), "{}", named.out);
    let beside = folder.run(["attribution", "."]);
    assert_eq!(
        (beside.code, beside.last()),
        (0, "2 files, 1 without a table, 1 table: 1 proved, 0 with flaws, 0 undetermined")
    );
    let alone = Folder::new().file("a.alliance", none).run(["attribution"]);
    assert_eq!(alone.code, 1, "a folder without any table: {}", alone.out);
}

#[test]
fn bad_input_hides_no_other_file() {
    let slip = table(PROVED).replace("initial: 24 months", "initial: 24 moons");
    let folder = Folder::new().file("a.alliance", slip).file("b.alliance", table(PROVED));
    let ran = folder.run(["attribution", "a.alliance", "gone.alliance", "b.alliance"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`gone.alliance` does not exist"), "{}", ran.err);
    assert!(ran.out.contains("a.alliance:7:"), "the slip is told: {}", ran.out);
    assert!(ran.out.contains("b.alliance:9: `on`, 3 rows, one may fit: proved"), "{}", ran.out);
    assert_eq!(folder.run(["attribution", "a.alliance"]).code, 1, "an error in the text");
    let nothing = Folder::new().run(["attribution"]);
    assert_eq!(nothing.code, 2);
    let json = Folder::new().run(["attribution", "--format", "json"]);
    assert!(json.code == 2 && json.out.contains("\"exit\":2"), "{}", json.out);
}
