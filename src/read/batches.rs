//! A corpus cut into batches: the unit of threads and memory.
//!
//! In: a corpus. Out: its articles in order, some millions of bytes at a time, with the problems among them.
//! Invariant: nothing is lost or reordered; a problem is in the batch of the article that follows it.

use super::{Article, Corpus, Item};
use crate::error::Problem;

/// Bytes of text in a batch, about.
const BATCH_BYTES: usize = 6 << 20;

/// Articles on their way to a worker.
#[derive(Default)]
pub struct Batch {
    /// Number of the first article within the corpus.
    pub first: u64,
    /// As read.
    pub articles: Vec<Article>,
    /// What reading them had to say.
    pub problems: Vec<Problem>,
}

/// Cuts a corpus into batches.
pub struct Batches<'c> {
    corpus: &'c mut Corpus,
    most: usize,
    read: u64,
}

impl Batches<'_> {
    /// Batches of so many articles; 0 = as many as make a good shard.
    pub fn of(corpus: &mut Corpus, articles: usize) -> Batches<'_> {
        Batches { corpus, most: if articles == 0 { usize::MAX } else { articles }, read: 0 }
    }
}

impl Iterator for Batches<'_> {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        let mut batch = Batch { first: self.read, ..Batch::default() };
        let mut bytes = 0;
        while batch.articles.len() < self.most && bytes < BATCH_BYTES {
            match self.corpus.next() {
                Some(Item::Article(article)) => {
                    bytes += article.text.len();
                    batch.articles.push(article);
                }
                Some(Item::Problem(problem)) => batch.problems.push(problem),
                None => break,
            }
        }
        self.read += batch.articles.len() as u64;
        (!batch.articles.is_empty() || !batch.problems.is_empty()).then_some(batch)
    }
}
