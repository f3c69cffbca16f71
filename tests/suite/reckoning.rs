//! What real agreements reckon out in numbers, reckoned out by us: the clause as an item of the
//! language, the figures the paper gives, and what it says comes out.
//!
//! The papers are public filings (SEC EDGAR), as compiled by CUAD v1 (The Atticus Project, CC BY
//! 4.0); each test cites filing and section. Where a paper's own arithmetic is wrong, its number and
//! the right one stand side by side.

use std::fs;

use pactum::Agreement;
use pactum::reckon::{
    Band, Carried, Counting, Exact, Rates, Scale, Slice, Stretch, Trouble, Weights, carry, clamp,
    formula, instalments,
};
use pactum::source::Source;
use pactum::syntax::ast::{ConditionKind, Figure, Form, Item, Test};
use pactum::syntax::parse_agreement;
use pactum::value::{Number, Percent, parse_number};

fn number(text: &str) -> Number {
    parse_number(text).unwrap()
}

fn exact(text: &str) -> Exact {
    number(text).into()
}

/// An item of the language, read without a complaint.
fn item(section: &str, line: &str) -> (Item, Agreement) {
    let text = format!(
        "alliance paper: supply\nparties\n  Payer: \"Payer\", US\n  Payee: \"Payee\", US\n\
         {section}\n  {line}\n"
    );
    let source = Source::new("paper", text.clone());
    let parsed = pactum::parse(&source);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let (file, _) = parse_agreement(&source);
    (file.sections[1].items[0].clone(), parsed.agreement)
}

/// The amount of an item's head.
fn amount(item: &Item) -> &Figure {
    &item.head.as_ref().unwrap().amount().unwrap().steps[0]
}

/// What a figure comes to, given what stands in it.
fn comes_to(figure: &Figure, known: &[(&str, &str)]) -> Exact {
    let known = |name: &str| known.iter().find(|(k, _)| *k == name).map(|(_, value)| exact(value));
    formula(figure, &known).unwrap()
}

/// The amount of a payment, worked out.
fn paid(line: &str, known: &[(&str, &str)]) -> Exact {
    comes_to(amount(&item("payments", line).0), known)
}

/// One of the real agreements that are encoded whole.
fn encoded(name: &str) -> Agreement {
    pactum::parse(&crate::real(name)).agreement
}

fn payment<'a>(agreement: &'a Agreement, id: &str) -> &'a pactum::agreement::Payment {
    agreement.payments.iter().find(|it| it.tag.id.node == id).unwrap()
}

/// Every figure of a payment's amount.
fn steps(agreement: &Agreement, id: &str) -> Vec<Number> {
    let steps = &payment(agreement, id).flow.steps;
    steps.iter().map(|step| step.node.value().unwrap().number).collect()
}

fn cents(amount: Number) -> i128 {
    i128::try_from(amount * Number::ONE_HUNDRED).unwrap()
}

fn dollars(cents: i128) -> Number {
    Number::from_i128_with_scale(cents, 2).normalize()
}

/// `MiddleBrook` and `DoctorDirectory.com`, promotion agreement, filed 18 March 2010, exhibit 10.1,
/// section 5.2: the deposit is topped up to twice the month's fees.
#[test]
fn middlebrook_tops_its_deposit_up() {
    let floor = paid(
        "deposit: Payer pays Payee 2 times \"fees of the month\"",
        &[("fees of the month", "105,000")],
    );
    assert_eq!(clamp(exact("100,000"), Some(floor), None), Ok(exact("210,000")));
    let small = paid(
        "deposit: Payer pays Payee 2 times \"fees of the month\"",
        &[("fees of the month", "40,000")],
    );
    assert_eq!(clamp(exact("100,000"), Some(small), None), Ok(exact("100,000")), "never down");
}

