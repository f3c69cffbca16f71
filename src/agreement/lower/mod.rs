//! From the tree to the model: names resolved, values typed, what does not fit said.

mod attribution;
mod checks;
mod commercial;
mod ending;
mod exit;
mod flow;
mod forms;
mod gather;
mod governance;
mod ids;
mod lowering;
mod misfit;
mod misshare;
mod names;
mod outcomes;
mod people;
mod problem;
mod running;
mod sharing;
mod slots;
mod terms;
mod words;

use std::collections::BTreeMap;

use super::model::{Agreement, Header, Heading, Leaf, SECTIONS, Tag};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span, Spanned};
use crate::syntax::ast::{self, Form, Item, Phrase};
use crate::syntax::{Opened, normal};
use crate::value::{Calendars, Given, Hole, Period, Str};
pub use commercial::{CONTRIBUTIONS, FAMILIES, MEASURES};
pub use ending::CATEGORIES;
pub use flow::CARRIED;
pub use gather::TIME_ROLES;
use ids::Ids;
pub use lowering::{Lowering, parse};
use problem::Problem;
pub use running::CLASSES;
use slots::{Slots, stated};

/// An agreement and what is to be said of its text.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// What was agreed, as far as it could be read.
    pub agreement: Agreement,
    /// Slips of syntax and of the model, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// What lowering knows while it walks the sections.
///
/// What it looks names up in is in order: to hash a name takes longer than to find it among some forty.
struct Lower<'f> {
    source: &'f Source,
    agreement: Agreement,
    diagnostics: Vec<Diagnostic>,
    ids: Ids<'f>,
    /// Whether it has definitions: only they are looked for among what is mentioned.
    defines: bool,
    /// The names of all that stand under `parties`, in the order written.
    names: Vec<&'f str>,
    /// The companies that form a side together: they sign, and are no sides of their own.
    companies: Vec<Str>,
    /// The clocks of `dates` that strike again and again, each with how often.
    cycles: BTreeMap<&'f str, Leaf<Period>>,
}

