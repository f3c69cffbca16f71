//! Numbers and days as text, made in place.

use super::Date;

/// A number or a day as text, without a detour over the heap: a list of deals has millions of them.
#[derive(Debug, Clone, Copy)]
pub struct Spelled {
    bytes: [u8; Self::SIZE],
    start: usize,
}

impl Spelled {
    /// 39 digits, 13 commas, a point, a sign, and some room.
    const SIZE: usize = 64;

    /// A number of coins as a plain number: `-1234.50`.
    pub fn plain(coins: i128, decimals: u32) -> Self {
        Self::of(coins, decimals, false)
    }

    /// The same with commas: `-1,234.50`.
    pub fn grouped(coins: i128, decimals: u32) -> Self {
        Self::of(coins, decimals, true)
    }

    /// A day: `2026-04-01`.
    pub fn day(day: Date) -> Self {
        let mut this = Self { bytes: [0; Self::SIZE], start: Self::SIZE };
        let small = |number: i8| u128::from(number.unsigned_abs());
        this.digits(small(day.day()), 2);
        this.put(b'-');
        this.digits(small(day.month()), 2);
        this.put(b'-');
        this.digits(u128::from(day.year().unsigned_abs()), 4);
        this
    }

    fn of(coins: i128, decimals: u32, grouped: bool) -> Self {
        let mut this = Self { bytes: [0; Self::SIZE], start: Self::SIZE };
        let mut left = coins.unsigned_abs();
        // No number is finer than that.
        let decimals = decimals.min(28);
        for _ in 0..decimals {
            left = this.digit(left);
        }
        if decimals > 0 {
            this.put(b'.');
        }
        let mut place = 0;
        while left > 0 || place == 0 {
            if grouped && place == 3 {
                this.put(b',');
                place = 0;
            }
            left = this.digit(left);
            place += 1;
        }
        if coins < 0 {
            this.put(b'-');
        }
        this
    }

    /// At least so many digits.
    fn digits(&mut self, mut number: u128, least: u32) {
        let mut place = 0;
        while number > 0 || place < least {
            number = self.digit(number);
            place += 1;
        }
    }

    /// Puts the last digit of a number in front; what is left of it.
    fn digit(&mut self, number: u128) -> u128 {
        // Small numbers are divided much faster than large ones.
        let (rest, digit) = match u64::try_from(number) {
            Ok(small) => (u128::from(small / 10), (small % 10).to_le_bytes()[0]),
            Err(_) => (number / 10, (number % 10).to_le_bytes()[0]),
        };
        self.put(b'0' + digit);
        rest
    }

    fn put(&mut self, byte: u8) {
        self.start -= 1;
        self.bytes[self.start] = byte;
    }

    /// As text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes[self.start..]).unwrap_or_default()
    }
}
