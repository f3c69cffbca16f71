//! Names to what they stand for, values to their types.

use smallvec::SmallVec;

use super::misfit::Misfit;
use super::problem::Problem;
use super::{Lower, open};
use crate::agreement::model::{Leaf, Parties, Person, SECTIONS, Scope, Sparse, Text};
use crate::source::{At, Span, Spanned};
use crate::syntax::ast::{
    Actor, Amount, Cell, Figure, FigureKind, Form, Phrase, Scalar, Term, Thing, ThingKind, Who,
};
use crate::value::{
    Currency, Given, Measure, Money, Number, Percent, Period, Place, Quantity, Str,
};

use super::forms::Forms;
use super::slots::Slots;

/// Moments every agreement has.
const MOMENTS: [&str; 11] = [
    "start",
    "signing",
    "exit",
    "expiry",
    "renewal",
    "term end",
    "initial term end",
    "launch",
    "sending",
    "receipt",
    "delivery",
];

impl Lower<'_> {
    pub(super) fn party_names(&self) -> Vec<String> {
        self.names.iter().map(|name| (*name).to_owned()).collect()
    }

    /// Whether somebody is known who is no side: a third party, or a company of a side.
    fn third_party(&self, name: &str) -> bool {
        let others = self.agreement.third_parties.iter().chain(&self.agreement.companies);
        self.companies.iter().any(|it| it == name)
            || others.into_iter().any(|party| party.tag.id.node == name)
    }

    pub(super) fn check_who(&mut self, who: &Who) {
        for actor in &who.actors {
            if let Actor::Party(name) = &actor.node
                && !self.names.contains(&&**name)
                && !self.third_party(name)
            {
                let (name, known) = (Spanned::new(name.clone(), actor.span), self.party_names());
                self.report(Problem::UnknownParty { name, known });
            }
        }
    }

    pub(super) fn check_name(&mut self, name: &str, at: Span) {
        let known = self.agreement.party(name).is_some()
            || self.third_party(name)
            || name == "World"
            || Place::from_code(name).is_some();
        if !known {
            let (name, known) = (Spanned::new(name.into(), at), self.party_names());
            self.report(Problem::UnknownName { name, known });
        }
    }

    /// An id, `section/id`, or the name of a section.
    pub(super) fn check_item(&mut self, item: &str, at: Span) {
        let (section, id) = item.split_once('/').map_or((None, item), |(s, id)| (Some(s), id));
        let found = match section {
            Some(section) => self.ids.in_section(section, id),
            None => self.ids.has(id) || SECTIONS.contains(&id) || id == "world",
        };
        let moment = MOMENTS.contains(&item) || matches!(item, "notice" | "business");
        if !found && !moment {
            let all = self.ids.all().map(|(id, place)| match section {
                Some(_) => format!("{place}/{id}"),
                None => id.to_owned(),
            });
            let mut known: Vec<String> = all.collect();
            known.sort_unstable();
            let near = crate::diagnostic::nearest(item, known.iter().map(String::as_str));
            let known = near.map(str::to_owned).into_iter().collect();
            let name = Spanned::new(item.into(), at);
            self.report(Problem::UnknownItem { name, known });
        }
    }

    pub(super) fn check_clock(&mut self, name: &str, at: Span) {
        let known = MOMENTS.contains(&name)
            || self.ids.has(name)
            || name.split_once('/').is_some_and(|(section, id)| self.ids.in_section(section, id));
        if !known {
            let known = MOMENTS.iter().map(|&moment| moment.to_owned()).collect();
            self.report(Problem::UnknownClock { name: Spanned::new(name.into(), at), known });
        }
    }

    pub(super) fn currency(&mut self, code: &Text) -> Option<Spanned<Currency>> {
        let currency = Currency::from_code(&code.node);
        if currency.is_none() {
            self.report(Problem::UnknownCurrency { name: code.clone() });
        }
        currency.map(|currency| Spanned::new(currency, code.span))
    }

    /// The parties an item means. `either party` and the like mean every side.
    pub(super) fn parties(&self, who: &Who) -> Parties {
        let mut members = SmallVec::new();
        let affiliates = who.affiliates.then_some(who.span);
        let mut doubt = affiliates;
        for actor in &who.actors {
            match &actor.node {
                Actor::Party(name) => match self.agreement.party(name) {
                    Some(party) => members.push((party, actor.span)),
                    // A declared third party is known, and no side of the agreement.
                    None if self.third_party(name) => {}
                    None => doubt = Some(actor.span),
                },
                Actor::Either | Actor::Each | Actor::Other | Actor::All => {
                    members
                        .extend((0..self.agreement.parties.len()).map(|each| (each, actor.span)));
                }
                Actor::Nobody => {}
            }
        }
        let each = who.actors.iter().find(|actor| actor.node == Actor::Each);
        Parties { members, doubt, affiliates, each: each.map(|actor| actor.span), span: who.span }
    }

    /// Who acts: the first `who` of a phrase, or words that nobody can resolve.
    pub(super) fn parties_of(&self, phrase: &Phrase, nth: usize) -> Parties {
        if let Some(who) = phrase.whos().nth(nth) {
            self.parties(who)
        } else {
            let at = phrase.text().map_or(phrase.span, |text| text.span);
            Parties { doubt: Some(at), span: at, ..Parties::default() }
        }
    }

    /// A term as a value of one type; a value of another type is said, and unreadable.
    pub(super) fn typed<T>(
        &mut self,
        term: &Term,
        expected: (&'static str, &'static str),
        pick: impl Fn(Scalar) -> Option<T>,
    ) -> Leaf<T> {
        let given = term.node.clone().and_then(pick);
        if given_is_lost(&given) && !given_is_lost(&term.node) {
            let (expected, example) = expected;
            self.report(Problem::WrongType { at: term.span, expected, example });
        }
        Spanned::new(given, term.span)
    }

    pub(super) fn period(&mut self, term: &Term) -> Leaf<Period> {
        self.typed(term, ("a length of time", "90 days"), |scalar| match scalar {
            Scalar::Period(period) => Some(period),
            Scalar::Boundless => Some(Period::PERPETUAL),
            _ => None,
        })
    }

    pub(super) fn percent(&mut self, term: &Term) -> Leaf<Percent> {
        self.typed(term, ("a share", "40%"), |scalar| match scalar {
            Scalar::Percent(share) => Some(share),
            _ => None,
        })
    }

    pub(super) fn money(&mut self, term: &Term) -> Leaf<Money> {
        self.typed(term, ("an amount of money", "EUR 25,000"), |scalar| match scalar {
            Scalar::Money(money) => Some(money),
            _ => None,
        })
    }

    pub(super) fn number(&mut self, term: &Term) -> Leaf<Number> {
        self.typed(term, ("a number", "2"), |scalar| match scalar {
            Scalar::Number(number) => Some(number),
            _ => None,
        })
    }

    /// The length of time a phrase holds, or what it leaves open.
    pub(super) fn period_of(&mut self, phrase: &Phrase) -> Option<Leaf<Period>> {
        match phrase.term() {
            Some(term) => Some(self.period(term)),
            None => phrase.hole().map(open),
        }
    }

    /// The recurring stretch of `per quarter`, `every 4 weeks`, `per contract-year`.
    pub(super) fn every_of(&mut self, phrase: &Phrase) -> Option<Leaf<Period>> {
        if let Some(every) = phrase.every().or_else(|| phrase.term()) {
            return Some(self.period(every));
        }
        // A body that meets `on call` names no clock.
        if let Some(word) = phrase.word().filter(|_| phrase.form != Form::Meets) {
            self.check_cycle(word);
        }
        let cycle = phrase.word().and_then(|word| {
            let id = word.node.strip_prefix("dates/").unwrap_or(&word.node);
            let length = self.cycles.get(id)?.clone();
            Some(Spanned::new(length.node, word.span))
        });
        cycle.or_else(|| phrase.hole().map(open))
    }

    /// The words a phrase holds, or what it leaves open.
    pub(super) fn text_of(phrase: &Phrase) -> Option<Leaf<Str>> {
        match phrase.text() {
            Some(text) => Some(text.clone().map(Given::Value)),
            None => phrase.hole().map(open),
        }
    }

    /// `owner "Priya Raman", "VP Alliances", "priya@northwind.example"`
    pub(super) fn person_of(phrase: &Phrase) -> Option<Leaf<Person>> {
        let person = phrase.inner(Form::Person)?;
        if let Some(hole) = person.hole() {
            return Some(open(hole));
        }
        let mut texts = person.texts();
        let name = texts.next()?.clone();
        let post = person.words().next().is_some();
        let (mut title, mut email) = (post.then(|| name.clone()), None);
        for text in texts {
            let place = if text.node.contains('@') { &mut email } else { &mut title };
            *place = Some(text.clone());
        }
        Some(Spanned::new(Given::Value(Person { name, post, title, email }), person.span))
    }

    /// A figure as a quantity; `None` where it is words, a formula or another item.
    pub(super) fn quantity(figure: &Figure) -> Option<Leaf<Quantity>> {
        match &figure.node {
            FigureKind::Hole(hole) => Some(Spanned::new(Given::Hole(hole.clone()), figure.span)),
            FigureKind::Plain { value, unit, .. } => {
                let unit = unit.as_ref().map(|unit| unit.node.clone());
                let given = value.node.clone().and_then(|scalar| measured(&scalar, unit.clone()));
                Some(Spanned::new(given, figure.span))
            }
            _ => None,
        }
    }

    /// The first figure of an amount as a quantity.
    pub(super) fn amount(amount: &Amount) -> Option<Leaf<Quantity>> {
        amount.steps.first().and_then(Self::quantity)
    }

    /// The money of a `worth` or `cap` amount.
    pub(super) fn money_of(&mut self, amount: &Amount) -> Option<Leaf<Money>> {
        match &amount.steps.first()?.node {
            FigureKind::Plain { value, unit: None, .. } => Some(self.money(value)),
            FigureKind::Hole(hole) => Some(Spanned::new(Given::Hole(hole.clone()), amount.span)),
            _ => None,
        }
    }

    /// The axes of a scope, in whatever order they stand.
    pub(super) fn scope(&mut self, slots: &mut Slots<'_>, reads: Forms) -> Sparse<Scope> {
        let mut scope = Sparse::default();
        if !reads.has(Form::Axis) {
            return scope;
        }
        while let Some(axis) = slots.take(Form::Axis) {
            let word = axis.word().map_or("", |word| &word.node);
            for thing in axis.things() {
                self.check_no_day(thing, word);
                Self::scope_thing(&mut scope, word, thing);
            }
        }
        scope
    }

    /// `on start` reads as a thing called so: what was meant is a day.
    fn check_no_day(&mut self, thing: &Thing, axis: &str) {
        let ThingKind::Item(id) = &thing.node else { return };
        if MOMENTS.contains(&&**id) && !self.ids.has(id) {
            let (name, word) = (Spanned::new(id.clone(), thing.span), axis.to_owned());
            self.report(Misfit::DayAsThing { name, word });
        }
    }

    fn scope_thing(scope: &mut Scope, axis: &str, thing: &Thing) {
        if axis == "in" {
            Self::scope_place(scope, thing);
            return;
        }
        let text = spelled(thing);
        match axis {
            "of" => scope.products.push(text),
            "for" => scope.field.push(text),
            "through" => scope.channel.push(text),
            "to" => scope.to.push(text),
            "against" => scope.against.push(text),
            _ => scope.on.push(text),
        }
    }

    fn scope_place(scope: &mut Scope, thing: &Thing) {
        match &thing.node {
            ThingKind::Name(code) => {
                let place = Place::from_code(code).map(|place| Spanned::new(place, thing.span));
                scope.territory.extend(place);
            }
            ThingKind::Words { places, .. } => {
                let codes = places.iter().filter_map(|code| {
                    Some(Spanned::new(Place::from_code(&code.node)?, code.span))
                });
                scope.territory.extend(codes);
                scope.places.push(spelled(thing));
            }
            ThingKind::Item(id) => {
                // The area may be declared further down: its places are joined by the analysis.
                scope.places.push(Spanned::new(id.clone(), thing.span));
            }
            ThingKind::Role(_) => {}
            ThingKind::Hole(_) => scope.doubt = Some(At(thing.span)),
        }
    }
}

