//! The bytes of a shard: in memory, or a file mapped into it.

use memmap2::Mmap;
use std::fs::File;
use std::io;
use std::path::Path;

/// Bytes that begin where a number may lie.
pub enum Kept {
    /// In memory.
    Memory {
        /// Eight bytes each.
        words: Vec<u64>,
        /// Bytes that count.
        len: usize,
    },
    /// A file of the cache.
    Mapped(Mmap),
}

impl Kept {
    /// Bytes that stay in memory.
    pub fn memory(bytes: &[u8]) -> Kept {
        let mut words = vec![0u64; bytes.len().div_ceil(8)];
        bytemuck::cast_slice_mut(&mut words)[..bytes.len()].copy_from_slice(bytes);
        Kept::Memory { words, len: bytes.len() }
    }

    /// Maps a file.
    #[allow(unsafe_code)]
    pub fn map(path: &Path) -> io::Result<Kept> {
        let file = File::open(path)?;
        // SAFETY: a file of the cache is written under another name, renamed once it is whole, and never written to again; it may be
        // unlinked while it is mapped, which leaves the mapping as it is. Its bytes are only read, and checked before they are used.
        let map = unsafe { Mmap::map(&file) }?;
        Ok(Kept::Mapped(map))
    }

    /// Lets go of the memory that a mapping holds; what is looked at again is fetched again.
    #[allow(unsafe_code)]
    pub fn rest(&self) {
        #[cfg(unix)]
        if let Kept::Mapped(map) = self {
            // SAFETY: the mapping is shared, read-only and of a file that is never written to: pages that are dropped come back as they were.
            let _ = unsafe { map.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
        }
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Kept::Memory { words, len } => bytemuck::cast_slice(words).get(..*len).unwrap_or_default(),
            Kept::Mapped(map) => map,
        }
    }
}
