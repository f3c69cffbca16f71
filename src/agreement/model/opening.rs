//! Parties, reasons, scope, clocks and the term.

use super::{Asked, Few, Leaf, Parties, Stated, Tag, Text};
use crate::source::{At, Spanned};
use crate::syntax::ast::Moment;
use crate::value::{Date, Money, Percent, Period, Place, Str};

/// A side of the agreement, or another it speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// Its item; the id is its name in the agreement.
    pub tag: Tag,
    /// Its legal name; a side of several companies has none.
    pub name: Option<Leaf<Str>>,
    /// Where it is at home.
    pub place: Option<Spanned<Place>>,
    /// What it does.
    pub roles: Vec<Text>,
    /// The companies that form the side.
    pub members: Vec<Text>,
    /// Who owns the outcome.
    pub owner: Option<Leaf<Person>>,
    /// Who stands in.
    pub deputy: Option<Leaf<Person>>,
    /// The executive sponsor.
    pub sponsor: Option<Leaf<Person>>,
    /// Whom to write to.
    pub contact: Option<Leaf<Person>>,
    /// What its owner may commit.
    pub authority: Option<Leaf<Money>>,
    /// What its owner answers for.
    pub answers_for: Vec<Text>,
    /// What it needs back.
    pub expects: Vec<Benefit>,
    /// How far it depends on others.
    pub depends: Vec<Dependence>,
    /// On which days of the year it plans, as written.
    pub plans: Option<Leaf<Str>>,
    /// Where a successor of its owner finds what was agreed and done.
    pub notes: Option<Leaf<Str>>,
    /// Whose work it cannot do without.
    pub key_people: Vec<Text>,
    /// Whether the companies of a side answer jointly, severally, or both.
    pub liable: Option<Text>,
    /// Who answers for it, where it does not sign.
    pub under: Option<Parties>,
    /// Whether its affiliates are bound with it.
    pub affiliates: Option<At>,
    /// All else it states.
    pub terms: Stated,
}

/// A named person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name; of a post alone, the post.
    pub name: Text,
    /// Whether only a post is named: `sponsor the "Chief Executive Officer"`.
    pub post: bool,
    /// The post.
    pub title: Option<Text>,
    /// Where to write.
    pub email: Option<Text>,
}

/// What a party needs back.
#[derive(Debug, Clone, PartialEq)]
pub struct Benefit {
    /// The party's item.
    pub tag: Tag,
    /// What.
    pub text: Text,
    /// In which time.
    pub within: Option<Leaf<Period>>,
}

/// How far a party depends on somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Dependence {
    /// On whom, by name: a party may be declared further down.
    pub on: Vec<Str>,
    /// For which share.
    pub share: Leaf<Percent>,
    /// Of what.
    pub of: Text,
}

/// Why there is an alliance.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rationale {
    /// The reasons in words.
    pub answers: Vec<Answer>,
    /// How long either would need alone.
    pub alone: Option<(Tag, Leaf<Period>)>,
    /// How much of their customers they share.
    pub overlap: Option<(Tag, Leaf<Percent>)>,
    /// When it was written down.
    pub written: Option<(Tag, Leaf<Date>)>,
}

/// One reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Its item.
    pub tag: Tag,
    /// The reason.
    pub text: Leaf<Str>,
}

/// A market, field or set of products.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scope {
    /// `of`
    pub products: Few<Text>,
    /// `for`
    pub field: Few<Text>,
    /// `in`
    pub territory: Few<Spanned<Place>>,
    /// Places in words, or named elsewhere.
    pub places: Few<Text>,
    /// `through`
    pub channel: Few<Text>,
    /// `to`
    pub to: Few<Text>,
    /// `against`
    pub against: Few<Text>,
    /// `on`
    pub on: Few<Text>,
    /// What could not be resolved in it.
    pub doubt: Option<At>,
}

/// A scope with a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its item.
    pub tag: Tag,
    /// What it covers, and who may change it.
    pub terms: Stated,
}

/// A named clock.
#[derive(Debug, Clone, PartialEq)]
pub struct Clock {
    /// Its item.
    pub tag: Tag,
    /// When it strikes first; `None` where that could not be read.
    pub on: Option<Moment>,
    /// When it stops.
    pub until: Option<Moment>,
    /// How often it strikes.
    pub every: Option<Leaf<Period>>,
    /// What becomes of a first period that is no whole one.
    pub first: Option<Moment>,
    /// How a part of a period counts.
    pub part_periods: Option<Text>,
    /// All else it states: a latest day, for one.
    pub terms: Stated,
}

/// When a notice counts as given.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// Its item.
    pub tag: Tag,
    /// By which ways it is sent.
    pub channels: Vec<Text>,
    /// When it counts.
    pub counts: Option<Moment>,
    /// Until which hour of the day.
    pub cut_off: Option<Text>,
    /// All else it states.
    pub terms: Stated,
}

/// How long the agreement lasts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Term {
    /// The first term.
    pub initial: Option<Initial>,
    /// The renewals, in the order they are taken.
    pub renewals: Vec<Renewal>,
}

/// The first term.
#[derive(Debug, Clone, PartialEq)]
pub struct Initial {
    /// Its item.
    pub tag: Tag,
    /// How it ends.
    pub lasts: Lasts,
    /// From when it counts; the start where that is not said.
    pub from: Option<Moment>,
    /// All else it states.
    pub terms: Stated,
}

/// How a term ends.
#[derive(Debug, Clone, PartialEq)]
pub enum Lasts {
    /// After a time.
    For(Leaf<Period>),
    /// At a moment.
    Until(Moment),
    /// Never by itself: `perpetual` or `evergreen`.
    Endless(Text),
}

/// A renewal.
#[derive(Debug, Clone, PartialEq)]
pub struct Renewal {
    /// Its item.
    pub tag: Tag,
    /// `automatic`, `by-agreement`, `at-option`, `none`
    pub mode: Spanned<&'static str>,
    /// At whose option.
    pub by: Option<Parties>,
    /// For how long.
    pub length: Option<Leaf<Period>>,
    /// How often at most.
    pub times: Option<Spanned<u32>>,
    /// Whether it is said to be renewed again and again.
    pub successive: Option<At>,
    /// The notice that stops it.
    pub notice: Option<Leaf<Period>>,
    /// Before what the notice is given.
    pub before: Option<Moment>,
    /// On what it depends, as a reader would say it.
    pub condition: Option<Text>,
    /// The items it depends on.
    pub asks: Vec<Asked>,
    /// What has to be agreed for it.
    pub agreeing: Vec<Text>,
    /// When it may be asked for, as a reader would say it.
    pub asked: Option<Text>,
    /// All else it states.
    pub terms: Stated,
}