fn given_is_lost<T>(given: &Given<T>) -> bool {
    matches!(given, Given::Unreadable)
}

/// A scalar with its unit as a quantity.
fn measured(scalar: &Scalar, unit: Option<Str>) -> Option<Quantity> {
    let of = |name: Option<Str>| name.map_or(Measure::Plain, Measure::Of);
    Some(match scalar {
        Scalar::Money(money) => (*money).into(),
        Scalar::Number(number) => Quantity { number: *number, unit: of(unit) },
        Scalar::Percent(share) => {
            let number = share.of(100.into())?;
            let unit = unit.map_or("%".into(), |unit| format!("% {unit}").into());
            Quantity { number, unit: Measure::Of(unit) }
        }
        Scalar::Period(period) => {
            let (months, days) = (period.months(), period.days() + period.business_days());
            let (number, unit) = if months > 0 { (months, "months") } else { (days, "days") };
            Quantity { number: number.into(), unit: Measure::Of(unit.into()) }
        }
        Scalar::Boundless => Quantity { number: crate::value::Number::MAX, unit: of(unit) },
        Scalar::Date(_) => return None,
    })
}

/// The values of a cell.
pub(super) fn cell_terms(cell: &Cell) -> impl Iterator<Item = &Given<Scalar>> {
    let (one, several) = match cell {
        Cell::Term(given) => (Some(given), &[][..]),
        Cell::Bounds(bounds) => (None, &bounds[..]),
        Cell::Empty | Cell::Words(_) | Cell::List(_) => (None, &[][..]),
    };
    one.into_iter().chain(several.iter().map(|(_, given)| given))
}

/// A thing as a reader would name it.
pub(super) fn spelled(thing: &Thing) -> Text {
    let text = match &thing.node {
        ThingKind::Words { text, .. } => text.clone(),
        ThingKind::Item(name) | ThingKind::Name(name) => name.clone(),
        ThingKind::Role(actor) => role(actor).into(),
        ThingKind::Hole(hole) => hole.to_string().into(),
    };
    Spanned::new(text, thing.span)
}

fn role(actor: &Actor) -> &str {
    match actor {
        Actor::Party(name) => name,
        Actor::Either => "either party",
        Actor::Each => "each party",
        Actor::Other => "other party",
        Actor::All => "all parties",
        Actor::Nobody => "nobody",
    }
}
