//! Juilland's D.
//!
//! In: hits and words per article. Out: one number, or why there is none.
//! Invariant: the order of the articles never enters.
//! It deliberately knows no outlets.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::super::tally::Unit;
use super::{parts, sorted_rates};

measure! {
    JUILLAND, "descriptive", "juilland-d";
    what: "Evenness of the article rates, from their coefficient of variation.";
    formula: "D = 1 − (sd(p) / mean(p)) / √(n − 1); p_i = v_i/l_i, sd with denominator n";
    unit: "share, 0 (all in one article) to 1 (even)";
    missing: "\"no hits\", \"one article\", \"no articles\"";
    source: "Juilland, Brodin and Davidovitch 1970, in the form for parts of unequal size";
    beware: "With hundreds of articles it comes close to 1 for nearly every word.";
    example: "let unit = |hits, words| Unit { hits, words };\n\
              let d = dispersion::juilland::juilland(&[unit(1, 9), unit(2, 10), unit(3, 10), unit(4, 10), unit(5, 11)]);\n\
              let p: [f64; 5] = [1.0 / 9.0, 0.2, 0.3, 0.4, 5.0 / 11.0];\n\
              let mean = p.iter().sum::<f64>() / 5.0;\n\
              let sd = (p.iter().map(|p| (p - mean) * (p - mean)).sum::<f64>() / 5.0).sqrt();\n\
              assert!((d.value().unwrap() - (1.0 - sd / mean / 4f64.sqrt())).abs() < 1e-12);\n\
              assert!((d.value().unwrap() - 0.785150).abs() < 1e-6);";
}

/// [`JUILLAND`] of a frame over articles.
pub fn juilland(units: &[Unit]) -> Measured {
    let rates = match parts(units) {
        Ok(parts) => sorted_rates(&parts),
        Err(why) => return Measured::Missing(why),
    };
    let n = rates.len() as f64;
    let mean = rates.iter().sum::<f64>() / n;
    let variance = rates.iter().map(|p| (p - mean) * (p - mean)).sum::<f64>() / n;
    Measured::of(1.0 - libm::sqrt(variance) / mean / libm::sqrt(n - 1.0), Why::Undefined)
}
