//! Which categories of clauses an agreement has, typed or in one line: CUAD's 41 and ours.

use crate::agreement::{Agreement, Licence, Tag, Terms};
use crate::source::Span;
use crate::syntax::ast::Bound;
use crate::value::Given;

/// An item that carries a category.
#[derive(Debug, Clone, Copy)]
pub struct Carrier<'a> {
    /// The category.
    pub category: &'static str,
    /// The section of the item; `header` for the first lines.
    pub section: &'static str,
    /// Its id; nothing for the first lines.
    pub item: &'a str,
    /// The places of the paper it cites.
    pub see: Option<&'a str>,
    /// Where it stands.
    pub span: Span,
    /// Whether a form of the language carries it, rather than a line of `clauses`.
    pub typed: bool,
}

/// Every item that carries a category, in the order of the sections.
pub fn carriers(agreement: &Agreement) -> Vec<Carrier<'_>> {
    let mut found = Found { carriers: Vec::new() };
    header(agreement, &mut found);
    opening(agreement, &mut found);
    money(agreement, &mut found);
    running(agreement, &mut found);
    licences(agreement, &mut found);
    ending(agreement, &mut found);
    for clause in &agreement.clauses {
        found.add(clause.category.node, &clause.tag, false);
    }
    found.carriers
}

/// The categories, each once, with the first place that carries it.
pub(super) fn categories(agreement: &Agreement) -> Vec<(&'static str, Span)> {
    let mut found: Vec<(&'static str, Span)> = Vec::new();
    for carrier in carriers(agreement) {
        if !found.iter().any(|(known, _)| *known == carrier.category) {
            found.push((carrier.category, carrier.span));
        }
    }
    found
}

struct Found<'a> {
    carriers: Vec<Carrier<'a>>,
}

impl<'a> Found<'a> {
    fn add(&mut self, category: &'static str, tag: &'a Tag, typed: bool) {
        self.carriers.push(Carrier {
            category,
            section: tag.section,
            item: &tag.id.node,
            see: tag.see.as_ref().map(|see| &*see.node),
            span: tag.span,
            typed,
        });
    }

    /// A typed item carries the category where `holds`.
    fn when(&mut self, holds: bool, category: &'static str, tag: &'a Tag) {
        if holds {
            self.add(category, tag, true);
        }
    }

    /// What the shared points of an item carry, whatever its section.
    fn shared(&mut self, terms: &'a Terms, tag: &'a Tag) {
        self.when(terms.more.at_most.is_some(), "volume-restriction", tag);
        let control = terms.conditions.iter().any(|condition| condition.class == "control");
        self.when(control, "change-of-control", tag);
    }
}

fn header<'a>(agreement: &'a Agreement, found: &mut Found<'a>) {
    let header = &agreement.header;
    let slots = [
        ("document-name", header.title.as_ref().map(|title| title.span)),
        ("agreement-date", header.signed.as_ref().map(|moment| moment.span)),
        ("effective-date", header.starts.as_ref().map(|moment| moment.span)),
    ];
    for (category, span) in slots {
        found.carriers.extend(span.map(|span| Carrier {
            category,
            section: "header",
            item: "",
            see: header.see.as_ref().map(|see| &*see.node),
            span,
            typed: true,
        }));
    }
}

fn opening<'a>(agreement: &'a Agreement, found: &mut Found<'a>) {
    for party in &agreement.parties {
        found.add("parties", &party.tag, true);
    }
    if let Some(initial) = &agreement.term.initial {
        found.add("expiration-date", &initial.tag, true);
    }
    for renewal in agreement
        .term
        .renewals
        .iter()
        .filter(|renewal| matches!(renewal.mode.node, "automatic" | "at-option"))
    {
        found.add("renewal-term", &renewal.tag, true);
        found.when(renewal.notice.is_some(), "notice-to-terminate-renewal", &renewal.tag);
    }
}

fn money<'a>(agreement: &'a Agreement, found: &mut Found<'a>) {
    for commitment in &agreement.commitments {
        let tag = &commitment.tag;
        let stated = commitment.amount.is_some();
        let bound = commitment.bound.node;
        let least = matches!(bound, Bound::AtLeast | Bound::MoreThan)
            || commitment.terms.more.at_least.is_some();
        found.when(stated && least, "minimum-commitment", tag);
        let most = matches!(bound, Bound::AtMost | Bound::LessThan);
        found.when(stated && most, "volume-restriction", tag);
        found.shared(&commitment.terms, tag);
    }
    for payment in &agreement.payments {
        let tag = &payment.tag;
        found.when(payment.shared.is_some(), "revenue-share", tag);
        // A floor under what is paid is a minimum that is promised.
        let floor = payment.terms.more.at_least.is_some() || payment.bound == Bound::AtLeast;
        found.when(floor, "minimum-commitment", tag);
        found.when(!payment.terms.more.changes.is_empty(), "price-restrictions", tag);
    }
    for table in &agreement.attribution.tables {
        found.add("revenue-share", &table.tag, true);
        let tracked = table.terms.tracked.as_ref();
        let place =
            tracked.is_some_and(|at| !matches!(&at.node, Given::Hole(hole) if hole.is_open()));
        found.when(place, "tracking", &table.tag);
    }
}

