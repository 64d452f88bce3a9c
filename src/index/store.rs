//! The cache: shards on disk, found by what they were made of.
//!
//! In: keys and bytes. Out: the same bytes; or nothing, and the caller makes them again.
//! Invariant: a file is written under another name and renamed once it is whole. It says under which key and by whom it was made; what
//! another user or another machine made is not used unless that is asked for. Losing the cache, a part of it, or the right to
//! write it costs time and nothing else.
//! It deliberately knows no run: several may use one cache at once. Each has a lease in it while it lives, and nothing that it may have
//! made and not yet named is taken away.

mod sources;
mod values;

use super::key::Key;
use super::layout::{self, Seal};
use super::records::{Corpus, DOUBT, Entry, Stamp};
use super::stored::{Bytes, StoredShard};
use super::{Shard, Sources, check, spill::Spill};
use crate::disk::{self, Claim, Disk, Maker};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, SystemTime};
use values::{PARTS, VALUE};

/// How names of files end that are not whole yet.
const PARTIAL: &str = ".partial";

/// How names of leases end, and those of leases that are not yet locked.
const LEASE: &str = ".lease";
const LEASE_BEGUN: &str = ".lease.new";

/// Shards that no record names are left for this long: they may be needed again.
const PATIENCE: Duration = Duration::from_secs(3_600);

/// A lease of another machine is believed for this long after it was taken.
const FOREIGN_PATIENCE: Duration = Duration::from_secs(30 * 86_400);

/// Bytes of the maker's sign before a record or a value: a line.
const SIGN: usize = 33;

/// Bytes of a record that are read at most.
const LONGEST_RECORD: u64 = 1 << 30;

/// Where shards are kept.
pub struct Store {
    folder: PathBuf,
    disk: Disk,
    maker: Maker,
    /// Nothing where files stay.
    spill: Option<Spill>,
    /// Says that a run is at work here.
    lease: Option<Claim>,
    /// Several machines write here, and nobody takes anything away.
    is_shared: bool,
    /// Shards are looked for by their heads, and examined when they are opened.
    by_heads: bool,
    /// Something of another user or machine was there and was not used.
    found_foreign: AtomicBool,
    /// The files in which texts may stay.
    sources: OnceLock<Arc<Sources>>,
    /// Names of the parts of counts that this run asked for.
    used: Mutex<BTreeSet<String>>,
}

impl Store {
    /// A cache in a folder, which is made where it is missing.
    pub fn cache(folder: PathBuf, disk: &Disk, maker: Maker) -> Store {
        // where it cannot be made, nothing is found and nothing kept
        let _ = disk.create_dir_all(&folder);
        let lease = Claim::file(disk, &folder, LEASE).ok();
        let store = Store {
            folder,
            disk: disk.clone(),
            maker,
            spill: None,
            lease,
            is_shared: false,
            by_heads: false,
            found_foreign: AtomicBool::new(false),
            sources: OnceLock::new(),
            used: Mutex::default(),
        };
        if !store.has_others() {
            store.sweep();
        }
        store
    }

    /// Takes away what killed runs had begun, where nobody else is at work; gives back the bytes that are gone.
    fn sweep(&self) -> u64 {
        let begun = [PARTIAL, LEASE_BEGUN].into_iter().flat_map(|ending| self.files(ending));
        let gone = begun.filter(|(name, _)| self.disk.remove_file(&self.folder.join(name)).is_ok());
        gone.map(|(_, facts)| facts.len()).sum()
    }

    /// For commands that write no run folder: the cache of a run that was there before, else none.
    pub fn near(out: &str, maker: Maker) -> Store {
        let folder = Path::new(out).join(".cache");
        let disk = Disk::default();
        if disk::is_run_folder(Path::new(out)) && folder.is_dir() {
            Store::cache(folder, &disk, maker)
        } else {
            Store::passing(std::env::temp_dir(), &disk)
        }
    }

    /// Looks for shards by their heads: of a run whose articles are asked for a few places, most of the index need not be examined twice.
    /// A shard that is none is met when it is opened, as one that is not there any more. Whoever trusts others looks at once.
    #[must_use]
    pub fn by_heads(mut self) -> Store {
        self.by_heads = !self.maker.trusts();
        self
    }

    /// No cache: shards lie in a folder until the run has ended, under no name.
    pub fn passing(folder: PathBuf, disk: &Disk) -> Store {
        let spill = Some(Spill::new(folder.clone(), disk));
        let (disk, maker) = (disk.clone(), Maker::here(false));
        Store {
            folder,
            disk,
            maker,
            spill,
            lease: None,
            is_shared: false,
            by_heads: false,
            found_foreign: AtomicBool::new(false),
            sources: OnceLock::new(),
            used: Mutex::default(),
        }
    }