/// The same, section 5.3(a) and (b): by prescription until 30 September 2010, by tablet after it.
#[test]
fn middlebrook_pays_half_the_margin() {
    let by_script = "fee: Payer pays Payee 50% of (\"TRx\" times USD 36.50) per month";
    assert_eq!(paid(by_script, &[("TRx", "2,000")]), exact("36,500.00"));
    let by_tablet = "fee: Payer pays Payee 50% of (\"TRx\" times \"tablets per TRx\" times \"margin\") per month";
    let november = [("TRx", "5,000"), ("tablets per TRx", "9.8"), ("margin", "3.65")];
    assert_eq!(paid(by_tablet, &november), exact("89,425.00"));
    let tablets = paid("t: Payer pays Payee \"TRx\" times \"tablets per TRx\"", &november);
    assert_eq!(tablets, exact("49,000"), "the paper's own middle step");
}

const PENALTY: &str = "penalty: Payer pays Payee USD 0.165 per \"card\" times (\"orders\" below \"forecast\");\
    only if \"orders\" <= 90% of \"forecast\" in each of 3 consecutive months";

/// Whether a comparison holds.
fn holds(test: &Test, known: &[(&str, &str)]) -> bool {
    let ConditionKind::Compare { figure, operator, against, .. } = &test.conditions[0].node else {
        panic!("no comparison: {test:?}");
    };
    assert_eq!(operator, "<=");
    comes_to(figure, known) <= comes_to(against, known)
}

/// `LoyaltyPoint` (Schoolpop and AEIS), reseller agreement, filed 16 November 2004, exhibit 10.2,
/// section 3(i), examples 1 and 2: a penalty where each of three months is a tenth short, else none.
#[test]
fn loyalty_point_fines_three_short_months() {
    let (penalty, _) = item("payments", PENALTY);
    let test = penalty.slots.iter().find(|slot| slot.form == Form::OnlyIf).unwrap().test().unwrap();
    let fined = |months: [(&str, &str); 3]| -> Option<Exact> {
        let known = months.map(|(orders, forecast)| [("orders", orders), ("forecast", forecast)]);
        let each = known.iter().map(|month| comes_to(amount(&penalty), month));
        let sum = each.fold(Exact::ZERO, |sum, one| sum.plus(one).unwrap());
        known.iter().all(|month| holds(test, month)).then_some(sum)
    };
    let first = fined([("8,000", "10,000"), ("8,500", "10,000"), ("8,750", "10,000")]);
    assert_eq!(first, Some(exact("783.75")), "4,750 cards");
    let second = fined([("10,500", "11,000"), ("10,000", "13,000"), ("12,000", "12,500")]);
    assert_eq!(second, None, "the first month and the last are less than a tenth short");
}

const SERVICE: &str = "penalty: Payer pays Payee USD 0.50 per \"minute\" \
    times ((\"cards\" times \"ratio\" times \"handling\") below 90% of (\"forecast\" times \"ratio\" times \"handling\"))";

/// The same, section 3(j)(iii): the paper loses a factor of a hundred on the way.
#[test]
fn loyalty_point_multiplies_wrongly() {
    let figures =
        [("cards", "5,000"), ("forecast", "10,500"), ("ratio", "2.43"), ("handling", "4.00")];
    let calls = |cards: &str| exact(cards).times(exact("2.43")).unwrap();
    // Stated: 255 and 121 calls, where 10,500 and 5,000 cards make a hundred times as many.
    assert_eq!(calls("10,500"), exact("25,515"));
    assert_eq!(calls("5,000"), exact("12,150"));
    // Stated: 1,020 and 486 minutes. The second is not even four times its own 121, which is 484.
    assert_eq!(calls("10,500").times(exact("4")).unwrap(), exact("102,060"));
    assert_eq!(calls("5,000").times(exact("4")).unwrap(), exact("48,600"));
    let stated = exact("0.50")
        .times(clamp(exact("918").minus(exact("486")).unwrap(), Some(Exact::ZERO), None).unwrap());
    assert_eq!(stated, Ok(exact("216")), "what the paper states, from its own minutes");
    assert_eq!(paid(SERVICE, &figures), exact("21,627"), "what its own formula gives");
}

