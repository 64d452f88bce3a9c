//! The day on which an article was published, from what metadata and bylines really say.
//!
//! In: `2022-01-06T13:15Z`, `06.01.2022`, `8 Jan 2022`, `6 января 2022 г.`, `1/21/2018`. Out: a day, or why there is none.
//! Invariant: a [`Date`] exists in the calendar, and was never guessed between two readings.
//! It deliberately knows no clock and no time zone: the day is the one that is written.

mod iso;
mod numbers;
mod scan;
mod words;

pub use numbers::{Unit, of_number};

use scan::Scan;

use chrono::{Datelike, NaiveDate, Weekday};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day of the Gregorian calendar, in the years 1000 to 2999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "i32", try_from = "i32")]
pub struct Date(NaiveDate);

impl Date {
    /// The day, if the calendar has it and it lies in the years 1000 to 2999.
    pub fn new(year: u32, month: u32, day: u32) -> Option<Date> {
        Date::of(NaiveDate::from_ymd_opt(year as i32, month, day)?)
    }

    /// The day so many days after 1970-01-01.
    pub fn from_days(days: i64) -> Option<Date> {
        Date::of(NaiveDate::from_epoch_days(i32::try_from(days).ok()?)?)
    }

    /// The day of an ISO week: `2022-W01-3`, where 1 is Monday.
    fn of_week(year: u32, week: u32, day: u32) -> Option<Date> {
        let weekday = Weekday::try_from(u8::try_from(day.checked_sub(1)?).ok()?).ok()?;
        Date::of(NaiveDate::from_isoywd_opt(year as i32, week, weekday)?)
    }

    fn of(date: NaiveDate) -> Option<Date> {
        (1000..3000).contains(&date.year()).then_some(Date(date))
    }

    /// Whether it may be a day of publication: before 1700 and after 2035 a date is more likely a slip.
    pub fn is_plausible(&self) -> bool {
        (1700..=2035).contains(&self.0.year())
    }

    /// The year, four digits.
    pub fn year(&self) -> u16 {
        self.0.year() as u16
    }

    /// The month, 1 to 12.
    pub fn month(&self) -> u8 {
        self.0.month() as u8
    }

    /// The day of the month, from 1.
    pub fn day(&self) -> u8 {
        self.0.day() as u8
    }

    /// The ISO week, 1 to 53, and the year that it belongs to.
    pub fn week(&self) -> (u16, u8) {
        let week = self.0.iso_week();
        (week.year() as u16, week.week() as u8)
    }

    /// Days since 1970-01-01, for axes and differences.
    pub fn days(&self) -> i32 {
        self.0.to_epoch_days()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Date> for i32 {
    fn from(date: Date) -> i32 {
        date.days()
    }
}

impl TryFrom<i32> for Date {
    type Error = &'static str;

    fn try_from(days: i32) -> Result<Date, &'static str> {
        Date::from_days(i64::from(days)).ok_or("days since 1970-01-01 of the years 1000 to 2999")
    }
}

/// How `3/4/2022` is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 3 April.
    DayFirst,
    /// March 4.
    MonthFirst,
}

/// Why a text gives no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateProblem {
    /// It has two readings.
    Ambiguous,
    /// It lacks the day, or the year.
    Incomplete,
    /// The calendar has no such day.
    Impossible,
    /// It is a number that several programs write for different days.
    Count,
    /// It is no date that is known here.
    Unreadable,
}

/// True for the name of a month, its beginning, or either with its number: `January`, `jan`, `01-January`.
pub(super) fn is_month(text: &str) -> bool {
    let name = text.trim_matches(|c: char| !c.is_alphabetic());
    words::month(&name.to_lowercase()).is_some()
}

