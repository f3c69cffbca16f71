//! Reckoning: shares in whole cents, bands, floors and caps, what is carried over, formulas.
//!
//! Pure functions on exact numbers: decimals and fractions go in, exact numbers come out, and what
//! does not fit, or is not said, is a [`Trouble`] and never a wrong number. Nothing is rounded but
//! where a name says so:
//!
//! - [`Weights::allocate`] shares a sum of minor units (cents) so that the parts are the sum: each
//!   part is its exact share cut off, and the cents left over go one by one to the largest
//!   remainders, to the earlier part where two are equal. [`instalments`] are that with equal parts.
//! - [`Exact::rounded`] rounds one number to decimals, halves away from nothing.
//! - [`Scale`] holds bands: which one a figure reaches, how a stretch of a running total is cut by
//!   them, in which one each unit falls; [`pieces`] is the cut, which a run of deals shares. [`Rates`] are the bands of an agreement with what they pay.
//! - [`clamp`] keeps a figure between a floor and a cap. [`carry`] carries a surplus or a shortfall.
//! - [`formula`] works a formula of the language out.

mod allocate;
mod bands;
mod carry;
mod exact;
mod formula;
mod pieces;
mod rates;
#[cfg(test)]
mod tests;

use thiserror::Error;

pub use allocate::{Weights, clamp, instalments};
pub use bands::{Band, End, Run, Scale, Slice};
pub use carry::{Carried, Lasting, Settled, Stretch, carry};
pub use exact::Exact;
pub use formula::formula;
pub use pieces::{Piece, pieces, unit_marks};
pub use rates::{Counting, Rate, Rates};

/// Why something cannot be reckoned.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Trouble {
    /// Exact arithmetic has an end.
    #[error("a number is too large, or has too many digits, to be worked out exactly")]
    TooLarge,
    /// Shares that are not the whole.
    #[error("the shares come to {sum} and not to 100%")]
    NotTheWhole {
        /// What they come to.
        sum: String,
    },
    /// Nobody gets anything, and there is something to share.
    #[error("there is something to share, and every share is 0")]
    NobodyShares,
    /// A share below nothing.
    #[error("a share is below 0")]
    NegativeShare,
    /// A floor that lies above its cap.
    #[error("the floor {floor} lies above the cap {cap}")]
    FloorAboveCap {
        /// The least.
        floor: String,
        /// The most.
        cap: String,
    },
    /// A figure that no band has.
    #[error("no band has {figure}")]
    NoBand {
        /// The figure, or the stretch: `200,000,000`, `10 to 20`.
        figure: String,
    },
    /// A figure that two bands have.
    #[error("two bands have {figure}")]
    TwoBands {
        /// The figure, or the stretch.
        figure: String,
    },
    /// Bands, or a formula, of which something is left open or cannot be read.
    #[error("{what} is left open")]
    Open {
        /// What.
        what: String,
    },
    /// What the words do not say.
    #[error("{what} is not said")]
    Unsaid {
        /// What.
        what: &'static str,
    },
    /// Nothing is divided by nothing.
    #[error("a number is divided by 0")]
    DividedByZero,
    /// A figure of a formula that has no number here.
    #[error("nothing says how much `{name}` is")]
    Unknown {
        /// The figure.
        name: String,
    },
    /// A part of the language that is no number.
    #[error("{what} is no number")]
    NoNumber {
        /// What.
        what: String,
    },
    /// Units that are no whole number.
    #[error("{count} is no whole number of units")]
    PartUnit {
        /// How many.
        count: String,
    },
}
