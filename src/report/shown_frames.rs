//! Which frames charts and page show, where there are more than a page of them.
//!
//! In: estimates. Out: frames by number, in their own order, and a sentence about the others.
//! Invariant: what is left out is said, and is in the tables.

use super::chart::count;
use crate::estimates::{Estimates, SHOWN_FRAMES, shown_frames};

/// Frames that are shown, and what to say of the others.
pub(super) struct Shown {
    /// Ascending.
    pub frames: Vec<usize>,
    /// Empty where none is left out.
    pub note: String,
}

impl Shown {
    /// The frames with most counted hits of so many.
    pub fn of(estimates: &Estimates, frames: usize) -> Shown {
        let mut hits = vec![0u64; frames];
        for row in &estimates.frames {
            if let Some(sum) = hits.get_mut(row.frame) {
                *sum += row.hits;
            }
        }
        let shown = shown_frames(&hits);
        let note = match frames - shown.len() {
            0 => String::new(),
            more => format!(
                "The {SHOWN_FRAMES} frames with most hits; {} more with {} hits in all are in the tables.",
                count(more as u64),
                count(hits.iter().sum::<u64>() - shown.iter().map(|&frame| hits[frame]).sum::<u64>())
            ),
        };
        Shown { frames: shown, note }
    }

    /// The place of a frame among those that are shown.
    pub fn place(&self, frame: usize) -> Option<usize> {
        self.frames.binary_search(&frame).ok()
    }
}