/// Reads a whole text as one date; `None` where it is empty or says that there is none (`NaT`, `null`, `-`).
pub fn parse(text: &str, order: Option<DateOrder>) -> Result<Option<Date>, DateProblem> {
    if !text.is_ascii()
        && let Some(usual) = with_usual_signs(text)
    {
        return parse(&usual, order);
    }
    let text = text.trim();
    if is_blank(text) {
        return Ok(None);
    }
    if let Some((date, _)) = of_number(text) {
        return Ok(Some(date));
    }
    if numbers::is_count(text) {
        return Err(DateProblem::Count);
    }
    let mut scan = Scan { rest: text };
    scan.weekday();
    scan.time_first();
    scan.weekday();
    scan.one_word(&["le", "den", "am", "vom", "el", "il", "on", "dne", "dnia", "от"]);
    let date = leading(&mut scan, order)?;
    if is_time(scan.rest) { Ok(Some(date)) } else { Err(DateProblem::Unreadable) }
}

/// The first date that stands anywhere in a line, with the bytes it takes.
pub fn find(line: &str, order: Option<DateOrder>) -> Option<(Date, std::ops::Range<usize>)> {
    let mut inside_word = false;
    for (start, c) in line.char_indices() {
        let begins = c.is_alphanumeric() && !inside_word;
        inside_word = c.is_alphanumeric();
        if !begins {
            continue;
        }
        let mut scan = Scan { rest: &line[start..] };
        let Ok(date) = leading(&mut scan, order) else { continue };
        if !scan.rest.starts_with(char::is_alphanumeric) || scan.rest.starts_with('T') {
            return Some((date, start..line.len() - scan.rest.len()));
        }
    }
    None
}

/// Without marks of direction and signs that nobody sees, every dash as a hyphen; nothing where the text has none of them.
fn with_usual_signs(text: &str) -> Option<String> {
    let is_unseen = |c: char| matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let is_dash = |c: char| matches!(c, '\u{2010}'..='\u{2013}' | '\u{2212}');
    let has_some = text.contains(|c| is_unseen(c) || is_dash(c));
    let usual = text.chars().filter(|&c| !is_unseen(c)).map(|c| if is_dash(c) { '-' } else { c });
    has_some.then(|| usual.collect())
}

/// What writers of tables put where there is no date.
fn is_blank(text: &str) -> bool {
    const NOTHING: &[&str] = &["", "-", "—", "nat", "nan", "none", "null", "n/a", "na", "unknown", "undated"];
    text.len() < 12 && NOTHING.contains(&text.to_lowercase().as_str())
}

/// The date with which the text begins.
fn leading(scan: &mut Scan<'_>, order: Option<DateOrder>) -> Result<Date, DateProblem> {
    if let Some(month) = scan.month() {
        return month_first(scan, month);
    }
    let (number, digits) = scan.number().ok_or(DateProblem::Unreadable)?;
    match digits {
        8 | 12 | 14 => compact(number, digits),
        4 => year_first(scan, number as u32),
        1 | 2 => small_first(scan, number as u32, order),
        _ => Err(DateProblem::Unreadable),
    }
}

/// `20220106`, also with the time behind it.
fn compact(number: u64, digits: usize) -> Result<Date, DateProblem> {
    let day = (number / 10u64.pow(digits as u32 - 8)) as u32;
    let year = day / 10_000;
    if !(1000..3000).contains(&year) {
        return Err(DateProblem::Unreadable);
    }
    Date::new(year, day / 100 % 100, day % 100).ok_or(DateProblem::Impossible)
}

