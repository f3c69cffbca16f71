//! Text in, syntax trees and diagnostics out, for both languages. The only module that knows pest.

pub mod agreement;
mod cursor;
mod grammar;
mod machine;
mod oracle;
mod policy;
mod values;

pub(crate) use policy::{
    ast as policy_ast, before_examples, forms as policy_forms, parse_param_values, parse_policy,
    same_policy,
};

pub(crate) use agreement::{Opened, Reader, normal};
pub use agreement::{
    Outline, SECTIONS, Scan, Scanning, Shape, Visit, ast, parse_agreement, place_of,
    scan_agreement, section_shapes, shape, walk_phrase,
};
#[doc(hidden)]
pub use oracle::{agrees_with_pest, count_pairs, every_rule_agrees_with_pest};
