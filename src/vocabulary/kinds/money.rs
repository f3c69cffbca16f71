//! What is promised, paid, measured and enabled.

use super::words::{BOUND, CARRIED, CONTRIBUTION, FAMILY, MEASURE_KIND, STEP_KIND};
use super::{PARTY, life, metric_date, point_date, steps, worth};
use crate::agreement::Flow;
use crate::source::Span;
use crate::syntax::ast::Bound;
use crate::value::{Given, Measure as Unit};
use crate::vocabulary::accessors::{
    absent, duration, flag, known, leaf, list, maybe, maybe_text, parties, quantity, record, text,
    texts, word, words,
};
use crate::vocabulary::{Fact, Record, Type, Value};

const TEXTS: Type = Type::List(&Type::Text);
const PARTIES: Type = Type::List(&Type::Record(&PARTY));

const fn bound_word(bound: Bound) -> &'static str {
    match bound {
        Bound::AtLeast => "at-least",
        Bound::AtMost => "at-most",
        Bound::MoreThan => "more-than",
        Bound::LessThan => "less-than",
        Bound::Exact => "exact",
    }
}

/// The bands of a payment, where they are not those of another.
fn own_bands(payment: &crate::agreement::Payment) -> Option<&crate::agreement::Bands> {
    payment.flow.course.bands.as_ref().filter(|bands| bands.same_as.is_none())
}

/// The first tail of an amount that is a length of time.
fn tail(flow: &Flow, partial: Option<Span>) -> Fact<'_> {
    maybe(flow.course.tails.iter().find_map(|tail| tail.lasts.as_ref()), partial, duration)
}

/// What a metric does not state; unknown where it is left open as a whole.
fn unsaid(metric: &crate::agreement::Metric) -> Fact<'_> {
    let open = metric.open.as_ref();
    open.map_or_else(|| absent(metric.tag.partial), |hole| Fact::Hole(&hole.node, hole.span))
}

/// Where a payment says when it is due. The last day of one that recurs ends it, and is no due day.
fn timed(payment: &crate::agreement::Payment) -> Option<Span> {
    let terms = &payment.terms;
    let once = terms.per.is_none() && payment.flow.course.tails.is_empty();
    let day = terms.last.as_ref().or(terms.more.before.as_ref()).filter(|_| once);
    let due = payment.flow.course.due.as_ref().map(|due| due.span);
    due.or_else(|| terms.within.as_ref().map(|within| within.span))
        .or_else(|| day.map(|day| day.span))
}

/// What is carried over to a later period.
fn carry<'a>(flow: &Flow, partial: Option<Span>) -> Fact<'a> {
    flow.course.carry.as_ref().map_or_else(|| absent(partial), |carry| word(&carry.what))
}

/// Every figure of an amount, in the order of its periods.
fn figures<'a>(flow: &'a Flow, owner: Record<'a>) -> Fact<'a> {
    list(flow.steps.iter().map(|step| leaf(step, quantity)), owner.anchor(), owner.partial())
}

