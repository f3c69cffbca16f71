//! Bands of a figure: which values have no rate, and which have two.
//!
//! Exact interval arithmetic on the bounds as written. Money and shares are continuous; a figure
//! whose bounds are all whole numbers of something is counted in whole units, so that `<= 10` and
//! `>= 11` leave nothing out. A table that is `marginal` takes no harm from a single value in two
//! bands or in none: a slice of no width earns nothing.

use crate::agreement::{Agreement, BandRow, Bands, Tag};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Cell, Scalar};
use crate::value::{Currency, Given, Number, Quantity};

/// Values that a table of bands leaves out, or covers twice.
#[derive(Debug, Clone, PartialEq)]
pub struct BandFlaw {
    /// The section of the item.
    pub section: &'static str,
    /// The item's id.
    pub item: String,
    /// `gap` or `overlap`
    pub kind: &'static str,
    /// The values, as a reader would say them: `exactly USD 200,000,000`.
    pub values: String,
    /// The bands: the one that begins too late or too early first.
    pub places: Vec<Span>,
}

/// The flaws of every table of bands, and where one could not be worked out.
pub(super) fn flaws(agreement: &Agreement) -> (Vec<BandFlaw>, Option<Span>) {
    let payments = agreement.payments.iter().map(|it| (&it.tag, &it.flow));
    let commitments = agreement.commitments.iter().map(|it| (&it.tag, &it.flow));
    let figures = agreement.figures.iter().map(|it| (&it.tag, &it.flow));
    let (mut found, mut doubt) = (Vec::new(), None);
    for (tag, flow) in payments.chain(commitments).chain(figures) {
        let Some(bands) = flow.course.bands.as_ref().filter(|bands| !bands.rows.is_empty()) else {
            continue;
        };
        match Line::of(bands) {
            Ok(line) => line.flaws(tag, &mut found),
            Err(at) => doubt = doubt.or(Some(at)),
        }
    }
    (found, doubt)
}

/// One end of a band: nothing bounds it, or a value that is in it or not.
#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    Open,
    At { value: Number, inside: bool },
}

/// A band on the number line.
#[derive(Debug, Clone, Copy)]
struct Band<'b> {
    low: End,
    high: End,
    row: &'b BandRow,
}

impl Band<'_> {
    /// Where its bounds stand.
    fn place(&self) -> Span {
        self.row.cells.first().map_or(self.row.span.0, |cell| cell.span)
    }
}

/// The bands of a table, lowest first, and how their values are spelled.
struct Line<'b> {
    bands: Vec<Band<'b>>,
    spelled: Option<Scalar>,
    whole: bool,
    marginal: bool,
    /// A row that takes whatever no other does.
    otherwise: bool,
}

impl<'b> Line<'b> {
    /// The line of a table with one axis; the place that stands in the way where there is none.
    fn of(bands: &'b Bands) -> Result<Self, Span> {
        let mut line = Self {
            bands: Vec::new(),
            spelled: None,
            whole: true,
            marginal: bands.semantics.as_ref().is_some_and(|word| word.node == "marginal"),
            otherwise: false,
        };
        for row in &bands.rows {
            let [axis, _rate] = &*row.cells else { return Err(row.span.0) };
            line.read(row, axis)?;
        }
        line.bands.sort_by(|a, b| below(a.low, b.low));
        Ok(line)
    }

    fn read(&mut self, row: &'b BandRow, cell: &Spanned<Cell>) -> Result<(), Span> {
        let mut band = Band { low: End::Open, high: End::Open, row };
        match &cell.node {
            Cell::Words(words) if words == "else" => {
                self.otherwise = true;
                return Ok(());
            }
            Cell::Words(words) if words == "any" => {}
            Cell::Bounds(bounds) => {
                for (operator, given) in bounds {
                    let value = self.value(given, cell.span)?;
                    let end = End::At { value, inside: operator.ends_with('=') };
                    *(if operator.starts_with('<') { &mut band.high } else { &mut band.low }) = end;
                }
            }
            Cell::Term(Given::Range(ends)) => {
                let mut end = |scalar: &Scalar| {
                    let value = self.value(&Given::Value(scalar.clone()), cell.span)?;
                    Ok::<End, Span>(End::At { value, inside: true })
                };
                (band.low, band.high) = (end(&ends[0])?, end(&ends[1])?);
            }
            Cell::Term(given) => {
                let value = self.value(given, cell.span)?;
                let end = End::At { value, inside: true };
                (band.low, band.high) = (end, end);
            }
            Cell::Words(_) | Cell::List(_) | Cell::Empty => return Err(cell.span),
        }
        self.bands.push(band);
        Ok(())
    }

