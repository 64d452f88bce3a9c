//! Kullback–Leibler divergence.
//!
//! In: hits and words per article. Out: one number, or why there is none.
//! Invariant: the order of the articles never enters.
//! It deliberately knows no outlets.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::super::tally::Unit;
use super::parts;

measure! {
    KULLBACK_LEIBLER, "descriptive", "kld";
    what: "Distance, in bits, between the distribution of hits and that of words over the articles (Kullback–Leibler divergence).";
    formula: "Σ (v_i/f) log2((v_i/f) / s_i); 0 log 0 = 0";
    unit: "bits, 0 (even) and above";
    missing: "\"no hits\", \"one article\", \"no articles\"";
    source: "Gries 2020, Analyzing dispersion, in A Practical Handbook of Corpus Linguistics";
    beware: "It has no upper bound: compare only within one corpus.";
    example: "let unit = |hits, words| Unit { hits, words };\n\
              let kld = dispersion::kullback_leibler::kullback_leibler(&[unit(3, 10), unit(1, 30)]).value().unwrap();\n\
              assert!((kld - (0.75 * (0.75f64 / 0.25).log2() + 0.25 * (0.25f64 / 0.75).log2())).abs() < 1e-12);";
}

/// [`KULLBACK_LEIBLER`] of a frame over articles.
pub fn kullback_leibler(units: &[Unit]) -> Measured {
    let mut parts = match parts(units) {
        Ok(parts) => parts,
        Err(why) => return Measured::Missing(why),
    };
    parts.sort_unstable_by_key(|unit| (unit.words, unit.hits));
    let hits: f64 = parts.iter().map(|unit| u64::from(unit.hits)).sum::<u64>() as f64;
    let words: f64 = parts.iter().map(|unit| u64::from(unit.words)).sum::<u64>() as f64;
    let bits = |unit: &Unit| {
        let share = f64::from(unit.hits) / hits;
        share * libm::log2(share / (f64::from(unit.words) / words))
    };
    Measured::of(parts.iter().filter(|unit| unit.hits > 0).map(bits).sum(), Why::Undefined)
}
