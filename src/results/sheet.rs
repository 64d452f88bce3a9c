//! Tables as CSV: rows of cells under a header.
//!
//! Invariant: a missing cell is empty; a number is plain decimal with six significant digits, never `NaN`, `-0` or `1e-7`, and has a
//! point, so that a column of them is never taken for one of whole numbers; a text that a spreadsheet would run as a formula, in a cell
//! or in the header, gets an apostrophe in front, which [`read_row`] takes off again.

use super::Table;
use crate::aggregate::Cell;
use crate::text::csv::put_text;
pub use crate::text::csv::{read_row, unescaped};
use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
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
        Sheet::with_header(sink, &table.header(dimensions, further))
    }

    /// A sheet with these names of columns.
    pub fn with_header(sink: W, names: &[impl AsRef<str>]) -> io::Result<Sheet<W>> {
        let mut sheet = Sheet::headless(sink);
        let cells: Vec<Cell<'_>> = names.iter().map(|name| Cell::Text(name.as_ref())).collect();
        sheet.row(&cells)?;
        sheet.columns = cells.len();
        Ok(sheet)
    }

    /// A sheet without a header, to be appended to another.
    pub fn headless(sink: W) -> Sheet<W> {
        Sheet { sink, columns: 0, line: Vec::new() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        debug_assert!(self.columns == 0 || self.columns == cells.len(), "a row has as many cells as the header");
        put_cells(&mut self.line, cells)?;
        self.end()
    }

    /// What was written to.
    pub fn into_inner(self) -> W {
        self.sink
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

/// Cells of a row as CSV, without its end.
pub(crate) fn put_cells(to: &mut Vec<u8>, cells: &[Cell<'_>]) -> io::Result<()> {
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            to.push(b',');
        }
        match *cell {
            Cell::Text(text) => put_text(to, text),
            Cell::Integer(number) => write!(to, "{number}")?,
            Cell::Real(number) => to.extend_from_slice(real(number).as_bytes()),
            Cell::Flag(flag) => to.extend_from_slice(if flag { b"true" } else { b"false" }),
            Cell::Date(date) => write!(to, "{date}")?,
            Cell::Missing => {}
        }
    }
    Ok(())
}

/// A number as a table has it: [`decimal`], with a point however whole it is.
pub fn real(number: f64) -> String {
    let mut text = decimal(number);
    if !text.is_empty() && !text.contains('.') {
        text.push_str(".0");
    }
    text
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

impl Serialize for Sheet<Vec<u8>> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.sink)
    }
}

impl<'de> Deserialize<'de> for Sheet<Vec<u8>> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Sheet<Vec<u8>>, D::Error> {
        rows::deserialize(from).map(Sheet::headless)
    }
}

/// Rows on their way to another process, as one stretch of bytes.
pub mod rows {
    use super::{Deserializer, Error, Serializer, Visitor, fmt};

    /// Writes them.
    ///
    /// # Errors
    /// What is written to says no.
    pub fn serialize<S: Serializer>(rows: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(rows)
    }

    /// Reads them.
    ///
    /// # Errors
    /// Where no bytes stand.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        from.deserialize_byte_buf(Bytes)
    }

    struct Bytes;

    impl Visitor<'_> for Bytes {
        type Value = Vec<u8>;

        fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
            to.write_str("bytes")
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
            Ok(bytes.to_vec())
        }

        fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
            Ok(bytes)
        }
    }
}
