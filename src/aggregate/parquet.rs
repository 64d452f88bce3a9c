//! Parquet out: a table written row group by row group, however the rows arrive.
//!
//! In: rows of cells. Out: a file.
//! Invariant: row groups have a fixed number of rows, so the bytes do not depend on shards; compression is Snappy, which every
//! reader knows.

use polars::prelude::*;
use polars_io::parquet::write::{BatchedWriter, ParquetCompression, ParquetWriter};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// Rows of a row group.
const ROWS: usize = 1 << 15;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Real,
}

/// One cell; missing is not zero and not the empty text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Text.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Nothing.
    Missing,
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
    pub fn new(sink: W, columns: &[(&str, ColumnKind)]) -> PolarsResult<ParquetTable<W>> {
        let fields = columns.iter().map(|(name, kind)| {
            let kind = match kind {
                ColumnKind::Text => DataType::String,
                ColumnKind::Integer => DataType::Int64,
                ColumnKind::Real => DataType::Float64,
            };
            Field::new((*name).into(), kind)
        });
        let sink = Arc::new(Mutex::new(sink));
        let writer = ParquetWriter::new(Door(sink.clone())).with_compression(ParquetCompression::Snappy);
        let writer = writer.batched(&Schema::from_iter(fields))?;
        let buffers = columns.iter().map(|(name, kind)| {
            let buffer = match kind {
                ColumnKind::Text => Buffer::Text(Texts::default()),
                ColumnKind::Integer => Buffer::Integer(Vec::new()),
                ColumnKind::Real => Buffer::Real(Vec::new()),
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
        });
        let table = DataFrame::new(self.rows, columns.collect())?;
        self.rows = 0;
        self.writer.write_batch(&table)
    }
}
