//! What speaks for a word as an entry of a frame.
//!
//! In: counts of sentences, ranks, coded texts. Out: scores.
//! Invariant: every score is finite or missing with its reason; none is a test.
//! It deliberately knows no word: `suggest` does.

use super::measure::measure;
use super::measured::{Measured, Why};

measure! {
    OVER_REPRESENTATION, "descriptive", "over-representation";
    what: "How much more often a word occurs in sentences with a frame than in others: the z score of a log odds ratio.";
    formula: "(ln((a+½)/(n₁−a+½)) − ln((b+½)/(n₀−b+½))) / √(1/(a+½) + 1/(n₁−a+½) + 1/(b+½) + 1/(n₀−b+½)), a of n₁ sentences with the frame, b of n₀ others";
    unit: "z, any number";
    missing: "never: the halves keep it finite";
    source: "Haldane 1956, Annals of Human Genetics 20; Woolf 1955";
    beware: "Sentences of one article are not independent and thousands of words are looked at: it ranks and is no test.";
    example: "assert!((candidates::over_representation(10, 20, 5, 200) - 5.8125).abs() < 1e-4);";
}

measure! {
    EXPECTED_PRECISION, "descriptive", "expected-precision";
    what: "What share of the hits of a word probably belong to the frame, judged by how often other entries of the frame occur near them: 1 if as often as near the frame's own hits, 0 if as often as near any sentence.";
    formula: "(c − b) / (s − b), at least 0 and at most 1; c, s, b the share of the word's hits, of the frame's own hits, of all sentences that have a hit of another entry of the frame in the same sentence or the one before or after";
    unit: "share, 0 to 1";
    missing: "\"no hits\" of the word or of the frame; \"not defined\" where the frame's own hits stand together no more than chance has it";
    source: "mixture of two populations, as in prevalence estimation: Rogan and Gladen 1978, American Journal of Epidemiology 107";
    beware: "It assumes that the present entries are right, and that right hits have the same surroundings: read the sentences, and code a sample before you publish.";
    example: "assert_eq!(candidates::expected_precision((3, 10), (6, 10), (1, 10)).value().map(|p| (p * 10.0).round()), Some(4.0));";
}

measure! {
    STABILITY, "descriptive", "stability";
    what: "Whether a neighbour of the frame's words depends on single words: the share of bootstrap samples of the seed words in which it is among the nearest.";
    formula: "draws with rank ≤ n / draws; in each draw the seeds are drawn with replacement, as many as there are";
    unit: "share, 0 to 1";
    missing: "empty for words that are no neighbours in the latent space";
    source: "bootstrap: Efron 1979; latent semantic scaling: Watanabe 2021, Communication Methods and Measures 15(2)";
    beware: "A stable neighbour can be a stable error: names and topics are close to what is said of them.";
    example: "assert_eq!(candidates::stability(80, 100).value(), Some(0.8));";
}

measure! {
    AUC, "descriptive", "auc";
    what: "How well a score separates coded from uncoded texts: the probability that a coded text has the higher score.";
    formula: "(ranks of the coded − n₁(n₁+1)/2) / (n₁ n₀), mean ranks for ties";
    unit: "share, 0 to 1; .5 is chance";
    missing: "\"no variation\" where all texts, or none, are coded";
    source: "Mann and Whitney 1947; Hanley and McNeil 1982";
    beware: "It says nothing about the threshold, and is too optimistic for words chosen on the same texts; that of `suggest` is cross-validated.";
    example: "assert_eq!(candidates::auc(&[0.9, 0.4, 0.4, 0.1], &[true, true, false, false]).value(), Some(0.875));";
}

/// [`OVER_REPRESENTATION`]: `a` of `n1` sentences, `b` of `n0` others.
pub fn over_representation(a: u64, n1: u64, b: u64, n0: u64) -> f64 {
    let half = |n: u64| n as f64 + 0.5;
    let (a, not_a) = (half(a), half(n1.saturating_sub(a)));
    let (b, not_b) = (half(b), half(n0.saturating_sub(b)));
    let difference = libm::log(a / not_a) - libm::log(b / not_b);
    difference / (1.0 / a + 1.0 / not_a + 1.0 / b + 1.0 / not_b).sqrt()
}

/// [`EXPECTED_PRECISION`] of three pairs of counts: with company, of all.
pub fn expected_precision(word: (u64, u64), frame: (u64, u64), base: (u64, u64)) -> Measured {
    let share = |(with, all): (u64, u64)| (all > 0).then(|| with as f64 / all as f64);
    let (Some(c), Some(s), Some(b)) = (share(word), share(frame), share(base)) else {
        return Measured::of(f64::NAN, Why::NoHits);
    };
    if s <= b {
        return Measured::of(f64::NAN, Why::Undefined);
    }
    Measured::of(((c - b) / (s - b)).clamp(0.0, 1.0), Why::Undefined)
}

/// [`STABILITY`].
pub fn stability(within: u64, draws: u64) -> Measured {
    Measured::of(within as f64 / draws as f64, Why::NoHits)
}

/// [`AUC`] of scores, where `coded` says which texts are coded.
pub fn auc(scores: &[f64], coded: &[bool]) -> Measured {
    let mut order: Vec<usize> = (0..scores.len().min(coded.len())).collect();
    order.sort_by(|&a, &b| scores[a].total_cmp(&scores[b]));
    let positive = order.iter().filter(|&&i| coded[i]).count() as f64;
    let negative = order.len() as f64 - positive;
    let (mut ranks, mut first) = (0.0, 0);
    while first < order.len() {
        let same = order[first..].iter().take_while(|&&i| scores[i] == scores[order[first]]).count();
        let rank = first as f64 + (same as f64 + 1.0) / 2.0;
        ranks += rank * order[first..first + same].iter().filter(|&&i| coded[i]).count() as f64;
        first += same;
    }
    Measured::of((ranks - positive * (positive + 1.0) / 2.0) / (positive * negative), Why::NoVariation)
}
