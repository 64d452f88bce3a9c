//! Normalised mutual information.
//!
//! In: counts of a pair. Out: one score, or why there is none.
//! Invariant: the expected count is that of [`Pair`].
//! It deliberately has no p.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::Pair;

measure! {
    MUTUAL_INFORMATION_NORMED, "descriptive", "npmi";
    what: "Mutual information as a share of the most it could be for a pair of this frequency.";
    formula: "pmi / −log2(O/N)";
    unit: "share, −1 to 1; 0 is chance, 1 is always together";
    missing: "\"no hits\" where the two never meet, \"no words\" in an empty corpus";
    source: "Bouma 2009, GSCL";
    beware: "In a window it may exceed 1, because a collocate can stand in several places.";
    example: "let pair = association::Pair { together: 30, x: 100, y: 200, n: 100_000, window: 0 };\n\
              let expected = 100.0 * 200.0 / 100_000.0;\n\
              let score = association::mutual_information_normed::mutual_information_normed(pair).value().unwrap();\n\
              assert!((score - f64::log2(30.0 / expected) / -f64::log2(30.0 / 100_000.0)).abs() < 1e-12);";
}

/// [`MUTUAL_INFORMATION_NORMED`] of a pair.
pub fn mutual_information_normed(pair: Pair) -> Measured {
    match pair.why_missing() {
        Some(why) => Measured::Missing(why),
        None => {
            let observed = pair.together as f64;
            let most = -libm::log2(observed / pair.n as f64);
            Measured::of(libm::log2(observed / pair.expected()) / most, Why::Undefined)
        }
    }
}
