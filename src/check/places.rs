//! Where a value stands: what it would be blamed at, and what it follows from.

use crate::policy::{Each, Expr, Path, Root};
use crate::source::Span;
use crate::vocabulary::{Anchor, Fact, Value, Where};

use super::blame::{Cause, Site};
use super::eval::{Asking, Bound, Scope, Way, found};
use super::operand::Operand;
use super::reason;
use super::truth::Truth;

/// The places of a value.
#[derive(Debug, Default)]
pub(super) struct Places<'a> {
    /// Where it stands.
    pub(super) primary: Option<Site<'a>>,
    /// What it follows from.
    pub(super) also: Vec<Site<'a>>,
    /// What leaves it open.
    pub(super) open: Option<Site<'a>>,
    /// Where it is missing.
    pub(super) absent: Option<Site<'a>>,
    /// Why it cannot be told.
    pub(super) causes: Vec<Cause>,
    pub(super) reason: Option<String>,
}

impl<'a> Places<'a> {
    /// Both, the first leading.
    fn and(mut self, other: Self) -> Self {
        match &self.primary {
            None => self.primary = other.primary,
            Some(_) => self.also.extend(other.primary),
        }
        self.also.extend(other.also);
        self.open = self.open.or(other.open);
        self.absent = self.absent.or(other.absent);
        self.causes.extend(other.causes);
        self.reason = self.reason.or(other.reason);
        self
    }

    fn opened(&mut self, site: Option<Site<'a>>, told: bool, reason: Option<String>) {
        self.causes.extend(site.iter().map(|site| Cause { span: site.span, told }));
        self.reason = self.reason.take().or(reason);
        self.primary = self.primary.take().or(site.clone());
        self.open = self.open.take().or(site);
    }
}

