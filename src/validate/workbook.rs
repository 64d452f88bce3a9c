//! The sheet of a coder as an Excel workbook.
//!
//! In: a header and rows; a workbook that came back. Out: the bytes of a workbook; rows as CSV.
//! Invariant: every cell is text, so that nothing is taken for a formula; the same rows give the same bytes.

use super::codebook::VOICES;
use crate::error::{Place, Problem, Result};
use crate::read::workbook_as_csv;
use rust_xlsxwriter::{DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

/// Columns that hold sentences, and how wide they are, in characters.
const WIDE: [(&str, f64); 4] = [("before", 40.0), ("text", 70.0), ("after", 40.0), ("comment", 40.0)];

/// Writes one; none where a text is longer than a cell can be.
pub(super) fn write(header: &[&str], rows: &[Vec<String>]) -> Option<Vec<u8>> {
    written(header, rows).ok()
}

fn written(header: &[&str], rows: &[Vec<String>]) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // the day of making would be other bytes every time
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2022, 1, 1)?));
    let (bold, wrapped) = (Format::new().set_bold(), Format::new().set_text_wrap().set_align(FormatAlign::Top));
    let sheet = book.add_worksheet().set_name("codes")?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, name) in (0u16..).zip(header) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
        if let Some((_, width)) = WIDE.iter().find(|(wide, _)| wide == name) {
            sheet.set_column_width(column, *width)?;
        }
        let choices: Vec<&str> = match *name {
            "code" => vec!["1", "0", "?"],
            "voice" => VOICES.iter().map(|(name, _)| *name).collect(),
            _ => continue,
        };
        let last = rows.len().max(1) as u32;
        sheet.add_data_validation(1, column, last, column, &DataValidation::new().allow_list_strings(&choices)?)?;
    }
    for (number, row) in (1u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string_with_format(number, column, cell, &wrapped)?;
        }
    }
    book.save_to_buffer()
}

/// True for the bytes of a workbook.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The rows of one that came back, as CSV; of several sheets the first with rows, and those like it.
///
/// # Errors
/// Where it cannot be read.
pub(super) fn read(file: &str, bytes: Vec<u8>) -> Result<Vec<u8>> {
    workbook_as_csv(bytes).map_err(|error| {
        Problem::error("sheet-broken", Place::file(file), format!("is no workbook that can be read: {error}"))
            .expected("the workbook that was sent, with codes")
            .hint("save it as CSV under the name of the coder")
            .into()
    })
}
