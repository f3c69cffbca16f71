//! The table: every record and its facts, section by section.

#[macro_use]
mod table;
mod closing;
mod derived;
mod money;
mod opening;
mod running;
mod shared;
mod sharing;
mod words;

use super::RecordType;

pub use closing::RECORDS;
pub(super) use closing::*;
pub(super) use derived::*;
pub(super) use money::*;
pub(super) use opening::*;
pub(super) use running::*;
pub(super) use shared::SHARED;
pub(super) use sharing::*;
pub use words::WORDS;

/// The agreement itself: the facts a path may begin with.
pub static AGREEMENT: &RecordType = &AGREEMENT_RECORD;

/// Whether a record is a section of the agreement.
const fn is_section(name: &str) -> bool {
    matches!(
        name.as_bytes(),
        b"Rationale"
            | b"Term"
            | b"Governance"
            | b"Ip"
            | b"Attribution"
            | b"Exclusivity"
            | b"Rights"
            | b"Exit"
            | b"Liability"
            | b"Disputes"
            | b"Amendment"
    )
}
