//! A file of what was counted, shard by shard.
//!
//! In: values. Out: the same values, one after the other, without the file in memory.
//! Invariant: each is sealed under its number, and the last says how many there are: a file that was cut, or put together of others, is none.

use crate::index::Key;
use crate::index::sealed::{Value, seal, unseal};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

/// Quick to pack; rows shrink to a quarter.
const LEVEL: i32 = 1;

/// Writes values.
pub(super) struct Writer<W> {
    out: W,
    key: Key,
    number: u64,
}

impl<W: Write> Writer<W> {
    pub fn new(out: W, key: Key) -> Writer<W> {
        Writer { out, key, number: 0 }
    }

    pub fn put(&mut self, value: &impl Serialize) -> io::Result<()> {
        let bytes = postcard::to_allocvec(value).map_err(io::Error::other)?;
        let packed = zstd::bulk::compress(&bytes, LEVEL)?;
        self.write(&packed)
    }

    /// A value of no bytes ends the file.
    pub fn finish(mut self) -> io::Result<()> {
        self.write(&[])
    }

    fn write(&mut self, value: &[u8]) -> io::Result<()> {
        let sealed = seal(Value::Count, key_of(self.key, self.number), value);
        self.number += 1;
        self.out.write_all(&(sealed.len() as u64).to_le_bytes())?;
        self.out.write_all(&sealed)
    }
}

fn key_of(key: Key, number: u64) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(key.hex().as_bytes());
    hasher.update(&number.to_le_bytes());
    Key::of(&hasher)
}

/// Reads values.
pub(super) struct Reader {
    from: BufReader<File>,
    left: u64,
    key: Key,
    number: u64,
}

impl Reader {
    pub fn open(path: &Path, key: Key) -> io::Result<Reader> {
        let file = crate::disk::open_regular(path)?;
        let left = file.metadata()?.len();
        Ok(Reader { from: BufReader::with_capacity(1 << 20, file), left, key, number: 0 })
    }

    /// The packed bytes of the next value; none at the end.
    ///
    /// # Errors
    /// A file that is not whole.
    fn packed(&mut self) -> io::Result<Option<Vec<u8>>> {
        let damaged = || io::Error::from(io::ErrorKind::InvalidData);
        let mut len = [0; 8];
        self.from.read_exact(&mut len)?;
        let len = u64::from_le_bytes(len);
        self.left = self.left.checked_sub(8).and_then(|left| left.checked_sub(len)).ok_or_else(damaged)?;
        let mut sealed = vec![0; usize::try_from(len).map_err(io::Error::other)?];
        self.from.read_exact(&mut sealed)?;
        let value = unseal(Value::Count, key_of(self.key, self.number), &sealed).ok_or_else(damaged)?;
        self.number += 1;
        match value {
            [] if self.left == 0 => Ok(None),
            [] => Err(damaged()),
            value => Ok(Some(value.to_vec())),
        }
    }

    /// The next value; none at the end.
    ///
    /// # Errors
    /// A file that is not whole, or of other values.
    pub fn next<T: for<'de> Deserialize<'de>>(&mut self) -> io::Result<Option<T>> {
        let Some(packed) = self.packed()? else { return Ok(None) };
        let bytes = zstd::stream::decode_all(packed.as_slice())?;
        postcard::from_bytes(&bytes).map(Some).map_err(io::Error::other)
    }
}

/// True where a file is there and whole.
pub(super) fn is_whole(path: &Path, key: Key) -> bool {
    let Ok(mut reader) = Reader::open(path, key) else { return false };
    loop {
        match reader.packed() {
            Ok(Some(_)) => {}
            Ok(None) => return true,
            Err(_) => return false,
        }
    }
}
