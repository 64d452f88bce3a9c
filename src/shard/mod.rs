//! What happens to shards: made of articles, surveyed together, counted one by one.
//!
//! In: batches of articles; then lexicons. Out: kept shards, a [`Survey`] of all of them, and for each what it counts.
//! Invariant: what [`Indexer`] makes depends on the articles and its own options alone, so it is kept from run to run; what
//! [`Counter`] finds depends on the shard, the survey, the lexicons and the options alone.

mod counting;
mod indexing;
mod library;
mod survey;

pub(crate) use counting::{Counter, CountingWorker, covers};
pub(crate) use indexing::Indexer;
pub(crate) use library::gather;
pub(crate) use survey::Surveyor;