/// eDiets and Women.com, co-branding agreement, 10-QSB of 30 October 2000, exhibit 10.4, its exhibit
/// C: the monthly fees are cut off to whole dollars, and the total stated is not reached.
#[test]
fn ediets_loses_twelve_dollars() {
    let paper = encoded("ediets");
    let first = |id| steps(&paper, id)[0];
    let (production, one, two) = (first("production"), first("year-1"), first("year-2"));
    let twelve = Number::from(12);
    assert_eq!(production + twelve * one, number("1,999,996"), "stated: 2,000,000");
    assert_eq!(twelve * two, number("1,999,992"), "stated: 2,000,000");
    assert_eq!(production + twelve * (one + two), number("3,999,988"), "stated: 4,000,000");
    // What instalments that come to the sum would be.
    let year = number("2,000,000");
    let ours = instalments(cents(year - production), 12).unwrap();
    assert_eq!((dollars(ours[0]), dollars(ours[11])), (number("145,833.34"), number("145,833.33")));
    assert_eq!(dollars(ours.iter().sum::<i128>()), year - production);
    let ours = instalments(cents(year), 12).unwrap();
    assert_eq!((dollars(ours[0]), dollars(ours[11])), (number("166,666.67"), number("166,666.66")));
    assert_eq!(dollars(ours.iter().sum::<i128>()), year);
    // Each month's parts: 138,750 and 7,083; in year 2, 27,916.66, which is 66 cents above the fee.
    let parts = |id| -> Number {
        let parts = &payment(&paper, id).flow.course.of_which;
        parts.iter().map(|part| part.amount.as_ref().unwrap().node.value().unwrap().number).sum()
    };
    assert_eq!(parts("year-1"), one);
    assert_eq!(parts("year-2"), number("166,666.66"), "stated fee: 166,666");
}

/// The same, exhibits B and C: impressions by month, quarter and year, and the two prices a thousand.
#[test]
fn ediets_counts_its_impressions_rightly() {
    let whole = |parts: &[&str]| parts.iter().map(|part| number(part)).sum::<Number>();
    let year = whole(&["18,000,000", "27,000,000"]);
    assert_eq!(year, number("45,000,000"));
    assert_eq!(instalments(45_000_000, 12).unwrap(), [3_750_000; 12]);
    assert_eq!(instalments(45_000_000, 4).unwrap(), [11_250_000; 4]);
    assert_eq!(whole(&["45,000,000", "13,000,000", "12,000,000"]), number("70,000,000"));
    assert_eq!(
        whole(&["45,000,000", "30,000,000", "500,000", "3,600,000"]),
        number("79,100,000"),
        "the estimated total counts no newsletters"
    );
    let per_thousand = |cost: &str, count: &str| {
        paid(
            "price: Payer pays Payee \"cost\" divided by \"impressions\" times 1,000",
            &[("cost", cost), ("impressions", count)],
        )
    };
    let banners = dollars(cents(number("138,750")) * 12).to_string();
    assert_eq!(per_thousand(&banners, "45,000,000"), exact("37.00"));
    let overall = per_thousand("2,000,000", "70,000,000");
    assert_eq!(overall.decimal(), None, "28 and four sevenths");
    assert_eq!(overall.rounded(2).unwrap(), number("28.57"));
}

/// `MusclePharm` and Marine MP, endorsement licensing and co-branding agreement, 10-K/A of 8 February
/// 2017, exhibit 10.38, its exhibit C: three like parts a year, cut off to cents, lose up to two
/// cents a year.
#[test]
fn musclepharm_loses_cents() {
    let paper = encoded("musclepharm");
    let years = ["minimum-initial", "minimum-first-additional", "minimum-second-additional"];
    let due: Vec<Number> = years.iter().flat_map(|id| steps(&paper, id)).collect();
    let stated = [
        ("1,500,000", "500,000", 0),
        ("2,000,000", "666,666.66", 2),
        ("2,500,000", "833,333.33", 1),
        ("2,500,000", "833,333.33", 1),
        ("5,000,000", "1,666,666.66", 2),
    ];
    assert_eq!(due.len(), stated.len());
    for (year, (minimum, part, lost)) in due.iter().zip(stated) {
        assert_eq!(*year, number(minimum));
        let short = cents(*year) - 3 * cents(number(part));
        assert_eq!(short, lost, "{minimum}: what three times {part} lacks, in cents");
        let ours = instalments(cents(*year), 3).unwrap();
        assert_eq!(ours.iter().sum::<i128>(), cents(*year));
        assert_eq!(*ours.last().unwrap(), cents(number(part)), "the last part is the paper's");
    }
}

