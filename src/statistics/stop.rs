//! When the draws of a test end: as soon as p is told well enough.
//!
//! In: how many draws a study asks for, of how many tests; draws, one by one. Out: a p, or none where draws could not tell it.
//! Invariant: which draws are made depends on these alone; p is never 0.

use super::cached_tests::Digest;

/// As many draws at least as extreme as what was found end the drawing: p is told well enough.
const ENOUGH_EXTREME: u32 = 100;
/// Draws of a test at most, however many tests there are: they tell a lone finding among 2,500 tests.
const MOST_DRAWS: u64 = 49_999;
/// As many draws at least as extreme end the drawing where p is so large that nobody asks for its second digit …
const PLAIN: u32 = 50;
/// … within this many draws.
const PLAIN_WITHIN: u64 = 500;
/// After the draws that a study asks for, as many end it too: more draws are for the smallest p alone.
const ENOUGH: u32 = 5;
/// After so many draws without one that is as extreme …
const SURE_AFTER: u64 = 999;
/// … Student's p says all where it is below this: of all tests of a corpus of 37,190 articles, none of these had one in 9,999.
const SURE: f64 = 1e-6;

/// True where so many extreme draws of so many tell p well enough.
fn is_plain(extreme: u32, draws: u64) -> bool {
    extreme >= ENOUGH_EXTREME || extreme >= PLAIN && draws <= PLAIN_WITHIN
}

/// When draws end.
pub(super) struct Stop {
    /// Draws that a study asks for.
    pub(super) first: u64,
    /// Tests of the family: the smallest p must lie below .05 / tests, or q could never be small.
    pub(super) tests: u64,
}

impl Stop {
    /// For one of so many `tests`.
    pub(super) fn of(tests: u64, options: &super::Options) -> Stop {
        Stop { first: u64::from(options.permutations), tests }
    }

    /// Everything that decides when draws end, and the seed and keys of their stream.
    pub(super) fn digest_into(
        &self,
        student: f64,
        (seed, keys): (u64, impl Iterator<Item = u64>),
        digest: &mut Digest,
    ) {
        digest.numbers([seed, self.first, self.tests].map(f64::from_bits));
        digest.numbers([student]);
        digest.numbers(keys.map(f64::from_bits));
    }

    /// p by draws, each of which `is_extreme` makes; none where no draw of those asked for was as extreme and `student`, the p of Student's t,
    /// whose tail is the heavier, is smaller than they could tell, or far smaller and none of the first was.
    pub(super) fn p(&self, student: f64, mut is_extreme: impl FnMut() -> bool) -> Option<f64> {
        let p = |extreme: u32, draws: u64| (1.0 + f64::from(extreme)) / (1.0 + draws as f64);
        // where the draws asked for can tell a lone finding of the family, they are all that is said
        let can_tell = p(0, self.first) <= 1.0 / (20.0 * self.tests as f64);
        let mut extreme = 0;
        for draw in 1..=self.first {
            extreme += u32::from(is_extreme());
            if is_plain(extreme, draw) {
                return Some(f64::from(extreme) / draw as f64);
            }
            if draw == SURE_AFTER && extreme == 0 && student < SURE && !can_tell {
                return None;
            }
        }
        if extreme == 0 && student < p(0, self.first) && !can_tell {
            return None;
        }
        let wanted = (21 * self.tests).min(MOST_DRAWS);
        for draw in self.first + 1..=wanted {
            if extreme >= ENOUGH {
                return Some(p(extreme, draw - 1));
            }
            extreme += u32::from(is_extreme());
        }
        Some(p(extreme, wanted.max(self.first)))
    }
}
