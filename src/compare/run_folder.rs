//! A run folder that is read: its manifest and its tables, strictly.
//!
//! In: a folder. Out: rows by the column names that `report::columns` gives, each with its line.
//! Invariant: a table that is not the one the manifest digests, or lacks a column, is refused with its place and what to do.
//! It deliberately does not know what the rows mean.

use super::hits::Unit;
use crate::disk::{open_regular, read_regular};
use crate::error::{Place, Problem, Result};
use crate::report::MANIFEST;
use crate::report::columns::Table;
use crate::report::unescaped;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A run folder with its manifest.
pub(super) struct RunFolder {
    pub(super) folder: PathBuf,
    /// As the user typed it.
    pub(super) shown: String,
    pub(super) manifest: Value,
    /// Digest of each output.
    digests: BTreeMap<String, String>,
}

/// Bytes of a manifest that are read at most.
const LONGEST: u64 = 256 << 20;

impl RunFolder {
    /// Opens a folder that a run has written.
    pub(super) fn open(folder: &Path, shown: &str) -> Result<RunFolder> {
        let at = |name: &str| format!("{}/{name}", shown.trim_end_matches('/'));
        let bytes = read_regular(&folder.join(MANIFEST), LONGEST).map_err(|error| {
            Problem::error(
                "run-absent",
                Place::file(shown),
                format!("holds no run: {MANIFEST} cannot be read: {error}"),
            )
            .expected("a folder that `framescope run` has written")
            .hint("give the folders of two runs, as in `framescope diff output-1 output-2`, or `--last`")
        })?;
        let manifest: Value = serde_json::from_slice(&bytes).map_err(|error| {
            let place = Place::at(at(MANIFEST), error.line() as u32, error.column() as u32);
            Problem::error("run-edited", place, format!("is no JSON: {error}")).hint("write the run again")
        })?;
        let outputs = manifest["outputs"].as_array().into_iter().flatten();
        let digest = |value: &Value| Some((value["file"].as_str()?.to_string(), value["blake3"].as_str()?.to_string()));
        let digests: BTreeMap<String, String> = outputs.filter_map(digest).collect();
        if digests.is_empty() {
            let problem = Problem::error("run-absent", Place::file(at(MANIFEST)), "lists no outputs");
            return Err(problem.expected("the manifest of a run of framescope").into());
        }
        Ok(RunFolder { folder: folder.to_path_buf(), shown: shown.to_string(), manifest, digests })
    }

    /// The digest that the manifest gives for a file.
    pub(super) fn digest(&self, name: &str) -> Option<&str> {
        self.digests.get(name).map(String::as_str)
    }

    /// True where the run wrote a file and it is still there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.digests.contains_key(name) && self.folder.join(name).is_file()
    }

    fn place(&self, name: &str, line: u64) -> Place {
        let file = format!("{}/{name}", self.shown.trim_end_matches('/'));
        if line == 0 { Place::file(file) } else { Place::line(file, line as u32) }
    }

    /// A table that does not say what it should.
    pub(super) fn edited(&self, name: &str, line: u64, found: impl Into<String>) -> Problem {
        Problem::error("run-edited", self.place(name, line), found)
            .expected("the table as the run wrote it")
            .hint("write the run again; to change a number, change the lexicon or the study")
    }

    /// The units of frames, with the tables of their hits.
    pub(super) fn units(&self) -> Result<Vec<Unit>> {
        let Some(units) = self.manifest["hits"].as_array() else {
            return Err(self.of_other_program(MANIFEST, "does not tell which tables hold the hits").into());
        };
        let texts = |value: &Value| -> Vec<String> {
            value.as_array().into_iter().flatten().filter_map(|text| Some(text.as_str()?.to_string())).collect()
        };
        let unit = |value: &Value| {
            let tables = texts(&value["files"]).into_iter().filter(|file| file.ends_with(".csv"));
            let files = tables.map(|file| (file.clone(), self.digest(&file).unwrap_or_default().to_string()));
            Unit { frames: texts(&value["frames"]), files: files.collect() }
        };
        Ok(units.iter().map(unit).collect())
    }

    /// Reads a table row by row.
    pub(super) fn rows(&self, table: &Table, each: impl FnMut(&Row<'_>) -> Result<()>) -> Result<Header> {
        self.rows_of(table, table.file, each)
    }

    /// Reads one of the files of a table row by row.
    pub(super) fn rows_of(
        &self,
        table: &Table,
        name: &str,
        mut each: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<Header> {
        let file = open_regular(&self.folder.join(name)).map_err(|error| {
            Problem::error("run-incomplete", self.place(name, 0), format!("cannot be read: {error}"))
                .expected("every table of the run")
                .hint("write the run again")
        })?;
        let hashed = Hashed { file, hasher: blake3::Hasher::new() };
        let mut reader = csv::ReaderBuilder::new().buffer_capacity(1 << 16).from_reader(hashed);
        let broken = |error: &csv::Error| {
            let line = error.position().map_or(0, csv::Position::line);
            self.edited(name, line, format!("cannot be read: {error}"))
        };
        let names = reader.headers().map_err(|error| broken(&error))?.clone();
        let header = Header::of(table, &names).ok_or_else(|| self.other_version(table, name, &names))?;
        let mut record = csv::ByteRecord::new();
        while reader.read_byte_record(&mut record).map_err(|error| broken(&error))? {
            each(&Row { record: &record, header: &header, run_folder: self, name })?;
        }
        let mut hashed = reader.into_inner();
        io::copy(&mut hashed, &mut io::sink()).map_err(|error| self.edited(name, 0, error.to_string()))?;
        let digest = hashed.hasher.finalize().to_hex();
        if self.digest(name) != Some(digest.as_str()) {
            return Err(self.edited(name, 0, "is not the file that the manifest lists").into());
        }
        Ok(header)
    }

    fn other_version(&self, table: &Table, name: &str, names: &csv::StringRecord) -> Problem {
        let lacking = table.columns.iter().find(|column| !names.iter().any(|name| name == column.name));
        let found =
            lacking.map_or("columns in another order".to_string(), |column| format!("no column `{}`", column.name));
        self.of_other_program(name, &found)
    }

    fn of_other_program(&self, name: &str, found: &str) -> Problem {
        let version = self.manifest["framescope"].as_str().unwrap_or("another version");
        Problem::error("run-other-version", self.place(name, 1), found)
            .expected(format!("what framescope {} writes", env!("CARGO_PKG_VERSION")))
            .hint(format!("that run was written by framescope {version}; write it again with this one"))
    }
}

/// The places of columns among those of a table, so that a column more moves none of ours.
pub(super) fn places<const N: usize>(table: &Table, names: [&str; N]) -> [usize; N] {
    names.map(|name| table.columns.iter().position(|column| column.name == name).unwrap_or(usize::MAX >> 1))
}

/// Which columns a table has.
#[derive(Clone, Default)]
pub(super) struct Header {
    /// Columns of the grouping; they come first.
    pub(super) dimensions: Vec<String>,
    /// Columns that the run adds; they come last.
    pub(super) further: Vec<String>,
    columns: usize,
}

impl Header {
    fn of(table: &Table, names: &csv::StringRecord) -> Option<Header> {
        let names: Vec<&str> = names.iter().map(unescaped).collect();
        let first = table.columns.first()?.name;
        let own: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        // a dimension may be called as the first column is: the first place where all of them follow counts
        let at = (0..names.len()).find(|&at| names[at] == first && names[at..].starts_with(&own))?;
        if at > 0 && !table.by_group {
            return None;
        }
        let dimensions: Vec<String> = names[..at].iter().map(|name| (*name).to_string()).collect();
        let further = names[at + own.len()..].iter().map(|name| table.given(name, &dimensions).to_string()).collect();
        Some(Header { dimensions, further, columns: own.len() })
    }
}

/// A row of a table.
pub(super) struct Row<'r> {
    record: &'r csv::ByteRecord,
    header: &'r Header,
    run_folder: &'r RunFolder,
    name: &'r str,
}

