//! What is said the same way in every section: words, holes, names, times and sums of money.

use super::problem;
use super::{Lower, names::cell_terms};
use crate::agreement::model::{Mention, OpenPlace, Passage, Sum, Text, Time};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{self, Form, Part, Phrase, Row, Scalar, Term};
use crate::syntax::{Visit, walk_phrase};
use crate::value::{Currency, Given, Hole, Period, Str};

/// What a length of time is for.
pub const TIME_ROLES: [&str; 17] = [
    "notice", "cure", "answer", "agree", "close", "object", "within", "gate", "term", "renewal",
    "tail", "survives", "handover", "cadence", "lasts", "step", "other",
];

impl Lower<'_> {
    /// Holes, words, names, times and sums of a phrase.
    pub(super) fn gather(&mut self, phrase: &Phrase, section: &'static str, item: &Text) {
        let mut gathered = Gathered { lower: self, section, item };
        if section == "attribution" && phrase.form == Form::Banded {
            // What it names is a column of its table.
            phrase.phrases().for_each(|inner| walk_phrase(inner, &mut gathered));
        } else {
            walk_phrase(phrase, &mut gathered);
        }
        // `on: net-sales in EUR` and `measures EUR` name a currency without a sum.
        let unit = match phrase.form {
            Form::Base => phrase.words().last(),
            Form::Measures => phrase.word(),
            _ => None,
        };
        if let Some((code, currency)) =
            unit.and_then(|code| Some((code, Currency::from_code(&code.node)?)))
        {
            let currency = Spanned::new(currency, code.span);
            let item = item.clone();
            self.agreement.sums.push(Sum { section, item, currency, value: None });
        }
    }

    /// Sums in the cells of a table.
    pub(super) fn gather_rows(&mut self, rows: &[Row], section: &'static str, item: &Text) {
        let mut gathered = Gathered { lower: self, section, item };
        for cell in rows.iter().flat_map(|row| &row.cells) {
            for given in cell_terms(&cell.node) {
                gathered.sum(given, cell.span);
            }
        }
    }
}

/// Collects what a walk finds.
struct Gathered<'l, 'f, 'i> {
    lower: &'l mut Lower<'f>,
    section: &'static str,
    item: &'i Text,
}

impl Gathered<'_, '_, '_> {
    fn mention(&mut self, name: &str) {
        if !self.lower.defines {
            return;
        }
        let (section, item) = (self.section, self.item.node.clone());
        self.lower.agreement.mentions.push(Mention { section, item, name: name.into() });
    }

    fn time(&mut self, role: &'static str, length: Given<Period>, at: Span) {
        let length = Spanned::new(length, at);
        let (section, item) = (self.section, self.item.clone());
        self.lower.agreement.times.push(Time { section, item, role, length });
    }

    /// A sum of money, or both ends of a range of sums.
    fn sum(&mut self, given: &Given<Scalar>, at: Span) {
        for end in given.values() {
            if let Scalar::Money(money) = end {
                let currency = Spanned::new(money.currency, at);
                let (section, item) = (self.section, self.item.clone());
                let value = Some(Spanned::new(*money, at));
                self.lower.agreement.sums.push(Sum { section, item, currency, value });
            }
        }
    }
}

