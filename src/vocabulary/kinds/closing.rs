//! Exit, liability, assignment, disputes, amendment, the lists at the end, and what is derived.

use super::words::{CATEGORY, EXIT_CLASS, FORUM_KIND};
use super::{
    AGREEMENT_RECORD, ANSWER, AREA, ASSET, ATTRIBUTION, AUDIT, BACKWARD, BAND_FLAW, BASELINE,
    BENEFIT, BODY, CALENDAR, CHAIN, CLOCK, COMMITMENT, ENABLEMENT, EXCLUSIVITY, FIRST_RIGHT,
    GOVERNANCE, GRANT, HOLE, IP, LICENCE, MEASURE, MEETING, METRIC, NEXT, NOTICE, OUTSIDE, OWNER,
    PARTY, PASSAGE, PAYMENT, PAYMENT_RULE, PERSON, POWER, RATIONALE, RECEIPT, RENEWAL, RESTRICTION,
    RIGHTS, RIVAL, ROUNDED, ROW, SEAT, SEGMENT, SHARE, SHARE_LIMIT, SHARE_TABLE, SOURCE, STEP, SUM,
    TABLE_FLAW, TARGET, TERM, TIME, TIMED_ITEM, TIMELINE, WINDOW,
};
use crate::agreement::{Agreement, Commitment, Metric, Point, Right};
use crate::source::Span;
use crate::syntax::ast::{MomentKind, Scalar};
use crate::value::Given;
use crate::vocabulary::accessors::{
    absent, dated, duration, everybody, flag, items, known, leaf, list, maybe, maybe_text,
    one_party, parties, record, text, texts, word, words,
};
use crate::vocabulary::facts::section;
use crate::vocabulary::{Fact, Facts, Record, RecordType, Type, Value, Where};

const TEXTS: Type = Type::List(&Type::Text);
const PARTIES: Type = Type::List(&Type::Record(&PARTY));

