//! The words of a finding: values as the agreement spells them.

use crate::policy::{Message, Piece, spelled};
use crate::source::{Source, Span};
use crate::value::Period;
use crate::vocabulary::{Fact, Value, Where};

use super::eval::{Asking, Scope};
use super::operand::Operand;
use super::reason;

impl<'a> Asking<'a> {
    /// A message with its values.
    pub(super) fn say(
        &self,
        message: &'a Message,
        source: &Source,
        scope: Scope<'_, 'a>,
    ) -> String {
        let mut said = String::new();
        for piece in &message.0 {
            match piece {
                Piece::Words(words) => said.push_str(words),
                Piece::Value(value) => said.push_str(&operand(&self.value(value, scope), source)),
            }
        }
        said
    }
}

/// An operand as a message says it: holes as written, silence as `(not stated)`.
pub(super) fn operand(operand: &Operand<'_>, source: &Source) -> String {
    match operand {
        Operand::Fact(fact) => self::fact(fact, source),
        other => reason::said(other),
    }
}

fn fact(fact: &Fact<'_>, source: &Source) -> String {
    match fact {
        Fact::Known(value, at) => known(value, *at, source),
        Fact::Range(ends, _) => format!("{}..{}", spelled(&ends[0]), spelled(&ends[1])),
        Fact::Hole(hole, span) => {
            let written = source.slice(*span).trim();
            if written.is_empty() || written.contains('\n') {
                hole.to_string()
            } else {
                written.to_owned()
            }
        }
        Fact::Absent => "(not stated)".to_owned(),
        Fact::Unreadable(_) | Fact::Unclear(..) => "(cannot tell)".to_owned(),
    }
}

fn known(value: &Value<'_>, at: Where<'_>, source: &Source) -> String {
    let written = match at {
        Where::At(span) => source.slice(span).trim(),
        Where::From(_) | Where::Nowhere => "",
    };
    match value {
        Value::Duration(period) => length(*period, written),
        Value::Word(word) if written.replace(' ', "-") == *word => written.to_owned(),
        Value::List(list) => several(&list.members, source),
        value => spelled(value),
    }
}

/// A length of time: `quarter` where that is all that is written, as in `every quarter`.
fn length(period: Period, written: &str) -> String {
    let one = period.to_string();
    let unit = one.strip_prefix("1 ").unwrap_or("");
    let bare = !unit.is_empty()
        && written.ends_with(unit)
        && !written.contains(|c: char| c.is_ascii_digit());
    if bare { unit.to_owned() } else { one }
}

/// Members in a row; written as one where one word of the agreement means them all, as `either party` does.
fn several(members: &[Fact<'_>], source: &Source) -> String {
    let span = |fact: &Fact<'_>| match fact {
        Fact::Known(_, Where::At(span)) => Some(*span),
        _ => None,
    };
    let shared: Option<Span> = members
        .first()
        .and_then(span)
        .filter(|first| members.iter().all(|each| span(each) == Some(*first)));
    if let (Some(shared), true) = (shared, members.len() > 1) {
        let written = source.slice(shared).trim();
        if !written.is_empty() && !written.contains('\n') {
            return written.to_owned();
        }
    }
    let said: Vec<String> = members.iter().map(|each| fact(each, source)).collect();
    match said.as_slice() {
        [] => "(not stated)".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
