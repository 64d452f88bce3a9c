//! The hits of all frames as one table, written while they are found.
//!
//! In: the rows of each shard, in order, all frames in one unit. Out: CSV, JSON lines or Parquet with the columns of `hits/<frame>.csv`.
//! Invariant: rows stand by article and place, so shards and threads have no part in the bytes.

use super::columns::HITS;
use super::row_writer::ShardRows;
use super::sheet::Sheet;
use crate::results::ParquetTable;
use clap::ValueEnum;
use std::io::{self, Write};

/// How a table of hits is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum HitForm {
    /// Rows under a header.
    #[default]
    Csv,
    /// One object per line; missing values are null.
    Jsonl,
    /// Parquet.
    Parquet,
}

impl HitForm {
    /// The form that the extension of a file names; CSV where it names none.
    pub fn of_path(path: &str) -> HitForm {
        match path.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).as_deref() {
            Some("jsonl" | "ndjson") => HitForm::Jsonl,
            Some("parquet") => HitForm::Parquet,
            _ => HitForm::Csv,
        }
    }
}

/// A table of hits on its way.
pub enum HitTable<W: Write> {
    /// Rows under a header.
    Csv(W),
    /// An object on each line.
    Jsonl(W),
    /// Parquet.
    Parquet(Box<ParquetTable<W>>),
}

impl<W: Write> HitTable<W> {
    /// Begins a table.
    ///
    /// # Errors
    /// What the sink says.
    pub fn begin(sink: W, form: HitForm) -> io::Result<HitTable<W>> {
        let columns: Vec<_> = HITS.columns.iter().map(|column| (column.name, column.dtype)).collect();
        Ok(match form {
            HitForm::Csv => HitTable::Csv(Sheet::new(sink, &HITS, &[], &[])?.into_inner()),
            HitForm::Jsonl => HitTable::Jsonl(sink),
            HitForm::Parquet => {
                HitTable::Parquet(Box::new(ParquetTable::new(sink, &columns).map_err(io::Error::other)?))
            }
        })
    }

    /// Adds the rows of the next shard; gives back how many.
    ///
    /// # Errors
    /// What the sink says.
    pub fn take(&mut self, rows: &ShardRows) -> io::Result<usize> {
        let mut taken = 0;
        for unit in rows.hits.iter().flatten() {
            taken += unit.rows;
            match (&mut *self, &unit.parquet) {
                (HitTable::Csv(sink), _) => sink.write_all(&unit.csv)?,
                (HitTable::Jsonl(sink), Some(rows)) => {
                    let names: Vec<&str> = HITS.columns.iter().map(|column| column.name).collect();
                    rows.json_lines(&names, sink)?;
                }
                (HitTable::Parquet(table), Some(rows)) => table.append(rows, 0..unit.rows).map_err(io::Error::other)?,
                (HitTable::Jsonl(_) | HitTable::Parquet(_), None) => {}
            }
        }
        Ok(taken)
    }

    /// Ends the table.
    ///
    /// # Errors
    /// What the sink says.
    pub fn finish(self) -> io::Result<()> {
        match self {
            HitTable::Csv(mut sink) | HitTable::Jsonl(mut sink) => sink.flush(),
            HitTable::Parquet(table) => table.finish().map_err(io::Error::other)?.flush(),
        }
    }
}
