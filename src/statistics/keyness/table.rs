//! A word in two groups of texts.
//!
//! In: two counts and two sizes. Out: expected counts and the direction in words.
//! Invariant: neither count exceeds its size.
//! It deliberately keeps whole numbers until the last step.

use super::super::measured::Why;
use serde::{Deserialize, Serialize};

/// `a` of `c` words in the focus group, `b` of `d` in the reference group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Count in the focus group.
    pub a: u64,
    /// Count in the reference group.
    pub b: u64,
    /// Size of the focus group.
    pub c: u64,
    /// Size of the reference group.
    pub d: u64,
}

/// In which group the word is relatively more frequent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// In the reference group.
    Reference,
    /// Equally in both.
    Neither,
    /// In the focus group.
    Focus,
}

impl Direction {
    /// The direction in words, such as "more in Daily Meridian".
    pub fn in_words(self, focus: &str, reference: &str) -> String {
        match self {
            Direction::Focus => format!("more in {focus}"),
            Direction::Reference => format!("more in {reference}"),
            Direction::Neither => "as often in both".to_string(),
        }
    }

    /// 1, 0 or −1.
    pub fn sign(self) -> f64 {
        match self {
            Direction::Focus => 1.0,
            Direction::Neither => 0.0,
            Direction::Reference => -1.0,
        }
    }
}

impl Table {
    /// The table; counts are cut to their sizes.
    pub fn new(a: u64, b: u64, c: u64, d: u64) -> Table {
        Table { a: a.min(c), b: b.min(d), c, d }
    }

    /// The two groups swapped.
    pub fn swapped(self) -> Table {
        Table { a: self.b, b: self.a, c: self.d, d: self.c }
    }

    /// Where the word is relatively more frequent.
    pub fn direction(self) -> Direction {
        match self.cross().cmp(&0) {
            std::cmp::Ordering::Greater => Direction::Focus,
            std::cmp::Ordering::Equal => Direction::Neither,
            std::cmp::Ordering::Less => Direction::Reference,
        }
    }

    /// Why no effect size can be given, where that is so.
    pub fn why_missing(self) -> Option<Why> {
        if self.c == 0 || self.d == 0 {
            Some(Why::NoWords)
        } else if self.a + self.b == 0 {
            Some(Why::NoHits)
        } else {
            None
        }
    }

    /// The four counts with the expected one of each: word in focus, word in reference, others in focus, in reference.
    pub(in super::super) fn cells(self) -> [(f64, f64); 4] {
        let n = (self.c + self.d) as f64;
        let (word, others) = ((self.a + self.b) as f64, (self.c + self.d - self.a - self.b) as f64);
        let (c, d) = (self.c as f64, self.d as f64);
        [
            (self.a as f64, word * c / n),
            (self.b as f64, word * d / n),
            ((self.c - self.a) as f64, others * c / n),
            ((self.d - self.b) as f64, others * d / n),
        ]
    }

    /// Observed minus expected count of the word in the focus group; the other cells differ by as much.
    pub(in super::super) fn excess(self) -> f64 {
        self.cross() as f64 / (self.c + self.d) as f64
    }

    /// The counts, a zero one taken as ½.
    pub(in super::super) fn halved(self) -> (f64, f64) {
        let half = |x: u64| if x == 0 { 0.5 } else { x as f64 };
        (half(self.a), half(self.b))
    }

    fn cross(self) -> i128 {
        i128::from(self.a) * i128::from(self.d) - i128::from(self.b) * i128::from(self.c)
    }
}
