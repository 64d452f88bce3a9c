//! Whether a number rests on one term.
//!
//! In: hits per term. Out: the share of the commonest term, and the concentration.
//! Invariant: both lie between 0 and 1.
//! It deliberately does not name the term: ties have no winner.

use super::measured::{Measured, Why};

/// Share of the hits that belong to the commonest term.
pub fn top_share(hits: &[u64]) -> Measured {
    let total: u64 = hits.iter().sum();
    Measured::of(hits.iter().copied().max().unwrap_or(0) as f64 / total as f64, Why::NoHits)
}

/// Herfindahl and Hirschman's index: the sum of the squared shares of the terms.
pub fn concentration(hits: &[u64]) -> Measured {
    let total: u128 = hits.iter().map(|&h| u128::from(h)).sum();
    let squares: u128 = hits.iter().map(|&h| u128::from(h) * u128::from(h)).sum();
    Measured::of(squares as f64 / (total as f64 * total as f64), Why::NoHits)
}
