//! What the cache knows of a corpus.
//!
//! In: files of the corpus. Out: how they looked, and the shards that were made of them.
//! Invariant: two files that look the same are taken for the same only by who knows when reading began.

use crate::disk::{changed, written};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Files changed later than this before a moment, in nanoseconds, may have changed again without a trace.
pub(super) const DOUBT: u64 = 50_000_000;

/// How a file of the corpus looked when it was read; another look is another file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Where it lies.
    pub path: PathBuf,
    /// Bytes.
    pub bytes: u64,
    /// Nanoseconds since 1970 at which it was last written.
    pub written: u64,
    /// Nanoseconds at which it was last written, renamed or marked, and its number on the disk; where the system has them.
    pub changed: [i64; 3],
    /// BLAKE3 of its bytes.
    pub digest: Option<String>,
}

impl Stamp {
    /// Looks at a file; its digest is to be told.
    pub fn of(path: &Path) -> io::Result<Stamp> {
        let facts = fs::metadata(path)?;
        let path = std::path::absolute(path)?;
        Ok(Stamp { path, bytes: facts.len(), written: written(&facts)?, changed: changed(&facts), digest: None })
    }

    /// True where the file has not changed since well before a moment, in nanoseconds since 1970.
    pub fn is_settled(&self, moment: u64) -> bool {
        let [seconds, nanoseconds, _] = self.changed.map(|part| u64::try_from(part).unwrap_or(0));
        let changed = seconds.saturating_mul(1_000_000_000).saturating_add(nanoseconds);
        self.written.max(changed).saturating_add(DOUBT) < moment
    }

    pub(super) fn same(&self, other: &Stamp) -> bool {
        (&self.path, self.bytes, self.written, self.changed) == (&other.path, other.bytes, other.written, other.changed)
    }
}

/// What is known of a corpus that was read to its end.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Corpus {
    /// Its files.
    pub files: Vec<Stamp>,
    /// Its shards, in order: key in hexadecimal digits, articles.
    pub shards: Vec<(String, u64)>,
    /// What reading it had to say, in cells.
    pub problems: Vec<[String; 8]>,
    /// Nanoseconds since 1970 at which reading began.
    pub begun: u64,
}

/// A corpus in the cache.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Name of its record.
    pub name: String,
    /// What is known of it.
    pub corpus: Corpus,
    /// When it was last used.
    pub used: SystemTime,
}
