//! Pactum checks alliance agreements against policy.

pub mod source;
pub mod value;
pub mod agreement;
pub mod analysis;
pub mod diagnostic;
pub mod syntax;
