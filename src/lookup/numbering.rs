//! Numbers of frames and entries that stay while other frames are edited.
//!
//! In: a plan and its units. Out: the number of each frame and entry within its unit, and the way back.
//! Invariant: of two plans in which a unit is made of the same ([`Units::made_of`]), its frames and entries have the same numbers here,
//! wherever they stand in their files.

use super::plan::{EntryId, FrameId, Plan};
use super::units::{UnitId, Units, line};
use std::collections::BTreeMap;

/// Frames and entries, numbered within their units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbering {
    /// By frame.
    frames: Vec<(UnitId, FrameId)>,
    /// By lexicon, then entry.
    entries: Vec<Vec<(UnitId, EntryId)>>,
    /// By unit: the frame and the entry of each number.
    back: Vec<(Vec<FrameId>, Vec<EntryId>)>,
}

impl Numbering {
    /// Numbers the frames of each unit in their order, and its entries lexicon by lexicon in the order of what they say: entries that say
    /// the same have one number, that of the first.
    pub fn of(units: &Units, plan: &Plan<'_>) -> Numbering {
        let mut numbers = Numbering {
            frames: vec![(0, 0); plan.frames().len()],
            entries: plan
                .lexicons()
                .iter()
                .map(|lexicon| vec![(0, EntryId::default()); lexicon.entries.len()])
                .collect(),
            back: units.frames.iter().map(|frames| (frames.clone(), Vec::new())).collect(),
        };
        for (unit, frames) in units.frames.iter().enumerate() {
            for (number, &frame) in frames.iter().enumerate() {
                numbers.frames[frame as usize] = (unit, number as FrameId);
            }
        }
        for (number, lexicon) in plan.lexicons().iter().enumerate() {
            let mut entries: BTreeMap<(UnitId, String), Vec<usize>> = BTreeMap::new();
            for (at, entry) in lexicon.entries.iter().enumerate() {
                let unit = units.of_frame(plan.frames_of(number)[entry.frame]);
                entries.entry((unit, line(lexicon, entry))).or_default().push(at);
            }
            for ((unit, _), same) in entries {
                let back = &mut numbers.back[unit].1;
                let within = EntryId { lexicon: 0, entry: back.len() as u32 };
                back.push(EntryId { lexicon: number as u32, entry: same[0] as u32 });
                same.into_iter().for_each(|at| numbers.entries[number][at] = (unit, within));
            }
        }
        numbers
    }

    /// Number of units.
    pub fn units(&self) -> usize {
        self.back.len()
    }

    /// The frames of a unit.
    pub fn frames_of(&self, unit: UnitId) -> &[FrameId] {
        &self.back[unit].0
    }

    /// The unit of a frame, and its number there.
    pub fn frame(&self, frame: FrameId) -> (UnitId, FrameId) {
        self.frames[frame as usize]
    }

    /// The unit of an entry, and its number there.
    pub fn entry(&self, entry: EntryId) -> (UnitId, EntryId) {
        self.entries[entry.lexicon as usize][entry.entry as usize]
    }

    /// The frame of a number within a unit.
    pub fn frame_of(&self, unit: UnitId, frame: FrameId) -> Option<FrameId> {
        self.back[unit].0.get(frame as usize).copied()
    }

    /// The entry of a number within a unit.
    pub fn entry_of(&self, unit: UnitId, entry: EntryId) -> Option<EntryId> {
        self.back[unit].1.get(entry.entry as usize).copied()
    }
}
