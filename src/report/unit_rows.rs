//! The rows of a unit of frames of one shard, to be kept with its counts.
//!
//! In: rows that were written now; or the packed bytes of such. Out: packed bytes; or the rows.
//! Invariant: rows come back byte for byte, or not at all; lines of entries are those of this run.

use super::columns::HITS;
use super::examples::UnitExamples;
use super::hits::UnitRows;
use super::row_writer::{Context, ShardRows};
use super::sentences::SentenceRows;
use crate::lookup::{Numbering, UnitId};
use serde::{Deserialize, Serialize};

/// zstd's quickest useful level: rows shrink to a fifth.
const LEVEL: i32 = 1;

/// Bytes of the rows of a unit and shard at most.
const LONGEST: usize = 1 << 30;

/// Rows of a unit that a run has of the last one.
#[derive(Serialize, Deserialize)]
pub(super) struct CachedRows {
    hits: UnitRows,
    sentences: SentenceRows,
    examples: UnitExamples,
}

/// The rows of a unit, packed, behind their length; nothing where none were written.
pub(super) fn pack(rows: &ShardRows, unit: UnitId, numbers: &Numbering) -> Option<Vec<u8>> {
    let hits = rows.hits.get(unit.index())?.as_ref()?;
    let rows = (hits, rows.sentences.get(unit.index())?, rows.examples.of_unit(unit, numbers));
    let bytes = postcard::to_allocvec(&rows).ok()?;
    let packed = zstd::bulk::compress(&bytes, LEVEL).ok()?;
    Some([&(bytes.len() as u64).to_le_bytes()[..], &packed].concat())
}

/// The rows of a unit; nothing where the bytes are none, or of a run that writes its rows otherwise.
pub(super) fn unpack(bytes: &[u8], context: &Context<'_>) -> Option<CachedRows> {
    let (length, packed) = bytes.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok().filter(|length| *length <= LONGEST)?;
    let kept: CachedRows = postcard::from_bytes(&zstd::bulk::decompress(packed, length).ok()?).ok()?;
    (kept.hits.fit(&HITS) && kept.hits.parquet.is_some() == context.parquet).then_some(kept)
}

impl CachedRows {
    /// Puts the rows in the place of those of a unit; nothing where they are of other entries.
    pub(super) fn put(
        self,
        rows: &mut ShardRows,
        unit: UnitId,
        context: &Context<'_>,
        numbers: &Numbering,
    ) -> Option<()> {
        rows.examples.add_unit(unit, self.examples, (numbers, context.request.frames))?;
        rows.hits[unit.index()] = Some(self.hits);
        rows.sentences[unit.index()] = self.sentences;
        Some(())
    }
}
