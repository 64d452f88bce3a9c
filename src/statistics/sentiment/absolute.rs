//! Surplus of positive hits among all words.
//!
//! In: whole-number counts or sums. Out: one score, or why there is none.
//! Invariant: no hits give no score.
//! It deliberately knows nothing of articles: `of_group` does.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};

measure! {
    ABSOLUTE, "estimate", "absolute";
    what: "Positive minus negative hits, divided by all words.";
    formula: "(pos − neg) / N; N all words, neutral ones included";
    unit: "share, −1 to 1";
    missing: "\"no words\"";
    source: "absolute proportional difference, as in quanteda.sentiment (there N counts looked-up units)";
    beware: "It mixes tone with how much is evaluated at all.";
    example: "assert_eq!(sentiment::absolute(12, 5, 100).value(), Some(0.07));";
}

/// [`ABSOLUTE`] of counts.
pub fn absolute(positive: u64, negative: u64, all: u64) -> Measured {
    Measured::of((positive as f64 - negative as f64) / all as f64, Why::NoWords)
}
