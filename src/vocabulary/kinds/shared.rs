//! Facts that mean the same in every section: what any item may state besides its head.

use super::{PERSON, STEP, territory};
use crate::agreement::{Limit, Terms};
use crate::source::Span;
use crate::vocabulary::accessors::{
    absent, duration, flag, known, leaf, list, maybe, maybe_text, quantity, record, texts, words,
};
use crate::vocabulary::{Fact, Facts, Field, Record, Type, Value};

/// One line a fact: its name, its type, what it says, and how it is read off the shared points.
macro_rules! shared {
    ($($need:ident $field:literal $type:expr, $says:literal => |$terms:ident, $record:ident| $get:expr;)*) => {
        /// The shared facts. A record type names those that its items can state.
        pub(in crate::vocabulary) static SHARED: &[Field] = &[$(Field {
            name: $field,
            ty: $type,
            optional: optional!($need),
            doc: $says,
            get: {
                fn get<'a>($record: Record<'a>, _: Facts<'a>) -> Fact<'a> {
                    let Some($terms) = $record.terms() else {
                        unreachable!("only records with shared points answer shared facts")
                    };
                    $get
                }
                get
            },
        },)*];
    };
}

const TEXTS: Type = Type::List(&Type::Text);

shared! {
    req "territory" Type::List(&Type::Country), "In which places." => |terms, it| territory(&terms.scope, it);
    req "places" TEXTS, "In which places, by words or by the name of an area." => |terms, it| texts(&terms.scope.places, it);
    req "products" TEXTS, "Of what." => |terms, it| texts(&terms.scope.products, it);
    req "field" TEXTS, "For what." => |terms, it| texts(&terms.scope.field, it);
    req "channel" TEXTS, "Through which channels." => |terms, it| texts(&terms.scope.channel, it);
    req "against" TEXTS, "Against whom." => |terms, it| texts(&terms.scope.against, it);
    opt "lasts" Type::Duration, "For how long." => |terms, it| maybe(terms.lasts.as_ref(), it.partial(), duration);
    opt "within" Type::Duration, "In which time." => |terms, it| maybe(terms.within.as_ref(), it.partial(), duration);
    req "survives" Type::Flag, "Whether it goes on after the end." => |terms, it| flag(terms.more.survives, at(it));
    opt "survives-for" Type::Duration, "How long it goes on after the end." => |terms, it| maybe(terms.more.survives_for.as_ref(), it.partial(), duration);
    req "conditions" TEXTS, "On what it depends." => |terms, it| {
        let mut place = it.anchor();
        if let Some(first) = terms.conditions.first() { place.span = first.text.span; }
        let members = terms.conditions.iter().map(|found| crate::vocabulary::accessors::text(&found.text));
        list(members, place, it.partial())
    };
    req "except" TEXTS, "What is left out." => |terms, it| texts(&terms.more.except, it);
    req "outcomes" Type::List(&Type::Record(&STEP)), "What follows from it, in order." => |terms, it| {
        list(terms.more.outcomes.iter().map(|step| record(Record::Step(step))), it.anchor(), it.partial())
    };
    req "if-missed" Type::List(&Type::Record(&STEP)), "What a miss leads to, as the item says." => |terms, it| missed(terms, it);
    opt "notice" Type::Duration, "With how much notice." => |terms, it| maybe(terms.clocks.notice.as_ref(), it.partial(), duration);
    opt "cure" Type::Duration, "In which time a breach can be mended." => |terms, it| maybe(terms.clocks.cure.as_ref(), it.partial(), duration);
    opt "answer" Type::Duration, "In which time to answer." => |terms, it| maybe(terms.clocks.answer.as_ref(), it.partial(), duration);
    opt "agree" Type::Duration, "In which time to agree." => |terms, it| maybe(terms.clocks.agree.as_ref(), it.partial(), duration);
    opt "close" Type::Duration, "In which time to close." => |terms, it| maybe(terms.clocks.close.as_ref(), it.partial(), duration);
    opt "object" Type::Duration, "In which time to object." => |terms, it| maybe(terms.clocks.object.as_ref(), it.partial(), duration);
    opt "extension" Type::Duration, "To how much the time to cure can grow." => |terms, it| {
        maybe(terms.more.extension.as_ref().and_then(|more| more.to.as_ref()), it.partial(), duration)
    };
    opt "consent" Type::Text, "With consent, with notice, or freely." => |terms, it| {
        maybe_text(terms.more.consent.as_ref().map(|consent| &consent.word), it.partial())
    };
    opt "silence" Type::Text, "What silence means." => |terms, it| maybe_text(terms.more.silence.as_ref(), it.partial());
    opt "at-least" Type::Quantity, "The least there must be." => |terms, it| limit(terms.more.at_least.as_deref(), it);
    opt "at-most" Type::Quantity, "The most there may be." => |terms, it| limit(terms.more.at_most.as_deref(), it);
    opt "per" Type::Duration, "In which period it recurs." => |terms, it| maybe(terms.per.as_ref(), it.partial(), duration);
    opt "costs" Type::Text, "Who bears the cost." => |terms, it| {
        maybe_text(terms.more.costs.as_ref().map(|costs| &costs.on), it.partial())
    };
    req "changeable" Type::Flag, "Whether somebody may change it later." => |terms, it| {
        let change = terms.more.changes.first().map(|change| change.by.span);
        known(Value::Flag(change.is_some()), change.unwrap_or_else(|| at(it)))
    };
    req "flags" TEXTS, "Bare words such as `exclusive` or `royalty-free`." => |terms, it| texts(&terms.more.flags, it);
    opt "on-exit" Type::Text, "What happens to it at the end." => |terms, it| maybe(terms.more.on_exit.as_ref(), it.partial(), words);
    opt "owner" Type::Record(&PERSON), "Who answers for it." => |terms, it| {
        maybe(terms.owner.as_deref(), it.partial(), |person| Value::Record(Record::Person(person)))
    };
    opt "tracked" Type::Text, "Where it is evidenced." => |terms, it| maybe(terms.tracked.as_ref(), it.partial(), words);
}

fn at(record: Record<'_>) -> Span {
    record.anchor().span
}

/// A limit as the quantity it is; one in words or by a formula compares with nothing.
fn limit<'a>(found: Option<&'a Limit>, record: Record<'_>) -> Fact<'a> {
    let Some(limit) = found else { return absent(record.partial()) };
    match &limit.amount {
        Some(amount) => leaf(amount, quantity),
        None => Fact::Unclear(
            "it is no single figure".into(),
            crate::vocabulary::Where::At(limit.text.span),
        ),
    }
}

/// What a miss leads to; where that is left open, the list may have more.
fn missed<'a>(terms: &'a Terms, owner: Record<'a>) -> Fact<'a> {
    let mut place = owner.anchor();
    if let Some(first) = terms.if_missed().next() {
        place.span = first.text.span;
    }
    let open = terms.more.consequences.iter().find_map(|found| found.open).map(Span::from);
    let steps = terms.if_missed().map(|step| record(Record::Step(step)));
    list(steps, place, open.or(owner.partial()))
}
