//! The cache: shards on disk, found by what they were made of.
//!
//! In: keys and bytes. Out: the same bytes, mapped; or nothing, and the caller makes them again.
//! Invariant: a file is written under another name and renamed once it is whole; it is never changed afterwards. Losing the
//! cache, a part of it, or the right to write it costs time and nothing else.
//! It deliberately knows no run: several may use one cache at once.

use super::kept::Kept;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// What a shard, or the record of a corpus, was made of: the first half of a BLAKE3.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key([u8; 16]);

impl Key {
    /// Of everything that decides what is kept.
    pub fn of(hasher: &blake3::Hasher) -> Key {
        let mut key = [0; 16];
        key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Key(key)
    }

    /// As it stands in file names.
    pub fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn parse(text: &str) -> Option<Key> {
        let mut key = [0; 16];
        if text.len() != 32 || !text.is_ascii() {
            return None;
        }
        for (byte, at) in key.iter_mut().zip((0..32).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
        }
        Some(Key(key))
    }
}

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
        let written = facts.modified()?.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos() as u64;
        let path = std::path::absolute(path)?;
        Ok(Stamp { path, bytes: facts.len(), written, changed: changed(&facts), digest: None })
    }

    fn same(&self, other: &Stamp) -> bool {
        (&self.path, self.bytes, self.written, self.changed) == (&other.path, other.bytes, other.written, other.changed)
    }
}

#[cfg(unix)]
fn changed(facts: &fs::Metadata) -> [i64; 3] {
    use std::os::unix::fs::MetadataExt;
    [facts.ctime(), facts.ctime_nsec(), facts.ino() as i64]
}

