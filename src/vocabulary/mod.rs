//! Every fact a policy may ask for: its path, type, words and accessor, in one table.
//!
//! The resolver, the evaluator, the manual and completion read the same statics, so a fact cannot
//! exist for one of them only. What goes in is a record of the model, what comes out is a [`Fact`].

mod accessors;
mod facts;
mod kinds;

use std::borrow::Cow;
use std::fmt;

use crate::source::Span;
use crate::value::{Currency, Hole, Money, Number, Percent, Period, Place, Quantity, When};

pub use facts::{Anchor, Facts, Record};
pub use kinds::{AGREEMENT, RECORDS, WORDS};

/// The type of a fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Type {
    /// Yes or no.
    Flag,
    /// A bare number.
    Number,
    /// A share of a whole.
    Percent,
    /// Money of one currency.
    Money,
    /// A length of time.
    Duration,
    /// A day, as far as it is known.
    Date,
    /// A number of something; money is one.
    Quantity,
    /// Free words.
    Text,
    /// The id of an item.
    Name,
    /// A place by its ISO 3166 code.
    Country,
    /// An ISO 4217 currency.
    Currency,
    /// One of a closed list of words.
    Word(&'static Words),
    /// A part of the agreement with facts of its own.
    Record(&'static RecordType),
    /// Any number of them, in the order written.
    List(&'static Type),
}

impl Type {
    /// The leaf types a policy may name in a parameter, by their word.
    pub const LEAVES: [(&'static str, Self); 11] = [
        ("flag", Self::Flag),
        ("number", Self::Number),
        ("percent", Self::Percent),
        ("money", Self::Money),
        ("duration", Self::Duration),
        ("date", Self::Date),
        ("quantity", Self::Quantity),
        ("text", Self::Text),
        ("name", Self::Name),
        ("country", Self::Country),
        ("currency", Self::Currency),
    ];

    /// The leaf or word type a policy names, such as `duration` or `section`.
    pub fn named(name: &str) -> Option<Self> {
        let leaf = Self::LEAVES.into_iter().find(|(word, _)| *word == name).map(|(_, ty)| ty);
        leaf.or_else(|| {
            WORDS.iter().find(|words| words.name == name).map(|words| Self::Word(words))
        })
    }

    /// Whether `<`, `<=`, `>`, `>=` and `within` make sense.
    pub const fn is_ordered(self) -> bool {
        matches!(
            self,
            Self::Number
                | Self::Percent
                | Self::Money
                | Self::Duration
                | Self::Date
                | Self::Quantity
        )
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(words) => f.write_str(words.name),
            Self::Record(record) => f.write_str(record.name),
            Self::List(of) => write!(f, "list of {of}"),
            leaf => {
                let known = Self::LEAVES.iter().find(|(_, ty)| ty == leaf);
                f.write_str(known.map_or("", |(word, _)| word))
            }
        }
    }
}

/// A closed list of words, such as the kinds of alliance.
#[derive(Debug)]
pub struct Words {
    /// The name of the type.
    pub name: &'static str,
    /// What it tells apart.
    pub doc: &'static str,
    /// The words, in the order the manual shows them.
    pub words: &'static [&'static str],
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// A part of an agreement and the facts it answers.
pub struct RecordType {
    /// Its name, capitalised: `Commitment`.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub doc: &'static str,
    /// Whether it is a section: always there, though perhaps never written. The fact of a section
    /// whose heading is not written stands [`Where::Nowhere`]; that is what `is stated` asks.
    pub section: bool,
    /// The facts of its own.
    pub fields: &'static [Field],
    /// Which of the facts that mean the same in every section it answers too, by their names.
    pub shared: &'static [&'static str],
}

impl RecordType {
    /// The fact with that name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.facts().find(|field| field.name == name)
    }

    /// Its facts: its own, then those it shares with others.
    pub fn facts(&self) -> impl Iterator<Item = &'static Field> {
        let shared = kinds::SHARED.iter().filter(|field| self.shared.contains(&field.name));
        self.fields.iter().chain(shared)
    }
}

impl PartialEq for RecordType {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl fmt::Debug for RecordType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// One fact of a record.
pub struct Field {
    /// Its name, as a policy writes it after the dot.
    pub name: &'static str,
    /// Its type.
    pub ty: Type,
    /// Whether it may be missing. A list and a section never are.
    pub optional: bool,
    /// What it says, in a sentence.
    pub doc: &'static str,
    /// Reads it off a record of the right type.
    pub get: for<'a> fn(Record<'a>, Facts<'a>) -> Fact<'a>,
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}{}", self.name, self.ty, if self.optional { "?" } else { "" })
    }
}

/// What an agreement answers when asked for a fact.
#[derive(Debug, Clone)]
pub enum Fact<'a> {
    /// This.
    Known(Value<'a>, Where<'a>),
    /// Something from the first to the second, both included: `10%..20%`.
    Range(Box<[Value<'a>; 2]>, Where<'a>),
    /// It is left open, hidden or said elsewhere.
    Hole(&'a Hole, Span),
    /// It is not stated. The place to blame is the anchor of the record that was asked.
    Absent,
    /// It may be stated in what could not be read at this place, or rests on a name nobody knows.
    Unreadable(Span),
    /// The agreement states what it follows from, but not enough to tell; why, and where.
    Unclear(Cow<'static, str>, Where<'a>),
}

/// A value of a fact, a literal or a parameter.
#[derive(Debug, Clone)]
pub enum Value<'a> {
    /// Yes or no.
    Flag(bool),
    /// A bare number.
    Number(Number),
    /// A share of a whole.
    Percent(Percent),
    /// Money.
    Money(Money),
    /// A length of time.
    Duration(Period),
    /// A date, as far as it is known.
    Date(When),
    /// A number of something.
    Quantity(Cow<'a, Quantity>),
    /// Free words, or an id.
    Text(Cow<'a, str>),
    /// One of a closed list of words.
    Word(&'static str),
    /// A place.
    Country(Cow<'a, Place>),
    /// A currency.
    Currency(Currency),
    /// Above every value of its type, by the word for it: `perpetual`, `unlimited`.
    Endless(&'static str),
    /// A part of the agreement.
    Record(Record<'a>),
    /// Several.
    List(Box<List<'a>>),
}

/// The members of a list fact.
#[derive(Debug, Clone)]
pub struct List<'a> {
    /// The members, in the order written.
    pub members: Vec<Fact<'a>>,
    /// Where the list stands: its slot or heading if written, else the smallest block there is.
    pub place: Anchor<'a>,
    /// What may hide further members, if anything: an item that could not be read, a hole.
    pub doubt: Option<Span>,
}

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where<'a> {
    /// At one place of the agreement.
    At(Span),
    /// It was derived from what stands at these places; the first is the one to blame.
    From(&'a [Span]),
    /// Not in the agreement: a literal, a parameter, an input.
    Nowhere,
}

impl Where<'_> {
    /// The places, the one to blame first.
    pub fn spans(&self) -> &[Span] {
        match self {
            Self::At(span) => std::slice::from_ref(span),
            Self::From(spans) => spans,
            Self::Nowhere => &[],
        }
    }
}
