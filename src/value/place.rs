//! Places by their ISO 3166 codes: `DE` is Germany, `US-DE` Delaware.

use std::fmt;

/// A country or one of its subdivisions. Its code always stands in ISO 3166.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place(String);

impl Place {
    /// The place a code names, if ISO 3166-1 or 3166-2 has it; `World` is everywhere.
    pub fn from_code(code: &str) -> Option<Self> {
        let known = match code.len() {
            2 => rust_iso3166::from_alpha2(code).is_some(),
            _ => rust_iso3166::iso3166_2::from_code(code).is_some(),
        };
        known.then(|| Self(code.to_owned()))
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
}
