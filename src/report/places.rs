//! Where every hit of a run stands, for whoever compares runs and for the run after: the table of hits need not be read again for it.
//!
//! In: hits, and the bytes of their rows. Out: [`Places`].
//! Invariant: places stand in the order of `hits.csv`; a row begins where its place says.

use super::columns::HITS;
use super::folder::Folder;
use super::keys::{self, COUNTED, Key, VOICES};
use super::printed::Printed;
use super::quote::Row;
use crate::error::Result;
use crate::lookup::Uncounted;
use crate::text::{Span, Token};

/// The hits of counted articles.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Hits of each counted article.
    pub lengths: Vec<u32>,
    /// Every hit, part by part: one list of all would be moved as it grows.
    pub(super) hits: Vec<Vec<(Key, Span<Token>)>>,
}

impl Places {
    /// Adds a hit; where its row begins is found out later.
    pub(super) fn push(&mut self, hit: &Row, entry: u32) {
        if self.hits.is_empty() {
            self.hits.push(Vec::new());
        }
        let Some(hits) = self.hits.last_mut() else { return };
        let (voice, counted) = numbers(hit.verdict.voice.name(), hit.uncounted);
        let key = Key {
            start: hit.byte_start as u32,
            end: hit.byte_end as u32,
            frame: hit.frame,
            entry,
            row: 0,
            voice,
            counted,
        };
        hits.push((key, hit.tokens));
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
                if let Some((key, _)) = places.next() {
                    key.row = start;
                }
                start = at as u64 + 1;
            }
        }
    }

    /// Adds those of the next part of the corpus, whose rows begin so many bytes after the first.
    pub(super) fn add(&mut self, part: Places, bytes: u64) {
        self.lengths.extend(part.lengths);
        for mut hits in part.hits {
            hits.iter_mut().for_each(|(key, _)| key.row += bytes);
            hits.shrink_to_fit();
            self.hits.push(hits);
        }
    }

    /// Writes them beside a run in the making.
    pub fn keep(&self, folder: &Folder, printed: &Printed) -> Result<()> {
        let hits = self.hits.iter().flatten().copied();
        match folder.digest(HITS.file).and_then(|digest| keys::encode(&digest, printed, &self.lengths, hits)) {
            Some(bytes) => folder.beside(keys::FILE, &bytes),
            None => Ok(()),
        }
    }
}

/// The numbers of a voice and of a reason.
pub(super) fn numbers(voice: &str, uncounted: Option<Uncounted>) -> (u8, u8) {
    let counted = uncounted.map_or("yes", Uncounted::name);
    let voice = VOICES.iter().position(|known| *known == voice).unwrap_or(0);
    let counted = COUNTED.iter().position(|known| *known == counted).unwrap_or(0);
    (voice as u8, counted as u8)
}
