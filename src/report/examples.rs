//! A few hits of each group and frame for the page, drawn at random while all of them pass by.
//!
//! In: counted hits; or what the last run drew of a unit of frames that is as it was. Out: [`Example`]s.
//! Invariant: which hits are drawn depends on the seed, the article and the place in it alone: not on threads, shards or the order of
//! articles.

use super::html::Example;
use super::passage::Passage;
use super::rows::{HitRow, outlet};
use crate::aggregate::GroupId;
use crate::estimates::are_many;
use crate::lookup::{EntryId, FrameId, Numbering, Plan, UnitId};
use crate::text::Language;
use crate::voice::Verdict;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Hits drawn of each group and frame.
const DRAWN: usize = 3;

/// Hits drawn of each where there are many frames, of which the page shows some.
const DRAWN_OF_MANY: usize = 2;

/// A few hits of each group and frame, drawn while all of them pass by.
///
/// At most three a cell are kept, of many frames two: those with the smallest keys.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Examples {
    pub(super) seed: u64,
    /// Hits of a cell.
    most: usize,
    cells: BTreeMap<(GroupId, FrameId), Vec<Drawn>>,
    /// What is hashed; kept so that a hit costs no allocation.
    #[serde(skip)]
    text: String,
}

/// A hit that was drawn.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Drawn {
    key: u64,
    entry: EntryId,
    example: Example,
}

/// What was drawn of the frames of a unit, by group and frame; frames and entries are numbered within it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct UnitExamples(Vec<(GroupId, FrameId, Vec<KeyedExample>)>);

/// The key of an example, its entry, and the example.
type KeyedExample = (u64, EntryId, Example);

/// A hit that was drawn, in the names of its lexicon: numbers are another run's.
#[derive(Serialize, Deserialize)]
struct Saved {
    group: GroupId,
    frame: String,
    key: u64,
    /// Lexicon, frame and text of its entry.
    entry: [String; 3],
    example: Example,
}

impl Examples {
    /// Nothing drawn yet, of so many frames.
    pub fn new(seed: u64, frames: usize) -> Examples {
        Examples { seed, most: if are_many(frames) { DRAWN_OF_MANY } else { DRAWN }, ..Examples::default() }
    }

    /// The lot of a hit: the first eight bytes of the BLAKE3 of seed, article, first byte and frame, a line each
    /// (`printf 'SEED\nARTICLE\nBYTE\nFRAME' | b3sum`).
    pub fn key(&mut self, article: &str, byte_start: u64, frame: &str) -> u64 {
        self.text.clear();
        let _ = write!(self.text, "{}\n{article}\n{byte_start}\n{frame}", self.seed);
        let digest = blake3::hash(self.text.as_bytes());
        digest.as_bytes()[..8].iter().fold(0, |key, &byte| key << 8 | u64::from(byte))
    }

    /// Offers a hit of an entry; the example is only made where its key is among the smallest.
    pub fn offer(&mut self, group: GroupId, frame: FrameId, key: u64, entry: EntryId, make: impl FnOnce() -> Example) {
        let cell = self.cells.entry((group, frame)).or_default();
        let at = cell.partition_point(|other| other.key < key);
        if at == self.most || cell.get(at).is_some_and(|known| known.key == key) {
            return;
        }
        cell.truncate(self.most - 1);
        cell.insert(at, Drawn { key, entry, example: make() });
    }

    /// Adds what was drawn in a part of the corpus.
    pub fn add(&mut self, part: Examples) {
        for ((group, frame), cell) in part.cells {
            for Drawn { key, entry, example } in cell {
                self.offer(group, frame, key, entry, || example);
            }
        }
    }

    /// Takes out what was drawn of the frames of a unit.
    pub(super) fn of_unit(&self, unit: UnitId, numbers: &Numbering) -> UnitExamples {
        let ours = self.cells.iter().filter(|((_, frame), _)| numbers.frame(*frame).0 == unit);
        let drawn = |drawn: &Drawn| {
            let example = Example { entry_at: String::new(), ..drawn.example.clone() };
            (drawn.key, numbers.entry(drawn.entry).1, example)
        };
        let cell = |(&(group, frame), cell): (&(GroupId, FrameId), &Vec<Drawn>)| {
            (group, numbers.frame(frame).1, cell.iter().map(drawn).collect())
        };
        UnitExamples(ours.map(cell).collect())
    }

