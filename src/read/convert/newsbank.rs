//! Articles as NewsBank saves them: the title, `Dawn (Nairobi) - January 5, 2022`, labels, the text, the number of the record.
//!
//! In: a text. Out: one JSON object a line for each article: its title, outlet, day, byline, section and text.
//! Invariant: labels and the lines below a text are no words of it; those that no column holds are told apart in the text, and what stands
//! above the first source is told.
//! It deliberately begins an article by its line of outlet and day alone: no other line is in every record.

use super::{Converted, push_line};
use crate::read::dates::{self, DateOrder};
use crate::read::decode::text_of;
use crate::read::{Aside, AsideKind};
use crate::text::several;
use encoding_rs::Encoding;
use serde_json::{Map, Value};
use std::ops::Range;

/// One of these stands in every file of NewsBank.
const MARKS: [&str; 4] = ["Author/Byline:", "Record Number:", "OpenURL Link", "Read News Document"];
/// Labels between source and text.
const LABELS: &[&str] = &[
    "Author/Byline",
    "Author",
    "Byline",
    "Section",
    "Page",
    "Edition",
    "Column",
    "Readability",
    "Dateline",
    "Source",
    "Location",
    "Product",
    "Type",
    "Series",
    "Correction",
    "Caption",
    "Article Type",
    "Language",
    "Estimated printed pages",
];
/// Beginnings of lines that stand below a text, wherever they are.
const SURE: &[&str] = &["OpenURL Link", "Record Number:", "Citation ("];
/// Beginnings of lines that do so right below it, or below one of those: an article may speak of a memo.
const BELOW: &[&str] = &["Record:", "Index Terms:", "Memo:"];
/// Those of lines with a year.
const RIGHTS: &[&str] = &["Copyright ", "(c) Copyright", "Copyright, ", "© ", "Copyright© ", "(c) "];
/// Lines of a title at most.
const TITLE_LINES: usize = 3;

/// True for the head of such a file.
pub(crate) fn is_one(head: &str) -> bool {
    /// Lines of a cover.
    const TOP: usize = 12;
    MARKS.iter().any(|mark| head.contains(mark))
        && head.lines().map(str::trim).filter(|line| !line.is_empty()).take(TOP).any(|line| source(line).is_some())
}

/// Outlet and day of a line that says both, and nothing else: `Dawn (Nairobi) - January 5, 2022`, `January 5, 2022 | Dawn (Nairobi)`.
fn source(line: &str) -> Option<(&str, String)> {
    const LONGEST: usize = 150;
    let bare = line.trim();
    let (before, behind) =
        bare.split_once(" | ").or_else(|| bare.rsplit_once(" - ").or_else(|| bare.rsplit_once(" – ")))?;
    let day = |text: &str| {
        let (_, bytes) = dates::find(text, Some(DateOrder::MonthFirst)).filter(|(_, bytes)| bytes.start == 0)?;
        (text.len() < 40 && text[bytes.end..].split_whitespace().count() < 2).then(|| text[bytes].to_string())
    };
    let is_outlet = |text: &str| text.ends_with(')') && text.contains(" (") && text.split_whitespace().count() < 12;
    let found = day(before).map(|day| (behind, day)).or_else(|| Some((before, day(behind)?)));
    found
        .filter(|(outlet, _)| is_outlet(outlet.trim()) && bare.len() < LONGEST)
        .map(|(outlet, day)| (outlet.trim(), day))
}

