mod lists;
mod naive;
mod periods;

use super::{
    Cycle, Deals, NotDeals, Options, Record, Run, Signed, Steps, Told, Written, coins_text,
};
use crate::analysis::derive;
use crate::source::Source;

/// Two parties, a start, an end and a tail, and the given item.
fn agreement(id: &str, item: &str) -> String {
    format!(
        "alliance {id}, version 1: referral\n  starts 2026-04-01; currency EUR; year contract\n\
         parties\n  N: \"N\"\n  K: \"K\"\nterm\n  initial: 24 months\n\
         attribution\n  on: \"sales\" in EUR; {item}\n"
    )
}

/// A run of a list through agreements: its lines, its notes.
fn ran(texts: &[String], list: &str, written: Written, options: Options) -> Result<Ran, NotDeals> {
    let read: Vec<_> =
        texts.iter().map(|text| crate::parse(&Source::new("t", text.clone()))).collect();
    let derived: Vec<_> = read.iter().map(|parsed| derive(&parsed.agreement)).collect();
    let signed: Vec<Signed<'_>> = read
        .iter()
        .zip(&derived)
        .map(|(parsed, derived)| Signed {
            agreement: &parsed.agreement,
            derived,
            told: &parsed.diagnostics,
        })
        .collect();
    let options = Options { by: Cycle::calendar(12), ..options };
    let mut run = Run::new(&signed, options);
    let mut deals = Deals::open(list.as_bytes(), written, &run.wanted)?;
    let (mut lines, mut record) = (Vec::new(), Record::default());
    while let Some(next) = deals.next(&mut record)? {
        let mut tell = |run: &Run, told: Told<'_>| lines.push(line(run, told));
        match next {
            Ok(()) => run.take(&record, &mut tell),
            Err(slip) => run.miss(&slip, &mut tell),
        }
    }
    run.end(&mut |run, told| lines.push(line(run, told)));
    let (notes, unasked) = (run.notes(), deals.unasked.clone());
    Ok(Ran { run, lines, notes, unasked })
}

#[derive(Debug)]
struct Ran {
    run: Run,
    lines: Vec<String>,
    notes: Vec<String>,
    unasked: Vec<String>,
}

/// `D1 r1: 70.00 + 30.00 = 100.00`, `+ 2026: …` for a correction, `line 3: …` for a slip.
fn line(run: &Run, told: Told<'_>) -> String {
    match told {
        Told::Shared(line) => {
            let table = &run.tables[line.table];
            let sum: i128 = line.parts.iter().sum();
            assert_eq!(sum, line.base, "the parts are the deal: {line:?}");
            let base: i128 = line.slices.iter().map(|slice| slice.base).sum();
            assert_eq!(base, line.base, "the slices are the deal: {line:?}");
            let coins = |sum: &i128| coins_text(*sum, table.decimals);
            let parts: Vec<String> = line.parts.iter().map(coins).collect();
            let rows: Vec<&str> = line.slices.iter().map(|slice| table.row(slice.row)).collect();
            let name = match &line.true_up {
                None => line.deal.clone(),
                Some(it) => {
                    format!("+ {}", it.period.map_or("ever".to_owned(), |it| it.to_string()))
                }
            };
            format!("{name} {}: {}", rows.join("+"), parts.join(" "))
        }
        Told::Slip(slip) => {
            let deal = slip.deal.clone().unwrap_or_default();
            format!("{deal} {}: {slip}: {}", slip.fault.word(), slip.message)
        }
    }
}

/// A run of one table on a CSV list.
fn lines(item: &str, list: &str) -> Vec<String> {
    let told = ran(&[agreement("a", item)], list, Written::Csv, Options::default());
    told.unwrap().lines
}

const SIMPLE: &str = "match first\n  | rule | sourced | size        | N   | K   |\n\
    \x20 | r1   | K       | < EUR 1,000 | 70% | 30% |\n\
    \x20 | r2   | K       | >= EUR 1,000 | 2/3 | 1/3 |\n\
    \x20 | r3   | N       | any         | 100% | 0% |";

