//! A corpus in batches, on all threads, in order.
//!
//! In: a study. Out: whatever is made of each batch, one after the other.
//! Invariant: memory is bounded by the batches in flight; the order is that of the corpus, whatever the threads.
//! It deliberately knows nothing of lexicons.

use crate::error::Result;
use crate::read::{self, Batch, Batches};
use crate::stream;
use crate::study::Study;
use std::sync::atomic::AtomicBool;

/// Sends every batch of the study's corpus through `work` on the study's threads, and the results to `sink` in order.
pub(super) fn each_batch<S, R: Send>(
    study: &Study,
    stop: &AtomicBool,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, Batch) -> R + Sync,
    mut sink: impl FnMut(R),
) -> Result<()> {
    let mut corpus = read::open(&study.corpus, &study.articles())?;
    stream::in_order(
        Batches::of(&mut corpus, study.shard_articles),
        study.worker_threads(),
        stop,
        state,
        work,
        |result| {
            sink(result);
            Ok(())
        },
    )
}