records! {
    EXIT "Exit" Exit(it, facts) "How it ends." {
        req "convenience" Type::List(&Type::Record(&RIGHT)), "Rights to leave without a cause." => rights(it, |right| right.class == "convenience");
        req "cause" Type::List(&Type::Record(&RIGHT)), "Rights to leave for a cause." => rights(it, |right| right.class != "convenience" && !right.automatic);
        req "ends" Type::List(&Type::Record(&RIGHT)), "What ends it by itself." => rights(it, |right| right.automatic);
        req "handover" Type::List(&Type::Record(&HANDOVER)), "What is handed over." => items(it, "exit", &it.exit.handover, Record::Handover);
        req "survival" TEXTS, "What goes on after the end." => {
            let what = it.exit.survival.iter().flat_map(|survival| &survival.what);
            list(what.map(text), section(it, "exit"), it.doubt("exit"))
        };
    }

    RIGHT "Right" Right(it, facts) "A right to leave." with ["cure", "extension", "outcomes", "except", "conditions", "within"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "class" Type::Word(&EXIT_CLASS), "What opens it." => known(Value::Word(it.class), it.text.as_ref().map_or(it.tag.id.span, |text| text.span));
        req "refers" Type::List(&Type::Name), "The items its condition names." => list(it.asks.iter().map(|asked| text(&asked.item)), Record::Right(it).anchor(), it.tag.partial);
        opt "notice" Type::Duration, "With how much notice." => maybe(it.notice(), it.tag.partial, duration);
        req "notice-after-cure" Type::Flag, "Whether the notice runs after the cure." => flag(it.terms.clocks.notice_after_cure, it.tag.id.span);
        req "holders" TEXTS, "Whose control ends, where that matters." => texts(&it.holders, Record::Right(it));
        req "acquirers" TEXTS, "To whom control passes, where that matters." => texts(&it.acquirers, Record::Right(it));
        opt "control-share" Type::Percent, "From which share on control changes." => maybe(it.share.as_ref(), it.tag.partial, |p| Value::Percent(*p));
        opt "price" Type::Text, "What it costs to leave." => maybe_text(it.price().map(|step| &step.text), it.tag.partial);
        req "by" PARTIES, "Who may leave." => parties(facts, &it.by, Record::Right(it));
        opt "text" Type::Text, "The condition in words." => maybe_text(it.text.as_ref(), it.tag.partial);
        opt "gate" Type::Duration, "How long after the start it opens." => gate(it);
    }

    HANDOVER "Handover" Handover(it, facts) "What is handed over." {
        req "id" Type::Name, "Its item's id." => text(&it.tag.id);
        req "what" Type::Text, "What." => text(&it.what);
        opt "to" Type::Record(&PARTY), "To whom." => it.to.as_ref().map_or_else(|| absent(it.tag.partial), |to| one_party(facts, to));
        opt "within" Type::Duration, "In which time." => maybe(it.within.as_ref(), it.tag.partial, duration);
    }

    LIABILITY "Liability" Liability(it, facts) "Who is liable for how much." {
        req "caps" Type::List(&Type::Record(&CAP)), "The caps." => items(it, "liability", &it.liability.caps, Record::Cap);
        req "uncapped" TEXTS, "What no cap covers." => {
            let caps = it.liability.caps.iter();
            let uncapped = caps.flat_map(|cap| cap.uncapped.iter().chain(&cap.terms.more.except));
            // What is no part of the losses that are left out has no limit either.
            let kept = it.liability.excluded.iter().flat_map(|excluded| &excluded.terms.more.except);
            list(uncapped.chain(kept).map(text), section(it, "liability"), it.doubt("liability"))
        };
        req "duties" Type::List(&Type::Record(&DUTY)), "Indemnities, insurance, warranties and damages fixed in advance." => items(it, "liability", &it.liability.duties, Record::Duty);
        req "claims" Type::List(&Type::Record(&CLAIM_LIMIT)), "Until when a claim can be made." => items(it, "liability", &it.liability.claims, Record::ClaimLimit);
        req "excluded" TEXTS, "Heads of loss left out." => {
            let heads = it.liability.excluded.iter().flat_map(|excluded| &excluded.heads);
            list(heads.map(text), section(it, "liability"), it.doubt("liability"))
        };
    }

    DUTY "Duty" Duty(it, facts) "An indemnity, insurance, warranty, fixed damages, or a duty of secrecy." with ["survives", "survives-for", "lasts", "within", "except", "conditions", "at-least", "at-most", "costs", "consent"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "verb" Type::Text, "`indemnifies`, `insures`, `warrants`, `pays` or `protects`." => known(Value::Text(it.verb.into()), it.tag.id.span);
        req "by" PARTIES, "Who." => parties(facts, &it.by, Record::Duty(it));
        req "to" PARTIES, "Towards whom." => it.to.as_ref().map_or_else(|| list([], Record::Duty(it).anchor(), it.tag.partial), |to| parties(facts, to, Record::Duty(it)));
        req "what" TEXTS, "What." => texts(&it.what, Record::Duty(it));
        opt "amount" Type::Text, "How much, of damages fixed in advance." => maybe_text(it.amount.as_ref(), it.tag.partial);
        opt "returned" Type::Text, "When what was given is given back." => maybe_text(it.returned.as_ref(), it.tag.partial);
    }

    CLAIM_LIMIT "ClaimLimit" ClaimLimit(it, facts) "Until when a claim can be made." with ["within", "except"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
    }

    FORUM "Forum" Forum(it, facts) "Where a dispute goes." with ["within", "costs", "flags", "outcomes"]; {
        req "id" Type::Name, "Its id." => text(&it.step.tag.id);
        req "kind" Type::Word(&FORUM_KIND), "What it is." => known(Value::Word(it.kind), it.step.text.span);
        opt "rules" Type::Text, "By which rules, or before whom." => maybe(it.rules.as_ref(), it.step.tag.partial, words);
        opt "seat" Type::Text, "Where it sits." => maybe_text(it.seat.as_ref(), it.step.tag.partial);
        opt "language" Type::Text, "In which language." => maybe_text(it.language.as_ref(), it.step.tag.partial);
        opt "arbitrators" Type::Text, "How many arbitrators, as written." => maybe_text(it.arbitrators.as_ref(), it.step.tag.partial);
    }

    CAP "Cap" Cap(it, facts) "A cap on liability." with ["except"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "by" PARTIES, "Whose." => everybody(facts, it.by.as_ref(), Record::Cap(it));
        opt "amount" Type::Money, "How much, where it is a sum." => maybe(it.amount.as_ref(), it.tag.partial, |m| Value::Money(*m));
    }

    ASSIGNMENT "Assignment" Assignment(it, facts) "Who may hand it on." with ["consent", "conditions", "except"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "by" PARTIES, "Who." => parties(facts, &it.by, Record::Assignment(it));
    }

    DISPUTES "Disputes" Disputes(it, facts) "Which law, and how disputes go." {
        req "law" TEXTS, "The laws that govern the agreement, not those of some subject of it only." => {
            let whole = it.disputes.law.iter().filter(|law| law.terms.scope.field.is_empty());
            let laws = whole.map(|law| leaf(&law.law, words));
            list(laws, section(it, "disputes"), it.doubt("disputes"))
        };
        req "forums" Type::List(&Type::Record(&FORUM)), "Where disputes go, in order." => items(it, "disputes", &it.disputes.forums, Record::Forum);
        req "steps" Type::List(&Type::Record(&STEP)), "The steps, in order." => list(it.disputes.forums.iter().map(|forum| record(Record::Step(&forum.step))), section(it, "disputes"), it.doubt("disputes"));
    }

    AMENDMENT "Amendment" Amendment(it, facts) "How it is changed." {
        req "renegotiations" TEXTS, "What is to be talked about again." => {
            let what = it.amendment.iter().flat_map(|item| &item.what);
            list(what.map(text), section(it, "amendment"), it.doubt("amendment"))
        };
    }

    CLAUSE "Clause" Clause(it, facts) "A one-line clause." {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "category" Type::Word(&CATEGORY), "Its category." => word(&it.category);
        req "text" Type::Text, "The line." => leaf(&it.text, words);
        opt "see" Type::Text, "The section of the paper it cites." => maybe_text(it.tag.see.as_ref(), it.tag.partial);
    }

    SCHEDULE "Schedule" Schedule(it, facts) "An exhibit or a sister agreement." with ["changeable", "except", "flags"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "titles" TEXTS, "Its title, or the order of precedence." => texts(&it.titles, Record::Schedule(it));
        req "called" TEXTS, "All it is called: its titles, the words of its id, and what of the paper it cites." => called(it);
        req "sister" Type::Flag, "Whether it is another agreement." => known(Value::Flag(it.sister), it.tag.id.span);
        req "blank" Type::Flag, "Whether nothing stands in it." => flag(it.terms.more.open.as_ref().filter(|hole| hole.node.is_open()).map(|hole| hole.span), it.tag.id.span);
    }

    DEFINITION "Definition" Definition(it, facts) "A word with a meaning of its own." with ["changeable", "except"]; {
        req "id" Type::Name, "The word." => text(&it.tag.id);
        req "meaning" TEXTS, "What it means." => texts(&it.meaning, Record::Definition(it));
        req "used" Type::Flag, "Whether another item names it, by its id or by its words." => {
            let used = nth(&facts.agreement.definitions, it).and_then(|n| facts.derived.used().get(n));
            // What could not be read may name it.
            match whole_doubt(facts.agreement).filter(|_| used != Some(&true)) {
                Some(doubt) => Fact::Unreadable(doubt),
                None => known(Value::Flag(used == Some(&true)), it.tag.id.span),
            }
        };
    }

    WAIVER "Waiver" Waiver(it, facts) "A finding the parties accept." {
        req "rule" Type::Name, "The rule." => text(&it.tag.id);
        opt "reason" Type::Text, "Why." => maybe_text(it.reason.as_ref(), it.tag.partial);
        opt "approver" Type::Text, "Who approved it." => maybe_text(it.approver.as_ref(), it.tag.partial);
        req "items" TEXTS, "For which items only." => texts(&it.items, Record::Waiver(it));
    }
}

