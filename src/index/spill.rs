//! Shards of a run without a cache: one file without a name, which the system takes away with the process.
//!
//! In: bytes. Out: where they lie.
//! Invariant: stretches do not overlap, and none is written twice.

use super::stored::StoredShard;
use crate::disk::{self, Disk, Out};
use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// A file that grows.
pub(super) struct Spill {
    folder: PathBuf,
    disk: Disk,
    open: Mutex<Option<Open>>,
}

struct Open {
    writer: Out,
    reader: Arc<File>,
    end: u64,
}

impl Spill {
    pub fn new(folder: PathBuf, disk: &Disk) -> Spill {
        Spill { folder, disk: disk.clone(), open: Mutex::new(None) }
    }

    /// Puts bytes behind the others. After a failure it is not used any more, as nobody knows how far that one came.
    pub fn put(&self, bytes: &[u8]) -> io::Result<StoredShard> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let mut file = match open.take() {
            Some(file) => file,
            None => self.begin()?,
        };
        file.writer.write_all(bytes)?;
        let stored = StoredShard::spilled(file.reader.clone(), file.end, bytes);
        file.end += bytes.len() as u64;
        *open = Some(file);
        Ok(stored)
    }

    fn begin(&self) -> io::Result<Open> {
        let path = self.folder.join(format!(".framescope-{}.spill", disk::random_name()));
        let writer = self.disk.create_new(&path)?;
        let reader = File::open(&path).map(Arc::new);
        // it lives as long as it is open; where an open file cannot lose its name, it goes with its folder
        let _ = self.disk.remove_file(&path);
        Ok(Open { writer, reader: reader?, end: 0 })
    }
}
