//! Looking for a few places, without counting.
//!
//! In: a session, a plan. Out: its hits, shard by shard in order; and how many words of each article are counted, which only cleaning all
//! of them can say, so that it is kept.
//! Invariant: hits and words are those that [`CountingSession::count`] gives.

use super::{CountingSession, damaged};
use crate::clean::{self, Removed};
use crate::count::{Search, SearchedShard};
use crate::error::Result;
use crate::index::bytes::{Reader, Writer};
use crate::index::sealed::Value;
use crate::index::{Key, Shard, Store, StoredShard};
use crate::lookup::{FrameId, Plan};
use crate::stem::Stems;
use crate::stream;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

impl CountingSession<'_> {
    /// The hits of a plan, or of one frame of it: `look` sees each shard while it lies open, in the thread that searches it; `sink` gets what
    /// it saw, in order.
    ///
    /// # Errors
    /// A shard that cannot be read any more; what `sink` says; [`crate::error::Error::Interrupted`].
    pub fn search<R: Send>(
        &self,
        (plan, frame): (&Plan<'_>, Option<FrameId>),
        stop: &AtomicBool,
        look: impl Fn(&SearchedShard<'_>) -> R + Sync,
        mut sink: impl FnMut(R) -> Result<()>,
    ) -> Result<()> {
        let (furniture, survey) = (&self.furniture, &self.survey);
        let search = Search { furniture, clean: &self.study.clean, voices: &self.study.voices, survey, plan, frame };
        let work = |stems: &mut Stems, (stored, first): &(Arc<StoredShard>, u64)| {
            search.search(stems, (stored, *first), &look)
        };
        let threads = self.study.worker_threads();
        stream::in_order(self.indexed.shards.iter(), threads, stop, Stems::default, work, |looked| {
            let looked = looked.ok_or_else(damaged)?;
            self.refuse_changed()?;
            sink(looked)
        })
    }

    /// Words of each article, in the order of reading, without furniture and repeats; from the cache where they were counted before.
    ///
    /// # Errors
    /// As of [`CountingSession::search`].
    pub fn countable_words(&self, store: &Store, stop: &AtomicBool) -> Result<Vec<u32>> {
        if let Some(words) = store.value(Value::Words, self.words_key()).and_then(|bytes| self.read_words(&bytes)) {
            return Ok(words);
        }
        let (furniture, recurring, options) = (&self.furniture, &self.survey.clean.recurring, &self.study.clean);
        let work = |stems: &mut Stems, (stored, _): &(Arc<StoredShard>, u64)| {
            let shard = Shard::open(stored)?;
            let patterns = furniture.for_types(shard.types(), stems);
            let removed = clean::clean(&shard, &patterns, recurring, options);
            let gone = |removed: &[Removed]| removed.iter().map(|removed| removed.tokens.len()).sum::<u32>();
            Some(
                removed.iter().enumerate().map(|(i, removed)| shard.range(i).len() - gone(removed)).collect::<Vec<_>>(),
            )
        };
        let (shards, threads) = (self.indexed.shards.iter(), self.study.worker_threads());
        let mut words = Vec::new();
        stream::in_order(shards, threads, stop, Stems::default, work, |of_shard| {
            words.extend(of_shard.ok_or_else(damaged)?);
            Ok(())
        })?;
        self.keep_words(store, &words);
        Ok(words)
    }

    /// Keeps how many words of each article are counted, where that is known of all of them.
    pub fn keep_words(&self, store: &Store, words: &[u32]) {
        if words.len() as u64 != self.indexed.articles {
            return;
        }
        let mut to = Writer::default();
        words.iter().for_each(|&words| to.number(words));
        store.keep_value(Value::Words, self.words_key(), &to.bytes);
    }

    fn read_words(&self, bytes: &[u8]) -> Option<Vec<u32>> {
        let mut from = Reader::new(bytes);
        let words: Vec<u32> = (0..self.indexed.articles).map(|_| from.small()).collect::<Option<_>>()?;
        from.is_empty().then_some(words)
    }

    fn words_key(&self) -> Key {
        Key::of(&self.words_made_of())
    }

    /// Digest of what decides which words are counted: articles, what recurs in them, and what is furniture.
    pub(super) fn words_made_of(&self) -> blake3::Hasher {
        let mut hasher = blake3::Hasher::new();
        hasher.update(format!("words {} {:?}\n", crate::index::BUILD, self.study.clean).as_bytes());
        for lexicon in &self.furniture.lexicons {
            hasher.update(format!("{}\n", lexicon.fingerprint()).as_bytes());
        }
        let mut recurring = Writer::default();
        self.survey.clean.recurring.write(&mut recurring);
        hasher.update(&recurring.bytes);
        for (stored, first) in &self.indexed.shards {
            hasher.update(&stored.sum().to_le_bytes());
            hasher.update(&first.to_le_bytes());
        }
        hasher
    }
}
