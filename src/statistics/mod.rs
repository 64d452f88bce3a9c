//! How sure can we be? Estimates, intervals and tests over articles.
//!
//! In: hits and words per article, and which group (outlet, country, …) each article belongs to. Out: tables of
//! [`Estimate`]s and tests.
//! Invariant: articles are the independent units, words are not; what cannot be said is [`Measured::Missing`] with its
//! reason, never zero; the same counts and seed give the same bits in any order and for any number of threads.
//! It deliberately neither counts hits nor formats numbers.

pub mod agreement;
pub mod association;
pub mod bootstrap;
pub mod cached_tests;
pub mod candidates;
pub mod canonical;
pub mod carriers;
pub mod cooccurrence;
pub mod design_effect;
pub mod difference;
pub mod dispersion;
mod drawn_units;
pub mod influence;
pub mod intensity;
pub mod keyness;
pub mod label_share;
pub mod left_out;
pub mod log_ratio;
pub mod macro_rate;
pub mod macro_ratio;
pub mod matched;
pub mod measure;
pub mod measured;
pub mod moments;
pub mod multiplicity;
pub mod null_draws;
pub mod overall;
mod overall_draws;
pub mod permutation;
mod power_sums;
pub mod prevalence;
pub mod proportion;
pub mod rate;
pub mod ratio;
pub mod registry;
pub mod seed;
pub mod sensitivity;
pub mod sentiment;
pub mod share;
pub mod share_draws;
pub mod side;
pub mod sparse;
pub mod spearman;
pub mod special;
pub mod standardised;
mod stop;
pub mod story_split;
mod tables;
pub mod tally;
pub mod target_rate;
mod units;
pub mod word_shift;

pub use cached_tests::CachedTests;
pub use measure::Measure;
pub use measured::{Estimate, Interval, Measured, Note, Why};
pub use registry::{MEASURES, measure_named};
pub use sparse::Hits;
pub use tables::{ComparisonRow, Counts, FrameRow, Groups, SmallGroups, comparisons, frames_table, pair, pairwise};
pub use tally::{Tally, Unit};
pub use units::{Clusters, gather};

/// What a study may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The study's seed; every random stream derives from it, and from names or numbers.
    pub seed: u64,
    /// Resamples of a bootstrap.
    pub resamples: u32,
    /// Random draws, or permutations, of a test.
    pub permutations: u32,
    /// Up to this number of permutations all of them are looked at.
    pub exact_limit: u64,
    /// A group with fewer articles is not tested alone.
    pub min_articles: u32,
    /// Test what is too small for its limit by random draws. Without them every p is that of the limit (Student's t, Welch's F), which on
    /// small sides is a little too large.
    pub draws: bool,
    /// What are called words are mentions of a target: there may be several hits for each of them, but not for a word.
    pub of_mentions: bool,
}

impl Options {
    /// Hits of a word, at most.
    fn most(&self) -> f64 {
        if self.of_mentions { f64::INFINITY } else { 1.0 }
    }
}

impl Default for Options {
    fn default() -> Options {
        Options {
            seed: 0,
            resamples: 1999,
            permutations: 9999,
            exact_limit: 20_000,
            min_articles: 0,
            draws: true,
            of_mentions: false,
        }
    }
}
