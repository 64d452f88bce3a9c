//! Pearson's χ², with and without Yates' correction.
//!
//! In: a table of counts. Out: the score, or why there is none.
//! Invariant: the same whatever the order of the texts.
//! It deliberately is no test over articles.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::table::Table;

measure! {
    CHI_SQUARED, "descriptive", "chi2";
    what: "Pearson's chi-squared: distance of the four counts from those expected at one common rate.";
    formula: "Σ (O − E)²/E over a, b, c−a, d−b; with Yates' correction |O − E| is first lessened by ½, at most to 0";
    unit: "no unit, 0 and above; the direction is a separate column";
    missing: "\"no words\" where a group is empty; \"no hits\" where the word occurs in neither; \"not defined\" where there is no other word";
    source: "Pearson 1900; Yates 1934, both as in scipy's chi2_contingency";
    beware: "It treats words as independent, and expected counts below 5 make it worse. quanteda applies Yates only under a condition: see `quanteda`.";
    example: "let table = keyness::Table::new(30, 10, 1_000, 1_000);\n\
              let chi2 = keyness::chi_squared::chi_squared(table, false).value().unwrap();\n\
              assert!((chi2 - (2.0 * 10.0 * 10.0 / 20.0 + 2.0 * 10.0 * 10.0 / 980.0)).abs() < 1e-12);\n\
              let yates = keyness::chi_squared::chi_squared(table, true).value().unwrap();\n\
              assert!((yates - (2.0 * 9.5 * 9.5 / 20.0 + 2.0 * 9.5 * 9.5 / 980.0)).abs() < 1e-12);";
}

/// [`CHI_SQUARED`] of a table.
pub fn chi_squared(table: Table, yates: bool) -> Measured {
    if let Some(why) = table.why_missing() {
        return Measured::Missing(why);
    }
    let excess = table.excess().abs();
    let excess = if yates { (excess - 0.5).max(0.0) } else { excess };
    let sum: f64 = table.cells().iter().map(|(_, expected)| excess / expected * excess).sum();
    Measured::of(sum, Why::Undefined)
}
