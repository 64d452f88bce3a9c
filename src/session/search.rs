//! Looking for a few places, without counting.
//!
//! In: a session, a plan. Out: its hits, shard by shard in order; and what of each article is not counted, which only cleaning all of
//! them can say, so that it is kept.
//! Invariant: hits and spans are those that [`CountingSession::count`] gives.

use super::{CountingSession, damaged};
use crate::clean::{self, Cleaned, Removed};
use crate::count::{Search, SearchedShard};
use crate::error::Result;
use crate::index::bytes::Writer;
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
        cleaned: &Cleaned,
        stop: &AtomicBool,
        look: impl Fn(&SearchedShard<'_>) -> R + Sync,
        mut sink: impl FnMut(R) -> Result<()>,
    ) -> Result<()> {
        let search = Search { voices: &self.study.voices, survey: &self.survey, plan, frame, cleaned };
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

    /// Opens some shards again for a few places, told by the number of their first article; as of [`CountingSession::search`].
    ///
    /// # Errors
    /// As of [`CountingSession::search`].
    pub fn look_again<R: Send>(
        &self,
        is_wanted: impl Fn(u64) -> bool + Sync + Send,
        stop: &AtomicBool,
        look: impl Fn(&Shard, u64) -> R + Sync,
        mut sink: impl FnMut(R),
    ) -> Result<()> {
        let shards = self.indexed.shards.iter().filter(|(_, first)| is_wanted(*first));
        let work = |(): &mut (), (stored, first): &(Arc<StoredShard>, u64)| {
            Shard::look(stored, |shard| Some(look(shard, *first)))
        };
        stream::in_order(
            shards,
            self.study.worker_threads(),
            stop,
            || (),
            work,
            |looked| {
                let looked = looked.ok_or_else(damaged)?;
                self.refuse_changed()?;
                sink(looked);
                Ok(())
            },
        )
    }

    /// What of each article is not counted, in the order of reading; from the cache where they were cleaned before.
    ///
    /// # Errors
    /// As of [`CountingSession::search`].
    pub fn cleaned(&self, store: &Store, stop: &AtomicBool) -> Result<Cleaned> {
        if let Some(cleaned) = self.known_cleaned(store) {
            return Ok(cleaned);
        }
        let (furniture, recurring, options) = (&self.furniture, &self.survey.clean.recurring, &self.study.clean);
        let work = |stems: &mut Stems, (stored, _): &(Arc<StoredShard>, u64)| {
            let shard = Shard::open(stored)?;
            let patterns = furniture.for_types(shard.types(), stems);
            let removed = clean::clean(&shard, &patterns, recurring, options);
            let gone = |removed: &[Removed]| removed.iter().map(|removed| removed.tokens.len()).sum::<u32>();
            let of_article = |(i, removed): (usize, Vec<Removed>)| (shard.range(i).len() - gone(&removed), removed);
            Some(removed.into_iter().enumerate().map(of_article).collect::<Vec<_>>())
        };
        let (shards, threads) = (self.indexed.shards.iter(), self.study.worker_threads());
        let mut cleaned = Cleaned::default();
        stream::in_order(shards, threads, stop, Stems::default, work, |of_shard| {
            of_shard.ok_or_else(damaged)?.iter().for_each(|(words, removed)| cleaned.push(*words, removed));
            Ok(())
        })?;
        self.keep_cleaned(store, &cleaned);
        Ok(cleaned)
    }

    /// What of each article is not counted, where the cache knows.
    pub fn known_cleaned(&self, store: &Store) -> Option<Cleaned> {
        let bytes = store.value(Value::Cleaned, self.cleaned_key())?;
        Cleaned::read(&bytes, self.indexed.articles)
    }

    /// Keeps what of each article is not counted, where that is known of all of them.
    pub fn keep_cleaned(&self, store: &Store, cleaned: &Cleaned) {
        if cleaned.len() as u64 == self.indexed.articles {
            store.keep_value(Value::Cleaned, self.cleaned_key(), &cleaned.write());
        }
    }

    fn cleaned_key(&self) -> Key {
        Key::of(&self.cleaned_of())
    }

    /// Digest of what decides which words are counted: articles, what recurs in them, and what is furniture.
    pub(super) fn cleaned_of(&self) -> blake3::Hasher {
        let mut hasher = blake3::Hasher::new();
        hasher.update(format!("cleaned {} {:?}\n", crate::index::BUILD, self.study.clean).as_bytes());
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