/// Every record, the agreement first.
pub static RECORDS: &[&RecordType] = &[
    &AGREEMENT_RECORD,
    &CALENDAR,
    &CLOCK,
    &PARTY,
    &BENEFIT,
    &PERSON,
    &RATIONALE,
    &ANSWER,
    &AREA,
    &TERM,
    &RENEWAL,
    &COMMITMENT,
    &STEP,
    &PAYMENT,
    &METRIC,
    &BASELINE,
    &TARGET,
    &SOURCE,
    &MEASURE,
    &GOVERNANCE,
    &BODY,
    &SEAT,
    &POWER,
    &NEXT,
    &MEETING,
    &IP,
    &ASSET,
    &OWNER,
    &LICENCE,
    &ATTRIBUTION,
    &ROW,
    &SHARE,
    &SHARE_TABLE,
    &SHARE_LIMIT,
    &EXCLUSIVITY,
    &GRANT,
    &RIGHTS,
    &FIRST_RIGHT,
    &AUDIT,
    &RESTRICTION,
    &SEGMENT,
    &NOTICE,
    &EXIT,
    &RIGHT,
    &HANDOVER,
    &LIABILITY,
    &CAP,
    &DUTY,
    &CLAIM_LIMIT,
    &FORUM,
    &ENABLEMENT,
    &PAYMENT_RULE,
    &RECEIPT,
    &ASSIGNMENT,
    &DISPUTES,
    &AMENDMENT,
    &CLAUSE,
    &SCHEDULE,
    &DEFINITION,
    &WAIVER,
    &TIMELINE,
    &WINDOW,
    &OUTSIDE,
    &BACKWARD,
    &CHAIN,
    &ROUNDED,
    &TIMED_ITEM,
    &TIME,
    &SUM,
    &BAND_FLAW,
    &TABLE_FLAW,
    &RIVAL,
    &HOLE,
    &PASSAGE,
];

