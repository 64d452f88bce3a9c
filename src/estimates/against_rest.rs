//! Comparisons of each group with the rest: which are kept, and how many were tested.
//!
//! In: a comparison of every group and frame. Out: those that have a row, and [`Tests`] of all of them.
//! Invariant: whatever has a hit or a p is kept. Of many frames the others are left out: most groups have no hit of most frames, and what
//! could be said of them is that.

use super::{Estimates, are_many, shown_frames};
use crate::statistics::{ComparisonRow, FrameRow, Why};

/// How many comparisons with the rest were made, and how many of them were tested.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tests {
    /// Groups.
    pub groups: usize,
    /// Groups with fewer articles than are tested alone.
    pub small: usize,
    /// Comparisons: groups × frames.
    pub all: usize,
    /// Comparisons with a p.
    pub made: usize,
    /// Comparisons of larger groups without one.
    pub too_few: usize,
}

impl Tests {
    pub(super) fn of(rows: &[ComparisonRow], frames: usize) -> Tests {
        let frames = frames.max(1);
        let count = |is: fn(&ComparisonRow) -> bool| rows.iter().filter(|row| is(row)).count();
        Tests {
            groups: rows.len() / frames,
            small: count(|row| row.p.why() == Some(Why::SmallGroup)) / frames,
            all: rows.len(),
            made: count(|row| row.p.value().is_some()),
            too_few: count(|row| row.p.why().is_some_and(|why| why != Why::SmallGroup)),
        }
    }
}

/// The comparisons that have a row: all; of many frames those with a hit or a p, and those of frames that charts show.
pub(super) fn kept(mut rows: Vec<ComparisonRow>, of: &[FrameRow], frames: usize) -> Vec<ComparisonRow> {
    if are_many(frames) {
        let mut hits = vec![0; frames];
        of.iter().for_each(|row| hits[row.frame] += row.hits);
        let shown = shown_frames(&hits);
        rows.retain(|row| row.hits[0] > 0 || row.p.value().is_some() || shown.binary_search(&row.frame).is_ok());
        rows.shrink_to_fit();
    }
    rows
}

impl Estimates {
    /// The comparison of a group with the rest, by frame; of many frames there is none without a hit and without a p.
    pub fn comparison(&self, group: usize, frame: usize) -> Option<&ComparisonRow> {
        // they lie together by group, frame by frame
        let at = self.comparisons.binary_search_by_key(&(group, frame), |row| (row.group, row.frame)).ok()?;
        self.comparisons.get(at)
    }
}