    /// A bound as a number; all bounds of a table are of one kind.
    fn value(&mut self, given: &Given<Scalar>, at: Span) -> Result<Number, Span> {
        let Given::Value(scalar) = given else { return Err(at) };
        let (number, whole) = match scalar {
            Scalar::Number(number) => (*number, number.is_integer()),
            Scalar::Money(money) => (money.amount, false),
            Scalar::Percent(share) => (share.of(100.into()).ok_or(at)?, false),
            Scalar::Period(_) | Scalar::Date(_) | Scalar::Boundless => return Err(at),
        };
        let currency = |scalar: &Scalar| match scalar {
            Scalar::Money(money) => Some(money.currency),
            _ => None::<Currency>,
        };
        if let Some(first) = &self.spelled {
            let alike = std::mem::discriminant(first) == std::mem::discriminant(scalar);
            if !alike || currency(first) != currency(scalar) {
                return Err(at);
            }
        }
        self.spelled.get_or_insert_with(|| scalar.clone());
        self.whole &= whole;
        Ok(number)
    }

    fn flaws(&self, tag: &Tag, found: &mut Vec<BandFlaw>) {
        let mut add = |kind, values: String, places: Vec<Span>| {
            let (section, item) = (tag.section, tag.id.node.clone());
            found.push(BandFlaw { section, item: item.to_string(), kind, values, places });
        };
        let mut reached: Option<Band<'_>> = None;
        for (index, band) in self.bands.iter().enumerate() {
            let row = band.place();
            let clash = self.bands[..index]
                .iter()
                .find_map(|other| Some((other.place(), self.shared(other, band)?)));
            if let Some((other, values)) = clash {
                add("overlap", values, vec![row, other]);
            }
            let last = reached.map_or(End::Open, |last| last.high);
            let gap = match reached {
                None => self.before(band.low).map(|values| (values, vec![row])),
                Some(other) => {
                    let between = self.between(last, band.low);
                    between.map(|values| (values, vec![row, other.place()]))
                }
            };
            if let Some((values, places)) = gap.filter(|_| !self.otherwise) {
                add("gap", values, places);
            }
            if reached.is_none() || !below_end(band.high, last) {
                reached = Some(*band);
            }
        }
        if let Some((last, End::At { value, inside })) = reached.map(|last| (last, last.high))
            && !self.otherwise
        {
            let word = if inside { "above" } else { "from" };
            add("gap", format!("{word} {}", self.spell(value)), vec![last.place()]);
        }
    }

    /// What lies below the lowest band: nothing is less than nothing.
    fn before(&self, low: End) -> Option<String> {
        match low {
            End::At { value, inside } if value > Number::ZERO => {
                Some(format!("{} {}", if inside { "below" } else { "up to" }, self.spell(value)))
            }
            End::At { value, inside: false } if value.is_zero() && !self.marginal => {
                Some(format!("exactly {}", self.spell(value)))
            }
            _ => None,
        }
    }

    /// What lies between the end of a band and the beginning of the next.
    fn between(&self, high: End, low: End) -> Option<String> {
        let (End::At { value: a, inside: a_in }, End::At { value: b, inside: b_in }) = (high, low)
        else {
            return None;
        };
        if a == b {
            return (!a_in && !b_in && !self.marginal)
                .then(|| format!("exactly {}", self.spell(a)));
        }
        if a > b || (self.whole && !has_whole(a, a_in, b, b_in)) {
            return None;
        }
        let (from, to) =
            (if a_in { "above" } else { "from" }, if b_in { "below" } else { "up to" });
        Some(format!("{from} {} and {to} {}", self.spell(a), self.spell(b)))
    }

