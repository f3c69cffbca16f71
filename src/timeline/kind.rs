//! What an entry of a timeline is: its word, what a calendar files it under, its letter in the chart.

/// What happens on the day of an entry, the more pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The last day to give notice.
    Notice,
    /// The last day of a term.
    TermEnd,
    /// The first day of a renewed term.
    Renewal,
    /// The first day of the agreement.
    Start,
    /// The day it was signed.
    Signed,
    /// A clock of `dates` strikes.
    Clock,
    /// A commitment is due.
    Commitment,
    /// A payment is due.
    Payment,
    /// A training, briefing or supply is due.
    Enablement,
    /// A target is to be reached.
    Target,
    /// Where a metric starts from is read.
    Baseline,
    /// A metric is agreed.
    Agreed,
    /// A body meets, or a review is held.
    Meeting,
    /// A right can be used from here on.
    Opens,
    /// The time to mend a breach or a miss is over.
    Cure,
    /// An open issue moves on.
    Escalation,
    /// Something left open is to be agreed.
    Decision,
    /// What one side may do alone ends.
    Exclusivity,
    /// A waiver ends.
    Waiver,
    /// Something else ends, or is due.
    Ends,
    /// Something is handed over after the end.
    Handover,
    /// Money earned after the end stops.
    Tail,
    /// A duty that outlasts the end is over.
    Survival,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 23] = [
        Self::Notice,
        Self::TermEnd,
        Self::Renewal,
        Self::Start,
        Self::Signed,
        Self::Clock,
        Self::Commitment,
        Self::Payment,
        Self::Enablement,
        Self::Target,
        Self::Baseline,
        Self::Agreed,
        Self::Meeting,
        Self::Opens,
        Self::Cure,
        Self::Escalation,
        Self::Decision,
        Self::Exclusivity,
        Self::Waiver,
        Self::Ends,
        Self::Handover,
        Self::Tail,
        Self::Survival,
    ];

    /// Its word: part of what identifies an entry, so it never changes.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::TermEnd => "term-end",
            Self::Renewal => "renewal",
            Self::Start => "start",
            Self::Signed => "signed",
            Self::Clock => "clock",
            Self::Commitment => "commitment",
            Self::Payment => "payment",
            Self::Enablement => "enablement",
            Self::Target => "target",
            Self::Baseline => "baseline",
            Self::Agreed => "agreed",
            Self::Meeting => "meeting",
            Self::Opens => "opens",
            Self::Cure => "cure",
            Self::Escalation => "escalation",
            Self::Decision => "decision",
            Self::Exclusivity => "exclusivity",
            Self::Waiver => "waiver",
            Self::Ends => "ends",
            Self::Handover => "handover",
            Self::Tail => "tail",
            Self::Survival => "survival",
        }
    }

    /// Its letter in a chart.
    pub const fn letter(self) -> char {
        match self {
            Self::Notice => 'N',
            Self::TermEnd => 'E',
            Self::Renewal => 'R',
            Self::Start | Self::Signed | Self::Clock => 'S',
            Self::Commitment | Self::Enablement => 'C',
            Self::Payment => 'P',
            Self::Target | Self::Baseline | Self::Agreed => 'T',
            Self::Meeting => 'M',
            Self::Cure | Self::Escalation => 'Q',
            Self::Decision => 'D',
            Self::Opens | Self::Exclusivity | Self::Waiver | Self::Ends => 'L',
            Self::Handover | Self::Tail | Self::Survival => 'A',
        }
    }

    /// What a letter stands for.
    pub const fn letter_means(letter: char) -> &'static str {
        match letter {
            'N' => "last day for notice",
            'E' => "term ends",
            'R' => "renewal",
            'S' => "start, signing or clock",
            'C' => "commitment",
            'P' => "payment",
            'T' => "metric",
            'M' => "meeting",
            'Q' => "cure or escalation",
            'D' => "to be agreed",
            'L' => "right opens or ends",
            _ => "after the end",
        }
    }
}
