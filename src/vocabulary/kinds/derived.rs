//! What is derived or gathered from every section: windows, days, times, sums, flaws, holes, words.

use super::words::{FLAW, HOLE_TYPE, SECTION, TABLE_FLAW_KIND, TIME_ROLE, TIME_UNIT};
use super::{PARTY, whole_doubt};
use crate::agreement::{Agreement, OpenPlace, Time};
use crate::source::Span;
use crate::value::{Given, HoleKind, Period, When};
use crate::vocabulary::accessors::{
    dated, duration, everybody, known, leaf, list, maybe, record, text, words,
};
use crate::vocabulary::facts::section;
use crate::vocabulary::{Fact, Record, Type, Value, Where};

const TEXTS: Type = Type::List(&Type::Text);
const PARTIES: Type = Type::List(&Type::Record(&PARTY));

records! {
    TIMELINE "Timeline" Timeline(it, facts) "When things fall." {
        req "outside" Type::List(&Type::Record(&OUTSIDE)), "Promises for a day that certainly lies outside the term." => {
            let members = facts.derived.outside().iter().map(|found| record(Record::Outside(found)));
            list(members, section(it, "term"), partial(it, &["term", "commitments", "payments", "enablement", "exclusivity"]))
        };
        req "backward" Type::List(&Type::Record(&BACKWARD)), "What certainly ends before it begins." => {
            let members = facts.derived.backward().iter().map(|found| record(Record::Backward(found)));
            list(members, Record::Agreement(it).anchor(), whole_doubt(it))
        };
        req "chains" Type::List(&Type::Record(&CHAIN)), "Steps that follow one another, beside the time that is stated for all of them." => {
            let members = facts.derived.chains().iter().map(|chain| record(Record::Chain(chain)));
            list(members, Record::Agreement(it).anchor(), whole_doubt(it))
        };
        req "rounded" Type::List(&Type::Record(&ROUNDED)), "Days that are one of two, because a month is too short and nothing is said of how it rounds." => {
            let members = facts.derived.rounded().iter().map(|found| record(Record::Rounded(found)));
            list(members, Record::Agreement(it).anchor(), whole_doubt(it))
        };
        req "windows" Type::List(&Type::Record(&WINDOW)), "The windows in which a notice can be given." => {
            let members = facts.derived.windows().iter().map(|window| record(Record::Window(window)));
            list(members, section(it, "term"), it.doubt("term").or(it.doubt("exit")))
        };
    }

    WINDOW "Window" Window(it, facts) "From when until when a notice can be given." {
        req "purpose" Type::Text, "What the notice is for." => known(words(&it.purpose), it.span);
        req "by" PARTIES, "Who can give it." => everybody(facts, it.by.as_ref(), Record::Window(it));
        opt "opens" Type::Date, "The first day." => dated(&it.opens);
        opt "closes" Type::Date, "The last day." => dated(&it.closes);
        opt "notice" Type::Duration, "How long the notice is." => maybe(it.notice.as_ref(), None, duration);
    }

    OUTSIDE "Outside" Outside(it, facts) "A promise for a day that lies outside the term." {
        req "section" Type::Word(&SECTION), "The section it stands in." => Fact::Known(Value::Word(it.section), Where::From(&it.places));
        req "id" Type::Name, "Its id." => Fact::Known(words(&it.item), Where::From(&it.places));
        opt "on" Type::Date, "The day it falls on." => dated(&it.on);
        opt "first" Type::Date, "The first day of the agreement." => dated(&it.first);
        opt "last" Type::Date, "The last day of the term." => dated(&it.last);
    }

    BACKWARD "Backward" Backward(it, facts) "Something that ends before it begins." {
        req "section" Type::Word(&SECTION), "The section it stands in." => Fact::Known(Value::Word(it.section), Where::From(&it.places));
        req "id" Type::Name, "Its id." => Fact::Known(words(&it.item), Where::From(&it.places));
        req "first" Type::Date, "Its first day." => dated(&it.first);
        req "last" Type::Date, "Its last day." => dated(&it.last);
    }

    CHAIN "Chain" Chain(it, facts) "Steps that follow one another, beside the time that is stated for all of them." {
        req "section" Type::Word(&SECTION), "The section they stand in." => known(Value::Word(it.section), it.total.span);
        req "id" Type::Name, "The id of the item." => known(words(&it.item), it.total.span);
        req "total" Type::Duration, "How long the steps take together." => match &it.total.node {
            Given::Value(total) => Fact::Known(duration(total), Where::From(&it.places)),
            _ => leaf(&it.total, duration),
        };
        req "limit" Type::Duration, "How long they may take together." => leaf(&it.limit, duration);
    }

    ROUNDED "Rounded" Rounded(it, facts) "A day that is one of two, because a month is too short." {
        req "section" Type::Word(&SECTION), "The section it stands in." => Fact::Known(Value::Word(it.section), Where::From(&it.places));
        req "item" Type::Name, "The item it stands in." => Fact::Known(words(&it.item), Where::From(&it.places));
        req "early" Type::Date, "The first day it can be." => Fact::Known(Value::Date(When::day(it.days.0)), Where::From(&it.places));
        req "late" Type::Date, "The last day it can be." => Fact::Known(Value::Date(When::day(it.days.1)), Where::From(&it.places));
    }

    TIMED_ITEM "TimedItem" TimedItem(it, facts) "An item that states a length of time." {
        req "section" Type::Word(&SECTION), "The section it stands in." => known(Value::Word(it.section), it.item.span);
        req "id" Type::Name, "Its id." => text(&it.item);
        req "times" Type::List(&Type::Record(&TIME)), "Its times, in the order written." => {
            let members = it.times.iter().map(|time| record(Record::Time(time)));
            list(members, Record::TimedItem(it).anchor(), partial(facts.agreement, &[it.section]))
        };
    }

    TIME "Time" Time(it, facts) "A length of time, wherever it stands." {
        req "section" Type::Word(&SECTION), "The section it stands in." => known(Value::Word(it.section), it.length.span);
        req "item" Type::Name, "The item it stands in." => text(&it.item);
        req "role" Type::Word(&TIME_ROLE), "What it is for." => known(Value::Word(it.role), it.length.span);
        req "unit" Type::Word(&TIME_UNIT), "In what it is counted." => time_unit(it);
        req "length" Type::Duration, "How long." => leaf(&it.length, duration);
    }

    SUM "Sum" Sum(it, facts) "A sum of money, or a currency that figures are counted in." {
        req "section" Type::Word(&SECTION), "The section it stands in." => known(Value::Word(it.section), it.currency.span);
        req "item" Type::Name, "The item it stands in." => text(&it.item);
        req "currency" Type::Currency, "Its currency." => known(Value::Currency(it.currency.node), it.currency.span);
        opt "value" Type::Money, "How much, where it is a sum." => it.value.as_ref().map_or(Fact::Absent, |sum| known(Value::Money(sum.node), sum.span));
    }

    BAND_FLAW "BandFlaw" BandFlaw(it, facts) "Values that a table of bands leaves out, or covers twice." {
        req "id" Type::Name, "The item of the table." => known(words(&it.item), flaw_place(it));
        req "kind" Type::Word(&FLAW), "Whether no band has them, or two have." => Fact::Known(Value::Word(it.kind), Where::From(&it.places));
        req "values" Type::Text, "The values, in words." => Fact::Known(words(&it.values), Where::From(&it.places));
    }

    TABLE_FLAW "TableFlaw" TableFlaw(it, facts) "What is wrong with a table of shares, shown by one deal." {
        req "table" Type::Name, "The item of the table." => Fact::Known(words(&it.table), Where::From(&it.places));
        req "kind" Type::Word(&TABLE_FLAW_KIND), "Whether no row takes the deal, two rows share it differently, earlier rows leave the row none, only the row for the rest takes it, the row can never apply, or its shares do not make the whole." => Fact::Known(Value::Word(it.kind), Where::From(&it.places));
        opt "row" Type::Name, "The row that is wrong; a gap has none." => it.row.as_ref().map_or(Fact::Absent, |row| Fact::Known(words(row), Where::From(&it.places)));
        req "deal" Type::Text, "The deal." => Fact::Known(words(&it.deal), Where::From(&it.places));
        req "region" Type::Text, "All such deals in words; of a row that can never apply what stands against it, of shares their sum." => Fact::Known(words(&it.region), Where::From(&it.places));
    }

    RIVAL "Rival" Rival(it, facts) "A miss that two items answer in two ways." {
        req "missed" TEXTS, "The commitments that are missed." => {
            let names = it.missed.iter().map(|name| Fact::Known(words(name), Where::Nowhere));
            list(names, Record::Rival(it).anchor(), None)
        };
        req "unordered" Type::Flag, "Whether nothing says which of the two comes first." => Fact::Known(Value::Flag(true), Where::From(&it.places));
        req "lapses" Type::Text, "The item that the miss ends or changes." => known(words(&it.lapses), it.places[1]);
        req "opens" Type::Text, "The right to leave that it opens." => known(words(&it.opens), it.places[0]);
    }

    HOLE "Hole" Hole(it, facts) "A place left open." {
        req "type" Type::Word(&HOLE_TYPE), "How it is left open." => known(Value::Word(it.hole.node.word()), it.hole.span);
        opt "by" Type::Date, "By when it is to be agreed." => it.hole.node.by.map_or(Fact::Absent, |by| known(Value::Date(When::day(by)), it.hole.span));
        req "section" Type::Word(&SECTION), "The section it stands in." => known(Value::Word(it.section), it.hole.span);
        req "item" Type::Name, "The item it stands in." => known(words(&it.item), it.hole.span);
        opt "text" Type::Text, "The words behind it: what it is set out in, what has no meaning or two." => hole_text(it);
        req "field" Type::Text, "What is left open." => known(Value::Text(std::borrow::Cow::Borrowed(it.field)), it.hole.span);
    }

    PASSAGE "Passage" Passage(it, facts) "Quoted words." {
        req "text" Type::Text, "The words." => text(&it.text);
        req "section" Type::Word(&SECTION), "The section they stand in." => known(Value::Word(it.section), it.text.span);
        req "item" Type::Name, "The item they stand in." => known(words(&it.item), it.text.span);
    }
}

