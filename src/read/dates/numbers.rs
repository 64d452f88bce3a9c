//! Numbers that are days: seconds and milliseconds since 1970, and the days of spreadsheets.
//!
//! In: a cell of digits. Out: the day, and what the number counts.
//! Invariant: only numbers that fall into the years of the web (seconds) or of newspapers kept in spreadsheets (days) are taken.

use super::Date;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Seconds since 1970, as Unix counts, in UTC.
    Seconds,
    /// Milliseconds since 1970, in UTC.
    Milliseconds,
    /// Days since 1899-12-30, as Excel counts.
    Days,
}

impl Unit {
    /// For a message.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Seconds => "seconds since 1970 (UTC)",
            Unit::Milliseconds => "milliseconds since 1970 (UTC)",
            Unit::Days => "days of a spreadsheet (since 1899-12-30)",
        }
    }
}

/// The day that a number is.
pub fn of_number(text: &str) -> Option<(Date, Unit)> {
    /// 1990-01-01 and 2036-01-01.
    const SECONDS: std::ops::Range<i64> = 631_152_000..2_082_758_400;
    /// 1954-10-03 and 2036-01-01.
    const DAYS: std::ops::Range<i64> = 20_000..49_675;
    /// From 1899-12-30 to 1970-01-01.
    const EXCEL: i64 = 25_569;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let (days, unit) = match whole.len() {
        5 if DAYS.contains(&number) => (number - EXCEL, Unit::Days),
        9 | 10 if SECONDS.contains(&number) => (number / 86_400, Unit::Seconds),
        12 | 13 if SECONDS.contains(&(number / 1000)) => (number / 86_400_000, Unit::Milliseconds),
        _ => return None,
    };
    Some((Date::from_days(days)?, unit))
}
