//! From a batch of articles to a shard that is kept.
//!
//! In: a batch. Out: the bytes of its shard, from the cache or made now.
//! Invariant: a shard is found by a digest of everything that decides its bytes, so an old one is never taken for a new one.

use crate::clean;
use crate::index::{Attached, BUILD, Draft, FORMAT, Key, Reading, Settled, Shard, Store, StoredShard};
use crate::lookup::Voices;
use crate::read::{Article, Batch};
use crate::stem::Stems;
use crate::stories;
use crate::study::Study;
use crate::text::{Fold, Language};
use crate::tokenise::{self, Tokens};
use crate::voice::{self, Marker};
use std::mem::take;
use std::sync::Arc;

/// Makes shards, or finds them.
pub(crate) struct Indexer<'a> {
    store: &'a Store,
    voices: &'a Voices,
    language: Option<Language>,
    fold: Fold,
    /// Of everything that all shards share.
    base: blake3::Hasher,
    /// Articles of a shard; 0 = as many as fit.
    pub articles: usize,
}

/// What a thread keeps between shards.
#[derive(Default)]
pub(crate) struct IndexWorker {
    stems: Stems,
    marker: Marker,
    /// Memory of the last draft, and of its bytes: no page is cleared twice.
    tokens: Tokens,
    bytes: Vec<u8>,
}

/// A batch as a shard.
pub(crate) struct Indexed {
    pub key: Key,
    pub stored: Arc<StoredShard>,
    pub articles: u64,
    pub problems: Vec<crate::error::Problem>,
    /// Articles read up to its end.
    pub end: u64,
}

impl<'a> Indexer<'a> {
    /// `articles` of a shard; 0 = as many as fit.
    pub fn new(store: &'a Store, voices: &'a Voices, study: &Study, articles: usize) -> Indexer<'a> {
        let (language, fold) = (study.language, study.reading.fold);
        let mut base = blake3::Hasher::new();
        let versions =
            (BUILD, FORMAT, tokenise::VERSION, clean::SUMMARY_VERSION, voice::VERSION, env!("CARGO_PKG_VERSION"));
        base.update(format!("{versions:?} {language:?} {fold:?} {:?}", voices.options).as_bytes());
        for (language, cues) in &voices.cues {
            base.update(format!("{language} {}", cues.key_text()).as_bytes());
        }
        Indexer { store, voices, language, fold, base, articles }
    }

    /// The digest of what all shards share.
    pub fn base(&self) -> blake3::Hasher {
        self.base.clone()
    }

    /// tokenise → stem → voice → keep, unless it was kept before.
    pub fn index(&self, worker: &mut IndexWorker, batch: Batch) -> Indexed {
        let key = self.key(&batch.articles);
        let (articles, end) = (batch.articles.len() as u64, batch.first + batch.articles.len() as u64);
        let stored = self.store.get(key).unwrap_or_else(|| self.make(worker, batch.articles, key));
        Indexed { key, stored, articles, problems: batch.problems, end }
    }

    fn make(&self, worker: &mut IndexWorker, articles: Vec<Article>, key: Key) -> Arc<StoredShard> {
        self.keep(worker, articles, None, key)
    }

    /// The shard again, with what was found out by looking at all articles.
    pub fn make_again(&self, worker: &mut IndexWorker, shard: &Shard, settled: &Settled) -> (Key, Arc<StoredShard>) {
        let mut reader = shard.reader();
        let article = |(i, article): (usize, &Article)| {
            reader.open(i);
            Article { text: reader.text().to_string(), raw: shard.raw(i), ..article.clone() }
        };
        let articles: Vec<Article> = shard.articles().iter().enumerate().map(article).collect();
        let mut hasher = self.base.clone();
        hasher.update(self.key(&articles).hex().as_bytes());
        hasher.update(format!("{settled:?}").as_bytes());
        let key = Key::of(&hasher);
        (key, self.store.get(key).unwrap_or_else(|| self.keep(worker, articles, Some(settled), key)))
    }

    fn keep(
        &self,
        worker: &mut IndexWorker,
        articles: Vec<Article>,
        settled: Option<&Settled>,
        key: Key,
    ) -> Arc<StoredShard> {
        let reading = Reading { language: self.language, fold: self.fold, settled };
        let draft = Draft::read_into(take(&mut worker.tokens), articles, reading, &mut worker.stems);
        let mut attached = Attached::default();
        clean::summarise(&draft, &mut attached);
        self.voices.mark(&draft, &mut worker.marker, &mut attached);
        stories::note_names(&draft, &mut attached);
        worker.bytes = draft
            .encode_into(take(&mut worker.bytes), &attached, self.store.sources().map(|sources| &**sources))
            .unwrap_or_default();
        worker.tokens = draft.into_tokens();
        self.store.put(key, &mut worker.bytes)
    }

    fn key(&self, articles: &[Article]) -> Key {
        let mut hasher = self.base.clone();
        for article in articles {
            article.digest_into(&mut hasher);
            if self.store.sources().is_some() {
                hasher.update(format!("{:?}", article.raw).as_bytes());
            }
        }
        Key::of(&hasher)
    }
}
