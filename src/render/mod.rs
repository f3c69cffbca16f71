//! What was found, as text: a page per agreement for people or for programs, and the count of a run.

mod approvals;
#[cfg(feature = "human")]
mod excerpt;
#[cfg(feature = "human")]
pub mod human;
#[cfg(feature = "json")]
pub mod json;
mod page;
mod proof;
#[cfg(feature = "human")]
mod proof_human;
#[cfg(feature = "json")]
pub mod proof_json;
mod run;
#[cfg(feature = "human")]
mod trace;
#[cfg(any(feature = "human", feature = "json"))]
mod proof_words;
mod visible;

pub use approvals::{Approvals, Awaited, ids};
pub use page::{Counts, Entry, Page};
pub use proof::{ProofPage, Proofs, Verdict};
pub use run::{Run, Use, WaiversRead, many};
pub use visible::visible;