impl Visit for Gathered<'_, '_, '_> {
    fn text(&mut self, text: &Spanned<Str>) {
        let passage =
            Passage { section: self.section, item: self.item.node.clone(), text: text.clone() };
        self.lower.agreement.passages.push(passage);
    }

    fn hole(&mut self, hole: &Hole, at: Span, within: &Phrase) {
        let stands = |part: &Part| matches!(part, Part::Hole(open) if open.span == at);
        if let Some(role) = role(within).filter(|_| within.parts.iter().any(stands)) {
            self.time(role, Given::Hole(hole.clone()), at);
        }
        let field = problem::field_name(self.section, within);
        let hole = Spanned::new(hole.clone(), at);
        let item = self.item.node.clone();
        self.lower.agreement.holes.push(OpenPlace { section: self.section, item, field, hole });
    }

    fn who(&mut self, who: &ast::Who) {
        if who.affiliates {
            self.mention("affiliates");
        }
        self.lower.check_who(who);
    }

    fn item(&mut self, item: &str, at: Span) {
        self.mention(item);
        self.lower.check_item(item, at);
    }

    fn name(&mut self, name: &str, at: Span) {
        self.lower.check_name(name, at);
    }

    fn word(&mut self, word: &Spanned<Str>) {
        self.mention(&word.node);
    }

    fn term(&mut self, term: &Term, within: &Phrase) {
        let stands = |part: &Part| match part {
            Part::Term(direct) | Part::Every(direct) => direct.span == term.span,
            _ => false,
        };
        let direct = within.parts.iter().any(stands);
        // A tail is a figure; it may be money all the same.
        let role = role(within).filter(|role| direct || *role == "tail");
        match &term.node {
            Given::Hole(hole) if role.is_some() => {
                self.time(role.unwrap_or("other"), Given::Hole(hole.clone()), term.span);
            }
            given => {
                if let Some(length) = period(given) {
                    self.time(role.unwrap_or("other"), length, term.span);
                }
            }
        }
        self.sum(&term.node, term.span);
    }

    fn length(&mut self, length: &Term, within: &Phrase) {
        self.lower.period(length);
        let gate = matches!(within.form, Form::NotBefore | Form::NoticeFrom);
        let role = if gate { "gate" } else { "other" };
        match &length.node {
            Given::Hole(hole) => self.time(role, Given::Hole(hole.clone()), length.span),
            given => {
                if let Some(found) = period(given) {
                    self.time(role, found, length.span);
                }
            }
        }
    }

    fn state(&mut self, item: &Spanned<Str>, state: &str) {
        self.mention(&item.node);
        self.lower.check_state(item, state);
    }

    fn figure(&mut self, item: &str, at: Span) {
        self.mention(item);
        self.lower.check_item(item, at);
    }

    fn clock(&mut self, name: &str, at: Span) {
        self.mention(name);
        self.lower.check_clock(name, at);
    }
}

/// A length of time, or both ends of a range of lengths.
fn period(given: &Given<Scalar>) -> Option<Given<Period>> {
    match given {
        Given::Value(Scalar::Period(length)) => Some(Given::Value(*length)),
        Given::Range(ends) => match **ends {
            [Scalar::Period(low), Scalar::Period(high)] => Some(Given::range(low, high)),
            _ => None,
        },
        _ => None,
    }
}

/// What a length of time that stands in a phrase itself is for; nothing where other values stand.
fn role(within: &Phrase) -> Option<&'static str> {
    let test = within.test().is_some();
    Some(match within.form {
        Form::Clock => match within.word().map(|word| &*word.node) {
            Some("to cure") => "cure",
            Some("to answer") => "answer",
            Some("to agree") => "agree",
            Some("to close") => "close",
            Some("to object") => "object",
            _ => "notice",
        },
        Form::Unless if !test => "notice",
        Form::Notice | Form::GivesNotice | Form::Changed => "notice",
        Form::Extendable => "cure",
        Form::Within => "within",
        Form::Lasts => "term",
        Form::Renewal => "renewal",
        Form::Tail if !test => "tail",
        Form::Survives => "survives",
        Form::HeadDeadline | Form::Deadline => "handover",
        Form::Meets | Form::EveryFrom | Form::Trains | Form::Per => "cadence",
        Form::During => "lasts",
        Form::Then => "step",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::source::Source;

    /// A share that is left open is met when its row is taken over, after what was gathered of the
    /// tables below it.
    #[test]
    fn open_places_stand_in_the_order_of_the_text() {
        let text = "alliance a: supply\nparties\n  A: \"A\"\n  B: \"B\"\nattribution\n\
            \x20 one: \"sales\" in EUR\n  | rule | A | B |\n  | else | to be agreed | 40% |\n\
            \x20 two: to be agreed in EUR\n  | rule | A | B |\n  | else | 60% | 40% |\n";
        let parsed = crate::parse(&Source::new("a", text));
        let open: Vec<_> = parsed.agreement.holes.iter().map(|open| open.hole.span.start).collect();
        let places: Vec<_> = text.match_indices("to be agreed").map(|(at, _)| at).collect();
        assert_eq!(open.iter().map(|at| *at as usize).collect::<Vec<_>>(), places);
    }
}
