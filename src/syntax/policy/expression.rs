//! Tests and values: the flat run of operands and signs becomes a tree, by binding strength.

use super::super::cursor::Cursor;
use super::super::grammar::Rule;
use super::super::values::{self, Measured, Reading};
use super::Walk;
use super::ast::{Binder, Literal, Node, NodeKind, Path};
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::value::{Comparison, Currency, Money, Str};

impl Walk<'_> {
    /// Clauses joined by `and`, or by `or`; by both is refused, with both readings shown.
    pub(super) fn test(&mut self, cursor: &mut Cursor<'_>) -> Node {
        let mut clauses = vec![self.clause(cursor)];
        let mut joined: Vec<Rule> = Vec::new();
        while let Some(sign) =
            cursor.peek().filter(|kind| matches!(kind, Rule::join_and | Rule::join_or))
        {
            cursor.expect();
            joined.push(sign);
            clauses.push(self.clause(cursor));
        }
        let Some(first) = joined.first().copied() else {
            return clauses.remove(0);
        };
        let span = clauses[0].span.to(clauses[clauses.len() - 1].span);
        if joined.iter().any(|sign| *sign != first) {
            let readings =
                [Rule::join_and, Rule::join_or].map(|tight| self.reading(&clauses, &joined, tight));
            let told = Diagnostic::error(
                "policy/and-or",
                "`and` and `or` stand in one test without brackets",
                span,
            );
            let [one, other] = readings;
            self.told.push(told.help(format!("write `{one}` or `{other}`")));
        }
        let kind =
            if first == Rule::join_and { NodeKind::And(clauses) } else { NodeKind::Or(clauses) };
        Node { span, kind }
    }

    /// The clauses as they read where `tight` binds closer.
    fn reading(&self, clauses: &[Node], joined: &[Rule], tight: Rule) -> String {
        let mut said = String::new();
        for (index, clause) in clauses.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|at| joined.get(at)).copied();
            let after = joined.get(index).copied();
            if let Some(sign) = before {
                said.push_str(if sign == Rule::join_and { " and " } else { " or " });
            }
            if after == Some(tight) && before != Some(tight) {
                said.push('(');
            }
            let text =
                self.text.get(clause.span.start as usize..clause.span.end as usize).unwrap_or("");
            said.extend(
                text.split_whitespace()
                    .enumerate()
                    .flat_map(|(n, word)| [if n > 0 { " " } else { "" }, word]),
            );
            if before == Some(tight) && after != Some(tight) {
                said.push(')');
            }
        }
        said
    }

    fn clause(&mut self, cursor: &mut Cursor<'_>) -> Node {
        let mut negated = false;
        let mut start = None;
        while let Some(word) = cursor.take_kind(Rule::negation) {
            negated = !negated;
            start = start.or(Some(word.span));
        }
        let node = match cursor.peek() {
            Some(Rule::every_of | Rule::some_of | Rule::none_of | Rule::number_of) => {
                self.quantifier(cursor.expect())
            }
            _ => self.relation(cursor),
        };
        negate(node, negated, start)
    }

    fn quantifier(&mut self, mut cursor: Cursor<'_>) -> Node {
        let span = cursor.span;
        let kind = match cursor.kind {
            Rule::every_of => {
                let binder = self.binder(&mut cursor);
                NodeKind::Every(binder, Box::new(self.test(&mut cursor)))
            }
            Rule::some_of => NodeKind::Some(self.binder(&mut cursor)),
            Rule::none_of => NodeKind::No(self.binder(&mut cursor)),
            _ => {
                let how = match cursor.expect().text() {
                    "exactly" => Comparison::Equal,
                    least if least.ends_with("least") => Comparison::AtLeast,
                    _ => Comparison::AtMost,
                };
                let number = self.single(cursor.expect());
                NodeKind::Many(how, Box::new(number), self.binder(&mut cursor))
            }
        };
        Node { span, kind }
    }

    fn binder(&mut self, cursor: &mut Cursor<'_>) -> Binder {
        let name = self.name(&cursor.expect());
        let list = self.path(&cursor.expect());
        let filter =
            cursor.take_kind(Rule::where_part).map(|mut part| Box::new(self.test(&mut part)));
        let span = name.span.to(filter.as_ref().map_or(list.span, |test| test.span));
        Binder { name, list, filter, span }
    }

    fn relation(&mut self, cursor: &mut Cursor<'_>) -> Node {
        let left = self.value(cursor);
        let Some(sign) = cursor.peek() else { return left };
        match sign {
            Rule::order_sign => {
                let comparison = match cursor.expect().text() {
                    ">=" => Comparison::AtLeast,
                    "<=" => Comparison::AtMost,
                    ">" => Comparison::Greater,
                    _ => Comparison::Less,
                };
                let right = self.value(cursor);
                over(left, right, |left, right| NodeKind::Compare(comparison, left, right))
            }
            Rule::asks_mentions => {
                cursor.expect();
                let right = self.value(cursor);
                over(left, right, NodeKind::Mentions)
            }
            Rule::asks_is => {
                cursor.expect();
                let negated = cursor.take_kind(Rule::negation).is_some();
                let asked = self.asked(left, cursor);
                negate(asked, negated, None)
            }
            _ => left,
        }
    }

    fn asked(&mut self, left: Node, cursor: &mut Cursor<'_>) -> Node {
        let word: fn(Box<Node>) -> NodeKind = match cursor.peek() {
            Some(Rule::asks_stated) => NodeKind::Stated,
            Some(Rule::asks_open) => NodeKind::Open,
            Some(Rule::asks_redacted) => NodeKind::Redacted,
            Some(Rule::one_of) => {
                let mut list = cursor.expect();
                let span = left.span.to(list.span);
                let mut values = Vec::new();
                while list.peek().is_some() {
                    values.push(self.value(&mut list));
                }
                return Node { span, kind: NodeKind::OneOf(Box::new(left), values) };
            }
            Some(Rule::within_bounds) => {
                let mut bounds = cursor.expect();
                let span = left.span.to(bounds.span);
                let low = self.value(&mut bounds);
                let high = self.value(&mut bounds);
                return Node {
                    span,
                    kind: NodeKind::Within(Box::new(left), Box::new(low), Box::new(high)),
                };
            }
            _ => {
                let right = self.value(cursor);
                return over(left, right, |left, right| {
                    NodeKind::Compare(Comparison::Equal, left, right)
                });
            }
        };
        let span = left.span.to(cursor.expect().span);
        Node { span, kind: word(Box::new(left)) }
    }

    fn value(&mut self, cursor: &mut Cursor<'_>) -> Node {
        let mut value = self.sum(cursor);
        while cursor.take_kind(Rule::fallback).is_some() {
            let instead = self.sum(cursor);
            value = over(value, instead, NodeKind::Otherwise);
        }
        value
    }

    fn sum(&mut self, cursor: &mut Cursor<'_>) -> Node {
        let mut sum = self.share(cursor);
        while let Some(sign) = cursor.take_kind(Rule::sum_sign) {
            let next = self.share(cursor);
            sum =
                over(sum, next, if sign.text() == "+" { NodeKind::Plus } else { NodeKind::Minus });
        }
        sum
    }

    fn share(&mut self, cursor: &mut Cursor<'_>) -> Node {
        let first = cursor.expect();
        let mut share = self.single(first);
        while cursor.take_kind(Rule::share_of).is_some() {
            let whole = cursor.expect();
            let whole = self.single(whole);
            share = over(share, whole, NodeKind::ShareOf);
        }
        share
    }

    fn single(&mut self, mut cursor: Cursor<'_>) -> Node {
        let span = cursor.span;
        let kind = match cursor.kind {
            Rule::fact_path => NodeKind::Path(self.path(&cursor)),
            Rule::in_brackets => return Node { span, kind: self.test(&mut cursor).kind },
            Rule::count_of => {
                let different =
                    cursor.take_kind(Rule::different).map(|_| Box::new(self.value(&mut cursor)));
                NodeKind::Count { different, of: self.binder(&mut cursor) }
            }
            Rule::sum_of => {
                let value = Box::new(self.value(&mut cursor));
                NodeKind::Sum { value, of: self.binder(&mut cursor) }
            }
            _ => NodeKind::Literal(self.literal(cursor).node),
        };
        Node { span, kind }
    }

    /// The parts of a path, each with its place. A word of the language may follow a dot only.
    pub(super) fn path(&mut self, cursor: &Cursor<'_>) -> Path {
        let mut start = cursor.span.start;
        let parts = cursor.text().split('.').map(|part| {
            let end = start + u32::try_from(part.len()).unwrap_or(0);
            let part = Spanned::new(part.into(), Span::new(start, end));
            start = end + 1;
            part
        });
        let parts: Vec<Spanned<Str>> = parts.collect();
        if let Some(first) = parts.first() {
            self.own(first);
        }
        Path { parts, span: cursor.span }
    }

    /// A name the rule gives.
    pub(super) fn name(&mut self, cursor: &Cursor<'_>) -> Spanned<Str> {
        let name = cursor.spanned();
        self.own(&name);
        name
    }

    /// Tells where a name is a word the language needs itself; once for each word.
    fn own(&mut self, name: &Spanned<Str>) {
        if !is_reserved(&name.node) {
            return;
        }
        let message = format!("`{}` is a word of the language, and no name", name.node);
        if !self.told.iter().any(|told| told.message == message) {
            let told = Diagnostic::error("policy/reserved-word", message, name.span);
            self.told.push(told.help("use another word"));
        }
    }

    /// The values of a parameter.
    pub(super) fn values(&mut self, cursor: Cursor<'_>) -> Vec<Spanned<Literal>> {
        cursor.map(|value| self.literal(value)).collect()
    }

    /// A value written out; what is wrong with it is told.
    pub(super) fn literal(&mut self, mut cursor: Cursor<'_>) -> Spanned<Literal> {
        let span = cursor.span;
        let written = cursor.text();
        let read = match cursor.kind {
            Rule::text => Ok(Literal::Text(values::text(&cursor).node.to_string())),
            Rule::word => Ok(Literal::Word(written.to_owned())),
            Rule::date => {
                values::date(written).map(Literal::Date).ok_or("is no day of the calendar")
            }
            Rule::code_or_money => {
                let code = cursor.expect();
                match cursor.next() {
                    None => Ok(Literal::Code(code.text().to_owned())),
                    Some(figure) => Currency::from_code(code.text())
                        .ok_or("is in no currency of ISO 4217")
                        .and_then(|currency| {
                            let amount = values::number(figure.text())?;
                            Ok(Literal::Money(Money { amount, currency }))
                        }),
                }
            }
            _ => match values::measure(cursor) {
                Reading::Value(Measured::Number(number)) => Ok(Literal::Number(number)),
                Reading::Value(Measured::Percent(percent)) => Ok(Literal::Percent(percent)),
                Reading::Value(Measured::Period(period)) => Ok(Literal::Duration(period)),
                Reading::Hidden => Err("hides its figure: a policy writes it out"),
                Reading::Wrong(why) => Err(why),
            },
        };
        let literal = read.unwrap_or_else(|why| {
            let told = Diagnostic::error(
                "policy/value",
                format!("`{written}` is no value a policy can use"),
                span,
            );
            self.told.push(told.label(why));
            Literal::Wrong
        });
        Spanned::new(literal, span)
    }
}

fn over(left: Node, right: Node, kind: impl FnOnce(Box<Node>, Box<Node>) -> NodeKind) -> Node {
    let span = left.span.to(right.span);
    Node { span, kind: kind(Box::new(left), Box::new(right)) }
}

fn negate(node: Node, negated: bool, start: Option<Span>) -> Node {
    let span = start.map_or(node.span, |start| start.to(node.span));
    if negated { Node { span, kind: NodeKind::Not(Box::new(node)) } } else { Node { span, ..node } }
}

/// Whether the language needs a word itself. Such words may follow a dot, but begin no name.
pub(super) fn is_reserved(word: &str) -> bool {
    const WORDS: [&str; 28] = [
        "and",
        "or",
        "not",
        "every",
        "some",
        "no",
        "count",
        "sum",
        "of",
        "different",
        "for",
        "in",
        "where",
        "is",
        "one",
        "stated",
        "changed",
        "open",
        "redacted",
        "within",
        "mentions",
        "otherwise",
        "if",
        "with",
        "given",
        "as",
        "saying",
        "against",
    ];
    WORDS.contains(&word)
}
