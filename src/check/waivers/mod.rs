//! Waivers: a report comes in with what may silence its findings; out goes the report with the
//! findings that are waived marked as such, and what became of every waiver.
//!
//! What a waiver covers stays in the report and is counted. A waiver that stands in the agreement
//! was perhaps written by the other side: it covers only rules that say `waivable inline`. One from
//! outside covers those that say `waivable with approval` too; nothing covers `never waivable`.

mod standing;
mod written;

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, nearest};
use crate::policy::{Rule, RuleSet, Waivable};
use crate::source::{Span, Spanned};
use crate::value::{Date, Str};

use super::report::{Finding, Outcome, Report, Waived};
use super::{Subject, sorted, still_hidden};

pub use standing::Standing;

/// One exception: of which rule, for which item, why, by whom, and for how long.
#[derive(Debug, Clone, PartialEq)]
pub struct Exception {
    /// The rule's id, now or formerly.
    pub rule: Spanned<Str>,
    /// The item, as `section/id`, the name of a section, or `header`; every item where none is named.
    pub item: Option<Spanned<Str>>,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: Spanned<Str>,
    /// The last day it holds.
    pub until: Spanned<Date>,
    /// Where it stands, in the words of a person: a file and a line.
    pub from: String,
}

/// What may silence the findings of one agreement.
#[derive(Debug, Clone)]
pub struct Waivers<'a> {
    /// The day of the check: a waiver holds until the end of its last day.
    pub day: Date,
    /// Whether those that stand in the agreement count.
    pub inline: bool,
    /// Those from outside the agreement.
    pub outside: Vec<&'a Exception>,
}

/// What waivers made of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiving {
    /// The report; what is to be said of waivers in the agreement is among the findings.
    pub report: Report,
    /// What became of each waiver from outside, in their order.
    pub outside: Vec<Standing>,
    /// How many waivers stand in the agreement.
    pub inline: usize,
}

/// A waiver while findings are held against it.
struct Claim<'a> {
    exception: &'a Exception,
    /// The id the rule has now, where findings of it can be covered.
    rule: Option<&'a str>,
    /// Where its item stands, if it names one.
    at: Option<Span>,
    standing: Standing,
}

/// Marks the findings that waivers cover.
pub fn waive(
    report: Report,
    subject: Subject<'_>,
    rules: &RuleSet,
    waivers: &Waivers<'_>,
) -> Waiving {
    let inline = subject.facts.agreement.waivers.len();
    let (written, mut told) =
        if waivers.inline { written::read(subject) } else { (Vec::new(), Vec::new()) };
    let outside = waivers.outside.len();
    let places = LazyCell::new(|| Places::of(subject));
    let all = waivers.outside.iter().copied().chain(&written).enumerate();
    let mut claims: Vec<Claim<'_>> =
        all.map(|(at, each)| claim(each, at >= outside, rules, &places, waivers.day)).collect();
    let mut report = report;
    for finding in &mut report.findings {
        cover(finding, &mut claims);
    }
    // What a finding told of on behalf of others must not be silenced together with it.
    for mut found in still_hidden(&mut report, subject) {
        cover(&mut found, &mut claims);
        report.findings.push(found);
    }
    let own = claims.split_off(outside);
    told.extend(own.iter().filter_map(|each| each.standing.told(each.exception, true)));
    let mut seen: BTreeSet<(Span, String)> = BTreeSet::new();
    told.retain(|each| seen.insert((each.primary.span, each.message.clone())));
    report.findings.extend(told.into_iter().map(|each| of_waiver(each, subject)));
    sorted(&mut report.findings);
    let outside = claims.into_iter().map(|each| each.standing).collect();
    Waiving { report, outside, inline }
}

/// What can be said of a waiver before any finding is looked at.
fn claim<'a>(
    exception: &'a Exception,
    inline: bool,
    rules: &'a RuleSet,
    places: &Places,
    day: Date,
) -> Claim<'a> {
    let barred = |standing| Claim { exception, rule: None, at: None, standing };
    let Some(rule) = rules.find(&exception.rule.node) else {
        if rules.leaves_out(&exception.rule.node) {
            return barred(Standing::NotAsked);
        }
        let near = rules.nearest(&exception.rule.node).map(str::to_owned);
        return barred(Standing::UnknownRule { near });
    };
    match rule.waivable() {
        Waivable::Never => return barred(Standing::Never),
        Waivable::WithApproval if inline => return barred(Standing::OnlyOutside),
        Waivable::WithApproval | Waivable::Inline => {}
    }
    if let Some(item) = exception.item.as_ref().filter(|item| !places.has(&item.node)) {
        return barred(Standing::UnknownItem { near: places.near(&item.node) });
    }
    if exception.until.node < day {
        return barred(Standing::Expired { day });
    }
    let at = exception.item.as_ref().and_then(|item| places.at(&item.node));
    Claim { exception, rule: Some(Rule::id(rule)), at, standing: Standing::Idle }
}

