//! logDice.
//!
//! In: counts of a pair. Out: one score, or why there is none.
//! Invariant: the expected count is that of [`Pair`].
//! It deliberately has no p.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::Pair;

measure! {
    LOG_DICE, "descriptive", "log-dice";
    what: "How large a part of their occurrences two words share; does not depend on the size of the corpus.";
    formula: "14 + log2(2 O / (f_x + f_y))";
    unit: "doublings, at most 14 for adjacent pairs; one more is twice as strong";
    missing: "\"no hits\" where the two never meet, \"no words\" in an empty corpus";
    source: "Rychlý 2008, RASLAN";
    beware: "It does not correct for chance: frequent words have a high score with everything.";
    example: "let pair = association::Pair { together: 30, x: 100, y: 200, n: 100_000, window: 0 };\n\
              let expected = 100.0 * 200.0 / 100_000.0;\n\
              let score = association::log_dice::log_dice(pair).value().unwrap();\n\
              assert!(expected < 30.0 && (score - (14.0 + f64::log2(60.0 / 300.0))).abs() < 1e-12);";
}

/// [`LOG_DICE`] of a pair.
pub fn log_dice(pair: Pair) -> Measured {
    match pair.why_missing() {
        Some(why) => Measured::Missing(why),
        None => {
            let shared = 2.0 * pair.together as f64 / (pair.x + pair.y) as f64;
            Measured::of(14.0 + libm::log2(shared), Why::Undefined)
        }
    }
}
