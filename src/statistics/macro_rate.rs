//! The mean article.
//!
//! In: the [`Tally`] of a group. Out: one number, or why there is none.
//! Invariant: the order of the articles never enters.
//! It deliberately compares no groups.

use super::measure::measure;
use super::measured::{Measured, Why};
use super::rate::PER_WORDS;
use super::tally::Tally;

measure! {
    MACRO_RATE, "estimate", "macro-rate";
    what: "Mean of the rates of the articles: every article counts the same, whatever its length.";
    formula: "1000 / n · Σ (y_i / l_i)";
    unit: "hits per 1,000 words, 0 and above";
    missing: "\"no words\"";
    source: "ratio of means and mean of ratios: Cochran 1977, Sampling Techniques, ch. 6";
    beware: "Short articles make it jump. If it differs from the rate, the rates of long and short articles differ.";
    example: "let unit = |hits, words| Unit { hits, words };\n\
              let tally = Tally::of(&[unit(3, 400), unit(0, 300), unit(2, 500)]);\n\
              let mean = 1000.0 / 3.0 * (3.0 / 400.0 + 2.0 / 500.0);\n\
              assert!((macro_rate::macro_rate(&tally).value().unwrap() - mean).abs() < 1e-12);";
}

/// [`MACRO_RATE`] of a group.
pub fn macro_rate(tally: &Tally) -> Measured {
    if let Some(why) = tally.why_no_rate() {
        return Measured::Missing(why);
    }
    let sum = libm::ldexp(tally.rates as f64, -64);
    Measured::of(PER_WORDS * sum / f64::from(tally.articles()), Why::NoWords)
}
