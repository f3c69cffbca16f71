//! What reads behind a table of shares and cannot be meant: a total no column has, a cap for nobody.

use thiserror::Error;

use crate::diagnostic::{Diagnostic, near_name};
use crate::source::{Span, Spanned};
use crate::value::{Currency, Str};

type Name = Spanned<Str>;

/// Something of a running total, a limit of a side or a precedence that does not fit its table.
#[derive(Debug, Clone, Error)]
pub(super) enum Misshare {
    #[error("bands are cut from `{column}` here, and no table below has it")]
    NoTotals { at: Span, column: Name },
    #[error("no column of this table that asks something of a deal is called `{column}`")]
    NoSuchColumn { column: Name, known: Vec<String> },
    #[error("a cell of a running total is {}", total_cell(*units, *currency))]
    BadTotal { at: Span, units: bool, currency: Currency },
    #[error("nobody is named who gets this much")]
    NobodysLimit { at: Span },
    #[error("of what this is the least is not said")]
    EndlessFloor { at: Span },
    #[error("`{id}` cannot prevail over itself")]
    OverItself { id: Name },
}

impl From<Misshare> for Diagnostic {
    fn from(misshare: Misshare) -> Self {
        let message = misshare.to_string();
        let plain = |code: &'static str, at: Span| Self::error(code, message.clone(), at);
        match &misshare {
            Misshare::NoTotals { at, .. } => plain("model/no-bands", *at).help(
                "put the rows below the item:\n  | rule  | total         | Northwind | Kestrel |\n  | first | < EUR 100,000 | 70%       | 30%     |\n  | else  | any           | 60%       | 40%     |",
            ),
            Misshare::NoSuchColumn { column, known } => {
                let near = near_name(&column.node, known.iter().map(String::as_str));
                let all = (!known.is_empty()).then(|| format!("it has {}", known.join(", ")));
                plain("model/unknown-column", column.span).maybe_help(near.or(all))
            }
            Misshare::BadTotal { at, .. } => plain("model/wrong-type", *at).help(
                "bound it in the currency of the table, or count deals in whole numbers; all rows alike",
            ),
            Misshare::NobodysLimit { at } => plain("model/idle-slot", *at)
                .help("say whose it is: at most EUR 40,000 to Kestrel per contract year"),
            Misshare::EndlessFloor { at } => plain("model/unnamed", *at)
                .help("say of what: at least EUR 500 to Kestrel per deal, or per contract year"),
            Misshare::OverItself { id } => plain("model/circle", id.span)
                .help("name the other agreement by the id in its first line"),
        }
    }
}

/// What stands in the cells of a running total.
fn total_cell(units: bool, currency: Currency) -> String {
    let bound = "`any`, `else` or a bound";
    if units {
        format!("{bound} in whole numbers, such as <= 10")
    } else {
        format!("{bound} in {currency} or in whole numbers, such as < {currency} 100,000")
    }
}
