//! What happens to shards: made of articles, surveyed together, counted one by one.
//!
//! In: batches of articles; then lexicons. Out: kept shards, a survey of all of them, and for each what it counts.
//! Invariant: what is made of articles depends on them and on its own options alone, so it is kept from run to run; what is counted in
//! a shard depends on the shard, the survey, the lexicons and the options alone.
//! [`Ground`] is all of it in the right order.

mod counting;
mod ground;
mod indexing;
mod library;
mod survey;

pub(crate) use ground::Ground;
pub(crate) use library::note_others;
