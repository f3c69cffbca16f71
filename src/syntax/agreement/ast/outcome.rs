//! Conditions, and what follows from them.

use super::{Amount, Figure, Term, Thing, Who, Window};
use crate::source::{Span, Spanned};
use crate::value::{Hole, Str};

/// A condition on facts: one, or several joined by one connective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// The conditions.
    pub conditions: Vec<Condition>,
    /// Whether any of several is enough.
    pub any: bool,
    /// Where it stands.
    pub span: Span,
}

/// One condition.
pub type Condition = Spanned<ConditionKind>;

/// What a condition asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConditionKind {
    /// In words.
    Words(Str),
    /// `other party breaches "…"`
    Breaches(Who, Vec<Thing>),
    /// `VS changes control above 50% to definitions/rivals`
    ChangesControl {
        /// Whose control.
        who: Who,
        /// From which share of it.
        share: Option<Term>,
        /// Whether control ends below that share.
        below: bool,
        /// Whose control ends.
        from: Vec<Thing>,
        /// To whom.
        to: Vec<Thing>,
        /// How much, in words.
        words: Option<Spanned<Str>>,
    },
    /// `either party insolvent`, `in default`
    Conduct(Who, Str),
    /// `commitments/sends missed in 2 consecutive quarters`; without an item, the item it stands in.
    State {
        /// The item.
        item: Option<Spanned<Str>>,
        /// `missed`, `met`, `paid` …
        state: Str,
        /// How often.
        repeat: Option<Str>,
    },
    /// `net-sales >= USD 20,000,000 in contract year 3`
    Compare {
        /// What is compared.
        figure: Box<Figure>,
        /// `>=`
        operator: Str,
        /// Against what.
        against: Box<Figure>,
        /// Over which time.
        window: Option<Box<Window>>,
        /// How often.
        repeat: Option<Str>,
    },
    /// Left open.
    Hole(Hole),
}

/// What follows from a test or an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What is done.
    pub kind: ActionKind,
    /// `after 10 business days`
    pub after: Option<Term>,
    /// `within 60 days`
    pub within: Option<Term>,
    /// Where it stands.
    pub span: Span,
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionKind {
    /// `Kestrel pays Northwind EUR 1,000`
    Pays {
        /// Who pays.
        who: Who,
        /// To whom.
        whom: Option<Who>,
        /// To whom, in words.
        payee: Option<Spanned<Str>>,
        /// How much.
        amount: Amount,
    },
    /// `Kestrel makes good`
    MakesGood(Who),
    /// `Company may terminate or "extend the period"`
    May(Who, Vec<Choice>),
    /// `PPD chooses "repeat" or "refund"`
    Chooses(Who, Vec<Choice>),
    /// `Exact decides "pricing"`
    Decides(Who, Vec<Thing>),
    /// `Northwind owns`
    Owns(Who),
    /// `raise to executive`
    Raise(Spanned<Str>),
    /// `raise to "the owners"`
    RaiseTo(Spanned<Str>),
    /// `exclusivity/media lapses`
    Effect {
        /// On which item.
        item: Spanned<Str>,
        /// `lapses`, `becomes non-exclusive`, `falls` …
        effect: Str,
        /// By how much.
        by: Option<Figure>,
        /// What is kept all the same.
        keeping: Vec<Thing>,
    },
    /// A body or another item.
    Item(Spanned<Str>),
    /// In words.
    Words(Str),
    /// `non-exclusive`
    Flag(Str),
    /// `status quo`
    StatusQuo,
    /// `ends`: the agreement.
    Ends,
    /// Left open.
    Hole(Hole),
}

/// What may be chosen.
pub type Choice = Spanned<ChoiceKind>;

/// One of several things that may be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChoiceKind {
    /// `terminate on 60 days notice without cure`
    Terminate {
        /// With how much notice.
        notice: Option<Term>,
        /// Whether there is nothing to cure.
        without_cure: bool,
    },
    /// `end exclusivity/media`
    End(Spanned<Str>),
    /// `claim EUR 5,000`
    Claim(Amount),
    /// `convert exclusivity/media to non-exclusive`
    Convert(Spanned<Str>, Str),
    /// `exclusivity/media lapses`
    Effect(Spanned<Str>, Str),
    /// `non-exclusive`
    Flag(Str),
    /// `status quo`
    StatusQuo,
    /// In words.
    Words(Str),
}
