//! What an agreement says, as written: sections, items, and the notions all sections share.
//!
//! Nothing is resolved here: names are strings with a place. Equality ignores places.

mod figure;
mod outcome;

use smallvec::SmallVec;

use crate::source::{Span, Spanned};
use crate::value::{Date, Given, Hole, Money, Number, Percent, Period, Str};

pub use crate::syntax::agreement::form::Form;
pub use figure::*;
pub use outcome::*;

/// A whole file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AgreementFile {
    /// The line that opens it, with its slots, where there is one.
    pub header: Option<Header>,
    /// The sections, in the order written; one heading may stand twice.
    pub sections: Vec<Section>,
}

/// The first line and the indented lines below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// `northwind-kestrel`
    pub id: Spanned<Str>,
    /// `version 3`
    pub version: Option<Spanned<Given<Number>>>,
    /// `go-to-market`, as written.
    pub kind: Option<Spanned<Str>>,
    /// Title, dates and conventions.
    pub slots: Vec<Phrase>,
    /// The first line.
    pub span: Span,
    /// Whether something in it could not be read, and where.
    pub bad: Option<Span>,
}

/// A heading and what hangs below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The heading as written.
    pub heading: Spanned<Str>,
    /// Its place among the sections of the language, if that has one of that name.
    pub place: Option<usize>,
    /// Its items.
    pub items: Vec<Item>,
    /// A line that could not be read as an item, if there is one.
    pub stray: Option<Span>,
    /// The end of what was written below it.
    pub end: u32,
}

/// One item: `id: HEAD {; SLOT}`, with the rows of its table.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The word before the colon.
    pub id: Spanned<Str>,
    /// Its head; `None` where it could not be read or nothing stands there.
    pub head: Option<Phrase>,
    /// Its slots, the modifiers of the head among them, in the order written.
    pub slots: Vec<Phrase>,
    /// The rows of its table.
    pub rows: Vec<Row>,
    /// From the id to the end of the last slot.
    pub span: Span,
    /// Where something in it could not be read.
    pub bad: Option<Span>,
}

/// A head or a slot: its form and what it is filled with, in the order written.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// Which of the language's forms it is.
    pub form: Form,
    /// What it says. Most say one thing or two.
    pub parts: SmallVec<[Part; 2]>,
    /// Where it stands.
    pub span: Span,
}

/// What a form is filled with.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Quoted words.
    Text(Spanned<Str>),
    /// A word of the form, a bare word, a party's or place's name.
    Word(Spanned<Str>),
    /// Who acts or receives.
    Who(Who),
    /// Something named.
    Thing(Thing),
    /// A value, a range, or what is left open.
    Term(Term),
    /// How much.
    Amount(Amount),
    /// A point in time.
    Moment(Moment),
    /// A recurring stretch.
    Every(Term),
    /// A condition.
    Test(Test),
    /// What follows.
    Action(Box<Action>),
    /// A form within a form.
    Phrase(Box<Phrase>),
    /// Left open as a whole.
    Hole(Spanned<Hole>),
}

/// Who acts or receives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The actors, in the order written.
    pub actors: SmallVec<[Spanned<Actor>; 1]>,
    /// Whether their affiliates act with them.
    pub affiliates: bool,
    /// Where it stands.
    pub span: Span,
}

/// One who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A party by its name.
    Party(Str),
    /// `either party`
    Either,
    /// `each party`
    Each,
    /// `other party`
    Other,
    /// `all parties`
    All,
    /// `nobody`
    Nobody,
}

/// Something named.
pub type Thing = Spanned<ThingKind>;

/// How something is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThingKind {
    /// In words, perhaps bounded by places.
    Words {
        /// The words.
        text: Str,
        /// The codes behind them.
        places: Vec<Spanned<Str>>,
    },
    /// By an item's id, or `section/id`.
    Item(Str),
    /// By a party's or place's name.
    Name(Str),
    /// By who it is.
    Role(Actor),
    /// Left open.
    Hole(Hole),
}

/// A value, a range, or what is left open.
pub type Term = Spanned<Given<Scalar>>;

/// A single value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scalar {
    /// `4`
    Number(Number),
    /// `12.5%`
    Percent(Percent),
    /// `90 days`
    Period(Period),
    /// `EUR 60,000`
    Money(Money),
    /// `2026-04-01`
    Date(Date),
    /// `perpetual`, `unlimited`: above every other.
    Boundless,
}

/// A point in time.
pub type Moment = Spanned<MomentKind>;

/// How a point in time is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MomentKind {
    /// A day.
    Day(Date),
    /// A quarter or a year: some day from the first to the last.
    Stretch(Date, Date),
    /// `30 days after launch`
    Distance {
        /// How far.
        by: Box<Term>,
        /// Before it rather than after.
        before: bool,
        /// From what.
        from: Box<Moment>,
    },
    /// `later of … and …`
    Later(Box<Moment>, Box<Moment>),
    /// `earlier of … and …`
    Earlier(Box<Moment>, Box<Moment>),
    /// An event in words.
    Event(Str),
    /// `start`, `signing`, `term end`, `exit`, or a clock of `dates`.
    Named(Str),
    /// Time and again, as written: `each quarter`, `each 15 March`, `day 15 of month 2 after each quarter`.
    Recurring(Str),
    /// Left open.
    Hole(Hole),
    /// No such day; an error says so.
    Unreadable,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its cells; an empty cell is `Cell::Empty`.
    pub cells: Vec<Spanned<Cell>>,
    /// The row.
    pub span: Span,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words, a name or `any`.
    Words(Str),
    /// `DE, AT`: one of these.
    List(Vec<Str>),
    /// A value or what is left open.
    Term(Given<Scalar>),
    /// `>= EUR 50,000 and < EUR 100,000`, `from 2027-01-01`
    Bounds(Vec<(Str, Given<Scalar>)>),
}
