//! The sentences of hits that changed, read again from the run that has them.
//!
//! In: where rows begin in `hits.csv`. Out: left, surface, right and line of each.
//! Invariant: only the rows asked for are parsed, in the order of the file.

use super::door::places;
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

/// Reads the rows that begin at these bytes.
pub(super) fn read(run: &Snapshot, mut rows: Vec<u64>) -> Result<BTreeMap<u64, Quote>> {
    rows.sort_unstable();
    rows.dedup();
    let mut quotes = BTreeMap::new();
    if rows.is_empty() {
        return Ok(quotes);
    }
    let path = run.folder.join(HITS.file);
    let failed = |error: &dyn std::fmt::Display| {
        let place = Place::file(format!("{}/{}", run.shown.trim_end_matches('/'), HITS.file));
        Problem::error("run-edited", place, format!("cannot be read again: {error}")).hint("write the run again")
    };
    let file = open_regular(&path).map_err(|error| failed(&error))?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).buffer_capacity(1 << 12).from_reader(file);
    let mut record = csv::ByteRecord::new();
    let at = places(&HITS, ["left", "surface", "right", "line"]);
    for row in rows {
        let mut place = csv::Position::new();
        place.set_byte(row);
        reader.seek(place).map_err(|error| failed(&error))?;
        reader.read_byte_record(&mut record).map_err(|error| failed(&error))?;
        let text = |column: usize| {
            let cell = String::from_utf8_lossy(record.get(at[column]).unwrap_or_default());
            unescaped(&cell).to_string()
        };
        quotes.insert(row, Quote { left: text(0), surface: text(1), right: text(2), line: text(3) });
    }
    Ok(quotes)
}
