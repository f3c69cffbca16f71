//! Governance, ip, attribution, exclusivity, rights, restrictions, customers and notices.

use super::words::{ASSET_CLASS, LEVEL};
use super::{PARTY, nth};
use crate::agreement::{AttributionTable, Body, Grant, Lasts};
use crate::syntax::ast::MomentKind;
use crate::value::{Given, Str};
use crate::vocabulary::accessors::{
    absent, dated, duration, flag, holder, items, known, leaf, list, maybe, maybe_text, parties,
    record, text, texts, word, words,
};
use crate::vocabulary::facts::section;
use crate::vocabulary::{Anchor, Fact, Facts, Record, Type, Value, Where};

const TEXTS: Type = Type::List(&Type::Text);
const PARTIES: Type = Type::List(&Type::Record(&PARTY));

records! {
    GOVERNANCE "Governance" Governance(it, facts) "Who decides what, and meets when." {
        req "bodies" Type::List(&Type::Record(&BODY)), "The bodies that decide." => {
            let bodies = it.governance.bodies.iter().filter(|body| !is_review(body));
            list(bodies.map(|body| record(Record::Body(body))), section(it, "governance"), it.doubt("governance"))
        };
        req "meetings" Type::List(&Type::Record(&MEETING)), "Every body and review that meets." => items(it, "governance", &it.governance.bodies, Record::Meeting);
        opt "register" Type::Text, "Where commitments and issues are recorded." => maybe_text(it.governance.register.as_ref().map(|register| &register.text), it.doubt("governance"));
    }

    BODY "Body" Body(it, facts) "A body that decides." {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "level" Type::Word(&LEVEL), "On which level it decides: as said, else owners work and sponsors lead, else as its id says." => it.level.as_ref().map_or_else(|| known(Value::Word(level(it)), it.tag.id.span), |said| leaf(said, |word| Value::Word(word)));
        req "seats" Type::List(&Type::Record(&SEAT)), "Who sits in it." => list(it.seats.iter().map(|s| record(Record::Seat(s))), Record::Body(it).anchor(), it.tag.partial);
        req "equal-numbers" Type::Flag, "Whether both sides have the same number of seats." => flag(it.equal, it.tag.id.span);
        opt "vote" Type::Text, "By majority, by consensus, unanimously." => maybe_text(it.vote.as_ref(), it.tag.partial);
        opt "quorum" Type::Number, "How many must be there." => maybe(it.quorum.as_ref(), it.tag.partial, |n| Value::Number(*n));
        req "chair" PARTIES, "Who chairs it." => it.chair.as_ref().map_or_else(|| list([], Record::Body(it).anchor(), it.tag.partial), |chair| parties(facts, chair, Record::Body(it)));
        opt "meets" Type::Duration, "How often it meets." => maybe(it.meets.as_ref(), it.tag.partial, duration);
        req "about" TEXTS, "What it talks about." => texts(&it.about, Record::Body(it));
        req "decides" Type::List(&Type::Record(&POWER)), "What it decides." => {
            let mut place = Record::Body(it).anchor();
            if let Some(first) = it.decides.first() { place.span = first.what.span; }
            list(it.decides.iter().map(|p| record(Record::Power(p))), place, it.tag.partial)
        };
        opt "limit" Type::Money, "Up to how much it decides, the highest of its limits." => limit(it);
        opt "next" Type::Record(&NEXT), "Where its open issues go." => it.next.first().map_or_else(|| absent(it.tag.partial), |next| record(Record::Next(next)));
        req "path" Type::List(&Type::Record(&NEXT)), "Every station its open issues pass, its own first." => list(path(facts, it).into_iter().map(|next| record(Record::Next(next))), Record::Body(it).anchor(), it.tag.partial);
        req "circular" Type::Flag, "Whether its open issues come back to it." => {
            let back = path(facts, it).into_iter().find(|next| goes_to(next) == Some(&it.tag.id.node));
            flag(it.next.first().filter(|_| back.is_some()).map(|next| next.to.span), it.tag.id.span)
        };
    }

    SEAT "Seat" Seat(it, facts) "The seats of one party in a body." {
        req "party" Type::Record(&PARTY), "The party." => facts.agreement.parties.get(it.party).map_or(Fact::Unreadable(it.span.0), |p| known(Value::Record(Record::Party(p)), it.span));
        req "count" Type::Number, "How many." => known(Value::Number(it.count.into()), it.span);
    }

    POWER "Power" Power(it, facts) "Something a body decides." {
        req "what" Type::Text, "What." => leaf(&it.what, words);
        opt "limit" Type::Money, "Up to how much." => maybe(it.limit.as_ref(), None, |m| Value::Money(*m));
        opt "from" Type::Money, "From how much on." => maybe(it.from.as_ref(), None, |m| Value::Money(*m));
    }

    NEXT "Next" Next(it, facts) "Where an open issue goes." {
        req "to" Type::Text, "A body, or words." => leaf(&it.to, words);
        opt "after" Type::Duration, "After how long." => maybe(it.after.as_ref(), it.tag.partial, duration);
    }

    MEETING "Meeting" Meeting(it, facts) "A body or review that meets." {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "once" Type::Flag, "Whether it meets once only." => known(Value::Flag(it.once), it.tag.id.span);
        opt "every" Type::Duration, "How often it meets." => maybe(it.meets.as_ref(), it.tag.partial, duration);
        opt "due" Type::Date, "By when, where it meets once." => match nth(&facts.agreement.governance.bodies, it).and_then(|n| facts.derived.meetings().get(n)) {
            Some(due) if it.due.is_some() => dated(due),
            _ => absent(it.tag.partial),
        };
        req "about" TEXTS, "What it talks about." => texts(&it.about, Record::Meeting(it));
    }

    IP "Ip" Ip(it, facts) "What is owned and licensed." {
        req "assets" Type::List(&Type::Record(&ASSET)), "What is owned." => items(it, "ip", &it.ip.assets, Record::Asset);
        req "licences" Type::List(&Type::Record(&LICENCE)), "What is licensed." => items(it, "ip", &it.ip.licences, Record::Licence);
    }

    ASSET "Asset" Asset(it, facts) "Something owned." with ["on-exit", "conditions", "except"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "class" Type::Word(&ASSET_CLASS), "Where it comes from." => word(&it.class);
        req "what" TEXTS, "What it is." => texts(&it.what, Record::Asset(it));
        req "alternatives" Type::Flag, "Whether the owners are one or the other." => flag(it.either, it.tag.id.span);
        req "made-by" PARTIES, "Who makes it." => it.made_by.as_ref().map_or_else(|| list([], Record::Asset(it).anchor(), it.tag.partial), |by| parties(facts, by, Record::Asset(it)));
        req "owners" Type::List(&Type::Record(&OWNER)), "Who owns it." => {
            let mut place = Record::Asset(it).anchor();
            let open = it.owners_open.as_ref().map(|hole| hole.span);
            if let Some(at) = it.owners.first().map(|owner| owner.span.0).or(open) { place.span = at; }
            let members = it.owners.iter().map(|owner| record(Record::Owner(owner)));
            let hole = it.owners_open.iter().map(|hole| Fact::Hole(&hole.node, hole.span));
            list(members.chain(hole), place, it.tag.partial)
        };
        req "assigned" Type::Flag, "Whether it is assigned to its owner." => flag(it.assigned(), it.tag.id.span);
    }

    OWNER "Owner" Owner(it, facts) "One owner of an asset." {
        opt "party" Type::Record(&PARTY), "The party, where it is one." => it.party.and_then(|n| facts.agreement.parties.get(n)).map_or(Fact::Absent, |p| known(Value::Record(Record::Party(p)), it.span));
        opt "share" Type::Percent, "Its share; a single owner has the whole." => it.share.as_ref().map_or_else(|| sole_share(facts, it), |share| leaf(share, |p| Value::Percent(*p)));
    }

    LICENCE "Licence" Licence(it, facts) "What is licensed." with ["territory", "places", "products", "field", "channel", "on-exit", "conditions", "except", "survives", "notice", "flags", "at-most", "consent"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "by" PARTIES, "Who grants it." => parties(facts, &it.by, Record::Licence(it));
        req "to" PARTIES, "To whom." => parties(facts, &it.to, Record::Licence(it));
        req "what" TEXTS, "What is licensed." => texts(&it.what, Record::Licence(it));
        req "sublicensable-to" TEXTS, "To whom it may be passed on." => texts(&it.sublicensable_to, Record::Licence(it));
        opt "lasts" Type::Duration, "For how long." => licence_lasts(it);
        req "exclusive" Type::Flag, "Whether nobody else has it." => flag(it.terms.flag("exclusive").map(|f| f.span), it.tag.id.span);
    }

    ATTRIBUTION "Attribution" Attribution(it, facts) "How revenue is shared." {
        opt "base" Type::Text, "What is shared, by its first table." => first_table(it).map_or_else(|| absent(it.doubt("attribution")), |table| leaf(&table.base, words));
        req "base-defined" Type::Flag, "Whether every base is a figure of the agreement or quoted words." => known(Value::Flag(it.attribution.tables.iter().all(|t| base_defined(facts, t))), Record::Attribution(it).anchor().span);
        opt "currency" Type::Currency, "In which currency." => first_table(it).map_or_else(|| absent(it.doubt("attribution")), |t| known(Value::Currency(t.currency.node), t.currency.span));
        opt "tail" Type::Duration, "How long it goes on after the end." => maybe(first_table(it).and_then(|t| t.flow.course.tails.first()).and_then(|tail| tail.lasts.as_ref()), it.doubt("attribution"), duration);
        opt "tracked" Type::Text, "Where it is recorded who brought a deal, by its first table." => maybe(first_table(it).and_then(|t| t.terms.tracked.as_ref()), first_table(it).and_then(|t| t.tag.partial).or(it.doubt("attribution")), words);
        opt "tracked-from" Type::Date, "From when on it is recorded." => dated(facts.derived.tracked_from());
        req "tables" Type::List(&Type::Record(&super::SHARE_TABLE)), "Its tables." => {
            let tables = it.attribution.tables.iter().map(|table| record(Record::ShareTable(table)));
            list(tables, section(it, "attribution"), it.doubt("attribution"))
        };
        req "rows" Type::List(&Type::Record(&ROW)), "The rows of every table." => {
            let rows = it.attribution.tables.iter().flat_map(|table| &table.rows);
            let doubt = it.attribution.tables.iter().find_map(|table| table.tag.partial);
            list(rows.map(|row| record(Record::Row(row))), section(it, "attribution"), it.doubt("attribution").or(doubt))
        };
    }

    ROW "Row" Row(it, facts) "A row of a table of shares." {
        req "id" Type::Name, "Its id." => text(&it.id);
        req "table" Type::Name, "The item its table belongs to." => text(&it.tag.id);
        req "catch-all" Type::Flag, "Whether it takes what no other row does." => known(Value::Flag(it.catch_all), it.id.span);
        req "shares" Type::List(&Type::Record(&SHARE)), "Who gets what." => list(it.shares.iter().map(|s| record(Record::Share(s))), Record::Row(it).anchor(), None);
    }

    SHARE "Share" Share(it, facts) "What a party gets of a deal." {
        req "party" Type::Record(&PARTY), "The party." => facts.agreement.parties.get(it.party).map_or(Fact::Unreadable(it.span.0), |p| known(Value::Record(Record::Party(p)), it.span));
        opt "share" Type::Percent, "Its share." => maybe(it.share.as_ref(), None, |p| Value::Percent(*p));
    }

    EXCLUSIVITY "Exclusivity" Exclusivity(it, facts) "What one side may do alone." {
        req "grants" Type::List(&Type::Record(&GRANT)), "The grants." => items(it, "exclusivity", &it.grants, Record::Grant);
    }

    GRANT "Grant" Grant(it, facts) "What one side may do alone." with ["territory", "places", "products", "field", "channel", "against", "conditions", "except", "survives", "survives-for", "outcomes", "consent"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "by" PARTIES, "Who grants." => parties(facts, &it.by, Record::Grant(it));
        req "to" PARTIES, "To whom." => parties(facts, &it.to, Record::Grant(it));
        opt "lasts" Type::Duration, "For how long: as stated, or the first term where it says no other end." => grant_lasts(facts, it);
        opt "first" Type::Date, "The first day: as stated, or the start." => grant_day(facts, it, 0);
        opt "last" Type::Date, "The last day, where it ends on a day and not after a time." => match grant_lasts(facts, it) {
            Fact::Absent => grant_day(facts, it, 1),
            _ => absent(it.tag.partial),
        };
        req "lapses" TEXTS, "On what it ends before its time: a test, an event, a miss." => lapses(facts, it);
        req "broken-by" Type::List(&Type::Name), "Lines by which the grantor gives somebody else what the grant gives." => {
            let breaches = nth(&facts.agreement.grants, it).and_then(|n| facts.derived.breaches().get(n));
            let members = breaches.into_iter().flatten().map(|breach| Fact::Known(words(&breach.item), Where::From(&breach.places)));
            list(members, Record::Grant(it).anchor(), facts.agreement.doubt("exclusivity").or(facts.agreement.doubt("ip")))
        };
        opt "activity" Type::Text, "To do what." => maybe_text(it.activity.as_ref(), it.tag.partial);
    }

    RIGHTS "Rights" Rights(it, facts) "First rights and audits." {
        req "first" Type::List(&Type::Record(&FIRST_RIGHT)), "First refusals, best prices and the like." => items(it, "rights", &it.first_rights, Record::FirstRight);
        req "audits" Type::List(&Type::Record(&AUDIT)), "Who may look into whose books." => items(it, "rights", &it.audits, Record::Audit);
    }

    FIRST_RIGHT "FirstRight" FirstRight(it, facts) "A first refusal, best price or the like." with ["territory", "places", "products", "field", "channel", "lasts", "conditions", "except", "survives", "survives-for", "answer", "agree", "close", "silence", "at-most", "consent", "outcomes"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "by" PARTIES, "Who gives it." => parties(facts, &it.by, Record::FirstRight(it));
        req "to" PARTIES, "To whom." => parties(facts, &it.to, Record::FirstRight(it));
        req "right" Type::Text, "Which right." => text(&it.right);
        req "freed" Type::Flag, "Whether the giver is free once it is not taken up." => flag(it.free, it.tag.id.span);
        opt "free-for" Type::Duration, "For how long the giver is free." => maybe(it.free_for.as_ref(), it.tag.partial, duration);
        opt "again" Type::Text, "What brings the right back." => maybe_text(it.again.as_ref(), it.tag.partial);
    }

    AUDIT "Audit" Audit(it, facts) "Who may look into whose books." with ["notice", "survives", "survives-for", "at-most", "costs", "object", "conditions"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "by" PARTIES, "Who." => parties(facts, &it.by, Record::Audit(it));
        req "of" PARTIES, "Whose." => parties(facts, &it.of, Record::Audit(it));
        opt "back" Type::Duration, "How far back it looks." => maybe(it.back.as_ref(), it.tag.partial, duration);
        opt "repay" Type::Duration, "In which time what was short is paid." => maybe(it.repay.as_ref(), it.tag.partial, duration);
        opt "cost-shifts-at" Type::Percent, "From which shortfall on the other side bears the cost." => maybe(it.terms.more.costs.as_ref().and_then(|costs| costs.shift_at.as_ref()), it.tag.partial, |p| Value::Percent(*p));
    }

    RESTRICTION "Restriction" Restriction(it, facts) "What a party must not do." with ["territory", "places", "products", "field", "channel", "against", "lasts", "survives", "survives-for", "conditions", "except", "consent", "outcomes"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "by" PARTIES, "Who." => parties(facts, &it.by, Record::Restriction(it));
        req "action" Type::Text, "What." => text(&it.action);
        req "what" TEXTS, "On what." => texts(&it.what, Record::Restriction(it));
    }

    SEGMENT "Segment" Segment(it, facts) "Whose a group of customers is." with ["on-exit", "conditions", "except"]; {
        req "id" Type::Name, "Its id; `joint` for those both sides serve." => text(&it.tag.id);
        opt "relationship" Type::Record(&PARTY), "Who holds the relationship." => holder(facts, it.relationship.as_ref(), it.tag.partial);
        opt "bids" Type::Record(&PARTY), "Who bids." => holder(facts, it.bids.as_ref(), it.tag.partial);
        opt "delivery" Type::Record(&PARTY), "Who delivers." => holder(facts, it.delivery.as_ref(), it.tag.partial);
        opt "billing" Type::Record(&PARTY), "Who sends the bill." => holder(facts, it.billing.as_ref(), it.tag.partial);
        opt "complaints" Type::Record(&PARTY), "Who answers complaints." => holder(facts, it.complaints.as_ref(), it.tag.partial);
        opt "data" Type::Text, "Who controls the data." => maybe_text(it.data.as_ref(), it.tag.partial);
    }

    NOTICE "Notice" Notice(it, facts) "A notice period that stands alone." {
        req "id" Type::Name, "What it is for." => text(&it.tag.id);
        req "length" Type::Duration, "How long." => leaf(&it.length, duration);
    }
}

