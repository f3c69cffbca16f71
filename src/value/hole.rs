//! Holes: what an agreement leaves open, as a value that rules can ask about.

use std::fmt;
use std::ops::Deref;

use super::date::Date;

/// What an agreement leaves open, and how. Few values are left open, and every value might be: so it
/// takes little room where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole(Box<LeftOpen>);

/// How something is left open, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOpen {
    /// How it is left open.
    pub kind: HoleKind,
    /// By when it is to be agreed, where that is said.
    pub by: Option<Date>,
}

impl Deref for Hole {
    type Target = LeftOpen;

    fn deref(&self) -> &LeftOpen {
        &self.0
    }
}

/// How something is left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HoleKind {
    /// `to be agreed`.
    ToBeAgreed,
    /// `to be agreed by 90 days before term end`: by a moment that is no date yet.
    ToBeAgreedBy(String),
    /// `decided by WHO`: somebody will say.
    DecidedBy(String),
    /// `set out in "exhibit C"`: said, but not here.
    SetOutIn(String),
    /// `redacted`: said, but hidden from us.
    Redacted,
    /// `blank`: a form nobody filled in.
    Blank,
    /// `undefined "Key Leadership Position"`: a term that is used and has no meaning.
    Undefined(String),
    /// `contradictory "30 days in section 3, 60 in section 9"`: said in two ways.
    Contradictory(String),
}

impl Hole {
    /// Something left open, by when it is to be agreed where that is said.
    pub fn new(kind: HoleKind, by: Option<Date>) -> Self {
        Self(Box::new(LeftOpen { kind, by }))
    }

    /// Whether nothing is decided yet: to be agreed, blank, or so said that it decides nothing.
    pub fn is_open(&self) -> bool {
        matches!(
            self.kind,
            HoleKind::ToBeAgreed
                | HoleKind::ToBeAgreedBy(_)
                | HoleKind::Blank
                | HoleKind::Undefined(_)
                | HoleKind::Contradictory(_)
        )
    }

    /// The word rules use.
    pub fn word(&self) -> &'static str {
        match self.kind {
            HoleKind::ToBeAgreed | HoleKind::ToBeAgreedBy(_) => "to-be-agreed",
            HoleKind::DecidedBy(_) => "decided-by",
            HoleKind::SetOutIn(_) => "set-out-in",
            HoleKind::Redacted => "hidden",
            HoleKind::Blank => "blank",
            HoleKind::Undefined(_) => "undefined",
            HoleKind::Contradictory(_) => "contradictory",
        }
    }
}

impl fmt::Display for Hole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            HoleKind::ToBeAgreed => f.write_str("to be agreed")?,
            HoleKind::ToBeAgreedBy(when) => write!(f, "to be agreed by {when}")?,
            HoleKind::DecidedBy(who) => write!(f, "decided by {who}")?,
            HoleKind::SetOutIn(what) => write!(f, "set out in \"{what}\"")?,
            HoleKind::Redacted => f.write_str("redacted")?,
            HoleKind::Blank => f.write_str("blank")?,
            HoleKind::Undefined(what) => write!(f, "undefined \"{what}\"")?,
            HoleKind::Contradictory(what) => write!(f, "contradictory \"{what}\"")?,
        }
        self.by.map_or(Ok(()), |date| write!(f, " by {date}"))
    }
}