    /// The index of a work folder that several machines share: a file is on the disk before it has its name, nothing is ever taken away.
    pub fn shared(folder: PathBuf, disk: &Disk, maker: Maker) -> Store {
        let _ = disk.create_dir_all(&folder);
        let disk = disk.clone();
        Store {
            folder,
            disk,
            maker,
            spill: None,
            lease: None,
            is_shared: true,
            by_heads: false,
            found_foreign: AtomicBool::new(false),
            sources: OnceLock::new(),
            used: Mutex::default(),
        }
    }

    /// True where something was not used as another user or another machine made it.
    pub fn found_foreign(&self) -> bool {
        self.found_foreign.load(Ordering::Relaxed)
    }

    /// What tells this cache from those of others, for digests.
    pub fn maker(&self) -> [u8; 16] {
        if self.maker.trusts() { [0; 16] } else { self.maker.sign(&[]) }
    }

    /// The shard of this key, if it is whole, ours, and its columns fit together; and how many articles it has, where it was opened.
    fn look_up(&self, key: Key) -> Option<(Arc<StoredShard>, Option<u64>)> {
        if self.spill.is_some() {
            return None;
        }
        let path = self.shard(key);
        let facts = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
        if self.by_heads && self.maker.may_own(&facts) {
            return StoredShard::promised(path, key.0, self.maker.clone()).map(|stored| (self.reading(stored), None));
        }
        let bytes = Bytes::read(&path).ok()?;
        let seal = layout::examine(bytes.bytes(), &key.0, &self.maker);
        match seal {
            Seal::Good if self.maker.may_own(&facts) => {}
            Seal::Foreign if self.maker.trusts() => {}
            Seal::Good | Seal::Foreign => {
                self.found_foreign.store(true, Ordering::Relaxed);
                return None;
            }
            Seal::Broken => return None,
        }
        let stored = self.reading(StoredShard::named(path, bytes.bytes()));
        let shard = Shard::checked(bytes)?.reading(stored.sources());
        (seal == Seal::Good || check::reads(&shard)).then_some(())?;
        Some((stored, Some(shard.len() as u64)))
    }

    /// The shard of this key.
    pub fn get(&self, key: Key) -> Option<Arc<StoredShard>> {
        self.look_up(key).map(|(stored, _)| stored)
    }

    /// Keeps a shard; where that cannot be, in memory.
    pub fn put(&self, key: Key, bytes: &mut [u8]) -> Arc<StoredShard> {
        layout::seal(bytes, &key.0, &self.maker);
        let stored = match &self.spill {
            Some(spill) => spill.put(bytes),
            None => self.write(&self.shard(key), bytes).map(|()| StoredShard::named(self.shard(key), bytes)),
        };
        self.reading(stored.unwrap_or_else(|_| StoredShard::memory(bytes)))
    }

