//! Pactum checks alliance agreements against policy.

// What pest derives without its `std` feature names it.
extern crate alloc;

#[cfg(test)]
mod dice;
pub mod source;
pub mod value;
pub mod diagnostic;
pub mod syntax;
pub mod agreement;
pub mod reckon;
pub mod analysis;
pub mod timeline;
#[cfg(feature = "deals")]
pub mod deals;
pub mod vocabulary;
pub mod policy;
pub mod check;
pub mod format;
pub mod render;
pub mod manual;
#[cfg(feature = "cli")]
pub mod cli;

pub use agreement::{Agreement, Parsed, parse};

/// The README's examples are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
