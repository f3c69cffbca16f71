//! Deals run through tables of shares: in go agreements and a list of deals, read one after the other,
//! and out comes a line for each deal, to the last coin, and what they come to.
//!
//! The table that is run is the [`Grid`](crate::analysis::Grid) that is proved. Nothing here touches a
//! disk or a clock, and nothing is kept of a deal but what later ones hang on.

mod apply;
mod choose;
mod counted;
mod cycle;
mod deal;
mod json_lines;
mod life;
mod limits;
mod lookup;
mod numbers;
mod read;
mod run;
mod settle;
mod shared;
mod sheet;
mod slices;
mod table;
#[cfg(test)]
mod tests;
mod totals;
mod trace;

pub use cycle::{Cycle, Stretch};
pub use deal::{Fault, NotDeals, Record, Slip, Wanted};
pub use limits::Limited;
pub use numbers::{coins_grouped, coins_text};
pub use read::{Deals, Written};
pub use run::{Options, Run, Signed, Tell};
pub use shared::{Shared, Told, TrueUp};
pub use slices::Slice;
pub use table::Table;
pub use totals::{Sum, Totals};
pub use trace::Steps;
