//! φ.
//!
//! In: units with both frames, one, neither. Out: one score, or why there is none.
//! Invariant: a unit counts once.
//! It deliberately has no p.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::Units;

measure! {
    PHI, "descriptive", "phi";
    what: "Correlation between the presence of two frames, over sentences or articles.";
    formula: "(n11 n00 − n10 n01) / √((n11+n10)(n11+n01)(n00+n10)(n00+n01))";
    unit: "correlation, −1 to 1; 0 is chance";
    missing: "\"no hits\" where a frame never occurs, \"no variation\" where one occurs in every unit";
    source: "Yule 1912, Journal of the Royal Statistical Society 75(6)";
    beware: "Frames of different frequency cannot reach 1; long articles have every frame.";
    example: "let units = cooccurrence::Units { both: 30, first: 10, second: 20, neither: 40 };\n\
              let phi = cooccurrence::phi::phi(units).value().unwrap();\n\
              assert!((phi - (30.0 * 40.0 - 10.0 * 20.0) / f64::sqrt(40.0 * 50.0 * 50.0 * 60.0)).abs() < 1e-12);";
}

/// [`PHI`] of two frames.
pub fn phi(units: Units) -> Measured {
    if let Some(why) = units.why_missing() {
        return Measured::Missing(why);
    }
    let [both, first, second, neither] = [units.both, units.first, units.second, units.neither].map(|n| n as f64);
    let product = (both + first) * (both + second) * (neither + first) * (neither + second);
    let cross = i128::from(units.both) * i128::from(units.neither) - i128::from(units.first) * i128::from(units.second);
    Measured::of(cross as f64 / libm::sqrt(product), Why::NoVariation)
}
