//! Every pair of groups.
//!
//! In: [`Groups`]. Out: [`Pairs`], or the reason why there are none.
//! Invariant: one family of tests: all pairs and frames.

use super::Options;
use crate::statistics::{ComparisonRow, Groups};

/// Comparisons of every two groups.
pub struct Pairs {
    /// One group, the other, and their comparison.
    pub rows: Vec<(usize, usize, ComparisonRow)>,
    /// Why there are no rows, in words; empty where there are some.
    pub left_out: String,
}

impl Pairs {
    pub(super) fn of(groups: &Groups<'_>, strata: Option<&[u32]>, settings: &Options) -> Pairs {
        let n = groups.groups();
        let none = |left_out: String| Pairs { rows: Vec::new(), left_out };
        if n < 2 {
            return none("a pair needs two groups".to_string());
        }
        let pairs = n * (n - 1) / 2;
        match settings.pairwise {
            Some(false) => none("the study does not want them".to_string()),
            None if n > Options::PAIRS => none(format!(
                "{n} groups make {pairs} pairs, and so many tests at once find little; `[statistics] pairwise = true` compares them"
            )),
            _ => Pairs { rows: groups.pairs(strata), left_out: String::new() },
        }
    }
}
