//! Burch's and Egbert's DA.
//!
//! In: hits and words per article. Out: one number, or why there is none.
//! Invariant: the order of the articles never enters.
//! It deliberately knows no outlets.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::super::tally::Unit;
use super::{parts, sorted_rates};

measure! {
    PAIRWISE_DIFFERENCES, "descriptive", "da";
    what: "Evenness of the article rates, from how far any two articles lie apart.";
    formula: "DA = 1 − mean_{i<j} |p_i − p_j| / (2 mean p); p_i = v_i/l_i";
    unit: "share, 0 (all in one article) to 1 (even)";
    missing: "\"no hits\", \"one article\", \"no articles\"";
    source: "Burch, Egbert and Biber 2017, Journal of Research Design and Statistics in Linguistics 3(2)";
    beware: "For rare words it comes close to the share of articles that have them.";
    example: "let unit = |hits, words| Unit { hits, words };\n\
              let da = dispersion::pairwise_differences::pairwise_differences(&[unit(1, 10), unit(2, 10), unit(6, 10)]);\n\
              let mean_gap = (0.1 + 0.5 + 0.4) / 3.0;\n\
              assert!((da.value().unwrap() - (1.0 - mean_gap / (2.0 * 0.3))).abs() < 1e-12);";
}

/// [`PAIRWISE_DIFFERENCES`] of a frame over articles.
pub fn pairwise_differences(units: &[Unit]) -> Measured {
    let rates = match parts(units) {
        Ok(parts) => sorted_rates(&parts),
        Err(why) => return Measured::Missing(why),
    };
    // Of sorted rates the i-th is subtracted from n−1−i larger ones and has i smaller ones: no loop over pairs.
    let n = rates.len() as f64;
    let gaps: f64 = rates.iter().enumerate().map(|(i, p)| (2.0 * i as f64 - (n - 1.0)) * p).sum();
    let mean = rates.iter().sum::<f64>() / n;
    Measured::of(1.0 - gaps / (n * (n - 1.0) / 2.0) / (2.0 * mean), Why::Undefined)
}
