//! Values in the cache: what is kept beside the shards, under a digest of what it was made of.
//!
//! In: a kind, a key, bytes. Out: the same bytes, or nothing where there is any doubt.
//! Invariant: as of the store: what another user or another machine made is not used unless that is asked for.

use super::{LONGEST_RECORD, SIGN, Store, mark_used};
use crate::disk;
use crate::index::key::Key;
use crate::index::sealed::{self, Value};
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

/// How names of values end, and how many of them are kept.
pub(super) const VALUE: &str = ".value";
const MOST_VALUES: usize = 32;

impl Store {
    /// The value of a kind and key, if it is whole and ours.
    pub fn value(&self, kind: Value, key: Key) -> Option<Vec<u8>> {
        if self.spill.is_some() {
            return None;
        }
        let path = self.value_path(key);
        let facts = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let bytes = disk::read_regular(&path, LONGEST_RECORD).ok()?;
        let (sign, sealed) = bytes.split_at_checked(SIGN)?;
        let value = sealed::unseal(kind, key, sealed)?;
        let is_ours = sign == self.signed(key, sealed).as_bytes() && self.maker.may_own(&facts);
        if !is_ours && !self.maker.trusts() {
            self.met_others.store(true, Ordering::Relaxed);
            return None;
        }
        mark_used(&path);
        Some(value.to_vec())
    }

    /// Keeps a value; where that cannot be, it is made again.
    pub fn keep_value(&self, kind: Value, key: Key, value: &[u8]) {
        if self.spill.is_none() && self.may_keep() {
            let sealed = sealed::seal(kind, key, value);
            let _ = self.write(&self.value_path(key), &[self.signed(key, &sealed).as_bytes(), &sealed].concat());
        }
    }

    fn value_path(&self, key: Key) -> PathBuf {
        self.folder.join(format!("{}{VALUE}", key.hex()))
    }

    /// Drops the values that were not used for longest.
    pub(super) fn tidy_values(&self) -> u64 {
        let mut values = self.files(VALUE);
        values.sort_by_key(|(_, facts)| std::cmp::Reverse(facts.modified().ok()));
        let old = values.into_iter().skip(MOST_VALUES);
        let gone = old.filter(|(name, _)| self.disk.remove_file(&self.folder.join(name)).is_ok());
        gone.map(|(_, facts)| facts.len()).sum()
    }
}
