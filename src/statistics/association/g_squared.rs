//! G² of a pair.
//!
//! In: counts of a pair. Out: one score, or why there is none.
//! Invariant: the expected count is that of [`Pair`].
//! It deliberately has no p.

use super::super::keyness::{Table, g_squared};
use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::Pair;

measure! {
    PAIR_G_SQUARED, "descriptive", "pair-g2";
    what: "How poorly chance explains how often two words occur together (log-likelihood).";
    formula: "G² over four cells with a = O, c = places beside the node (f_x, or 2w f_x), b = f_y − O, d = N − c";
    unit: "no unit, 0 and above";
    missing: "\"no words\" in an empty corpus, \"not defined\" where windows overlap so much that they outnumber the words";
    source: "Dunning 1993, Computational Linguistics 19(1)";
    beware: "It treats words as independent, and grows with the corpus.";
    example: "let pair = association::Pair { together: 30, x: 100, y: 200, n: 100_000, window: 0 };\n\
              let g2 = association::g_squared::pair_g_squared(pair);\n\
              assert_eq!(g2, keyness::g_squared::g_squared(keyness::Table::new(30, 170, 100, 99_900)));";
}

/// [`PAIR_G_SQUARED`] of a pair.
pub fn pair_g_squared(pair: Pair) -> Measured {
    if pair.n == 0 {
        return Measured::Missing(Why::NoWords);
    }
    let places = pair.places();
    if places >= pair.n || pair.together > pair.y || pair.together > places {
        return Measured::Missing(Why::Undefined);
    }
    g_squared::g_squared(Table::new(pair.together, pair.y - pair.together, places, pair.n - places))
}
