//! A corpus in batches, on all threads, in order.
//!
//! In: a study. Out: whatever is made of each batch, one after the other.
//! Invariant: memory is bounded by the batches in flight; the order is that of the corpus, whatever the threads.
//! It deliberately knows nothing of lexicons.

use crate::error::{Problem, Result};
use crate::read::{self, Article, Corpus, Item};
use crate::stream;
use crate::study::Study;
use std::sync::atomic::AtomicBool;

/// Bytes of text in a batch, about.
const BATCH_BYTES: usize = 6 << 20;

/// A corpus, cut.
pub(super) struct Batches {
    corpus: Corpus,
}

impl Batches {
    /// Opens the corpus of a study.
    pub fn open(study: &Study) -> Result<Batches> {
        Ok(Batches { corpus: read::open(&study.corpus, &study.read)? })
    }
}

impl Iterator for Batches {
    type Item = (Vec<Article>, Vec<Problem>);

    fn next(&mut self) -> Option<Self::Item> {
        let (mut articles, mut problems, mut bytes) = (Vec::new(), Vec::new(), 0);
        while bytes < BATCH_BYTES {
            match self.corpus.next() {
                Some(Item::Article(article)) => {
                    bytes += article.text.len();
                    articles.push(article);
                }
                Some(Item::Problem(problem)) => problems.push(problem),
                None => break,
            }
        }
        (!articles.is_empty() || !problems.is_empty()).then_some((articles, problems))
    }
}

/// Sends every batch through `work` on the study's threads, and the results to `sink` in order.
pub(super) fn each_batch<S, R: Send>(
    batches: Batches,
    study: &Study,
    stop: &AtomicBool,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, (Vec<Article>, Vec<Problem>)) -> R + Sync,
    mut sink: impl FnMut(R),
) -> Result<()> {
    stream::in_order(batches, study.worker_threads(), stop, state, work, |result| {
        sink(result);
        Ok(())
    })
}
