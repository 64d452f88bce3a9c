//! Where every hit of a run stands, for whoever compares runs: the table of hits need not be read again for it.
//!
//! In: hits, and the bytes of their rows. Out: [`Places`].
//! Invariant: places stand in the order of `hits.csv`; a row begins where its place says.

use super::quote::Row;
use crate::lookup::Uncounted;
use crate::voice::Voice;

/// Where one hit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HitPlace {
    /// First byte in its article.
    pub start: u32,
    /// First byte after it.
    pub end: u32,
    /// Its frame.
    pub frame: u32,
    /// Its entry: its row in `terms.csv`.
    pub entry: u32,
    /// First byte of its row in `hits.csv`.
    pub row: u64,
    /// Who speaks.
    pub voice: Voice,
    /// Why it is not counted, if it is not.
    pub uncounted: Option<Uncounted>,
}

/// The hits of counted articles.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Hits of each counted article.
    pub lengths: Vec<u32>,
    /// Every hit, part by part: one list of all would be moved as it grows.
    pub hits: Vec<Vec<HitPlace>>,
}

impl Places {
    /// Adds a hit; where its row begins is found out later.
    pub(super) fn push(&mut self, hit: &Row, entry: u32) {
        if self.hits.is_empty() {
            self.hits.push(Vec::new());
        }
        let Some(hits) = self.hits.last_mut() else { return };
        hits.push(HitPlace {
            start: hit.byte_start as u32,
            end: hit.byte_end as u32,
            frame: hit.frame,
            entry,
            row: 0,
            voice: hit.verdict.voice,
            uncounted: hit.uncounted,
        });
    }

    /// Finds where each row begins in these bytes.
    pub(super) fn find(&mut self, rows: &[u8]) {
        let mut places = self.hits.iter_mut().flatten();
        let mut within = false;
        let mut start = 0;
        for at in memchr::memchr2_iter(b'\n', b'"', rows) {
            if rows[at] == b'"' {
                within = !within;
            } else if !within {
                if let Some(place) = places.next() {
                    place.row = start;
                }
                start = at as u64 + 1;
            }
        }
    }

    /// Adds those of the next part of the corpus, whose rows begin so many bytes after the first.
    pub(super) fn add(&mut self, part: Places, bytes: u64) {
        self.lengths.extend(part.lengths);
        for mut hits in part.hits {
            hits.iter_mut().for_each(|place| place.row += bytes);
            hits.shrink_to_fit();
            self.hits.push(hits);
        }
    }
}