    /// What two bands share although they give different rates.
    fn shared(&self, one: &Band<'_>, two: &Band<'_>) -> Option<String> {
        if one.row.cells.last() == two.row.cells.last() {
            return None;
        }
        let low = if below(one.low, two.low).is_gt() { one.low } else { two.low };
        let high = if below_end(one.high, two.high) { one.high } else { two.high };
        match (low, high) {
            (End::At { value: a, inside: a_in }, End::At { value: b, inside: b_in }) => {
                if a == b {
                    let both = a_in && b_in && !self.marginal;
                    return both.then(|| format!("exactly {}", self.spell(a)));
                }
                let held = !self.whole || has_whole(a, !a_in, b, !b_in);
                (a < b && held).then(|| format!("from {} to {}", self.spell(a), self.spell(b)))
            }
            (End::Open, End::At { value, .. }) => Some(format!("up to {}", self.spell(value))),
            (End::At { value, .. }, End::Open) => Some(format!("from {}", self.spell(value))),
            (End::Open, End::Open) => Some("every value".to_owned()),
        }
    }

    fn spell(&self, value: Number) -> String {
        match &self.spelled {
            Some(Scalar::Money(money)) => {
                Quantity::from(crate::value::Money { amount: value, currency: money.currency })
                    .to_string()
            }
            Some(Scalar::Percent(_)) => format!("{}%", crate::value::grouped(value)),
            _ => crate::value::grouped(value),
        }
    }
}

/// Whether a whole number lies between two bounds that are whole numbers themselves; `a_in` says
/// that the first belongs to what lies below, `b_in` that the second belongs to what lies above.
fn has_whole(a: Number, a_in: bool, b: Number, b_in: bool) -> bool {
    let first = if a_in { a + Number::ONE } else { a };
    let last = if b_in { b - Number::ONE } else { b };
    first <= last
}

/// The order of two beginnings: what nothing bounds comes first, and a value that is inside comes
/// before the same value that is not.
fn below(a: End, b: End) -> std::cmp::Ordering {
    match (a, b) {
        (End::Open, End::Open) => std::cmp::Ordering::Equal,
        (End::Open, _) => std::cmp::Ordering::Less,
        (_, End::Open) => std::cmp::Ordering::Greater,
        (End::At { value: x, inside: x_in }, End::At { value: y, inside: y_in }) => {
            x.cmp(&y).then(y_in.cmp(&x_in))
        }
    }
}

