//! What became of a waiver, and the words for it.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Span;
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
    /// Its rule is not asked: its profile is not in force, or it is switched off.
    NotAsked,
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

/// What to do with a waiver that may only come from outside.
const FROM_OUTSIDE: &str = "take it out here; from outside the agreement it can be waived, by an \
                            entry in pactum-waivers.toml with a reason, an approver and an end date";

impl Standing {
    /// What is to be said of the waiver; nothing where it covers something.
    pub fn told(&self, of: &Exception, inline: bool) -> Option<Diagnostic> {
        let told = match self {
            Self::Waives => return None,
            Self::UnknownRule { near } => unknown_rule(of, near.as_ref()),
            Self::UnknownItem { near } => unknown_item(of, near.as_ref()),
            Self::Never => not_allowed(of, "by anybody").help("take the waiver out"),
            Self::OnlyOutside => not_allowed(of, "inside an agreement").help(FROM_OUTSIDE),
            Self::Expired { day } => expired(of, *day),
            Self::Idle => idle(of),
            Self::NotAsked => not_asked(of),
            Self::Again => {
                let what = format!("the waiver of `{}` covers only what another covers", of.rule);
                warning("waiver/unused", what, of.place()).help("keep one of the two")
            }
            Self::Undecided => undecided(of, inline),
            Self::OtherApprover { asked } => other_approver(of, asked, inline),
        };
        Some(told)
    }
}

impl Exception {
    /// Where it says what it is of.
    fn place(&self) -> Span {
        self.item.as_ref().map_or(self.rule.span, |item| item.span)
    }
}

fn warning(code: &'static str, message: String, at: Span) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message, at) }
}

fn unknown_rule(of: &Exception, near: Option<&String>) -> Diagnostic {
    let message = format!("no rule in force is called `{}`", of.rule);
    Diagnostic::error("waiver/unknown-rule", message, of.rule.span).maybe_help(near.map(similar))
}

fn unknown_item(of: &Exception, near: Option<&String>) -> Diagnostic {
    let name = of.item.as_ref().map_or("", |item| &item.node);
    let like = || "an item is named with its section, as in `exit/convenience`".to_owned();
    let message = format!("the agreement has no item `{name}`");
    Diagnostic::error("waiver/unknown-item", message, of.place())
        .help(near.map_or_else(like, similar))
}

fn not_allowed(of: &Exception, who: &str) -> Diagnostic {
    let message = format!("`{}` cannot be waived {who}", of.rule);
    warning("waiver/not-allowed", message, of.rule.span).label("this silences nothing")
}

fn expired(of: &Exception, day: Date) -> Diagnostic {
    let message = format!("the waiver of `{}` ended on {}", of.rule, of.until);
    warning("waiver/expired", message, of.until.span)
        .label(format!("checked as of {day}"))
        .help("take it out; or have it approved anew, with another end date")
}

fn idle(of: &Exception) -> Diagnostic {
    let within = of.item.as_ref().map(|item| format!(" in `{item}`")).unwrap_or_default();
    warning("waiver/unused", format!("the waiver of `{}` waives nothing", of.rule), of.place())
        .label(format!("the rule finds nothing to waive{within}"))
        .help("take it out")
}

fn not_asked(of: &Exception) -> Diagnostic {
    let message = format!("the waiver of `{}` is idle: the rule is not asked here", of.rule);
    let told = warning("waiver/not-asked", message, of.rule.span);
    let told = Diagnostic { severity: Severity::Advice, ..told };
    told.help("it is in a wider profile, or switched off; keep the waiver for when it is asked")
}

fn undecided(of: &Exception, inline: bool) -> Diagnostic {
    let how = if inline { "for exit/convenience" } else { "item = \"exit/convenience\"" };
    let message = format!(
        "the waiver of `{}` names no item, and what it would cover is undetermined",
        of.rule
    );
    warning("waiver/undetermined", message, of.rule.span)
        .help(format!("what nobody can decide is waived item by item: name the item, as in {how}"))
}

fn other_approver(of: &Exception, asked: &str, inline: bool) -> Diagnostic {
    let given = &of.approver;
    let how = if inline { "approved by" } else { "approver =" };
    let message = format!("`{}` needs approval of {asked}; the waiver names {given}", of.rule);
    warning("waiver/other-approver", message, given.span).label("so it silences nothing").help(
        format!(
            "once they have approved it, name them by the role that the rule asks for: {how} \
             \"{given}, {asked}\""
        ),
    )
}

fn similar(near: &String) -> String {
    format!("a similar name exists: `{near}`")
}
