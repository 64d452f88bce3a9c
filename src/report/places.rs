//! Where every hit of a shard stands, for the file of keys.
//!
//! In: hits, and the bytes of their rows. Out: [`Places`].
//! Invariant: places stand in the order of the rows; a row begins where its place says.

use super::keys::{COUNTED, Key, VOICES};
use super::quote::Row;
use crate::lookup::Uncounted;
use crate::text::{Span, Token};

/// The hits of the counted articles of a shard.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Hits of each counted article.
    pub lengths: Vec<u32>,
    /// Every hit, and its tokens within its article.
    pub(super) hits: Vec<(Key, Span<Token>)>,
}

impl Places {
    /// Adds a hit; where its row begins is found out later.
    pub(super) fn push(&mut self, hit: &Row, entry: u32) {
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
        self.hits.push((key, hit.tokens));
    }

    /// Finds where each row begins in these bytes.
    pub(super) fn find(&mut self, rows: &[u8]) {
        let mut places = self.hits.iter_mut();
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
}

/// The numbers of a voice and of a reason.
pub(super) fn numbers(voice: &str, uncounted: Option<Uncounted>) -> (u8, u8) {
    let counted = uncounted.map_or("yes", Uncounted::name);
    let voice = VOICES.iter().position(|known| *known == voice).unwrap_or(0);
    let counted = COUNTED.iter().position(|known| *known == counted).unwrap_or(0);
    (voice as u8, counted as u8)
}