fn running<'a>(agreement: &'a Agreement, found: &mut Found<'a>) {
    for asset in &agreement.ip.assets {
        let tag = &asset.tag;
        found.when(asset.assigned().is_some(), "ip-ownership-assignment", tag);
        let several = asset.owners.len() > 1 && asset.either.is_none();
        found.when(asset.class.node == "joint" || several, "joint-ip-ownership", tag);
        found.shared(&asset.terms, tag);
    }
    for grant in &agreement.grants {
        found.add("exclusivity", &grant.tag, true);
        excepted(&grant.terms, &grant.tag, found);
        found.shared(&grant.terms, &grant.tag);
    }
    for right in &agreement.first_rights {
        let tag = &right.tag;
        found.when(right.right.node.starts_with("first "), "rofr", tag);
        found.when(right.right.node == "best price", "most-favored-nation", tag);
        // What a side may do although a restriction or a grant seems to bar it.
        let freedom = right.right.node == "freedom";
        found.when(freedom, "competitive-restriction-exception", tag);
        found.shared(&right.terms, tag);
    }
    for audit in &agreement.audits {
        found.add("audit-rights", &audit.tag, true);
    }
    for restriction in &agreement.restrictions {
        let (tag, action) = (&restriction.tag, &*restriction.action.node);
        let category = match action {
            "compete" => "non-compete",
            "hire" | "solicit employees" => "no-solicit-of-employees",
            "solicit customers" => "no-solicit-of-customers",
            "disparage" => "non-disparagement",
            "sue" | "challenge" => "covenant-not-to-sue",
            "change price" => "price-restrictions",
            _ => continue,
        };
        found.add(category, tag, true);
        if matches!(category, "non-compete" | "no-solicit-of-customers") {
            excepted(&restriction.terms, tag, found);
        }
        found.shared(&restriction.terms, tag);
    }
}

/// What a competitive restriction leaves out, or on what it depends.
fn excepted<'a>(terms: &'a Terms, tag: &'a Tag, found: &mut Found<'a>) {
    let unless = terms.conditions.iter().any(|c| c.kind == "unless");
    found.when(!terms.more.except.is_empty() || unless, "competitive-restriction-exception", tag);
}

fn licences<'a>(agreement: &'a Agreement, found: &mut Found<'a>) {
    for licence in &agreement.ip.licences {
        let Licence { tag, terms, by, to, .. } = licence;
        let flag = |name: &str| terms.flag(name).is_some();
        found.add("licence-grant", tag, true);
        found.when(flag("non-transferable"), "non-transferable-licence", tag);
        found.when(flag("unlimited"), "unlimited-licence", tag);
        let endless = |lasts: &crate::agreement::Leaf<crate::value::Period>| {
            lasts.node.value() == Some(&crate::value::Period::PERPETUAL)
        };
        let ever =
            flag("perpetual") || flag("irrevocable") || terms.lasts.as_ref().is_some_and(endless);
        found.when(ever, "irrevocable-or-perpetual-licence", tag);
        let passed_on = licence.sublicensable_to.iter().any(|to| to.node.contains("affiliate"));
        found.when(to.affiliates.is_some() || passed_on, "affiliate-licence-licensee", tag);
        found.when(by.affiliates.is_some(), "affiliate-licence-licensor", tag);
        found.shared(terms, tag);
    }
}

fn ending<'a>(agreement: &'a Agreement, found: &mut Found<'a>) {
    for right in &agreement.exit.rights {
        match right.class {
            "convenience" => found.add("termination-for-convenience", &right.tag, true),
            "control" => found.add("change-of-control", &right.tag, true),
            _ => {}
        }
        // A price that is fixed in advance for leaving.
        found.when(right.price().is_some(), "liquidated-damages", &right.tag);
    }
    for handover in &agreement.exit.handover {
        found.add("post-termination-services", &handover.tag, true);
    }
    for continued in &agreement.exit.continued {
        found.add("post-termination-services", &continued.tag, true);
    }
    for assignment in &agreement.assignment {
        found.add("anti-assignment", &assignment.tag, true);
        found.shared(&assignment.terms, &assignment.tag);
    }
    for law in &agreement.disputes.law {
        found.add("governing-law", &law.tag, true);
    }
    let liability = &agreement.liability;
    for cap in &liability.caps {
        found.add("cap-on-liability", &cap.tag, true);
        let uncapped = !cap.uncapped.is_empty() || !cap.terms.more.except.is_empty();
        found.when(uncapped, "uncapped-liability", &cap.tag);
    }
    for excluded in &liability.excluded {
        // A disclaimer of warranties limits nothing that is owed.
        let disclaimer =
            excluded.heads.iter().all(|head| head.node.to_lowercase().contains("warrant"));
        if disclaimer {
            continue;
        }
        found.add("cap-on-liability", &excluded.tag, true);
        found.when(!excluded.terms.more.except.is_empty(), "uncapped-liability", &excluded.tag);
    }
    for claims in &liability.claims {
        found.add("cap-on-liability", &claims.tag, true);
    }
    for duty in &liability.duties {
        let terms = &duty.terms;
        let lasts =
            terms.lasts.is_some() || terms.last.is_some() || terms.more.survives_for.is_some();
        match duty.verb {
            "pays" => found.add("liquidated-damages", &duty.tag, true),
            "insures" => found.add("insurance", &duty.tag, true),
            // Every agreement warrants something; how long is what a reader looks for.
            "warrants" => found.when(lasts, "warranty-duration", &duty.tag),
            _ => {}
        }
    }
}
