//! Lift.
//!
//! In: units with both frames, one, neither. Out: one score, or why there is none.
//! Invariant: a unit counts once.
//! It deliberately has no p.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::Units;

measure! {
    LIFT, "descriptive", "lift";
    what: "How many times more sentences or articles have both frames than would if the frames were independent.";
    formula: "n11 n / ((n11 + n10)(n11 + n01)), n = n11 + n10 + n01 + n00";
    unit: "ratio, 0 and above; 1 is chance, 2 twice as many as by chance";
    missing: "\"no hits\" where a frame never occurs";
    source: "Brin, Motwani, Ullman and Tsur 1997, Dynamic itemset counting, SIGMOD";
    beware: "Of rare frames it is large by chance alone: read it with the number of meetings. Long articles have every frame, so that articles have a lift above 1.";
    example: "let units = cooccurrence::Units { both: 30, first: 10, second: 20, neither: 40 };\n\
              assert_eq!(cooccurrence::lift::lift(units).value(), Some(30.0 * 100.0 / (40.0 * 50.0)));";
}

/// [`LIFT`] of two frames.
pub fn lift(units: Units) -> Measured {
    if let Some(why) = units.why_missing() {
        return Measured::Missing(why);
    }
    let [both, first, second, neither] = [units.both, units.first, units.second, units.neither].map(|n| n as f64);
    let all = both + first + second + neither;
    Measured::of(both * all / ((both + first) * (both + second)), Why::NoHits)
}
