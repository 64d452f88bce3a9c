//! Deviation of proportions.
//!
//! In: hits and words per article. Out: one number, or why there is none.
//! Invariant: the order of the articles never enters.
//! It deliberately knows no outlets.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::super::tally::Unit;
use super::parts;

measure! {
    DEVIATION, "descriptive", "dp";
    what: "Share of the hits that would have to move to other articles to give each article its proportionate share.";
    formula: "DP = ½ Σ |v_i/f − s_i|; v_i hits, f = Σv, s_i the article's share of the words";
    unit: "share, 0 (even) to 1 − min s (all in the shortest article)";
    missing: "\"no hits\", \"one article\", \"no articles\"";
    source: "Gries 2008, International Journal of Corpus Linguistics 13(4)";
    beware: "A rare word cannot be spread evenly: compare words of similar frequency.";
    example: "let unit = |hits, words| Unit { hits, words };\n\
              let dp = dispersion::deviation::deviation(&[unit(1, 9), unit(2, 10), unit(3, 10), unit(4, 10), unit(5, 11)]);\n\
              let fair = |v: f64, l: f64| (v / 15.0 - l / 50.0).abs();\n\
              let sum = fair(1.0, 9.0) + fair(2.0, 10.0) + fair(3.0, 10.0) + fair(4.0, 10.0) + fair(5.0, 11.0);\n\
              assert!((dp.value().unwrap() - sum / 2.0).abs() < 1e-12);\n\
              assert!((dp.value().unwrap() - 0.18).abs() < 1e-12);";
}

measure! {
    DEVIATION_NORMED, "descriptive", "dp-norm";
    what: "DP as a share of the most it can be with articles of these lengths.";
    formula: "DPnorm = DP / (1 − min s)";
    unit: "share, 0 (even) to 1 (all in the shortest article)";
    missing: "as DP";
    source: "Lijffijt and Gries 2012, International Journal of Corpus Linguistics 17(1)";
    beware: "As DP.";
    example: "let unit = |hits, words| Unit { hits, words };\n\
              let units = [unit(1, 9), unit(2, 10), unit(3, 10), unit(4, 10), unit(5, 11)];\n\
              let normed = dispersion::deviation::deviation_normed(&units).value().unwrap();\n\
              assert!((normed - 0.18 / (1.0 - 9.0 / 50.0)).abs() < 1e-12);";
}

/// [`DEVIATION`] of a frame over articles.
pub fn deviation(units: &[Unit]) -> Measured {
    measured(units, |moved, whole, _| moved / whole)
}

/// [`DEVIATION_NORMED`] of a frame over articles.
pub fn deviation_normed(units: &[Unit]) -> Measured {
    measured(units, |moved, whole, least_share| moved / whole / (1.0 - least_share))
}

/// Hands over Σ|v_i L − l_i f|, 2 f L and min s: whole numbers until the division.
fn measured(units: &[Unit], finish: impl Fn(f64, f64, f64) -> f64) -> Measured {
    let parts = match parts(units) {
        Ok(parts) => parts,
        Err(why) => return Measured::Missing(why),
    };
    let hits: u128 = parts.iter().map(|unit| u128::from(unit.hits)).sum();
    let words: u128 = parts.iter().map(|unit| u128::from(unit.words)).sum();
    let moved: u128 =
        parts.iter().map(|unit| (u128::from(unit.hits) * words).abs_diff(u128::from(unit.words) * hits)).sum();
    let least = parts.iter().map(|unit| unit.words).min().unwrap_or(0);
    Measured::of(finish(moved as f64, (2 * hits * words) as f64, f64::from(least) / words as f64), Why::Undefined)
}
