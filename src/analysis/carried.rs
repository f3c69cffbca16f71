//! Which categories of clauses an agreement has, typed or in one line: CUAD's 41 and ours.

use crate::agreement::{Agreement, Tag};
use crate::source::Span;
use crate::syntax::ast::Bound;

/// The categories, each once, with the first place that carries it.
pub(super) fn categories(agreement: &Agreement) -> Vec<(&'static str, Span)> {
    let mut found: Vec<(&'static str, Span)> = Vec::new();
    let mut carry = |category, at: Option<Span>| {
        let new = !found.iter().any(|(known, _)| *known == category);
        found.extend(at.filter(|_| new).map(|at| (category, at)));
    };
    opening(agreement, &mut carry);
    running(agreement, &mut carry);
    ending(agreement, &mut carry);
    for clause in &agreement.clauses {
        carry(clause.category.node, Some(clause.tag.span));
    }
    found
}

fn opening(agreement: &Agreement, carry: &mut impl FnMut(&'static str, Option<Span>)) {
    let header = &agreement.header;
    carry("document-name", header.title.as_ref().map(|title| title.span));
    carry("parties", agreement.parties.first().map(at));
    carry("agreement-date", header.signed.as_ref().map(|moment| moment.span));
    carry("effective-date", header.starts.as_ref().map(|moment| moment.span));
    carry("expiration-date", agreement.term.initial.as_ref().map(|initial| initial.tag.span));
    let renewals = &agreement.term.renewals;
    carry("renewal-term", renewals.iter().find(|r| r.mode.node != "none").map(|r| r.tag.span));
    let notice = renewals.iter().find_map(|renewal| renewal.notice.as_ref());
    carry("notice-to-terminate-renewal", notice.map(|notice| notice.span));
    let floor = agreement.commitments.iter().find(|c| c.bound.node == Bound::AtLeast);
    carry("minimum-commitment", floor.map(|commitment| commitment.tag.span));
    let ceiling = agreement.commitments.iter().find(|c| c.bound.node == Bound::AtMost);
    carry("volume-restriction", ceiling.map(|commitment| commitment.tag.span));
}

fn running(agreement: &Agreement, carry: &mut impl FnMut(&'static str, Option<Span>)) {
    let shared = agreement.payments.iter().find(|payment| payment.rate.is_some());
    carry("revenue-share", agreement.attribution.tables.first().map(at));
    carry("revenue-share", shared.map(at));
    carry("exclusivity", agreement.grants.first().map(at));
    let excepted = agreement.grants.iter().find(|grant| !grant.except.is_empty());
    carry("competitive-restriction-exception", excepted.map(at));
    for asset in &agreement.ip.assets {
        carry("ip-ownership-assignment", asset.assigned.map(Span::from));
        let joint = asset.class.node == "joint" || asset.owners.len() > 1;
        carry("joint-ip-ownership", joint.then_some(asset.tag.span));
    }
    for licence in &agreement.ip.licences {
        let flag = |name: &str| licence.flags.iter().find(|flag| flag.node == name).map(|f| f.span);
        carry("licence-grant", Some(licence.tag.span));
        carry("non-transferable-licence", flag("non-transferable"));
        carry("unlimited-licence", flag("unlimited"));
        carry(
            "irrevocable-or-perpetual-licence",
            flag("perpetual").or_else(|| flag("irrevocable")),
        );
        carry(
            "affiliate-licence-licensee",
            licence.to.doubt.filter(|_| !licence.to.members.is_empty()),
        );
        carry(
            "affiliate-licence-licensor",
            licence.by.doubt.filter(|_| !licence.by.members.is_empty()),
        );
    }
    for right in &agreement.first_rights {
        let first = right.right.node.starts_with("first ");
        carry("rofr", first.then_some(right.tag.span));
        carry("most-favored-nation", (right.right.node == "best price").then_some(right.tag.span));
    }
    carry("audit-rights", agreement.audits.first().map(at));
    for restriction in &agreement.restrictions {
        let category = match &*restriction.action.node {
            "compete" => "non-compete",
            "hire" | "solicit employees" => "no-solicit-of-employees",
            "solicit customers" => "no-solicit-of-customers",
            "disparage" => "non-disparagement",
            "sue" | "challenge" => "covenant-not-to-sue",
            "change price" => "price-restrictions",
            _ => continue,
        };
        carry(category, Some(restriction.tag.span));
    }
}

fn ending(agreement: &Agreement, carry: &mut impl FnMut(&'static str, Option<Span>)) {
    for right in &agreement.exit.rights {
        match right.class {
            "convenience" => carry("termination-for-convenience", Some(right.tag.span)),
            "control" => carry("change-of-control", Some(right.tag.span)),
            _ => {}
        }
    }
    carry("post-termination-services", agreement.exit.handover.first().map(at));
    carry("post-termination-services", agreement.exit.continued.first().map(at));
    carry("anti-assignment", agreement.assignment.first().map(at));
    carry("governing-law", agreement.disputes.law.first().map(|(tag, _)| tag.span));
    let uncapped = agreement.liability.caps.iter().find_map(|cap| cap.uncapped.first());
    carry("uncapped-liability", uncapped.map(|words| words.span));
    carry("cap-on-liability", agreement.liability.caps.first().map(at));
    carry("cap-on-liability", agreement.liability.excluded.first().map(|words| words.span));
    for duty in &agreement.liability.duties {
        match duty.verb {
            "pays" => carry("liquidated-damages", Some(duty.tag.span)),
            "insures" => carry("insurance", Some(duty.tag.span)),
            "warrants" => carry("warranty-duration", Some(duty.tag.span)),
            _ => {}
        }
    }
}

/// Where a part stands.
fn at(part: &impl Tagged) -> Span {
    part.tag().span
}

/// Parts that were read from an item.
trait Tagged {
    fn tag(&self) -> &Tag;
}

macro_rules! tagged {
    ($($part:ident),*) => {
        $(impl Tagged for crate::agreement::$part {
            fn tag(&self) -> &Tag {
                &self.tag
            }
        })*
    };
}

tagged!(Party, Grant, AttributionTable, Payment, Audit, Handover, Continued, Assignment, Cap);
