//! A policy file as written: every name still a word, every value read, every part with its place.

use crate::diagnostic::Severity;
use crate::source::{Span, Spanned};
use crate::value::{Comparison, Date, Money, Number, Percent, Period, Str};

/// The rules of a file, each with the examples that follow it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PolicyFile {
    pub(crate) rules: Vec<RuleNode>,
}

/// A rule as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RuleNode {
    pub(crate) id: Spanned<Str>,
    pub(crate) severity: Severity,
    pub(crate) statements: Vec<Statement>,
    pub(crate) examples: Vec<ExampleNode>,
    /// From the head to the end of the last example.
    pub(crate) span: Span,
    /// Whether a statement of it could not be read: what it lacks may stand there.
    pub(crate) partial: bool,
    /// The words of what could not be read: a name among them may have been given there.
    pub(crate) lost: Vec<String>,
}

/// One statement of a rule.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Statement {
    pub(crate) span: Span,
    pub(crate) kind: StatementKind,
}

/// What a statement says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum StatementKind {
    Doc(String),
    Source(Vec<String>),
    Profile(Vec<Spanned<Str>>),
    Formerly(Spanned<Str>),
    Applies {
        every_kind_but: bool,
        kinds: Vec<Spanned<Str>>,
    },
    Waivable(Waivable),
    Param(ParamNode),
    ForEvery {
        name: Spanned<Str>,
        list: Path,
    },
    Let {
        name: Spanned<Str>,
        value: Node,
    },
    When {
        test: Node,
        missing: Option<Spanned<IfMissing>>,
    },
    Require {
        test: Node,
        missing: Option<Spanned<IfMissing>>,
    },
    Accept {
        test: Node,
        approver: ApproverNode,
    },
    Say(Spanned<Str>),
    Missing(Spanned<Str>),
    Help(Spanned<Str>),
    /// Changes of the statement above that no example can notice.
    Equivalent {
        changes: Vec<Spanned<Str>>,
    },
}

impl StatementKind {
    /// Whether it has a part in what the rule comes to: a change of it can be noticed.
    pub(crate) const fn is_judging(&self) -> bool {
        matches!(
            self,
            Self::Applies { .. }
                | Self::Param(_)
                | Self::Let { .. }
                | Self::When { .. }
                | Self::Require { .. }
                | Self::Accept { .. }
        )
    }
}

/// Who may silence a rule for an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waivable {
    /// The agreement itself, with a reason.
    Inline,
    /// Somebody who approves, in a file outside the agreement.
    WithApproval,
    /// Nobody.
    Never,
}

/// What the author says silence means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IfMissing {
    Fail,
    Pass,
    Applies,
    NotApplicable,
}

/// Who approves: a name, or a fact or parameter that holds it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ApproverNode {
    Named(Spanned<Str>),
    Path(Path),
}

/// A parameter as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ParamNode {
    pub(crate) name: Spanned<Str>,
    pub(crate) list: bool,
    pub(crate) ty: Spanned<Str>,
    pub(crate) values: Vec<Spanned<Literal>>,
    pub(crate) bounds: Option<(Spanned<Literal>, Spanned<Literal>)>,
    pub(crate) per_kind: Vec<KindValues>,
}

/// Kinds of agreement, and the values for them.
pub(crate) type KindValues = (Vec<Spanned<Str>>, Vec<Spanned<Literal>>);

/// A value written out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Date(Date),
    Money(Money),
    /// A place or a currency: the other side says which.
    Code(String),
    Number(Number),
    Percent(Percent),
    Duration(Period),
    Text(String),
    /// A bare word, in parameters only.
    Word(String),
    /// Looks like a value and is none; already told.
    Wrong,
}

/// A name and what is asked of it: `right.notice`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Path {
    pub(crate) parts: Vec<Spanned<Str>>,
    pub(crate) span: Span,
}

/// A test or a value: which of the two is known once its names are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) span: Span,
    pub(crate) kind: NodeKind,
}

/// What a test or value is made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NodeKind {
    Literal(Literal),
    Path(Path),
    Not(Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
    Compare(Comparison, Box<Node>, Box<Node>),
    Mentions(Box<Node>, Box<Node>),
    Stated(Box<Node>),
    Open(Box<Node>),
    Redacted(Box<Node>),
    OneOf(Box<Node>, Vec<Node>),
    Within(Box<Node>, Box<Node>, Box<Node>),
    Every(Binder, Box<Node>),
    Some(Binder),
    No(Binder),
    /// `exactly`, `at least`, `at most` so many.
    Many(Comparison, Box<Node>, Binder),
    Plus(Box<Node>, Box<Node>),
    Minus(Box<Node>, Box<Node>),
    ShareOf(Box<Node>, Box<Node>),
    Otherwise(Box<Node>, Box<Node>),
    Count {
        different: Option<Box<Node>>,
        of: Binder,
    },
    Sum {
        value: Box<Node>,
        of: Binder,
    },
}

/// `NAME in LIST where TEST`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Binder {
    pub(crate) name: Spanned<Str>,
    pub(crate) list: Path,
    pub(crate) filter: Option<Box<Node>>,
    pub(crate) span: Span,
}

/// An example as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ExampleNode {
    /// The head: what a wrong example is blamed on.
    pub(crate) span: Span,
    pub(crate) expects: Expects,
    pub(crate) places: Vec<PlaceNode>,
    pub(crate) given: Vec<(Spanned<Str>, Vec<Spanned<Literal>>)>,
    pub(crate) as_of: Option<Date>,
    pub(crate) saying: Option<Spanned<Str>>,
    /// The agreement text, still indented.
    pub(crate) body: Span,
}

/// The outcome an example has.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expects {
    Pass,
    Fail,
    Approval(Spanned<Str>),
    /// Whether places are listed: bare `undetermined` leaves them open to be folded.
    Undetermined,
    NotApplicable,
}

/// One finding an example lists: where, and what must be among its other places.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlaceNode {
    pub(crate) at: Spot,
    pub(crate) against: Vec<Spot>,
}

/// A place in the agreement text of an example.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spot {
    pub(crate) span: Span,
    pub(crate) kind: SpotKind,
}

/// How a place is named.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SpotKind {
    /// Words of the text: the first, second or third time they occur, perhaps in one item.
    Quote { words: String, nth: Option<usize>, within: Option<String> },
    /// A heading or an item.
    Anchor(String),
}