fn flaw_place(flaw: &crate::analysis::BandFlaw) -> Span {
    flaw.places.first().copied().unwrap_or_default()
}

/// What could not be read in these sections or in the first lines.
fn partial(agreement: &Agreement, sections: &[&str]) -> Option<Span> {
    let unread = sections.iter().find_map(|name| match agreement.heading(name) {
        Some(heading) => heading.partial,
        None => agreement.sections.unknown,
    });
    unread.or(agreement.header.partial)
}

/// In what a length of time is counted: a week is seven days and a year twelve months, always.
fn time_unit(time: &Time) -> Fact<'_> {
    let unit = |period: &Period| {
        let months = period.months() > 0;
        let word = if period.business_days() > 0 { "business-days" } else { "days" };
        Value::Word(if months { "months" } else { word })
    };
    match &time.length.node {
        Given::Range(ends) => known(unit(&ends[0]), time.length.span),
        _ => leaf(&time.length, unit),
    }
}

/// The quoted words of a hole.
fn hole_text(open: &OpenPlace) -> Fact<'_> {
    match &open.hole.node.kind {
        HoleKind::SetOutIn(said) | HoleKind::Undefined(said) | HoleKind::Contradictory(said) => {
            known(words(said), open.hole.span)
        }
        _ => Fact::Absent,
    }
}
