//! Corpora of many texts in one file, each behind its number: `@@4190000 <p> …` (NOW, COCA, GloWbE), `##4190000 …` (COHA).
//!
//! In: such a file. Out: one JSON object a line for each text.
//! Invariant: the number of a text, `<h>` and `<p>` are no words of it.
//! It deliberately knows neither outlet nor day: they stand in a list of sources of its own, by the number.

use super::{push_line, sgml};
use crate::read::decode::text_of;
use encoding_rs::Encoding;
use serde_json::{Map, Value};

/// True for the head of such a file.
pub(crate) fn is_one(head: &str) -> bool {
    head.lines().next().is_some_and(|line| numbered(line).is_some())
}

/// True for the head of such a file in which a word stands on each line.
pub(crate) fn is_vertical(head: &str) -> bool {
    let lines: Vec<&str> = head.lines().filter(|line| numbered(line).is_none()).collect();
    sgml::is_vertical(&lines.join("\n"))
}

/// The texts.
pub(super) fn lines(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<String, String> {
    let source = text_of(bytes, declared)?;
    let (mut out, mut open) = (String::new(), None::<(&str, String)>);
    for line in source.trim_start_matches('\u{feff}').lines() {
        match numbered(line) {
            Some((number, text)) => {
                close(open.replace((number, text.to_string())), &mut out);
            }
            None => {
                if let Some((_, text)) = &mut open {
                    text.push('\n');
                    text.push_str(line);
                }
            }
        }
    }
    close(open, &mut out);
    Ok(out)
}

/// The number of a text, and what stands behind it.
fn numbered(line: &str) -> Option<(&str, &str)> {
    let marked =
        line.strip_prefix("@@").map(|rest| (rest, 3)).or_else(|| line.strip_prefix("##").map(|rest| (rest, 4)));
    let (rest, least) = marked?;
    let (number, text) = rest.split_at(rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len());
    // a heading that somebody typed in haste: `##2022 in review`
    let is_year = least == 4 && number.len() == 4 && number.starts_with(['1', '2']);
    let ends = text.is_empty() || text.starts_with(char::is_whitespace);
    (number.len() >= least && !is_year && ends).then(|| (number, text.trim()))
}

fn close(article: Option<(&str, String)>, out: &mut String) {
    let Some((number, source)) = article else { return };
    let (title, text) = match source.trim().strip_prefix("<h>").map(|rest| rest.split_once("<p>").unwrap_or((rest, "")))
    {
        Some((title, text)) => (title.trim(), text),
        None => ("", source.as_str()),
    };
    let parts = text.split("<p>").flat_map(|part| part.split("<h>")).map(str::trim).filter(|part| !part.is_empty());
    let text = parts.collect::<Vec<_>>().join("\n\n");
    let mut object = Map::new();
    for (key, value) in [("id", number), ("title", title), ("text", &text)] {
        object.insert(key.to_string(), Value::String(value.to_string()));
    }
    push_line(object, out);
}