impl<'f> Lower<'f> {
    fn new(source: &'f Source, sections: &[Opened<'f>]) -> Self {
        let mut cycles = BTreeMap::new();
        let (mut names, mut companies) = (Vec::new(), Vec::new());
        for section in sections {
            for item in section.items() {
                let Some(id) = item.id() else { continue };
                names.extend((section.heading.node == "parties").then_some(id.node));
                let Some(head) = item.head(&[Form::Side, Form::EveryFrom]) else { continue };
                companies.extend(members(&head).cloned());
                cycles.extend(cycle(&head).map(|every| (id.node, every)));
            }
        }
        let (mut agreement, ids) = (Agreement::default(), Ids::of(sections));
        // Items speak in one or two quotations each, and some of times.
        let items = ids.all().len();
        agreement.items.reserve_exact(items);
        agreement.passages.reserve(items * 2);
        agreement.times.reserve(items / 2);
        Self {
            source,
            agreement,
            diagnostics: Vec::new(),
            ids,
            defines: sections.iter().any(|section| section.heading.node == "definitions"),
            names,
            companies,
            cycles,
        }
    }

    // Cold: what leads here is then kept out of the way of what nearly always happens.
    #[cold]
    #[inline(never)]
    fn report(&mut self, problem: impl Into<Diagnostic>) {
        self.diagnostics.push(problem.into());
    }

    /// What stands at a place, as written, without line breaks and remarks.
    fn written(&self, at: Span) -> Spanned<Str> {
        Spanned::new(plain(self.source.slice(at)), at)
    }

    fn header(&mut self, header: &ast::Header) {
        let kind = header.kind.as_ref().and_then(|kind| {
            let known = super::KINDS.into_iter().find(|known| *known == kind.node);
            if known.is_none() {
                self.report(Problem::UnknownKind { kind: kind.clone() });
            }
            known.map(|known| Spanned::new(known, kind.span))
        });
        let mut lowered = Header {
            span: header.span,
            id: Some(header.id.clone()),
            version: header.version.clone(),
            kind,
            partial: header.bad,
            ..Header::default()
        };
        let mut seen: Vec<&Phrase> = Vec::new();
        for slot in &header.slots {
            if let Some(first) = seen.iter().find(|first| first.form == slot.form) {
                let (name, first) = (problem::slot_name(slot.form), first.span);
                self.report(Problem::StatedTwice { name, again: slot.span, first });
                continue;
            }
            seen.push(slot);
            self.header_slot(slot, &mut lowered);
            self.gather(slot, "header", &header.id);
        }
        self.agreement.header = lowered;
    }

    fn header_slot(&mut self, slot: &Phrase, header: &mut Header) {
        let word = || slot.word().cloned();
        let moment = || {
            let hole = slot.hole().map(|hole| hole.clone().map(ast::MomentKind::Hole));
            slot.moment().cloned().or(hole)
        };
        match slot.form {
            Form::Title => header.title = slot.text().cloned(),
            Form::See => header.see = cited(slot),
            Form::Signed => header.signed = moment(),
            Form::Starts => header.starts = moment(),
            Form::Status => header.status = word(),
            Form::MonthEnds => header.month_ends = word(),
            Form::YearKind => header.year = word(),
            Form::Calendar => {
                for name in slot.words() {
                    if Calendars::may_name(&name.node) {
                        header.calendar.push(name.clone());
                    } else {
                        self.report(Problem::UnknownPlace { name: name.clone() });
                    }
                }
            }
            Form::HeaderCurrency => {
                header.currency = slot.word().and_then(|code| self.currency(code));
            }
            _ => {}
        }
    }

    /// Notes that a section is there, and what its items say that is said in every section the same
    /// way. What is done for all items alike is done for all of them before they are taken over: so
    /// either part of the program stays in the memory beside the core.
    fn note(&mut self, section: &ast::Section) {
        let doubt = section.items.iter().find(|item| item.head.is_none()).and_then(|item| item.bad);
        let doubt = section.stray.or(doubt);
        let Some(index) = section.place else {
            let unknown = &mut self.agreement.sections.unknown;
            *unknown = unknown.or(Some(section.heading.span));
            return;
        };
        let slot = &mut self.agreement.sections.headings[index];
        let (span, end) = (slot.map_or(section.heading.span, |first| first.span), section.end);
        let partial = doubt.or_else(|| section.items.iter().find_map(|item| item.bad));
        let partial = slot.and_then(|first| first.partial).or(partial);
        let doubt = slot.and_then(|first| first.doubt).or(doubt);
        *slot = Some(Heading { span, end, doubt, partial });
        for item in &section.items {
            if let Some(first) = self.ids.before(item.id.span) {
                self.report(Problem::DuplicateId { id: item.id.clone(), first });
            } else {
                self.note_item(SECTIONS[index], item);
            }
        }
    }

    /// Takes over the items of a section that was noted.
    fn take_over(&mut self, section: &ast::Section) {
        let Some(name) = section.place.map(|index| SECTIONS[index]) else { return };
        self.make_room(name, section.items.len());
        for item in &section.items {
            if self.ids.before(item.id.span).is_none() {
                self.item(name, item);
            }
        }
    }

    /// What an item says that is said in every section the same way.
    fn note_item(&mut self, section: &'static str, item: &Item) {
        let id = Spanned::new(item.id.node.clone(), item.span);
        self.agreement.items.push((section, id));
        self.check_id(section, item);
        for phrase in item.head.iter().chain(&item.slots) {
            self.gather(phrase, section, &item.id);
        }
        self.gather_rows(&item.rows, section, &item.id);
    }

    /// Makes room for the items of a section: those that are large and many.
    fn make_room(&mut self, section: &str, items: usize) {
        let it = &mut self.agreement;
        match section {
            "commitments" => it.commitments.reserve_exact(items),
            "payments" => it.payments.reserve_exact(items),
            "metrics" => it.metrics.reserve_exact(items),
            "attribution" => it.attribution.tables.reserve_exact(items),
            "notices" => it.notices.reserve_exact(items),
            "clauses" => it.clauses.reserve_exact(items),
            _ => {}
        }
    }

    fn item(&mut self, section: &'static str, item: &Item) {
        let mut slots = Slots::new(item);
        let see = slots.take(Form::See).and_then(cited);
        let id = item.id.clone();
        let tag = Tag { section, id, span: item.span, see, partial: item.bad };
        let Some(head) = &item.head else { return };
        match section {
            "parties" | "rationale" | "scope" | "dates" | "term" => {
                self.opening_section(section, tag, head, &mut slots);
            }
            "commitments" | "payments" | "metrics" | "attribution" => {
                self.commercial_section(section, tag, head, &mut slots);
            }
            "governance" | "ip" | "exclusivity" | "rights" | "restrictions" | "customers"
            | "enablement" | "notices" => {
                self.running_section(section, tag, head, &mut slots);
            }
            _ => self.ending_section(section, tag, head, &mut slots),
        }
        for slot in slots.unread() {
            let name = problem::slot_name(slot.form);
            let again = stated(slot);
            let same = |first: &&Phrase| {
                first.span != slot.span && again.is_some() && stated(first) == again
            };
            let problem = match item.slots.iter().find(same) {
                Some(first) => Problem::StatedTwice { name, again: slot.span, first: first.span },
                None => Problem::IdleSlot { name, section, at: slot.span },
            };
            self.report(problem);
        }
        // A slot nobody could read may be the one that the table belongs to.
        if let Some(row) = slots.unread_row().filter(|_| item.bad.is_none()) {
            self.report(Problem::IdleTable { section, at: row.span });
        }
    }

    /// Ids open with a small letter, names of parties with a capital.
    fn check_id(&mut self, section: &'static str, item: &Item) {
        let capital = item.id.node.starts_with(char::is_uppercase);
        let path = item.id.node.bytes().any(|byte| byte == b'/');
        if (section == "parties") != capital || (section == "waivers") != path {
            self.report(Problem::BadId { id: item.id.clone(), section });
        }
    }
}

