//! What became of a waiver, and the words for it.

use crate::diagnostic::{Diagnostic, Severity};
use crate::value::Date;

use super::Exception;

/// What became of a waiver in one agreement; the better first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It covers a finding.
    Waives,
    /// All it would cover is covered by another waiver.
    Again,
    /// What it would cover needs the approval of somebody it does not name.
    OtherApprover {
        /// Who is asked for.
        asked: String,
    },
    /// What it would cover cannot be decided, and it does not name the item.
    Undecided,
    /// It ended before the day of the check.
    Expired {
        /// The day of the check.
        day: Date,
    },
    /// Nothing is found that it could cover.
    Idle,
    /// The agreement has no such item.
    UnknownItem {
        /// A similar one.
        near: Option<String>,
    },
    /// Its rule is waived from outside the agreement only.
    OnlyOutside,
    /// Its rule is never waived.
    Never,
    /// No rule in force is called so.
    UnknownRule {
        /// A similar name.
        near: Option<String>,
    },
}

/// How a waiver file opens: for help.
const FROM_OUTSIDE: &str = "take it out here; from outside the agreement it can be waived, by an \
                            entry in pactum-waivers.toml with a reason, an approver and an end date";

impl Standing {
    /// What is to be said of the waiver; nothing where it covers something.
    pub fn told(&self, of: &Exception, inline: bool) -> Option<Diagnostic> {
        let rule = &of.rule.node;
        let error = |code, message: String, at| Some(Diagnostic::error(code, message, at));
        let warning = |code, message: String, at| {
            error(code, message, at).map(|told| Diagnostic { severity: Severity::Warning, ..told })
        };
        let at = of.item.as_ref().map_or(of.rule.span, |item| item.span);
        match self {
            Self::Waives => None,
            Self::Again => {
                let message = format!("the waiver of `{rule}` covers only what another covers");
                warning("waiver/unused", message, at).map(|told| told.help("keep one of the two"))
            }
            Self::OtherApprover { asked } => {
                let given = &of.approver.node;
                let message =
                    format!("`{rule}` needs approval of {asked}; the waiver names {given}");
                let how = if inline { "approved by" } else { "approver =" };
                warning("waiver/other-approver", message, of.approver.span).map(|told| {
                    told.label("so it silences nothing").help(format!(
                        "once they have approved it, name them by the role that the rule \
                         asks for: {how} \"{given}, {asked}\""
                    ))
                })
            }
            Self::Undecided => {
                let message = format!(
                    "the waiver of `{rule}` names no item, and what it would cover is undetermined"
                );
                let how = if inline { "for exit/convenience" } else { "item = \"exit/convenience\"" };
                warning("waiver/undetermined", message, of.rule.span).map(|told| {
                    told.help(format!(
                        "what nobody can decide is waived item by item: name the item, as in {how}"
                    ))
                })
            }
            Self::Expired { day } => {
                let message = format!("the waiver of `{rule}` ended on {}", of.until.node);
                warning("waiver/expired", message, of.until.span).map(|told| {
                    told.label(format!("checked as of {day}"))
                        .help("take it out; or have it approved anew, with another end date")
                })
            }
            Self::Idle => {
                let message = format!("the waiver of `{rule}` waives nothing");
                let what = match &of.item {
                    Some(item) => format!("the rule finds nothing to waive in `{}`", item.node),
                    None => "the rule finds nothing to waive".to_owned(),
                };
                warning("waiver/unused", message, at)
                    .map(|told| told.label(what).help("take it out"))
            }
            Self::UnknownItem { near } => {
                let name = of.item.as_ref().map_or("", |item| &item.node);
                let message = format!("the agreement has no item `{name}`");
                error("waiver/unknown-item", message, at).map(|told| {
                    let like = "an item is named with its section, as in `exit/convenience`";
                    told.help(near.as_ref().map_or(like.to_owned(), similar))
                })
            }
            Self::OnlyOutside => {
                let message = format!("`{rule}` cannot be waived inside an agreement");
                warning("waiver/not-allowed", message, of.rule.span)
                    .map(|told| told.label("this silences nothing").help(FROM_OUTSIDE))
            }
            Self::Never => {
                let message = format!("`{rule}` cannot be waived by anybody");
                warning("waiver/not-allowed", message, of.rule.span)
                    .map(|told| told.label("this silences nothing").help("take the waiver out"))
            }
            Self::UnknownRule { near } => {
                let message = format!("no rule in force is called `{rule}`");
                error("waiver/unknown-rule", message, of.rule.span)
                    .map(|told| told.maybe_help(near.as_ref().map(similar)))
            }
        }
    }
}

fn similar(near: &String) -> String {
    format!("a similar name exists: `{near}`")
}
