//! The days that hold an agreement up: its start, its signing, its clocks, its terms and renewals, and
//! the last days to give notice.

use super::Kind;
use super::build::{Builder, Draft, day, is_term_end, ordinal, range, value};
use crate::agreement::{Lasts, Renewal};
use crate::analysis::{Dated, Dating};
use crate::syntax::ast::Moment;
use crate::value::{Convention, Date, Given, Period, Unit};

/// So many renewals are looked at, whatever is asked.
const MOST: u32 = 400;

/// One term: the first, or a renewed one.
struct Term<'a> {
    last: Dated,
    /// The renewal that leads to it; none for the first.
    renewal: Option<&'a Renewal>,
    /// The how-manieth renewal, 0 for the first term.
    nth: u32,
    /// Whether its end counts from the start of the agreement.
    from_start: bool,
    /// Whether it is shown; of the one after the last, only the notice against it may be due before.
    shown: bool,
}

impl<'a> Builder<'a> {
    /// The first lines.
    pub(super) fn opening(&mut self) {
        let header = &self.agreement.header;
        let draft = |kind, title: &str, span| Draft {
            kind,
            section: "header",
            item: None,
            part: String::new(),
            who: Vec::new(),
            title: title.to_owned(),
            series: None,
            conventions: Vec::new(),
            span,
        };
        let starts = header.starts.as_ref();
        let start = draft(Kind::Start, "starts", starts.map_or(header.span, |on| on.span));
        let signed = header.signed.as_ref();
        let sign = draft(Kind::Signed, "signed", signed.map_or(header.span, |on| on.span));
        let known = self.put(start.clone(), starts);
        if !known {
            self.note_of(&start, "no start is stated: what counts from it has no day");
        }
        self.put(sign, signed);
    }

    /// The clocks of `dates`.
    pub(super) fn clocks(&mut self) {
        for clock in &self.agreement.clocks {
            let id = &clock.tag.id.node;
            if let Some(every) = &clock.every {
                let title = format!("{id} begins");
                let draft = Draft::of(&clock.tag, Kind::Clock, title);
                self.strikes(&draft, every, clock.on.as_ref(), clock.until.as_ref());
                continue;
            }
            let begins = if clock.until.is_some() { " begins" } else { "" };
            let draft = Draft::of(&clock.tag, Kind::Clock, format!("{id}{begins}"));
            if !self.put(draft, clock.on.as_ref()) {
                self.undated(&clock.tag);
            }
            if clock.until.is_some() {
                let end = Draft::of(&clock.tag, Kind::Clock, format!("{id} ends")).part("until");
                self.put(end, clock.until.as_ref());
            }
        }
    }

    /// The terms, with each renewal and the notice against it; and how far to list what recurs.
    pub(super) fn terms(&mut self) -> Date {
        let terms = self.reckon();
        for (at, term) in terms.iter().enumerate() {
            if term.shown {
                self.term(term);
            }
            if let Some(next) = terms.get(at + 1) {
                self.renewal(term, next);
            }
        }
        if self.agreement.term.initial.is_none() {
            let text = "no term is stated: the agreement has no end that could be reckoned";
            self.note_of(&term_draft(Kind::TermEnd, "", self.agreement.header.span), text);
        }
        for renewal in &self.agreement.term.renewals {
            if let Some(asked) = &renewal.asked {
                let draft = Draft::of(&renewal.tag, Kind::Decision, "");
                self.note_of(&draft, format!("the renewal is {}: no day is reckoned", asked.node));
            }
        }
        self.settle_end(&terms);
        self.horizon_of(&terms)
    }

