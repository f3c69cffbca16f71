//! What was agreed: resolved and typed, every leaf with its place, equality ignoring places.
//!
//! [`parse`] reads a text into an [`Agreement`] and diagnostics. It always yields an agreement,
//! perhaps partial; what could not be read is remembered, so that a rule can say it cannot tell.

mod circles;
mod lower;
mod model;

pub use circles::{Circle, circles};
pub use lower::{
    CARRIED, CATEGORIES, CLASSES, CONTRIBUTIONS, FAMILIES, Lowering, MEASURES, Parsed, TIME_ROLES,
    parse,
};
pub use model::*;