/// The places of the paper a `see` cites, one after the other.
fn cited(slot: &Phrase) -> Option<Spanned<Str>> {
    let texts: Vec<_> = slot.texts().map(|text| &*text.node).collect();
    let first = slot.text()?;
    Some(Spanned::new(texts.join(", ").into(), first.span))
}

/// The companies a side is made of.
fn members(head: &Phrase) -> impl Iterator<Item = &Str> {
    let actors = head.whos().flat_map(|who| &who.actors);
    actors.filter_map(|actor| match &actor.node {
        ast::Actor::Party(name) => Some(name),
        _ => None,
    })
}

/// `every year from start`: how often, of a clock that strikes again and again.
fn cycle(head: &Phrase) -> Option<Leaf<Period>> {
    let every = head.everies().next()?;
    let length = every.node.clone().and_then(|scalar| match scalar {
        ast::Scalar::Period(period) => Some(period),
        _ => None,
    });
    Some(Spanned::new(length, every.span))
}

/// A piece of text on one line, its remarks left out and its words one blank apart.
fn plain(text: &str) -> Str {
    if !text.contains('#') {
        return normal(text.trim());
    }
    let mut quoted = false;
    let mut remark = false;
    let kept = text.chars().filter(|c| {
        match c {
            '"' if !remark => quoted = !quoted,
            '#' if !quoted => remark = true,
            '\n' => remark = false,
            _ => {}
        }
        !remark
    });
    normal(kept.collect::<String>().trim())
}

/// A hole in the place of a whole value.
fn open<T>(hole: &Spanned<Hole>) -> Spanned<Given<T>> {
    Spanned::new(Given::Hole(hole.node.clone()), hole.span)
}