/// A single review is a meeting and no body.
const fn is_review(body: &Body) -> bool {
    body.once && !body.seated
}

fn level(body: &Body) -> &'static str {
    match body.convened.as_ref().map(|office| &*office.node) {
        Some("owners") => return "working",
        Some("sponsors") => return "executive",
        _ => {}
    }
    let about = |word: &str| body.tag.id.node.contains(word);
    if about("working") || about("operat") {
        "working"
    } else if about("executive") || about("steering") || about("board") {
        "executive"
    } else {
        "other"
    }
}

/// Whether a grant names the end of the term, or no end at all.
fn ends_with_term(grant: &Grant) -> bool {
    grant
        .terms
        .last
        .as_ref()
        .is_none_or(|last| matches!(&last.node, MomentKind::Named(name) if name == "term end"))
}

/// For how long a grant lasts: its own length, or that of the first term.
fn grant_lasts<'a>(facts: Facts<'a>, grant: &'a Grant) -> Fact<'a> {
    if let Some(lasts) = &grant.terms.lasts {
        return leaf(lasts, duration);
    }
    let initial = facts.agreement.term.initial.as_ref().filter(|_| ends_with_term(grant));
    match initial.map(|initial| &initial.lasts) {
        Some(Lasts::For(length)) => leaf(length, duration),
        Some(Lasts::Endless(word)) => known(Value::Endless("perpetual"), word.span),
        Some(Lasts::Until(_)) | None => absent(grant.tag.partial),
    }
}