impl Claim<'_> {
    /// Whether a finding is of its rule and about its item. A finding about a section that points
    /// into the item is about it too: `term.initial` is a point of the term, written in
    /// `term/initial`.
    fn is_for(&self, finding: &Finding) -> bool {
        let about = |item: &Spanned<Str>| {
            let of_section = item.node.split('/').next() == Some(&*finding.item);
            let within = self.at.is_some_and(|at| at.contains(finding.diagnostic.primary.span));
            item.node == finding.item || (of_section && within)
        };
        self.rule.is_some_and(|rule| rule == finding.diagnostic.code)
            && self.exception.item.as_ref().is_none_or(about)
    }
}

/// Marks a finding as waived by the first waiver that covers it.
fn cover(finding: &mut Finding, claims: &mut [Claim<'_>]) {
    for claim in claims {
        if !claim.is_for(finding) {
            continue;
        }
        let exception = claim.exception;
        let standing = match (finding.outcome, &finding.approver) {
            (Outcome::Undetermined, _) if exception.item.is_none() => Standing::Undecided,
            (Outcome::Approval, Some(approver)) if !names(&exception.approver.node, approver) => {
                Standing::OtherApprover { asked: approver.clone() }
            }
            _ if finding.waived.is_some() => Standing::Again,
            _ => {
                finding.waived = Some(Waived {
                    reason: exception.reason.clone(),
                    approver: exception.approver.node.to_string(),
                    until: exception.until.node,
                    from: exception.from.clone(),
                });
                Standing::Waives
            }
        };
        claim.standing = claim.standing.clone().min(standing);
    }
}

/// Whether the words that say who approved a waiver name whom the rule asks for: `Lena Ortiz, Head
/// of Alliances` names the `Head of Alliances`.
fn names(given: &str, asked: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|found: char| !found.is_alphanumeric());
        words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (given, asked) = (words(given), words(asked));
    asked.is_empty() || given.windows(asked.len()).any(|some| some == asked)
}

/// A mistake in a waiver that stands in the agreement, as a finding of its own.
fn of_waiver(diagnostic: Diagnostic, subject: Subject<'_>) -> Finding {
    let at = diagnostic.primary.span;
    let mut written = subject.facts.agreement.waivers.iter();
    let item = written.find(|each| each.tag.span.contains(at));
    Finding {
        values: vec![at],
        requirement: None,
        diagnostic,
        outcome: Outcome::Fail,
        item: item.map_or("waivers".to_owned(), |each| format!("waivers/{}", each.tag.id.node)),
        approver: None,
        authority: Vec::new(),
        insert_at: None,
        waived: None,
        known: false,
    }
}

/// What a finding may be about, and where each item stands.
struct Places(BTreeMap<String, Option<Span>>);

impl Places {
    fn of(subject: Subject<'_>) -> Self {
        let agreement = subject.facts.agreement;
        let items = agreement.items.iter();
        let items = items.map(|(section, id)| (format!("{section}/{}", id.node), Some(id.span)));
        let rows = agreement.attribution.tables.iter().flat_map(|table| &table.rows);
        let rows = rows.map(|row| (format!("attribution/{}", row.id.node), Some(row.span.0)));
        let whole = crate::agreement::SECTIONS.iter().copied().chain(["header"]);
        Self(whole.map(|name| (name.to_owned(), None)).chain(items).chain(rows).collect())
    }

    fn has(&self, item: &str) -> bool {
        self.0.contains_key(item)
    }

    fn at(&self, item: &str) -> Option<Span> {
        self.0.get(item).copied().flatten()
    }

    /// The place meant, where it can be guessed: an id without its section, or a slip.
    fn near(&self, item: &str) -> Option<String> {
        let bare = |place: &&String| place.split_once('/').is_some_and(|(_, id)| id == item);
        let mut bare = self.0.keys().filter(bare);
        if let (Some(only), None) = (bare.next(), bare.next()) {
            return Some(only.clone());
        }
        nearest(item, self.0.keys().map(String::as_str)).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests;
