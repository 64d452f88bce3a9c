//! Parquet out: a DataFrame, or a table written row group by row group, however the rows arrive.
//!
//! In: a DataFrame, or rows of cells. Out: a file.
//! Invariant: row groups have a fixed number of rows, so the bytes do not depend on shards; compression is Snappy, which every
//! reader knows.

use super::describe::{Dtype, dates};
use crate::aggregate::Cell;
use crate::read::Date;
use polars::prelude::*;
use polars_io::parquet::write::{BatchedWriter, ParquetCompression, ParquetWriter};
use std::io::{self, Write};
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
    writer: BatchedWriter<Door<W>>,
    sink: Arc<Mutex<W>>,
    columns: Vec<(PlSmallStr, Buffer)>,
    rows: usize,
}

/// The writer keeps what it writes to; this lets us have it back.
struct Door<W>(Arc<Mutex<W>>);

impl<W: Write> Write for Door<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
}

enum Buffer {
    Text(Texts),
    Integer(Vec<Option<i64>>),
    Real(Vec<Option<f64>>),
    Flag(Vec<Option<bool>>),
    Date(Vec<Option<Date>>),
}

/// Texts one behind the other: a column of them is one allocation, not one a row.
#[derive(Default)]
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
        let fields = columns.iter().map(|(name, dtype)| Field::new((*name).into(), dtype.polars()));
        let sink = Arc::new(Mutex::new(sink));
        let writer = ParquetWriter::new(Door(sink.clone())).with_compression(ParquetCompression::Snappy);
        let writer = writer.batched(&Schema::from_iter(fields))?;
        let buffers = columns.iter().map(|(name, dtype)| {
            let buffer = match dtype {
                Dtype::Text => Buffer::Text(Texts::default()),
                Dtype::Integer => Buffer::Integer(Vec::new()),
                Dtype::Real => Buffer::Real(Vec::new()),
                Dtype::Flag => Buffer::Flag(Vec::new()),
                Dtype::Date => Buffer::Date(Vec::new()),
            };
            ((*name).into(), buffer)
        });
        Ok(ParquetTable { writer, sink, columns: buffers.collect(), rows: 0 })
    }

    /// Adds a row; a cell of another kind than its column is missing.
    pub fn push(&mut self, row: &[Cell<'_>]) -> PolarsResult<()> {
        for ((_, buffer), cell) in self.columns.iter_mut().zip(row) {
            match (buffer, *cell) {
                (Buffer::Text(values), Cell::Text(text)) => values.push(Some(text)),
                (Buffer::Text(values), _) => values.push(None),
                (Buffer::Integer(values), Cell::Integer(number)) => values.push(Some(number)),
                (Buffer::Integer(values), _) => values.push(None),
                (Buffer::Real(values), Cell::Real(number)) => values.push(Some(number)),
                (Buffer::Real(values), _) => values.push(None),
                (Buffer::Flag(values), Cell::Flag(flag)) => values.push(Some(flag)),
                (Buffer::Flag(values), _) => values.push(None),
                (Buffer::Date(values), Cell::Date(date)) => values.push(Some(date)),
                (Buffer::Date(values), _) => values.push(None),
            }
        }
        self.rows += 1;
        if self.rows == ROWS { self.flush() } else { Ok(()) }
    }

    /// Writes what is left and the footer; gives back what was written to.
    pub fn finish(mut self) -> PolarsResult<W> {
        if self.rows > 0 {
            self.flush()?;
        }
        self.writer.finish()?;
        drop(self.writer);
        let sink = Arc::into_inner(self.sink).ok_or_else(|| polars_err!(ComputeError: "the file is still in use"))?;
        Ok(sink.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    fn flush(&mut self) -> PolarsResult<()> {
        let columns = self.columns.iter_mut().map(|(name, buffer)| match buffer {
            Buffer::Text(values) => values.take(name.clone()),
            Buffer::Integer(values) => Column::new(name.clone(), std::mem::take(values)),
            Buffer::Real(values) => Column::new(name.clone(), std::mem::take(values)),
            Buffer::Flag(values) => Column::new(name.clone(), std::mem::take(values)),
            Buffer::Date(values) => dates(name.clone(), std::mem::take(values).into_iter()),
        });
        let table = DataFrame::new(self.rows, columns.collect())?;
        self.rows = 0;
        self.writer.write_batch(&table)
    }
}
