//! The bytes of a shard: in memory, in a file of the cache, or in one that has no name.
//!
//! In: bytes, or where they lie. Out: [`Bytes`] in memory of their own.
//! Invariant: what is used was checked in the memory that is used: bytes are copied from the disk and then summed, each time. A file
//! that was cut short or changed gives no bytes, and no signal. A shard that was met by its head alone is examined in full where it is opened.

use super::Sources;
use super::blocks::FileColumns;
use super::layout::{self, Seal};
use crate::disk::{self, Maker};
use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Bytes in memory that begin where a number may lie.
#[derive(Clone)]
pub struct Bytes {
    words: Arc<Words>,
    /// Bytes that count.
    len: usize,
}

/// Eight bytes each.
struct Words(Vec<u64>);

thread_local! {
    /// Memory of the shard that this thread let go last: no page is cleared twice.
    static FREE: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

impl Words {
    /// So many, with anything in them.
    fn of(words: usize) -> Words {
        let mut free = FREE.with(RefCell::take);
        if free.capacity() < words {
            // a shard that is a little larger than those before it shall lie in the same memory
            free = Vec::with_capacity(words + words / 2);
        }
        free.resize(words, 0);
        Words(free)
    }
}

impl Drop for Words {
    fn drop(&mut self) {
        /// Memory that is not given back to the system, in words.
        const MOST: usize = 4 << 20;
        let words = std::mem::take(&mut self.0);
        // a thread that ends has nothing to keep memory for
        let _ = FREE.try_with(|free| {
            let mut free = free.borrow_mut();
            if (free.capacity()..=MOST).contains(&words.capacity()) {
                *free = words;
            }
        });
    }
}

impl Bytes {
    /// A copy.
    pub fn of(bytes: &[u8]) -> Bytes {
        let mut words = Words::of(bytes.len().div_ceil(8));
        bytemuck::cast_slice_mut(&mut words.0)[..bytes.len()].copy_from_slice(bytes);
        Bytes { words: Arc::new(words), len: bytes.len() }
    }

    /// So many bytes, as `fill` gives them.
    fn filled(len: usize, fill: impl FnOnce(&mut [u8]) -> io::Result<()>) -> io::Result<Bytes> {
        let mut words = Words::of(len.div_ceil(8));
        fill(&mut bytemuck::cast_slice_mut(&mut words.0)[..len])?;
        Ok(Bytes { words: Arc::new(words), len })
    }

    /// Everything in a regular file.
    pub(super) fn read(path: &Path) -> io::Result<Bytes> {
        let mut file = disk::open_regular(path)?;
        let len = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        Bytes::filled(len, |bytes| file.read_exact(bytes))
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        bytemuck::cast_slice(&self.words.0).get(..self.len).unwrap_or_default()
    }
}

/// Where the bytes of a shard are.
pub struct StoredShard {
    place: Location,
    /// Of the bytes that were checked, or made; or that their head promises.
    sum: u128,
    /// The files in which texts lie that are not packed.
    sources: Arc<Sources>,
}

enum Location {
    Memory(Bytes),
    /// A file of the cache.
    Named(PathBuf),
    /// A file of the cache of which only the head was read: it is examined when it is opened.
    Promised {
        path: PathBuf,
        key: [u8; 16],
        maker: Maker,
    },
    /// A stretch of a file that goes when the run ends.
    Spilled {
        file: Arc<File>,
        start: u64,
        len: usize,
    },
}

impl StoredShard {
    fn of(place: Location, bytes: &[u8]) -> StoredShard {
        StoredShard { place, sum: layout::sum(bytes), sources: Arc::default() }
    }

    /// The same bytes, texts that are not packed being read in these files.
    pub(super) fn reading(self, sources: Arc<Sources>) -> StoredShard {
        StoredShard { sources, ..self }
    }

    /// The files in which texts lie that are not packed.
    pub(super) fn sources(&self) -> Arc<Sources> {
        Arc::clone(&self.sources)
    }

    /// Bytes that stay in memory.
    pub fn memory(bytes: &[u8]) -> StoredShard {
        StoredShard::of(Location::Memory(Bytes::of(bytes)), bytes)
    }

    /// Bytes that were written to a file, or were read of it and checked.
    pub(super) fn named(path: PathBuf, bytes: &[u8]) -> StoredShard {
        StoredShard::of(Location::Named(path), bytes)
    }

    /// A file of the cache that begins as one of this key does; whether it goes on so is seen when it is opened.
    pub(super) fn promised(path: PathBuf, key: [u8; 16], maker: Maker) -> Option<StoredShard> {
        let mut head = [0; layout::HEAD];
        disk::open_regular(&path).ok()?.read_exact(&mut head).ok()?;
        layout::is_of(&head, &key).then(|| StoredShard::of(Location::Promised { path, key, maker }, &head))
    }

    /// True where only the head of the bytes was seen, so that their columns are not known to fit together.
    pub(super) fn is_promised(&self) -> bool {
        matches!(self.place, Location::Promised { .. })
    }

    /// Bytes that were written to a stretch of a file.
    pub(super) fn spilled(file: Arc<File>, start: u64, bytes: &[u8]) -> StoredShard {
        StoredShard::of(Location::Spilled { file, start, len: bytes.len() }, bytes)
    }

    /// The file that they lie in, where it has a name.
    pub fn file(&self) -> Option<&Path> {
        match &self.place {
            Location::Named(path) | Location::Promised { path, .. } => Some(path),
            Location::Memory(_) | Location::Spilled { .. } => None,
        }
    }

    /// Checksum of the bytes that were checked, or made.
    pub fn sum(&self) -> u128 {
        self.sum
    }

    /// The columns of a file of which only the head was read, as they are asked for; nothing in it where it is not what its head promises.
    pub(super) fn in_file(&self, columns: usize) -> Option<Option<FileColumns>> {
        let Location::Promised { path, key, maker } = &self.place else { return None };
        let file = patiently(|| disk::open_regular(path)).ok();
        Some(file.and_then(|file| FileColumns::open(file, (key, self.sum), maker, columns)))
    }

    /// The bytes that were checked or made; none where they are not there any more, or are others.
    pub fn load(&self) -> Option<Bytes> {
        let bytes = match &self.place {
            Location::Memory(bytes) => return Some(bytes.clone()),
            Location::Named(path) => patiently(|| Bytes::read(path)),
            Location::Promised { path, key, maker } => {
                let bytes = patiently(|| Bytes::read(path)).ok()?;
                let is_good = layout::examine(bytes.bytes(), key, maker) == Seal::Good;
                return (is_good && layout::sum(bytes.bytes()) == self.sum).then_some(bytes);
            }
            Location::Spilled { file, start, len } => {
                Bytes::filled(*len, |bytes| disk::read_exact_at(file, bytes, *start))
            }
        };
        bytes.ok().filter(|bytes| layout::sum(bytes.bytes()) == self.sum && layout::is_whole(bytes.bytes()))
    }
}

/// Reads again what is not there for a moment: another run is being put in the place, and the cache follows it file by file.
fn patiently<T>(read: impl Fn() -> io::Result<T>) -> io::Result<T> {
    const PAUSE: Duration = Duration::from_millis(10);
    const TRIES: u32 = 300;
    for _ in 0..TRIES {
        match read() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => std::thread::sleep(PAUSE),
            done => return done,
        }
    }
    read()
}
