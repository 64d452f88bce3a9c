//! How extreme a permutation is, and what share of the permutations is as extreme.
//!
//! In: what the permutations gave. Out: p.
//! Invariant: p is never 0, for the observed permutation is one of them.
//! It deliberately counts a permutation that ties with the observed one half: see [`p_of`].

use super::super::measured::{Measured, Why};
use std::cmp::Ordering;

/// The level that a test must be able to reach.
const LEVEL: f64 = 0.05;
/// With fewer articles on a side than this, the true size of a test at 5 % must lie between the two bounds below.
pub const COARSE_BELOW: usize = 20;
/// Least true size at 5 % of a printed test of few articles.
pub const MIN_SIZE: f64 = 0.025;
/// Greatest true size at 5 % of a printed test of few articles.
pub const MAX_SIZE: f64 = 0.065;

/// How far a permutation lies from equal rates: |θ| as the larger of the rate ratio and its inverse, then evenness.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Extremity {
    ratio: f64,
    evenness: i64,
}

impl Extremity {
    pub(in super::super) fn of(
        found: u64,
        others: u64,
        words: f64,
        other_words: f64,
        even: u64,
        others_even: u64,
    ) -> Extremity {
        Extremity::around([1.0, 1.0], found, others, [words, other_words], [even, others_even])
    }

    /// The same, seen from rates whose ratio is that of the two numbers of `centre`.
    pub(in super::super) fn around(
        centre: [f64; 2],
        found: u64,
        others: u64,
        [words, other_words]: [f64; 2],
        [even, others_even]: [u64; 2],
    ) -> Extremity {
        let group = (found as f64 + 0.5) * (other_words + 1.0) * centre[1];
        let rest = (others as f64 + 0.5) * (words + 1.0) * centre[0];
        let difference = even as i64 - others_even as i64;
        let (ratio, evenness) = if group > rest {
            (group / rest, difference)
        } else if group < rest {
            (rest / group, -difference)
        } else {
            (1.0, difference.abs())
        };
        Extremity { ratio, evenness }
    }

    pub(in super::super) fn compare(&self, other: &Extremity) -> Ordering {
        self.ratio.total_cmp(&other.ratio).then(self.evenness.cmp(&other.evenness))
    }
}

/// What decides how ties count and whether a test is too coarse.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Shape {
    /// Articles of the smaller side.
    pub(in super::super) smaller_side: usize,
    /// All permutations are looked at and the sides are equal: each permutation's mirror image is another, and as extreme.
    pub(in super::super) mirrored: bool,
}

/// The share of permutations (the observed one among them) that are at least as extreme as `seen`.
///
/// Other permutations that tie with it count half, its mirror image fully. Where nothing ties this is the usual
/// (1 + #extreme)/(R + 1). Articles of equal length and few hits tie often, and with whole ties a test at 5 % of ten such
/// articles a group is one at 2.7 %. Where ties are so many that the true size of a test at 5 % of few articles would
/// leave [`MIN_SIZE`] to [`MAX_SIZE`], there is no p.
pub(in super::super) fn p_of(permutations: &mut [Extremity], seen: Extremity, shape: Shape) -> Measured {
    let total = permutations.len() as f64;
    let above = permutations.iter().filter(|permutation| permutation.compare(&seen).is_gt()).count();
    let tied = permutations.iter().filter(|permutation| permutation.compare(&seen).is_eq()).count();
    let size = size(permutations, shape) as f64 / total;
    let coarse = shape.smaller_side < COARSE_BELOW && !(MIN_SIZE..=MAX_SIZE).contains(&size);
    if size <= 0.0 || coarse {
        return Measured::Missing(Why::TooFewArticles);
    }
    Measured::of(extreme(above, tied, shape) / total, Why::TooFewArticles)
}

/// Dealings as extreme as one of `tied` that tie, `above` being more extreme.
fn extreme(above: usize, tied: usize, shape: Shape) -> f64 {
    let whole = 1 + usize::from(shape.mirrored && tied > 1);
    above as f64 + whole as f64 + (tied - whole) as f64 / 2.0
}

/// How many of these very permutations would be called significant at 5 %.
fn size(permutations: &mut [Extremity], shape: Shape) -> usize {
    let allowed = LEVEL * permutations.len() as f64;
    let last = (allowed as usize).min(permutations.len() - 1);
    permutations.select_nth_unstable_by(last, |a, b| b.compare(a));
    let (top, others) = permutations.split_at_mut(last + 1);
    top.sort_unstable_by(|a, b| b.compare(a));
    let mut size = 0;
    for ties in top.chunk_by(|a, b| a.compare(b).is_eq()) {
        let mut tied = ties.len();
        if size + tied == top.len() {
            tied += others.iter().filter(|permutation| permutation.compare(&ties[0]).is_eq()).count();
        }
        if extreme(size, tied, shape) > allowed {
            break;
        }
        size += tied;
    }
    size
}
