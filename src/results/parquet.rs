//! Parquet out: a DataFrame, or a table written row group by row group, however the rows arrive.
//!
//! In: a DataFrame, or rows of cells, one by one or gathered elsewhere in a [`RowBuffer`]. Out: a file.
//! Invariant: row groups have a fixed number of rows, so the bytes do not depend on shards; compression is Snappy, which every
//! reader knows.

use super::describe::Dtype;
use crate::aggregate::Cell;
use polars::prelude::*;
use polars_io::parquet::write::{BatchedWriter, ParquetCompression, ParquetWriter};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// Rows of a row group.
const ROWS: usize = 1 << 15;

/// A table as a Parquet file, as bytes.
pub fn parquet(table: &DataFrame) -> PolarsResult<Vec<u8>> {
    let mut bytes = Vec::new();
    let writer = ParquetWriter::new(&mut bytes).with_compression(ParquetCompression::Snappy);
    writer.with_row_group_size(Some(ROWS)).finish(&mut table.clone())?;
    Ok(bytes)
}

/// A table on its way to a file.
pub struct ParquetTable<W: Write> {
    writer: BatchedWriter<SharedWriter<W>>,
    sink: Arc<Mutex<W>>,
    names: Vec<PlSmallStr>,
    /// Rows of a row group.
    most: usize,
    pending: RowBuffer,
}

/// Rows that are in no table yet, column by column.
#[derive(Serialize, Deserialize)]
pub struct RowBuffer {
    columns: Vec<Buffer>,
    rows: usize,
}

impl RowBuffer {
    /// No rows of these columns.
    pub fn new(columns: impl IntoIterator<Item = Dtype>) -> RowBuffer {
        let buffer = |kind| match kind {
            Dtype::Text => Buffer::Text(Texts::default()),
            Dtype::Integer => Buffer::Integer(Vec::new()),
            Dtype::Real => Buffer::Real(Vec::new()),
            Dtype::Flag => Buffer::Flag(Vec::new()),
            Dtype::Date => Buffer::Date(Vec::new()),
        };
        RowBuffer { columns: columns.into_iter().map(buffer).collect(), rows: 0 }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// True where each of these columns has every row: of rows that another process gathered, nothing else is known.
    pub fn is_whole(&self, columns: usize) -> bool {
        let rows = |buffer: &Buffer| match buffer {
            Buffer::Text(values) => {
                if values.is_whole() {
                    values.ends.len()
                } else {
                    usize::MAX
                }
            }
            Buffer::Integer(values) => values.len(),
            Buffer::Real(values) => values.len(),
            Buffer::Flag(values) => values.len(),
            Buffer::Date(values) => values.len(),
        };
        self.columns.len() == columns && self.columns.iter().all(|column| rows(column) == self.rows)
    }

    /// Adds a row; a cell of another kind than its column is missing.
    pub fn push<'c>(&mut self, row: impl IntoIterator<Item = Cell<'c>>) {
        for (buffer, cell) in self.columns.iter_mut().zip(row) {
            match (buffer, cell) {
                (Buffer::Text(values), Cell::Text(text)) => values.push(Some(text)),
                (Buffer::Text(values), _) => values.push(None),
                (Buffer::Integer(values), Cell::Integer(number)) => values.push(Some(number)),
                (Buffer::Integer(values), _) => values.push(None),
                (Buffer::Real(values), Cell::Real(number)) => values.push(Some(number)),
                (Buffer::Real(values), _) => values.push(None),
                (Buffer::Flag(values), Cell::Flag(flag)) => values.push(Some(flag)),
                (Buffer::Flag(values), _) => values.push(None),
                (Buffer::Date(values), Cell::Date(date)) => values.push(Some(date.days())),
                (Buffer::Date(values), _) => values.push(None),
            }
        }
        self.rows += 1;
    }

    /// Writes every row as a JSON object on a line of its own; `names` are those of the columns.
    ///
    /// # Errors
    /// What the sink says.
    pub fn json_lines(&self, names: &[&str], mut sink: impl Write) -> io::Result<()> {
        let days = |days: i32| crate::read::Date::from_days(i64::from(days)).map(|date| date.to_string());
        for row in 0..self.rows {
            let cell = |column: &Buffer| match column {
                Buffer::Text(values) => values.get(row).map(serde_json::Value::from),
                Buffer::Integer(values) => values[row].map(serde_json::Value::from),
                Buffer::Real(values) => values[row].map(serde_json::Value::from),
                Buffer::Flag(values) => values[row].map(serde_json::Value::from),
                Buffer::Date(values) => values[row].and_then(days).map(serde_json::Value::from),
            };
            let cells = names.iter().zip(&self.columns).map(|(name, column)| ((*name).to_string(), cell(column)));
            let object = cells.map(|(name, cell)| (name, cell.unwrap_or_default())).collect();
            writeln!(sink, "{}", serde_json::Value::Object(object))?;
        }
        Ok(())
    }

    fn extend(&mut self, other: &RowBuffer, rows: Range<usize>) {
        for (buffer, other) in self.columns.iter_mut().zip(&other.columns) {
            let rows = rows.clone();
            match (buffer, other) {
                (Buffer::Text(values), Buffer::Text(other)) => values.extend(other, rows),
                (Buffer::Integer(values), Buffer::Integer(other)) => values.extend_from_slice(&other[rows]),
                (Buffer::Real(values), Buffer::Real(other)) => values.extend_from_slice(&other[rows]),
                (Buffer::Flag(values), Buffer::Flag(other)) => values.extend_from_slice(&other[rows]),
                (Buffer::Date(values), Buffer::Date(other)) => values.extend_from_slice(&other[rows]),
                // buffers of one table have the same columns
                _ => {}
            }
        }
        self.rows += rows.len();
    }
}