/// The articles.
pub(super) fn lines(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<Converted, String> {
    let text = text_of(bytes, declared)?;
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let sources: Vec<usize> = (0..lines.len()).filter(|&at| source(lines[at]).is_some()).collect();
    // a title stands behind the source of the article before
    let floors = std::iter::once(0).chain(sources.iter().map(|at| at + 1));
    let titles: Vec<Range<usize>> = floors.zip(&sources).map(|(floor, &at)| title(&lines, floor..at)).collect();
    let (mut out, mut asides) = (String::new(), Vec::new());
    for (i, &at) in sources.iter().enumerate() {
        let end = titles.get(i + 1).map_or(lines.len(), |title| title.start);
        let (object, aside) = article(&lines[titles[i].clone()], &lines[at..end]);
        push_line(object, &mut out);
        asides.push(aside);
    }
    let before = titles.first().map_or(0..0, |title| 0..title.start);
    let words: usize = lines[before].iter().map(|line| line.split_whitespace().count()).sum();
    let note = format!("{} above the first article", several(words as u64, "word"));
    let notes = if words > 0 { vec![note] } else { Vec::new() };
    Ok(Converted { bytes: out.into_bytes(), notes, asides, ..Converted::default() })
}

/// The lines right above the source, up to an empty one or one that is below the text of the article before.
fn title(lines: &[&str], above: Range<usize>) -> Range<usize> {
    let is_empty = |at: &usize| lines[*at].is_empty();
    let end = above.clone().rev().find(|at| !is_empty(at)).map_or(above.end, |at| at + 1);
    let is_of_title = |at: &usize| !is_empty(at) && !is_below(lines[*at]) && end - at <= TITLE_LINES;
    let begin = (above.start..end).rev().take_while(is_of_title).last().unwrap_or(end);
    begin..end
}

fn is_sure(line: &str) -> bool {
    SURE.iter().any(|begin| line.starts_with(begin))
}

fn is_below(line: &str) -> bool {
    let has_year = || line.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
    is_sure(line)
        || BELOW.iter().any(|begin| line.starts_with(begin))
        || RIGHTS.iter().any(|begin| line.starts_with(begin)) && has_year()
}

/// An article of its title and of all its lines from the source on; and what in its text is none of it.
fn article(title: &[&str], lines: &[&str]) -> (Map<String, Value>, Vec<Aside>) {
    let mut values: Vec<(String, String)> = vec![("title".to_string(), title.join(" "))];
    if let Some((outlet, day)) = source(lines[0]) {
        values.push(("outlet".to_string(), outlet.to_string()));
        values.push(("date".to_string(), day));
    }
    let mut lines = &lines[1..];
    while let [line, rest @ ..] = lines {
        let fields = labels(line);
        if fields.is_none() && !line.is_empty() && *line != "Read News Document" && !is_length(line) {
            break;
        }
        values.extend(fields.into_iter().flatten());
        lines = rest;
    }
    let sure = lines.iter().position(|line| is_sure(line)).unwrap_or(lines.len());
    let is_last = |line: &str| line.is_empty() || is_below(line) || is_length(line);
    let end = lines[..sure].iter().rposition(|line| !is_last(line)).map_or(0, |last| last + 1);
    let (mut text, mut asides) = (lines[..end].join("\n"), Vec::new());
    let mut is_address = false;
    for line in &lines[end..] {
        let is_url = is_address && line.starts_with("http");
        is_address = line.starts_with("OpenURL Link") || is_address && line.is_empty();
        if let Some(number) = line.strip_prefix("Record Number:") {
            values.push(("id".to_string(), number.trim().to_string()));
        } else if is_url {
            values.push(("url".to_string(), (*line).to_string()));
        } else if !is_address && !is_length(line) {
            text.push('\n');
            let start = text.len();
            text.push_str(line);
            if is_below(line) {
                asides.push(Aside::new(start..text.len(), AsideKind::Furniture, "below a text of NewsBank"));
            }
        }
    }
    text.truncate(text.trim_end().len());
    values.push(("text".to_string(), text));
    (values.into_iter().map(|(key, value)| (key, Value::String(value))).collect(), asides)
}

/// `394 Words`
fn is_length(line: &str) -> bool {
    let number = line.strip_suffix(" Words").or_else(|| line.strip_suffix(" words"));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b','))
}

/// `Author/Byline: Ann Roe | Section: News`
fn labels(line: &str) -> Option<Vec<(String, String)>> {
    let field = |part: &str| {
        let (label, value) = part.split_once(':')?;
        let label = LABELS.iter().find(|known| **known == label.trim())?;
        let name =
            if matches!(*label, "Author/Byline" | "Author") { "byline".to_string() } else { label.to_lowercase() };
        Some((name, value.trim().to_string()))
    };
    line.split(" | ").map(|part| field(part.trim_end_matches('|'))).collect()
}
