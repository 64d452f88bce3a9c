//! A few hits of each group and frame for the page, drawn at random while all of them pass by.
//!
//! In: counted hits. Out: [`Example`]s.
//! Invariant: which hits are drawn depends on the seed, the article and the place in it alone: not on threads, shards or the order of
//! articles.

use super::html::Example;
use super::quote::{Quoted, Row};
use super::rows::HitOf;
use crate::aggregate::UNKNOWN;
use crate::lookup::FrameId;
use crate::text::Language;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Hits drawn of each group and frame.
const DRAWN: usize = 5;

/// A few hits of each group and frame, drawn while all of them pass by.
///
/// At most five a cell are kept: those with the smallest keys.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    pub(super) seed: u64,
    cells: BTreeMap<(u32, FrameId), Vec<(u64, Example)>>,
    /// What is hashed; kept so that a hit costs no allocation.
    text: String,
}

impl Examples {
    /// Nothing drawn yet.
    pub fn new(seed: u64) -> Examples {
        Examples { seed, ..Examples::default() }
    }

    /// The lot of a hit: the first eight bytes of the BLAKE3 of seed, article, first byte and frame, a line each
    /// (`printf 'SEED\nARTICLE\nBYTE\nFRAME' | b3sum`).
    pub fn key(&mut self, article: &str, byte_start: u64, frame: &str) -> u64 {
        self.text.clear();
        let _ = write!(self.text, "{}\n{article}\n{byte_start}\n{frame}", self.seed);
        let digest = blake3::hash(self.text.as_bytes());
        digest.as_bytes()[..8].iter().fold(0, |key, &byte| key << 8 | u64::from(byte))
    }

    /// Offers a hit; The example is only made where its key is among the smallest.
    pub fn offer(&mut self, group: u32, frame: FrameId, key: u64, make: impl FnOnce() -> Example) {
        let cell = self.cells.entry((group, frame)).or_default();
        let at = cell.partition_point(|(known, _)| *known < key);
        if at == DRAWN || cell.get(at).is_some_and(|(known, _)| *known == key) {
            return;
        }
        cell.truncate(DRAWN - 1);
        cell.insert(at, (key, make()));
    }

    /// Adds what was drawn in a part of the corpus.
    pub fn add(&mut self, part: Examples) {
        for ((group, frame), cell) in part.cells {
            for (key, example) in cell {
                self.offer(group, frame, key, || example);
            }
        }
    }

    /// The hits drawn of a group and frame, in the order in which they were drawn.
    pub fn of(&self, group: u32, frame: FrameId) -> Vec<Example> {
        let cell = self.cells.get(&(group, frame)).into_iter().flatten();
        cell.map(|(_, example)| example.clone()).collect()
    }
}

/// A hit as an example.
pub(super) fn example(hit: &HitOf<'_>, language: Language, quoted: &Quoted, row: &Row) -> Example {
    let (verdict, passage) = (&row.verdict, quoted.passage(row));
    let position = passage.position.into_owned();
    let flags = [
        (verdict.negated, "negated"),
        (verdict.hedged, "hedged"),
        (verdict.question, "question"),
        (position != "body", &position),
    ];
    Example {
        outlet: hit.article.outlet.as_deref().unwrap_or(UNKNOWN).to_string(),
        date: hit.date.unwrap_or_default().to_string(),
        language: if language == Language::UNKNOWN { String::new() } else { language.to_string() },
        left: passage.left.into_owned(),
        surface: passage.surface.into_owned(),
        right: passage.right.into_owned(),
        voice: verdict.voice.name().to_string(),
        flags: flags.iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| (*flag).to_string()).collect(),
        file: hit.article.file.clone(),
        byte_start: row.byte_start,
        byte_end: row.byte_end,
        entry: hit.entry.text.clone(),
        entry_at: hit.entry_at.to_string(),
    }
}
