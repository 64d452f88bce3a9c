//! Every measure of dispersion at once, at a cost that follows the articles with a hit.
//!
//! In: the lengths of all articles once, then for each word or frame the articles that have it. Out: [`Dispersion`].
//! Invariant: what the measures of the other files give for all articles, though the articles without a hit are never looked at.
//! It deliberately has no measure of its own.

use super::super::measured::{Measured, Why};
use super::super::tally::Unit;

/// The lengths of a corpus's articles; articles without a word are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Corpus {
    articles: u32,
    words: u64,
    least: u32,
}

/// [`RANGE`](super::range::RANGE) and its kin, of one frame or word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dispersion {
    /// [`range`](super::range::range()).
    pub range: u32,
    /// [`deviation`](super::deviation::deviation()).
    pub deviation: Measured,
    /// [`deviation_normed`](super::deviation::deviation_normed).
    pub deviation_normed: Measured,
    /// [`juilland`](super::juilland::juilland()).
    pub juilland: Measured,
    /// [`pairwise_differences`](super::pairwise_differences::pairwise_differences()).
    pub pairwise_differences: Measured,
    /// [`kullback_leibler`](super::kullback_leibler::kullback_leibler()).
    pub kullback_leibler: Measured,
}

impl Corpus {
    /// The articles of these lengths.
    pub fn of(lengths: impl Iterator<Item = u32>) -> Corpus {
        lengths.filter(|&words| words > 0).fold(Corpus::default(), |corpus, words| Corpus {
            articles: corpus.articles + 1,
            words: corpus.words + u64::from(words),
            least: if corpus.articles == 0 { words } else { corpus.least.min(words) },
        })
    }

    /// Articles with a word.
    pub fn articles(&self) -> u32 {
        self.articles
    }

    /// Their words.
    pub fn words(&self) -> u64 {
        self.words
    }

    /// The measures; `carriers` are the corpus's articles with a hit, in any order.
    pub fn dispersion(&self, mut carriers: Vec<Unit>) -> Dispersion {
        carriers.retain(|unit| unit.hits > 0 && unit.words > 0);
        let range = carriers.len() as u32;
        let why = match self.articles {
            0 => Some(Why::NoArticles),
            1 => Some(Why::OneArticle),
            _ if carriers.is_empty() => Some(Why::NoHits),
            _ => None,
        };
        if let Some(why) = why {
            let none = Measured::Missing(why);
            return Dispersion {
                range,
                deviation: none,
                deviation_normed: none,
                juilland: none,
                pairwise_differences: none,
                kullback_leibler: none,
            };
        }
        carriers.sort_unstable_by_key(|unit| (unit.words, unit.hits));
        let mut rates: Vec<f64> = carriers.iter().map(|unit| f64::from(unit.hits) / f64::from(unit.words)).collect();
        rates.sort_unstable_by(f64::total_cmp);
        let deviation = self.deviation(&carriers);
        let least = f64::from(self.least) / self.words as f64;
        Dispersion {
            range,
            deviation,
            deviation_normed: deviation.map(|dp| dp / (1.0 - least)),
            juilland: self.juilland(&rates),
            pairwise_differences: self.pairwise_differences(&rates),
            kullback_leibler: self.kullback_leibler(&carriers),
        }
    }

    /// An article without a hit adds its share of the words: whole numbers until the division.
    fn deviation(&self, carriers: &[Unit]) -> Measured {
        let hits: u128 = carriers.iter().map(|unit| u128::from(unit.hits)).sum();
        let own: u128 = carriers.iter().map(|unit| u128::from(unit.words)).sum();
        let all = u128::from(self.words);
        let moved = |unit: &Unit| (u128::from(unit.hits) * all).abs_diff(u128::from(unit.words) * hits);
        let moved = carriers.iter().map(moved).sum::<u128>() + (all - own) * hits;
        Measured::of(moved as f64 / (2 * hits * all) as f64, Why::Undefined)
    }

    fn juilland(&self, rates: &[f64]) -> Measured {
        let n = f64::from(self.articles);
        let mean = rates.iter().sum::<f64>() / n;
        let without = (n - rates.len() as f64) * mean * mean;
        let variance = (without + rates.iter().map(|p| (p - mean) * (p - mean)).sum::<f64>()) / n;
        Measured::of(1.0 - libm::sqrt(variance) / mean / libm::sqrt(n - 1.0), Why::Undefined)
    }

    /// Rates of zero stand first in ascending order and add nothing.
    fn pairwise_differences(&self, rates: &[f64]) -> Measured {
        let n = f64::from(self.articles);
        let zeros = n - rates.len() as f64;
        let gap = |(i, p): (usize, &f64)| (2.0 * (zeros + i as f64) - (n - 1.0)) * p;
        let gaps: f64 = rates.iter().enumerate().map(gap).sum();
        let mean = rates.iter().sum::<f64>() / n;
        Measured::of(1.0 - gaps / (n * (n - 1.0) / 2.0) / (2.0 * mean), Why::Undefined)
    }

    fn kullback_leibler(&self, carriers: &[Unit]) -> Measured {
        let hits = carriers.iter().map(|unit| u64::from(unit.hits)).sum::<u64>() as f64;
        let bits = |unit: &Unit| {
            let share = f64::from(unit.hits) / hits;
            share * libm::log2(share / (f64::from(unit.words) / self.words as f64))
        };
        Measured::of(carriers.iter().map(bits).sum(), Why::Undefined)
    }
}
