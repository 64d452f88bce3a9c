//! How a sample is drawn.
//!
//! In: the sizes of strata, a seed, names. Out: how many of each stratum; a number that orders the units of a stratum at random.
//! Invariant: the order depends on the seed and on what is drawn, not on threads, shards or the order of files; within a stratum every
//! unit has the same chance, drawn over all.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// What is coded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A sentence.
    #[default]
    Sentence,
    /// A whole article.
    Article,
}

impl Unit {
    /// In words, for several.
    pub fn plural(self) -> &'static str {
        match self {
            Unit::Sentence => "sentences",
            Unit::Article => "articles",
        }
    }

    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Sentence => "sentence",
            Unit::Article => "article",
        }
    }
}

/// What coders may be shown of what the program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// Outlet of the article.
    Outlet,
    /// Its date.
    Date,
    /// Its title.
    Title,
    /// The words that were found.
    Hit,
    /// Their voice, as assigned by the rules.
    Voice,
}

impl Shown {
    /// Name of its column.
    pub fn name(self) -> &'static str {
        match self {
            Shown::Outlet => "outlet",
            Shown::Date => "date",
            Shown::Title => "title",
            Shown::Hit => "hit",
            Shown::Voice => "found_voice",
        }
    }
}

/// How many of `n` are drawn of each stratum: in proportion to its size by largest remainders, but at least `least` of each as long as
/// there are so many. All, where `n` reaches the sum of the sizes.
pub fn allocate(n: u64, sizes: &[u64], least: u64) -> Vec<u64> {
    let all: u64 = sizes.iter().sum();
    if n >= all {
        return sizes.to_vec();
    }
    let mut given: Vec<u64> = sizes.iter().map(|&size| size.min(least)).collect();
    let mut left = n.saturating_sub(given.iter().sum());
    while left > 0 {
        let open: u64 = sizes.iter().zip(&given).map(|(size, given)| size - given).sum();
        if open == 0 {
            break;
        }
        let part = |i: usize| u128::from(left) * u128::from(sizes[i] - given[i]);
        let mut order: Vec<usize> = (0..sizes.len()).filter(|&i| sizes[i] > given[i]).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(part(i) % u128::from(open)), i));
        let whole: Vec<u64> = (0..sizes.len()).map(|i| (part(i) / u128::from(open)) as u64).collect();
        let rest = left - whole.iter().sum::<u64>();
        given.iter_mut().zip(&whole).for_each(|(given, whole)| *given += whole);
        for &i in order.iter().take(rest as usize) {
            given[i] += 1;
        }
        left = n.saturating_sub(given.iter().sum());
    }
    given
}

/// A number that orders what it names at random.
pub(super) fn lot(seed: u64, names: &[&[u8]]) -> u64 {
    let mut bytes = Vec::with_capacity(64);
    for name in names {
        // the length first: ["ab", "c"] and ["a", "bc"] are different names
        bytes.extend_from_slice(&(name.len() as u32).to_le_bytes());
        bytes.extend_from_slice(name);
    }
    xxh3_64_with_seed(&bytes, seed)
}

/// The units of a stratum, and those with the smallest lots: as many as are ever drawn of one.
#[derive(Clone, Debug)]
pub(super) struct StratumSample<T> {
    /// How many units there are.
    pub units: u64,
    /// The first by lot, and some more.
    pub first: Vec<(u64, T)>,
    /// No larger lot is among the first.
    limit: u64,
}

impl<T> Default for StratumSample<T> {
    fn default() -> StratumSample<T> {
        StratumSample { units: 0, first: Vec::new(), limit: u64::MAX }
    }
}

impl<T: Ord> StratumSample<T> {
    /// Adds a unit; at least the first `most` are kept.
    pub fn add(&mut self, lot: u64, unit: impl FnOnce() -> T, most: usize) {
        self.units += 1;
        if lot <= self.limit {
            self.first.push((lot, unit()));
            if self.first.len() > 2 * most {
                self.cut(most);
            }
        }
    }

    /// Adds those of another part of the corpus.
    pub fn merge(&mut self, other: StratumSample<T>, most: usize) {
        self.units += other.units;
        self.first.extend(other.first);
        self.cut(most);
    }

    fn cut(&mut self, most: usize) {
        self.first.sort_unstable();
        self.first.truncate(most);
        if self.first.len() == most {
            self.limit = self.first.last().map_or(0, |(lot, _)| *lot);
        }
    }
}
