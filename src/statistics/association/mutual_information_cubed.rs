//! Cubed mutual information.
//!
//! In: counts of a pair. Out: one score, or why there is none.
//! Invariant: the expected count is that of [`Pair`].
//! It deliberately has no p.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::Pair;

measure! {
    MUTUAL_INFORMATION_CUBED, "descriptive", "mi3";
    what: "Mutual information with the count cubed, which favours frequent pairs.";
    formula: "log2(O³/E); E as for pmi";
    unit: "doublings, any sign";
    missing: "\"no hits\" where the two never meet, \"no words\" in an empty corpus";
    source: "Daille 1994, after Oakes 1998";
    beware: "It grows with the size of the corpus: compare within one corpus only.";
    example: "let pair = association::Pair { together: 30, x: 100, y: 200, n: 100_000, window: 0 };\n\
              let expected = 100.0 * 200.0 / 100_000.0;\n\
              let score = association::mutual_information_cubed::mutual_information_cubed(pair).value().unwrap();\n\
              assert!((score - f64::log2(27_000.0 / expected)).abs() < 1e-12);";
}

/// [`MUTUAL_INFORMATION_CUBED`] of a pair.
pub fn mutual_information_cubed(pair: Pair) -> Measured {
    match pair.why_missing() {
        Some(why) => Measured::Missing(why),
        None => {
            let observed = pair.together as f64;
            Measured::of(libm::log2(observed * observed * observed / pair.expected()), Why::Undefined)
        }
    }
}
