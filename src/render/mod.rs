//! What was found, as text: a page per agreement for people or for programs, and the count of a run.

mod approvals;
mod concise;
#[cfg(feature = "deals")]
pub mod deals;
#[cfg(feature = "human")]
mod excerpt;
mod form;
#[cfg(all(feature = "human", feature = "json"))]
mod format;
mod github;
#[cfg(feature = "json")]
mod gitlab;
mod html;
#[cfg(feature = "human")]
pub mod human;
mod issues;
#[cfg(feature = "json")]
pub mod json;
#[cfg(feature = "json")]
mod json_lines;
mod junit;
mod markdown;
mod markup;
mod page;
#[cfg(feature = "human")]
mod plain;
mod proof;
#[cfg(feature = "human")]
mod proof_human;
#[cfg(feature = "json")]
pub mod proof_json;
#[cfg(feature = "human")]
mod people;
mod run;
#[cfg(feature = "json")]
mod sarif;
#[cfg(feature = "human")]
mod shown;
mod summary;
pub mod timeline;
#[cfg(feature = "human")]
mod trace;
#[cfg(any(feature = "human", feature = "json"))]
mod proof_words;
mod visible;
#[cfg(feature = "human")]
mod wrap;

pub use approvals::{Approvals, Awaited, ids};
pub use concise::Concise;
pub use form::{Ending, Form, Setup, below};
#[cfg(all(feature = "human", feature = "json"))]
pub use format::Format;
pub use github::Github;
#[cfg(feature = "json")]
pub use gitlab::Gitlab;
pub use html::Html;
#[cfg(feature = "json")]
pub use json_lines::JsonLines;
pub use junit::Junit;
pub use markdown::Markdown;
pub use page::{Counts, Entry, Origin, Page};
#[cfg(feature = "human")]
pub use people::People;
pub use proof::{ProofPage, Proofs, Verdict};
pub use run::{Run, Use, WaiversRead, many};
#[cfg(feature = "json")]
pub use sarif::Sarif;
pub use visible::visible;
