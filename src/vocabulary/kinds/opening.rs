//! The agreement, its parties, reasons, term, commitments, payments and metrics.

use super::words::{KIND, RENEWAL_MODE, STATUS};
use super::{
    AMENDMENT, ASSIGNMENT, ATTRIBUTION, BAND_FLAW, CLAUSE, COMMITMENT, DEFINITION, DISPUTES, DUTY,
    ENABLEMENT, EXCLUSIVITY, EXIT, GOVERNANCE, HOLE, IP, LIABILITY, MEASURE, METRIC, NOTICE,
    PASSAGE, PAYMENT, PAYMENT_RULE, RESTRICTION, RIGHTS, RIVAL, SCHEDULE, SEGMENT, SUM, TABLE_FLAW,
    TIME, TIMED_ITEM, TIMELINE, WAIVER, nth, section_record, whole_doubt,
};
use crate::agreement::{Lasts, Person};
use crate::value::When;
use crate::vocabulary::accessors::{
    absent, dated, duration, flag, items, known, leaf, list, maybe, maybe_text, record, text,
    texts, word, words,
};
use crate::vocabulary::facts::section;
use crate::vocabulary::{Fact, Record, Type, Value, Where};

/// A person behind an `owner`, `sponsor` or `deputy`.
const fn person(person: &Person) -> Value<'_> {
    Value::Record(Record::Person(person))
}

const PERSON_TYPE: Type = Type::Record(&PERSON);
const TEXTS: Type = Type::List(&Type::Text);
const PARTIES: Type = Type::List(&Type::Record(&PARTY));

/// The highest share a party depends on another for; unknown where one of them is.
fn depends(party: &crate::agreement::Party) -> Fact<'_> {
    let shares = || party.depends.iter().map(|one| &one.share);
    let highest = shares().max_by_key(|share| share.node.value().copied());
    let unknown = shares().find(|share| share.node.value().is_none());
    maybe(unknown.or(highest), party.tag.partial, |share| Value::Percent(*share))
}