/// The first (0) or last (1) day of a grant.
fn grant_day<'a>(facts: Facts<'a>, grant: &'a Grant, end: usize) -> Fact<'a> {
    let days = nth(&facts.agreement.grants, grant).and_then(|n| facts.derived.grants().get(n));
    match days {
        Some((first, _)) if end == 0 => dated(first),
        Some((_, last)) => dated(last),
        None => absent(grant.tag.partial),
    }
}

/// On what a grant ends before its time.
fn lapses<'a>(facts: Facts<'a>, grant: &'a Grant) -> Fact<'a> {
    let stated = grant.terms.conditions.iter().filter(|c| matches!(c.kind, "while" | "until"));
    let event = grant.terms.last.as_ref().and_then(|last| match &last.node {
        MomentKind::Event(words) => {
            Some(Fact::Known(Value::Text(words.as_str().into()), Where::At(last.span)))
        }
        _ => None,
    });
    let missed = nth(&facts.agreement.grants, grant).and_then(|n| facts.derived.lapses().get(n));
    let members = stated.map(|c| text(&c.text)).chain(event);
    let members = members.chain(missed.into_iter().flatten().map(text));
    list(members, Record::Grant(grant).anchor(), grant.tag.partial)
}

/// For how long a licence lasts: for ever by its flag, or for a time.
fn licence_lasts(licence: &crate::agreement::Licence) -> Fact<'_> {
    match licence.terms.flag("perpetual") {
        Some(ever) => known(Value::Endless("perpetual"), ever.span),
        None => maybe(licence.terms.lasts.as_ref(), licence.tag.partial, duration),
    }
}