/// `2022-01-06`, `2022/1/6`, `2022 January 6`, and the incomplete `2022` and `2022-01`.
fn year_first(scan: &mut Scan<'_>, year: u32) -> Result<Date, DateProblem> {
    if !(1000..3000).contains(&year) {
        return Err(DateProblem::Unreadable);
    }
    if let Some(date) = signed(scan, year) {
        return date;
    }
    let before = scan.rest;
    if let Some(separator) = scan.one_of(&['-', '/', '.'])
        && let Some((month, 1..=2)) = scan.spaced_number(separator)
    {
        if !scan.eat(separator) {
            return Err(DateProblem::Incomplete);
        }
        let Some((day, 1..=2)) = scan.spaced_number(separator) else { return Err(DateProblem::Unreadable) };
        return Date::new(year, month as u32, day as u32).ok_or(DateProblem::Impossible);
    }
    scan.rest = before;
    scan.gap();
    // `2022 m. sausio 5 d.`, `2022. gada 5. janvārī`
    scan.one_word(&["m", "metų", "gada"]);
    if let Some(month) = scan.month() {
        scan.gap();
        let Some((day, 1..=2)) = scan.number() else { return Err(DateProblem::Incomplete) };
        scan.ordinal();
        return Date::new(year, month, day as u32).ok_or(DateProblem::Impossible);
    }
    // `2022 жылғы 5 қаңтар`
    scan.one_word(&["жылғы", "жылдың", "ж"]);
    let before = scan.rest;
    if let Some((day, 1..=2)) = scan.number() {
        scan.ordinal();
        scan.gap();
        if let Some(month) = scan.month() {
            return Date::new(year, month, day as u32).ok_or(DateProblem::Impossible);
        }
    }
    Err(if before.is_empty() || is_time(before) { DateProblem::Incomplete } else { DateProblem::Unreadable })
}

/// `2022年1月5日`, `2022년 1월 5일`, `2022-W01-3`; `None` for what is written in another way.
fn signed(scan: &mut Scan<'_>, year: u32) -> Option<Result<Date, DateProblem>> {
    let before = scan.rest;
    for signs in [['年', '月', '日'], ['년', '월', '일']] {
        if !scan.eat(signs[0]) {
            continue;
        }
        scan.gap();
        let month = scan.number().filter(|_| scan.eat(signs[1]));
        scan.gap();
        let day = scan.number().filter(|_| scan.eat(signs[2]));
        return Some(match (month, day) {
            (Some((month, _)), Some((day, _))) => {
                Date::new(year, month as u32, day as u32).ok_or(DateProblem::Impossible)
            }
            _ => Err(DateProblem::Incomplete),
        });
    }
    let dashed = scan.eat('-');
    if scan.eat('W') {
        let found = scan.number();
        let (week, day) = match found {
            Some((week, 2)) if dashed && scan.eat('-') => (week, scan.number().map(|(day, _)| day)),
            Some((both, 3)) => (both / 10, Some(both % 10)),
            Some((week, 2)) => (week, None),
            _ => return Some(Err(DateProblem::Unreadable)),
        };
        let Some(day) = day else { return Some(Err(DateProblem::Incomplete)) };
        return Some(Date::of_week(year, week as u32, day as u32).ok_or(DateProblem::Impossible));
    }
    scan.rest = before;
    None
}

/// `06.01.2022`, `1/21/2018`, `8 Jan 2022`, `6th of January 2022`.
fn small_first(scan: &mut Scan<'_>, first: u32, order: Option<DateOrder>) -> Result<Date, DateProblem> {
    let before = scan.rest;
    if let Some(separator) = scan.one_of(&['.', '/', '-'])
        && let Some((second, 1..=2)) = scan.spaced_number(separator)
    {
        if !scan.eat(separator) {
            return Err(DateProblem::Unreadable);
        }
        if separator == '.' {
            scan.spaces();
        }
        let Some((year, digits)) = scan.number() else { return Err(DateProblem::Unreadable) };
        // Dots are written where the day comes first.
        let order = if separator == '.' { Some(DateOrder::DayFirst) } else { order };
        return numeric([first, second as u32], year as u32, digits, order);
    }
    scan.rest = before;
    let has_dot = scan.rest.starts_with('.');
    scan.ordinal();
    scan.gap();
    scan.one_word(&["of", "de", "di"]);
    // October in Croatian, which writes a dot behind the day; November in Polish, which does not
    let is_croatian = has_dot && scan.word().to_lowercase() == "listopada";
    let month = scan.month().or_else(|| scan.roman_month()).ok_or(DateProblem::Unreadable)?;
    let month = if is_croatian { 10 } else { month };
    scan.gap();
    scan.one_word(&["of", "de", "del"]);
    // `5 Jan '22`
    scan.one_of(&['\'', '’', '‘']);
    match scan.number() {
        Some((year, 4)) => Date::new(year as u32, month, first).ok_or(DateProblem::Impossible),
        Some((year, 2)) => Date::new(century(year as u32), month, first).ok_or(DateProblem::Impossible),
        _ => Err(DateProblem::Incomplete),
    }
}

