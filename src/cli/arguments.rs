//! Values of arguments, read from what was typed.

use crate::value::Date;

/// A day.
pub(super) fn date(text: &str) -> Result<Date, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let date = match parts[..] {
        [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2 => {
            let (year, month, day) = (year.parse().ok(), month.parse().ok(), day.parse().ok());
            year.zip(month).zip(day).and_then(|((year, month), day)| Date::new(year, month, day))
        }
        _ => None,
    };
    date.ok_or_else(|| "expected a day such as 2026-04-01".to_owned())
}

/// A number of bytes.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let units = [("KiB", 1 << 10), ("MiB", 1 << 20), ("", 1)];
    let unit =
        units.into_iter().find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor)));
    let (number, factor) = unit.unwrap_or((text, 1));
    let number = number.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(factor));
    number.ok_or_else(|| "expected a size such as 500000, 512KiB or 4MiB".to_owned())
}
