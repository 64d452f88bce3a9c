//! Pointwise mutual information.
//!
//! In: counts of a pair. Out: one score, or why there is none.
//! Invariant: the expected count is that of [`Pair`].
//! It deliberately has no p.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::Pair;

measure! {
    MUTUAL_INFORMATION, "descriptive", "pmi";
    what: "How many times more often than by chance, in doublings.";
    formula: "log2(O/E); E = f_x f_y / N, times 2w in a window of w words on each side";
    unit: "doublings, any sign; 0 is chance";
    missing: "\"no hits\" where the two never meet, \"no words\" in an empty corpus";
    source: "Church and Hanks 1990, Computational Linguistics 16(1)";
    beware: "It favours rare words: two words that each occur once, together, score highest. It is not chi-squared distributed and has no p.";
    example: "let pair = association::Pair { together: 30, x: 100, y: 200, n: 100_000, window: 0 };\n\
              let expected = 100.0 * 200.0 / 100_000.0;\n\
              let score = association::mutual_information::mutual_information(pair).value().unwrap();\n\
              assert!((score - f64::log2(30.0 / expected)).abs() < 1e-12);";
}

/// [`MUTUAL_INFORMATION`] of a pair.
pub fn mutual_information(pair: Pair) -> Measured {
    match pair.why_missing() {
        Some(why) => Measured::Missing(why),
        None => Measured::of(libm::log2(pair.together as f64 / pair.expected()), Why::Undefined),
    }
}