/// Whether an end comes no later than another.
fn below_end(a: End, b: End) -> bool {
    match (a, b) {
        (_, End::Open) => true,
        (End::Open, _) => false,
        (End::At { value: x, inside: x_in }, End::At { value: y, inside: y_in }) => {
            x < y || (x == y && (!x_in || y_in))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::dice::Dice;
    use crate::source::Source;

    /// The flaws of a table of bands of `units` or money.
    fn flaws(banded: &str, rows: &[String]) -> Vec<(&'static str, String)> {
        let rows = format!("      {}\n", rows.join("\n      "));
        let text = format!(
            "alliance a: supply\nparties\n  A: \"A\"\n  B: \"B\"\nmetrics\n  x: measures \"units\"\n\
             payments\n  p: A pays B rate of x; banded {banded} by x\n      | x | rate |\n{rows}"
        );
        let parsed = crate::parse(&Source::new("t", text.clone()));
        assert_eq!(parsed.diagnostics, [], "{text}");
        let (found, doubt) = super::flaws(&parsed.agreement);
        assert_eq!(doubt, None, "{text}");
        found.into_iter().map(|flaw| (flaw.kind, flaw.values)).collect()
    }

    fn rows(rows: &[&str]) -> Vec<String> {
        rows.iter().map(|row| (*row).to_owned()).collect()
    }

    #[test]
    fn the_tail_of_exact_sciences_has_three_holes() {
        let table = rows(&[
            "| < USD 200,000,000                       | 0% |",
            "| > USD 200,000,000 and < USD 400,000,000 | 1% |",
            "| > USD 400,000,000 and < USD 600,000,000 | 2% |",
            "| > USD 600,000,000                       | 3% |",
        ]);
        let exactly = |million| ("gap", format!("exactly USD {million},000,000"));
        assert_eq!(flaws("whole", &table), [exactly(200), exactly(400), exactly(600)]);
        assert_eq!(flaws("marginal", &table), [], "a slice of no width earns nothing");
    }

    #[test]
    fn ends_that_two_bands_share() {
        let table = rows(&["| <= 50,000 | 9% |", "| >= 50,000 | 8% |"]);
        assert_eq!(flaws("", &table), [("overlap", "exactly 50,000".to_owned())]);
        let table = rows(&["| <= 50,000 | 9% |", "| >= 50,000 | 9% |"]);
        assert_eq!(flaws("", &table), [], "both give the same");
    }

    #[test]
    fn whole_units_and_the_rest() {
        assert_eq!(flaws("per unit", &rows(&["| <= 10 | 7.5% |", "| >= 11 | 15% |"])), []);
        let cents = rows(&["| <= USD 10 | 7% |", "| >= USD 11 | 8% |"]);
        let gap = ("gap", "above USD 10 and below USD 11".to_owned());
        assert_eq!(flaws("whole", &cents), [gap]);
        let open = rows(&["| >= 5 and <= 10 | 7% |", "| else | 8% |"]);
        assert_eq!(flaws("whole", &open), [], "the rest is taken by `else`");
        let ended = rows(&["| >= 5 and <= 10 | 7% |"]);
        let both = [("gap", "below 5".to_owned()), ("gap", "above 10".to_owned())];
        assert_eq!(flaws("whole", &ended), both);
    }

    /// Against enumeration: on random tables, a flaw is found exactly where some value has no band,
    /// or two bands that give different rates.
    #[test]
    fn flaws_are_what_enumeration_finds() {
        let mut dice = Dice(7);
        let mut roll = |sides: u64| dice.roll(sides);
        for _ in 0..3_000 {
            let money = roll(2) == 0;
            let count = 1 + roll(4);
            let bands: Vec<_> = (0..count)
                .map(|_| {
                    let low = roll(8);
                    (low, low + roll(5), roll(2) == 0, roll(2) == 0, roll(3), roll(5))
                })
                .filter(|(low, high, low_in, high_in, ..)| low < high || (*low_in && *high_in))
                .collect();
            if bands.is_empty() {
                continue;
            }
            let spell = |n: u64| if money { format!("USD {n}") } else { n.to_string() };
            let table: Vec<_> = bands
                .iter()
                .map(|(low, high, low_in, high_in, open, rate)| {
                    let low = format!("{} {}", if *low_in { ">=" } else { ">" }, spell(*low));
                    let high = format!("{} {}", if *high_in { "<=" } else { "<" }, spell(*high));
                    match open {
                        0 => format!("| {low} | {rate}% |"),
                        1 => format!("| {high} | {rate}% |"),
                        _ => format!("| {low} and {high} | {rate}% |"),
                    }
                })
                .collect();
            // Twice the value, so that halves stand for what lies between whole numbers.
            let rates_at = |twice: u64| {
                let has =
                    |(low, high, low_in, high_in, open, _): &&(u64, u64, bool, bool, u64, u64)| {
                        let from = twice > 2 * low || (twice == 2 * low && *low_in);
                        let to = twice < 2 * high || (twice == 2 * high && *high_in);
                        (*open == 1 || from) && (*open == 0 || to)
                    };
                bands.iter().filter(has).map(|band| band.5).collect::<Vec<_>>()
            };
            let points = (0..=40).filter(|twice| money || twice % 2 == 0);
            let at: Vec<_> = points.map(rates_at).collect();
            let gap = at.iter().any(Vec::is_empty);
            let overlap = at.iter().any(|rates| rates.iter().any(|rate| *rate != rates[0]));
            let found = flaws("whole", &table);
            let has = |kind| found.iter().any(|(found, _)| *found == kind);
            assert_eq!((has("gap"), has("overlap")), (gap, overlap), "{table:#?} {found:?}");
        }
    }
}
