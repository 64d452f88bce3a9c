//! From a batch of articles to a shard that is kept.
//!
//! In: a batch. Out: the bytes of its shard, from the cache or made now.
//! Invariant: a shard is found by a digest of everything that decides its bytes, so an old one is never taken for a new one.

use crate::clean;
use crate::index::{Attached, Draft, FORMAT, Kept, Key, Shard, Store};
use crate::lookup::Voices;
use crate::read::{Article, Batch};
use crate::stem::Stems;
use crate::text::Language;
use crate::tokenise;
use crate::voice::{self, Marker};
use std::sync::Arc;
use std::time::SystemTime;

/// Makes shards, or finds them.
pub(crate) struct Indexer<'a> {
    store: &'a Store,
    voices: &'a Voices,
    language: Option<Language>,
    /// Of everything that all shards share.
    base: blake3::Hasher,
}

/// What a thread keeps between shards.
#[derive(Default)]
pub(crate) struct IndexWorker {
    stems: Stems,
    marker: Marker,
}

/// A batch as a shard.
pub(crate) struct Indexed {
    pub key: Key,
    pub kept: Arc<Kept>,
    pub articles: u64,
    pub problems: Vec<crate::error::Problem>,
    /// Articles read up to its end.
    pub end: u64,
}

impl<'a> Indexer<'a> {
    pub fn new(store: &'a Store, voices: &'a Voices, language: Option<Language>) -> Indexer<'a> {
        let mut base = blake3::Hasher::new();
        let versions =
            (program(), FORMAT, tokenise::VERSION, clean::SUMMARY_VERSION, voice::VERSION, env!("CARGO_PKG_VERSION"));
        base.update(format!("{versions:?} {language:?} {:?}", voices.options).as_bytes());
        for (language, cues) in &voices.cues {
            base.update(format!("{language} {}", cues.told()).as_bytes());
        }
        Indexer { store, voices, language, base }
    }

    /// The digest of what all shards share.
    pub fn base(&self) -> blake3::Hasher {
        self.base.clone()
    }

    /// tokenise → stem → voice → keep, unless it was kept before.
    pub fn index(&self, worker: &mut IndexWorker, batch: Batch) -> Indexed {
        let key = self.key(&batch.articles);
        let (articles, end) = (batch.articles.len() as u64, batch.first + batch.articles.len() as u64);
        let known = self.store.get(key).filter(|kept| Shard::open(kept.clone()).is_some());
        let kept = known.unwrap_or_else(|| self.make(worker, batch.articles, key));
        Indexed { key, kept, articles, problems: batch.problems, end }
    }

    fn make(&self, worker: &mut IndexWorker, articles: Vec<Article>, key: Key) -> Arc<Kept> {
        let draft = Draft::of(articles, self.language, &mut worker.stems);
        let mut attached = Attached::default();
        clean::summarise(&draft, &mut attached);
        self.voices.mark(&draft, &mut worker.marker, &mut attached);
        self.store.put(key, &draft.encode(&attached).unwrap_or_default())
    }

    fn key(&self, articles: &[Article]) -> Key {
        let mut hasher = self.base.clone();
        for article in articles {
            let Article { id, outlet, date, title, language, url, text, places, asides, .. } = article;
            let Article { text_offset, first_line, file, record, other, .. } = article;
            let few = (outlet, date, title, language, url, text_offset, first_line, record, other, text.len());
            hasher.update(format!("{id:?} {file:?} {few:?} {places:?} {asides:?}").as_bytes());
            hasher.update(text.as_bytes());
        }
        Key::of(&hasher)
    }
}

/// Which program this is: one that was built anew may find other words without a new version, so what an earlier one made is not taken over.
pub(super) fn program() -> Option<(u64, SystemTime)> {
    let facts = std::env::current_exe().and_then(std::fs::metadata).ok()?;
    Some((facts.len(), facts.modified().ok()?))
}
