//! How much, where there is any.
//!
//! In: the [`Tally`] of a group. Out: one number, or why there is none.
//! Invariant: the order of the articles never enters.
//! It deliberately compares no groups.

use super::measure::measure;
use super::measured::{Measured, Why};
use super::rate::PER_WORDS;
use super::tally::Tally;

measure! {
    INTENSITY, "estimate", "intensity";
    what: "Rate within the articles that have a hit at all.";
    formula: "1000 Σy / Σl over the articles with y > 0";
    unit: "hits per 1,000 words, above 0";
    missing: "\"no hits\"";
    source: "two-part description of counts with many zeros: Cragg 1971, Econometrica 39(5)";
    beware: "It cannot be 0. In short articles, a rare frame has a high intensity.";
    example: "let unit = |hits, words| Unit { hits, words };\n\
              let tally = Tally::of(&[unit(3, 400), unit(0, 300), unit(2, 500)]);\n\
              assert!((intensity::intensity(&tally).value().unwrap() - 1000.0 * 5.0 / 900.0).abs() < 1e-12);";
}

/// [`INTENSITY`] in a group.
pub fn intensity(tally: &Tally) -> Measured {
    if tally.with_hits.articles == 0 {
        return Measured::Missing(Why::NoHits);
    }
    Measured::of(PER_WORDS * tally.with_hits.ratio(), Why::NoWords)
}
