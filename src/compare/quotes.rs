//! The sentences of hits that changed, read again from the run that has them.
//!
//! In: where rows begin, file by file. Out: left, surface, right and line of each.
//! Invariant: only the rows asked for are parsed, in the order of the files.

use super::run_folder::places;
use super::snapshot::Snapshot;
use crate::disk::open_regular;
use crate::error::{Place, Problem, Result};
use crate::report::columns::HITS;
use crate::report::unescaped;
use std::collections::BTreeMap;

/// A hit in its sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Quote {
    pub(super) left: String,
    pub(super) surface: String,
    pub(super) right: String,
    pub(super) line: String,
}

/// A file among those of the snapshot, and the first byte of a row there.
pub(super) type RowPosition = (u32, u64);

/// Reads the rows that begin there.
pub(super) fn read(run: &Snapshot, mut rows: Vec<RowPosition>) -> Result<BTreeMap<RowPosition, Quote>> {
    rows.sort_unstable();
    rows.dedup();
    let mut quotes = BTreeMap::new();
    for of_file in rows.chunk_by(|a, b| a.0 == b.0) {
        let Some(name) = run.files.get(of_file[0].0 as usize) else { continue };
        of_one(run, name, of_file, &mut quotes)?;
    }
    Ok(quotes)
}

fn of_one(run: &Snapshot, name: &str, rows: &[RowPosition], quotes: &mut BTreeMap<RowPosition, Quote>) -> Result<()> {
    let failed = |error: &dyn std::fmt::Display| {
        let place = Place::file(format!("{}/{name}", run.shown.trim_end_matches('/')));
        Problem::error("run-edited", place, format!("cannot be read again: {error}")).hint("write the run again")
    };
    let file = open_regular(&run.folder.join(name)).map_err(|error| failed(&error))?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).buffer_capacity(1 << 12).from_reader(file);
    let mut record = csv::ByteRecord::new();
    let at = places(&HITS, ["left", "surface", "right", "line"]);
    for &row in rows {
        let mut place = csv::Position::new();
        place.set_byte(row.1);
        reader.seek(place).map_err(|error| failed(&error))?;
        reader.read_byte_record(&mut record).map_err(|error| failed(&error))?;
        let text = |column: usize| {
            let cell = String::from_utf8_lossy(record.get(at[column]).unwrap_or_default());
            unescaped(&cell).to_string()
        };
        quotes.insert(row, Quote { left: text(0), surface: text(1), right: text(2), line: text(3) });
    }
    Ok(())
}
