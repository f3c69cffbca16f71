//! Part of the build script: compiles the grammar files to functions for `src/syntax/machine.rs`.
//!
//! In: the three `.pest` files, by way of pest's own reader and optimizer, so that they mean here what
//! pest takes them to mean. Out: Rust source with a function for every rule, and the classes of bytes
//! that the functions tell apart.

mod classes;
mod code;
mod expression;

use std::fs;

use pest_meta::{optimizer, parser, validator};

/// As `src/syntax/grammar.rs` names them, in that order.
const GRAMMARS: [&str; 3] =
    ["grammar/values.pest", "grammar/agreement.pest", "grammar/policy.pest"];

/// The program as source.
pub(crate) fn program() -> String {
    println!("cargo::rerun-if-changed=grammar");
    let text: String = GRAMMARS.iter().map(|path| fs::read_to_string(path).expect(path)).collect();
    let pairs =
        parser::parse(parser::Rule::grammar_rules, &text).unwrap_or_else(|error| panic!("{error}"));
    validator::validate_pairs(pairs.clone()).expect("a sound grammar");
    let rules = parser::consume_rules(pairs).expect("a sound grammar");
    code::compile(&expression::rules(optimizer::optimize(rules)))
}