impl<'a> Asking<'a> {
    /// Where a value stands.
    pub(super) fn places(&self, value: &'a Expr, scope: Scope<'_, 'a>) -> Places<'a> {
        match value {
            Expr::Constant(_) | Expr::Param(_) => Places::default(),
            Expr::Let(index) => self
                .rule
                .lets
                .get(*index)
                .map_or_else(Places::default, |value| self.places(value, scope)),
            Expr::Path(path) => self.path_places(path, scope),
            Expr::Part(value, _) => self.places(value, scope),
            Expr::Plus(sides) | Expr::Minus(sides) | Expr::ShareOf(sides) => {
                let mut both = self.places(&sides[0], scope).and(self.places(&sides[1], scope));
                if both.reason.is_none()
                    && let Operand::Fact(Fact::Unclear(why, _)) = self.value(value, scope)
                {
                    both.opened(both.primary.clone(), false, Some(why.into_owned()));
                }
                both
            }
            Expr::Otherwise(sides) => {
                let first = self.value(&sides[0], scope).is_absent();
                self.places(&sides[usize::from(first)], scope)
            }
            Expr::Count { different, of } => self.count_places(different.as_deref(), of, scope),
            Expr::Sum { value: summed, of } => self.sum_places(value, summed, of, scope),
            Expr::Test(test) => {
                let blame = self.explain(test, scope);
                Places {
                    primary: blame.primary,
                    also: blame.also,
                    causes: blame.causes,
                    reason: blame.reason,
                    ..Places::default()
                }
            }
        }
    }

    fn path_places(&self, path: &'a Path, scope: Scope<'_, 'a>) -> Places<'a> {
        let (fact, home) = match (self.way(path, scope), path.root) {
            (Way::To(record, field), _) => (self.ask(record, field), Some(record.anchor())),
            (Way::Ended(fact, Some(last)), _) => (fact, Some(last.anchor())),
            // What is missing then is what the name stands for.
            (Way::Ended(_, None) | Way::Nowhere, Root::Let(index)) => {
                let value = self.rule.lets.get(index);
                return value.map_or_else(Places::default, |value| self.places(value, scope));
            }
            // A member that is no part with an id belongs where its list stands.
            (Way::Ended(fact, None), Root::Bound(slot)) => {
                (fact, found(slot, scope).and_then(|bound| bound.home.cloned()))
            }
            (Way::Ended(fact, None), _) => (fact, None),
            (Way::Nowhere, _) => return Places::default(),
        };
        let name = path.fields.last().map_or("this", |field| field.name).replace('-', " ");
        fact_places(&fact, home, &name)
    }

    fn count_places(
        &self,
        different: Option<&'a Expr>,
        of: &'a Each,
        scope: Scope<'_, 'a>,
    ) -> Places<'a> {
        let tally = self.count(different, of, scope);
        let listed = self.list(&of.list, scope);
        let place = listed.place.clone();
        let mut places = Places { primary: place.clone().map(Site::anchor), ..Places::default() };
        if tally.high == Some(tally.low) {
            places.also = self.counted_sites(different, of, scope);
            return places;
        }
        for member in listed.members {
            let bound = Bound { slot: of.slot, fact: &member, home: place.as_ref(), outer: scope };
            let passes = self.passes(of, Some(&bound));
            if matches!(passes, Truth::Unclear | Truth::Missing)
                && let Some(filter) = &of.filter
            {
                let why = self.explain(filter, Some(&bound));
                if passes == Truth::Missing {
                    places.absent = places.absent.or(why.primary);
                } else {
                    places.causes.extend(why.causes);
                    places.opened(why.primary, false, why.reason);
                }
            }
            if let (Some(value), false) = (different, passes == Truth::False) {
                let inner = self.places(value, Some(&bound));
                places.absent = places.absent.or(inner.absent);
                if let Some(open) = inner.open {
                    let told = inner.causes.iter().all(|cause| cause.told);
                    places.opened(Some(open), told, inner.reason);
                }
            }
        }
        if let Some(doubt) = listed.doubt {
            places.opened(Some(Site::new(doubt, place)), false, Some(reason::HIDDEN.to_owned()));
        }
        places
    }

    /// Where each member that counts stands, or the different values, in the order written.
    pub(super) fn counted_sites(
        &self,
        different: Option<&'a Expr>,
        of: &'a Each,
        scope: Scope<'_, 'a>,
    ) -> Vec<Site<'a>> {
        let listed = self.list(&of.list, scope);
        let place = listed.place;
        let mut seen: Vec<Operand<'a>> = Vec::new();
        let mut sites = Vec::new();
        for member in listed.members {
            let bound = Bound { slot: of.slot, fact: &member, home: place.as_ref(), outer: scope };
            if self.passes(of, Some(&bound)) != Truth::True {
                continue;
            }
            let site = member_site(&member, place.as_ref());
            let Some(value) = different else {
                sites.extend(site);
                continue;
            };
            let operand = self.value(value, Some(&bound));
            let alike = |other: &Operand<'a>| {
                self.compare(crate::value::Comparison::Equal, other, &operand) == Truth::True
            };
            if !operand.is_absent() && !operand.is_open() && !seen.iter().any(alike) {
                sites.extend(self.places(value, Some(&bound)).primary.or(site));
                seen.push(operand);
            }
        }
        sites
    }

    fn sum_places(
        &self,
        sum: &'a Expr,
        value: &'a Expr,
        of: &'a Each,
        scope: Scope<'_, 'a>,
    ) -> Places<'a> {
        let listed = self.list(&of.list, scope);
        let place = listed.place;
        let mut places = Places { primary: place.clone().map(Site::anchor), ..Places::default() };
        let mut unit: Option<Operand<'a>> = None;
        for member in listed.members {
            let bound = Bound { slot: of.slot, fact: &member, home: place.as_ref(), outer: scope };
            match (self.passes(of, Some(&bound)), &of.filter) {
                (Truth::False, _) => continue,
                (Truth::Unclear, Some(filter)) => {
                    let why = self.explain(filter, Some(&bound));
                    places.causes.extend(why.causes);
                    places.opened(why.primary, false, why.reason);
                    continue;
                }
                (Truth::Missing, Some(filter)) => {
                    places.absent = places.absent.or(self.explain(filter, Some(&bound)).primary);
                    continue;
                }
                _ => {}
            }
            let operand = self.value(value, Some(&bound));
            let inner = self.places(value, Some(&bound));
            places.absent = places.absent.or(inner.absent);
            let ranged = matches!(operand, Operand::Fact(Fact::Range(..)));
            let odd = unit.as_ref().is_some_and(|unit| {
                super::reckon::add(unit.clone(), operand.clone(), true, self.conventions())
                    .is_open()
            });
            if odd && !operand.is_open() {
                let why = reason::two_units(unit.as_ref(), &operand);
                places.opened(inner.primary.clone(), false, Some(why));
            } else if ranged {
                places.open = places.open.or(inner.primary.clone());
            } else if inner.open.is_some() && operand.is_open() {
                places.causes.extend(inner.causes);
                places.reason = places.reason.or(inner.reason);
                places.open = places.open.or(inner.open);
            }
            places.also.extend(inner.primary.map(|site| site.noted("adds to it")));
            if unit.is_none() && !operand.is_open() && !operand.is_absent() {
                unit = Some(operand);
            }
        }
        if let Some(doubt) = listed.doubt {
            places.opened(Some(Site::new(doubt, place)), false, Some(reason::HIDDEN.to_owned()));
        }
        if !self.value(sum, scope).is_absent() {
            places.absent = None;
        }
        places
    }
}