#[cfg(not(unix))]
fn changed(_: &fs::Metadata) -> [i64; 3] {
    [0; 3]
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

/// Files changed later than this before reading began may have changed again without a trace.
const DOUBT: u64 = 50_000_000;

/// Shards that no record names are left for this long: another run may be about to name them.
const PATIENCE: Duration = Duration::from_secs(3_600);

/// Where shards are kept.
pub struct Store {
    folder: PathBuf,
    /// Whether files stay there after they are mapped.
    stays: bool,
}

impl Store {
    /// A cache in a folder, which is made where it is missing.
    pub fn cache(folder: PathBuf) -> Store {
        // where it cannot be made, nothing is found and nothing kept
        let _ = fs::create_dir_all(&folder);
        Store { folder, stays: true }
    }

    /// For commands that write no run folder: the cache of a run that was there before, else none.
    pub fn near(out: &str) -> Store {
        let folder = Path::new(out).join(".cache");
        if folder.is_dir() { Store::cache(folder) } else { Store::passing(std::env::temp_dir()) }
    }

    /// No cache: shards lie in a folder until the run has ended, under no name.
    pub fn passing(folder: PathBuf) -> Store {
        Store { folder, stays: false }
    }

    /// The shard of this key.
    pub fn get(&self, key: Key) -> Option<Arc<Kept>> {
        if !self.stays {
            return None;
        }
        Kept::map(&self.shard(key)).ok().map(Arc::new)
    }

    /// Keeps a shard; where that cannot be, in memory.
    pub fn put(&self, key: Key, bytes: &[u8]) -> Arc<Kept> {
        let partial = self.folder.join(format!("{}.{}.partial", key.hex(), std::process::id()));
        let mapped = self.write(&partial, key, bytes);
        if mapped.is_err() {
            let _ = fs::remove_file(&partial);
        }
        Arc::new(mapped.unwrap_or_else(|_| Kept::memory(bytes)))
    }

    fn write(&self, partial: &Path, key: Key, bytes: &[u8]) -> io::Result<Kept> {
        fs::write(partial, bytes)?;
        let kept = Kept::map(partial)?;
        if self.stays {
            fs::rename(partial, self.shard(key))?;
        } else {
            fs::remove_file(partial)?;
        }
        Ok(kept)
    }

    fn shard(&self, key: Key) -> PathBuf {
        self.folder.join(format!("{}.shard", key.hex()))
    }

    fn record(&self, key: Key) -> PathBuf {
        self.folder.join(format!("{}.corpus", key.hex()))
    }

    /// What is known of a corpus whose files look as they did.
    pub fn recall(&self, key: Key, files: &[Stamp]) -> Option<Corpus> {
        if !self.stays {
            return None;
        }
        let corpus: Corpus = serde_json::from_slice(&fs::read(self.record(key)).ok()?).ok()?;
        let same = corpus.files.len() == files.len() && corpus.files.iter().zip(files).all(|(a, b)| a.same(b));
        let settled = corpus.files.iter().all(|file| file.written.saturating_add(DOUBT) < corpus.begun);
        (same && settled).then_some(corpus)
    }

    /// The shards of a corpus, if all of them are there.
    pub fn shards(&self, corpus: &Corpus) -> Option<Vec<Arc<Kept>>> {
        corpus.shards.iter().map(|(hex, _)| self.get(Key::parse(hex)?)).collect()
    }

    /// Writes down what is known of a corpus.
    pub fn remember(&self, key: Key, corpus: &Corpus) {
        if self.stays {
            let partial = self.folder.join(format!("{}.{}.partial", key.hex(), std::process::id()));
            let written =
                serde_json::to_vec(corpus).map_err(io::Error::from).and_then(|bytes| fs::write(&partial, bytes));
            if written.and_then(|()| fs::rename(&partial, self.record(key))).is_err() {
                let _ = fs::remove_file(&partial);
            }
        }
    }

    /// Marks the record of a corpus as used now.
    pub fn touch(&self, key: Key) {
        if let Ok(file) = fs::File::options().append(true).open(self.record(key)) {
            let _ = file.set_modified(SystemTime::now());
        }
    }

    /// Every corpus in the cache, the one used last first.
    pub fn corpora(&self) -> Vec<Entry> {
        let read = |(name, facts): (String, fs::Metadata)| {
            let bytes = fs::read(self.folder.join(&name)).ok()?;
            let corpus = serde_json::from_slice(&bytes).ok()?;
            Some(Entry { name, corpus, used: facts.modified().ok()? })
        };
        let mut found: Vec<Entry> = self.files(".corpus").into_iter().filter_map(read).collect();
        found.sort_by(|a, b| b.used.cmp(&a.used).then_with(|| a.name.cmp(&b.name)));
        found
    }

    /// Bytes of every shard, by key in hexadecimal digits.
    pub fn sizes(&self) -> Vec<(String, u64)> {
        let files = self.files(".shard").into_iter();
        files.map(|(name, facts)| (name.trim_end_matches(".shard").to_string(), facts.len())).collect()
    }

    /// The bytes of a shard, whole or not.
    pub fn bytes(&self, hex: &str) -> Option<Arc<Kept>> {
        self.get(Key::parse(hex)?)
    }

    /// Drops shards that no record names, and the corpora that were not used for longest, until the rest is below `limit` bytes.
    /// The corpus used last always stays. Gives back the bytes that are gone.
    pub fn tidy(&self, limit: u64) -> u64 {
        let sizes = self.sizes();
        let size = |hex: &String| sizes.iter().find(|(known, _)| known == hex).map_or(0, |(_, bytes)| *bytes);
        let mut named = BTreeSet::new();
        let mut total = 0;
        for (i, entry) in self.corpora().iter().enumerate() {
            let own: Vec<&String> =
                entry.corpus.shards.iter().map(|(hex, _)| hex).filter(|h| !named.contains(*h)).collect();
            let bytes: u64 = own.iter().copied().map(size).sum();
            if i > 0 && total + bytes > limit {
                let _ = fs::remove_file(self.folder.join(&entry.name));
                continue;
            }
            total += bytes;
            named.extend(own.into_iter().cloned());
        }
        let is_old = |facts: &fs::Metadata| {
            let age = facts.modified().ok().and_then(|time| SystemTime::now().duration_since(time).ok());
            age.is_some_and(|age| age > PATIENCE) || total > limit
        };
        let unnamed =
            self.files(".shard").into_iter().filter(|(name, _)| !named.contains(name.trim_end_matches(".shard")));
        let mut gone = 0;
        for (name, facts) in unnamed.chain(self.files(".partial")) {
            if is_old(&facts) && fs::remove_file(self.folder.join(&name)).is_ok() {
                gone += facts.len();
            }
        }
        gone
    }

    /// Drops everything; gives back the bytes that are gone.
    pub fn clear(&self) -> u64 {
        let files = [".corpus", ".shard", ".partial"].into_iter().flat_map(|ending| self.files(ending));
        files.filter(|(name, _)| fs::remove_file(self.folder.join(name)).is_ok()).map(|(_, facts)| facts.len()).sum()
    }

    fn files(&self, ending: &str) -> Vec<(String, fs::Metadata)> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let named = entries.filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.metadata().ok()?)));
        let mut files: Vec<_> = named.filter(|(name, facts)| name.ends_with(ending) && facts.is_file()).collect();
        files.sort_by(|a, b| a.0.cmp(&b.0));
        files
    }
}
