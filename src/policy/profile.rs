//! How much is asked: sets of rules, each within the next.

/// A set of rules. A rule names the least one that it belongs to; one that names none is always on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Profile {
    /// What no alliance should lack.
    #[default]
    Essential,
    /// What a sound agreement says.
    Standard,
    /// All there is to ask.
    Strict,
}

impl Profile {
    /// Every profile, the least first.
    pub const ALL: [Self; 3] = [Self::Essential, Self::Standard, Self::Strict];

    /// Its name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Essential => "essential",
            Self::Standard => "standard",
            Self::Strict => "strict",
        }
    }

    /// The profile of that name.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.word() == word)
    }
}