    /// Every term that is to be shown, each end counted from the start where months are.
    fn reckon(&self) -> Vec<Term<'a>> {
        let agreement = self.agreement;
        let Some(initial) = &agreement.term.initial else { return Vec::new() };
        let last = self.derived.term_end().clone();
        let start = match &initial.from {
            Some(from) => self.date(Some(from)).0,
            None => self.dates().start(),
        };
        // From where the ends count, and how much has run from there.
        let (mut origin, mut run) = match &initial.lasts {
            Lasts::For(length) => (start, value(&length.node)),
            Lasts::Until(_) | Lasts::Endless(_) => (after(&last), None),
        };
        let mut from_start = run.is_some();
        let mut terms = vec![Term { last, renewal: None, nth: 0, from_start, shown: true }];
        let renewals = agreement.term.renewals.iter().filter(|one| one.mode.node != "none");
        for renewal in renewals {
            let Some(length) = &renewal.length else { continue };
            let automatic = renewal.mode.node == "automatic";
            let times = renewal.times.as_ref().map(|times| times.node);
            let times = times.unwrap_or(if automatic { MOST } else { 1 });
            for _ in 0..times {
                let (Some(before), nth) = (terms.last(), terms.len()) else { break };
                let known = matches!(before.last.date, Dating::Known(_));
                if !known {
                    return terms;
                }
                let shown = !self.far_enough(&terms);
                let sum = run.zip(value(&length.node)).filter(|(a, b)| same_unit(*a, *b));
                let sum = sum.and_then(|(a, b)| a.checked_add(b));
                if sum.is_none() {
                    (origin, from_start) = (after(&before.last), false);
                }
                run = sum.or_else(|| value(&length.node));
                let by = run.map_or_else(|| length.node.clone(), Given::Value);
                let end = before_day(self.dates().moved(&origin, &by, length.span, false));
                let nth = u32::try_from(nth).unwrap_or(MOST);
                terms.push(Term { last: end, renewal: Some(renewal), nth, from_start, shown });
                if !shown {
                    return terms;
                }
            }
        }
        terms
    }

    /// Whether there is nothing more to show: the last term ends after what is asked for, or two
    /// renewals after the day it is looked at from.
    fn far_enough(&self, terms: &[Term<'_>]) -> bool {
        let ends = || terms.iter().filter_map(|term| range(&term.last).map(|(_, last)| last));
        if terms.len() > MOST as usize {
            return true;
        }
        if let Some(until) = self.ask.until {
            return ends().next_back().is_some_and(|last| last > until);
        }
        let passed = |last: &Date| self.ask.as_of.is_some_and(|as_of| *last < as_of);
        let past = ends().filter(passed).count();
        terms.len() - past > 2
    }

    fn term(&mut self, term: &Term<'_>) {
        let Some(initial) = &self.agreement.term.initial else { return };
        let tag = term.renewal.map_or(&initial.tag, |renewal| &renewal.tag);
        let title = match term.nth {
            0 => "last day of the initial term".to_owned(),
            nth => format!("last day of the term after the {} renewal", ordinal(nth)),
        };
        let mut draft = Draft::of(tag, Kind::TermEnd, title);
        if term.nth > 0 {
            draft = draft.part(term.nth.to_string());
        }
        if term.nth > 0 && term.from_start {
            draft =
                draft.because("a renewal counts from the start, not from the renewal before it");
        }
        if !self.place(draft.clone(), &term.last) {
            self.note_of(&draft, "the end of the term is not stated");
        }
    }

    /// The first day of a renewed term, and the last days of the term before it to have a say.
    fn renewal(&mut self, before: &Term<'_>, next: &Term<'_>) {
        let Some(renewal) = next.renewal else { return };
        let nth = ordinal(next.nth);
        let length = renewal.length.as_ref().and_then(|length| value(&length.node));
        let length = length.map_or(String::new(), |length: Period| format!(", for {length}"));
        let mode = match renewal.mode.node {
            "automatic" if renewal.notice.is_some() => ", unless notice was given",
            "automatic" => "",
            "by-agreement" => ", if it is agreed",
            _ => ", if the option is used",
        };
        let condition = renewal.condition.as_ref();
        let condition = condition.map_or(String::new(), |test| format!(", if {}", test.node));
        let who = renewal.by.as_ref().map_or_else(Vec::new, |by| self.names(by));
        let title = format!("{nth} renewal{length}{mode}{condition}");
        let part = next.nth.to_string();
        let draft = Draft::of(&renewal.tag, Kind::Renewal, title).part(&*part).who(who.clone());
        if next.shown {
            self.place(draft, &after(&before.last));
        }
        if renewal.terms.last.is_some() && next.nth == 1 {
            let title = format!("last day to agree on the {nth} renewal");
            let draft = Draft::of(&renewal.tag, Kind::Decision, title).part(&*part);
            self.put(draft.who(who.clone()), renewal.terms.last.as_ref());
        }
        let Some(notice) = &renewal.notice else { return };
        let named = renewal.before.as_ref().filter(|before| !is_end(before));
        // A notice before a day of its own comes once: nothing is said of later renewals.
        let end = match named {
            Some(_) if next.nth > 1 => return,
            Some(named) => self.date(Some(named)).0,
            None => before.last.clone(),
        };
        let last = self.dates().moved(&end, &notice.node, notice.span, true);
        let verb = if renewal.mode.node == "automatic" { "against" } else { "on" };
        let title = format!("last day to give notice {verb} the {nth} renewal");
        let mut draft = Draft::of(&renewal.tag, Kind::Notice, title).part(part).who(who);
        if let (Some(length), Some(end)) = (value(&notice.node), day(&end)) {
            draft = draft.because(format!("{length} before {end}; the day itself still counts"));
        }
        self.place(draft, &last);
    }

    /// The end to count from what comes after it: the day that was given, or the end of the first term
    /// that is not over.
    fn settle_end(&mut self, terms: &[Term<'_>]) {
        if let Some(given) = self.agreement.day_of("exit") {
            let why = format!("the agreement ends on {given}, as given");
            self.ended = Some((self.agreement.clone(), given, why));
            return;
        }
        let running = |end: &Date| self.ask.as_of.is_none_or(|as_of| *end >= as_of);
        let end = terms.iter().filter_map(|term| day(&term.last)).find(running);
        self.ended = end.map(|end| {
            let mut ended = self.agreement.clone();
            ended.days.push(("exit".into(), end));
            (ended, end, format!("if the agreement ends with its term on {end}"))
        });
    }

    fn horizon_of(&self, terms: &[Term<'_>]) -> Date {
        if let Some(until) = self.ask.until {
            return until;
        }
        let shown = terms.iter().rfind(|term| term.shown);
        let last = shown.and_then(|term| range(&term.last)).map(|(_, last)| last);
        let from = self.ask.as_of;
        if let Some(last) = last.filter(|last| from.is_none_or(|from| from <= *last)) {
            return last;
        }
        let days = [self.derived.starts(), self.derived.signed()];
        let from = from.or_else(|| days.into_iter().find_map(|dated| range(dated).map(|r| r.0)));
        from.and_then(|from| from.plus_months(36)).unwrap_or(self.horizon)
    }

    /// From when rights to leave are open, and how long they take.
    pub(super) fn rights(&mut self) {
        for right in &self.agreement.exit.rights {
            let (tag, who) = (&right.tag, self.names(&right.by));
            let id = &tag.id.node;
            let opens = |title: String, part| Draft::of(tag, Kind::Opens, title).part(part);
            let gate = opens(format!("leaving by `{id}` is open from here on"), "");
            self.put(gate.who(who.clone()), right.terms.more.gate.as_ref());
            let from = opens(format!("notice under `{id}` can be given from here on"), "notice");
            self.put(from.who(who.clone()), right.terms.more.notice_from.as_ref());
            let ends =
                Draft::of(tag, Kind::Ends, format!("the right `{id}` ends")).who(who.clone());
            let last = right.terms.last.as_ref();
            self.put(ends, last.filter(|last| !is_term_end(last)));
            let Some(notice) = right.notice() else { continue };
            let title = format!("the agreement ends by `{id}`");
            let draft = Draft::of(tag, Kind::Ends, title).part("notice").who(who);
            self.so_long_after(draft, &format!("notice under `{id}`"), notice);
        }
    }
}

fn term_draft(kind: Kind, title: &str, span: crate::source::Span) -> Draft {
    Draft {
        kind,
        section: "term",
        item: None,
        part: String::new(),
        who: Vec::new(),
        title: title.to_owned(),
        series: None,
        conventions: Vec::new(),
        span,
    }
}

/// Whether a notice is given before the end of whatever term runs.
fn is_end(moment: &Moment) -> bool {
    use crate::syntax::ast::MomentKind::Named;
    is_term_end(moment) || matches!(&moment.node, Named(name) if name == "renewal")
}

/// The day after.
fn after(dated: &Dated) -> Dated {
    let mut next = shifted(dated.clone(), 1);
    next.decided.retain(|convention| *convention != Convention::LastDayInside);
    next
}

/// The day before.
fn before_day(dated: Dated) -> Dated {
    let mut dated = shifted(dated, -1);
    if !dated.decided.contains(&Convention::LastDayInside) {
        dated.decided.push(Convention::LastDayInside);
    }
    dated
}

fn shifted(mut dated: Dated, days: i64) -> Dated {
    if let Dating::Known(when) = &dated.date {
        dated.date = Dating::Known(when.plus_days(days));
    }
    dated
}

/// Whether two lengths add up to one that is the same from wherever it is split.
fn same_unit(a: Period, b: Period) -> bool {
    let parts = |p: Period| (p.months() > 0, p.days() > 0, p.business_days() > 0);
    parts(a) == parts(b) && a.unit() != Unit::BusinessDays
}
