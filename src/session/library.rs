//! Every shard of a corpus, from the cache as far as it goes.
//!
//! In: a corpus that is open. Out: a [`Library`].
//! Invariant: where the files look as they did when they were read to the end, and all shards are there and whole, nothing is read;
//! otherwise everything is, and each shard that is not in the cache is made. The result is the same.

use super::indexing::{IndexWorker, Indexed, Indexer};
use crate::error::{Place, Problem, Result};
use crate::index::{self, Key, Stamp, Store, StoredShard};
use crate::progress::{Progress, Stage};
use crate::read::{Batches, Corpus};
use crate::stream;
use crate::study::Study;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

/// Every shard of a corpus, in order.
#[derive(Default)]
pub(crate) struct Library {
    /// Shard, and the number of its first article.
    pub shards: Vec<(Arc<StoredShard>, u64)>,
    /// Articles in all of them.
    pub articles: u64,
    /// What reading had to say.
    pub problems: Vec<Problem>,
    /// Which words are joined over line ends, as text: it decides what is a word, beside the articles.
    pub settled: String,
    /// The lexicons were asked which.
    pub asks_lexicons: bool,
}

/// Finds or makes every shard.
pub(crate) fn gather(
    corpus: &mut Corpus,
    study: &Study,
    store: &Store,
    indexer: &Indexer<'_>,
    progress: &dyn Progress,
    stop: &AtomicBool,
) -> Result<Library> {
    let begun = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos() as u64;
    let stamps = stamps(corpus);
    let key = record_key(corpus, study, indexer);
    let record = stamps.as_ref().and_then(|stamps| store.recall(key, stamps));
    progress.begin(Stage::Read, Some(corpus.bytes_total()));
    progress.begin(Stage::Tokenise, None);
    let found = record.and_then(|record| Some((store.shards(&record)?, record)));
    let library = match found {
        Some((shards, known)) => {
            corpus.recall(known.files.iter().map(|file| file.digest.clone()).collect());
            store.touch(key);
            let mut read = 0;
            let firsts = known.shards.iter().map(|(_, articles)| {
                read += articles;
                read - articles
            });
            let shards: Vec<_> = shards.into_iter().zip(firsts).collect();
            progress.reach(Stage::Read, corpus.bytes_total());
            progress.reach(Stage::Tokenise, read);
            Library {
                shards,
                articles: read,
                problems: known.problems.into_iter().map(Problem::from_cells).collect(),
                ..Library::default()
            }
        }
        None => read(corpus, study, (store, key, stamps), indexer, begun, progress, stop)?,
    };
    progress.end(Stage::Read);
    progress.end(Stage::Tokenise);
    Ok(library)
}

fn read(
    corpus: &mut Corpus,
    study: &Study,
    (store, key, stamps): (&Store, Key, Option<Vec<Stamp>>),
    indexer: &Indexer<'_>,
    begun: u64,
    progress: &dyn Progress,
    stop: &AtomicBool,
) -> Result<Library> {
    let read_bytes = corpus.progress();
    let batches = Batches::of(corpus, indexer.articles);
    let work = |worker: &mut IndexWorker, batch| {
        let indexed = indexer.index(worker, batch);
        progress.reach(Stage::Read, read_bytes.load(Ordering::Relaxed));
        progress.reach(Stage::Tokenise, indexed.end);
        indexed
    };
    let mut library = Library::default();
    let mut record = index::Corpus { begun, ..index::Corpus::default() };
    stream::in_order(batches, study.worker_threads(), stop, IndexWorker::default, work, |indexed: Indexed| {
        record.problems.extend(indexed.problems.iter().map(Problem::cells));
        record.shards.push((indexed.key.hex(), indexed.articles));
        library.problems.extend(indexed.problems);
        library.shards.push((indexed.stored, indexed.end - indexed.articles));
        library.articles = indexed.end;
        Ok(())
    })?;
    // a file that changed while it was read is not known
    let now = self::stamps(corpus);
    if let Some(mut stamps) = stamps.filter(|stamps| now.as_ref() == Some(stamps)) {
        for (stamp, input) in stamps.iter_mut().zip(corpus.inputs()) {
            stamp.digest.clone_from(&input.digest);
        }
        store.remember(key, &index::Corpus { files: stamps, ..record });
    }
    Ok(library)
}

/// What is known of a corpus whose files look as they did.
pub(crate) fn recalled(corpus: &Corpus, study: &Study, store: &Store, indexer: &Indexer<'_>) -> Option<index::Corpus> {
    store.recall(record_key(corpus, study, indexer), &stamps(corpus)?)
}

/// How the files of a corpus look now.
fn stamps(corpus: &Corpus) -> Option<Vec<Stamp>> {
    corpus.inputs().iter().map(|input| Stamp::of(&input.path).ok()).collect()
}

/// Says that there is an index, and why it was not used.
pub(crate) fn note_others(store: &Store, progress: &dyn Progress) {
    if store.found_foreign() {
        let found = "the index in .cache was not made by this user on this machine, so it was rebuilt";
        let problem = Problem::warning("cache-not-ours", Place::file(".cache"), found);
        progress.note(&problem.hint("--trust-cache uses it, if you know who made it"));
    }
}

/// Digest of what was typed, of how it is read, and of what decides the bytes of a shard.
fn record_key(corpus: &Corpus, study: &Study, indexer: &Indexer<'_>) -> Key {
    let mut hasher = indexer.base();
    hasher.update(format!("{:?} {}", study.articles(), study.digest_of_side_files("read.")).as_bytes());
    // shards as large as fit are too large for many frames
    if study.shard_articles == 0 && indexer.articles != 0 {
        hasher.update(&indexer.articles.to_le_bytes());
    }
    for input in corpus.inputs() {
        let path = std::path::absolute(&input.path).unwrap_or_else(|_| input.path.clone());
        hasher.update(format!("{} {path:?}\n", input.file).as_bytes());
    }
    Key::of(&hasher)
}