records! {
    AGREEMENT_RECORD "Agreement" Agreement(it, facts) "An alliance agreement." {
        opt "id" Type::Name, "Its id." => maybe_text(it.header.id.as_ref(), None);
        opt "version" Type::Number, "Its version." => maybe(it.header.version.as_ref(), it.header.partial, |n| Value::Number(*n));
        opt "title" Type::Text, "Its title." => maybe_text(it.header.title.as_ref(), it.header.partial);
        opt "kind" Type::Word(&KIND), "What kind of alliance it is." => it.header.kind.as_ref().map_or_else(|| absent(it.header.partial), word);
        opt "status" Type::Word(&STATUS), "Where it stands." => it.header.status.as_ref().map_or_else(|| absent(it.header.partial), |status| {
            STATUS.words.iter().find(|known| **known == status.node).map_or(Fact::Unreadable(status.span), |found| known(Value::Word(found), status.span))
        });
        opt "signed" Type::Date, "The day it was signed." => dated(facts.derived.signed());
        opt "starts" Type::Date, "The day it starts." => dated(facts.derived.starts());
        opt "launch" Type::Date, "The day of the clock `launch` of `dates`." => dated(facts.derived.launch());
        opt "currency" Type::Currency, "The currency it is in." => it.header.currency.as_ref().map_or_else(|| absent(it.header.partial), |c| known(Value::Currency(c.node), c.span));
        opt "month-ends" Type::Text, "How it rounds where a month is too short." => maybe_text(it.header.month_ends.as_ref(), it.header.partial);
        req "calendar" Type::List(&Type::Record(&CALENDAR)), "Whose business days and holidays count." => {
            let members = facts.derived.calendars().iter().map(|calendar| record(Record::Calendar(calendar)));
            list(members, Record::Agreement(it).anchor(), it.header.partial)
        };
        req "parties" PARTIES, "The sides that sign." => items(it, "parties", &it.parties, Record::Party);
        req "companies" PARTIES, "The companies that form a side together." => items(it, "parties", &it.companies, Record::Party);
        req "third-parties" PARTIES, "Others it speaks of." => items(it, "parties", &it.third_parties, Record::Party);
        opt "us" Type::Record(&PARTY), "Our own party, as `pactum.toml` names it." => match facts.us {
            None => Fact::Absent,
            Some(us) => it.parties.iter().find(|party| party.tag.id.node == us).map_or(Fact::Absent, |party| record(Record::Party(party))),
        };
        req "rationale" Type::Record(&RATIONALE), "Why there is an alliance." => section_record(it, "rationale", Record::Rationale(it));
        req "scope" Type::List(&Type::Record(&AREA)), "Markets, fields and products." => items(it, "scope", &it.scope, Record::Area);
        req "clocks" Type::List(&Type::Record(&CLOCK)), "Clocks of its own." => items(it, "dates", &it.clocks, Record::Clock);
        req "term" Type::Record(&TERM), "How long it lasts." => section_record(it, "term", Record::Term(it));
        req "commitments" Type::List(&Type::Record(&COMMITMENT)), "What each side contributes." => items(it, "commitments", &it.commitments, Record::Commitment);
        req "payments" Type::List(&Type::Record(&PAYMENT)), "What is paid to whom." => items(it, "payments", &it.payments, Record::Payment);
        req "metrics" Type::List(&Type::Record(&METRIC)), "Its targets." => items(it, "metrics", &it.metrics, Record::Metric);
        req "figures" Type::List(&Type::Record(&MEASURE)), "Figures that shares and payments are taken of." => items(it, "metrics", &it.figures, Record::Measure);
        req "governance" Type::Record(&GOVERNANCE), "Who decides what, and meets when." => section_record(it, "governance", Record::Governance(it));
        req "ip" Type::Record(&IP), "What is owned and licensed." => section_record(it, "ip", Record::Ip(it));
        req "attribution" Type::Record(&ATTRIBUTION), "How revenue is shared." => section_record(it, "attribution", Record::Attribution(it));
        req "exclusivity" Type::Record(&EXCLUSIVITY), "What one side may do alone." => section_record(it, "exclusivity", Record::Exclusivity(it));
        req "rights" Type::Record(&RIGHTS), "First rights and audits." => section_record(it, "rights", Record::Rights(it));
        req "restrictions" Type::List(&Type::Record(&RESTRICTION)), "What a party must not do." => items(it, "restrictions", &it.restrictions, Record::Restriction);
        req "customers" Type::List(&Type::Record(&SEGMENT)), "Whose the customers are." => items(it, "customers", &it.customers, Record::Segment);
        req "enablement" Type::List(&Type::Record(&ENABLEMENT)), "What one side does so that the other can sell, serve or use." => items(it, "enablement", &it.enablement, Record::Enablement);
        req "payment-rules" Type::List(&Type::Record(&PAYMENT_RULE)), "How payments are made." => items(it, "payments", &it.payment_rules, Record::PaymentRule);
        req "receipts" Type::List(&Type::Record(&RECEIPT)), "When a notice counts as given." => items(it, "dates", &it.receipts, Record::Receipt);
        req "confidentiality" Type::List(&Type::Record(&DUTY)), "What is kept secret." => items(it, "confidentiality", &it.confidentiality, Record::Duty);
        req "notices" Type::List(&Type::Record(&NOTICE)), "Notice periods that stand alone." => items(it, "notices", &it.notices, Record::Notice);
        req "exit" Type::Record(&EXIT), "How it ends." => section_record(it, "exit", Record::Exit(it));
        req "liability" Type::Record(&LIABILITY), "Who is liable for how much." => section_record(it, "liability", Record::Liability(it));
        req "assignment" Type::List(&Type::Record(&ASSIGNMENT)), "Who may hand it on." => items(it, "assignment", &it.assignment, Record::Assignment);
        req "disputes" Type::Record(&DISPUTES), "Which law, and how disputes go." => section_record(it, "disputes", Record::Disputes(it));
        req "amendment" Type::Record(&AMENDMENT), "How it is changed." => section_record(it, "amendment", Record::Amendment(it));
        req "clauses" Type::List(&Type::Record(&CLAUSE)), "One-line clauses." => items(it, "clauses", &it.clauses, Record::Clause);
        req "schedules" Type::List(&Type::Record(&SCHEDULE)), "Exhibits and sister agreements." => items(it, "schedules", &it.schedules, Record::Schedule);
        req "definitions" Type::List(&Type::Record(&DEFINITION)), "Words with a meaning of their own." => items(it, "definitions", &it.definitions, Record::Definition);
        req "waivers" Type::List(&Type::Record(&WAIVER)), "Findings the parties accept." => items(it, "waivers", &it.waivers, Record::Waiver);
        req "timeline" Type::Record(&TIMELINE), "When things fall." => record(Record::Timeline(it));
        req "carried" Type::List(&Type::Word(&super::words::CATEGORY)), "The categories it has, typed or in one line." => {
            let members = facts.derived.carried().iter().map(|(category, at)| known(Value::Word(category), *at));
            list(members, section(it, "clauses"), whole_doubt(it))
        };
        req "times" Type::List(&Type::Record(&TIME)), "Every length of time." => {
            list(it.times.iter().map(|time| record(Record::Time(time))), Record::Agreement(it).anchor(), whole_doubt(it))
        };
        req "timed-items" Type::List(&Type::Record(&TIMED_ITEM)), "Every item that states a length of time." => {
            let members = facts.derived.timed_items().iter().map(|item| record(Record::TimedItem(item)));
            list(members, Record::Agreement(it).anchor(), whole_doubt(it))
        };
        req "amounts" Type::List(&Type::Record(&SUM)), "Every sum of money, and every currency that figures are counted in." => {
            list(it.sums.iter().map(|sum| record(Record::Sum(sum))), Record::Agreement(it).anchor(), whole_doubt(it))
        };
        req "band-flaws" Type::List(&Type::Record(&BAND_FLAW)), "Values that tables of bands leave out or cover twice." => {
            let members = facts.derived.band_flaws().iter().map(|flaw| record(Record::BandFlaw(flaw)));
            list(members, section(it, "payments"), facts.derived.bands_doubt().or(it.doubt("payments")))
        };
        req "table-flaws" Type::List(&Type::Record(&TABLE_FLAW)), "Deals that a table of shares leaves out, shares in two ways or swallows, rows that take none, and shares that do not make the whole." => {
            let members = facts.derived.tables().iter().flat_map(|table| &table.flaws).map(|flaw| record(Record::TableFlaw(flaw)));
            let doubt = facts.derived.tables().iter().flat_map(|table| &table.doubts).find(|doubt| !doubt.only_shares);
            list(members, section(it, "attribution"), doubt.map(|doubt| doubt.at).or(it.doubt("attribution")))
        };
        req "rivals" Type::List(&Type::Record(&RIVAL)), "Misses that one item answers by ending something and another by a right to leave." => {
            let members = facts.derived.rivals().iter().map(|rival| record(Record::Rival(rival)));
            list(members, section(it, "exit"), it.doubt("exit").or(it.doubt("exclusivity")))
        };
        req "holes" Type::List(&Type::Record(&HOLE)), "Every place left open." => {
            let members = it.holes.iter().map(|hole| record(Record::Hole(hole)));
            list(members, Record::Agreement(it).anchor(), whole_doubt(it))
        };
        req "texts" Type::List(&Type::Record(&PASSAGE)), "Every piece of quoted words." => {
            let members = it.passages.iter().map(|passage| record(Record::Passage(passage)));
            list(members, Record::Agreement(it).anchor(), whole_doubt(it))
        };
    }

    CALENDAR "Calendar" Calendar(it, facts) "A calendar of business days that the first lines name." {
        req "name" Type::Name, "Its name." => text(&it.name);
        req "known" Type::Flag, "Whether Pactum or `pactum.toml` has its days." => known(Value::Flag(it.covers.is_some()), it.name.span);
        opt "last" Type::Date, "The last day it covers." => it.covers.map_or(Fact::Absent, |(_, last)| known(Value::Date(When::day(last)), it.name.span));
    }

    CLOCK "Clock" Clock(it, facts) "A clock of its own, such as the launch." {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        opt "every" Type::Duration, "How often it strikes." => maybe(it.every.as_ref(), it.tag.partial, duration);
        opt "on" Type::Date, "The day it strikes first." => nth(&facts.agreement.clocks, it).and_then(|n| facts.derived.clocks().get(n)).map_or(Fact::Absent, dated);
    }

    RECEIPT "Receipt" Receipt(it, facts) "When a notice counts as given." {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
        req "channels" TEXTS, "By which ways it is sent." => texts(&it.channels, Record::Receipt(it));
        opt "cut-off" Type::Text, "Until which hour of the day." => maybe_text(it.cut_off.as_ref(), it.tag.partial);
    }

    PARTY "Party" Party(it, facts) "A side of the agreement, or another it speaks of." {
        req "id" Type::Name, "Its name in the agreement." => text(&it.tag.id);
        opt "name" Type::Text, "Its legal name." => maybe(it.name.as_ref(), it.tag.partial, words);
        opt "place" Type::Country, "Where it is at home." => it.place.as_ref().map_or_else(|| absent(it.tag.partial), |p| known(Value::Country(std::borrow::Cow::Borrowed(&p.node)), p.span));
        req "roles" TEXTS, "What it does." => texts(&it.roles, Record::Party(it));
        req "members" TEXTS, "The companies that form the side." => texts(&it.members, Record::Party(it));
        opt "owner" PERSON_TYPE, "Who owns the outcome." => maybe(it.owner.as_ref(), it.tag.partial, person);
        opt "deputy" PERSON_TYPE, "Who stands in." => maybe(it.deputy.as_ref(), it.tag.partial, person);
        opt "sponsor" PERSON_TYPE, "The executive sponsor." => maybe(it.sponsor.as_ref(), it.tag.partial, person);
        opt "contact" PERSON_TYPE, "Whom to write to." => maybe(it.contact.as_ref(), it.tag.partial, person);
        opt "authority" Type::Money, "What its owner may commit." => maybe(it.authority.as_ref(), it.tag.partial, |m| Value::Money(*m));
        req "key-people" TEXTS, "Whose work it cannot do without." => texts(&it.key_people, Record::Party(it));
        opt "liable" Type::Text, "Whether the companies of a side answer jointly, severally, or both." => maybe_text(it.liable.as_ref(), it.tag.partial);
        req "with-affiliates" Type::Flag, "Whether its affiliates are bound with it." => flag(it.affiliates, it.tag.id.span);
        req "expects" Type::List(&Type::Record(&BENEFIT)), "What it needs back." => list(it.expects.iter().map(|benefit| record(Record::Benefit(benefit))), Record::Party(it).anchor(), it.tag.partial);
        opt "depends" Type::Percent, "For which share of something it depends on another, the highest." => depends(it);
        opt "plans" Type::Text, "On which days of the year it plans." => maybe(it.plans.as_ref(), it.tag.partial, words);
        opt "notes" Type::Text, "Where a successor of its owner finds what was agreed and done." => maybe(it.notes.as_ref(), it.tag.partial, words);
        req "answers-for" TEXTS, "What its owner answers for." => texts(&it.answers_for, Record::Party(it));
    }

    BENEFIT "Benefit" Benefit(it, facts) "What a party needs back." {
        req "text" Type::Text, "What." => text(&it.text);
        opt "within" Type::Duration, "In which time." => maybe(it.within.as_ref(), it.tag.partial, duration);
    }

    PERSON "Person" Person(it, facts) "A named person." {
        req "name" Type::Text, "The name." => text(&it.name);
        opt "title" Type::Text, "The post." => maybe_text(it.title.as_ref(), None);
        req "named" Type::Flag, "Whether a person is named, and not a post alone." => known(Value::Flag(!it.post), it.name.span);
        opt "email" Type::Text, "Where to write." => maybe_text(it.email.as_ref(), None);
    }

    RATIONALE "Rationale" Rationale(it, facts) "Why there is an alliance." {
        req "answers" Type::List(&Type::Record(&ANSWER)), "The reasons in words." => items(it, "rationale", &it.rationale.answers, Record::Answer);
        opt "alone" Type::Duration, "How long either side would need alone." => maybe(it.rationale.alone.as_ref().map(|(_, l)| l), it.doubt("rationale"), duration);
        opt "overlap" Type::Percent, "How much of their customers they share." => maybe(it.rationale.overlap.as_ref().map(|(_, l)| l), it.doubt("rationale"), |p| Value::Percent(*p));
        opt "dated" Type::Date, "When it was written down." => maybe(it.rationale.written.as_ref().map(|(_, l)| l), it.doubt("rationale"), |d| Value::Date(crate::value::When::day(*d)));
    }

    ANSWER "Answer" Answer(it, facts) "One reason." {
        req "id" Type::Name, "What it answers: `partner`, `scope`, `timing`, `gain`." => text(&it.tag.id);
        req "text" Type::Text, "The reason." => leaf(&it.text, words);
        opt "evidence" Type::Text, "What it cites." => maybe_text(it.tag.see.as_ref(), it.tag.partial);
    }

    AREA "Area" Area(it, facts) "A market, field or set of products." with ["territory", "places", "products", "field", "channel", "changeable"]; {
        req "id" Type::Name, "Its id." => text(&it.tag.id);
    }

    TERM "Term" Term(it, facts) "How long the agreement lasts." {
        opt "initial" Type::Duration, "The first term." => match it.term.initial.as_ref().map(|initial| &initial.lasts) {
            Some(Lasts::For(length)) => leaf(length, duration),
            Some(Lasts::Endless(word)) => known(Value::Endless("perpetual"), word.span),
            Some(Lasts::Until(moment)) => Fact::Unclear("the term ends at a moment, not after a time".into(), Where::At(moment.span)),
            None => absent(it.doubt("term")),
        };
        opt "end" Type::Date, "The last day of the first term." => match &it.term.initial {
            Some(_) => dated(facts.derived.term_end()),
            None => absent(it.doubt("term")),
        };
        opt "stated-end" Type::Date, "The last day that is stated beside the length of the first term." => match &it.term.initial {
            Some(_) => dated(facts.derived.stated_end()),
            None => absent(it.doubt("term")),
        };
        opt "endless" Type::Flag, "Whether it never ends by itself." => match &it.term.initial {
            Some(initial) => known(Value::Flag(matches!(initial.lasts, Lasts::Endless(_))), initial.tag.id.span),
            None => absent(it.doubt("term")),
        };
        opt "rolling" Type::Record(&RENEWAL), "The renewal that comes again and again by itself, without a limit." => {
            let unlimited = |r: &&crate::agreement::Renewal| r.mode.node == "automatic" && r.times.is_none();
            it.term.renewals.iter().find(unlimited).map_or_else(|| absent(it.doubt("term")), |r| record(Record::Renewal(r)))
        };
        req "renewals" Type::List(&Type::Record(&RENEWAL)), "The renewals, in the order they are taken." => list(it.term.renewals.iter().map(|r| record(Record::Renewal(r))), section(it, "term"), it.doubt("term"));
        opt "renewal" Type::Record(&RENEWAL), "The first renewal." => it.term.renewals.first().map_or_else(|| absent(it.doubt("term")), |r| record(Record::Renewal(r)));
    }

    RENEWAL "Renewal" Renewal(it, facts) "How a term is renewed." {
        req "mode" Type::Word(&RENEWAL_MODE), "By itself, by agreement, at somebody's option, or not." => word(&it.mode);
        opt "length" Type::Duration, "For how long." => maybe(it.length.as_ref(), it.tag.partial, duration);
        opt "notice" Type::Duration, "The notice that stops it." => maybe(it.notice.as_ref(), it.tag.partial, duration);
        opt "times" Type::Number, "How often at most." => it.times.as_ref().map_or_else(|| absent(it.tag.partial), |n| known(Value::Number(n.node.into()), n.span));
        req "successive" Type::Flag, "Whether it is said to come again and again." => flag(it.successive, it.tag.id.span);
        req "depends-on" TEXTS, "The items its condition asks about." => list(it.asks.iter().map(|asked| text(&asked.item)), Record::Renewal(it).anchor(), it.tag.partial);
        req "agreeing" TEXTS, "What has to be agreed for it." => texts(&it.agreeing, Record::Renewal(it));
        opt "condition" Type::Text, "On what it depends." => maybe_text(it.condition.as_ref(), it.tag.partial);
    }
}