/// The places of a fact that `home` was asked for.
fn fact_places<'a>(fact: &Fact<'a>, home: Option<Anchor<'a>>, name: &str) -> Places<'a> {
    let mut places = Places::default();
    let site = |span: Span| Site::new(span, home.clone());
    let first = |at: &Where<'a>| at.spans().first().copied().map(site);
    match fact {
        Fact::Known(value, at) => {
            places.primary = first(at).or_else(|| standing(value));
            if let (Value::Date(when), Some(found)) = (value, &places.primary)
                && when.waits_for().is_some()
            {
                places.open = Some(found.clone());
            }
            places.also = rest(at, home.as_ref());
        }
        Fact::Range(_, at) => {
            places.primary = first(at);
            places.open = places.primary.clone();
            places.also = rest(at, home.as_ref());
        }
        Fact::Hole(open, span) => {
            places.opened(Some(site(*span)), false, Some(format!("{name} is {open}")));
        }
        Fact::Absent => places.absent = home.map(Site::gap),
        Fact::Unreadable(span) => places.opened(Some(site(*span)), true, None),
        Fact::Unclear(why, at) => {
            let found = first(at).or_else(|| home.clone().map(Site::anchor));
            places.opened(found, false, Some(why.clone().into_owned()));
            places.also = rest(at, home.as_ref());
        }
    }
    places
}

fn rest<'a>(at: &Where<'a>, home: Option<&Anchor<'a>>) -> Vec<Site<'a>> {
    let others = at.spans().iter().skip(1);
    others.map(|span| Site::new(*span, home.cloned()).noted("follows from this")).collect()
}

/// Where a part of the agreement or a list stands of itself.
fn standing<'a>(value: &Value<'a>) -> Option<Site<'a>> {
    match value {
        Value::Record(record) => Some(Site::anchor(record.anchor())),
        Value::List(list) => Some(Site::anchor(list.place.clone())),
        _ => None,
    }
}

/// Where a member of a list stands, if in the agreement.
pub(super) fn member_site<'a>(member: &Fact<'a>, home: Option<&Anchor<'a>>) -> Option<Site<'a>> {
    let own = match member {
        Fact::Known(Value::Record(record), _) => Some(record.anchor()),
        _ => None,
    };
    let spans = match member {
        Fact::Known(_, at) | Fact::Range(_, at) | Fact::Unclear(_, at) => {
            at.spans().first().copied()
        }
        Fact::Hole(_, span) | Fact::Unreadable(span) => Some(*span),
        Fact::Absent => None,
    };
    // A party named in an item stands in that item, not where it is declared.
    let declared = own.clone().filter(|own| spans.is_none_or(|span| span == own.span));
    let home = declared.or_else(|| home.cloned()).or_else(|| own.clone());
    spans.map(|span| Site::new(span, home)).or(own.map(Site::anchor))
}

/// The other places a derived member follows from.
pub(super) fn member_sources<'a>(member: &Fact<'a>) -> Vec<Site<'a>> {
    match member {
        Fact::Known(_, at) => rest(at, None),
        _ => Vec::new(),
    }
}
