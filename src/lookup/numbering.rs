//! Numbers of frames and entries that stay while other frames are edited, and other entries of the same frames that a shard has not.
//!
//! In: a plan, its units, and which entries of each can occur in a shard. Out: the number of each frame and entry within its unit, and the
//! way back.
//! Invariant: of two plans in which the live entries of a unit are the same ([`UnitEntries::digest_into`]), its frames and entries have the
//! same numbers here, wherever they stand in their files.

use super::ids::{EntryId, FrameId, UnitId};
use super::live::{Live, UnitEntries};
use super::units::Units;

/// Frames and entries, numbered within their units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbering {
    /// By frame.
    frames: Vec<(UnitId, FrameId)>,
    /// By unit: the frame of each number.
    frames_of: Vec<Vec<FrameId>>,
    /// By unit: the entry of each number.
    entries_of: Vec<Vec<EntryId>>,
    /// Every entry with its number within its unit, ascending.
    numbers: Vec<(EntryId, UnitId, u32)>,
}

impl Numbering {
    /// Numbers the frames of each unit in their order, and the live ones of its entries in the order of what they say.
    pub fn of(units: &Units, entries: &[UnitEntries<'_>], live: &[Live]) -> Numbering {
        let frames = units.frames.iter().map(Vec::len).sum();
        let mut numbers = Numbering {
            frames: vec![Default::default(); frames],
            frames_of: units.frames.clone(),
            ..Numbering::default()
        };
        for (unit, frames) in units.ids().zip(&units.frames) {
            for (number, &frame) in frames.iter().enumerate() {
                numbers.frames[frame.index()] = (unit, FrameId::new(number));
            }
        }
        for (unit, (entries, live)) in units.ids().zip(entries.iter().zip(live)) {
            let ids: Vec<EntryId> = entries.ids(live).collect();
            numbers.numbers.extend((0..).zip(&ids).map(|(number, &id)| (id, unit, number)));
            numbers.entries_of.push(ids);
        }
        numbers.numbers.sort_unstable();
        numbers
    }

    /// Number of units.
    pub fn units(&self) -> usize {
        self.frames_of.len()
    }

    /// The frames of a unit.
    pub fn frames_of(&self, unit: UnitId) -> &[FrameId] {
        &self.frames_of[unit.index()]
    }

    /// The unit of a frame, and its number there.
    pub fn frame(&self, frame: FrameId) -> (UnitId, FrameId) {
        self.frames[frame.index()]
    }

    /// The unit of an entry, and its number there; one that no entry has where it is not live.
    pub fn entry(&self, entry: EntryId) -> (UnitId, EntryId) {
        let numbered = self.numbers.binary_search_by_key(&entry, |&(id, ..)| id).map(|at| self.numbers[at]);
        let (_, unit, number) = numbered.unwrap_or((entry, UnitId::new(0), u32::MAX));
        (unit, EntryId { lexicon: 0, entry: number })
    }

    /// The frame of a number within a unit.
    pub fn frame_of(&self, unit: UnitId, frame: FrameId) -> Option<FrameId> {
        self.frames_of[unit.index()].get(frame.index()).copied()
    }

    /// The entry of a number within a unit.
    pub fn entry_of(&self, unit: UnitId, entry: EntryId) -> Option<EntryId> {
        self.entries_of[unit.index()].get(entry.entry as usize).copied()
    }
}
