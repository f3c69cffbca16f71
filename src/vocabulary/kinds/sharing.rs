//! Tables of shares besides their rows: running totals, floors and caps, precedence.

use super::PARTY;
use super::words::BOUND;
use crate::agreement::LimitOf;
use crate::source::Span;
use crate::vocabulary::accessors::{
    absent, duration, flag, known, leaf, list, maybe, maybe_text, record, text, texts,
};
use crate::vocabulary::{Fact, Record, Type, Value};

const TEXTS: Type = Type::List(&Type::Text);

records! {
    SHARE_TABLE "ShareTable" ShareTable(it, facts) "A table of shares." {
        req "id" Type::Name, "The item it belongs to." => text(&it.tag.id);
        req "currency" Type::Currency, "In which currency it counts." => known(Value::Currency(it.currency.node), it.currency.span);
        req "banded" Type::Flag, "Whether a column of it bounds a running total." => flag(it.banded.as_ref().map(|bands| bands.span), it.tag.id.span);
        opt "bands-by" Type::Text, "That column." => maybe_text(it.banded.as_ref().map(|bands| &bands.column), it.tag.partial);
        opt "bands-mean" Type::Text, "How its bands are counted: `marginal`, `whole`, `per unit`." => maybe_text(it.banded.as_ref().and_then(|bands| bands.semantics.as_ref()), it.tag.partial);
        opt "bands-per" Type::Duration, "How often the total starts anew." => {
            let anew = it.banded.as_ref().and_then(|bands| bands.anew.as_ref());
            maybe(anew.map(|cycle| &cycle.length), it.tag.partial, duration)
        };
        req "limits" Type::List(&Type::Record(&SHARE_LIMIT)), "What a side gets at least or at most." => {
            let limits = it.limits.iter().map(|limit| record(Record::ShareLimit(limit)));
            list(limits, Record::ShareTable(it).anchor(), it.tag.partial)
        };
        req "prevails-over" TEXTS, "The agreements it goes before, by their ids." => texts(&it.prevails_over, Record::ShareTable(it));
    }

    SHARE_LIMIT "ShareLimit" ShareLimit(it, facts) "What a side gets of a table at least or at most." {
        req "party" Type::Record(&PARTY), "The side." => facts.agreement.parties.get(it.party.node).map_or(Fact::Unreadable(it.party.span), |p| known(Value::Record(Record::Party(p)), it.party.span));
        req "bound" Type::Word(&BOUND), "Whether it is the least or the most." => known(Value::Word(if it.least { "at-least" } else { "at-most" }), it.span);
        req "amount" Type::Money, "How much." => leaf(&it.amount, |money| Value::Money(*money));
        req "of" Type::Text, "Of what: `deal`, a period by its name, or `all`." => known(Value::Text(it.per.name().into()), it.span);
        req "each-deal" Type::Flag, "Whether it holds for each deal by itself." => flag(each_deal(it), it.span.0);
        opt "per" Type::Duration, "In which period; none where it holds for each deal, or in all." => match &it.per {
            LimitOf::Cycle(cycle) => leaf(&cycle.length, duration),
            LimitOf::Deal(_) | LimitOf::All => absent(None),
        };
    }
}

fn each_deal(limit: &crate::agreement::ShareLimit) -> Option<Span> {
    match &limit.per {
        LimitOf::Deal(at) => Some(at.0),
        LimitOf::Cycle(_) | LimitOf::All => None,
    }
}
