//! Pactum checks alliance agreements against policy.

pub mod source;
pub mod value;
pub mod diagnostic;
pub mod syntax;
pub mod agreement;
pub mod analysis;
pub mod vocabulary;

pub use agreement::{Agreement, Parsed, parse};
