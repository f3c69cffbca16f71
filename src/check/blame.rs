//! The places that decided an answer, gathered while it is explained.

use std::borrow::Cow;

use crate::source::Span;
use crate::vocabulary::Anchor;

/// The most other places a finding shows.
const MOST_PLACES: usize = 24;

/// A place of the agreement, and the part of it the place belongs to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Site<'a> {
    pub(super) span: Span,
    /// The smallest part with an id that it belongs to, where that is known.
    pub(super) home: Option<Anchor<'a>>,
    /// Where something missing would be inserted.
    pub(super) insert_at: Option<u32>,
    /// What is said beside it.
    pub(super) note: Cow<'static, str>,
    /// Whether it had no part in the answer, and only shows what is talked of.
    pub(super) context: bool,
}

impl<'a> Site<'a> {
    pub(super) const fn new(span: Span, home: Option<Anchor<'a>>) -> Self {
        Self { span, home, insert_at: None, note: Cow::Borrowed(""), context: false }
    }

    /// The heading or id of a part of the agreement.
    pub(super) const fn anchor(anchor: Anchor<'a>) -> Self {
        Self::new(anchor.span, Some(anchor))
    }

    /// Where something is missing.
    pub(super) fn gap(anchor: Anchor<'a>) -> Self {
        let insert_at = Some(anchor.insert_at);
        Self { insert_at, note: Cow::Borrowed("not stated here"), ..Self::anchor(anchor) }
    }

    /// A place that only shows what is talked of.
    #[must_use]
    pub(super) fn around(self, note: impl Into<Cow<'static, str>>) -> Self {
        Self { context: true, ..self.noted(note) }
    }

    #[must_use]
    pub(super) fn noted(mut self, note: impl Into<Cow<'static, str>>) -> Self {
        self.note = note.into();
        self
    }
}

/// What leaves an answer open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cause {
    pub(super) span: Span,
    /// Whether an error at its place tells of it already.
    pub(super) told: bool,
}

/// Why an answer is what it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Blame<'a> {
    /// The place that decided.
    pub(super) primary: Option<Site<'a>>,
    /// The others.
    pub(super) also: Vec<Site<'a>>,
    /// What leaves it open.
    pub(super) causes: Vec<Cause>,
    /// Why it cannot be told, in words.
    pub(super) reason: Option<String>,
}

impl<'a> Blame<'a> {
    pub(super) fn at(primary: Option<Site<'a>>) -> Self {
        Self { primary, ..Self::default() }
    }

    /// Adds a place, unless it is there already.
    pub(super) fn push(&mut self, site: Site<'a>) {
        let known = self.primary.iter().chain(&self.also).any(|known| known.span == site.span);
        if !known && self.also.len() < MOST_PLACES {
            self.also.push(site);
        }
    }

    pub(super) fn extend(&mut self, sites: impl IntoIterator<Item = Site<'a>>) {
        for site in sites {
            self.push(site);
        }
    }

    /// Adds all that another explanation shows.
    pub(super) fn absorb(&mut self, other: Self) {
        if self.primary.is_none() {
            self.primary = other.primary;
        } else {
            self.extend(other.primary);
        }
        self.extend(other.also);
        self.because(other.causes, other.reason);
    }

    pub(super) fn because(&mut self, causes: Vec<Cause>, reason: Option<String>) {
        self.causes.extend(causes);
        if self.reason.is_none() {
            self.reason = reason;
        }
    }

    /// Adds what may hide members of a list that stands at `place`.
    pub(super) fn hidden(&mut self, doubt: Option<Span>, place: Option<Anchor<'a>>) {
        let Some(span) = doubt else { return };
        self.absorb(Self::at(Some(Site::new(span, place))));
        self.because(vec![Cause { span, told: false }], Some(super::reason::HIDDEN.to_owned()));
    }

    /// Puts another place first; the one that was first becomes one of the others.
    pub(super) fn lead(&mut self, site: Option<Site<'a>>) {
        let Some(site) = site else { return };
        if self.primary.as_ref().is_some_and(|known| known.span == site.span) {
            return;
        }
        self.also.retain(|known| known.span != site.span);
        if let Some(before) = self.primary.replace(site) {
            self.also.insert(0, before);
        }
    }
}
