//! The messages of a chat as WhatsApp saves them: `[05/01/2022, 10:11:12] Ann: …` and `05/01/2022, 10:11 - Ann: …`.
//!
//! In: a text. Out: one JSON object a line for each message with words: its day, who wrote it, what it says.
//! Invariant: days, hours and names are no words of a message; a line without a day goes on with the message above.
//! It deliberately keeps no hours, and tells day from month by what all messages say together: they stand in their order.

use super::{Converted, push_line};
use crate::read::decode::text_of;
use crate::text::several;
use encoding_rs::Encoding;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Marks of the direction of writing, which the program puts before names and what it says itself.
const MARKS: [char; 6] = ['\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}', '\u{2068}', '\u{2069}'];
/// Letters of the longest name.
const LONGEST_NAME: usize = 60;

/// A line with a day and a time.
struct Stamped<'t> {
    day: [u32; 3],
    /// As it stands there.
    written: &'t str,
    name: Option<&'t str>,
    words: &'t str,
}

/// True for the head of such a text.
pub(crate) fn is_one(head: &str) -> bool {
    const FEW: usize = 2;
    let head = head.trim_start_matches('\u{feff}');
    let begins = head.lines().find(|line| !line.trim().is_empty()).and_then(stamped).is_some();
    // the first line may be the program's
    let below: Vec<&str> = head.lines().skip(1).filter_map(stamped).filter_map(|line| line.name).collect();
    let all = head.lines().filter_map(stamped).filter_map(|line| line.name).count();
    begins && all >= FEW && !below.is_empty() && are_names(&below)
}

/// True where somebody speaks again, or each is written as a name is: in a live blog behind days and clocks stand headlines.
fn are_names(names: &[&str]) -> bool {
    let again = (1..names.len()).any(|at| names[..at].contains(&names[at]));
    let is_capital = |word: &str| !word.starts_with(char::is_lowercase);
    again || names.iter().all(|name| name.split_whitespace().all(is_capital))
}

/// What a line says behind its day and time.
fn stamped(line: &str) -> Option<Stamped<'_>> {
    let line = line.trim_start_matches('\u{feff}').trim_start_matches(MARKS);
    let (when, said) = match line.strip_prefix('[') {
        Some(rest) => rest.split_once("] ").or_else(|| rest.split_once(']'))?,
        None => line.split_once(" - ")?,
    };
    let (written, time) = when.split_once([',', ' '])?;
    let clock = time.trim_start().split([' ', '\u{202f}', '\u{a0}']).next()?;
    let is_number = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_clock = (2..=3).contains(&clock.split([':', '.']).count()) && clock.split([':', '.']).all(is_number);
    let sign = written.chars().find(|c| "/.-".contains(*c))?;
    let numbers = written.split(sign).map(|part| part.parse().ok()).collect::<Option<Vec<u32>>>()?;
    let day = <[u32; 3]>::try_from(numbers).ok().filter(|_| is_clock && when.chars().count() < 30)?;
    let (name, words) = match said.split_once(": ").or_else(|| Some((said.strip_suffix(':')?, ""))) {
        Some((name, words)) if is_name(name) => {
            (Some(name.trim_matches(|c: char| MARKS.contains(&c) || "~ \u{a0}".contains(c))), words)
        }
        _ => (None, said),
    };
    Some(Stamped { day, written, name, words })
}

/// What stands before a colon in what the program says is longer, or a sentence.
fn is_name(name: &str) -> bool {
    name.chars().count() <= LONGEST_NAME && !name.contains(". ") && !name.contains(['"', '“', '«'])
}

/// How the numbers of a day are ordered.
#[derive(Clone, Copy)]
enum Order {
    YearMonthDay,
    DayMonthYear,
    MonthDayYear,
}

impl Order {
    fn date(self, [a, b, c]: [u32; 3]) -> Option<(u32, u32, u32)> {
        let (year, month, day) = match self {
            Order::YearMonthDay => (a, b, c),
            Order::DayMonthYear => (c, b, a),
            Order::MonthDayYear => (c, a, b),
        };
        let year = if year < 100 { 2000 + year } else { year };
        ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((year, month, day))
    }

