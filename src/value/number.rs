//! Exact decimal numbers, spelled with commas in groups of three.

use rust_decimal::Decimal;
use smol_str::SmolStrBuilder;

use super::Spelled;

/// An exact decimal number.
pub type Number = Decimal;

/// Reads `1,250,000.50`; `None` where the digits do not fit an exact decimal of 28 places.
pub fn parse_number(text: &str) -> Option<Number> {
    if !text.as_bytes().contains(&b',') {
        return Decimal::from_str_exact(text).ok();
    }
    let mut bare = SmolStrBuilder::new();
    text.split(',').for_each(|digits| bare.push_str(digits));
    Decimal::from_str_exact(&bare.finish()).ok()
}

/// Spells a number with commas in groups of three, as the language does.
pub fn grouped(number: Number) -> String {
    spelled(number).text().to_owned()
}

/// The same, made in place.
pub(crate) fn spelled(number: Number) -> Spelled {
    Spelled::grouped(number.mantissa(), number.scale())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_and_spell_alike() {
        for text in ["0", "7", "999", "1,000", "80,000", "1,500,000.25", "-12,345"] {
            assert_eq!(grouped(parse_number(text).unwrap()), text);
        }
        assert_eq!(parse_number("123456789012345678901234567890"), None);
    }
}
