//! The tables of hits: a file for each unit of frames, so that an edit of one frame writes one file.
//!
//! In: the rows of each shard, unit by unit, in order. Out: `hits/<unit>.csv` and `hits/<unit>.parquet`; `sentiment_hits/<lexicon>.csv`.
//! Invariant: a file has as many rows as a spreadsheet opens; the next one's name ends in `-2`. Which rows lie in which file depends on the
//! hits alone.
//! It deliberately keeps no file open between two pieces: there may be thousands of units.

use super::columns::Table;
use super::folder::{Folder, Making};
use super::rows::{ENTRY_COLUMNS, HitColumn, HitRow, hit_cells};
use super::sheet::{Sheet, put_cells, rows};
use crate::error::Result;
use crate::results::{Column, ParquetTable, RowBuffer};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};

/// Rows of one unit of one shard, or of one lexicon.
#[derive(Serialize, Deserialize)]
pub struct UnitRows {
    #[serde(with = "rows")]
    pub(super) csv: Vec<u8>,
    pub(super) rows: usize,
    pub(super) parquet: Option<RowBuffer>,
}

impl UnitRows {
    /// No rows yet; those to come will lie in `memory`, which is empty.
    pub(super) fn new(memory: Vec<u8>, columns: Option<&[Column]>) -> UnitRows {
        let parquet = columns.map(|columns| RowBuffer::new(columns.iter().map(|column| column.dtype)));
        UnitRows { csv: memory, rows: 0, parquet }
    }
}

impl UnitRows {
    /// True where they are rows of this table: of those that another process made, nothing else is known.
    pub(super) fn fit(&self, table: &Table) -> bool {
        let fits = |buffer: &RowBuffer| buffer.rows() == self.rows && buffer.is_whole(table.columns.len());
        self.parquet.as_ref().is_none_or(fits)
    }
}

/// How tables of hits are written.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// The table; its `file` is the folder, with `/*.csv`.
    pub table: &'static Table,
    /// Write Parquet too.
    pub parquet: bool,
    /// Rows of a file at most.
    pub most: usize,
    /// Rows of a row group.
    pub group: usize,
    /// Bytes that wait to be written, at most.
    pub piece: usize,
}

/// Bytes of a table that wait to be written: fewer where many tables are written at once.
pub(super) fn bytes_of_a_piece(units: usize) -> usize {
    ((32 << 20) / units.max(1)).clamp(1 << 12, 1 << 16)
}

/// Rows of a row group of Parquet: fewer where many tables are written at once, as each keeps one in memory.
pub fn rows_of_a_group(units: usize) -> usize {
    match units {
        0..=8 => 1 << 15,
        9..=32 => 1 << 13,
        33..=256 => 1 << 10,
        _ => 1 << 7,
    }
}

/// The files of one unit on their way.
pub(super) struct UnitFiles {
    form: Form,
    folder: Making,
    /// Folder and name without ending.
    stem: String,
    number: usize,
    rows: usize,
    csv: Piecewise,
    parquet: Option<ParquetTable<Piecewise>>,
    /// Files that are finished: name, bytes, digest.
    done: Vec<(String, u64, String)>,
}

/// What went wrong with a file.
type Failed = (String, String);

impl UnitFiles {
    /// Begins the files of a unit.
    pub fn begin(folder: &Folder, form: Form, name: &str) -> Result<UnitFiles> {
        let stem = format!("{}/{name}", form.table.file.trim_end_matches("/*.csv"));
        let place = folder.making();
        let csv = Piecewise::new(&place, format!("{stem}.csv"), form.piece);
        let mut files =
            UnitFiles { form, folder: place, stem, number: 1, rows: 0, csv, parquet: None, done: Vec::new() };
        files.open().map_err(|(name, error)| folder.problem(&name, &error))?;
        Ok(files)
    }

    fn name(&self, ending: &str) -> String {
        match self.number {
            1 => format!("{}.{ending}", self.stem),
            number => format!("{}-{number}.{ending}", self.stem),
        }
    }

    fn piecewise(&self, name: String) -> Piecewise {
        Piecewise::new(&self.folder, name, self.form.piece)
    }

    /// Opens the files of this number.
    fn open(&mut self) -> std::result::Result<(), Failed> {
        let name = self.name("csv");
        let sheet = Sheet::new(self.piecewise(name.clone()), self.form.table, &[], &[]);
        self.csv = sheet.map_err(|error| (name, error.to_string()))?.into_inner();
        if self.form.parquet {
            let columns: Vec<_> = self.form.table.columns.iter().map(|column| (column.name, column.dtype)).collect();
            let name = self.name("parquet");
            let sink = self.piecewise(name.clone());
            let table = ParquetTable::with_groups(sink, &columns, self.form.group);
            self.parquet = Some(table.map_err(|error| (name, error.to_string()))?);
        }
        self.rows = 0;
        Ok(())
    }

