//! Log odds with a Dirichlet prior.
//!
//! In: a table of counts. Out: the score, or why there is none.
//! Invariant: the same whatever the order of the texts.
//! It deliberately is no test over articles.

use super::super::measure::measure;
use super::super::measured::{Measured, Why};
use super::table::Table;

measure! {
    FIGHTING_WORDS, "descriptive", "fighting-words";
    what: "Difference of the log odds of a word after a prior count has been added to both groups, and its z score: rare words shrink towards the prior.";
    formula: "δ = ln((a+α)/(c+α0−a−α)) − ln((b+α)/(d+α0−b−α)); σ² = 1/(a+α) + 1/(b+α) [+ 1/(c+α0−a−α) + 1/(d+α0−b−α)]; z = δ/σ";
    unit: "δ natural log of odds, z standard deviations; any sign, above 0 is more in the focus group";
    missing: "\"no words\" where a group is empty, \"not defined\" where the prior is not above 0 or leaves no other word";
    source: "Monroe, Colaresi and Quinn 2008, Political Analysis 16(4); the bracket is their fuller variance";
    beware: "z treats words as independent: use it for ranking, not as a test. The prior decides the ranking of rare words.";
    example: "use keyness::fighting_words::{Prior, fighting_words};\n\
              let table = keyness::Table::new(120, 80, 50_000, 60_000);\n\
              let words = fighting_words(table, Prior::informative(200, 110_000, 1_000.0), false);\n\
              let alpha = 1_000.0 * 200.0 / 110_000.0;\n\
              let odds = |y: f64, n: f64| ((y + alpha) / (n + 1_000.0 - y - alpha)).ln();\n\
              let delta: f64 = odds(120.0, 50_000.0) - odds(80.0, 60_000.0);\n\
              let variance: f64 = 1.0 / (120.0 + alpha) + 1.0 / (80.0 + alpha);\n\
              assert!((words.delta.value().unwrap() - delta).abs() < 1e-12);\n\
              assert!((words.z.value().unwrap() - delta / variance.sqrt()).abs() < 1e-10);";
}

/// The prior counts of a word and of all words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// α of the word.
    pub word: f64,
    /// α0: the sum over the vocabulary.
    pub total: f64,
}

impl Prior {
    /// The same count for every word of the vocabulary.
    pub fn uninformative(alpha: f64, vocabulary: u64) -> Prior {
        Prior { word: alpha, total: alpha * vocabulary as f64 }
    }

    /// `strength` pseudo-words, shared out as in a corpus or background list: `count` of `size` words.
    pub fn informative(count: u64, size: u64, strength: f64) -> Prior {
        Prior { word: strength * count as f64 / size as f64, total: strength }
    }

    /// The counts of a background list as they are.
    pub fn background(count: u64, size: u64) -> Prior {
        Prior { word: count as f64, total: size as f64 }
    }
}

/// What [`FIGHTING_WORDS`] gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FightingWords {
    /// Difference of the log odds.
    pub delta: Measured,
    /// Its variance.
    pub variance: Measured,
    /// The difference in standard deviations.
    pub z: Measured,
}

/// [`FIGHTING_WORDS`] of a table; `fuller` adds the two terms of the other words to the variance.
pub fn fighting_words(table: Table, prior: Prior, fuller: bool) -> FightingWords {
    let missing = |why| FightingWords {
        delta: Measured::Missing(why),
        variance: Measured::Missing(why),
        z: Measured::Missing(why),
    };
    if table.c == 0 || table.d == 0 {
        return missing(Why::NoWords);
    }
    let counts = |y: u64, n: u64| (y as f64 + prior.word, (n - y) as f64 + (prior.total - prior.word));
    let ((a, a_others), (b, b_others)) = (counts(table.a, table.c), counts(table.b, table.d));
    if !(prior.word > 0.0 && a_others > 0.0 && b_others > 0.0) {
        return missing(Why::Undefined);
    }
    let delta = libm::log(a / a_others) - libm::log(b / b_others);
    let others = if fuller { 1.0 / a_others + 1.0 / b_others } else { 0.0 };
    let variance = 1.0 / a + 1.0 / b + others;
    FightingWords {
        delta: Measured::of(delta, Why::Undefined),
        variance: Measured::of(variance, Why::Undefined),
        z: Measured::of(delta / libm::sqrt(variance), Why::Undefined),
    }
}
