//! Which entries can occur in each shard, known from the last run where the entries of a unit are those of that run.
//!
//! In: the units of a run, digests of what each is made of, a cache. Out: of each shard and unit the live entries.
//! Invariant: the same comes out with and without what is kept; what is not known is asked of the types of the shard.

use super::Job;
use crate::index::sealed::Value;
use crate::index::{Key, Shard, Store, StoredShard};
use crate::lookup::{Live, UnitEntries};
use crate::report::{ARTICLES_PART, Fingerprints, part_of_unit};
use crate::stem::Stems;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Of each shard, by the key of its parts: of each unit the bits of its live entries.
type StoredBits = BTreeMap<String, Vec<Vec<u8>>>;

/// The entries of each unit, and where they can occur.
pub(super) struct LiveEntries<'a> {
    /// Of each unit.
    pub entries: Vec<UnitEntries<'a>>,
    key: Key,
    /// What each unit is made of.
    digests: Vec<&'a str>,
    /// What the last run found: of each of its units the place in the lists of a shard.
    places: BTreeMap<String, usize>,
    stored_bits: StoredBits,
    found: Mutex<StoredBits>,
}

impl<'a> LiveEntries<'a> {
    /// Those of a run that is made of this; nothing where that does not tell of a unit.
    pub fn of(job: &'a Job<'_>, store: &Store, fingerprints: &'a Fingerprints) -> Option<LiveEntries<'a>> {
        let (units, plan) = (&job.plans.units, &job.plans.frames);
        let articles = fingerprints.parts.get(ARTICLES_PART)?;
        let key = Key::of(blake3::Hasher::new().update(b"live entries\n").update(articles.as_bytes()));
        let digest = |file: &String| fingerprints.parts.get(&part_of_unit(file)).map(String::as_str);
        let stored_bits = store.value(Value::Live, key);
        let (digests, stored_bits): (Vec<String>, StoredBits) =
            stored_bits.and_then(|bytes| postcard::from_bytes(&bytes).ok()).unwrap_or_default();
        Some(LiveEntries {
            entries: units.ids().map(|unit| UnitEntries::of(units, plan, unit)).collect(),
            key,
            digests: job.plans.unit_files.iter().map(digest).collect::<Option<_>>()?,
            places: digests.into_iter().zip(0..).collect(),
            stored_bits,
            found: Mutex::default(),
        })
    }

    /// The live entries of each unit in a shard. Where the shard had to be opened for it, it lies in `open` then; nothing where it cannot be
    /// read any more.
    pub fn of_shard(
        &self,
        key: Key,
        stored: &Arc<StoredShard>,
        (open, stems): (&mut Option<Shard>, &mut Stems),
    ) -> Option<Vec<Live>> {
        let stored_bits = self.stored_bits.get(&key.hex());
        let mut all = Vec::with_capacity(self.entries.len());
        for (entries, digest) in self.entries.iter().zip(&self.digests) {
            let bits = self.places.get(*digest).and_then(|&place| stored_bits?.get(place));
            all.push(match bits.and_then(|bits| unpack(bits, entries.len())) {
                Some(live) => live,
                None => {
                    if open.is_none() {
                        *open = Some(Shard::open(stored)?);
                    }
                    entries.live(open.as_ref()?.types(), stems)
                }
            });
        }
        let bits = all.iter().map(|live| pack(live)).collect();
        self.found.lock().unwrap_or_else(PoisonError::into_inner).insert(key.hex(), bits);
        Some(all)
    }

    /// Keeps what is known now.
    pub fn keep(&self, store: &Store) {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(bytes) = postcard::to_allocvec(&(&self.digests, &*found)) {
            store.keep_value(Value::Live, self.key, &bytes);
        }
    }
}

/// A bit for each.
fn pack(live: &[bool]) -> Vec<u8> {
    let byte = |eight: &[bool]| eight.iter().rev().fold(0, |byte, &live| byte << 1 | u8::from(live));
    live.chunks(8).map(byte).collect()
}

/// So many bits; nothing where there are others.
fn unpack(bits: &[u8], len: usize) -> Option<Live> {
    (bits.len() == len.div_ceil(8)).then(|| (0..len).map(|at| bits[at / 8] >> (at % 8) & 1 == 1).collect())
}
