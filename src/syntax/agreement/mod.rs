//! Text of an agreement in, [`ast::AgreementFile`] and diagnostics out. Every text gives a tree.

pub mod ast;
mod broken;
mod cause;
mod choice;
mod everyday;
mod figures;
mod form;
mod guard;
mod notions;
mod outcomes;
mod outline;
mod phrase;
mod reach;
mod read;
mod repair;
mod scan;
mod sections;
mod shapes;
mod trouble;
mod walk;

pub use guard::guard;
pub(crate) use notions::normal;
pub use outline::Outline;
pub(crate) use read::Reader;
pub(crate) use scan::Opened;
pub use scan::{Scan, Scanning, parse_agreement, scan_agreement};
pub use sections::{SECTIONS, place_of};
pub use shapes::{Shape, section_shapes, shape};
pub use walk::{Visit, walk_phrase};
