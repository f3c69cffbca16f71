//! The waivers that stand in an agreement, read: what one lacks is told, and then it covers nothing.

use crate::agreement::{Text, Waiver};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Spanned;
use crate::syntax::ast::MomentKind;
use crate::value::Date;

use super::super::Subject;
use super::Exception;

/// How a waiver is written.
const SHAPE: &str = "a waiver has a reason, an approver and an end date: because \"pilot, 6 months \
                     only\"; approved by \"Lena Ortiz\"; until 2026-12-31";

/// The waivers of an agreement that are whole, one for each item they name, and what others lack.
/// Of one with a slip that reading told already nothing more is said, and it covers nothing.
pub(super) fn read(subject: Subject<'_>) -> (Vec<Exception>, Vec<Diagnostic>) {
    let (mut read, mut told) = (Vec::new(), Vec::new());
    for waiver in &subject.facts.agreement.waivers {
        if slipped(waiver, subject) {
            continue;
        }
        match one(waiver, subject) {
            Ok(exceptions) => read.extend(exceptions),
            Err(lacking) => told.extend(lacking),
        }
    }
    (read, told)
}

fn slipped(waiver: &Waiver, subject: Subject<'_>) -> bool {
    let errors = subject.told.iter().filter(|told| told.severity == Severity::Error);
    waiver.tag.partial.is_some()
        || errors.into_iter().any(|told| waiver.tag.span.contains(told.primary.span))
}

fn one(waiver: &Waiver, subject: Subject<'_>) -> Result<Vec<Exception>, Vec<Diagnostic>> {
    let at = waiver.tag.id.span;
    let mut lacking = Vec::new();
    let malformed = |message: &str, at| {
        let message = format!("the waiver of `{}` {message}", waiver.tag.id.node);
        Diagnostic::error("waiver/malformed", message, at).label("so it silences nothing")
    };
    let mut words = |words: Option<&Text>, what: &str| {
        let stated = words.filter(|words| !words.node.trim().is_empty());
        if stated.is_none() {
            let place = words.map_or(at, |words| words.span);
            lacking.push(malformed(&format!("does not say {what}"), place).help(SHAPE));
        }
        stated.cloned()
    };
    let reason = words(waiver.reason.as_ref(), "why");
    let approver = words(waiver.approver.as_ref(), "who approved it");
    let until = day(waiver);
    if let Err(place) = until {
        let message = match place {
            None => "does not say until when it holds",
            Some(_) => "does not end on one day",
        };
        lacking.push(malformed(message, place.unwrap_or(at)).help(SHAPE));
    }
    let (Some(reason), Some(approver), Ok(until)) = (reason, approver, until) else {
        return Err(lacking);
    };
    let line = subject.source.position(at.start).line;
    let exception = |item: Option<&Text>| Exception {
        rule: waiver.tag.id.clone(),
        item: item.cloned(),
        reason: reason.node.to_string(),
        approver: approver.clone(),
        until,
        from: format!("{}:{line}", subject.source.name()),
    };
    Ok(match &*waiver.items {
        [] => vec![exception(None)],
        items => items.iter().map(|item| exception(Some(item))).collect(),
    })
}

/// The day it ends; otherwise the place of what is stated instead, where anything is.
fn day(waiver: &Waiver) -> Result<Spanned<Date>, Option<crate::source::Span>> {
    let missed = waiver.terms.conditions.first().map(|until| until.text.span);
    match (&waiver.terms.last, missed) {
        (_, Some(missed)) => Err(Some(missed)),
        (None, None) => Err(None),
        (Some(moment), None) => match &moment.node {
            MomentKind::Day(day) => Ok(Spanned::new(*day, moment.span)),
            _ => Err(Some(moment.span)),
        },
    }
}