    /// Adds what was drawn of a unit; nothing where it is of other entries.
    pub(super) fn add_unit(
        &mut self,
        unit: UnitId,
        part: UnitExamples,
        (numbers, plan): (&Numbering, &Plan<'_>),
    ) -> Option<()> {
        for (group, frame, cell) in part.0 {
            let frame = numbers.frame_of(unit, frame)?;
            for (key, entry, example) in cell {
                let entry = numbers.entry_of(unit, entry)?;
                self.offer(group, frame, key, entry, || Example { entry_at: entry_at(plan, entry), ..example });
            }
        }
        Some(())
    }

    /// The hits drawn of a group and frame, in the order in which they were drawn.
    pub fn of(&self, group: GroupId, frame: FrameId) -> Vec<Example> {
        let cell = self.cells.get(&(group, frame)).into_iter().flatten();
        cell.map(|drawn| drawn.example.clone()).collect()
    }

    /// What was drawn of these frames, for the next run.
    pub(super) fn save(&self, plan: &Plan<'_>, frames: &[FrameId]) -> Vec<u8> {
        let mut all = Vec::new();
        for (&(group, frame), cell) in self.cells.iter().filter(|((_, frame), _)| frames.contains(frame)) {
            all.extend(cell.iter().map(|drawn| {
                let (lexicon, entry) = plan.entry(drawn.entry);
                let names = [&lexicon.name, &lexicon.frames[entry.frame].name, &entry.text];
                Saved {
                    group,
                    frame: plan.frames()[frame.index()].clone(),
                    key: drawn.key,
                    entry: names.map(Clone::clone),
                    example: Example { entry_at: String::new(), ..drawn.example.clone() },
                }
            }));
        }
        serde_json::to_vec(&all).unwrap_or_default()
    }

    /// Takes over what the last run drew; entries may stand on other lines since. False where something is not of these lexicons.
    pub(super) fn restore(&mut self, bytes: &[u8], plan: &Plan<'_>) -> bool {
        let Ok(all) = serde_json::from_slice::<Vec<Saved>>(bytes) else { return false };
        let mut entries: BTreeMap<[&str; 3], EntryId> = BTreeMap::new();
        for (number, lexicon) in plan.lexicons().iter().enumerate() {
            for (entry, written) in lexicon.entries.iter().enumerate() {
                let names = [&lexicon.name, &lexicon.frames[written.frame].name, &written.text].map(String::as_str);
                entries.entry(names).or_insert(EntryId::new(number, entry));
            }
        }
        let mut found = Vec::new();
        for saved in all {
            let entry = entries.get(&saved.entry.each_ref().map(String::as_str));
            let frame = plan.frames().iter().position(|name| *name == saved.frame);
            let Some((&entry, frame)) = entry.zip(frame) else { return false };
            found.push((saved, entry, FrameId::new(frame)));
        }
        for (Saved { group, key, example, .. }, entry, frame) in found {
            self.offer(group, frame, key, entry, || Example { entry_at: entry_at(plan, entry), ..example });
        }
        true
    }
}

/// `file:line` of an entry.
fn entry_at(plan: &Plan<'_>, entry: EntryId) -> String {
    let (lexicon, entry) = plan.entry(entry);
    format!("{}:{}", lexicon.file, entry.line)
}

/// A hit as an example.
pub(super) fn example(plan: &Plan<'_>, row: &HitRow<'_>, language: Language) -> Example {
    let (verdict, passage) = (&row.hit.verdict, &row.passage);
    Example {
        outlet: outlet(row.article).to_string(),
        date: row.article.date.map(|date| date.to_string()).unwrap_or_default(),
        language: if language == Language::UNKNOWN { String::new() } else { language.to_string() },
        left: passage.left.to_string(),
        surface: passage.surface.to_string(),
        right: passage.right.to_string(),
        voice: verdict.voice.name().to_string(),
        flags: flags(verdict, passage).map(str::to_string).collect(),
        file: row.article.file.clone(),
        byte_start: passage.bytes.0,
        byte_end: passage.bytes.1,
        entry: row.entry.text.clone(),
        entry_at: entry_at(plan, row.hit.entry),
    }
}

/// What else is known of a hit: `negated`, `hedged`, `question`, `headline`, `lead`.
pub(super) fn flags(verdict: &Verdict, passage: &Passage<'_>) -> impl Iterator<Item = &'static str> {
    let flags = [
        (verdict.negated, "negated"),
        (verdict.hedged, "hedged"),
        (verdict.question, "question"),
        (passage.position != "body", passage.position),
    ];
    flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| flag)
}
