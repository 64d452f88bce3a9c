//! Whether a number rests on one term.
//!
//! In: hits per term. Out: the share of the commonest term, and the concentration.
//! Invariant: both lie between 0 and 1.
//! It deliberately does not name the term: ties have no winner.

use super::measure::measure;
use super::measured::{Measured, Why};

measure! {
    TOP_SHARE, "descriptive", "top-share";
    what: "Share of a frame's hits that come from its most frequent term.";
    formula: "max_t y_t / Σ y_t";
    unit: "share, 1/k to 1 for k terms";
    missing: "\"no hits\"";
    source: "concentration ratio CR1";
    beware: "Above one half, the frame is mainly this term: look at the comparison without it (`sensitivity.csv`).";
    example: "assert_eq!(share::top_share(&[6, 3, 1]).value(), Some(6.0 / 10.0));";
}

measure! {
    CONCENTRATION, "descriptive", "hhi";
    what: "How concentrated a frame's hits are on few terms; 1 divided by it is the number of equally common terms with the same concentration.";
    formula: "Σ (y_t / Σ y)²";
    unit: "share, 1/k to 1 for k terms";
    missing: "\"no hits\"";
    source: "Hirschman 1945; Herfindahl 1950";
    beware: "It depends on how entries are cut: one wildcard is one term.";
    example: "assert!((share::concentration(&[6, 3, 1]).value().unwrap() - (0.36 + 0.09 + 0.01)).abs() < 1e-12);";
}

/// [`TOP_SHARE`] of hits per term.
pub fn top_share(hits: &[u64]) -> Measured {
    let total: u64 = hits.iter().sum();
    Measured::of(hits.iter().copied().max().unwrap_or(0) as f64 / total as f64, Why::NoHits)
}

/// [`CONCENTRATION`] of hits per term.
pub fn concentration(hits: &[u64]) -> Measured {
    let total: u128 = hits.iter().map(|&h| u128::from(h)).sum();
    let squares: u128 = hits.iter().map(|&h| u128::from(h) * u128::from(h)).sum();
    Measured::of(squares as f64 / (total as f64 * total as f64), Why::NoHits)
}