/// The highest limit a body decides up to.
fn limit(body: &Body) -> Fact<'_> {
    let limits = body.decides.iter().filter_map(|power| power.limit.as_ref());
    let value = |limit: &&crate::agreement::Leaf<crate::value::Money>| {
        limit.node.value().map(|money| money.amount)
    };
    maybe(limits.max_by_key(value), body.tag.partial, |money| Value::Money(*money))
}

/// The station a next step names, where it is a body.
fn goes_to(next: &crate::agreement::Next) -> Option<&Str> {
    next.to.node.value()
}

/// The stations the open issues of a body pass, until they leave the bodies or come back.
fn path<'a>(facts: Facts<'a>, body: &'a Body) -> Vec<&'a crate::agreement::Next> {
    let bodies = &facts.agreement.governance.bodies;
    let mut stations: Vec<&crate::agreement::Next> = Vec::new();
    let mut at = Some(body);
    while let Some(next) = at.and_then(|body| body.next.first()) {
        stations.push(next);
        let target = goes_to(next).filter(|target| **target != body.tag.id.node);
        at = target.and_then(|target| facts.derived.bodies().get(target)).map(|at| &bodies[*at]);
        if stations.len() > bodies.len() {
            break;
        }
    }
    stations
}

/// The share of an owner without one: the whole, if nobody else owns it.
fn sole_share<'a>(facts: Facts<'a>, owner: &'a crate::agreement::Owner) -> Fact<'a> {
    let asset = facts
        .agreement
        .ip
        .assets
        .iter()
        .find(|asset| asset.owners.iter().any(|o| std::ptr::eq(o, owner)));
    let alone = asset.is_some_and(|asset| asset.owners.len() == 1 && asset.owners_open.is_none());
    let whole = crate::value::Percent::from_fraction(1, 1).filter(|_| alone);
    whole.map_or(Fact::Absent, |whole| Fact::Known(Value::Percent(whole), Where::At(owner.span.0)))
}

fn first_table(agreement: &crate::agreement::Agreement) -> Option<&AttributionTable> {
    agreement.attribution.tables.first()
}

fn base_defined(facts: Facts<'_>, table: &AttributionTable) -> bool {
    let Given::Value(base) = &table.base.node else { return false };
    let id = base.strip_prefix("metrics/").unwrap_or(base);
    !table.base_is_item || facts.agreement.figures.iter().any(|figure| figure.tag.id.node == id)
}

/// The places of a scope, with those of the areas it names.
pub(super) fn territory<'a>(scope: &'a crate::agreement::Scope, owner: Record<'a>) -> Fact<'a> {
    let places = scope
        .territory
        .iter()
        .map(|place| known(Value::Country(std::borrow::Cow::Borrowed(&place.node)), place.span));
    let place = Anchor {
        span: scope.territory.first().map_or(owner.anchor().span, |p| p.span),
        ..owner.anchor()
    };
    list(places, place, scope.doubt.map(|at| at.0).or(owner.partial()))
}