    /// The only order in which all days are days, and ascend; nothing where two are.
    fn of(days: &[[u32; 3]]) -> Option<Order> {
        let all = [Order::YearMonthDay, Order::DayMonthYear, Order::MonthDayYear];
        let is_year_first = days.iter().any(|day| day[0] > 31);
        let dates = |order: Order| days.iter().map(|&day| order.date(day)).collect::<Option<Vec<_>>>();
        let fitting = all.into_iter().filter(|order| matches!(order, Order::YearMonthDay) == is_year_first);
        let fitting: Vec<(Order, Vec<_>)> = fitting.filter_map(|order| Some((order, dates(order)?))).collect();
        let ascends = |(_, dates): &&(Order, Vec<(u32, u32, u32)>)| dates.is_sorted();
        match fitting.as_slice() {
            [(order, _)] => Some(*order),
            several => {
                let mut ascending = several.iter().filter(ascends);
                let (order, dates) = ascending.next()?;
                // the same day and month in both
                let other = ascending.next();
                other.is_none_or(|(_, others)| others == dates).then_some(*order)
            }
        }
    }
}

/// The messages, and how many lines are none.
pub(super) fn lines(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<Converted, String> {
    let source = text_of(bytes, declared)?;
    let lines: Vec<(&str, Option<Stamped<'_>>)> = source.lines().map(|line| (line, stamped(line))).collect();
    let days: Vec<[u32; 3]> = lines.iter().filter_map(|(_, line)| Some(line.as_ref()?.day)).collect();
    let order = Order::of(&days);
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for name in lines.iter().filter_map(|(_, line)| line.as_ref()?.name) {
        *names.entry(name).or_default() += 1;
    }
    let (mut out, mut open, mut left) = (String::new(), None::<(&Stamped<'_>, String)>, 0);
    let mut close = |open: Option<(&Stamped<'_>, String)>, left: &mut u64| {
        let Some((line, words)) = open else { return };
        let words = words.trim();
        // `<Media omitted>`
        let is_of_program =
            words.starts_with(MARKS) || words.starts_with('<') && words.ends_with('>') && !words[1..].contains('<');
        match line.name.filter(|_| !is_of_program && !words.is_empty()) {
            Some(name) => push_line(message(line, name, words, order), &mut out),
            None => *left += 1,
        }
    };
    for (at, (line, stamp)) in lines.iter().enumerate() {
        match (stamp, &mut open) {
            (Some(stamp), _) => {
                close(open.take(), &mut left);
                // the first line says that messages are encrypted
                let is_notice = |name: &str| at == 0 && names[name] == 1 && name.split_whitespace().count() > 2;
                match stamp.name {
                    Some(name) if !is_notice(name) => open = Some((stamp, stamp.words.to_string())),
                    _ => left += 1,
                }
            }
            (None, Some((_, words))) => {
                words.push('\n');
                words.push_str(line);
            }
            (None, None) => {}
        }
    }
    close(open, &mut left);
    let are = if left == 1 { "is" } else { "are" };
    let note = format!("{} of the program, without words of a person, {are} no message", several(left, "line"));
    Ok(Converted { bytes: out.into_bytes(), notes: if left > 0 { vec![note] } else { Vec::new() } })
}

fn message(line: &Stamped<'_>, name: &str, words: &str, order: Option<Order>) -> Map<String, Value> {
    let date = order.and_then(|order| order.date(line.day));
    let date = date.map_or_else(|| line.written.to_string(), |(y, m, d)| format!("{y:04}-{m:02}-{d:02}"));
    let words = words.trim_end_matches(MARKS);
    let values = [("date", date), ("from", name.to_string()), ("text", words.to_string())];
    values.into_iter().map(|(key, value)| (key.to_string(), Value::String(value))).collect()
}
