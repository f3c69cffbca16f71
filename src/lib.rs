//! Pactum checks alliance agreements against policy.

pub mod agreement;
pub mod analysis;
pub mod diagnostic;
pub mod source;
pub mod syntax;
pub mod value;
pub mod vocabulary;
pub mod policy;
pub mod check;

pub use agreement::{Agreement, Parsed, parse};
