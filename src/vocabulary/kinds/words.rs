//! The closed lists of words that facts and parameters may hold.

use crate::agreement::{self, KINDS, SECTIONS};
use crate::vocabulary::Words;

macro_rules! words {
    ($($static:ident $name:literal $doc:literal $words:expr;)*) => {
        $(pub(super) static $static: Words = Words { name: $name, doc: $doc, words: $words };)*
        /// Every closed list of words.
        pub static WORDS: &[&Words] = &[$(&$static,)*];
    };
}

words! {
    KIND "kind" "What kind of alliance it is." &KINDS;
    STATUS "status" "Where the agreement stands." &["draft", "active", "paused", "ending", "ended"];
    RENEWAL_MODE "renewal-mode" "How a term is renewed." &["automatic", "by-agreement", "at-option", "none"];
    BOUND "bound" "From which side an amount is bounded." &["at-least", "at-most", "more-than", "less-than", "exact"];
    CONTRIBUTION "contribution" "What a commitment brings in." &agreement::CONTRIBUTIONS;
    STEP_KIND "step" "What a consequence does." &["talk", "remedy", "pay", "exit", "lapse", "change", "other"];
    MEASURE_KIND "measure" "How a metric counts." &agreement::MEASURES;
    FAMILY "family" "What a metric tells about." &agreement::FAMILIES;
    LEVEL "level" "On which level a body decides." &["working", "executive", "other"];
    ASSET_CLASS "asset-class" "Where an asset comes from." &agreement::CLASSES;
    EXIT_CLASS "exit-class" "What opens a right to leave." &["convenience", "breach", "insolvency", "control", "missed", "default", "event", "agreement", "lock-in"];
    CARRIED "carried-over" "What is carried over to a later period." &agreement::CARRIED;
    FORUM_KIND "forum" "Where a dispute may go." &["negotiation", "mediation", "expert", "arbitration", "courts", "other"];
    FLAW "flaw" "What is wrong with a table of bands." &["gap", "overlap"];
    TABLE_FLAW_KIND "flaw-of-table" "What is wrong with a table of shares." &["gap", "overlap", "shadowed", "swallowed", "never", "shares"];
    HOLE_TYPE "hole-type" "How something is left open." &["to-be-agreed", "decided-by", "set-out-in", "hidden", "blank", "undefined", "contradictory"];
    SECTION "section" "A heading of the language, or the first line." &SECTION_WORDS;
    TIME_ROLE "time-role" "What a length of time is for." &agreement::TIME_ROLES;
    TIME_UNIT "time-unit" "In what a length of time is counted; a week is seven days, a year twelve months." &["days", "business-days", "months"];
    CATEGORY "category" "A category of clauses: CUAD's 41, and those the rulebook asks for by kind." &agreement::CATEGORIES;
}

/// The headings, and `header`.
static SECTION_WORDS: [&str; 28] = {
    let mut words = ["header"; 28];
    let mut index = 0;
    while index < SECTIONS.len() {
        words[index + 1] = SECTIONS[index];
        index += 1;
    }
    words
};
