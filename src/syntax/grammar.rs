//! The parser that pest makes of the three grammar files. Private to `syntax/`.

/// Reads agreements and policies; `Rule` has one variant for each rule of the grammar files.
#[derive(pest_derive::Parser)]
#[grammar = "grammar/values.pest"]
#[grammar = "grammar/agreement.pest"]
#[grammar = "grammar/policy.pest"]
pub(super) struct Grammar;
