//! Pactum checks alliance agreements against policy.

pub mod agreement;
pub mod analysis;
pub mod diagnostic;
pub mod source;
pub mod syntax;
pub mod value;
pub mod vocabulary;
pub mod render;
pub mod manual;
#[cfg(feature = "cli")]
pub mod cli;

pub use agreement::{Agreement, Parsed, parse};
