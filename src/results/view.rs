//! A DataFrame, row by row: for CSV, for a page, for a terminal.
//!
//! In: a DataFrame whose columns are of the types of `Dtype`. Out: cells.
//! Invariant: a cell of another type is missing; CSV has what the DataFrame has, numbers with six significant digits.

use super::sheet::Sheet;
use crate::aggregate::Cell;
use crate::read::Date;
use polars::prelude::*;

/// The rows of a DataFrame.
pub struct Rows<'f> {
    columns: Vec<View<'f>>,
    height: usize,
}

/// A column, as its cells are read.
enum View<'f> {
    Text(&'f StringChunked),
    Integer(&'f Int64Chunked),
    Real(&'f Float64Chunked),
    Flag(&'f BooleanChunked),
    Date(&'f Int32Chunked),
}

impl<'f> Rows<'f> {
    /// The rows of a table.
    ///
    /// # Errors
    /// Where a column is of a type that no table here has.
    pub fn of(table: &'f DataFrame) -> PolarsResult<Rows<'f>> {
        let view = |column: &'f Column| {
            Ok(match column.dtype() {
                DataType::String => View::Text(column.str()?),
                DataType::Int64 => View::Integer(column.i64()?),
                DataType::Float64 => View::Real(column.f64()?),
                DataType::Boolean => View::Flag(column.bool()?),
                _ => View::Date(column.date()?.physical()),
            })
        };
        let columns = table.columns().iter().map(view).collect::<PolarsResult<_>>()?;
        Ok(Rows { columns, height: table.height() })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.height
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.height == 0
    }

    /// The cells of a row, in the order of the columns.
    pub fn row(&self, row: usize) -> Vec<Cell<'f>> {
        self.columns.iter().map(|column| column.cell(row)).collect()
    }
}

impl<'f> View<'f> {
    fn cell(&self, row: usize) -> Cell<'f> {
        let cell = match self {
            View::Text(column) => column.get(row).map(Cell::Text),
            View::Integer(column) => column.get(row).map(Cell::Integer),
            View::Real(column) => column.get(row).map(Cell::Real),
            View::Flag(column) => column.get(row).map(Cell::Flag),
            View::Date(column) => column.get(row).and_then(|day| Date::from_days(day.into())).map(Cell::Date),
        };
        cell.unwrap_or(Cell::Missing)
    }
}

/// A table as CSV, as bytes.
///
/// # Errors
/// As [`Rows::of`].
pub fn csv(table: &DataFrame) -> PolarsResult<Vec<u8>> {
    rows_as_csv(table, true)
}

/// The rows of a table as CSV, behind the header where the table is the first of several pieces.
pub(super) fn rows_as_csv(table: &DataFrame, is_first: bool) -> PolarsResult<Vec<u8>> {
    let rows = Rows::of(table)?;
    let mut sheet = match is_first {
        true => Sheet::with_header(Vec::new(), &table.get_column_names())?,
        false => Sheet::headless(Vec::new()),
    };
    for row in 0..rows.len() {
        sheet.row(&rows.row(row))?;
    }
    Ok(sheet.into_inner())
}
