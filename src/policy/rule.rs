//! A rule whose names are resolved and whose types agree: ready to be asked of any agreement.

use std::sync::Arc;

use super::profile::Profile;
use crate::diagnostic::Severity;
use crate::source::{Source, Span};
use crate::syntax::policy_ast::{ExampleNode, Waivable};
use crate::vocabulary::{Type, Value};

use super::tree::{Expr, Test};

/// One rule of a policy.
#[derive(Debug, Clone)]
pub struct Rule {
    pub(crate) id: Arc<str>,
    pub(crate) severity: Severity,
    pub(crate) docs: Vec<String>,
    pub(crate) sources: Vec<String>,
    pub(crate) profile: Option<Profile>,
    pub(crate) formerly: Vec<String>,
    pub(crate) applies: Applies,
    pub(crate) waivable: Waivable,
    pub(crate) params: Vec<Param>,
    pub(crate) lets: Vec<Expr>,
    /// What the rule looks at, outermost first; each has the slot of its place in the list.
    pub(crate) binders: Vec<ForEvery>,
    pub(crate) whens: Vec<When>,
    pub(crate) requires: Vec<Require>,
    /// Whether it asks for the day of the check.
    pub(crate) reads_as_of: bool,
    pub(crate) examples: Vec<ExampleNode>,
    pub(crate) origin: Arc<Source>,
    /// Where the rule and its examples stand in its file.
    pub(crate) span: Span,
    /// The id in its head.
    pub(crate) id_span: Span,
}

/// The kinds of agreement a rule is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applies {
    /// Every kind.
    Always,
    /// These kinds.
    To(Vec<&'static str>),
    /// Every kind but these.
    ExceptTo(Vec<&'static str>),
}

/// `for every NAME in LIST`.
#[derive(Debug, Clone)]
pub(crate) struct ForEvery {
    pub(crate) name: String,
    pub(crate) list: Expr,
}

/// A condition under which the rule applies, asked as soon as `depth` binders have a value.
#[derive(Debug, Clone)]
pub(crate) struct When {
    pub(crate) test: Test,
    /// What silence means.
    pub(crate) if_missing: bool,
    pub(crate) depth: usize,
}

/// What must hold, and what is said where it does not.
#[derive(Debug, Clone)]
pub(crate) struct Require {
    pub(crate) test: Test,
    pub(crate) if_missing: Silence,
    pub(crate) accepts: Vec<Accept>,
    pub(crate) say: Message,
    pub(crate) missing: Option<Message>,
    pub(crate) help: Option<Message>,
}

/// What it means that something a requirement reads is not stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Silence {
    Fails,
    Passes,
    NotApplicable,
}

/// A position somebody may approve.
#[derive(Debug, Clone)]
pub(crate) struct Accept {
    pub(crate) test: Test,
    pub(crate) approver: Expr,
}

/// Words with values among them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Message(pub(crate) Vec<Piece>);

/// A piece of a message.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    Words(String),
    Value(Expr),
}

/// A value of a rule that a configuration may change.
#[derive(Debug, Clone)]
pub struct Param {
    pub(crate) name: String,
    pub(crate) ty: Type,
    pub(crate) list: bool,
    pub(crate) default: Vec<Value<'static>>,
    pub(crate) per_kind: Vec<PerKind>,
    pub(crate) bounds: Option<(Value<'static>, Value<'static>)>,
    /// What a configuration or an example sets it to, whatever the kind.
    pub(crate) set: Option<Vec<Value<'static>>>,
}

/// The kinds of agreement that have a value of their own, and the value.
pub type PerKind = (Vec<&'static str>, Vec<Value<'static>>);

impl Param {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its type, of each value where it is a list.
    pub const fn ty(&self) -> Type {
        self.ty
    }

    /// Whether it is a list.
    pub const fn is_list(&self) -> bool {
        self.list
    }

    /// Its values for a kind of agreement: what is set, else what the rule says for the kind, else the default.
    pub fn values(&self, kind: Option<&str>) -> &[Value<'static>] {
        let of_kind = || {
            self.per_kind.iter().find(|(kinds, _)| kind.is_some_and(|kind| kinds.contains(&kind)))
        };
        match &self.set {
            Some(set) => set,
            None => of_kind().map_or(&self.default, |(_, values)| values),
        }
    }

    /// The default, and the values for single kinds.
    pub fn written(&self) -> (&[Value<'static>], &[PerKind]) {
        (&self.default, &self.per_kind)
    }

    /// The least and the most it may be set to.
    pub const fn bounds(&self) -> Option<&(Value<'static>, Value<'static>)> {
        self.bounds.as_ref()
    }
}

/// An example of a rule, as its file has it.
#[derive(Debug, Clone, Copy)]
pub struct Example<'a> {
    pub(crate) node: &'a ExampleNode,
    pub(crate) origin: &'a Source,
}

impl<'a> Example<'a> {
    /// The head: the outcome and the circumstances.
    pub fn head(self) -> &'a str {
        self.origin.slice(self.node.span)
    }

    /// The agreement text, indented as in the file.
    pub fn body(self) -> &'a str {
        self.origin.slice(self.node.body)
    }

    /// The head's place in the file.
    pub const fn span(self) -> Span {
        self.node.span
    }
}

impl Rule {
    /// Its id: a topic and a requirement.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How much a finding of it matters.
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// What it asks, in a sentence.
    pub fn summary(&self) -> &str {
        self.docs.first().map_or("", String::as_str)
    }

    /// What it asks and why, in all the words of its file.
    pub fn why(&self) -> String {
        self.docs.join(" ")
    }

    /// What it rests on.
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// The least profile it belongs to; a rule without one is always on.
    pub const fn profile(&self) -> Option<Profile> {
        self.profile
    }

    /// The ids it had before.
    pub fn formerly(&self) -> &[String] {
        &self.formerly
    }

    /// The values a configuration may change.
    pub fn params(&self) -> &[Param] {
        &self.params
    }

    /// The kinds of agreement it is for.
    pub const fn applies_to(&self) -> &Applies {
        &self.applies
    }

    /// Who may waive it.
    pub const fn waivable(&self) -> Waivable {
        self.waivable
    }

    /// Its examples.
    pub fn examples(&self) -> impl ExactSizeIterator<Item = Example<'_>> {
        self.examples.iter().map(|node| Example { node, origin: &self.origin })
    }

    /// The rule and its examples as its file has them.
    pub fn text(&self) -> &str {
        self.origin.slice(self.span)
    }

    /// The file it came from.
    pub fn origin(&self) -> &Source {
        &self.origin
    }
}
