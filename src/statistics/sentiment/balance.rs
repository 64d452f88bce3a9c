//! Positive against negative hits.
//!
//! In: whole-number counts or sums. Out: one score, or why there is none.
//! Invariant: no hits give no score.
//! It deliberately knows nothing of articles: `of_group` does.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};

measure! {
    BALANCE, "estimate", "balance";
    what: "Positive minus negative hits, divided by their sum.";
    formula: "(pos − neg) / (pos + neg); interval of a group: that of the share of positive hits among both (label-share), times 2, less 1";
    unit: "share, −1 to 1; 0 is as many of both";
    missing: "\"no hits\": never a neutral score";
    source: "relative proportional difference: Lowe, Benoit, Mikhaylov and Laver 2011, Legislative Studies Quarterly 36(1)";
    beware: "One hit makes it −1 or 1. No dictionary that was tested came close to human coding: validate.";
    example: "assert_eq!(sentiment::balance(12, 5).value(), Some(7.0 / 17.0));";
}

/// [`BALANCE`] of counts.
pub fn balance(positive: u64, negative: u64) -> Measured {
    let (pos, neg) = (positive as f64, negative as f64);
    Measured::of((pos - neg) / (pos + neg), Why::NoHits)
}
