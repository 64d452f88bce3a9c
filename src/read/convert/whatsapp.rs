//! The messages of a chat as WhatsApp saves them: `[05/01/2022, 10:11:12] Ann: …` and `05/01/2022, 10:11 - Ann: …`.
//!
//! In: a text. Out: one JSON object a line for each message with words: its day, who wrote it, what it says.
//! Invariant: days, hours and names are no words of a message; a line without a day goes on with the message above. A line that is left
//! out is told.
//! It deliberately keeps no hours, and tells day from month by what all messages say together: they stand in their order.

use super::{Converted, push_line};
use crate::read::decode::text_of;
use crate::text::several;
use encoding_rs::Encoding;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Marks of the direction of writing, which stand around names, numbers and words of other scripts.
const MARKS: [char; 6] = ['\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}', '\u{2068}', '\u{2069}'];
/// The one that stands before what the program says itself.
const OF_PROGRAM: char = '\u{200e}';
/// What the program writes without it.
const NOTICES: &[&str] = &[
    "<Media omitted>",
    "<Medien ausgeschlossen>",
    "<Médias omis>",
    "<Multimedia omitido>",
    "<Archivo omitido>",
    "<Media omessi>",
    "<Arquivo de mídia oculto>",
    "<Mídia oculta>",
    "<Mídia omitida>",
    "<Media weggelaten>",
    "<Pominięto multimedia>",
    "<Без медиафайлов>",
    "<Медиафайл исключён>",
    "<Без медіафайлів>",
    "<Medya dahil edilmedi>",
    "<تم استبعاد الوسائط>",
];
/// What it writes behind the words of a message.
const EDITED: &[&str] = &["<This message was edited>", "<Diese Nachricht wurde bearbeitet.>"];
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
        Some((name, words)) if may_be_name(name) => {
            (Some(name.trim_matches(|c: char| MARKS.contains(&c) || "~ \u{a0}".contains(c))), words)
        }
        _ => (None, said),
    };
    Some(Stamped { day, written, name, words })
}

/// What stands before a colon in what the program says is longer, or quotes.
fn may_be_name(name: &str) -> bool {
    name.chars().count() <= LONGEST_NAME && !name.contains(['"', '“', '«'])
}

/// True for a name under which somebody wrote several messages, and for one that is no sentence: above a chat stands
/// `Messages are encrypted. No one can read them: tap`, and within it `Ann changed the description to:`.
fn is_name(name: &str, messages: usize, may_be_notice: bool) -> bool {
    /// `Dr.`, `Prof.`, `J.`
    const ABBREVIATED: usize = 4;
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).count();
    let ends_sentence = name.split_inclusive(". ").any(|part| {
        part.ends_with(". ") && part.split_whitespace().last().is_some_and(|word| letters(word) > ABBREVIATED)
    });
    // `van`, `bin`, `von der`
    let is_small = |word: &str| word.starts_with(char::is_lowercase) && letters(word) > 3;
    let is_phrase = name.split_whitespace().count() > 2 && name.split_whitespace().any(is_small);
    messages > 1 || !(ends_sentence || may_be_notice && is_phrase)
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
    let (mut out, mut left) = (String::new(), Left::default());
    let mut open: Option<Message<'_>> = None;
    for (at, (line, stamp)) in lines.iter().enumerate() {
        let Some(stamp) = stamp else {
            match &mut open {
                Some(message) => message.take(line, &mut left),
                None => left.add(line),
            }
            continue;
        };
        open.take().into_iter().for_each(|message| message.close(order, &mut out, &mut left));
        let may_be_notice = at == 0 || stamp.words.trim().is_empty();
        match stamp.name.filter(|name| is_name(name, names[name], may_be_notice)) {
            Some(name) => {
                let mut message = Message { stamp, name, line, words: Vec::new() };
                message.take(stamp.words, &mut left);
                open = Some(message);
            }
            None => left.add(line),
        }
    }
    open.into_iter().for_each(|message| message.close(order, &mut out, &mut left));
    Ok(Converted { bytes: out.into_bytes(), notes: left.note().into_iter().collect(), ..Converted::default() })
}

/// Lines that are no words of anybody.
#[derive(Default)]
struct Left {
    lines: u64,
    first: String,
}

impl Left {
    fn add(&mut self, line: &str) {
        let line = line.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
        if !line.is_empty() {
            self.lines += 1;
            if self.first.is_empty() {
                self.first = line.to_string();
            }
        }
    }

    fn note(&self) -> Option<String> {
        let are = if self.lines == 1 { "is" } else { "are" };
        let lines = several(self.lines, "line");
        let first = crate::read::article::short(&self.first);
        let note =
            format!("{lines} of the program, without words of a person, {are} no message; the first is `{first}`");
        (self.lines > 0).then_some(note)
    }
}

/// A message whose lines are still read.
struct Message<'t> {
    stamp: &'t Stamped<'t>,
    name: &'t str,
    /// Its first line, as it stands there.
    line: &'t str,
    words: Vec<&'t str>,
}

impl<'t> Message<'t> {
    /// Takes a line; below a file that was sent stands what was written with it.
    fn take(&mut self, line: &'t str, left: &mut Left) {
        let (words, told) = own(line);
        match words.trim().is_empty() && told {
            true => left.add(line),
            false => self.words.push(words),
        }
    }

    fn close(self, order: Option<Order>, out: &mut String, left: &mut Left) {
        let words = self.words.join("\n");
        let words = words.trim();
        if !words.is_empty() {
            push_line(message(self.stamp, self.name, words, order), out);
        } else if !self.words.is_empty() {
            left.add(self.line);
        }
    }
}

/// What of a line somebody wrote, and whether the program wrote the rest.
fn own(line: &str) -> (&str, bool) {
    let bare = line.trim();
    if bare.starts_with(OF_PROGRAM) || NOTICES.contains(&bare.trim_matches(MARKS)) {
        return ("", true);
    }
    let edited = EDITED.iter().find_map(|notice| bare.strip_suffix(notice));
    // `See you. ‎<attached: photo.jpg>`
    let marked = || bare.rsplit_once(OF_PROGRAM).filter(|(_, end)| end.starts_with('<') && end.ends_with('>'));
    match edited.or_else(|| Some(marked()?.0)) {
        Some(own) => (own.trim_end_matches(|c: char| c.is_whitespace() || MARKS.contains(&c)), true),
        None => (line, false),
    }
}

fn message(line: &Stamped<'_>, name: &str, words: &str, order: Option<Order>) -> Map<String, Value> {
    let date = order.and_then(|order| order.date(line.day));
    let date = date.map_or_else(|| line.written.to_string(), |(y, m, d)| format!("{y:04}-{m:02}-{d:02}"));
    let words = words.trim_end_matches(MARKS);
    let values = [("date", date), ("from", name.to_string()), ("text", words.to_string())];
    values.into_iter().map(|(key, value)| (key.to_string(), Value::String(value))).collect()
}
