//! VADER's compound over the sentences of articles.
//!
//! In: per article, the number of its sentences and the sum of their compounds. Out: the mean of a group, with an interval.
//! Invariant: no sentences give no score.
//! It deliberately scores no text: `sentiment::vader` does.

use super::super::measure::measure;
use super::super::measured::{Estimate, Measured, Why};
use super::super::units::gather;
use super::{Clustering, Group, Options, Valence};

/// Ten-thousandths in a compound of one.
const TEN_THOUSANDTHS: f64 = 10_000.0;

measure! {
    COMPOUND, "estimate", "compound";
    what: "Mean compound of sentences by VADER's rules.";
    formula: "Σ compound / sentences; of a sentence x/√(x² + 15), x the sum of its adjusted valences; interval of a group: linearised ratio over articles, widened to the bootstrap below 200";
    unit: "−1 to 1; 0 is neutral, and also where no word is known";
    missing: "\"no hits\" where there is no sentence";
    source: "Hutto and Gilbert 2014, ICWSM; vaderSentiment 3.3.2";
    beware: "Made for short posts. The compound of a whole article is near −1 or 1 whatever it says: sentences are scored, then averaged. Emoji are words only where emoji_utf8_lexicon.txt lies beside the lexicon.";
    example: "assert!((sentiment::compound(12_693, 2).value().unwrap() - (0.8316 + 0.4377) / 2.0).abs() < 1e-12);";
}

/// [`COMPOUND`] from the sum in ten-thousandths.
pub fn compound(sum: i64, sentences: u64) -> Measured {
    Measured::of(sum as f64 / TEN_THOUSANDTHS / sentences as f64, Why::NoHits)
}

/// The sentences of one article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Compounds {
    /// Sentences.
    pub sentences: u32,
    /// Sum of their compounds, ten-thousandths.
    pub sum: i64,
    /// Sums of their shares of positive, neutral and negative words, thousandths.
    pub shares: [i64; 3],
}

/// VADER's scores of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupCompound {
    /// Sentences.
    pub sentences: u64,
    /// Mean compound.
    pub compound: Estimate,
    /// Mean shares of positive, neutral and negative words.
    pub shares: [Measured; 3],
}

/// The scores of a group.
pub fn compound_of_group(articles: &[Compounds], clusters: Clustering<'_>, options: &Options) -> GroupCompound {
    let rows: Vec<Valence> =
        articles.iter().map(|a| Valence { sum: a.sum, hits: a.sentences, words: 1, ..Valence::default() }).collect();
    let units = gather(&rows, clusters.of, Valence::add);
    let group = Group { articles: rows.len() as u32, units: &units, copies: 1.0, words: 0, options, cache: None };
    let sentences: u64 = articles.iter().map(|a| u64::from(a.sentences)).sum();
    let share = |part: usize| {
        let sum: i64 = articles.iter().map(|a| a.shares[part]).sum();
        Measured::of(sum as f64 / 1000.0 / sentences as f64, Why::NoHits)
    };
    GroupCompound {
        sentences,
        compound: group.ratio(|a| a.sum, |a| u64::from(a.hits), TEN_THOUSANDTHS, Why::NoHits),
        shares: [share(0), share(1), share(2)],
    }
}
