//! A corpus cut into batches: the unit of threads and memory.
//!
//! In: a corpus. Out: its articles in order, some millions of bytes at a time, with the problems among them.
//! Invariant: nothing is lost or reordered; a problem is in the batch of the article that follows it.

use super::{Article, Corpus, Item};
use crate::error::Problem;

/// Bytes of text in a batch: no fewer, unless the corpus ends.
const LEAST_BYTES: usize = 3 << 20;

/// Bytes of text in a batch: no more, but for the last article.
const MOST_BYTES: usize = 8 << 20;

/// Of so many articles one ends a batch.
const ENDS: u64 = 256;

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
        while batch.articles.len() < self.most && bytes < MOST_BYTES {
            match self.corpus.next() {
                Some(Item::Article(article)) => {
                    bytes += article.text.len();
                    let is_end = self.most == usize::MAX && bytes >= LEAST_BYTES && ends_a_batch(&article);
                    batch.articles.push(article);
                    if is_end {
                        break;
                    }
                }
                Some(Item::Problem(problem)) => batch.problems.push(problem),
                None => break,
            }
        }
        self.read += batch.articles.len() as u64;
        (!batch.articles.is_empty() || !batch.problems.is_empty()).then_some(batch)
    }
}

/// True for articles after which a batch may end. It depends on the article alone: where one is added, only its own batch changes.
fn ends_a_batch(article: &Article) -> bool {
    let head = &article.text.as_bytes()[..article.text.len().min(256)];
    xxhash_rust::xxh3::xxh3_64_with_seed(head, article.text.len() as u64).is_multiple_of(ENDS)
}
