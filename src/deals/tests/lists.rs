//! What is a list of deals, and what is none.

use super::*;

const TABLE: &str = "match first\n  | rule | deal size | N | K |\n  | r1 | any | 50% | 50% |\n\
                     \x20 | r2 | < EUR 5 | 50% | 50% |";

fn told(list: &str, written: Written) -> Result<Vec<String>, NotDeals> {
    ran(&[agreement("a", TABLE)], list, written, Options::default()).map(|ran| ran.lines)
}

fn csv(list: &str) -> Vec<String> {
    told(list, Written::Csv).unwrap()
}

fn refused(list: &str) -> String {
    told(list, Written::Csv).unwrap_err().message
}

#[test]
fn names_ends_and_marks_do_not_matter() {
    let expected = ["x r1: 1.00 1.00", "y r1: 0.50 0.50"];
    for list in [
        "deal,date,amount,deal size\nx,2026-04-01,2,1\ny,2026-04-01,1,1\n",
        "\u{feff}Deal,Date,Amount,Deal-Size\r\nx,2026-04-01,2,1\r\ny,2026-04-01,1,1",
        "deal;date;amount;deal_size\nx;2026-04-01;2;1\n\ny;2026-04-01;1;1\n;;;\n",
        "deal\tdate\tamount\tdeal size\rx\t2026-04-01\t2\t1\ry\t2026-04-01\t1\t1\r",
        "\n\"deal\",\"date\",\"amount\",\"deal size\"\n\"x\",\"2026-04-01\",\"2\",\"1\"\ny,2026-04-01,1,1\n",
    ] {
        assert_eq!(csv(list), expected, "{list:?}");
    }
}

#[test]
fn a_line_is_the_line_it_begins_in() {
    let list = "deal,date,amount,deal size,note\n\n\"x\",2026-04-01,2,1,\"two\nlines\"\n\ny,2026-04-01,two,1,\n";
    assert_eq!(csv(list)[1], "y bad-value: line 6, column 3 (`amount`): `two` is no amount");
}

#[test]
fn what_is_no_list_is_refused_in_plain_words() {
    let head = "deal,date,amount,deal size\n";
    assert_eq!(refused(""), "the list of deals is empty");
    assert!(
        refused("deal,date,deal size\n").starts_with("the list of deals has no column `amount`")
    );
    assert!(
        refused("deal,amount,deal size\n").contains("no column `date`: `on` shares deals from")
    );
    let missing = refused("date,amount\n");
    assert_eq!(missing, "the list of deals has no column `deal size`: the table `on` asks for it");
    assert!(refused("date,amount,Amount,deal size\n").contains("two columns"));
    assert!(
        refused(&format!("{head}x,2026-04-01,\"2,1\ny,1,1,1\n"))
            .contains("a quote opened in line 2")
    );
    assert!(refused(&format!("{head}x,2026-04-01,2,\"1")).contains("a quote opened in line 2"));
    let long = "x,2026-04-01,2,1\n".repeat(20);
    assert!(refused(&format!("{head}{long}x,\0")).contains("NUL in line 22"));
    assert!(refused("PK\u{3}\u{4}").contains("a workbook"));
    let near = told("date,amuont,deal size\n", Written::Csv).unwrap_err();
    assert_eq!(near.help.as_deref(), Some("a similar name exists: `amuont`"));
    let wanted = Run::new(&[], Options::default()).wanted;
    for (bytes, told) in [
        (&b"\xff\xfed\0e\0"[..], "UTF-16"),
        (b"\x7fELF\0\0", "not text"),
        (b"amount,\xff\n", "not UTF-8"),
    ] {
        let refused = Deals::open(bytes, Written::Csv, &wanted).unwrap_err();
        assert!(refused.message.contains(told), "{refused:?}");
    }
}

#[test]
fn a_line_of_another_encoding_is_its_own_fault() {
    let read = crate::parse(&Source::new("t", agreement("a", TABLE)));
    let derived = derive(&read.agreement);
    let run = Run::new(
        &[Signed { agreement: &read.agreement, derived: &derived, told: &[] }],
        Options::default(),
    );
    let list = b"deal,date,amount,deal size\nM\xfcller,2026-04-01,1,1\ny,2026-04-01,1,1\n";
    let mut deals = Deals::open(&list[..], Written::Csv, &run.wanted).unwrap();
    let mut record = Record::default();
    let slip = deals.next(&mut record).unwrap().unwrap().unwrap_err();
    assert_eq!((slip.line, &*slip.message), (2, "it is not UTF-8 text"));
    assert_eq!(deals.next(&mut record).unwrap(), Some(Ok(())));
}

#[test]
fn json_lines_keep_every_digit() {
    let list = "{\"deal\": \"x\", \"date\": \"2026-04-01\", \"amount\": 9007199254740993.01, \"deal size\": 1}\n\
                \n\
                {\"deal\": \"y\", \"date\": \"2026-04-01\", \"amount\": \"2\", \"deal-size\": null, \"sales rep\": \"Z\"}\n\
                {\"deal\": \"z\"\n\
                {\"deal\": \"u\", \"deal\": \"v\"}\n\
                {\"deal\": [1]}\n\
                {\"deal\": \"w\", \"date\": \"2026-04-01\", \"amount\": 1e3, \"deal size\": 1}\n";
    let options = Options::default();
    let ran = ran(&[agreement("a", TABLE)], list, Written::JsonLines, options).unwrap();
    assert_eq!(ran.unasked, ["sales rep"]);
    assert!(
        ran.lines[0].starts_with("x bad-value") && ran.lines[0].contains("too much"),
        "{ran:?}"
    );
    assert_eq!(ran.lines[1], "y r1: 1.00 1.00");
    assert!(ran.lines[2].contains("line 4: no JSON object where one deal is expected"), "{ran:?}");
    assert!(ran.lines[3].contains("line 5: it says `deal` twice"), "{ran:?}");
    assert!(ran.lines[4].contains("line 6: a value in it is a list or an object"), "{ran:?}");
    assert!(ran.lines[5].contains("line 7, `amount`: `1e3` is no amount"), "{ran:?}");
    let fine = list.replace("9007199254740993.01", "90071992547409.01");
    let first = super::ran(&[agreement("a", TABLE)], &fine, Written::JsonLines, options).unwrap();
    assert_eq!(first.lines[0], "x r1: 45035996273704.51 45035996273704.50");
    let list = told("[{\"deal\": 1}]", Written::JsonLines).unwrap_err();
    assert!(list.message.contains("a list where one deal is expected"), "{list:?}");
    assert!(told("deal,amount\n", Written::JsonLines).is_err());
}
