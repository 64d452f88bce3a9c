//! CSV out: rows of cells under the header that `columns` describes; and such a row in again.
//!
//! Invariant: a missing cell is empty; a number is plain decimal with six significant digits, never `NaN`, `-0` or `1e-7`; a text
//! that a spreadsheet would run as a formula gets an apostrophe in front, which [`read_row`] takes off again.
//! It deliberately does its own quoting, by the rules of the csv crate: the rows of hits are most of what a run writes.

use super::columns::Table;
use crate::aggregate::Cell;
use memchr::{memchr, memchr2, memchr3};
use std::borrow::Cow;
use std::io::{self, Write};

/// Rows on their way to CSV.
pub struct Sheet<W: Write> {
    sink: W,
    columns: usize,
    line: Vec<u8>,
}

impl<W: Write> Sheet<W> {
    /// A sheet with the header of a table; `dimensions` are the columns of the grouping, `further` those of the run.
    pub fn new(sink: W, table: &Table, dimensions: &[String], further: &[String]) -> io::Result<Sheet<W>> {
        let mut sheet = Sheet::headless(sink);
        let groups = if table.by_group { dimensions } else { &[] };
        let header = groups.iter().map(String::as_str).chain(table.columns.iter().map(|column| column.name));
        for name in header.chain(further.iter().map(String::as_str)) {
            sheet.separate();
            put(&mut sheet.line, name);
            sheet.columns += 1;
        }
        sheet.end()?;
        Ok(sheet)
    }

    /// A sheet without a header, to be appended to another.
    pub fn headless(sink: W) -> Sheet<W> {
        Sheet { sink, columns: 0, line: Vec::new() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        debug_assert!(self.columns == 0 || self.columns == cells.len(), "a row has as many cells as the header");
        for (i, cell) in cells.iter().enumerate() {
            if i > 0 {
                self.line.push(b',');
            }
            match *cell {
                Cell::Text(text) => put_text(&mut self.line, text),
                Cell::Integer(number) => write!(self.line, "{number}")?,
                Cell::Real(number) => self.line.extend_from_slice(decimal(number).as_bytes()),
                Cell::Flag(flag) => self.line.extend_from_slice(if flag { b"true" } else { b"false" }),
                Cell::Date(date) => write!(self.line, "{date}")?,
                Cell::Missing => {}
            }
        }
        self.end()
    }

    /// What is written to, as it is.
    pub(super) fn sink(&self) -> &W {
        &self.sink
    }

    /// What was written to.
    pub fn into_inner(self) -> W {
        self.sink
    }

    fn separate(&mut self) {
        if self.columns > 0 {
            self.line.push(b',');
        }
    }

    fn end(&mut self) -> io::Result<()> {
        if self.line.is_empty() {
            // a row of nothing but one empty cell would be no row
            self.line.extend_from_slice(b"\"\"");
        }
        self.line.push(b'\n');
        self.sink.write_all(&self.line)?;
        self.line.clear();
        Ok(())
    }
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

fn put_text(line: &mut Vec<u8>, text: &str) {
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

/// Six significant digits, plain decimal.
pub fn decimal(number: f64) -> String {
    if !number.is_finite() {
        return String::new();
    }
    if number == 0.0 {
        return "0".to_string();
    }
    let magnitude = libm::floor(libm::log10(number.abs())) as i32;
    let decimals = (5 - magnitude).clamp(0, 17) as usize;
    let text = format!("{number:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if matches!(text, "-0" | "") { "0".to_string() } else { text.to_string() }
}
