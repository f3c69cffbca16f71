//! Numbers, sums, shares and days as a list of deals writes them. A comma groups three digits and
//! nothing else, so that `1234,50` is told and not read as a hundred times as much.

use crate::value::{Currency, Date, Number, Percent, Spelled};

/// The most that a deal may be, in its smallest coin.
pub(super) const MOST: i128 = 10_000_000_000_000_000;

/// A number: all its digits, and how many of them are decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digits {
    pub(super) mantissa: i128,
    pub(super) scale: u32,
}

impl Digits {
    /// `1234.50`, `1,234.50`, `-3`, and `(3)` as accounts write what is less than nothing.
    pub(super) fn of(text: &str) -> Option<Self> {
        let bare = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        let signed = text.strip_prefix('-').or_else(|| text.strip_prefix('\u{2212}'));
        let (negative, text) = match (bare, signed) {
            (Some(rest), _) | (None, Some(rest)) => (true, rest),
            (None, None) => (false, text),
        };
        let (whole, fraction) = match text.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return None,
            None => (text, ""),
        };
        let grouped = whole.contains(',');
        let fits = |(index, group): (usize, &str)| match index {
            0 => (1..=3).contains(&group.len()),
            _ => group.len() == 3,
        };
        if whole.is_empty() || grouped && !whole.split(',').enumerate().all(fits) {
            return None;
        }
        let (mut mantissa, mut digits) = (0_i128, 0_u32);
        for byte in whole.bytes().filter(|byte| *byte != b',').chain(fraction.bytes()) {
            if !byte.is_ascii_digit() || digits > 27 {
                return None;
            }
            mantissa = mantissa * 10 + i128::from(byte - b'0');
            digits += u32::from(mantissa > 0);
        }
        let scale = u32::try_from(fraction.len()).ok().filter(|scale| *scale <= 27)?;
        Some(Self { mantissa: if negative { -mantissa } else { mantissa }, scale })
    }

    pub(super) fn number(self) -> Option<Number> {
        Number::try_from_i128_with_scale(self.mantissa, self.scale).ok()
    }

    /// In the smallest coin of a currency with that many decimals.
    pub(super) fn coins(self, decimals: u32) -> Result<i128, NoCoins> {
        let (mut mantissa, mut scale) = (self.mantissa, self.scale);
        while scale > decimals {
            if mantissa % 10 != 0 {
                return Err(NoCoins::Finer);
            }
            (mantissa, scale) = (mantissa / 10, scale - 1);
        }
        let factor = 10_i128.checked_pow(decimals - scale);
        let coins = factor.and_then(|factor| mantissa.checked_mul(factor));
        coins.filter(|coins| coins.abs() <= MOST).ok_or(NoCoins::TooMuch)
    }
}

/// Why a number is no number of coins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoCoins {
    /// It has more decimals than the currency.
    Finer,
    /// Nobody shares that much.
    TooMuch,
}

/// `1,250.00` or `EUR 1,250.00`: the code, where there is one, and the digits.
pub(super) fn money(text: &str) -> Option<(Option<&str>, Digits)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (code, rest) = text.split_at(letters);
    let digits = Digits::of(rest.trim_start())?;
    Some(((letters > 0).then_some(code), digits))
}

/// The currency of a code, in capitals or not.
pub(super) fn currency(code: &str) -> Option<Currency> {
    Currency::from_code(&code.to_ascii_uppercase())
}

/// `12.5%`, as percent.
pub(super) fn percent(text: &str) -> Option<Number> {
    if let Some((above, below)) = text.split_once('/') {
        let share = Percent::from_fraction(above.trim().parse().ok()?, below.trim().parse().ok()?)?;
        return share.of(Number::ONE_HUNDRED);
    }
    Digits::of(text.strip_suffix('%')?.trim_end())?.number()
}

/// `2026-04-01`; a time of day behind it does not matter.
pub(super) fn date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let day = bytes.get(..10).filter(|day| day[4] == b'-' && day[7] == b'-')?;
    if !matches!(bytes.get(10), None | Some(b'T' | b' ')) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| {
        day[range].iter().try_fold(0_i16, |number, byte| {
            byte.is_ascii_digit().then(|| number * 10 + i16::from(byte - b'0'))
        })
    };
    let month = i8::try_from(number(5..7)?).ok()?;
    Date::new(number(0..4)?, month, i8::try_from(number(8..10)?).ok()?)
}

