//! t score.
//!
//! In: counts of a pair. Out: one score, or why there is none.
//! Invariant: the expected count is that of [`Pair`].
//! It deliberately has no p.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::Pair;

measure! {
    T_SCORE, "descriptive", "t-score";
    what: "How far the count lies above chance, in units of its own square root.";
    formula: "(O − E) / √O; E as for pmi";
    unit: "no unit, any sign";
    missing: "\"no hits\" where the two never meet, \"no words\" in an empty corpus";
    source: "Church, Gale, Hanks and Hindle 1991";
    beware: "It favours frequent words, and is no Student t: a score to rank by.";
    example: "let pair = association::Pair { together: 30, x: 100, y: 200, n: 100_000, window: 0 };\n\
              let expected = 100.0 * 200.0 / 100_000.0;\n\
              let score = association::t_score::t_score(pair).value().unwrap();\n\
              assert!((score - (30.0 - expected) / f64::sqrt(30.0)).abs() < 1e-12);";
}

/// [`T_SCORE`] of a pair.
pub fn t_score(pair: Pair) -> Measured {
    match pair.why_missing() {
        Some(why) => Measured::Missing(why),
        None => {
            let observed = pair.together as f64;
            Measured::of((observed - pair.expected()) / libm::sqrt(observed), Why::Undefined)
        }
    }
}
