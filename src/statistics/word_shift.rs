//! Which words make the difference between two texts.
//!
//! In: counts of each term in two texts, and weights. Out: one bar per term.
//! Invariant: the bars sum to the difference (to rounding).
//! It deliberately does not sort: a chart does.

use super::measure::measure;
use super::measured::{Measured, Why};

measure! {
    WORD_SHIFT, "descriptive", "word-shift";
    what: "How much each term contributes to the difference of the mean valence of two texts.";
    formula: "(p_t − q_t)(w_t − (v_p + v_q)/2); p, q shares of the weighted hits, w weight, v_p = Σ p w; Σ = v_p − v_q";
    unit: "weight, any sign; the bars sum to the difference";
    missing: "\"no hits\" where a text has none";
    source: "Gallagher et al. 2021, Generalized word shift graphs, EPJ Data Science 10";
    beware: "The reference (v_p + v_q)/2 decides which terms count as positive: state it.";
    example: "use word_shift::{Term, valence_shift};\n\
              let terms = [Term { one: 6, other: 2, weight: 1500 }, Term { one: 4, other: 8, weight: -2000 }];\n\
              let bars = valence_shift(&terms);\n\
              let (one, other) = (0.6 * 1.5 - 0.4 * 2.0, 0.2 * 1.5 - 0.8 * 2.0);\n\
              assert!((bars[0].value().unwrap() - (0.6 - 0.2) * (1.5 - (one + other) / 2.0)).abs() < 1e-12);\n\
              let sum: f64 = bars.iter().filter_map(|bar| bar.value()).sum();\n\
              assert!((sum - (one - other)).abs() < 1e-12);";
}

/// One term in two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Hits in the one text.
    pub one: u64,
    /// Hits in the other.
    pub other: u64,
    /// Weight in thousandths; not used for rates.
    pub weight: i64,
}

/// [`WORD_SHIFT`] of the mean valence, one minus other.
pub fn valence_shift(terms: &[Term]) -> Vec<Measured> {
    let (n, m) = (terms.iter().map(|t| t.one).sum::<u64>(), terms.iter().map(|t| t.other).sum::<u64>());
    let mean = |count: fn(&Term) -> u64, total: u64| {
        let sum: i128 = terms.iter().map(|t| i128::from(count(t)) * i128::from(t.weight)).sum();
        sum as f64 / total as f64 / 1000.0
    };
    let reference = (mean(|t| t.one, n) + mean(|t| t.other, m)) / 2.0;
    let bar = |t: &Term| {
        let shift = t.one as f64 / n as f64 - t.other as f64 / m as f64;
        Measured::of(shift * (t.weight as f64 / 1000.0 - reference), Why::NoHits)
    };
    terms.iter().map(bar).collect()
}

/// The same for the rate of a frame per 1,000 words: each term's rate in the one text less that in the other.
pub fn rate_shift(terms: &[Term], words: u64, other_words: u64) -> Vec<Measured> {
    let bar = |t: &Term| 1000.0 * (t.one as f64 / words as f64 - t.other as f64 / other_words as f64);
    terms.iter().map(|term| Measured::of(bar(term), Why::NoWords)).collect()
}
