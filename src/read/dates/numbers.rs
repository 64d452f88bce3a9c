//! Numbers that are days: seconds and milliseconds since 1970, and the days of spreadsheets.
//!
//! In: a cell of digits. Out: the day, and what the number counts.
//! Invariant: only numbers that fall into the years of the web are taken, and none that another program writes for another such day.

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

/// 1990-01-01 and 2030-01-01; SAS and Stata count from 1960, and their numbers for recent years lie behind it.
const SECONDS: std::ops::Range<i64> = 631_152_000..1_893_456_000;
/// From 1990-01-01 to 2036-01-01 as spreadsheets count.
const DAYS: std::ops::Range<i64> = 32_874..49_675;

/// The day that a number is.
pub fn of_number(text: &str) -> Option<(Date, Unit)> {
    /// From 1899-12-30 to 1970-01-01.
    const EXCEL: i64 = 25_569;
    let number = number(text)?;
    let (days, unit) = match digits(number) {
        5 if DAYS.contains(&number) => (number - EXCEL, Unit::Days),
        9 | 10 if SECONDS.contains(&number) => (number / 86_400, Unit::Seconds),
        12 | 13 if SECONDS.contains(&(number / 1000)) => (number / 86_400_000, Unit::Milliseconds),
        _ => return None,
    };
    Some((Date::from_days(days)?, unit))
}

/// True for a number that R (from 1970), Stata and SAS (from 1960) and spreadsheets (from 1899-12-30) write for different days of
/// the last decades; days, seconds or milliseconds.
pub(super) fn is_count(text: &str) -> bool {
    /// As much behind the seconds of 1970 as 1960 is before it, for the years to come.
    const LATER: std::ops::Range<i64> = 1_893_456_000..2_398_377_600;
    let is_one = |number: i64| match digits(number) {
        5 => (10_000..DAYS.start).contains(&number),
        10 => LATER.contains(&number),
        13 => LATER.contains(&(number / 1000)),
        _ => false,
    };
    number(text).is_some_and(is_one)
}

/// A whole number, or one with a fraction that is left out.
fn number(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.starts_with('0') || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    whole.parse().ok()
}

fn digits(number: i64) -> u32 {
    number.max(1).ilog10() + 1
}