/// A number of coins as a plain number: `-1234.50`.
pub fn coins_text(coins: i128, decimals: u32) -> String {
    Spelled::plain(coins, decimals).text().to_owned()
}

/// The same with commas: `-1,234.50`.
pub fn coins_grouped(coins: i128, decimals: u32) -> String {
    Spelled::grouped(coins, decimals).text().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_groups_three_digits_and_nothing_else() {
        let coins = |text| Digits::of(text).and_then(|digits| digits.coins(2).ok());
        assert_eq!(coins("1234.5"), Some(123_450));
        assert_eq!(coins("1,234.50"), Some(123_450));
        assert_eq!(coins("-0.01"), Some(-1));
        assert_eq!(coins("(1,000)"), Some(-100_000));
        assert_eq!(coins("12.500"), Some(1250), "zeros are no decimals");
        for bad in [
            "1234,50",
            "1,23,456.00",
            "1.234,50",
            "",
            "-",
            ".5",
            "5.",
            "1e3",
            "12 000",
            "€5",
            "--1",
        ] {
            assert_eq!(Digits::of(bad), None, "{bad}");
        }
        assert_eq!(Digits::of("0.005").unwrap().coins(2), Err(NoCoins::Finer));
        assert_eq!(Digits::of("99999999999999999999").unwrap().coins(2), Err(NoCoins::TooMuch));
        assert_eq!(Digits::of("1234567890123456789012345678901234567890"), None);
    }

    #[test]
    fn sums_shares_and_days() {
        assert_eq!(money("EUR 5").unwrap(), (Some("EUR"), Digits { mantissa: 5, scale: 0 }));
        assert_eq!(money("5").unwrap().0, None);
        assert_eq!(money("five"), None);
        assert_eq!(percent("12.5%"), Some(Number::new(125, 1)));
        assert_eq!(percent("12.5"), None, "12.5 may be 1,250% too");
        assert_eq!(date("2026-02-28"), Date::new(2026, 2, 28));
        assert_eq!(date("2026-02-28T10:00:00Z"), Date::new(2026, 2, 28));
        for bad in
            ["2026-02-30", "28.02.2026", "02/28/2026", "2026-2-28", "2026-02-281", "", "2026"]
        {
            assert_eq!(date(bad), None, "{bad}");
        }
    }

    #[test]
    fn coins_are_spelled() {
        assert_eq!(coins_text(-5, 2), "-0.05");
        assert_eq!(coins_grouped(-123_456_789, 2), "-1,234,567.89");
        assert_eq!(coins_grouped(1_000, 0), "1,000");
        assert_eq!(coins_grouped(1, 3), "0.001");
        assert_eq!(coins_text(0, 0), "0");
        assert_eq!(coins_text(100, 2), "1.00");
        assert_eq!(coins_grouped(-100_000, 2), "-1,000.00");
        let most = "-170,141,183,460,469,231,731,687,303,715,884,105,728";
        assert_eq!(coins_grouped(i128::MIN, 0), most);
        let finer = "-1,701,411,834,604,692,317,316,873,037,158,841,057.28";
        assert_eq!(coins_grouped(i128::MIN, 2), finer);
        let spelled = |year, month, day| {
            let day = Date::new(year, month, day).unwrap();
            assert_eq!(Spelled::day(day).text(), day.to_string());
        };
        spelled(2026, 12, 31);
        spelled(7, 1, 9);
        // As the standard library spells them.
        for coins in [0, 7, 10, 99, 100, 1_234_567, u64::MAX.into(), i128::MAX].map(|it| [it, -it])
        {
            for (coins, decimals) in coins.into_iter().flat_map(|it| [(it, 0), (it, 2), (it, 3)]) {
                let width = decimals as usize;
                let digits = format!("{:0>1$}", coins.unsigned_abs(), width + 1);
                let (whole, fraction) = digits.split_at(digits.len() - width);
                let sign = if coins < 0 { "-" } else { "" };
                let point = if width > 0 { "." } else { "" };
                assert_eq!(coins_text(coins, decimals), format!("{sign}{whole}{point}{fraction}"));
                let bare = coins_grouped(coins, decimals).replace(',', "");
                assert_eq!(bare, coins_text(coins, decimals));
            }
        }
    }
}
