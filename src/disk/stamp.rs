//! How a file looked when a run left it.
//!
//! In: a file. Out: a [`FileStamp`], and later whether the file still is what it was.
//! Invariant: a file that looks otherwise is digested in full. One of the same size, times and number on the disk is digested in full up to
//! [`SMALL`] bytes, and at [`BLOCKS`] places that only the run folder knows where it is larger.

use super::open_regular;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::SystemTime;

/// Bytes up to which a file is always digested in full.
const SMALL: u64 = 1 << 20;

/// Places of a larger file that are looked at.
const BLOCKS: u64 = 64;

/// Bytes of such a place.
const BLOCK: u64 = 4096;

/// A file as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStamp {
    bytes: u64,
    /// Nanoseconds since 1970 at which it was last written.
    written: u64,
    /// Seconds and nanoseconds of the last change of any kind, and its number on the disk; where the system has them.
    changed: [i64; 3],
    /// BLAKE3 of its bytes, in hexadecimal.
    digest: String,
    /// BLAKE3 of some of them; of larger files only.
    sample: Option<String>,
}

impl FileStamp {
    /// Looks at a file whose digest is known; `key` decides which of its places are remembered.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn of(path: &Path, digest: &str, key: &str) -> io::Result<FileStamp> {
        let mut file = open_regular(path)?;
        let facts = file.metadata()?;
        let sample = if facts.len() > SMALL { Some(sample(&mut file, facts.len(), key)?) } else { None };
        Ok(FileStamp {
            bytes: facts.len(),
            written: written(&facts)?,
            changed: changed(&facts),
            digest: digest.to_string(),
            sample,
        })
    }

    /// True where the file still is what it was.
    pub fn holds(&self, path: &Path, key: &str) -> bool {
        self.held(path, key).unwrap_or(false)
    }

    fn held(&self, path: &Path, key: &str) -> io::Result<bool> {
        let mut file = open_regular(path)?;
        let facts = file.metadata()?;
        if facts.len() != self.bytes {
            return Ok(false);
        }
        let is_alike = written(&facts)? == self.written && changed(&facts) == self.changed;
        match &self.sample {
            Some(sampled) if is_alike => Ok(*sampled == sample(&mut file, facts.len(), key)?),
            _ => Ok(digest(&mut file)? == self.digest),
        }
    }

    /// BLAKE3 of the file as it was, in hexadecimal.
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

/// True where a regular file has this digest.
pub(crate) fn has_digest(path: &Path, expected: &str) -> bool {
    open_regular(path).and_then(|mut file| digest(&mut file)).is_ok_and(|found| found == expected)
}

fn digest(file: &mut fs::File) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finalize().to_hex().to_string()),
            read => hasher.update(&buffer[..read]),
        };
    }
}

fn sample(file: &mut fs::File, bytes: u64, key: &str) -> io::Result<String> {
    let mut places = blake3::Hasher::new_derive_key("framescope: places of a file that are looked at, 1");
    places.update(key.as_bytes());
    let mut places = places.finalize_xof();
    let mut hasher = blake3::Hasher::new();
    let mut block = [0; BLOCK as usize];
    for _ in 0..BLOCKS {
        let mut place = [0; 8];
        places.fill(&mut place);
        file.seek(SeekFrom::Start(u64::from_le_bytes(place) % (bytes - BLOCK)))?;
        file.read_exact(&mut block)?;
        hasher.update(&block);
    }
    Ok(hasher.finalize().to_hex().to_string())
}

/// Nanoseconds since 1970 at which a file was last written.
///
/// # Errors
/// Where the system does not say.
pub fn written(facts: &fs::Metadata) -> io::Result<u64> {
    Ok(facts.modified()?.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos() as u64)
}

/// Seconds and nanoseconds of the last change of any kind, and the file's number on the disk; zeros where the system has them not.
#[cfg(unix)]
pub fn changed(facts: &fs::Metadata) -> [i64; 3] {
    use std::os::unix::fs::MetadataExt;
    [facts.ctime(), facts.ctime_nsec(), facts.ino() as i64]
}

/// Zeros: this system has no such facts.
#[cfg(not(unix))]
pub fn changed(_: &fs::Metadata) -> [i64; 3] {
    [0; 3]
}
