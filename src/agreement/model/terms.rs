//! What any item may state besides its head: one shape for every section.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

use super::{Course, Leaf, Parties, Person, Scope, Tag, Text};
use crate::source::{At, Spanned};
use crate::syntax::ast::Moment;
use crate::value::{Hole, Percent, Period, Quantity, Str};

/// The points of an item that mean the same wherever they stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Terms {
    /// Where, for what, through whom, against whom.
    pub scope: Sparse<Scope>,
    /// From when.
    pub first: Option<Moment>,
    /// Until when, or by when.
    pub last: Option<Moment>,
    /// `during 12 months`
    pub lasts: Option<Leaf<Period>>,
    /// `within 30 days`
    pub within: Option<Leaf<Period>>,
    /// On what it depends.
    pub conditions: Vec<Requirement>,
    /// Notice, time to cure, and other times somebody has.
    pub clocks: Sparse<Clocks>,
    /// In which period it recurs.
    pub per: Option<Leaf<Period>>,
    /// Who answers for it.
    pub owner: Option<Box<Leaf<Person>>>,
    /// Where it is evidenced.
    pub tracked: Option<Leaf<Str>>,
    /// What few items state.
    pub more: Sparse<MoreTerms>,
}

/// The points that few items state.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MoreTerms {
    /// `after "closing"`
    pub after: Option<Moment>,
    /// `before "publication"`
    pub before: Option<Moment>,
    /// After which ends it falls away.
    pub not_after: Vec<Text>,
    /// Not before when it takes effect.
    pub gate: Option<Moment>,
    /// From when notice can be given.
    pub notice_from: Option<Moment>,
    /// Whether it goes on after the end.
    pub survives: Option<At>,
    /// How long it goes on after the end.
    pub survives_for: Option<Leaf<Period>>,
    /// `if TEST, ACTION`: what follows from a test.
    pub consequences: Vec<Consequence>,
    /// `then ACTION`: what follows from the item itself, in order.
    pub outcomes: Vec<Step>,
    /// `else ACTION`
    pub otherwise: Vec<Step>,
    /// What happens to it at the end.
    pub on_exit: Option<Leaf<Str>>,
    /// What is left out.
    pub except: Vec<Text>,
    /// The right to more time.
    pub extension: Option<Box<Extension>>,
    /// Whether nothing can be mended.
    pub without_cure: Option<At>,
    /// Whose consent it needs.
    pub consent: Option<Box<Consent>>,
    /// What silence means.
    pub silence: Option<Text>,
    /// The least there must be.
    pub at_least: Option<Box<Limit>>,
    /// The most there may be.
    pub at_most: Option<Box<Limit>>,
    /// For each what, in words: `per party`, `per "accident"`.
    pub per_each: Option<Text>,
    /// Who bears the cost.
    pub costs: Option<Box<Costs>>,
    /// Who may change it.
    pub changes: Vec<Change>,
    /// What is added to it by itself.
    pub grows_with: Vec<Text>,
    /// From when, or for which time, it stays as it is.
    pub frozen: Option<Text>,
    /// `exclusive`, `royalty-free`, `in writing` …
    pub flags: Vec<Text>,
    /// From when it is.
    pub tracked_from: Option<Moment>,
    /// What is left open of it as a whole.
    pub open: Option<Spanned<Hole>>,
    /// A remark.
    pub note: Option<Text>,
}

/// The terms of an item.
pub type Stated = Sparse<Terms>;

/// What most items do not state, and what then takes no room: it is the same for all of them.
#[derive(Clone)]
pub struct Sparse<T>(Option<Box<T>>);

/// What has one value where nothing is stated.
pub trait Blank: Default + 'static {
    /// That value.
    fn blank() -> &'static Self;
}

macro_rules! blank {
    ($($type:ty),*) => {
        $(impl Blank for $type {
            fn blank() -> &'static Self {
                static BLANK: LazyLock<$type> = LazyLock::new(<$type>::default);
                &BLANK
            }
        })*
    };
}

blank!(Terms, MoreTerms, Scope, Clocks, Course);

impl<T> Sparse<T> {
    /// Whether anything was stated.
    pub const fn is_stated(&self) -> bool {
        self.0.is_some()
    }
}

impl<T> Default for Sparse<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Blank> Deref for Sparse<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match &self.0 {
            Some(stated) => stated,
            None => T::blank(),
        }
    }
}