/// A section: always there; where it stands is its heading. Asking whether it is stated asks for that.
pub(super) fn section_record<'a>(
    agreement: &'a Agreement,
    name: &str,
    record: Record<'a>,
) -> Fact<'a> {
    match agreement.heading(name) {
        Some(heading) => Fact::Known(Value::Record(record), Where::At(heading.span)),
        None => Fact::Known(Value::Record(record), Where::Nowhere),
    }
}

/// What may hide further members of a list over the whole agreement.
pub(super) fn whole_doubt(agreement: &Agreement) -> Option<Span> {
    let headings = agreement.sections.headings.iter().flatten().find_map(|heading| heading.partial);
    agreement.sections.unknown.or(headings).or(agreement.header.partial)
}

/// The place of a part in the list it belongs to.
pub(super) fn nth<T>(list: &[T], part: &T) -> Option<usize> {
    place_of(list, part).filter(|index| std::ptr::eq(&raw const list[*index], part))
}

/// The place in a list of what a part lies in. Told by where it lies: to look for each part of a long
/// list would take the square of its length.
fn place_of<T, P>(list: &[T], part: &P) -> Option<usize> {
    let into = std::ptr::from_ref(part).addr().checked_sub(list.as_ptr().addr())?;
    into.checked_div(size_of::<T>()).filter(|index| *index < list.len())
}

/// What a schedule is called: `exhibit-c: "Payments"; see "section 6.1, exhibit C"`.
fn called(schedule: &crate::agreement::Schedule) -> Fact<'_> {
    let id = std::borrow::Cow::Owned(schedule.tag.id.node.replace(['-', '_'], " "));
    let id = known(Value::Text(id), schedule.tag.id.span);
    let cited = schedule.tag.see.iter().map(text);
    let names = schedule.titles.iter().map(text).chain([id]).chain(cited);
    let owner = Record::Schedule(schedule);
    list(names, owner.anchor(), owner.partial())
}

fn rights(agreement: &Agreement, wanted: impl Fn(&Right) -> bool) -> Fact<'_> {
    let rights = agreement.exit.rights.iter().filter(|right| wanted(right));
    list(
        rights.map(|right| record(Record::Right(right))),
        section(agreement, "exit"),
        agreement.doubt("exit"),
    )
}

