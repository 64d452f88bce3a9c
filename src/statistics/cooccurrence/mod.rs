//! Which frames meet in a sentence or an article.
//!
//! In: the number of units (sentences, articles) with both frames, with one, with neither. Out: scores, one file each.
//! Invariant: a unit counts once, however many hits it has.
//! It deliberately does not count the units.

pub mod jaccard;
pub mod lift;
pub mod phi;

use super::association::{Pair, log_dice::log_dice};
use super::measured::{Measured, Why};

/// Units by which of two frames they have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Units {
    /// Both frames.
    pub both: u64,
    /// Only the first.
    pub first: u64,
    /// Only the second.
    pub second: u64,
    /// Neither.
    pub neither: u64,
}

impl Units {
    /// From how many units have the first frame, the second, both, and how many units there are.
    pub fn of(first: u64, second: u64, both: u64, all: u64) -> Units {
        let both = both.min(first).min(second);
        Units { both, first: first - both, second: second - both, neither: (all + both).saturating_sub(first + second) }
    }

    /// [`log_dice`] of the two frames over units.
    pub fn log_dice(self) -> Measured {
        let (x, y) = (self.both + self.first, self.both + self.second);
        log_dice(Pair { together: self.both, x, y, n: x + self.second + self.neither, window: 0 })
    }

    fn why_missing(self) -> Option<Why> {
        if self.both + self.first + self.second + self.neither == 0 {
            Some(Why::NoArticles)
        } else if self.both + self.first == 0 || self.both + self.second == 0 {
            Some(Why::NoHits)
        } else {
            None
        }
    }
}
