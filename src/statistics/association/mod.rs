//! Which words keep company.
//!
//! In: how often two words occur together and each on its own. Out: scores, one file each.
//! Invariant: one expected count serves all of them, and says which it is.
//! It deliberately does not look into texts: that a window ends at a sentence, an article or a quotation is settled
//! when the pairs are counted.

pub mod g_squared;
pub mod log_dice;
pub mod mutual_information;
pub mod mutual_information_cubed;
pub mod mutual_information_normed;
pub mod t_score;

use super::measured::Why;

/// Two words: together `together` times; `x` and `y` times each; `n` words in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Times together.
    pub together: u64,
    /// Frequency of the node.
    pub x: u64,
    /// Frequency of the collocate.
    pub y: u64,
    /// Words, or for co-occurrence in a unit, units.
    pub n: u64,
    /// Words looked at on each side of the node; 0 where pairs are adjacent or units are counted.
    pub window: u32,
}

impl Pair {
    /// The number of places where a collocate could stand: f_x, or 2w f_x in a window of w words on each side.
    pub fn places(&self) -> u64 {
        self.x * if self.window == 0 { 1 } else { 2 * u64::from(self.window) }
    }

    /// Times together if the two had nothing to do with each other: f_x f_y / N, times 2w in a window.
    pub fn expected(&self) -> f64 {
        self.places() as f64 * self.y as f64 / self.n as f64
    }

    /// Why no score can be given, where that is so.
    fn why_missing(&self) -> Option<Why> {
        if self.n == 0 {
            Some(Why::NoWords)
        } else if self.together == 0 {
            Some(Why::NoHits)
        } else {
            None
        }
    }
}