#[test]
fn each_deal_is_shared_by_its_row_to_the_cent() {
    let list = "deal,date,amount,sourced,size\n\
                a,2026-04-01,100.01,K,999.99\n\
                b,2026-05-01,\"1,000.00\",K,EUR 1000\n\
                c,2026-05-01,-0.05,K,5000\n\
                d,2026-05-02,12,N,\n";
    let expected = [
        "a r1: 70.01 30.00",
        "b r2: 666.67 333.33",
        "c r2: -0.03 -0.02",
        // Whatever its size: the row does not ask.
        "d r3: 12.00 0.00",
    ];
    assert_eq!(lines(SIMPLE, list), expected);
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_the_rest_is_shared() {
    let list = "deal,date,amount,sourced,size,currency\n\
                a,2026-04-01,\"1234,50\",K,1,\n\
                b,2026-04-01,10.005,K,1,\n\
                c,2026-13-01,10,K,1,\n\
                d,2026-04-01,10,Kk,1,\n\
                e,2026-04-01,10,K,1,USD\n\
                f,2026-04-01,10,K,1,EURO\n\
                g,2026-03-31,10,K,1,\n\
                h,2028-04-01,10,K,1,\n\
                i,2026-04-01,10,K,,\n\
                j,2026-04-01,10,K,1,\n\
                j,2026-04-01,10,K,1,\n\
                l,,10,K,1,\n\
                m,2026-04-01,10,K\n\
                n,2026-04-01,10,,1,\n\
                o,2026-04-01,EUR 10,K,1,eur\n";
    let expected = [
        "a bad-value: line 2, column 3 (`amount`): `1234,50` is no amount",
        "b bad-value: line 3, column 3 (`amount`): `10.005` has more decimals than EUR, 2",
        "c bad-value: line 4, column 2 (`date`): `2026-13-01` is no day",
        "d unknown-word: line 5, column 4 (`sourced`): `sourced` cannot be `Kk`",
        "e other-currency: line 6, column 3 (`amount`): it is in USD, and `on` shares EUR",
        "f other-currency: line 7, column 6 (`currency`): `EURO` is no currency",
        "g outside-the-term: line 8, column 2 (`date`): 2026-03-31 is before the start, 2026-04-01",
        "h outside-the-term: line 9, column 2 (`date`): 2028-04-01 is after the end, 2028-03-31, and \
         no tail is stated",
        "i undecided: line 10: whether row `r1` takes it cannot be told: sourced K, size not stated",
        "j r1: 7.00 3.00",
        "j listed-twice: line 12, column 1 (`deal`): deal `j` stands in line 11 already",
        "l bad-value: line 13, column 2 (`date`): no day is stated, and `on` shares deals from \
         2026-04-01 to 2028-03-31",
        " bad-line: line 14: it has 4 cells, and the head 6",
        "n undecided: line 15: whether row `r1` takes it cannot be told: sourced not stated, size 1",
        "o r1: 7.00 3.00",
    ];
    assert_eq!(lines(SIMPLE, list), expected);
}

#[test]
fn a_gap_a_conflict_and_a_row_that_is_open_are_told_deal_by_deal() {
    let table = "match unique\n  | rule | sourced | size       | N   | K   |\n\
        \x20 | r1   | K       | < EUR 10   | 70% | 30% |\n\
        \x20 | r2   | K       | < EUR 20   | 60% | 40% |\n\
        \x20 | r3   | N       | < EUR 20   | 60% | to be agreed |\n\
        \x20 | r4   | N       | >= EUR 50  | 60% | 30% |";
    let list = "date,amount,sourced,size\n\
        2026-04-01,1,K,5\n2026-04-01,1,K,15\n2026-04-01,1,K,20\n2026-04-01,1,N,1\n2026-04-01,1,N,50\n";
    let expected = [
        " conflict: line 2: rows `r1` and `r2` take it and share it differently: sourced K, size 5",
        " r2: 0.60 0.40",
        " no-row: line 4: no row takes it: sourced K, size 20",
        " undecided: line 5: row `r3`: the share of K is to be agreed",
        " undecided: line 6: row `r4`: the shares come to 90% and not to 100%",
    ];
    assert_eq!(lines(table, list), expected);
}

#[test]
fn a_tail_goes_on_after_the_end_and_no_longer() {
    let item = "tail 12 months after exit; match first\n  | rule | N | K |\n  | r1 | 50% | 50% |";
    let list = "deal,date,amount\na,2028-03-31,1\nb,2029-03-31,1\nc,2029-04-01,1\n";
    let told = lines(item, list);
    assert_eq!(told[..2], ["a r1: 0.50 0.50", "b r1: 0.50 0.50"]);
    assert!(
        told[2].contains("after the end, 2028-03-31, and its tail, until 2029-03-31"),
        "{told:?}"
    );
    let ended = crate::value::Date::new(2027, 1, 15);
    let list = "deal,date,amount\na,2028-01-15,1\nb,2028-01-16,1\n";
    let options = Options { ended, ..Options::default() };
    let told = ran(&[agreement("a", item)], list, Written::Csv, options).unwrap();
    assert_eq!(told.lines[0], "a r1: 0.50 0.50");
    assert!(told.lines[1].contains("its tail, until 2028-01-15"), "{:?}", told.lines);
    assert_eq!((told.run.totals.tail, told.run.totals.deals), (1, 1));
}

#[test]
fn an_agreement_that_renews_goes_on_and_says_so() {
    let text = agreement("a", "match first\n  | rule | N | K |\n  | r1 | 50% | 50% |");
    let text = text.replace("24 months\n", "24 months\n  renewal: automatic, 12 months\n");
    let told =
        ran(&[text], "date,amount\n2030-01-01,1\n", Written::Csv, Options::default()).unwrap();
    assert_eq!(told.lines, [" r1: 0.50 0.50"]);
    assert!(told.notes.iter().any(|note| note.contains("--ended DATE")), "{:?}", told.notes);
}

#[test]
fn of_several_agreements_the_one_that_prevails_takes_the_deal() {
    let table = "match first\n  | rule | segment | N | K |\n  | r1 | big | 50% | 50% |";
    let wide = table.replace("big", "any").replace("r1", "w1").replace("50%", "20%");
    let wide = wide.replacen("20%", "80%", 1);
    let list = "deal,date,amount,segment,agreement\na,2026-04-01,1,big,\nb,2026-04-01,1,small,\n\
                c,2026-04-01,1,big,wide\nd,2026-04-01,1,big,wyde\n";
    let texts = [agreement("big", table), agreement("wide", &wide)];
    let told = ran(&texts, list, Written::Csv, Options::default()).unwrap().lines;
    assert_eq!(
        told,
        [
            "a conflict: line 2: `big attribution/on` (row `r1`) and `wide attribution/on` (row `w1`) \
             both take it, and none is said to prevail",
            "b w1: 0.80 0.20",
            "c w1: 0.80 0.20",
            "d unknown-word: line 5, column 5 (`agreement`): no agreement with a table is called `wyde`",
        ]
    );
    let over = format!("prevails over \"wide\"; {table}");
    let texts = [agreement("big", &over), agreement("wide", &wide)];
    let told = ran(&texts, list, Written::Csv, Options::default()).unwrap().lines;
    assert_eq!(told[..2], ["a r1: 0.50 0.50", "b w1: 0.80 0.20"]);
}

#[test]
fn an_error_in_the_item_stops_its_table_and_no_other() {
    let item = "match first; at most EUR 5 to Q per deal\n  | rule | N | K |\n  | r1 | 50% | 50% |";
    let other = agreement("b", "match first\n  | rule | N | K |\n  | r1 | 50% | 50% |");
    let list = "agreement,date,amount\na,2026-04-01,1\nb,2026-04-01,1\n";
    let told = ran(&[agreement("a", item), other], list, Written::Csv, Options::default()).unwrap();
    assert!(told.lines[0].contains("`on` cannot be run: it has an error"), "{:?}", told.lines);
    assert_eq!(told.lines[1], " r1: 0.50 0.50");
}

/// What a party gets would stand in two columns, and each reader would take another one of them.
#[test]
fn a_party_with_two_columns_is_an_error() {
    let table = agreement("a", "match first\n  | rule | N | N | K |\n  | r1 | 20% | 30% | 50% |");
    let read = crate::parse(&Source::new("t", table.clone()));
    let told: Vec<_> = read.diagnostics.iter().map(|told| told.message.as_str()).collect();
    assert_eq!(told, ["two columns are called `N`"]);
    let list = "date,amount\n2026-04-01,100\n";
    let told = ran(&[table], list, Written::Csv, Options::default()).unwrap();
    assert!(told.lines[0].contains("`on` cannot be run: it has an error"), "{:?}", told.lines);
}

#[test]
fn the_steps_can_be_reckoned_by_hand() {
    let read = crate::parse(&Source::new("t", agreement("a", SIMPLE)));
    let derived = derive(&read.agreement);
    let signed = Signed { agreement: &read.agreement, derived: &derived, told: &[] };
    let mut run = Run::new(&[signed], Options::default());
    let list = "date,amount,sourced,size\n2026-04-01,1000,K,2000\n";
    let mut deals = Deals::open(list.as_bytes(), Written::Csv, &run.wanted).unwrap();
    let mut record = Record::default();
    deals.next(&mut record).unwrap().unwrap().unwrap();
    let mut steps = Vec::new();
    run.take(&record, &mut |run, told| {
        let Told::Shared(line) = told else { return };
        steps = run.passed_over(line, &record);
        let mut own = Steps::default();
        run.steps(line, &mut own);
        steps.extend(own.iter().map(str::to_owned));
    });
    let expected = [
        "a attribution/on shares sales: sourced K, size 2000",
        "row `r1` does not take it: size 2000 is not < EUR 1,000",
        "1,000.00 goes to row `r2`: sourced K, size >= EUR 1,000",
        "N 2/3 of 1,000.00 is 666.67",
        "K 1/3 of 1,000.00 is 333.33",
        "in whole coins: what is left over goes to the largest remainder, the first column first",
        "666.67 + 333.33 = 1,000.00",
    ];
    assert_eq!(steps, expected);
}