    /// Ends the files of this number.
    fn close(&mut self) -> std::result::Result<(), Failed> {
        let next = self.piecewise(String::new());
        let csv = std::mem::replace(&mut self.csv, next);
        let name = self.name("csv");
        self.done.push(csv.finish().map_err(|error| (name, error.to_string()))?);
        if let Some(table) = self.parquet.take() {
            let name = self.name("parquet");
            let failed = |error: &dyn std::fmt::Display| (name.clone(), error.to_string());
            let file = table.finish().map_err(|error| failed(&error))?;
            self.done.push(file.finish().map_err(|error| failed(&error))?);
        }
        Ok(())
    }

    /// Adds the rows of the next shard.
    pub fn take(&mut self, folder: &Folder, rows: &UnitRows) -> Result<()> {
        self.append(rows).map_err(|(name, error)| folder.problem(&name, &error).into())
    }

    fn append(&mut self, unit: &UnitRows) -> std::result::Result<(), Failed> {
        let (mut bytes, mut first) = (unit.csv.as_slice(), 0);
        while first < unit.rows {
            if self.rows == self.form.most {
                self.close()?;
                self.number += 1;
                self.open()?;
            }
            let rows = (unit.rows - first).min(self.form.most - self.rows);
            // the end of a row is looked for only where a table is cut
            let end = if first + rows == unit.rows { bytes.len() } else { end_of_rows(bytes, rows) };
            let (now, later) = bytes.split_at(end);
            self.csv.write_all(now).map_err(|error| (self.name("csv"), error.to_string()))?;
            if let (Some(table), Some(buffer)) = (&mut self.parquet, &unit.parquet) {
                let appended = table.append(buffer, first..first + rows);
                appended.map_err(|error| (self.name("parquet"), error.to_string()))?;
            }
            (bytes, first, self.rows) = (later, first + rows, self.rows + rows);
        }
        Ok(())
    }

    /// Ends the files, and gives their names.
    pub fn finish(mut self, folder: &mut Folder) -> Result<Vec<String>> {
        self.close().map_err(|(name, error)| folder.problem(&name, &error))?;
        let names = self.done.iter().map(|(name, ..)| name.clone()).collect();
        self.done.into_iter().for_each(|(name, bytes, digest)| folder.add(name, bytes, digest));
        Ok(names)
    }
}

/// Where so many rows end: behind a line break that no quotation marks hold.
fn end_of_rows(bytes: &[u8], rows: usize) -> usize {
    let (mut within, mut seen) = (false, 0);
    for at in memchr::memchr2_iter(b'\n', b'"', bytes) {
        if bytes[at] == b'"' {
            within = !within;
        } else if !within {
            seen += 1;
            if seen == rows {
                return at + 1;
            }
        }
    }
    bytes.len()
}

/// A file that is digested as it is written, and open only while a piece of it is written.
pub(super) struct Piecewise {
    folder: Making,
    name: String,
    is_begun: bool,
    /// Bytes of a piece.
    most: usize,
    piece: Vec<u8>,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl Piecewise {
    /// A file of this name; it is made with its first piece, and so are pieces of `most` bytes.
    pub fn new(folder: &Making, name: String, most: usize) -> Piecewise {
        let (folder, piece, hasher) = (folder.clone(), Vec::new(), blake3::Hasher::new());
        Piecewise { folder, name, is_begun: false, most, piece, hasher, bytes: 0 }
    }

    /// Writes what is left; gives back name, bytes and digest.
    pub fn finish(mut self) -> io::Result<(String, u64, String)> {
        self.put(&[])?;
        Ok((self.name, self.bytes, self.hasher.finalize().to_hex().to_string()))
    }

    /// Writes the piece, and more behind it.
    fn put(&mut self, more: &[u8]) -> io::Result<()> {
        let mut file = match self.is_begun {
            false => self.folder.new_file(&self.name)?,
            true => self.folder.append(&self.name)?,
        };
        self.is_begun = true;
        for bytes in [&self.piece[..], more] {
            file.write_all(bytes)?;
            self.hasher.update(bytes);
            self.bytes += bytes.len() as u64;
        }
        self.piece = Vec::new();
        Ok(())
    }
}

impl Write for Piecewise {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.piece.len() + bytes.len() > self.most {
            self.put(bytes)?;
        } else {
            self.piece.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() { Ok(()) } else { self.put(&[]) }
    }
}

impl UnitRows {
    /// Adds a row, of which the cells that other rows share stand before and after the entry's as CSV.
    pub(super) fn add(&mut self, row: &HitRow<'_>, [before, after]: [&[u8]; 2]) {
        self.csv.extend_from_slice(before);
        self.csv.push(b',');
        put(&mut self.csv, &ENTRY_COLUMNS, row);
        self.csv.push(b',');
        self.csv.extend_from_slice(after);
        self.csv.push(b'\n');
        self.rows += 1;
        if let Some(parquet) = &mut self.parquet {
            parquet.push(hit_cells(row));
        }
    }
}

/// Some cells of a row, as CSV. Rows are written to memory, which cannot fail.
pub(super) fn put<const N: usize>(to: &mut Vec<u8>, columns: &[HitColumn; N], row: &HitRow<'_>) {
    let _ = put_cells(to, &columns.each_ref().map(|(_, fill)| fill(row)));
}
