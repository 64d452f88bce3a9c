//! What a run tells while it works.
//!
//! The library never prints: it tells an observer, and `main` shows it.

use crate::error::Problem;

/// The stages of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Bytes read of the corpus.
    Read,
    /// Articles cleaned, tokenised and stemmed.
    Tokenise,
    /// Articles looked up and counted.
    LookUp,
    /// Estimates made.
    Statistics,
    /// Files written.
    Report,
}

/// Whoever watches a run.
pub trait Progress: Sync {
    /// A stage begins; `total` is in the unit of the stage, where it is known.
    fn begin(&self, stage: Stage, total: Option<u64>);
    /// A stage is so far.
    fn reach(&self, stage: Stage, position: u64);
    /// A stage ends.
    fn end(&self, stage: Stage);
    /// So many parts of a shard were counted now, its articles, sentiment and units of frames: the others were known. Without a part no
    /// article of the shard was looked at.
    fn counted(&self, _parts: usize) {}
    /// Something worth telling.
    fn note(&self, problem: &Problem);
}

/// Nobody watches.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: Option<u64>) {}
    fn reach(&self, _: Stage, _: u64) {}
    fn end(&self, _: Stage) {}
    fn note(&self, _: &Problem) {}
}