impl<T: Blank> DerefMut for Sparse<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Blank + PartialEq> PartialEq for Sparse<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Blank + fmt::Debug> fmt::Debug for Sparse<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// Times that somebody has.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Clocks {
    /// With how much notice.
    pub notice: Option<Leaf<Period>>,
    /// Whether the notice runs after the cure.
    pub notice_after_cure: Option<At>,
    /// In which time a breach can be mended.
    pub cure: Option<Leaf<Period>>,
    /// Which breaches can be mended; every one where that is not said.
    pub cure_if: Option<Text>,
    /// In which time to answer.
    pub answer: Option<Leaf<Period>>,
    /// In which time to agree.
    pub agree: Option<Leaf<Period>>,
    /// In which time to close.
    pub close: Option<Leaf<Period>>,
    /// In which time to object.
    pub object: Option<Leaf<Period>>,
    /// From when the times run, where that is said: `7 days to object after "receipt"`.
    pub run_from: Vec<(&'static str, Moment)>,
}

/// More time than was first given.
#[derive(Debug, Clone, PartialEq)]
pub struct Extension {
    /// Up to how much in all.
    pub to: Option<Leaf<Period>>,
    /// On what it depends.
    pub condition: Option<Text>,
}

/// A condition on which an item depends.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// `if`, `only if`, `unless`, `while`, `until`
    pub kind: &'static str,
    /// `breach`, `control`, `insolvency`, `missed`, `default`, `event`
    pub class: &'static str,
    /// The condition as a reader would say it.
    pub text: Text,
    /// The items it asks about.
    pub asks: Vec<Asked>,
}

/// An item that a condition asks about: `commitments/sends missed`.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The item, as written.
    pub item: Text,
    /// `missed`, `met`, `paid` …; a comparison has none.
    pub state: Option<Str>,
    /// Whether once is not enough: `missed in 2 consecutive quarters`.
    pub repeated: bool,
}

/// What follows from a test.
#[derive(Debug, Clone, PartialEq)]
pub struct Consequence {
    /// The test as a reader would say it.
    pub text: Text,
    /// Whether it is a miss of the item itself: `if missed`, `if delivered < 80% of promised`.
    pub missed: bool,
    /// The items it asks about.
    pub asks: Vec<Asked>,
    /// What follows, in order.
    pub steps: Vec<Step>,
    /// Where what follows is left open.
    pub open: Option<At>,
}

/// A step of a consequence or of a ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The item it belongs to.
    pub tag: Tag,
    /// `talk`, `remedy`, `pay`, `exit`, `lapse`, `change`, `other`
    pub does: Spanned<&'static str>,
    /// As written.
    pub text: Text,
    /// In which time.
    pub within: Option<Leaf<Period>>,
    /// The item it acts on.
    pub item: Option<Text>,
    /// What is kept all the same.
    pub keeping: Vec<Text>,
    /// The how-manieth it is, from 1.
    pub order: u32,
}

/// Whose consent an item needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Consent {
    /// `consent`, `notice`, `freely`
    pub word: Text,
    /// Whose; the other side's where that is not said.
    pub of: Option<Parties>,
    /// Whether it may not be withheld without reason.
    pub reasonable: Option<At>,
    /// Whether each use needs it.
    pub each_use: Option<At>,
}

/// A least or a most.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// How much, where it is a quantity.
    pub amount: Option<Leaf<Quantity>>,
    /// As a reader would say it.
    pub text: Text,
    /// In which period.
    pub per: Option<Leaf<Period>>,
}

/// Who bears a cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Costs {
    /// A party, `shared` or `loser`.
    pub on: Text,
    /// Who bears it for some things instead.
    pub part_on: Option<Text>,
    /// For which.
    pub part_for: Vec<Text>,
    /// Who bears it instead.
    pub shift_to: Option<Text>,
    /// From which shortfall on.
    pub shift_at: Option<Leaf<Percent>>,
    /// Up to how much.
    pub up_to: Option<Leaf<Quantity>>,
}

/// Who may change an item, and by how much.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Who.
    pub by: Parties,
    /// By how much at most.
    pub at_most: Option<Limit>,
    /// How often.
    pub per: Option<Leaf<Period>>,
    /// With how much notice.
    pub notice: Option<Leaf<Period>>,
}

impl Terms {
    /// The flag of that name, where it is written.
    pub fn flag(&self, name: &str) -> Option<&Text> {
        self.more.flags.iter().find(|flag| flag.node == name)
    }

    /// What a miss of the item itself leads to.
    pub fn if_missed(&self) -> impl Iterator<Item = &Step> {
        self.more.consequences.iter().filter(|found| found.missed).flat_map(|found| &found.steps)
    }
}
