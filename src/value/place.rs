//! Places by their ISO 3166 codes: `DE` is Germany, `US-DE` Delaware.

use std::fmt;

include!(concat!(env!("OUT_DIR"), "/places.rs"));

/// A country or one of its subdivisions. Its code always stands in ISO 3166.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place(String);

impl Place {
    /// The place a code names, if ISO 3166-1 or 3166-2 has it; `World` is everywhere.
    pub fn from_code(code: &str) -> Option<Self> {
        let known: &[[u8; 6]] = if code.len() == 2 { &COUNTRIES } else { &DIVISIONS };
        let found = known.binary_search_by(|padded| {
            let end = padded.iter().position(|byte| *byte == 0).unwrap_or(padded.len());
            padded[..end].cmp(code.as_bytes())
        });
        found.is_ok().then(|| Self(code.to_owned()))
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delaware_is_not_germany() {
        assert!(Place::from_code("DE").is_some());
        assert!(Place::from_code("US-DE").is_some());
        assert_eq!(Place::from_code("XX"), None);
        assert_eq!(Place::from_code("US-ZZ"), None);
        assert_ne!(Place::from_code("DE"), Place::from_code("US-DE"));
    }

    #[test]
    fn a_code_is_whole_and_nothing_more() {
        for code in ["", "D", "DE\0", "DE-", "US-DE ", "US-DE\0", "us-de", "GB-ENGL"] {
            assert_eq!(Place::from_code(code), None, "{code:?}");
        }
        for code in ["AD-02", "GB-ENG", "FR-75C", "ZW-MW", "AD", "ZW"] {
            assert!(Place::from_code(code).is_some(), "{code}");
        }
    }
}