/// `not before 6 months after start` as the length it is.
fn gate(right: &Right) -> Fact<'_> {
    let Some(gate) = &right.terms.more.gate else { return absent(right.tag.partial) };
    if let MomentKind::Distance { by, before: false, from } = &gate.node
        && let (Given::Value(Scalar::Period(period)), MomentKind::Named(start)) =
            (&by.node, &from.node)
        && start == "start"
    {
        return known(Value::Duration(*period), gate.span);
    }
    Fact::Unclear("it does not count from the start".into(), Where::At(gate.span))
}

pub(super) fn steps<'a>(
    commitment: &'a Commitment,
    found: impl Iterator<Item = &'a crate::agreement::Step>,
) -> Fact<'a> {
    let mut place = Record::Commitment(commitment).anchor();
    if let Some(first) = commitment.terms.if_missed().next() {
        place.span = first.text.span;
    }
    let open = commitment.terms.more.consequences.iter().find_map(|found| found.open);
    let doubt = open.map(Span::from).or(commitment.tag.partial);
    list(found.map(|step| record(Record::Step(step))), place, doubt)
}

/// What a commitment is worth: as stated, or the money it promises.
pub(super) fn worth(commitment: &Commitment) -> Fact<'_> {
    if let Some(worth) = &commitment.worth {
        return leaf(worth, |money| Value::Money(*money));
    }
    let promised = commitment
        .amount
        .as_ref()
        .and_then(|amount| Some((amount.node.value()?.money()?, amount.span)));
    promised.map_or_else(
        || absent(commitment.tag.partial),
        |(money, at)| known(Value::Money(money), at),
    )
}

/// The first (0) or last (1) day of a commitment.
pub(super) fn life<'a>(facts: Facts<'a>, commitment: &'a Commitment, end: usize) -> Fact<'a> {
    let terms = &commitment.terms;
    let stated = if end == 0 { &terms.first } else { &terms.last };
    let life = || {
        stated.as_ref()?;
        let place = nth(&facts.agreement.commitments, commitment)?;
        facts.derived.lives().get(place)
    };
    match life() {
        Some((first, last)) => dated(if end == 0 { first } else { last }),
        None => absent(commitment.tag.partial),
    }
}

/// A date of a metric, by its place in the derived facts.
pub(super) fn metric_date<'a>(
    facts: Facts<'a>,
    metric: &'a Metric,
    which: usize,
    stated: bool,
) -> Fact<'a> {
    let date = || {
        let place = nth(&facts.agreement.metrics, metric).filter(|_| stated)?;
        facts.derived.metric_dates().get(place)?.get(which)
    };
    date().map_or_else(|| absent(metric.tag.partial), dated)
}

/// The date of a baseline (1) or target (2).
pub(super) fn point_date<'a>(facts: Facts<'a>, point: &'a Point, which: usize) -> Fact<'a> {
    let is_mine = |metric: &&Metric| {
        let points = [metric.baseline.as_ref(), metric.target.as_ref()];
        points.into_iter().flatten().any(|other| std::ptr::eq(other, point))
    };
    let metrics = &facts.agreement.metrics;
    match place_of(metrics, point).map(|place| &metrics[place]).filter(is_mine) {
        Some(metric) => metric_date(facts, metric, which, point.on.is_some()),
        None => absent(point.tag.partial),
    }
}

#[cfg(test)]
mod tests {
    use super::nth;

    #[test]
    fn a_part_is_found_in_its_own_list_only() {
        let list = [String::from("a"), String::from("b"), String::from("b")];
        let places: Vec<_> = list.iter().map(|part| nth(&list, part)).collect();
        assert_eq!(places, [Some(0), Some(1), Some(2)]);
        let (first, others) = list.split_at(1);
        assert_eq!(nth(others, &first[0]), None);
        assert_eq!(nth(first, &others[1]), None);
        assert_eq!(nth(&[], &list[0]), None);
    }
}