/// The writer keeps what it writes to; this lets us have it back.
struct SharedWriter<W>(Arc<Mutex<W>>);

impl<W: Write> Write for SharedWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
}

#[derive(Serialize, Deserialize)]
enum Buffer {
    Text(Texts),
    Integer(Vec<Option<i64>>),
    Real(Vec<Option<f64>>),
    Flag(Vec<Option<bool>>),
    Date(Vec<Option<i32>>),
}

/// Texts one behind the other: a column of them is one allocation, not one a row.
#[derive(Default, Serialize, Deserialize)]
struct Texts {
    arena: String,
    /// End of each, and whether it is there.
    ends: Vec<(usize, bool)>,
}

impl Texts {
    fn push(&mut self, text: Option<&str>) {
        self.arena.push_str(text.unwrap_or_default());
        self.ends.push((self.arena.len(), text.is_some()));
    }

    fn get(&self, row: usize) -> Option<&str> {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before].0);
        let (end, is_there) = self.ends[row];
        is_there.then(|| &self.arena[start..end])
    }

    /// True where each ends within the arena, between two characters.
    fn is_whole(&self) -> bool {
        let ends = || self.ends.iter().map(|&(end, _)| end);
        ends().is_sorted()
            && ends().all(|end| self.arena.is_char_boundary(end))
            && ends().next_back().unwrap_or(0) == self.arena.len()
    }

    fn extend(&mut self, other: &Texts, rows: Range<usize>) {
        let start = rows.start.checked_sub(1).map_or(0, |before| other.ends[before].0);
        let end = rows.end.checked_sub(1).map_or(0, |last| other.ends[last].0);
        let first = self.arena.len();
        self.arena.push_str(&other.arena[start..end]);
        self.ends.extend(other.ends[rows].iter().map(|&(end, is_there)| (end - start + first, is_there)));
    }

    /// The texts as a column; none is left.
    fn take(&mut self, name: PlSmallStr) -> Column {
        let mut start = 0;
        let texts = self.ends.iter().map(|&(end, is_there)| {
            let text = &self.arena[start..end];
            start = end;
            is_there.then_some(text)
        });
        let column = StringChunked::from_iter_options(name, texts).into_column();
        self.arena.clear();
        self.ends.clear();
        column
    }
}

impl<W: Write> ParquetTable<W> {
    /// Begins a table with these columns.
    pub fn new(sink: W, columns: &[(&str, Dtype)]) -> PolarsResult<ParquetTable<W>> {
        ParquetTable::with_groups(sink, columns, ROWS)
    }

    /// Begins a table with so many rows in a row group.
    pub fn with_groups(sink: W, columns: &[(&str, Dtype)], rows: usize) -> PolarsResult<ParquetTable<W>> {
        let fields = columns.iter().map(|(name, dtype)| Field::new((*name).into(), dtype.polars()));
        let sink = Arc::new(Mutex::new(sink));
        let writer = ParquetWriter::new(SharedWriter(sink.clone())).with_compression(ParquetCompression::Snappy);
        let writer = writer.batched(&Schema::from_iter(fields))?;
        let names = columns.iter().map(|(name, _)| (*name).into()).collect();
        let pending = RowBuffer::new(columns.iter().map(|(_, kind)| *kind));
        Ok(ParquetTable { writer, sink, names, most: rows.max(1), pending })
    }

    /// Adds a row; a cell of another kind than its column is missing.
    pub fn push(&mut self, row: &[Cell<'_>]) -> PolarsResult<()> {
        self.pending.push(row.iter().copied());
        if self.pending.rows == self.most { self.flush() } else { Ok(()) }
    }

    /// Adds some of the rows that were gathered elsewhere.
    pub fn append(&mut self, buffer: &RowBuffer, rows: Range<usize>) -> PolarsResult<()> {
        let mut rest = rows;
        while !rest.is_empty() {
            let end = rest.end.min(rest.start + self.most - self.pending.rows);
            self.pending.extend(buffer, rest.start..end);
            rest.start = end;
            if self.pending.rows == self.most {
                self.flush()?;
            }
        }
        Ok(())
    }

    /// Writes what is left and the footer; gives back what was written to.
    pub fn finish(mut self) -> PolarsResult<W> {
        if self.pending.rows > 0 {
            self.flush()?;
        }
        self.writer.finish()?;
        drop(self.writer);
        let sink = Arc::into_inner(self.sink).ok_or_else(|| polars_err!(ComputeError: "the file is still in use"))?;
        Ok(sink.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    fn flush(&mut self) -> PolarsResult<()> {
        let columns = self.names.iter().zip(&mut self.pending.columns).map(|(name, buffer)| {
            Ok(match buffer {
                Buffer::Text(values) => values.take(name.clone()),
                Buffer::Integer(values) => Column::new(name.clone(), std::mem::take(values)),
                Buffer::Real(values) => Column::new(name.clone(), std::mem::take(values)),
                Buffer::Flag(values) => Column::new(name.clone(), std::mem::take(values)),
                Buffer::Date(values) => Column::new(name.clone(), std::mem::take(values)).cast(&DataType::Date)?,
            })
        });
        let table = DataFrame::new(self.pending.rows, columns.collect::<PolarsResult<_>>()?)?;
        self.pending.rows = 0;
        self.writer.write_batch(&table)?;
        Ok(self.sink.lock().unwrap_or_else(PoisonError::into_inner).flush()?)
    }
}
