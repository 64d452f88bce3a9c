//! Jaccard's index.
//!
//! In: units with both frames, one, neither. Out: one score, or why there is none.
//! Invariant: a unit counts once.
//! It deliberately has no p.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::Units;

measure! {
    JACCARD, "descriptive", "jaccard";
    what: "Of the sentences or articles with either frame, the share that has both.";
    formula: "n11 / (n11 + n10 + n01)";
    unit: "share, 0 to 1";
    missing: "\"no hits\" where a frame never occurs";
    source: "Jaccard 1912, New Phytologist 11(2)";
    beware: "It does not correct for chance: two frequent frames often occur together.";
    example: "let units = cooccurrence::Units { both: 30, first: 10, second: 20, neither: 40 };\n\
              assert_eq!(cooccurrence::jaccard::jaccard(units).value(), Some(30.0 / 60.0));";
}

/// [`JACCARD`] of two frames.
pub fn jaccard(units: Units) -> Measured {
    match units.why_missing() {
        Some(why) => Measured::Missing(why),
        None => Measured::of(units.both as f64 / (units.both + units.first + units.second) as f64, Why::NoHits),
    }
}
