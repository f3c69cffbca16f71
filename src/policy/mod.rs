//! Policies: what comes in is the tree of a policy file, what goes out are rules whose every name
//! is a fact and whose types agree, or the reasons why not.

mod compare;
mod mutants;
mod position;
mod profile;
mod resolve;
mod rule;
mod set;
#[cfg(test)]
mod tests;
mod tree;
mod written;

pub(crate) use compare::{against_nothing, currency, orderings, same};
#[cfg(test)]
pub(crate) use mutants::unchanged;
pub(crate) use mutants::{Mutant, Pardon, mutants, plain};
pub(crate) use resolve::literal::spelled;
pub(crate) use resolve::params::values_of;
pub(crate) use rule::{Accept, Message, Piece, Require, Silence};
pub(crate) use tree::part_names;
pub(crate) use tree::{Each, Expr, Members, Part, Path, Root, Test};
pub(crate) use written::{words, written};

pub(crate) use crate::syntax::policy_ast::{ExampleNode, Expects, PlaceNode, Spot, SpotKind};

pub use crate::syntax::policy_ast::Waivable;
pub use position::{Fallback, Position, positions};
pub use profile::Profile;
pub use rule::{Applies, Example, Param, PerKind, Rule};
pub use set::{RuleSet, Unset};