/// Two numbers and a year: every reading is tried, and only a single one is believed.
fn numeric(pair: [u32; 2], year: u32, digits: usize, order: Option<DateOrder>) -> Result<Date, DateProblem> {
    let full = match digits {
        4 => year,
        2 => century(year),
        _ => return Err(DateProblem::Unreadable),
    };
    let day_first = Date::new(full, pair[1], pair[0]);
    let month_first = Date::new(full, pair[0], pair[1]);
    let year_first = if digits == 2 { Date::new(century(pair[0]), pair[1], year) } else { None };
    match order {
        Some(DateOrder::DayFirst) => return day_first.ok_or(DateProblem::Impossible),
        Some(DateOrder::MonthFirst) => return month_first.ok_or(DateProblem::Impossible),
        None => {}
    }
    let mut readings = [day_first, month_first, year_first].into_iter().flatten();
    let date = readings.next().ok_or(DateProblem::Impossible)?;
    if readings.all(|other| other == date) { Ok(date) } else { Err(DateProblem::Ambiguous) }
}

/// `Jan 8, 2022`, `January 8th 2022`, `Jan 08 13:15:00 +0000 2022`.
fn month_first(scan: &mut Scan<'_>, month: u32) -> Result<Date, DateProblem> {
    scan.gap();
    let Some((day, digits)) = scan.number() else { return Err(DateProblem::Unreadable) };
    if digits > 2 {
        return Err(if digits == 4 { DateProblem::Incomplete } else { DateProblem::Unreadable });
    }
    scan.ordinal();
    scan.gap();
    let before = scan.rest;
    if let Some((year, 4)) = scan.number() {
        return Date::new(year as u32, month, day as u32).ok_or(DateProblem::Impossible);
    }
    scan.rest = before;
    scan.clock();
    match scan.number() {
        Some((year, 4)) => Date::new(year as u32, month, day as u32).ok_or(DateProblem::Impossible),
        _ => Err(DateProblem::Incomplete),
    }
}

/// Two digits of a year, as POSIX reads them: 69 to 99 are of the last century.
fn century(year: u32) -> u32 {
    if year < 69 { 2000 + year } else { 1900 + year }
}

/// True for what may stand behind a date: nothing, a time of day, a zone, `г.`, a bracket.
fn is_time(rest: &str) -> bool {
    let mut scan = Scan { rest };
    scan.gap();
    scan.one_word(&["г", "года", "год", "at", "alle", "ore", "в", "t"]);
    scan.gap();
    // `05JAN2022:10:00:00` of SAS
    scan.eat(':');
    // Kibana: `Jan 5, 2022 @ 10:15`
    if scan.eat('@') {
        scan.gap();
    }
    scan.one_word(&["d", "diena"]);
    let tail = scan.rest;
    if tail.starts_with(|c: char| c.is_ascii_digit()) {
        scan.number();
        return scan.rest.starts_with([':', '.', 'h', 'Z', 'z']) || scan.rest.is_empty() || is_half_day(scan.rest);
    }
    let upper_t = tail.strip_prefix(['T', 't']).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
    upper_t || tail.len() <= 32 && !tail.contains(|c: char| c.is_ascii_digit())
}

fn is_half_day(rest: &str) -> bool {
    let word = rest.trim_start().to_lowercase();
    ["am", "pm", "a.m", "p.m"].iter().any(|half| word.starts_with(half))
}
