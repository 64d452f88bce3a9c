//! A story as one of the groups has it, and cells of frames.
//!
//! In: words and hits of a group and of all others in a story. Out: sums over stories taken so many times.
//! Invariant: what is the same in every resample is worked out once.

use super::Shared;
use std::ops::Range;

/// A story that several groups cover, as one of them has it.
pub(super) struct Telling {
    /// Place of the group among the chosen.
    pub own: usize,
    /// Words of the group and of the others.
    pub words: [f64; 2],
    /// For each frame with a hit on either side its place among the sums, and hits and rates of both.
    pub frames: Vec<(usize, [f64; 2], [f64; 2])>,
}

impl Telling {
    /// Adds it so many times.
    pub fn add(&self, times: f64, (shared, shared_words): (&mut [Shared], &mut [[f64; 2]])) {
        let words = self.words;
        for side in 0..2 {
            shared_words[self.own][side] += times * words[side];
        }
        for &(at, hits, rates) in &self.frames {
            let sums = &mut shared[at];
            for side in 0..2 {
                sums.hits[side] += times * hits[side];
                sums.apart[side] += times * words[side] * (rates[0] - rates[1]);
                sums.level[side] += times * words[side] * 0.5 * (rates[0] + rates[1]);
            }
        }
    }
}

/// The cells of some neighbouring frames.
pub(super) fn within<'c, T>(cells: &'c [(u32, T)], frames: &Range<u32>) -> &'c [(u32, T)] {
    let from = cells.partition_point(|cell| cell.0 < frames.start);
    let to = cells.partition_point(|cell| cell.0 < frames.end);
    &cells[from..to]
}

/// Cells by frame, those of one frame added up: whole numbers, so that their order moves no bit.
pub(super) fn merged(mut cells: Vec<(u32, f64)>) -> Vec<(u32, f64)> {
    cells.sort_unstable_by_key(|cell| cell.0);
    cells.dedup_by(|next, sum| {
        let is_same = next.0 == sum.0;
        if is_same {
            sum.1 += next.1;
        }
        is_same
    });
    cells
}