/// Exact Sciences and Pfizer, promotion agreement, 8-K of 22 August 2018, exhibit 10.1, section 8.7:
/// one rate on all of a quarter, by what was reached in the term; at 200, 400 and 600 million there
/// is none.
#[test]
fn exact_sciences_pays_the_rate_that_is_reached() {
    let paper = encoded("exactsciences");
    let rates = Rates::of(payment(&paper, "tail").flow.course.bands.as_ref().unwrap()).unwrap();
    assert_eq!(rates.counting, Counting::Whole);
    let royalty =
        |reached: &str, quarter: &str| rates.earned(number(reached), Number::ZERO, number(quarter));
    // The paper's example: 500 million reached, 2% of each quarter's revenue.
    assert_eq!(royalty("500,000,000", "100,000,000"), Ok(exact("2,000,000")));
    assert_eq!(royalty("199,999,999.99", "100,000,000"), Ok(Exact::ZERO));
    assert_eq!(royalty("600,000,000.01", "100,000,000"), Ok(exact("3,000,000")));
    for hole in ["200,000,000", "400,000,000", "600,000,000"] {
        let told = royalty(hole, "100,000,000").unwrap_err();
        assert_eq!(told.to_string(), format!("no band has {hole}"));
    }
}

/// The same, section 4.2(c): what a year's fees fall short of a floor, and half of it on account.
#[test]
fn exact_sciences_tops_fees_up() {
    let top_up = "supplement: Payer pays Payee (owed payments/supplement below \"floor\") per year";
    let owed = "owed payments/supplement";
    let shortfall = |fees, floor| paid(top_up, &[(owed, fees), ("floor", floor)]);
    assert_eq!(shortfall("20,000,000", "37,500,000"), exact("17,500,000"));
    assert_eq!(shortfall("14,000,000", "15,000,000"), exact("1,000,000"));
    assert_eq!(shortfall("31,000,000", "30,000,000"), Exact::ZERO);
}

/// Lime Energy (Electric City), distributor agreement, filed 9 September 1999, exhibit 10, section
/// 1.6: what is sold above one year's expectation helps in the next, and no further.
#[test]
fn lime_energy_carries_one_year() {
    let (_, paper) = item(
        "commitments",
        "units: Payer commits at least 50 then 200 \"units\" per contract year; carry surplus to next contract year only",
    );
    let sales = &paper.commitments[0];
    let due = sales.flow.steps.iter().map(|step| step.node.value().unwrap().number);
    let (what, lasting) = Carried::of(sales.flow.course.carry.as_ref().unwrap()).unwrap().unwrap();
    let periods: Vec<Stretch> =
        due.zip([60, 195]).map(|(due, done)| Stretch { due, done: done.into() }).collect();
    let years = carry(&periods, what, lasting).unwrap();
    assert_eq!(years[0].carried_out, 10.into());
    assert_eq!((years[1].used, years[1].missing), (5.into(), Number::ZERO), "year two is met");
    assert_eq!(years[1].carried_out, Number::ZERO, "and nothing goes on to year three");
}

/// `IntriCon` and Dynamic Hearing, strategic alliance agreement, filed 10 March 2009, exhibit 10.22,
/// section 4.3: the minimum of each year is the access fee and the second component, in four equal
/// parts.
#[test]
fn intricon_adds_its_minimum_up() {
    let paper = encoded("intricon");
    let access = steps(&paper, "access")[0];
    let minimum: Vec<Number> = steps(&paper, "second").iter().map(|each| access + each).collect();
    let stated = ["400,000", "700,000", "1,100,000", "1,600,000", "2,100,000"].map(number);
    assert_eq!(minimum, stated);
    for year in minimum {
        let parts = instalments(cents(year), 4).unwrap();
        assert_eq!(parts, [parts[0]; 4], "nothing is left over");
    }
}

