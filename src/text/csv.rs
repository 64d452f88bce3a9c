//! A row of CSV: the only place that quotes and escapes cells, and takes that off again.
//!
//! Invariant: a text that a spreadsheet would run as a formula gets an apostrophe in front; [`read_row`] gives back every text as it was.
//! It deliberately does its own quoting, by the rules of the csv crate: the rows of hits are most of what a run writes.

use memchr::{memchr, memchr2, memchr3};
use std::borrow::Cow;

/// Cells of text as a row of CSV, with its end.
pub fn row<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let mut line = Vec::new();
    for (i, cell) in cells.into_iter().enumerate() {
        if i > 0 {
            line.push(b',');
        }
        put_text(&mut line, cell);
    }
    if line.is_empty() {
        // a row of nothing but one empty cell would be no row
        line.extend_from_slice(b"\"\"");
    }
    line.push(b'\n');
    String::from_utf8(line).unwrap_or_default()
}

/// A table that a spreadsheet saved, and what stands between its cells: what a first line `sep=;` says, else the commonest sign of that
/// line. Spreadsheets of countries with decimal commas write semicolons.
pub fn separated(text: &str) -> (u8, &str) {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let told = first.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).and_then(|_| first.as_bytes().get(4));
    if let Some(sign) = told.filter(|sign| sign.is_ascii() && !sign.is_ascii_alphanumeric()) {
        // the end of that line stays, so that lines are counted right
        return (*sign, &text[first.len()..]);
    }
    let count = |sign: &u8| first.bytes().filter(|byte| byte == sign).count();
    ([b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b','), text)
}

/// The line, from 1, in which a record of this text begins. (The csv crate counts one too few where lines end in `\r\n`: it is
/// then still before the `\n` of the row above.)
pub fn line(text: &str, record: &::csv::StringRecord) -> u32 {
    let at = record.position().map_or(0, |at| at.byte() as usize).min(text.len());
    let rest = text.as_bytes()[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let breaks = |bytes: &[u8]| memchr::memchr_iter(b'\n', bytes).count();
    (1 + breaks(&text.as_bytes()[..at + rest.count()])) as u32
}

/// Reads the cells of the first of these rows; gives back the rest.
pub fn read_row<'r>(rows: &'r str, cells: &mut Vec<Cow<'r, str>>) -> &'r str {
    cells.clear();
    let mut rest = rows;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(inside) => unquoted(inside),
            None => {
                let end = memchr2(b',', b'\n', rest.as_bytes()).unwrap_or(rest.len());
                (Cow::Borrowed(&rest[..end]), &rest[end..])
            }
        };
        cells.push(match cell {
            Cow::Borrowed(text) => Cow::Borrowed(unescaped(text)),
            Cow::Owned(text) => Cow::Owned(unescaped(&text).to_string()),
        });
        match after.strip_prefix(',') {
            Some(after) => rest = after,
            None => return after.strip_prefix('\n').unwrap_or(after),
        }
    }
}

/// A cell whose opening quotation mark is gone, and what stands after its closing one.
fn unquoted(inside: &str) -> (Cow<'_, str>, &str) {
    let bytes = inside.as_bytes();
    let (mut from, mut is_doubled) = (0, false);
    let end = loop {
        match memchr(b'"', &bytes[from..]) {
            None => break bytes.len(),
            Some(at) if bytes.get(from + at + 1) == Some(&b'"') => {
                is_doubled = true;
                from += at + 2;
            }
            Some(at) => break from + at,
        }
    };
    let cell = &inside[..end];
    let cell = if is_doubled { Cow::Owned(cell.replace("\"\"", "\"")) } else { Cow::Borrowed(cell) };
    (cell, inside.get(end + 1..).unwrap_or_default())
}

/// Adds a cell, escaped and quoted where it must be.
pub(crate) fn put_text(line: &mut Vec<u8>, text: &str) {
    if is_formula(text) {
        put(line, &format!("'{text}"));
    } else {
        put(line, text);
    }
}

fn put(line: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    if memchr3(b',', b'"', b'\n', bytes).is_none() && memchr(b'\r', bytes).is_none() {
        line.extend_from_slice(bytes);
        return;
    }
    line.push(b'"');
    for (i, part) in text.split('"').enumerate() {
        if i > 0 {
            line.extend_from_slice(b"\"\"");
        }
        line.extend_from_slice(part.as_bytes());
    }
    line.push(b'"');
}

/// True for what a spreadsheet would run, and for what would be taken for its escaped form.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) && is_run(text.trim_start_matches('\''))
}

/// A text as it was before it was kept from being run as a formula.
pub fn unescaped(text: &str) -> &str {
    text.strip_prefix('\'').filter(|_| is_formula(text)).unwrap_or(text)
}

fn is_run(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}