impl<'r> Row<'r> {
    fn line(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::line)
    }

    /// First byte of the row in its file.
    pub(super) fn byte(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::byte)
    }

    /// A column of the table, counted from its first.
    pub(super) fn bytes(&self, column: usize) -> &'r [u8] {
        self.record.get(self.header.dimensions.len() + column).unwrap_or_default()
    }

    /// As text.
    pub(super) fn text(&self, column: usize) -> Result<&'r str> {
        let text = std::str::from_utf8(self.bytes(column)).map_err(|_| self.wrong("bytes that are no UTF-8"))?;
        Ok(unescaped(text))
    }

    /// As a whole number; nothing where the cell is empty.
    pub(super) fn integer(&self, column: usize) -> Result<Option<u64>> {
        whole(self.bytes(column)).map_err(|()| self.not_a_number(column).into())
    }

    /// As a whole number that must be there.
    pub(super) fn number(&self, column: usize) -> Result<u64> {
        self.integer(column)?.ok_or_else(|| self.not_a_number(column).into())
    }

    /// As a number; nothing where the cell is empty.
    pub(super) fn real(&self, column: usize) -> Result<Option<f64>> {
        match self.text(column)? {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| self.not_a_number(column).into()),
        }
    }

    /// As true or false, in the words of this version or of an earlier one.
    pub(super) fn flag(&self, column: usize) -> Result<bool> {
        match self.bytes(column) {
            b"true" | b"yes" => Ok(true),
            b"false" | b"no" => Ok(false),
            other => {
                Err(self.wrong(format!("`{}` where true or false belongs", String::from_utf8_lossy(other))).into())
            }
        }
    }

    /// The labels of the grouping.
    pub(super) fn labels(&self) -> Vec<String> {
        let labels = self.record.iter().take(self.header.dimensions.len());
        labels.map(|label| unescaped(&String::from_utf8_lossy(label)).to_string()).collect()
    }

    /// How many columns the run has added.
    pub(super) fn further(&self) -> usize {
        self.header.further.len()
    }

    /// A column that the run has added, as a whole number.
    pub(super) fn further_number(&self, column: usize) -> Result<u64> {
        self.number(self.header.columns + column)
    }

    /// What is wrong with this row.
    pub(super) fn wrong(&self, found: impl Into<String>) -> Problem {
        self.run_folder.edited(self.name, self.line(), found)
    }

    fn not_a_number(&self, column: usize) -> Problem {
        self.wrong(format!("`{}` where a number belongs", String::from_utf8_lossy(self.bytes(column))))
    }
}

fn whole(bytes: &[u8]) -> std::result::Result<Option<u64>, ()> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let digit = |sum: u64, byte: &u8| match byte {
        b'0'..=b'9' => sum.checked_mul(10)?.checked_add(u64::from(byte - b'0')),
        _ => None,
    };
    bytes.iter().try_fold(0, digit).map(Some).ok_or(())
}

/// A file that is digested as it is read.
struct Hashed {
    file: File,
    hasher: blake3::Hasher,
}

impl Read for Hashed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(into)?;
        self.hasher.update(&into[..read]);
        Ok(read)
    }
}
