//! Values in the cache: what is kept beside the shards, under a digest of what it was made of.
//!
//! In: a kind, a key, bytes. Out: the same bytes, or nothing where there is any doubt.
//! Invariant: as of the store: what another user or another machine made is not used unless that is asked for.

use super::{LONGEST_RECORD, SIGN, Store, mark_used};
use crate::disk;
use crate::index::key::Key;
use crate::index::sealed::{self, Value};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

/// How names of values end.
pub(super) const VALUE: &str = ".value";

/// How names of parts of counts end.
pub(super) const PARTS: &str = ".parts";

/// Values that are kept.
const MOST_VALUES: usize = 64;

impl Store {
    /// The value of a kind and key, if it is whole and ours.
    pub fn value(&self, kind: Value, key: Key) -> Option<Vec<u8>> {
        self.read_value(kind, key, &self.value_path(key))
    }

    fn read_value(&self, kind: Value, key: Key, path: &Path) -> Option<Vec<u8>> {
        if self.spill.is_some() {
            return None;
        }
        let facts = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
        let mut bytes = disk::read_regular(path, LONGEST_RECORD).ok()?;
        let (sign, sealed) = bytes.split_at_checked(SIGN)?;
        let before = bytes.len() - sealed::unseal(kind, key, sealed)?.len();
        let is_ours = sign == self.signed(key, sealed).as_bytes() && self.maker.may_own(&facts);
        if !is_ours && !self.maker.trusts() {
            self.found_foreign.store(true, Ordering::Relaxed);
            return None;
        }
        mark_used(path);
        // where it lies, without a copy beside it
        bytes.drain(..before);
        Some(bytes)
    }

    /// Keeps a value; where that cannot be, it is made again.
    pub fn keep_value(&self, kind: Value, key: Key, value: &[u8]) {
        self.write_value(kind, key, &self.value_path(key), value);
    }

    fn write_value(&self, kind: Value, key: Key, path: &Path, value: &[u8]) {
        if self.spill.is_none() && self.may_keep() {
            let sealed = sealed::seal(kind, key, value);
            let _ = self.write(path, &[self.signed(key, &sealed).as_bytes(), &sealed].concat());
        }
    }

    /// What was counted in a shard, in parts; those that no run asks for go when it tidies.
    pub fn parts(&self, key: Key) -> Option<Vec<u8>> {
        self.use_parts(key);
        self.read_value(Value::Parts, key, &self.parts_path(key))
    }

    /// Keeps what was counted in a shard.
    pub fn keep_parts(&self, key: Key, parts: &[u8]) {
        self.use_parts(key);
        self.write_value(Value::Parts, key, &self.parts_path(key), parts);
    }

    fn parts_path(&self, key: Key) -> PathBuf {
        self.folder.join(format!("{}{PARTS}", key.hex()))
    }

    fn use_parts(&self, key: Key) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(format!("{}{PARTS}", key.hex()));
    }

    /// Files and bytes of parts of counts.
    pub fn size_of_parts(&self) -> (usize, u64) {
        let files = self.files(PARTS);
        (files.len(), files.iter().map(|(_, facts)| facts.len()).sum())
    }

    fn value_path(&self, key: Key) -> PathBuf {
        self.folder.join(format!("{}{VALUE}", key.hex()))
    }

    /// Drops the values that were not used for longest, and the parts of counts that this run did not ask for.
    pub(super) fn tidy_values(&self) -> u64 {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let unused = self.files(PARTS).into_iter().filter(|(name, _)| !used.contains(name));
        let mut values = self.files(VALUE);
        values.sort_by_key(|(_, facts)| std::cmp::Reverse(facts.modified().ok()));
        let old = values.into_iter().skip(MOST_VALUES).chain(unused);
        let gone = old.filter(|(name, _)| self.disk.remove_file(&self.folder.join(name)).is_ok());
        gone.map(|(_, facts)| facts.len()).sum()
    }
}
