//! A value on disk that is no shard: a head, then its bytes.
//!
//! In: the kind of a value, what it was made of, its bytes. Out: the same bytes, or nothing.
//! Invariant: bytes that were cut, changed, put under another key, or written as another kind or by another version are refused: any
//! doubt is a miss. They mean the same on every machine. Whoever reads them still checks that every number leads somewhere.
//!
//! ```text
//! 0 magic │ 8 format │ 12 kind │ 16 key │ 32 bytes after the head │ 40 zero │ 48 xxh3-128 of all else │ 64 the value
//! ```

use super::Key;
use xxhash_rust::xxh3::Xxh3;

/// Raised by every change of how a value is written.
const FORMAT: u32 = 1;

const MAGIC: [u8; 8] = *b"framesvl";

/// Bytes of the head.
const HEAD: usize = 64;

/// Where the checksum stands in it.
const SUM: usize = 48;

/// Kinds of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// What all articles together show.
    Survey = 1,
    /// What reading and indexing one part of a corpus gave.
    Lay = 2,
    /// What was counted in one part of a corpus.
    Count = 3,
    /// What tests drew.
    Tests = 4,
    /// What of each article is not counted.
    Cleaned = 5,
    /// The stories of a corpus.
    Stories = 6,
    /// What was counted in one shard, in parts.
    Parts = 7,
    /// The words by which groups tell stories.
    StoryWords = 8,
    /// Which entries can occur in each shard.
    Live = 9,
    /// Which shipped lexicons are for the languages of a corpus.
    Shipped = 10,
    /// A lexicon that was read.
    Lexicon = 11,
}

/// The bytes of a value under their head.
pub fn seal(kind: Value, key: Key, value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEAD + value.len());
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&(kind as u32).to_le_bytes());
    bytes.extend_from_slice(key.bytes());
    bytes.extend_from_slice(&(value.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&[0; 8]);
    bytes.extend_from_slice(&sum(&bytes, value).to_le_bytes());
    bytes.extend_from_slice(value);
    bytes
}

/// The bytes of a value of this kind, made of this key; `None` where there is any doubt.
pub fn unseal(kind: Value, key: Key, bytes: &[u8]) -> Option<&[u8]> {
    let (head, value) = bytes.split_at_checked(HEAD)?;
    let is_good = head[..8] == MAGIC
        && head[8..12] == FORMAT.to_le_bytes()
        && head[12..16] == (kind as u32).to_le_bytes()
        && head[16..32] == *key.bytes()
        && head[32..40] == (value.len() as u64).to_le_bytes()
        && head[SUM..] == sum(&head[..SUM], value).to_le_bytes();
    is_good.then_some(value)
}

fn sum(head: &[u8], value: &[u8]) -> u128 {
    let mut sum = Xxh3::new();
    sum.update(head);
    sum.update(value);
    sum.digest128()
}
