//! CSV out: rows of cells under the header that `columns` describes.
//!
//! Invariant: a missing cell is empty; a number is plain decimal with six significant digits, never `NaN`, `-0` or `1e-7`; a text
//! that a spreadsheet would run as a formula gets an apostrophe in front.

use super::columns::Table;
use crate::aggregate::Cell;
use std::io::Write;

/// Rows on their way to CSV.
pub struct Sheet<W: Write> {
    writer: csv::Writer<W>,
    columns: usize,
    buffer: String,
}

impl<W: Write> Sheet<W> {
    /// A sheet with the header of a table; `dimensions` are the columns of the grouping, `further` those of the run.
    pub fn new(sink: W, table: &Table, dimensions: &[String], further: &[String]) -> csv::Result<Sheet<W>> {
        let mut sheet = Sheet::headless(sink);
        let groups = if table.by_group { dimensions } else { &[] };
        let header = groups.iter().map(String::as_str).chain(table.columns.iter().map(|column| column.name));
        let header: Vec<&str> = header.chain(further.iter().map(String::as_str)).collect();
        sheet.columns = header.len();
        sheet.writer.write_record(header)?;
        Ok(sheet)
    }

    /// A sheet without a header, to be appended to another.
    pub fn headless(sink: W) -> Sheet<W> {
        let writer = csv::WriterBuilder::new().flexible(true).from_writer(sink);
        Sheet { writer, columns: 0, buffer: String::new() }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> csv::Result<()> {
        debug_assert!(self.columns == 0 || self.columns == cells.len(), "a row has as many cells as the header");
        for cell in cells {
            match *cell {
                Cell::Text(text) if is_formula(text) => {
                    self.buffer.clear();
                    self.buffer.push('\'');
                    self.buffer.push_str(text);
                    self.writer.write_field(&self.buffer)?;
                }
                Cell::Text(text) => self.writer.write_field(text)?,
                Cell::Integer(number) => self.writer.write_field(number.to_string())?,
                Cell::Real(number) => self.writer.write_field(decimal(number))?,
                Cell::Missing => self.writer.write_field("")?,
            }
        }
        self.writer.write_record(None::<&[u8]>)
    }

    /// What was written to.
    pub fn into_inner(self) -> std::io::Result<W> {
        self.writer.into_inner().map_err(|error| std::io::Error::new(error.error().kind(), error.to_string()))
    }
}

fn is_formula(text: &str) -> bool {
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
