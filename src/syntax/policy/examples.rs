//! Examples, from pairs to tree: the head is read, the body kept as it stands.

use super::super::cursor::Cursor;
use super::super::grammar::Rule;
use super::super::values;
use super::Walk;
use super::ast::{ExampleNode, Expects, PlaceNode, Spot, SpotKind};
use crate::diagnostic::Diagnostic;
use crate::source::Spanned;

impl Walk<'_> {
    pub(super) fn example(&mut self, mut cursor: Cursor<'_>) -> ExampleNode {
        let mut head = cursor.expect();
        let span = super::explain::trimmed(head.text(), head.span);
        let body = cursor.expect().span;
        let mut outcome = head.expect();
        let mut places = Vec::new();
        while let Some(place) = outcome.take_kind(Rule::expected_finding) {
            places.push(finding(place));
        }
        let expects = match outcome.kind {
            Rule::expects_pass => Expects::Pass,
            Rule::expects_fail => Expects::Fail,
            Rule::expects_approval => Expects::Approval(values::text(&outcome.expect())),
            Rule::expects_doubt => Expects::Undetermined,
            _ => Expects::NotApplicable,
        };
        let mut example = ExampleNode {
            span,
            expects,
            places,
            given: Vec::new(),
            as_of: None,
            saying: None,
            body,
        };
        for option in head {
            self.option(option, &mut example);
        }
        example
    }

    fn option(&mut self, mut option: Cursor<'_>, example: &mut ExampleNode) {
        match option.kind {
            Rule::given_param => {
                let name = option.expect().spanned();
                example.given.push((name, self.values(option)));
            }
            Rule::given_day => {
                let day = option.expect();
                example.as_of = values::date(day.text());
                if example.as_of.is_none() {
                    let told = format!("`{}` is no day of the calendar", day.text());
                    self.told.push(Diagnostic::error("policy/value", told, day.span));
                }
            }
            _ => {
                let text = values::text(&option.expect());
                if example.saying.replace(text).is_some() {
                    self.told.push(Diagnostic::error(
                        "policy/example-saying",
                        "an example says one message only",
                        option.span,
                    ));
                }
            }
        }
    }
}

fn finding(mut cursor: Cursor<'_>) -> PlaceNode {
    let at = spot(cursor.expect());
    PlaceNode { at, against: cursor.map(spot).collect() }
}

fn spot(mut cursor: Cursor<'_>) -> Spot {
    let span = cursor.span;
    let nth = cursor.take_kind(Rule::spot_number).map(|word| match word.text() {
        "first" => 0,
        "second" => 1,
        _ => 2,
    });
    let Some(words) = cursor.take_kind(Rule::text) else {
        return Spot { span, kind: SpotKind::Anchor(cursor.expect().text().to_owned()) };
    };
    let Spanned { node: words, .. } = values::text(&words);
    let within = cursor.next().map(|anchor| anchor.text().to_owned());
    Spot { span, kind: SpotKind::Quote { words: words.to_string(), nth, within } }
}
