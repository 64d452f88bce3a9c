//! Weights of the hits: their mean, their sum, their sum per word.
//!
//! In: whole-number counts or sums. Out: one score, or why there is none.
//! Invariant: no hits give no score.
//! It deliberately knows nothing of articles: `of_group` does.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::THOUSANDTHS;

measure! {
    MEAN_VALENCE, "estimate", "mean-valence";
    what: "Mean weight of the weighted hits.";
    formula: "Σw / hits; interval of a group: linearised ratio over articles, widened to the bootstrap below 200";
    unit: "weight, within the lexicon's range";
    missing: "\"no hits\": never a neutral score";
    source: "textstat_valence of quanteda.sentiment, normalisation \"dictionary\", which gives 0 without hits";
    beware: "It ignores how much is evaluated: one hit in an article counts as much as ten equal ones.";
    example: "// Weights 1.5, 1.5 and -2, in thousandths.\n\
              assert!((sentiment::mean_valence(1000, 3).value().unwrap() - (1.5 + 1.5 - 2.0) / 3.0).abs() < 1e-12);";
}

measure! {
    VALENCE_PER_WORD, "estimate", "valence-per-word";
    what: "Sum of the weights over all words.";
    formula: "Σw / words";
    unit: "weight per word";
    missing: "\"no words\"; 0 where there is no hit";
    source: "textstat_valence of quanteda.sentiment, normalisation \"all\"";
    beware: "Words that are not in the lexicon pull it towards 0.";
    example: "assert!((sentiment::valence_per_word(1000, 50).value().unwrap() - 1.0 / 50.0).abs() < 1e-15);";
}

measure! {
    SUM, "descriptive", "sum";
    what: "Sum of the weights of all hits.";
    formula: "Σw";
    unit: "weight, any sign";
    missing: "\"no hits\"";
    source: "textstat_valence of quanteda.sentiment, normalisation \"none\"";
    beware: "It grows with length: do not compare articles by it.";
    example: "assert_eq!(sentiment::sum(1000, 3).value(), Some(1.0));\n\
              assert_eq!(sentiment::sum(0, 0).why(), Some(Why::NoHits));";
}

/// [`MEAN_VALENCE`] from the sum in thousandths.
pub fn mean_valence(sum: i64, hits: u64) -> Measured {
    Measured::of(sum as f64 / THOUSANDTHS / hits as f64, Why::NoHits)
}

/// [`VALENCE_PER_WORD`] from the sum in thousandths.
pub fn valence_per_word(sum: i64, words: u64) -> Measured {
    Measured::of(sum as f64 / THOUSANDTHS / words as f64, Why::NoWords)
}

/// [`SUM`] from the sum in thousandths; 0 only where there are hits that cancel.
pub fn sum(sum: i64, hits: u64) -> Measured {
    if hits == 0 { Measured::Missing(Why::NoHits) } else { Measured::of(sum as f64 / THOUSANDTHS, Why::NoHits) }
}