    /// Writes a file under another name and renames it.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if self.is_shared {
            return self.disk.write_whole(path, |file| file.write_all(bytes));
        }
        let partial = self.folder.join(format!("{}{PARTIAL}", disk::random_name()));
        let mut file = self.disk.create_new(&partial)?;
        let written = file.write_all(bytes).and_then(|()| self.disk.rename(&partial, path));
        if written.is_err() {
            let _ = self.disk.remove_file(&partial);
        }
        written
    }

    fn shard(&self, key: Key) -> PathBuf {
        self.folder.join(format!("{}.shard", key.hex()))
    }

    fn record(&self, key: Key) -> PathBuf {
        self.folder.join(format!("{}.corpus", key.hex()))
    }

    /// What is known of a corpus whose files look as they did.
    pub fn recall(&self, key: Key, files: &[Stamp]) -> Option<Corpus> {
        if self.spill.is_some() {
            return None;
        }
        let (corpus, is_ours) = self.read_record(&self.record(key), Some(key))?;
        let same = corpus.files.len() == files.len() && corpus.files.iter().zip(files).all(|(a, b)| a.same(b));
        let settled = corpus.files.iter().all(|file| file.written.saturating_add(DOUBT) < corpus.begun);
        if !is_ours {
            self.found_foreign.store(true, Ordering::Relaxed);
        }
        (same && settled && is_ours).then_some(corpus)
    }

    /// A record, and whether it may be used: a line with the maker's sign stands before it.
    fn read_record(&self, path: &Path, key: Option<Key>) -> Option<(Corpus, bool)> {
        let facts = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
        let bytes = disk::read_regular(path, LONGEST_RECORD).ok()?;
        let (sign, rest) = bytes.split_at_checked(SIGN)?;
        let corpus = serde_json::from_slice(rest).ok()?;
        let is_signed = key.is_some_and(|key| sign == self.signed(key, rest).as_bytes());
        Some((corpus, self.maker.trusts() || is_signed && self.maker.may_own(&facts)))
    }

    fn signed(&self, key: Key, record: &[u8]) -> String {
        let sign = self.maker.sign(&[&key.0, record]);
        format!("{}\n", Key(sign).hex())
    }

    /// The shards of a corpus, if all of them are there, whole, and of as many articles as its record says.
    pub fn shards(&self, corpus: &Corpus) -> Option<Vec<Arc<StoredShard>>> {
        let find = |(hex, articles): &(String, u64)| {
            let (stored, found) = self.look_up(Key::parse(hex)?)?;
            found.is_none_or(|found| found == *articles).then_some(stored)
        };
        corpus.shards.par_iter().map(find).collect()
    }

    /// Writes down what is known of a corpus.
    pub fn remember(&self, key: Key, corpus: &Corpus) {
        if self.spill.is_none() {
            // where it cannot be written, the corpus is read again
            let _ = serde_json::to_vec(corpus).map_err(io::Error::from).and_then(|record| {
                let bytes = [self.signed(key, &record).as_bytes(), &record].concat();
                self.write(&self.record(key), &bytes)
            });
        }
    }

    /// Marks the record of a corpus as used now.
    pub fn touch(&self, key: Key) {
        mark_used(&self.record(key));
    }

    /// Every corpus in the cache, the one used last first.
    pub fn corpora(&self) -> Vec<Entry> {
        let read = |(name, facts): (String, fs::Metadata)| {
            let (corpus, _) = self.read_record(&self.folder.join(&name), None)?;
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

    /// The shard of a key in hexadecimal digits.
    pub fn find(&self, hex: &str) -> Option<Arc<StoredShard>> {
        self.get(Key::parse(hex)?)
    }

    /// True for a shard that a run would use.
    pub fn is_whole(&self, hex: &str) -> bool {
        self.find(hex).is_some()
    }

    /// Drops shards that no record names, and the corpora that were not used for longest, until the rest is below `limit` bytes.
    /// The corpus used last always stays. Gives back the bytes that are gone.
    ///
    /// While another run may be at work here, nothing is dropped: it may be about to name what it made.
    pub fn tidy(&self, limit: u64) -> u64 {
        if self.has_others() {
            return 0;
        }
        let sizes = self.sizes();
        let size = |hex: &String| sizes.iter().find(|(other, _)| other == hex).map_or(0, |(_, bytes)| *bytes);
        let mut named = BTreeSet::new();
        let mut total = 0;
        for (i, entry) in self.corpora().iter().enumerate() {
            let own: Vec<&String> =
                entry.corpus.shards.iter().map(|(hex, _)| hex).filter(|h| !named.contains(*h)).collect();
            let bytes: u64 = own.iter().copied().map(size).sum();
            if i > 0 && total + bytes > limit {
                let _ = self.disk.remove_file(&self.folder.join(&entry.name));
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
        let mut gone = self.sweep() + self.tidy_values();
        for (name, facts) in unnamed.filter(|(_, facts)| is_old(facts)) {
            if self.disk.remove_file(&self.folder.join(&name)).is_ok() {
                gone += facts.len();
            }
        }
        gone
    }

    /// True where another run holds a lease; leases of the dead are taken away.
    fn has_others(&self) -> bool {
        let own = self.lease.as_ref().map(Claim::path);
        let is_other = |(name, facts): &(String, fs::Metadata)| {
            let path = self.folder.join(name);
            if own == Some(path.as_path()) {
                return false;
            }
            let age = facts.modified().ok().and_then(|time| SystemTime::now().duration_since(time).ok());
            if disk::is_live(&path) && age.is_none_or(|age| age < FOREIGN_PATIENCE) {
                return true;
            }
            let _ = self.disk.remove_file(&path);
            false
        };
        self.files(LEASE).iter().filter(|lease| is_other(lease)).count() > 0
    }

    /// Drops everything; gives back the bytes that are gone.
    pub fn clear(&self) -> u64 {
        let files = [".corpus", ".shard", VALUE, PARTS, PARTIAL].into_iter().flat_map(|ending| self.files(ending));
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

/// Marks a file as used now.
fn mark_used(path: &Path) {
    if fs::symlink_metadata(path).is_ok_and(|facts| facts.is_file())
        && let Ok(file) = fs::File::options().append(true).open(path)
    {
        let _ = file.set_modified(SystemTime::now());
    }
}