/// The same, section 4.9: the bands do not say how they are counted, and share their ends.
#[test]
fn intricon_gives_two_rates() {
    let paper = encoded("intricon");
    let bands = payment(&paper, "royalty-ezairo").flow.course.bands.as_ref().unwrap();
    assert_eq!(Rates::of(bands), Err(Trouble::Unsaid { what: "how the bands are counted" }));
    let read = bands.rows.iter().map(|row| Band::of_cell(&row.cells[0], row.span.0.start).unwrap());
    let scale = Scale::unique(read.collect());
    for end in ["50,000", "100,000", "200,000", "500,000"] {
        let told = scale.at(number(end)).unwrap_err();
        assert_eq!(told.to_string(), format!("two bands have {end}"));
    }
    assert!(scale.at(number("49,999")).is_ok() && scale.at(number("20,000")).is_ok());
}

/// Water Now (Hydraspin and Bestev), distributor agreement, 10-Q of 20 November 2019, exhibit 10.12,
/// section 1.1: the first ten installations keep 7.5%, those from the eleventh on 15%.
#[test]
fn water_now_shares_by_ordinal() {
    let paper = encoded("waternow");
    let table = &paper.attribution.tables[0];
    let banded = table.banded.as_ref().unwrap();
    assert_eq!(Counting::of(&banded.semantics.as_ref().unwrap().node), Some(Counting::PerUnit));
    assert!(banded.anew.is_none(), "it counts on for good");
    let bands = table.rows.iter().map(|row| {
        let total = row.cells.iter().find(|(column, _)| table.is_total(column)).unwrap();
        let share = |share: &pactum::agreement::Share| share.share.as_ref()?.node.value().copied();
        let shares = row.shares.iter().map(|each| share(each).unwrap()).collect::<Vec<Percent>>();
        Band::of_cell(&total.1, shares).unwrap()
    });
    let scale = Scale::unique(bands.collect());
    // Installations nine to twelve, with USD 1,000.01 of net revenue each.
    let runs = scale.units(8, 4).unwrap();
    let counted: Vec<_> = runs.iter().map(|run| (run.first, run.count)).collect();
    assert_eq!(counted, [(9, 2), (11, 2)]);
    let shared: Vec<_> = runs
        .iter()
        .map(|run| Weights::of_shares(run.what).unwrap().allocate(100_001).unwrap())
        .collect();
    assert_eq!(shared, [[92_501, 7_500], [85_001, 15_000]], "to the cent, and nothing is lost");
}

/// The bonus of the finished example: each slice of a year earns the rate of its own band, and the
/// same table by the whole pays more than twice as much.
#[test]
fn one_table_read_in_three_ways() {
    let text = fs::read_to_string("examples/northwind-kestrel.alliance").unwrap();
    let read = |word: &str| {
        let text = text.replace("banded marginal by", &format!("banded {word} by"));
        let paper = pactum::parse(&Source::new("n", text)).agreement;
        Rates::of(payment(&paper, "growth-bonus").flow.course.bands.as_ref().unwrap()).unwrap()
    };
    let (marginal, whole) = (read("marginal"), read("whole"));
    let quarters = ["400,000", "300,000", "200,000", "350,000"].map(number);
    let year: Number = quarters.iter().sum();
    let all = |rates: &Rates| rates.earned(Number::ZERO, year, year).unwrap();
    assert_eq!(all(&marginal), exact("17,500"), "2% of 500,000 and 3% of 250,000");
    assert_eq!(all(&whole), exact("37,500"), "3% of 1,250,000");
    let parts = marginal.run(&quarters, false).unwrap();
    assert_eq!(parts, ["0", "4,000", "4,000", "9,500"].map(exact), "they come to the year's");
    assert_eq!(marginal.run(&quarters, true).unwrap(), [Exact::ZERO; 4], "anew each quarter");
    let slices = marginal.scale.cut(number("400,000"), number("300,000")).unwrap();
    let amounts: Vec<_> = slices.iter().map(|Slice { amount, .. }| *amount).collect();
    assert_eq!(amounts, ["100,000", "200,000"].map(number));
}
