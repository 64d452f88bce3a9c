//! Frames and entries as they stand in the rows of hits.
//!
//! In: a plan. Out: their cells, made once for all rows.
//! Invariant: a cell ends with its comma, so that rows are put together from cells.

use super::sheet::cells_of;
use crate::lookup::{EntryId, FrameId, Plan};
use serde::{Deserialize, Serialize};

/// Cells of frames and entries.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Printed {
    /// Of each frame.
    pub(super) frames: Vec<String>,
    /// Of each entry, in the order of `terms.csv`: as written, and where.
    pub(super) entries: Vec<[String; 2]>,
    /// `file:line` of each entry.
    #[serde(skip)]
    at: Vec<String>,
    /// Row in `terms.csv` of each lexicon's first entry.
    #[serde(skip)]
    first: Vec<u32>,
}

impl Printed {
    /// Those of a plan.
    pub fn of(plan: &Plan<'_>) -> Printed {
        let frames = plan.frames().iter().map(|frame| cells_of(&[frame])).collect();
        let mut printed = Printed { frames, ..Printed::default() };
        for lexicon in plan.lexicons() {
            printed.first.push(printed.entries.len() as u32);
            for entry in &lexicon.entries {
                let at = format!("{}:{}", lexicon.file, entry.line);
                printed.entries.push([cells_of(&[&entry.text]), cells_of(&[&at])]);
                printed.at.push(at);
            }
        }
        printed
    }

    /// The row of an entry in `terms.csv`.
    pub(super) fn row(&self, entry: EntryId) -> u32 {
        self.first[entry.lexicon as usize] + entry.entry
    }

    /// `file:line` of an entry.
    pub(super) fn at(&self, entry: EntryId) -> &str {
        &self.at[self.row(entry) as usize]
    }

    /// Cells of a hit's frame and entry.
    pub(super) fn cells(&self, frame: FrameId, entry: EntryId) -> [&str; 3] {
        let [text, at] = &self.entries[self.row(entry) as usize];
        [&self.frames[frame as usize], text, at]
    }
}