records! {
    COMMITMENT "Commitment" Commitment(it, facts) "What a party promises." with ["per", "survives", "owner", "tracked", "if-missed", "conditions", "except", "at-least", "at-most"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "by" PARTIES, "Who promises." => parties(facts, &it.by, Record::Commitment(it));
        req "each" Type::Flag, "Whether each of those who promise it promises it for itself, as `each party` does." => flag(it.by.each, it.by.span);
        req "text" Type::Text, "The promise in words." => text(&it.text);
        opt "amount" Type::Quantity, "How much; a promise in words has none." => maybe(it.amount.as_ref(), it.tag.partial, quantity);
        req "bound" Type::Word(&BOUND), "From which side the amount is bounded." => known(Value::Word(bound_word(it.bound.node)), it.bound.span);
        opt "brings" Type::Word(&CONTRIBUTION), "What kind of contribution it is." => it.brings.as_ref().map_or_else(|| absent(it.tag.partial), word);
        opt "worth" Type::Money, "What it is worth." => worth(it);
        opt "first" Type::Date, "From when it runs." => life(facts, it, 0);
        opt "last" Type::Date, "Until when it runs, or by when it is due." => life(facts, it, 1);
        opt "serves" Type::Name, "The metric it serves." => maybe(it.serves.as_ref(), it.tag.partial, words);
        req "amounts" Type::List(&Type::Quantity), "Every figure of the amount, in the order of its periods." => figures(&it.flow, Record::Commitment(it));
        req "level" Type::Flag, "Whether it is a level kept at all times, not a flow that adds up." => known(Value::Flag(it.level), it.bound.span);
        opt "carry" Type::Word(&CARRIED), "What is carried over to a later period." => carry(&it.flow, it.tag.partial);
        opt "sampled" Type::Text, "How a level is sampled." => maybe_text(it.flow.course.sampled.as_ref(), it.tag.partial);
        opt "due" Type::Text, "When it is due, as written." => maybe_text(it.flow.course.due.as_ref(), it.tag.partial);
        req "consequences" Type::List(&Type::Record(&STEP)), "What a miss leads to: as the item says, and what escalation, cure and exit for breach attach to every miss." => steps(it, it.terms.if_missed().chain(facts.derived.remedies()));
    }

    STEP "Step" Step(it, facts) "A step of a consequence or a ladder." {
        req "does" Type::Word(&STEP_KIND), "What it does." => word(&it.does);
        req "text" Type::Text, "The step in words." => text(&it.text);
        opt "within" Type::Duration, "In which time." => maybe(it.within.as_ref(), None, duration);
        req "order" Type::Number, "The how-manieth it is, from 1." => known(Value::Number(it.order.into()), it.text.span);
    }

    PAYMENT "Payment" Payment(it, facts) "What is paid to whom." with ["per", "conditions", "except", "at-least", "at-most", "changeable"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "by" PARTIES, "Who pays." => parties(facts, &it.by, Record::Payment(it));
        req "to" PARTIES, "To whom." => parties(facts, &it.to, Record::Payment(it));
        opt "amount" Type::Quantity, "How much, where it is a sum." => maybe(it.amount.as_ref(), it.tag.partial, quantity);
        opt "text" Type::Text, "What is paid, where it is said in words only." => maybe_text(it.text.as_ref(), it.tag.partial);
        req "amounts" Type::List(&Type::Quantity), "Every figure of the amount, in the order of its periods." => figures(&it.flow, Record::Payment(it));
        opt "due" Type::Text, "When it is due, as written." => maybe_text(it.flow.course.due.as_ref(), it.tag.partial);
        req "timed" Type::Flag, "Whether it says when it is due: by its own words, or by the day of a single payment." => flag(timed(it), it.tag.id.span);
        opt "carry" Type::Word(&CARRIED), "What is carried over to a later period." => carry(&it.flow, it.tag.partial);
        opt "true-up" Type::Text, "When what was estimated is settled." => maybe_text(it.flow.course.true_up.as_ref(), it.tag.partial);
        opt "estimated" Type::Text, "What it is estimated on." => maybe_text(it.flow.course.estimated.as_ref(), it.tag.partial);
        req "creditable" TEXTS, "What it can be set off against." => texts(&it.flow.course.creditable, Record::Payment(it));
        opt "rate" Type::Percent, "The share, where it is one." => maybe(it.rate.as_ref(), it.tag.partial, |p| Value::Percent(*p));
        req "rated" Type::Flag, "Whether it is a share and not a sum." => flag(it.shared, it.tag.id.span);
        req "passes-on" Type::Flag, "Whether all of what came in is passed on: 100% of it." => flag(it.shared.filter(|_| it.passes_on()), it.tag.id.span);
        req "banded" Type::Flag, "Whether its rate is cut in bands." => flag(own_bands(it).map(|bands| bands.axis.span), it.tag.id.span);
        opt "bands-by" Type::Text, "The figure its bands are cut from." => maybe_text(own_bands(it).map(|bands| &bands.axis), it.tag.partial);
        opt "bands-mean" Type::Text, "How its bands are counted: `marginal`, `whole`, `per unit`." => maybe_text(own_bands(it).and_then(|bands| bands.semantics.as_ref()), it.tag.partial);
        opt "base" Type::Text, "What the share is taken of." => maybe_text(it.base.as_ref(), it.tag.partial);
        opt "tail" Type::Duration, "How long it goes on after the end." => tail(&it.flow, it.tag.partial);
        req "has-tail" Type::Flag, "Whether anything goes on being earned after the end." => flag(it.flow.course.tails.first().map(|tail| tail.text.span), it.tag.id.span);
    }

    METRIC "Metric" Metric(it, facts) "A target." {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "measure" Type::Word(&MEASURE_KIND), "How it counts." => leaf(&it.measure, |measure| Value::Word(measure));
        opt "family" Type::Word(&FAMILY), "What it tells about." => it.family.as_ref().map_or_else(|| unsaid(it), word);
        opt "definition" Type::Text, "What is counted." => it.definition.as_ref().map_or_else(|| unsaid(it), |counted| leaf(counted, words));
        opt "limits" Type::Text, "What it cannot tell." => it.limits.as_ref().map_or_else(|| unsaid(it), |limits| leaf(limits, words));
        opt "basis" Type::Text, "Which credit it counts by." => it.basis.as_ref().map_or_else(|| unsaid(it), text);
        opt "agreed" Type::Date, "When it was agreed." => metric_date(facts, it, 0, it.agreed.is_some());
        opt "baseline" Type::Record(&BASELINE), "Where it starts from." => it.baseline.as_ref().map_or_else(|| unsaid(it), |p| record(Record::Baseline(p)));
        opt "target" Type::Record(&TARGET), "Where it is to get to." => it.target.as_ref().map_or_else(|| absent(it.tag.partial), |p| record(Record::Target(p)));
        req "sources" Type::List(&Type::Record(&SOURCE)), "Where it is read." => {
            let hole = it.open.iter().map(|hole| Fact::Hole(&hole.node, hole.span));
            let sources = it.sources.iter().map(|s| record(Record::Source(s)));
            list(sources.chain(hole), Record::Metric(it).anchor(), it.tag.partial)
        };
    }

    BASELINE "Baseline" Baseline(it, facts) "Where a metric starts from." {
        req "value" Type::Quantity, "The value." => leaf(&it.value, quantity);
        opt "on" Type::Date, "The day it was taken." => point_date(facts, it, 1);
    }

    TARGET "Target" Target(it, facts) "Where a metric is to get to." {
        req "value" Type::Quantity, "The value." => leaf(&it.value, quantity);
        req "unit" Type::Text, "What it counts." => match &it.value.node {
            Given::Value(value) => known(Value::Text(std::borrow::Cow::Borrowed(match &value.unit {
                Unit::Of(name) => name,
                Unit::Money(currency) => currency.code(),
                Unit::Plain => "",
            })), it.value.span),
            Given::Hole(hole) => Fact::Hole(hole, it.value.span),
            Given::Range(..) | Given::Unreadable => Fact::Unreadable(it.value.span),
        };
        opt "by" Type::Date, "The day it is due." => point_date(facts, it, 2);
    }

    SOURCE "Source" Source(it, facts) "Where a metric is read." {
        req "name" Type::Text, "Its name." => text(it);
        req "shared" Type::Flag, "Whether its name says that both sides see it." => known(Value::Flag(it.node.to_lowercase().contains("shared") || it.node.to_lowercase().contains("joint")), it.span);
    }

    MEASURE "Measure" Measure(it, facts) "A figure that shares and payments are taken of." with ["at-least", "at-most", "changeable"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "unit" Type::Text, "A currency or what it counts." => text(&it.unit);
        req "made-of" TEXTS, "The figures a formula is made of." => texts(&it.made_of, Record::Measure(it));
        opt "definition" Type::Text, "What it is." => maybe(it.definition.as_ref(), it.tag.partial, words);
        opt "basis" Type::Text, "Invoiced, collected or accrued." => maybe_text(it.flow.course.basis.as_ref(), it.tag.partial);
    }

    PAYMENT_RULE "PaymentRule" PaymentRule(it, facts) "How payments are made: interest, taxes, set-off, conversion." with ["conditions", "except"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "kind" Type::Text, "`interest`, `withholding`, `set-off` or `conversion`." => known(Value::Text(it.kind.into()), it.text.span);
        req "text" Type::Text, "What it says." => text(&it.text);
    }

    ENABLEMENT "Enablement" Enablement(it, facts) "What one side does so that the other can sell, serve or use." with ["within", "costs", "tracked", "owner", "conditions"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "verb" Type::Text, "`trains`, `briefs`, `supports` or `supplies`." => known(Value::Text(it.verb.into()), it.tag.id.span);
        req "by" PARTIES, "Who." => parties(facts, &it.by, Record::Enablement(it));
        req "to" PARTIES, "Whom, where it is a party." => it.to.as_ref().map_or_else(|| list([], Record::Enablement(it).anchor(), it.tag.partial), |to| parties(facts, to, Record::Enablement(it)));
        req "whom" TEXTS, "Whom, in words." => texts(&it.whom, Record::Enablement(it));
        opt "every" Type::Duration, "How often." => maybe(it.every.as_ref(), it.tag.partial, duration);
        req "timed" Type::Flag, "Whether it says by when or how often." => {
            let last = it.terms.last.as_ref().map(|moment| moment.span);
            flag(it.every.as_ref().map(|every| every.span).or(last), it.tag.id.span)
        };
    }
}
